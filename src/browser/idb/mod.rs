//! The store on disk: [`IdbStore`] keeps surveys, forms, drafts, journals and responses in IndexedDB. Read its
//! [`ResponseStore`] first, then `connection` (one database, strict transactions) and `row` (what lies in it).
//!
//! Everything is computed before a transaction begins, every change is one transaction, and `Ok` is its `complete` event.
//! What is asked and changed stands in plain closures: no await can slip into a transaction, and the phone downloads one
//! reader and one writer for all of them. What may never enter: a rule about what is kept.

mod attached;
mod connection;
mod reach;
mod removal;
mod row;
mod sealed;
mod settle;
mod together;
mod unread;

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::IdbCursor;

use super::notice::announce;
use super::random;
use crate::form::{Date, FormSource};
use crate::response::wire::{self as response_wire, ReadError};
use crate::response::{Attachment, Draft, Entry, FormReference, Response, ResponseId, Sealed};
use crate::store::wire::copy_from_json;
use crate::store::{
    Arrived, Block, CopyMade, Counts, Fault, FaultKind, Held, Merge, Reach, ResponseStore, Standing,
};
use crate::survey::{Survey, wire as survey_wire};
use connection::{Connection, Transaction, from, from_number, numbers};
use reach::{ask_within, keys_within};
use row::Row;
use sealed::is_finished;
use settle::settle;
use together::Adding;
use unread::{Place, Read, newer};

const SURVEYS: &str = "surveys";
const FORMS: &str = "forms";
const DRAFTS: &str = "drafts";
const JOURNAL: &str = "journal";
const RESPONSES: &str = "responses";
const QUARANTINE: &str = "quarantine";
const COLUMNS: &str = "columns";
/// What people made of a survey's responses: how they are coded, and the copies. Copies came later, and a new store would
/// have been a new version of the database, which a build put back (README: "to go back, copy the old one") cannot open.
const CODINGS: &str = "codings";
const SEALED: &str = "sealed";
const KEYS: &str = "keys";
/// Files of drafts and responses, by whose they are and their names.
const ATTACHMENTS: &str = "attachments";

/// How long an open may take, in milliseconds. Behind a tab that does not let go of the database it would wait for ever.
const LIMIT: u32 = 8_000;

/// [`ResponseStore`] in IndexedDB. Opens itself at first use, and again after the browser or another tab closed it.
/// Clones share one connection. What cannot be read is moved to quarantine with its bytes and never hides the rest.
/// What a newer version wrote is left as it is: out of lists, where it is counted, and answered with [`FaultKind::Newer`]
/// by whoever is asked for it alone.
#[derive(Debug, Clone)]
pub struct IdbStore(Rc<Connection>, Rc<RefCell<Vec<Newer>>>, Rc<Adding>);

/// A row that a newer version wrote, met in reading a list: its survey (a survey's own names none) and its key.
type Newer = (JsValue, JsValue);

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
        IdbStore(Rc::new(Connection::new(name, milliseconds)), Rc::default(), Rc::default())
    }

    /// What could not be read of a survey, as it lies in quarantine: one JSON text for each, and one for each answer in
    /// the journal of a draft. Of the empty name: surveys and forms themselves.
    pub async fn damaged(&self, survey: &str) -> Result<Vec<String>, Fault> {
        let ask = |it: &Transaction| Ok(vec![it.rows_with(QUARANTINE, "survey", &survey.into())?]);
        let rows = list(self.0.read(&[QUARANTINE], &ask).await?.pop());
        let drafts = damaged_drafts(&rows);
        let ask = |it: &Transaction| drafts.iter().map(|id| it.rows(JOURNAL, &from(id))).collect();
        let journals = self.0.read(&[JOURNAL], &ask).await?.into_iter().flat_map(|rows| list(Some(rows)));
        let all = rows.iter().chain(journals);
        Ok(all.filter_map(|row| js_sys::JSON::stringify(&row).ok()).map(String::from).collect())
    }

    /// How many rows this store has met in lists, of whatever survey, that a newer version wrote.
    pub fn all_newer(&self) -> usize {
        self.1.borrow().len()
    }
}

/// The ids of the drafts among rows of the quarantine. Their journals stay where they are.
fn damaged_drafts(rows: &Array) -> Vec<String> {
    rows.iter().filter_map(|row| Row::from(row).set_aside(DRAFTS)).map(|row| row.string("id")).collect()
}

