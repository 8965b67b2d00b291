use super::export::safe;
use super::kept::heed;
use super::run::BATCH;
use super::{JobError, JobErrorKind, Merged, Outcome, Progress, Tools};
use crate::form::Date;
use crate::response::{FormReference, Response};
use crate::share::bundle::{Bundle, BundleError, BundleErrorKind, Writer, read};
use crate::share::receipt::receipt;
use crate::store::{CopyMade, Merge, Reach, ResponseStore, rank};

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
    let mut writer = Writer::begin(&survey, &form, today, tools.sink);
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
    writer.add(&aside, tools.sink);
    let (sum, count) = writer.end(tools.sink);
    Ok(Outcome::Copied {
        name: format!("{}.{today}.sondeo.jsonl", safe(id)),
        media_type: "application/x-ndjson".to_owned(),
        copy: CopyMade { sum, upto, count, made: today, arrived: None, confirmed: None },
    })
}

/// Joins what a file holds with what is here. The survey comes with it where it is not here, and stays as it is where it is.
/// A fault in the middle leaves what was joined before it: the same file again joins the rest.
pub(super) async fn join(
    bytes: &[u8],
    store: &impl ResponseStore,
    tools: &mut Tools<'_>,
) -> Result<Outcome, JobError> {
    let Bundle { survey, forms, responses, sum, .. } = read(bytes).map_err(unread)?;
    let here = store.surveys().await?.into_iter().find(|kept| kept.id == survey.id);
    let new_survey = here.is_none();
    let survey = here.unwrap_or(survey);
    for form in &forms {
        let reference = FormReference { id: form.id.clone(), version: form.version.clone() };
        if new_survey || store.form(&reference).await?.is_none() {
            store.put_survey(&survey, Some(form)).await?;
        }
    }
    // Examples are never mixed with people's responses.
    if !responses.is_empty() {
        store.remove_examples(&survey.id).await?;
    }
    let (mut merge, mut done) = (Merge::default(), 0);
    for batch in responses.chunks(BATCH) {
        let came = store.add(batch).await?;
        merge.added += came.added;
        merge.already_had += came.already_had;
        merge.refused += came.refused;
        merge.aside += came.aside;
        merge.replaced += came.replaced;
        done += batch.len();
        heed((tools.progress)(Progress { done, of: responses.len() }))?;
    }
    // All of it is on disk. Whoever joins their own copy with what it was made of has learnt nothing of another device.
    let own = store.copies(&survey.id).await?.iter().any(|copy| copy.sum == sum);
    let receipt = (!own && merge.refused == 0).then(|| receipt(&sum));
    Ok(Outcome::Merged(Box::new(Merged { survey, new_survey, merge, receipt })))
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
