//! What a worker keeps between jobs: whatever happens to the store in between, it is what a plain reading of all responses gives.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

#[path = "common/every.rs"]
mod every;
#[path = "common/job.rs"]
#[allow(dead_code, reason = "only some of it is needed")]
mod job;

use std::ops::ControlFlow;
use std::rc::Rc;

use every::{Draw, form, source};
use job::wait;
use proptest::prelude::*;
use sondeo::form::Form;
use sondeo::job::{JobError, JobErrorKind, Kept, Progress};
use sondeo::response::{Response, ResponseId};
use sondeo::store::{Block, FaultKind, FaultyStore, MemoryStore, ResponseStore};
use sondeo::summary::Table;
use sondeo::summary::block::{decode, encode};

/// Responses of a full block.
const FULL: usize = 512;

fn going(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// So many new responses of a survey.
fn responses(draw: &mut Draw, survey: &str, count: usize, example: bool) -> Vec<Response> {
    let response = |draw: &mut Draw| {
        let mut id = [0; 16];
        id.iter_mut().for_each(|byte| *byte = draw.below(256) as u8);
        Response { id: ResponseId(id), survey: survey.to_owned(), example, ..draw.response() }
    };
    (0..count).map(|_| response(draw)).collect()
}

fn filled(count: usize) -> MemoryStore {
    let store = MemoryStore::default();
    wait(store.add(&responses(&mut Draw(1), "a", count, false))).unwrap();
    store
}

fn plain(form: &Form, store: &MemoryStore, survey: &str, mut table: Table) -> Table {
    let all = wait(store.responses(survey, 0, usize::MAX)).unwrap();
    all.iter().for_each(|arrived| table.push(form, &arrived.response));
    table
}

fn table(
    kept: &Kept,
    form: &Rc<Form>,
    store: &impl ResponseStore,
    survey: &str,
) -> Result<Rc<Table>, JobError> {
    wait(kept.table(survey, form, store, &mut going))
}

/// Every block put together, and the rows of the largest.
fn together(
    kept: &Kept,
    form: &Rc<Form>,
    store: &impl ResponseStore,
    survey: &str,
) -> Result<(Table, usize), JobError> {
    let (mut all, mut most) = (Table::with_texts(form), 0);
    wait(kept.each_block(survey, form, store, &mut going, |part: &Table| {
        most = most.max(part.rows.len());
        all.append(part);
    }))?;
    Ok((all, most))
}

fn right(kept: &Kept, form: &Rc<Form>, store: &MemoryStore, survey: &str) {
    let known = table(kept, form, store, survey).unwrap();
    assert!(*known == plain(form, store, survey, Table::new(form)), "{survey}");
    let (all, most) = together(kept, form, store, survey).unwrap();
    assert!(all == plain(form, store, survey, Table::with_texts(form)), "{survey}, with texts");
    assert!(most <= FULL);
}

/// Puts a block in the place of another with the same beginning and end.
fn change_block(store: &MemoryStore, survey: &str, at: usize, change: impl Fn(&mut Block)) -> bool {
    let mark = wait(store.standing(survey)).unwrap().mark;
    let mut blocks = wait(store.blocks(survey, 0, usize::MAX)).unwrap();
    let Some(block) = blocks.get_mut(at) else { return false };
    change(block);
    wait(store.put_blocks(survey, mark, std::slice::from_ref(block))).unwrap();
    true
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10))]

    #[test]
    fn whatever_happens_what_is_kept_is_what_there_is(seed: u64, steps in prop::collection::vec((0..10_u8, any::<u16>()), 1..14)) {
        let forms = [Rc::new(form()), Rc::new(Form::build(&sondeo::form::FormSource { version: "8".to_owned(), ..source() }).unwrap())];
        let store = MemoryStore::default();
        // Two tabs, each with a worker of its own.
        let mut workers = [Kept::default(), Kept::default()];
        let mut draw = Draw(seed);
        for (step, n) in steps {
            let survey = ["a", "b"][usize::from(n % 2)];
            let worker = usize::from(n / 2 % 2);
            match step {
                0..4 => {
                    let new = responses(&mut draw, survey, usize::from(n % 700), n % 5 == 0);
                    wait(store.add(&new)).unwrap();
                }
                4 => drop(wait(store.remove_examples(survey)).unwrap()),
                5 if n % 4 == 0 => wait(store.remove_survey(survey)).unwrap(),
                6 => workers[worker] = Kept::default(),
                7 => drop(change_block(&store, survey, usize::from(n % 3), |block| {
                    let at = usize::from(n) % block.bytes.len();
                    block.bytes[at] ^= 16;
                })),
                8 => wait(store.remove_blocks(survey, u64::from(n % 2000))).unwrap(),
                _ => right(&workers[worker], &forms[usize::from(n % 9 == 0)], &store, survey),
            }
        }
        for worker in &workers {
            for survey in ["a", "b"] {
                right(worker, &forms[0], &store, survey);
            }
        }
    }
}

