//! Filling in: reading a form, starting a session, one answer, a change of language, beside a plain walk over the answers.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a bench prints, and stops when it cannot go on"
)]

#[path = "common/mod.rs"]
mod common;
#[path = "common/forms.rs"]
mod forms;

use std::hint::black_box;

use sondeo::engine::{Answer, Session, Settings};
use sondeo::form::DateTime;

fn main() {
    let (_, form) = forms::community();
    let now = DateTime::parse("2026-03-05T10:00", -300).expect("a moment");
    let settings = || Settings {
        language: 0,
        seed: 1,
        matches: forms::matches,
        calculate: sondeo::xpath::Math::calculate,
        digest: |_, _| None,
    };
    let session = || Session::new(form.clone(), settings(), now).expect("no cycle");

    let plain: Vec<String> = (0..form.nodes.len()).map(|n| format!("answer {n}")).collect();
    let yardstick = common::median(|| {
        plain.iter().map(|answer| black_box(answer.clone())).filter(|answer| answer.as_str() == "yes").count()
    });
    let name = "copying as many short texts";
    common::line("start a session of the community survey", common::median(session), name, yardstick);

    let mut open = session();
    for (path, value) in [("s_intro/adult", "yes"), ("s_intro/consent", "yes"), ("s_you/district", "colon")] {
        let at = open.find(path).expect("a question");
        open.answer(at, Answer::Choice(value.to_owned()), now);
    }
    let mut flip = false;
    for path in
        ["s_intro/consent", "s_vic/vic/vic_robbery", "s_community/prio_1", "s_safety/safe_places/safe_day"]
    {
        let at = open.find(path).unwrap_or_else(|| panic!("no {path}"));
        let time = common::median(|| {
            flip = !flip;
            open.answer(at, Answer::Choice(if flip { "no" } else { "yes" }.to_owned()), now)
        });
        common::line(&format!("answer {path}"), time, name, yardstick);
        open.answer(at, Answer::Choice("yes".to_owned()), now);
    }
    let mut language = 0;
    let time = common::median(|| {
        language = 1 - language;
        open.set_language(language)
    });
    common::line("switch the language", time, name, yardstick);
}
