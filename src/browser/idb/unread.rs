//! Rows that cannot be read: the damaged go to quarantine, those of a newer version are left as they are, and neither hides
//! the others.

use js_sys::Array;
use wasm_bindgen::JsValue;

use super::connection::{Transaction, from};
use super::row::Row;
use super::{COLUMNS, IdbStore, QUARANTINE, RESPONSES};
use crate::response::wire::ReadError;
use crate::store::{Fault, FaultKind};

/// How a row becomes what it holds.
pub(super) type Read<T> = fn(&Row) -> Result<T, ReadError>;

/// Where rows come from: their store, and the survey they belong to where they do not say themselves.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) store: &'static str,
    pub(super) survey: &'a str,
    /// Nothing can be said without them: they are not part of a list that is good without some.
    alone: bool,
}

impl<'a> Place<'a> {
    pub(super) fn list(store: &'static str, survey: &'a str) -> Place<'a> {
        Place { store, survey, alone: false }
    }

    pub(super) fn alone(store: &'static str, survey: &'a str) -> Place<'a> {
        Place { store, survey, alone: true }
    }
}

impl IdbStore {
    /// Reads rows with `read`. Those that are damaged go to quarantine, under the survey that they name or `survey`.
    pub(super) async fn open_rows<T>(
        &self,
        place: Place<'_>,
        rows: &Array,
        read: Read<T>,
    ) -> Result<Vec<T>, Fault> {
        let mut unread = Vec::new();
        let opened = rows.iter().map(Row::from).filter_map(|row| match read(&row) {
            Ok(value) => Some(value),
            Err(why) => {
                unread.push((row, why));
                None
            }
        });
        let opened = opened.collect();
        if !unread.is_empty() {
            self.answer_for(place, unread).await?;
        }
        Ok(opened)
    }

    /// Puts damaged rows aside, and counts those that are newer than this code. Errors: what was asked for alone is newer.
    async fn answer_for(&self, place: Place<'_>, unread: Vec<(Row, ReadError)>) -> Result<(), Fault> {
        let mut damaged = Vec::new();
        for (row, why) in unread {
            match why {
                ReadError::Damaged => damaged.push(row),
                ReadError::Newer(_) if place.alone => return Err(newer(place.store)),
                ReadError::Newer(_) => self.count_newer(place.store, &row),
            }
        }
        if damaged.is_empty() {
            return Ok(());
        }
        let keys: Vec<JsValue> = damaged.iter().map(|row| row.key(place.store)).collect();
        let ask = |it: &Transaction| keys.iter().map(|key| it.known(place.store, key)).collect();
        let set_aside = |it: &Transaction, known: &[JsValue]| {
            if place.store == RESPONSES {
                it.delete(COLUMNS, &from(place.survey))?;
            }
            for ((row, key), known) in damaged.iter().zip(&keys).zip(known) {
                // Another tab may have been quicker.
                if known.as_f64() == Some(1.0) {
                    it.put(QUARANTINE, row.in_quarantine(place.store, place.survey).as_ref())?;
                    it.delete(place.store, key)?;
                }
            }
            Ok(())
        };
        // Where they cannot be moved they stay where they are: no reason to hide the others.
        let _ = self.0.read_and_write(&[place.store, QUARANTINE, COLUMNS], &ask, &set_aside).await;
        Ok(())
    }

    fn count_newer(&self, store: &str, row: &Row) {
        let newer = (row.get("survey"), row.key(store));
        let mut known = self.1.borrow_mut();
        if !known.contains(&newer) {
            known.push(newer);
        }
    }
}

pub(super) fn newer(store: &str) -> Fault {
    Fault::new(FaultKind::Newer, store)
}
