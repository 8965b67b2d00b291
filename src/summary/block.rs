//! A table of some hundred responses as bytes and back: what is kept beside the responses, so that they need not be read one
//! by one again. Read [`encode`] and [`decode`]. Nothing here is authoritative: bytes that do not prove themselves are refused,
//! and whoever holds the responses makes them anew.
//!
//! Format 1. Fixed numbers have their lowest byte first; the others are those of `pack`.
//!
//! ```text
//! head        "SdoB", the format (1 byte), the form's signature (8 bytes), of each part its length (4 bytes) and sum (8 bytes)
//! part one    waves: count, texts; languages: count, texts
//!             rows: count; 16 bytes of id each; packed: wave, language, day begun, day finished, example
//!             each repeat: count of instances; of each how many rows its owner is after the one before
//!             each question in document order, a cell per row, or per instance of its repeat:
//!                 codes, orders   packed: 0 not shown, 1 skipped, 2 + position
//!                 sets            packed: the words as they are in memory
//!                 numbers         0 and the eight bytes of each; or 1 and packed, where all are whole: 0, 1, 2 + without its sign
//!                 days            packed: 0, 1, 2 + without its sign
//!                 texts           packed: 0 not shown, 1 skipped, 2 answered
//! part two    each question with texts: packed: bytes of each answered cell; the bytes
//!             strays: count; of each column, cell, text
//! ```
//!
//! A table without texts has no part two. The signature is a sum of the form's id, version, paths, kinds and choices: a block
//! of another form, or of another version of it, is refused.

use super::cells::{BLANK, BLANK_BYTE, BLANK_DAY, Cells, NO_DAY, NOT_SHOWN, NOT_SHOWN_BYTE, State, Texts};
use super::pack::{Reader, Unread, Writer, signed, unsigned};
use super::table::{Facts, Stray, Table};
use crate::form::{Form, NodeKind, QuestionKind};
use crate::response::ResponseId;

/// The format number that this code writes.
pub const FORMAT: u8 = 1;

const MAGIC: [u8; 4] = *b"SdoB";

/// A block that cannot be used; the responses have to be read instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlockError {
    /// Why.
    pub kind: BlockErrorKind,
    /// The byte of the block, or of the part, that does not fit.
    pub at: usize,
}

/// Why a block cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockErrorKind {
    /// Not the bytes that were written.
    Damaged,
    /// Of a newer version of the program.
    Newer,
    /// Of another form, or of another version of it.
    OtherForm,
    /// Texts were asked for, and it was made of a table without.
    NoTexts,
}

impl From<Unread> for BlockError {
    fn from(unread: Unread) -> BlockError {
        BlockError { kind: BlockErrorKind::Damaged, at: unread.0 }
    }
}

/// A table as bytes.
pub fn encode(form: &Form, table: &Table) -> Vec<u8> {
    let columns = columns_of(table);
    let texts = if table.keeps_texts() { texts_of(table) } else { Vec::new() };
    let mut bytes = Vec::with_capacity(HEAD + columns.len() + texts.len());
    bytes.extend(MAGIC);
    bytes.push(FORMAT);
    bytes.extend(signature(form).to_le_bytes());
    for part in [&columns, &texts] {
        bytes.extend((part.len() as u32).to_le_bytes());
        bytes.extend(sum(part).to_le_bytes());
    }
    bytes.extend(columns);
    bytes.extend(texts);
    bytes
}

const HEAD: usize = 4 + 1 + 8 + 2 * (4 + 8);

