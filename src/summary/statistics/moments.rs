//! Count, mean and spread in one pass, and exact to merge; quantiles of a sorted list.

/// How many, their mean, and the sum of squared distances from it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Moments {
    /// How many.
    pub n: f64,
    /// Their mean.
    pub mean: f64,
    /// The sum of squared distances from the mean.
    pub m2: f64,
}

impl Moments {
    /// Of a list of values.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Moments {
        values.into_iter().fold(Moments::default(), |moments, value| moments.with(value, 1.0))
    }

    /// With `count` more of a value.
    pub fn with(self, value: f64, count: f64) -> Moments {
        self.merge(Moments { n: count, mean: value, m2: 0.0 })
    }

    /// Of two parts together (Chan): the same as of the whole.
    pub fn merge(self, other: Moments) -> Moments {
        let n = self.n + other.n;
        if n == 0.0 {
            return Moments::default();
        }
        let delta = other.mean - self.mean;
        Moments {
            n,
            mean: self.mean + delta * other.n / n,
            m2: self.m2 + other.m2 + delta * delta * self.n * other.n / n,
        }
    }

    /// Sample standard deviation; `None` for fewer than two.
    pub fn sd(self) -> Option<f64> {
        (self.n > 1.0).then(|| (self.m2 / (self.n - 1.0)).sqrt())
    }

    /// Standard error of the mean.
    pub fn standard_error(self) -> Option<f64> {
        self.sd().map(|sd| sd / self.n.sqrt())
    }

    /// Student's 95 % interval of the mean.
    pub fn t_interval(self) -> Option<(f64, f64)> {
        let half = super::distribution::t_critical(0.05, self.n - 1.0) * self.standard_error()?;
        Some((self.mean - half, self.mean + half))
    }
}

/// The quantile `q` (0 to 1) of ascending values, between neighbours (type 7). `None` for no values.
pub fn quantile(sorted: &[f64], q: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let place = q * last as f64;
    let below = *sorted.get(place.floor() as usize)?;
    let above = *sorted.get((place.floor() as usize + 1).min(last))?;
    Some(below + (above - below) * place.fract())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_value_has_a_mean_and_no_spread() {
        let one = Moments::of([3.0]);
        assert_eq!((one.mean, one.sd()), (3.0, None));
        assert_eq!(quantile(&[], 0.5), None);
        assert_eq!(quantile(&[1.0, 2.0, 4.0, 8.0], 0.5), Some(3.0));
    }

    proptest! {
        #[test]
        fn two_halves_merge_to_the_whole(values in prop::collection::vec(-100.0f64..100.0, 1..60), cut in 0usize..60) {
            let cut = cut.min(values.len());
            let merged = Moments::of(values[..cut].iter().copied()).merge(Moments::of(values[cut..].iter().copied()));
            let n = values.len() as f64;
            let mean = values.iter().sum::<f64>() / n;
            let m2: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
            prop_assert_eq!(merged.n, n);
            prop_assert!((merged.mean - mean).abs() < 1e-9 && (merged.m2 - m2).abs() < 1e-6);
        }
    }
}
