//! Bundles: from device to device in any order and any number of times, damaged in any way, over stores that fail.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "common/job.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod job;
#[path = "store/scenario.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod scenario;

use std::ops::ControlFlow;

use job::wait;
use proptest::prelude::*;
use scenario::{all_responses, another, day, example, form, response, survey};
use sondeo::job::{Job, JobError, JobErrorKind, Kept, Merged, Outcome, Tools, run, wire};
use sondeo::response::Response;
use sondeo::share::bundle::{BundleErrorKind, Writer, read};
use sondeo::store::{FaultKind, FaultyStore, MemoryStore, Merge, ResponseStore};

/// Does a job as text there and back, with a file beside it. Gives what came of it and the file made.
fn ask(store: &impl ResponseStore, job: &Job, given: Option<&[u8]>) -> Result<(Outcome, Vec<u8>), JobError> {
    let mut made = Vec::new();
    let reply = {
        let mut going = |_| ControlFlow::Continue(());
        let mut tools = Tools {
            matches: |_, _| None,
            find: |_, _| false,
            kept: &Kept::default(),
            progress: &mut going,
            given,
            sink: &mut |part: &[u8]| made.extend_from_slice(part),
        };
        let job = wire::request_from_json(&wire::request_to_json(job))?;
        wait(run(&job, store, &mut tools))
    };
    Ok((wire::reply_without_summary_from_json(&wire::reply_to_json(&reply))?, made))
}

fn bundle(store: &impl ResponseStore) -> Vec<u8> {
    let (outcome, file) = ask(store, &Job::Bundle { survey: "a".into(), today: day(27) }, None).unwrap();
    let Outcome::File { name, .. } = outcome else { panic!("{outcome:?}") };
    assert_eq!(name, "a.2026-11-27.sondeo.jsonl");
    file
}

fn join(store: &impl ResponseStore, file: &[u8]) -> Result<Merged, JobError> {
    match ask(store, &Job::Join, Some(file))?.0 {
        Outcome::Merged(merged) => Ok(*merged),
        other => panic!("{other:?}"),
    }
}

fn phone(responses: &[Response]) -> MemoryStore {
    let store = MemoryStore::default();
    wait(store.put_survey(&survey("a"), Some(&form("Visita")))).unwrap();
    wait(store.add(responses)).unwrap();
    store
}

/// What a store holds of the survey, whatever the order in which it came.
fn held(store: &MemoryStore) -> Vec<Response> {
    let mut all = wait(all_responses(store, "a", 50));
    all.sort_by_key(|response| response.id);
    all
}

#[test]
fn a_survey_comes_along_where_it_is_not_here_and_stays_as_it_is_where_it_is() {
    let file = bundle(&phone(&[response(1, "a"), response(2, "a"), example(3, "a")]));
    let store = MemoryStore::default();
    let merged = join(&store, &file).unwrap();
    assert!(merged.new_survey);
    assert_eq!(merged.merge, Merge { added: 2, ..Merge::default() });
    assert_eq!(wait(store.surveys()).unwrap(), [survey("a")]);
    assert_eq!(wait(store.form(&survey("a").form)).unwrap(), Some(form("Visita")));
    // Examples do not travel.
    assert_eq!(held(&store), [response(1, "a"), response(2, "a")]);

    let mut own = survey("a");
    own.expected = Some(99);
    wait(store.put_survey(&own, None)).unwrap();
    let merged = join(&store, &file).unwrap();
    assert_eq!((merged.new_survey, merged.merge.added, merged.merge.already_had), (false, 0, 2));
    assert_eq!(wait(store.surveys()).unwrap(), [own]);
}

#[test]
fn examples_make_way_for_people_and_stay_where_none_come() {
    let store = phone(&[example(7, "a"), example(8, "a")]);
    join(&store, &bundle(&phone(&[]))).unwrap();
    assert_eq!(held(&store).len(), 2);
    join(&store, &bundle(&phone(&[response(1, "a")]))).unwrap();
    assert_eq!(held(&store), [response(1, "a")]);
}

#[test]
fn a_survey_nobody_has_answered_travels_too() {
    let store = MemoryStore::default();
    let merged = join(&store, &bundle(&phone(&[]))).unwrap();
    assert_eq!((merged.new_survey, merged.merge.added), (true, 0));
}

