//! The stored shape of a form, format 1: plain strings, everything optional left out when empty.
//! Texts are lists in the order of `languages`. [`super::Form::build`] gives it meaning; nothing here checks.

use serde::{Deserialize, Serialize};

/// The format number that this code writes.
pub const FORMAT: u32 = 1;

/// A form as it is stored and exchanged.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct FormSource {
    /// The format number, [`FORMAT`] for what this code writes.
    pub format: u32,
    /// The form's id.
    pub id: String,
    /// The form's version.
    pub version: String,
    /// The title, per language.
    pub title: Vec<String>,
    /// Language tags.
    pub languages: Vec<String>,
    /// The top-level nodes.
    pub nodes: Vec<NodeSource>,
    /// The choice lists.
    pub lists: Vec<ListSource>,
    /// What the summary computes over several questions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indices: Vec<IndexSource>,
}

/// A node as it is stored.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct NodeSource {
    /// The name.
    pub name: String,
    /// `group` `page` `grid` `repeat` `note` `calculate` `text` `integer` `decimal` `select_one` `select_multiple` `rank` `date` `time` `dateTime`.
    pub kind: String,
    /// The list's name, for a grid and the selects.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub list: String,
    /// Label per language.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub label: Vec<String>,
    /// Hint per language.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hint: Vec<String>,
    /// Expression.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub relevant: String,
    /// Expression; `true()` for always.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub required: String,
    /// Message per language.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub required_message: Vec<String>,
    /// Expression.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub constraint: String,
    /// Message per language.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub constraint_message: Vec<String>,
    /// Expression.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub readonly: String,
    /// Expression.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub calculation: String,
    /// Expression (a literal text is written as one).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub default: String,
    /// Expression, for the selects.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub choice_filter: String,
    /// Expression, for a repeat; empty: people add and remove instances.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub repeat_count: String,
    /// `multiline` `scale` `minimal` or empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub appearance: String,
    /// Sensitive.
    #[serde(skip_serializing_if = "is_false")]
    pub sensitive: bool,
    /// The nodes inside.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<NodeSource>,
}

/// A choice list as it is stored.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ListSource {
    /// The list's name.
    pub name: String,
    /// The choices.
    pub choices: Vec<ChoiceSource>,
}

/// A choice as it is stored.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ChoiceSource {
    /// The stored value.
    pub name: String,
    /// Label per language.
    pub label: Vec<String>,
    /// `missing_dk` `missing_na` `missing_ref` `special_never` `exclusive` or empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub role: String,
    /// Place on a scale.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// Further columns: (column, value).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<(String, String)>,
}

/// An index as it is stored: `kind` says which of the other members count.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct IndexSource {
    /// The index's id.
    pub id: String,
    /// Label per language.
    pub label: Vec<String>,
    /// `mean` `paired` `priorities` `any` `recommendation` `safe_walking` `reporting` `ranked` `commitments`.
    pub kind: String,
    /// Question names; for `commitments` the counting question, then the repeat.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<String>,
    /// Pairs of question names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pairs: Vec<(String, String)>,
    /// For `mean`.
    #[serde(skip_serializing_if = "is_zero")]
    pub minimum_items: usize,
}

fn is_false(value: &bool) -> bool {
    !*value
}

fn is_zero(value: &usize) -> bool {
    *value == 0
}
