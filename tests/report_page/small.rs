//! A small form with every kind of result, in words without digits, and people who answer anything.

use sondeo::form::wire::{ChoiceSource, FormSource, IndexSource, ListSource, NodeSource};
use sondeo::form::{Date, Form};
use sondeo::response::{Answer, FormReference, Response, ResponseId};
use sondeo::summary::Table;
use sondeo::survey::{Bilingual, SamplingDesign, Study, Subject, Survey, SurveyState};

const LANGUAGES: [&str; 2] = ["es", "en"];

fn both(text: &str) -> Vec<String> {
    LANGUAGES.iter().map(|tag| format!("{text} {tag}")).collect()
}

fn node(name: &str, kind: &str, list: &str, label: &str) -> NodeSource {
    NodeSource {
        name: name.to_owned(),
        kind: kind.to_owned(),
        list: list.to_owned(),
        label: both(label),
        ..NodeSource::default()
    }
}

fn list(name: &str, choices: &[(&str, &str, Option<f64>)]) -> ListSource {
    let choices = choices.iter().map(|(choice, role, score)| ChoiceSource {
        name: (*choice).to_owned(),
        label: both(&format!("respuesta {choice}")),
        role: (*role).to_owned(),
        score: *score,
        ..ChoiceSource::default()
    });
    ListSource { name: name.to_owned(), from: String::new(), choices: choices.collect() }
}

fn index(id: &str, kind: &str, items: &[&str], pairs: &[(&str, &str)]) -> IndexSource {
    IndexSource {
        id: id.to_owned(),
        label: both(&format!("índice {id}")),
        kind: kind.to_owned(),
        items: items.iter().map(|item| (*item).to_owned()).collect(),
        pairs: pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect(),
        minimum_items: 2,
    }
}

/// The names of the questions and of their choices.
pub(crate) const QUESTIONS: [(&str, &str); 17] = [
    ("district", "places"),
    ("overall", "five"),
    ("good_a", "five"),
    ("good_b", "five"),
    ("good_c", "five"),
    ("bad_a", "burden"),
    ("bad_b", "burden"),
    ("bad_c", "burden"),
    ("vic_a", "yes_no"),
    ("vic_b", "yes_no"),
    ("recommend", "eleven"),
    ("marks", "places"),
    ("order", "places"),
    ("before", "five"),
    ("now", "five"),
    ("first", "places"),
    ("second", "places"),
];

fn choices_of(list: &str) -> &'static [(&'static str, &'static str, Option<f64>)] {
    match list {
        "places" => &[("north", "", None), ("south", "", None), ("east", "", None)],
        "five" => &[
            ("worst", "", Some(1.0)),
            ("worse", "", Some(2.0)),
            ("middle", "", Some(3.0)),
            ("better", "", Some(4.0)),
            ("best", "", Some(5.0)),
            ("dk", "missing_dk", None),
        ],
        "burden" => &[
            ("none", "", Some(1.0)),
            ("little", "", Some(2.0)),
            ("much", "", Some(3.0)),
            ("very_serious_problem", "", Some(4.0)),
            ("dk", "missing_dk", None),
        ],
        "yes_no" => &[("yes", "", None), ("no", "", None), ("dk", "missing_dk", None)],
        _ => &[
            ("zero", "", Some(0.0)),
            ("one", "", Some(1.0)),
            ("two", "", Some(2.0)),
            ("three", "", Some(3.0)),
            ("four", "", Some(4.0)),
            ("five", "", Some(5.0)),
            ("six", "", Some(6.0)),
            ("seven", "", Some(7.0)),
            ("eight", "", Some(8.0)),
            ("nine", "", Some(9.0)),
            ("ten", "", Some(10.0)),
        ],
    }
}

