//! A record that a kill has cut off in the log of Chromium's IndexedDB. Chromium (as of 156, LevelDB's `reuse_logs`) writes on behind
//! it, finds the log unreadable at the start after that, and begins with an empty store, without a word to the page. `loader.js`
//! keeps it from that; here the record is cut off by hand, for a kill seldom meets the microseconds in which it is written.

use std::path::{Path, PathBuf};

use crate::browser::Engine;
use crate::compare::Run;
use crate::people::Dice;
use crate::plan::{Act, Kill, Plan, VISIT};
use crate::{Asked, Place};

#[tokio::test(flavor = "multi_thread")]
async fn what_a_kill_cuts_off_in_the_log_costs_nothing_else() {
    let Some(asked) = Asked::read().filter(|asked| asked.engine == Engine::Chromium) else {
        println!("what a kill cuts off in the log: left out; ./dev test journey tries it in Chromium");
        return;
    };
    let mut place = Place::open(&asked, "-cut").await;
    place.renew();
    let filling = |mark: &str, after| Plan {
        seed: 1,
        acts: vec![Act::Fill { survey: VISIT.to_owned(), mark: mark.to_owned(), stop: Some(6) }],
        kill: Kill::On { kind: "saved", nth: 3, after },
    };
    let (driver, before) = place.open_and_look(false).await;
    let log = place.act_and_kill(&driver, &filling("first", 0)).await;
    drop(driver.quit().await);
    if !cut_off(&place.profile) {
        println!("what a kill cuts off in the log: left out; this Chromium keeps none");
        return;
    }

    let (driver, first) = place.open_and_look(false).await;
    let verdict = Run { before: &before, erases: None, joins: None, log: &log, after: &first }.judge();
    assert_eq!((verdict.lost, verdict.half), (vec![], vec![]), "at the first start");
    assert!(verdict.acknowledged > 0, "nothing was acknowledged");
    let log = place.act_and_kill(&driver, &filling("second", 500)).await;
    drop(driver.quit().await);

    let (driver, second) = place.open_and_look(false).await;
    let verdict = Run { before: &first, erases: None, joins: None, log: &log, after: &second }.judge();
    place.driver.kill_browser(&place.profile);
    drop(driver.quit().await);
    assert_eq!((verdict.lost, verdict.half), (vec![], vec![]), "at the second start");
}

/// The settling itself writes, some hundred bytes in the same log, before Chromium takes another. What a kill within that costs:
/// counted, and not promised. `SONDEO_CUTS` says how often it is tried; docs/durability.md has the figures.
#[tokio::test(flavor = "multi_thread")]
async fn a_kill_while_the_log_is_settled_is_counted() {
    let tries = std::env::var("SONDEO_CUTS").ok().and_then(|number| number.parse::<usize>().ok());
    let asked = Asked::read().filter(|asked| asked.engine == Engine::Chromium);
    let (Some(tries), Some(asked)) = (tries, asked) else {
        println!(
            "a kill while the log is settled: left out; SONDEO_CUTS says how often to try it in Chromium"
        );
        return;
    };
    let mut place = Place::open(&asked, "-settle").await;
    let mut dice = Dice::new(asked.seed);
    let filling = |mark: &str, kill| Plan {
        seed: 1,
        acts: vec![Act::Fill { survey: VISIT.to_owned(), mark: mark.to_owned(), stop: Some(6) }],
        kill,
    };
    let saved = |after| Kill::On { kind: "saved", nth: 3, after };
    let (mut within, mut lost) = (0, 0);
    for number in 0..tries {
        place.renew();
        let (driver, before) = place.open_and_look(false).await;
        let log = place.act_and_kill(&driver, &filling("first", saved(0))).await;
        drop(driver.quit().await);
        assert!(cut_off(&place.profile), "this Chromium keeps no log");
        let (driver, first) = place.open_and_look(false).await;
        let verdict = Run { before: &before, erases: None, joins: None, log: &log, after: &first }.judge();
        assert_eq!((verdict.lost, verdict.half), (vec![], vec![]), "try {number}, before the settling");
        let moment = Kill::On { kind: "settles", nth: 1, after: dice.roll(700) as u64 };
        let log = place.act_and_kill(&driver, &filling("second", moment.clone())).await;
        drop(driver.quit().await);
        let heard = |kind: &str| log.iter().any(|told| told.kind == kind);
        assert!(heard("settles"), "try {number}: the page settled nothing: {log:?}");
        within += usize::from(!heard("saved"));
        let (driver, second) = place.open_and_look(false).await;
        place.driver.kill_browser(&place.profile);
        drop(driver.quit().await);
        let verdict = Run { before: &first, erases: None, joins: None, log: &log, after: &second }.judge();
        assert_eq!(verdict.half, Vec::<String>::new(), "try {number}");
        if !verdict.lost.is_empty() {
            println!("  try {number}, {moment:?}, deletes: {}: {:?}", heard("settled"), verdict.lost);
            lost += 1;
        }
    }
    println!(
        "settling: {tries} tries, {within} killed before anything was saved behind it, {lost} began with an empty store"
    );
}

