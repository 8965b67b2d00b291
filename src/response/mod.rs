//! What people answered: a [`Draft`] with its append-only journal while they fill in, a [`Response`] when they have finished.
//! Read [`Response`] first. Knows forms by reference only; never a session, a store or a screen.

mod answer;
mod personal;
pub mod wire;

pub use answer::Answer;
pub use personal::{PersonalData, personal_data};

use crate::form::Date;

/// A random 128-bit id, the same from the first answer of a draft to the last copy of its response.
/// Random throughout: an id that carries a time tells the minute of the interview.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResponseId(pub [u8; 16]);

/// Which form, and which version of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FormReference {
    /// The form's id.
    pub id: String,
    /// The form's version; versions never change once a survey has used them.
    pub version: String,
}

/// A finished response. Dates have a day and no time, so that nobody can be recognised by the minute.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// Its identity in every merge.
    pub id: ResponseId,
    /// The survey's id.
    pub survey: String,
    /// The form it answers.
    pub form: FormReference,
    /// The survey's wave when it was started (`post`, `followup`, `1`, `2`, ...).
    pub wave: String,
    /// The language it was finished in, as a tag.
    pub language: String,
    /// The day it was begun.
    pub started: Date,
    /// The day it was finished.
    pub finished: Date,
    /// Made by the program as an example, not by a person.
    pub example: bool,
    /// Every question that was shown, in document order, by path with repeat positions
    /// (`s_use/commitments[1]/commit_text`). Shown and skipped: [`Answer::Empty`]. Not shown: absent.
    pub answers: Vec<(String, Answer)>,
}

/// A response that only the holder of its survey's key can read. What stands beside the sealed bytes tells how many there
/// are and nothing of what anybody answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The id of the response inside.
    pub id: ResponseId,
    /// The survey's id.
    pub survey: String,
    /// The day on which it was sealed.
    pub day: Date,
    /// The person has finished; otherwise it holds what was answered up to a pause.
    pub finished: bool,
    /// An age file, with the response in its stored shape inside.
    pub age: Vec<u8>,
}

/// A file that belongs to a response, or to a draft: a photograph, a drawing, a recording. The answer to its question is its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// The response that it belongs to.
    pub response: ResponseId,
    /// The survey's id.
    pub survey: String,
    /// Its name, as [`Attachment::is_name`] has it: random, so that it tells nothing of what the person called it.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// A filling under way. The journal is kept apart, entry by entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The id that the response will have.
    pub id: ResponseId,
    /// The survey's id.
    pub survey: String,
    /// The form being answered.
    pub form: FormReference,
    /// The survey's wave when it was begun.
    pub wave: String,
    /// The day it was begun.
    pub started: Date,
    /// The seed of everything random in this filling.
    pub seed: u64,
    /// Begun on a lent device: nobody is offered to go on with it.
    pub lent: bool,
    /// What happened since, oldest first.
    pub journal: Vec<Entry>,
}

/// One thing a person did, as the journal keeps it.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// An answer was given, changed or (with [`Answer::Empty`]) taken back.
    Answer {
        /// The path with repeat positions.
        path: String,
        /// The answer.
        answer: Answer,
    },
    /// An instance was added at the end of a repeat that people extend themselves (path of the repeat).
    Add(String),
    /// An instance was removed (path with its position).
    Remove(String),
    /// The page that is open, by the path of its first node; empty: the review.
    Page(String),
    /// The language switched to, as a tag.
    Language(String),
}

impl Attachment {
    /// More bytes than these no file has.
    pub const MOST_BYTES: usize = 10_000_000;

    /// Whether a file can have this name: 16 hexadecimal digits in small letters, a point, and up to five letters or digits.
    pub fn is_name(name: &str) -> bool {
        let is_small = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        name.split_once('.').is_some_and(|(random, ending)| {
            random.len() == 16
                && random.chars().all(|c| is_small(c) && c.is_ascii_hexdigit())
                && (1..=5).contains(&ending.len())
                && ending.chars().all(is_small)
        })
    }
}

impl Response {
    /// Whether an answer is the name of this file.
    pub fn names(&self, file: &str) -> bool {
        self.answers.iter().any(|(_, answer)| matches!(answer, Answer::Text(text) if text == file))
    }
}

impl ResponseId {
    /// 32 lower-case hexadecimal digits.
    pub fn to_text(self) -> String {
        const DIGITS: [char; 16] =
            ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
        let digit = |half: u8| DIGITS.get(usize::from(half)).copied().unwrap_or('0');
        self.0.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
    }

    /// Reads what [`ResponseId::to_text`] writes; `None` for anything else.
    pub fn from_text(text: &str) -> Option<ResponseId> {
        let digits: Vec<u8> =
            text.chars().map(|c| c.to_digit(16).map(|d| d as u8)).collect::<Option<Vec<u8>>>()?;
        let bytes: Vec<u8> = digits
            .chunks(2)
            .map(|pair| match pair {
                [high, low] => Some((high << 4) | low),
                _ => None,
            })
            .collect::<Option<Vec<u8>>>()?;
        bytes.try_into().ok().map(ResponseId)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_is_random_and_leads_nowhere() {
        for name in ["0123456789abcdef.jpg", "00000000000000ff.m4a", "0123456789abcdef.x"] {
            assert!(Attachment::is_name(name), "{name}");
        }
        for name in [
            "",
            "photo.jpg",
            "0123456789abcdef",
            "0123456789abcdef.",
            "0123456789ABCDEF.jpg",
            "0123456789abcdef.JPG",
            "0123456789abcdeg.jpg",
            "0123456789abcdef.jpg.exe",
            "../456789abcdef.jpg",
            "0123456789abcdef./a",
            "0123456789abcdef.longer",
        ] {
            assert!(!Attachment::is_name(name), "{name}");
        }
    }
}
