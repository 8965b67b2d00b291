//! How well the items of an index hang together.

use super::distribution::f_quantile;
use super::moments::Moments;

/// Cronbach's alpha of people's complete rows and what goes with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Alpha {
    /// k/(k-1) (1 - Σ s²ᵢ / s²ₜ).
    pub alpha: f64,
    /// Feldt's 95 % interval.
    pub interval: (f64, f64),
    /// Alpha of the other items, per item.
    pub without: Vec<f64>,
    /// Correlation of each item with the sum of the others.
    pub item_rest: Vec<f64>,
    /// Alpha of standardized items.
    pub standardized: f64,
}

impl Alpha {
    /// Of rows of equal length without gaps; `None` for fewer than two rows or items, or without spread.
    pub fn of(rows: &[Vec<f64>]) -> Option<Alpha> {
        let items = rows.first()?.len();
        if rows.len() < 2 || items < 2 {
            return None;
        }
        let column = |item: usize| rows.iter().filter_map(move |row| row.get(item).copied());
        let without = |left: usize| {
            let kept: Vec<usize> = (0..items).filter(|item| *item != left).collect();
            plain(rows, &kept)
        };
        let rest = |left: usize| {
            rows.iter().map(move |row| {
                row.iter().enumerate().filter(|(item, _)| *item != left).map(|(_, x)| x).sum()
            })
        };
        let all: Vec<usize> = (0..items).collect();
        let alpha = plain(rows, &all)?;
        let (n, k) = (rows.len() as f64, items as f64);
        let (between, within) = (n - 1.0, (n - 1.0) * (k - 1.0));
        let pairs: Vec<f64> = (0..items)
            .flat_map(|a| (a + 1..items).map(move |b| (a, b)))
            .filter_map(|(a, b)| correlation(column(a), column(b)))
            .collect();
        let mean = pairs.iter().sum::<f64>() / pairs.len().max(1) as f64;
        Some(Alpha {
            alpha,
            interval: (
                1.0 - (1.0 - alpha) * f_quantile(0.975, between, within),
                1.0 - (1.0 - alpha) * f_quantile(0.025, between, within),
            ),
            without: (0..items).filter_map(without).collect(),
            item_rest: (0..items).filter_map(|item| correlation(column(item), rest(item))).collect(),
            standardized: spearman_brown(mean, k),
        })
    }
}

/// Alpha from what adds up over complete rows: each item's spread and the spread of the rows' sums. For two items,
/// Spearman and Brown's coefficient instead. `None` without spread.
pub fn from_moments(items: &[Moments], sums: Moments) -> Option<f64> {
    let k = items.len() as f64;
    let variance = |moments: &Moments| moments.sd().map(|sd| sd * sd);
    let (total, parts) = (variance(&sums)?, items.iter().map(variance).collect::<Option<Vec<f64>>>()?);
    match parts.as_slice() {
        [first, second] => {
            let r = (total - first - second) / (2.0 * (first * second).sqrt());
            r.is_finite().then(|| spearman_brown(r, 2.0))
        }
        _ => (total > 0.0 && k > 1.0).then(|| k / (k - 1.0) * (1.0 - parts.iter().sum::<f64>() / total)),
    }
}

/// The reliability of `k` items that correlate by `r` on average: for two items, Spearman and Brown's.
pub fn spearman_brown(r: f64, k: f64) -> f64 {
    k * r / (1.0 + (k - 1.0) * r)
}

/// Pearson's correlation; `None` without spread.
pub fn correlation(a: impl Iterator<Item = f64>, b: impl Iterator<Item = f64>) -> Option<f64> {
    let pairs: Vec<(f64, f64)> = a.zip(b).collect();
    let (x, y) = (Moments::of(pairs.iter().map(|pair| pair.0)), Moments::of(pairs.iter().map(|pair| pair.1)));
    let spread = (x.m2 * y.m2).sqrt();
    (spread > 0.0).then(|| pairs.iter().map(|(a, b)| (a - x.mean) * (b - y.mean)).sum::<f64>() / spread)
}

fn plain(rows: &[Vec<f64>], items: &[usize]) -> Option<f64> {
    let k = items.len() as f64;
    let one = |item: &usize| Moments::of(rows.iter().filter_map(|row| row.get(*item).copied())).m2;
    let total = Moments::of(rows.iter().map(|row| items.iter().filter_map(|item| row.get(*item)).sum())).m2;
    (k > 1.0 && total > 0.0).then(|| k / (k - 1.0) * (1.0 - items.iter().map(one).sum::<f64>() / total))
}
