//! Jobs and outcomes as JSON, between page and worker of one version: no format number is needed. The bytes of a file go
//! beside it. Read [`request_to_json`] first.

mod table;
mod texts;

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use table::{FileWire, TableWire, file_in, file_out, read_in, read_out};
use texts::{RecodeWire, TextsWire, recode_in, recode_out, texts_in, texts_out};

use super::{
    FileKind, FormFacts, FormRead, Job, JobError, JobErrorKind, KeepForm, LinkMade, Merged, Outcome, Qr,
    ReceiptRead, ToldProblem, Unsealed,
};
use crate::form::Date;
use crate::i18n::Language;
use crate::report::base::BaseLine;
use crate::report::fields::{Field, FieldChoice};
use crate::report::screen::{Block, Piece, Screen};
use crate::store::Merge;
use crate::store::wire::{copy_from_json, copy_to_json};
use crate::summary::{Summary, View};
use crate::survey::{Survey, wire as survey_wire};

/// A job as the worker reads it.
pub fn request_to_json(job: &Job) -> String {
    let request = match job.clone() {
        Job::Summarize { survey, view } => Request::Summarize { survey, view: view.to_query() },
        Job::Screen { survey, view, language } => {
            Request::Screen { survey, view: view.to_query(), language: language.tag().to_owned() }
        }
        Job::Export { survey, view, file, language, today } => Request::Export {
            survey,
            view: view.to_query(),
            file: file.as_str().to_owned(),
            language: language.tag().to_owned(),
            today: today.to_string(),
        },
        Job::Print { survey, view, language, today } => Request::Print {
            survey,
            view: view.to_query(),
            language: language.tag().to_owned(),
            today: today.to_string(),
        },
        Job::Keep { survey, definition } => {
            Request::Keep { survey: survey.map(|survey| survey_wire::to_json(&survey)), definition }
        }
        Job::ReadForm { files, keep, language } => {
            let (keep, survey) = match keep {
                KeepForm::No => ("no", None),
                KeepForm::New => ("new", None),
                KeepForm::Renew(survey) => ("renew", Some(survey)),
            };
            let (keep, language) = (keep.to_owned(), language.tag().to_owned());
            Request::ReadForm { files, keep, survey, language }
        }
        Job::WriteForm { survey } => Request::WriteForm { survey },
        Job::Texts { survey, view, question, language } => {
            Request::Texts { survey, view: view.to_query(), question, language: language.tag().to_owned() }
        }
        Job::Code { survey, question, changes } => {
            Request::Code { survey, question, changes: changes.into_iter().map(recode_out).collect() }
        }
        Job::Fields { survey, language } => Request::Fields { survey, language: language.tag().to_owned() },
        Job::Days { survey } => Request::Days { survey },
        Job::Examples { survey, count, seed, today } => {
            Request::Examples { survey, count, seed, today: today.to_string() }
        }
        Job::Bundle { survey, today } => Request::Bundle { survey, today: today.to_string() },
        Job::Join => Request::Join,
        Job::MakeKey { survey, passphrase } => Request::MakeKey { survey, passphrase },
        Job::ShowKey { survey, passphrase } => Request::ShowKey { survey, passphrase },
        Job::Unseal { survey, passphrase } => Request::Unseal { survey, passphrase },
        Job::Prove { sum, count } => Request::Prove { sum, count },
        Job::Confirm { survey, code, today } => Request::Confirm { survey, code, today: today.to_string() },
        Job::RemoveConfirmed { survey, upto, finished_by } => {
            Request::RemoveConfirmed { survey, upto, finished_by: finished_by.map(|day| day.to_string()) }
        }
        Job::ReadTable(file) => Request::Table(file_out(file), None),
        Job::AddTable { file, as_answered } => Request::Table(file_out(file), Some(as_answered)),
        Job::Paper { survey, languages } => {
            let tags = languages.iter().map(|language| language.tag().to_owned()).collect();
            Request::Paper { survey, languages: tags }
        }
        Job::Link { survey, page, language, answers } => Request::Link { survey, page, language, answers },
        Job::RemoveExamples { survey } => Request::RemoveExamples { survey },
    };
    serde_json::to_string(&request).unwrap_or_default()
}

