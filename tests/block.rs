//! Blocks of the column cache: what was written comes back whole, and no bytes whatever make reading panic.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

use proptest::prelude::*;
use sondeo::form::wire::{ChoiceSource, FormSource, ListSource, NodeSource};
use sondeo::form::{Date, Form, Time};
use sondeo::response::{Answer, FormReference, Response, ResponseId};
use sondeo::summary::block::{BlockErrorKind, FORMAT, decode, encode};
use sondeo::summary::{Cells, Table};

fn list(name: &str, length: usize) -> ListSource {
    let choice = |n| ChoiceSource { name: format!("c{n}"), ..ChoiceSource::default() };
    ListSource { name: name.to_owned(), choices: (0..length).map(choice).collect() }
}

fn node(kind: &str, name: &str, list: &str, children: Vec<NodeSource>) -> NodeSource {
    let (name, kind, list) = (name.to_owned(), kind.to_owned(), list.to_owned());
    NodeSource { name, kind, list, children, ..NodeSource::default() }
}

/// Every kind of question, on a page and in repeats; lists of one byte and of two, of one word and of several.
fn source() -> FormSource {
    let leaf = |kind: &str, name: &str, list: &str| node(kind, name, list, Vec::new());
    let inner =
        vec![leaf("text", "note", ""), leaf("select_one", "kind", "few"), leaf("decimal", "cost", "")];
    FormSource {
        format: 1,
        id: "every".to_owned(),
        version: "7".to_owned(),
        languages: vec!["es".to_owned()],
        nodes: vec![
            leaf("select_one", "few", "few"),
            leaf("select_one", "none", "none"),
            leaf("select_one", "many", "many"),
            leaf("select_multiple", "set", "few"),
            leaf("select_multiple", "word", "word"),
            leaf("select_multiple", "sets", "many"),
            leaf("rank", "order", "few"),
            leaf("integer", "whole", ""),
            leaf("decimal", "number", ""),
            leaf("date", "day", ""),
            leaf("time", "time", ""),
            leaf("text", "text", ""),
            node(
                "repeat",
                "visits",
                "",
                [inner, vec![node("repeat", "deep", "", vec![leaf("text", "word", "")])]].concat(),
            ),
            node("repeat", "others", "", vec![leaf("select_multiple", "which", "few")]),
        ],
        lists: vec![list("few", 5), list("none", 0), list("many", 300), list("word", 63)],
        ..FormSource::default()
    }
}

fn form() -> Form {
    Form::build(&source()).unwrap()
}

/// What one seed draws.
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn answer(&mut self) -> Answer {
        let choice = |n: u64| format!("c{n}");
        match self.below(12) {
            0 | 1 => Answer::Empty,
            2 => Answer::Text(["Sí, «así» 🐟", "a", "", "=1+1\n"][self.below(4) as usize].to_owned()),
            3 => Answer::Integer([0, -1, 7, i64::MAX, 1 << 40][self.below(5) as usize]),
            4 => Answer::Decimal([0.5, -0.0, f64::NAN, 3.0, 1e300][self.below(5) as usize]),
            5 => Answer::Choice(choice(self.below(7))),
            6 => Answer::Choice(choice(self.below(301))),
            7 => Answer::Choices((0..self.below(6)).map(choice).collect()),
            8 => Answer::Choices((0..self.below(302)).rev().step_by(3).map(choice).collect()),
            9 => Answer::Date(Date::from_days(self.below(40_000) as i32 - 10_000)),
            10 => Answer::Time(Time::parse("07:30:00", -300).unwrap()),
            _ => Answer::Choice("unheard of".to_owned()),
        }
    }

    fn response(&mut self) -> Response {
        let mut answers = Vec::new();
        for name in
            ["few", "none", "many", "set", "word", "sets", "order", "whole", "number", "day", "time", "text"]
        {
            if self.below(5) > 0 {
                answers.push((name.to_owned(), self.answer()));
            }
        }
        for visit in 1..=self.below(3) {
            for name in ["note", "kind", "cost"] {
                answers.push((format!("visits[{visit}]/{name}"), self.answer()));
            }
            for deep in 1..=self.below(3) {
                answers.push((format!("visits[{visit}]/deep[{deep}]/word"), self.answer()));
            }
        }
        for other in 1..=self.below(2) {
            answers.push((format!("others[{other}]/which"), self.answer()));
        }
        Response {
            id: ResponseId([self.below(256) as u8; 16]),
            survey: "s".to_owned(),
            form: FormReference { id: "every".to_owned(), version: "7".to_owned() },
            wave: ["1", "2", "ñ"][self.below(3) as usize].to_owned(),
            language: ["es", "en"][self.below(2) as usize].to_owned(),
            started: Date::from_days(20_000 + self.below(900) as i32),
            finished: Date::from_days(self.below(2) as i32 - 1),
            example: self.below(2) == 1,
            answers,
        }
    }
}

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
    #![proptest_config(ProptestConfig::with_cases(256))]

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