/// Reads what [`encode`] wrote. Without `texts` the texts are passed over, and what they say is only whether there was one.
///
/// Errors: whatever else the bytes are; none of them make it panic.
pub fn decode(form: &Form, bytes: &[u8], texts: bool) -> Result<Table, BlockError> {
    let mut head = Reader::new(bytes);
    if head.array()? != MAGIC {
        return Err(BlockError { kind: BlockErrorKind::Damaged, at: 0 });
    }
    let [format] = head.array()?;
    if format != FORMAT {
        let kind = if format > FORMAT { BlockErrorKind::Newer } else { BlockErrorKind::Damaged };
        return Err(BlockError { kind, at: MAGIC.len() });
    }
    if head.array()? != signature(form).to_le_bytes() {
        return Err(BlockError { kind: BlockErrorKind::OtherForm, at: MAGIC.len() + 1 });
    }
    let lengths = [(head.array()?, head.array()?), (head.array()?, head.array()?)];
    let [first, second] = lengths.map(|(length, sum)| (u32::from_le_bytes(length), u64::from_le_bytes(sum)));
    let unread = head.unread();
    let columns = head.take(first.0 as usize)?;
    if sum(columns) != first.1 {
        return Err(unread.into());
    }
    let unread = head.unread();
    let rest = head.take(second.0 as usize)?;
    if head.left() > 0 {
        return Err(head.unread().into());
    }
    let mut table = if texts { Table::with_texts(form) } else { Table::new(form) };
    read_columns(form, &mut table, &mut Reader::new(columns))?;
    if texts {
        if rest.is_empty() {
            return Err(BlockError { kind: BlockErrorKind::NoTexts, at: unread.0 });
        }
        if sum(rest) != second.1 {
            return Err(unread.into());
        }
        read_texts(&mut table, &mut Reader::new(rest))?;
    }
    Ok(table)
}

/// What a block's columns are, in one number.
fn signature(form: &Form) -> u64 {
    let mut all = Writer::default();
    all.text(&form.id);
    all.text(&form.version);
    for (id, node) in form.iter() {
        let NodeKind::Question(kind) = node.kind else { continue };
        all.text(&form.path(id));
        all.bytes.push(match kind {
            QuestionKind::Text => 0,
            QuestionKind::Integer => 1,
            QuestionKind::Decimal => 2,
            QuestionKind::SelectOne(_) => 3,
            QuestionKind::SelectMultiple(_) => 4,
            QuestionKind::Rank(_) => 5,
            QuestionKind::Date => 6,
            QuestionKind::Time => 7,
            QuestionKind::DateTime => 8,
        });
        let choices = form.choices_of(node).map_or(&[][..], |list| &list.choices);
        all.number(choices.len() as u64);
        choices.iter().for_each(|choice| all.text(&choice.name));
    }
    sum(&all.bytes)
}

/// A number of which every byte, every place and the length is part. A change within eight bytes always shows.
fn sum(bytes: &[u8]) -> u64 {
    let mix = |sum: u64, word: u64| (sum ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
    let (words, rest) = bytes.as_chunks::<8>();
    let sum = words.iter().fold(bytes.len() as u64, |sum, word| mix(sum, u64::from_le_bytes(*word)));
    mix(sum, rest.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)))
}

fn columns_of(table: &Table) -> Vec<u8> {
    let mut out = Writer::default();
    for names in [&table.waves, &table.languages] {
        out.number(names.len() as u64);
        names.iter().for_each(|name| out.text(name));
    }
    out.number(table.rows.len() as u64);
    table.rows.iter().for_each(|facts| out.bytes.extend(facts.id.0));
    let facts: [fn(&Facts) -> u64; 5] = [
        |facts| facts.wave.into(),
        |facts| facts.language.into(),
        |facts| unsigned(facts.started.into()),
        |facts| unsigned(facts.finished.into()),
        |facts| facts.example.into(),
    ];
    for fact in facts {
        out.packed(&table.rows.iter().map(fact).collect::<Vec<_>>());
    }
    for owners in &table.repeats {
        out.number(owners.len() as u64);
        let before = [0].iter().chain(owners);
        owners
            .iter()
            .zip(before)
            .for_each(|(owner, before)| out.number(u64::from(owner.saturating_sub(*before))));
    }
    for column in &table.columns {
        write_cells(&column.cells, &mut out);
    }
    out.bytes
}

fn write_cells(cells: &Cells, out: &mut Writer) {
    let numbers: Vec<u64> = match cells {
        Cells::Codes(codes) => codes.iter().map(|code| from_byte(*code)).collect(),
        Cells::Wide(codes) | Cells::Orders { codes, .. } => {
            codes.iter().map(|code| from_code(*code)).collect()
        }
        Cells::Sets { words, .. } => words.clone(),
        Cells::Days(days) => days.iter().map(|day| from_day(*day)).collect(),
        Cells::States(states) | Cells::Texts(Texts { states, .. }) => {
            states.iter().map(|state| from_state(*state)).collect()
        }
        Cells::Numbers(numbers) => {
            let whole: Option<Vec<u64>> = numbers.iter().map(|number| from_number(*number)).collect();
            let Some(whole) = whole else {
                out.bytes.push(0);
                return out.bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
            };
            out.bytes.push(1);
            whole
        }
    };
    out.packed(&numbers);
}