#[test]
fn the_second_time_nothing_is_read_and_a_new_worker_reads_blocks() {
    let form = Rc::new(form());
    let store = filled(3 * FULL + 100);
    let counted = FaultyStore::new(store.clone(), 0, FaultKind::Other);
    let kept = Kept::default();
    let first = table(&kept, &form, &counted, "a").unwrap();
    let blocks = wait(store.blocks("a", 0, 9)).unwrap();
    assert_eq!(blocks.len(), 3, "full ones only");
    assert!(blocks.windows(2).all(|pair| pair[0].upto == pair[1].after));

    let before = counted.asked();
    let second = table(&kept, &form, &counted, "a").unwrap();
    assert!(Rc::ptr_eq(&first, &second));
    assert_eq!(counted.asked() - before, 1, "where responses stand");

    // A block that says something else shows that it is what is read.
    let other = responses(&mut Draw(5), "a", FULL, true);
    let mut told = Table::with_texts(&form);
    other.iter().for_each(|response| told.push(&form, response));
    assert!(change_block(&store, "a", 1, |block| block.bytes = encode(&form, &told)));
    let third = table(&Kept::default(), &form, &store, "a").unwrap();
    assert_eq!(third.rows.len(), first.rows.len());
    let ids = |table: &Table| table.rows.iter().map(|facts| facts.id).collect::<Vec<_>>();
    let expected = [&ids(&first)[..FULL], &ids(&told), &ids(&first)[2 * FULL..]].concat();
    assert_eq!(ids(&third), expected);
}

#[test]
fn responses_that_arrive_are_added_and_become_blocks() {
    let form = Rc::new(form());
    let store = filled(FULL - 1);
    let kept = Kept::default();
    right(&kept, &form, &store, "a");
    assert_eq!(wait(store.blocks("a", 0, 9)).unwrap(), []);
    for (round, blocks) in [(2, 1), (3, 1), (FULL, 2), (4 * FULL, 6)] {
        wait(store.add(&responses(&mut Draw(round as u64), "a", round, false))).unwrap();
        wait(store.add(&responses(&mut Draw(round as u64 + 1), "b", 3, false))).unwrap();
        right(&kept, &form, &store, "a");
        assert_eq!(wait(store.blocks("a", 0, 9)).unwrap().len(), blocks, "{round}");
    }
    let all = wait(store.blocks("a", 0, 9)).unwrap();
    let rows = all.iter().map(|block| decode(&form, &block.bytes, true).unwrap().rows.len());
    assert!(rows.into_iter().all(|rows| rows == FULL));
}

