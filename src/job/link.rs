//! Links that bring a survey to a phone: made here for the desk, and what comes of one on the phone that opens it.

use qrcode::bits::Bits;
use qrcode::{Color, EcLevel, QrCode, Version};

use super::bundle::is_unanswered;
use super::run::survey_and_form;
use super::{JobError, JobErrorKind, LinkMade, Outcome, Qr, Tools};
use crate::form::FormSource;
use crate::share::link::{Link, MOST, MOST_ANSWERS, answerable, for_link, write};
use crate::store::{Fault, ResponseStore};
use crate::survey::{Subject, Survey, SurveyState};

/// More modules than these, 117 on each side, a cheap camera does not tell apart.
const LARGEST_QR: i16 = 25;

/// The link to a survey that is open. `page`: the address of the program, without what follows `#`.
pub(super) async fn make(
    id: &str,
    page: &str,
    language: &str,
    answers: &[(String, String)],
    store: &impl ResponseStore,
    tools: &Tools<'_>,
) -> Result<Outcome, JobError> {
    let request = |detail: &str| JobError::new(JobErrorKind::Request, detail);
    let (survey, form) = survey_and_form(id, store, tools).await?;
    if survey.state != SurveyState::Open || survey.example {
        return Err(request("a survey that is not open"));
    }
    if answers.len() > MOST_ANSWERS {
        return Err(request("too many answers"));
    }
    let paths: Option<Vec<(String, String)>> = answers
        .iter()
        .map(|(name, choice)| {
            let path = form.path(form.find(name)?);
            answerable(&form, &path, choice).map(|_| (path, choice.clone()))
        })
        .collect();
    let own = matches!(survey.subject, Subject::Own(_));
    let source = match own {
        true => store.form(&survey.form).await?,
        false => None,
    };
    let shows = source.as_ref().is_some_and(|form| !form.shown_files().is_empty());
    let link = Link {
        survey: for_link(&survey),
        form: source,
        language: language.to_owned(),
        answers: paths.ok_or_else(|| request("an answer that no link can give"))?,
    };
    let text = write(&link);
    let address = [page, "#/link/", &text].concat();
    let fits = text.len() <= MOST;
    let qr = if fits { qr(&address) } else { None };
    let length = address.len();
    Ok(Outcome::Link(Box::new(LinkMade { address: fits.then_some(address), length, qr, shows })))
}

/// The smallest code that a camera can be expected to read; of that size with the most that may be damaged. `None`: there is none.
pub(super) fn qr(text: &str) -> Option<Qr> {
    let fits = |version: i16, level: EcLevel| {
        let version = Version::Normal(version);
        let mut bits = Bits::new(version);
        bits.push_optimal_data(text.as_bytes()).ok()?;
        bits.push_terminator(level).ok()?;
        QrCode::with_bits(bits, level).ok()
    };
    // Level M first: paper gets dirty.
    let code = [EcLevel::M, EcLevel::L]
        .into_iter()
        .find_map(|level| (1..=LARGEST_QR).find_map(|version| fits(version, level)))?;
    let width = code.width();
    let mut path = String::new();
    for (row, line) in code.to_colors().chunks(width).enumerate() {
        let mut from = None;
        for (column, color) in line.iter().copied().chain([Color::Light]).enumerate() {
            match (color, from) {
                (Color::Dark, None) => from = Some(column),
                (Color::Light, Some(begin)) => {
                    path.push_str(&format!("M{begin} {row}h{}v1H{begin}z", column - begin));
                    from = None;
                }
                _ => {}
            }
        }
    }
    Some(Qr { width, path })
}

/// What comes of a link on the device that opens it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkOpened {
    /// The survey is here, as the link has it.
    Ready,
    /// The survey is here with other settings or another version of its questionnaire. Nothing was changed.
    Differs,
    /// The survey is here and closed. Nothing was changed.
    Closed,
    /// Somebody prepares the survey on this device. Nothing was changed.
    Preparing,
    /// Another survey is here under the same id. Nothing was changed.
    Another,
}

/// Keeps the survey that a link brings where it is not here, as a file with a copy would. `form`: its questionnaire, of the link
/// or made of its survey. `brought`: the survey that the program brings under this id, if it does; as long as it is as it was
/// brought and nobody has answered it, the link's takes its place. `takes`: somebody has said that of two that differ the link's
/// is to be used; responses and drafts stay with the questionnaire that they answer.
pub async fn open_link(
    link: &Link,
    form: &FormSource,
    brought: Option<&Survey>,
    takes: bool,
    store: &impl ResponseStore,
) -> Result<LinkOpened, Fault> {
    let new = &link.survey;
    let Some(here) = store.surveys().await?.into_iter().find(|kept| kept.id == new.id) else {
        store.put_survey(new, Some(form)).await?;
        return Ok(LinkOpened::Ready);
    };
    let same = for_link(&here) == *new;
    let untouched = is_unanswered(&here.id, store).await?;
    let is_brought = brought.is_some_and(|brought| for_link(brought) == for_link(&here));
    if !same && is_brought && untouched && here.state != SurveyState::Closed {
        store.put_survey(new, Some(form)).await?;
        return Ok(LinkOpened::Ready);
    }
    let alike = std::mem::discriminant(&here.subject) == std::mem::discriminant(&new.subject)
        && here.form.id == new.form.id;
    // Answers sealed for somebody else could not be read by whoever made the link, nor those sealed for nobody.
    let seals = match (&here.seal, &new.seal) {
        (Some(here), Some(new)) => here.recipient == new.recipient,
        (None, Some(_)) => untouched,
        (Some(_), None) => false,
        (None, None) => true,
    };
    match here.state {
        _ if !alike || !seals => Ok(LinkOpened::Another),
        SurveyState::Closed => Ok(LinkOpened::Closed),
        SurveyState::Setup => Ok(LinkOpened::Preparing),
        SurveyState::Open if same => Ok(LinkOpened::Ready),
        SurveyState::Open if !takes => Ok(LinkOpened::Differs),
        SurveyState::Open => {
            // How results are made here is for whoever does that here.
            let survey = Survey {
                form: new.form.clone(),
                subject: new.subject.clone(),
                seal: new.seal.clone(),
                retention: new.retention,
                ..here
            };
            store.put_survey(&survey, Some(form)).await?;
            Ok(LinkOpened::Ready)
        }
    }
}
