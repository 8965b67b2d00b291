//! Scenarios of files that belong to responses.

use sondeo::response::{Answer, Attachment};
use sondeo::store::{FaultKind, Reach, ResponseStore};

use super::*;

/// The name of a file.
pub(crate) fn file(n: u16) -> String {
    format!("{n:016x}.jpg")
}

/// A response whose answers name these files.
pub(crate) fn with_files(n: u16, survey: &str, files: &[u16]) -> Response {
    let named = files.iter().map(|n| (format!("photo_{n}"), Answer::Text(file(*n))));
    let mut response = response(n, survey);
    response.answers.extend(named);
    response
}

pub(crate) fn attachment(n: u16, survey: &str, name: u16, bytes: &[u8]) -> Attachment {
    Attachment { response: id(n), survey: survey.into(), name: file(name), bytes: bytes.to_vec() }
}

async fn names(store: &impl ResponseStore, survey: &str) -> Vec<(u16, String)> {
    let all = store.attachments(survey).await.unwrap();
    let number = |of| (0..100).find(|n| id(*n) == of).unwrap();
    all.into_iter().map(|(of, name)| (number(of), name)).collect()
}

pub(crate) async fn a_file_belongs_to_a_draft_and_then_to_its_response(store: &impl ResponseStore) {
    store.put_survey(&survey("a"), None).await.unwrap();
    let gone = store.attach(id(1), &file(1), &[1]).await.unwrap_err();
    assert_eq!(gone.kind, FaultKind::Gone, "nothing lies about without a draft");
    assert_eq!(names(store, "a").await, []);
    for n in [1, 2] {
        store.begin(&draft(n, "a")).await.unwrap();
    }
    let large: Vec<u8> = (0..300_000_u32).map(|n| (n % 251) as u8).collect();
    for (n, name, bytes) in [(1, 1, &large[..]), (1, 2, &[0, 255]), (1, 3, &[3]), (2, 1, &[])] {
        store.attach(id(n), &file(name), bytes).await.unwrap();
    }
    assert_eq!(store.attachment(id(1), &file(1)).await.unwrap(), Some(large));
    assert_eq!(store.attachment(id(2), &file(1)).await.unwrap(), Some(Vec::new()), "each draft has its own");
    assert_eq!(store.attachment(id(2), &file(2)).await.unwrap(), None);
    // Taken again, and removed.
    store.attach(id(1), &file(2), &[7]).await.unwrap();
    store.detach(id(1), &file(3)).await.unwrap();
    store.detach(id(1), &file(9)).await.unwrap();
    assert_eq!(names(store, "a").await, [(1, file(1)), (1, file(2)), (2, file(1))]);
    // What no answer names does not outlive the draft.
    store.attach(id(1), &file(4), &[4]).await.unwrap();
    store.finish(&with_files(1, "a", &[1, 2])).await.unwrap();
    assert_eq!(names(store, "a").await, [(1, file(1)), (1, file(2)), (2, file(1))]);
    assert_eq!(store.attachment(id(1), &file(2)).await.unwrap(), Some(vec![7]));
    // A response is finished: nothing comes to it and nothing goes, whoever still thinks that it is a draft.
    assert_eq!(store.attach(id(1), &file(5), &[5]).await.unwrap_err().kind, FaultKind::Gone);
    store.detach(id(1), &file(2)).await.unwrap();
    store.discard(id(1)).await.unwrap();
    assert_eq!(names(store, "a").await, [(1, file(1)), (1, file(2)), (2, file(1))]);
    store.discard(id(2)).await.unwrap();
    assert_eq!(names(store, "a").await, [(1, file(1)), (1, file(2))]);
}

