//! A form with every kind of question, and responses to it that nobody would give.

use sondeo::form::wire::{ChoiceSource, FormSource, ListSource, NodeSource};
use sondeo::form::{Date, Form, Time};
use sondeo::response::{Answer, FormReference, Response, ResponseId};

fn list(name: &str, length: usize) -> ListSource {
    let choice = |n| ChoiceSource { name: format!("c{n}"), ..ChoiceSource::default() };
    ListSource { name: name.to_owned(), from: String::new(), choices: (0..length).map(choice).collect() }
}

fn node(kind: &str, name: &str, list: &str, children: Vec<NodeSource>) -> NodeSource {
    let (name, kind, list) = (name.to_owned(), kind.to_owned(), list.to_owned());
    NodeSource { name, kind, list, children, ..NodeSource::default() }
}

/// Every kind of question, on a page and in repeats; lists of one byte and of two, of one word and of several.
pub(crate) fn source() -> FormSource {
    let leaf = |kind: &str, name: &str, list: &str| node(kind, name, list, Vec::new());
    let inner =
        vec![leaf("text", "note", ""), leaf("select_one", "kind", "few"), leaf("decimal", "cost", "")];
    FormSource {
        format: 1,
        id: "every".to_owned(),
        version: "7".to_owned(),
        languages: vec!["es".to_owned()],
        nodes: vec![
            leaf("select_one", "few", "few"),
            leaf("select_one", "none", "none"),
            leaf("select_one", "many", "many"),
            leaf("select_multiple", "set", "few"),
            leaf("select_multiple", "word", "word"),
            leaf("select_multiple", "sets", "many"),
            leaf("rank", "order", "few"),
            leaf("integer", "whole", ""),
            leaf("decimal", "number", ""),
            leaf("date", "day", ""),
            leaf("time", "time", ""),
            leaf("text", "text", ""),
            node(
                "repeat",
                "visits",
                "",
                [inner, vec![node("repeat", "deep", "", vec![leaf("text", "word", "")])]].concat(),
            ),
            node("repeat", "others", "", vec![leaf("select_multiple", "which", "few")]),
        ],
        lists: vec![list("few", 5), list("none", 0), list("many", 300), list("word", 63)],
        ..FormSource::default()
    }
}

pub(crate) fn form() -> Form {
    Form::build(&source()).unwrap()
}

/// What one seed draws.
pub(crate) struct Draw(pub(crate) u64);

impl Draw {
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn answer(&mut self) -> Answer {
        let choice = |n: u64| format!("c{n}");
        match self.below(12) {
            0 | 1 => Answer::Empty,
            2 => Answer::Text(["Sí, «así» 🐟", "a", "", "=1+1\n"][self.below(4) as usize].to_owned()),
            3 => Answer::Integer([0, -1, 7, i64::MAX, 1 << 40][self.below(5) as usize]),
            4 => Answer::Decimal([0.5, -0.0, f64::NAN, 3.0, 1e300][self.below(5) as usize]),
            5 => Answer::Choice(choice(self.below(7))),
            6 => Answer::Choice(choice(self.below(301))),
            7 => Answer::Choices((0..self.below(6)).map(choice).collect()),
            8 => Answer::Choices((0..self.below(302)).rev().step_by(3).map(choice).collect()),
            9 => Answer::Date(Date::from_days(self.below(40_000) as i32 - 10_000)),
            10 => Answer::Time(Time::parse("07:30:00", -300).unwrap()),
            _ => Answer::Choice("unheard of".to_owned()),
        }
    }

    pub(crate) fn response(&mut self) -> Response {
        let mut answers = Vec::new();
        for name in
            ["few", "none", "many", "set", "word", "sets", "order", "whole", "number", "day", "time", "text"]
        {
            if self.below(5) > 0 {
                answers.push((name.to_owned(), self.answer()));
            }
        }
        for visit in 1..=self.below(3) {
            for name in ["note", "kind", "cost"] {
                answers.push((format!("visits[{visit}]/{name}"), self.answer()));
            }
            for deep in 1..=self.below(3) {
                answers.push((format!("visits[{visit}]/deep[{deep}]/word"), self.answer()));
            }
        }
        for other in 1..=self.below(2) {
            answers.push((format!("others[{other}]/which"), self.answer()));
        }
        Response {
            id: ResponseId([self.below(256) as u8; 16]),
            survey: "s".to_owned(),
            form: FormReference { id: "every".to_owned(), version: "7".to_owned() },
            wave: ["1", "2", "ñ"][self.below(3) as usize].to_owned(),
            language: ["es", "en"][self.below(2) as usize].to_owned(),
            started: Date::from_days(20_000 + self.below(900) as i32),
            finished: Date::from_days(self.below(2) as i32 - 1),
            example: self.below(2) == 1,
            answers,
        }
    }
}
