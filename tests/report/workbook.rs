//! The workbook, read back cell by cell by another program's reader.

use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx};
use sondeo::form::{Date, Form};
use sondeo::i18n::Language;
use sondeo::report::file::sheet::{Cell, Sheet};
use sondeo::report::file::{DataFile, FileError, Format, Notice, Options};
use sondeo::response::{Answer, Response};

use crate::small::{STUDY, VISIT, behind, examples, form, random_responses};
use crate::{analyst, blocks, csv_cells, csv_text, drive, make, notice, publication};

fn open(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

fn text(cell: Option<&Data>) -> String {
    match cell {
        None | Some(Data::Empty) => String::new(),
        Some(Data::String(text)) => text.clone(),
        Some(Data::Float(number)) => number.to_string(),
        Some(other) => panic!("{other:?}"),
    }
}

#[test]
fn every_cell_of_the_workbook_is_the_answer_that_was_given() {
    let (_, study, study_responses) = examples(STUDY, 40);
    let (_, visit, visit_responses) = examples(VISIT, 20);
    let odd = form();
    let odd_responses = random_responses(&odd, 120, 1);
    let mut compared = 0;
    for (form, responses) in [(&*study, study_responses), (&*visit, visit_responses), (&odd, odd_responses)] {
        let mut book = open(make(form, Format::Xlsx, analyst(), &responses));
        let sheets = book.sheet_names();
        assert_eq!(sheets, ["Léame", "Respuestas (códigos)", "Respuestas (texto)", "Libro de códigos"]);
        let codes = book.worksheet_range(&sheets[1]).unwrap();
        let labels = book.worksheet_range(&sheets[2]).unwrap();
        let csv = csv_cells(&csv_text(form, false, analyst(), &responses));
        let header: Vec<String> = (0..csv[0].len()).map(|at| text(codes.get((0, at)))).collect();
        assert_eq!(header, csv[0]);
        assert_eq!(codes.height(), responses.len() + 1);
        assert_eq!(labels.height(), responses.len() + 1);
        for row in 1..codes.height() {
            let id = text(codes.get((row, 0)));
            let response = responses.iter().find(|response| response.id.to_text() == id).unwrap();
            compared += about(&codes, row, response);
            for (at, name) in header.iter().enumerate().skip(8) {
                let (answer, part) = behind(form, response, name);
                let place = format!("{name} of {id}");
                same(codes.get((row, at)), code_of(answer, part.as_deref(), name), &place);
                let label = label_of(form, answer, part.as_deref(), name);
                same(labels.get((row, at)), label, &place);
                compared += 2;
            }
        }
    }
    assert!(compared > 20_000, "{compared}");
}

/// What a cell is to be.
#[derive(Debug, PartialEq)]
enum Wanted {
    Nothing,
    Number(f64),
    Text(String),
    Day(Date),
}

fn same(cell: Option<&Data>, wanted: Wanted, place: &str) {
    let found = match cell {
        None | Some(Data::Empty) => Wanted::Nothing,
        Some(Data::Float(number)) => Wanted::Number(*number),
        Some(Data::String(text)) => Wanted::Text(text.clone()),
        Some(Data::DateTime(moment)) => Wanted::Day(Date::from_days(moment.as_f64() as i32 - 25_569)),
        Some(other) => panic!("{other:?} at {place}"),
    };
    assert_eq!(found, wanted, "{place}");
}

fn about(codes: &Range<Data>, row: usize, response: &Response) -> usize {
    let text = |text: &str| Wanted::Text(text.to_owned());
    let wanted = [
        text(&response.id.to_text()),
        text("survey"),
        text(&response.wave),
        Wanted::Nothing,
        text(&response.language),
        Wanted::Day(response.started),
        Wanted::Day(response.finished),
        Wanted::Number(f64::from(response.example)),
    ];
    for (at, wanted) in wanted.into_iter().enumerate() {
        if at != 3 {
            same(codes.get((row, at)), wanted, "about");
        }
    }
    8
}

fn number_or_text(text: String) -> Wanted {
    match text.parse::<i32>() {
        Ok(number) if number.to_string() == text => Wanted::Number(number.into()),
        _ => Wanted::Text(text),
    }
}

/// As XML has it: line ends are one sign, and what no XML can hold is gone.
fn clean(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").replace('\u{b}', "")
}

fn day(date: Date) -> Wanted {
    // Workbooks begin in 1900, and their February is a day too long.
    if date < (Date { year: 1900, month: 3, day: 1 }) {
        Wanted::Text(date.to_string())
    } else {
        Wanted::Day(date)
    }
}

fn code_of(answer: Option<&Answer>, part: Option<&str>, name: &str) -> Wanted {
    match (answer, part) {
        (None, _) => Wanted::Nothing,
        (Some(Answer::Empty), _) => Wanted::Text("NA".to_owned()),
        (Some(Answer::Choices(names)), Some(part)) => {
            let place = names.iter().position(|name| *name == part);
            match (name.starts_with("order/") || name.starts_with("topic_rank/"), place) {
                (true, None) => Wanted::Text("NA".to_owned()),
                (true, Some(place)) => Wanted::Number(place as f64 + 1.0),
                (false, place) => Wanted::Number(f64::from(place.is_some())),
            }
        }
        (Some(Answer::Choice(name)), _) => number_or_text(name.clone()),
        (Some(Answer::Integer(number)), _) if number.abs() > 1 << 53 => Wanted::Text(number.to_string()),
        (Some(Answer::Integer(number)), _) => Wanted::Number(*number as f64),
        (Some(Answer::Decimal(number)), _) => Wanted::Number(*number),
        (Some(Answer::Date(date)), _) => day(*date),
        (Some(answer), _) => Wanted::Text(clean(&answer.to_text())),
    }
}

fn label_of(form: &Form, answer: Option<&Answer>, part: Option<&str>, name: &str) -> Wanted {
    let label = |choice: &str| {
        let question = form.iter().filter_map(|(id, node)| Some((form.path(id), node.kind.list()?))).find(
            |(path, _)| {
                let last = name.split('/').rev().find(|part| form.find(part).is_some()).unwrap_or(name);
                path.ends_with(last)
            },
        );
        let list = form.list(question.unwrap().1).unwrap();
        list.choice(choice).map_or(choice.to_owned(), |choice| choice.label.plain(0))
    };
    match (answer, part) {
        (Some(Answer::Choice(name)), None) => number_or_text(label(name)),
        (Some(Answer::Choices(names)), None) => {
            Wanted::Text(names.iter().map(|name| label(name)).collect::<Vec<_>>().join("; "))
        }
        (answer, part) => match code_of(answer, part, name) {
            Wanted::Text(text) if text == "NA" => Wanted::Text("Sin respuesta".to_owned()),
            wanted => wanted,
        },
    }
}

#[test]
fn texts_are_never_formulas_and_the_tables_given_are_there() {
    let form = form();
    let responses = random_responses(&form, 60, 4);
    let table = Sheet {
        name: "Resultados: [todos]".to_owned(),
        header: vec!["Fila".to_owned(), "n".to_owned(), "%".to_owned(), "Día".to_owned()],
        rows: vec![vec![
            Cell::Text("=1+1".to_owned()),
            Cell::Number { value: 1234.5, decimals: 1 },
            Cell::Percent(62.0),
            Cell::Date(Date::new(2026, 3, 5).unwrap()),
            Cell::Empty,
        ]],
    };
    let notice = Notice { tables: vec![table], ..notice() };
    let english = Options { language: Language::En, ..analyst() };
    let file = DataFile::new(&form, Format::Xlsx, english, notice);
    let mut book = open(drive(file, &blocks(&form, &responses, 9)).unwrap().0);
    let names = book.sheet_names();
    assert_eq!(names, ["Read me", "Resultados   todos", "Responses (codes)", "Responses (text)", "Codebook"]);
    let given = book.worksheet_range(&names[1]).unwrap();
    assert_eq!(given.get((1, 0)), Some(&Data::String("=1+1".to_owned())));
    assert_eq!(given.get((1, 1)), Some(&Data::Float(1234.5)));
    assert_eq!(given.get((1, 2)), Some(&Data::Float(0.62)));
    same(given.get((1, 3)), Wanted::Day(Date::new(2026, 3, 5).unwrap()), "given");
    for name in &names {
        let formulas = book.worksheet_formula(name).unwrap();
        assert!(formulas.used_cells().all(|(_, _, formula)| formula.is_empty()), "{name}");
    }
    let codes = book.worksheet_range(&names[2]).unwrap();
    let cells =
        codes.used_cells().filter(|(_, _, cell)| matches!(cell, Data::String(text) if text.starts_with('=')));
    assert!(cells.count() > 10, "formulas to try");
    let readme = book.worksheet_range(&names[0]).unwrap();
    let lines: Vec<String> = readme.rows().map(|row| text(row.get(1))).collect();
    assert!(lines.contains(&"sha256:0123".to_owned()), "{lines:?}");
}

#[test]
fn the_workbook_is_well_formed_and_the_same_file_says_what_it_left_out() {
    let form = form();
    let responses = random_responses(&form, 60, 8);
    let bytes = make(&form, Format::Xlsx, publication(), &responses);
    let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
    assert_eq!(archive.len(), 10);
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let mut xml = String::new();
        std::io::Read::read_to_string(&mut part, &mut xml).unwrap();
        roxmltree::Document::parse(&xml).unwrap_or_else(|error| panic!("{:?}: {error}", part.name()));
    }
    let mut book = open(bytes);
    let readme = book.worksheet_range("Léame").unwrap();
    let all: String =
        readme.rows().map(|row| format!("{}: {}\n", text(row.first()), text(row.get(1)))).collect();
    expect_test::expect![[r#"
        Qué es: Respuestas de «Encuesta «de prueba»», una fila por respuesta.
        Para quién: Para publicar. No incluye lo que podría mostrar quién es una persona.
        Cuántas respuestas: 60 respuestas. 9 son de ejemplo, inventadas por el programa: no son de ninguna persona.
        Qué se puede concluir: Respondieron quienes quisieron.
        Fechas: mar 26 a may 26
        Cómo se protege a las personas: Sin nombres ni identificadores: las filas solo llevan un número. De las fechas queda el mes. Sin textos escritos. Sin preguntas delicadas, ni las que se hacen a partir de ellas.
        Cómo se protege a las personas: En 35 filas quedan vacías algunas de estas columnas, o todas: district, gender, women. Con ellas, menos de 3 personas tendrían los mismos datos.
        Preguntas que no están: vic, told (delicada, o se pregunta a partir de una delicada). hour, moment, words, plan, step, colour (texto, hora o momento).
        Hojas: Respuestas (códigos): Una fila por respuesta; cada opción con su nombre corto, igual que en el archivo CSV.
        Hojas: Respuestas (texto): Lo mismo, con las preguntas y opciones como se leen en el cuestionario.
        Hojas: Libro de códigos: Qué significa cada columna y cada opción.
        Respuestas que faltan: Celda vacía: esa pregunta no se le hizo a esa persona. «NA» (en la hoja con texto, «Sin respuesta»): se le hizo y no contestó. También queda vacío lo que se ocultó para proteger a las personas.
        Preguntas con varias respuestas: Una columna con todo lo marcado y además una por opción: 1 si la marcó, 0 si no. En las que se ordenan, el lugar que le dio.
        Preguntas que se repiten: Hay preguntas que se hacen una vez por cada cosa, por ejemplo por cada compromiso. Tienen una columna para cada una, con su número entre corchetes: [1], [2]…
        Orden de las filas: Las filas están revueltas a propósito: el orden no dice nada de cuándo respondió cada persona.
        Para comprobar: sha256:0123
    "#]].assert_eq(&all);
}

#[test]
fn what_no_workbook_can_hold_is_refused() {
    let form = form();
    let responses = random_responses(&form, 10, 6);
    let refused = |sheet: Sheet| {
        let notice = Notice { tables: vec![sheet], ..notice() };
        let file = DataFile::new(&form, Format::Xlsx, analyst(), notice);
        drive(file, &blocks(&form, &responses, 9)).unwrap_err()
    };
    let rows = vec![Vec::new(); 1_048_576];
    let error = refused(Sheet { rows, ..Sheet::default() });
    assert_eq!(error, FileError::TooManyRows { rows: 1_048_577, most: 1_048_576 });
    assert!(error.sentence(Language::Es).contains("1,048,577 filas"), "{}", error.sentence(Language::Es));
    let rows = vec![vec![Cell::Empty; 16_385]];
    let error = refused(Sheet { rows, ..Sheet::default() });
    assert_eq!(error, FileError::TooManyColumns { columns: 16_385, most: 16_384 });
}

#[test]
fn of_a_few_people_a_publication_has_tables_and_no_rows() {
    let (_, form, responses) = examples(VISIT, 29);
    for (format, few, least) in
        [(Format::Csv { labels: true }, 29, 30), (Format::Sav, 8, 30), (Format::Xlsx, 4, 5)]
    {
        let file = DataFile::new(&form, format, publication(), notice());
        let error = drive(file, &blocks(&form, &responses[..few], 7)).unwrap_err();
        assert_eq!(error, FileError::TooFew { least });
    }
    let mut notice = notice();
    notice.tables = vec![Sheet {
        name: "Resultados".into(),
        header: vec!["n".into()],
        rows: vec![vec![Cell::Text("8".into())]],
    }];
    let file = DataFile::new(&form, Format::Xlsx, publication(), notice);
    let mut book = open(drive(file, &blocks(&form, &responses, 7)).unwrap().0);
    let sheets = book.sheet_names();
    assert_eq!(
        sheets,
        ["Léame", "Resultados", "Respuestas (códigos)", "Respuestas (texto)", "Libro de códigos"]
    );
    for (sheet, height) in [(1, 2), (2, 1), (3, 1)] {
        assert_eq!(book.worksheet_range(&sheets[sheet]).unwrap().height(), height, "{}", sheets[sheet]);
    }
    let readme = book.worksheet_range("Léame").unwrap();
    assert!(readme.rows().any(|row| text(row.get(1)).contains("son menos de 30")));
    assert!(book.worksheet_range("Libro de códigos").unwrap().height() > 50);
}
