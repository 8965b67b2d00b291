//! The same people before and now.

use super::distribution::t_chance;
use super::moments::Moments;

/// What pairs came to. Descriptive part of the then-test, with Student's t for probability samples.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pairs {
    /// Before.
    pub before: Moments,
    /// Now.
    pub now: Moments,
    /// Now less before.
    pub gain: Moments,
    /// Higher now.
    pub improved: usize,
    /// The same.
    pub same: usize,
    /// Lower now.
    pub lower: usize,
}

impl Pairs {
    /// Of people's (before, now); a pair with a side missing is left out.
    pub fn of(pairs: impl IntoIterator<Item = (Option<f64>, Option<f64>)>) -> Pairs {
        let none = Moments::default();
        let mut result = Pairs { before: none, now: none, gain: none, improved: 0, same: 0, lower: 0 };
        for (before, now) in pairs {
            let (Some(before), Some(now)) = (before, now) else { continue };
            result.before = result.before.with(before, 1.0);
            result.now = result.now.with(now, 1.0);
            result.gain = result.gain.with(now - before, 1.0);
            if now > before {
                result.improved += 1;
            } else if now < before {
                result.lower += 1;
            } else {
                result.same += 1;
            }
        }
        result
    }

    /// Of ((before, now), count): the same as of each pair by itself.
    pub fn of_counts(counts: impl IntoIterator<Item = ((f64, f64), usize)>) -> Pairs {
        let mut result = Pairs::of([]);
        for ((before, now), count) in counts.into_iter().filter(|(_, count)| *count > 0) {
            let n = count as f64;
            result.before = result.before.with(before, n);
            result.now = result.now.with(now, n);
            result.gain = result.gain.with(now - before, n);
            let side = match now.total_cmp(&before) {
                std::cmp::Ordering::Greater => &mut result.improved,
                std::cmp::Ordering::Less => &mut result.lower,
                std::cmp::Ordering::Equal => &mut result.same,
            };
            *side += count;
        }
        result
    }

    /// How many pairs.
    pub fn n(self) -> usize {
        self.improved + self.same + self.lower
    }

    /// Student's t of the gain and its two-sided chance; `None` without spread.
    pub fn t(self) -> Option<(f64, f64)> {
        let error = self.gain.standard_error().filter(|error| *error > 0.0)?;
        let t = self.gain.mean / error;
        Some((t, t_chance(t, self.gain.n - 1.0)))
    }

    /// Gain in standard deviations of the gain.
    pub fn d_z(self) -> Option<f64> {
        self.gain.sd().filter(|sd| *sd > 0.0).map(|sd| self.gain.mean / sd)
    }

    /// Gain in the mean standard deviation of before and now.
    pub fn d_average(self) -> Option<f64> {
        let spread = ((self.before.sd()?.powi(2) + self.now.sd()?.powi(2)) / 2.0).sqrt();
        (spread > 0.0).then(|| self.gain.mean / spread)
    }
}