/// Reads what [`request_to_json`] writes.
pub fn request_from_json(text: &str) -> Result<Job, JobError> {
    let request: Request = serde_json::from_str(text).map_err(|error| unread(&error.to_string()))?;
    Ok(match request {
        Request::Summarize { survey, view } => Job::Summarize { survey, view: View::from_query(&view) },
        Request::Screen { survey, view, language } => {
            Job::Screen { survey, view: View::from_query(&view), language: Language::from_tag(&language) }
        }
        Request::Export { survey, view, file, language, today } => Job::Export {
            survey,
            view: View::from_query(&view),
            file: FileKind::from_text(&file).ok_or_else(|| unread(&file))?,
            language: Language::from_tag(&language),
            today: day(&today)?,
        },
        Request::Print { survey, view, language, today } => Job::Print {
            survey,
            view: View::from_query(&view),
            language: Language::from_tag(&language),
            today: day(&today)?,
        },
        Request::Keep { survey, definition } => {
            Job::Keep { survey: survey.map(|json| survey_in(&json)).transpose()?, definition }
        }
        Request::ReadForm { files, keep, survey, language } => Job::ReadForm {
            files,
            keep: match (keep.as_str(), survey) {
                ("no", _) => KeepForm::No,
                ("new", _) => KeepForm::New,
                ("renew", Some(survey)) => KeepForm::Renew(survey),
                _ => return Err(unread(&keep)),
            },
            language: Language::from_tag(&language),
        },
        Request::WriteForm { survey } => Job::WriteForm { survey },
        Request::Texts { survey, view, question, language } => Job::Texts {
            survey,
            view: View::from_query(&view),
            question,
            language: Language::from_tag(&language),
        },
        Request::Code { survey, question, changes } => {
            Job::Code { survey, question, changes: changes.into_iter().map(recode_in).collect() }
        }
        Request::Fields { survey, language } => {
            Job::Fields { survey, language: Language::from_tag(&language) }
        }
        Request::Days { survey } => Job::Days { survey },
        Request::Examples { survey, count, seed, today } => {
            let today = day(&today)?;
            Job::Examples { survey, count, seed, today }
        }
        Request::Bundle { survey, today } => Job::Bundle { survey, today: day(&today)? },
        Request::Join => Job::Join,
        Request::MakeKey { survey, passphrase } => Job::MakeKey { survey, passphrase },
        Request::ShowKey { survey, passphrase } => Job::ShowKey { survey, passphrase },
        Request::Unseal { survey, passphrase } => Job::Unseal { survey, passphrase },
        Request::Prove { sum, count } => Job::Prove { sum, count },
        Request::Confirm { survey, code, today } => Job::Confirm { survey, code, today: day(&today)? },
        Request::RemoveConfirmed { survey, upto, finished_by } => {
            let finished_by = finished_by.as_deref().map(day).transpose()?;
            Job::RemoveConfirmed { survey, upto, finished_by }
        }
        Request::Table(file, None) => Job::ReadTable(file_in(file)?),
        Request::Table(file, Some(as_answered)) => Job::AddTable { file: file_in(file)?, as_answered },
        Request::Paper { survey, languages } => {
            let languages = languages.iter().map(|tag| Language::from_tag(tag)).collect();
            Job::Paper { survey, languages }
        }
        Request::Link { survey, page, language, answers } => Job::Link { survey, page, language, answers },
        Request::RemoveExamples { survey } => Job::RemoveExamples { survey },
    })
}

