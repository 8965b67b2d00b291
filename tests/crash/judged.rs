//! That the comparison can fail: looks and logs made up, one fault in each.

use sondeo::response::wire::{entry_to_json, response_to_json};
use sondeo::response::{Answer, Entry, FormReference, Response, ResponseId};

use crate::compare::{Noted, Row, Run, Seen, Verdict};
use crate::form::{Bundle, OWN};
use crate::log::Told;
use crate::people::Dice;
use crate::plan::VISIT;

/// A device with one survey, imported with its responses, a draft and a response of its own.
fn device() -> (Seen, Bundle) {
    let bundle = Bundle::draw(&format!("{OWN}1"), 3, &mut Dice::new(7));
    let lines: Vec<serde_json::Value> =
        bundle.text.lines().map(|line| serde_json::from_str(line).expect("a line")).collect();
    let survey = lines[1]["survey"].to_string();
    let row = |id: &str, text: &str| Row { id: id.into(), survey: bundle.survey.clone(), text: text.into() };
    let entry = |n: usize, path: &str, text: &str| Noted {
        draft: "d".into(),
        n,
        text: entry_to_json(&Entry::Answer { path: path.into(), answer: Answer::Text(text.into()) }),
    };
    let mut responses: Vec<Row> = bundle.responses.iter().map(|(id, text)| row(id, text)).collect();
    responses.push(row("e", &own_response()));
    let seen = Seen {
        surveys: vec![Row { id: bundle.survey.clone(), survey: String::new(), text: survey }],
        forms: vec![(bundle.survey.clone(), "1".into())],
        drafts: vec![row("d", "")],
        journal: vec![entry(0, "first/code", "a"), entry(1, "first/code", "ab")],
        responses,
        shown: vec!["d".into()],
        ..Seen::default()
    };
    (seen, bundle)
}

fn own_response() -> String {
    response_to_json(&Response {
        id: ResponseId([1; 16]),
        survey: format!("{OWN}1"),
        form: FormReference { id: format!("{OWN}1"), version: "1".into() },
        wave: "1".into(),
        language: "es".into(),
        started: sondeo::form::Date { year: 2026, month: 11, day: 27 },
        finished: sondeo::form::Date { year: 2026, month: 11, day: 27 },
        example: false,
        answers: vec![("first/code".into(), Answer::Text("r1n0".into()))],
    })
}

fn told(kind: &str, draft: Option<&str>, answers: &[(&str, &str)]) -> Told {
    let answers =
        answers.iter().map(|(path, value)| ((*path).to_owned(), vec![(*value).to_owned()])).collect();
    let survey = format!("{OWN}1");
    Told {
        kind: kind.into(),
        mark: "r1n0".into(),
        draft: draft.map(str::to_owned),
        survey,
        answers,
        ..Told::default()
    }
}

fn judge(before: &Seen, log: &[Told], after: &Seen) -> Verdict {
    Run { before, erases: None, joins: None, log, after }.judge()
}

/// (acknowledged, lost, half-finished)
fn numbers(verdict: &Verdict) -> (usize, usize, usize) {
    (verdict.acknowledged, verdict.lost.len(), verdict.half.len())
}

#[test]
fn what_is_as_it_was_is_whole() {
    let (seen, _) = device();
    let log = [told("saved", Some("d"), &[("first/code", "ab")])];
    assert_eq!(numbers(&judge(&seen, &log, &seen)), (1, 0, 0));
}

#[test]
fn an_answer_that_was_saved_and_is_not_there_is_lost() {
    let (seen, _) = device();
    let log = [told("saved", Some("d"), &[("first/code", "abc")])];
    assert_eq!(numbers(&judge(&seen, &log, &seen)), (1, 1, 0));
    let log = [told("begins", None, &[]), told("saved", None, &[("first/code", "x")])];
    assert_eq!(numbers(&judge(&seen, &log, &seen)), (1, 1, 0));
}

#[test]
fn a_new_filling_is_found_by_what_is_in_it() {
    let (after, _) = device();
    let mut before = after.clone();
    before.responses.retain(|row| row.id != "e");
    let answers = [("first/code", "r1n0")];
    let log = [told("begins", None, &[]), told("saved", None, &answers), told("done", None, &answers)];
    assert_eq!(numbers(&judge(&before, &log, &after)), (2, 0, 0));
    assert_eq!(numbers(&judge(&before, &log, &before)), (2, 2, 0));
}

