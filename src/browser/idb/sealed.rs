//! What is sealed, row by row, and the texts that are kept one for each survey.

use js_sys::Map;
use wasm_bindgen::JsValue;

use super::connection::Transaction;
use super::row::Row;
use super::unread::Place;
use super::{IdbStore, SEALED, announce, list, one, second_is_one};
use crate::form::Date;
use crate::response::{ResponseId, Sealed};
use crate::store::{Fault, Merge};

impl IdbStore {
    /// The text that a store keeps for a survey.
    pub(super) async fn text_of(&self, store: &'static str, survey: &str) -> Result<Option<String>, Fault> {
        let ask = |it: &Transaction| Ok(vec![it.get(store, &survey.into())?]);
        let rows = one(self.0.read(&[store], &ask).await?.pop());
        Ok(self.open_rows(Place::alone(store, survey), &rows, |row| row.text()).await?.pop())
    }

    /// Keeps it, in place of the one before.
    pub(super) async fn put_text(&self, store: &'static str, survey: &str, text: &str) -> Result<(), Fault> {
        let row = Row::new(text).with("survey", survey);
        self.0.write(&[store], &|it, _| it.put(store, row.as_ref())).await?;
        announce(survey);
        Ok(())
    }

    /// Adds them; a finished one that is here stays.
    pub(super) async fn put_sealed(&self, sealed: &[Sealed]) -> Result<Merge, Fault> {
        let rows: Vec<Row> = sealed.iter().map(Row::of_sealed).collect();
        let ask = |it: &Transaction| rows.iter().map(|row| it.get(SEALED, &row.key(SEALED))).collect();
        let change = |it: &Transaction, here: &[JsValue]| {
            let open = rows.iter().zip(here).filter(|(_, here)| !is_finished(Some(here)));
            open.map(|(row, _)| row).try_for_each(|row| it.put(SEALED, row.as_ref()))
        };
        let here = self.0.read_and_write(&[SEALED], &ask, &change).await?.answers;
        sealed.first().iter().for_each(|first| announce(&first.survey));
        let had = |(here, sealed): &(&JsValue, &Sealed)| {
            !here.is_undefined() && (is_finished(Some(here)) || !sealed.finished)
        };
        let already_had = here.iter().zip(sealed).filter(had).count();
        Ok(Merge { added: sealed.len() - already_had, already_had, ..Merge::default() })
    }

    /// Those of a survey.
    pub(super) async fn all_sealed(&self, survey: &str) -> Result<Vec<Sealed>, Fault> {
        let ask = |it: &Transaction| Ok(vec![it.rows_with(SEALED, "survey", &survey.into())?]);
        let rows = list(self.0.read(&[SEALED], &ask).await?.pop());
        Ok(rows.iter().filter_map(|row| Row::from(row).sealed()).collect())
    }

    /// The finished ones of a survey with their days. The day stands in the row alone, which is read once for each of them, some at
    /// a time; from then on keys are enough, and no bytes are read.
    pub(super) async fn days_of_sealed(&self, survey: &str) -> Result<Vec<(ResponseId, Date)>, Fault> {
        let finished = second_is_one(survey);
        let ask = |it: &Transaction| Ok(vec![it.keys_with(SEALED, "finished", &finished)?]);
        let keys = list(self.0.read(&[SEALED], &ask).await?.pop());
        let days = DAYS.with(Map::clone);
        let named =
            |key: &JsValue| JsValue::from([self.0.name(), &key.as_string().unwrap_or_default()].join(" "));
        let new: Vec<JsValue> = keys.iter().filter(|key| !days.has(&named(key))).collect();
        for some in new.chunks(AT_ONCE) {
            let ask = |it: &Transaction| some.iter().map(|key| it.get(SEALED, key)).collect();
            for (key, row) in some.iter().zip(self.0.read(&[SEALED], &ask).await?) {
                if row.is_object() {
                    days.set(&named(key), &Row::from(row).get("day"));
                }
            }
        }
        let read = |key: JsValue| {
            let day = Date::parse(&days.get(&named(&key)).as_string()?)?;
            Some((ResponseId::from_text(&key.as_string()?)?, day))
        };
        Ok(keys.iter().filter_map(read).collect())
    }
}

/// Rows read at a time for their days.
const AT_ONCE: usize = 64;

thread_local! {
    /// By database and id. A finished one stays as it is for as long as it is there.
    static DAYS: Map = Map::new();
}

/// Of some ids those that are among keys.
pub(super) fn among(ids: &[ResponseId], keys: Option<&JsValue>) -> Vec<JsValue> {
    let keys = list(keys.cloned());
    ids.iter().map(|id| id.to_text().into()).filter(|id| keys.includes(id, 0)).collect()
}

pub(super) fn is_finished(row: Option<&JsValue>) -> bool {
    row.is_some_and(|row| row.is_object() && Row::from(row.clone()).is_finished())
}
