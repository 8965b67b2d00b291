//! Sealed collection, natively: the age format, the key under its passphrase, bundles of what is sealed, opening.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "common/job.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod job;
#[path = "store/scenario.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod scenario;

use std::io::Read;
use std::ops::ControlFlow;

use job::wait;
use scenario::{all_responses, another, day, form, id, response, survey};
use sondeo::job::{
    Job, JobError, JobErrorKind, Kept, Merged, Outcome, ReceiptRead, Tools, Unsealed, run, wire,
};
use sondeo::response::wire::{response_from_json, response_to_json};
use sondeo::response::{Response, Sealed};
use sondeo::share::bundle::read;
use sondeo::share::seal::{
    Cost, Here, NewKey, RANDOM, Sealing, in_groups, is_long_enough, make_key, open, recipient_in,
    recipient_of, seal, typed_secret, unlock,
};
use sondeo::store::{CopyMade, FaultKind, FaultyStore, Held, MemoryStore, Merge, ResponseStore, Safety};
use sondeo::survey::{Obstacle, Seal, Survey, SurveyState};

/// What a test can wait for.
const CHEAP: Cost = Cost { memory: 64, passes: 1 };
const PASSPHRASE: &str = "cuatro palabras nada comunes";

fn random() -> [u8; RANDOM] {
    std::array::from_fn(|at| (at * 7 + 3) as u8)
}

fn new_key() -> NewKey {
    make_key(PASSPHRASE, &random(), CHEAP).unwrap()
}

