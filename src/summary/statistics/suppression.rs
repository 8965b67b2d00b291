//! Which counts of a published table stay hidden, so that nobody can tell how few said something.
//!
//! A small count is hidden for itself (primary), and others with it (complementary), or the totals would give it away. The
//! rule by which the others are chosen proves nothing, so the result is audited: what a reader could work out about each
//! hidden cell is computed exactly ([`Suppressed::intervals`]), and more is hidden until no small count can be told.
//! Zeros are shown and never hidden to protect others; that a hidden cell is therefore at least 1 is reckoned with.

use super::super::order;
use super::flow::{Network, Search};

/// What becomes of a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Status {
    /// Shown.
    #[default]
    Shown,
    /// Hidden, because it is small.
    Primary,
    /// Hidden, because a small one could be worked out from it. To be shown as a primary one is, so that nobody can tell
    /// which is which.
    Complementary,
}

/// The least that may be shown. 0 is always shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// Of a cell.
    pub cell: u64,
    /// Of a row's total; a smaller row is hidden whole.
    pub row: u64,
    /// Of a column's total; a smaller column is hidden whole.
    pub column: u64,
}

/// A two-way table with its totals, and what of it is hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppressed {
    /// Per row and column.
    pub cells: Vec<Vec<Status>>,
    /// Per row.
    pub row_totals: Vec<Status>,
    /// Per column.
    pub column_totals: Vec<Status>,
    /// Of the grand total: hidden when it is itself too small. Then nothing of the table may be shown, not even zeros.
    pub total: Status,
    network: Network,
}

/// What a reader can work out about a hidden cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// Its row.
    pub row: usize,
    /// Its column.
    pub column: usize,
    /// The least that it may be.
    pub low: u64,
    /// The most that it may be.
    pub high: u64,
}

impl Suppressed {
    /// Whether nothing may be shown.
    pub fn is_withheld(&self) -> bool {
        self.total != Status::Shown
    }

    /// For each hidden cell, row after row, the least and the most that fit all that is shown. Empty when nothing is hidden
    /// or everything.
    pub fn intervals(&self) -> Vec<Interval> {
        if self.is_withheld() {
            return Vec::new();
        }
        let mut hidden: Vec<bool> = Vec::with_capacity(self.network.counts.len());
        let is_hidden = |status: &Status| *status != Status::Shown;
        for (row, total) in self.cells.iter().zip(&self.row_totals) {
            hidden.extend(row.iter().chain([total]).map(is_hidden));
        }
        hidden.extend(self.column_totals.iter().map(is_hidden));
        bounds(&self.network, &hidden)
    }
}

/// What a reader could work out about each hidden cell of a table, row after row, with all totals shown.
pub fn audit(table: &[Vec<u64>], hidden: &[Vec<bool>]) -> Vec<Interval> {
    let network = Network::of(table);
    let is_hidden = |position: usize| {
        let (row, column) = network.place(position);
        !network.is_total(position) && hidden.get(row).and_then(|row| row.get(column)) == Some(&true)
    };
    let hidden: Vec<bool> = (0..network.counts.len()).map(is_hidden).collect();
    bounds(&network, &hidden)
}

fn bounds(network: &Network, hidden: &[bool]) -> Vec<Interval> {
    let mut search = Search::default();
    network.search(positions(hidden), 0, &mut search);
    let cells: Vec<usize> = positions(hidden).filter(|position| !network.is_total(*position)).collect();
    cells
        .into_iter()
        .map(|position| {
            let ((row, column), count) = (network.place(position), network.count(position));
            let (fall, rise) = (search.fall(position, u64::MAX), search.rise(position, u64::MAX));
            Interval { row, column, low: count - fall, high: count + rise }
        })
        .collect()
}

fn positions(hidden: &[bool]) -> impl Iterator<Item = usize> {
    hidden.iter().enumerate().filter(|(_, hidden)| **hidden).map(|(position, _)| position)
}

/// Hides counts and totals of 1 to `threshold` - 1, and as many others as it takes.
pub fn suppress(table: &[Vec<u64>], threshold: u64) -> Suppressed {
    suppress_by(table, &Rules { cell: threshold, row: threshold, column: threshold })
}

/// Hides what [`Rules`] say and as many others as it takes, so that with all that is shown, and knowing that no hidden count
/// is 0, a reader must think it possible that each small count or total is large enough to be shown, and cannot tell any
/// other cell of a hidden line to within the least cell. Only where hiding everything but the grand total does not reach
/// that far, each small count is still not told exactly and may be large enough for all that a reader knows who overlooks
/// that zeros are shown.
pub fn suppress_by(table: &[Vec<u64>], rules: &Rules) -> Suppressed {
    let mut pattern = Pattern::of(Network::of(table), rules);
    let total = pattern.network.total();
    let withheld = total > 0 && total < rules.cell.max(rules.row).max(rules.column);
    if withheld {
        pattern.withhold();
    } else if pattern.status.contains(&Status::Primary) {
        pattern.protect();
    }
    pattern.into_suppressed(withheld)
}

