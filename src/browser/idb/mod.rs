//! The store on disk: [`IdbStore`] keeps surveys, forms, drafts, journals and responses in IndexedDB. Read its
//! [`ResponseStore`] first, then `connection` (one database, strict transactions) and `row` (what one record looks like).
//!
//! Everything is computed before a transaction begins, every change is one transaction, and `Ok` is its `complete` event.
//! What may never enter: an await, inside a transaction, of anything that is not one of its requests.

mod connection;
mod row;

use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::IdbCursor;

use super::notice::announce;
use crate::form::{Date, FormSource};
use crate::response::wire::{self as response_wire, ReadError};
use crate::response::{Draft, Entry, FormReference, Response, ResponseId};
use crate::store::{Arrived, Counts, Fault, FaultKind, Merge, ResponseStore};
use crate::survey::{Survey, wire as survey_wire};
use connection::{Connection, Transaction, from, only};
use row::Row;

const SURVEYS: &str = "surveys";
const FORMS: &str = "forms";
const DRAFTS: &str = "drafts";
const JOURNAL: &str = "journal";
const RESPONSES: &str = "responses";
const QUARANTINE: &str = "quarantine";

/// How long an open may take, in milliseconds. Behind a tab that does not let go of the database it would wait for ever.
const LIMIT: u32 = 8_000;

/// [`ResponseStore`] in IndexedDB. Opens itself at first use, and again after the browser or another tab closed it.
/// Clones share one connection. What cannot be read is moved to quarantine with its bytes and never hides the rest;
/// what a newer version wrote is left as it is, and answered with [`FaultKind::Newer`].
#[derive(Debug, Clone)]
pub struct IdbStore(Rc<Connection>);

impl Default for IdbStore {
    fn default() -> IdbStore {
        IdbStore::new("sondeo")
    }
}

impl IdbStore {
    /// The store in the database of this name; the program's own is [`IdbStore::default`].
    pub fn new(name: &str) -> IdbStore {
        IdbStore::with_limit(name, LIMIT)
    }

    /// The same, for whoever will not wait longer than this many milliseconds for the database to open.
    pub fn with_limit(name: &str, milliseconds: u32) -> IdbStore {
        IdbStore(Rc::new(Connection::new(name, milliseconds)))
    }

    /// What could not be read of a survey, as it lies in quarantine: one JSON text for each.
    pub async fn damaged(&self, survey: &str) -> Result<Vec<String>, Fault> {
        let transaction = self.0.read(&[QUARANTINE]).await?;
        let rows = transaction.all_by("survey", QUARANTINE, &only(survey)).await?;
        Ok(rows.iter().filter_map(|row| js_sys::JSON::stringify(&row).ok()).map(String::from).collect())
    }

    /// Reads rows with `read`. Those that are damaged go to quarantine, under the survey that they name or `survey`.
    async fn open_rows<T>(
        &self,
        store: &'static str,
        survey: &str,
        rows: impl Iterator<Item = JsValue>,
        read: fn(&Row) -> Result<T, ReadError>,
    ) -> Result<Vec<T>, Fault> {
        let (mut opened, mut damaged) = (Vec::new(), Vec::new());
        for row in rows {
            let row = Row::from(row);
            match read(&row) {
                Ok(value) => opened.push(value),
                Err(ReadError::Damaged) => damaged.push(row),
                Err(ReadError::Newer(format)) => {
                    return Err(Fault::new(FaultKind::Newer, format!("{store} {format}")));
                }
            }
        }
        if !damaged.is_empty() {
            // Where it cannot be moved it stays where it is: no reason to hide the others.
            let _ = self.set_aside(store, survey, &damaged).await;
        }
        Ok(opened)
    }

    async fn set_aside(&self, store: &'static str, survey: &str, rows: &[Row]) -> Result<(), Fault> {
        let transaction = self.0.write(&[store, QUARANTINE]).await?;
        for row in rows {
            let key = row.key(store);
            // Another tab may have been quicker.
            if transaction.get(store, &key).await?.is_undefined() {
                continue;
            }
            transaction.put(QUARANTINE, row.in_quarantine(store, survey).as_ref())?;
            transaction.delete(store, &key)?;
        }
        transaction.end().await.map(drop)
    }
}

impl ResponseStore for IdbStore {
    async fn surveys(&self) -> Result<Vec<Survey>, Fault> {
        let transaction = self.0.read(&[SURVEYS]).await?;
        let rows = transaction.all(SURVEYS, &JsValue::UNDEFINED).await?;
        self.open_rows(SURVEYS, "", rows.iter(), |row| survey_wire::from_json(&row.text()?)).await
    }

    async fn put_survey(&self, survey: &Survey, form: Option<&FormSource>) -> Result<(), Fault> {
        let row = Row::new(&survey_wire::to_json(survey)).with("id", &survey.id);
        let form = form.map(|form| {
            Row::new(&survey_wire::form_to_json(form)).with("id", &form.id).with("version", &form.version)
        });
        let transaction = self.0.write(&[SURVEYS, FORMS]).await?;
        transaction.put(SURVEYS, row.as_ref())?;
        if let Some(form) = form {
            transaction.add_new(FORMS, form.as_ref())?;
        }
        transaction.end().await?;
        announce(&survey.id);
        Ok(())
    }

