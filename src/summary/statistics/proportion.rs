//! Shares of a sample and how far they may be off. Intervals belong to probability samples only: the caller sees to that.

use super::distribution::beta_quantile;

/// The 97.5 % point of the normal distribution.
pub const Z: f64 = 1.959963984540054;

/// Wilson's 95 % interval for `k` of `n`, as shares 0 to 1. Both may be fractions (effective sizes). `None` for n of nothing.
pub fn wilson(k: f64, n: f64) -> Option<(f64, f64)> {
    if n.is_nan() || n <= 0.0 {
        return None;
    }
    let (p, square) = (k / n, Z * Z);
    let middle = p + square / (2.0 * n);
    let half = Z * (p * (1.0 - p) / n + square / (4.0 * n * n)).sqrt();
    let scale = 1.0 + square / n;
    let low = if k <= 0.0 { 0.0 } else { (middle - half) / scale };
    let high = if k >= n { 1.0 } else { (middle + half) / scale };
    Some((low.max(0.0), high.min(1.0)))
}

/// Agresti and Coull's 95 % interval, cut to 0..1.
pub fn agresti_coull(k: f64, n: f64) -> Option<(f64, f64)> {
    if n.is_nan() || n <= 0.0 {
        return None;
    }
    let size = n + Z * Z;
    let p = (k + Z * Z / 2.0) / size;
    let half = Z * (p * (1.0 - p) / size).sqrt();
    Some(((p - half).max(0.0), (p + half).min(1.0)))
}

/// Clopper and Pearson's exact 95 % interval.
pub fn clopper_pearson(k: f64, n: f64) -> Option<(f64, f64)> {
    if n.is_nan() || n <= 0.0 {
        return None;
    }
    let low = if k <= 0.0 { 0.0 } else { beta_quantile(0.025, k, n - k + 1.0) };
    let high = if k >= n { 1.0 } else { beta_quantile(0.975, k + 1.0, n - k) };
    Some((low, high))
}

/// Half the width of the normal 95 % interval for a share `p` of `n`, corrected for a finite population of `population`:
/// z √(p(1-p)/n) √((N-n)/(N-1)). A share; times 100 for points.
pub fn margin(p: f64, n: f64, population: Option<f64>) -> f64 {
    let correction = match population {
        Some(size) if size > 1.0 => ((size - n) / (size - 1.0)).max(0.0).sqrt(),
        Some(_) => 0.0,
        None => 1.0,
    };
    Z * (p * (1.0 - p) / n).sqrt() * correction
}

/// How many to ask for a margin `e` (a share) around `p`: (before the finite population correction, rounded up after it).
pub fn sample_size(e: f64, p: f64, population: Option<f64>) -> (f64, u64) {
    let infinite = Z * Z * p * (1.0 - p) / (e * e);
    let corrected = population.map_or(infinite, |size| infinite / (1.0 + (infinite - 1.0) / size));
    (infinite, (corrected - 1e-9).ceil() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_of_eight_is_somewhere_between_31_and_86_percent() {
        let (low, high) = wilson(5.0, 8.0).unwrap();
        assert!((low - 0.3057423946026273).abs() < 1e-12 && (high - 0.8631557141764027).abs() < 1e-12);
        assert_eq!(wilson(0.0, 8.0).unwrap().0, 0.0);
        assert_eq!(wilson(1.0, 0.0), None);
    }

    #[test]
    fn asking_everybody_leaves_no_margin() {
        assert_eq!(margin(0.5, 8.0, Some(8.0)), 0.0);
        assert_eq!(sample_size(0.05, 0.5, None).1, 385);
    }
}
