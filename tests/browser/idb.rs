//! The store on disk: the scenarios of every store, and what only IndexedDB can do to it.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::rc::Rc;
use std::task::Poll;

use crate::probe::{
    close_raw, dump, edit_rows, fail_at, function, open_raw, remove_database, restore, rows_of, spy, undo,
    wait,
};
use crate::scenario::{self, all_responses, draft, entries, id, response, survey};
use js_sys::{Array, Reflect};
use sondeo::browser::idb::IdbStore;
use sondeo::browser::notice;
use sondeo::response::{Draft, Entry};
use sondeo::store::{FaultKind, ResponseStore};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

macro_rules! scenarios {
    ($($name:ident)*) => { $(
        #[wasm_bindgen_test]
        async fn $name() {
            scenario::$name(&IdbStore::new(stringify!($name))).await;
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

/// A store with a survey, two responses, and a draft of five entries.
async fn furnished(name: &str) -> IdbStore {
    let store = IdbStore::new(name);
    store.put_survey(&survey("a"), Some(&scenario::form("Visita"))).await.unwrap();
    store.add(&[response(1, "a"), response(2, "a")]).await.unwrap();
    store.begin(&Draft { journal: entries(0..5), ..draft(3, "a") }).await.unwrap();
    store
}

#[wasm_bindgen_test]
async fn what_one_connection_kept_another_finds() {
    let before = scenario::snapshot(&furnished("another").await).await;
    // The first store is dropped, and its connection with it.
    assert_eq!(scenario::snapshot(&IdbStore::new("another")).await, before);
}

#[wasm_bindgen_test]
async fn every_change_asks_for_strict_durability() {
    let asked = Rc::new(RefCell::new(Vec::new()));
    let note = Closure::wrap(Box::new({
        let asked = Rc::clone(&asked);
        move |_: JsValue, given: Array| {
            let durability = Reflect::get(&given.get(2), &"durability".into()).unwrap();
            if given.get(1) == "readwrite" {
                asked.borrow_mut().push(durability.as_string());
            }
        }
    }) as Box<dyn FnMut(JsValue, Array)>);
    let back = spy("IDBDatabase", "transaction", note.as_ref().unchecked_ref());
    let store = IdbStore::new("strict");
    for n in 0..scenario::CHANGES {
        scenario::change(&store, n).await.unwrap();
    }
    undo(&back);
    let strict = vec![Some("strict".to_owned()); scenario::CHANGES];
    assert_eq!(*asked.borrow(), strict, "one transaction each, and strict");
}

#[wasm_bindgen_test]
async fn a_transaction_that_breaks_half_way_leaves_nothing() {
    for (method, last) in [("add", 4), ("delete", 8), ("put", 1)] {
        for n in 1..=last {
            let name = format!("half {method} {n}");
            let store = furnished(&name).await;
            let before = scenario::snapshot(&store).await;
            let back = fail_at("IDBObjectStore", method, n);
            let outcome = match method {
                "add" => store.append(id(3), &entries(5..9)).await,
                "delete" => store.remove_survey("a").await,
                _ => store.put_survey(&survey("b"), None).await,
            };
            undo(&back);
            assert_eq!(outcome.unwrap_err().kind, FaultKind::Full, "{method} {n}");
            assert_eq!(scenario::snapshot(&store).await, before, "{method} {n}");
        }
    }
    for n in 1..=2 {
        let store = furnished(&format!("half finish {n}")).await;
        let before = scenario::snapshot(&store).await;
        let back = fail_at("IDBObjectStore", "delete", n);
        let outcome = store.finish(&response(3, "a")).await;
        undo(&back);
        assert_eq!(outcome.unwrap_err().kind, FaultKind::Full);
        assert_eq!(scenario::snapshot(&store).await, before, "still a draft, and no response");
        store.finish(&response(3, "a")).await.unwrap();
        assert_eq!(all_responses(&store, "a", 9).await.len(), 3);
    }
}

#[wasm_bindgen_test]
async fn the_days_of_what_is_sealed_are_read_once() {
    let store = IdbStore::new("days");
    store.add_sealed(&[scenario::sealed(1, "a", true), scenario::sealed(2, "a", false)]).await.unwrap();
    let rows = Rc::new(Cell::new(0));
    let note = Closure::wrap(Box::new({
        let rows = Rc::clone(&rows);
        move |_: JsValue, _: Array| rows.set(rows.get() + 1)
    }) as Box<dyn FnMut(JsValue, Array)>);
    let back = spy("IDBObjectStore", "get", note.as_ref().unchecked_ref());
    let mut read = Vec::new();
    for n in [1, 1, 3, 3] {
        store.add_sealed(&[scenario::sealed(n, "a", true)]).await.unwrap();
        let before = rows.get();
        let days = store.sealed_days("a").await.unwrap();
        assert_eq!(days.last(), Some(&(id(n), scenario::day(4))));
        // Another store of the same device has its own.
        assert_eq!(IdbStore::new("other days").sealed_days("a").await.unwrap(), []);
        read.push(rows.get() - before);
    }
    undo(&back);
    assert_eq!(read, [1, 0, 1, 0], "rows read each time");
}

#[wasm_bindgen_test]
async fn a_store_that_was_removed_from_under_it_opens_again() {
    let store = furnished("removed").await;
    // Waits for ever unless the store lets go of its connection.
    wait(remove_database("removed")).await;
    assert_eq!(store.surveys().await.unwrap(), []);
    store.add(&[response(1, "a")]).await.unwrap();
    assert_eq!(all_responses(&store, "a", 9).await, [response(1, "a")]);
}

#[wasm_bindgen_test]
async fn a_connection_that_was_closed_is_opened_again() {
    let database = Rc::new(RefCell::new(JsValue::NULL));
    let note = Closure::wrap(Box::new({
        let database = Rc::clone(&database);
        move |this: JsValue, _: Array| drop(database.replace(this))
    }) as Box<dyn FnMut(JsValue, Array)>);
    let back = spy("IDBDatabase", "transaction", note.as_ref().unchecked_ref());
    let store = furnished("closed").await;
    undo(&back);
    close_raw(&database.borrow());
    store.append(id(3), &entries(5..6)).await.unwrap();
    assert_eq!(store.draft(id(3)).await.unwrap().unwrap().journal, entries(0..6));
}

#[wasm_bindgen_test]
async fn a_blocked_store_says_so_in_time() {
    let other = wait(open_raw("blocked", 2)).await;
    let _pending = open_raw("blocked", 3);
    let store = IdbStore::with_limit("blocked", 300);
    assert_eq!(store.surveys().await.unwrap_err().kind, FaultKind::Blocked);
    close_raw(&other);
}

#[wasm_bindgen_test]
async fn a_database_of_a_newer_version_is_left_alone() {
    let newer = wait(open_raw("newer", 1000)).await;
    close_raw(&newer);
    assert_eq!(IdbStore::new("newer").surveys().await.unwrap_err().kind, FaultKind::Newer);
}

#[wasm_bindgen_test]
async fn a_damaged_response_is_put_aside_with_its_bytes_and_the_rest_is_listed() {
    let store = furnished("damaged").await;
    let damage = function("if (row.arrival === 1) row.text = row.text.replace('post', 'past'); return row;");
    wait(edit_rows("damaged", "responses", &damage)).await;
    assert_eq!(all_responses(&store, "a", 9).await, [response(2, "a")]);
    let counts = store.counts().await.unwrap().remove(0).1;
    assert_eq!((counts.finished, counts.damaged), (1, 1));
    assert_eq!(all_responses(&store, "a", 9).await, [response(2, "a")]);
    assert_eq!(store.counts().await.unwrap().remove(0).1, counts, "counted once");
    let kept = store.damaged("a").await.unwrap();
    assert_eq!(kept.len(), 1);
    assert!(kept[0].contains("\\\"past\\\"") && kept[0].contains(&id(1).to_text()), "{}", kept[0]);
    // The whole one can come again from a copy.
    assert_eq!(store.add(&[response(1, "a")]).await.unwrap().added, 1);
}

#[wasm_bindgen_test]
async fn damage_that_a_checksum_cannot_see_is_damage_too() {
    let store = furnished("swapped").await;
    let damage = function("if (row.arrival === 2) row.survey = 'b'; return row;");
    wait(edit_rows("swapped", "responses", &damage)).await;
    assert_eq!(all_responses(&store, "b", 9).await, []);
    assert_eq!(store.damaged("b").await.unwrap().len(), 1);
    assert_eq!(all_responses(&store, "a", 9).await, [response(1, "a")]);
}

#[wasm_bindgen_test]
async fn a_damaged_entry_costs_no_other_entry() {
    let store = furnished("entry").await;
    let damage = function("if (row.n === 2) row.sum += 1; return row;");
    wait(edit_rows("entry", "journal", &damage)).await;
    let expected: Vec<Entry> = [entries(0..2), entries(3..5)].concat();
    assert_eq!(store.draft(id(3)).await.unwrap().unwrap().journal, expected);
    assert_eq!(store.counts().await.unwrap().remove(0).1.damaged, 1);
    store.append(id(3), &entries(5..7)).await.unwrap();
    let expected: Vec<Entry> = [expected, entries(5..7)].concat();
    assert_eq!(store.draft(id(3)).await.unwrap().unwrap().journal, expected);
}

#[wasm_bindgen_test]
async fn what_a_newer_version_wrote_is_counted_and_left_and_hides_nothing() {
    for (name, aside, edit) in [
        ("newer row", 0, "if (row.arrival === 1) row.format = 2; return row;"),
        (
            "newer text",
            1,
            "if (row.arrival === 1) { row.text = '{\"format\":2}'; row.sum = 0x843390fa; } return row;",
        ),
    ] {
        let store = furnished(name).await;
        wait(edit_rows(name, "responses", &function(edit))).await;
        let before = wait(rows_of(name, "responses")).await;
        for _ in 0..2 {
            assert_eq!(all_responses(&store, "a", 9).await, [response(2, "a")], "{name}");
            assert_eq!((store.newer("a"), store.newer("b")), (1, 0), "counted once");
        }
        // A copy that this version can read takes the place of nothing; where it says something else it is kept aside.
        assert_eq!(store.add(&[response(1, "a")]).await.unwrap().added, 0);
        let after = wait(rows_of(name, "responses")).await;
        let text = |rows: &JsValue| js_sys::JSON::stringify(rows).unwrap();
        assert_eq!(text(&before), text(&after));
        assert_eq!(store.damaged("a").await.unwrap().len(), aside, "{name}");
    }
}

fn text(rows: &JsValue) -> JsValue {
    js_sys::JSON::stringify(rows).unwrap().into()
}

#[wasm_bindgen_test]
async fn a_newer_survey_draft_or_form_blocks_no_other() {
    let name = "newer others";
    let store = furnished(name).await;
    store.put_survey(&survey("b"), None).await.unwrap();
    store.begin(&Draft { journal: entries(0..2), ..draft(4, "a") }).await.unwrap();
    let newer = |which: &str| function(&format!("if ({which}) row.format = 9; return row;"));
    wait(edit_rows(name, "surveys", &newer("row.id === 'a'"))).await;
    wait(edit_rows(name, "drafts", &newer(&format!("row.id === '{}'", id(3).to_text())))).await;
    wait(edit_rows(name, "forms", &newer("true"))).await;
    let before = [wait(rows_of(name, "surveys")).await, wait(rows_of(name, "drafts")).await];

    assert_eq!(store.surveys().await.unwrap(), [survey("b")]);
    let ids: Vec<String> = store.counts().await.unwrap().into_iter().map(|(id, _)| id).collect();
    assert_eq!(ids, ["a", "b"], "counted, though not listed");
    assert_eq!(store.drafts("a").await.unwrap(), [draft(4, "a")]);
    assert_eq!((store.newer(""), store.newer("a"), store.all_newer()), (1, 1, 2));
    let newer_alone = |fault: sondeo::store::Fault| assert_eq!(fault.kind, FaultKind::Newer);
    newer_alone(store.draft(id(3)).await.unwrap_err());
    newer_alone(store.form(&scenario::reference()).await.unwrap_err());
    newer_alone(store.put_survey(&survey("a"), None).await.unwrap_err());
    assert_eq!(store.draft(id(4)).await.unwrap().unwrap().journal, entries(0..2));

    let after = [wait(rows_of(name, "surveys")).await, wait(rows_of(name, "drafts")).await];
    assert_eq!(before.map(|rows| text(&rows)), after.map(|rows| text(&rows)));
    // A filling of which only some answers can be read is not gone on with.
    wait(edit_rows(name, "journal", &newer(&format!("row.n === 1 && row.draft === '{}'", id(4).to_text()))))
        .await;
    newer_alone(store.draft(id(4)).await.unwrap_err());
    assert_eq!(store.damaged("a").await.unwrap().len(), 0);
}

#[wasm_bindgen_test]
async fn damaged_surveys_forms_and_drafts_can_be_taken_away_with_their_answers_and_deleted() {
    let name = "damaged others";
    let store = furnished(name).await;
    for rows in ["surveys", "forms", "drafts"] {
        wait(edit_rows(name, rows, &function("row.sum = 0; return row;"))).await;
    }
    assert_eq!(store.surveys().await.unwrap(), []);
    assert_eq!(store.form(&scenario::reference()).await.unwrap(), None);
    assert_eq!(store.drafts("a").await.unwrap(), []);
    let kept = store.damaged("").await.unwrap();
    assert!(kept.len() == 2 && kept[0].contains("\"surveys\"") && kept[1].contains("\"forms\""), "{kept:?}");
    let kept = store.damaged("a").await.unwrap();
    assert_eq!(kept.len(), 1 + 5, "the draft and what was answered in it");
    assert!(kept[5].contains("4.5"), "the last answer: {kept:?}");
    // A copy of the survey brings its responses back, and deleting it leaves nothing.
    store.put_survey(&survey("a"), Some(&scenario::form("Visita"))).await.unwrap();
    assert_eq!(all_responses(&store, "a", 9).await, [response(1, "a"), response(2, "a")]);
    store.remove_survey("a").await.unwrap();
    assert_eq!(store.damaged("a").await.unwrap().len(), 0);
    assert_eq!(text(&wait(rows_of(name, "journal")).await), JsValue::from_str("[]"));
}

#[wasm_bindgen_test]
async fn counting_reads_no_response() {
    let store = furnished("counting").await;
    let read = Rc::new(RefCell::new(0));
    let note = Closure::wrap(Box::new({
        let read = Rc::clone(&read);
        move |_: JsValue, _: Array| *read.borrow_mut() += 1
    }) as Box<dyn FnMut(JsValue, Array)>);
    let back = [
        ("IDBObjectStore", "get"),
        ("IDBObjectStore", "getAll"),
        ("IDBIndex", "get"),
        ("IDBIndex", "getAll"),
    ]
    .map(|(prototype, method)| spy(prototype, method, note.as_ref().unchecked_ref()));
    let counts = store.counts().await.unwrap();
    back.iter().for_each(undo);
    assert_eq!((counts[0].1.finished, *read.borrow()), (2, 0));
}

#[wasm_bindgen_test]
async fn entries_sent_at_the_same_time_from_two_tabs_all_arrive() {
    let tabs = [furnished("crowd").await, IdbStore::new("crowd")];
    other_tab_is_open(&tabs[1]).await;
    let left = Rc::new(RefCell::new(0));
    for n in 5..25 {
        *left.borrow_mut() += 1;
        let (tab, left) = (tabs[n % 2].clone(), Rc::clone(&left));
        wasm_bindgen_futures::spawn_local(async move {
            tab.append(id(3), &entries(n..n + 1)).await.unwrap();
            *left.borrow_mut() -= 1;
        });
    }
    while *left.borrow() > 0 {
        sondeo::browser::clock::sleep(5).await;
    }
    // Sent one by one from connections that are open, they even keep their order.
    assert_eq!(tabs[0].draft(id(3)).await.unwrap().unwrap().journal, entries(0..25));
}

async fn other_tab_is_open(store: &IdbStore) {
    assert_eq!(store.surveys().await.unwrap().len(), 1);
}

#[wasm_bindgen_test]
async fn a_change_is_heard_in_this_tab() {
    let heard = Rc::new(RefCell::new(Vec::new()));
    let listening = notice::on_change({
        let heard = Rc::clone(&heard);
        move |survey| heard.borrow_mut().push(survey)
    });
    let store = furnished("heard").await;
    store.finish(&response(3, "only-here")).await.unwrap();
    sondeo::browser::clock::sleep(50).await;
    assert!(heard.borrow().iter().any(|survey| survey == "only-here"));
    drop(listening);
    let before = heard.borrow().len();
    store.finish(&response(4, "a")).await.unwrap();
    sondeo::browser::clock::sleep(50).await;
    assert_eq!(heard.borrow().len(), before);
}

/// Everything that one day's work left in version 1, for the databases on file.
async fn worked(name: &str) -> IdbStore {
    let store = furnished(name).await;
    store.add(&[scenario::example(9, "a")]).await.unwrap();
    store.put_survey(&survey("b"), None).await.unwrap();
    store
}

/// The same in version 2.
async fn worked_more(name: &str) -> IdbStore {
    let store = worked(name).await;
    store.put_coding("a", "{}").await.unwrap();
    store
}

/// The same in version 3.
async fn worked_sealed(name: &str) -> IdbStore {
    let store = worked_more(name).await;
    store.put_key("a", "{}").await.unwrap();
    store.add_sealed(&[scenario::sealed(20, "a", true)]).await.unwrap();
    store
}

/// The same in version 4.
async fn worked_with_files(name: &str) -> IdbStore {
    let store = worked_sealed(name).await;
    store.attach(id(3), &scenario::file(1), &[0, 255, 1]).await.unwrap();
    store
}

/// Databases as each version first wrote them. They must open for ever; a new version adds a file of its own.
const VERSION_1: &str = include_str!("../data/stored/database-1.json");
const VERSION_2: &str = include_str!("../data/stored/database-2.json");
const VERSION_3: &str = include_str!("../data/stored/database-3.json");
const VERSION_4: &str = include_str!("../data/stored/database-4.json");

#[wasm_bindgen_test]
async fn a_database_of_every_version_opens_with_all_that_is_in_it() {
    let first = scenario::snapshot(&worked("today 1").await).await;
    let second = scenario::snapshot(&worked_more("today 2").await).await;
    let third = scenario::snapshot(&worked_sealed("today 3").await).await;
    let fourth = scenario::snapshot(&worked_with_files("today 4").await).await;
    for (name, file, expected) in [
        ("version 1", VERSION_1, first),
        ("version 2", VERSION_2, second),
        ("version 3", VERSION_3, third),
        ("version 4", VERSION_4, fourth),
    ] {
        wait(restore(name, file)).await;
        let store = IdbStore::new(name);
        assert_eq!(scenario::snapshot(&store).await, expected);
        store.append(id(3), &entries(5..7)).await.unwrap();
        store.attach(id(3), &scenario::file(2), &[2]).await.unwrap();
        store.finish(&scenario::with_files(3, "a", &[2])).await.unwrap();
        assert_eq!(store.attachments("a").await.unwrap(), [(id(3), scenario::file(2))]);
        // With the first finished one of a person the example went.
        assert_eq!(all_responses(&store, "a", 9).await.len(), 3);
        let mark = store.standing("b").await.unwrap().mark;
        store.put_blocks("b", mark, &[scenario::block(0, 1, 1)]).await.unwrap();
        store.put_coding("b", "{}").await.unwrap();
        store.put_key("b", "{}").await.unwrap();
        assert_eq!(store.add_sealed(&[scenario::sealed(30, "b", true)]).await.unwrap().added, 1);
        assert_eq!(store.blocks("b", 0, 9).await.unwrap().len(), 1);
    }
}

#[wasm_bindgen_test]
async fn the_database_is_laid_out_as_on_file() {
    worked_with_files("layout").await;
    let today = wait(dump("layout")).await.as_string().unwrap();
    assert_eq!(today.trim(), VERSION_4.trim());
    // An older one becomes what a new one is.
    worked("new 1").await;
    worked_more("new 2").await;
    worked_sealed("new 3").await;
    for (raised, new, file) in
        [("raised 1", "new 1", VERSION_1), ("raised 2", "new 2", VERSION_2), ("raised 3", "new 3", VERSION_3)]
    {
        wait(restore(raised, file)).await;
        IdbStore::new(raised).surveys().await.unwrap();
        let [raised, new] = [dump(raised), dump(new)];
        assert_eq!(wait(raised).await, wait(new).await);
    }
}

#[wasm_bindgen_test]
async fn an_older_tab_that_keeps_the_database_is_told_and_nothing_is_lost_by_it() {
    wait(restore("older tab", VERSION_1)).await;
    let other = wait(open_raw("older tab", 1)).await;
    let store = IdbStore::with_limit("older tab", 300);
    assert_eq!(store.surveys().await.unwrap_err().kind, FaultKind::Blocked);
    close_raw(&other);
    let expected = scenario::snapshot(&worked("its like").await).await;
    assert_eq!(scenario::snapshot(&IdbStore::new("older tab")).await, expected);
}

#[wasm_bindgen_test]
async fn blocks_that_are_no_blocks_are_passed_over_and_a_damaged_coding_is_put_aside() {
    let store = furnished("no blocks").await;
    let written = [scenario::block(0, 1, 1), scenario::block(1, 2, 2), scenario::block(2, 3, 3)];
    let mark = store.standing("a").await.unwrap().mark;
    store.put_blocks("a", mark, &written).await.unwrap();
    store.put_coding("a", "{}").await.unwrap();
    for damage in ["if (row.after === 1) row.bytes = [1, 2]", "if (row.after === 2) row.upto = 5"] {
        wait(edit_rows("no blocks", "columns", &function(&format!("{damage}; return row;")))).await;
    }
    assert_eq!(store.blocks("a", 0, 9).await.unwrap(), written[..1]);
    let damage = function("row.text = '{ }'; return row;");
    wait(edit_rows("no blocks", "codings", &damage)).await;
    assert_eq!(store.coding("a").await.unwrap(), None);
    assert_eq!(store.damaged("a").await.unwrap().len(), 1);
}

#[wasm_bindgen_test]
async fn a_page_of_nothing_but_damage_is_not_the_end() {
    let store = furnished("damaged page").await;
    store.add(&[response(5, "b"), response(6, "a"), response(7, "a")]).await.unwrap();
    let damage = function("if (row.arrival < 3) row.sum = 0; return row;");
    wait(edit_rows("damaged page", "responses", &damage)).await;
    assert_eq!(all_responses(&store, "a", 2).await, [response(6, "a"), response(7, "a")]);
    assert_eq!(store.damaged("a").await.unwrap().len(), 2);
}

/// Starts a change and gives it up where it would wait.
async fn start_and_drop(change: impl Future<Output = Result<(), sondeo::store::Fault>>) {
    let mut change = Box::pin(change);
    std::future::poll_fn(|context| {
        assert!(change.as_mut().poll(context).is_pending());
        Poll::Ready(())
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_change_that_nobody_waits_for_is_still_whole() {
    let store = furnished("dropped").await;
    // It has only asked whether the response is there, or for the last place: nothing of it may come.
    store.add(&[response(2, "a")]).await.unwrap();
    start_and_drop(async { store.add(&[response(2, "a"), response(5, "a")]).await.map(drop) }).await;
    assert_eq!(store.known(&[id(5)]).await.unwrap(), []);
    start_and_drop(store.finish(&response(3, "a"))).await;
    assert_eq!(store.known(&[id(3)]).await.unwrap(), []);
    assert!(store.draft(id(3)).await.unwrap().is_some());
    store.finish(&response(3, "a")).await.unwrap();
    assert_eq!(store.draft(id(3)).await.unwrap(), None);
    store.begin(&draft(4, "a")).await.unwrap();
    start_and_drop(store.append(id(4), &entries(0..3))).await;
    assert_eq!(store.draft(id(4)).await.unwrap(), Some(draft(4, "a")));
    store.append(id(4), &entries(0..3)).await.unwrap();
    assert_eq!(store.draft(id(4)).await.unwrap().unwrap().journal, entries(0..3));
}

#[wasm_bindgen_test]
async fn a_damaged_file_is_not_shown_for_what_it_was() {
    let store = furnished("damaged file").await;
    store.attach(id(3), &scenario::file(1), &[1, 2, 3]).await.unwrap();
    let damage = function("row.bytes = Uint8Array.of(1, 2, 4); return row;");
    wait(edit_rows("damaged file", "attachments", &damage)).await;
    assert_eq!(store.attachment(id(3), &scenario::file(1)).await.unwrap(), None);
    // Where it comes again whole, it takes the damaged one's place.
    store.finish(&scenario::with_files(3, "a", &[1])).await.unwrap();
    store.add_attachments(&[scenario::attachment(3, "a", 1, &[1, 2, 3])]).await.unwrap();
    assert_eq!(store.attachment(id(3), &scenario::file(1)).await.unwrap(), Some(vec![1, 2, 3]));
}