    async fn form(&self, reference: &FormReference) -> Result<Option<FormSource>, Fault> {
        let key = Array::of2(&reference.id.as_str().into(), &reference.version.as_str().into());
        let transaction = self.0.read(&[FORMS]).await?;
        let row = transaction.get(FORMS, &key).await?;
        let rows = Some(row).filter(|row| !row.is_undefined()).into_iter();
        Ok(self.open_rows(FORMS, "", rows, |row| survey_wire::form_from_json(&row.text()?)).await?.pop())
    }

    async fn counts(&self) -> Result<Vec<(String, Counts)>, Fault> {
        let transaction = self.0.read(&[SURVEYS, DRAFTS, RESPONSES, QUARANTINE]).await?;
        let surveys = transaction.keys(SURVEYS, None, &JsValue::UNDEFINED).await?;
        let mut counts = Vec::new();
        for survey in surveys.iter().filter_map(|id| id.as_string()) {
            let one = only(&survey);
            let examples = Array::of2(&survey.as_str().into(), &1.into());
            let last = transaction.last(RESPONSES, Some("finished"), &from(&survey))?;
            let finished = transaction.count(RESPONSES, "survey", &one)?;
            let examples = transaction.count(RESPONSES, "example", &examples)?;
            let drafts = transaction.count(DRAFTS, "survey", &one)?;
            let damaged = transaction.count(QUARANTINE, "survey", &one)?;
            let last = second_of_key(last.value().await?);
            let figures = Counts {
                finished: finished.number().await?,
                examples: examples.number().await?,
                drafts: drafts.number().await?,
                damaged: damaged.number().await?,
                last: last.and_then(|last| last.as_string()).and_then(|last| Date::parse(&last)),
            };
            counts.push((survey, figures));
        }
        Ok(counts)
    }

    async fn begin(&self, draft: &Draft) -> Result<(), Fault> {
        let id = draft.id.to_text();
        let row =
            Row::new(&response_wire::draft_to_json(draft)).with("id", &id).with("survey", &draft.survey);
        let entries = journal_rows(&id, &draft.journal);
        let transaction = self.0.write(&[DRAFTS, JOURNAL]).await?;
        transaction.add(DRAFTS, row.as_ref())?;
        add_entries(&transaction, entries, 0)?;
        transaction.end().await?;
        announce(&draft.survey);
        Ok(())
    }

    async fn append(&self, draft: ResponseId, entries: &[Entry]) -> Result<(), Fault> {
        let id = draft.to_text();
        let rows = journal_rows(&id, entries);
        let transaction = self.0.write(&[DRAFTS, JOURNAL]).await?;
        let known = transaction.known(DRAFTS, &id.as_str().into())?;
        let last = transaction.last(JOURNAL, None, &from(&id))?;
        if known.number().await? == 0 {
            return Err(Fault::new(FaultKind::Gone, "no draft"));
        }
        // Transactions that write to one store wait for each other, so nobody else takes the next place.
        let last = second_of_key(last.value().await?).and_then(|last| last.as_f64());
        add_entries(&transaction, rows, last.map_or(0, |last| last as u32 + 1))?;
        transaction.end().await.map(drop)
    }

    async fn draft(&self, id: ResponseId) -> Result<Option<Draft>, Fault> {
        let id = id.to_text();
        let transaction = self.0.read(&[DRAFTS, JOURNAL]).await?;
        let row = transaction.get(DRAFTS, &id.as_str().into()).await?;
        let journal = transaction.all(JOURNAL, &from(&id)).await?;
        let rows = Some(row).filter(|row| !row.is_undefined()).into_iter();
        let Some(mut draft) = self.open_rows(DRAFTS, "", rows, read_draft).await?.pop() else {
            return Ok(None);
        };
        draft.journal = self
            .open_rows(JOURNAL, &draft.survey, journal.iter(), |row| {
                response_wire::entry_from_json(&row.text()?)
            })
            .await?;
        Ok(Some(draft))
    }

    async fn drafts(&self, survey: &str) -> Result<Vec<Draft>, Fault> {
        let transaction = self.0.read(&[DRAFTS]).await?;
        let rows = transaction.all_by("survey", DRAFTS, &only(survey)).await?;
        self.open_rows(DRAFTS, survey, rows.iter(), read_draft).await
    }

    async fn discard(&self, id: ResponseId) -> Result<(), Fault> {
        let id = id.to_text();
        let transaction = self.0.write(&[DRAFTS, JOURNAL]).await?;
        let row = transaction.get(DRAFTS, &id.as_str().into()).await?;
        remove_draft(&transaction, &id)?;
        transaction.end().await?;
        if !row.is_undefined() {
            announce(&Row::from(row).string("survey"));
        }
        Ok(())
    }