/// The form as it is stored.
pub(crate) fn source() -> FormSource {
    let mut nodes = Vec::new();
    for (name, of) in QUESTIONS {
        let (kind, grid) = match name {
            "marks" => ("select_multiple", ""),
            "order" => ("rank", ""),
            _ if name.starts_with("good_") => ("select_one", "good"),
            _ if name.starts_with("bad_") => ("select_one", "bad"),
            _ => ("select_one", ""),
        };
        let mut row = node(name, kind, of, &format!("pregunta {name}"));
        row.sensitive = name.starts_with("vic_");
        if grid.is_empty() {
            nodes.push(row);
            continue;
        }
        let last = nodes.last_mut().filter(|last: &&mut NodeSource| last.name == grid);
        match last {
            Some(last) => last.children.push(row),
            None => nodes.push(NodeSource {
                children: vec![row],
                ..node(grid, "grid", of, &format!("cuadro {grid}"))
            }),
        }
    }
    let page = NodeSource { children: nodes, ..node("page", "page", "", "sección") };
    let lists = ["places", "five", "burden", "yes_no", "eleven"].map(|name| list(name, choices_of(name)));
    FormSource {
        format: 1,
        id: "form".to_owned(),
        title: both("formulario"),
        languages: LANGUAGES.map(str::to_owned).to_vec(),
        nodes: vec![page],
        lists: lists.to_vec(),
        indices: vec![
            index("quality", "mean", &["good_a", "good_b", "good_c"], &[]),
            index("burden", "mean", &["bad_a", "bad_b", "bad_c"], &[]),
            index("any", "any", &["vic_a", "vic_b"], &[]),
            index("score", "recommendation", &["recommend"], &[]),
            index("gain", "paired", &[], &[("before", "now")]),
            index("wishes", "priorities", &["first", "second"], &[]),
            index("safe", "safe_walking", &["overall"], &[]),
        ],
        ..FormSource::default()
    }
}

pub(crate) fn survey(design: SamplingDesign) -> Survey {
    let words = |text: &str| Bilingual { es: format!("{text} es"), en: format!("{text} en") };
    Survey {
        id: "survey".to_owned(),
        form: FormReference { id: "form".to_owned(), version: String::new() },
        subject: Subject::Study(Study {
            id: "study".to_owned(),
            name: words("estudio"),
            sponsor: Bilingual::default(),
            police: Bilingual::default(),
            committee: Bilingual::default(),
            months: 12,
            sensitive: true,
            wave: 1,
            districts: Vec::new(),
            areas: Vec::new(),
            helplines: Vec::new(),
        }),
        design,
        expected: None,
        minimum_cell: 5,
        seal: None,
        retention: None,
        weighting: Default::default(),
        state: SurveyState::Closed,
        example: false,
    }
}

/// People by what they answer: a number a question; the number of choices and more is a blank.
pub(crate) fn table(form: &Form, people: &[Vec<usize>]) -> Table {
    let mut table = Table::new(form);
    for (number, person) in people.iter().enumerate() {
        table.push(form, &response(number as u8, answers(person)));
    }
    table
}

fn answers(person: &[usize]) -> Vec<(String, Answer)> {
    QUESTIONS
        .iter()
        .zip(person)
        .map(|((name, list), answer)| {
            let choices = choices_of(list);
            let chosen = choices.get(*answer).map(|(choice, ..)| (*choice).to_owned());
            let grid = if name.starts_with("good_") {
                "good/"
            } else if name.starts_with("bad_") {
                "bad/"
            } else {
                ""
            };
            let answer = match (*name, chosen) {
                (_, None) => Answer::Empty,
                ("marks" | "order", Some(chosen)) => Answer::Choices(vec![chosen]),
                (_, Some(chosen)) => Answer::Choice(chosen),
            };
            (format!("page/{grid}{name}"), answer)
        })
        .collect()
}

fn response(id: u8, answers: Vec<(String, Answer)>) -> Response {
    let day = Date::from_days(20_000);
    Response {
        id: ResponseId([id; 16]),
        survey: "survey".to_owned(),
        form: FormReference { id: "form".to_owned(), version: String::new() },
        wave: "1".to_owned(),
        language: "es".to_owned(),
        started: day,
        finished: day,
        example: false,
        answers,
    }
}
