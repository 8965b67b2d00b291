//! Open answers: words, themes, quotes and what is stored of them, held against plain loops over the same answers.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod coding;
mod quote;
mod theme;
mod word;

use std::cell::RefCell;
use std::collections::HashMap;

use sondeo::response::ResponseId;
use sondeo::summary::text::TextAnswer;

/// A person's id.
pub(crate) fn person(number: u8) -> ResponseId {
    ResponseId([number; 16])
}

/// A person's answer in Spanish, which may be quoted.
pub(crate) fn says(number: u8, text: &str) -> TextAnswer<'_> {
    TextAnswer { response: person(number), instance: 1, text, quote_ok: true, language: "es" }
}

/// The search of a browser. Each pattern is read once: reading one takes longer than all searches.
pub(crate) fn find(pattern: &str, text: &str) -> bool {
    thread_local!(static KNOWN: RefCell<HashMap<String, fancy_regex::Regex>> = RefCell::default());
    KNOWN.with_borrow_mut(|known| {
        let regex =
            known.entry(pattern.to_owned()).or_insert_with(|| fancy_regex::Regex::new(pattern).unwrap());
        regex.is_match(text).unwrap()
    })
}
