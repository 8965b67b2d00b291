use super::cells::{
    BLANK, BLANK_BYTE, BLANK_DAY, Cells, Code, NO_DAY, NOT_SHOWN, NOT_SHOWN_BYTE, State, Texts,
};
use super::statistics::multiple::Marks;
use super::statistics::priority::{Points, borda};
use super::table::{Column, Table};
use crate::form::{ChoiceList, Role};

/// What one question's cells come to; tallies of parts merge to the tally of the whole by addition.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tally {
    /// Cells that were shown.
    pub shown: usize,
    /// Shown and skipped.
    pub blank: usize,
    /// Per choice (by position in the list): answers, marks or, for an order, people who put it first. Empty without a list.
    pub counts: Vec<usize>,
    /// Many choices: cells with a substantive mark. An order: cells with a choice.
    pub cases: usize,
    /// Many choices: cells marked with a missing value alone, per choice.
    pub missing: Vec<usize>,
    /// Places, for an order.
    pub places: Vec<[usize; 3]>,
    /// Numbers, unsorted.
    pub numbers: Vec<f64>,
    /// Days since 1970-01-01, unsorted.
    pub days: Vec<i32>,
    /// Texts answered.
    pub texts: usize,
}

impl Tally {
    /// Counts a column's cells whose row is selected.
    pub fn of(table: &Table, column: &Column, choices: Option<&ChoiceList>, selected: &[bool]) -> Tally {
        let length = choices.map_or(0, |list| list.choices.len());
        let mut tally = Tally { counts: vec![0; length], missing: vec![0; length], ..Tally::default() };
        let chosen = |cell: usize| selected.get(table.owner(column, cell)).copied().unwrap_or(false);
        match &column.cells {
            Cells::Codes(codes) => {
                for (_, code) in codes.iter().enumerate().filter(|(cell, _)| chosen(*cell)) {
                    match *code {
                        NOT_SHOWN_BYTE => continue,
                        BLANK_BYTE => tally.blank += 1,
                        code => add(&mut tally.counts, usize::from(code)),
                    }
                    tally.shown += 1;
                }
            }
            Cells::Wide(codes) => {
                for (_, code) in codes.iter().enumerate().filter(|(cell, _)| chosen(*cell)) {
                    match *code {
                        NOT_SHOWN => continue,
                        BLANK => tally.blank += 1,
                        code => add(&mut tally.counts, usize::from(code)),
                    }
                    tally.shown += 1;
                }
            }
            Cells::Sets { stride, words } => {
                let cells = words.chunks_exact(*stride).enumerate().filter(|(cell, _)| chosen(*cell));
                tally.sets(cells.map(|(_, words)| words), choices);
            }
            Cells::Orders { stride, codes } => {
                let cells = codes.chunks_exact(*stride).enumerate().filter(|(cell, _)| chosen(*cell));
                tally.orders(cells.map(|(_, codes)| codes), length);
            }
            Cells::Numbers(numbers) => {
                for (_, number) in numbers.iter().enumerate().filter(|(cell, _)| chosen(*cell)) {
                    if number.is_finite() {
                        tally.numbers.push(*number);
                    } else if number.is_nan() {
                        tally.blank += 1;
                    }
                }
                tally.shown = tally.numbers.len() + tally.blank;
            }
            Cells::Days(days) => {
                for (_, day) in days.iter().enumerate().filter(|(cell, _)| chosen(*cell)) {
                    match *day {
                        NO_DAY => {}
                        BLANK_DAY => tally.blank += 1,
                        day => tally.days.push(day),
                    }
                }
                tally.shown = tally.days.len() + tally.blank;
            }
            Cells::States(states) | Cells::Texts(Texts { states, .. }) => {
                for (_, state) in states.iter().enumerate().filter(|(cell, _)| chosen(*cell)) {
                    match state {
                        State::NotShown => {}
                        State::Blank => tally.blank += 1,
                        State::Answered => tally.texts += 1,
                    }
                }
                tally.shown = tally.texts + tally.blank;
            }
        }
        tally
    }

