use crate::browser::file::{self, Blob};
use crate::browser::http::HttpFault;
use crate::browser::idb::IdbStore;
use crate::browser::worker::{Beside, Cancel, WorkerClient};
use crate::browser::{clock, http, random};
use crate::form::Date;
use crate::i18n::{Language, copies, desk as say, explain};
use crate::job::{Job, JobError, JobErrorKind, Merged, Outcome, Progress, ReceiptRead, Unsealed, wire};
use crate::store::{CopyMade, Counts, Fault, FaultKind, Reach, ResponseStore, Safety};
use crate::survey::{Subject, Survey, SurveyState};

/// How many examples there are to try: a whole visit, and a survey large enough for every kind of result.
const EXAMPLES_OF_A_VISIT: usize = 8;
const EXAMPLES_OF_A_STUDY: usize = 400;
const EXAMPLES_OF_OWN: usize = 60;
/// The same examples on every device, so that people can talk about them.
const EXAMPLE_SEED: u64 = 20_260_305;

/// The only way from the desk's screens to what is kept, counted and bundled.
#[derive(Clone)]
pub(super) struct Bridge {
    store: IdbStore,
    worker: WorkerClient,
}

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

/// A copy that is made, read back and found whole, and has been given to nobody yet.
#[derive(Debug, Clone)]
pub(super) struct Ready {
    /// The survey's id.
    pub(super) survey: String,
    /// The file's name.
    pub(super) name: String,
    /// Its media type.
    pub(super) media_type: String,
    /// What it holds.
    pub(super) copy: CopyMade,
    /// The file.
    pub(super) file: Blob,
}

/// Why an act did not happen.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Trouble {
    /// The store.
    Store(Fault),
    /// The worker, or the job it ran.
    Job(String),
    /// There can be no such file; the sentence says why.
    Refused(String),
    /// The file given is gone, or may not be read.
    Unread(String),
    /// The file given is no whole bundle; why, and in which line.
    Bundle(String),
    /// Something is still kept that should be gone.
    NotWiped(String),
    /// What was made is not whole when it is read back.
    Unproved(String),
    /// A file of the program did not come.
    File(String),
    /// The questionnaire cannot be put together.
    Form(String),
    /// A key could not be made or does not open; why, by name.
    Sealed(String),
}

impl Instrument {
    /// The one that a subject is asked about with; `None`: a form of one's own.
    pub(super) fn of(subject: &Subject) -> Option<Instrument> {
        match subject {
            Subject::Event(_) => Some(Instrument::Visit),
            Subject::Study(_) => Some(Instrument::Study),
            Subject::Own(_) => None,
        }
    }

    fn path(self) -> &'static str {
        match self {
            Instrument::Visit => "instruments/post_visit.json",
            Instrument::Study => "instruments/community_safety.json",
        }
    }

    /// The id of the survey that it brings.
    fn brings(self) -> &'static str {
        match self {
            Instrument::Visit => "pinellas_panama_exchange",
            Instrument::Study => "community_safety_example",
        }
    }
}

/// How many examples there are to try of a subject.
pub(super) fn examples_of(subject: &Subject) -> usize {
    match subject {
        Subject::Event(_) => EXAMPLES_OF_A_VISIT,
        Subject::Study(_) => EXAMPLES_OF_A_STUDY,
        Subject::Own(_) => EXAMPLES_OF_OWN,
    }
}

impl Listed {
    /// The questionnaire is in use: what is part of it may not change any more.
    pub(super) fn locked(&self) -> bool {
        self.survey.state != SurveyState::Setup
            || self.counts.finished > 0
            || self.begun() > 0
            || self.counts.sealed > 0
    }

    /// Responses of people, examples left out.
    pub(super) fn people(&self) -> usize {
        self.counts.finished.saturating_sub(self.counts.examples)
    }

    /// What was begun and is not finished, sealed or not.
    pub(super) fn begun(&self) -> usize {
        self.counts.drafts + self.counts.unfinished
    }

