//! Small surveys whose answers a test can write down.

use serde_json::Value;
use sondeo::form::wire::{ChoiceSource, FormSource, IndexSource, ListSource, NodeSource};
use sondeo::form::{Date, Form, Role};
use sondeo::response::{Answer, FormReference, Response, ResponseId};
use sondeo::summary::Table;
use sondeo::survey::{Bilingual, SamplingDesign, Study, Subject, Survey, SurveyState};

pub(crate) fn numbers_in(value: &Value) -> usize {
    match value {
        Value::Number(_) => 1,
        Value::Array(values) => values.iter().map(numbers_in).sum(),
        Value::Object(members) => members.values().map(numbers_in).sum(),
        _ => 0,
    }
}

/// 0 to 2: a choice; 3: skipped; 4: not shown.
pub(crate) fn answers_of(names: &[&str], person: &[usize]) -> Vec<(String, Answer)> {
    names
        .iter()
        .zip(person)
        .filter(|(_, answer)| **answer < 4)
        .map(|(name, answer)| {
            let answer = ["yes", "no", "dk"].get(*answer).map(|name| Answer::Choice((*name).to_owned()));
            ((*name).to_owned(), answer.unwrap_or_default())
        })
        .collect()
}

pub(crate) fn yes_no() -> ListSource {
    let choice = |name: &str, label: &str, role: &str| ChoiceSource {
        name: name.to_owned(),
        label: vec![label.to_owned()],
        role: role.to_owned(),
        ..ChoiceSource::default()
    };
    let choices = vec![choice("yes", "Sí", ""), choice("no", "No", ""), choice("dk", "No sé", "missing_dk")];
    ListSource { name: "list".to_owned(), from: String::new(), choices }
}

/// Questions with yes, no and don't know; those that begin with `vic` or `rep` are sensitive.
pub(crate) fn small_survey(names: &[&str], indices: Vec<IndexSource>) -> (Form, Survey) {
    let nodes = names.iter().map(|name| NodeSource {
        name: (*name).to_owned(),
        kind: "select_one".to_owned(),
        list: "list".to_owned(),
        sensitive: name.starts_with("vic") || name.starts_with("rep"),
        ..NodeSource::default()
    });
    let form = Form::build(&source(nodes.collect(), indices)).unwrap();
    assert_eq!(form.lists[0].choices[2].role, Role::DontKnow);
    (form, survey())
}

pub(crate) fn source(nodes: Vec<NodeSource>, indices: Vec<IndexSource>) -> FormSource {
    FormSource {
        format: 1,
        id: "form".to_owned(),
        languages: vec!["es".to_owned()],
        nodes,
        lists: vec![yes_no()],
        indices,
        ..FormSource::default()
    }
}

pub(crate) fn survey() -> Survey {
    Survey {
        id: "survey".to_owned(),
        form: FormReference { id: "form".to_owned(), version: String::new() },
        subject: Subject::Study(Study {
            id: "study".to_owned(),
            name: Bilingual { es: "Estudio".to_owned(), en: "Study".to_owned() },
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
        design: SamplingDesign::Convenience,
        expected: None,
        minimum_cell: 5,
        seal: None,
        retention: None,
        weighting: Default::default(),
        state: SurveyState::Closed,
        example: false,
    }
}

pub(crate) fn response(id: u8, answers: Vec<(String, Answer)>) -> Response {
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

pub(crate) fn table(form: &Form, people: impl Iterator<Item = Vec<(String, Answer)>>) -> Table {
    let mut table = Table::new(form);
    people.for_each(|answers| table.push(form, &response(0, answers)));
    table
}
