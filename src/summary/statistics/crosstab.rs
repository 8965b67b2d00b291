//! Two questions against each other: shares by column, chi-square and what goes with it. Tests belong to probability samples
//! only: the caller sees to that.

use super::distribution::chi_square_above;

/// A table of counts, which may be fractions.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Crosstab {
    /// Row after row.
    counts: Vec<f64>,
    rows: Vec<f64>,
    columns: Vec<f64>,
    total: f64,
}

/// How strongly the rows and columns of a table hang together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Association {
    /// Pearson's chi-square: Σ (O - E)² / E.
    pub chi_square: f64,
    /// (r - 1)(c - 1).
    pub df: f64,
    /// The chance of a chi-square at least this large.
    pub chance: f64,
    /// The smallest expected count. Below 5, chi-square is not to be trusted.
    pub least_expected: f64,
    /// Cramér's V, 0 to 1: √(χ² / (n (min(r, c) - 1))).
    pub v: f64,
    /// V less what chance alone would give (Bergsma 2013), 0 to 1.
    pub v_corrected: f64,
}

impl Crosstab {
    /// Of counts row after row, `columns` in each. A last row that is not full is left out.
    pub fn of(counts: Vec<f64>, columns: usize) -> Crosstab {
        let mut table = Crosstab { columns: vec![0.0; columns], ..Crosstab::default() };
        for row in counts.chunks_exact(columns.max(1)) {
            let sum = row.iter().sum();
            table.rows.push(sum);
            table.total += sum;
            table.columns.iter_mut().zip(row).for_each(|(sum, count)| *sum += count);
        }
        Crosstab { counts, ..table }
    }

    /// The same shares, counted as if `n` had answered: weighted counts at their effective size, so that the tests know how
    /// little they weigh.
    pub fn at_size(&self, n: f64) -> Crosstab {
        let scale = if self.total > 0.0 { n / self.total } else { 0.0 };
        Crosstab::of(self.counts.iter().map(|count| count * scale).collect(), self.columns.len())
    }

    /// All counts together.
    pub fn total(&self) -> f64 {
        self.total
    }

    /// Percentages of each column, laid out as the counts; 0 in an empty column.
    pub fn column_percents(&self) -> Vec<f64> {
        self.each(|count, _, column| if column > 0.0 { 100.0 * count / column } else { 0.0 })
    }

    /// The counts to expect if rows and columns had nothing to do with each other: row total × column total / total.
    pub fn expected(&self) -> Vec<f64> {
        self.each(|_, row, column| self.expect(row, column))
    }

    /// (O - E) / √(E (1 - row share)(1 - column share)): beyond ±1.96 a cell stands out. 0 where nothing can be expected.
    pub fn adjusted_residuals(&self) -> Vec<f64> {
        self.each(|count, row, column| {
            let expected = self.expect(row, column);
            let spread = expected * (1.0 - row / self.total) * (1.0 - column / self.total);
            if spread > 0.0 { (count - expected) / spread.sqrt() } else { 0.0 }
        })
    }

    /// Chi-square and Cramér's V over the rows and columns that hold anything; `None` for fewer than two of either.
    pub fn association(&self) -> Option<Association> {
        let filled = |sums: &[f64]| sums.iter().filter(|sum| **sum > 0.0).count() as f64;
        let (r, c, n) = (filled(&self.rows), filled(&self.columns), self.total);
        if r < 2.0 || c < 2.0 {
            return None;
        }
        let (mut chi_square, mut least_expected) = (0.0, f64::INFINITY);
        for (count, row, column) in self.cells() {
            let expected = self.expect(row, column);
            if expected > 0.0 {
                chi_square += (count - expected).powi(2) / expected;
                least_expected = expected.min(least_expected);
            }
        }
        let df = (r - 1.0) * (c - 1.0);
        let phi = (chi_square / n - df / (n - 1.0)).max(0.0);
        let corrected = |lines: f64| lines - (lines - 1.0).powi(2) / (n - 1.0);
        let room = corrected(r).min(corrected(c)) - 1.0;
        Some(Association {
            chi_square,
            df,
            chance: chi_square_above(chi_square, df),
            least_expected,
            v: (chi_square / (n * (r.min(c) - 1.0))).sqrt(),
            v_corrected: if room > 0.0 { (phi / room).sqrt() } else { 0.0 },
        })
    }

