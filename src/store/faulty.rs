use std::cell::Cell;

use super::{
    Arrived, Block, CopyMade, Counts, Fault, FaultKind, Held, Merge, Reach, ResponseStore, Standing,
};
use crate::form::{Date, FormSource};
use crate::response::{Attachment, Draft, Entry, FormReference, Response, ResponseId, Sealed};
use crate::survey::Survey;

/// A store of which every n-th operation fails, before it has done anything: what a full disk or a lost connection looks
/// like from above. For tests of whoever uses a store.
#[derive(Debug)]
pub struct FaultyStore<S> {
    inner: S,
    every: Cell<u64>,
    at: Cell<u64>,
    kind: FaultKind,
    asked: Cell<u64>,
}

impl<S> FaultyStore<S> {
    /// Fails with this kind of fault at operations `every`, twice `every` and so on; never when `every` is 0.
    pub fn new(inner: S, every: u64, kind: FaultKind) -> FaultyStore<S> {
        FaultyStore { inner, every: Cell::new(every), at: Cell::default(), kind, asked: Cell::default() }
    }

    /// Fails otherwise from here on, and counts operations anew; 0: never again.
    pub fn fail_every(&self, every: u64) {
        self.every.set(every);
        self.asked.set(0);
    }

    /// Fails at the n-th operation from here on, once, besides.
    pub fn fail_at(&self, nth: u64) {
        self.at.set(nth);
        self.asked.set(0);
    }

    /// The store behind it, which does not fail.
    pub fn inner(&self) -> &S {
        &self.inner
    }

    /// How many operations were asked for, those that failed included.
    pub fn asked(&self) -> u64 {
        self.asked.get()
    }

    fn pass(&self) -> Result<&S, Fault> {
        let (asked, every) = (self.asked.get() + 1, self.every.get());
        self.asked.set(asked);
        if asked == self.at.get() || (every > 0 && asked.is_multiple_of(every)) {
            return Err(Fault::new(self.kind, format!("operation {asked} fails")));
        }
        Ok(&self.inner)
    }
}

impl<S: ResponseStore> ResponseStore for FaultyStore<S> {
    async fn surveys(&self) -> Result<Vec<Survey>, Fault> {
        self.pass()?.surveys().await
    }

    async fn put_survey(&self, survey: &Survey, form: Option<&FormSource>) -> Result<(), Fault> {
        self.pass()?.put_survey(survey, form).await
    }

    async fn form(&self, reference: &FormReference) -> Result<Option<FormSource>, Fault> {
        self.pass()?.form(reference).await
    }

    async fn counts(&self) -> Result<Vec<(String, Counts)>, Fault> {
        self.pass()?.counts().await
    }

    async fn begin(&self, draft: &Draft) -> Result<(), Fault> {
        self.pass()?.begin(draft).await
    }

    async fn append(&self, draft: ResponseId, entries: &[Entry]) -> Result<(), Fault> {
        self.pass()?.append(draft, entries).await
    }

    async fn draft(&self, id: ResponseId) -> Result<Option<Draft>, Fault> {
        self.pass()?.draft(id).await
    }

    async fn drafts(&self, survey: &str) -> Result<Vec<Draft>, Fault> {
        self.pass()?.drafts(survey).await
    }

    async fn attach(&self, draft: ResponseId, name: &str, bytes: &[u8]) -> Result<(), Fault> {
        self.pass()?.attach(draft, name, bytes).await
    }

    async fn detach(&self, draft: ResponseId, name: &str) -> Result<(), Fault> {
        self.pass()?.detach(draft, name).await
    }

    async fn add_attachments(&self, attachments: &[Attachment]) -> Result<usize, Fault> {
        self.pass()?.add_attachments(attachments).await
    }

    async fn attachments(&self, survey: &str) -> Result<Vec<(ResponseId, String)>, Fault> {
        self.pass()?.attachments(survey).await
    }

    async fn attachment(&self, response: ResponseId, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        self.pass()?.attachment(response, name).await
    }

