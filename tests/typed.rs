//! Typing in what stands on paper: what is asked in which order, and the answer in what was typed.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

use std::rc::Rc;

use sondeo::engine::{
    Answer, At, MOST_INSTANCES, Mistyped, Moment, Session, Settings, Step, typed, typed_count,
};
use sondeo::form::wire::{ChoiceSource, ListSource, NodeSource};
use sondeo::form::{Date, DateTime, Form, FormSource};
use sondeo::instrument::{bundled_survey, definition_from_json};
use sondeo::report::paper::numbers;
use sondeo::xpath::Math;

fn now() -> Moment {
    DateTime::parse("2026-11-28T10:00", -300).unwrap()
}

fn session(form: Form) -> Session {
    let settings = Settings {
        language: 0,
        seed: 7,
        matches: |_, _| None,
        calculate: Math::calculate,
        digest: |_, _| None,
    };
    Session::new(Rc::new(form), settings, now()).unwrap()
}

fn question(name: &str, kind: &str) -> NodeSource {
    NodeSource { name: name.into(), kind: kind.into(), ..NodeSource::default() }
}

fn choice(name: &str, label: &str, role: &str) -> ChoiceSource {
    ChoiceSource {
        name: name.into(),
        label: vec![label.into()],
        role: role.into(),
        ..ChoiceSource::default()
    }
}

/// A question of each kind.
fn form() -> Form {
    let list = |node: NodeSource| NodeSource { list: "fruit".into(), ..node };
    let look = |node: NodeSource, appearance: &str| NodeSource { appearance: appearance.into(), ..node };
    let scale = NodeSource {
        parameters: [("start", "0"), ("end", "10"), ("step", "2")].map(|(a, b)| (a.into(), b.into())).into(),
        ..question("scale", "integer")
    };
    let nodes = vec![
        list(question("one", "select_one")),
        list(question("many", "select_multiple")),
        list(question("order", "rank")),
        question("whole", "integer"),
        scale,
        question("number", "decimal"),
        question("words", "text"),
        look(question("code", "text"), "digits"),
        question("day", "date"),
        look(question("year", "date"), "year"),
        look(question("month", "date"), "month"),
        question("time", "time"),
        question("moment", "dateTime"),
    ];
    let fruit = vec![
        choice("apple", "Manzana", ""),
        choice("pear", "Pera verde", ""),
        choice("none", "Ninguna", "exclusive"),
    ];
    let lists = vec![ListSource { name: "fruit".into(), from: String::new(), choices: fruit }];
    let source = FormSource { languages: vec!["es".into()], nodes, lists, ..FormSource::default() };
    Form::build(&source).unwrap()
}

#[test]
fn what_is_typed_becomes_an_answer_of_its_kind() {
    let session = session(form());
    let date = |year, month, day| Answer::Date(Date::new(year, month, day).unwrap());
    let names = |names: &[&str]| Answer::Choices(names.iter().map(|name| name.to_string()).collect());
    let wrong = |why| Err(why);
    for (name, text, wanted) in [
        ("one", "2", Ok(Answer::Choice("pear".into()))),
        ("one", " pera VERDE ", Ok(Answer::Choice("pear".into()))),
        ("one", "", Ok(Answer::Empty)),
        ("one", "0", wrong(Mistyped::NoSuchChoice)),
        ("one", "4", wrong(Mistyped::NoSuchChoice)),
        ("one", "-1", wrong(Mistyped::NoSuchChoice)),
        ("one", "1 2", wrong(Mistyped::OneOnly)),
        ("many", "2, 1", Ok(names(&["pear", "apple"]))),
        ("many", "2;1", Ok(names(&["pear", "apple"]))),
        ("many", "3", Ok(names(&["none"]))),
        ("many", "1 3", wrong(Mistyped::Alone)),
        ("many", "1 1", wrong(Mistyped::Twice)),
        ("many", "1 9", wrong(Mistyped::NoSuchChoice)),
        ("order", "3 1 2", Ok(names(&["none", "apple", "pear"]))),
        ("order", "3 3", wrong(Mistyped::Twice)),
        ("whole", "-12", Ok(Answer::Integer(-12))),
        ("whole", "1.5", wrong(Mistyped::Whole)),
        ("whole", "doce", wrong(Mistyped::Whole)),
        ("scale", "4", Ok(Answer::Integer(4))),
        ("scale", "5", wrong(Mistyped::Scale)),
        ("scale", "12", wrong(Mistyped::Scale)),
        ("number", "1,5", Ok(Answer::Decimal(1.5))),
        ("number", "x", wrong(Mistyped::Number)),
        ("words", " dos palabras ", Ok(Answer::Text("dos palabras".into()))),
        ("code", "0042", Ok(Answer::Text("0042".into()))),
        ("code", "42a", wrong(Mistyped::Digits)),
        ("day", "5/3/2026", Ok(date(2026, 3, 5))),
        ("day", "05-03-2026", Ok(date(2026, 3, 5))),
        ("day", "2026-03-05", Ok(date(2026, 3, 5))),
        ("day", "31/2/2026", wrong(Mistyped::Day)),
        ("day", "5/3/26", wrong(Mistyped::Day)),
        ("year", "1987", Ok(date(1987, 1, 1))),
        ("year", "87", wrong(Mistyped::Year)),
        ("month", "3/2026", Ok(date(2026, 3, 1))),
        ("month", "2026", wrong(Mistyped::Month)),
        ("time", "24:00", wrong(Mistyped::Time)),
        ("time", "9.5", Ok(Answer::Time(sondeo::form::Time::new(9, 5, 0, 0).unwrap()))),
        (
            "moment",
            "5/3/2026 14:30",
            Ok(Answer::DateTime(DateTime::parse("2026-03-05T14:30", -300).unwrap())),
        ),
        ("moment", "5/3/2026", wrong(Mistyped::DayAndTime)),
    ] {
        let at = session.find(name).unwrap();
        assert_eq!(typed(&session, at, text, now()), wanted, "{name}: {text:?}");
    }
    assert_eq!(typed_count(""), Ok(0));
    assert_eq!(typed_count(" 3 "), Ok(3));
    assert_eq!(typed_count("x"), Err(Mistyped::Whole));
    assert_eq!(typed_count(&(MOST_INSTANCES + 1).to_string()), Err(Mistyped::TooMany));
}