    fn expect(&self, row: f64, column: f64) -> f64 {
        if self.total > 0.0 { row * column / self.total } else { 0.0 }
    }

    /// Count, row total and column total of each cell.
    fn cells(&self) -> impl Iterator<Item = (f64, f64, f64)> {
        let rows = self.counts.chunks_exact(self.columns.len().max(1)).zip(&self.rows);
        rows.flat_map(|(row, sum)| {
            row.iter().zip(&self.columns).map(move |(count, column)| (*count, *sum, *column))
        })
    }

    fn each(&self, of: impl Fn(f64, f64, f64) -> f64) -> Vec<f64> {
        self.cells().map(|(count, row, column)| of(count, row, column)).collect()
    }
}

/// Chi-square of a table of two by two with Yates's correction, and its chance: each |O - E| is made smaller by ½, or by
/// itself if it is less. `None` with an empty row or column.
pub fn yates(table: [[f64; 2]; 2]) -> Option<(f64, f64)> {
    let [[a, b], [c, d]] = table;
    let n = a + b + c + d;
    let margins = (a + b) * (c + d) * (a + c) * (b + d);
    if margins.is_nan() || margins <= 0.0 {
        return None;
    }
    // |O - E| is the same in all four cells.
    let away = ((a * d - b * c) / n).abs();
    let corrected = away - away.min(0.5);
    let chi_square = corrected * corrected * n * n * n / margins;
    Some((chi_square, chi_square_above(chi_square, 1.0)))
}

