//! Files of drafts and responses; and those that a form shows, which stand among them under what is no response's id.

use js_sys::Array;
use wasm_bindgen::JsValue;

use super::connection::Transaction;
use super::row::Row;
use super::{ATTACHMENTS, DRAFTS, IdbStore, RESPONSES, list, one};
use crate::response::{Attachment, ResponseId};
use crate::store::{Fault, FaultKind};

impl IdbStore {
    /// Keeps a file with a draft that is here.
    pub(super) async fn put_attachment(
        &self,
        draft: ResponseId,
        name: &str,
        bytes: &[u8],
    ) -> Result<(), Fault> {
        let id = draft.to_text();
        let row = Row::of_attachment(&id, "", name, bytes);
        let ask = |it: &Transaction| Ok(vec![it.get(DRAFTS, &id.as_str().into())?]);
        let change = |it: &Transaction, here: &[JsValue]| {
            let draft = one(here.first().cloned()).get(0);
            if draft.is_undefined() {
                return Err(Fault::new(FaultKind::Gone, "no draft"));
            }
            row.copy("survey", &draft.into());
            it.put(ATTACHMENTS, row.as_ref())
        };
        self.0.read_and_write(&[DRAFTS, ATTACHMENTS], &ask, &change).await.map(drop)
    }

    /// Removes a file of a draft that is here.
    pub(super) async fn delete_attachment(&self, draft: ResponseId, name: &str) -> Result<(), Fault> {
        let id = draft.to_text();
        let ask = |it: &Transaction| Ok(vec![it.known(DRAFTS, &id.as_str().into())?]);
        let change = |it: &Transaction, known: &[JsValue]| match known {
            [known] if known.as_f64() == Some(1.0) => it.delete(ATTACHMENTS, &key(&id, name)),
            _ => Ok(()),
        };
        self.0.read_and_write(&[DRAFTS, ATTACHMENTS], &ask, &change).await.map(drop)
    }

    /// Adds files to responses that are here.
    pub(super) async fn join_attachments(&self, attachments: &[Attachment]) -> Result<usize, Fault> {
        let ids: Vec<String> = attachments.iter().map(|one| one.response.to_text()).collect();
        let rows: Vec<Row> = attachments
            .iter()
            .zip(&ids)
            .map(|(one, id)| Row::of_attachment(id, &one.survey, &one.name, &one.bytes))
            .collect();
        let ask = |it: &Transaction| {
            let responses = ids.iter().map(|id| it.rows_with(RESPONSES, "id", &id.as_str().into()));
            let here = attachments.iter().zip(&ids).map(|(one, id)| it.get(ATTACHMENTS, &key(id, &one.name)));
            responses.chain(here).collect()
        };
        let settled = |answers: &[JsValue], at: usize| {
            let of = list(answers.get(at).cloned()).get(0);
            let one = attachments.get(at)?;
            if !of.is_object() || Row::from(of).string("survey") != one.survey {
                return None;
            }
            let here = answers.get(attachments.len() + at).filter(|row| row.is_object());
            let here = here.map(|row| Row::from(row.clone()).attached());
            Some((here.is_none(), here.flatten().is_none_or(|here| here > one.bytes)))
        };
        let change = |it: &Transaction, answers: &[JsValue]| {
            let wanted =
                rows.iter().enumerate().filter(|(at, _)| settled(answers, *at).is_some_and(|(_, put)| put));
            wanted.map(|(_, row)| row).try_for_each(|row| it.put(ATTACHMENTS, row.as_ref()))
        };
        let answers = self.0.read_and_write(&[RESPONSES, ATTACHMENTS], &ask, &change).await?.answers;
        Ok((0..attachments.len()).filter(|at| settled(&answers, *at).is_some_and(|(new, _)| new)).count())
    }

    /// Whose files there are of a survey, and their names.
    pub(super) async fn all_attachments(&self, survey: &str) -> Result<Vec<(ResponseId, String)>, Fault> {
        let ask = |it: &Transaction| Ok(vec![it.keys_with(ATTACHMENTS, "survey", &survey.into())?]);
        let keys = list(self.0.read(&[ATTACHMENTS], &ask).await?.pop());
        let read = |key: JsValue| {
            let key = Array::from(&key);
            Some((ResponseId::from_text(&key.get(0).as_string()?)?, key.get(1).as_string()?))
        };
        Ok(keys.iter().filter_map(read).collect())
    }

    /// What is in a file.
    pub(super) async fn bytes_of_attachment(
        &self,
        response: ResponseId,
        name: &str,
    ) -> Result<Option<Vec<u8>>, Fault> {
        self.file(&response.to_text(), name).await
    }

    /// Keeps files that a survey's form shows. Their names are those of their bytes: what is here is the same.
    pub(super) async fn put_shown_files(
        &self,
        survey: &str,
        files: &[(String, Vec<u8>)],
    ) -> Result<(), Fault> {
        let owner = shown_by(survey);
        let row = |(name, bytes): &(String, Vec<u8>)| Row::of_attachment(&owner, &owner, name, bytes);
        let rows: Vec<Row> = files.iter().map(row).collect();
        let change = |it: &Transaction, _: &[JsValue]| {
            rows.iter().try_for_each(|row| it.put(ATTACHMENTS, row.as_ref()))
        };
        self.0.write(&[ATTACHMENTS], &change).await.map(drop)
    }

    /// What is in a file of this owner.
    pub(super) async fn file(&self, owner: &str, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        let key = key(owner, name);
        let ask = |it: &Transaction| Ok(vec![it.get(ATTACHMENTS, &key)?]);
        let rows = one(self.0.read(&[ATTACHMENTS], &ask).await?.pop());
        Ok(rows.iter().next().and_then(|row| Row::from(row).attached()))
    }
}

/// In the place of a response's id, and of its survey's, so that nobody counts it among what people gave.
pub(super) fn shown_by(survey: &str) -> String {
    ["form:", survey].concat()
}

fn key(response: &str, name: &str) -> JsValue {
    Array::of2(&response.into(), &name.into()).into()
}