impl ResponseStore for IdbStore {
    async fn surveys(&self) -> Result<Vec<Survey>, Fault> {
        let ask = |it: &Transaction| Ok(vec![it.rows(SURVEYS, &JsValue::UNDEFINED)?]);
        let rows = list(self.0.read(&[SURVEYS], &ask).await?.pop());
        let place = Place::list(SURVEYS, "");
        self.open_rows(place, &rows, read_survey).await
    }

    async fn put_survey(&self, survey: &Survey, form: Option<&FormSource>) -> Result<(), Fault> {
        let row = Row::new(&survey_wire::to_json(survey)).with("id", &survey.id);
        let form = form.map(|form| {
            Row::new(&survey_wire::form_to_json(form)).with("id", &form.id).with("version", &form.version)
        });
        let ask = |it: &Transaction| Ok(vec![it.get(SURVEYS, &survey.id.as_str().into())?]);
        let change = |it: &Transaction, known: &[JsValue]| {
            let here = one(known.first().cloned()).get(0);
            if !here.is_undefined() && matches!(read_survey(&here.into()), Err(ReadError::Newer(_))) {
                return Err(newer(SURVEYS));
            }
            it.put(SURVEYS, row.as_ref())?;
            form.as_ref().map_or(Ok(()), |form| it.add_new(FORMS, form.as_ref()))
        };
        self.0.read_and_write(&[SURVEYS, FORMS], &ask, &change).await?;
        announce(&survey.id);
        Ok(())
    }

    async fn form(&self, reference: &FormReference) -> Result<Option<FormSource>, Fault> {
        let key = Array::of2(&reference.id.as_str().into(), &reference.version.as_str().into());
        let ask = |it: &Transaction| Ok(vec![it.get(FORMS, &key)?]);
        let rows = one(self.0.read(&[FORMS], &ask).await?.pop());
        let place = Place::alone(FORMS, "");
        Ok(self.open_rows(place, &rows, |row| survey_wire::form_from_json(&row.text()?)).await?.pop())
    }

    async fn counts(&self) -> Result<Vec<(String, Counts)>, Fault> {
        let ask = |it: &Transaction| Ok(vec![it.keys(SURVEYS)?]);
        let surveys = list(self.0.read(&[SURVEYS], &ask).await?.pop());
        let surveys: Vec<String> = surveys.iter().filter_map(|id| id.as_string()).collect();
        let ask = |it: &Transaction| {
            let mut asked = Vec::new();
            for survey in &surveys {
                let only = JsValue::from_str(survey);
                asked.push(it.count(RESPONSES, "survey", &only)?);
                asked.push(it.count(RESPONSES, "example", &second_is_one(survey))?);
                asked.push(it.count(DRAFTS, "survey", &only)?);
                asked.push(it.count(QUARANTINE, "survey", &only)?);
                asked.push(it.last_with(RESPONSES, "finished", &from(survey))?);
                asked.push(it.count(SEALED, "finished", &second_is_one(survey))?);
                asked.push(it.count(SEALED, "survey", &only)?);
                asked.push(it.count(ATTACHMENTS, "survey", &only)?);
            }
            Ok(asked)
        };
        let answers = self.0.read(&[DRAFTS, RESPONSES, QUARANTINE, SEALED, ATTACHMENTS], &ask).await?;
        let number = |answer: &JsValue| answer.as_f64().unwrap_or_default() as usize;
        let counts = |answers: &[JsValue]| match answers {
            [finished, examples, drafts, damaged, last, sealed, all_sealed, files] => Counts {
                finished: number(finished),
                examples: number(examples),
                drafts: number(drafts),
                damaged: number(damaged),
                sealed: number(sealed),
                unfinished: number(all_sealed).saturating_sub(number(sealed)),
                files: number(files),
                last: second_of_key(last).and_then(|day| day.as_string()).and_then(|day| Date::parse(&day)),
            },
            _ => Counts::default(),
        };
        let counts: Vec<Counts> = answers.chunks(8).map(counts).collect();
        Ok(surveys.into_iter().zip(counts).collect())
    }

