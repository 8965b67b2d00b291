//! Histories of ten devices that answer, copy and join in any order: whoever has joined everything holds the same bytes.
//! 200 of them here; `SONDEO_HISTORIES=10000 cargo test --test merge` runs more.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "store/scenario.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod scenario;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use proptest::prelude::*;
use scenario::{day, form, response, survey};
use sondeo::job::{Job, Kept, Outcome, Tools, run};
use sondeo::response::{Answer, Response, ResponseId};
use sondeo::store::{MemoryStore, ResponseStore, rank};

const DEVICES: usize = 10;

/// One thing that happens between devices.
#[derive(Debug, Clone)]
enum Step {
    /// Somebody answers on a device, and it is added or finished there.
    Answer { at: usize, number: u16, finishes: bool },
    /// The same, under an id that others may have: a draft that went on in two places, a damaged copy, a forgery.
    Differ { at: usize, number: u16, on: u8, useful: i64, finishes: bool },
    /// One device's file is joined on another, once or twice.
    Carry { from: usize, to: usize, twice: bool },
}

fn step() -> impl Strategy<Value = Step> {
    let device = 0..DEVICES;
    prop_oneof![
        3 => (device.clone(), 0..12_u16, any::<bool>())
            .prop_map(|(at, number, finishes)| Step::Answer { at, number, finishes }),
        2 => (device.clone(), 0..12_u16, 1..5_u8, 0..4_i64, any::<bool>())
            .prop_map(|(at, number, on, useful, finishes)| Step::Differ { at, number, on, useful, finishes }),
        4 => (device.clone(), device, any::<bool>())
            .prop_map(|(from, to, twice)| Step::Carry { from, to, twice }),
    ]
}

/// A store in memory is never waited for.
fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits"),
    }
}

fn ask(store: &MemoryStore, job: &Job, given: Option<&[u8]>) -> (Outcome, Vec<u8>) {
    let mut made = Vec::new();
    let mut going = |_| ControlFlow::Continue(());
    let mut tools = Tools {
        matches: |_, _| None,
        find: |_, _| false,
        sealing: &|| Box::pin(async { None }),
        kept: &Kept::default(),
        progress: &mut going,
        given,
        sink: &mut |part: &[u8]| made.extend_from_slice(part),
    };
    let outcome = at_once(run(job, store, &mut tools)).unwrap();
    (outcome, made)
}

fn bundle(store: &MemoryStore) -> Vec<u8> {
    ask(store, &Job::Bundle { survey: "a".into(), today: day(27) }, None).1
}

fn join(from: &MemoryStore, to: &MemoryStore) -> usize {
    match ask(to, &Job::Join, Some(&bundle(from))).0 {
        Outcome::Merged(merged) => merged.merge.added + merged.merge.aside,
        other => panic!("{other:?}"),
    }
}

/// What a device knows, as a set: by id everything that was said, in the order in which it counts.
type Known = BTreeMap<ResponseId, BTreeSet<(String, String)>>;

fn learn(known: &mut Known, response: &Response) {
    known.entry(response.id).or_default().insert(rank(response));
}

/// What a store holds: that which counts, and everything.
fn held(store: &MemoryStore) -> (Vec<(String, String)>, Known) {
    let mut all = Known::new();
    let counting: Vec<Response> = at_once(store.responses("a", 0, usize::MAX))
        .unwrap()
        .into_iter()
        .map(|arrived| arrived.response)
        .collect();
    let aside = at_once(store.aside("a")).unwrap();
    counting.iter().chain(&aside).for_each(|response| learn(&mut all, response));
    let mut counting: Vec<&Response> = counting.iter().collect();
    counting.sort_by_key(|response| response.id);
    (counting.into_iter().map(rank).collect(), all)
}

/// A device with the survey and nothing else.
fn device() -> MemoryStore {
    let store = MemoryStore::default();
    at_once(store.put_survey(&survey("a"), Some(&form("Visita")))).unwrap();
    store
}

fn happens(steps: &[Step]) -> Result<(), TestCaseError> {
    let devices: Vec<MemoryStore> = (0..DEVICES).map(|_| device()).collect();
    let mut known: Vec<Known> = vec![Known::new(); DEVICES];
    for step in steps {
        let mut says = |at: usize, response: Response, finishes: bool| {
            if finishes {
                at_once(devices[at].finish(&response)).unwrap();
            } else {
                at_once(devices[at].add(std::slice::from_ref(&response))).unwrap();
            }
            learn(&mut known[at], &response);
        };
        match *step {
            Step::Answer { at, number, finishes } => says(at, response(number, "a"), finishes),
            Step::Differ { at, number, on, useful, finishes } => {
                let answers = vec![("s_use/useful".to_owned(), Answer::Integer(useful))];
                says(at, Response { finished: day(on), answers, ..response(number, "a") }, finishes);
            }
            Step::Carry { from, to, twice } => {
                let before: usize = known[to].values().map(BTreeSet::len).sum();
                for (id, said) in known[from].clone() {
                    known[to].entry(id).or_default().extend(said);
                }
                let after: usize = known[to].values().map(BTreeSet::len).sum();
                prop_assert_eq!(join(&devices[from], &devices[to]), after - before);
                if twice {
                    prop_assert_eq!(join(&devices[from], &devices[to]), 0);
                }
            }
        }
    }
    for (device, known) in devices.iter().zip(&known) {
        let (counting, all) = held(device);
        prop_assert_eq!(&all, known, "nothing is lost and nothing is made up");
        let first: Vec<(String, String)> = known.values().filter_map(|said| said.first().cloned()).collect();
        prop_assert_eq!(counting, first, "of each id the first counts");
    }
    // Round the ring twice: everybody has joined everything, each along another way.
    for _ in 0..2 {
        for at in 0..DEVICES {
            join(&devices[at], &devices[(at + 1) % DEVICES]);
        }
    }
    let wanted = bundle(&devices[0]);
    for device in &devices {
        prop_assert_eq!(&bundle(device), &wanted);
    }
    Ok(())
}

#[test]
fn whoever_has_joined_everything_holds_the_same_bytes() {
    let cases = std::env::var("SONDEO_HISTORIES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(200);
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(steps in proptest::collection::vec(step(), 0..24))| happens(&steps)?);
}

/// While a file is joined, somebody removes its survey in another tab: that is told, nothing that came after it is lost, and the
/// file joined again shows all of it.
#[test]
fn a_survey_removed_while_a_file_is_joined_is_told() {
    let (phone, desk) = (device(), MemoryStore::default());
    at_once(phone.add(&[response(1, "a"), response(2, "a")])).unwrap();
    let file = bundle(&phone);
    // Told when the responses are there; at the desk the survey goes just before.
    let mut removes = |_| {
        at_once(desk.remove_survey("a")).unwrap();
        at_once(desk.add(&[response(3, "a")])).unwrap();
        ControlFlow::Continue(())
    };
    let mut tools = Tools {
        matches: |_, _| None,
        find: |_, _| false,
        sealing: &|| Box::pin(async { None }),
        kept: &Kept::default(),
        progress: &mut removes,
        given: Some(&file),
        sink: &mut |_: &[u8]| (),
    };
    assert!(at_once(run(&Job::Join, &desk, &mut tools)).is_err());
    assert!(at_once(desk.surveys()).unwrap().is_empty());
    assert_eq!(join(&phone, &desk), 2);
    assert_eq!(at_once(desk.surveys()).unwrap().len(), 1);
    assert_eq!(at_once(desk.responses("a", 0, 10)).unwrap().len(), 3);
}
