use super::{JobError, JobErrorKind, Outcome};
use crate::instrument::{BundledError, CompileProblem, bundled_survey, compile, definition_from_json};
use crate::response::FormReference;
use crate::store::ResponseStore;
use crate::survey::{Survey, SurveyState};

/// Keeps a survey together with the questionnaire that an instrument makes of it. `None`: the survey that the instrument
/// brings, kept where there is none of its id; what comes back is as it was brought, whatever the store has.
pub(super) async fn keep(
    survey: Option<&Survey>,
    definition: &str,
    store: &impl ResponseStore,
) -> Result<Outcome, JobError> {
    let definition = definition_from_json(definition)
        .map_err(|error| JobError::new(JobErrorKind::Form, format!("{error:?}")))?;
    let Some(survey) = survey else {
        let (mut survey, form) = bundled_survey(&definition).map_err(unbrought)?;
        // Phones that never saw the desk offer what nothing keeps from being opened; here it is no different.
        if survey.obstacles().is_empty() {
            survey.state = SurveyState::Open;
        }
        if store.surveys().await?.iter().all(|kept| kept.id != survey.id) {
            store.put_survey(&survey, Some(&form)).await?;
        }
        return Ok(Outcome::Kept(Box::new(survey)));
    };
    let form = compile(&definition, &survey.subject).map_err(|problems| unbuilt(&problems))?;
    let mut survey = survey.clone();
    survey.form = FormReference { id: form.id.clone(), version: form.version.clone() };
    store.put_survey(&survey, Some(&form)).await?;
    Ok(Outcome::Kept(Box::new(survey)))
}

fn unbrought(error: BundledError) -> JobError {
    match error {
        BundledError::Compile(problems) => unbuilt(&problems),
        error => JobError::new(JobErrorKind::Form, format!("{error:?}")),
    }
}

/// Names what keeps a questionnaire from being made.
fn unbuilt(problems: &[CompileProblem]) -> JobError {
    let names: Vec<&str> = problems.iter().map(|problem| problem.name.as_str()).collect();
    JobError::new(JobErrorKind::Form, names.join(", "))
}
