//! Weighted means and shares of samples drawn in strata and clusters (Taylor linearization). For probability samples only:
//! the caller sees to that.
//!
//! A cluster is a primary sampling unit: what was drawn first in its stratum. Everybody drawn alone is a cluster of one. Who
//! is not in the group asked about still counts as drawn: give `None` for the value, and do not leave the row out.

use std::collections::HashMap;

use super::distribution::t_critical;
use super::moments::Weighted;

/// How the sample was drawn: each respondent's cluster, and each cluster's stratum.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Design {
    /// Per respondent.
    clusters: Vec<u32>,
    /// Per cluster.
    strata: Vec<u32>,
    /// Clusters per stratum.
    sizes: Vec<u32>,
}

/// A weighted mean, or a share when the values are 0 and 1, and how far it may be off.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// Answers that it is made of.
    pub n: usize,
    /// In the unit of the values; 0 to 1 for a share.
    pub mean: f64,
    /// Standard error.
    pub error: f64,
    /// Clusters less strata.
    pub df: f64,
    /// The variance as a multiple of that of as many answers drawn alone and weighing the same; `None` without spread.
    pub deff: Option<f64>,
    /// 95 % interval by Student's t; `None` without degrees of freedom. A share's may reach beyond 0 or 1.
    pub interval: Option<(f64, f64)>,
    /// Strata with a single cluster, see [`Design::estimate`].
    pub lonely: usize,
}

impl Estimate {
    /// How many answers, drawn alone and weighing the same, would tell as much: n / deff.
    pub fn n_effective(self) -> Option<f64> {
        self.deff.filter(|deff| *deff > 0.0).map(|deff| self.n as f64 / deff)
    }

    /// Standard error as a share of the mean; `None` for a mean of 0.
    pub fn cv(self) -> Option<f64> {
        (self.mean != 0.0).then(|| self.error / self.mean.abs())
    }
}

impl Design {
    /// Of each respondent's (stratum, cluster within it). Without strata give the same for all; a cluster of `None` is the
    /// respondent's own.
    pub fn of(rows: impl IntoIterator<Item = (u32, Option<u32>)>) -> Design {
        let mut design = Design::default();
        let mut strata: HashMap<u32, u32> = HashMap::new();
        let mut clusters: HashMap<(u32, u32), u32> = HashMap::new();
        for (stratum, cluster) in rows {
            let next = design.strata.len() as u32;
            let found = match cluster {
                Some(cluster) => *clusters.entry((stratum, cluster)).or_insert(next),
                None => next,
            };
            if found == next {
                let number = *strata.entry(stratum).or_insert(design.sizes.len() as u32);
                design.strata.push(number);
                match design.sizes.get_mut(number as usize) {
                    Some(size) => *size += 1,
                    None => design.sizes.push(1),
                }
            }
            design.clusters.push(found);
        }
        design
    }

    /// Each respondent drawn alone from the whole.
    pub fn simple(respondents: usize) -> Design {
        Design::of((0..respondents).map(|_| (0, None)))
    }

    /// Each respondent's cluster, below [`Design::cluster_count`].
    pub fn clusters(&self) -> &[u32] {
        &self.clusters
    }

    /// How many clusters.
    pub fn cluster_count(&self) -> usize {
        self.strata.len()
    }

    /// Clusters less strata.
    pub fn df(&self) -> f64 {
        self.strata.len() as f64 - self.sizes.len() as f64
    }

    /// Of each respondent's (value, weight) in the order of [`Design::of`]; `None` for who is not asked about. A weight that
    /// is not above 0 counts as `None`.
    ///
    /// With z = w (y - mean) / Σ w, added up per cluster, the variance is Σ over strata of
    /// n / (n - 1) Σ over its n clusters of (z - mean z of the stratum)². A stratum with a single cluster says nothing of its
    /// own spread: its z is measured from 0, the mean over all clusters, which overstates rather than understates
    /// (R's survey calls this `adjust`).
    ///
    /// `None` when nobody is asked about.
    pub fn estimate(&self, rows: impl IntoIterator<Item = Option<(f64, f64)>>) -> Option<Estimate> {
        let mut sums = vec![Weighted::default(); self.cluster_count()];
        for (cluster, row) in self.clusters.iter().zip(rows) {
            if let (Some(sum), Some((value, weight))) = (sums.get_mut(*cluster as usize), row) {
                *sum = sum.with(value, weight);
            }
        }
        self.estimate_sums(&sums)
    }

