use super::Why;
use crate::browser::idb::IdbStore;
use crate::browser::preferences::{LocalPreferences, keep_prefilled, lent_for};
use crate::browser::{http, shell};
use crate::form::{Form, FormSource};
use crate::i18n::Language;
use crate::instrument::{bundled_survey, compile, definition_from_json};
use crate::job::{LinkOpened, open_link};
use crate::response::{Answer, Entry};
use crate::share::link::{Link, LinkError, answerable, is_of, read};
use crate::store::Preferences;
use crate::survey::{Subject, Survey};

const LANGUAGE: &str = "language";

/// Reads a link and keeps what it brings; gives the survey's id. Until it is known to be whole, nothing changes.
pub(super) async fn open(text: &str, takes: bool) -> Result<String, Why> {
    let link = read(text).map_err(|error| match error {
        LinkError::Newer => Why::OtherVersion,
        LinkError::Damaged => Why::Damaged,
    })?;
    let survey = link.survey.id.clone();
    // Whoever has the device in their hands is not who decides what is on it.
    if let Some(lent) = lent_for() {
        return if lent == survey { Ok(survey) } else { Err(Why::Lent) };
    }
    let (source, brought) = questionnaire(&link).await?;
    let form = Form::build(&source).map_err(|_| Why::Damaged)?;
    let opened = open_link(&link, &source, brought.as_ref(), takes, &IdbStore::default()).await;
    match opened.map_err(|fault| Why::Store(fault.kind))? {
        LinkOpened::Ready => {}
        LinkOpened::Differs => return Err(Why::Differs),
        LinkOpened::Closed => return Err(Why::Closed),
        LinkOpened::Preparing => return Err(Why::Preparing),
        LinkOpened::Another => return Err(Why::Another),
    }
    let given = link.answers.iter().filter(|(path, choice)| answerable(&form, path, choice).is_some());
    let entries: Vec<Entry> = given
        .map(|(path, choice)| Entry::Answer { path: path.clone(), answer: Answer::Choice(choice.clone()) })
        .collect();
    keep_prefilled(&survey, &entries);
    LocalPreferences.set(LANGUAGE, &link.language);
    shell::set_language(Language::from_tag(&link.language).tag());
    Ok(survey)
}

/// The questionnaire of a link; beside it the survey that the program brings under the same id.
async fn questionnaire(link: &Link) -> Result<(FormSource, Option<Survey>), Why> {
    let path = match &link.survey.subject {
        Subject::Event(_) => "instruments/post_visit.json",
        Subject::Study(_) => "instruments/community_safety.json",
        Subject::Own(_) => return Ok((link.form.clone().ok_or(Why::Damaged)?, None)),
    };
    let text = http::fetch_text(path).await.map_err(|_| Why::NotLoaded)?;
    let definition = definition_from_json(&text).map_err(|_| Why::NotLoaded)?;
    let source = compile(&definition, &link.survey.subject).map_err(|_| Why::OtherVersion)?;
    if !is_of(&source, &link.survey.form) {
        return Err(Why::OtherVersion);
    }
    let brought = bundled_survey(&definition).ok().map(|(survey, _)| survey);
    Ok((source, brought.filter(|brought| brought.id == link.survey.id)))
}
