use super::model::{Display, Hiding, Share};
use super::statistics::proportion::{margin, wilson};
use super::statistics::round::{percent, to_decimals};
use crate::survey::{SamplingDesign, Survey};

/// The question about sexual violence, and what is asked of its victims only: never shown with fewer than [`LEAST_VICTIMS`] victims.
const SEXUAL_VIOLENCE: [&str; 2] = ["vic_sexual", "rep_sexual"];
/// Victims of sexual violence below which nothing of it is shown.
pub(super) const LEAST_VICTIMS: usize = 10;
/// Open surveys are counted in whole batches of this many responses, so that no two screens differ by one person.
const BATCH: usize = 5;

/// What a survey allows to be shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules {
    minimum_cell: usize,
    intervals: bool,
}

/// How much may be shown of a result over n answers; makes the numbers, so that none is made that may not be shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grade {
    pub(super) display: Display,
    intervals: bool,
}

impl Rules {
    pub(super) fn new(survey: &Survey) -> Rules {
        Rules {
            minimum_cell: survey.minimum_cell.max(5) as usize,
            intervals: survey.design == SamplingDesign::Probability,
        }
    }

    pub(super) fn minimum_cell(self) -> usize {
        self.minimum_cell
    }

    /// How much may be shown of a result over `n` answers.
    pub(super) fn grade(self, n: usize) -> Grade {
        let display = match n {
            n if n < self.minimum_cell => Display::Hidden { reason: Hiding::FewAnswers },
            0..10 => Display::CountsOnly,
            10..60 => Display::WholePercent { caution: n < 30 },
            _ => Display::Full,
        };
        Grade { display, intervals: self.intervals && n >= 30 }
    }

    /// As [`Rules::grade`], for a mean or score, which counts cannot stand in for.
    pub(super) fn grade_score(self, n: usize) -> Grade {
        let grade = self.grade(n);
        match grade.display {
            Display::CountsOnly => Grade::hidden(Hiding::FewForScore),
            _ => grade,
        }
    }

    /// The largest margin of error in points.
    pub(super) fn margin(self, n: usize, expected: Option<u32>) -> Option<f64> {
        (self.intervals && n >= 30)
            .then(|| to_decimals(100.0 * margin(0.5, n as f64, expected.map(f64::from)), 1))
    }
}

impl Grade {
    pub(super) fn hidden(reason: Hiding) -> Grade {
        Grade { display: Display::Hidden { reason }, intervals: false }
    }

    pub(super) fn is_hidden(self) -> bool {
        self.display.is_hidden()
    }

    /// A percentage with the decimals that may be shown.
    pub(super) fn percent(self, count: usize, base: usize) -> Option<f64> {
        self.points(percent(count, base))
    }

    /// Percentage points with the decimals that may be shown.
    pub(super) fn points(self, points: f64) -> Option<f64> {
        match self.display {
            Display::Hidden { .. } | Display::CountsOnly => None,
            Display::WholePercent { .. } => Some(to_decimals(points, 0)),
            Display::Full => Some(to_decimals(points, 1)),
        }
    }

    /// A mean or the like with the decimals that may be shown.
    pub(super) fn mean(self, value: f64) -> Option<f64> {
        match self.display {
            Display::Hidden { .. } | Display::CountsOnly => None,
            Display::WholePercent { .. } => Some(to_decimals(value, 1)),
            Display::Full => Some(to_decimals(value, 2)),
        }
    }

    pub(super) fn share(self, count: usize, base: usize) -> Share {
        Share { count, base, percent: self.percent(count, base), interval: self.interval(count, base) }
    }

    /// Wilson's interval in percent, for probability samples.
    pub(super) fn interval(self, count: usize, base: usize) -> Option<(f64, f64)> {
        if !self.intervals {
            return None;
        }
        self.bounds(wilson(count as f64, base as f64).map(|(low, high)| (100.0 * low, 100.0 * high)))
    }

    /// Bounds in points, for probability samples.
    pub(super) fn bounds(self, bounds: Option<(f64, f64)>) -> Option<(f64, f64)> {
        let (low, high) = bounds.filter(|_| self.intervals)?;
        Some((to_decimals(low, 1), to_decimals(high, 1)))
    }
}

/// How many of `arrived` responses are counted.
pub(super) fn counted(arrived: usize, open: bool) -> usize {
    if open { arrived / BATCH * BATCH } else { arrived }
}

/// Whether a question is about sexual violence.
pub(super) fn is_sexual_violence(name: &str) -> bool {
    SEXUAL_VIOLENCE.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(minimum_cell: usize, intervals: bool) -> Rules {
        Rules { minimum_cell, intervals }
    }

    #[test]
    fn what_is_shown_at_which_n() {
        let display = |n| rules(5, false).grade(n).display;
        assert_eq!(display(0), Display::Hidden { reason: Hiding::FewAnswers });
        assert_eq!(display(4), Display::Hidden { reason: Hiding::FewAnswers });
        assert_eq!(display(5), Display::CountsOnly);
        assert_eq!(display(9), Display::CountsOnly);
        assert_eq!(display(10), Display::WholePercent { caution: true });
        assert_eq!(display(29), Display::WholePercent { caution: true });
        assert_eq!(display(30), Display::WholePercent { caution: false });
        assert_eq!(display(59), Display::WholePercent { caution: false });
        assert_eq!(display(60), Display::Full);
        assert_eq!(rules(12, false).grade(11).display, Display::Hidden { reason: Hiding::FewAnswers });
        assert_eq!(rules(5, false).grade_score(9).display, Display::Hidden { reason: Hiding::FewForScore });
    }

    #[test]
    fn numbers_have_the_decimals_of_their_grade_and_intervals_only_in_probability_samples() {
        let share = |n, intervals| rules(5, intervals).grade(n).share(n / 3, n);
        assert_eq!(share(8, true), Share { count: 2, base: 8, percent: None, interval: None });
        assert_eq!(share(29, true).percent, Some(31.0));
        assert_eq!(share(400, false), Share { count: 133, base: 400, percent: Some(33.3), interval: None });
        assert_eq!(share(400, true).interval, Some((28.8, 38.0)));
        assert_eq!(rules(5, true).margin(400, Some(2000)), Some(4.4));
        assert_eq!(rules(5, false).margin(400, None), None);
    }

    #[test]
    fn an_open_survey_is_counted_in_fives() {
        assert_eq!([0, 4, 5, 8, 10].map(|n| counted(n, true)), [0, 0, 5, 5, 10]);
        assert_eq!(counted(8, false), 8);
    }
}
