//! Which of two responses with one id counts, and that the other one is kept.

use js_sys::Array;

use super::connection::{Transaction, from};
use super::row::Row;
use super::{COLUMNS, QUARANTINE, RESPONSES};
use crate::store::Fault;

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
    let known = here.string("text") == row.string("text")
        || aside.iter().any(|other| Row::from(other).sets_aside(row));
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
