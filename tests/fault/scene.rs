//! What the app does with its store, step by step, as screens and jobs do it. A step that ends well is one that a person is told
//! of: "Saved", the thanks, a file joined. One that fails is told too, and tried again by the same step.

pub(crate) use std::cell::RefCell;
pub(crate) use std::collections::BTreeMap;
pub(crate) use std::ops::ControlFlow;

pub(crate) use sondeo::i18n::Language;
pub(crate) use sondeo::job::{
    Job, JobErrorKind, KeepForm, Kept, Outcome, ReceiptRead, TableFile, Tools, run, wire,
};
pub(crate) use sondeo::report::texts::{Recode, Stops, ThemeLine};
pub(crate) use sondeo::response::wire::response_to_json;
pub(crate) use sondeo::response::{Answer, Draft, Entry, Response, Sealed};
pub(crate) use sondeo::share::receipt::receipt;
pub(crate) use sondeo::share::seal::{Cost, Here, NewKey, RANDOM, Sealing, make_key, seal};
pub(crate) use sondeo::store::{CopyMade, Fault, FaultKind, MemoryStore, Merge, ResponseStore, Safety};
pub(crate) use sondeo::summary::View;
pub(crate) use sondeo::survey::{Seal, Survey, SurveyState};

pub(crate) use crate::scenario::{another, day, draft, entries, example, form, id, response, survey};

pub(crate) use crate::{carried::*, filling::*, kept::*};

pub(crate) const QUICK: &str = include_str!("../data/forms/quick.md");
pub(crate) const PASSPHRASE: &str = "cuatro palabras nada comunes";
/// What a test can wait for.
pub(crate) const CHEAP: Cost = Cost { memory: 64, passes: 1 };

/// What a page or worker has in memory between steps, and what another device gave.
#[derive(Default)]
pub(crate) struct Hand {
    /// Entries that the store has not confirmed.
    pub(crate) waiting: Vec<Entry>,
    /// A file from elsewhere, or one made here.
    pub(crate) file: Vec<u8>,
    pub(crate) copy: Option<CopyMade>,
    pub(crate) sealed: Vec<Sealed>,
    pub(crate) kept: Kept,
    /// What the last step told.
    pub(crate) told: String,
}

/// Why a step did not end well.
#[derive(Debug)]
pub(crate) struct Trouble(pub(crate) FaultKind);

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Trouble {
        Trouble(fault.kind)
    }
}

/// A scene: its name, how many of its steps come before anything fails, and how many there are.
pub(crate) struct Scene {
    pub(crate) name: &'static str,
    pub(crate) ready: usize,
    pub(crate) steps: usize,
}

macro_rules! scenes {
    ($($name:ident: $ready:literal of $steps:literal,)*) => {
        pub(crate) const SCENES: &[Scene] = &[
            $(Scene { name: stringify!($name), ready: $ready, steps: $steps },)*
        ];

        /// The n-th step of a scene.
        pub(crate) async fn step(
            store: &impl ResponseStore,
            scene: &Scene,
            n: usize,
            hand: &mut Hand,
        ) -> Result<(), Trouble> {
            match scene.name {
                $(stringify!($name) => $name(store, n, hand).await,)*
                other => panic!("no scene {other}"),
            }
        }
    };
}

scenes! {
    a_first_page_is_kept: 1 of 4,
    a_draft_is_opened_again_and_gone_on_with: 2 of 5,
    a_filling_is_finished: 3 of 5,
    a_filling_is_finished_where_examples_were: 4 of 5,
    a_filling_is_finished_in_two_tabs: 3 of 6,
    a_filling_is_discarded: 2 of 4,
    a_filling_is_set_aside_on_a_lent_device: 1 of 6,
    a_new_bundle_is_joined: 1 of 2,
    a_bundle_is_joined_again: 2 of 3,
    a_bundle_that_differs_is_joined: 2 of 4,
    a_bundle_of_sealed_responses_is_joined: 1 of 3,
    a_table_is_joined: 2 of 4,
    a_table_is_joined_where_examples_were: 3 of 4,
    a_copy_is_made_and_confirmed: 2 of 6,
    confirmed_responses_are_deleted: 3 of 5,
    old_responses_are_deleted: 3 of 5,
    a_survey_is_closed_and_deleted: 2 of 5,
    a_form_of_ones_own_is_kept_and_renewed: 1 of 5,
    examples_come_and_go_before_a_survey_opens: 1 of 5,
    a_coding_is_kept: 2 of 6,
    columns_are_kept: 2 of 4,
    answers_are_sealed: 1 of 6,
    sealed_responses_are_opened: 2 of 4,
    a_key_is_made: 1 of 4,
    a_key_is_brought: 1 of 3,
    everything_goes: 2 of 5,
}