    async fn put_shown(&self, survey: &str, files: &[(String, Vec<u8>)]) -> Result<(), Fault> {
        self.pass()?.put_shown(survey, files).await
    }

    async fn shown(&self, survey: &str, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        self.pass()?.shown(survey, name).await
    }

    async fn discard(&self, id: ResponseId) -> Result<(), Fault> {
        self.pass()?.discard(id).await
    }

    async fn finish(&self, response: &Response) -> Result<(), Fault> {
        self.pass()?.finish(response).await
    }

    async fn add(&self, responses: &[Response]) -> Result<Merge, Fault> {
        self.pass()?.add(responses).await
    }

    async fn known(&self, ids: &[ResponseId]) -> Result<Vec<Response>, Fault> {
        self.pass()?.known(ids).await
    }

    async fn aside(&self, survey: &str) -> Result<Vec<Response>, Fault> {
        self.pass()?.aside(survey).await
    }

    async fn responses(&self, survey: &str, after: u64, limit: usize) -> Result<Vec<Arrived>, Fault> {
        self.pass()?.responses(survey, after, limit).await
    }

    fn newer(&self, survey: &str) -> usize {
        self.inner.newer(survey)
    }

    async fn remove_examples(&self, survey: &str) -> Result<usize, Fault> {
        self.pass()?.remove_examples(survey).await
    }

    async fn add_sealed(&self, sealed: &[Sealed]) -> Result<Merge, Fault> {
        self.pass()?.add_sealed(sealed).await
    }

    async fn sealed(&self, survey: &str) -> Result<Vec<Sealed>, Fault> {
        self.pass()?.sealed(survey).await
    }

    async fn sealed_days(&self, survey: &str) -> Result<Vec<(ResponseId, Date)>, Fault> {
        self.pass()?.sealed_days(survey).await
    }

    async fn add_opened(&self, responses: &[Response]) -> Result<Merge, Fault> {
        self.pass()?.add_opened(responses).await
    }

    async fn key(&self, survey: &str) -> Result<Option<String>, Fault> {
        self.pass()?.key(survey).await
    }

    async fn put_key(&self, survey: &str, key: &str) -> Result<(), Fault> {
        self.pass()?.put_key(survey, key).await
    }

    async fn held(&self, survey: &str, reach: &Reach) -> Result<Held, Fault> {
        self.pass()?.held(survey, reach).await
    }

    async fn remove_held(
        &self,
        survey: &str,
        reach: &Reach,
        sealed: &[ResponseId],
        coding: Option<&str>,
    ) -> Result<usize, Fault> {
        self.pass()?.remove_held(survey, reach, sealed, coding).await
    }

    async fn copies(&self, survey: &str) -> Result<Vec<CopyMade>, Fault> {
        self.pass()?.copies(survey).await
    }

    async fn put_copy(&self, survey: &str, copy: &CopyMade) -> Result<(), Fault> {
        self.pass()?.put_copy(survey, copy).await
    }

    async fn remove_survey(&self, survey: &str) -> Result<(), Fault> {
        self.pass()?.remove_survey(survey).await
    }

    async fn standing(&self, survey: &str) -> Result<Standing, Fault> {
        self.pass()?.standing(survey).await
    }

    async fn blocks(&self, survey: &str, after: u64, limit: usize) -> Result<Vec<Block>, Fault> {
        self.pass()?.blocks(survey, after, limit).await
    }

    async fn put_blocks(&self, survey: &str, mark: u64, blocks: &[Block]) -> Result<(), Fault> {
        self.pass()?.put_blocks(survey, mark, blocks).await
    }

    async fn remove_blocks(&self, survey: &str, after: u64) -> Result<(), Fault> {
        self.pass()?.remove_blocks(survey, after).await
    }

    async fn coding(&self, survey: &str) -> Result<Option<String>, Fault> {
        self.pass()?.coding(survey).await
    }

    async fn put_coding(&self, survey: &str, coding: &str) -> Result<(), Fault> {
        self.pass()?.put_coding(survey, coding).await
    }
}