    /// [`Design::estimate`] from what each cluster's rows came to, one for each cluster: for tallies that have added up many
    /// answers at once ([`cluster_share`]).
    pub fn estimate_sums(&self, sums: &[Weighted]) -> Option<Estimate> {
        let all = sums.iter().fold(Weighted::default(), |all, sum| all.merge(*sum));
        let (total, mean) = (all.moments.n, all.moments.mean);
        if total.is_nan() || total <= 0.0 {
            return None;
        }
        let mut strata = vec![(0.0, 0.0); self.sizes.len()];
        for (sum, stratum) in sums.iter().zip(&self.strata) {
            let z = sum.moments.n * (sum.moments.mean - mean) / total;
            if let Some((zs, squares)) = strata.get_mut(*stratum as usize) {
                *zs += z;
                *squares += z * z;
            }
        }
        let (mut variance, mut lonely) = (0.0, 0);
        for ((zs, squares), size) in strata.into_iter().zip(&self.sizes) {
            let n = f64::from(*size);
            if *size < 2 {
                lonely += 1;
                variance += squares;
            } else {
                variance += n / (n - 1.0) * (squares - zs * zs / n).max(0.0);
            }
        }
        let (error, df) = (variance.sqrt(), self.df());
        let alone = all.moments.m2 / total / (all.count as f64 - 1.0);
        let half = t_critical(0.05, df) * error;
        Some(Estimate {
            n: all.count,
            mean,
            error,
            df,
            deff: (alone > 0.0 && all.count > 1).then(|| variance / alone),
            interval: (df > 0.0).then_some((mean - half, mean + half)),
            lonely,
        })
    }
}

