//! Whole answers, read into a table and counted there.

use serde_json::{Map, Value, json};
use sondeo::form::wire::{ChoiceSource, FormSource, IndexSource, ListSource, NodeSource};
use sondeo::form::{Date, Form, Role};
use sondeo::response::{Answer, FormReference, Response, ResponseId};
use sondeo::summary::statistics::proportion::wilson;
use sondeo::summary::statistics::round::percent;
use sondeo::summary::{IndexFinding, Selection, Summary, Table, Tally, View, summarize};
use sondeo::survey::{Bilingual, SamplingDesign, Study, Subject, Survey, SurveyState};

use super::{number, texts};

pub(crate) fn freq_missing(input: &Value) -> Value {
    let mut choices: Vec<ChoiceSource> = texts(&input["scored"])
        .into_iter()
        .map(|name| ChoiceSource { score: name.parse().ok(), name, ..ChoiceSource::default() })
        .collect();
    for (name, role) in input["roles"].as_object().unwrap() {
        let role = role.as_str().unwrap().to_owned();
        choices.push(ChoiceSource { name: name.clone(), role, ..ChoiceSource::default() });
    }
    let answers = input["answers"].as_array().unwrap().iter().map(|answer| match answer {
        Value::String(name) => Some(Answer::Choice(name.clone())),
        _ => Some(Answer::Empty),
    });
    let asked = Asked::of("select_one", choices, Vec::new(), answers);
    let tally = asked.tally();
    let choices = &asked.form.lists[0].choices;
    let of_role = |role: Role| -> usize {
        choices
            .iter()
            .zip(&tally.counts)
            .filter(|(choice, _)| choice.role == role)
            .map(|(_, count)| count)
            .sum()
    };
    let scored = choices.iter().zip(&tally.counts).filter(|(choice, _)| choice.score.is_some());
    let valid: usize = scored.map(|(_, count)| count).sum();
    let (dont_know, refused) = (of_role(Role::DontKnow), of_role(Role::Refused));
    let of_asked = tally.shown - of_role(Role::NotApplicable);
    let per_row = |value: &dyn Fn(usize) -> Value| -> Map<String, Value> {
        let scored = choices.iter().zip(&tally.counts).filter(|(choice, _)| choice.score.is_some());
        scored.map(|(choice, count)| (choice.name.clone(), value(*count))).collect()
    };
    json!({
        "n_shown": tally.shown, "n_valid": valid, "n_dk": dont_know, "n_na": of_role(Role::NotApplicable),
        "n_ref": refused, "n_blank": tally.blank,
        "counts": per_row(&|count| json!(count)),
        "pct_valid": per_row(&|count| json!(percent(count, valid))),
        "pct_dk_of_asked": percent(dont_know, of_asked),
        "item_nonresponse_pct": percent(tally.blank + refused, of_asked),
    })
}

/// Shown without a mark, and not shown, are both out.
pub(crate) fn multi_response(input: &Value) -> Value {
    let choices = texts(&input["options"])
        .into_iter()
        .map(|name| ChoiceSource {
            role: if name == "none" { "exclusive".to_owned() } else { String::new() },
            name,
            ..ChoiceSource::default()
        })
        .collect();
    let answers = input["rows"].as_array().unwrap().iter().map(|row| match row {
        Value::Null => None,
        row if texts(row).is_empty() => Some(Answer::Empty),
        row => Some(Answer::Choices(texts(row))),
    });
    let asked = Asked::of("select_multiple", choices, Vec::new(), answers);
    let tally = asked.tally();
    let (cases, marks) = (tally.cases, tally.counts.iter().sum::<usize>());
    let row = |count: usize| {
        json!({
            "count": count, "pct_cases": percent(count, cases), "pct_responses": percent(count, marks),
            "wilson95": wilson(count as f64, cases as f64),
        })
    };
    let choices = asked.form.lists[0].choices.iter().zip(&tally.counts);
    let rows: Map<String, Value> =
        choices.map(|(choice, count)| (choice.name.clone(), row(*count))).collect();
    json!({
        "n_cases": cases, "n_responses": marks, "per_case": marks as f64 / cases as f64, "rows": rows,
    })
}

