use std::collections::BTreeMap;
use std::rc::Rc;

use super::bundle::{bundle, join};
use super::copy::{confirm, prove, remove_confirmed};
use super::export::{Matter, export, pages};
use super::keep::keep;
use super::kept::heed;
use super::link::make;
use super::own::{read_form, write_form};
use super::seal::{make_key, show_key, unseal};
use super::table::table;
use super::texts::{code, texts};
use super::{Job, JobError, JobErrorKind, Outcome, Progress, Tools, examples, wire};
use crate::form::{Date, Form};
use crate::report::fields::fields;
use crate::report::paper::paper;
use crate::report::screen::{Screen, screen};
use crate::store::ResponseStore;
use crate::summary::{Summary, View, summarize};
use crate::survey::Survey;

/// Responses read at a time.
pub(super) const BATCH: usize = 500;

/// Does a job. The bytes of a file go to the tools' sink; what came before an error is no file.
///
/// Errors: the store's; a survey or form that is missing or damaged; [`JobErrorKind::Cancelled`] where progress says so.
pub async fn run(job: &Job, store: &impl ResponseStore, tools: &mut Tools<'_>) -> Result<Outcome, JobError> {
    match job {
        Job::Summarize { survey, view } => {
            Ok(Outcome::Summary(Box::new(counted(survey, view, store, tools).await?)))
        }
        Job::Screen { survey, view, language } => {
            let matter = Matter::of(survey, view, store, tools).await?;
            let screen = screen(&matter.summary, matter.comparison.as_ref(), *language)
                .with_plan(matter.plan.as_ref(), *language);
            Ok(Outcome::Screen(Box::new(Screen { fields: fields(&matter.form, *language), ..screen })))
        }
        Job::Print { survey, view, language, today } => {
            pages(survey, view, *language, *today, store, tools).await
        }
        Job::Export { survey, view, file, language, today } => {
            export(survey, view, *file, (*language, *today), store, tools).await
        }
        Job::Keep { survey, definition } => keep(survey.as_deref(), definition, store).await,
        Job::ReadForm { files, keep, language } => {
            read_form(files, tools.given.unwrap_or_default(), keep, *language, store).await
        }
        Job::WriteForm { survey } => write_form(survey, store, tools).await,
        Job::Texts { survey, view, question, language } => {
            texts(survey, view, question.as_deref(), *language, store, tools).await
        }
        Job::Code { survey, question, changes } => code(survey, question, changes, store).await,
        Job::Fields { survey, language } => {
            let (_, form) = survey_and_form(survey, store, tools).await?;
            Ok(Outcome::Fields(fields(&form, *language)))
        }
        Job::Days { survey } => {
            let (survey, form) = survey_and_form(survey, store, tools).await?;
            let table = tools.kept.table(&survey.id, &form, store, tools.progress).await?;
            let mut days: BTreeMap<i32, (usize, usize)> = BTreeMap::new();
            for facts in &table.rows {
                let (count, examples) = days.entry(facts.finished).or_default();
                *count += 1;
                *examples += usize::from(facts.example);
            }
            let days =
                days.into_iter().map(|(day, (count, examples))| (Date::from_days(day), count, examples));
            Ok(Outcome::Days(days.collect(), table.newer))
        }
        Job::Examples { survey, count, seed, today } => {
            let (survey, form) = survey_and_form(survey, store, tools).await?;
            let made = examples(&form, &survey, *count, *seed, *today, tools.matches)
                .map_err(|cycle| JobError::new(JobErrorKind::Form, format!("{cycle:?}")))?;
            let mut added = 0;
            for batch in made.chunks(BATCH) {
                added += store.add(batch).await?.added;
                heed((tools.progress)(Progress { done: added, of: made.len() }))?;
            }
            // Whoever looks at so many for the first time would wait for what can be done now; it need not succeed.
            if added >= BATCH {
                let _ = tools.kept.table(&survey.id, &form, store, tools.progress).await;
            }
            Ok(Outcome::Added(added))
        }
        Job::Bundle { survey, today } => bundle(survey, *today, store, tools).await,
        Job::Join => join(tools.given.unwrap_or_default(), store, tools).await,
        Job::MakeKey { survey, passphrase } => make_key(survey, passphrase, store, tools).await,
        Job::ShowKey { survey, passphrase } => show_key(survey, passphrase, store, tools).await,
        Job::Unseal { survey, passphrase } => unseal(survey, passphrase, store, tools).await,
        Job::Prove { sum, count } => Ok(prove(tools.given.unwrap_or_default(), sum, *count)),
        Job::Confirm { survey, code, today } => confirm(survey, code, *today, store).await,
        Job::RemoveConfirmed { survey, upto, finished_by } => {
            remove_confirmed(survey, *upto, *finished_by, store).await
        }
        Job::ReadTable(file) => table(file, None, store, tools).await,
        Job::AddTable { file, as_answered } => table(file, Some(*as_answered), store, tools).await,
        Job::Paper { survey, languages } => {
            let (survey, form) = survey_and_form(survey, store, tools).await?;
            Ok(Outcome::Document(paper(&form, &survey, languages)))
        }
        Job::Link { survey, page, language, answers } => {
            make(survey, page, language, answers, store, tools).await
        }
        Job::RemoveExamples { survey } => Ok(Outcome::Removed(store.remove_examples(survey).await?)),
    }
}

/// Does a job given as text and answers in text, as [`wire`] writes them.
pub async fn run_text(request: &str, store: &impl ResponseStore, tools: &mut Tools<'_>) -> String {
    let outcome = match wire::request_from_json(request) {
        Ok(job) => run(&job, store, tools).await,
        Err(error) => Err(error),
    };
    wire::reply_to_json(&outcome)
}

pub(super) async fn survey_and_form(
    id: &str,
    store: &impl ResponseStore,
    tools: &Tools<'_>,
) -> Result<(Survey, Rc<Form>), JobError> {
    let survey = store.surveys().await?.into_iter().find(|survey| survey.id == id);
    let survey = survey.ok_or_else(|| JobError::new(JobErrorKind::NoSurvey, id))?;
    let form = tools.kept.form(&survey.form, store).await?;
    Ok((survey, form))
}

pub(super) async fn counted(
    id: &str,
    view: &View,
    store: &impl ResponseStore,
    tools: &mut Tools<'_>,
) -> Result<Summary, JobError> {
    let (survey, form) = survey_and_form(id, store, tools).await?;
    let table = tools.kept.table(id, &form, store, tools.progress).await?;
    Ok(summarize(&form, &survey, &table, view))
}
