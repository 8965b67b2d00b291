//! Removal of many: the responses within reach, a survey. Whatever belongs to them goes in the same transaction.

use js_sys::Array;
use wasm_bindgen::JsValue;

use super::attached::shown_by;
use super::connection::{Transaction, from};
use super::reach::{ask_within, keys_within};
use super::row::Row;
use super::sealed::among;
use super::{
    ATTACHMENTS, CODINGS, COLUMNS, DRAFTS, IdbStore, JOURNAL, KEYS, QUARANTINE, RESPONSES, SEALED, SURVEYS,
    announce, damaged_drafts, delete_all, list, remove_draft,
};
use crate::response::ResponseId;
use crate::store::{Fault, Reach};

impl IdbStore {
    /// Removes the responses within reach with their files and sealed ones, and keeps a coding anew.
    pub(super) async fn delete_held(
        &self,
        survey: &str,
        reach: &Reach,
        sealed: &[ResponseId],
        coding: Option<&str>,
    ) -> Result<usize, Fault> {
        let coding = coding.map(|coding| Row::new(coding).with("survey", survey));
        let ask = |it: &Transaction| {
            let mut asked = ask_within(it, survey, reach)?;
            asked.push(it.keys_with(ATTACHMENTS, "survey", &survey.into())?);
            asked.push(it.keys_with(SEALED, "survey", &survey.into())?);
            Ok(asked)
        };
        let unopened = |answers: &[JsValue]| among(sealed, answers.get(3));
        // Responses are removed by their arrivals, and files name the ids.
        let again = |it: &Transaction, answers: &[JsValue]| {
            owners(answers).iter().map(|id| it.keys_with(RESPONSES, "id", id)).collect()
        };
        let change = |it: &Transaction, answers: &[JsValue], arrivals: &[JsValue]| {
            let keys = keys_within(answers, reach);
            if !keys.is_empty() {
                it.delete(COLUMNS, &from(survey))?;
            }
            keys.iter().try_for_each(|key| it.delete(RESPONSES, key))?;
            for (id, arrival) in owners(answers).iter().zip(arrivals) {
                if keys.contains(&list(Some(arrival.clone())).get(0)) {
                    it.delete(ATTACHMENTS, &from(&id.as_string().unwrap_or_default()))?;
                }
            }
            unopened(answers).iter().try_for_each(|id| it.delete(SEALED, id))?;
            coding.as_ref().map_or(Ok(()), |coding| it.put(CODINGS, coding.as_ref()))
        };
        let stores = [RESPONSES, COLUMNS, CODINGS, SEALED, ATTACHMENTS];
        let changed = self.0.read_twice_and_write(&stores, &ask, &again, &change).await?;
        announce(survey);
        Ok(keys_within(&changed.answers, reach).len() + unopened(&changed.answers).len())
    }

    /// Removes a survey with all that there is of it.
    pub(super) async fn delete_survey(&self, survey: &str) -> Result<(), Fault> {
        let only = JsValue::from_str(survey);
        let ask = |it: &Transaction| {
            let keys = [DRAFTS, RESPONSES, QUARANTINE, SEALED, ATTACHMENTS]
                .iter()
                .map(|store| it.keys_with(store, "survey", &only));
            keys.chain([it.rows_with(QUARANTINE, "survey", &only)]).collect()
        };
        let change = |it: &Transaction, keys: &[JsValue]| {
            let drafts = list(keys.first().cloned());
            let drafts = drafts.iter().filter_map(|id| id.as_string());
            for id in drafts.chain(damaged_drafts(&list(keys.get(5).cloned()))) {
                remove_draft(it, &id)?;
            }
            delete_all(it, RESPONSES, keys.get(1))?;
            delete_all(it, QUARANTINE, keys.get(2))?;
            delete_all(it, SEALED, keys.get(3))?;
            delete_all(it, ATTACHMENTS, keys.get(4))?;
            it.delete(KEYS, &only)?;
            it.delete(ATTACHMENTS, &from(&shown_by(survey)))?;
            it.delete(COLUMNS, &from(survey))?;
            it.delete(CODINGS, &only)?;
            it.delete(CODINGS, &from(survey))?;
            it.delete(SURVEYS, &only)
        };
        let stores =
            [SURVEYS, DRAFTS, JOURNAL, RESPONSES, QUARANTINE, COLUMNS, CODINGS, SEALED, KEYS, ATTACHMENTS];
        self.0.read_and_write(&stores, &ask, &change).await?;
        announce(survey);
        Ok(())
    }
}

/// Of what was answered, whose files there are: each once, for keys come in order.
fn owners(answers: &[JsValue]) -> Vec<JsValue> {
    let keys = list(answers.get(2).cloned());
    let mut owners: Vec<JsValue> = keys.iter().map(|key| Array::from(&key).get(0)).collect();
    owners.dedup();
    owners
}
