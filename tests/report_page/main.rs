//! scratch
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
use sondeo::form::{Date, Form};
use sondeo::i18n::Language;
use sondeo::instrument::{bundled_survey, definition_from_json};
use sondeo::job::{Job, Outcome, run};
use sondeo::report::html;
use sondeo::store::{MemoryStore, ResponseStore};
use sondeo::summary::View;
use sondeo::survey::SurveyState;
const STUDY: &str = include_str!("../../public/instruments/community_safety.json");
fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}
fn matches(pattern: &str, text: &str) -> Option<bool> {
    let anchored = format!("^(?:{})$", pattern.trim_start_matches('^').trim_end_matches('$'));
    regex_lite::Regex::new(&anchored).ok().map(|regex| regex.is_match(text))
}
#[test]
fn scratch() {
    let (mut survey, source) = bundled_survey(&definition_from_json(STUDY).unwrap()).unwrap();
    survey.state = SurveyState::Closed;
    let store = MemoryStore::default();
    let today = Date::new(2026, 3, 5).unwrap();
    let job = Job::Examples { survey: survey.id.clone(), count: 400, seed: 7, today };
    wait(async {
        store.put_survey(&survey, Some(&source)).await.unwrap();
        assert_eq!(run(&job, &store, matches, &mut |_| ()).await.unwrap(), Outcome::Added(400));
    });
    let _ = Form::build(&source).unwrap();
    let job = Job::Summarize { survey: survey.id.clone(), view: View::default() };
    let Outcome::Summary(summary) = wait(run(&job, &store, matches, &mut |_| ())).unwrap() else { panic!() };
    std::fs::write("target/scratch.html", html::document(&summary, Language::Es)).unwrap();
}