fn read_columns(form: &Form, table: &mut Table, from: &mut Reader<'_>) -> Result<(), Unread> {
    for names in [&mut table.waves, &mut table.languages] {
        for _ in 0..from.count()? {
            names.push(from.text()?.to_owned());
        }
    }
    let (waves, languages) = (table.waves.len() as u64, table.languages.len() as u64);
    let rows = from.count()?;
    let ids = from.wide(rows, |id| Ok(ResponseId(id)))?;
    let wave = from.packed(rows, |wave| Some(wave as u16).filter(|_| wave < waves))?;
    let language = from.packed(rows, |tag| Some(tag as u16).filter(|_| tag < languages))?;
    let started = from.packed(rows, |day| i32::try_from(signed(day)).ok())?;
    let finished = from.packed(rows, |day| i32::try_from(signed(day)).ok())?;
    let example = from.packed(rows, |example| Some(example == 1).filter(|_| example < 2))?;
    let facts = ids.into_iter().zip(wave).zip(language).zip(started).zip(finished).zip(example);
    table.rows = facts
        .map(|(((((id, wave), language), started), finished), example)| Facts {
            id,
            wave,
            language,
            started,
            finished,
            example,
        })
        .collect();
    for owners in &mut table.repeats {
        let mut owner = 0_u64;
        for _ in 0..from.count()? {
            let unread = from.unread();
            owner = owner.checked_add(from.number()?).filter(|owner| *owner < rows as u64).ok_or(unread)?;
            owners.push(owner as u32);
        }
    }
    for column in &mut table.columns {
        let cells = match column.repeat {
            None => rows,
            Some(repeat) => table.repeats.get(repeat).map_or(0, Vec::len),
        };
        let choices = form.node(column.node).and_then(|node| form.choices_of(node));
        let choices = choices.map_or(0, |list| list.choices.len());
        read_cells(&mut column.cells, cells, choices, from)?;
    }
    if from.left() > 0 { Err(from.unread()) } else { Ok(()) }
}

fn read_cells(cells: &mut Cells, count: usize, choices: usize, from: &mut Reader<'_>) -> Result<(), Unread> {
    let known = |code: u64| code < choices as u64 + 2;
    match cells {
        Cells::Codes(codes) => *codes = from.packed(count, |code| known(code).then(|| to_byte(code)))?,
        Cells::Wide(codes) => *codes = from.packed(count, |code| known(code).then(|| to_code(code)))?,
        Cells::Orders { stride, codes } => {
            *codes = from.packed(count * *stride, |code| known(code).then(|| to_code(code)))?;
        }
        Cells::Sets { stride, words } => {
            let unread = from.unread();
            *words = from.packed(count * *stride, Some)?;
            let beyond = u64::MAX.checked_shl(choices as u32 % 64 + 1).unwrap_or(0);
            let sound = |set: &[u64]| {
                set.last().is_none_or(|last| last & beyond == 0)
                    && (set.first().is_some_and(|first| first & 1 == 1) || set.iter().all(|word| *word == 0))
            };
            if !words.chunks(*stride).all(sound) {
                return Err(unread);
            }
        }
        Cells::Days(days) => *days = from.packed(count, to_day)?,
        Cells::States(states) => *states = from.packed(count, to_state)?,
        Cells::Texts(texts) => texts.states = from.packed(count, to_state)?,
        Cells::Numbers(numbers) => {
            let unread = from.unread();
            *numbers = match from.array()? {
                [0] => from.wide(count, |bytes| Ok(f64::from_le_bytes(bytes)))?,
                [1] => from.packed(count, |number| Some(to_number(number)))?,
                _ => return Err(unread),
            };
        }
    }
    Ok(())
}

