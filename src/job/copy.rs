use std::collections::BTreeSet;

use super::run::BATCH;
use super::{JobError, Outcome, ReceiptRead};
use crate::form::Date;
use crate::response::ResponseId;
use crate::share::bundle;
use crate::share::receipt::{read, receipt};
use crate::store::{CopyMade, Marks, Reach, ResponseStore, sealed_in};
use crate::summary::text::wire;

/// Whether these bytes, read back from where they were put, are the whole bundle that was made.
pub(super) fn prove(bytes: &[u8], sum: &str, count: usize) -> Outcome {
    let read = bundle::read(bytes);
    Outcome::Proved(read.is_ok_and(|read| {
        let sealed = read.sealed.iter().filter(|sealed| sealed.finished).count();
        read.sum == sum && read.responses.len() + sealed == count
    }))
}

/// Takes note that a bundle made here was joined elsewhere, as the receipt that somebody typed says. It holds for that copy:
/// what came later is confirmed by none.
pub(super) async fn confirm(
    survey: &str,
    typed: &str,
    today: Date,
    store: &impl ResponseStore,
) -> Result<Outcome, JobError> {
    let Some(code) = read(typed) else { return Ok(Outcome::Receipt(ReceiptRead::Mistyped)) };
    let copies = store.copies(survey).await?;
    let Some(copy) = copies.iter().find(|copy| receipt(&copy.sum) == code) else {
        return Ok(Outcome::Receipt(ReceiptRead::Unknown));
    };
    let confirmed = copy.confirmed.or(Some(today));
    store.put_copy(survey, &CopyMade { confirmed, ..copy.clone() }).await?;
    let copies = store.copies(survey).await?;
    let (marks, elsewhere) = (Marks::of(&copies), sealed_in(&copies, true));
    let sealed = store.sealed_days(survey).await?;
    let left = store.held(survey, &Reach::after(marks.confirmed)).await?.count
        + sealed.iter().filter(|(id, _)| !elsewhere.contains(id)).count();
    Ok(Outcome::Receipt(ReceiptRead::Confirmed { count: copy.count, left }))
}

/// Removes the responses up to an arrival that are known to be elsewhere, and takes them out of the coding; and the sealed
/// ones, which have no arrival, that are in a copy whose receipt was entered. Whatever was
/// asked for, what no receipt was entered for stays.
pub(super) async fn remove_confirmed(
    survey: &str,
    upto: u64,
    finished_by: Option<Date>,
    store: &impl ResponseStore,
) -> Result<Outcome, JobError> {
    let copies = store.copies(survey).await?;
    let reach = Reach { finished_by, ..Reach::upto(upto.min(Marks::of(&copies).confirmed)) };
    let coding = without(survey, &reach, store).await?;
    let elsewhere = sealed_in(&copies, true);
    let goes = |(id, finished): &(ResponseId, Date)| {
        elsewhere.contains(id) && finished_by.is_none_or(|day| *finished <= day)
    };
    let here = if elsewhere.is_empty() { Vec::new() } else { store.sealed_days(survey).await? };
    let sealed: Vec<ResponseId> = here.into_iter().filter(goes).map(|(id, _)| id).collect();
    Ok(Outcome::Removed(store.remove_held(survey, &reach, &sealed, coding.as_deref()).await?))
}

/// The coding without the responses within reach; `None`: it can stay as it is. One that cannot be read stays too: it holds
/// no text of anybody's.
async fn without(
    survey: &str,
    reach: &Reach,
    store: &impl ResponseStore,
) -> Result<Option<String>, JobError> {
    let Some(mut open) = store.coding(survey).await?.and_then(|kept| wire::from_json(&kept).ok()) else {
        return Ok(None);
    };
    let (mut gone, mut after) = (BTreeSet::<ResponseId>::new(), reach.after);
    loop {
        let page = store.responses(survey, after, BATCH).await?;
        let Some(last) = page.last().filter(|_| after < reach.upto) else { break };
        after = last.arrival;
        let goes = |response: &crate::response::Response| {
            !response.example && reach.finished_by.is_none_or(|day| response.finished <= day)
        };
        let within = page.iter().filter(|one| reach.has(one.arrival) && goes(&one.response));
        gone.extend(within.map(|one| one.response.id));
    }
    open.forget(&gone);
    Ok(Some(wire::to_json(&open)))
}
