//! What the worker does: a [`Job`] in, an [`Outcome`] out, over any store. Read [`run`] first; [`run_text`] is the same as text.
//! A job reads responses in batches and keeps none longer than it must; what jobs keep for each other is [`Kept`].
//! Never a browser type, a clock or randomness.

mod examples;
mod keep;
mod kept;
mod random;
mod run;
pub mod wire;

pub use examples::examples;
pub use kept::{Kept, Tell};
pub use run::{run, run_text};

use crate::form::{Date, FormProblem};
use crate::i18n::Language;
use crate::report::screen::Screen;
use crate::store::Fault;
use crate::summary::{Summary, View};
use crate::survey::Survey;

/// Something that takes its time.
#[derive(Debug, Clone, PartialEq)]
pub enum Job {
    /// Count a survey's responses: [`Outcome::Summary`].
    Summarize {
        /// The survey's id.
        survey: String,
        /// What to show.
        view: View,
    },
    /// Count a survey's responses and lay them out for the desk: [`Outcome::Screen`].
    Screen {
        /// The survey's id.
        survey: String,
        /// What to show.
        view: View,
        /// The language of the screen.
        language: Language,
    },
    /// Every response as CSV: [`Outcome::File`].
    Csv {
        /// The survey's id.
        survey: String,
        /// Choices by their label in this language; `None`: by name.
        labels: Option<Language>,
    },
    /// The summary as JSON: [`Outcome::File`].
    Json {
        /// The survey's id.
        survey: String,
        /// What to show.
        view: View,
    },
    /// The summary as the body of a page to print: [`Outcome::Document`].
    Print {
        /// The survey's id.
        survey: String,
        /// What to show.
        view: View,
        /// The language of the page.
        language: Language,
    },
    /// Keep a survey that nobody has answered with the questionnaire made of it: [`Outcome::Kept`].
    Keep {
        /// The survey; `None`: the one that the instrument brings, where there is none of its id.
        survey: Option<Box<Survey>>,
        /// The instrument, as it lies in `public/instruments`.
        definition: String,
    },
    /// On which days responses were finished: [`Outcome::Days`].
    Days {
        /// The survey's id.
        survey: String,
    },
    /// Make up responses and add them: [`Outcome::Added`].
    Examples {
        /// The survey's id.
        survey: String,
        /// How many.
        count: usize,
        /// The same seed makes the same responses.
        seed: u64,
        /// The day on which the last of them is finished.
        today: Date,
    },
    /// Remove what was made up: [`Outcome::Removed`].
    RemoveExamples {
        /// The survey's id.
        survey: String,
    },
}

/// What came of a job.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// A summary, already suppressed.
    Summary(Box<Summary>),
    /// A summary laid out for the desk.
    Screen(Box<Screen>),
    /// A file to offer for download; its bytes went to [`Tools::sink`].
    File {
        /// Its name.
        name: String,
        /// Its media type.
        media_type: String,
    },
    /// An HTML fragment.
    Document(String),
    /// The survey with its form.
    Kept(Box<Survey>),
    /// Days with how many responses, and how many of those are examples; oldest day first.
    Days(Vec<(Date, usize, usize)>),
    /// How many responses are new.
    Added(usize),
    /// How many responses went.
    Removed(usize),
}

/// What a job works with, beside the store.
pub struct Tools<'a> {
    /// Whether a text matches a pattern as a whole (`regex()`); only examples ask.
    pub matches: fn(&str, &str) -> Option<bool>,
    /// What jobs keep for each other.
    pub kept: &'a Kept,
    /// Told how far the job is; answers whether to go on.
    pub progress: &'a mut Tell<'a>,
    /// Takes the bytes of a file, part by part.
    pub sink: &'a mut dyn FnMut(&[u8]),
}

/// How far a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Responses dealt with.
    pub done: usize,
    /// Of how many.
    pub of: usize,
}

impl Progress {
    /// As the worker tells it: `done/of`.
    pub fn to_text(self) -> String {
        [self.done.to_string(), "/".to_owned(), self.of.to_string()].concat()
    }

    /// Reads what [`Progress::to_text`] writes.
    pub fn from_text(text: &str) -> Option<Progress> {
        let (done, of) = text.split_once('/')?;
        Some(Progress { done: done.parse().ok()?, of: of.parse().ok()? })
    }
}

/// A job that came to nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct JobError {
    /// Why.
    pub kind: JobErrorKind,
    /// Details for a fault report.
    pub detail: String,
}

/// Why a job came to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobErrorKind {
    /// The store failed.
    Store,
    /// No such survey.
    NoSurvey,
    /// The survey's form is not kept here.
    NoForm,
    /// The survey's form does not build, or has a cycle.
    Form,
    /// The request or the reply is not what this version writes.
    Request,
    /// Whoever asked for it wants it no more.
    Cancelled,
}

impl JobError {
    fn new(kind: JobErrorKind, detail: impl Into<String>) -> JobError {
        JobError { kind, detail: detail.into() }
    }
}

impl From<Fault> for JobError {
    fn from(fault: Fault) -> JobError {
        JobError::new(JobErrorKind::Store, format!("{:?} {}", fault.kind, fault.detail))
    }
}

impl From<Vec<FormProblem>> for JobError {
    fn from(problems: Vec<FormProblem>) -> JobError {
        JobError::new(JobErrorKind::Form, format!("{problems:?}"))
    }
}
