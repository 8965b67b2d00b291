//! Whatever fails, nothing of what was there before is touched, what was said to be kept is there, nothing stands half done, and
//! trying again comes to what would have come without it: every scene of the app on a store in memory of which every n-th
//! operation fails, for every n, and then one of which the n-th alone does.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod carried;
mod filling;
mod kept;
mod rows;
#[path = "../store/scenario.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod scenario;
mod scene;

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use rows::{Rows, half_done, off_the_way, rows};
use scene::{Hand, SCENES, Scene, step};
use sondeo::store::{FaultKind, FaultyStore, MemoryStore};

/// How often somebody tries before the disk has room again.
const TRIES: usize = 3;

/// A store in memory is never waited for.
fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits"),
    }
}

type Store = FaultyStore<MemoryStore>;

/// What an undisturbed run comes to after each step, and what it tells.
struct Undisturbed {
    states: Vec<Rows>,
    told: Vec<String>,
    /// Operations from the first step on that may fail.
    asked: u64,
}

fn begun(scene: &Scene) -> (Store, Hand) {
    let (store, mut hand) = (FaultyStore::new(MemoryStore::default(), 0, FaultKind::Full), Hand::default());
    for n in 0..scene.ready {
        at_once(step(&store, scene, n, &mut hand)).unwrap();
    }
    store.fail_every(0);
    (store, hand)
}

fn now(store: &Store) -> Rows {
    at_once(rows(store.inner()))
}

fn undisturbed(scene: &Scene) -> Undisturbed {
    let (store, mut hand) = begun(scene);
    let mut run = Undisturbed { states: vec![now(&store)], told: Vec::new(), asked: 0 };
    for n in scene.ready..scene.steps {
        at_once(step(&store, scene, n, &mut hand)).unwrap();
        run.states.push(now(&store));
        run.told.push(hand.told.clone());
        assert_eq!(half_done(&run.states[run.states.len() - 1]), [""; 0], "{}, step {n}", scene.name);
    }
    run.asked = store.asked();
    run
}

/// Runs a scene with faults: `begin` has the store fail, and `again` after a step that only a mended store could do. Gives how
/// often something failed and was looked at.
fn disturbed(scene: &Scene, run: &Undisturbed, begin: impl Fn(&Store), what: &str) -> usize {
    let (store, mut hand) = begun(scene);
    begin(&store);
    let mut looked = 0;
    for (at, n) in (scene.ready..scene.steps).enumerate() {
        let at_step = format!("{}, step {n}, {what}", scene.name);
        let (before, after) = (&run.states[at], &run.states[at + 1]);
        let mut tries = 0;
        while let Err(trouble) = at_once(step(&store, scene, n, &mut hand)) {
            assert_eq!(trouble.0, FaultKind::Full, "{at_step}: another fault than the disk's");
            let found = now(&store);
            assert_eq!(off_the_way(before, &found, after), [""; 0], "{at_step}: after a fault");
            if found != *before {
                assert_eq!(half_done(&found), [""; 0], "{at_step}: half done");
            }
            (tries, looked) = (tries + 1, looked + 1);
            if tries == TRIES {
                store.fail_every(0);
                store.fail_at(0);
            }
            assert!(tries <= TRIES, "{at_step}: it fails though nothing is in its way any more");
        }
        let found = now(&store);
        let differs = off_the_way(after, &found, after);
        assert_eq!(
            differs, [""; 0],
            "{at_step}: said to be done, and it is not what would be there without faults"
        );
        if found != *after {
            assert_eq!(half_done(&found), [""; 0], "{at_step}: half done");
        }
        if tries >= TRIES {
            begin(&store);
        }
    }
    looked
}

#[test]
fn whichever_operation_fails_the_promises_hold_in_every_scene() {
    let mut figures = [0; 4];
    for scene in SCENES {
        let run = undisturbed(scene);
        let last = run.states.len() - 1;
        assert!(run.asked > 0, "{} asks nothing of the store", scene.name);
        let mut looked = 0;
        for n in 1..=run.asked {
            looked += disturbed(
                scene,
                &run,
                |store| store.fail_every(n),
                &format!("every {n}th operation failing"),
            );
            looked += disturbed(scene, &run, |store| store.fail_at(n), &format!("operation {n} failing"));
        }
        assert!(looked as u64 >= run.asked, "{}: faults were passed over", scene.name);
        println!(
            "{:<50} {:>3} operations, {:>4} faults, {} rows in the end",
            scene.name,
            run.asked,
            looked,
            run.states[last].len()
        );
        for (figure, more) in figures.iter_mut().zip([1, run.asked as usize, 2 * run.asked as usize, looked])
        {
            *figure += more;
        }
    }
    let [scenes, operations, runs, looked] = figures;
    println!("fault: {scenes} scenes, {operations} operations, {runs} runs, {looked} faults looked at");
}

/// Without this, a check that sees nothing would pass.
#[test]
fn what_is_off_the_way_or_half_done_is_noticed() {
    let scene = SCENES.iter().find(|scene| scene.name == "a_filling_is_finished").unwrap();
    let run = undisturbed(scene);
    let (before, after) = (&run.states[run.states.len() - 2], &run.states[run.states.len() - 1]);
    assert_eq!(off_the_way(before, before, after), [""; 0]);
    assert_eq!(off_the_way(before, after, after), [""; 0]);
    let both: Rows = before.iter().chain(after).map(|(key, text)| (key.clone(), text.clone())).collect();
    assert!(!half_done(&both).is_empty(), "a draft and its response");
    for key in before.keys().filter(|key| after.contains_key(*key)) {
        let (mut lost, mut changed) = (before.clone(), before.clone());
        lost.remove(key);
        changed.get_mut(key).unwrap().push('x');
        assert_eq!(off_the_way(before, &lost, after).len(), 1, "{key:?} lost");
        assert_eq!(off_the_way(before, &changed, after).len(), 1, "{key:?} changed");
    }
    for kind in ["form", "draft", "survey"] {
        let mut without = before.clone();
        without.retain(|(of, _), _| *of != kind);
        assert!(!half_done(&without).is_empty(), "without a {kind}");
    }
}
