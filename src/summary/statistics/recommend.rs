//! The recommendation score of a 0-10 question: share of 9 and 10 less share of 0 to 6, in points.

use super::proportion::Z;

/// Promoters, passives and detractors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Recommendation {
    /// 9 and 10.
    pub promoters: usize,
    /// 7 and 8.
    pub passives: usize,
    /// 0 to 6.
    pub detractors: usize,
}

impl Recommendation {
    /// Of (score, count).
    pub fn of(counts: impl IntoIterator<Item = (f64, usize)>) -> Recommendation {
        let mut result = Recommendation::default();
        for (score, count) in counts {
            if score >= 9.0 {
                result.promoters += count;
            } else if score >= 7.0 {
                result.passives += count;
            } else {
                result.detractors += count;
            }
        }
        result
    }

    /// How many answered.
    pub fn n(self) -> usize {
        self.promoters + self.passives + self.detractors
    }

    /// Points, -100 to 100; `None` when nobody answered.
    pub fn score(self) -> Option<f64> {
        let n = self.n();
        (n > 0).then(|| 100.0 * (self.promoters as f64 - self.detractors as f64) / n as f64)
    }

    /// Variance of one answer's -1, 0 or 1.
    pub fn variance(self) -> f64 {
        let n = self.n().max(1) as f64;
        variance(self.promoters as f64 / n, self.detractors as f64 / n)
    }

    /// Wald's 95 % interval, in points.
    pub fn wald(self) -> Option<(f64, f64)> {
        let half = 100.0 * Z * (self.variance() / self.n() as f64).sqrt();
        self.score().map(|score| (score - half, score + half))
    }

    /// The adjusted Wald 95 % interval, in points, with its centre: ¾ promoter, ¾ detractor and 1½ passives are added.
    pub fn adjusted_wald(self) -> (f64, (f64, f64)) {
        adjusted_wald(self.promoters as f64, self.detractors as f64, self.n() as f64)
    }
}

/// [`Recommendation::adjusted_wald`] of sizes that need not be whole, such as effective ones.
pub fn adjusted_wald(promoters: f64, detractors: f64, n: f64) -> (f64, (f64, f64)) {
    let n = n + 3.0;
    let (p, d) = ((promoters + 0.75) / n, (detractors + 0.75) / n);
    let centre = 100.0 * (p - d);
    let half = 100.0 * Z * (variance(p, d) / n).sqrt();
    (centre, (centre - half, centre + half))
}

fn variance(p: f64, d: f64) -> f64 {
    p + d - (p - d).powi(2)
}