#[test]
fn another_answer_under_the_same_id_is_told_and_both_are_kept() {
    let file = bundle(&phone(&[another(1, "a"), response(2, "a"), response(3, "a")]));
    let store = phone(&[response(1, "a"), response(2, "a")]);
    // -1 stands before 1: what came counts from now on, and it is said.
    let merge = join(&store, &file).unwrap().merge;
    assert_eq!(merge, Merge { added: 1, already_had: 1, refused: 0, aside: 1, replaced: 1 });
    let again = join(&store, &file).unwrap().merge;
    assert_eq!(again, Merge { already_had: 3, ..Merge::default() });
    assert_eq!(held(&store), [another(1, "a"), response(2, "a"), response(3, "a")]);
    assert_eq!(wait(store.aside("a")).unwrap(), [response(1, "a")]);
    assert_eq!(wait(store.counts()).unwrap()[0].1.damaged, 1);

    // The other way round nothing is replaced, and the two devices hold the same.
    let other = phone(&[another(1, "a"), response(2, "a"), response(3, "a")]);
    let merge = join(&other, &bundle(&phone(&[response(1, "a"), response(2, "a")]))).unwrap().merge;
    assert_eq!(merge, Merge { already_had: 1, aside: 1, ..Merge::default() });
    assert_eq!(bundle(&other), bundle(&store));

    // What does not count travels too: whoever joins that file knows both.
    let third = phone(&[]);
    assert_eq!(join(&third, &bundle(&store)).unwrap().merge.aside, 1);
    assert_eq!(bundle(&third), bundle(&store));
    assert_eq!(join(&store, &bundle(&third)).unwrap().merge, Merge { already_had: 4, ..Merge::default() });
}

#[test]
fn a_bundle_is_what_the_documentation_says() {
    let file = bundle(&phone(&[response(2, "a"), response(1, "a")]));
    let lines: Vec<&str> = std::str::from_utf8(&file).unwrap().lines().collect();
    let json: Vec<serde_json::Value> = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(json.len(), 6);
    assert_eq!((&json[0]["sondeo"], &json[0]["format"]), (&"bundle".into(), &1.into()));
    assert_eq!(json[0]["written"], "2026-11-27");
    assert_eq!((&json[1]["survey"]["id"], &json[2]["form"]["id"]), (&"a".into(), &"visit".into()));
    // By id, whoever answered first.
    assert!(json[3]["response"]["id"].as_str() < json[4]["response"]["id"].as_str());
    assert_eq!(json[5]["responses"], 2);
    let end = file.len() - lines[5].len() - 1;
    let sum: String = <sha2::Sha256 as sha2::Digest>::digest(&file[..end])
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    assert_eq!(json[5]["sha256"], sum);
}

#[test]
fn what_is_no_whole_bundle_is_refused_with_why_and_where() {
    let file = bundle(&phone(&[response(1, "a")]));
    let why = |bytes: &[u8]| read(bytes).map_err(|error| (error.kind, error.line)).map(|_| ());
    for other in ["", "{}", "id,survey\r\n", "PK\u{3}\u{4}", "{\"sondeo\":\"bundle\",\"format\":x}"] {
        assert_eq!(why(other.as_bytes()), Err((BundleErrorKind::NotBundle, 1)), "{other}");
    }
    let newer = "{\"sondeo\":\"bundle\",\"format\":2,\"anything\":[]}\nelse";
    assert_eq!(why(newer.as_bytes()), Err((BundleErrorKind::Newer, 1)));
    // Without the end of its last line, and without its last line.
    assert_eq!(why(&file[..file.len() - 1]), Err((BundleErrorKind::CutOff, 5)));
    let without = file[..file.len() - 1].iter().rposition(|byte| *byte == b'\n').unwrap() + 1;
    assert_eq!(why(&file[..without]), Err((BundleErrorKind::CutOff, 5)));
    // As a program writes it that saves texts with other line ends.
    let windows = String::from_utf8(file.clone()).unwrap().replace('\n', "\r\n");
    assert_eq!(why(windows.as_bytes()), Err((BundleErrorKind::Changed, 5)));

    // Whole, and yet no use: written by something that is not Sondeo.
    let mut made = Vec::new();
    let mut writer = Writer::begin(&survey("a"), &form("Visita"), day(27), &mut |part: &[u8]| {
        made.extend_from_slice(part);
    });
    writer.add(&[response(1, "another survey")], &mut |part: &[u8]| made.extend_from_slice(part));
    writer.end(&mut |part: &[u8]| made.extend_from_slice(part));
    assert_eq!(why(&made), Err((BundleErrorKind::Unreadable, 2)));

    let store = MemoryStore::default();
    let error = join(&store, &windows.into_bytes()).unwrap_err();
    assert_eq!((error.kind, error.detail.as_str()), (JobErrorKind::Bundle, "changed 5"));
    assert_eq!(wait(store.surveys()).unwrap(), []);
}

