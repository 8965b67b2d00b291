use super::cells::{
    BLANK, BLANK_BYTE, BLANK_DAY, Cells, Code, NO_DAY, NOT_SHOWN, NOT_SHOWN_BYTE, State, Texts,
};
use super::selection::Selection;
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
    /// The same by weight; empty where every answer counts the same.
    pub weights: Vec<f64>,
    /// Many choices: cells with a substantive mark. An order: cells with a choice.
    pub cases: usize,
    /// The same by weight.
    pub case_weight: f64,
    /// Many choices: cells marked with a missing value alone, per choice.
    pub missing: Vec<usize>,
    /// Places, for an order.
    pub places: Vec<[usize; 3]>,
    /// Places by weight; empty where every answer counts the same.
    pub place_weights: Vec<[f64; 3]>,
    /// Numbers with their weights, unsorted.
    pub numbers: Vec<(f64, f64)>,
    /// Days since 1970-01-01, unsorted.
    pub days: Vec<i32>,
    /// Texts answered.
    pub texts: usize,
}

impl Tally {
    /// Counts a column's cells whose row is selected.
    pub fn of(table: &Table, column: &Column, choices: Option<&ChoiceList>, selection: &Selection) -> Tally {
        match selection.of_cells(table, column) {
            Some(of_cells) => Tally::counted(column, choices, &of_cells),
            None => Tally::counted(column, choices, selection),
        }
    }

