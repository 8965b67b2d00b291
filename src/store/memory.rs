use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::{Arrived, Counts, Fault, FaultKind, Merge, ResponseStore};
use crate::form::FormSource;
use crate::response::{Draft, Entry, FormReference, Response, ResponseId};
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
    /// The last place of arrival given away; none is used twice, removed or not.
    last: u64,
}

impl Kept {
    fn add(&mut self, response: &Response) -> bool {
        let new = !self.responses.values().any(|known| known.id == response.id);
        if new {
            self.last += 1;
            self.responses.insert(self.last, response.clone());
        }
        new
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

    async fn discard(&self, id: ResponseId) -> Result<(), Fault> {
        self.0.borrow_mut().drafts.remove(&id);
        Ok(())
    }

    async fn finish(&self, response: &Response) -> Result<(), Fault> {
        let mut kept = self.0.borrow_mut();
        kept.add(response);
        kept.drafts.remove(&response.id);
        Ok(())
    }

    async fn add(&self, responses: &[Response]) -> Result<Merge, Fault> {
        let mut kept = self.0.borrow_mut();
        let added = responses.iter().filter(|response| kept.add(response)).count();
        Ok(Merge { added, already_had: responses.len() - added, refused: 0 })
    }

    async fn responses(&self, survey: &str, after: u64, limit: usize) -> Result<Vec<Arrived>, Fault> {
        let kept = self.0.borrow();
        let later = kept
            .responses
            .iter()
            .filter(|(arrival, response)| **arrival > after && response.survey == survey);
        Ok(later
            .take(limit)
            .map(|(arrival, response)| Arrived { arrival: *arrival, response: response.clone() })
            .collect())
    }

    async fn remove_examples(&self, survey: &str) -> Result<usize, Fault> {
        let mut kept = self.0.borrow_mut();
        let before = kept.responses.len();
        kept.responses.retain(|_, response| !(response.example && response.survey == survey));
        Ok(before - kept.responses.len())
    }

    async fn remove_survey(&self, survey: &str) -> Result<(), Fault> {
        let mut kept = self.0.borrow_mut();
        kept.responses.retain(|_, response| response.survey != survey);
        kept.drafts.retain(|_, draft| draft.survey != survey);
        kept.surveys.remove(survey);
        Ok(())
    }
}
