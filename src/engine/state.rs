use std::rc::Rc;

use super::Answer;
use crate::form::{DateTime, Role};

/// A slot of the instance: one node of the form in one instance of its repeats. Never used again for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At(pub u32);

/// The clock as an argument: the local date and time with its offset from UTC.
pub type Moment = DateTime;

/// Everything a screen needs to know of a slot.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct NodeState {
    /// It and everything around it is relevant: shown, and part of the response.
    pub relevant: bool,
    /// Must be answered.
    pub required: bool,
    /// Cannot be changed by people: always so for a note, and for what stands in a readonly group.
    pub readonly: bool,
    /// The label in the session's language, holes filled.
    pub label: String,
    /// The hint in the session's language, holes filled.
    pub hint: String,
    /// What can be chosen now, filtered, in the session's language; of a grid, what its rows offer; empty where there are no choices.
    pub choices: Rc<[ChoiceState]>,
    /// The answer, without choices that are not offered (any more); for a calculation its value as text.
    pub answer: Answer,
    /// What is wrong with it, if anything; always up to date, a screen decides when to show it.
    pub violation: Option<ViolationKind>,
    /// The form's own message for the violation, in the session's language; empty: the program's sentence serves.
    pub message: String,
}

/// A choice as it is offered.
#[derive(Debug, Clone, PartialEq)]
pub struct ChoiceState {
    /// The stored name.
    pub name: String,
    /// The label in the session's language.
    pub label: String,
    /// What it means.
    pub role: Role,
}

/// An answer that keeps a person from finishing.
#[derive(Debug, Clone, PartialEq)]
pub struct Violation {
    /// Where.
    pub at: At,
    /// What is wrong.
    pub kind: ViolationKind,
    /// The form's own message, in the session's language; may be empty.
    pub message: String,
}

/// What can be wrong with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ViolationKind {
    /// Required and blank.
    Required,
    /// The form's constraint does not hold.
    Constraint,
    /// Required, and blank because what was chosen is not offered (any more).
    NotOffered,
}

/// What an act changed; a screen repaints these and nothing else.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Changes {
    /// Slots whose [`NodeState`] differs, in no order, each once.
    pub nodes: Vec<At>,
    /// Groups or repeats whose children came or went.
    pub structure: Vec<At>,
}

/// How a form is cut into pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paging {
    /// A section's questions a page; an instance of a repeat stands inside its section.
    #[default]
    Sections,
    /// One question a page; a grid counts as one.
    Questions,
}

/// A page: what stands on it, in reading order. Irrelevant slots are left out.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The section it belongs to; `None` for a page of top-level questions.
    pub section: Option<At>,
    /// Questions, notes, grids; before them the headers of labelled groups and repeat instances around them (in
    /// [`Paging::Questions`] again on each page); after its instances, a repeat that people extend.
    pub slots: Vec<At>,
}

/// How far a filling is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Relevant questions with an answer, of those that people can change.
    pub answered: usize,
    /// Relevant questions that people can change.
    pub relevant: usize,
}
