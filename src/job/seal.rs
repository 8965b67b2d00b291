use super::kept::heed;
use super::run::BATCH;
use super::{JobError, JobErrorKind, Outcome, Progress, Tools, Unsealed};
use crate::response::wire::response_from_json;
use crate::response::{Response, Sealed};
use crate::share::seal::{Sealing, recipient_in, typed_secret};
use crate::store::ResponseStore;
use crate::survey::{Seal, Survey, SurveyState};

/// Makes a key for a survey that is being set up and that nobody has answered, and keeps it under the passphrase. From here on what people answer
/// is sealed to it, and it cannot be opened before somebody has confirmed that the recovery page is kept.
pub(super) async fn make_key(
    id: &str,
    passphrase: &str,
    store: &impl ResponseStore,
    tools: &Tools<'_>,
) -> Result<Outcome, JobError> {
    let survey = survey(id, store).await?;
    let fresh = survey.state == SurveyState::Setup && survey.seal.is_none();
    if !fresh || !super::bundle::is_unanswered(id, store).await? {
        return Err(sealed("answered"));
    }
    let form = store.form(&survey.form).await?;
    if form.is_some_and(|form| form.asks_for_files()) {
        return Err(sealed("media"));
    }
    let made = sealing(tools).await?.make_key(passphrase).ok_or_else(|| sealed("unmade"))?;
    // The key first: a survey that seals to a key that is nowhere would lose its answers.
    store.put_key(id, &made.record).await?;
    let seal = Some(Seal { recipient: made.recipient, recovery_kept: false });
    let survey = Survey { seal, ..survey };
    store.put_survey(&survey, None).await?;
    Ok(Outcome::Key(made.secret))
}

/// The secret key of a survey, by its passphrase.
pub(super) async fn show_key(
    id: &str,
    passphrase: &str,
    store: &impl ResponseStore,
    tools: &Tools<'_>,
) -> Result<Outcome, JobError> {
    let survey = survey(id, store).await?;
    Ok(Outcome::Key(secret(&survey, passphrase, sealing(tools).await?.as_ref(), store).await?))
}

/// Opens the sealed responses of people who have finished, and adds them as ordinary ones. What does not open stays as it
/// is. Those that are not finished stay sealed: whoever stopped did not hand anything in.
pub(super) async fn unseal(
    id: &str,
    given: &str,
    store: &impl ResponseStore,
    tools: &mut Tools<'_>,
) -> Result<Outcome, JobError> {
    let survey = survey(id, store).await?;
    let sealing = sealing(tools).await?;
    let secret = secret(&survey, given, sealing.as_ref(), store).await?;
    let all: Vec<Sealed> = store.sealed(id).await?.into_iter().filter(|sealed| sealed.finished).collect();
    let (mut came, mut done) = (Unsealed::default(), 0);
    for batch in all.chunks(BATCH) {
        let opened: Vec<Response> =
            batch.iter().filter_map(|sealed| open(sealed, &secret, sealing.as_ref())).collect();
        came.unopened += batch.len() - opened.len();
        came.merge.count(&store.add_opened(&opened).await?);
        done += batch.len();
        heed((tools.progress)(Progress { done, of: all.len() }))?;
    }
    Ok(Outcome::Unsealed(came))
}

/// The response inside, where it is what stands on it.
fn open(sealed: &Sealed, secret: &str, sealing: &dyn Sealing) -> Option<Response> {
    let json = String::from_utf8(sealing.open(secret, &sealed.age)?).ok()?;
    let response = response_from_json(&json).ok()?;
    let is_it = response.id == sealed.id && response.survey == sealed.survey && !response.example;
    is_it.then_some(response)
}

/// The secret key: typed from the recovery page, or by the passphrase of the key that is kept here.
async fn secret(
    survey: &Survey,
    given: &str,
    sealing: &dyn Sealing,
    store: &impl ResponseStore,
) -> Result<String, JobError> {
    let recipient = survey.seal.as_ref().map(|seal| seal.recipient.clone());
    if let Some(secret) = typed_secret(given) {
        return match sealing.recipient_of(&secret) {
            None => Err(sealed("typing")),
            other if other != recipient => Err(sealed("other_key")),
            _ => Ok(secret),
        };
    }
    let record = store.key(&survey.id).await?.ok_or_else(|| sealed("no_key"))?;
    if recipient_in(&record) != recipient {
        return Err(sealed("other_key"));
    }
    sealing.unlock(&record, given).ok_or_else(|| sealed("passphrase"))
}

async fn survey(id: &str, store: &impl ResponseStore) -> Result<Survey, JobError> {
    let survey = store.surveys().await?.into_iter().find(|survey| survey.id == id);
    survey.ok_or_else(|| JobError::new(JobErrorKind::NoSurvey, id))
}

async fn sealing(tools: &Tools<'_>) -> Result<Box<dyn Sealing>, JobError> {
    (tools.sealing)().await.ok_or_else(|| sealed("not_loaded"))
}

fn sealed(why: &str) -> JobError {
    JobError::new(JobErrorKind::Sealed, why)
}
