//! Two groups or two waves: shares, means and scales, and chances adjusted when many are compared at once. Differences are
//! the second less the first. Tests and intervals belong to probability samples only: the caller sees to that.

use super::super::order;
use super::distribution::{normal_chance, t_chance, t_critical};
use super::moments::Moments;
use super::proportion::wilson;

/// A share of a group. Both may be fractions: weighted groups come at their effective size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// How many say so.
    pub count: f64,
    /// Of how many.
    pub base: f64,
}

impl Share {
    /// A weighted share `p` (0 to 1) of an effective size.
    pub fn of_effective(p: f64, n: f64) -> Share {
        Share { count: p * n, base: n }
    }

    /// 0 to 1.
    pub fn p(self) -> f64 {
        self.count / self.base
    }
}

/// How two independent shares differ.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShareChange {
    /// Second less first, -1 to 1.
    pub difference: f64,
    /// z of the pooled test; 0 when all or none of both say so.
    pub z: f64,
    /// Its two-sided chance.
    pub chance: f64,
    /// Newcombe's 95 % interval of the difference, from the two Wilson intervals (hybrid score, his method 10).
    pub interval: (f64, f64),
    /// Cohen's h: 2 asin √p₂ - 2 asin √p₁. 0.2 is small, 0.5 middling, 0.8 large.
    pub cohen_h: f64,
}

/// Compares two shares; `None` when a base is nothing.
pub fn compare_shares(first: Share, second: Share) -> Option<ShareChange> {
    let (low1, high1) = wilson(first.count, first.base)?;
    let (low2, high2) = wilson(second.count, second.base)?;
    let (p1, p2) = (first.p(), second.p());
    let difference = p2 - p1;
    let pooled = (first.count + second.count) / (first.base + second.base);
    let error = (pooled * (1.0 - pooled) * (1.0 / first.base + 1.0 / second.base)).sqrt();
    let z = if error > 0.0 { difference / error } else { 0.0 };
    Some(ShareChange {
        difference,
        z,
        chance: normal_chance(z),
        interval: (difference - (p2 - low2).hypot(high1 - p1), difference + (high2 - p2).hypot(p1 - low1)),
        cohen_h: 2.0 * (p2.clamp(0.0, 1.0).sqrt().asin() - p1.clamp(0.0, 1.0).sqrt().asin()),
    })
}

/// Whether an interval of a difference leaves out 0: only then may it be called a change.
pub fn excludes_zero((low, high): (f64, f64)) -> bool {
    low > 0.0 || high < 0.0
}

/// How two independent means differ (Welch: spreads may differ, too).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeanChange {
    /// Second less first, in the unit of the values.
    pub difference: f64,
    /// Welch's t.
    pub t: f64,
    /// Degrees of freedom (Welch and Satterthwaite), a fraction.
    pub df: f64,
    /// Two-sided chance.
    pub chance: f64,
    /// 95 % interval of the difference.
    pub interval: (f64, f64),
}

/// Compares two means; weighted ones at their effective size ([`super::moments::Weighted::effective`]). `None` for fewer than
/// two values on a side, or without any spread.
pub fn compare_means(first: Moments, second: Moments) -> Option<MeanChange> {
    let squared_error = |side: Moments| side.standard_error().map(|error| error * error);
    let (a, b) = (squared_error(first)?, squared_error(second)?);
    let error = (a + b).sqrt();
    if error.is_nan() || error <= 0.0 {
        return None;
    }
    let difference = second.mean - first.mean;
    let t = difference / error;
    let df = (a + b).powi(2) / (a * a / (first.n - 1.0) + b * b / (second.n - 1.0));
    let half = t_critical(0.05, df) * error;
    Some(MeanChange {
        difference,
        t,
        df,
        chance: t_chance(t, df),
        interval: (difference - half, difference + half),
    })
}

/// How two groups' answers on a scale differ, by order alone (Mann and Whitney).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OrderChange {
    /// Pairs of a person of each group in which the second group's answer is higher; ties count half.
    pub u: f64,
    /// Two-sided chance by the normal distribution, with ties and continuity correction.
    pub chance: f64,
    /// The chance that somebody of the second group answers higher than somebody of the first; ties count half.
    pub superiority: f64,
    /// Cliff's delta: pairs higher less pairs lower, of all: -1 to 1.
    pub delta: f64,
}

