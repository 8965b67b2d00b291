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

/// Moments of values that weigh: exact to merge, too.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Weighted {
    /// How many values.
    pub count: usize,
    /// Σ w².
    pub squares: f64,
    /// Σ w, the weighted mean, and Σ w (x - mean)².
    pub moments: Moments,
}

impl Weighted {
    /// Of (value, weight). A weight that is not above 0 leaves its value out.
    pub fn of(values: impl IntoIterator<Item = (f64, f64)>) -> Weighted {
        values.into_iter().fold(Weighted::default(), |all, (value, weight)| all.with(value, weight))
    }

    /// With one more value.
    pub fn with(self, value: f64, weight: f64) -> Weighted {
        if weight.is_nan() || weight <= 0.0 {
            return self;
        }
        Weighted {
            count: self.count + 1,
            squares: self.squares + weight * weight,
            moments: self.moments.with(value, weight),
        }
    }

    /// Of two parts together: the same as of the whole.
    pub fn merge(self, other: Weighted) -> Weighted {
        Weighted {
            count: self.count + other.count,
            squares: self.squares + other.squares,
            moments: self.moments.merge(other.moments),
        }
    }

    /// How many equal answers tell as much (Kish): (Σ w)² / Σ w²; 0 for none.
    pub fn n_effective(self) -> f64 {
        if self.squares > 0.0 { self.moments.n * self.moments.n / self.squares } else { 0.0 }
    }

    /// The moments of so many equal answers, for everything that is made of moments: spreads, intervals, comparisons.
    pub fn effective(self) -> Moments {
        let n = self.n_effective();
        let m2 = if self.moments.n > 0.0 { self.moments.m2 * n / self.moments.n } else { 0.0 };
        Moments { n, mean: self.moments.mean, m2 }
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
        fn equal_weights_change_nothing(values in prop::collection::vec(-100.0f64..100.0, 2..60), weight in 0.01f64..50.0) {
            let (plain, all) = (Moments::of(values.iter().copied()), Weighted::of(values.iter().map(|x| (*x, weight))));
            let equal = all.effective();
            prop_assert_eq!(all.count, values.len());
            prop_assert!((equal.n - plain.n).abs() < 1e-9 && (equal.mean - plain.mean).abs() < 1e-9);
            let (a, b) = (plain.t_interval().unwrap(), equal.t_interval().unwrap());
            prop_assert!((a.0 - b.0).abs() < 1e-7 && (a.1 - b.1).abs() < 1e-7);
        }

        #[test]
        fn weighted_halves_merge_to_the_whole(
            values in prop::collection::vec((-100.0f64..100.0, 0.1f64..9.0), 1..60),
            cut in 0usize..60,
        ) {
            let (front, back) = values.split_at(cut.min(values.len()));
            let (whole, merged) = (
                Weighted::of(values.iter().copied()),
                Weighted::of(front.iter().copied()).merge(Weighted::of(back.iter().copied())),
            );
            let (sum, squares) = values.iter().fold((0.0, 0.0), |(w, s), (_, weight)| (w + weight, s + weight * weight));
            let mean = values.iter().map(|(value, weight)| value * weight).sum::<f64>() / sum;
            prop_assert_eq!(merged.count, whole.count);
            prop_assert!((merged.moments.mean - mean).abs() < 1e-9 && (merged.n_effective() - sum * sum / squares).abs() < 1e-9);
            prop_assert!((merged.moments.m2 - whole.moments.m2).abs() < 1e-6);
        }

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
