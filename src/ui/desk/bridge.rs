use std::cell::RefCell;
use std::rc::Rc;

use crate::browser::http::HttpFault;
use crate::browser::idb::IdbStore;
use crate::browser::worker::WorkerClient;
use crate::browser::{clock, http, random};
use crate::form::Date;
use crate::i18n::{Language, desk as say, explain};
use crate::instrument::{CompileProblem, Definition, bundled_survey, compile, definition_from_json};
use crate::job::{Job, Outcome, wire};
use crate::response::FormReference;
use crate::store::{Counts, Fault, ResponseStore};
use crate::survey::{Subject, Survey, SurveyState};

/// How many examples there are to try: a whole visit, and a survey large enough for every kind of result.
const EXAMPLES_OF_A_VISIT: usize = 8;
const EXAMPLES_OF_A_STUDY: usize = 400;
/// The same examples on every device, so that people can talk about them.
const EXAMPLE_SEED: u64 = 20_260_305;
/// Responses read at a time when their days are counted.
const BATCH: usize = 250;

/// The only way from the desk's screens to what is kept, counted and bundled.
#[derive(Clone)]
pub(super) struct Bridge {
    store: IdbStore,
    worker: WorkerClient,
    definitions: Rc<RefCell<Vec<Fetched>>>,
}

/// An instrument that has been fetched, for as long as the page lives.
type Fetched = (Instrument, Rc<Definition>);

/// The two built-in instruments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Instrument {
    /// The post-visit form.
    Visit,
    /// The community safety survey.
    Study,
}

/// A survey of this device with what there is of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Listed {
    /// The survey.
    pub(super) survey: Survey,
    /// How much there is.
    pub(super) counts: Counts,
    /// It is one of the two that come with the program.
    pub(super) bundled: bool,
}

/// Why an act did not happen.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Trouble {
    /// The store.
    Store(Fault),
    /// The worker, or the job it ran.
    Job(String),
    /// A file of the program did not come.
    File(String),
    /// The questionnaire cannot be put together.
    Form(String),
}

impl Instrument {
    /// The one that a subject is asked about with.
    pub(super) fn of(subject: &Subject) -> Instrument {
        match subject {
            Subject::Event(_) => Instrument::Visit,
            Subject::Study(_) => Instrument::Study,
        }
    }

    fn path(self) -> &'static str {
        match self {
            Instrument::Visit => "instruments/post_visit.json",
            Instrument::Study => "instruments/community_safety.json",
        }
    }

    /// How many examples there are to try.
    pub(super) fn examples(self) -> usize {
        match self {
            Instrument::Visit => EXAMPLES_OF_A_VISIT,
            Instrument::Study => EXAMPLES_OF_A_STUDY,
        }
    }
}

impl Listed {
    /// The questionnaire is in use: what is part of it may not change any more.
    pub(super) fn locked(&self) -> bool {
        self.survey.state != SurveyState::Setup || self.counts.finished > 0 || self.counts.drafts > 0
    }

    /// Responses of people, examples left out.
    pub(super) fn people(&self) -> usize {
        self.counts.finished.saturating_sub(self.counts.examples)
    }

    /// Nothing at all has been answered or begun.
    pub(super) fn untouched(&self) -> bool {
        self.counts.finished == 0 && self.counts.drafts == 0 && self.counts.damaged == 0
    }
}

impl Trouble {
    /// What happened and what to do.
    pub(super) fn explain(&self, language: Language) -> &'static str {
        match self {
            Trouble::Store(fault) => explain::fault(fault.kind, language),
            Trouble::Job(_) => say::worker_trouble(language),
            Trouble::File(_) => say::file_trouble(language),
            Trouble::Form(_) => say::form_trouble(language),
        }
    }

    /// The worker answered something else than what was asked.
    pub(super) fn unexpected() -> Trouble {
        Trouble::Job("unexpected answer".to_owned())
    }

    /// The program's own words, for a report of the fault.
    pub(super) fn detail(&self) -> &str {
        match self {
            Trouble::Store(fault) => &fault.detail,
            Trouble::Job(detail) | Trouble::File(detail) | Trouble::Form(detail) => detail,
        }
    }
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Trouble {
        Trouble::Store(fault)
    }
}

impl From<HttpFault> for Trouble {
    fn from(fault: HttpFault) -> Trouble {
        Trouble::File([&fault.status.to_string(), " ", &fault.detail].concat())
    }
}

impl Bridge {
    /// Opens nothing yet: the store and the worker start at their first use.
    pub(super) fn new() -> Bridge {
        Bridge { store: IdbStore::default(), worker: WorkerClient::new(), definitions: Rc::default() }
    }

    async fn definition(&self, instrument: Instrument) -> Result<Rc<Definition>, Trouble> {
        let known = |it: &Fetched| (it.0 == instrument).then(|| Rc::clone(&it.1));
        if let Some(definition) = self.definitions.borrow().iter().find_map(known) {
            return Ok(definition);
        }
        let text = http::fetch_text(instrument.path()).await?;
        let read = definition_from_json(&text).map_err(|_| Trouble::Form(instrument.path().to_owned()))?;
        let definition = Rc::new(read);
        self.definitions.borrow_mut().push((instrument, Rc::clone(&definition)));
        Ok(definition)
    }

