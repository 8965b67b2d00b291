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
use sondeo::job::{Job, JobError, JobErrorKind, Kept, Merged, Outcome, ReceiptRead, Tools, run, wire};
use sondeo::response::Response;
use sondeo::share::bundle::{BundleErrorKind, Writer, read};
use sondeo::share::receipt;
use sondeo::store::{CopyMade, FaultKind, FaultyStore, MemoryStore, Merge, ResponseStore, Safety};
use sondeo::summary::text::{Coder, OpenText, Place, wire as coding};

/// Does a job as text there and back, with a file beside it. Gives what came of it and the file made.
fn ask(store: &impl ResponseStore, job: &Job, given: Option<&[u8]>) -> Result<(Outcome, Vec<u8>), JobError> {
    let mut made = Vec::new();
    let reply = {
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
        let job = wire::request_from_json(&wire::request_to_json(job))?;
        wait(run(&job, store, &mut tools))
    };
    Ok((wire::reply_without_summary_from_json(&wire::reply_to_json(&reply))?, made))
}

fn bundle(store: &impl ResponseStore) -> Vec<u8> {
    copied(store).1
}

/// A copy and its file.
fn copied(store: &impl ResponseStore) -> (CopyMade, Vec<u8>) {
    let (outcome, file) = ask(store, &Job::Bundle { survey: "a".into(), today: day(27) }, None).unwrap();
    let Outcome::Copied { name, copy, .. } = outcome else { panic!("{outcome:?}") };
    assert_eq!(name, "a.2026-11-27.sondeo.jsonl");
    (copy, file)
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
    let newer = "{\"sondeo\":\"bundle\",\"format\":5,\"anything\":[]}\nelse";
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
    let mut writer =
        Writer::begin(&survey("a"), &form("Visita"), day(27), (false, false, false), &mut |part: &[u8]| {
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

/// Makes a copy and says that it has arrived.
fn give(store: &impl ResponseStore) -> (CopyMade, Vec<u8>) {
    let (copy, file) = copied(store);
    let copy = CopyMade { arrived: Some(day(27)), ..copy };
    wait(store.put_copy("a", &copy)).unwrap();
    (copy, file)
}

fn confirm(store: &impl ResponseStore, code: &str) -> Result<ReceiptRead, JobError> {
    let job = Job::Confirm { survey: "a".into(), code: code.into(), today: day(28) };
    match ask(store, &job, None)?.0 {
        Outcome::Receipt(read) => Ok(read),
        other => panic!("{other:?}"),
    }
}

fn remove_confirmed(store: &impl ResponseStore, upto: u64) -> Result<usize, JobError> {
    let job = Job::RemoveConfirmed { survey: "a".into(), upto, finished_by: None };
    match ask(store, &job, None)?.0 {
        Outcome::Removed(removed) => Ok(removed),
        other => panic!("{other:?}"),
    }
}

fn safety(store: &impl ResponseStore) -> [usize; 2] {
    let safety = wait(Safety::of(store, "a", None, day(28))).unwrap();
    [safety.only_here.count, safety.confirmed.count]
}

#[test]
fn a_receipt_confirms_what_its_copy_holds_and_nothing_that_came_later() {
    let phone = phone(&[response(1, "a"), example(2, "a"), response(3, "a")]);
    let (first, first_file) = give(&phone);
    assert_eq!((first.count, safety(&phone)), (2, [0, 0]));
    wait(phone.add(&[response(4, "a")])).unwrap();
    assert_eq!(safety(&phone), [1, 0]);
    let (second, second_file) = give(&phone);
    assert_eq!((second.count, safety(&phone)), (3, [0, 0]));
    wait(phone.add(&[response(5, "a")])).unwrap();

    let desk = MemoryStore::default();
    let code = join(&desk, &first_file).unwrap().receipt.unwrap();
    assert_eq!(code, receipt::receipt(&first.sum));
    assert_eq!(
        confirm(&phone, &receipt::spaced(&code)).unwrap(),
        ReceiptRead::Confirmed { count: 2, left: 2 }
    );
    assert_eq!(safety(&phone), [1, 2]);
    let code = join(&desk, &second_file).unwrap().receipt.unwrap();
    // The same file again has the same receipt: whoever forgot to write it down joins once more.
    assert_eq!(join(&desk, &second_file).unwrap().receipt.as_ref(), Some(&code));
    assert_eq!(confirm(&phone, &code).unwrap(), ReceiptRead::Confirmed { count: 3, left: 1 });
    assert_eq!(confirm(&phone, &code).unwrap(), ReceiptRead::Confirmed { count: 3, left: 1 });
    assert_eq!(safety(&phone), [1, 3]);
}

#[test]
fn a_receipt_is_taken_for_a_copy_that_nobody_said_had_arrived() {
    let phone = phone(&[response(1, "a")]);
    let (copy, file) = copied(&phone);
    wait(phone.put_copy("a", &copy)).unwrap();
    assert_eq!(safety(&phone), [1, 0]);
    let code = join(&MemoryStore::default(), &file).unwrap().receipt.unwrap();
    assert_eq!(confirm(&phone, &code).unwrap(), ReceiptRead::Confirmed { count: 1, left: 0 });
    assert_eq!(safety(&phone), [0, 1]);
}

#[test]
fn what_is_no_receipt_of_this_device_confirms_nothing() {
    let store = phone(&[response(1, "a")]);
    let (copy, file) = give(&store);
    let other = receipt::receipt(&"ab".repeat(32));
    assert_eq!(confirm(&store, &other).unwrap(), ReceiptRead::Unknown);
    let right = receipt::receipt(&copy.sum);
    for typed in [
        "",
        "12",
        &right[..11],
        &format!("{right}0"),
        &right.replace(|c| c != right.chars().next().unwrap(), "O"),
    ] {
        assert_eq!(confirm(&store, typed).unwrap(), ReceiptRead::Mistyped, "{typed}");
    }
    // A phone that joins its own copy has shown nobody anything, and a cut or changed file tells no receipt.
    assert_eq!(join(&store, &file).unwrap().receipt, None);
    assert!(join(&MemoryStore::default(), &file[..file.len() - 2]).is_err());
    assert_eq!(safety(&store), [0, 0]);
}

#[test]
fn a_copy_is_read_back_before_it_counts() {
    let (copy, file) = copied(&phone(&[response(1, "a"), response(2, "a")]));
    let proved = |bytes: &[u8], sum: &str, count| {
        let job = Job::Prove { sum: sum.into(), count };
        match ask(&MemoryStore::default(), &job, Some(bytes)).unwrap().0 {
            Outcome::Proved(whole) => whole,
            other => panic!("{other:?}"),
        }
    };
    assert!(proved(&file, &copy.sum, 2));
    assert!(!proved(&file, &copy.sum, 3));
    assert!(!proved(&file, &"ab".repeat(32), 2));
    assert!(!proved(&file[..file.len() - 1], &copy.sum, 2));
    assert!(!proved(&[], &copy.sum, 2));
    let (_, another) = copied(&phone(&[response(1, "a"), response(3, "a")]));
    assert!(!proved(&another, &copy.sum, 2), "whole, but another one");
}

#[test]
fn only_confirmed_responses_can_be_deleted_and_their_coding_goes_with_them() {
    let phone = phone(&[response(1, "a"), response(2, "a")]);
    let (_, file) = give(&phone);
    wait(phone.add(&[response(3, "a")])).unwrap();
    wait(phone.begin(&scenario::draft(4, "a"))).unwrap();
    let mut open = OpenText::new("a");
    let place = |n: u16| Place { response: scenario::id(n), instance: 1 };
    open.change("why", |question| {
        for n in 1..=3 {
            question.coding.put(Coder::First, place(n), Some(Default::default()));
        }
    });
    wait(phone.put_coding("a", &coding::to_json(&open))).unwrap();

    // Copied is not confirmed, whatever is asked for.
    assert_eq!(remove_confirmed(&phone, u64::MAX).unwrap(), 0);
    let code = join(&MemoryStore::default(), &file).unwrap().receipt.unwrap();
    confirm(&phone, &code).unwrap();
    assert_eq!(remove_confirmed(&phone, u64::MAX).unwrap(), 2);
    assert_eq!(held(&phone), [response(3, "a")]);
    assert_eq!(wait(phone.drafts("a")).unwrap().len(), 1);
    assert_eq!(safety(&phone), [1, 0]);
    let kept = coding::from_json(&wait(phone.coding("a")).unwrap().unwrap()).unwrap();
    let marks = &kept.question("why").unwrap().coding;
    let coded = |n| marks.themes(Coder::First, place(n)).is_some();
    assert_eq!([coded(1), coded(2), coded(3)], [false, false, true]);
    // What comes back from the other device is only here until it is copied again.
    join(&phone, &file).unwrap();
    assert_eq!(safety(&phone), [3, 0]);
    assert_eq!(remove_confirmed(&phone, u64::MAX).unwrap(), 0);
}

#[test]
fn whichever_operation_fails_nothing_counts_as_confirmed_that_is_not_and_nothing_else_goes() {
    for every in 1..12 {
        let inner = phone(&[response(1, "a"), response(2, "a")]);
        let (copy, _) = give(&inner);
        wait(inner.add(&[response(3, "a")])).unwrap();
        let store = FaultyStore::new(inner, every, FaultKind::Full);
        let code = receipt::receipt(&copy.sum);
        for _ in 0..9 {
            let confirmed = confirm(&store, &code).is_ok();
            let [only_here, known] = safety(store.inner());
            assert!(only_here == 1 && (known == 2 || (known == 0 && !confirmed)), "{every}: {known}");
        }
        let mut removed = 0;
        for _ in 0..9 {
            removed += remove_confirmed(&store, u64::MAX).unwrap_or_default();
            let left = held(store.inner());
            assert!(left.contains(&response(3, "a")) && left.len() + removed == 3, "{every}");
        }
        assert!(removed == 2 || every < 4, "{every}");
    }
}

#[test]
fn a_receipt_can_be_computed_by_hand() {
    // As docs/bundle.md has it, for a sum of nothing but fives.
    let sum = "5".repeat(64);
    let hash = <sha2::Sha256 as sha2::Digest>::digest(format!("sondeo receipt {sum}"));
    let hexadecimal: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let number = u64::from_str_radix(&hexadecimal[..15], 16).unwrap() % 10_000_000_000;
    assert_eq!(receipt::receipt(&sum), format!("{number:010}{:02}", 98 - number * 100 % 97));
    assert_eq!(receipt::receipt(&sum), "575345816006", "what the shell makes of it");
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
    fn a_slip_in_a_receipt_shows(sum in "[0-9a-f]{64}", at in 0..12_usize, digit in 0..10_u32, swap: bool) {
        let code = receipt::receipt(&sum);
        prop_assert_eq!(receipt::read(&code), Some(code.clone()));
        prop_assert!(!sum.contains(&code));
        let mut typed: Vec<char> = code.chars().collect();
        if swap {
            typed.swap(at, (at + 1) % 12);
        } else {
            typed[at] = char::from_digit(digit, 10).unwrap();
        }
        let typed: String = typed.into_iter().collect();
        prop_assert_eq!(receipt::read(&typed).is_some(), typed == code, "{} {}", code, typed);
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