/// What came of a job, as the page reads it.
pub fn reply_to_json(outcome: &Result<Outcome, JobError>) -> String {
    let reply = match outcome {
        Ok(Outcome::Summary(summary)) => ReplyOut::Summary(summary),
        Ok(Outcome::Screen(screen)) => ReplyOut::Screen {
            wave: &screen.wave,
            waves: &screen.waves,
            base: (
                &screen.base.text,
                screen.base.caution.as_deref(),
                screen.base.chosen,
                screen.base.counted,
            ),
            fields: screen.fields.iter().map(field_out).collect(),
            blocks: screen
                .blocks
                .iter()
                .map(|block| (block.key.as_str(), block.title.as_deref(), block.pieces.as_slice()))
                .collect(),
        },
        Ok(Outcome::File { name, media_type }) => ReplyOut::File { name, media_type },
        Ok(Outcome::Copied { name, media_type, copy }) => {
            ReplyOut::Copied(name.clone(), media_type.clone(), copy_to_json(copy))
        }
        Ok(Outcome::Proved(whole)) => ReplyOut::Proved(*whole),
        Ok(Outcome::Receipt(read)) => ReplyOut::Receipt(match *read {
            ReceiptRead::Mistyped => Err(true),
            ReceiptRead::Unknown => Err(false),
            ReceiptRead::Confirmed { count, left } => Ok((count, left)),
        }),
        Ok(Outcome::Document(html)) => ReplyOut::Document(html),
        Ok(Outcome::Kept(survey)) => ReplyOut::Kept(survey_wire::to_json(survey)),
        Ok(Outcome::Read(read)) => {
            let facts = |form: &FormFacts| {
                (form.titles.clone(), form.languages.clone(), form.version.clone(), form.questions)
            };
            let told = |problem: &ToldProblem| (problem.bars, problem.place.clone(), problem.text.clone());
            let problems = read.problems.iter().map(told).collect();
            ReplyOut::Read(read.form.as_ref().map(facts), problems, read.same.clone())
        }
        Ok(Outcome::Texts(texts)) => ReplyOut::Texts(texts_out(texts)),
        Ok(Outcome::Coded) => ReplyOut::Coded,
        Ok(Outcome::Fields(fields)) => ReplyOut::Fields(fields.iter().map(field_out).collect()),
        Ok(Outcome::Days(days, newer)) => ReplyOut::Days(
            days.iter().map(|(day, count, examples)| (day.to_string(), *count, *examples)).collect(),
            *newer,
        ),
        Ok(Outcome::Added(added)) => ReplyOut::Added(*added),
        Ok(Outcome::Removed(removed)) => ReplyOut::Removed(*removed),
        Ok(Outcome::Merged(merged)) => {
            let Merged { survey, new_survey, merge, sealed, receipt } = merged.as_ref();
            let numbers = (numbers_of(merge), *sealed);
            ReplyOut::Merged(survey_wire::to_json(survey), *new_survey, numbers, receipt.clone())
        }
        Ok(Outcome::Table(read)) => ReplyOut::Table(read_out(read)),
        Ok(Outcome::Link(link)) => {
            let qr = link.qr.as_ref().map(|qr| (qr.width, qr.path.clone()));
            ReplyOut::Link(link.address.clone(), link.length, qr, link.shows)
        }
        Ok(Outcome::Key(secret)) => ReplyOut::Key(secret),
        Ok(Outcome::Unsealed(Unsealed { merge, unopened })) => {
            ReplyOut::Unsealed(numbers_of(merge), *unopened)
        }
        Err(error) => ReplyOut::Error { kind: kind_name(error.kind), detail: &error.detail },
    };
    serde_json::to_string(&reply).unwrap_or_default()
}

/// Reads what [`reply_to_json`] writes.
pub fn reply_from_json(text: &str) -> Result<Outcome, JobError> {
    read(text, |summary: Box<Summary>| Ok(Outcome::Summary(summary)))
}

/// The same for a page that never asks for a summary as such, so that it need not carry what reads one: a summary is refused.
pub fn reply_without_summary_from_json(text: &str) -> Result<Outcome, JobError> {
    read(text, |_: IgnoredAny| Err(unread("a summary")))
}

