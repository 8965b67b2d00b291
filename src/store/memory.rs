use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::{
    Arrived, Block, CopyMade, Counts, Fault, FaultKind, Held, Merge, Reach, ResponseStore, Standing, rank,
    twins,
};
use crate::form::{Date, FormSource};
use crate::response::{Attachment, Draft, Entry, FormReference, Response, ResponseId, Sealed};
use crate::survey::Survey;

/// Keeps everything in memory, for native tests and for going on where a browser refuses to store. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct MemoryStore(Rc<RefCell<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    surveys: BTreeMap<String, Survey>,
    forms: BTreeMap<FormReference, FormSource>,
    drafts: BTreeMap<ResponseId, Draft>,
    responses: BTreeMap<u64, Response>,
    /// Where each of them is.
    ids: BTreeMap<ResponseId, u64>,
    /// The last place of arrival given away; none is used twice, removed or not.
    last: u64,
    /// By survey; one for whoever asks first, until responses of it go.
    marks: BTreeMap<String, u64>,
    last_mark: u64,
    /// By survey and where they begin.
    blocks: BTreeMap<(String, u64), Block>,
    codings: BTreeMap<String, String>,
    keys: BTreeMap<String, String>,
    sealed: BTreeMap<ResponseId, Sealed>,
    /// By survey and sum.
    copies: BTreeMap<(String, String), CopyMade>,
    aside: Vec<Response>,
    attachments: BTreeMap<(ResponseId, String), Attachment>,
    /// By survey and name.
    shown: BTreeMap<(String, String), Vec<u8>>,
    /// Of responses that read as those of a newer version.
    newer: BTreeSet<ResponseId>,
    /// Of those, which have been met, and their survey.
    met: BTreeSet<(String, ResponseId)>,
}

impl Kept {
    fn arrive(&mut self, response: &Response) {
        self.last += 1;
        self.ids.insert(response.id, self.last);
        self.responses.insert(self.last, response.clone());
    }

    /// Adds a response, and settles which one counts where one of its id is there.
    fn add(&mut self, response: &Response, merge: &mut Merge) {
        let here = self.ids.get(&response.id).and_then(|at| Some((*at, self.responses.get(at)?.clone())));
        let Some((at, here)) = here else {
            self.arrive(response);
            merge.added += 1;
            return;
        };
        if here == *response || self.aside.contains(response) {
            merge.already_had += 1;
            return;
        }
        merge.aside += 1;
        if here.survey != response.survey || rank(&here) < rank(response) {
            self.aside.push(response.clone());
            return;
        }
        merge.replaced += 1;
        self.responses.remove(&at);
        self.arrive(response);
        self.forget_blocks(&here.survey);
        self.aside.push(here);
    }

    fn forget_blocks(&mut self, survey: &str) {
        self.marks.remove(survey);
        self.met.retain(|(of, _)| of != survey);
        self.blocks.retain(|(of, _), _| of != survey);
    }

    /// Removes responses, and the blocks of the survey that they are of. Says how many.
    fn remove(&mut self, survey: &str, goes: impl Fn(u64, &Response) -> bool) -> usize {
        let before = self.responses.len();
        let (ids, mut gone) = (&mut self.ids, BTreeSet::new());
        self.responses.retain(|arrival, response| {
            let goes =
                response.survey == survey && goes(*arrival, response) && ids.remove(&response.id).is_some();
            if goes {
                gone.insert(response.id);
            }
            !goes
        });
        self.attachments.retain(|(of, _), _| !gone.contains(of));
        let removed = before - self.responses.len();
        if removed > 0 {
            self.forget_blocks(survey);
        }
        removed
    }
}

impl MemoryStore {
    /// From now on the response of this id reads as one that a newer version wrote; or no longer does, as after an update.
    pub fn make_newer(&self, id: ResponseId, newer: bool) {
        let mut kept = self.0.borrow_mut();
        if newer {
            kept.newer.insert(id);
        } else {
            kept.newer.remove(&id);
            kept.met.retain(|(_, met)| *met != id);
        }
    }
}

impl ResponseStore for MemoryStore {
    async fn surveys(&self) -> Result<Vec<Survey>, Fault> {
        Ok(self.0.borrow().surveys.values().cloned().collect())
    }

    async fn put_survey(&self, survey: &Survey, form: Option<&FormSource>) -> Result<(), Fault> {
        let mut kept = self.0.borrow_mut();
        kept.surveys.insert(survey.id.clone(), survey.clone());
        if let Some(form) = form {
            let reference = FormReference { id: form.id.clone(), version: form.version.clone() };
            kept.forms.entry(reference).or_insert_with(|| form.clone());
        }
        Ok(())
    }

