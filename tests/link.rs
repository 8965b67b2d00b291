//! Links: there and back, damaged in any way, on devices that have the survey, another one or none, over stores that fail.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

#[path = "common/job.rs"]
#[allow(dead_code, reason = "only some of it is needed")]
mod job;

use job::{done, wait};
use proptest::prelude::*;
use sondeo::form::{Form, FormSource};
use sondeo::instrument::{Definition, bundled_survey, compile, definition_from_json};
use sondeo::job::{Job, LinkMade, LinkOpened, Outcome, open_link, wire};
use sondeo::response::{Draft, FormReference, ResponseId};
use sondeo::share::link::{Link, LinkError, MOST, answerable, for_link, read, write};
use sondeo::store::{FaultKind, FaultyStore, MemoryStore, ResponseStore};
use sondeo::survey::{Bilingual, Own, SamplingDesign, Seal, Subject, Survey, SurveyState, Weighting};

const STORED: &str = include_str!("data/stored/link-1.txt");
const PAGE: &str = "https://encuestas.example.org/sondeo/";

fn definition(name: &str) -> Definition {
    let text = std::fs::read_to_string(format!("public/instruments/{name}.json")).unwrap();
    definition_from_json(&text).unwrap()
}

/// What the program brings, open.
fn built_in(name: &str) -> (Survey, FormSource) {
    let (survey, form) = bundled_survey(&definition(name)).unwrap();
    (Survey { state: SurveyState::Open, ..survey }, form)
}

/// A form of one's own, and a survey that asks it.
fn own() -> (Survey, FormSource) {
    let form: FormSource =
        sondeo::survey::wire::form_from_json(include_str!("data/stored/form-2.json").trim()).unwrap();
    let survey = Survey {
        id: "feria".into(),
        form: FormReference { id: form.id.clone(), version: form.version.clone() },
        subject: Subject::Own(Own { name: Bilingual { es: "Feria".into(), en: String::new() }, wave: 1 }),
        design: SamplingDesign::Convenience,
        expected: Some(40),
        minimum_cell: 5,
        weighting: Weighting::default(),
        retention: Some(90),
        state: SurveyState::Open,
        example: false,
        seal: None,
    };
    (survey, form)
}

fn link(survey: &Survey, form: Option<&FormSource>) -> Link {
    let answers = vec![("a/b".to_owned(), "c".to_owned())];
    Link { survey: for_link(survey), form: form.cloned(), language: "es".into(), answers }
}

fn store_of(survey: &Survey, form: &FormSource) -> MemoryStore {
    let store = MemoryStore::default();
    wait(store.put_survey(survey, Some(form))).unwrap();
    store
}

fn made(store: &impl ResponseStore, survey: &str, answers: &[(&str, &str)]) -> Option<LinkMade> {
    let answers = answers.iter().map(|(name, choice)| (name.to_string(), choice.to_string())).collect();
    let job = Job::Link { survey: survey.into(), page: PAGE.into(), language: "es".into(), answers };
    let job = wire::request_from_json(&wire::request_to_json(&job)).unwrap();
    let outcome = Ok(done(&job, store).ok()?.0);
    match wire::reply_from_json(&wire::reply_to_json(&outcome)).unwrap() {
        Outcome::Link(made) => Some(*made),
        other => panic!("{other:?}"),
    }
}

fn text_of(made: &LinkMade) -> String {
    made.address.as_ref().unwrap().strip_prefix(PAGE).unwrap().strip_prefix("#/link/").unwrap().to_owned()
}

#[test]
fn a_link_of_format_1_opens_for_ever() {
    let read = read(STORED.trim()).unwrap();
    let (survey, form) = own();
    assert_eq!(read, link(&survey, Some(&form)));
    assert_eq!(read.survey.expected, None, "how many are invited is nobody's business on a phone");
}

#[test]
fn what_a_link_brings_comes_back_as_it_was() {
    let (mut sealed, form) = own();
    sealed.seal = Some(Seal { recipient: "age1abc".into(), recovery_kept: true });
    for (survey, form) in
        [(built_in("post_visit").0, None), (built_in("community_safety").0, None), (sealed, Some(&form))]
    {
        let link = link(&survey, form);
        assert_eq!(read(&write(&link)), Ok(link));
    }
}

#[test]
fn a_built_in_survey_fits_a_code_that_phones_read() {
    for name in ["post_visit", "community_safety"] {
        let (survey, form) = built_in(name);
        let made = made(&store_of(&survey, &form), &survey.id, &[]).unwrap();
        let qr = made.qr.clone().unwrap();
        // Version 25 has 117 squares on each side.
        assert!(qr.width <= 101, "{name}: {} squares for {} characters", qr.width, made.length);
        assert_eq!((qr.width - 17) % 4, 0);
        let link = read(&text_of(&made)).unwrap();
        assert_eq!((link.survey, link.form), (for_link(&survey), None));
    }
}

