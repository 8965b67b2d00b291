//! Which counts of a published table stay hidden, so that nobody can tell how few said something.
//!
//! A small count is hidden for itself (primary), and others with it (complementary), or the totals would give it away. The
//! rule by which the others are chosen proves nothing, so the result is audited: what a reader could work out about each
//! hidden cell is computed exactly ([`Suppressed::intervals`]), and more is hidden until no small count can be told.
//! Zeros are shown and never hidden to protect others; that a hidden cell is therefore at least 1 is reckoned with.

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
    } else if pattern.status.iter().any(|status| *status == Status::Primary) {
        pattern.protect();
    }
    pattern.into_suppressed(withheld)
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
            let Some(more) = self.best_beside(told).or_else(|| self.best(0..self.status.len(), |_| false))
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
        self.best(line, |position| self.crosses_hidden(one, position))
    }

    /// What else to hide beside a cell that can be told, in its row or column.
    fn best_beside(&self, cell: usize) -> Option<usize> {
        let (row, column) = self.network.place(cell);
        self.best(self.row(row).chain(self.column(column)), |position| self.crosses_hidden(cell, position))
    }

    /// Whether the line across through `position`, which lies in a line with `cell`, hides anything.
    fn crosses_hidden(&self, cell: usize, position: usize) -> bool {
        let ((row, column), (other_row, other_column)) =
            (self.network.place(cell), self.network.place(position));
        if row == other_row {
            self.column(other_column).any(|position| self.is_hidden(position))
        } else {
            debug_assert_eq!(column, other_column);
            self.row(other_row).any(|position| self.is_hidden(position))
        }
    }

    /// Of shown cells above 0: rather a cell than a total, then what is preferred, then the smallest, then the first. Never
    /// the grand total.
    fn best(&self, among: impl Iterator<Item = usize>, preferred: impl Fn(usize) -> bool) -> Option<usize> {
        among
            .filter(|position| {
                *position + 1 < self.status.len()
                    && !self.is_hidden(*position)
                    && self.network.count(*position) > 0
            })
            .min_by_key(|position| {
                (
                    self.network.is_total(*position),
                    !preferred(*position),
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
            if let Some(status) = self.status.get_mut(position).filter(|_| told) {
                if *status == Status::Complementary {
                    *status = Status::Shown;
                }
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
    others.sort_unstable();
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
mod tests {
    use super::Status::{Complementary, Primary, Shown};
    use super::*;
    use proptest::prelude::*;

    /// The least and the most of each count and total that fit what is shown, by trying all; hidden ones are at least `floor`.
    struct Brute<'a> {
        network: &'a Network,
        hidden: &'a [bool],
        floor: u64,
        now: Vec<u64>,
        bounds: Vec<(u64, u64)>,
    }

    impl Brute<'_> {
        fn of(network: &Network, hidden: &[bool], floor: u64) -> Vec<(u64, u64)> {
            let bounds = vec![(u64::MAX, 0); network.counts.len()];
            let now = network.counts.clone();
            let mut brute = Brute { network, hidden, floor, now, bounds };
            brute.fill(0);
            brute.bounds
        }

        fn fill(&mut self, position: usize) {
            let (columns, rows) = (self.network.columns, self.network.rows);
            let (row, column) = (position / columns, position % columns);
            if row + 1 == rows {
                self.finish();
                return;
            }
            let row_sum: u64 = self.now[row * columns..row * columns + column].iter().sum();
            let shown = |position: usize| !self.hidden[position];
            let limit = self.network.total();
            if column + 1 == columns {
                if shown(position) && row_sum != self.network.counts[position] {
                    return;
                }
                self.now[position] = row_sum;
                self.fill(position + 1);
                return;
            }
            if shown(position) {
                self.now[position] = self.network.counts[position];
                self.fill(position + 1);
                return;
            }
            let column_sum: u64 = (0..row).map(|row| self.now[row * columns + column]).sum();
            let all: u64 = (0..row).map(|row| self.now[row * columns + columns - 1]).sum::<u64>() + row_sum;
            let (row_total, column_total) = (row * columns + columns - 1, (rows - 1) * columns + column);
            let room = |at: usize, sum: u64| {
                if shown(at) { self.network.counts[at].saturating_sub(sum) } else { limit }
            };
            let most =
                room(row_total, row_sum).min(room(column_total, column_sum)).min(limit.saturating_sub(all));
            for count in self.floor..=most {
                self.now[position] = count;
                self.fill(position + 1);
            }
        }

        fn finish(&mut self) {
            let (columns, rows) = (self.network.columns, self.network.rows);
            for column in 0..columns {
                let at = (rows - 1) * columns + column;
                let sum = (0..rows - 1).map(|row| self.now[row * columns + column]).sum();
                if !self.hidden[at] && sum != self.network.counts[at] {
                    return;
                }
                self.now[at] = sum;
            }
            for (bounds, count) in self.bounds.iter_mut().zip(&self.now) {
                *bounds = (bounds.0.min(*count), bounds.1.max(*count));
            }
        }
    }

    fn hidden(found: &Suppressed) -> Vec<bool> {
        let hides = |status: &Status| *status != Shown;
        let mut hidden: Vec<bool> = Vec::new();
        for (row, total) in found.cells.iter().zip(&found.row_totals) {
            hidden.extend(row.iter().chain([total]).map(hides));
        }
        hidden.extend(found.column_totals.iter().map(hides));
        hidden.push(found.is_withheld());
        hidden
    }

    /// Everything that is promised of a table.
    fn check(table: &[Vec<u64>], rules: &Rules) -> Result<(), TestCaseError> {
        let found = suppress_by(table, rules);
        let network = Network::of(table);
        let most = rules.cell.max(rules.row).max(rules.column);
        prop_assert_eq!(found.is_withheld(), network.total() > 0 && network.total() < most);
        if found.is_withheld() {
            prop_assert!(found.cells.iter().flatten().all(|status| *status != Shown));
            prop_assert!(found.intervals().is_empty());
            return Ok(());
        }
        let hidden = hidden(&found);
        let (loose, strict) = (Brute::of(&network, &hidden, 0), Brute::of(&network, &hidden, 1));
        let mut everything = true;
        for (position, count) in network.counts.iter().enumerate() {
            let (row, column) = network.place(position);
            let grand = position + 1 == network.counts.len();
            if *count == 0 || grand {
                prop_assert!(!hidden[position], "a zero or the grand total is hidden");
            } else {
                everything &= hidden[position] || loose[position].0 == loose[position].1;
            }
            let least = match (row + 1 == network.rows, column + 1 == network.columns) {
                (false, false) => rules.cell,
                (false, true) => rules.row,
                (true, _) => rules.column,
            };
            if *count > 0 && *count < least && !grand {
                prop_assert!(hidden[position], "{} at {} is shown", count, position);
                prop_assert!(loose[position].1 >= least, "{} at {} is told to be small", count, position);
            }
            if hidden[position] {
                prop_assert!(loose[position].0 < loose[position].1, "{} at {} is told", count, position);
            }
        }
        for (position, count) in network.counts.iter().enumerate() {
            let (row, column) = network.place(position);
            if row + 1 < network.rows && column + 1 < network.columns && *count > 0 && *count < rules.cell {
                let (low, high) = strict[position];
                prop_assert!(everything || (low < high && high >= rules.cell), "{count} is at most {high}");
            }
        }
        let intervals = found.intervals();
        let cells = found.cells.iter().flatten().filter(|status| **status != Shown).count();
        prop_assert_eq!(intervals.len(), cells);
        for Interval { row, column, low, high } in intervals {
            prop_assert_eq!((low, high), loose[row * network.columns + column]);
        }
        Ok(())
    }

    #[test]
    fn a_two_is_hidden_with_three_others() {
        let table = [vec![34, 2, 18], vec![21, 15, 9], vec![12, 8, 25]];
        let found = suppress(&table, 5);
        let expected = [[Shown, Primary, Complementary], [Shown; 3], [Shown, Complementary, Complementary]];
        assert_eq!(found.cells, expected.map(|row| row.to_vec()));
        assert!(found.row_totals.iter().chain(&found.column_totals).all(|status| *status == Shown));
        let bounds: Vec<_> = found.intervals().into_iter().map(|found| (found.low, found.high)).collect();
        assert_eq!(bounds, [(0, 10), (10, 20), (0, 10), (23, 33)]);
        let hidden: Vec<Vec<bool>> =
            found.cells.iter().map(|row| row.iter().map(|status| *status != Shown).collect()).collect();
        assert_eq!(audit(&table, &hidden), found.intervals());
    }

    #[test]
    fn a_block_that_satisfies_the_rule_of_two_is_opened_further() {
        // Two in each line are hidden, but together they are 2: more must go.
        let found = suppress(&[vec![1, 1, 40, 50], vec![1, 1, 60, 70], vec![30, 40, 50, 60]], 5);
        let most = found.intervals().into_iter().filter(|found| found.row < 2 && found.column < 2);
        assert!(most.map(|found| found.high).min() >= Some(5));
    }

    #[test]
    fn a_small_group_is_hidden_whole_and_another_with_it() {
        let table = [vec![20, 6, 40], vec![30, 1, 50]];
        let found = suppress_by(&table, &Rules { cell: 5, row: 5, column: 10 });
        assert_eq!(found.column_totals, [Complementary, Primary, Shown]);
        assert_eq!(found.cells[0], [Complementary, Primary, Shown]);
        assert_eq!(found.cells[1], [Complementary, Primary, Shown]);
    }

    #[test]
    fn a_row_of_three_people_hides_its_total() {
        let found = suppress(&[vec![3, 0], vec![20, 30], vec![40, 50]], 5);
        assert_eq!(found.row_totals[0], Primary);
        assert!(!found.is_withheld());
        assert_eq!(found.cells[0], [Primary, Shown]);
    }

    #[test]
    fn nothing_small_hides_nothing_and_too_little_hides_all() {
        assert!(suppress(&[vec![5, 0], vec![9, 7]], 5).intervals().is_empty());
        assert!(!suppress(&[], 5).is_withheld() && !suppress(&[vec![0, 0]], 5).is_withheld());
        let few = suppress(&[vec![3, 0], vec![1, 0]], 5);
        assert!(few.is_withheld() && few.cells.iter().flatten().all(|status| *status != Shown));
        assert_eq!(suppress(&[vec![3, 9], vec![8]], 1).cells[1], [Shown, Shown]);
    }

    #[test]
    fn a_line_hides_two_or_more() {
        let found = suppress_line(&[2, 0, 9, 30, 7], 5);
        assert_eq!(found.cells, [Primary, Shown, Shown, Shown, Complementary]);
        assert_eq!((found.total, found.interval), (Shown, Some((0, 9))));
        assert_eq!(suppress_line(&[0, 9, 30], 5).interval, None);
        assert_eq!(suppress_line(&[1, 2], 5).total, Primary);
        assert_eq!((unanimous(&[0, 4, 0]), unanimous(&[1, 4]), unanimous(&[0])), (Some(1), None, None));
    }

    #[test]
    fn a_table_of_many_districts_is_done_in_time() {
        // 12 answers, 60 districts, counts of 0 to 40 by a fixed rule.
        let table: Vec<Vec<u64>> = (0..12u64)
            .map(|row| (0..60u64).map(|column| (row * 37 + column * column * 11) % 41).collect())
            .collect();
        let found = suppress(&table, 5);
        assert!(!found.is_withheld());
        assert!(found.intervals().iter().all(|found| found.low < found.high));
    }

    fn tables(rows: usize, columns: usize, most: u64) -> impl Strategy<Value = Vec<Vec<u64>>> {
        prop::collection::vec(prop::collection::vec(0..=most, columns), rows)
    }

    proptest! {
        #[test]
        fn no_small_count_of_a_small_table_can_be_told(table in tables(2, 3, 7), threshold in 2u64..6) {
            check(&table, &Rules { cell: threshold, row: threshold, column: threshold })?;
        }

        #[test]
        fn nor_of_a_square_one(table in tables(2, 2, 12), cell in 2u64..6, row in 0u64..9, column in 0u64..9) {
            check(&table, &Rules { cell, row, column })?;
        }

        #[test]
        fn nor_of_one_with_larger_counts_about(
            small in tables(3, 3, 2),
            large in prop::collection::vec(prop::bool::weighted(0.6), 9),
        ) {
            let mut table = small;
            for (position, large) in large.iter().enumerate() {
                table[position / 3][position % 3] += if *large { 3 } else { 0 };
            }
            let found = suppress(&table, 3);
            if hidden(&found).into_iter().filter(|hidden| *hidden).count() < 9 {
                check(&table, &Rules { cell: 3, row: 3, column: 3 })?;
            }
        }

        #[test]
        fn what_can_be_worked_out_is_what_trying_all_gives(
            table in tables(3, 3, 6),
            pattern in prop::collection::vec(prop::bool::ANY, 9),
        ) {
            let hidden: Vec<Vec<bool>> = pattern.chunks(3).map(<[bool]>::to_vec).collect();
            let network = Network::of(&table);
            let flat: Vec<bool> = (0..16).map(|at| at / 4 < 3 && at % 4 < 3 && hidden[at / 4][at % 4]).collect();
            let brute = Brute::of(&network, &flat, 0);
            for Interval { row, column, low, high } in audit(&table, &hidden) {
                prop_assert_eq!((low, high), brute[row * 4 + column]);
            }
        }

        #[test]
        fn a_line_gives_nothing_small_away(counts in prop::collection::vec(0u64..12, 0..7), threshold in 1u64..6) {
            let found = suppress_line(&counts, threshold);
            let total: u64 = counts.iter().sum();
            prop_assert_eq!(found.total != Shown, total > 0 && total < threshold);
            let hidden: Vec<u64> =
                counts.iter().zip(&found.cells).filter(|(_, status)| **status != Shown).map(|(count, _)| *count).collect();
            let sum: u64 = hidden.iter().sum();
            for (count, status) in counts.iter().zip(&found.cells) {
                prop_assert!(*count == 0 || *count >= threshold || *status == Primary);
                prop_assert!(*count > 0 || *status == Shown || found.total != Shown);
            }
            if let Some(interval) = found.interval {
                prop_assert_eq!(interval, (0, sum));
                prop_assert!(hidden.len() > 1 && sum >= threshold);
                let all = counts.iter().filter(|count| **count > 0).count() == hidden.len();
                prop_assert!(all || sum + 1 - hidden.len() as u64 >= threshold);
            }
        }
    }
}