    async fn begin(&self, draft: &Draft) -> Result<(), Fault> {
        let id = draft.id.to_text();
        let row =
            Row::new(&response_wire::draft_to_json(draft)).with("id", &id).with("survey", &draft.survey);
        let entries = journal_rows(&id, &draft.journal);
        let change = |it: &Transaction, _: &[JsValue]| {
            it.add(DRAFTS, row.as_ref())?;
            add_entries(it, &entries, 0)
        };
        self.0.write(&[DRAFTS, JOURNAL], &change).await?;
        announce(&draft.survey);
        Ok(())
    }

    async fn append(&self, draft: ResponseId, entries: &[Entry]) -> Result<(), Fault> {
        let id = draft.to_text();
        let entries = journal_rows(&id, entries);
        let ask = |it: &Transaction| {
            Ok(vec![it.known(DRAFTS, &id.as_str().into())?, it.last(JOURNAL, &from(&id))?])
        };
        // Transactions that write to one store wait for each other, so nobody else takes the next place.
        let change = |it: &Transaction, answers: &[JsValue]| match answers {
            [known, last] if known.as_f64() == Some(1.0) => {
                let last = second_of_key(last).and_then(|last| last.as_f64());
                add_entries(it, &entries, last.map_or(0, |last| last as u32 + 1))
            }
            _ => Err(Fault::new(FaultKind::Gone, "no draft")),
        };
        self.0.read_and_write(&[DRAFTS, JOURNAL], &ask, &change).await.map(drop)
    }

    async fn draft(&self, id: ResponseId) -> Result<Option<Draft>, Fault> {
        let id = id.to_text();
        let ask =
            |it: &Transaction| Ok(vec![it.rows(JOURNAL, &from(&id))?, it.get(DRAFTS, &id.as_str().into())?]);
        let mut answers = self.0.read(&[DRAFTS, JOURNAL], &ask).await?;
        let (rows, journal) = (one(answers.pop()), list(answers.pop()));
        let place = Place::alone(DRAFTS, "");
        let Some(mut draft) = self.open_rows(place, &rows, read_draft).await?.pop() else { return Ok(None) };
        let place = Place::alone(JOURNAL, &draft.survey);
        let read: Read<Entry> = |row| response_wire::entry_from_json(&row.text()?);
        draft.journal = self.open_rows(place, &journal, read).await?;
        Ok(Some(draft))
    }

    async fn drafts(&self, survey: &str) -> Result<Vec<Draft>, Fault> {
        let ask = |it: &Transaction| Ok(vec![it.rows_with(DRAFTS, "survey", &survey.into())?]);
        let rows = list(self.0.read(&[DRAFTS], &ask).await?.pop());
        self.open_rows(Place::list(DRAFTS, survey), &rows, read_draft).await
    }

    async fn attach(&self, draft: ResponseId, name: &str, bytes: &[u8]) -> Result<(), Fault> {
        self.put_attachment(draft, name, bytes).await
    }

    async fn detach(&self, draft: ResponseId, name: &str) -> Result<(), Fault> {
        self.delete_attachment(draft, name).await
    }

    async fn add_attachments(&self, attachments: &[Attachment]) -> Result<usize, Fault> {
        self.join_attachments(attachments).await
    }

    async fn attachments(&self, survey: &str) -> Result<Vec<(ResponseId, String)>, Fault> {
        self.all_attachments(survey).await
    }

    async fn attachment(&self, response: ResponseId, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        self.bytes_of_attachment(response, name).await
    }

    async fn put_shown(&self, survey: &str, files: &[(String, Vec<u8>)]) -> Result<(), Fault> {
        self.put_shown_files(survey, files).await
    }

    async fn shown(&self, survey: &str, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        self.file(&attached::shown_by(survey), name).await
    }

    async fn discard(&self, id: ResponseId) -> Result<(), Fault> {
        let id = id.to_text();
        let key = JsValue::from_str(&id);
        let ask = |it: &Transaction| Ok(vec![it.get(DRAFTS, &key)?, it.get(SEALED, &key)?]);
        let change = |it: &Transaction, here: &[JsValue]| {
            if !is_finished(here.get(1)) {
                it.delete(SEALED, &key)?;
            }
            // Of a response that was a draft just now, nothing goes.
            if here.first().is_some_and(|row| row.is_object()) {
                it.delete(ATTACHMENTS, &from(&id))?;
            }
            remove_draft(it, &id)
        };
        let stores = [DRAFTS, JOURNAL, SEALED, ATTACHMENTS];
        let changed = self.0.read_and_write(&stores, &ask, &change).await?;
        let here = changed.answers.into_iter().filter(|row| !row.is_undefined());
        here.for_each(|row| announce(&Row::from(row).string("survey")));
        Ok(())
    }