#[test]
fn a_job_that_is_cancelled_stops_and_what_it_read_is_not_read_again() {
    let form = Rc::new(form());
    let store = filled(6 * FULL + 10);
    for stop in 1..=6 {
        let (kept, mut told) = (Kept::default(), Vec::new());
        let mut tell = |now: Progress| {
            told.push(now);
            if told.len() == stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let cancelled = wait(kept.table("a", &form, &store, &mut tell)).unwrap_err();
        assert_eq!(cancelled.kind, JobErrorKind::Cancelled);
        assert_eq!(told.len(), stop, "nothing is told after that");
        assert!(told.iter().all(|now| now.of == 6 * FULL + 10));
        let mut later = Vec::new();
        let mut tell = |now: Progress| {
            later.push(now.done);
            ControlFlow::Continue(())
        };
        wait(kept.table("a", &form, &store, &mut tell)).unwrap();
        assert!(later[0] > told[stop - 1].done && later.is_sorted());
        right(&kept, &form, &store, "a");
        wait(store.remove_blocks("a", 0)).unwrap();
    }
    let mut calls = 0;
    let mut tell = |_: Progress| {
        calls += 1;
        if calls == 12 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let mut rows = 0;
    let outcome = wait(
        Kept::default().each_block("a", &form, &store, &mut tell, |part: &Table| rows += part.rows.len()),
    );
    assert_eq!(outcome.unwrap_err().kind, JobErrorKind::Cancelled);
    assert!(rows > 0 && rows < 6 * FULL, "{rows}");
}

#[test]
fn a_store_that_fails_now_and_then_costs_an_answer_and_never_a_right_one() {
    let form = Rc::new(form());
    let expected = plain(&form, &filled(3 * FULL + 10), "a", Table::new(&form));
    for every in [2, 3, 5, 8, 9, 10, 11, 13, 17, 23] {
        let store = FaultyStore::new(filled(3 * FULL + 10), every, FaultKind::Full);
        let kept = Kept::default();
        let mut answers = 0;
        for _ in 0..40 {
            match table(&kept, &form, &store, "a") {
                Ok(known) => {
                    answers += 1;
                    assert!(*known == expected);
                }
                Err(error) => assert_eq!(error.kind, JobErrorKind::Store),
            }
        }
        assert!(answers > 0 || every < 8, "every {every}th operation failing");
    }
}

#[test]
fn a_file_is_not_written_over_responses_that_go_meanwhile() {
    let form = Rc::new(form());
    let store = filled(2 * FULL);
    wait(store.add(&responses(&mut Draw(8), "a", 10, true))).unwrap();
    let kept = Kept::default();
    let mut first = true;
    let outcome = wait(kept.each_block("a", &form, &store, &mut going, |_: &Table| {
        if std::mem::take(&mut first) {
            wait_within(store.remove_examples("a"));
        }
    }));
    assert_eq!(outcome.unwrap_err().kind, JobErrorKind::Store);
    right(&kept, &form, &store, "a");
}

#[test]
fn responses_of_a_newer_version_are_counted_apart_and_come_in_when_they_can_be_read() {
    let form = Rc::new(form());
    let store = filled(2 * FULL + 10);
    let all = wait(store.responses("a", 0, usize::MAX)).unwrap();
    let newer = [3, FULL, 2 * FULL + 9].map(|at| all[at].response.id);
    newer.iter().for_each(|id| store.make_newer(*id, true));
    for kept in [Kept::default(), Kept::default()] {
        let known = table(&kept, &form, &store, "a").unwrap();
        assert_eq!((known.rows.len(), known.newer), (2 * FULL + 7, 3));
        assert!(known.rows.iter().all(|facts| !newer.contains(&facts.id)));
        assert_eq!(together(&kept, &form, &store, "a").unwrap().0.rows.len(), 2 * FULL + 7);
        assert_eq!(wait(store.blocks("a", 0, 9)).unwrap(), [], "no block stands for what is not in it");
    }
    // The program was updated.
    newer.iter().for_each(|id| store.make_newer(*id, false));
    let kept = Kept::default();
    right(&kept, &form, &store, "a");
    assert_eq!(table(&kept, &form, &store, "a").unwrap().newer, 0);
    assert_eq!(wait(store.blocks("a", 0, 9)).unwrap().len(), 2);
}

/// A store in memory answers at once, even inside of a wait.
fn wait_within<T>(future: impl Future<Output = Result<T, sondeo::store::Fault>>) {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(std::pin::pin!(future).poll(&mut context).is_ready());
}

#[test]
fn a_form_is_built_once() {
    let store = FaultyStore::new(MemoryStore::default(), 0, FaultKind::Other);
    let reference = sondeo::response::FormReference { id: "every".to_owned(), version: "7".to_owned() };
    let kept = Kept::default();
    assert_eq!(wait(kept.form(&reference, &store)).unwrap_err().kind, JobErrorKind::NoForm);
    let survey = sondeo::survey::wire::from_json(include_str!("data/stored/survey-study-1.json")).unwrap();
    wait(store.put_survey(&survey, Some(&source()))).unwrap();
    let first = wait(kept.form(&reference, &store)).unwrap();
    let before = store.asked();
    assert!(Rc::ptr_eq(&first, &wait(kept.form(&reference, &store)).unwrap()));
    assert_eq!(store.asked(), before);
}