    /// Nothing at all has been answered or begun.
    pub(super) fn untouched(&self) -> bool {
        let counts = &self.counts;
        counts.finished == 0 && self.begun() == 0 && counts.damaged == 0 && counts.sealed == 0
    }
}

impl Trouble {
    /// What happened and what to do.
    pub(super) fn explain(&self, language: Language) -> &'static str {
        match self {
            Trouble::Store(fault) => explain::fault(fault.kind, language),
            Trouble::Job(_) => say::worker_trouble(language),
            Trouble::Refused(_) => say::refused(language),
            Trouble::Unread(_) => crate::i18n::join::unread(language),
            Trouble::Bundle(_) => crate::i18n::join::not_bundle(language),
            Trouble::NotWiped(_) => crate::i18n::storage::not_wiped(language),
            Trouble::Unproved(_) => copies::unproved(language),
            Trouble::File(_) => say::file_trouble(language),
            Trouble::Form(_) => say::form_trouble(language),
            Trouble::Sealed(why) => crate::i18n::seal::why(why)(language),
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
            Trouble::Job(detail)
            | Trouble::Refused(detail)
            | Trouble::Unread(detail)
            | Trouble::Bundle(detail)
            | Trouble::NotWiped(detail)
            | Trouble::Unproved(detail)
            | Trouble::File(detail)
            | Trouble::Form(detail)
            | Trouble::Sealed(detail) => detail,
        }
    }
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Trouble {
        Trouble::Store(fault)
    }
}

impl From<JobError> for Trouble {
    fn from(error: JobError) -> Trouble {
        match error.kind {
            JobErrorKind::Form => Trouble::Form(error.detail),
            // The worker tells a fault of its store by name: `Full ...`.
            JobErrorKind::Store => {
                let kind = match error.detail.split(' ').next() {
                    Some("Full") => FaultKind::Full,
                    Some("Blocked") => FaultKind::Blocked,
                    Some("Gone") => FaultKind::Gone,
                    Some("Newer") => FaultKind::Newer,
                    _ => FaultKind::Other,
                };
                Trouble::Store(Fault::new(kind, error.detail))
            }
            // Said to people, by whoever made the file.
            JobErrorKind::Refused => Trouble::Refused(error.detail),
            JobErrorKind::Unread => Trouble::Unread(error.detail),
            JobErrorKind::Bundle => Trouble::Bundle(error.detail),
            JobErrorKind::Sealed => Trouble::Sealed(error.detail),
            JobErrorKind::NoSurvey
            | JobErrorKind::NoForm
            | JobErrorKind::Request
            | JobErrorKind::Cancelled => Trouble::Job(error.detail),
        }
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
        Bridge { store: IdbStore::default(), worker: WorkerClient::new() }
    }

    /// The survey that comes with the program for this instrument, as it is before anybody sets it up. Kept where it is not.
    pub(super) async fn bundled(&self, instrument: Instrument) -> Result<Survey, Trouble> {
        self.kept(None, instrument).await
    }

    async fn kept(&self, survey: Option<Box<Survey>>, instrument: Instrument) -> Result<Survey, Trouble> {
        let definition = http::fetch_text(instrument.path()).await?;
        match self.run(&Job::Keep { survey, definition }).await? {
            Outcome::Kept(survey) => Ok(*survey),
            _ => Err(Trouble::unexpected()),
        }
    }