    fn counted(column: &Column, choices: Option<&ChoiceList>, selection: &Selection) -> Tally {
        let length = choices.map_or(0, |list| list.choices.len());
        let mut tally = Tally { counts: vec![0; length], missing: vec![0; length], ..Tally::default() };
        let mask = selection.mask();
        match &column.cells {
            Cells::Codes(codes) => tally.codes(codes, selection),
            Cells::Wide(codes) => {
                for (cell, code) in codes.iter().enumerate().filter(|(cell, _)| selection.has(*cell)) {
                    match *code {
                        NOT_SHOWN => continue,
                        BLANK => tally.blank += 1,
                        code => tally.add(usize::from(code), selection.weight(cell), selection),
                    }
                    tally.shown += 1;
                }
            }
            Cells::Sets { stride, words } => tally.sets(*stride, words, choices, selection),
            Cells::Orders { stride, codes } => {
                let cells = codes.chunks_exact(*stride).enumerate().filter(|(cell, _)| selection.has(*cell));
                tally.orders(cells, length, selection);
            }
            Cells::Numbers(numbers) => {
                for (cell, number) in numbers.iter().enumerate().filter(|(cell, _)| selection.has(*cell)) {
                    if number.is_finite() {
                        tally.numbers.push((*number, selection.weight(cell)));
                    } else if number.is_nan() {
                        tally.blank += 1;
                    }
                }
                tally.shown = tally.numbers.len() + tally.blank;
            }
            Cells::Days(days) => {
                for (day, _) in days.iter().zip(mask).filter(|(_, chosen)| **chosen) {
                    match *day {
                        NO_DAY => {}
                        BLANK_DAY => tally.blank += 1,
                        day => tally.days.push(day),
                    }
                }
                tally.shown = tally.days.len() + tally.blank;
            }
            Cells::States(states) | Cells::Texts(Texts { states, .. }) => {
                for (state, _) in states.iter().zip(mask).filter(|(_, chosen)| **chosen) {
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

    /// Counts bytes; the loop that a phone-sized machine runs a few million times for one click.
    fn codes(&mut self, codes: &[u8], selection: &Selection) {
        let counts = match selection.is_whole() {
            true => histogram(codes),
            false => masked_histogram(codes, selection.mask()),
        };
        let of = |code: u8| counts.get(usize::from(code)).copied().unwrap_or(0);
        for (count, found) in self.counts.iter_mut().zip(&counts) {
            *count = *found;
        }
        self.blank = of(BLANK_BYTE);
        self.shown = selection.count().min(codes.len()) - of(NOT_SHOWN_BYTE);
        if let Some(weights) = selection.weights() {
            let mut sums = [0.0; 256];
            for (code, weight) in codes.iter().zip(weights) {
                if let Some(sum) = sums.get_mut(usize::from(*code)) {
                    *sum += weight;
                }
            }
            self.weights = sums.iter().copied().take(self.counts.len()).collect();
        }
    }

    fn add(&mut self, code: usize, weight: f64, selection: &Selection) {
        add(&mut self.counts, code);
        if selection.weights().is_some() {
            self.weights.resize(self.counts.len(), 0.0);
            if let Some(sum) = self.weights.get_mut(code) {
                *sum += weight;
            }
        }
    }

    fn sets(&mut self, stride: usize, words: &[u64], choices: Option<&ChoiceList>, selection: &Selection) {
        // Bits of choices that are no answer, and the bit that says "shown".
        let mut outside = vec![0_u64; stride];
        let mut mark = |bit: usize| {
            if let Some(word) = outside.get_mut(bit / 64) {
                *word |= 1 << (bit % 64);
            }
        };
        mark(0);
        let roles = choices.iter().flat_map(|list| &list.choices).map(|choice| choice.role);
        for (code, _) in roles.enumerate().filter(|(_, role)| is_missing(*role)) {
            mark(code + 1);
        }
        let weighted = selection.weights().is_some();
        if weighted {
            self.weights.resize(self.counts.len(), 0.0);
        }
        for (cell, words) in words.chunks_exact(stride).enumerate() {
            if !selection.has(cell) || words.first().is_none_or(|word| word & 1 == 0) {
                continue;
            }
            self.shown += 1;
            let mut answered = false;
            let weight = if weighted { selection.weight(cell) } else { 0.0 };
            for (at, (word, outside)) in words.iter().zip(&outside).enumerate() {
                let mut bits = word & !outside;
                answered |= bits != 0;
                while bits != 0 {
                    let code = at * 64 + bits.trailing_zeros() as usize - 1;
                    add(&mut self.counts, code);
                    if let Some(sum) = self.weights.get_mut(code) {
                        *sum += weight;
                    }
                    bits &= bits - 1;
                }
            }
            if answered {
                self.cases += 1;
                self.case_weight += weight;
                continue;
            }
            let first = words.iter().enumerate().find_map(|(at, word)| {
                let bits = if at == 0 { word & !1 } else { *word };
                (bits != 0).then(|| at * 64 + bits.trailing_zeros() as usize - 1)
            });
            match first {
                None => self.blank += 1,
                Some(code) => add(&mut self.missing, code),
            }
        }
    }

    fn orders<'a>(
        &mut self,
        cells: impl Iterator<Item = (usize, &'a [u16])>,
        length: usize,
        selection: &Selection,
    ) {
        self.places = vec![[0; 3]; length];
        let weighted = selection.weights().is_some();
        if weighted {
            self.place_weights = vec![[0.0; 3]; length];
        }
        for (cell, codes) in cells {
            if codes.first() == Some(&NOT_SHOWN) {
                continue;
            }
            self.shown += 1;
            let order: Vec<usize> =
                codes.iter().take_while(|code| **code != BLANK).map(|code| usize::from(*code)).collect();
            let (people, points) = borda([order.as_slice()], length);
            self.cases += people;
            self.blank += 1 - people.min(1);
            for (total, Points { places }) in self.places.iter_mut().zip(&points) {
                total.iter_mut().zip(places).for_each(|(total, place)| *total += place);
            }
            if weighted {
                let weight = selection.weight(cell);
                self.case_weight += weight * people as f64;
                for (total, Points { places }) in self.place_weights.iter_mut().zip(&points) {
                    total.iter_mut().zip(places).for_each(|(total, place)| *total += weight * *place as f64);
                }
            }
        }
    }

    /// A choice's weight; its count where every answer counts the same.
    pub fn weight(&self, choice: usize) -> f64 {
        match self.weights.get(choice) {
            Some(weight) => *weight,
            None => self.counts.get(choice).map_or(0.0, |count| *count as f64),
        }
    }

    /// The weight of the cells with a mark.
    pub fn weight_of_cases(&self) -> f64 {
        if self.weights.is_empty() { self.cases as f64 } else { self.case_weight }
    }

    /// Rows that own a cell with an answer on which percentages stand. In a repeat there may be fewer people than answers.
    pub fn people(
        table: &Table,
        column: &Column,
        choices: Option<&ChoiceList>,
        selection: &Selection,
    ) -> usize {
        let missing = |code: usize| {
            let role = choices.and_then(|list| list.choices.get(code)).map(|choice| choice.role);
            role.is_some_and(is_missing)
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
            .filter(|row| selection.has(*row))
            .collect();
        owners.dedup();
        owners.len()
    }

    /// Adds the tally of another part.
    pub fn merge(&mut self, other: Tally) {
        self.shown += other.shown;
        self.blank += other.blank;
        self.cases += other.cases;
        self.case_weight += other.case_weight;
        self.texts += other.texts;
        sum(&mut self.counts, &other.counts);
        sum(&mut self.missing, &other.missing);
        sum(&mut self.weights, &other.weights);
        if self.places.len() < other.places.len() {
            self.places.resize(other.places.len(), [0; 3]);
        }
        for (total, places) in self.places.iter_mut().zip(&other.places) {
            for (total, place) in total.iter_mut().zip(places) {
                *total += place;
            }
        }
        if self.place_weights.len() < other.place_weights.len() {
            self.place_weights.resize(other.place_weights.len(), [0.0; 3]);
        }
        for (total, places) in self.place_weights.iter_mut().zip(&other.place_weights) {
            total.iter_mut().zip(places).for_each(|(total, place)| *total += place);
        }
        self.numbers.extend(other.numbers);
        self.days.extend(other.days);
    }
}

/// Don't know, not applicable, refused.
pub(super) fn is_missing(role: Role) -> bool {
    matches!(role, Role::DontKnow | Role::NotApplicable | Role::Refused)
}

/// How often each byte occurs. Four counters side by side: equal neighbours do not wait for each other.
fn histogram(codes: &[u8]) -> [usize; 256] {
    let mut lanes = [[0_u32; 256]; 4];
    let (fours, rest) = codes.as_chunks::<4>();
    for four in fours {
        for (lane, code) in lanes.iter_mut().zip(four) {
            if let Some(count) = lane.get_mut(usize::from(*code)) {
                *count += 1;
            }
        }
    }
    let mut counts = [0; 256];
    for lane in &lanes {
        for (count, found) in counts.iter_mut().zip(lane) {
            *count += *found as usize;
        }
    }
    for code in rest {
        add(&mut counts, usize::from(*code));
    }
    counts
}

fn masked_histogram(codes: &[u8], mask: &[bool]) -> [usize; 256] {
    let mut counts = [0_u32; 256];
    for (code, chosen) in codes.iter().zip(mask) {
        if let Some(count) = counts.get_mut(usize::from(*code)) {
            *count += u32::from(*chosen);
        }
    }
    counts.map(|count| count as usize)
}

fn add(counts: &mut [usize], at: usize) {
    if let Some(count) = counts.get_mut(at) {
        *count += 1;
    }
}

fn sum<T: Copy + Default + std::ops::AddAssign>(totals: &mut Vec<T>, others: &[T]) {
    if totals.len() < others.len() {
        totals.resize(others.len(), T::default());
    }
    for (total, other) in totals.iter_mut().zip(others) {
        *total += *other;
    }
}
