//! Scenarios of sealed responses and of keys.

use sondeo::response::Sealed;
use sondeo::store::{Counts, Merge, Reach, ResponseStore};

use super::*;

/// A sealed response; the bytes tell others of its id from it.
pub(crate) fn sealed(n: u16, survey: &str, finished: bool) -> Sealed {
    Sealed {
        id: id(n),
        survey: survey.into(),
        day: day(4),
        finished,
        age: vec![0, 255, n as u8, finished.into()],
    }
}

pub(crate) async fn sealed_responses_make_way_for_the_finished_one(store: &impl ResponseStore) {
    let merge = |added, already_had| Merge { added, already_had, ..Merge::default() };
    for name in ["a", "b"] {
        store.put_survey(&survey(name), None).await.unwrap();
    }
    assert_eq!(store.add_sealed(&[]).await.unwrap(), merge(0, 0));
    assert_eq!(store.add_sealed(&[sealed(2, "a", false), sealed(1, "a", false)]).await.unwrap(), merge(2, 0));
    let later = Sealed { day: day(5), age: vec![9; 500], ..sealed(1, "a", false) };
    assert_eq!(store.add_sealed(std::slice::from_ref(&later)).await.unwrap(), merge(0, 1));
    assert_eq!(store.sealed("a").await.unwrap(), [later, sealed(2, "a", false)], "in the order of their ids");
    assert_eq!(store.add_sealed(&[sealed(1, "a", true)]).await.unwrap(), merge(1, 0));
    // Finished is finished: neither a late pause nor another one takes its place.
    let other = Sealed { age: vec![1], ..sealed(1, "a", true) };
    assert_eq!(store.add_sealed(&[sealed(1, "a", false)]).await.unwrap(), merge(0, 1));
    assert_eq!(store.add_sealed(&[other, sealed(3, "a", true)]).await.unwrap(), merge(1, 1));
    assert_eq!(
        store.sealed("a").await.unwrap(),
        [sealed(1, "a", true), sealed(2, "a", false), sealed(3, "a", true)]
    );
    let counts = counts_of(store, "a").await;
    assert_eq!((counts.sealed, counts.unfinished, counts.finished, counts.last), (2, 1, 0, None));

    // Who declines takes along what was kept so far, and nothing that was handed in.
    store.discard(id(2)).await.unwrap();
    store.discard(id(3)).await.unwrap();
    assert_eq!(store.sealed("a").await.unwrap(), [sealed(1, "a", true), sealed(3, "a", true)]);
    store.add_sealed(&[sealed(9, "b", true)]).await.unwrap();
    assert_eq!(store.sealed_days("a").await.unwrap(), [(id(1), day(4)), (id(3), day(4))]);
    let gone = store.remove_held("a", &Reach::after(0), &[id(1), id(7), id(9)], None).await.unwrap();
    assert_eq!(gone, 1);
    assert_eq!(store.sealed("a").await.unwrap(), [sealed(3, "a", true)]);
    assert_eq!(store.sealed("b").await.unwrap(), [sealed(9, "b", true)], "another survey's stay");
    let late = [sealed(4, "a", true), Sealed { day: day(2), ..sealed(0, "a", true) }, sealed(8, "a", false)];
    store.add_sealed(&late).await.unwrap();
    let days = [(id(0), day(2)), (id(3), day(4)), (id(4), day(4))];
    assert_eq!(store.sealed_days("a").await.unwrap(), days, "who has not finished is not among them");

    // Opened: a response like any other, and nothing sealed of it.
    let merge = store.add_opened(&[response(3, "a"), response(0, "a")]).await.unwrap();
    assert_eq!(merge, Merge { added: 2, ..Merge::default() });
    assert_eq!(all_responses(store, "a", 9).await, [response(3, "a"), response(0, "a")]);
    assert_eq!(store.sealed("a").await.unwrap(), [sealed(4, "a", true), sealed(8, "a", false)]);
    assert_eq!(store.sealed_days("a").await.unwrap(), [(id(4), day(4))]);
    // One that is here already, and one that says something else.
    store.add_sealed(&[sealed(0, "a", true)]).await.unwrap();
    let merge = store.add_opened(&[response(0, "a"), another(3, "a")]).await.unwrap();
    assert_eq!((merge.added, merge.already_had, merge.aside), (0, 1, 1));
    assert_eq!(store.sealed("a").await.unwrap(), [sealed(4, "a", true), sealed(8, "a", false)]);
    store.remove_survey("a").await.unwrap();
    assert_eq!(store.sealed("a").await.unwrap(), []);
    assert_eq!(store.sealed("b").await.unwrap(), [sealed(9, "b", true)]);
    store.put_survey(&survey("a"), None).await.unwrap();
    assert_eq!(counts_of(store, "a").await, Counts::default());
}

pub(crate) async fn a_key_is_kept_and_goes_with_its_survey(store: &impl ResponseStore) {
    for name in ["a", "b"] {
        store.put_survey(&survey(name), None).await.unwrap();
    }
    assert_eq!(store.key("a").await.unwrap(), None);
    store.put_key("a", "{\"llave\":\"ñ\"}").await.unwrap();
    store.put_key("b", "2").await.unwrap();
    assert_eq!(store.key("a").await.unwrap().as_deref(), Some("{\"llave\":\"ñ\"}"));
    assert_eq!(store.coding("a").await.unwrap(), None);
    store.remove_survey("a").await.unwrap();
    assert_eq!(store.key("a").await.unwrap(), None);
    assert_eq!(store.key("b").await.unwrap().as_deref(), Some("2"));
}