/// A cluster's sum for a share: `count` answers that weigh `weight` together, of which `yes` says so.
pub fn cluster_share(count: usize, weight: f64, yes: f64) -> Weighted {
    let mut sum = Weighted { count, ..Weighted::default() };
    if weight > 0.0 {
        let p = yes / weight;
        sum.moments.n = weight;
        sum.moments.mean = p;
        sum.moments.m2 = weight * p * (1.0 - p);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::super::moments::Moments;
    use super::*;
    use proptest::prelude::*;

    /// (Stratum, cluster, weight, value).
    type Row = (u32, u32, f64, f64);

    fn estimate(rows: &[Row]) -> Option<Estimate> {
        Design::of(rows.iter().map(|row| (row.0, Some(row.1))))
            .estimate(rows.iter().map(|row| Some((row.3, row.2))))
    }

    /// The formula as it is written, with lists.
    fn plainly(rows: &[Row], mean: f64) -> f64 {
        let total: f64 = rows.iter().map(|row| row.2).sum();
        let mut strata: Vec<u32> = rows.iter().map(|row| row.0).collect();
        strata.sort_unstable();
        strata.dedup();
        let mut variance = 0.0;
        for stratum in strata {
            let mut clusters: Vec<u32> =
                rows.iter().filter(|row| row.0 == stratum).map(|row| row.1).collect();
            clusters.sort_unstable();
            clusters.dedup();
            let zs: Vec<f64> = clusters
                .iter()
                .map(|cluster| {
                    let own = rows.iter().filter(|row| row.0 == stratum && row.1 == *cluster);
                    own.map(|row| row.2 * (row.3 - mean) / total).sum()
                })
                .collect();
            let n = zs.len() as f64;
            let middle = if zs.len() > 1 { zs.iter().sum::<f64>() / n } else { 0.0 };
            let factor = if zs.len() > 1 { n / (n - 1.0) } else { 1.0 };
            variance += factor * zs.iter().map(|z| (z - middle).powi(2)).sum::<f64>();
        }
        variance.sqrt()
    }

    fn rows(strata: u32, clusters: u32) -> impl Strategy<Value = Vec<Row>> {
        let row =
            (0..strata, 0..clusters, 0.1f64..5.0, prop::bool::ANY.prop_map(|yes| f64::from(u8::from(yes))));
        prop::collection::vec(row, 2..60)
    }

    #[test]
    fn a_stratum_of_one_cluster_is_measured_from_the_whole() {
        let rows = [(0, 0, 1.0, 1.0), (0, 1, 1.0, 0.0), (1, 0, 2.0, 1.0)];
        let found = estimate(&rows).unwrap();
        assert_eq!((found.n, found.mean, found.df, found.lonely), (3, 0.75, 1.0, 1));
        let (a, b, c) = (0.0625, -0.1875, 0.125);
        let middle: f64 = (a + b) / 2.0;
        let variance = 2.0 * ((a - middle).powi(2) + (b - middle).powi(2)) + c * c;
        assert!((found.error - f64::sqrt(variance)).abs() < 1e-15);
        assert_eq!(estimate(&rows[2..]).unwrap().interval, None);
        assert_eq!(estimate(&[]), None);
    }

    #[test]
    fn who_is_not_asked_about_still_was_drawn() {
        let design = Design::of([(0, Some(0)), (0, Some(1)), (0, Some(2)), (0, Some(2))]);
        let group = design.estimate([Some((1.0, 1.0)), Some((0.0, 1.0)), None, None]).unwrap();
        assert_eq!((group.n, group.mean, group.df), (2, 0.5, 2.0));
        // z is 0.25, -0.25 and 0 of three clusters.
        assert!((group.error - (1.5f64 * 0.125).sqrt()).abs() < 1e-15);
        assert_eq!(design.estimate([None; 4]), None);
        assert_eq!((design.clusters(), design.cluster_count()), ([0, 1, 2, 2].as_slice(), 3));
    }

    proptest! {
        #[test]
        fn the_variance_is_the_formula_s(rows in rows(4, 5)) {
            let found = estimate(&rows).unwrap();
            prop_assert!((found.error - plainly(&rows, found.mean)).abs() < 1e-12);
            prop_assert!(found.n_effective().is_none_or(|n| n > 0.0));
        }

        #[test]
        fn drawn_alone_and_weighing_the_same_it_is_the_plain_mean(
            values in prop::collection::vec(-50.0f64..50.0, 2..60),
            weight in 0.1f64..9.0,
        ) {
            let plain = Moments::of(values.iter().copied());
            let found = Design::simple(values.len()).estimate(values.iter().map(|x| Some((*x, weight)))).unwrap();
            prop_assert!((found.mean - plain.mean).abs() < 1e-9);
            prop_assert!((found.error - plain.standard_error().unwrap()).abs() < 1e-9);
            let (a, b) = (found.interval.unwrap(), plain.t_interval().unwrap());
            prop_assert!((a.0 - b.0).abs() < 1e-7 && (a.1 - b.1).abs() < 1e-7);
            prop_assert!((found.deff.unwrap_or(1.0) - 1.0).abs() < 1e-7);
        }

        #[test]
        fn sums_of_clusters_are_enough(rows in rows(3, 4)) {
            let design = Design::of(rows.iter().map(|row| (row.0, Some(row.1))));
            let mut sums = vec![(0usize, 0.0, 0.0); design.cluster_count()];
            for (cluster, row) in design.clusters().iter().zip(&rows) {
                let sum = &mut sums[*cluster as usize];
                *sum = (sum.0 + 1, sum.1 + row.2, sum.2 + row.2 * row.3);
            }
            let shares: Vec<Weighted> = sums.into_iter().map(|(n, weight, yes)| cluster_share(n, weight, yes)).collect();
            let (a, b) = (design.estimate_sums(&shares).unwrap(), estimate(&rows).unwrap());
            prop_assert!((a.mean - b.mean).abs() < 1e-12 && (a.error - b.error).abs() < 1e-12);
            prop_assert!((a.deff.unwrap_or(0.0) - b.deff.unwrap_or(0.0)).abs() < 1e-9);
        }
    }
}
