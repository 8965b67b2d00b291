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
fn a_line_with_nothing_else_to_hide_is_left_alone() {
    let found = suppress(&[vec![20, 2], vec![8, 12], vec![6, 0], vec![35, 6], vec![6, 12]], 5);
    assert!(found.row_totals.iter().chain(&found.column_totals).all(|status| *status == Shown));
    assert_eq!(found.cells[2], [Shown, Shown]);
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
