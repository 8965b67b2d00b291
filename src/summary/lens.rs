use super::cells::{Cells, Code};
use super::question::Source;
use super::rules::Part;
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

    /// Tells every row whose answer means something, in order.
    pub(super) fn each(&self, mut see: impl FnMut(usize, T)) {
        for row in 0..self.column.cells.len() {
            if let Some(value) = self.at(row) {
                see(row, value);
            }
        }
    }
}

/// A share under construction.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Share {
    pub(super) count: usize,
    pub(super) base: usize,
    weight: f64,
    pub(super) base_weight: f64,
}

impl Share {
    /// One more of the base, counted or not.
    pub(super) fn add(&mut self, counted: bool, weight: f64) {
        self.add_all(counted, 1, weight);
    }

    /// Several more that together weigh so much.
    pub(super) fn add_all(&mut self, counted: bool, count: usize, weight: f64) {
        self.base += count;
        self.base_weight += weight;
        if counted {
            self.count += count;
            self.weight += weight;
        }
    }

    pub(super) fn part(self) -> Part {
        let share = if self.base_weight > 0.0 { self.weight / self.base_weight } else { 0.0 };
        Part { count: self.count, base: self.base, share, error: None }
    }
}