    /// Every survey of this device: open ones first, then those being set up, then the closed.
    /// The two that come with the program are put into the store when they are not there.
    pub(super) async fn surveys(&self) -> Result<Vec<Listed>, Trouble> {
        let mut kept = self.store.surveys().await?;
        let counts = self.store.counts().await?;
        for instrument in [Instrument::Visit, Instrument::Study] {
            // One that only a newer version can read is in no list, and counted all the same.
            if counts.iter().all(|(other, _)| other != instrument.brings()) {
                kept.push(self.bundled(instrument).await?);
            }
        }
        let counts_of =
            |id: &str| counts.iter().find(|(of, _)| of == id).map(|(_, counts)| *counts).unwrap_or_default();
        let mut listed: Vec<Listed> = kept
            .into_iter()
            .map(|survey| Listed {
                counts: counts_of(&survey.id),
                bundled: Instrument::of(&survey.subject).is_some_and(|brought| brought.brings() == survey.id),
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

    /// What [`Bridge::surveys`] left out: how many surveys a newer version wrote, and how many surveys and forms are damaged.
    pub(super) async fn unread(&self) -> Result<(usize, usize), Trouble> {
        Ok((self.store.newer(""), self.store.damaged("").await?.len()))
    }

    /// Keeps a survey that nobody has answered yet, with the questionnaire made of it. Gives it back with its form.
    pub(super) async fn keep_with_form(&self, survey: Survey) -> Result<Survey, Trouble> {
        match Instrument::of(&survey.subject) {
            Some(instrument) => self.kept(Some(Box::new(survey)), instrument).await,
            None => self.keep(&survey).await.map(|()| survey),
        }
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
        Ok(self.run_with(job, |_| (), &Cancel::default()).await?.0)
    }

    /// Runs a job in the worker, hears how far it is, and can call it off. Gives the file with it if it makes one.
    pub(super) async fn run_with(
        &self,
        job: &Job,
        mut progress: impl FnMut(Progress) + 'static,
        cancel: &Cancel,
    ) -> Result<(Outcome, Option<Blob>), Trouble> {
        let tell = move |text: String| {
            if let Some(now) = Progress::from_text(&text) {
                progress(now);
            }
        };
        let asked = self.worker.ask_with(&wire::request_to_json(job), None, tell, cancel).await;
        let reply = asked.map_err(|fault| Trouble::Job(fault.detail))?;
        Ok((wire::reply_without_summary_from_json(&reply.text)?, reply.file))
    }

    /// Runs a job on bytes in the worker.
    pub(super) async fn run_on(&self, job: &Job, bytes: &[u8]) -> Result<Outcome, Trouble> {
        self.run_beside(job, Beside::Bytes(bytes)).await
    }

    async fn run_beside(&self, job: &Job, beside: Beside<'_>) -> Result<Outcome, Trouble> {
        let request = wire::request_to_json(job);
        let asked = self.worker.ask_with(&request, Some(beside), |_| (), &Cancel::default()).await;
        let reply = asked.map_err(|fault| Trouble::Job(fault.detail))?;
        Ok(wire::reply_without_summary_from_json(&reply.text)?)
    }

    /// Joins a file from another device with what is here.
    pub(super) async fn join(&self, file: &Blob) -> Result<Merged, Trouble> {
        match self.run_beside(&Job::Join, Beside::File(file)).await? {
            Outcome::Merged(merged) => Ok(*merged),
            _ => Err(Trouble::unexpected()),
        }
    }

    /// Makes a key for a survey; gives the secret one, to be printed.
    pub(super) async fn make_key(&self, survey: String, passphrase: String) -> Result<String, Trouble> {
        self.secret(&Job::MakeKey { survey, passphrase }).await
    }

    /// The secret key of a survey, to be printed again.
    pub(super) async fn show_key(&self, survey: String, passphrase: String) -> Result<String, Trouble> {
        self.secret(&Job::ShowKey { survey, passphrase }).await
    }

    async fn secret(&self, job: &Job) -> Result<String, Trouble> {
        match self.run(job).await? {
            Outcome::Key(secret) => Ok(secret),
            _ => Err(Trouble::unexpected()),
        }
    }

    /// Opens the sealed responses of a survey.
    pub(super) async fn unseal(&self, survey: String, passphrase: String) -> Result<Unsealed, Trouble> {
        match self.run(&Job::Unseal { survey, passphrase }).await? {
            Outcome::Unsealed(came) => Ok(came),
            _ => Err(Trouble::unexpected()),
        }
    }

    /// The key of a survey under its passphrase, where it is here.
    pub(super) async fn key(&self, survey: &str) -> Result<Option<String>, Trouble> {
        Ok(self.store.key(survey).await?)
    }

    /// Keeps a key that came as a file.
    pub(super) async fn keep_key(&self, survey: &str, record: &str) -> Result<(), Trouble> {
        Ok(self.store.put_key(survey, record).await?)
    }

    /// Makes a copy of a survey's responses, reads it back and compares.
    pub(super) async fn copy(&self, survey: &str) -> Result<Ready, Trouble> {
        let job = Job::Bundle { survey: survey.to_owned(), today: clock::today() };
        let (Outcome::Copied { name, media_type, copy }, Some(file)) =
            self.run_with(&job, |_| (), &Cancel::default()).await?
        else {
            return Err(Trouble::unexpected());
        };
        let bytes = file::bytes_of(&file).await?;
        let prove = Job::Prove { sum: copy.sum.clone(), count: copy.count };
        if self.run_on(&prove, &bytes).await? != Outcome::Proved(true) {
            return Err(Trouble::Unproved(name));
        }
        Ok(Ready { survey: survey.to_owned(), name, media_type, copy, file })
    }

    /// Takes note of a copy that was given to somebody. What is known of the same one already stays.
    pub(super) async fn note(&self, survey: &str, copy: CopyMade) -> Result<(), Trouble> {
        let copy = copy.with_known(&self.store.copies(survey).await?);
        Ok(self.store.put_copy(survey, &copy).await?)
    }

    /// How the responses of surveys would come through the loss of this device, by survey id.
    pub(super) async fn safety(&self, listed: &[Listed]) -> Result<Vec<(String, Safety)>, Trouble> {
        let mut all = Vec::new();
        for one in listed.iter().filter(|one| one.people() + one.counts.sealed > 0) {
            let Survey { id, retention, .. } = &one.survey;
            all.push((id.clone(), Safety::of(&self.store, id, *retention, clock::today()).await?));
        }
        Ok(all)
    }

    /// Enters a receipt.
    pub(super) async fn confirm(&self, survey: &str, code: &str) -> Result<ReceiptRead, Trouble> {
        let (survey, code) = (survey.to_owned(), code.to_owned());
        match self.run(&Job::Confirm { survey, code, today: clock::today() }).await? {
            Outcome::Receipt(read) => Ok(read),
            _ => Err(Trouble::unexpected()),
        }
    }

    /// Removes confirmed responses; says how many.
    pub(super) async fn remove_confirmed(&self, survey: &str, reach: Reach) -> Result<usize, Trouble> {
        let Reach { upto, finished_by, .. } = reach;
        match self.run(&Job::RemoveConfirmed { survey: survey.to_owned(), upto, finished_by }).await? {
            Outcome::Removed(removed) => Ok(removed),
            _ => Err(Trouble::unexpected()),
        }
    }

    /// Adds the examples of a survey; says how many.
    pub(super) async fn add_examples(&self, survey: &Survey) -> Result<usize, Trouble> {
        let job = Job::Examples {
            survey: survey.id.clone(),
            count: examples_of(&survey.subject),
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

    /// How many responses were finished on each day, oldest day first, and how many of those are examples. Beside them, how
    /// many a newer version wrote.
    pub(super) async fn days(&self, survey: &str) -> Result<(Vec<(Date, usize, usize)>, usize), Trouble> {
        match self.run(&Job::Days { survey: survey.to_owned() }).await? {
            Outcome::Days(days, newer) => Ok((days, newer)),
            _ => Err(Trouble::unexpected()),
        }
    }

    /// What could not be read of a survey, one JSON text a line.
    pub(super) async fn damaged(&self, survey: &str) -> Result<String, Trouble> {
        Ok(self.store.damaged(survey).await?.join("\n"))
    }
}

/// An ending for the id of a survey made here, so that two devices never make the same one.
pub(super) fn ending() -> String {
    random::bytes::<3>().iter().map(|byte| format!("{byte:02x}")).collect()
}