/// Where the typing is, by name.
fn names(session: &Session) -> Vec<String> {
    let name = |step: &Step| match step {
        Step::Question(at) => session.path(*at),
        Step::Count(at) => format!("count of {}", session.path(*at)),
    };
    session.steps().iter().map(name).collect()
}

#[test]
fn a_repeat_is_counted_before_it_is_typed_and_what_is_not_relevant_is_passed_over() {
    let inside = vec![question("name", "text")];
    let repeat = NodeSource { children: inside, ..question("child", "repeat") };
    let more = NodeSource { relevant: "${age} > 17".into(), ..question("work", "text") };
    let source = FormSource {
        languages: vec!["es".into()],
        nodes: vec![question("age", "integer"), more, repeat],
        ..FormSource::default()
    };
    let mut session = session(Form::build(&source).unwrap());
    let begins = names(&session);
    assert_eq!(begins[..2], ["age", "count of child"]);
    let at = |session: &Session, name: &str| session.find(name).unwrap();
    let age = at(&session, "age");
    session.answer(age, Answer::Integer(30), now());
    assert_eq!(names(&session)[..3], ["age", "work", "count of child"]);
    let child = at(&session, "child");
    while session.children(child).len() < 2 {
        session.add(child, now());
    }
    assert_eq!(names(&session)[2..], ["count of child", "child[1]/name", "child[2]/name"]);
}

#[test]
fn a_choice_that_does_not_go_with_those_before_is_told_by_its_number_on_paper() {
    let text = std::fs::read_to_string("public/instruments/community_safety.json").unwrap();
    let (_, source) = bundled_survey(&definition_from_json(&text).unwrap()).unwrap();
    let form = Form::build(&source).unwrap();
    let at =
        |session: &Session, name: &str| -> At { session.find(&form.path(form.find(name).unwrap())).unwrap() };
    let mut session = session(Form::build(&source).unwrap());
    for (name, answer) in [("adult", "yes"), ("consent", "yes"), ("district", "colon")] {
        let at = at(&session, name);
        session.answer(at, Answer::Choice(answer.into()), now());
    }
    let area = at(&session, "area");
    let list = form.choices_of(form.node(form.find("area").unwrap()).unwrap()).unwrap();
    let place =
        |name: &str| (list.choices.iter().position(|choice| choice.name == name).unwrap() + 1).to_string();
    assert_eq!(typed(&session, area, &place("cativa"), now()), Ok(Answer::Choice("cativa".into())));
    let elsewhere = list.choices.iter().find(|choice| {
        choice.columns.iter().any(|(column, value)| column == "district" && value == "san_miguelito")
    });
    assert_eq!(typed(&session, area, &place(&elsewhere.unwrap().name), now()), Err(Mistyped::NotOffered));
}

/// Whoever is asked everything that can be asked meets each question in the order of the paper, and none without a number.
#[test]
fn every_question_that_is_typed_has_its_number_on_paper() {
    for name in ["post_visit", "community_safety"] {
        let text = std::fs::read_to_string(format!("public/instruments/{name}.json")).unwrap();
        let (_, source) = bundled_survey(&definition_from_json(&text).unwrap()).unwrap();
        let form = Form::build(&source).unwrap();
        let numbers: Vec<(String, usize)> =
            numbers(&form).into_iter().map(|(id, number)| (form.path(id), number)).collect();
        let mut session = session(Form::build(&source).unwrap());
        let mut met = 0;
        let mut last = 0;
        while let Some(Step::Question(at)) = session.steps().get(met).copied() {
            let path = session.path(at);
            let plain: Vec<&str> = path.split('/').map(|part| part.split('[').next().unwrap()).collect();
            let number =
                numbers.iter().find(|(known, _)| *known == plain.join("/")).map(|(_, number)| *number);
            let number = number.unwrap_or_else(|| panic!("{name}: {path} has no number"));
            assert!(number >= last || path.contains('['), "{name}: {path} stands before {last}");
            last = number;
            let answer = ["1", "3", "2", "5/3/2026"]
                .iter()
                .find_map(|text| typed(&session, at, text, now()).ok().filter(|answer| !answer.is_empty()));
            session.answer(at, answer.unwrap_or_default(), now());
            met += 1;
        }
        assert!(met > 20, "{name}: {met} questions");
        assert_eq!(met, session.steps().len());
    }
}
