//! Forms of facilitators' own, of any size: from the kept text to a session, and what an answer costs.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops where it cannot go on"
)]

mod common;

use std::hint::black_box;
use std::rc::Rc;

use sondeo::engine::{Answer, Session, Settings};
use sondeo::form::wire::{FORMAT, FormSource, NodeSource};
use sondeo::form::{DateTime, Form};
use sondeo::survey::wire::{form_from_json, form_to_json};

fn main() {
    let now = DateTime::parse("2026-03-05T10:00", -300).expect("a moment");
    for count in [100, 1_000, 5_000] {
        let (json, plain) = (form_to_json(&chained(count)), plain(count));
        let yardstick = common::median(|| {
            plain.iter().map(|text| black_box(text.clone())).filter(|text| text.as_str() == "yes").count()
        });
        let name = "copying as many short texts";
        let start = || start(&json, now);
        common::line(
            &format!("{count} questions: text to first question"),
            common::median(start),
            name,
            yardstick,
        );
        let mut session = start();
        let first = session.find("q0").expect("a question");
        let mut number = 0;
        let time = common::median(|| {
            number += 1;
            session.answer(first, Answer::Integer(number), now)
        });
        common::line(&format!("{count} questions: an answer that one hangs on"), time, name, yardstick);
        let time = common::median(|| session.pages(sondeo::engine::Paging::Questions));
        common::line(&format!("{count} questions: cut into pages"), time, name, yardstick);
    }
    let name = "copying 200 short texts";
    let plain = plain(200);
    let yardstick = common::median(|| {
        plain.iter().map(|text| black_box(text.clone())).filter(|text| text.as_str() == "yes").count()
    });
    let mut flipped = start(&form_to_json(&switched(200)), now);
    let (switch, mut on) = (flipped.find("switch").expect("a question"), false);
    let time = common::median(|| {
        on = !on;
        flipped.answer(switch, Answer::Text(if on { "yes" } else { "no" }.to_owned()), now)
    });
    common::line("200 questions come and go", time, name, yardstick);
    let mut chain = start(&form_to_json(&calculated(500)), now);
    let (seed, mut number) = (chain.find("seed").expect("a question"), 0);
    let time = common::median(|| {
        number += 1;
        chain.answer(seed, Answer::Integer(number), now)
    });
    common::line("a chain of 500 calculations", time, name, yardstick);
    let mut repeated = start(&form_to_json(&repeats()), now);
    let repeat = repeated.find("person").expect("a repeat");
    while repeated.children(repeat).len() < 200 {
        repeated.add(repeat, now);
    }
    let time = common::median(|| {
        repeated.add(repeat, now);
        let last = repeated.children(repeat).last().copied().expect("an instance");
        repeated.remove(last, now)
    });
    common::line("200 instances of 20: one comes and goes", time, name, yardstick);
    let (at, mut number) = (repeated.find("person[100]/age").expect("a question"), 0);
    let time = common::median(|| {
        number += 1;
        repeated.answer(at, Answer::Integer(number), now)
    });
    common::line("200 instances of 20: an answer with a sum over all", time, name, yardstick);
}

fn plain(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("answer {number}")).collect()
}

fn start(json: &str, now: DateTime) -> Session {
    let source = form_from_json(json).expect("the form opens");
    let settings = Settings {
        language: 0,
        seed: 1,
        matches: |_, _| None,
        calculate: sondeo::xpath::Math::calculate,
        digest: |_, _| None,
    };
    Session::new(Rc::new(Form::build(&source).expect("it builds")), settings, now).expect("no cycle")
}

fn form(nodes: Vec<NodeSource>) -> FormSource {
    FormSource {
        format: FORMAT,
        id: "large".to_owned(),
        languages: vec!["en".to_owned()],
        nodes,
        ..FormSource::default()
    }
}

fn question(kind: &str, name: String) -> NodeSource {
    let label = vec![format!("Question {name}")];
    NodeSource { kind: kind.to_owned(), name, label, ..NodeSource::default() }
}

/// Each question is asked where the one before is not negative; every tenth is a sum over it and the sum before.
fn chained(count: usize) -> FormSource {
    let mut nodes = vec![question("integer", "q0".to_owned())];
    for number in 1..count {
        let before = number - 1;
        if number % 10 == 0 {
            let sum = if number == 10 { "0".to_owned() } else { format!("${{q{}}}", number - 10) };
            let calculation = format!("coalesce(${{q{before}}}, 0) + {sum}");
            nodes.push(NodeSource { calculation, ..question("calculate", format!("q{number}")) });
        } else {
            let relevant = format!("${{q{before}}} = '' or ${{q{before}}} >= 0");
            nodes.push(NodeSource { relevant, ..question("integer", format!("q{number}")) });
        }
    }
    form(nodes)
}

fn switched(count: usize) -> FormSource {
    let asked = |number| NodeSource {
        relevant: "${switch} = 'yes'".to_owned(),
        ..question("text", format!("q{number}"))
    };
    let mut nodes = vec![question("text", "switch".to_owned())];
    nodes.extend((0..count).map(asked));
    form(nodes)
}

fn calculated(count: usize) -> FormSource {
    let mut nodes = vec![question("integer", "seed".to_owned())];
    for number in 0..count {
        let before = if number == 0 { "seed".to_owned() } else { format!("c{}", number - 1) };
        let calculation = format!("${{{before}}} + 1");
        nodes.push(NodeSource { calculation, ..question("calculate", format!("c{number}")) });
    }
    form(nodes)
}

fn repeats() -> FormSource {
    let mut children = vec![question("integer", "age".to_owned())];
    for number in 1..20 {
        let relevant = if number % 3 == 0 { "${age} >= 18".to_owned() } else { String::new() };
        children.push(NodeSource { relevant, ..question("text", format!("p{number}")) });
    }
    let person = NodeSource { children, ..question("repeat", "person".to_owned()) };
    let total =
        NodeSource { calculation: "sum(${age})".to_owned(), ..question("calculate", "total".to_owned()) };
    form(vec![person, total])
}
