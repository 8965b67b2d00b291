//! How the coding of a survey's open answers is stored and carried from device to device: JSON, format 1. Read [`to_json`]
//! and [`from_json`]. It holds ids of responses and themes, never a text that somebody answered.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::code::{CodeBook, Coder, Coding, Mark, OpenText, Place, Question, Theme};
use super::stop::StopWords;
use crate::response::ResponseId;
use crate::survey::Bilingual;

pub use crate::response::wire::ReadError;

/// The format number that this code writes.
pub const FORMAT: u32 = 1;

#[derive(Deserialize)]
struct Head {
    format: u32,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    format: u32,
    survey: String,
    stop_words: StoredStopWords,
    questions: Vec<StoredQuestion>,
}

#[derive(Serialize, Deserialize)]
struct StoredStopWords {
    es: bool,
    en: bool,
    added: BTreeSet<String>,
    removed: BTreeSet<String>,
    edited: u64,
}

#[derive(Serialize, Deserialize)]
struct StoredQuestion {
    question: String,
    themes: Vec<StoredTheme>,
    coding: StoredCoding,
}

#[derive(Serialize, Deserialize)]
struct StoredTheme {
    id: String,
    es: String,
    en: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    definition: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    retired: bool,
    edited: u64,
}

#[derive(Serialize, Deserialize)]
struct StoredCoding {
    #[serde(rename = "1")]
    first: Vec<StoredMark>,
    #[serde(rename = "2")]
    second: Vec<StoredMark>,
}

/// Response, instance, edit, themes (`null`: taken back).
#[derive(Serialize, Deserialize)]
struct StoredMark(String, u32, u64, Option<BTreeSet<String>>);

/// The coding of a survey as it is stored.
pub fn to_json(open: &OpenText) -> String {
    let stop = &open.stop_words;
    let stored = Stored {
        format: FORMAT,
        survey: open.survey.clone(),
        stop_words: StoredStopWords {
            es: stop.es,
            en: stop.en,
            added: stop.added.clone(),
            removed: stop.removed.clone(),
            edited: open.stop_words_edited,
        },
        questions: open.questions.iter().map(write_question).collect(),
    };
    serde_json::to_string(&stored).unwrap_or_default()
}

/// Opens what [`to_json`] wrote, in this version or an earlier one.
///
/// ```
/// use sondeo::summary::text::wire::{ReadError, from_json};
/// assert_eq!(from_json("{\"format\":2,\"new\":1}"), Err(ReadError::Newer(2)));
/// assert_eq!(from_json("{\"format\":1}"), Err(ReadError::Damaged));
/// ```
pub fn from_json(json: &str) -> Result<OpenText, ReadError> {
    let head: Head = serde_json::from_str(json).map_err(|_| ReadError::Damaged)?;
    if head.format > FORMAT {
        return Err(ReadError::Newer(head.format));
    }
    let stored: Stored = serde_json::from_str(json).map_err(|_| ReadError::Damaged)?;
    let questions: Option<Vec<Question>> = stored.questions.into_iter().map(read_question).collect();
    let read = OpenText {
        survey: stored.survey,
        stop_words: StopWords {
            es: stored.stop_words.es,
            en: stored.stop_words.en,
            added: stored.stop_words.added,
            removed: stored.stop_words.removed,
        },
        stop_words_edited: stored.stop_words.edited,
        questions: questions.ok_or(ReadError::Damaged)?,
    };
    // Merging with nothing puts in order what another hand may have disordered.
    let nothing = OpenText::new(&read.survey);
    let (stop_words, edited) = (read.stop_words.clone(), read.stop_words_edited);
    let merged = read.merge(nothing).map_err(|_| ReadError::Damaged)?;
    Ok(OpenText { stop_words, stop_words_edited: edited, ..merged })
}

fn write_question(question: &Question) -> StoredQuestion {
    let theme = |theme: &Theme| StoredTheme {
        id: theme.id.clone(),
        es: theme.label.es.clone(),
        en: theme.label.en.clone(),
        definition: theme.definition.clone(),
        retired: theme.retired,
        edited: theme.edited,
    };
    let marks = |coder| {
        let mark = |(place, mark): (&Place, &Mark)| {
            StoredMark(place.response.to_text(), place.instance, mark.edited, mark.themes.clone())
        };
        question.coding.marks(coder).map(mark).collect()
    };
    StoredQuestion {
        question: question.book.question.clone(),
        themes: question.book.themes.iter().map(theme).collect(),
        coding: StoredCoding { first: marks(Coder::First), second: marks(Coder::Second) },
    }
}

fn read_question(stored: StoredQuestion) -> Option<Question> {
    let theme = |theme: StoredTheme| Theme {
        id: theme.id,
        label: Bilingual { es: theme.es, en: theme.en },
        definition: theme.definition,
        retired: theme.retired,
        edited: theme.edited,
    };
    let mut coding = Coding::default();
    for (coder, marks) in [(Coder::First, stored.coding.first), (Coder::Second, stored.coding.second)] {
        for StoredMark(response, instance, edited, themes) in marks {
            let place = Place { response: ResponseId::from_text(&response)?, instance };
            coding.put_mark(coder, place, Mark { themes, edited });
        }
    }
    let themes = stored.themes.into_iter().map(theme).collect();
    let book = CodeBook { question: stored.question.clone(), themes };
    Some(Question { book: book.merge(CodeBook { question: stored.question, themes: Vec::new() }), coding })
}