/// Fisher's exact two-sided chance for a table of two by two: that of all tables with the same margins that are no likelier.
/// Chances that differ by a ten-millionth count as equal, as in R.
pub fn fisher(table: [[u64; 2]; 2]) -> f64 {
    let [[a, b], [c, d]] = table;
    let (row, column, n) = (a + b, a + c, a + b + c + d);
    let (least, most) = ((row + column).saturating_sub(n), row.min(column));
    // How likely each count of the first cell is beside its lower neighbour, from the likeliest outwards.
    let step = |k: u64| {
        let (up, down) =
            ((row - k) as f64 * (column - k) as f64, (k + 1) as f64 * (n + k + 1 - row - column) as f64);
        up / down
    };
    let mode = ((row + 1) as f64 * (column + 1) as f64 / (n + 2) as f64) as u64;
    let mode = mode.clamp(least, most);
    let mut chances = vec![0.0; (most - least + 1) as usize];
    let mut put = |k: u64, chance: f64| {
        if let Some(place) = chances.get_mut((k - least) as usize) {
            *place = chance;
        }
    };
    let mut chance = 1.0;
    put(mode, chance);
    for k in mode..most {
        chance *= step(k);
        put(k + 1, chance);
    }
    chance = 1.0;
    for k in (least..mode).rev() {
        chance /= step(k);
        put(k, chance);
    }
    let limit = chances.get((a - least) as usize).copied().unwrap_or(0.0) * (1.0 + 1e-7);
    let unlikely: f64 = chances.iter().filter(|chance| **chance <= limit).sum();
    (unlikely / chances.iter().sum::<f64>()).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn near(found: f64, expected: f64) -> bool {
        (found - expected).abs() <= 1e-9 * expected.abs().max(1.0)
    }

    #[test]
    fn two_groups_of_100_and_120() {
        let table = Crosstab::of(vec![30.0, 45.0, 55.0, 40.0, 15.0, 35.0], 2);
        let found = table.association().unwrap();
        assert!(near(found.chi_square, 11.646491228070179) && near(found.chance, 0.002957989057367906));
        assert!(near(found.v, 0.23008389011668784) && near(found.v_corrected, 0.20977874573751792));
        assert!(
            near(table.column_percents()[1], 37.5) && near(table.adjusted_residuals()[2], 3.230555869826458)
        );
    }

    #[test]
    fn empty_lines_do_not_count() {
        let full = Crosstab::of(vec![3.0, 9.0, 8.0, 2.0], 2);
        let gaps = Crosstab::of(vec![3.0, 0.0, 9.0, 0.0, 0.0, 0.0, 8.0, 0.0, 2.0], 3);
        assert_eq!(full.association(), gaps.association());
        assert_eq!(gaps.column_percents()[1], 0.0);
        assert_eq!(gaps.adjusted_residuals()[3], 0.0);
        assert_eq!(Crosstab::of(vec![3.0, 9.0], 2).association(), None);
        assert_eq!(Crosstab::of(Vec::new(), 0).association(), None);
        assert_eq!(yates([[0.0, 0.0], [3.0, 4.0]]), None);
    }

    #[test]
    fn twelve_against_ten() {
        let (chi_square, chance) = yates([[3.0, 9.0], [8.0, 2.0]]).unwrap();
        assert!(near(chi_square, 4.583333333333334) && near(chance, 0.03228435391076682));
        assert!(near(fisher([[3, 9], [8, 2]]), 0.029973122852379824));
        assert_eq!(yates([[5.0, 5.0], [5.0, 5.0]]), Some((0.0, 1.0)));
        assert_eq!((fisher([[0, 0], [0, 0]]), fisher([[0, 5], [0, 7]])), (1.0, 1.0));
    }

    #[test]
    fn fisher_of_100_000_answers() {
        let chance = fisher([[25_000, 25_000], [25_200, 24_800]]);
        assert!((chance - 0.2080).abs() < 1e-3, "{chance}");
    }

    /// n! of small n.
    fn factorial(n: u64) -> f64 {
        (1..=n).map(|i| i as f64).product()
    }

    proptest! {
        #[test]
        fn fisher_is_the_sum_over_all_tables(a in 0u64..9, b in 0u64..9, c in 0u64..9, d in 0u64..9) {
            let (row, column, n) = (a + b, a + c, a + b + c + d);
            let choose = |n: u64, k: u64| factorial(n) / factorial(k) / factorial(n - k);
            let chance = |k: u64| choose(row, k) * choose(n - row, column - k) / choose(n, column);
            let cells = (0..=row.min(column)).filter(|k| column - k <= n - row);
            let brute: f64 = cells.map(chance).filter(|other| *other <= chance(a) * (1.0 + 1e-7)).sum();
            prop_assert!((fisher([[a, b], [c, d]]) - brute.min(1.0)).abs() < 1e-12);
            prop_assert!((fisher([[a, b], [c, d]]) - fisher([[d, b], [c, a]])).abs() < 1e-12);
        }

        #[test]
        fn equal_weights_change_nothing(counts in prop::collection::vec(0u32..40, 6), weight in 0.1f64..20.0) {
            let plain = Crosstab::of(counts.iter().map(|count| f64::from(*count)).collect(), 2);
            let weighted = Crosstab::of(counts.iter().map(|count| weight * f64::from(*count)).collect(), 2);
            let again = weighted.at_size(plain.total());
            for (a, b) in plain.adjusted_residuals().into_iter().zip(again.adjusted_residuals()) {
                prop_assert!((a - b).abs() < 1e-9);
            }
            match (plain.association(), again.association()) {
                (Some(a), Some(b)) => prop_assert!(near(a.chi_square, b.chi_square) && near(a.v_corrected, b.v_corrected)),
                (a, b) => prop_assert_eq!(a, b),
            }
        }

        #[test]
        fn residuals_of_two_columns_mirror_each_other(counts in prop::collection::vec(1u32..40, 8)) {
            let table = Crosstab::of(counts.iter().map(|count| f64::from(*count)).collect(), 2);
            for row in table.adjusted_residuals().chunks(2) {
                prop_assert!((row[0] + row[1]).abs() < 1e-9);
            }
            let sums: Vec<f64> = table.column_percents().chunks(2).fold(vec![0.0; 2], |sums, row| {
                vec![sums[0] + row[0], sums[1] + row[1]]
            });
            prop_assert!(sums.iter().all(|sum| (sum - 100.0).abs() < 1e-9));
        }
    }
}