    async fn finish(&self, response: &Response) -> Result<(), Fault> {
        let (row, id) = (response_row(response), response.id.to_text());
        let ask = |it: &Transaction| {
            Ok(vec![
                it.rows_with(RESPONSES, "id", &id.as_str().into())?,
                it.rows_with(QUARANTINE, "survey", &response.survey.as_str().into())?,
                it.keys_with(RESPONSES, "example", &second_is_one(&response.survey))?,
                it.keys_in(ATTACHMENTS, &from(&id))?,
            ])
        };
        let change = |it: &Transaction, known: &[JsValue]| {
            remove_responses(it, &response.survey, known.get(2))?;
            match list(known.first().cloned()).iter().next() {
                None => it.add(RESPONSES, row.as_ref())?,
                Some(here) => {
                    // Finished twice, in two tabs: neither is lost.
                    settle(it, &row, &here.into(), &list(known.get(1).cloned()), true)?;
                }
            }
            for key in list(known.get(3).cloned()).iter() {
                let name = Array::from(&key).get(1).as_string();
                if !name.is_some_and(|name| response.names(&name)) {
                    it.delete(ATTACHMENTS, &key)?;
                }
            }
            remove_draft(it, &id)
        };
        let stores = [RESPONSES, DRAFTS, JOURNAL, QUARANTINE, COLUMNS, ATTACHMENTS];
        self.0.read_and_write(&stores, &ask, &change).await?;
        announce(&response.survey);
        Ok(())
    }

    async fn add(&self, responses: &[Response]) -> Result<Merge, Fault> {
        self.add_all(responses, false).await
    }

    async fn known(&self, ids: &[ResponseId]) -> Result<Vec<Response>, Fault> {
        let ask = |it: &Transaction| {
            ids.iter().map(|id| it.rows_with(RESPONSES, "id", &id.to_text().as_str().into())).collect()
        };
        let rows: Array =
            self.0.read(&[RESPONSES], &ask).await?.into_iter().flat_map(|rows| list(Some(rows))).collect();
        let place = Place::list(RESPONSES, "");
        let read = self.open_rows(place, &rows, read_response).await?;
        Ok(read.into_iter().map(|arrived| arrived.response).collect())
    }

    async fn aside(&self, survey: &str) -> Result<Vec<Response>, Fault> {
        let ask = |it: &Transaction| Ok(vec![it.rows_with(QUARANTINE, "survey", &survey.into())?]);
        let rows = list(self.0.read(&[QUARANTINE], &ask).await?.pop());
        let read = |row| {
            let text = Row::from(row).set_aside(RESPONSES)?.text().ok()?;
            response_wire::response_from_json(&text).ok()
        };
        Ok(rows.iter().filter_map(read).collect())
    }

    async fn responses(&self, survey: &str, after: u64, limit: usize) -> Result<Vec<Arrived>, Fault> {
        // An index over two columns, one of them counted up by the browser, is not the same everywhere, and a list of all
        // keys takes half a second for 100,000: so find the first one, then read whatever arrived next and leave out the rest.
        let mut after = after as f64;
        while limit > 0
            && let Some(first) = self.0.next(RESPONSES, "survey", &survey.into(), after).await?
        {
            after = first + limit as f64 - 1.0;
            let window = numbers(first, after);
            let rows =
                list(self.0.read(&[RESPONSES], &|it| Ok(vec![it.rows(RESPONSES, &window)?])).await?.pop());
            let rows: Array =
                rows.iter().filter(|row| Row::from(row.clone()).string("survey") == survey).collect();
            let read = self.open_rows(Place::list(RESPONSES, survey), &rows, read_response).await?;
            if !read.is_empty() {
                return Ok(read);
            }
        }
        Ok(Vec::new())
    }

    async fn remove_examples(&self, survey: &str) -> Result<usize, Fault> {
        let ask = |it: &Transaction| Ok(vec![it.keys_with(RESPONSES, "example", &second_is_one(survey))?]);
        // Mostly there are none, and whoever only looks writes nothing.
        if list(self.0.read(&[RESPONSES], &ask).await?.pop()).length() == 0 {
            return Ok(0);
        }
        let change = |it: &Transaction, keys: &[JsValue]| remove_responses(it, survey, keys.first());
        let mut changed = self.0.read_and_write(&[RESPONSES, COLUMNS], &ask, &change).await?;
        announce(survey);
        Ok(list(changed.answers.pop()).length() as usize)
    }