/// Does a job as text there and back, with a file beside it. Gives what came of it and the file made.
fn ask(store: &impl ResponseStore, job: &Job, given: Option<&[u8]>) -> Result<(Outcome, Vec<u8>), JobError> {
    let mut made = Vec::new();
    let reply = {
        let mut going = |_| ControlFlow::Continue(());
        let mut tools = Tools {
            matches: |_, _| None,
            find: |_, _| false,
            sealing: &|| Box::pin(async { Some(Box::new(Here { random, cost: CHEAP }) as Box<dyn Sealing>) }),
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

fn about_key(store: &impl ResponseStore, job: &Job) -> Result<String, String> {
    match ask(store, job, None) {
        Ok((Outcome::Key(secret), _)) => Ok(secret),
        Err(error) if error.kind == JobErrorKind::Sealed => Err(error.detail),
        other => panic!("{other:?}"),
    }
}

fn unseal(store: &impl ResponseStore, given: &str) -> Result<Unsealed, JobError> {
    match ask(store, &Job::Unseal { survey: "a".into(), passphrase: given.into() }, None)?.0 {
        Outcome::Unsealed(came) => Ok(came),
        other => panic!("{other:?}"),
    }
}

fn why(error: &JobError) -> &str {
    assert_eq!(error.kind, JobErrorKind::Sealed);
    &error.detail
}

fn bundle(store: &impl ResponseStore) -> Vec<u8> {
    ask(store, &Job::Bundle { survey: "a".into(), today: day(27) }, None).unwrap().1
}

fn join(store: &impl ResponseStore, file: &[u8]) -> Merged {
    match ask(store, &Job::Join, Some(file)).unwrap().0 {
        Outcome::Merged(merged) => *merged,
        other => panic!("{other:?}"),
    }
}

fn sealed_survey(key: &NewKey) -> Survey {
    Survey { seal: Some(Seal { recipient: key.recipient.clone(), recovery_kept: true }), ..survey("a") }
}

/// As a phone seals it.
fn sealed(key: &NewKey, response: &Response, finished: bool) -> Sealed {
    let age = seal(&key.recipient, response_to_json(response).as_bytes()).unwrap();
    Sealed { id: response.id, survey: response.survey.clone(), day: day(9), finished, age }
}

fn phone(key: &NewKey, all: &[Sealed]) -> MemoryStore {
    let store = MemoryStore::default();
    wait(store.put_survey(&sealed_survey(key), Some(&form("Visita")))).unwrap();
    wait(store.add_sealed(all)).unwrap();
    store
}

/// The facilitator's: the survey with its key.
fn desk(key: &NewKey) -> MemoryStore {
    let store = phone(key, &[]);
    wait(store.put_key("a", &key.record)).unwrap();
    store
}

#[test]
fn what_is_sealed_is_a_standard_age_file_and_opens_without_this_program() {
    let (key, said) = (new_key(), response_to_json(&response(1, "a")));
    let file = seal(&key.recipient, said.as_bytes()).unwrap();
    assert!(file.starts_with(b"age-encryption.org/v1\n-> X25519 "));
    let identity: age::x25519::Identity = key.secret.parse().unwrap();
    assert_eq!(identity.to_public().to_string(), key.recipient);
    let decryptor = age::Decryptor::new(file.as_slice()).unwrap();
    let mut opened = String::new();
    let mut reader = decryptor.decrypt(std::iter::once(&identity as &dyn age::Identity)).unwrap();
    reader.read_to_string(&mut opened).unwrap();
    assert_eq!(response_from_json(&opened), Ok(response(1, "a")));

    let theirs = age::encrypt(&identity.to_public(), b"by age itself").unwrap();
    assert_eq!(open(&key.secret, &theirs).as_deref(), Some(b"by age itself".as_slice()));
    assert_ne!(seal(&key.recipient, b"x"), seal(&key.recipient, b"x"), "never twice the same");
}

#[test]
fn a_sealed_file_that_was_changed_anywhere_does_not_open() {
    let key = new_key();
    let file = seal(&key.recipient, b"what somebody said").unwrap();
    assert!(!file.windows(8).any(|part| part == b"somebody"));
    for at in 0..file.len() {
        let mut other = file.clone();
        other[at] ^= 1;
        assert_eq!(open(&key.secret, &other), None, "byte {at}");
    }
    for end in 0..file.len() {
        assert_eq!(open(&key.secret, &file[..end]), None, "cut at {end}");
    }
    let mut bytes = random();
    // Not the first: X25519 takes no notice of its lowest bits.
    bytes[1] ^= 1;
    let other = make_key(PASSPHRASE, &bytes, CHEAP).unwrap();
    assert_eq!(open(&other.secret, &file), None);
    assert_eq!(open("", &file), None);
    assert_eq!(seal("age1nobody", b"x"), None);
}

#[test]
fn a_key_opens_with_its_passphrase_alone() {
    let key = new_key();
    assert_eq!(unlock(&key.record, PASSPHRASE), Some(key.secret.clone()));
    assert_eq!(unlock(&key.record, &format!(" {PASSPHRASE} ")), Some(key.secret.clone()), "blanks around it");
    for other in ["", "cuatro palabras nada comune", "Cuatro palabras nada comunes"] {
        assert_eq!(unlock(&key.record, other), None, "{other:?}");
    }
    assert_eq!(recipient_in(&key.record), Some(key.recipient.clone()));
    assert_eq!(recipient_of(&key.secret), Some(key.recipient.clone()));
    assert!(!key.record.contains(&key.secret[16..30]));
    // Of another salt everything is another.
    let mut bytes = random();
    bytes[RANDOM - 1] ^= 1;
    let salted = make_key(PASSPHRASE, &bytes, CHEAP).unwrap();
    assert_eq!(salted.secret, key.secret);
    assert_ne!(salted.record, key.record);
    assert_eq!(make_key(PASSPHRASE, &random()[1..], CHEAP), None);
    // A record from elsewhere cannot ask for more than a computer has.
    for (from, to) in [("\"memory\":64", "\"memory\":99999999"), ("\"passes\":1", "\"passes\":999999999")] {
        let greedy = key.record.replace(from, to);
        assert_ne!(greedy, key.record);
        assert_eq!(unlock(&greedy, PASSPHRASE), None);
    }
    assert_eq!(recipient_in("{\"format\":1}"), None);
    assert_eq!(recipient_in("no json"), None);
}

#[test]
fn what_a_new_key_costs_is_what_rfc_9106_says_for_little_memory() {
    assert_eq!(Cost::default(), Cost { memory: 65_536, passes: 3 });
}

#[test]
fn a_key_kept_by_the_first_version_opens_for_ever() {
    let record = include_str!("data/stored/key-1.json").trim();
    let key = new_key();
    assert_eq!(unlock(record, PASSPHRASE), Some(key.secret.clone()));
    assert_eq!(recipient_in(record), Some(key.recipient));
}

#[test]
fn a_key_typed_from_paper_is_read_and_a_slip_is_noticed() {
    let secret = new_key().secret;
    let groups = in_groups(&secret);
    assert_eq!((groups[0].as_str(), groups.len()), ("AGE-SECRET-KEY-1", 16));
    assert_eq!(groups.concat(), secret);
    let typed = groups.join(" ").to_lowercase() + "\n";
    assert_eq!(typed_secret(&typed), Some(secret.clone()));
    assert_eq!(typed_secret(PASSPHRASE), None);
    // Any one character taken for another, and any two neighbours exchanged.
    for at in 16..secret.len() {
        let mut slip: Vec<char> = secret.chars().collect();
        slip[at] = if slip[at] == 'Q' { 'P' } else { 'Q' };
        assert_eq!(recipient_of(&slip.iter().collect::<String>()), None, "character {at}");
        let mut slip: Vec<char> = secret.chars().collect();
        slip.swap(at - 1, at);
        let slip: String = slip.into_iter().collect();
        assert!(slip == secret || recipient_of(&slip).is_none(), "characters {at}");
    }
}

#[test]
fn a_passphrase_is_long_in_characters_or_in_words() {
    for (passphrase, enough) in [
        ("", false),
        ("corta", false),
        ("once letras", false),
        ("doce letras!", true),
        ("a b c d", true),
        ("   a b c   ", false),
        ("ñññññññññññ", false),
        ("ññññññññññññ", true),
    ] {
        assert_eq!(is_long_enough(passphrase), enough, "{passphrase:?}");
    }
}

#[test]
fn a_key_is_made_once_for_a_survey_that_nobody_has_answered() {
    let make = || Job::MakeKey { survey: "a".into(), passphrase: PASSPHRASE.into() };
    let show = |given: &str| Job::ShowKey { survey: "a".into(), passphrase: given.into() };
    let store = MemoryStore::default();
    let before = Survey { state: SurveyState::Setup, ..survey("a") };
    wait(store.put_survey(&before, Some(&form("Visita")))).unwrap();
    let secret = about_key(&store, &make()).unwrap();
    assert_eq!(secret, new_key().secret);
    let kept = wait(store.surveys()).unwrap().remove(0);
    assert_eq!(kept.seal, Some(Seal { recipient: new_key().recipient, recovery_kept: false }));
    assert_eq!(kept.obstacles(), [Obstacle::NoRecovery], "not open before the page is kept");
    assert_eq!(about_key(&store, &make()), Err("answered".to_owned()));
    assert_eq!(about_key(&store, &show(PASSPHRASE)), Ok(secret.clone()));
    assert_eq!(about_key(&store, &show(&secret)), Ok(secret));
    assert_eq!(about_key(&store, &show("otra cosa")), Err("passphrase".to_owned()));
    assert_eq!(kept.next_wave().unwrap().seal, None, "a key is one survey's");

    for answered in [
        wait(async {
            let store = MemoryStore::default();
            store.put_survey(&before, None).await.unwrap();
            store.add(&[response(1, "a")]).await.unwrap();
            store
        }),
        wait(async {
            let store = MemoryStore::default();
            store.put_survey(&before, None).await.unwrap();
            store.begin(&scenario::draft(1, "a")).await.unwrap();
            store
        }),
    ] {
        assert_eq!(about_key(&answered, &make()), Err("answered".to_owned()));
        assert_eq!(wait(answered.key("a")).unwrap(), None);
    }
}

#[test]
fn nothing_of_a_key_travels_with_its_survey() {
    let key = new_key();
    let text = String::from_utf8(bundle(&desk(&key))).unwrap();
    assert!(text.contains(&key.recipient));
    assert!(!text.contains("argon2id") && !text.contains("SECRET"));
}

#[test]
fn sealed_responses_travel_closed_and_open_at_the_desk_once() {
    let key = new_key();
    let all = [
        sealed(&key, &response(2, "a"), true),
        sealed(&key, &response(1, "a"), true),
        sealed(&key, &response(3, "a"), false),
    ];
    let file = bundle(&phone(&key, &all));
    let text = String::from_utf8(file.clone()).unwrap();
    assert!(text.starts_with("{\"sondeo\":\"bundle\",\"format\":2,"));
    assert!(text.lines().last().unwrap().starts_with("{\"responses\":0,\"sealed\":3,\"sha256\":\""));
    assert!(!text.contains("useful") && !text.contains("comillas"), "no answer stands in it");
    let lines: Vec<serde_json::Value> =
        text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let finished =
        |n: usize| lines.iter().filter_map(|line| line.get("sealed")?.get("id").map(|_| line)).nth(n);
    assert_eq!(finished(0).unwrap()["sealed"]["finished"], true);
    assert_eq!(finished(2).unwrap()["sealed"]["day"], "2026-11-09");

    // A desk without the key keeps them closed, and hands them on.
    let without = MemoryStore::default();
    let merged = join(&without, &file);
    assert_eq!((merged.new_survey, merged.sealed, merged.merge.added), (true, 3, 0));
    assert_eq!(merged.survey.seal, sealed_survey(&key).seal);
    assert_eq!(join(&without, &file).sealed, 0, "twice counts once");
    assert_eq!(why(&unseal(&without, PASSPHRASE).unwrap_err()), "no_key");

    let desk = desk(&key);
    assert_eq!(join(&desk, &bundle(&without)).sealed, 3);
    let counts = wait(desk.counts()).unwrap()[0].1;
    assert_eq!((counts.finished, counts.sealed, counts.unfinished), (0, 2, 1));
    assert_eq!(why(&unseal(&desk, "no es esta la frase").unwrap_err()), "passphrase");
    let came = |added, already_had| Unsealed {
        merge: Merge { added, already_had, ..Merge::default() },
        unopened: 0,
    };
    assert_eq!(unseal(&desk, PASSPHRASE), Ok(came(2, 0)));
    let opened = wait(all_responses(&desk, "a", 9));
    assert_eq!(opened, [response(1, "a"), response(2, "a")]);
    let counts = wait(desk.counts()).unwrap()[0].1;
    assert_eq!((counts.finished, counts.sealed, counts.unfinished), (2, 0, 1), "who stopped is not counted");
    assert_eq!(unseal(&desk, PASSPHRASE), Ok(came(0, 0)));

    // The same file again brings nothing to open.
    let merged = join(&desk, &file);
    assert_eq!((merged.sealed, merged.merge.already_had), (0, 3));
    assert_eq!(wait(desk.counts()).unwrap()[0].1.sealed, 0);

    // And with the recovery page alone, on a device that has no key.
    let typed = in_groups(&key.secret).join(" ");
    assert_eq!(unseal(&without, &typed), Ok(came(2, 0)));
    assert_eq!(wait(all_responses(&without, "a", 9)), [response(1, "a"), response(2, "a")]);
}

#[test]
fn what_does_not_open_stays_and_is_told() {
    let key = new_key();
    let mut other_bytes = random();
    other_bytes[5] ^= 4;
    let other = make_key(PASSPHRASE, &other_bytes, CHEAP).unwrap();
    let stranger = Sealed { id: id(7), ..sealed(&key, &response(8, "a"), true) };
    let elsewhere = Sealed { survey: "a".into(), ..sealed(&key, &response(9, "b"), true) };
    let garbage = Sealed { age: vec![1, 2, 3], ..sealed(&key, &response(4, "a"), true) };
    let all = [
        sealed(&key, &response(1, "a"), true),
        sealed(&other, &response(2, "a"), true),
        sealed(&key, &another(5, "a"), true),
        stranger,
        elsewhere,
        garbage,
    ];
    let desk = desk(&key);
    wait(desk.add(&[response(5, "a")])).unwrap();
    wait(desk.add_sealed(&all)).unwrap();
    let came = unseal(&desk, PASSPHRASE).unwrap();
    assert_eq!(
        came,
        Unsealed { merge: Merge { added: 1, aside: 1, replaced: 1, ..Merge::default() }, unopened: 4 }
    );
    let counts = wait(desk.counts()).unwrap()[0].1;
    assert_eq!((counts.finished, counts.sealed, counts.damaged), (2, 4, 1));
    let came = unseal(&desk, PASSPHRASE).unwrap();
    assert_eq!(came, Unsealed { unopened: 4, ..Unsealed::default() });
    // The key of another survey, and a slip in this one's.
    assert_eq!(why(&unseal(&desk, &other.secret).unwrap_err()), "other_key");
    let slip = key.secret.replace("1", "1Q");
    assert_eq!(why(&unseal(&desk, &slip).unwrap_err()), "typing");
}

#[test]
fn a_store_that_fails_while_opening_loses_nothing() {
    let key = new_key();
    let all: Vec<Sealed> = (1..=5).map(|n| sealed(&key, &response(n, "a"), true)).collect();
    for every in 2..=12 {
        let desk = desk(&key);
        wait(desk.add_sealed(&all)).unwrap();
        let faulty = FaultyStore::new(desk, every, FaultKind::Full);
        let mut tries = 0;
        while unseal(&faulty, PASSPHRASE).is_err() {
            tries += 1;
            let inner = faulty.inner();
            let mut ids: Vec<_> = wait(inner.sealed("a")).unwrap().iter().map(|sealed| sealed.id).collect();
            ids.extend(wait(all_responses(inner, "a", 9)).iter().map(|response| response.id));
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), 5, "each is sealed or opened, or both");
            if tries > 20 {
                break;
            }
        }
        assert_eq!(unseal(faulty.inner(), PASSPHRASE).unwrap().unopened, 0);
        assert_eq!(wait(all_responses(faulty.inner(), "a", 9)).len(), 5);
        assert_eq!(wait(faulty.inner().sealed("a")).unwrap(), []);
    }
}

#[test]
fn a_phone_that_had_the_survey_before_its_key_seals_from_then_on_unless_somebody_has_answered() {
    let key = new_key();
    let file = bundle(&desk(&key));
    for (answered, seals) in [(false, true), (true, false)] {
        let phone = MemoryStore::default();
        wait(phone.put_survey(&survey("a"), Some(&form("Visita")))).unwrap();
        if answered {
            wait(phone.begin(&scenario::draft(1, "a"))).unwrap();
        }
        join(&phone, &file);
        assert_eq!(wait(phone.surveys()).unwrap()[0].seal.is_some(), seals);
    }
}

#[test]
fn what_is_sealed_counts_as_copied_once_a_copy_that_holds_it_is_seen_and_goes_once_it_is_confirmed() {
    let key = new_key();
    let on = |day_of: u8, n| Sealed { day: day(day_of), ..sealed(&key, &response(n, "a"), true) };
    let phone = phone(&key, &[on(3, 1), on(7, 2), sealed(&key, &response(3, "a"), false)]);
    let safety = || wait(Safety::of(&phone, "a", Some(5), day(10))).unwrap();
    let held = |count, oldest| Held { count, oldest: Some(day(oldest)) };
    let before = Safety { sealed: 2, only_here: held(2, 3), overdue: held(1, 3), ..Safety::default() };
    assert_eq!(safety(), before, "who has not finished is not counted");

    let (outcome, file) = ask(&phone, &Job::Bundle { survey: "a".into(), today: day(9) }, None).unwrap();
    let Outcome::Copied { copy, .. } = outcome else { panic!("{outcome:?}") };
    assert_eq!((copy.count, &copy.sealed[..]), (2, &[id(1), id(2)][..]));
    let prove = Job::Prove { sum: copy.sum.clone(), count: copy.count };
    assert_eq!(ask(&phone, &prove, Some(&file)).unwrap().0, Outcome::Proved(true));
    wait(phone.put_copy("a", &copy)).unwrap();
    assert_eq!(safety(), Safety { pending: Some(copy.clone()), ..before });
    wait(phone.put_copy("a", &CopyMade { arrived: Some(day(9)), ..copy })).unwrap();
    wait(phone.add_sealed(&[on(10, 3), on(8, 4)])).unwrap();
    let now = Safety { sealed: 4, only_here: held(2, 8), overdue: held(1, 3), ..Safety::default() };
    assert_eq!(safety(), now, "what comes later is in no copy, also under an id that one holds unfinished");

    // Nothing goes before somebody has joined it elsewhere, and then only what they joined.
    let remove = |finished_by| {
        let job = Job::RemoveConfirmed { survey: "a".into(), upto: u64::MAX, finished_by };
        ask(&phone, &job, None).unwrap().0
    };
    assert_eq!(remove(None), Outcome::Removed(0));
    let elsewhere = MemoryStore::default();
    let code = join(&elsewhere, &file).receipt.unwrap();
    let confirm = Job::Confirm { survey: "a".into(), code, today: day(10) };
    let confirmed = Outcome::Receipt(ReceiptRead::Confirmed { count: 2, left: 2 });
    assert_eq!(ask(&phone, &confirm, None).unwrap().0, confirmed);
    let now = Safety { overdue: Held::default(), confirmed: held(2, 3), due: held(1, 3), ..now };
    assert_eq!(safety(), now);
    assert_eq!(remove(Some(day(5))), Outcome::Removed(1));
    assert_eq!(remove(None), Outcome::Removed(1));
    let left: Vec<_> = wait(phone.sealed("a")).unwrap().iter().map(|sealed| sealed.id).collect();
    assert_eq!(left, [id(3), id(4)]);
    assert_eq!(safety(), Safety { sealed: 2, only_here: held(2, 8), ..Safety::default() });
}

#[test]
fn a_bundle_with_a_sealed_line_that_is_none_is_refused_whole() {
    let key = new_key();
    let file = bundle(&phone(&key, &[sealed(&key, &response(1, "a"), true)]));
    assert_eq!(read(&file).unwrap().sealed.len(), 1);
    let text = String::from_utf8(file).unwrap();
    for (from, to) in [
        ("\"day\":\"2026", "\"day\":\"20x6"),
        ("\"age\":\"", "\"age\":\"?"),
        ("\"sealed\":1,", "\"sealed\":2,"),
    ] {
        let changed = text.replace(from, to);
        assert_ne!(changed, text);
        // With a digest that fits, so that the line itself must be noticed.
        let (before, last) = changed.trim_end().rsplit_once('\n').unwrap();
        let before = format!("{before}\n");
        let digest = <sha2::Sha256 as sha2::Digest>::digest(before.as_bytes());
        let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        let at = last.find("\"sha256\":\"").unwrap() + 10;
        let whole = format!("{before}{}{digest}\"}}\n", &last[..at]);
        assert!(read(whole.as_bytes()).is_err(), "{to}");
    }
}

#[test]
fn a_bundle_of_format_2_as_the_first_version_wrote_it_joins_and_opens_for_ever() {
    let file = include_bytes!("data/stored/bundle-2.jsonl");
    assert!(file.starts_with(b"{\"sondeo\":\"bundle\",\"format\":2,"), "as it was then");
    let desk = desk(&new_key());
    assert_eq!(join(&desk, file).sealed, 3);
    let came = unseal(&desk, PASSPHRASE).unwrap();
    assert_eq!((came.merge.added, came.unopened), (2, 0));
    assert_eq!(wait(all_responses(&desk, "a", 9)), [response(1, "a"), response(3, "a")]);
    assert_eq!(wait(desk.sealed("a")).unwrap().len(), 1, "who has not finished");
}
