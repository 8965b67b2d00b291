//! Scenarios of copies, and of responses that are elsewhere.

use sondeo::response::{Draft, Response};
use sondeo::store::{CopyMade, Held, Marks, Reach, ResponseStore, Safety};

use super::*;

/// A copy that nobody has seen yet.
pub(crate) fn copy(sum: &str, upto: u64) -> CopyMade {
    CopyMade {
        sum: sum.into(),
        upto,
        sealed: Vec::new(),
        count: 3,
        made: day(5),
        arrived: None,
        confirmed: None,
    }
}

pub(crate) async fn copies_are_kept_by_their_sum_and_go_with_their_survey(store: &impl ResponseStore) {
    for name in ["a", "ab", "b"] {
        store.put_survey(&survey(name), None).await.unwrap();
        assert_eq!(store.copies(name).await.unwrap(), []);
    }
    store.put_copy("a", &copy("5c", 9)).await.unwrap();
    store.put_copy("a", &copy("0f", 1 << 40)).await.unwrap();
    store.put_copy("b", &copy("5c", 2)).await.unwrap();
    store.put_coding("a", "{}").await.unwrap();
    assert_eq!(store.copies("a").await.unwrap(), [copy("0f", 1 << 40), copy("5c", 9)]);
    assert_eq!(store.coding("a").await.unwrap().as_deref(), Some("{}"), "a coding is no copy");
    let seen = CopyMade { arrived: Some(day(6)), confirmed: Some(day(7)), ..copy("5c", 9) };
    store.put_copy("a", &seen).await.unwrap();
    assert_eq!(store.copies("a").await.unwrap(), [copy("0f", 1 << 40), seen.clone()]);
    store.remove_examples("a").await.unwrap();
    store.put_coding("a", "{\"a\":1}").await.unwrap();
    assert_eq!(store.copies("a").await.unwrap(), [copy("0f", 1 << 40), seen]);
    assert_eq!(store.copies("ab").await.unwrap(), []);
    store.remove_survey("a").await.unwrap();
    assert_eq!(store.copies("a").await.unwrap(), []);
    assert_eq!(store.copies("b").await.unwrap(), [copy("5c", 2)]);
}

pub(crate) async fn only_people_within_reach_are_counted_and_only_they_go(store: &impl ResponseStore) {
    for name in ["a", "ab"] {
        store.put_survey(&survey(name), None).await.unwrap();
    }
    let finished = |n: u16, on: u8| Response { finished: day(on), ..response(n, "a") };
    store.add(&[finished(1, 9), example(2, "a"), finished(3, 4)]).await.unwrap();
    store.add(&[response(4, "ab"), finished(5, 12), finished(6, 6)]).await.unwrap();
    store.begin(&Draft { journal: entries(0..5), ..draft(7, "a") }).await.unwrap();
    let all = store.responses("a", 0, 9).await.unwrap();
    let arrival = |n: u16| all.iter().find(|one| one.response.id == id(n)).unwrap().arrival;
    let held = |count, oldest: u8| Held { count, oldest: Some(day(oldest)) };
    let nothing = Held::default();
    for (reach, expected) in [
        (Reach::after(0), held(4, 4)),
        (Reach::after(arrival(3)), held(2, 6)),
        (Reach::after(arrival(6)), nothing),
        (Reach::upto(arrival(3)), held(2, 4)),
        (Reach::upto(0), nothing),
        (Reach::after(0).finished_by(day(9)), held(3, 4)),
        (Reach::after(0).finished_by(day(3)), nothing),
        (Reach::after(arrival(3)).finished_by(day(6)), held(1, 6)),
    ] {
        assert_eq!(store.held("a", &reach).await.unwrap(), expected, "{reach:?}");
    }
    assert_eq!(store.held("c", &Reach::after(0)).await.unwrap(), nothing);

    store.put_coding("a", "before").await.unwrap();
    let before = mark(store, "a").await;
    put_blocks(store, "a", &[block(0, 9, 1)]).await.unwrap();
    assert_eq!(store.remove_held("a", &Reach::upto(0), &[], None).await.unwrap(), 0);
    assert_eq!((all_blocks(store, "a").await.len(), mark(store, "a").await), (1, before), "nothing went");
    assert_eq!(store.coding("a").await.unwrap().as_deref(), Some("before"));
    let reach = Reach::upto(arrival(5)).finished_by(day(9));
    assert_eq!(store.remove_held("a", &reach, &[], Some("after")).await.unwrap(), 2);
    assert_eq!(store.coding("a").await.unwrap().as_deref(), Some("after"));
    assert_eq!(all_responses(store, "a", 9).await, [example(2, "a"), finished(5, 12), finished(6, 6)]);
    assert_eq!(all_blocks(store, "a").await, []);
    assert_ne!(mark(store, "a").await, before);
    assert_eq!(all_responses(store, "ab", 9).await.len(), 1);
    assert_eq!(store.draft(id(7)).await.unwrap().unwrap().journal, entries(0..5));
    // What comes back comes as something new: no copy made before holds it.
    let last = arrival(6);
    assert_eq!(store.add(&[finished(1, 9)]).await.unwrap().added, 1);
    assert_eq!(store.held("a", &Reach::after(last)).await.unwrap(), held(1, 9));
}

