//! What the worker does: a [`Job`] in, an [`Outcome`] out, over any store. Read [`run`] first; [`run_text`] is the same as text.
//! A job reads responses in batches and keeps none longer than it must; what jobs keep for each other is [`Kept`].
//! Never a browser type, a clock or randomness.

mod bundle;
mod copy;
mod examples;
mod export;
mod files;
mod keep;
mod kept;
mod link;
mod medium;
mod own;
mod random;
mod run;
mod seal;
mod table;
mod texts;
pub mod wire;
mod workbook;

/// The largest file that [`Job::ReadTable`] opens, in bytes.
pub const MOST_TABLE_BYTES: usize = crate::xlsform::workbook::MOST_TABLE_BYTES;
/// The largest file that [`Job::ReadForm`] opens, in bytes.
pub const MOST_FORM_BYTES: usize = crate::xlsform::workbook::MOST_BYTES;
/// The most bytes of a form and all that comes with it.
pub const MOST_BYTES_WITH_FORM: usize = 60 << 20;

pub use examples::examples;
pub use kept::{Kept, Tell};
pub use link::{LinkOpened, open_link};
pub use run::{run, run_text};
pub use table::{TableColumn, TableFile, TableRead};
pub use workbook::form_workbook;

use std::future::Future;
use std::pin::Pin;

use crate::form::{Date, FormProblem};
use crate::i18n::Language;
use crate::report::fields::Field;
use crate::report::screen::Screen;
use crate::report::texts::{Recode, Texts};
use crate::share::seal::Sealing;
use crate::store::{CopyMade, Fault, Merge};
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
    /// A file to take away, for publication or for analysts as the view says: [`Outcome::File`].
    Export {
        /// The survey's id.
        survey: String,
        /// What to show. Files of responses hold all of the survey's, whatever the filters.
        view: View,
        /// Which file.
        file: FileKind,
        /// The language of labels, and in which a report opens.
        language: Language,
        /// The day it is made.
        today: Date,
    },
    /// The summary as the body of a page to print: [`Outcome::Document`].
    Print {
        /// The survey's id.
        survey: String,
        /// What to show.
        view: View,
        /// The language of the page.
        language: Language,
        /// The day it is made.
        today: Date,
    },
    /// Keep a survey that nobody has answered with the questionnaire made of it: [`Outcome::Kept`].
    Keep {
        /// The survey; `None`: the one that the instrument brings, where there is none of its id.
        survey: Option<Box<Survey>>,
        /// The instrument, as it lies in `public/instruments`.
        definition: String,
    },
    /// Read an XLSForm, [`Tools::given`]: [`Outcome::Read`], or [`Outcome::Kept`] where it is to be kept and can be.
    ReadForm {
        /// The workbook's name and length in bytes, then those of the tables that go with it; their bytes are given one
        /// after the other.
        files: Vec<(String, usize)>,
        /// What is to become of it.
        keep: KeepForm,
        /// The language in which problems are told.
        language: Language,
    },
    /// The form of a survey as an XLSForm workbook: [`Outcome::File`].
    WriteForm {
        /// The survey's id.
        survey: String,
    },
    /// The open answers to a question: [`Outcome::Texts`].
    Texts {
        /// The survey's id.
        survey: String,
        /// What to show.
        view: View,
        /// The question's name; `None`: the form's first.
        question: Option<String>,
        /// The language of the screen.
        language: Language,
    },
    /// Change how the open answers to a question are coded: [`Outcome::Coded`]. One at a time: two at once lose one.
    Code {
        /// The survey's id.
        survey: String,
        /// The question's name.
        question: String,
        /// In this order.
        changes: Vec<Recode>,
    },
    /// The closed questions of a survey's form: [`Outcome::Fields`].
    Fields {
        /// The survey's id.
        survey: String,
        /// The language of their labels.
        language: Language,
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
    /// All that people answered, as a file for another device: [`Outcome::Copied`].
    Bundle {
        /// The survey's id.
        survey: String,
        /// The day it is made.
        today: Date,
    },
    /// Join such a file, [`Tools::given`], with what is here: [`Outcome::Merged`].
    Join,
    /// Make a key for a survey that nobody has answered: [`Outcome::Key`].
    MakeKey {
        /// The survey's id.
        survey: String,
        /// What the key is kept under.
        passphrase: String,
    },
    /// The key of a survey, to print it: [`Outcome::Key`].
    ShowKey {
        /// The survey's id.
        survey: String,
        /// What the key is kept under, or the key itself.
        passphrase: String,
    },
    /// Open the sealed responses of a survey: [`Outcome::Unsealed`].
    Unseal {
        /// The survey's id.
        survey: String,
        /// What the key is kept under, or the key itself.
        passphrase: String,
    },
    /// Read such a file back, [`Tools::given`], before it is relied on: [`Outcome::Proved`].
    Prove {
        /// The sum that was told when it was made.
        sum: String,
        /// The number of responses.
        count: usize,
    },
    /// Take note that one of the files made here was joined elsewhere: [`Outcome::Receipt`].
    Confirm {
        /// The survey's id.
        survey: String,
        /// The receipt, as somebody typed it.
        code: String,
        /// The day it is typed.
        today: Date,
    },
    /// Remove responses that were joined elsewhere: [`Outcome::Removed`].
    RemoveConfirmed {
        /// The survey's id.
        survey: String,
        /// The last of them by arrival.
        upto: u64,
        /// Only those finished on this day or before it.
        finished_by: Option<Date>,
    },
    /// Say what would come of a file of responses, [`Tools::given`]: [`Outcome::Table`].
    ReadTable(TableFile),
    /// Add the responses of such a file, all or none: [`Outcome::Added`].
    AddTable {
        /// The file.
        file: TableFile,
        /// With the rows that break a rule of the form, as they were answered.
        as_answered: bool,
    },
    /// The form of a survey for paper, blank: [`Outcome::Document`].
    Paper {
        /// The survey's id.
        survey: String,
        /// One language, or several beside each other.
        languages: Vec<Language>,
    },
    /// A link that brings an open survey to a phone: [`Outcome::Link`].
    Link {
        /// The survey's id.
        survey: String,
        /// The address of the program, without `#` and what follows.
        page: String,
        /// The language in which it opens, as a tag.
        language: String,
        /// Answers given beforehand: the name of a question and of a choice.
        answers: Vec<(String, String)>,
    },
    /// Remove what was made up: [`Outcome::Removed`].
    RemoveExamples {
        /// The survey's id.
        survey: String,
    },
}

