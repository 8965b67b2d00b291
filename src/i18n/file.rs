//! The sentences of the files that people take away: read-me, codebook, what went wrong.

use super::format::{date, integer, plural};
use super::{Language, sentences};
use crate::form::Date;

sentences! {
    sheet_readme: "Léame", "Read me";
    sheet_codes: "Respuestas (códigos)", "Responses (codes)";
    sheet_labels: "Respuestas (texto)", "Responses (text)";
    sheet_codebook: "Libro de códigos", "Codebook";
    sheet_table: "Tabla", "Table";

    what: "Qué es", "What this is";
    who_for: "Para quién", "Who it is for";
    base: "Cuántas respuestas", "How many responses";
    sampling: "Qué se puede concluir", "What may be concluded";
    dates: "Fechas", "Dates";
    order: "Orden de las filas", "Order of rows";
    order_text:
        "Las filas están revueltas a propósito: el orden no dice nada de cuándo respondió cada persona.",
        "Rows are shuffled on purpose: their order tells nothing of when anybody answered.";
    missing: "Respuestas que faltan", "Missing answers";
    protected: "Cómo se protege a las personas", "How people are protected";
    left_out: "Preguntas que no están", "Questions left out";
    sheets: "Hojas", "Sheets";
    repeats: "Preguntas que se repiten", "Questions asked several times";
    repeats_text:
        "Hay preguntas que se hacen una vez por cada cosa, por ejemplo por cada compromiso. Tienen una columna para cada una, con su número entre corchetes: [1], [2]…",
        "Some questions are asked once for each thing, for instance for each commitment. They have a column for each, with its number in brackets: [1], [2]…";
    several: "Preguntas con varias respuestas", "Questions with several answers";
    several_text:
        "Una columna con todo lo marcado y además una por opción: 1 si la marcó, 0 si no. En las que se ordenan, el lugar que le dio.",
        "One column with everything marked, and one per choice besides: 1 if it was marked, 0 if not. Where choices were put in order, the place given.";
    strays: "Respuestas fuera de la lista", "Answers off the list";
    inputs: "Para comprobar", "To verify";
    publication_profile:
        "Para publicar. No incluye lo que podría mostrar quién es una persona.",
        "For publication. What could show who a person is stays out.";
    analyst_profile:
        "Solo para quien analiza los datos. Tiene todo como se contestó, también textos y preguntas delicadas: no lo publique ni lo reenvíe.",
        "Only for those who analyse the data. It has everything as it was answered, texts and sensitive questions too: do not publish it or pass it on.";
    no_answer: "Sin respuesta", "No answer";

    sheet_codes_text:
        "Una fila por respuesta; cada opción con su nombre corto, igual que en el archivo CSV.",
        "A row per response; each choice by its short name, the same as in the CSV file.";
    sheet_labels_text:
        "Lo mismo, con las preguntas y opciones como se leen en el cuestionario.",
        "The same, with questions and choices as they read in the questionnaire.";
    sheet_codebook_text:
        "Qué significa cada columna y cada opción.",
        "What each column and each choice means.";
    sheet_table_text: "Resultados.", "Results.";

    missing_workbook:
        "Celda vacía: esa pregunta no se le hizo a esa persona. «NA» (en la hoja con texto, «Sin respuesta»): se le hizo y no contestó.",
        "Empty cell: that person was not asked. “NA” (“No answer” in the sheet with text): asked and not answered.";
    missing_csv:
        "Celda vacía: no se preguntó. NA: se preguntó y no contestó.",
        "Empty cell: not asked. NA: asked and not answered.";
    missing_sav:
        "En SPSS: vacío del sistema, no se preguntó; 96 (o 996) en las opciones, -999999 en los números y 15-OCT-1582 en las fechas, se preguntó y no contestó; 97 no aplica, 98 no sabe, 99 no quiso responder; 95 nunca lo hace, en las escalas. Todos están declarados como perdidos. En los textos, el vacío no distingue.",
        "In SPSS: system-missing, not asked; 96 (or 996) for choices, -999999 for numbers and 15-OCT-1582 for dates, asked and not answered; 97 not applicable, 98 don't know, 99 refused; 95 never does it, on scales. All are declared missing. In texts, blank does not tell which.";
    missing_withheld:
        "También queda vacío lo que se ocultó para proteger a las personas.",
        "What was withheld to protect people is empty too.";
    protected_text:
        "Sin nombres ni identificadores: las filas solo llevan un número. De las fechas queda el mes. Sin textos escritos. Sin preguntas delicadas, ni las que se hacen a partir de ellas.",
        "No names or identifiers: rows only have a number. Of dates the month remains. No written texts. No sensitive questions, nor those asked because of them.";

    example: "de ejemplo, inventada por el programa", "example, made up by the program";
    yes: "Sí", "Yes";
    no: "No", "No";
    marked: "Marcada", "Marked";
    not_marked: "No marcada", "Not marked";

    about_id: "Identificador al azar de la respuesta", "Random id of the response";
    about_row: "Número de fila", "Row number";
    about_survey: "Encuesta", "Survey";
    about_wave: "Ronda", "Wave";
    about_form_version: "Versión del cuestionario", "Version of the questionnaire";
    about_language: "Idioma en que se respondió", "Language of the answers";
    about_started: "Día en que se empezó", "Day it was begun";
    about_finished: "Día en que se terminó", "Day it was finished";
    about_finished_month: "Mes en que se terminó (día 1)", "Month it was finished (day 1)";
    first_of_month: "mes, día 1", "month, day 1";
    about_example: "Respuesta de ejemplo", "Example response";

    codebook: "Libro de códigos", "Codebook";
    variable: "Columna", "Column";
    spss_name: "Nombre en SPSS", "Name in SPSS";
    path: "Lugar en el cuestionario", "Place in the questionnaire";
    kind: "Tipo", "Kind";
    label_es: "Texto en español", "Text in Spanish";
    label_en: "Texto en inglés", "Text in English";
    choice: "Opción", "Choice";
    choices: "Opciones", "Choices";
    code: "Código", "Code";
    spss_code: "Código en SPSS", "Code in SPSS";
    score: "Puntaje", "Score";
    role: "Cómo cuenta", "How it counts";
    asked: "Cuándo se pregunta", "When it is asked";
    condition: "Condición", "Condition";
    sensitive: "Delicada", "Sensitive";
    in_file: "En este archivo", "In this file";
    row_of: "Fila", "Row";
    row_question: "pregunta", "question";
    row_choice: "opción", "choice";
    row_about: "sobre la respuesta", "about the response";
    row_index: "índice", "index";
    row_spss: "código de SPSS", "SPSS code";
    always: "Siempre", "Always";
    repeated: "Una vez por cada", "Once for each";
    indices: "Índices", "Indices";
    index_items: "Preguntas que junta", "Questions it puts together";
    conventions: "Cómo leer los datos", "How to read the data";
    questions: "Preguntas", "Questions";
    offered: "Opciones según otra respuesta", "Choices by another answer";

    kind_text: "Texto", "Text";
    kind_integer: "Número entero", "Whole number";
    kind_decimal: "Número", "Number";
    kind_one: "Una opción", "One choice";
    kind_many: "Varias opciones", "Several choices";
    kind_rank: "Opciones en orden", "Choices in order";
    kind_date: "Fecha", "Date";
    kind_time: "Hora", "Time";
    kind_moment: "Fecha y hora", "Date and time";

    role_dont_know: "No sabe: fuera del porcentaje", "Don't know: out of the percentage";
    role_not_applicable: "No aplica: fuera del porcentaje", "Not applicable: out of the percentage";
    role_refused: "No quiso responder: fuera del porcentaje", "Refused: out of the percentage";
    role_never: "Nunca lo hace: cuenta, sin puntaje", "Never does it: counted, without a score";
    role_exclusive: "Va sola", "Goes alone";

    index_mean: "Promedio de 0 a 100 de cada persona", "Each person's mean from 0 to 100";
    index_paired: "Antes y ahora", "Before and now";
    index_priorities: "Primero, segundo y tercero: 3, 2 y 1 puntos", "First, second and third: 3, 2 and 1 points";
    index_any: "Personas con al menos un sí", "People with at least one yes";
    index_recommendation: "Porcentaje de 9 y 10 menos porcentaje de 0 a 6", "Percentage of 9 and 10 minus percentage of 0 to 6";
    index_safe_walking: "Porcentaje que se siente seguro", "Percentage that feels safe";
    index_reporting: "De las víctimas, quienes denunciaron", "Of the victims, those who reported";
    index_incidence: "Casos por cada 1,000 personas, contando de cada una hasta cinco, y a cuántas les pasó más de una vez", "Cases for every 1,000 people, counting up to five of each, and to how many it happened more than once";
    index_ranked: "Comparadas entre sí", "Compared with each other";
    index_commitments: "Compromisos", "Commitments";

    left_out_written: "texto, hora o momento", "text, time or moment";
    left_out_sensitive: "delicada, o se pregunta a partir de una delicada", "sensitive, or asked because of a sensitive one";
    left_out_telling: "podría mostrar quién es la persona", "could show who the person is";

    mean_base_text:
        "Los porcentajes y promedios se calculan sobre quienes contestaron: sin «no sabe», «no aplica», quienes no quisieron responder ni quienes dejaron la pregunta en blanco. A quien no se le preguntó no se le cuenta.",
        "Percentages and means are over those who answered: without don't know, not applicable, refused or left blank. Those who were not asked are not counted.";

    too_large:
        "El libro de Excel pasaría de 4 GB. Descargue el archivo CSV.",
        "The workbook would be 4 GB or more. Download the CSV file.";
    changed:
        "Las respuestas cambiaron mientras se leían. Intente de nuevo.",
        "The responses changed while they were being read. Please try again.";
}

