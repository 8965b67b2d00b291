//! Files of many devices joined in the real store, and how long that takes.
//!
//! Small by default. `./dev bench browser` joins 50 files of 200 responses of the community survey each, optimised, and shows the times.

use std::ops::ControlFlow;

use crate::forms;
use sondeo::browser::Once;
use sondeo::browser::idb::IdbStore;
use sondeo::form::{Date, Form};
use sondeo::job::{Job, Kept, Outcome, Progress, Tools, run};
use sondeo::response::{Response, ResponseId};
use sondeo::store::{MemoryStore, Merge, ResponseStore};
use sondeo::survey::Survey;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{console_log, wasm_bindgen_test};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn now() -> f64;
}

async fn ask(store: &impl ResponseStore, job: &Job, given: Option<&[u8]>) -> (Outcome, Vec<u8>) {
    let mut made = Vec::new();
    let mut going = |_: Progress| ControlFlow::Continue(());
    let mut tools = Tools {
        matches: forms::matches,
        find: |_, _| false,
        sealing: &|| Box::pin(async { None }),
        kept: &Kept::default(),
        progress: &mut going,
        given,
        sink: &mut |part: &[u8]| made.extend_from_slice(part),
    };
    let outcome = run(job, store, &mut tools).await.unwrap();
    (outcome, made)
}

async fn join_all(store: &IdbStore, files: &[Vec<u8>]) -> Merge {
    let mut all = Merge::default();
    for file in files {
        let Outcome::Merged(merged) = ask(store, &Job::Join, Some(file)).await.0 else {
            panic!("not joined")
        };
        all.added += merged.merge.added;
        all.already_had += merged.merge.already_had;
        all.aside += merged.merge.aside;
    }
    all
}

