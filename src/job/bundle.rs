use std::collections::BTreeSet;

use super::export::safe;
use super::kept::heed;
use super::medium;
use super::run::BATCH;
use super::{JobError, JobErrorKind, Merged, Outcome, Progress, Tools};
use crate::form::{Date, FormSource};
use crate::response::{Attachment, FormReference, Response, ResponseId, Sealed};
use crate::share::bundle::{Bundle, BundleError, BundleErrorKind, Writer, attachment, read, shown};
use crate::share::receipt::receipt;
use crate::store::{CopyMade, Fault, Merge, Reach, ResponseStore, rank};
use crate::survey::Survey;

/// Every response that people gave, with the survey and its questionnaires, as a file for another device.
pub(super) async fn bundle(
    id: &str,
    today: Date,
    store: &impl ResponseStore,
    tools: &mut Tools<'_>,
) -> Result<Outcome, JobError> {
    let survey = store.surveys().await?.into_iter().find(|survey| survey.id == id);
    let survey = survey.ok_or_else(|| JobError::new(JobErrorKind::NoSurvey, id))?;
    let form = store.form(&survey.form).await?.ok_or_else(|| JobError::new(JobErrorKind::NoForm, id))?;
    let counts = store.counts().await?.into_iter().find(|(of, _)| of == id).map(|(_, counts)| counts);
    let of = counts.map_or(0, |counts| counts.finished - counts.examples.min(counts.finished));
    let sealed = store.sealed(id).await?;
    let attachments = store.attachments(id).await?;
    // Of the form that is answered now: nobody looks at an earlier one again.
    let shows = form.shown_files();
    let with = (!sealed.is_empty(), !attachments.is_empty(), !shows.is_empty());
    let mut writer = Writer::begin(&survey, &form, today, with, tools.sink);
    // Which files the responses that are written name.
    let mut named: BTreeSet<(ResponseId, String)> = BTreeSet::new();
    let mut note = |responses: &[Response]| {
        for (of, name) in &attachments {
            if responses.iter().any(|response| response.id == *of && response.names(name)) {
                named.insert((*of, name.clone()));
            }
        }
    };
    let mut forms: Vec<FormReference> = vec![survey.form.clone()];
    let (mut after, mut done) = (0, 0);
    loop {
        let batch = store.responses(id, after, BATCH).await?;
        let Some(last) = batch.last() else { break };
        after = last.arrival;
        let batch: Vec<Response> =
            batch.into_iter().map(|arrived| arrived.response).filter(|response| !response.example).collect();
        for response in &batch {
            if !forms.contains(&response.form) {
                if let Some(form) = store.form(&response.form).await? {
                    writer.form(&form, tools.sink);
                }
                forms.push(response.form.clone());
            }
        }
        note(&batch);
        writer.add(&batch, tools.sink);
        done += batch.len();
        heed((tools.progress)(Progress { done, of: of.max(done) }))?;
    }
    // What cannot be read and could not be moved away, for lack of room, still counts and is in no copy: then none counts.
    let whole = store.held(id, &Reach::upto(after)).await?.count <= done;
    let upto = if whole { after } else { 0 };
    // What does not count travels too, so that whoever joins this knows all that was said.
    let mut aside: Vec<Response> =
        store.aside(id).await?.into_iter().filter(|response| !response.example).collect();
    aside.sort_by_cached_key(|response| (response.id, rank(response)));
    note(&aside);
    writer.add(&aside, tools.sink);
    writer.add_sealed(&sealed, tools.sink);
    for (response, name) in named {
        if let Some(bytes) = store.attachment(response, &name).await? {
            writer.add_attachment(&Attachment { response, survey: id.to_owned(), name, bytes }, tools.sink);
        }
        heed((tools.progress)(Progress { done, of: of.max(done) }))?;
    }
    for name in shows {
        if let Some(bytes) = store.shown(id, name).await? {
            writer.add_shown(name, &bytes, tools.sink);
        }
        heed((tools.progress)(Progress { done, of: of.max(done) }))?;
    }
    let (sum, count) = writer.end(tools.sink);
    let sealed: Vec<ResponseId> =
        sealed.iter().filter(|sealed| sealed.finished).map(|sealed| sealed.id).collect();
    let count = count + sealed.len();
    Ok(Outcome::Copied {
        name: format!("{}.{today}.sondeo.jsonl", safe(id)),
        media_type: "application/x-ndjson".to_owned(),
        copy: CopyMade { sum, upto, sealed, count, made: today, arrived: None, confirmed: None },
    })
}

