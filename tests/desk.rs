//! The jobs that only the desk asks for, over the in-memory store, as text there and back.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "common/job.rs"]
#[allow(dead_code, reason = "only texts go there and back")]
mod job;

use job::{answered, wait};
use sondeo::form::Date;
use sondeo::i18n::Language;
use sondeo::job::{Job, JobError, JobErrorKind, Outcome, wire};
use sondeo::report::screen::{Screen, screen};
use sondeo::store::{MemoryStore, ResponseStore};
use sondeo::survey::{Subject, Survey, SurveyState};

const VISIT: &str = include_str!("../public/instruments/post_visit.json");
const STUDY: &str = include_str!("../public/instruments/community_safety.json");

fn ask(store: &MemoryStore, job: &Job) -> Result<Outcome, JobError> {
    let (reply, _) = answered(&wire::request_to_json(job), store);
    wire::reply_without_summary_from_json(&reply)
}

fn keep(store: &MemoryStore, survey: Option<&Survey>, definition: &str) -> Result<Survey, JobError> {
    let survey = survey.map(|survey| Box::new(survey.clone()));
    match ask(store, &Job::Keep { survey, definition: definition.to_owned() })? {
        Outcome::Kept(survey) => Ok(*survey),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_the_program_brings_is_kept_once_with_its_form() {
    for definition in [VISIT, STUDY] {
        let store = MemoryStore::default();
        let brought = keep(&store, None, definition).unwrap();
        assert_eq!(wait(store.surveys()).unwrap(), std::slice::from_ref(&brought));
        assert!(wait(store.form(&brought.form)).unwrap().is_some());
        let opened = Survey { state: SurveyState::Open, ..brought.clone() };
        wait(store.put_survey(&opened, None)).unwrap();
        assert_eq!(keep(&store, None, definition).unwrap(), brought);
        assert_eq!(wait(store.surveys()).unwrap(), [opened]);
    }
}

#[test]
fn another_site_makes_another_form_and_the_same_sites_the_same() {
    let store = MemoryStore::default();
    let brought = keep(&store, None, VISIT).unwrap();
    assert_eq!(keep(&store, Some(&brought), VISIT).unwrap().form, brought.form);
    let mut own = brought.starting_point("own".to_owned());
    let Subject::Event(event) = &mut own.subject else { panic!() };
    event.sites.remove(0);
    let kept = keep(&store, Some(&own), VISIT).unwrap();
    assert_ne!(kept.form, brought.form);
    assert!(wait(store.form(&kept.form)).unwrap().is_some());
    assert_eq!(wait(store.surveys()).unwrap().len(), 2);
}

#[test]
fn a_questionnaire_that_cannot_be_made_keeps_nothing() {
    let store = MemoryStore::default();
    let mut brought = keep(&MemoryStore::default(), None, VISIT).unwrap();
    let Subject::Event(event) = &mut brought.subject else { panic!() };
    let twice = event.sites.first().unwrap().clone();
    event.sites.push(twice);
    assert_eq!(keep(&store, Some(&brought), VISIT).unwrap_err().kind, JobErrorKind::Form);
    assert_eq!(keep(&store, None, "{").unwrap_err().kind, JobErrorKind::Form);
    assert!(wait(store.surveys()).unwrap().is_empty());
}

#[test]
fn days_and_screen_come_back_as_they_were_sent_and_a_summary_does_not() {
    let store = MemoryStore::default();
    let survey = keep(&store, None, STUDY).unwrap();
    let today = Date::new(2026, 3, 5).unwrap();
    let job = Job::Examples { survey: survey.id.clone(), count: 400, seed: 20_260_305, today };
    assert_eq!(ask(&store, &job), Ok(Outcome::Added(400)));

    let Ok(Outcome::Days(days)) = ask(&store, &Job::Days { survey: survey.id.clone() }) else { panic!() };
    assert_eq!(days.iter().map(|(_, count, _)| count).sum::<usize>(), 400);
    assert!(days.iter().all(|(_, count, examples)| count == examples));
    assert!(days.windows(2).all(|pair| matches!(pair, [a, b] if a.0 < b.0)));
    assert_eq!(days.last().map(|(day, ..)| *day), Some(today));

    let summarize =
        wire::request_to_json(&Job::Summarize { survey: survey.id.clone(), view: Default::default() });
    let (reply, _) = answered(&summarize, &store);
    let Ok(Outcome::Summary(summary)) = wire::reply_from_json(&reply) else { panic!() };
    assert_eq!(wire::reply_without_summary_from_json(&reply).unwrap_err().kind, JobErrorKind::Request);
    for language in Language::ALL {
        let job = Job::Screen { survey: survey.id.clone(), view: Default::default(), language };
        let Ok(Outcome::Screen(shown)) = ask(&store, &job) else { panic!() };
        let fields = shown.fields.clone();
        assert!(fields.iter().any(|field| field.name == "gender" && field.is_handy()));
        assert!(*shown == Screen { fields, ..screen(&summary, None, language) });
        assert!(shown.blocks.len() > summary.sections.len());
        // A piece is one element: the desk puts it in as one.
        for (key, markup) in shown.blocks.iter().flat_map(|block| &block.pieces) {
            assert!(markup.starts_with('<') && markup.ends_with("</section>") || key == "head", "{key}");
            assert_eq!(markup.matches("<details").count(), markup.matches("</details>").count(), "{key}");
            assert_eq!(markup.matches("<section").count(), markup.matches("</section>").count(), "{key}");
        }
    }
}