    async fn finish(&self, response: &Response) -> Result<(), Fault> {
        let row = response_row(response);
        let transaction = self.0.write(&[RESPONSES, DRAFTS, JOURNAL]).await?;
        transaction.add_new(RESPONSES, row.as_ref())?;
        remove_draft(&transaction, &response.id.to_text())?;
        transaction.end().await?;
        announce(&response.survey);
        Ok(())
    }

    async fn add(&self, responses: &[Response]) -> Result<Merge, Fault> {
        let rows: Vec<Row> = responses.iter().map(response_row).collect();
        let transaction = self.0.write(&[RESPONSES]).await?;
        for row in &rows {
            transaction.add_new(RESPONSES, row.as_ref())?;
        }
        let already_had = transaction.end().await?;
        let mut surveys: Vec<&str> = responses.iter().map(|response| response.survey.as_str()).collect();
        surveys.sort_unstable();
        surveys.dedup();
        surveys.into_iter().for_each(announce);
        Ok(Merge { added: rows.len() - already_had, already_had, refused: 0 })
    }

    async fn responses(&self, survey: &str, after: u64, limit: usize) -> Result<Vec<Arrived>, Fault> {
        let transaction = self.0.read(&[RESPONSES]).await?;
        // Keys are cheap; an index over two columns, one of them counted up by the browser, is not the same everywhere.
        let arrivals = transaction.keys(RESPONSES, Some("survey"), &only(survey)).await?;
        let mut asked = Vec::new();
        for arrival in
            arrivals.iter().filter(|at| at.as_f64().is_some_and(|at| at > after as f64)).take(limit)
        {
            asked.push(transaction.asked(RESPONSES, &arrival)?);
        }
        let mut rows = Vec::new();
        for row in asked {
            rows.push(row.value().await?);
        }
        self.open_rows(RESPONSES, survey, rows.into_iter(), read_response).await
    }

    async fn remove_examples(&self, survey: &str) -> Result<usize, Fault> {
        let transaction = self.0.write(&[RESPONSES]).await?;
        let examples = Array::of2(&survey.into(), &1.into());
        let arrivals = transaction.keys(RESPONSES, Some("example"), &examples).await?;
        for arrival in arrivals.iter() {
            transaction.delete(RESPONSES, &arrival)?;
        }
        transaction.end().await?;
        announce(survey);
        Ok(arrivals.length() as usize)
    }

    async fn remove_survey(&self, survey: &str) -> Result<(), Fault> {
        let transaction = self.0.write(&[SURVEYS, DRAFTS, JOURNAL, RESPONSES, QUARANTINE]).await?;
        let drafts = transaction.keys(DRAFTS, Some("survey"), &only(survey)).await?;
        for id in drafts.iter().filter_map(|id| id.as_string()) {
            remove_draft(&transaction, &id)?;
        }
        for store in [RESPONSES, QUARANTINE] {
            for key in transaction.keys(store, Some("survey"), &only(survey)).await?.iter() {
                transaction.delete(store, &key)?;
            }
        }
        transaction.delete(SURVEYS, &survey.into())?;
        transaction.end().await?;
        announce(survey);
        Ok(())
    }
}

fn response_row(response: &Response) -> Row {
    Row::new(&response_wire::response_to_json(response))
        .with("id", &response.id.to_text())
        .with("survey", &response.survey)
        .with("finished", &response.finished.to_string())
        // IndexedDB indexes no booleans.
        .with_number("example", u32::from(response.example))
}

fn read_response(row: &Row) -> Result<Arrived, ReadError> {
    let response = response_wire::response_from_json(&row.text()?)?;
    let arrival = row.number("arrival").ok_or(ReadError::Damaged)? as u64;
    if response.survey == row.string("survey") {
        Ok(Arrived { arrival, response })
    } else {
        Err(ReadError::Damaged)
    }
}

fn read_draft(row: &Row) -> Result<Draft, ReadError> {
    response_wire::draft_from_json(&row.text()?)
}

fn journal_rows(draft: &str, entries: &[Entry]) -> Vec<Row> {
    let row = |entry| Row::new(&response_wire::entry_to_json(entry)).with("draft", draft);
    entries.iter().map(row).collect()
}

fn add_entries(transaction: &Transaction, rows: Vec<Row>, first: u32) -> Result<(), Fault> {
    for (n, row) in (first..).zip(rows) {
        transaction.add(JOURNAL, row.with_number("n", n).as_ref())?;
    }
    Ok(())
}

fn remove_draft(transaction: &Transaction, id: &str) -> Result<(), Fault> {
    transaction.delete(DRAFTS, &id.into())?;
    transaction.delete(JOURNAL, &from(id))
}

/// The second part of the key under a cursor; `None` where the cursor found nothing.
fn second_of_key(cursor: JsValue) -> Option<JsValue> {
    let key = cursor.dyn_into::<IdbCursor>().ok()?.key().ok()?;
    Some(key.dyn_into::<Array>().ok()?.get(1))
}