#[test]
fn whichever_operation_fails_the_same_file_again_joins_the_rest() {
    let responses: Vec<Response> = (0..1200).map(|n| response(n, "a")).collect();
    let file = bundle(&phone(&responses));
    // Joining it takes eleven operations at most: where more often one fails, it never ends, and is no worse for that.
    for every in 2..30 {
        let store = FaultyStore::new(MemoryStore::default(), every, FaultKind::Full);
        let mut before = 0;
        let mut tries = 0;
        while join(&store, &file).is_err() {
            tries += 1;
            assert!(tries < 40 || every <= 12, "it never ends with every {every}th operation failing");
            let held = held(store.inner());
            assert!(held.len() >= before && held.iter().all(|held| responses.contains(held)));
            before = held.len();
            if tries == 40 {
                break;
            }
        }
        assert!(every <= 12 || held(store.inner()) == responses);
    }
}

/// One thing that happens between devices.
#[derive(Debug, Clone)]
enum Step {
    /// Somebody answers on a device.
    Answer(usize),
    /// One device's file is joined on another.
    Carry(usize, usize),
}

const DEVICES: usize = 10;

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (0..DEVICES).prop_map(Step::Answer),
        (0..DEVICES, 0..DEVICES).prop_map(|(from, to)| Step::Carry(from, to)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn in_any_order_and_any_number_of_times_it_is_the_union(steps in proptest::collection::vec(step(), 0..40)) {
        let devices: Vec<MemoryStore> = (0..DEVICES).map(|_| phone(&[])).collect();
        let mut expected: Vec<Vec<Response>> = vec![Vec::new(); DEVICES];
        for (n, step) in (0..).zip(steps) {
            match step {
                Step::Answer(at) => {
                    wait(devices[at].add(&[response(n, "a")])).unwrap();
                    expected[at].push(response(n, "a"));
                }
                Step::Carry(from, to) => {
                    let before = expected[to].len();
                    for response in expected[from].clone() {
                        if !expected[to].contains(&response) {
                            expected[to].push(response);
                        }
                    }
                    let merged = join(&devices[to], &bundle(&devices[from])).unwrap();
                    prop_assert_eq!(merged.merge.added, expected[to].len() - before);
                    prop_assert_eq!((merged.merge.aside, merged.new_survey), (0, false));
                }
            }
        }
        let mut files = Vec::new();
        for (device, expected) in devices.iter().zip(&mut expected) {
            expected.sort_by_key(|response| response.id);
            prop_assert_eq!(&held(device), expected);
            files.push(bundle(device));
        }
        // All together, forwards and backwards and twice: the same bytes.
        let (there, back) = (phone(&[]), phone(&[]));
        for file in &files {
            join(&there, file).unwrap();
        }
        for file in files.iter().rev().chain(&files) {
            join(&back, file).unwrap();
        }
        prop_assert_eq!(bundle(&there), bundle(&back));
    }

    #[test]
    fn no_damage_goes_unseen(at: proptest::sample::Index, with: u8, cut: bool) {
        let mut file = bundle(&phone(&[response(1, "a"), response(2, "a")]));
        let at = at.index(file.len());
        if cut {
            file.truncate(at);
        } else if file[at] == with {
            return Ok(());
        } else {
            file[at] = with;
        }
        prop_assert!(read(&file).is_err());
    }
}