fn read<'a, S: Deserialize<'a>>(
    text: &'a str,
    summary: fn(S) -> Result<Outcome, JobError>,
) -> Result<Outcome, JobError> {
    let reply: ReplyIn<S> = serde_json::from_str(text).map_err(|error| unread(&error.to_string()))?;
    Ok(match reply {
        ReplyIn::Summary(read) => return summary(read),
        ReplyIn::Screen { wave, waves, base: (text, caution, chosen, counted), fields, blocks } => {
            let block = |(key, title, pieces)| Block { key, title, pieces };
            Outcome::Screen(Box::new(Screen {
                wave,
                waves,
                base: BaseLine { text, caution, chosen, counted },
                fields: fields.into_iter().map(field_in).collect(),
                blocks: blocks.into_iter().map(block).collect(),
            }))
        }
        ReplyIn::File { name, media_type } => Outcome::File { name, media_type },
        ReplyIn::Copied(name, media_type, copy) => {
            let copy = copy_from_json(&copy).map_err(|_| unread("a copy"))?;
            Outcome::Copied { name, media_type, copy }
        }
        ReplyIn::Proved(whole) => Outcome::Proved(whole),
        ReplyIn::Receipt(read) => Outcome::Receipt(match read {
            Err(true) => ReceiptRead::Mistyped,
            Err(false) => ReceiptRead::Unknown,
            Ok((count, left)) => ReceiptRead::Confirmed { count, left },
        }),
        ReplyIn::Document(html) => Outcome::Document(html),
        ReplyIn::Kept(json) => Outcome::Kept(survey_in(&json)?),
        ReplyIn::Read(form, problems, same) => {
            let facts =
                |(titles, languages, version, questions)| FormFacts { titles, languages, version, questions };
            let told = |(bars, place, text)| ToldProblem { bars, place, text };
            let (form, problems) = (form.map(facts), problems.into_iter().map(told).collect());
            Outcome::Read(Box::new(FormRead { form, problems, same }))
        }
        ReplyIn::Texts(texts) => Outcome::Texts(Box::new(texts_in(texts))),
        ReplyIn::Coded => Outcome::Coded,
        ReplyIn::Fields(fields) => Outcome::Fields(fields.into_iter().map(field_in).collect()),
        ReplyIn::Days(days, newer) => {
            let day =
                |(day, count, examples): (String, usize, usize)| Some((Date::parse(&day)?, count, examples));
            Outcome::Days(days.into_iter().filter_map(day).collect(), newer)
        }
        ReplyIn::Added(added) => Outcome::Added(added),
        ReplyIn::Removed(removed) => Outcome::Removed(removed),
        ReplyIn::Merged(json, new_survey, (numbers, sealed), receipt) => {
            let (survey, merge) = (*survey_in(&json)?, merge_of(numbers));
            Outcome::Merged(Box::new(Merged { survey, new_survey, merge, sealed, receipt }))
        }
        ReplyIn::Link(address, length, qr, shows) => {
            let qr = qr.map(|(width, path)| Qr { width, path });
            Outcome::Link(Box::new(LinkMade { address, length, qr, shows }))
        }
        ReplyIn::Key(secret) => Outcome::Key(secret),
        ReplyIn::Unsealed(numbers, unopened) => {
            Outcome::Unsealed(Unsealed { merge: merge_of(numbers), unopened })
        }
        ReplyIn::Table(read) => Outcome::Table(Box::new(read_in(read))),
        ReplyIn::Error { kind, detail } => return Err(JobError { kind: kind_from(&kind), detail }),
    })
}

fn numbers_of(merge: &Merge) -> [usize; 5] {
    [merge.added, merge.already_had, merge.refused, merge.aside, merge.replaced]
}

fn merge_of([added, already_had, refused, aside, replaced]: [usize; 5]) -> Merge {
    Merge { added, already_had, refused, aside, replaced }
}