pub(crate) fn random() -> [u8; RANDOM] {
    std::array::from_fn(|at| (at * 7 + 3) as u8)
}

pub(crate) fn key() -> NewKey {
    make_key(PASSPHRASE, &random(), CHEAP).unwrap()
}

/// Does a job as the worker does: asked for and answered in text.
pub(crate) async fn ask(
    store: &impl ResponseStore,
    hand: &mut Hand,
    job: &Job,
    given: Option<&[u8]>,
) -> Result<(Outcome, Vec<u8>), Trouble> {
    let mut made = Vec::new();
    let reply = {
        let mut going = |_| ControlFlow::Continue(());
        let mut tools = Tools {
            matches: |_, _| None,
            find: |_, _| false,
            sealing: &|| Box::pin(async { Some(Box::new(Here { random, cost: CHEAP }) as Box<dyn Sealing>) }),
            kept: &hand.kept,
            progress: &mut going,
            given,
            sink: &mut |part: &[u8]| made.extend_from_slice(part),
        };
        let job = wire::request_from_json(&wire::request_to_json(job)).unwrap();
        run(&job, store, &mut tools).await
    };
    match wire::reply_without_summary_from_json(&wire::reply_to_json(&reply)) {
        Ok(outcome) => {
            hand.told = wire::reply_to_json(&reply);
            Ok((outcome, made))
        }
        Err(error) => {
            // The desk tells people by this which fault it was.
            assert_eq!((error.kind, error.detail.split(' ').next()), (JobErrorKind::Store, Some("Full")));
            Err(Trouble(FaultKind::Full))
        }
    }
}

pub(crate) async fn prepared(store: &impl ResponseStore) {
    store.put_survey(&survey("a"), Some(&form("Visita"))).await.unwrap();
}

/// The form of the tests' own, open.
pub(crate) async fn quick(store: &impl ResponseStore, hand: &mut Hand) -> Survey {
    let survey = keep_form(store, hand, QUICK, KeepForm::New).await.unwrap();
    let survey = Survey { state: SurveyState::Open, ..survey };
    store.put_survey(&survey, None).await.unwrap();
    survey
}

pub(crate) async fn keep_form(
    store: &impl ResponseStore,
    hand: &mut Hand,
    sheet: &str,
    keep: KeepForm,
) -> Result<Survey, Trouble> {
    let files = vec![("quick.md".to_owned(), sheet.len())];
    let job = Job::ReadForm { files, keep, language: Language::En };
    match ask(store, hand, &job, Some(sheet.as_bytes())).await?.0 {
        Outcome::Kept(survey) => Ok(*survey),
        other => panic!("{other:?}"),
    }
}

pub(crate) fn said(survey: &Survey, n: u16) -> Response {
    Response {
        form: survey.form.clone(),
        wave: survey.wave(),
        answers: vec![
            ("word".into(), Answer::Text(format!("más luz {n} 🐟"))),
            ("years".into(), Answer::Integer(i64::from(n % 90))),
            ("sure".into(), Answer::Choice(if n.is_multiple_of(3) { "no" } else { "yes" }.into())),
        ],
        ..response(n, &survey.id)
    }
}

pub(crate) fn sealed_survey() -> Survey {
    Survey { seal: Some(Seal { recipient: key().recipient, recovery_kept: true }), ..survey("a") }
}

/// As a phone seals it; once, for it is never twice the same. `pause`: the how manieth time of a filling.
pub(crate) fn sealed(n: u16, pause: usize, finished: bool) -> Sealed {
    thread_local! {
        static MADE: RefCell<BTreeMap<(u16, usize), Vec<u8>>> = RefCell::default();
    }
    let make = || seal(&key().recipient, response_to_json(&response(n, "a")).as_bytes()).unwrap();
    let age = MADE.with_borrow_mut(|made| made.entry((n, pause)).or_insert_with(make).clone());
    Sealed { id: id(n), survey: "a".into(), day: day(9), finished, age }
}