pub(crate) async fn safety_says_what_would_be_lost_with_the_device(store: &impl ResponseStore) {
    store.put_survey(&survey("a"), None).await.unwrap();
    let safety = |retention| Safety::of(store, "a", retention, day(20));
    assert_eq!(safety(Some(1)).await.unwrap(), Safety::default());
    let finished = |n: u16, on: u8| Response { finished: day(on), ..response(n, "a") };
    store.add(&[finished(1, 2), finished(2, 10)]).await.unwrap();
    let two = store.responses("a", 0, 9).await.unwrap()[1].arrival;
    store.add(&[finished(3, 12), finished(4, 20)]).await.unwrap();
    let four = store.responses("a", two, 9).await.unwrap()[1].arrival;
    let held = |count, oldest: u8| Held { count, oldest: Some(day(oldest)) };
    let nothing = Held::default();
    assert_eq!(safety(None).await.unwrap(), Safety { only_here: held(4, 2), ..Safety::default() });

    // Somebody has still to say whether the file is there.
    store.put_copy("a", &copy("02", two)).await.unwrap();
    let pending = Some(copy("02", two));
    assert_eq!(safety(None).await.unwrap(), Safety { only_here: held(4, 2), pending, ..Safety::default() });
    let seen = CopyMade { arrived: Some(day(20)), ..copy("02", two) };
    store.put_copy("a", &seen).await.unwrap();
    let marks = Marks { copied: two, confirmed: 0 };
    assert_eq!(safety(None).await.unwrap(), Safety { marks, only_here: held(2, 12), ..Safety::default() });

    // The receipt of the earlier copy confirms no more than that copy holds.
    store.put_copy("a", &CopyMade { arrived: Some(day(20)), ..copy("04", four) }).await.unwrap();
    store.put_copy("a", &CopyMade { confirmed: Some(day(20)), ..seen }).await.unwrap();
    let marks = Marks { copied: four, confirmed: two };
    let expected = Safety { marks, only_here: nothing, confirmed: held(2, 2), ..Safety::default() };
    assert_eq!(safety(None).await.unwrap(), expected);
    // Ten days after it was finished, to the day.
    for (retention, due, overdue) in
        [(0, held(2, 2), held(2, 12)), (8, held(2, 2), held(1, 12)), (9, held(2, 2), nothing)]
    {
        let now = safety(Some(retention)).await.unwrap();
        assert_eq!(now, Safety { due, overdue, ..expected.clone() }, "{retention}");
        let reach = now.reach_of_due(retention, day(20));
        assert_eq!(store.held("a", &reach).await.unwrap(), due);
    }
    let now = safety(Some(10)).await.unwrap();
    assert_eq!((now.due, now.overdue), (held(2, 2), nothing));
    let now = safety(Some(11)).await.unwrap();
    assert_eq!((now.due, now.overdue), (held(1, 2), nothing));
    assert_eq!(safety(Some(u32::MAX)).await.unwrap(), expected);
}
