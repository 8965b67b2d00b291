//! Adding responses: which of two with one id counts, and that the other one is kept.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::JsValue;

use super::connection::{Transaction, from};
use super::row::Row;
use super::{COLUMNS, IdbStore, QUARANTINE, RESPONSES, SEALED, announce, list, read_response, response_row};
use crate::response::Response;
use crate::response::wire::ReadError;
use crate::store::{Fault, Merge, twins};

impl IdbStore {
    /// Adds responses; with `opens` what is sealed under their ids goes.
    pub(super) async fn add_all(&self, responses: &[Response], opens: bool) -> Result<Merge, Fault> {
        let rows: Rc<[Row]> = responses.iter().map(response_row).collect();
        let behind = twins(responses);
        let mut surveys: Vec<&str> = responses.iter().map(|response| response.survey.as_str()).collect();
        surveys.sort_unstable();
        surveys.dedup();
        // Mostly all are new, or all are here. Which it was the last time is tried first: of many files at once, all are alike.
        for new in [!self.2.were_here.get(), self.2.were_here.get()] {
            if opens || !behind.is_empty() {
                break;
            }
            if new && self.add_together(&rows).await? {
                self.2.were_here.set(false);
                surveys.into_iter().for_each(announce);
                return Ok(Merge { added: rows.len(), ..Merge::default() });
            }
            if !new && self.are_here(&rows).await? {
                self.2.were_here.set(true);
                return Ok(Merge { already_had: rows.len(), ..Merge::default() });
            }
        }
        let leads = |(at, _): &(usize, &Row)| behind.binary_search(at).is_err();
        let first = |it: &Transaction| {
            let mut opened = rows.iter().filter(|_| opens);
            opened.try_for_each(|row| it.delete(SEALED, &row.get("id")))?;
            let mut leading = rows.iter().enumerate().filter(leads);
            leading.try_for_each(|(_, row)| it.add_new(RESPONSES, row.as_ref()))?;
            // Counted as one that is there, so that the others are looked at.
            behind
                .first()
                .and_then(|at| rows.get(*at))
                .map_or(Ok(()), |row| it.add_new(RESPONSES, row.as_ref()))?;
            Ok(vec![it.known(RESPONSES, &0.into())?])
        };
        let ask = |it: &Transaction| {
            let aside = surveys.iter().map(|survey| it.rows_with(QUARANTINE, "survey", &(*survey).into()));
            let here =
                rows.iter().map(|row| it.rows_with(RESPONSES, "id", &row.string("id").as_str().into()));
            aside.chain(here).collect()
        };
        let settled = Cell::new(Merge::default());
        let change = |it: &Transaction, known: &[JsValue]| {
            let (aside, here) = known.split_at_checked(surveys.len()).unwrap_or((known, &[]));
            let aside: Array = aside.iter().flat_map(|rows| list(Some(rows.clone()))).collect();
            let mut merge = Merge::default();
            let order = rows.iter().enumerate().filter(leads).map(|(at, _)| at).chain(behind.iter().copied());
            for at in order {
                let Some((row, here)) = rows.get(at).zip(here.get(at)) else { continue };
                let Some(here) = list(Some(here.clone())).iter().next() else { continue };
                let here = Row::from(here);
                if here.same_text(row) {
                    continue;
                }
                // What a newer version wrote stays as it is.
                let newer = matches!(read_response(&here), Err(ReadError::Newer(_)));
                let leads = !newer && behind.binary_search(&at).is_err();
                let Settled { new, replaced } = settle(it, row, &here, &aside, leads)?;
                merge.aside += usize::from(new);
                merge.replaced += usize::from(replaced);
            }
            settled.set(merge);
            Ok(())
        };
        let mut stores = vec![RESPONSES, QUARANTINE, COLUMNS];
        stores.extend(opens.then_some(SEALED));
        let refused = self.0.add_and_settle(&stores, &first, &ask, &change).await?.refused;
        surveys.into_iter().for_each(announce);
        let merge = settled.get();
        let here = refused + behind.len().saturating_sub(1);
        Ok(Merge { added: rows.len() - here, already_had: here - merge.aside, ..merge })
    }

    /// Whether all of these rows are here as they are. Then there is nothing to write, which takes the most time of all.
    async fn are_here(&self, rows: &[Row]) -> Result<bool, Fault> {
        // The first one tells a file that was joined before from one that was not.
        for some in [rows.get(..1).unwrap_or_default(), rows] {
            let ask = |it: &Transaction| {
                some.iter().map(|row| it.rows_with(RESPONSES, "id", &row.get("id"))).collect()
            };
            let here = self.0.read(&[RESPONSES], &ask).await?;
            let same = |(row, here): (&Row, JsValue)| {
                list(Some(here)).iter().next().is_some_and(|here| Row::from(here).same_text(row))
            };
            if !some.iter().zip(here).all(same) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// What became of a response whose id is here already.
pub(super) struct Settled {
    /// It says something that was not known.
    pub(super) new: bool,
    /// It counts now, in place of the one that was here.
    pub(super) replaced: bool,
}

/// Keeps what two responses with one id say, and has the right one count. `aside`: what is kept aside of their survey;
/// `may_count`: no other one that comes with it ranks before it.
pub(super) fn settle(
    it: &Transaction,
    row: &Row,
    here: &Row,
    aside: &Array,
    may_count: bool,
) -> Result<Settled, Fault> {
    let known = here.same_text(row) || aside.iter().any(|other| Row::from(other).sets_aside(row));
    let survey = row.string("survey");
    let replaced = may_count && !known && here.string("survey") == survey && !here.ranks_before(row);
    if replaced {
        it.delete(COLUMNS, &from(&survey))?;
        it.delete(RESPONSES, &here.key(RESPONSES))?;
        it.add(RESPONSES, row.as_ref())?;
    }
    if !known {
        let other = if replaced { here } else { row }.in_quarantine(RESPONSES, "");
        it.put(QUARANTINE, other.as_ref())?;
        // The same again, in the same go, is known.
        aside.push(other.as_ref());
    }
    Ok(Settled { new: !known, replaced })
}