#[test]
fn answers_beforehand_are_of_questions_that_a_link_may_answer() {
    let (survey, form) = built_in("community_safety");
    let store = store_of(&survey, &form);
    let made_with = |answers: &[(&str, &str)]| made(&store, &survey.id, answers);
    let link = read(&text_of(&made_with(&[("district", "colon"), ("area", "cativa")]).unwrap())).unwrap();
    let built = Form::build(&form).unwrap();
    let path = |name| built.path(built.find(name).unwrap());
    let wanted = [(path("district"), "colon".to_owned()), (path("area"), "cativa".to_owned())];
    assert_eq!(link.answers, wanted);
    for (path, choice) in &link.answers {
        assert!(answerable(&built, path, choice).is_some());
    }
    // Consent is each person's own, what is sensitive too; and there must be such a choice.
    for refused in [
        ("consent", "yes"),
        ("adult", "yes"),
        ("vic_robbery", "yes"),
        ("district", "nowhere"),
        ("nothing", "x"),
    ] {
        assert_eq!(made_with(&[refused]), None, "{refused:?}");
        if let Some(id) = built.find(refused.0) {
            assert_eq!(answerable(&built, &built.path(id), refused.1), None);
        }
    }
}

#[test]
fn only_an_open_survey_has_a_link() {
    for state in [SurveyState::Setup, SurveyState::Closed] {
        let (survey, form) = own();
        let store = store_of(&Survey { state, ..survey }, &form);
        assert_eq!(made(&store, "feria", &[]), None);
    }
}

#[test]
fn a_questionnaire_that_is_too_long_has_no_link() {
    let (mut survey, mut form) = own();
    // Words that no packing makes shorter.
    let mut word = 7_u64;
    let mut noise = || {
        let mut text = String::new();
        for _ in 0..1_500 {
            word = word.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(&format!("{:x}", word >> 33));
        }
        text
    };
    form.title = vec![noise(), noise()];
    form.version = "2".into();
    survey.form.version = "2".into();
    let store = store_of(&survey, &form);
    let long = made(&store, "feria", &[]).unwrap();
    assert!(long.address.is_none() && long.qr.is_none() && long.length > MOST, "{}", long.length);

    let (survey, form) = own();
    let short = made(&store_of(&survey, &form), "feria", &[]).unwrap();
    assert!(short.address.is_some() && short.length < 2_000, "{}", short.length);
}

#[test]
fn a_link_brings_the_survey_where_it_is_not_and_the_same_one_again_changes_nothing() {
    let (survey, form) = own();
    let store = MemoryStore::default();
    let link = link(&survey, Some(&form));
    for _ in 0..2 {
        assert_eq!(wait(open_link(&link, &form, None, false, &store)), Ok(LinkOpened::Ready));
        assert_eq!(wait(store.surveys()).unwrap(), [for_link(&survey)]);
        assert_eq!(wait(store.form(&survey.form)).unwrap(), Some(form.clone()));
    }
    // The desk that made it: its own settings stay.
    let store = store_of(&survey, &form);
    assert_eq!(wait(open_link(&link, &form, None, true, &store)), Ok(LinkOpened::Ready));
    assert_eq!(wait(store.surveys()).unwrap(), [survey]);
}

#[test]
fn what_the_program_brings_makes_way_for_a_link_while_nobody_has_answered() {
    let (brought, form) = built_in("post_visit");
    let mut changed = brought.clone();
    let Subject::Event(event) = &mut changed.subject else { panic!("a visit") };
    event.sites.truncate(2);
    let source = compile(&definition("post_visit"), &changed.subject).unwrap();
    changed.form.version = source.version.clone();
    let link = link(&changed, None);

    let store = store_of(&brought, &form);
    assert_eq!(wait(open_link(&link, &source, Some(&brought), false, &store)), Ok(LinkOpened::Ready));
    assert_eq!(wait(store.surveys()).unwrap(), [for_link(&changed)]);

    let store = store_of(&brought, &form);
    wait(store.begin(&draft(&brought))).unwrap();
    assert_eq!(wait(open_link(&link, &source, Some(&brought), false, &store)), Ok(LinkOpened::Differs));
    assert_eq!(wait(store.surveys()).unwrap(), std::slice::from_ref(&brought), "nothing changed");
    assert_eq!(wait(open_link(&link, &source, Some(&brought), true, &store)), Ok(LinkOpened::Ready));
    let now = wait(store.surveys()).unwrap().remove(0);
    assert_eq!((now.form, now.subject), (changed.form.clone(), changed.subject.clone()));
    assert_eq!(now.expected, brought.expected, "what the desk here has set stays");
    assert_eq!(wait(store.drafts(&brought.id)).unwrap().len(), 1);
    assert!(wait(store.form(&brought.form)).unwrap().is_some(), "the draft's questionnaire stays");
}

