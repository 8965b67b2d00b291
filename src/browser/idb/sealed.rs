//! What is sealed, row by row, and the texts that are kept one for each survey.

use wasm_bindgen::JsValue;

use super::connection::Transaction;
use super::row::Row;
use super::unread::Place;
use super::{IdbStore, SEALED, announce, list, one};
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

    /// Removes some of a survey.
    pub(super) async fn delete_sealed(&self, survey: &str, ids: &[ResponseId]) -> Result<(), Fault> {
        let ids: Vec<JsValue> = ids.iter().map(|id| id.to_text().into()).collect();
        let ask = |it: &Transaction| Ok(vec![it.keys_with(SEALED, "survey", &survey.into())?]);
        let change = |it: &Transaction, here: &[JsValue]| {
            let here = list(here.first().cloned());
            let mut of_survey = ids.iter().filter(|id| here.includes(id, 0));
            of_survey.try_for_each(|id| it.delete(SEALED, id))
        };
        self.0.read_and_write(&[SEALED], &ask, &change).await?;
        announce(survey);
        Ok(())
    }
}

pub(super) fn is_finished(row: Option<&JsValue>) -> bool {
    row.is_some_and(|row| row.is_object() && Row::from(row.clone()).is_finished())
}