/// What becomes of a form that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeepForm {
    /// Nothing: it is only looked at.
    No,
    /// A new survey has it.
    New,
    /// The survey of this id goes on with it.
    Renew(String),
}

/// A file that can be taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// The report in both languages, as one HTML file.
    Report,
    /// A row per response, as CSV.
    Csv {
        /// Choices by their label, not by name.
        labels: bool,
    },
    /// A workbook: summary tables, responses, codebook.
    Xlsx,
    /// Responses as an SPSS system file.
    Sav,
    /// The summary, for other programs.
    Json,
    /// What every column means, to read and print.
    CodebookHtml,
    /// What every column means, as a table.
    CodebookCsv,
    /// The files that people gave, as one zip; for analysts only.
    Files,
}

impl FileKind {
    /// All of them.
    pub const ALL: [FileKind; 9] = [
        FileKind::Report,
        FileKind::Xlsx,
        FileKind::Csv { labels: true },
        FileKind::Csv { labels: false },
        FileKind::Sav,
        FileKind::Json,
        FileKind::CodebookHtml,
        FileKind::CodebookCsv,
        FileKind::Files,
    ];

    /// As requests name it.
    pub fn as_str(self) -> &'static str {
        match self {
            FileKind::Report => "report",
            FileKind::Csv { labels: false } => "csv",
            FileKind::Csv { labels: true } => "csv-labels",
            FileKind::Xlsx => "xlsx",
            FileKind::Sav => "sav",
            FileKind::Json => "json",
            FileKind::CodebookHtml => "codebook",
            FileKind::CodebookCsv => "codebook-csv",
            FileKind::Files => "files",
        }
    }

    /// Reads [`FileKind::as_str`].
    pub fn from_text(text: &str) -> Option<FileKind> {
        FileKind::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// Whether it holds a row per response.
    pub fn holds_responses(self) -> bool {
        matches!(self, FileKind::Csv { .. } | FileKind::Xlsx | FileKind::Sav)
    }

    fn ending(self) -> (&'static str, &'static str) {
        match self {
            FileKind::Report | FileKind::CodebookHtml => ("html", "text/html;charset=utf-8"),
            FileKind::Csv { .. } | FileKind::CodebookCsv => ("csv", "text/csv;charset=utf-8"),
            FileKind::Xlsx => ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            FileKind::Sav => ("sav", "application/x-spss-sav"),
            FileKind::Json => ("json", "application/json"),
            FileKind::Files => ("zip", "application/zip"),
        }
    }

    /// What stands in a file's name to tell it from the others of the survey.
    fn part(self) -> &'static str {
        match self {
            FileKind::Report => ".report",
            FileKind::Csv { labels: true } => ".labels",
            FileKind::CodebookHtml | FileKind::CodebookCsv => ".codebook",
            FileKind::Files => ".files",
            FileKind::Csv { labels: false } | FileKind::Xlsx | FileKind::Sav | FileKind::Json => "",
        }
    }
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
    /// A bundle; its bytes went to [`Tools::sink`]. It counts as a copy once it has been given to somebody.
    Copied {
        /// Its name.
        name: String,
        /// Its media type.
        media_type: String,
        /// What it holds.
        copy: CopyMade,
    },
    /// Whether the file is whole, and the one that was meant.
    Proved(bool),
    /// What a receipt came to.
    Receipt(ReceiptRead),
    /// An HTML fragment.
    Document(String),
    /// The survey with its form.
    Kept(Box<Survey>),
    /// An XLSForm that was read.
    Read(Box<FormRead>),
    /// Open answers.
    Texts(Box<Texts>),
    /// The coding is kept.
    Coded,
    /// Closed questions.
    Fields(Vec<Field>),
    /// Days with how many responses, and how many of those are examples; oldest day first. Beside them, how many responses
    /// a newer version wrote, which are in no other number.
    Days(Vec<(Date, usize, usize)>, usize),
    /// How many responses are new.
    Added(usize),
    /// How many responses went.
    Removed(usize),
    /// What joining a file came to.
    Merged(Box<Merged>),
    /// What would come of a file of responses.
    Table(Box<TableRead>),
    /// A link.
    Link(Box<LinkMade>),
    /// A secret key.
    Key(String),
    /// What opening sealed responses came to.
    Unsealed(Unsealed),
}

