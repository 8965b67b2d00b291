use std::rc::Rc;

use super::{Answer, At, Changes, Moment, NodeState, Page, Paging, Progress, Violation};
use crate::form::{Form, Node};
use crate::response::Entry;

/// What a filling is started with, beside its form and the clock.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// A position in [`Form::languages`]; one past the end falls back to the first.
    pub language: usize,
    /// What everything random in this filling comes from: the same seed and answers give the same filling.
    pub seed: u64,
    /// Does the whole text match the regular expression (pattern first)? `None`: the pattern is not valid.
    /// The browser's own `RegExp` serves there, so that no regex crate weighs on a phone.
    pub matches: fn(&str, &str) -> Option<bool>,
}

/// A form that cannot be filled: questions whose expressions wait for each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cycle {
    /// The names on it, each waiting for the next and the last for the first.
    pub names: Vec<String>,
}

/// What [`Session::restore`] found beside the answers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Restored {
    /// Journal entries that no longer fit the form (or this version of it).
    pub skipped: usize,
    /// The page that was open last, by the path of its first node; empty: the review; `None`: none was recorded.
    pub page: Option<String>,
}

/// A filling of a form.
#[derive(Debug)]
pub struct Session {
    form: Rc<Form>,
    settings: Settings,
}

impl Session {
    /// A new filling, defaults and calculations in place. An error names a cycle in the form.
    pub fn new(form: Rc<Form>, settings: Settings, now: Moment) -> Result<Session, Cycle> {
        let _ = now;
        Ok(Session { form, settings })
    }

    /// A new filling with a journal replayed; the language is that of the last [`Entry::Language`].
    pub fn restore(
        form: Rc<Form>,
        settings: Settings,
        now: Moment,
        journal: &[Entry],
    ) -> Result<(Session, Restored), Cycle> {
        let _ = journal;
        Ok((Session::new(form, settings, now)?, Restored::default()))
    }

    /// Gives, changes or (with [`Answer::Empty`]) takes back an answer. The engine keeps what it is given:
    /// a widget sees to it that an exclusive choice stands alone. Nothing happens at a slot that is no question.
    pub fn answer(&mut self, at: At, answer: Answer, now: Moment) -> Changes {
        let _ = (at, answer, now);
        Changes::default()
    }

    /// Adds an instance at the end of a repeat that people extend themselves.
    pub fn add(&mut self, repeat: At, now: Moment) -> Changes {
        let _ = (repeat, now);
        Changes::default()
    }

    /// Removes an instance of a repeat that people extend themselves, for good.
    pub fn remove(&mut self, instance: At, now: Moment) -> Changes {
        let _ = (instance, now);
        Changes::default()
    }

    /// Shows everything in another language (a position in [`Form::languages`]). No answer changes.
    pub fn set_language(&mut self, language: usize) -> Changes {
        self.settings.language = language;
        Changes::default()
    }

    /// The present language, a position in [`Form::languages`].
    pub fn language(&self) -> usize {
        self.settings.language
    }

    /// The form.
    pub fn form(&self) -> &Form {
        &self.form
    }

    /// The top-level slots in document order.
    pub fn roots(&self) -> Vec<At> {
        Vec::new()
    }

    /// The slots inside a group or a repeat instance; of a repeat, its instances.
    pub fn children(&self, at: At) -> Vec<At> {
        let _ = at;
        Vec::new()
    }

    /// The form's node (kind, appearance, sensitive, ...); a repeat instance answers its repeat's. `None`: no such slot.
    pub fn definition(&self, at: At) -> Option<&Node> {
        let _ = at;
        None
    }

    /// Whether the slot is an instance of a repeat (and not the repeat itself).
    pub fn is_instance(&self, at: At) -> bool {
        let _ = at;
        false
    }

    /// The position of a repeat instance among its siblings, from 1; `None` for other slots.
    pub fn position(&self, at: At) -> Option<usize> {
        let _ = at;
        None
    }

    /// Everything a screen needs to know of a slot; `None` for one that is gone.
    pub fn state(&self, at: At) -> Option<&NodeState> {
        let _ = at;
        None
    }

    /// The path with repeat positions: `s_use/commitments[1]/commit_text`; empty for a slot that is gone.
    pub fn path(&self, at: At) -> String {
        let _ = at;
        String::new()
    }

    /// The slot of a path that [`Session::path`] wrote.
    pub fn find(&self, path: &str) -> Option<At> {
        let _ = path;
        None
    }

    /// The form cut into pages. Only relevant slots; a page without any is left out.
    pub fn pages(&self, paging: Paging) -> Vec<Page> {
        let _ = paging;
        Vec::new()
    }

    /// How many of the relevant questions have an answer.
    pub fn progress(&self) -> Progress {
        Progress::default()
    }

    /// What keeps a person from finishing: relevant slots in document order.
    pub fn violations(&self) -> Vec<Violation> {
        Vec::new()
    }

    /// The answers of a response: relevant questions in document order, blanks as [`Answer::Empty`]; no calculations.
    pub fn answers(&self) -> Vec<(String, Answer)> {
        Vec::new()
    }

    /// The answers, if nothing is wrong with them.
    pub fn finish(&self) -> Result<Vec<(String, Answer)>, Vec<Violation>> {
        let violations = self.violations();
        if violations.is_empty() { Ok(self.answers()) } else { Err(violations) }
    }
}
