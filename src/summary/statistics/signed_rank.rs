//! Tests of paired gains that need no normal distribution: Wilcoxon's signed ranks, the sign test, McNemar's.

use super::distribution::normal_chance;

/// Gains with zeros dropped, ranked by size with ties sharing their mean rank.
#[derive(Debug, Clone, PartialEq)]
pub struct SignedRanks {
    /// Gains that are not zero.
    pub n: usize,
    /// Sum of the ranks of the gains above zero.
    pub plus: f64,
    /// Sum of the ranks of the gains below zero.
    pub minus: f64,
    /// Twice each rank, a whole number even for ties.
    doubled: Vec<usize>,
    /// Σ (t³ - t) over groups of t ties.
    ties: f64,
}

impl SignedRanks {
    /// Of a list of gains.
    pub fn of(gains: impl IntoIterator<Item = f64>) -> SignedRanks {
        let mut gains: Vec<f64> = gains.into_iter().filter(|gain| *gain != 0.0).collect();
        gains.sort_by(|a, b| a.abs().total_cmp(&b.abs()));
        let mut ranks = SignedRanks { n: gains.len(), plus: 0.0, minus: 0.0, doubled: Vec::new(), ties: 0.0 };
        for group in gains.chunk_by(|a, b| (a.abs() - b.abs()).abs() < 1e-9) {
            let first = ranks.doubled.len() + 1;
            let doubled = 2 * first + group.len() - 1;
            let t = group.len() as f64;
            ranks.ties += t * t * t - t;
            for gain in group {
                ranks.doubled.push(doubled);
                let side = if *gain > 0.0 { &mut ranks.plus } else { &mut ranks.minus };
                *side += doubled as f64 / 2.0;
            }
        }
        ranks
    }

    /// The exact two-sided chance: every pattern of signs counted, by sums of doubled ranks.
    pub fn exact(&self) -> f64 {
        let total: usize = self.doubled.iter().sum();
        let mut ways = vec![0.0; total + 1];
        if let Some(none) = ways.first_mut() {
            *none = 1.0;
        }
        for rank in &self.doubled {
            for sum in (*rank..=total).rev() {
                let before = ways.get(sum - rank).copied().unwrap_or(0.0);
                if let Some(way) = ways.get_mut(sum) {
                    *way += before;
                }
            }
        }
        let least = (2.0 * self.plus.min(self.minus)).round() as usize;
        let below: f64 = ways.iter().take(least + 1).sum();
        (2.0 * below / 2f64.powi(self.n as i32)).min(1.0)
    }

    /// The normal approximation with ties: z, its chance, and the chance with continuity correction.
    pub fn approximate(&self) -> (f64, f64, f64) {
        let n = self.n as f64;
        let deviation = (n * (n + 1.0) * (2.0 * n + 1.0) / 24.0 - self.ties / 48.0).sqrt();
        let away = self.plus - n * (n + 1.0) / 4.0;
        let corrected = (away.abs() - 0.5).max(0.0);
        (away / deviation, normal_chance(away / deviation), normal_chance(corrected / deviation))
    }

    /// (Ranks up less ranks down) of all ranks: -1 to 1.
    pub fn rank_biserial(&self) -> f64 {
        let all = self.plus + self.minus;
        if all > 0.0 { (self.plus - self.minus) / all } else { 0.0 }
    }
}

/// The exact two-sided chance of a split as uneven as this under even odds: the sign test, and McNemar's over changers.
pub fn sign_chance(up: usize, down: usize) -> f64 {
    let n = up + down;
    let mut ways = 1.0;
    let mut below = 0.0;
    for k in 0..=up.min(down) {
        below += ways;
        ways *= (n - k) as f64 / (k + 1) as f64;
    }
    (2.0 * below / 2f64.powi(n as i32)).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn seven_pairs_of_a_visit() {
        let ranks = SignedRanks::of([2.0, 2.0, 1.0, 2.0, 1.0, 0.0, 2.0]);
        assert_eq!((ranks.n, ranks.plus, ranks.minus), (6, 21.0, 0.0));
        assert_eq!((ranks.exact(), ranks.rank_biserial()), (0.03125, 1.0));
        assert!((sign_chance(10, 5) - 0.3017578125).abs() < 1e-12);
        assert_eq!(sign_chance(0, 0), 1.0);
    }

    proptest! {
        #[test]
        fn the_exact_chance_is_that_of_every_pattern_of_signs(gains in prop::collection::vec(-4i8..=4, 1..9)) {
            let ranks = SignedRanks::of(gains.iter().map(|gain| f64::from(*gain)));
            let least = ranks.plus.min(ranks.minus);
            let n = ranks.doubled.len();
            let patterns = (0..1usize << n).filter(|pattern| {
                let up: usize = (0..n).filter(|bit| pattern >> bit & 1 == 1).map(|bit| ranks.doubled[bit]).sum();
                up as f64 / 2.0 <= least + 1e-9
            });
            let brute = (2.0 * patterns.count() as f64 / (1usize << n) as f64).min(1.0);
            prop_assert!((ranks.exact() - brute).abs() < 1e-12);
        }
    }
}
