//! Jobs and outcomes as JSON, between page and worker of one version: no format number is needed. Read [`request_to_json`] first.

use serde::{Deserialize, Serialize};

use super::{Job, JobError, JobErrorKind, Outcome};
use crate::form::Date;
use crate::i18n::Language;
use crate::summary::Summary;

/// A job as the worker reads it.
pub fn request_to_json(job: &Job) -> String {
    let request = match job.clone() {
        Job::Summarize { survey, wave } => Request::Summarize { survey, wave },
        Job::Csv { survey, labels } => {
            Request::Csv { survey, labels: labels.map(|language| language.tag().to_owned()) }
        }
        Job::Json { survey } => Request::Json { survey },
        Job::Print { survey, language } => Request::Print { survey, language: language.tag().to_owned() },
        Job::Examples { survey, count, seed, today } => {
            Request::Examples { survey, count, seed, today: today.to_string() }
        }
        Job::RemoveExamples { survey } => Request::RemoveExamples { survey },
    };
    serde_json::to_string(&request).unwrap_or_default()
}

/// Reads what [`request_to_json`] writes.
pub fn request_from_json(text: &str) -> Result<Job, JobError> {
    let request: Request = serde_json::from_str(text).map_err(|error| unread(&error.to_string()))?;
    Ok(match request {
        Request::Summarize { survey, wave } => Job::Summarize { survey, wave },
        Request::Csv { survey, labels } => {
            Job::Csv { survey, labels: labels.map(|tag| Language::from_tag(&tag)) }
        }
        Request::Json { survey } => Job::Json { survey },
        Request::Print { survey, language } => Job::Print { survey, language: Language::from_tag(&language) },
        Request::Examples { survey, count, seed, today } => {
            let today = Date::parse(&today).ok_or_else(|| unread(&today))?;
            Job::Examples { survey, count, seed, today }
        }
        Request::RemoveExamples { survey } => Job::RemoveExamples { survey },
    })
}

/// What came of a job, as the page reads it.
pub fn reply_to_json(outcome: &Result<Outcome, JobError>) -> String {
    let reply = match outcome {
        Ok(Outcome::Summary(summary)) => ReplyOut::Summary(summary),
        Ok(Outcome::File { name, media_type, bytes }) => ReplyOut::File {
            name,
            media_type,
            // Files are text; bytes that are none would be a fault of ours, shown rather than hidden.
            text: String::from_utf8_lossy(bytes),
        },
        Ok(Outcome::Document(html)) => ReplyOut::Document(html),
        Ok(Outcome::Added(added)) => ReplyOut::Added(*added),
        Ok(Outcome::Removed(removed)) => ReplyOut::Removed(*removed),
        Err(error) => ReplyOut::Error { kind: kind_name(error.kind), detail: &error.detail },
    };
    serde_json::to_string(&reply).unwrap_or_default()
}

/// Reads what [`reply_to_json`] writes.
pub fn reply_from_json(text: &str) -> Result<Outcome, JobError> {
    let reply: ReplyIn = serde_json::from_str(text).map_err(|error| unread(&error.to_string()))?;
    Ok(match reply {
        ReplyIn::Summary(summary) => Outcome::Summary(summary),
        ReplyIn::File { name, media_type, text } => {
            Outcome::File { name, media_type, bytes: text.into_bytes() }
        }
        ReplyIn::Document(html) => Outcome::Document(html),
        ReplyIn::Added(added) => Outcome::Added(added),
        ReplyIn::Removed(removed) => Outcome::Removed(removed),
        ReplyIn::Error { kind, detail } => return Err(JobError { kind: kind_from(&kind), detail }),
    })
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "job")]
enum Request {
    Summarize { survey: String, wave: Option<String> },
    Csv { survey: String, labels: Option<String> },
    Json { survey: String },
    Print { survey: String, language: String },
    Examples { survey: String, count: usize, seed: u64, today: String },
    RemoveExamples { survey: String },
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum ReplyOut<'a> {
    Summary(&'a Summary),
    File { name: &'a str, media_type: &'a str, text: std::borrow::Cow<'a, str> },
    Document(&'a str),
    Added(usize),
    Removed(usize),
    Error { kind: &'a str, detail: &'a str },
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum ReplyIn {
    Summary(Box<Summary>),
    File { name: String, media_type: String, text: String },
    Document(String),
    Added(usize),
    Removed(usize),
    Error { kind: String, detail: String },
}

fn kind_name(kind: JobErrorKind) -> &'static str {
    match kind {
        JobErrorKind::Store => "store",
        JobErrorKind::NoSurvey => "no_survey",
        JobErrorKind::NoForm => "no_form",
        JobErrorKind::Form => "form",
        JobErrorKind::Request => "request",
    }
}

fn kind_from(name: &str) -> JobErrorKind {
    match name {
        "store" => JobErrorKind::Store,
        "no_survey" => JobErrorKind::NoSurvey,
        "no_form" => JobErrorKind::NoForm,
        "form" => JobErrorKind::Form,
        _ => JobErrorKind::Request,
    }
}

fn unread(detail: &str) -> JobError {
    JobError { kind: JobErrorKind::Request, detail: detail.to_owned() }
}