/// What the file is.
pub fn what_text(title: &str, language: Language) -> String {
    language.pick(
        format!("Respuestas de «{title}», una fila por respuesta."),
        format!("Responses of “{title}”, a row per response."),
    )
}

/// How many responses, and how many of them the program made up.
pub fn base_text(rows: usize, examples: usize, language: Language) -> String {
    let count = integer(rows as i64);
    let mut text = language.pick(
        format!("{count} {}.", plural(rows, "respuesta", "respuestas")),
        format!("{count} {}.", plural(rows, "response", "responses")),
    );
    if examples > 0 {
        let count = integer(examples as i64);
        text += &language.pick(
            format!(
                " {count} {} de ejemplo, {} por el programa: no {} de ninguna persona.",
                plural(examples, "es", "son"),
                plural(examples, "inventada", "inventadas"),
                plural(examples, "es", "son")
            ),
            format!(
                " {count} {} made up by the program as {}: no person's.",
                plural(examples, "is", "are"),
                plural(examples, "an example", "examples")
            ),
        );
    }
    text
}

/// From when to when responses were finished: days, or months where days are not told.
pub fn dates_text((first, last): (Date, Date), months: bool, language: Language) -> String {
    let text = |day: Date| {
        if months { super::format::month(day.year, day.month, language) } else { date(day, language) }
    };
    let (first, last) = (text(first), text(last));
    if first == last {
        first
    } else {
        language.pick(format!("{first} a {last}"), format!("{first} to {last}"))
    }
}