    /// The survey that comes with the program for this instrument, as it is before anybody sets it up.
    pub(super) async fn bundled(&self, instrument: Instrument) -> Result<Survey, Trouble> {
        let definition = self.definition(instrument).await?;
        let bundled = bundled_survey(&definition).map_err(|_| unbuilt(&[]))?;
        Ok(bundled.0)
    }

    /// Every survey of this device: open ones first, then those being set up, then the closed.
    /// The two that come with the program are put into the store when they are not there.
    pub(super) async fn surveys(&self) -> Result<Vec<Listed>, Trouble> {
        let mut bundled = Vec::new();
        let mut kept = self.store.surveys().await?;
        for instrument in [Instrument::Visit, Instrument::Study] {
            let definition = self.definition(instrument).await?;
            let (survey, form) = bundled_survey(&definition).map_err(|_| unbuilt(&[]))?;
            bundled.push(survey.id.clone());
            if kept.iter().all(|other| other.id != survey.id) {
                self.store.put_survey(&survey, Some(&form)).await?;
                kept.push(survey);
            }
        }
        let counts = self.store.counts().await?;
        let counts_of =
            |id: &str| counts.iter().find(|(of, _)| of == id).map(|(_, counts)| *counts).unwrap_or_default();
        let mut listed: Vec<Listed> = kept
            .into_iter()
            .map(|survey| Listed {
                counts: counts_of(&survey.id),
                bundled: bundled.contains(&survey.id),
                survey,
            })
            .collect();
        listed.sort_by_key(|listed| match listed.survey.state {
            SurveyState::Open => 0,
            SurveyState::Setup => 1,
            SurveyState::Closed => 2,
        });
        Ok(listed)
    }

    /// Keeps a survey that nobody has answered yet, with the questionnaire made of it. Gives it back with its form.
    pub(super) async fn keep_with_form(&self, mut survey: Survey) -> Result<Survey, Trouble> {
        let definition = self.definition(Instrument::of(&survey.subject)).await?;
        let form = compile(&definition, &survey.subject).map_err(|problems| unbuilt(&problems))?;
        survey.form = FormReference { id: form.id.clone(), version: form.version.clone() };
        self.store.put_survey(&survey, Some(&form)).await?;
        Ok(survey)
    }

    /// Keeps a survey whose questionnaire stays as it is.
    pub(super) async fn keep(&self, survey: &Survey) -> Result<(), Trouble> {
        Ok(self.store.put_survey(survey, None).await?)
    }

    /// Removes a survey with all there is of it.
    pub(super) async fn remove(&self, survey: &str) -> Result<(), Trouble> {
        Ok(self.store.remove_survey(survey).await?)
    }

    /// Runs a job in the worker.
    pub(super) async fn run(&self, job: &Job) -> Result<Outcome, Trouble> {
        let reply =
            self.worker.ask(&wire::request_to_json(job)).await.map_err(|fault| Trouble::Job(fault.detail))?;
        wire::reply_without_summary_from_json(&reply.text).map_err(|error| Trouble::Job(error.detail))
    }

    /// Adds the examples of a survey; says how many.
    pub(super) async fn add_examples(&self, survey: &Survey) -> Result<usize, Trouble> {
        let job = Job::Examples {
            survey: survey.id.clone(),
            count: Instrument::of(&survey.subject).examples(),
            seed: EXAMPLE_SEED,
            today: clock::today(),
        };
        match self.run(&job).await? {
            Outcome::Added(added) => Ok(added),
            _ => Err(Trouble::unexpected()),
        }
    }

    /// Removes the examples of a survey; says how many.
    pub(super) async fn remove_examples(&self, survey: &str) -> Result<usize, Trouble> {
        match self.run(&Job::RemoveExamples { survey: survey.to_owned() }).await? {
            Outcome::Removed(removed) => Ok(removed),
            _ => Err(Trouble::unexpected()),
        }
    }

    /// How many responses were finished on each day, oldest day first, and how many of those are examples.
    pub(super) async fn days(&self, survey: &str) -> Result<Vec<(Date, usize, usize)>, Trouble> {
        let mut days: Vec<(Date, usize, usize)> = Vec::new();
        let mut after = 0;
        loop {
            let batch = self.store.responses(survey, after, BATCH).await?;
            let Some(last) = batch.last().map(|arrived| arrived.arrival) else { break };
            after = last;
            for arrived in batch {
                let (day, example) = (arrived.response.finished, usize::from(arrived.response.example));
                match days.iter_mut().find(|(known, ..)| *known == day) {
                    Some((_, count, examples)) => {
                        *count += 1;
                        *examples += example;
                    }
                    None => days.push((day, 1, example)),
                }
            }
        }
        days.sort_by_key(|(day, ..)| *day);
        Ok(days)
    }

    /// What could not be read of a survey, one JSON text a line.
    pub(super) async fn damaged(&self, survey: &str) -> Result<String, Trouble> {
        Ok(self.store.damaged(survey).await?.join("\n"))
    }
}

/// What a questionnaire could not be put together for, by the names of what is wrong.
fn unbuilt(problems: &[CompileProblem]) -> Trouble {
    let names: Vec<&str> = problems.iter().map(|problem| problem.name.as_str()).collect();
    Trouble::Form(names.join(", "))
}

/// An ending for the id of a survey made here, so that two devices never make the same one.
pub(super) fn ending() -> String {
    random::bytes::<3>().iter().map(|byte| format!("{byte:02x}")).collect()
}