#[test]
fn of_two_new_fillings_the_one_that_more_is_known_of_is_found_first() {
    let (mut after, _) = device();
    let mut before = after.clone();
    before.responses.retain(|row| row.id != "e");
    before.drafts.clear();
    before.journal.clear();
    after.journal[0].text =
        entry_to_json(&Entry::Answer { path: "first/code".into(), answer: Answer::Text("r".into()) });
    let mut log = [
        told("begins", None, &[]),
        told("saved", None, &[("first/code", "r")]),
        told("begins", None, &[]),
        told("saved", None, &[("first/code", "r1n0")]),
        told("done", None, &[("first/code", "r1n0")]),
    ];
    log[0].mark = "r1".into();
    log[1].mark = "r1".into();
    assert_eq!(numbers(&judge(&before, &log, &after)), (3, 0, 0));
}

#[test]
fn what_was_there_and_is_gone_is_lost() {
    let (before, _) = device();
    let mut after = before.clone();
    after.responses.pop();
    after.journal.pop();
    assert_eq!(numbers(&judge(&before, &[], &after)), (0, 2, 0));
    after.drafts.clear();
    after.journal.clear();
    after.shown.clear();
    after.quarantine.push(None);
    assert_eq!(numbers(&judge(&before, &[], &after)), (0, 3, 0));
}

#[test]
fn a_draft_that_is_finished_too_and_a_journal_without_a_draft_are_half_finished() {
    let (before, _) = device();
    let mut after = before.clone();
    after.responses.push(Row { id: "d".into(), ..after.responses[3].clone() });
    assert_eq!(numbers(&judge(&before, &[], &after)).2, 1);
    after.drafts.clear();
    after.shown.clear();
    assert_eq!(numbers(&judge(&before, &[], &after)).2, 1);
}

#[test]
fn a_draft_opened_again_shows_what_it_held() {
    let (seen, _) = device();
    let mut log = [told("resumed", Some("d"), &[])];
    log[0].shown = vec![("first/code".into(), vec!["ab".into()])];
    assert_eq!(numbers(&judge(&seen, &log, &seen)), (0, 0, 0));
    log[0].shown = vec![("first/code".into(), vec!["a".into()])];
    assert_eq!(numbers(&judge(&seen, &log, &seen)), (0, 1, 0));
}

#[test]
fn a_file_that_was_joined_in_part_is_lost_when_it_was_told_and_else_half_finished() {
    let (before, bundle) = device();
    let mut after = before.clone();
    let joined = |log: &[Told], after: &Seen| {
        let mut none = before.clone();
        none.responses.retain(|row| row.id == "e");
        numbers(&Run { before: &none, erases: None, joins: Some(&bundle), log, after }.judge())
    };
    assert_eq!(joined(&[told("joined", None, &[])], &after), (1, 0, 0));
    after.responses.remove(1);
    assert_eq!(joined(&[told("joined", None, &[])], &after), (1, 1, 0));
    assert_eq!(joined(&[], &after), (0, 0, 1));
}

#[test]
fn a_survey_is_deleted_whole_or_not_at_all() {
    let (before, _) = device();
    let survey = format!("{OWN}1");
    let erased = |log: &[Told], after: &Seen| {
        numbers(&Run { before: &before, erases: Some(&survey), joins: None, log, after }.judge())
    };
    let gone = Seen { forms: before.forms.clone(), ..Seen::default() };
    let done = [told("erased", None, &[])];
    assert_eq!(erased(&done, &gone), (1, 0, 0));
    assert_eq!(erased(&[], &gone), (0, 0, 0));
    assert_eq!(erased(&[], &before), (0, 0, 0));
    assert_eq!(erased(&done, &before), (1, 1, 0));
    let mut part = before.clone();
    part.surveys.clear();
    part.shown.clear();
    assert_eq!(erased(&[], &part), (0, 0, 1));
    let mut fewer = before.clone();
    fewer.responses.pop();
    assert_eq!(erased(&[], &fewer), (0, 0, 1));
}

#[test]
fn screens_that_say_something_else_than_the_store_are_told() {
    let (mut seen, _) = device();
    seen.desk = Some(vec![(format!("{OWN}1"), 4, 1), (VISIT.into(), 0, 0)]);
    assert_eq!(numbers(&judge(&seen, &[], &seen)), (0, 0, 0));
    seen.desk = Some(vec![(format!("{OWN}1"), 3, 1)]);
    seen.shown.clear();
    assert_eq!(numbers(&judge(&seen, &[], &seen)), (0, 2, 0));
}