/// In how many rows what is left blank, and why.
pub fn withheld_text(rows: usize, least: usize, names: &str, language: Language) -> String {
    let count = integer(rows as i64);
    language.pick(
        format!(
            "En {count} {} quedan vacías algunas de estas columnas, o todas: {names}. Con ellas, menos de {least} personas tendrían los mismos datos.",
            plural(rows, "fila", "filas")
        ),
        format!(
            "In {count} {} some or all of these columns are empty: {names}. With them, fewer than {least} people would have the same in common.",
            plural(rows, "row", "rows")
        ),
    )
}

/// How many answers fit no choice of their question.
pub fn strays_text(count: usize, language: Language) -> String {
    let number = integer(count as i64);
    language.pick(
        format!(
            "{number} {} en ninguna opción de su pregunta. En CSV y Excel {} como se {}; en SPSS, como sin respuesta.",
            plural(count, "respuesta no cabe", "respuestas no caben"),
            plural(count, "está", "están"),
            plural(count, "dio", "dieron")
        ),
        format!(
            "{number} {} no choice of {} question. In CSV and Excel {} as given; in SPSS as not answered.",
            plural(count, "answer fits", "answers fit"),
            plural(count, "its", "their"),
            plural(count, "it stands", "they stand")
        ),
    )
}

/// A publication of too few responses.
pub fn too_few(least: usize, language: Language) -> String {
    language.pick(
        format!(
            "Hay menos de {least} respuestas: fila por fila se reconocería a las personas. Para publicar use el informe; para analizar, elija «Con respuestas individuales»."
        ),
        format!(
            "There are fewer than {least} responses: row by row, people could be recognised. To publish, use the report; to analyse, choose “With individual responses”."
        ),
    )
}

