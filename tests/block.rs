//! Blocks of the column cache: what was written comes back whole, and no bytes whatever make reading panic.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

#[path = "common/every.rs"]
mod every;

use every::{Draw, form, source};
use proptest::prelude::*;
use sondeo::form::Form;
use sondeo::form::wire::FormSource;
use sondeo::summary::block::{BlockErrorKind, FORMAT, decode, encode};
use sondeo::summary::{Cells, Table};

fn tables(form: &Form, seeds: &[u64]) -> (Table, Table) {
    let (mut with, mut without) = (Table::with_texts(form), Table::new(form));
    for seed in seeds {
        let response = Draw(*seed).response();
        with.push(form, &response);
        without.push(form, &response);
    }
    (with, without)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_table_comes_back_whole_and_without_its_texts(seeds in prop::collection::vec(any::<u64>(), 0..80)) {
        let form = form();
        let (with, without) = tables(&form, &seeds);
        let bytes = encode(&form, &with);
        prop_assert!(decode(&form, &bytes, true).unwrap() == with);
        prop_assert!(decode(&form, &bytes, false).unwrap() == without);
        let short = encode(&form, &without);
        prop_assert!(decode(&form, &short, false).unwrap() == without);
        prop_assert_eq!(decode(&form, &short, true).unwrap_err().kind, BlockErrorKind::NoTexts);
        prop_assert!(short.len() < bytes.len());
    }

    #[test]
    fn blocks_one_after_another_make_the_whole_table(seeds in prop::collection::vec(any::<u64>(), 0..80), size in 1_usize..30) {
        let form = form();
        let (mut with, mut without) = (Table::with_texts(&form), Table::new(&form));
        for seeds in seeds.chunks(size) {
            let bytes = encode(&form, &tables(&form, seeds).0);
            with.append(&decode(&form, &bytes, true).unwrap());
            without.append(&decode(&form, &bytes, false).unwrap());
        }
        prop_assert!((with, without) == tables(&form, &seeds));
    }

    #[test]
    fn changed_and_shortened_bytes_are_refused(seeds in prop::collection::vec(any::<u64>(), 0..20), at: prop::sample::Index, bit in 0_u8..8) {
        let form = form();
        let (with, without) = tables(&form, &seeds);
        let bytes = encode(&form, &with);
        let mut changed = bytes.clone();
        let at = at.index(bytes.len());
        changed[at] ^= 1 << bit;
        prop_assert!(decode(&form, &changed, true).is_err(), "byte {at}");
        // A fault in the texts alone is not seen where nobody asks for them.
        if let Ok(table) = decode(&form, &changed, false) {
            prop_assert!(table == without);
        }
        for texts in [true, false] {
            prop_assert!(decode(&form, &bytes[..at], texts).is_err());
            prop_assert!(decode(&form, &[&bytes[..], &[0]].concat(), texts).is_err());
        }
    }

    #[test]
    fn whatever_the_bytes_reading_gives_a_sound_table_or_none(seeds in prop::collection::vec(any::<u64>(), 0..6), random in prop::collection::vec(any::<u8>(), 0..200), changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6)) {
        let form = form();
        // With the sums set right, what stands between them is all that can be wrong.
        let mut bytes = encode(&form, &tables(&form, &seeds).0);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let mut whole = bytes[..13].to_vec();
        whole.extend(&random);
        for bytes in [random, whole, mended(&bytes)] {
            for texts in [true, false] {
                if let Ok(table) = decode(&form, &bytes, texts) {
                    sound(&form, &table);
                }
            }
        }
    }
}

/// The same bytes with lengths and sums that are right.
fn mended(bytes: &[u8]) -> Vec<u8> {
    let sum = |bytes: &[u8]| {
        let mix = |sum: u64, word: u64| (sum ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
        let words = bytes.chunks_exact(8);
        let rest = words.remainder().iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte));
        let word = |word: &[u8]| u64::from_le_bytes(word.try_into().unwrap());
        mix(words.fold(bytes.len() as u64, |sum, bytes| mix(sum, word(bytes))), rest)
    };
    let first = u32::from_le_bytes(bytes[13..17].try_into().unwrap()) as usize;
    let middle = (37 + first).min(bytes.len());
    let mut mended = bytes[..13].to_vec();
    for part in [&bytes[37..middle], &bytes[middle..]] {
        mended.extend((part.len() as u32).to_le_bytes());
        mended.extend(sum(part).to_le_bytes());
    }
    mended.extend(&bytes[37..]);
    mended
}

/// Everything in a table points to something.
fn sound(form: &Form, table: &Table) {
    for facts in &table.rows {
        assert!(usize::from(facts.wave) < table.waves.len());
        assert!(usize::from(facts.language) < table.languages.len());
    }
    for owners in &table.repeats {
        assert!(owners.is_sorted() && owners.iter().all(|owner| (*owner as usize) < table.rows.len()));
    }
    for column in &table.columns {
        let length = column.repeat.map_or(table.rows.len(), |repeat| table.repeats[repeat].len());
        assert_eq!(column.cells.len(), length);
        let choices = form.node(column.node).and_then(|node| form.choices_of(node));
        let choices = choices.map_or(0, |list| list.choices.len());
        match &column.cells {
            Cells::Codes(codes) => {
                assert!(codes.iter().all(|code| *code > 250 || usize::from(*code) < choices))
            }
            Cells::Texts(texts) => {
                assert_eq!(texts.ends.len(), length);
                assert!((0..length).all(|cell| {
                    texts.get(cell).is_some() == (texts.states[cell] == sondeo::summary::State::Answered)
                }));
            }
            _ => {}
        }
    }
    // What reads can be written, and is the same again.
    if table.keeps_texts() {
        assert_eq!(&decode(form, &encode(form, table), true).unwrap(), table);
    }
}

#[test]
fn a_block_of_another_form_or_of_a_newer_version_is_told_apart() {
    let written = form();
    let mut bytes = encode(&written, &tables(&written, &[1, 2, 3]).0);
    let changes: [fn(&mut FormSource); 6] = [
        |form| form.id = "other".to_owned(),
        |form| form.version = "8".to_owned(),
        |form| form.nodes[0].name = "fewer".to_owned(),
        |form| form.nodes[7].kind = "decimal".to_owned(),
        |form| drop(form.lists[0].choices.pop()),
        |form| form.lists[0].choices.swap(0, 1),
    ];
    for change in changes {
        let mut other = source();
        change(&mut other);
        let other = Form::build(&other).unwrap();
        assert_eq!(decode(&other, &bytes, false).unwrap_err().kind, BlockErrorKind::OtherForm);
    }
    bytes[4] = FORMAT + 1;
    assert_eq!(decode(&written, &bytes, false).unwrap_err().kind, BlockErrorKind::Newer);
    assert_eq!(decode(&written, b"", false).unwrap_err().kind, BlockErrorKind::Damaged);
    assert_eq!(decode(&written, b"SdoB", false).unwrap_err().at, 4);
}

/// Format 1 must read for as long as its number stands: a change of the layout needs another.
#[test]
fn the_bytes_of_format_1_stay_as_they_are() {
    let form = form();
    let bytes = encode(&form, &tables(&form, &[1, 2, 3, 4]).0);
    let sum = sondeo::store::crc32(&bytes);
    assert_eq!((bytes.len(), sum), (1791, 3_211_368_214));
}
