//! What the app does with its store, step by step, as screens and jobs do it. A step that ends well is one that a person is told
//! of: "Saved", the thanks, a file joined. One that fails is told too, and tried again by the same step.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::ControlFlow;

use sondeo::i18n::Language;
use sondeo::job::{Job, JobErrorKind, KeepForm, Kept, Outcome, ReceiptRead, TableFile, Tools, run, wire};
use sondeo::report::texts::{Recode, Stops, ThemeLine};
use sondeo::response::wire::response_to_json;
use sondeo::response::{Answer, Draft, Entry, Response, Sealed};
use sondeo::share::receipt::receipt;
use sondeo::share::seal::{Cost, Here, NewKey, RANDOM, Sealing, make_key, seal};
use sondeo::store::{CopyMade, Fault, FaultKind, MemoryStore, Merge, ResponseStore, Safety};
use sondeo::summary::View;
use sondeo::survey::{Seal, Survey, SurveyState};

use crate::scenario::{another, day, draft, entries, example, form, id, response, survey};

const QUICK: &str = include_str!("../data/forms/quick.md");
const PASSPHRASE: &str = "cuatro palabras nada comunes";
/// What a test can wait for.
const CHEAP: Cost = Cost { memory: 64, passes: 1 };

/// What a page or worker has in memory between steps, and what another device gave.
#[derive(Default)]
pub(crate) struct Hand {
    /// Entries that the store has not confirmed.
    waiting: Vec<Entry>,
    /// A file from elsewhere, or one made here.
    file: Vec<u8>,
    copy: Option<CopyMade>,
    sealed: Vec<Sealed>,
    kept: Kept,
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

fn random() -> [u8; RANDOM] {
    std::array::from_fn(|at| (at * 7 + 3) as u8)
}

fn key() -> NewKey {
    make_key(PASSPHRASE, &random(), CHEAP).unwrap()
}

/// Does a job as the worker does: asked for and answered in text.
async fn ask(
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

async fn prepared(store: &impl ResponseStore) {
    store.put_survey(&survey("a"), Some(&form("Visita"))).await.unwrap();
}

/// The form of the tests' own, open.
async fn quick(store: &impl ResponseStore, hand: &mut Hand) -> Survey {
    let survey = keep_form(store, hand, QUICK, KeepForm::New).await.unwrap();
    let survey = Survey { state: SurveyState::Open, ..survey };
    store.put_survey(&survey, None).await.unwrap();
    survey
}

async fn keep_form(
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

fn said(survey: &Survey, n: u16) -> Response {
    Response {
        form: survey.form.clone(),
        wave: survey.wave(),
        answers: vec![
            ("word".into(), Answer::Text(format!("más luz {n} 🐟"))),
            ("years".into(), Answer::Integer(i64::from(n % 90))),
            ("sure".into(), Answer::Choice(if n % 3 == 0 { "no" } else { "yes" }.into())),
        ],
        ..response(n, &survey.id)
    }
}

/// Writes what waits, as the pen of a filling does: begun anew until that went well, then one entry after the other.
async fn write(
    store: &impl ResponseStore,
    hand: &mut Hand,
    begun: bool,
    draft: &Draft,
    more: Vec<Entry>,
) -> Result<(), Trouble> {
    if hand.waiting.is_empty() {
        hand.waiting = more;
    }
    if begun {
        store.append(draft.id, &hand.waiting).await?;
    } else {
        store.begin(&Draft { journal: hand.waiting.clone(), ..draft.clone() }).await?;
    }
    hand.waiting.clear();
    Ok(())
}

/// As `Journal::finish` has it.
async fn finish(store: &impl ResponseStore, response: &Response) -> Result<(), Trouble> {
    if store.draft(response.id).await?.is_none() {
        return Err(Trouble(FaultKind::Other));
    }
    Ok(store.finish(response).await?)
}

async fn a_first_page_is_kept(store: &impl ResponseStore, n: usize, hand: &mut Hand) -> Result<(), Trouble> {
    match n {
        0 => prepared(store).await,
        1 => write(store, hand, false, &draft(1, "a"), entries(0..3)).await?,
        2 => write(store, hand, true, &draft(1, "a"), entries(3..4)).await?,
        _ => write(store, hand, true, &draft(1, "a"), entries(4..9)).await?,
    }
    Ok(())
}

async fn a_draft_is_opened_again_and_gone_on_with(
    store: &impl ResponseStore,
    n: usize,
    hand: &mut Hand,
) -> Result<(), Trouble> {
    match n {
        0 => prepared(store).await,
        1 => store.begin(&Draft { journal: entries(0..6), ..draft(1, "a") }).await?,
        2 => {
            let known = store.surveys().await?.into_iter().find(|survey| survey.id == "a").unwrap();
            assert!(store.form(&known.form).await?.is_some());
            let here = store.drafts("a").await?;
            assert_eq!(here, [draft(1, "a")]);
            let draft = store.draft(here[0].id).await?.unwrap();
            assert_eq!(draft.journal, entries(0..6), "all of it is there to go on with");
        }
        3 => write(store, hand, true, &draft(1, "a"), entries(6..7)).await?,
        _ => write(store, hand, true, &draft(1, "a"), entries(7..12)).await?,
    }
    Ok(())
}

async fn a_filling_is_finished(
    store: &impl ResponseStore,
    n: usize,
    hand: &mut Hand,
) -> Result<(), Trouble> {
    match n {
        0 => prepared(store).await,
        1 => drop(store.add(&[response(9, "a")]).await?),
        2 => store.begin(&Draft { journal: entries(0..6), ..draft(1, "a") }).await?,
        3 => write(store, hand, true, &draft(1, "a"), entries(6..8)).await?,
        _ => finish(store, &response(1, "a")).await?,
    }
    Ok(())
}

async fn a_filling_is_finished_where_examples_were(
    store: &impl ResponseStore,
    n: usize,
    _: &mut Hand,
) -> Result<(), Trouble> {
    match n {
        0 => prepared(store).await,
        1 => drop(store.add(&[example(5, "a"), example(6, "a")]).await?),
        2 => drop(store.add(&[response(7, "b")]).await.and(store.put_survey(&survey("b"), None).await)?),
        3 => store.begin(&draft(1, "a")).await?,
        _ => finish(store, &response(1, "a")).await?,
    }
    Ok(())
}

async fn a_filling_is_finished_in_two_tabs(
    store: &impl ResponseStore,
    n: usize,
    _: &mut Hand,
) -> Result<(), Trouble> {
    match n {
        0 => prepared(store).await,
        1 => store.begin(&draft(1, "a")).await?,
        2 => store.begin(&draft(2, "a")).await?,
        // The one finds the draft in the moment in which the other finishes.
        3 => store.finish(&response(1, "a")).await?,
        4 => store.finish(&another(1, "a")).await?,
        _ => store.finish(&another(1, "a")).await?,
    }
    Ok(())
}

async fn a_filling_is_discarded(
    store: &impl ResponseStore,
    n: usize,
    _: &mut Hand,
) -> Result<(), Trouble> {
    match n {
        0 => prepared(store).await,
        1 => {
            store.begin(&Draft { journal: entries(0..6), ..draft(1, "a") }).await?;
            store.begin(&Draft { journal: entries(0..3), ..draft(3, "a") }).await?;
        }
        2 => store.discard(id(1)).await?,
        // Once more: it is gone already.
        _ => store.discard(id(1)).await?,
    }
    Ok(())
}

async fn a_filling_is_set_aside_on_a_lent_device(
    store: &impl ResponseStore,
    n: usize,
    hand: &mut Hand,
) -> Result<(), Trouble> {
    let (first, second) =
        (Draft { lent: true, ..draft(2, "a") }, Draft { lent: true, ..draft(6, "a") });
    match n {
        0 => prepared(store).await,
        1 => write(store, hand, false, &first, entries(0..4)).await?,
        2 => write(store, hand, true, &first, entries(4..6)).await?,
        // Whoever that was has gone, and the next one begins.
        3 => write(store, hand, false, &second, entries(0..2)).await?,
        4 => finish(store, &response(6, "a")).await?,
        _ => {
            let here = store.drafts("a").await?;
            assert!(here.iter().all(|draft| draft.lent), "nobody is offered what another one began");
            let counts = store.counts().await?.remove(0).1;
            assert_eq!((counts.finished, counts.drafts), (1, 1));
        }
    }
    Ok(())
}

/// What another device has answered: so many from a number on.
async fn bundle_from(survey: &Survey, source: Option<&sondeo::form::FormSource>, said: &[Response], sealed: &[Sealed]) -> Vec<u8> {
    let phone = MemoryStore::default();
    phone.put_survey(survey, source).await.unwrap();
    phone.add(said).await.unwrap();
    phone.add_sealed(sealed).await.unwrap();
    let job = Job::Bundle { survey: survey.id.clone(), today: day(27) };
    ask(&phone, &mut Hand::default(), &job, None).await.unwrap().1
}

async fn join(store: &impl ResponseStore, hand: &mut Hand) -> Result<Merge, Trouble> {
    let file = hand.file.clone();
    match ask(store, hand, &Job::Join, Some(&file)).await?.0 {
        Outcome::Merged(merged) => Ok(merged.merge),
        other => panic!("{other:?}"),
    }
}

/// More than are joined in one go.
fn many() -> Vec<Response> {
    (1..=505).map(|n| response(n, "a")).collect()
}

async fn a_new_bundle_is_joined(
    store: &impl ResponseStore,
    n: usize,
    hand: &mut Hand,
) -> Result<(), Trouble> {
    match n {
        0 => hand.file = bundle_from(&survey("a"), Some(&form("Visita")), &many(), &[]).await,
        _ => drop(join(store, hand).await?),
    }
    Ok(())
}

async fn a_bundle_is_joined_again(
    store: &impl ResponseStore,
    n: usize,
    hand: &mut Hand,
) -> Result<(), Trouble> {
    match n {
        0 | 1 => {
            hand.file = bundle_from(&survey("a"), Some(&form("Visita")), &many(), &[]).await;
            join(store, hand).await?;
        }
        _ => assert_eq!(join(store, hand).await?.added, 0),
    }
    Ok(())
}

async fn a_bundle_that_differs_is_joined(
    store: &impl ResponseStore,
    n: usize,
    hand: &mut Hand,
) -> Result<(), Trouble> {
    match n {
        0 => {
            prepared(store).await;
            store.add(&many()).await?;
            store.add(&[another(700, "a")]).await?;
        }
        1 => {
            // Of some that are here they say something else, which counts or does not; the rest is new or the same.
            let theirs: Vec<Response> = (1..=502)
                .map(|n| if n % 40 == 0 { another(n, "a") } else { response(n, "a") })
                .chain((700..705).map(|n| response(n, "a")))
                .collect();
            hand.file = bundle_from(&survey("a"), Some(&form("Visita")), &theirs, &[]).await;
        }
        _ => drop(join(store, hand).await?),
    }
    Ok(())
}

fn sealed_survey() -> Survey {
    Survey { seal: Some(Seal { recipient: key().recipient, recovery_kept: true }), ..survey("a") }
}

/// As a phone seals it; once, for it is never twice the same. `pause`: the how manieth time of a filling.
fn sealed(n: u16, pause: usize, finished: bool) -> Sealed {
    thread_local! {
        static MADE: RefCell<BTreeMap<(u16, usize), Vec<u8>>> = RefCell::default();
    }
    let make = || seal(&key().recipient, response_to_json(&response(n, "a")).as_bytes()).unwrap();
    let age = MADE.with_borrow_mut(|made| made.entry((n, pause)).or_insert_with(make).clone());
    Sealed { id: id(n), survey: "a".into(), day: day(9), finished, age }
}

async fn a_bundle_of_sealed_responses_is_joined(
    store: &impl ResponseStore,
    n: usize,
    hand: &mut Hand,
) -> Result<(), Trouble> {
    match n {
        0 => {
            hand.sealed = (1..=6).map(|n| sealed(n, 0, n != 4)).collect();
            hand.file = bundle_from(&sealed_survey(), Some(&form("Visita")), &[], &hand.sealed).await;
            // The survey came before its key.
            prepared(store).await;
        }
        _ => drop(join(store, hand).await?),
    }
    Ok(())
}

fn table_of(survey: &Survey) -> (TableFile, String) {
    let mut rows = "word;years;sure\n".to_owned();
    for n in 1..=505 {
        rows += &format!("palabra {n};{};{}\n", n % 70, if n % 4 == 0 { "no" } else { "yes" });
    }
    (TableFile { survey: survey.id.clone(), day: day(20), language: Language::En }, rows)
}

async fn a_table_is_joined(store: &impl ResponseStore, n: usize, hand: &mut Hand) -> Result<(), Trouble> {
    let quick_survey = Survey { id: "quick".into(), ..survey("quick") };
    let (file, rows) = table_of(&quick_survey);
    match n {
        0 => drop(quick(store, hand).await),
        1 => {
            let here = store.surveys().await?.remove(0);
            store.add(&[said(&here, 901), said(&here, 902)]).await?;
        }
        2 => {
            let Outcome::Table(read) = ask(store, hand, &Job::ReadTable(file), Some(rows.as_bytes())).await?.0
            else {
                panic!("not read")
            };
            assert_eq!((read.new, read.barred), (505, 0));
        }
        _ => {
            let job = Job::AddTable { file, as_answered: false };
            ask(store, hand, &job, Some(rows.as_bytes())).await?;
        }
    }
    Ok(())
}

async fn a_table_is_joined_where_examples_were(
    store: &impl ResponseStore,
    n: usize,
    hand: &mut Hand,
) -> Result<(), Trouble> {
    match n {
        0 => drop(quick(store, hand).await),
        1 => drop(store.add(&[example(3, "quick"), example(4, "quick")]).await?),
        2 => (),
        _ => a_table_is_joined(store, 3, hand).await?,
    }
    Ok(())
}

async fn a_copy_is_made_and_confirmed(
    store: &impl ResponseStore,
    n: usize,
    hand: &mut Hand,
) -> Result<(), Trouble> {
    match n {
        0 => prepared(store).await,
        1 => {
            store.add(&[response(1, "a"), another(1, "a"), response(2, "a"), response(3, "a")]).await?;
            store.begin(&draft(4, "a")).await?;
        }
        2 => {
            let job = Job::Bundle { survey: "a".into(), today: day(27) };
            let (Outcome::Copied { copy, .. }, file) = ask(store, hand, &job, None).await? else {
                panic!("no copy")
            };
            let prove = Job::Prove { sum: copy.sum.clone(), count: copy.count };
            assert_eq!(ask(store, hand, &prove, Some(&file)).await?.0, Outcome::Proved(true));
            (hand.file, hand.copy) = (file, Some(copy.clone()));
            note(store, copy).await?;
        }
        3 => {
            let copy = hand.copy.clone().unwrap();
            note(store, CopyMade { arrived: Some(day(27)), ..copy }).await?;
        }
        4 => confirm(store, hand).await?,
        _ => {
            let safety = Safety::of(store, "a", None, day(28)).await?;
            assert_eq!((safety.only_here.count, safety.confirmed.count), (0, 3));
        }
    }
    Ok(())
}

/// As `Bridge::note` has it.
async fn note(store: &impl ResponseStore, copy: CopyMade) -> Result<(), Trouble> {
    let copy = copy.with_known(&store.copies("a").await?);
    Ok(store.put_copy("a", &copy).await?)
}

async fn confirm(store: &impl ResponseStore, hand: &mut Hand) -> Result<(), Trouble> {
    let code = receipt(&hand.copy.clone().unwrap().sum);
    let job = Job::Confirm { survey: "a".into(), code, today: day(28) };
    match ask(store, hand, &job, None).await?.0 {
        Outcome::Receipt(ReceiptRead::Confirmed { .. }) => Ok(()),
        other => panic!("{other:?}"),
    }
}

/// Responses, some of them coded, sealed ones, a copy of all of it that was joined elsewhere, and what came later.
async fn copied(store: &impl ResponseStore, n: usize, hand: &mut Hand) -> Result<(), Trouble> {
    match n {
        0 => {
            store.put_survey(&sealed_survey(), Some(&form("Visita"))).await?;
            hand.sealed = (20..24).map(|n| sealed(n, 0, n != 22)).collect();
            store.add_sealed(&hand.sealed[..3]).await?;
            store.add(&(1..=8).map(|n| response(n, "a")).collect::<Vec<_>>()).await?;
            mark(store, hand, 2).await?;
            mark(store, hand, 7).await?;
        }
        1 => {
            a_copy_is_made_and_confirmed(store, 2, hand).await?;
            confirm(store, hand).await?;
        }
        _ => {
            store.add(&[response(9, "a"), response(10, "a")]).await?;
            store.add_sealed(&hand.sealed[3..]).await?;
            store.begin(&Draft { journal: entries(0..3), ..draft(11, "a") }).await?;
        }
    }
    Ok(())
}

async fn mark(store: &impl ResponseStore, hand: &mut Hand, n: u16) -> Result<(), Trouble> {
    let place = format!("{}.0", id(n).to_text());
    let changes = vec![Recode::Mark(false, place, Some(vec!["luz".into()]))];
    let job = Job::Code { survey: "a".into(), question: "why".into(), changes };
    ask(store, hand, &job, None).await.map(drop)
}

async fn confirmed_responses_are_deleted(
    store: &impl ResponseStore,
    n: usize,
    hand: &mut Hand,
) -> Result<(), Trouble> {
    match n {
        0..=2 => copied(store, n, hand).await?,
        _ => {
            let job = Job::RemoveConfirmed { survey: "a".into(), upto: u64::MAX, finished_by: None };
            ask(store, hand, &job, None).await?;
        }
    }
    Ok(())
}

async fn old_responses_are_deleted(
    store: &impl ResponseStore,
    n: usize,
    hand: &mut Hand,
) -> Result<(), Trouble> {
    match n {
        0..=2 => copied(store, n, hand).await?,
        _ => {
            let by = Some(day(9));
            let job = Job::RemoveConfirmed { survey: "a".into(), upto: u64::MAX, finished_by: by };
            ask(store, hand, &job, None).await?;
        }
    }
    Ok(())
}

async fn a_survey_is_closed_and_deleted(
    store: &impl ResponseStore,
    n: usize,
    hand: &mut Hand,
) -> Result<(), Trouble> {
    match n {
        0 => copied(store, 0, hand).await?,
        1 => {
            store.put_survey(&survey("b"), Some(&form("Visita"))).await?;
            store.add(&[response(40, "b"), another(1, "a")]).await?;
            store.begin(&Draft { journal: entries(0..3), ..draft(11, "a") }).await?;
            store.put_key("a", &key().record).await?;
        }
        2 => store.put_survey(&Survey { state: SurveyState::Closed, ..sealed_survey() }, None).await?,
        3 => store.remove_survey("a").await?,
        // It is gone already.
        _ => store.remove_survey("a").await?,
    }
    Ok(())
}

async fn a_form_of_ones_own_is_kept_and_renewed(
    store: &impl ResponseStore,
    n: usize,
    hand: &mut Hand,
) -> Result<(), Trouble> {
    let newer = QUICK.replace("¿Qué cambiaría usted aquí?", "¿Qué cambiaría usted?");
    match n {
        0 => prepared(store).await,
        1 => drop(keep_form(store, hand, QUICK, KeepForm::New).await?),
        2 => {
            let here = store.surveys().await?.into_iter().find(|survey| survey.id == "quick").unwrap();
            store.put_survey(&Survey { state: SurveyState::Open, ..here.clone() }, None).await?;
            // A job that is asked for twice does the same twice.
            if store.known(&[id(3)]).await?.is_empty() {
                store.add(&[said(&here, 3)]).await?;
            }
        }
        _ => drop(keep_form(store, hand, &newer, KeepForm::Renew("quick".into())).await?),
    }
    Ok(())
}

async fn examples_come_and_go_before_a_survey_opens(
    store: &impl ResponseStore,
    n: usize,
    hand: &mut Hand,
) -> Result<(), Trouble> {
    let set_up = Survey { state: SurveyState::Setup, ..survey("quick") };
    match n {
        0 => {
            let here = quick(store, hand).await;
            store.put_survey(&Survey { state: SurveyState::Setup, ..here }, None).await?;
        }
        1 => {
            let job = Job::Examples { survey: "quick".into(), count: 30, seed: 7, today: day(27) };
            ask(store, hand, &job, None).await?;
        }
        // As `act::open` has it, after asking.
        2 => drop(ask(store, hand, &Job::RemoveExamples { survey: set_up.id }, None).await?),
        3 => {
            let here = store.surveys().await?.remove(0);
            store.put_survey(&Survey { state: SurveyState::Open, ..here }, None).await?;
        }
        _ => {
            let here = store.surveys().await?.remove(0);
            store.finish(&said(&here, 1)).await?;
        }
    }
    Ok(())
}

async fn a_coding_is_kept(store: &impl ResponseStore, n: usize, hand: &mut Hand) -> Result<(), Trouble> {
    let code = |changes| Job::Code { survey: "quick".into(), question: "word".into(), changes };
    let theme = |es: &str| ThemeLine { id: String::new(), es: es.into(), en: es.into(), definition: String::new() };
    let place = format!("{}.0", id(2).to_text());
    match n {
        0 => drop(quick(store, hand).await),
        1 => {
            let here = store.surveys().await?.remove(0);
            store.add(&(1..=9).map(|n| said(&here, n)).collect::<Vec<_>>()).await?;
        }
        2 => drop(ask(store, hand, &code(vec![Recode::Add(theme("Luz")), Recode::Add(theme("Calles"))]), None).await?),
        3 => {
            let marks = vec![Recode::Mark(false, place, Some(vec!["luz".into()]))];
            ask(store, hand, &code(marks), None).await?;
        }
        4 => {
            let stop = Stops { es: true, en: false, added: vec!["luz".into()], removed: Vec::new() };
            ask(store, hand, &code(vec![Recode::Stop(stop)]), None).await?;
        }
        _ => drop(ask(store, hand, &code(vec![Recode::Mark(false, place, None)]), None).await?),
    }
    Ok(())
}

async fn columns_are_kept(store: &impl ResponseStore, n: usize, hand: &mut Hand) -> Result<(), Trouble> {
    let count = Job::Summarize { survey: "quick".into(), view: View::default() };
    match n {
        0 => drop(quick(store, hand).await),
        1 => {
            let here = store.surveys().await?.remove(0);
            store.add(&(1..=530).map(|n| said(&here, n)).collect::<Vec<_>>()).await?;
        }
        2 => drop(summarized(store, hand, &count).await?),
        // By another worker, which knows nothing but what lies there.
        _ => {
            hand.kept = Kept::default();
            summarized(store, hand, &count).await?;
        }
    }
    Ok(())
}

/// What a job tells, summary and all.
async fn summarized(store: &impl ResponseStore, hand: &mut Hand, job: &Job) -> Result<(), Trouble> {
    let mut going = |_| ControlFlow::Continue(());
    let mut tools = Tools {
        matches: |_, _| None,
        find: |_, _| false,
        sealing: &|| Box::pin(async { None }),
        kept: &hand.kept,
        progress: &mut going,
        given: None,
        sink: &mut |_: &[u8]| (),
    };
    match run(job, store, &mut tools).await {
        Ok(outcome) => {
            hand.told = wire::reply_to_json(&Ok(outcome));
            Ok(())
        }
        Err(error) => {
            assert_eq!(error.kind, JobErrorKind::Store);
            Err(Trouble(FaultKind::Full))
        }
    }
}

async fn answers_are_sealed(store: &impl ResponseStore, n: usize, hand: &mut Hand) -> Result<(), Trouble> {
    match n {
        0 => {
            store.put_survey(&sealed_survey(), Some(&form("Visita"))).await?;
            // Three pauses and the end of one filling, and one that somebody stops.
            hand.sealed = [(1, 1, false), (1, 2, false), (1, 3, true), (2, 1, false)].map(|(n, pause, end)| sealed(n, pause, end)).into();
        }
        1..=4 => drop(store.add_sealed(&hand.sealed[n - 1..n]).await?),
        _ => store.discard(id(2)).await?,
    }
    Ok(())
}

async fn sealed_responses_are_opened(
    store: &impl ResponseStore,
    n: usize,
    hand: &mut Hand,
) -> Result<(), Trouble> {
    match n {
        0 => {
            store.put_survey(&sealed_survey(), Some(&form("Visita"))).await?;
            store.put_key("a", &key().record).await?;
        }
        1 => {
            hand.sealed = (1..=9).map(|n| sealed(n, 0, n != 4)).collect();
            store.add_sealed(&hand.sealed).await?;
            store.add(&[response(40, "a")]).await?;
            let not_ours = Sealed { age: vec![1, 2, 3], ..hand.sealed[0].clone() };
            store.add_sealed(&[Sealed { id: id(30), ..not_ours }]).await?;
        }
        _ => {
            let job = Job::Unseal { survey: "a".into(), passphrase: PASSPHRASE.into() };
            ask(store, hand, &job, None).await?;
        }
    }
    Ok(())
}

async fn a_key_is_made(store: &impl ResponseStore, n: usize, hand: &mut Hand) -> Result<(), Trouble> {
    match n {
        0 => {
            let set_up = Survey { state: SurveyState::Setup, ..survey("a") };
            store.put_survey(&set_up, Some(&form("Visita"))).await?;
        }
        1 => {
            let job = Job::MakeKey { survey: "a".into(), passphrase: PASSPHRASE.into() };
            let (Outcome::Key(secret), _) = ask(store, hand, &job, None).await? else { panic!("no key") };
            assert_eq!(secret, key().secret);
        }
        2 => {
            let job = Job::ShowKey { survey: "a".into(), passphrase: PASSPHRASE.into() };
            ask(store, hand, &job, None).await?;
        }
        _ => {
            let here = store.surveys().await?.remove(0);
            let seal = here.seal.clone().map(|seal| Seal { recovery_kept: true, ..seal });
            store.put_survey(&Survey { seal, state: SurveyState::Open, ..here }, None).await?;
        }
    }
    Ok(())
}

async fn a_key_is_brought(store: &impl ResponseStore, n: usize, hand: &mut Hand) -> Result<(), Trouble> {
    match n {
        0 => {
            store.put_survey(&sealed_survey(), Some(&form("Visita"))).await?;
            store.add_sealed(&[sealed(1, 0, true)]).await?;
        }
        1 => store.put_key("a", &key().record).await?,
        _ => {
            let job = Job::ShowKey { survey: "a".into(), passphrase: PASSPHRASE.into() };
            ask(store, hand, &job, None).await?;
        }
    }
    Ok(())
}

/// One survey after the other, all that the store itself can do of it; the browser's part is `tests/browser/wipe.rs`.
async fn everything_goes(store: &impl ResponseStore, n: usize, hand: &mut Hand) -> Result<(), Trouble> {
    match n {
        0 | 1 => a_survey_is_closed_and_deleted(store, n, hand).await?,
        _ => {
            for survey in store.surveys().await? {
                store.remove_survey(&survey.id).await?;
            }
        }
    }
    Ok(())
}