/// A workbook without rows of responses, and why.
pub fn rowless(least: usize, language: Language) -> String {
    language.pick(
        format!("Sin filas de respuestas: son menos de {least}, y fila por fila se reconocería a las personas. Las tablas de resultados sí están."),
        format!("No rows of responses: there are fewer than {least}, and row by row people could be recognised. The tables of results are here."),
    )
}

/// A publication in rows, of a form of somebody's own.
pub fn telling(language: Language) -> &'static str {
    language.pick(
        "Este es un formulario propio: no se sabe qué preguntas juntas dirían quién es cada persona, así que no se publica fila por fila. Para publicar use el informe o el libro de Excel; para analizar, elija «Con respuestas individuales».",
        "This is a form of your own: nobody knows which questions together would tell who somebody is, so rows are not published. To publish, use the report or the Excel workbook; to analyse, choose “With individual responses”.",
    )
}

/// A workbook without rows of responses to a form of somebody's own, and why.
pub fn rowless_own(language: Language) -> &'static str {
    language.pick(
        "Sin filas de respuestas: es un formulario propio y no se sabe qué preguntas juntas dirían quién es cada persona. Las tablas de resultados sí están.",
        "No rows of responses: it is a form of somebody's own, and nobody knows which questions together would tell who somebody is. The tables of results are here.",
    )
}

/// Too many rows for a workbook.
pub fn too_many_rows(rows: usize, most: usize, language: Language) -> String {
    let (rows, most) = (integer(rows as i64), integer(most as i64));
    language.pick(
        format!("Son {rows} filas y en una hoja de Excel caben {most}. Descargue el archivo CSV."),
        format!("There are {rows} rows, and an Excel sheet holds {most}. Download the CSV file."),
    )
}

/// Too many columns for a workbook.
pub fn too_many_columns(columns: usize, most: usize, language: Language) -> String {
    let (columns, most) = (integer(columns as i64), integer(most as i64));
    language.pick(
        format!("Son {columns} columnas y en una hoja de Excel caben {most}. Descargue el archivo CSV."),
        format!("There are {columns} columns, and an Excel sheet holds {most}. Download the CSV file."),
    )
}

/// A mean's least number of answered questions.
pub fn index_minimum(minimum: usize, language: Language) -> String {
    language.pick(
        format!("con al menos {minimum} preguntas contestadas"),
        format!("with at least {minimum} questions answered"),
    )
}

/// A condition in words: a question's answer is this.
pub fn is_answer(question: &str, answer: &str, language: Language) -> String {
    language
        .pick(format!("en «{question}» contestó «{answer}»"), format!("answered “{answer}” to “{question}”"))
}

/// A condition in words: a question's answer is not this.
pub fn is_not_answer(question: &str, answer: &str, language: Language) -> String {
    language.pick(
        format!("en «{question}» no contestó «{answer}»"),
        format!("did not answer “{answer}” to “{question}”"),
    )
}

/// A condition in words: a choice is marked.
pub fn is_marked(question: &str, answer: &str, language: Language) -> String {
    language.pick(format!("en «{question}» marcó «{answer}»"), format!("marked “{answer}” in “{question}”"))
}

/// A condition in words: something was answered.
pub fn is_answered(question: &str, language: Language) -> String {
    language.pick(format!("contestó «{question}»"), format!("answered “{question}”"))
}

/// A condition in words: a number compares.
pub fn compares(question: &str, sign: &str, number: &str, language: Language) -> String {
    let words = match sign {
        "<" => language.pick("menos de", "less than"),
        ">" => language.pick("más de", "more than"),
        "<=" => language.pick("a lo más", "at most"),
        _ => language.pick("al menos", "at least"),
    };
    language.pick(
        format!("en «{question}» contestó {words} {number}"),
        format!("answered {words} {number} to “{question}”"),
    )
}

/// Conditions in words, all or any of them.
pub fn together(parts: &[String], all: bool, language: Language) -> String {
    let joint = match all {
        true => language.pick(" y ", " and "),
        false => language.pick(" o ", " or "),
    };
    language.pick(format!("Si {}", parts.join(joint)), format!("If the person {}", parts.join(joint)))
}