pub(crate) async fn files_join_the_responses_that_are_here(store: &impl ResponseStore) {
    for name in ["a", "b"] {
        store.put_survey(&survey(name), None).await.unwrap();
    }
    store.add(&[with_files(1, "a", &[1, 2]), with_files(2, "b", &[1])]).await.unwrap();
    let all = [
        attachment(1, "a", 1, &[1, 1]),
        attachment(1, "a", 2, &[2]),
        attachment(2, "b", 1, &[3]),
        attachment(2, "a", 4, &[4]),
        attachment(3, "a", 5, &[5]),
    ];
    assert_eq!(
        store.add_attachments(&all).await.unwrap(),
        3,
        "of no other survey, and of no response that is not here"
    );
    assert_eq!(store.add_attachments(&all).await.unwrap(), 0);
    assert_eq!(names(store, "a").await, [(1, file(1)), (1, file(2))]);
    assert_eq!(names(store, "b").await, [(2, file(1))]);
    // Two of one name that differ: the same one stays, whichever came first.
    for bytes in [&[1, 2][..], &[1], &[1, 0]] {
        assert_eq!(store.add_attachments(&[attachment(1, "a", 1, bytes)]).await.unwrap(), 0);
    }
    assert_eq!(store.attachment(id(1), &file(1)).await.unwrap(), Some(vec![1]));
}

pub(crate) async fn files_go_with_their_responses(store: &impl ResponseStore) {
    for name in ["a", "b"] {
        store.put_survey(&survey(name), None).await.unwrap();
    }
    store.add(&[with_files(1, "a", &[1]), with_files(2, "a", &[1]), with_files(3, "b", &[1])]).await.unwrap();
    store.begin(&draft(4, "a")).await.unwrap();
    store.attach(id(4), &file(1), &[9]).await.unwrap();
    let all = [attachment(1, "a", 1, &[1]), attachment(2, "a", 1, &[2]), attachment(3, "b", 1, &[3])];
    store.add_attachments(&all).await.unwrap();
    store.remove_examples("a").await.unwrap();
    let first = store.responses("a", 0, 1).await.unwrap()[0].arrival;
    assert_eq!(store.remove_held("a", &Reach::upto(first), &[], None).await.unwrap(), 1);
    assert_eq!(names(store, "a").await, [(2, file(1)), (4, file(1))]);
    assert_eq!(store.attachment(id(1), &file(1)).await.unwrap(), None);
    store.remove_survey("a").await.unwrap();
    assert_eq!(names(store, "a").await, []);
    assert_eq!(store.attachment(id(4), &file(1)).await.unwrap(), None);
    assert_eq!(names(store, "b").await, [(3, file(1))]);
}

pub(crate) async fn what_a_form_shows_is_kept_with_its_survey_alone(store: &impl ResponseStore) {
    for name in ["a", "b"] {
        store.put_survey(&survey(name), None).await.unwrap();
    }
    store.put_shown("a", &[(file(1), vec![1]), (file(2), Vec::new())]).await.unwrap();
    store.put_shown("b", &[(file(1), vec![1])]).await.unwrap();
    store.put_shown("a", &[(file(1), vec![1])]).await.unwrap();
    assert_eq!(store.shown("a", &file(1)).await.unwrap(), Some(vec![1]));
    assert_eq!(store.shown("a", &file(2)).await.unwrap(), Some(Vec::new()));
    assert_eq!(store.shown("b", &file(2)).await.unwrap(), None);
    // Nobody gave it: it is in no count and no list, and what is removed of responses leaves it.
    assert_eq!(names(store, "a").await, []);
    assert!(store.counts().await.unwrap().iter().all(|(_, counts)| counts.files == 0));
    store.add(&[with_files(1, "a", &[1])]).await.unwrap();
    store.remove_held("a", &Reach::upto(u64::MAX), &[], None).await.unwrap();
    assert_eq!(store.shown("a", &file(1)).await.unwrap(), Some(vec![1]));
    store.remove_survey("a").await.unwrap();
    assert_eq!(store.shown("a", &file(1)).await.unwrap(), None);
    assert_eq!(store.shown("b", &file(1)).await.unwrap(), Some(vec![1]));
}