/// Compares the counts of two groups per score, both in the same ascending order of score; a shorter list ends in zeros.
/// `None` when a group is empty.
pub fn compare_orders(first: &[f64], second: &[f64]) -> Option<OrderChange> {
    let (mut n1, mut n2, mut u, mut ties) = (0.0, 0.0, 0.0, 0.0);
    for score in 0..first.len().max(second.len()) {
        let at = |counts: &[f64]| counts.get(score).copied().unwrap_or(0.0);
        let (a, b) = (at(first), at(second));
        u += b * (n1 + a / 2.0);
        n1 += a;
        n2 += b;
        let tied = a + b;
        ties += tied * tied * tied - tied;
    }
    let (pairs, n) = (n1 * n2, n1 + n2);
    if pairs.is_nan() || pairs <= 0.0 {
        return None;
    }
    let variance = pairs / 12.0 * (n + 1.0 - ties / (n * (n - 1.0)));
    let away = ((u - pairs / 2.0).abs() - 0.5).max(0.0);
    let chance = if variance > 0.0 { normal_chance(away / variance.sqrt()) } else { 1.0 };
    Some(OrderChange { u, chance, superiority: u / pairs, delta: 2.0 * u / pairs - 1.0 })
}

/// Holm's adjusted chances, in the order given: the smallest of m times m, the next times m - 1, and never less than one before.
pub fn holm(chances: &[f64]) -> Vec<f64> {
    let mut largest = 0.0f64;
    adjust(chances, false, |chance, rank, m| {
        largest = largest.max(chance * (m - rank + 1.0)).min(1.0);
        largest
    })
}

/// Benjamini and Hochberg's adjusted chances, in the order given: each times m / its rank, and never more than one after.
pub fn benjamini_hochberg(chances: &[f64]) -> Vec<f64> {
    let mut smallest = 1.0f64;
    adjust(chances, true, |chance, rank, m| {
        smallest = smallest.min(chance * m / rank);
        smallest
    })
}