fn texts_of(table: &Table) -> Vec<u8> {
    let mut out = Writer::default();
    for column in &table.columns {
        let Cells::Texts(texts) = &column.cells else { continue };
        let cells = 0..texts.states.len();
        let lengths: Vec<u64> =
            cells.filter_map(|cell| texts.get(cell)).map(|text| text.len() as u64).collect();
        out.packed(&lengths);
        out.bytes.extend_from_slice(texts.text.as_bytes());
    }
    out.number(table.strays.len() as u64);
    for stray in &table.strays {
        out.number(stray.column.into());
        out.number(stray.cell.into());
        out.text(&stray.text);
    }
    out.bytes
}

fn read_texts(table: &mut Table, from: &mut Reader<'_>) -> Result<(), Unread> {
    for column in &mut table.columns {
        let Cells::Texts(texts) = &mut column.cells else { continue };
        let answered = texts.states.iter().filter(|state| **state == State::Answered).count();
        let mut lengths = from.packed(answered, Some)?.into_iter();
        let unread = from.unread();
        let mut end = 0_u64;
        for state in &texts.states {
            if *state == State::Answered {
                end = end.checked_add(lengths.next().unwrap_or_default()).ok_or(unread)?;
            }
            texts.ends.push(u32::try_from(end).map_err(|_| unread)?);
        }
        let text = std::str::from_utf8(from.take(end as usize)?).map_err(|_| unread)?;
        if !texts.ends.iter().all(|end| text.is_char_boundary(*end as usize)) {
            return Err(unread);
        }
        text.clone_into(&mut texts.text);
    }
    for _ in 0..from.count()? {
        let unread = from.unread();
        let place = |number: u64| u32::try_from(number).map_err(|_| unread);
        let (column, cell) = (place(from.number()?)?, place(from.number()?)?);
        let text = from.text()?.to_owned();
        let cells = table.columns.get(column as usize).map_or(0, |column| column.cells.len());
        if cell as usize >= cells {
            return Err(unread);
        }
        table.strays.push(Stray { column, cell, text });
    }
    if from.left() > 0 { Err(from.unread()) } else { Ok(()) }
}

fn from_byte(code: u8) -> u64 {
    match code {
        NOT_SHOWN_BYTE => 0,
        BLANK_BYTE => 1,
        code => u64::from(code) + 2,
    }
}

fn to_byte(number: u64) -> u8 {
    match number {
        0 => NOT_SHOWN_BYTE,
        1 => BLANK_BYTE,
        number => (number - 2) as u8,
    }
}

fn from_code(code: u16) -> u64 {
    match code {
        NOT_SHOWN => 0,
        BLANK => 1,
        code => u64::from(code) + 2,
    }
}

fn to_code(number: u64) -> u16 {
    match number {
        0 => NOT_SHOWN,
        1 => BLANK,
        number => (number - 2) as u16,
    }
}

fn from_day(day: i32) -> u64 {
    match day {
        NO_DAY => 0,
        BLANK_DAY => 1,
        day => unsigned(day.into()) + 2,
    }
}

fn to_day(number: u64) -> Option<i32> {
    match number {
        0 => Some(NO_DAY),
        1 => Some(BLANK_DAY),
        number => i32::try_from(signed(number - 2)).ok(),
    }
}

fn from_state(state: State) -> u64 {
    match state {
        State::NotShown => 0,
        State::Blank => 1,
        State::Answered => 2,
    }
}

fn to_state(number: u64) -> Option<State> {
    match number {
        0 => Some(State::NotShown),
        1 => Some(State::Blank),
        2 => Some(State::Answered),
        _ => None,
    }
}

/// `None`: not a whole number, or one too large for that.
fn from_number(number: f64) -> Option<u64> {
    if number == f64::NEG_INFINITY {
        Some(0)
    } else if number.is_nan() {
        Some(1)
    } else {
        let whole = number as i32;
        // Minus zero is not zero.
        (f64::from(whole).to_bits() == number.to_bits()).then(|| unsigned(whole.into()) + 2)
    }
}

fn to_number(number: u64) -> f64 {
    match number {
        0 => f64::NEG_INFINITY,
        1 => f64::NAN,
        number => signed(number - 2) as f64,
    }
}
