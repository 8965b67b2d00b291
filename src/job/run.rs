use std::rc::Rc;

use super::keep::keep;
use super::{Job, JobError, JobErrorKind, Outcome, Progress, examples, wire};
use crate::form::{Date, Form};
use crate::i18n::Language;
use crate::report::csv::{Csv, Extent};
use crate::report::html;
use crate::report::screen::screen;
use crate::response::Response;
use crate::store::ResponseStore;
use crate::summary::{Summary, Table, View, summarize};
use crate::survey::Survey;

/// Responses read at a time.
const BATCH: usize = 500;

/// Does a job. `matches` says whether a text matches a pattern as a whole (`regex()`); only examples ask.
///
/// Errors: the store's, or a survey or form that is missing or damaged.
pub async fn run(
    job: &Job,
    store: &impl ResponseStore,
    matches: fn(&str, &str) -> Option<bool>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Outcome, JobError> {
    match job {
        Job::Summarize { survey, view } => {
            let summary = counted(survey, view, store, progress).await?;
            Ok(Outcome::Summary(Box::new(summary)))
        }
        Job::Screen { survey, view, language } => {
            let summary = counted(survey, view, store, progress).await?;
            Ok(Outcome::Screen(Box::new(screen(&summary, None, *language))))
        }
        Job::Json { survey, view } => {
            let summary = counted(survey, view, store, progress).await?;
            let text = crate::summary::wire::to_json(&summary);
            Ok(file(&summary.survey, "json", "application/json", text))
        }
        Job::Print { survey, view, language } => {
            let summary = counted(survey, view, store, progress).await?;
            Ok(Outcome::Document(html::document(&summary, *language)))
        }
        Job::Csv { survey, labels } => csv(survey, *labels, store, progress).await,
        Job::Keep { survey, definition } => keep(survey.as_deref(), definition, store).await,
        Job::Days { survey } => {
            let mut days: Vec<(Date, usize, usize)> = Vec::new();
            let see = |response: &Response| {
                let (day, example) = (response.finished, usize::from(response.example));
                match days.iter_mut().find(|(known, ..)| *known == day) {
                    Some((_, count, examples)) => (*count, *examples) = (*count + 1, *examples + example),
                    None => days.push((day, 1, example)),
                }
            };
            read(survey, store, progress, see).await?;
            days.sort_by_key(|(day, ..)| *day);
            Ok(Outcome::Days(days))
        }
        Job::Examples { survey, count, seed, today } => {
            let (survey, form) = survey_and_form(survey, store).await?;
            let made = examples(&Rc::new(form), &survey, *count, *seed, *today, matches)
                .map_err(|cycle| JobError::new(JobErrorKind::Form, format!("{cycle:?}")))?;
            let mut added = 0;
            for batch in made.chunks(BATCH) {
                added += store.add(batch).await?.added;
                progress(Progress { done: added, of: made.len() });
            }
            Ok(Outcome::Added(added))
        }
        Job::RemoveExamples { survey } => Ok(Outcome::Removed(store.remove_examples(survey).await?)),
    }
}

/// Does a job given as text and answers in text, as [`wire`] writes them. Progress is told as `done/of`.
pub async fn run_text(
    request: &str,
    store: &impl ResponseStore,
    matches: fn(&str, &str) -> Option<bool>,
    progress: &mut dyn FnMut(&str),
) -> String {
    let mut tell = |now: Progress| progress(&format!("{}/{}", now.done, now.of));
    let outcome = match wire::request_from_json(request) {
        Ok(job) => run(&job, store, matches, &mut tell).await,
        Err(error) => Err(error),
    };
    wire::reply_to_json(&outcome)
}

async fn survey_and_form(id: &str, store: &impl ResponseStore) -> Result<(Survey, Form), JobError> {
    let survey = store.surveys().await?.into_iter().find(|survey| survey.id == id);
    let survey = survey.ok_or_else(|| JobError::new(JobErrorKind::NoSurvey, id))?;
    let source = store.form(&survey.form).await?;
    let source = source.ok_or_else(|| JobError::new(JobErrorKind::NoForm, &survey.form.id))?;
    Ok((survey, Form::build(&source)?))
}

/// Shows every response to `see`, batch by batch, in order of arrival.
async fn read(
    survey: &str,
    store: &impl ResponseStore,
    progress: &mut dyn FnMut(Progress),
    mut see: impl FnMut(&Response),
) -> Result<(), JobError> {
    let counts = store.counts().await?;
    let of = counts.iter().find(|(id, _)| id == survey).map_or(0, |(_, counts)| counts.finished);
    let (mut after, mut done) = (0, 0);
    loop {
        let batch = store.responses(survey, after, BATCH).await?;
        let Some(last) = batch.last() else { return Ok(()) };
        after = last.arrival;
        batch.iter().for_each(|arrived| see(&arrived.response));
        done += batch.len();
        progress(Progress { done, of: of.max(done) });
    }
}

async fn counted(
    id: &str,
    view: &View,
    store: &impl ResponseStore,
    progress: &mut dyn FnMut(Progress),
) -> Result<Summary, JobError> {
    let (survey, form) = survey_and_form(id, store).await?;
    let mut table = Table::new(&form);
    read(id, store, progress, |response| table.push(&form, response)).await?;
    Ok(summarize(&form, &survey, &table, view))
}

async fn csv(
    id: &str,
    labels: Option<Language>,
    store: &impl ResponseStore,
    progress: &mut dyn FnMut(Progress),
) -> Result<Outcome, JobError> {
    let (survey, form) = survey_and_form(id, store).await?;
    let mut extent = Extent::default();
    read(id, store, &mut |_| (), |response| extent.see(response)).await?;
    let csv = Csv::new(&form, labels, &extent);
    let mut rows: Vec<String> = Vec::new();
    read(id, store, progress, |response| rows.push(csv.row(response))).await?;
    // The random id stands first: in its order a row tells nothing of when it came.
    rows.sort_unstable();
    let ending = match labels {
        Some(language) => format!("labels.{}.csv", language.tag()),
        None => "csv".to_owned(),
    };
    Ok(file(&survey.id, &ending, "text/csv;charset=utf-8", csv.head() + &rows.concat()))
}

fn file(survey: &str, ending: &str, media_type: &str, text: String) -> Outcome {
    let safe: String =
        survey.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect();
    Outcome::File {
        name: format!("{safe}.{ending}"),
        media_type: media_type.to_owned(),
        bytes: text.into_bytes(),
    }
}
