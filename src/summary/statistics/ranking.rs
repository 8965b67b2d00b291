//! Full rankings: everybody put all choices in order.

use super::distribution::chi_square_above;

/// People's ranks, added up. Two of them merge by addition.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ranking {
    /// People who ranked every choice.
    pub people: usize,
    /// Sum of the ranks (1 = first) per choice.
    pub sums: Vec<usize>,
}

/// How much people agree.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Agreement {
    /// Kendall's W, 0 (none) to 1 (all alike): 12 Σ (R - m(k+1)/2)² / (m² (k³ - k)).
    pub w: f64,
    /// Friedman's chi-square: m (k - 1) W, with k - 1 degrees of freedom.
    pub chi_square: f64,
    /// Its chance if everybody ranked at random.
    pub chance: f64,
}

impl Ranking {
    /// Of each person's choices in order (positions below `choices`). Who did not put each choice once is left out.
    pub fn of<'a>(rows: impl IntoIterator<Item = &'a [usize]>, choices: usize) -> Ranking {
        let mut result = Ranking { people: 0, sums: vec![0; choices] };
        let mut ranks = vec![0; choices];
        for row in rows.into_iter().filter(|row| row.len() == choices) {
            ranks.fill(0);
            for (rank, choice) in row.iter().enumerate() {
                if let Some(place) = ranks.get_mut(*choice) {
                    *place = rank + 1;
                }
            }
            if ranks.iter().all(|rank| *rank > 0) {
                result.people += 1;
                result.sums.iter_mut().zip(&ranks).for_each(|(sum, rank)| *sum += rank);
            }
        }
        result
    }

    /// Mean rank per choice, 1 to k; empty when nobody ranked.
    pub fn mean_ranks(&self) -> Vec<f64> {
        let mean = |sum: &usize| *sum as f64 / self.people as f64;
        if self.people == 0 { Vec::new() } else { self.sums.iter().map(mean).collect() }
    }

    /// `None` when nobody ranked, or only one choice.
    pub fn agreement(&self) -> Option<Agreement> {
        let (m, k) = (self.people as f64, self.sums.len() as f64);
        if m < 1.0 || k < 2.0 {
            return None;
        }
        let middle = m * (k + 1.0) / 2.0;
        let spread: f64 = self.sums.iter().map(|sum| (*sum as f64 - middle).powi(2)).sum();
        let w = 12.0 * spread / (m * m * (k * k * k - k));
        let chi_square = m * (k - 1.0) * w;
        Some(Agreement { w, chi_square, chance: chi_square_above(chi_square, k - 1.0) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn three_people_order_three_things() {
        let rows: [&[usize]; 5] = [&[0, 1, 2], &[0, 2, 1], &[1, 0, 2], &[1, 0], &[0, 0, 1]];
        let ranking = Ranking::of(rows, 3);
        assert_eq!((ranking.people, ranking.sums.clone()), (3, vec![4, 6, 8]));
        let found = ranking.agreement().unwrap();
        assert!((found.w - 4.0 / 9.0).abs() < 1e-12 && (found.chi_square - 8.0 / 3.0).abs() < 1e-12);
        assert_eq!(Ranking::of([], 3).agreement(), None);
        assert!(Ranking::of([], 3).mean_ranks().is_empty());
    }

    proptest! {
        #[test]
        fn agreement_is_of_0_to_1_and_whole_when_all_are_alike(
            rows in prop::collection::vec(Just(vec![0usize, 1, 2, 3]).prop_shuffle(), 1..20),
        ) {
            let all = Ranking::of(rows.iter().map(Vec::as_slice), 4);
            let found = all.agreement().unwrap();
            prop_assert!((0.0..=1.0 + 1e-12).contains(&found.w) && (0.0..=1.0).contains(&found.chance));
            prop_assert!((all.mean_ranks().iter().sum::<f64>() - 10.0).abs() < 1e-9);
            let alike = Ranking::of(rows.iter().map(|_| rows[0].as_slice()), 4).agreement().unwrap();
            prop_assert!((alike.w - 1.0).abs() < 1e-12);
        }
    }
}