/// Joins what a file holds with what is here. The survey comes with it where it is not here, and stays as it is where it is.
/// A fault in the middle leaves what was joined before it: the same file again joins the rest.
pub(super) async fn join(
    bytes: &[u8],
    store: &impl ResponseStore,
    tools: &mut Tools<'_>,
) -> Result<Outcome, JobError> {
    let bundle = read(bytes).map_err(unread)?;
    let joining = tools.kept.joining();
    let (survey, new_survey) = match joining.brought(&bundle) {
        Some(survey) => (survey, false),
        None => {
            // Of files joined at the same time the first one brings the survey. What is in them needs no order.
            let _turn = tools.kept.turn_to_join().await;
            match joining.brought(&bundle) {
                Some(survey) => (survey, false),
                None => {
                    let (survey, new) = bring(&bundle, bytes, store).await?;
                    joining.bring(&survey, &bundle);
                    (survey, new)
                }
            }
        }
    };
    let Bundle { responses, sealed, attachments, sum, .. } = bundle;
    let (mut merge, mut done) = (Merge::default(), 0);
    for batch in responses.chunks(BATCH) {
        merge.count(&store.add(batch).await?);
        done += batch.len();
        heed((tools.progress)(Progress { done, of: responses.len() }))?;
    }
    for place in &attachments {
        if let Some(file) = attachment(bytes, place) {
            store.add_attachments(&[Attachment { survey: survey.id.clone(), ..file }]).await?;
        }
        heed((tools.progress)(Progress { done, of: responses.len() }))?;
    }
    let mut sealed_new = 0;
    for batch in sealed.chunks(BATCH) {
        // Those that were opened here are responses like any other, and stay so.
        let ids: Vec<_> = batch.iter().map(|sealed| sealed.id).collect();
        let opened = store.known(&ids).await?;
        let is_opened = |sealed: &&Sealed| opened.iter().any(|response| response.id == sealed.id);
        let closed: Vec<Sealed> = batch.iter().filter(|sealed| !is_opened(sealed)).cloned().collect();
        let came = store.add_sealed(&closed).await?;
        sealed_new += came.added;
        merge.already_had += came.already_had + (batch.len() - closed.len());
    }
    // Another tab may have removed the survey meanwhile: nobody would see what came after that until the file is joined again.
    // Nothing is removed for it, for a list also leaves out a survey that is damaged or that a newer version wrote.
    if !store.surveys().await?.iter().any(|here| here.id == survey.id) {
        return Err(JobError::new(JobErrorKind::Store, "removed meanwhile"));
    }
    // All of it is on disk. Whoever joins their own copy with what it was made of has learnt nothing of another device.
    let own = store.copies(&survey.id).await?.iter().any(|copy| copy.sum == sum);
    let receipt = (!own && merge.refused == 0).then(|| receipt(&sum));
    Ok(Outcome::Merged(Box::new(Merged { survey, new_survey, merge, sealed: sealed_new, receipt })))
}

/// Makes the store ready for the responses of a bundle: with its survey, the questionnaires and what they show, and without
/// examples. Gives the survey as it is here, and whether it is new.
async fn bring(
    bundle: &Bundle,
    bytes: &[u8],
    store: &impl ResponseStore,
) -> Result<(Survey, bool), JobError> {
    let survey = &bundle.survey;
    let here = store.surveys().await?.into_iter().find(|kept| kept.id == survey.id);
    let new_survey = here.is_none();
    let survey = match here {
        // The survey came before its key, and nobody has answered it here: from now on answers are sealed here too.
        Some(here)
            if here.seal.is_none() && survey.seal.is_some() && is_unanswered(&here.id, store).await? =>
        {
            let sealed = Survey { seal: survey.seal.clone(), ..here };
            store.put_survey(&sealed, None).await?;
            sealed
        }
        Some(here) => here,
        None => survey.clone(),
    };
    for form in &bundle.forms {
        if new_survey || store.form(&reference(form)).await?.is_none() {
            store.put_survey(&survey, Some(form)).await?;
        }
    }
    let wanted: Vec<&str> = bundle.forms.iter().flat_map(FormSource::shown_files).collect();
    for place in &bundle.shown {
        // Named by its bytes: nobody puts another picture in its place.
        if let Some((name, bytes)) = shown(bytes, place)
            && wanted.contains(&name.as_str())
            && medium::is(&name, &bytes)
        {
            store.put_shown(&survey.id, &[(name, bytes)]).await?;
        }
    }
    // Examples are never mixed with people's responses.
    if !is_bare(bundle) {
        store.remove_examples(&survey.id).await?;
    }
    Ok((survey, new_survey))
}

/// Whether nobody's response is in it.
pub(super) fn is_bare(bundle: &Bundle) -> bool {
    bundle.responses.is_empty() && bundle.sealed.is_empty()
}

pub(super) fn reference(form: &FormSource) -> FormReference {
    FormReference { id: form.id.clone(), version: form.version.clone() }
}

/// Whether nobody has answered or begun to answer a survey here, examples counted too.
pub(super) async fn is_unanswered(id: &str, store: &impl ResponseStore) -> Result<bool, Fault> {
    let counts = store.counts().await?.into_iter().find(|(of, _)| of == id).map(|(_, counts)| counts);
    let counts = counts.unwrap_or_default();
    Ok(counts.finished == 0 && counts.drafts == 0 && counts.sealed == 0 && counts.unfinished == 0)
}

fn unread(error: BundleError) -> JobError {
    let kind = match error.kind {
        BundleErrorKind::NotBundle => "not_bundle",
        BundleErrorKind::Newer => "newer",
        BundleErrorKind::CutOff => "cut_off",
        BundleErrorKind::Changed => "changed",
        BundleErrorKind::Unreadable => "unreadable",
    };
    JobError::new(JobErrorKind::Bundle, format!("{kind} {}", error.line))
}
