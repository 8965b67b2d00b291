use std::rc::Rc;

use crate::browser::{clock, http, math, preferences::prefilled, random, regex, seal::Sealer, shell};
use crate::engine::{Session, Settings};
use crate::form::wire::SECOND_FORMAT;
use crate::form::{Form, FormSource};
use crate::i18n::Language;
use crate::response::{Draft, Entry};
use crate::store::{Fault, FaultKind, ResponseStore};
use crate::survey::wire::{form_from_json, from_json};
use crate::survey::{Survey, SurveyState};
use crate::ui::parts::preferred_tongues;

/// The example event that the program brings: open on a fresh device.
pub(super) const BUNDLED_EVENT: &str = "pinellas_panama_exchange";
/// The example study that the program brings: a facilitator must prepare it first.
pub(super) const BUNDLED_STUDY: &str = "community_safety_example";
/// Survey and form, a line each: compiled from the instrument when the program is built.
const BUNDLED: &str = "instruments/pinellas_panama_exchange.jsonl";

/// Why a survey could not be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unopened {
    /// Not here, or closed.
    NotHere,
    /// A file of the program did not come; where the survey is sealed, also what seals.
    NotLoaded,
    /// The form, in the version it was begun with, is not here.
    FormGone,
    /// The form is wrong.
    Wrong,
    /// Another page goes on with it.
    Taken,
    /// The store did not answer.
    Store(FaultKind),
}

/// A survey opened, with a session in it.
pub(super) struct Opened {
    /// The survey.
    pub(super) survey: Survey,
    /// The session, restored where there was a draft.
    pub(super) session: Session,
    /// What is random in it.
    pub(super) seed: u64,
    /// For a restored one: the instances that people added and removed, in order; for a new one, what it begins with.
    pub(super) shaped: Vec<Entry>,
    /// For a restored one: where the person was, as the journal says.
    pub(super) page: Option<String>,
    /// It is only looked at: nothing of it is kept.
    pub(super) preview: bool,
    /// Seals what is answered, where the survey wants that.
    pub(super) sealer: Option<Sealer>,
}

/// The survey that the program brings, open, with its form.
pub(super) async fn bundled() -> Result<(Survey, FormSource), Unopened> {
    let text = http::fetch_text(BUNDLED).await.map_err(|_| Unopened::NotLoaded)?;
    let (survey, form) = text.split_once('\n').ok_or(Unopened::Wrong)?;
    let survey = from_json(survey).map_err(|_| Unopened::Wrong)?;
    Ok((survey, form_from_json(form).map_err(|_| Unopened::Wrong)?))
}

/// Opens a survey for a new filling, for a preview (whether or not it is open), or to go on with a draft and the journal entries it holds.
pub(super) async fn open(
    store: &impl ResponseStore,
    id: &str,
    draft: Option<(&Draft, &[Entry])>,
    language: Language,
    preview: bool,
) -> Result<Opened, Unopened> {
    let known = store.surveys().await.map(|all| all.into_iter().find(|survey| survey.id == id));
    let (survey, source) = match known {
        Ok(Some(survey)) if survey.state != SurveyState::Open && !preview => return Err(Unopened::NotHere),
        Ok(Some(survey)) => {
            let form = draft.map(|(draft, _)| draft.form.clone()).unwrap_or_else(|| survey.form.clone());
            let source = store.form(&form).await.map_err(|fault| Unopened::Store(fault.kind))?;
            (survey, source.ok_or(Unopened::FormGone)?)
        }
        Ok(None) if id == BUNDLED_EVENT => {
            let (survey, source) = bundled().await?;
            // If it cannot be kept, the journal will say so, loudly; nobody is kept from answering. But one that a newer
            // version wrote is here, and may have been closed since.
            match store.put_survey(&survey, Some(&source)).await {
                Err(Fault { kind: kind @ FaultKind::Newer, .. }) => return Err(Unopened::Store(kind)),
                _ => (survey, source),
            }
        }
        // A store that does not open at all: the survey that needs none can still be answered, in memory.
        Err(_) if id == BUNDLED_EVENT => bundled().await?,
        Err(fault) => return Err(Unopened::Store(fault.kind)),
        Ok(None) => return Err(Unopened::NotHere),
    };
    let sealer = match survey.seal.as_ref().filter(|_| !preview) {
        Some(seal) => Some(Sealer::fetch(&seal.recipient).await.map_err(|_| Unopened::NotLoaded)?),
        None => None,
    };
    let form = Rc::new(Form::build(&source).map_err(|_| Unopened::Wrong)?);
    // Formats after the second ask for files or show some.
    if source.format > SECOND_FORMAT {
        shell::load_binary("media").await.map_err(|_| Unopened::NotLoaded)?;
    }
    let seed = draft.map(|(draft, _)| draft.seed).unwrap_or_else(random::seed);
    let wanted =
        if form.speaks_others() { preferred_tongues(language) } else { vec![language.tag().to_owned()] };
    let language = wanted.iter().find_map(|tag| form.language(tag)).unwrap_or(0);
    let settings =
        Settings { language, seed, matches: regex::matches, calculate: math::calculate, digest: |_, _| None };
    let begins = if draft.is_some() || preview { Vec::new() } else { prefilled(id) };
    let journal = draft.map_or(begins.as_slice(), |(_, journal)| journal);
    let (session, restored) =
        Session::restore(form, settings, clock::now(), journal).map_err(|_| Unopened::Wrong)?;
    // What was filled in beforehand may be of a question that is asked later.
    let is_shape = |entry: &&Entry| draft.is_none() || matches!(entry, Entry::Add(_) | Entry::Remove(_));
    let shaped = journal.iter().filter(is_shape).cloned().collect();
    Ok(Opened { survey, session, seed, shaped, page: restored.page, preview, sealer })
}