    fn sets<'a>(&mut self, cells: impl Iterator<Item = &'a [u64]>, choices: Option<&ChoiceList>) {
        let is_missing = |code: usize| {
            let role = choices.and_then(|list| list.choices.get(code)).map(|choice| choice.role);
            matches!(role, Some(Role::DontKnow | Role::NotApplicable | Role::Refused))
        };
        let length = self.counts.len();
        for words in cells {
            if words.first().is_none_or(|word| word & 1 == 0) {
                continue;
            }
            self.shown += 1;
            let marked = |code: &usize| {
                let bit = code + 1;
                words.get(bit / 64).is_some_and(|word| word >> (bit % 64) & 1 == 1)
            };
            let marks: Vec<usize> = (0..length).filter(marked).collect();
            let substantive: Vec<usize> = marks.iter().copied().filter(|code| !is_missing(*code)).collect();
            match (substantive.is_empty(), marks.first()) {
                (true, None) => self.blank += 1,
                (true, Some(missing)) => add(&mut self.missing, *missing),
                (false, _) => {
                    let one = Marks::of([substantive.as_slice()], length);
                    self.cases += one.cases;
                    sum(&mut self.counts, &one.counts);
                }
            }
        }
    }

    fn orders<'a>(&mut self, cells: impl Iterator<Item = &'a [u16]>, length: usize) {
        self.places = vec![[0; 3]; length];
        for codes in cells {
            if codes.first() == Some(&NOT_SHOWN) {
                continue;
            }
            self.shown += 1;
            let order: Vec<usize> =
                codes.iter().take_while(|code| **code != BLANK).map(|code| usize::from(*code)).collect();
            let (people, points) = borda([order.as_slice()], length);
            self.cases += people;
            self.blank += 1 - people.min(1);
            for (total, Points { places }) in self.places.iter_mut().zip(points) {
                for (total, place) in total.iter_mut().zip(places) {
                    *total += place;
                }
            }
        }
    }

    /// Rows that own a cell with an answer on which percentages stand. In a repeat there may be fewer people than answers.
    pub fn people(table: &Table, column: &Column, choices: Option<&ChoiceList>, selected: &[bool]) -> usize {
        let missing = |code: usize| {
            let role = choices.and_then(|list| list.choices.get(code)).map(|choice| choice.role);
            matches!(role, Some(Role::DontKnow | Role::NotApplicable | Role::Refused))
        };
        let answered = |cell: &usize| match &column.cells {
            Cells::Codes(_) | Cells::Wide(_) => {
                matches!(column.code(*cell), Code::Choice(code) if !missing(code))
            }
            Cells::Sets { stride, words } => {
                words.get(cell * stride..(cell + 1) * stride).is_some_and(|words| {
                    words.iter().enumerate().any(|(i, word)| if i == 0 { *word > 1 } else { *word > 0 })
                })
            }
            Cells::Orders { stride, codes } => {
                codes.get(cell * stride).is_some_and(|code| !matches!(*code, NOT_SHOWN | BLANK))
            }
            Cells::Numbers(numbers) => numbers.get(*cell).is_some_and(|number| number.is_finite()),
            Cells::Days(days) => days.get(*cell).is_some_and(|day| !matches!(*day, NO_DAY | BLANK_DAY)),
            Cells::States(states) | Cells::Texts(Texts { states, .. }) => {
                states.get(*cell) == Some(&State::Answered)
            }
        };
        let mut owners: Vec<usize> = (0..column.cells.len())
            .filter(answered)
            .map(|cell| table.owner(column, cell))
            .filter(|row| selected.get(*row).copied().unwrap_or(false))
            .collect();
        owners.dedup();
        owners.len()
    }

    /// Adds the tally of another part.
    pub fn merge(&mut self, other: Tally) {
        self.shown += other.shown;
        self.blank += other.blank;
        self.cases += other.cases;
        self.texts += other.texts;
        sum(&mut self.counts, &other.counts);
        sum(&mut self.missing, &other.missing);
        if self.places.len() < other.places.len() {
            self.places.resize(other.places.len(), [0; 3]);
        }
        for (total, places) in self.places.iter_mut().zip(&other.places) {
            for (total, place) in total.iter_mut().zip(places) {
                *total += place;
            }
        }
        self.numbers.extend(other.numbers);
        self.days.extend(other.days);
    }
}

fn add(counts: &mut [usize], at: usize) {
    if let Some(count) = counts.get_mut(at) {
        *count += 1;
    }
}

fn sum(totals: &mut Vec<usize>, others: &[usize]) {
    if totals.len() < others.len() {
        totals.resize(others.len(), 0);
    }
    for (total, other) in totals.iter_mut().zip(others) {
        *total += other;
    }
}
