//! A filling driven by lines of text, and its state as text.

use std::fmt::Write;
use std::rc::Rc;

use super::table;
use expect_test::Expect;
use sondeo::engine::{Answer, At, Changes, Moment, Session, Settings};
use sondeo::form::{DateTime, Form, NodeKind};
use sondeo::response::Entry;

/// Fills a form and compares what is there in the end, and wherever a step is `?`.
///
/// Steps: `path = value` answers, `path =` takes back, `+ path` and `- path` add and remove instances, `language es` switches.
/// A state is a line for each slot: name, value, `hidden`, `required`, `readonly`, choices where a filter chooses them,
/// the label, and after `!` what is wrong.
pub(crate) fn check(form: &str, steps: &[&str], expect: &Expect) {
    let mut filling = Filling::new(form);
    let mut shown = String::new();
    for step in steps {
        if *step == "?" {
            let _ = writeln!(shown, "{}---", filling.show());
        } else {
            filling.act(step);
        }
    }
    expect.assert_eq(&format!("{shown}{}", filling.show()));
}

/// A session with the journal that leads to it.
#[derive(Debug)]
pub(crate) struct Filling {
    pub(crate) session: Session,
    pub(crate) journal: Vec<Entry>,
}

impl Filling {
    /// A filling of a form in markdown, in its first language, on a day in November.
    pub(crate) fn new(markdown: &str) -> Filling {
        let form = Rc::new(form(markdown));
        Filling { session: Session::new(form, settings(), now()).unwrap(), journal: Vec::new() }
    }

    /// Does what a step says, and writes it down.
    pub(crate) fn act(&mut self, step: &str) -> Changes {
        if let Some(tag) = step.strip_prefix("language ") {
            let language = self.session.form().language(tag).unwrap();
            self.journal.push(Entry::Language(tag.to_owned()));
            self.session.set_language(language)
        } else if let Some(path) = step.strip_prefix("+ ") {
            self.journal.push(Entry::Add(path.to_owned()));
            self.session.add(self.at(path), now())
        } else if let Some(path) = step.strip_prefix("- ") {
            self.journal.push(Entry::Remove(path.to_owned()));
            self.session.remove(self.at(path), now())
        } else {
            let (path, text) = step.split_once('=').unwrap();
            let (path, at) = (path.trim(), self.at(path.trim()));
            let answer = self.read(at, text.trim()).unwrap();
            self.journal.push(Entry::Answer { path: path.to_owned(), answer: answer.clone() });
            self.session.answer(at, answer, now())
        }
    }

    /// The slot of a path.
    pub(crate) fn at(&self, path: &str) -> At {
        self.session.find(path).unwrap_or_else(|| panic!("no {path}"))
    }

    /// The value of a question as text.
    pub(crate) fn value(&self, path: &str) -> String {
        self.session.state(self.at(path)).unwrap().answer.to_text()
    }

    /// A text as an answer of a question.
    pub(crate) fn read(&self, at: At, text: &str) -> Option<Answer> {
        match self.session.definition(at)?.kind {
            NodeKind::Question(kind) => Answer::from_text(kind, text),
            _ => None,
        }
    }

    /// The whole state.
    pub(crate) fn show(&self) -> String {
        let mut shown = String::new();
        for at in self.session.roots() {
            self.show_slot(at, 0, &mut shown);
        }
        shown
    }

    fn show_slot(&self, at: At, depth: usize, shown: &mut String) {
        let node = self.session.definition(at).unwrap();
        let state = self.session.state(at).unwrap();
        let position = self.session.position(at).map(|position| format!("[{position}]")).unwrap_or_default();
        let mut line = format!("{}{}{position}", "  ".repeat(depth), node.name);
        if !state.answer.is_empty() {
            let _ = write!(line, " = {}", state.answer.to_text());
        }
        let is_readonly = state.readonly && !matches!(node.kind, NodeKind::Note);
        for (is, word) in
            [(!state.relevant, "hidden"), (state.required, "required"), (is_readonly, "readonly")]
        {
            if is {
                let _ = write!(line, " {word}");
            }
        }
        if self.session.form().choices_of(node).is_some_and(|list| list.filter.is_some()) {
            let names: Vec<&str> = state.choices.iter().map(|choice| choice.name.as_str()).collect();
            let _ = write!(line, " {{{}}}", names.join(" "));
        }
        for text in [&state.label, &state.hint] {
            if !text.is_empty() {
                let _ = write!(line, " \"{text}\"");
            }
        }
        if let Some(violation) = state.violation {
            let _ = write!(line, " ! {violation:?}");
        }
        if !state.message.is_empty() {
            let _ = write!(line, ": {}", state.message);
        }
        shown.push_str(line.trim_end());
        shown.push('\n');
        for child in self.session.children(at) {
            self.show_slot(child, depth + 1, shown);
        }
    }
}

/// A form in markdown.
pub(crate) fn form(markdown: &str) -> Form {
    Form::build(&table::form(&table::sheets(markdown)).unwrap()).unwrap()
}

/// A Monday afternoon in Panama.
pub(crate) fn now() -> Moment {
    DateTime::parse("2026-11-23T14:50:49", -300).unwrap()
}

/// The first language, and a small regex engine.
pub(crate) fn settings() -> Settings {
    Settings {
        language: 0,
        seed: 7,
        matches,
        calculate: sondeo::xpath::Math::calculate,
        digest: sondeo::xpath::digest::digest,
    }
}

fn matches(pattern: &str, text: &str) -> Option<bool> {
    Some(regex_lite::Regex::new(&format!("^(?:{pattern})$")).ok()?.is_match(text))
}
