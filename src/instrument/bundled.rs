use super::{CompileProblem, Definition, compile};
use crate::form::FormSource;
use crate::response::FormReference;
use crate::survey::{Event, SamplingDesign, Study, Subject, Survey, SurveyState, Weighting};

/// Why the example of an instrument cannot be had. Never happens with the two that the program brings.
#[derive(Debug, Clone, PartialEq)]
pub enum BundledError {
    /// The instrument has no example of this kind.
    None,
    /// The example does not compile.
    Compile(Vec<CompileProblem>),
}

/// The event that an instrument brings as its example.
pub fn bundled_event(definition: &Definition) -> Result<Event, BundledError> {
    definition.event_example.clone().ok_or(BundledError::None)
}

/// The study that an instrument brings as its example. Nobody has confirmed its helplines yet.
pub fn bundled_study(definition: &Definition) -> Result<Study, BundledError> {
    definition.study_example.clone().ok_or(BundledError::None)
}

/// The survey that an instrument brings as its example, still to be set up, and the form it uses. Its id is the
/// event's or study's, the same on every phone. Everybody who took part in a visit is asked; for a study, whoever
/// wants to answer.
pub fn bundled_survey(definition: &Definition) -> Result<(Survey, FormSource), BundledError> {
    let subject = match bundled_event(definition) {
        Ok(event) => Subject::Event(event),
        Err(BundledError::None) => Subject::Study(bundled_study(definition)?),
        Err(error) => return Err(error),
    };
    let form = compile(definition, &subject).map_err(BundledError::Compile)?;
    let (id, design, expected) = match &subject {
        Subject::Event(event) => (event.id.clone(), SamplingDesign::Census, Some(event.expected)),
        Subject::Study(study) => (study.id.clone(), SamplingDesign::Convenience, None),
        Subject::Own(_) => return Err(BundledError::None),
    };
    let survey = Survey {
        id,
        form: FormReference { id: form.id.clone(), version: form.version.clone() },
        subject,
        design,
        expected,
        minimum_cell: 5,
        seal: None,
        retention: None,
        weighting: Weighting::default(),
        state: SurveyState::Setup,
        example: false,
    };
    Ok((survey, form))
}