    async fn form(&self, reference: &FormReference) -> Result<Option<FormSource>, Fault> {
        Ok(self.0.borrow().forms.get(reference).cloned())
    }

    async fn counts(&self) -> Result<Vec<(String, Counts)>, Fault> {
        let kept = self.0.borrow();
        let counts = |id: &String| {
            let mut counts = Counts::default();
            for response in kept.responses.values().filter(|response| response.survey == *id) {
                counts.finished += 1;
                counts.examples += usize::from(response.example);
                counts.last = counts.last.max(Some(response.finished));
            }
            counts.damaged = kept.aside.iter().filter(|response| response.survey == *id).count();
            for sealed in kept.sealed.values().filter(|sealed| sealed.survey == *id) {
                counts.sealed += usize::from(sealed.finished);
                counts.unfinished += usize::from(!sealed.finished);
            }
            counts.files = kept.attachments.values().filter(|file| file.survey == *id).count();
            counts.drafts = kept.drafts.values().filter(|draft| draft.survey == *id).count();
            counts
        };
        Ok(kept.surveys.keys().map(|id| (id.clone(), counts(id))).collect())
    }

    async fn begin(&self, draft: &Draft) -> Result<(), Fault> {
        let mut kept = self.0.borrow_mut();
        if kept.drafts.contains_key(&draft.id) {
            return Err(Fault::new(FaultKind::Other, "draft exists"));
        }
        kept.drafts.insert(draft.id, draft.clone());
        Ok(())
    }

    async fn append(&self, draft: ResponseId, entries: &[Entry]) -> Result<(), Fault> {
        match self.0.borrow_mut().drafts.get_mut(&draft) {
            Some(draft) => draft.journal.extend_from_slice(entries),
            None => return Err(Fault::new(FaultKind::Gone, "no draft")),
        }
        Ok(())
    }

    async fn draft(&self, id: ResponseId) -> Result<Option<Draft>, Fault> {
        Ok(self.0.borrow().drafts.get(&id).cloned())
    }

    async fn drafts(&self, survey: &str) -> Result<Vec<Draft>, Fault> {
        let without_journal = |draft: &Draft| Draft { journal: Vec::new(), ..draft.clone() };
        let kept = self.0.borrow();
        Ok(kept.drafts.values().filter(|draft| draft.survey == survey).map(without_journal).collect())
    }

    async fn attach(&self, draft: ResponseId, name: &str, bytes: &[u8]) -> Result<(), Fault> {
        let mut kept = self.0.borrow_mut();
        let survey = kept.drafts.get(&draft).map(|draft| draft.survey.clone());
        let survey = survey.ok_or_else(|| Fault::new(FaultKind::Gone, "no draft"))?;
        let attachment = Attachment { response: draft, survey, name: name.to_owned(), bytes: bytes.to_vec() };
        kept.attachments.insert((draft, name.to_owned()), attachment);
        Ok(())
    }

    async fn detach(&self, draft: ResponseId, name: &str) -> Result<(), Fault> {
        let mut kept = self.0.borrow_mut();
        if kept.drafts.contains_key(&draft) {
            kept.attachments.remove(&(draft, name.to_owned()));
        }
        Ok(())
    }

    async fn add_attachments(&self, attachments: &[Attachment]) -> Result<usize, Fault> {
        let (mut kept, mut added) = (self.0.borrow_mut(), 0);
        for attachment in attachments {
            let of = kept.ids.get(&attachment.response).and_then(|at| kept.responses.get(at));
            if of.is_none_or(|response| response.survey != attachment.survey) {
                continue;
            }
            let key = (attachment.response, attachment.name.clone());
            let here = kept.attachments.get(&key).map(|here| here.bytes <= attachment.bytes);
            added += usize::from(here.is_none());
            if here != Some(true) {
                kept.attachments.insert(key, attachment.clone());
            }
        }
        Ok(added)
    }

    async fn attachments(&self, survey: &str) -> Result<Vec<(ResponseId, String)>, Fault> {
        let kept = self.0.borrow();
        let of_survey = kept.attachments.iter().filter(|(_, attachment)| attachment.survey == survey);
        Ok(of_survey.map(|(key, _)| key.clone()).collect())
    }

    async fn attachment(&self, response: ResponseId, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        let kept = self.0.borrow();
        Ok(kept.attachments.get(&(response, name.to_owned())).map(|attachment| attachment.bytes.clone()))
    }

    async fn put_shown(&self, survey: &str, files: &[(String, Vec<u8>)]) -> Result<(), Fault> {
        let mut kept = self.0.borrow_mut();
        for (name, bytes) in files {
            kept.shown.entry((survey.to_owned(), name.clone())).or_insert_with(|| bytes.clone());
        }
        Ok(())
    }

