//! Small choices in localStorage, and the copy of unconfirmed journal entries that a page leaves when it goes. Nothing else:
//! localStorage is not durable, and a browser may refuse it altogether.

use crate::form::json::{Writer, parse, text};
use crate::response::{Entry, ResponseId, wire};
use crate::store::Preferences;
use gloo_storage::{LocalStorage, Storage};

/// [`Preferences`] in localStorage, each a JSON text as gloo writes it: its own way there costs 10 kB of download.
/// Where the browser refuses it, nothing is remembered and nothing fails.
#[derive(Debug, Clone, Copy, Default)]
pub struct LocalPreferences;

impl Preferences for LocalPreferences {
    fn get(&self, key: &str) -> Option<String> {
        let json = allowed().then(|| LocalStorage::raw().get_item(&full(key)).ok()).flatten().flatten()?;
        parse(&json).as_ref().and_then(text)
    }

    fn set(&self, key: &str, value: &str) {
        if allowed() {
            let mut json = Writer::default();
            json.text(value);
            let _ = LocalStorage::raw().set_item(&full(key), &json.finish());
        }
    }

    fn remove(&self, key: &str) {
        if allowed() {
            LocalStorage::delete(full(key));
        }
    }
}

/// The key under which a lent device has the survey that it is lent for.
pub const LENT: &str = "lent";

/// The survey that this device is lent for; while there is one, nobody gets to see anything else.
pub fn lent_for() -> Option<String> {
    LocalPreferences.get(LENT)
}

/// Leaves a copy of the journal entries that the store has not confirmed; for `pagehide`, when there is no time to wait.
/// `confirmed`: how many entries of this draft's journal the store has confirmed.
pub fn keep_unconfirmed(draft: ResponseId, confirmed: usize, entries: &[Entry]) {
    if entries.is_empty() {
        return LocalPreferences.remove(&unconfirmed(draft));
    }
    let mut text = confirmed.to_string();
    for entry in entries {
        text.push('\n');
        text.push_str(&wire::entry_to_json(entry));
    }
    LocalPreferences.set(&unconfirmed(draft), &text);
}

/// What the copy has and the store has not. `kept`: how many entries of this draft's journal the store has; those of the
/// copy that are among them (confirmed after it was made) are left out. What is given should be appended to the journal.
/// The copy stays until nothing in it is missing from the store, so that dying in between loses nothing; asking with
/// `usize::MAX` forgets it.
pub fn take_unconfirmed(draft: ResponseId, kept: usize) -> Vec<Entry> {
    let entries =
        LocalPreferences.get(&unconfirmed(draft)).and_then(|text| missing(&text, kept)).unwrap_or_default();
    if entries.is_empty() {
        LocalPreferences.remove(&unconfirmed(draft));
    }
    entries
}

/// Keeps answers that every new filling of a survey on this device begins with; none: forgets them.
pub fn keep_prefilled(survey: &str, entries: &[Entry]) {
    let key = prefilled_key(survey);
    if entries.is_empty() {
        return LocalPreferences.remove(&key);
    }
    let lines: Vec<String> = entries.iter().map(wire::entry_to_json).collect();
    LocalPreferences.set(&key, &["0", &lines.join("\n")].join("\n"));
}

/// The answers that a new filling of a survey begins with.
pub fn prefilled(survey: &str) -> Vec<Entry> {
    LocalPreferences.get(&prefilled_key(survey)).and_then(|text| missing(&text, 0)).unwrap_or_default()
}

fn prefilled_key(survey: &str) -> String {
    "prefilled.".to_owned() + survey
}

fn missing(copy: &str, kept: usize) -> Option<Vec<Entry>> {
    let mut lines = copy.lines();
    let confirmed: usize = lines.next()?.parse().ok()?;
    Some(
        lines
            .skip(kept.saturating_sub(confirmed))
            .map_while(|line| wire::entry_from_json(line).ok())
            .collect(),
    )
}

fn unconfirmed(draft: ResponseId) -> String {
    "unconfirmed.".to_owned() + &draft.to_text()
}

fn full(key: &str) -> String {
    "sondeo.".to_owned() + key
}

/// gloo ends the program where localStorage is refused, so the question is asked first.
fn allowed() -> bool {
    web_sys::window().and_then(|window| window.local_storage().ok().flatten()).is_some()
}
