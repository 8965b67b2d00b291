//! The community survey of the bundled study, and responses made up for it: what the benches work on.

use std::rc::Rc;

use sondeo::form::{Date, Form, FormSource};
use sondeo::instrument;
use sondeo::job;
use sondeo::response::Response;
use sondeo::survey::{Survey, SurveyState};

/// The survey and its form.
pub(crate) fn community() -> (Survey, Rc<Form>) {
    let (survey, source) = community_source();
    (survey, Rc::new(Form::build(&source).expect("the form builds")))
}

/// The survey and its form as it is kept.
pub(crate) fn community_source() -> (Survey, FormSource) {
    let text = include_str!("../../public/instruments/community_safety.json");
    let definition = instrument::definition_from_json(text).expect("the instrument reads");
    let (mut survey, source) = instrument::bundled_survey(&definition).expect("the study compiles");
    survey.state = SurveyState::Closed;
    (survey, source)
}

/// Responses, some hundred of them different and then again the same.
#[allow(dead_code, reason = "not every bench needs responses")]
pub(crate) fn responses(form: &Rc<Form>, survey: &Survey, count: usize) -> Vec<Response> {
    let today = Date { year: 2026, month: 3, day: 5 };
    let some = job::examples(form, survey, 500.min(count), 1, today, matches).expect("no cycle");
    some.iter().cycle().take(count).cloned().collect()
}

/// Whole-text regular expressions.
pub(crate) fn matches(pattern: &str, text: &str) -> Option<bool> {
    Some(regex_lite::Regex::new(&format!("^(?:{pattern})$")).ok()?.is_match(text))
}