    async fn shown(&self, survey: &str, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        Ok(self.0.borrow().shown.get(&(survey.to_owned(), name.to_owned())).cloned())
    }

    async fn discard(&self, id: ResponseId) -> Result<(), Fault> {
        let mut kept = self.0.borrow_mut();
        if kept.drafts.remove(&id).is_some() {
            kept.attachments.retain(|(of, _), _| *of != id);
        }
        kept.sealed.retain(|of, sealed| *of != id || sealed.finished);
        Ok(())
    }

    async fn finish(&self, response: &Response) -> Result<(), Fault> {
        let mut kept = self.0.borrow_mut();
        kept.remove(&response.survey, |_, response| response.example);
        kept.add(response, &mut Merge::default());
        kept.drafts.remove(&response.id);
        kept.attachments.retain(|(of, name), _| *of != response.id || response.names(name));
        Ok(())
    }

    async fn add(&self, responses: &[Response]) -> Result<Merge, Fault> {
        let (mut kept, mut merge) = (self.0.borrow_mut(), Merge::default());
        let behind = twins(responses);
        let leads = |(at, _): &(usize, &Response)| behind.binary_search(at).is_err();
        responses.iter().enumerate().filter(leads).for_each(|(_, response)| kept.add(response, &mut merge));
        for response in behind.iter().filter_map(|at| responses.get(*at)) {
            kept.add(response, &mut merge);
        }
        Ok(merge)
    }

    async fn known(&self, ids: &[ResponseId]) -> Result<Vec<Response>, Fault> {
        let (kept, ids) = (self.0.borrow(), ids.iter().collect::<BTreeSet<_>>());
        Ok(kept.responses.values().filter(|response| ids.contains(&response.id)).cloned().collect())
    }

    async fn aside(&self, survey: &str) -> Result<Vec<Response>, Fault> {
        let kept = self.0.borrow();
        Ok(kept.aside.iter().filter(|response| response.survey == survey).cloned().collect())
    }

    async fn responses(&self, survey: &str, after: u64, limit: usize) -> Result<Vec<Arrived>, Fault> {
        let mut kept = self.0.borrow_mut();
        let (mut page, mut met) = (Vec::new(), Vec::new());
        for (&arrival, response) in &kept.responses {
            if page.len() == limit || arrival <= after || response.survey != survey {
                continue;
            }
            if kept.newer.contains(&response.id) {
                met.push((survey.to_owned(), response.id));
            } else {
                page.push(Arrived { arrival, response: response.clone() });
            }
        }
        kept.met.extend(met);
        Ok(page)
    }

    fn newer(&self, survey: &str) -> usize {
        self.0.borrow().met.iter().filter(|(of, _)| of == survey).count()
    }

    async fn remove_examples(&self, survey: &str) -> Result<usize, Fault> {
        Ok(self.0.borrow_mut().remove(survey, |_, response| response.example))
    }

    async fn held(&self, survey: &str, reach: &Reach) -> Result<Held, Fault> {
        let kept = self.0.borrow();
        let within = |(arrival, response): &(&u64, &Response)| {
            response.survey == survey && is_within(reach, **arrival, response)
        };
        let days: Vec<_> =
            kept.responses.iter().filter(within).map(|(_, response)| response.finished).collect();
        Ok(Held { count: days.len(), oldest: days.into_iter().min() })
    }

    async fn remove_held(
        &self,
        survey: &str,
        reach: &Reach,
        sealed: &[ResponseId],
        coding: Option<&str>,
    ) -> Result<usize, Fault> {
        let mut kept = self.0.borrow_mut();
        if let Some(coding) = coding {
            kept.codings.insert(survey.to_owned(), coding.to_owned());
        }
        let before = kept.sealed.len();
        kept.sealed.retain(|id, one| one.survey != survey || !sealed.contains(id));
        let gone = before - kept.sealed.len();
        Ok(gone + kept.remove(survey, |arrival, response| is_within(reach, arrival, response)))
    }

    async fn copies(&self, survey: &str) -> Result<Vec<CopyMade>, Fault> {
        let kept = self.0.borrow();
        let of_survey = kept.copies.range((survey.to_owned(), String::new())..);
        let of_survey = of_survey.take_while(|((of, _), _)| of == survey);
        Ok(of_survey.map(|(_, copy)| copy.clone()).collect())
    }

    async fn put_copy(&self, survey: &str, copy: &CopyMade) -> Result<(), Fault> {
        self.0.borrow_mut().copies.insert((survey.to_owned(), copy.sum.clone()), copy.clone());
        Ok(())
    }

