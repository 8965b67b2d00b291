use std::collections::HashMap;

use super::cells::Cells;
use super::order;
use super::selection::Selection;
use super::table::{Column, Table};
use super::view::Filter;
use crate::form::{ChoiceList, Form};

/// What is left of a selection when every filter holds. A filter on a question that the form has not leaves nothing: a view
/// that cannot be made must not look like the whole.
pub(super) fn chosen(form: &Form, table: &Table, selection: Selection, filters: &[Filter]) -> Selection {
    if filters.is_empty() {
        return selection;
    }
    let mut mask = selection.mask().to_vec();
    for filter in filters {
        narrow(form, table, filter, &mut mask);
    }
    let weights = selection.weights().map(<[f64]>::to_vec);
    let selection = Selection::of(mask);
    match weights {
        Some(weights) => selection.with_weights(weights),
        None => selection,
    }
}

/// More cells than these tell everybody apart.
const MOST_CELLS: usize = 1 << 20;

/// A filter's question taken apart.
struct Parts {
    /// Per row, the number of its part.
    of_row: Vec<u32>,
    /// Per part, whether the filter chose it.
    chosen: Vec<bool>,
}

/// Whether views like this one, subtracted from one another, tell the answers of fewer than `least` people.
///
/// Rows are crossed by the questions of all filters. On each line of that table (one question's parts, among the people of one
/// part of the others) parts that are too small are never chosen; and if they are too small even together, nor is the
/// smallest of the rest, as whoever knows the line and all other parts of it knows them.
pub(super) fn tells_few(
    form: &Form,
    table: &Table,
    whole: &Selection,
    filters: &[Filter],
    least: usize,
) -> bool {
    let parts: Vec<Parts> = filters.iter().map(|filter| parts(form, table, filter, whole)).collect();
    let cells = parts.iter().try_fold(1_usize, |cells, parts| cells.checked_mul(parts.chosen.len().max(1)));
    let Some(cells) = cells.filter(|cells| *cells <= MOST_CELLS) else { return true };
    let mut counts = vec![0_usize; cells];
    for row in whole.rows() {
        let cell = parts.iter().fold(0, |cell, parts| {
            cell * parts.chosen.len() + parts.of_row.get(row).copied().unwrap_or(0) as usize
        });
        if let Some(count) = counts.get_mut(cell) {
            *count += 1;
        }
    }
    (0..parts.len())
        .any(|at| lines(&parts, &counts, at).iter().any(|line| line_tells(line, &parts, at, least)))
}

/// Every line along a question: for each part that the others chose (what they did not choose is one part), for all that
/// they chose, and for everybody.
fn lines(parts: &[Parts], counts: &[usize], along: usize) -> Vec<Vec<usize>> {
    let length = parts.get(along).map_or(0, |parts| parts.chosen.len());
    let chosen = |parts: &Parts| parts.chosen.iter().filter(|chosen| **chosen).count();
    let others = parts.iter().enumerate().filter(|(at, _)| *at != along);
    let number: usize = others.map(|(_, parts)| chosen(parts) + 1).product();
    let mut lines = vec![vec![0; length]; number + 2];
    for (cell, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let (mut rest, mut own, mut line, mut all) = (cell, 0, 0, true);
        for (at, parts) in parts.iter().enumerate().rev() {
            let part = rest % parts.chosen.len();
            rest /= parts.chosen.len();
            if at == along {
                own = part;
                continue;
            }
            let before = parts.chosen.get(..part).unwrap_or_default();
            let place = match parts.chosen.get(part) {
                Some(true) => 1 + before.iter().filter(|chosen| **chosen).count(),
                _ => 0,
            };
            all &= place > 0;
            line = line * (chosen(parts) + 1) + place;
        }
        for line in [Some(line), all.then_some(number), Some(number + 1)].into_iter().flatten() {
            if let Some(known) = lines.get_mut(line).and_then(|line| line.get_mut(own)) {
                *known += count;
            }
        }
    }
    lines
}

fn line_tells(line: &[usize], parts: &[Parts], along: usize, least: usize) -> bool {
    let mut sizes: Vec<(usize, usize)> =
        line.iter().enumerate().filter(|(_, size)| **size > 0).map(|(part, size)| (*size, part)).collect();
    order::sort(&mut sizes);
    let mut together = 0;
    for (size, part) in sizes {
        if size >= least && (together == 0 || together >= least) {
            return false;
        }
        if parts.get(along).and_then(|parts| parts.chosen.get(part)) == Some(&true) {
            return true;
        }
        together += size;
    }
    false
}

fn parts(form: &Form, table: &Table, filter: &Filter, whole: &Selection) -> Parts {
    let mut mask = vec![true; table.rows.len()];
    narrow(form, table, filter, &mut mask);
    let column = match filter {
        Filter::Choices { question, .. } => table.column(form, question),
        _ => None,
    };
    let value: Box<dyn FnMut(usize) -> u64 + '_> =
        match (filter, column.map(|column| (column, &column.cells))) {
            (_, Some((_, Cells::Codes(codes)))) => {
                Box::new(|row| codes.get(row).copied().map_or(0, u64::from))
            }
            (_, Some((_, Cells::Wide(codes)))) => {
                Box::new(|row| codes.get(row).copied().map_or(0, u64::from))
            }
            (Filter::Choices { choices, .. }, Some((column, Cells::Sets { stride, words }))) => {
                // By the wanted ones alone: what else they marked, this filter does not tell.
                let mut wanted = vec![0_u64; *stride];
                let list = list_of(form, column).map(|list| list.choices.as_slice()).unwrap_or_default();
                for (code, _) in list.iter().enumerate().filter(|(_, choice)| choices.contains(&choice.name))
                {
                    if let Some(word) = wanted.get_mut((code + 1) / 64) {
                        *word |= 1 << ((code + 1) % 64);
                    }
                }
                let mut sets: HashMap<(u64, u64), u64> = HashMap::new();
                Box::new(move |row| {
                    let words = words.get(row * stride..(row + 1) * stride).unwrap_or_default();
                    words.iter().zip(&wanted).fold(0, |known, (word, wanted)| match (known, word & wanted) {
                        (0, word) if word >> 63 == 0 => word,
                        pair => {
                            let next = sets.len() as u64 | 1 << 63;
                            *sets.entry(pair).or_insert(next)
                        }
                    })
                })
            }
            (Filter::Languages(_), _) => {
                Box::new(|row| table.rows.get(row).map_or(0, |facts| u64::from(facts.language)))
            }
            (Filter::Days { .. }, _) => periods(table, whole, &mask),
            _ => Box::new(|_| 0),
        };
    numbered(value, &mask)
}

