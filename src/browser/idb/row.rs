//! What lies in the database, row by row: `{ format, text, sum }`, the text being what `wire.rs` writes, and beside it
//! the columns that keys and indexes need.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::JsValue;

use super::{FORMS, JOURNAL, RESPONSES};
use crate::response::wire::ReadError;
use crate::store::crc32;

/// The shape of rows that this code writes; the texts inside have format numbers of their own.
const FORMAT: u32 = 1;

/// A row as it lies in the database.
#[derive(Debug)]
pub(super) struct Row(JsValue);

impl Row {
    /// A row of this text.
    pub(super) fn new(text: &str) -> Row {
        let row = Row(Object::new().into());
        row.set_number("format", FORMAT);
        row.set_number("sum", crc32(text.as_bytes()));
        row.with("text", text)
    }

    /// The same with a column of text.
    pub(super) fn with(self, column: &str, value: &str) -> Row {
        self.set(column, &value.into());
        self
    }

    /// Sets a column to a number.
    pub(super) fn set_number(&self, column: &str, value: u32) {
        self.set(column, &value.into());
    }

    fn set(&self, column: &str, value: &JsValue) {
        // Refused by frozen objects only, and these are ours.
        let _ = Reflect::set(&self.0, &column.into(), value);
    }

    fn get(&self, column: &str) -> JsValue {
        Reflect::get(&self.0, &column.into()).unwrap_or_default()
    }

    /// A column of text; blank where it has none.
    pub(super) fn string(&self, column: &str) -> String {
        self.get(column).as_string().unwrap_or_default()
    }

    pub(super) fn number(&self, column: &str) -> Option<f64> {
        self.get(column).as_f64()
    }

    /// The text, whole. Errors: it is not what was written, or a newer version wrote it.
    pub(super) fn text(&self) -> Result<String, ReadError> {
        match self.number("format").map(|format| format as u32) {
            Some(format) if format > FORMAT => return Err(ReadError::Newer(format)),
            Some(_) => {}
            None => return Err(ReadError::Damaged),
        }
        let text = self.get("text").as_string().ok_or(ReadError::Damaged)?;
        let sum = self.number("sum").ok_or(ReadError::Damaged)?;
        if f64::from(crc32(text.as_bytes())) == sum { Ok(text) } else { Err(ReadError::Damaged) }
    }

    /// Its key in this store.
    pub(super) fn key(&self, store: &str) -> JsValue {
        match store {
            RESPONSES => self.get("arrival"),
            JOURNAL => Array::of2(&self.get("draft"), &self.get("n")).into(),
            FORMS => Array::of2(&self.get("id"), &self.get("version")).into(),
            _ => self.get("id"),
        }
    }

    /// As it goes to quarantine: whole, with where it comes from.
    pub(super) fn in_quarantine(&self, store: &str, survey: &str) -> Row {
        let named = self.string("survey");
        let survey = if named.is_empty() { survey } else { &named };
        let row = Row(Object::new().into()).with("survey", survey).with("store", store);
        row.set("row", &self.0);
        row
    }
}

impl From<JsValue> for Row {
    fn from(row: JsValue) -> Row {
        Row(row)
    }
}

impl AsRef<JsValue> for Row {
    fn as_ref(&self) -> &JsValue {
        &self.0
    }
}