/// Writes the beginning of a record of 300 bytes at the end of the log. Whether there is one.
fn cut_off(profile: &Path) -> bool {
    let Some(log) = log_of(profile) else { return false };
    let mut bytes = std::fs::read(&log).expect("the log");
    // Checksum, length, and that it is the whole record.
    bytes.extend_from_slice(&[0x12, 0x34, 0x56, 0x78, 0x2c, 0x01, WHOLE]);
    std::fs::write(&log, bytes).expect("the log");
    true
}

/// The log of a profile's one database.
fn log_of(profile: &Path) -> Option<PathBuf> {
    let databases = std::fs::read_dir(profile.join("Default/IndexedDB")).ok()?.flatten();
    let files = databases.filter_map(|database| std::fs::read_dir(database.path()).ok()).flatten().flatten();
    files.map(|file| file.path()).filter(|path| path.extension().is_some_and(|ending| ending == "log")).max()
}

/// LevelDB's log: blocks of this many bytes, in them records behind a head of checksum, length and kind.
const BLOCK: usize = 32_768;
const HEAD: usize = 7;
/// The kinds after which nothing more of a record comes.
const WHOLE: u8 = 1;
const LAST: u8 = 4;

/// Whether the log of a profile ends within a record.
pub(crate) fn is_cut(profile: &Path) -> bool {
    log_of(profile).and_then(|log| std::fs::read(log).ok()).is_some_and(|bytes| ends_within(&bytes))
}

fn ends_within(bytes: &[u8]) -> bool {
    let (mut at, mut open) = (0, false);
    while at < bytes.len() {
        let rest = BLOCK - at % BLOCK;
        if rest < HEAD {
            at += rest;
            continue;
        }
        let Some(head) = bytes.get(at..at + HEAD) else { return true };
        let length = usize::from(u16::from_le_bytes([head[4], head[5]]));
        at += HEAD + length;
        open = ![WHOLE, LAST].contains(&head[6]);
    }
    open || at > bytes.len()
}

#[test]
fn a_log_that_ends_within_a_record_is_told_from_a_whole_one() {
    let record = |kind: u8, length: u16| {
        let [low, high] = length.to_le_bytes();
        let mut bytes = vec![9, 9, 9, 9, low, high, kind];
        bytes.resize(HEAD + usize::from(length), 7);
        bytes
    };
    let whole = [record(WHOLE, 5), record(2, (BLOCK - 12 - HEAD) as u16), record(LAST, 3)].concat();
    assert!(!ends_within(&whole));
    for shorter in [1, 3 + HEAD, 3 + HEAD + 1] {
        assert!(ends_within(&whole[..whole.len() - shorter]), "{shorter} bytes shorter");
    }
    assert!(!ends_within(&whole[..5 + HEAD]));
    assert!(!ends_within(&[]));
}
