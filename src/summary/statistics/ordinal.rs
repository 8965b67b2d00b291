//! Scales: counts per score to top-2, bottom-2, mean, spread and median; a person's index over several scales.

use super::moments::{Moments, quantile};

/// What a scale's counts came to, over the answers with a score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ordinal {
    /// Answers with a score.
    pub n: usize,
    /// Answers on the two highest scores.
    pub top: usize,
    /// Answers on the two lowest scores.
    pub bottom: usize,
    /// Count, mean and spread.
    pub moments: Moments,
    /// First quartile, median and third quartile (type 7); zero for no answers.
    pub quartiles: (f64, f64, f64),
}

impl Ordinal {
    /// Of (score, count) in ascending order of score.
    pub fn of(counts: &[(f64, usize)]) -> Ordinal {
        let n = counts.iter().map(|(_, count)| count).sum();
        let top = counts.iter().rev().take(2).map(|(_, count)| count).sum();
        let bottom = counts.iter().take(2).map(|(_, count)| count).sum();
        let moments = counts
            .iter()
            .filter(|(_, count)| *count > 0)
            .fold(Moments::default(), |moments, (score, count)| moments.with(*score, *count as f64));
        let values: Vec<f64> =
            counts.iter().flat_map(|(score, count)| std::iter::repeat_n(*score, *count)).collect();
        let at = |q| quantile(&values, q).unwrap_or(0.0);
        Ordinal { n, top, bottom, moments, quartiles: (at(0.25), at(0.5), at(0.75)) }
    }

    /// Top-2 less bottom-2, in points.
    pub fn net(self) -> f64 {
        super::round::percent(self.top, self.n) - super::round::percent(self.bottom, self.n)
    }
}

/// Mean, spread and median of scores that weigh.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Weighed {
    /// The weighted mean; 0 for no answers.
    pub mean: f64,
    /// The weighted mean of squared distances from it.
    pub variance: f64,
    /// The middle score; between two where the halves part there.
    pub median: Option<f64>,
}

impl Ordinal {
    /// Of (score, weight) in ascending order of score.
    pub fn of_weights(scores: impl IntoIterator<Item = (f64, f64)> + Clone) -> Weighed {
        let total: f64 = scores.clone().into_iter().map(|(_, weight)| weight).sum();
        if total <= 0.0 {
            return Weighed::default();
        }
        let mean = scores.clone().into_iter().map(|(score, weight)| score * weight).sum::<f64>() / total;
        let spread = |(score, weight): (f64, f64)| weight * (score - mean).powi(2);
        let variance = scores.clone().into_iter().map(spread).sum::<f64>() / total;
        let mut before = 0.0;
        let (mut lower, mut upper) = (None, None);
        for (score, weight) in scores.into_iter().filter(|(_, weight)| *weight > 0.0) {
            before += weight;
            if lower.is_none() && before >= total / 2.0 - 1e-9 * total {
                lower = Some(score);
            }
            if upper.is_none() && before > total / 2.0 + 1e-9 * total {
                upper = Some(score);
            }
        }
        Weighed { mean, variance, median: lower.zip(upper).map(|(a, b)| (a + b) / 2.0).or(lower) }
    }
}

impl Weighed {
    /// Sample standard deviation for `n` answers; `None` for fewer than two.
    pub fn sd(self, n: usize) -> Option<f64> {
        (n > 1).then(|| (self.variance * n as f64 / (n as f64 - 1.0)).sqrt())
    }
}

/// A score as 0 to 100 of its scale (POMP).
pub fn rescale(score: f64, (low, high): (f64, f64)) -> f64 {
    if high > low { 100.0 * (score - low) / (high - low) } else { 0.0 }
}

/// A person's mean over the items answered, 0 to 100; `None` with fewer than `minimum` items.
/// Each item is (score, its scale's lowest and highest score).
pub fn person_index(items: &[Option<(f64, (f64, f64))>], minimum: usize) -> Option<f64> {
    let valid: Vec<f64> = items.iter().flatten().map(|(score, range)| rescale(*score, *range)).collect();
    (!valid.is_empty() && valid.len() >= minimum).then(|| valid.iter().sum::<f64>() / valid.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eleven_answers_of_a_five_point_scale() {
        let scale = Ordinal::of(&[(1.0, 1), (2.0, 1), (3.0, 1), (4.0, 4), (5.0, 4)]);
        assert_eq!((scale.n, scale.top, scale.bottom), (11, 8, 2));
        assert_eq!(scale.quartiles, (3.5, 4.0, 5.0));
        assert!((scale.net() - 54.54545454545455).abs() < 1e-9);
        assert!((rescale(scale.moments.mean, (1.0, 5.0)) - 70.45454545454545).abs() < 1e-9);
    }

    #[test]
    fn equal_weights_change_nothing() {
        let counts = [(1.0, 1), (2.0, 1), (3.0, 1), (4.0, 4), (5.0, 4)];
        let plain = Ordinal::of(&counts);
        let weighed = Ordinal::of_weights(counts.iter().map(|(score, count)| (*score, 2.5 * *count as f64)));
        assert!((weighed.mean - plain.moments.mean).abs() < 1e-12);
        assert!((weighed.sd(11).unwrap() - plain.moments.sd().unwrap()).abs() < 1e-12);
        assert_eq!(weighed.median, Some(4.0));
        assert_eq!(Ordinal::of_weights([(1.0, 2.0), (2.0, 2.0)]).median, Some(1.5));
    }

    #[test]
    fn an_index_needs_its_minimum_of_items() {
        let range = (1.0, 5.0);
        let item = |score: f64| Some((score, range));
        assert_eq!(person_index(&[item(4.0), item(5.0), None, item(3.0)], 2), Some(75.0));
        assert_eq!(person_index(&[None, None, None, item(5.0)], 2), None);
        assert_eq!(person_index(&[], 0), None);
    }
}
