//! Which responses are within a [`Reach`], from keys alone: no response is read.

use std::collections::BTreeSet;

use wasm_bindgen::JsValue;

use super::connection::{Asked, Transaction, from, upto_text};
use super::{RESPONSES, list, second_is_one};
use crate::store::{Fault, Reach};

/// Asks for the keys of a survey's responses by the day they were finished, and for those of its examples.
pub(super) fn ask_within(it: &Transaction, survey: &str, reach: &Reach) -> Result<Vec<Asked>, Fault> {
    let days = match reach.finished_by {
        Some(day) => upto_text(survey, &day.to_string()),
        None => from(survey),
    };
    Ok(vec![
        it.keys_with(RESPONSES, "finished", &days)?,
        it.keys_with(RESPONSES, "example", &second_is_one(survey))?,
    ])
}

/// Of what [`ask_within`] was answered, the keys within reach, in the order of their days.
pub(super) fn keys_within(answers: &[JsValue], reach: &Reach) -> Vec<JsValue> {
    let examples: BTreeSet<u64> =
        list(answers.get(1).cloned()).iter().filter_map(|key| Some(key.as_f64()? as u64)).collect();
    let within = |key: &JsValue| {
        key.as_f64().is_some_and(|key| reach.has(key as u64) && !examples.contains(&(key as u64)))
    };
    list(answers.first().cloned()).iter().filter(within).collect()
}