/// What else the line across a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Across {
    Hides,
    Shows,
    /// Nothing but zeros: hiding the cell would hide the line's total, too.
    Ends,
}

struct Pattern {
    network: Network,
    rules: Rules,
    /// As the network's counts.
    status: Vec<Status>,
    search: Search,
}

impl Pattern {
    fn of(network: Network, rules: &Rules) -> Pattern {
        let grand = network.counts.len().saturating_sub(1);
        let small = |count: u64, least: u64| count > 0 && count < least;
        let status = (0..=grand)
            .map(|position| {
                let (row, column) = network.place(position);
                let count = network.count(position);
                let row_total = network.count((row + 1) * network.columns - 1);
                let column_total = network.count((network.rows - 1) * network.columns + column);
                let (last_row, last_column) = (row + 1 == network.rows, column + 1 == network.columns);
                // The last row's and column's totals are the grand total, which is not hidden here.
                let in_small_line = (!last_row && small(row_total, rules.row))
                    || (!last_column && small(column_total, rules.column));
                let is_small = position != grand
                    && count > 0
                    && (in_small_line || (!last_row && !last_column && small(count, rules.cell)));
                if is_small { Status::Primary } else { Status::Shown }
            })
            .collect();
        Pattern { network, rules: *rules, status, search: Search::default() }
    }

    fn withhold(&mut self) {
        for (status, count) in self.status.iter_mut().zip(&self.network.counts) {
            *status = if *count > 0 { Status::Primary } else { Status::Complementary };
        }
    }

    fn protect(&mut self) {
        loop {
            self.complete_lines();
            let Some(told) = self.first_told() else { break };
            let Some(more) =
                self.best_beside(told).or_else(|| self.best(0..self.status.len(), |_| Across::Shows))
            else {
                break;
            };
            self.hide(more);
        }
        self.show_what_is_told_anyway();
    }

