use std::collections::HashMap;

use super::layout::{Column, Part};
use crate::form::Form;
use crate::summary::{
    BLANK, BLANK_BYTE, BLANK_DAY, Cells, NO_DAY, NOT_SHOWN, NOT_SHOWN_BYTE, State, Table, Texts,
};

/// The whole numbers below are told apart by floating point.
const WHOLE: f64 = 9_007_199_254_740_992.0;

/// Where a table's instances and strays stand.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    /// Per repeat: the first instance of each row, and one more at the end.
    starts: Vec<Vec<u32>>,
    /// Strays by column and cell.
    strays: HashMap<(u32, u32), usize>,
    /// Strays by the row that owns them.
    by_row: HashMap<u32, Vec<usize>>,
}

/// Rows on their way into a file, in the file's order.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block<'t> {
    /// The form.
    pub(super) form: &'t Form,
    /// The rows.
    pub(super) table: &'t Table,
    /// Where their instances and strays stand.
    pub(super) places: &'t Places,
    /// How many rows of the file stand before.
    pub(super) before: usize,
    /// Which rows have some of their answers withheld; empty: none.
    pub(super) withheld: &'t [bool],
}

/// What a cell of a file tells.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Value<'t> {
    /// Not shown, or withheld.
    NotShown,
    /// Shown and skipped.
    Skipped,
    /// An answer that fits no choice, as it was given.
    Stray(&'t str),
    /// One choice: its position.
    Choice(usize),
    /// Many choices: bit 1 + i is choice i.
    Set(&'t [u64]),
    /// Choices in order.
    Order(&'t [u16]),
    /// Whether a choice is marked.
    Mark(bool),
    /// In which place a choice was put, from 1.
    Place(usize),
    /// A number.
    Number(f64),
    /// A day since 1970-01-01.
    Day(i32),
    /// A text, time or moment.
    Text(&'t str),
}

impl Places {
    pub(super) fn of(table: &Table) -> Places {
        let starts: Vec<Vec<u32>> = table
            .repeats
            .iter()
            .map(|owners| {
                let mut starts = vec![0; table.rows.len() + 1];
                for owner in owners {
                    if let Some(count) = starts.get_mut(*owner as usize + 1) {
                        *count += 1;
                    }
                }
                let mut sum = 0;
                for start in &mut starts {
                    sum += *start;
                    *start = sum;
                }
                starts
            })
            .collect();
        let mut places = Places { starts, ..Places::default() };
        for (at, stray) in table.strays.iter().enumerate() {
            places.strays.insert((stray.column, stray.cell), at);
            let owner = table
                .columns
                .get(stray.column as usize)
                .map(|column| table.owner(column, stray.cell as usize));
            places.by_row.entry(owner.unwrap_or(0) as u32).or_default().push(at);
        }
        places
    }

    /// The cells of a repeat that belong to a row.
    fn instances(&self, repeat: usize, row: u32) -> std::ops::Range<u32> {
        let starts = self.starts.get(repeat).map(Vec::as_slice).unwrap_or_default();
        let at = |row: u32| starts.get(row as usize).copied().unwrap_or(0);
        at(row)..at(row + 1)
    }
}

impl<'t> Block<'t> {
    /// What a column says in a row.
    #[inline]
    pub(super) fn value(&self, column: &Column, row: usize) -> Value<'t> {
        let Some(source) = self.table.columns.get(column.table) else { return Value::NotShown };
        if column.withheld && self.withheld.get(row) == Some(&true) {
            return Value::NotShown;
        }
        let cell = match column.instance {
            None => row,
            Some((repeat, number)) => {
                let instances = self.places.instances(repeat, row as u32);
                let cell = instances.start as usize + number;
                if cell >= instances.end as usize {
                    return Value::NotShown;
                }
                cell
            }
        };
        match (&source.cells, column.part) {
            (Cells::Codes(codes), _) => match codes.get(cell) {
                None | Some(&NOT_SHOWN_BYTE) => Value::NotShown,
                Some(&BLANK_BYTE) => self.skipped(column, cell),
                Some(code) => Value::Choice(usize::from(*code)),
            },
            (Cells::Wide(codes), _) => match codes.get(cell) {
                None | Some(&NOT_SHOWN) => Value::NotShown,
                Some(&BLANK) => self.skipped(column, cell),
                Some(code) => Value::Choice(usize::from(*code)),
            },
            (Cells::Sets { stride, words }, part) => {
                let words = words.get(cell * stride..(cell + 1) * stride).unwrap_or_default();
                self.set(column, cell, words, part)
            }
            (Cells::Orders { stride, codes }, part) => {
                let codes = codes.get(cell * stride..(cell + 1) * stride).unwrap_or_default();
                self.order(column, cell, codes, part)
            }
            (Cells::Numbers(numbers), _) => match numbers.get(cell) {
                None | Some(&f64::NEG_INFINITY) => Value::NotShown,
                Some(number) if number.is_nan() => self.skipped(column, cell),
                // Whole numbers beyond this are strays: they are not what was answered any more.
                Some(number) if number.abs() >= WHOLE => {
                    self.stray(column, cell).map_or(Value::Number(*number), Value::Stray)
                }
                Some(number) => Value::Number(*number),
            },
            (Cells::Days(days), _) => match days.get(cell) {
                None | Some(&NO_DAY) => Value::NotShown,
                Some(&BLANK_DAY) => self.skipped(column, cell),
                Some(day) => Value::Day(*day),
            },
            (Cells::Texts(texts), _) => match texts.states.get(cell) {
                Some(State::Answered) => Value::Text(texts.get(cell).unwrap_or_default()),
                Some(State::Blank) => Value::Skipped,
                _ => Value::NotShown,
            },
            (Cells::States(states), _) => match states.get(cell) {
                Some(State::Blank) => Value::Skipped,
                _ => Value::NotShown,
            },
        }
    }

    fn stray(&self, column: &Column, cell: usize) -> Option<&'t str> {
        if self.places.strays.is_empty() {
            return None;
        }
        let at = self.places.strays.get(&(column.table as u32, cell as u32))?;
        self.table.strays.get(*at).map(|stray| stray.text.as_str())
    }

    fn choice_name(&self, column: &Column, at: usize) -> &'t str {
        let list = self.form.node(column.node).and_then(|node| self.form.choices_of(node));
        list.and_then(|list| list.choices.get(at)).map_or("", |choice| choice.name.as_str())
    }

    fn skipped(&self, column: &Column, cell: usize) -> Value<'t> {
        self.stray(column, cell).map_or(Value::Skipped, Value::Stray)
    }

    fn set(&self, column: &Column, cell: usize, words: &'t [u64], part: Part) -> Value<'t> {
        if words.first().is_none_or(|word| word & 1 == 0) {
            return Value::NotShown;
        }
        let answered = words.iter().enumerate().any(|(at, word)| word & !u64::from(at == 0) != 0);
        match (self.stray(column, cell), part) {
            (Some(text), Part::Whole) => Value::Stray(text),
            (None, _) if !answered => Value::Skipped,
            (_, Part::Whole) => Value::Set(words),
            (_, Part::Choice(at)) => Value::Mark(has(words, at)),
        }
    }

    fn order(&self, column: &Column, cell: usize, codes: &'t [u16], part: Part) -> Value<'t> {
        match (codes.first(), self.stray(column, cell), part) {
            (None | Some(&NOT_SHOWN), ..) => Value::NotShown,
            (_, Some(text), Part::Whole) => Value::Stray(text),
            (Some(&BLANK), None, _) => Value::Skipped,
            (_, None, Part::Whole) => Value::Order(codes),
            (_, stray, Part::Choice(at)) => {
                let place = match stray {
                    None => codes.iter().position(|code| usize::from(*code) == at),
                    // A choice that the list has not takes its place all the same.
                    Some(text) => text.split(' ').position(|name| name == self.choice_name(column, at)),
                };
                place.map_or(Value::Skipped, |place| Value::Place(place + 1))
            }
        }
    }
}

/// Whether a set of choices has the one at this position.
pub(super) fn has(words: &[u64], at: usize) -> bool {
    words.get((at + 1) / 64).is_some_and(|word| word >> ((at + 1) % 64) & 1 == 1)
}

/// Puts the rows named into a table, in the order named, in place of what it holds. Both tables are of the same form; texts
/// come along where both keep them.
pub(super) fn pick(from: &Table, places: &Places, rows: &[u32], into: &mut Table) {
    into.rows.clear();
    into.rows.extend(rows.iter().filter_map(|row| from.rows.get(*row as usize)));
    into.waves.clone_from(&from.waves);
    into.languages.clone_from(&from.languages);
    let mut picked: Vec<Vec<u32>> = Vec::new();
    for (repeat, owners) in into.repeats.iter_mut().enumerate() {
        owners.clear();
        let mut cells = Vec::new();
        for (to, row) in (0..).zip(rows) {
            let instances = places.instances(repeat, *row);
            owners.extend(instances.clone().map(|_| to));
            cells.extend(instances);
        }
        picked.push(cells);
    }
    for (column, source) in into.columns.iter_mut().zip(&from.columns) {
        let cells = match source.repeat {
            None => rows,
            Some(repeat) => picked.get(repeat).map(Vec::as_slice).unwrap_or_default(),
        };
        pick_cells(&source.cells, cells, &mut column.cells);
    }
    into.strays.clear();
    if into.keeps_texts() && !from.strays.is_empty() {
        pick_strays(from, places, rows, into);
    }
}

fn pick_strays(from: &Table, places: &Places, rows: &[u32], into: &mut Table) {
    let to_places = Places::of(into);
    for (to, row) in (0..).zip(rows) {
        for stray in places.by_row.get(row).into_iter().flatten().filter_map(|at| from.strays.get(*at)) {
            let repeat = from.columns.get(stray.column as usize).and_then(|column| column.repeat);
            let cell = match repeat {
                None => to,
                Some(repeat) => {
                    let number = stray.cell - places.instances(repeat, *row).start;
                    to_places.instances(repeat, to).start + number
                }
            };
            into.strays.push(crate::summary::Stray { cell, ..stray.clone() });
        }
    }
}

fn pick_cells(from: &Cells, cells: &[u32], into: &mut Cells) {
    match (from, into) {
        (Cells::Codes(from), Cells::Codes(into)) => fill(from, cells, into, NOT_SHOWN_BYTE),
        (Cells::Wide(from), Cells::Wide(into)) => fill(from, cells, into, NOT_SHOWN),
        (Cells::Numbers(from), Cells::Numbers(into)) => fill(from, cells, into, f64::NEG_INFINITY),
        (Cells::Days(from), Cells::Days(into)) => fill(from, cells, into, NO_DAY),
        (Cells::States(from), Cells::States(into)) => fill(from, cells, into, State::NotShown),
        (Cells::Texts(from), Cells::States(into)) => fill(&from.states, cells, into, State::NotShown),
        (Cells::Sets { stride, words: from }, Cells::Sets { words: into, .. }) => {
            fill_strided(from, cells, into, *stride);
        }
        (Cells::Orders { stride, codes: from }, Cells::Orders { codes: into, .. }) => {
            fill_strided(from, cells, into, *stride);
        }
        (Cells::Texts(from), Cells::Texts(into)) => {
            let Texts { states, ends, text } = into;
            states.clear();
            ends.clear();
            text.clear();
            for cell in cells {
                let cell = *cell as usize;
                let state = from.states.get(cell).copied().unwrap_or(State::NotShown);
                into.push(state, from.get(cell).unwrap_or_default());
            }
        }
        _ => {}
    }
}

fn fill<T: Copy>(from: &[T], cells: &[u32], into: &mut Vec<T>, otherwise: T) {
    into.clear();
    into.extend(cells.iter().map(|cell| from.get(*cell as usize).copied().unwrap_or(otherwise)));
}

fn fill_strided<T: Copy>(from: &[T], cells: &[u32], into: &mut Vec<T>, stride: usize) {
    into.clear();
    for cell in cells {
        let start = *cell as usize * stride;
        into.extend_from_slice(from.get(start..start + stride).unwrap_or_default());
    }
}