    async fn add_sealed(&self, sealed: &[Sealed]) -> Result<Merge, Fault> {
        self.put_sealed(sealed).await
    }

    async fn sealed(&self, survey: &str) -> Result<Vec<Sealed>, Fault> {
        self.all_sealed(survey).await
    }

    async fn sealed_days(&self, survey: &str) -> Result<Vec<(ResponseId, Date)>, Fault> {
        self.days_of_sealed(survey).await
    }

    async fn add_opened(&self, responses: &[Response]) -> Result<Merge, Fault> {
        self.add_all(responses, true).await
    }

    async fn key(&self, survey: &str) -> Result<Option<String>, Fault> {
        self.text_of(KEYS, survey).await
    }

    async fn put_key(&self, survey: &str, key: &str) -> Result<(), Fault> {
        self.put_text(KEYS, survey, key).await
    }

    async fn held(&self, survey: &str, reach: &Reach) -> Result<Held, Fault> {
        let ask = |it: &Transaction| ask_within(it, survey, reach);
        let keys = keys_within(&self.0.read(&[RESPONSES], &ask).await?, reach);
        // They come in the order of their days.
        let Some(first) = keys.first() else { return Ok(Held::default()) };
        let row = one(self.0.read(&[RESPONSES], &|it| Ok(vec![it.get(RESPONSES, first)?])).await?.pop());
        let oldest = Date::parse(&Row::from(row.get(0)).string("finished"));
        Ok(Held { count: keys.len(), oldest })
    }

    async fn remove_held(
        &self,
        survey: &str,
        reach: &Reach,
        sealed: &[ResponseId],
        coding: Option<&str>,
    ) -> Result<usize, Fault> {
        self.delete_held(survey, reach, sealed, coding).await
    }

    async fn copies(&self, survey: &str) -> Result<Vec<CopyMade>, Fault> {
        let rows =
            list(self.0.read(&[CODINGS], &|it| Ok(vec![it.rows(CODINGS, &from(survey))?])).await?.pop());
        let place = Place::list(CODINGS, survey);
        self.open_rows(place, &rows, |row| copy_from_json(&row.text()?)).await
    }

    async fn put_copy(&self, survey: &str, copy: &CopyMade) -> Result<(), Fault> {
        let row = Row::of_copy(survey, copy);
        self.0.write(&[CODINGS], &|it, _| it.put(CODINGS, row.as_ref())).await?;
        announce(survey);
        Ok(())
    }

    async fn remove_survey(&self, survey: &str) -> Result<(), Fault> {
        self.delete_survey(survey).await
    }

    async fn standing(&self, survey: &str) -> Result<Standing, Fault> {
        let ask = |it: &Transaction| {
            Ok(vec![it.get(COLUMNS, &Row::mark_key(survey))?, it.last(RESPONSES, &JsValue::NULL)?])
        };
        let mut new = None;
        loop {
            let answers = self.0.read(&[COLUMNS, RESPONSES], &ask).await?;
            let last = answers.get(1).and_then(|cursor| cursor.dyn_ref::<IdbCursor>()?.key().ok()?.as_f64());
            let last = last.unwrap_or_default() as u64;
            // Where none can be written, for lack of room, it is another one each time.
            if let Some(mark) = mark_in(answers.first()).or(new) {
                return Ok(Standing { last, mark });
            }
            // Responses went, or nobody has read any yet: those that were counted as newer may be gone.
            self.1.borrow_mut().retain(|(of, _)| *of != *survey);
            let mark = random::seed() >> 11;
            let row = Row::of_mark(survey, mark);
            // Another tab may be quicker, and then its mark counts.
            let _ = self.0.write(&[COLUMNS], &|it, _| it.add_new(COLUMNS, row.as_ref())).await;
            new = Some(mark);
        }
    }

