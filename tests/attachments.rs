//! Files of responses: from device to device, damaged in any way, over stores that fail; and taken away.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "common/job.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod job;
#[path = "store/scenario.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod scenario;

use std::io::{Cursor, Read};
use std::ops::ControlFlow;

use job::{done, wait};
use scenario::{attachment, day, file, form, id, response, survey, with_files};
use sondeo::form::wire::{FormSource, NodeSource};
use sondeo::i18n::Language;
use sondeo::job::{FileKind, Job, JobErrorKind, Kept, Outcome, Tools, run};
use sondeo::response::Attachment;
use sondeo::share::bundle::{self, BundleErrorKind};
use sondeo::store::{FaultKind, FaultyStore, MemoryStore, ResponseStore};
use sondeo::summary::{Profile, View};

/// A phone with two responses and three files, a draft with one, and a file that nothing names.
fn phone() -> MemoryStore {
    let store = MemoryStore::default();
    wait(async {
        store.put_survey(&survey("a"), Some(&form("Visita"))).await.unwrap();
        store.add(&[with_files(1, "a", &[1, 2]), with_files(2, "a", &[1]), response(3, "a")]).await.unwrap();
        let large: Vec<u8> = (0..100_000_u32).map(|n| (n % 253) as u8).collect();
        let all = [
            attachment(1, "a", 1, &large),
            attachment(1, "a", 2, &[]),
            attachment(2, "a", 1, b"two"),
            attachment(3, "a", 9, b"unnamed"),
        ];
        assert_eq!(store.add_attachments(&all).await.unwrap(), 4);
        store.begin(&scenario::draft(4, "a")).await.unwrap();
        store.attach(id(4), &file(1), b"not finished").await.unwrap();
    });
    store
}

fn bundled(store: &impl ResponseStore) -> Vec<u8> {
    done(&Job::Bundle { survey: "a".into(), today: day(27) }, store).unwrap().1
}

fn join(store: &impl ResponseStore, given: &[u8]) -> Result<Outcome, sondeo::job::JobError> {
    let mut going = |_| ControlFlow::Continue(());
    let mut tools = Tools {
        matches: |_, _| None,
        find: |_, _| false,
        sealing: &|| Box::pin(async { None }),
        kept: &Kept::default(),
        progress: &mut going,
        given: Some(given),
        sink: &mut |_| {},
    };
    wait(run(&Job::Join, store, &mut tools))
}

/// What a store holds of files of the survey `a`.
fn held(store: &MemoryStore) -> Vec<(sondeo::response::ResponseId, String, Vec<u8>)> {
    wait(async {
        let mut all = Vec::new();
        for (of, name) in store.attachments("a").await.unwrap() {
            let bytes = store.attachment(of, &name).await.unwrap().unwrap();
            all.push((of, name, bytes));
        }
        all
    })
}

#[test]
fn files_travel_with_their_responses_and_nothing_else_does() {
    let (phone, desk) = (phone(), MemoryStore::default());
    let made = bundled(&phone);
    assert!(made.starts_with(b"{\"sondeo\":\"bundle\",\"format\":3,"));
    join(&desk, &made).unwrap();
    let expected: Vec<_> = held(&phone).into_iter().filter(|(of, ..)| *of == id(1) || *of == id(2)).collect();
    assert_eq!(held(&desk), expected, "no draft's, and none that no answer names");
    // Again, and back: the same, and the same bytes from both.
    join(&desk, &made).unwrap();
    assert_eq!(held(&desk), expected);
    assert_eq!(bundled(&desk), made);
    join(&phone, &bundled(&desk)).unwrap();
    assert_eq!(bundled(&phone), made);
}

#[test]
fn without_files_a_bundle_is_what_it_was() {
    let store = MemoryStore::default();
    wait(store.put_survey(&survey("a"), Some(&form("Visita")))).unwrap();
    wait(store.add(&[response(1, "a")])).unwrap();
    assert!(bundled(&store).starts_with(b"{\"sondeo\":\"bundle\",\"format\":1,"));
}

#[test]
fn whichever_operation_fails_the_same_file_again_brings_the_rest_of_the_files() {
    let (made, phone) = (bundled(&phone()), phone());
    let expected: Vec<_> = held(&phone).into_iter().filter(|(of, ..)| *of == id(1) || *of == id(2)).collect();
    // Joining it takes eleven operations at most: where more often one fails, it never ends.
    for every in 12..40 {
        let store = FaultyStore::new(MemoryStore::default(), every, FaultKind::Full);
        let mut tries = 0;
        while join(&store, &made).is_err() {
            tries += 1;
            assert!(tries < 20, "it never ends with every {every}th operation failing");
            assert!(held(store.inner()).iter().all(|one| expected.contains(one)));
        }
        assert_eq!(held(store.inner()), expected, "every {every}th operation failing");
    }
}

