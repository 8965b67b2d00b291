//! Every store must do the same: the scenarios on the store in memory, and on one that fails.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod scenario;

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use sondeo::store::{FaultKind, FaultyStore, MemoryStore};

/// A store in memory is never waited for.
fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits"),
    }
}

macro_rules! scenarios {
    ($($name:ident)*) => { $(
        #[test]
        fn $name() {
            at_once(scenario::$name(&MemoryStore::default()));
            at_once(scenario::$name(&FaultyStore::new(MemoryStore::default(), 0, FaultKind::Full)));
        }
    )* };
}

scenarios! {
    a_survey_and_its_form_come_back_as_they_were
    a_draft_comes_back_with_its_journal_in_order
    a_draft_begins_once_and_takes_nothing_after_its_end
    finishing_turns_a_draft_into_a_response_once
    counts_say_how_much_there_is
    adding_twice_changes_nothing
    of_two_that_differ_both_are_kept_and_the_same_one_counts
    finished_twice_both_are_kept_and_the_same_one_counts
    responses_come_in_pages_in_order_of_arrival
    examples_go_and_people_stay
    a_removed_survey_leaves_nothing
    blocks_come_in_order_and_take_the_place_of_those_before
    no_block_outlives_a_response_of_its_survey
    a_coding_is_kept_and_goes_with_its_survey
    sealed_responses_make_way_for_the_finished_one
    a_key_is_kept_and_goes_with_its_survey
    copies_are_kept_by_their_sum_and_go_with_their_survey
    only_people_within_reach_are_counted_and_only_they_go
    safety_says_what_would_be_lost_with_the_device
    a_file_belongs_to_a_draft_and_then_to_its_response
    files_join_the_responses_that_are_here
    files_go_with_their_responses
    what_a_form_shows_is_kept_with_its_survey_alone
}

#[test]
fn whichever_operation_fails_what_was_kept_is_intact_and_trying_again_ends_the_same() {
    let undisturbed = MemoryStore::default();
    for n in 0..scenario::CHANGES {
        at_once(scenario::change(&undisturbed, n)).unwrap();
    }
    let expected = at_once(scenario::snapshot(&undisturbed));
    // Some changes are two operations: with every second one failing they would never end.
    for every in 3..=2 * scenario::CHANGES as u64 {
        let faulty = FaultyStore::new(MemoryStore::default(), every, FaultKind::Full);
        let mut faults = 0;
        for n in 0..scenario::CHANGES {
            let before = at_once(scenario::snapshot(faulty.inner()));
            while let Err(fault) = at_once(scenario::change(&faulty, n)) {
                faults += 1;
                assert_eq!(fault.kind, FaultKind::Full);
                let after = at_once(scenario::snapshot(faulty.inner()));
                assert_eq!(before, after, "change {n} with every {every}th operation failing");
            }
        }
        assert_eq!(faults, (faulty.asked() / every) as usize);
        assert_eq!(
            at_once(scenario::snapshot(faulty.inner())),
            expected,
            "every {every}th operation failing"
        );
    }
}