/// A link that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkMade {
    /// The whole address; `None`: the questionnaire is too long for one.
    pub address: Option<String>,
    /// How many characters it has, or would have.
    pub length: usize,
    /// The same for cameras; `None`: too long for those.
    pub qr: Option<Qr>,
    /// Whether the form shows files, which no link carries.
    pub shows: bool,
}

/// A QR code without the white around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qr {
    /// How many squares it has on each side.
    pub width: usize,
    /// What is dark in it, as the path of an SVG with a unit for each square.
    pub path: String,
}

/// What opening sealed responses came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Unsealed {
    /// What became of those that opened.
    pub merge: Merge,
    /// Did not open, and stay as they are.
    pub unopened: usize,
}

/// What reading an XLSForm came to, told to people.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FormRead {
    /// What is in the form; `None`: there is no form.
    pub form: Option<FormFacts>,
    /// What does not become what its author meant, in the order of sheets and rows.
    pub problems: Vec<ToldProblem>,
    /// Surveys here whose form has the same id: their ids and names.
    pub same: Vec<(String, String)>,
}

/// What is in a form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FormFacts {
    /// Its title, in each of its languages; its id where it has none.
    pub titles: Vec<String>,
    /// The languages' tags.
    pub languages: Vec<String>,
    /// Its version, as its author wrote it.
    pub version: String,
    /// How many questions people can be asked.
    pub questions: usize,
}

/// A problem, told to people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldProblem {
    /// There is no form because of it.
    pub bars: bool,
    /// Where.
    pub place: String,
    /// What, and what to do.
    pub text: String,
}

/// What joining a file came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// The survey, as it is here now.
    pub survey: Survey,
    /// It was not here before.
    pub new_survey: bool,
    /// What became of the responses.
    pub merge: Merge,
    /// Sealed responses that are new here, finished or not.
    pub sealed: usize,
    /// What to tell the device that made the file ([`crate::share::receipt`]); `None`: it was made here.
    pub receipt: Option<String>,
}

/// What a receipt that somebody typed came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReceiptRead {
    /// No receipt looks like this.
    Mistyped,
    /// Of no copy of this survey that was made here.
    Unknown,
    /// Taken note of.
    Confirmed {
        /// How many responses the copy holds.
        count: usize,
        /// How many here are confirmed by no receipt.
        left: usize,
    },
}

/// Fetches whoever can seal and open; `None`: it did not come.
pub type FetchSealing<'a> = dyn Fn() -> Pin<Box<dyn Future<Output = Option<Box<dyn Sealing>>>>> + 'a;

/// What a job works with, beside the store.
pub struct Tools<'a> {
    /// Whether a text matches a pattern as a whole (`regex()`); only examples ask.
    pub matches: fn(&str, &str) -> Option<bool>,
    /// Whether any part of a text matches a pattern; what finds nothing finds no personal data.
    pub find: fn(&str, &str) -> bool,
    /// Fetches what seals and opens; only jobs about a key ask.
    pub sealing: &'a FetchSealing<'a>,
    /// What jobs keep for each other.
    pub kept: &'a Kept,
    /// Told how far the job is; answers whether to go on.
    pub progress: &'a mut Tell<'a>,
    /// The file that came with the job.
    pub given: Option<&'a [u8]>,
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
    /// The file given is gone, or may not be read.
    Unread,
    /// The file given is no whole bundle; the detail says why and in which line, for [`crate::i18n::join`].
    Bundle,
    /// There can be no such file; the detail says why, to people.
    Refused,
    /// A key could not be made or does not open; the detail says why, for [`crate::i18n::seal`].
    Sealed,
}

impl JobError {
    fn new(kind: JobErrorKind, detail: impl Into<String>) -> JobError {
        JobError { kind, detail: detail.into() }
    }

    /// The file given could not be read; the detail says why.
    pub fn unread(detail: &str) -> JobError {
        JobError::new(JobErrorKind::Unread, detail)
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