#[wasm_bindgen_test]
async fn the_figures_of_joining_many_devices() {
    let (devices, each) = if option_env!("SONDEO_RESPONSES").is_some() { (50, 200) } else { (4, 20) };
    let (survey, source) = forms::community_source();
    let form = std::rc::Rc::new(Form::build(&source).unwrap());
    let some = forms::responses(&form, &survey, each);
    let today = Date { year: 2026, month: 3, day: 5 };
    let mut files = Vec::new();
    for device in 0..devices {
        let phone = MemoryStore::default();
        phone.put_survey(&survey, Some(&source)).await.unwrap();
        let own = (0..).zip(&some).map(|(n, response)| {
            let mut id = response.id;
            id.0[..8].copy_from_slice(
                &((device * each + n) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes(),
            );
            Response { id: ResponseId(id.0), example: false, ..response.clone() }
        });
        phone.add(&own.collect::<Vec<_>>()).await.unwrap();
        files.push(ask(&phone, &Job::Bundle { survey: survey.id.clone(), today }, None).await.1);
    }
    let bytes: usize = files.iter().map(Vec::len).sum();
    let store = IdbStore::new("joined");
    store.put_survey(&survey, Some(&source)).await.unwrap();
    for (what, wanted) in [
        ("joined", Merge { added: devices * each, ..Merge::default() }),
        ("joined once more", Merge { already_had: devices * each, ..Merge::default() }),
    ] {
        let began = now();
        let came = join_all(&store, &files).await;
        let took = now() - began;
        console_log!(
            "{devices} files of {each} responses, {:.1} MB, {what}: {took:.0} ms",
            bytes as f64 / 1e6
        );
        assert_eq!(came, wanted);
    }
    let counts = store.counts().await.unwrap();
    assert_eq!(counts[0].1.finished, devices * each);
}

fn with_id(response: &Response, id: u8) -> Response {
    Response { id: ResponseId([id; 16]), example: false, ..response.clone() }
}

/// The first one of a batch is new and another one is not: what is added all at once is taken back, and settled one by one.
#[wasm_bindgen_test]
async fn a_batch_of_which_some_are_here_is_settled() {
    let (survey, source) = forms::community_source();
    let form = std::rc::Rc::new(Form::build(&source).unwrap());
    let some = forms::responses(&form, &survey, 2);
    let store = IdbStore::new("partly here");
    store.put_survey(&survey, Some(&source)).await.unwrap();
    let here = [with_id(&some[0], 1), with_id(&some[0], 2)];
    assert_eq!(store.add(&here).await.unwrap(), Merge { added: 2, ..Merge::default() });
    // 2 as it is here, 1 saying something else.
    let came = [with_id(&some[0], 3), with_id(&some[0], 2), with_id(&some[1], 1), with_id(&some[0], 4)];
    let merge = store.add(&came).await.unwrap();
    assert_eq!((merge.added, merge.already_had, merge.aside), (2, 1, 1));
    let again = store.add(&came).await.unwrap();
    assert_eq!((again.added, again.already_had, again.aside), (0, 4, 0));
    let all = store.responses(&survey.id, 0, 100).await.unwrap();
    let mut ids: Vec<u8> = all.iter().map(|arrived| arrived.response.id.0[0]).collect();
    ids.sort_unstable();
    assert_eq!(ids, [1, 2, 3, 4]);
    assert_eq!(store.aside(&survey.id).await.unwrap().len(), 1);
}

/// Two files whose survey is not here, joined at the same time: the survey is the first one's, whatever comes in between.
#[wasm_bindgen_test]
async fn of_files_joined_together_the_first_brings_the_survey() {
    let (survey, source) = forms::community_source();
    let form = std::rc::Rc::new(Form::build(&source).unwrap());
    let some = forms::responses(&form, &survey, 1);
    let today = Date { year: 2026, month: 3, day: 5 };
    let mut files = Vec::new();
    for days in [30, 60] {
        let phone = MemoryStore::default();
        let survey = Survey { retention: Some(days), ..survey.clone() };
        phone.put_survey(&survey, Some(&source)).await.unwrap();
        phone.add(&[with_id(&some[0], days as u8)]).await.unwrap();
        files.push(ask(&phone, &Job::Bundle { survey: survey.id.clone(), today }, None).await.1);
    }
    let (store, kept) = (IdbStore::new("together"), std::rc::Rc::new(Kept::default()));
    let joined: Vec<Once<bool>> = files.iter().map(|_| Once::new()).collect();
    for (file, done) in files.into_iter().zip(joined.clone()) {
        let (store, kept) = (store.clone(), std::rc::Rc::clone(&kept));
        wasm_bindgen_futures::spawn_local(async move {
            let mut tools = Tools {
                matches: forms::matches,
                find: |_, _| false,
                sealing: &|| Box::pin(async { None }),
                kept: &kept,
                progress: &mut |_| ControlFlow::Continue(()),
                given: Some(&file),
                sink: &mut |_: &[u8]| (),
            };
            done.give(matches!(run(&Job::Join, &store, &mut tools).await, Ok(Outcome::Merged(_))));
        });
    }
    for done in joined {
        assert!(done.await);
    }
    assert_eq!(store.surveys().await.unwrap()[0].retention, Some(30));
    assert_eq!(store.counts().await.unwrap()[0].1.finished, 2);
}

/// Several ask for something to be added while another is being added: it is added in one go, and where one of them does not
/// fit in, each hears what became of its own.
#[wasm_bindgen_test]
async fn what_several_add_at_the_same_time_is_counted_for_each() {
    let (survey, source) = forms::community_source();
    let form = std::rc::Rc::new(Form::build(&source).unwrap());
    let some = forms::responses(&form, &survey, 2);
    let store = IdbStore::new("at the same time");
    store.put_survey(&survey, Some(&source)).await.unwrap();
    let own = |ids: std::ops::Range<u8>| ids.map(|id| with_id(&some[0], id)).collect::<Vec<_>>();
    let changed = vec![with_id(&some[0], 40), with_id(&some[1], 12)];
    // The first one goes alone; of those behind it one has what the first one has, and one says something else.
    for (asks, came) in [
        (vec![own(10..15), own(20..25), own(30..35)], vec![(5, 0, 0), (5, 0, 0), (5, 0, 0)]),
        (
            vec![own(50..55), own(50..55), changed, own(60..65)],
            vec![(5, 0, 0), (0, 5, 0), (1, 0, 1), (5, 0, 0)],
        ),
        (vec![own(10..15), own(70..75), own(20..25)], vec![(0, 5, 0), (5, 0, 0), (0, 5, 0)]),
    ] {
        let added: Vec<Once<Merge>> = asks.iter().map(|_| Once::new()).collect();
        for (ask, done) in asks.into_iter().zip(added.clone()) {
            let store = store.clone();
            wasm_bindgen_futures::spawn_local(async move { done.give(store.add(&ask).await.unwrap()) });
        }
        for (added, came) in added.into_iter().zip(came) {
            let merge = added.await;
            assert_eq!((merge.added, merge.already_had, merge.aside), came);
        }
    }
    assert_eq!(store.counts().await.unwrap()[0].1.finished, 15 + 5 + 1 + 5 + 5);
    assert_eq!(store.aside(&survey.id).await.unwrap().len(), 1);
}