/// Walks chances by size with their ranks, from 1, and puts each result where its chance was.
fn adjust(chances: &[f64], down: bool, mut of: impl FnMut(f64, f64, f64) -> f64) -> Vec<f64> {
    let mut order: Vec<(usize, f64)> = chances.iter().copied().enumerate().collect();
    order::sort_by(&mut order, |a, b| a.1.total_cmp(&b.1));
    let mut ranked: Vec<(usize, usize, f64)> =
        order.into_iter().enumerate().map(|(rank, (place, chance))| (rank + 1, place, chance)).collect();
    if down {
        ranked.reverse();
    }
    let mut result = vec![0.0; chances.len()];
    for (rank, place, chance) in ranked {
        if let Some(adjusted) = result.get_mut(place) {
            *adjusted = of(chance, rank as f64, chances.len() as f64);
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::super::moments::Weighted;
    use super::*;
    use proptest::prelude::*;

    fn near(found: f64, expected: f64) -> bool {
        (found - expected).abs() <= 1e-9 * expected.abs().max(1.0)
    }

    #[test]
    fn from_38_to_46_percent() {
        let found =
            compare_shares(Share { count: 152.0, base: 400.0 }, Share { count: 190.0, base: 410.0 }).unwrap();
        assert!(near(found.z, 2.4030936908606813) && near(found.chance, 0.01625702169800409));
        assert!(near(found.interval.0, 0.01538821633990159) && near(found.interval.1, 0.15032236341315497));
        assert!(near(found.cohen_h, 0.16912966937533946) && excludes_zero(found.interval));
        assert_eq!(compare_shares(Share { count: 0.0, base: 0.0 }, Share { count: 1.0, base: 2.0 }), None);
        let all = Share { count: 5.0, base: 5.0 };
        assert_eq!(compare_shares(all, all).unwrap().chance, 1.0);
    }

    #[test]
    fn five_points_a_wave_later() {
        let (first, second) = ([20.0, 35.0, 50.0, 70.0, 25.0], [15.0, 25.0, 45.0, 85.0, 40.0]);
        let found = compare_orders(&first, &second).unwrap();
        assert_eq!(found.u, 24087.5);
        assert!(near(found.chance, 0.007472816180756896) && near(found.superiority, 0.5735119047619047));
        let side = |counts: [f64; 5]| {
            (1..=5).zip(counts).fold(Moments::default(), |all, (score, n)| all.with(f64::from(score), n))
        };
        let means = compare_means(side(first), side(second)).unwrap();
        assert!(near(means.t, 2.6094763828113563) && near(means.df, 405.5359116378349));
        assert_eq!(compare_orders(&[], &[1.0]), None);
        assert_eq!(compare_orders(&[3.0], &[2.0]).unwrap().chance, 1.0);
    }

    #[test]
    fn adjusted_chances_stay_in_their_places() {
        let chances = [0.04, 0.001, 0.21, 0.012, 0.03];
        let near_all =
            |found: Vec<f64>, expected: [f64; 5]| found.iter().zip(expected).all(|(a, b)| near(*a, b));
        assert!(near_all(holm(&chances), [0.09, 0.005, 0.21, 0.048, 0.09]));
        assert!(near_all(benjamini_hochberg(&chances), [0.05, 0.005, 0.21, 0.03, 0.05]));
        assert_eq!((holm(&[]), holm(&[0.9, 0.8])), (vec![], vec![1.0, 1.0]));
    }

    proptest! {
        #[test]
        fn pairs_are_counted_one_by_one(
            first in prop::collection::vec(0usize..5, 1..20),
            second in prop::collection::vec(0usize..5, 1..20),
        ) {
            let counts = |values: &[usize]| -> Vec<f64> {
                (0..5).map(|score| values.iter().filter(|value| **value == score).count() as f64).collect()
            };
            let found = compare_orders(&counts(&first), &counts(&second)).unwrap();
            let (mut higher, mut lower) = (0.0, 0.0);
            for a in &first {
                higher += second.iter().filter(|b| *b > a).count() as f64;
                lower += second.iter().filter(|b| *b < a).count() as f64;
            }
            let pairs = (first.len() * second.len()) as f64;
            prop_assert!(near(found.u, higher + (pairs - higher - lower) / 2.0));
            prop_assert!(near(found.delta, (higher - lower) / pairs));
            let back = compare_orders(&counts(&second), &counts(&first)).unwrap();
            prop_assert!(near(back.delta, -found.delta) && near(back.chance, found.chance));
        }

        #[test]
        fn turned_around_a_change_is_its_negative(a in 0u32..50, b in 0u32..50, c in 1u32..50, d in 1u32..50) {
            let first = Share { count: f64::from(a), base: f64::from(a + c) };
            let second = Share { count: f64::from(b), base: f64::from(b + d) };
            let (there, back) = (compare_shares(first, second).unwrap(), compare_shares(second, first).unwrap());
            prop_assert!(near(there.interval.0, -back.interval.1) && near(there.z, -back.z));
            prop_assert!(there.interval.0 <= there.difference && there.difference <= there.interval.1);
        }

        #[test]
        fn equal_weights_change_nothing(
            first in prop::collection::vec(1u8..6, 3..30),
            second in prop::collection::vec(1u8..6, 3..30),
            weight in 0.1f64..20.0,
        ) {
            let plain = |values: &[u8]| Moments::of(values.iter().map(|value| f64::from(*value)));
            let weighted = |values: &[u8]| {
                Weighted::of(values.iter().map(|value| (f64::from(*value), weight))).effective()
            };
            let (a, b) = (
                compare_means(plain(&first), plain(&second)),
                compare_means(weighted(&first), weighted(&second)),
            );
            if let (Some(a), Some(b)) = (a, b) {
                // Only where there is spread can t be told.
                if plain(&first).m2 + plain(&second).m2 > 0.0 {
                    prop_assert!((a.t - b.t).abs() < 1e-7 * a.t.abs().max(1.0) && near(a.df, b.df));
                }
            }
            let yes = |values: &[u8]| values.iter().filter(|value| **value > 3).count() as f64;
            let share = |values: &[u8]| Share { count: yes(values), base: values.len() as f64 };
            let effective = |values: &[u8]| {
                let all = Weighted::of(values.iter().map(|value| (f64::from(u8::from(*value > 3)), weight)));
                Share::of_effective(all.moments.mean, all.n_effective())
            };
            let plain = compare_shares(share(&first), share(&second)).unwrap();
            let weighted = compare_shares(effective(&first), effective(&second)).unwrap();
            prop_assert!((plain.interval.0 - weighted.interval.0).abs() < 1e-6);
            prop_assert!((plain.chance - weighted.chance).abs() < 1e-6);
        }

        #[test]
        fn adjusting_keeps_the_order_and_lowers_nothing(chances in prop::collection::vec(0.0f64..1.0, 0..12)) {
            let (holm, hochberg) = (holm(&chances), benjamini_hochberg(&chances));
            for (i, chance) in chances.iter().enumerate() {
                prop_assert!(*chance <= hochberg[i] + 1e-15 && hochberg[i] <= holm[i] + 1e-15 && holm[i] <= 1.0);
                for (j, other) in chances.iter().enumerate() {
                    prop_assert!(chance > other || (holm[i] <= holm[j] && hochberg[i] <= hochberg[j]));
                }
            }
        }
    }
}