fn survey_in(json: &str) -> Result<Box<Survey>, JobError> {
    survey_wire::from_json(json).map(Box::new).map_err(|_| unread("a survey"))
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Request {
    Summarize { survey: String, view: String },
    Screen { survey: String, view: String, language: String },
    Export { survey: String, view: String, file: String, language: String, today: String },
    Print { survey: String, view: String, language: String, today: String },
    Keep { survey: Option<String>, definition: String },
    ReadForm { files: Vec<(String, usize)>, keep: String, survey: Option<String>, language: String },
    WriteForm { survey: String },
    Texts { survey: String, view: String, question: Option<String>, language: String },
    Code { survey: String, question: String, changes: Vec<RecodeWire> },
    Fields { survey: String, language: String },
    Days { survey: String },
    Examples { survey: String, count: usize, seed: u64, today: String },
    Bundle { survey: String, today: String },
    Join,
    MakeKey { survey: String, passphrase: String },
    ShowKey { survey: String, passphrase: String },
    Unseal { survey: String, passphrase: String },
    Prove { sum: String, count: usize },
    Confirm { survey: String, code: String, today: String },
    RemoveConfirmed { survey: String, upto: u64, finished_by: Option<String> },
    Table(FileWire, Option<bool>),
    Paper { survey: String, languages: Vec<String> },
    Link { survey: String, page: String, language: String, answers: Vec<(String, String)> },
    RemoveExamples { survey: String },
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum ReplyOut<'a> {
    Summary(&'a Summary),
    Screen {
        wave: &'a str,
        waves: &'a [String],
        /// Text, caution, chosen, counted.
        base: (&'a str, Option<&'a str>, Option<usize>, usize),
        fields: Vec<FieldWire>,
        blocks: Vec<BlockOut<'a>>,
    },
    File {
        name: &'a str,
        media_type: &'a str,
    },
    Copied(String, String, String),
    Proved(bool),
    Receipt(ReceiptWire),
    Document(&'a str),
    Kept(String),
    Read(Option<FactsWire>, Vec<ToldWire>, Vec<(String, String)>),
    Texts(TextsWire),
    Coded,
    Fields(Vec<FieldWire>),
    Days(Vec<(String, usize, usize)>, usize),
    Added(usize),
    Removed(usize),
    Merged(String, bool, ([usize; 5], usize), Option<String>),
    Table(TableWire),
    Link(Option<String>, usize, Option<(usize, String)>, bool),
    Key(&'a str),
    Unsealed([usize; 5], usize),
    Error {
        kind: &'a str,
        detail: &'a str,
    },
}

/// Name, label, section, choices (name, label, missing), groups, usual.
type FieldWire = (String, String, String, Vec<(String, String, bool)>, bool, bool);

fn field_out(field: &Field) -> FieldWire {
    let field = field.clone();
    let choice = |choice: FieldChoice| (choice.name, choice.label, choice.missing);
    let choices = field.choices.into_iter().map(choice).collect();
    (field.name, field.label, field.section, choices, field.groups, field.usual)
}

fn field_in((name, label, section, choices, groups, usual): FieldWire) -> Field {
    let choice = |(name, label, missing)| FieldChoice { name, label, missing };
    Field { name, label, section, choices: choices.into_iter().map(choice).collect(), groups, usual }
}

/// Of how many, how many are left; or whether it was mistyped.
type ReceiptWire = Result<(usize, usize), bool>;
/// Titles, languages, version, questions.
type FactsWire = (Vec<String>, Vec<String>, String, usize);
/// Bars, place, text.
type ToldWire = (bool, String, String);

/// Key, title, pieces.
type BlockOut<'a> = (&'a str, Option<&'a str>, &'a [Piece]);
/// Key, title, pieces.
type BlockIn = (String, Option<String>, Vec<Piece>);

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum ReplyIn<S> {
    Summary(S),
    Screen {
        wave: String,
        waves: Vec<String>,
        base: (String, Option<String>, Option<usize>, usize),
        fields: Vec<FieldWire>,
        blocks: Vec<BlockIn>,
    },
    File {
        name: String,
        media_type: String,
    },
    Copied(String, String, String),
    Proved(bool),
    Receipt(ReceiptWire),
    Document(String),
    Kept(String),
    Read(Option<FactsWire>, Vec<ToldWire>, Vec<(String, String)>),
    Texts(TextsWire),
    Coded,
    Fields(Vec<FieldWire>),
    Days(Vec<(String, usize, usize)>, usize),
    Added(usize),
    Removed(usize),
    Merged(String, bool, ([usize; 5], usize), Option<String>),
    Table(TableWire),
    Link(Option<String>, usize, Option<(usize, String)>, bool),
    Key(String),
    Unsealed([usize; 5], usize),
    Error {
        kind: String,
        detail: String,
    },
}

fn kind_name(kind: JobErrorKind) -> &'static str {
    match kind {
        JobErrorKind::Store => "store",
        JobErrorKind::NoSurvey => "no_survey",
        JobErrorKind::NoForm => "no_form",
        JobErrorKind::Form => "form",
        JobErrorKind::Request => "request",
        JobErrorKind::Cancelled => "cancelled",
        JobErrorKind::Refused => "refused",
        JobErrorKind::Bundle => "bundle",
        JobErrorKind::Sealed => "sealed",
        JobErrorKind::Unread => "unread",
    }
}

fn kind_from(name: &str) -> JobErrorKind {
    match name {
        "store" => JobErrorKind::Store,
        "no_survey" => JobErrorKind::NoSurvey,
        "no_form" => JobErrorKind::NoForm,
        "form" => JobErrorKind::Form,
        "cancelled" => JobErrorKind::Cancelled,
        "refused" => JobErrorKind::Refused,
        "bundle" => JobErrorKind::Bundle,
        "sealed" => JobErrorKind::Sealed,
        "unread" => JobErrorKind::Unread,
        _ => JobErrorKind::Request,
    }
}

fn day(text: &str) -> Result<Date, JobError> {
    Date::parse(text).ok_or_else(|| unread(text))
}

fn unread(detail: &str) -> JobError {
    JobError { kind: JobErrorKind::Request, detail: detail.to_owned() }
}