/// A bundle of these lines, with an end that is right for them.
fn resummed(lines: &[String], attachments: usize) -> Vec<u8> {
    use sha2::{Digest, Sha256};
    let before: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let sum: String = Sha256::digest(before.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{before}{{\"responses\":3,\"attachments\":{attachments},\"sha256\":\"{sum}\"}}\n").into_bytes()
}

#[test]
fn files_that_are_nobodys_or_have_other_names_are_refused() {
    let made = String::from_utf8(bundled(&phone())).unwrap();
    let mut lines: Vec<String> = made.lines().map(str::to_owned).collect();
    lines.pop();
    let why = |lines: &[String], attachments| {
        bundle::read(&resummed(lines, attachments)).map_err(|error| error.kind)
    };
    assert_eq!(why(&lines, 3).map(|bundle| bundle.attachments.len()), Ok(3));
    assert_eq!(why(&lines, 2).unwrap_err(), BundleErrorKind::Unreadable, "one more than it says");
    let at = lines.iter().rposition(|line| line.starts_with("{\"attachment\":")).unwrap();
    let changed = |from: &str, to: &str| {
        let mut lines = lines.clone();
        assert!(lines[at].contains(from), "{}", lines[at]);
        lines[at] = lines[at].replace(from, to);
        why(&lines, 3).unwrap_err()
    };
    for (from, to) in [
        (file(1).as_str(), "../../000000001.jpg"),
        (file(1).as_str(), "photo.jpg"),
        (file(1).as_str(), file(7).as_str()),
        (id(2).to_text().as_str(), id(3).to_text().as_str()),
        ("dHdv", "dHd"),
        ("\"bytes\"", "\"byte\""),
    ] {
        assert_eq!(changed(from, to), BundleErrorKind::Unreadable, "{to}");
    }
    let mut twice = lines.clone();
    twice.push(lines[at].clone());
    assert_eq!(why(&twice, 4).unwrap_err(), BundleErrorKind::Unreadable);
    // A file before the response that names it.
    let mut early = lines.clone();
    let moved = early.remove(at);
    early.insert(3, moved);
    assert_eq!(why(&early, 3).unwrap_err(), BundleErrorKind::Unreadable);
}

#[test]
fn no_byte_of_a_bundle_with_files_can_be_changed_unseen() {
    let store = phone();
    // Small enough that every byte is tried.
    wait(async {
        store.remove_held("a", &sondeo::store::Reach::upto(1), &[], None).await.unwrap();
    });
    let made = bundled(&store);
    assert!(made.len() < 6_000 && bundle::read(&made).unwrap().attachments.len() == 1);
    for at in 0..made.len() {
        let mut changed = made.clone();
        changed[at] ^= 1;
        // A receipt is of the sum, and so it tells a changed last line from the one that was made.
        let read = bundle::read(&changed);
        assert!(read.is_err(), "byte {at}");
    }
}

fn export(store: &MemoryStore, profile: Profile) -> Result<(Outcome, Vec<u8>), sondeo::job::JobError> {
    let view = View { profile, ..View::default() };
    let job = Job::Export {
        survey: "a".into(),
        view,
        file: FileKind::Files,
        language: Language::Es,
        today: day(27),
    };
    done(&job, store)
}

#[test]
fn the_files_of_finished_responses_leave_as_one_zip_for_analysis_only() {
    let store = phone();
    let refused = export(&store, Profile::Publication).unwrap_err();
    assert_eq!(refused.kind, JobErrorKind::Refused);
    let (outcome, bytes) = export(&store, Profile::Analyst).unwrap();
    let Outcome::File { name, media_type } = outcome else { panic!("{outcome:?}") };
    assert_eq!((name.as_str(), media_type.as_str()), ("a.files.analyst.zip", "application/zip"));
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    assert_eq!(names.len(), 3);
    let mut large = Vec::new();
    zip.by_index(0).unwrap().read_to_end(&mut large).unwrap();
    let first = wait(store.attachments("a")).unwrap()[0].clone();
    assert_eq!(Some(large), wait(store.attachment(first.0, &first.1)).unwrap());

    let empty = MemoryStore::default();
    wait(empty.put_survey(&survey("a"), Some(&form("Visita")))).unwrap();
    assert_eq!(export(&empty, Profile::Analyst).unwrap_err().kind, JobErrorKind::Refused);
}

#[test]
fn a_form_that_asks_for_files_is_not_sealed() {
    let media = vec![("media".to_owned(), "image".to_owned())];
    let photo = NodeSource {
        name: "photo".into(),
        kind: "text".into(),
        appearance: "media".into(),
        parameters: media,
        ..NodeSource::default()
    };
    let asks = FormSource { format: 3, nodes: vec![photo], ..form("Visita") };
    let store = MemoryStore::default();
    let fresh = sondeo::survey::Survey { state: sondeo::survey::SurveyState::Setup, ..survey("a") };
    wait(store.put_survey(&fresh, Some(&asks))).unwrap();
    let job = Job::MakeKey { survey: "a".into(), passphrase: "four words of a phrase".into() };
    let error = done(&job, &store).unwrap_err();
    assert_eq!((error.kind, error.detail.as_str()), (JobErrorKind::Sealed, "media"));
}

#[test]
fn the_largest_file_is_the_largest() {
    let one = Attachment { bytes: vec![7; Attachment::MOST_BYTES + 1], ..attachment(1, "a", 1, &[]) };
    let store = MemoryStore::default();
    wait(async {
        store.put_survey(&survey("a"), Some(&form("Visita"))).await.unwrap();
        store.add(&[with_files(1, "a", &[1])]).await.unwrap();
        store.add_attachments(&[one]).await.unwrap();
    });
    assert_eq!(bundle::read(&bundled(&store)).unwrap_err().kind, BundleErrorKind::Unreadable);
}
