//! Does jobs natively, as the worker does them: over any store, with nothing kept from before.

use std::ops::ControlFlow;

use sondeo::job::{Job, JobError, Kept, Outcome, Progress, Tools, run, run_text};
use sondeo::store::ResponseStore;

fn with_tools<T>(told: &mut Vec<Progress>, work: impl FnOnce(&mut Tools<'_>) -> T) -> (T, Vec<u8>) {
    let mut file = Vec::new();
    let mut tell = |now: Progress| {
        told.push(now);
        ControlFlow::Continue(())
    };
    let done = work(&mut Tools {
        matches,
        find,
        sealing: &|| Box::pin(async { None }),
        kept: &Kept::default(),
        progress: &mut tell,
        given: None,
        sink: &mut |part: &[u8]| file.extend_from_slice(part),
    });
    (done, file)
}

/// Does a job. Gives what came of it, and the bytes of the file if it was one.
pub(crate) fn done(job: &Job, store: &impl ResponseStore) -> Result<(Outcome, Vec<u8>), JobError> {
    let (outcome, file) = with_tools(&mut Vec::new(), |tools| wait(run(job, store, tools)));
    Ok((outcome?, file))
}

/// Does a job given as text. Gives the answer as text, and what was told on the way.
#[allow(dead_code, reason = "not every test asks in text")]
pub(crate) fn answered(request: &str, store: &impl ResponseStore) -> (String, Vec<Progress>) {
    let mut told = Vec::new();
    let (reply, _) = with_tools(&mut told, |tools| wait(run_text(request, store, tools)));
    (reply, told)
}

/// A store in memory is never waited for.
pub(crate) fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

/// Regular expressions anywhere in a text. Those that look around, which this crate cannot read, find nothing.
pub(crate) fn find(pattern: &str, text: &str) -> bool {
    regex_lite::Regex::new(pattern).is_ok_and(|regex| regex.is_match(text))
}

/// Whole-text regular expressions.
pub(crate) fn matches(pattern: &str, text: &str) -> Option<bool> {
    let anchored = format!("^(?:{})$", pattern.trim_start_matches('^').trim_end_matches('$'));
    regex_lite::Regex::new(&anchored).ok().map(|regex| regex.is_match(text))
}
