use super::cells::{Cells, Code};
use super::question::Source;
use super::rules::Part;
use super::statistics::moments::Moments;
use super::table::Column;
use crate::form::Choice;

/// A one-choice column seen through what its choices mean: worked out once a choice, not once a person.
#[derive(Debug, Clone)]
pub(super) struct Lens<'a, T = f64> {
    column: &'a Column,
    /// What each choice means, by its position in the list.
    pub(super) values: Vec<Option<T>>,
}

impl<'a, T: Copy> Lens<'a, T> {
    pub(super) fn of(
        source: &Source<'a>,
        column: &'a Column,
        meaning: impl Fn(&Choice) -> Option<T>,
    ) -> Lens<'a, T> {
        let choices = source.choices(column).map(|list| list.choices.as_slice()).unwrap_or_default();
        Lens { column, values: choices.iter().map(meaning).collect() }
    }

    /// What a row's answer means.
    pub(super) fn at(&self, row: usize) -> Option<T> {
        match &self.column.cells {
            Cells::Codes(codes) => self.value(usize::from(*codes.get(row)?)),
            _ => self.value(self.code(row)?),
        }
    }

    /// The position of a row's choice.
    pub(super) fn code(&self, row: usize) -> Option<usize> {
        match self.column.code(row) {
            Code::Choice(code) => Some(code),
            Code::NotShown | Code::Blank => None,
        }
    }

    /// What the choice at a position means.
    pub(super) fn value(&self, code: usize) -> Option<T> {
        self.values.get(code).copied().flatten()
    }

    /// Every row's meaning in order, `none` where there is none. Bytes go through a table without a branch.
    pub(super) fn each(&self, none: T, mut see: impl FnMut(usize, T)) {
        match &self.column.cells {
            Cells::Codes(codes) => {
                let table = self.table(none);
                for (row, code) in codes.iter().enumerate() {
                    see(row, table.get(usize::from(*code)).copied().unwrap_or(none));
                }
            }
            _ => (0..self.column.cells.len()).for_each(|row| see(row, self.at(row).unwrap_or(none))),
        }
    }

    fn table(&self, none: T) -> [T; 256] {
        let mut table = [none; 256];
        table.iter_mut().zip(&self.values).for_each(|(entry, value)| *entry = value.unwrap_or(none));
        table
    }
}

impl Lens<'_, f64> {
    /// Count, sum and sum of squares of the meanings of the rows that `wanted` marks; all of them have one.
    pub(super) fn sums(&self, wanted: &[bool]) -> Sums {
        let mut sums = Sums::default();
        match &self.column.cells {
            Cells::Codes(codes) => {
                let mut counts = [0_u32; 256];
                for (code, wanted) in codes.iter().zip(wanted) {
                    if let Some(count) = counts.get_mut(usize::from(*code)) {
                        *count += u32::from(*wanted);
                    }
                }
                for (value, count) in self.values.iter().zip(counts) {
                    value.iter().for_each(|value| sums.add(*value, f64::from(count)));
                }
            }
            _ => {
                for (row, _) in wanted.iter().enumerate().filter(|(_, wanted)| **wanted) {
                    self.at(row).iter().for_each(|value| sums.add(*value, 1.0));
                }
            }
        }
        sums
    }
}

/// Count, sum and sum of squares of numbers between 0 and some hundreds: exact enough, and three additions each.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sums {
    n: f64,
    sum: f64,
    squares: f64,
}

impl Sums {
    pub(super) fn add(&mut self, value: f64, count: f64) {
        self.n += count;
        self.sum += count * value;
        self.squares += count * value * value;
    }

    pub(super) fn moments(self) -> Moments {
        let mean = if self.n > 0.0 { self.sum / self.n } else { 0.0 };
        Moments { n: self.n, mean, m2: (self.squares - self.n * mean * mean).max(0.0) }
    }
}

/// A share under construction.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Share {
    pub(super) count: usize,
    pub(super) base: usize,
    weight: f64,
    pub(super) base_weight: f64,
    error: Option<(f64, f64)>,
}

impl Share {
    /// Of each selected row's yes or no; `None`: not in the base.
    pub(super) fn of(source: Source<'_>, answer: impl Fn(usize) -> Option<bool>) -> Share {
        let mut share = Share::default();
        for row in source.selection.rows() {
            if let Some(yes) = answer(row) {
                share.add(yes, source.selection.weight(row));
            }
        }
        let value = |row: usize| answer(row).map(|yes| f64::from(u8::from(yes)));
        share.error = source.drawn.and_then(|drawn| drawn.error(source.selection, value));
        share
    }

    /// One more of the base, counted or not.
    pub(super) fn add(&mut self, counted: bool, weight: f64) {
        self.base += 1;
        self.base_weight += weight;
        if counted {
            self.count += 1;
            self.weight += weight;
        }
    }

    pub(super) fn part(self) -> Part {
        let share = if self.base_weight > 0.0 { self.weight / self.base_weight } else { 0.0 };
        Part { count: self.count, base: self.base, share, error: self.error }
    }
}