/// Through the index.
pub(crate) fn sdg_16_1_4(input: &Value) -> Value {
    let roles =
        [("very_safe", 4.0, ""), ("fairly_safe", 3.0, ""), ("bit_unsafe", 2.0, ""), ("very_unsafe", 1.0, "")];
    let mut choices: Vec<ChoiceSource> = roles
        .iter()
        .map(|(name, score, _)| ChoiceSource {
            name: (*name).to_owned(),
            score: Some(*score),
            ..ChoiceSource::default()
        })
        .collect();
    for (name, role) in [("never", "special_never"), ("dk", "missing_dk")] {
        choices.push(ChoiceSource {
            name: name.to_owned(),
            role: role.to_owned(),
            ..ChoiceSource::default()
        });
    }
    let counts = input["counts"].as_object().unwrap();
    let answers = counts.iter().flat_map(|(name, count)| {
        std::iter::repeat_n(Some(Answer::Choice(name.clone())), number(count) as usize)
    });
    let index = IndexSource {
        id: "sdg".to_owned(),
        kind: "safe_walking".to_owned(),
        items: vec!["q".to_owned()],
        ..IndexSource::default()
    };
    let summary = Asked::of("select_one", choices, vec![index], answers).summary();
    let Some(IndexFinding::SafeWalking { of_all, of_scored }) = summary.index("sdg").unwrap().finding else {
        panic!("an index");
    };
    json!({
        "a_pct": percent(of_all.count, of_all.base),
        "a_wilson95": wilson(of_all.count as f64, of_all.base as f64),
        "b_pct": percent(of_scored.count, of_scored.base),
        "b_wilson95": wilson(of_scored.count as f64, of_scored.base as f64),
    })
}

/// One question, and what people answered.
struct Asked {
    form: Form,
    table: Table,
}

impl Asked {
    /// `None`: not shown.
    fn of(
        kind: &str,
        choices: Vec<ChoiceSource>,
        indices: Vec<IndexSource>,
        answers: impl Iterator<Item = Option<Answer>>,
    ) -> Asked {
        let question = NodeSource {
            name: "q".to_owned(),
            kind: kind.to_owned(),
            list: "list".to_owned(),
            ..NodeSource::default()
        };
        let form = Form::build(&FormSource {
            format: 1,
            id: "form".to_owned(),
            languages: vec!["en".to_owned()],
            nodes: vec![question],
            lists: vec![ListSource { name: "list".to_owned(), from: String::new(), choices }],
            indices,
            ..FormSource::default()
        })
        .unwrap();
        let mut table = Table::new(&form);
        let day = Date::from_days(20_000);
        for (number, answer) in answers.enumerate() {
            table.push(
                &form,
                &Response {
                    id: ResponseId((number as u128 + 1).to_be_bytes()),
                    survey: "survey".to_owned(),
                    form: FormReference { id: "form".to_owned(), version: String::new() },
                    wave: "1".to_owned(),
                    language: "en".to_owned(),
                    started: day,
                    finished: day,
                    example: false,
                    answers: answer.map(|answer| ("q".to_owned(), answer)).into_iter().collect(),
                },
            );
        }
        Asked { form, table }
    }

    fn tally(&self) -> Tally {
        let column = self.table.column(&self.form, "q").unwrap();
        Tally::of(&self.table, column, Some(&self.form.lists[0]), &Selection::all(&self.table))
    }

    /// As of a closed census.
    fn summary(&self) -> Summary {
        let survey = Survey {
            id: "survey".to_owned(),
            form: FormReference { id: "form".to_owned(), version: String::new() },
            subject: Subject::Study(study()),
            design: SamplingDesign::Census,
            expected: None,
            minimum_cell: 5,
            seal: None,
            retention: None,
            weighting: Default::default(),
            state: SurveyState::Closed,
            example: false,
        };
        summarize(&self.form, &survey, &self.table, &View::default())
    }
}

fn study() -> Study {
    Study {
        id: "study".to_owned(),
        name: Bilingual::default(),
        sponsor: Bilingual::default(),
        police: Bilingual::default(),
        committee: Bilingual::default(),
        months: 12,
        sensitive: false,
        wave: 1,
        districts: Vec::new(),
        areas: Vec::new(),
        helplines: Vec::new(),
    }
}