    /// A row or column that hides one hides two: the smallest that may be, rather where the line across hides one already.
    fn complete_lines(&mut self) {
        let (rows, columns) = (self.network.rows, self.network.columns);
        loop {
            let mut changed = false;
            for line in 0..rows + columns {
                let more =
                    if line < rows { self.lone(self.row(line)) } else { self.lone(self.column(line - rows)) };
                if let Some(more) = more {
                    self.hide(more);
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
    }

    fn row(&self, row: usize) -> impl Iterator<Item = usize> + Clone + use<> {
        let columns = self.network.columns;
        row * columns..(row + 1) * columns
    }

    fn column(&self, column: usize) -> impl Iterator<Item = usize> + Clone + use<> {
        (column..self.status.len()).step_by(self.network.columns)
    }

    fn is_hidden(&self, position: usize) -> bool {
        self.status.get(position).is_some_and(|status| *status != Status::Shown)
    }

    /// What else to hide in a line that hides a single cell.
    fn lone(&self, line: impl Iterator<Item = usize> + Clone) -> Option<usize> {
        let mut hidden = line.clone().filter(|position| self.is_hidden(*position));
        let one = hidden.next()?;
        if hidden.next().is_some() {
            return None;
        }
        self.best(line, |position| self.across(one, position))
    }

    /// What else to hide beside a cell that can be told, in its row or column.
    fn best_beside(&self, cell: usize) -> Option<usize> {
        let (row, column) = self.network.place(cell);
        self.best(self.row(row).chain(self.column(column)), |position| self.across(cell, position))
    }

    /// How well `position`, which lies in a line with `cell`, may be hidden for it: best where the line across hides one
    /// already, worst where it holds nothing else that could be.
    fn across(&self, cell: usize, position: usize) -> Across {
        let ((row, _), (other_row, other_column)) = (self.network.place(cell), self.network.place(position));
        if row == other_row {
            self.look_across(self.column(other_column), position)
        } else {
            self.look_across(self.row(other_row), position)
        }
    }

    fn look_across(&self, line: impl Iterator<Item = usize> + Clone, position: usize) -> Across {
        let as_good = |other: usize| !self.network.is_total(other) || self.network.is_total(position);
        let cell = |other: usize| {
            other != position
                && other + 1 < self.status.len()
                && self.network.count(other) > 0
                && as_good(other)
        };
        match () {
            () if line.clone().any(|other| self.is_hidden(other)) => Across::Hides,
            () if line.clone().any(cell) => Across::Shows,
            () => Across::Ends,
        }
    }

    /// Of shown cells above 0: rather a cell than a total, then what suits the line across, then the smallest, then the
    /// first. Never the grand total.
    fn best(&self, among: impl Iterator<Item = usize>, across: impl Fn(usize) -> Across) -> Option<usize> {
        among
            .filter(|position| {
                *position + 1 < self.status.len()
                    && !self.is_hidden(*position)
                    && self.network.count(*position) > 0
            })
            .min_by_key(|position| {
                (
                    self.network.is_total(*position),
                    across(*position),
                    self.network.count(*position),
                    *position,
                )
            })
    }

    fn hide(&mut self, position: usize) {
        if let Some(status) = self.status.get_mut(position) {
            *status = Status::Complementary;
        }
    }

    fn hidden(&self) -> Vec<usize> {
        (0..self.status.len()).filter(|position| self.is_hidden(*position)).collect()
    }

    /// The first small count that a reader can tell who knows that hidden ones are at least 1.
    fn first_told(&mut self) -> Option<usize> {
        let hidden = self.hidden();
        self.network.search(hidden.iter().copied(), 1, &mut self.search);
        let primary = |position: &usize| self.status.get(*position) == Some(&Status::Primary);
        let small: Vec<usize> = hidden.into_iter().filter(primary).collect();
        small.into_iter().find(|position| self.is_told(*position))
    }

    fn is_told(&mut self, position: usize) -> bool {
        let (row, column) = self.network.place(position);
        let least = match (row + 1 == self.network.rows, column + 1 == self.network.columns) {
            (false, false) => self.rules.cell,
            (false, true) => self.rules.row,
            _ => self.rules.column,
        };
        // Up to the least that is shown; a larger one, which a small line hides, must only be uncertain by so much.
        let count = self.network.count(position);
        let up = least.saturating_sub(count);
        let width = if up > 0 { up } else { least.max(1) };
        let rise = self.search.rise(position, width);
        rise < up || rise + self.search.fall(position, width - rise.min(width)) < width
    }

    /// Hidden cells that are not small and can be told exactly protect nobody.
    fn show_what_is_told_anyway(&mut self) {
        let hidden = self.hidden();
        self.network.search(hidden.iter().copied(), 0, &mut self.search);
        for position in hidden {
            let told = self.search.rise(position, 1) == 0 && self.search.fall(position, 1) == 0;
            if let Some(status) = self.status.get_mut(position)
                && told
                && *status == Status::Complementary
            {
                *status = Status::Shown;
            }
        }
    }

    fn into_suppressed(self, withheld: bool) -> Suppressed {
        let mut rows = self.status.chunks(self.network.columns);
        let mut cells = Vec::with_capacity(self.network.rows);
        let mut row_totals = Vec::with_capacity(self.network.rows);
        for row in rows.by_ref().take(self.network.rows - 1) {
            cells.push(row.iter().copied().take(self.network.columns - 1).collect());
            row_totals.extend(row.last());
        }
        let last = rows.next().unwrap_or_default();
        Suppressed {
            cells,
            row_totals,
            column_totals: last.iter().copied().take(self.network.columns - 1).collect(),
            total: if withheld { Status::Primary } else { Status::Shown },
            network: self.network,
        }
    }
}

/// A list of counts that add to a shown total, and what of it is hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuppressedLine {
    /// Per count.
    pub cells: Vec<Status>,
    /// Of the total: hidden when it is itself too small. Then nothing may be shown, not even zeros.
    pub total: Status,
    /// The least and the most that any one of the hidden counts may be; `None` when nothing is hidden or everything.
    pub interval: Option<(u64, u64)>,
}

/// Hides counts of 1 to `threshold` - 1 and the smallest of the others, until a reader must think it possible that each is
/// large enough to be shown.
pub fn suppress_line(counts: &[u64], threshold: u64) -> SuppressedLine {
    let total: u64 = counts.iter().sum();
    if total > 0 && total < threshold {
        let status = |count: &u64| if *count > 0 { Status::Primary } else { Status::Complementary };
        return SuppressedLine {
            cells: counts.iter().map(status).collect(),
            total: Status::Primary,
            interval: None,
        };
    }
    let small = |count: u64| count > 0 && count < threshold;
    let mut cells: Vec<Status> =
        counts.iter().map(|count| if small(*count) { Status::Primary } else { Status::Shown }).collect();
    let (mut number, mut sum) =
        counts.iter().filter(|count| small(**count)).fold((0, 0), |(n, sum), count| (n + 1, sum + count));
    if number == 0 {
        return SuppressedLine { cells, total: Status::Shown, interval: None };
    }
    let mut others: Vec<(u64, usize)> = counts
        .iter()
        .enumerate()
        .filter(|(_, count)| **count >= threshold.max(1))
        .map(|(position, count)| (*count, position))
        .collect();
    order::sort(&mut others);
    for (count, position) in others {
        // All others of the hidden ones are at least 1.
        if number > 1 && sum + 1 >= threshold + number {
            break;
        }
        if let Some(status) = cells.get_mut(position) {
            *status = Status::Complementary;
        }
        (number, sum) = (number + 1, sum + count);
    }
    SuppressedLine { cells, total: Status::Shown, interval: Some((0, sum)) }
}

/// The one answer that everybody in a group gave, by its position: to show that nobody gave another tells everybody's. `None`
/// when answers differ, or there is none.
pub fn unanimous(counts: &[u64]) -> Option<usize> {
    let mut given = counts.iter().enumerate().filter(|(_, count)| **count > 0).map(|(position, _)| position);
    let one = given.next()?;
    given.next().is_none().then_some(one)
}

#[cfg(test)]
mod tests;