    async fn add_sealed(&self, sealed: &[Sealed]) -> Result<Merge, Fault> {
        let mut kept = self.0.borrow_mut();
        let mut merge = Merge::default();
        for one in sealed {
            let here = kept.sealed.get(&one.id).map(|here| here.finished);
            if here == Some(true) || (here == Some(false) && !one.finished) {
                merge.already_had += 1;
            } else {
                merge.added += 1;
            }
            if here != Some(true) {
                kept.sealed.insert(one.id, one.clone());
            }
        }
        Ok(merge)
    }

    async fn sealed(&self, survey: &str) -> Result<Vec<Sealed>, Fault> {
        let kept = self.0.borrow();
        Ok(kept.sealed.values().filter(|sealed| sealed.survey == survey).cloned().collect())
    }

    async fn sealed_days(&self, survey: &str) -> Result<Vec<(ResponseId, Date)>, Fault> {
        let kept = self.0.borrow();
        let finished = kept.sealed.values().filter(|sealed| sealed.survey == survey && sealed.finished);
        Ok(finished.map(|sealed| (sealed.id, sealed.day)).collect())
    }

    async fn add_opened(&self, responses: &[Response]) -> Result<Merge, Fault> {
        let merge = self.add(responses).await?;
        let mut kept = self.0.borrow_mut();
        responses.iter().for_each(|response| drop(kept.sealed.remove(&response.id)));
        Ok(merge)
    }

    async fn key(&self, survey: &str) -> Result<Option<String>, Fault> {
        Ok(self.0.borrow().keys.get(survey).cloned())
    }

    async fn put_key(&self, survey: &str, key: &str) -> Result<(), Fault> {
        self.0.borrow_mut().keys.insert(survey.to_owned(), key.to_owned());
        Ok(())
    }

    async fn remove_survey(&self, survey: &str) -> Result<(), Fault> {
        let mut kept = self.0.borrow_mut();
        kept.remove(survey, |_, _| true);
        kept.forget_blocks(survey);
        kept.drafts.retain(|_, draft| draft.survey != survey);
        kept.aside.retain(|response| response.survey != survey);
        kept.attachments.retain(|_, attachment| attachment.survey != survey);
        kept.shown.retain(|(of, _), _| of != survey);
        kept.surveys.remove(survey);
        kept.codings.remove(survey);
        kept.keys.remove(survey);
        kept.sealed.retain(|_, sealed| sealed.survey != survey);
        kept.copies.retain(|(of, _), _| of != survey);
        Ok(())
    }

    async fn standing(&self, survey: &str) -> Result<Standing, Fault> {
        let mut kept = self.0.borrow_mut();
        let last = kept.responses.last_key_value().map_or(0, |(arrival, _)| *arrival);
        if !kept.marks.contains_key(survey) {
            kept.last_mark += 1;
            let mark = kept.last_mark;
            kept.marks.insert(survey.to_owned(), mark);
        }
        Ok(Standing { last, mark: kept.marks.get(survey).copied().unwrap_or_default() })
    }

    async fn blocks(&self, survey: &str, after: u64, limit: usize) -> Result<Vec<Block>, Fault> {
        let kept = self.0.borrow();
        let of_survey = kept.blocks.range((survey.to_owned(), after)..=(survey.to_owned(), u64::MAX));
        Ok(of_survey.take(limit).map(|(_, block)| block.clone()).collect())
    }

    async fn put_blocks(&self, survey: &str, mark: u64, blocks: &[Block]) -> Result<(), Fault> {
        let mut kept = self.0.borrow_mut();
        if kept.marks.get(survey) == Some(&mark) {
            let with_key = |block: &Block| ((survey.to_owned(), block.after), block.clone());
            kept.blocks.extend(blocks.iter().map(with_key));
        }
        Ok(())
    }

    async fn remove_blocks(&self, survey: &str, after: u64) -> Result<(), Fault> {
        self.0.borrow_mut().blocks.retain(|(of, begins), _| of != survey || *begins < after);
        Ok(())
    }

    async fn coding(&self, survey: &str) -> Result<Option<String>, Fault> {
        Ok(self.0.borrow().codings.get(survey).cloned())
    }

    async fn put_coding(&self, survey: &str, coding: &str) -> Result<(), Fault> {
        self.0.borrow_mut().codings.insert(survey.to_owned(), coding.to_owned());
        Ok(())
    }
}

fn is_within(reach: &Reach, arrival: u64, response: &Response) -> bool {
    let by = reach.finished_by.is_none_or(|day| response.finished <= day);
    !response.example && by && reach.has(arrival)
}