fn draft(survey: &Survey) -> Draft {
    Draft {
        id: ResponseId([7; 16]),
        survey: survey.id.clone(),
        form: survey.form.clone(),
        wave: survey.wave(),
        started: sondeo::form::Date::parse("2026-11-28").unwrap(),
        seed: 1,
        lent: false,
        journal: Vec::new(),
    }
}

#[test]
fn closed_unopened_and_other_surveys_are_told_and_stay() {
    let (survey, form) = own();
    let seal = |name: &str| Some(Seal { recipient: name.into(), recovery_kept: true });
    let here = |change: &dyn Fn(&mut Survey)| {
        let mut survey = survey.clone();
        change(&mut survey);
        survey
    };
    let other_form = |survey: &mut Survey| survey.form.id = "other".into();
    for (here, brings, wanted) in [
        (here(&|it| it.state = SurveyState::Closed), survey.clone(), LinkOpened::Closed),
        (here(&|it| it.state = SurveyState::Setup), survey.clone(), LinkOpened::Preparing),
        (here(&other_form), survey.clone(), LinkOpened::Another),
        (here(&|it| it.seal = seal("age1a")), here(&|it| it.seal = seal("age1b")), LinkOpened::Another),
        (here(&|it| it.seal = seal("age1a")), survey.clone(), LinkOpened::Another),
    ] {
        let source = FormSource { id: here.form.id.clone(), ..form.clone() };
        let store = store_of(&here, &source);
        let link = link(&brings, Some(&form));
        for takes in [false, true] {
            assert_eq!(wait(open_link(&link, &form, None, takes, &store)), Ok(wanted));
            assert_eq!(wait(store.surveys()).unwrap(), std::slice::from_ref(&here));
        }
    }
    // A key that comes after the survey, before anybody has answered.
    let store = store_of(&survey, &form);
    let sealed = here(&|it| it.seal = seal("age1a"));
    let link = link(&sealed, Some(&form));
    assert_eq!(wait(open_link(&link, &form, None, false, &store)), Ok(LinkOpened::Differs));
    assert_eq!(wait(open_link(&link, &form, None, true, &store)), Ok(LinkOpened::Ready));
    assert_eq!(wait(store.surveys()).unwrap(), [sealed]);
}

#[test]
fn a_store_that_fails_is_told_and_has_nothing() {
    let (survey, form) = own();
    let link = link(&survey, Some(&form));
    for every in 1..5 {
        let store = FaultyStore::new(MemoryStore::default(), every, FaultKind::Full);
        match wait(open_link(&link, &form, None, false, &store)) {
            Ok(opened) => assert_eq!(opened, LinkOpened::Ready),
            Err(fault) => {
                assert_eq!(fault.kind, FaultKind::Full);
                assert_eq!(wait(store.inner().surveys()).unwrap(), []);
            }
        }
    }
}

proptest! {
    /// One sign changed, taken out, put in, or the end lost: always refused, and never as a newer version's.
    #[test]
    fn whatever_happens_to_a_link_on_its_way_it_is_refused(
        at in 2_usize..5_000, sign in "[A-Z2-7a-z0189._/ -]", kind in 0..4, stored in any::<bool>(),
    ) {
        let (survey, _) = built_in("post_visit");
        let text = if stored { STORED.trim().to_owned() } else { write(&link(&survey, None)) };
        let at = 2 + at % (text.len() - 2);
        let mut damaged = text.clone();
        match kind {
            0 => damaged.replace_range(at..at + 1, &sign),
            1 => drop(damaged.remove(at)),
            2 => damaged.insert_str(at, &sign),
            _ => damaged.truncate(at),
        }
        if damaged != text {
            prop_assert_eq!(read(&damaged), Err(LinkError::Damaged));
        }
    }

    #[test]
    fn whatever_is_no_link_is_refused(text in "([0-9]{0,5}-)?[A-Z2-7]{0,80}") {
        prop_assert!(read(&text).is_err());
    }

    #[test]
    fn any_text_at_all_is_refused(text: String) {
        prop_assert!(read(&text).is_err());
    }
}
