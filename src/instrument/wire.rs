//! The stored shape of an instrument, format 1. Read [`Definition`] first; [`super::compile`] gives it meaning.
//!
//! Any text may hold `{name}`, a hole that the subject fills. Anything with `for_each` stands for one copy per member of
//! that set (`sites`, `topics`, `delegations`, `districts`, `areas`, or a set of the instrument's own), in which
//! `{value}` and `{label}` are the member's. `${name}` is left alone: it belongs to the form.

use serde::de::Error;
use serde::{Deserialize, Deserializer};

use crate::form::FormSource;
use crate::form::json::parse;
use crate::response::wire::{ReadError, open};
use crate::survey::wire::{form_to_json, read_event, read_study};
use crate::survey::{Event, Study};

/// The format number that this code reads.
pub const FORMAT: u32 = 1;

/// Reads an instrument.
///
/// ```
/// use sondeo::instrument::definition_from_json;
/// let text = include_str!("../../public/instruments/post_visit.json");
/// assert_eq!(definition_from_json(text).unwrap().id, "post_visit");
/// ```
pub fn definition_from_json(json: &str) -> Result<Definition, ReadError> {
    open(json, FORMAT, |_| Some(()))?;
    serde_json::from_str(json).map_err(|_| ReadError::Damaged)
}

/// A text of which any change of the form changes a letter: what the version is computed from.
pub(super) fn fingerprint(source: &FormSource) -> String {
    form_to_json(source)
}

/// An instrument: everything of a form but what the subject says.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
pub struct Definition {
    /// The format number.
    pub format: u32,
    /// The form's id.
    pub id: String,
    /// The instrument's version; the form's version begins with it.
    pub version: String,
    /// The title people see.
    pub title: Words,
    /// Language tags, of `es` and `en`.
    pub languages: Vec<String>,
    /// The event that the program brings as an example; an instrument for events has one.
    #[serde(default, deserialize_with = "event")]
    pub event_example: Option<Event>,
    /// The study that the program brings as an example; an instrument for studies has one.
    #[serde(default, deserialize_with = "study")]
    pub study_example: Option<Study>,
    /// Words that join what the subject says.
    #[serde(default)]
    pub words: Joiners,
    /// Values nobody sees.
    #[serde(default)]
    pub calculates: Vec<Item>,
    /// Sets of the instrument's own.
    #[serde(default)]
    pub sets: Vec<Set>,
    /// The sections, a page each.
    pub sections: Vec<Item>,
    /// The choice lists.
    pub lists: Vec<List>,
    /// What the summary computes over several questions.
    #[serde(default)]
    pub indices: Vec<IndexItem>,
    /// What the questions rest on.
    #[serde(default)]
    pub sources: Vec<Source>,
}

/// A text in the two languages.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct Words {
    /// Spanish.
    pub es: String,
    /// English.
    pub en: String,
}

/// Words that join what the subject says into sentences.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct Joiners {
    /// A reference period of several `{months}`, to stand after "the last".
    pub months: Words,
    /// A reference period of one month, to stand after "the last" (plural).
    pub month: Words,
    /// Between telephone numbers of a list.
    pub comma: Words,
    /// Before the last number of a list.
    pub or: Words,
    /// Said of helplines whose names all say it.
    pub free: Words,
}

/// A section, question, note, grid, row, repeat or calculation; without a type, several items repeated together.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct Item {
    /// The set to repeat over; empty: it stands once.
    pub for_each: String,
    /// The name.
    pub id: String,
    /// `single` `multiple` `scale` `number` `text` `date` `rank` `grid` `repeat` `note` `calculate`; empty for a section,
    /// a row or items repeated together.
    #[serde(rename = "type")]
    pub kind: String,
    /// The choice list's name.
    pub list: String,
    /// A section's label.
    pub title: Option<Words>,
    /// Label.
    pub label: Option<Words>,
    /// Hint.
    pub hint: Option<Words>,
    /// Must be answered.
    pub required: bool,
    /// Expression.
    pub relevant: String,
    /// Expression.
    pub constraint: String,
    /// What to say when the constraint fails.
    pub constraint_message: Option<Words>,
    /// Expression.
    pub choice_filter: String,
    /// Expression.
    pub calculation: String,
    /// Expression.
    pub repeat_count: String,
    /// `multiline` or empty.
    pub appearance: String,
    /// Sensitive, with everything inside.
    pub sensitive: bool,
    /// A grid's rows.
    pub rows: Vec<Item>,
    /// What stands inside.
    pub items: Vec<Item>,
    /// What it measures, for the codebook.
    pub construct: String,
    /// Ids of [`Definition::sources`].
    pub sources: Vec<String>,
    /// Kirkpatrick's level, 1 to 4; 0 for none.
    pub kirkpatrick: u8,
    /// Why it is asked this way, for the codebook.
    pub design_note: String,
    /// The kind of violence a victimization question is about: `household` `person` `physical` `psychological` `sexual`.
    pub violence: String,
}

/// A set of the instrument's own.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
pub struct Set {
    /// Its name, for `for_each`.
    pub name: String,
    /// Its members.
    pub members: Vec<Member>,
}

/// A member of a [`Set`].
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
pub struct Member {
    /// What `{value}` becomes.
    pub value: String,
    /// What `{label}` becomes.
    pub label: Words,
}

/// A choice list.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
pub struct List {
    /// Its name.
    pub name: String,
    /// Its choices.
    pub choices: Vec<ChoiceItem>,
}

/// A choice.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct ChoiceItem {
    /// The set to repeat over; empty: it stands once.
    pub for_each: String,
    /// The stored value.
    pub value: String,
    /// Values to write otherwise than the pattern says: (by pattern, as stored).
    pub renamed: Vec<(String, String)>,
    /// Label.
    pub label: Words,
    /// What the choice means to the summary, as in [`crate::form::wire::ChoiceSource::role`].
    pub role: String,
    /// Place on a scale.
    pub score: Option<f64>,
    /// Further columns: (column, value).
    pub columns: Vec<(String, String)>,
}

/// Something the summary computes; the members are those of [`crate::form::wire::IndexSource`].
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct IndexItem {
    /// Its id.
    pub id: String,
    /// Label.
    pub label: Words,
    /// Kind.
    pub kind: String,
    /// The set over which items and pairs repeat; empty: they stand once.
    pub for_each: String,
    /// Question names.
    pub items: Vec<String>,
    /// Pairs of question names.
    pub pairs: Vec<(String, String)>,
    /// Fewest valid items of a person who counts.
    pub minimum_items: usize,
    /// How it is computed, in words, for the codebook.
    pub stat: String,
}

/// What a question rests on.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct Source {
    /// Its id.
    pub id: String,
    /// Where it was published.
    #[serde(rename = "ref")]
    pub reference: String,
    /// How it was used.
    pub status: String,
}

fn event<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Event>, D::Error> {
    let json = serde_json::Value::deserialize(deserializer)?.to_string();
    let event = parse(&json).and_then(|event| read_event(&event));
    event.map(Some).ok_or_else(|| D::Error::custom("no event"))
}

fn study<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Study>, D::Error> {
    let json = serde_json::Value::deserialize(deserializer)?.to_string();
    let study = parse(&json).and_then(|study| read_study(&study));
    study.map(Some).ok_or_else(|| D::Error::custom("no study"))
}