    async fn blocks(&self, survey: &str, after: u64, limit: usize) -> Result<Vec<Block>, Fault> {
        let Some(limit) = u32::try_from(limit).ok().filter(|limit| *limit > 0) else { return Ok(Vec::new()) };
        let range = from_number(survey, after as f64);
        let ask = |it: &Transaction| Ok(vec![it.some_rows(COLUMNS, &range, limit)?]);
        let rows = list(self.0.read(&[COLUMNS], &ask).await?.pop());
        Ok(rows.iter().filter_map(|row| Row::from(row).block()).collect())
    }

    async fn put_blocks(&self, survey: &str, mark: u64, blocks: &[Block]) -> Result<(), Fault> {
        let rows: Vec<Row> = blocks.iter().map(|block| Row::of_block(survey, block)).collect();
        let ask = |it: &Transaction| Ok(vec![it.get(COLUMNS, &Row::mark_key(survey))?]);
        let change = |it: &Transaction, answers: &[JsValue]| {
            let same = mark_in(answers.first()) == Some(mark);
            rows.iter().filter(|_| same).try_for_each(|row| it.put(COLUMNS, row.as_ref()))
        };
        self.0.read_and_write(&[COLUMNS], &ask, &change).await.map(drop)
    }

    async fn remove_blocks(&self, survey: &str, after: u64) -> Result<(), Fault> {
        let range = from_number(survey, after as f64);
        self.0.write(&[COLUMNS], &|it, _| it.delete(COLUMNS, &range)).await.map(drop)
    }

    fn newer(&self, survey: &str) -> usize {
        let of = |of: &JsValue| of.as_string().unwrap_or_default();
        self.1.borrow().iter().filter(|(named, _)| of(named) == survey).count()
    }

    async fn coding(&self, survey: &str) -> Result<Option<String>, Fault> {
        self.text_of(CODINGS, survey).await
    }

    async fn put_coding(&self, survey: &str, coding: &str) -> Result<(), Fault> {
        self.put_text(CODINGS, survey, coding).await
    }
}

fn mark_in(answer: Option<&JsValue>) -> Option<u64> {
    let row = Row::from(answer.filter(|row| row.is_object())?.clone());
    row.number("mark").map(|mark| mark as u64)
}

fn read_survey(row: &Row) -> Result<Survey, ReadError> {
    survey_wire::from_json(&row.text()?)
}

fn response_row(response: &Response) -> Row {
    let row = Row::new(&response_wire::response_to_json(response))
        .with("id", &response.id.to_text())
        .with("survey", &response.survey)
        .with("finished", &response.finished.to_string());
    // IndexedDB indexes no booleans.
    row.set_number("example", u32::from(response.example));
    row
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

fn add_entries(transaction: &Transaction, rows: &[Row], first: u32) -> Result<(), Fault> {
    for (n, row) in (first..).zip(rows) {
        row.set_number("n", n);
        transaction.add(JOURNAL, row.as_ref())?;
    }
    Ok(())
}

fn remove_draft(transaction: &Transaction, id: &str) -> Result<(), Fault> {
    transaction.delete(DRAFTS, &id.into())?;
    transaction.delete(JOURNAL, &from(id))
}

/// Removes responses of a survey, and the blocks in which they are counted.
fn remove_responses(it: &Transaction, survey: &str, keys: Option<&JsValue>) -> Result<(), Fault> {
    if list(keys.cloned()).length() > 0 {
        it.delete(COLUMNS, &from(survey))?;
    }
    delete_all(it, RESPONSES, keys)
}

fn delete_all(transaction: &Transaction, store: &str, keys: Option<&JsValue>) -> Result<(), Fault> {
    list(keys.cloned()).iter().try_for_each(|key| transaction.delete(store, &key))
}

/// Of a survey, what an index calls an example, or finished.
fn second_is_one(survey: &str) -> JsValue {
    Array::of2(&survey.into(), &1.into()).into()
}

/// An answer that is a list.
fn list(answer: Option<JsValue>) -> Array {
    answer.and_then(|answer| answer.dyn_into().ok()).unwrap_or_default()
}

/// An answer that is a row or undefined, as a list.
fn one(answer: Option<JsValue>) -> Array {
    answer.filter(|row| !row.is_undefined()).into_iter().collect()
}

/// The second part of the key under a cursor; `None` where the cursor found nothing.
fn second_of_key(cursor: &JsValue) -> Option<JsValue> {
    let key = cursor.dyn_ref::<IdbCursor>()?.key().ok()?;
    Some(key.dyn_into::<Array>().ok()?.get(1))
}
