//! What lies in the database, row by row: `{ format, text, sum }`, the text being what `wire.rs` writes, and beside it
//! the columns that keys and indexes need.

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

use super::{CODINGS, FORMS, JOURNAL, KEYS, RESPONSES};
use crate::form::Date;
use crate::response::wire::ReadError;
use crate::response::{ResponseId, Sealed};
use crate::store::wire::copy_to_json;
use crate::store::{Block, CopyMade, crc32};

/// The shape of rows that this code writes; the texts inside have format numbers of their own.
const FORMAT: u32 = 1;

/// The second part of the key of a survey's mark: arrivals are from 0 on.
const BEFORE_BLOCKS: f64 = -1.0;

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

    /// A block as a row. Its bytes prove themselves; the sum is for where it begins and ends.
    pub(super) fn of_block(survey: &str, block: &Block) -> Row {
        let row = Row(Object::new().into()).with("survey", survey);
        row.set_number("sum", place_sum(block));
        row.set("after", &(block.after as f64).into());
        row.set("upto", &(block.upto as f64).into());
        row.set("bytes", &Uint8Array::from(block.bytes.as_slice()));
        row
    }

    /// The block; `None` for anything else.
    pub(super) fn block(&self) -> Option<Block> {
        let bytes = self.get("bytes").dyn_into::<Uint8Array>().ok()?.to_vec();
        let block = Block { after: self.number("after")? as u64, upto: self.number("upto")? as u64, bytes };
        (self.number("sum") == Some(place_sum(&block).into())).then_some(block)
    }

    /// A file as a row, with the sum of its bytes.
    pub(super) fn of_attachment(response: &str, survey: &str, name: &str, bytes: &[u8]) -> Row {
        let row =
            Row(Object::new().into()).with("response", response).with("survey", survey).with("name", name);
        row.set_number("sum", crc32(bytes));
        row.set("bytes", &Uint8Array::from(bytes));
        row
    }

    /// The bytes of a file; `None`: they are not what was written.
    pub(super) fn attached(&self) -> Option<Vec<u8>> {
        let bytes = self.get("bytes").dyn_into::<Uint8Array>().ok()?.to_vec();
        (self.number("sum") == Some(crc32(&bytes).into())).then_some(bytes)
    }

    /// A sealed response as a row. Its bytes prove themselves.
    pub(super) fn of_sealed(sealed: &Sealed) -> Row {
        let row = Row(Object::new().into())
            .with("id", &sealed.id.to_text())
            .with("survey", &sealed.survey)
            .with("day", &sealed.day.to_string());
        row.set_number("finished", u32::from(sealed.finished));
        row.set("age", &Uint8Array::from(sealed.age.as_slice()));
        row
    }

    /// The sealed response; `None` for anything else.
    pub(super) fn sealed(&self) -> Option<Sealed> {
        Some(Sealed {
            id: ResponseId::from_text(&self.string("id"))?,
            survey: self.string("survey"),
            day: Date::parse(&self.string("day"))?,
            finished: self.is_finished(),
            age: self.get("age").dyn_into::<Uint8Array>().ok()?.to_vec(),
        })
    }

    /// Whether it is a sealed response that is finished.
    pub(super) fn is_finished(&self) -> bool {
        self.number("finished") == Some(1.0)
    }

    /// What stands before a survey's blocks for as long as none of its responses is removed.
    pub(super) fn of_mark(survey: &str, mark: u64) -> Row {
        let row = Row(Object::new().into()).with("survey", survey);
        row.set("after", &BEFORE_BLOCKS.into());
        row.set("mark", &(mark as f64).into());
        row
    }

    /// The key of [`Row::of_mark`].
    pub(super) fn mark_key(survey: &str) -> JsValue {
        Array::of2(&survey.into(), &BEFORE_BLOCKS.into()).into()
    }

    /// A copy as a row beside the codings, whose keys are texts: a list is none of them, and is in the range of its survey.
    pub(super) fn of_copy(survey: &str, copy: &CopyMade) -> Row {
        let row = Row::new(&copy_to_json(copy));
        row.set("survey", &Array::of2(&survey.into(), &copy.sum.as_str().into()));
        row
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

    /// Gives it the column of another row.
    pub(super) fn copy(&self, column: &str, from: &Row) {
        self.set(column, &from.get(column));
    }

    fn set(&self, column: &str, value: &JsValue) {
        // Refused by frozen objects only, and these are ours.
        let _ = Reflect::set(&self.0, &column.into(), value);
    }

    /// A column; undefined where it has none.
    pub(super) fn get(&self, column: &str) -> JsValue {
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
            CODINGS | KEYS => self.get("survey"),
            FORMS => Array::of2(&self.get("id"), &self.get("version")).into(),
            _ => self.get("id"),
        }
    }

    /// Whether it says what another one says, to the letter. Both stay with the browser, which is much quicker.
    pub(super) fn same_text(&self, other: &Row) -> bool {
        let text = self.get("text");
        text.is_string() && text == other.get("text")
    }

    /// Whether it is what [`Row::in_quarantine`] makes of a row of the same text.
    pub(super) fn sets_aside(&self, other: &Row) -> bool {
        Row(self.get("row")).same_text(other)
    }

    /// The row that [`Row::in_quarantine`] was made of, if it came from this store.
    pub(super) fn set_aside(&self, store: &str) -> Option<Row> {
        (self.string("store") == store).then(|| Row(self.get("row")))
    }

    /// Whether, of two responses with one id, this one counts: as [`crate::store::rank`] has it, never where it is damaged,
    /// and always where a newer version wrote it.
    pub(super) fn ranks_before(&self, other: &Row) -> bool {
        let rank = |row: &Row| (row.string("finished"), row.string("text"));
        match self.text() {
            Ok(_) => rank(self) < rank(other),
            Err(why) => why != ReadError::Damaged,
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

fn place_sum(block: &Block) -> u32 {
    crc32(&[block.after.to_le_bytes(), block.upto.to_le_bytes()].concat())
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