/// Moved by a day at either end, a period loses its first or last day or wins the one beside it: these are parts.
fn periods<'a>(table: &'a Table, whole: &Selection, mask: &[bool]) -> Box<dyn FnMut(usize) -> u64 + 'a> {
    let day = |row: usize| table.rows.get(row).map_or(0, |facts| facts.finished);
    let inside = || whole.rows().filter(|row| mask.get(*row) == Some(&true)).map(day);
    let (first, last) = (inside().min().unwrap_or(0), inside().max().unwrap_or(0));
    let before = whole.rows().map(day).filter(|day| *day < first).max();
    let after = whole.rows().map(day).filter(|day| *day > last).min();
    Box::new(move |row| {
        let day = day(row);
        match day {
            day if Some(day) == before => 1,
            day if Some(day) == after => 2,
            day if day == first => 3,
            day if day == last => 4,
            day if day < first => 5,
            day if day > last => 6,
            _ => 7,
        }
    })
}

/// Numbers values as they are first seen, those chosen and those not apart.
fn numbered(mut value: Box<dyn FnMut(usize) -> u64 + '_>, mask: &[bool]) -> Parts {
    let mut parts = Parts { of_row: Vec::with_capacity(mask.len()), chosen: Vec::new() };
    // Nearly every value is a small code.
    let mut small = [None; 2048];
    let mut large: HashMap<(u64, u64), u64> = HashMap::new();
    for (row, chosen) in mask.iter().enumerate() {
        let value = value(row);
        let next = || {
            parts.chosen.push(*chosen);
            parts.chosen.len() as u64 - 1
        };
        let slot = (value < 1024).then(|| value as usize * 2 + usize::from(*chosen));
        let number = match slot.and_then(|slot| small.get_mut(slot)) {
            Some(known) => *known.get_or_insert_with(next),
            None => *large.entry((u64::from(*chosen), value)).or_insert_with(next),
        };
        parts.of_row.push(number as u32);
    }
    parts
}

fn narrow(form: &Form, table: &Table, filter: &Filter, mask: &mut [bool]) {
    match filter {
        Filter::Choices { question, choices } => {
            let column = table.column(form, question).filter(|column| column.repeat.is_none());
            match column {
                Some(column) => of_choices(column, list_of(form, column), choices, mask),
                None => mask.fill(false),
            }
        }
        Filter::Languages(tags) => {
            let wanted: Vec<bool> = table.languages.iter().map(|tag| tags.contains(tag)).collect();
            for (row, facts) in mask.iter_mut().zip(&table.rows) {
                *row &= wanted.get(usize::from(facts.language)).copied().unwrap_or(false);
            }
        }
        Filter::Days { from, to } => {
            let from = from.map_or(i32::MIN, |day| day.days());
            let to = to.map_or(i32::MAX, |day| day.days());
            for (row, facts) in mask.iter_mut().zip(&table.rows) {
                *row &= (from..=to).contains(&facts.finished);
            }
        }
    }
}

fn list_of<'a>(form: &'a Form, column: &Column) -> Option<&'a ChoiceList> {
    form.node(column.node).and_then(|node| form.choices_of(node))
}

fn of_choices(column: &Column, list: Option<&ChoiceList>, choices: &[String], mask: &mut [bool]) {
    let all = list.map(|list| list.choices.as_slice()).unwrap_or_default();
    let wanted: Vec<bool> = all.iter().map(|choice| choices.contains(&choice.name)).collect();
    let has = |code: usize| wanted.get(code).copied().unwrap_or(false);
    match &column.cells {
        Cells::Codes(codes) => {
            let mut table = [false; 256];
            table.iter_mut().zip(&wanted).for_each(|(entry, wanted)| *entry = *wanted);
            for (row, code) in mask.iter_mut().zip(codes) {
                *row &= table.get(usize::from(*code)).copied().unwrap_or(false);
            }
        }
        Cells::Wide(codes) => {
            mask.iter_mut().zip(codes).for_each(|(row, code)| *row &= has(usize::from(*code)));
        }
        Cells::Sets { stride, words } => {
            let mut bits = vec![0_u64; *stride];
            for (code, _) in wanted.iter().enumerate().filter(|(_, wanted)| **wanted) {
                if let Some(word) = bits.get_mut((code + 1) / 64) {
                    *word |= 1 << ((code + 1) % 64);
                }
            }
            for (row, words) in mask.iter_mut().zip(words.chunks_exact(*stride)) {
                *row &= words.iter().zip(&bits).any(|(word, bits)| word & bits != 0);
            }
        }
        // Only closed questions make filters.
        _ => mask.fill(false),
    }
}
