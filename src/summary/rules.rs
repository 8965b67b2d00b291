use super::model::{Difference, Display, Hiding, Reliability, Share};
use super::statistics::proportion::{margin, wilson};
use super::statistics::round::{percent, to_decimals};
use super::view::Profile;
use crate::survey::{SamplingDesign, Survey};

/// The question about sexual violence, and what is asked of its victims only: never shown with fewer than [`LEAST_VICTIMS`] victims.
const SEXUAL_VIOLENCE: [&str; 2] = ["vic_sexual", "rep_sexual"];
/// Victims of sexual violence below which nothing of it is shown.
pub(super) const LEAST_VICTIMS: usize = 10;
/// Open surveys are counted in whole batches of this many responses, so that no two screens differ by one person.
const BATCH: usize = 5;
/// A group in a breakdown, or what a filter leaves: from this many in what is published, and for analysts.
const GROUP: (usize, usize) = (30, 10);

/// What a survey allows to be shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules {
    minimum_cell: usize,
    probability: bool,
    profile: Profile,
    /// Kish's design effect of the weights; 1 without.
    design_effect: f64,
    /// Part of a wave: no batch, a group of its own size.
    filtered: bool,
}

/// How much may be shown of a result over n answers; makes the numbers, so that none is made that may not be shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grade {
    pub(super) display: Display,
    /// The sample was drawn at random.
    probability: bool,
    /// n is large enough for intervals.
    intervals: bool,
    design_effect: f64,
}

/// A share before anything is said of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Part {
    /// How many, unweighted.
    pub(super) count: usize,
    /// Of how many, unweighted.
    pub(super) base: usize,
    /// The share, 0 to 1, weighted where answers are.
    pub(super) share: f64,
    /// Standard error and degrees of freedom under the sampling design; `None`: from the share, its base and the design effect.
    pub(super) error: Option<(f64, f64)>,
}

impl Part {
    /// A share of answers that all count the same.
    pub(super) fn plain(count: usize, base: usize) -> Part {
        Part { count, base, share: percent(count, base) / 100.0, error: None }
    }
}

impl Rules {
    pub(super) fn new(survey: &Survey, profile: Profile, filtered: bool) -> Rules {
        Rules {
            minimum_cell: survey.minimum_cell.max(5) as usize,
            probability: survey.design == SamplingDesign::Probability,
            profile,
            design_effect: 1.0,
            filtered,
        }
    }

    pub(super) fn with_design_effect(self, design_effect: f64) -> Rules {
        Rules { design_effect, ..self }
    }

    pub(super) fn minimum_cell(self) -> usize {
        self.minimum_cell
    }

    pub(super) fn is_probability(self) -> bool {
        self.probability
    }

    /// Kish's design effect of the weights.
    pub(super) fn design_effect(self) -> f64 {
        self.design_effect
    }

    /// Cells of fewer people are suppressed: always in what is published.
    pub(super) fn suppresses(self) -> bool {
        self.profile == Profile::Publication
    }

    /// The smallest group of a breakdown.
    pub(super) fn least_group(self) -> usize {
        let least = match self.profile {
            Profile::Publication => GROUP.0,
            Profile::Analyst => GROUP.1,
        };
        least.max(self.minimum_cell)
    }

    /// How much may be shown of a result over `n` answers. Under a filter, groups are as small as a breakdown's at the least.
    pub(super) fn grade(self, n: usize) -> Grade {
        let display = match n {
            n if n < self.minimum_cell => Display::Hidden { reason: Hiding::FewAnswers },
            n if self.filtered && n < GROUP.1 => Display::Hidden { reason: Hiding::FewAnswers },
            0..10 => Display::CountsOnly,
            10..60 => Display::WholePercent { caution: n < 30 },
            _ => Display::Full,
        };
        let (probability, intervals) = (self.probability, self.probability && n >= 30);
        Grade { display, probability, intervals, design_effect: self.design_effect }
    }

    /// As [`Rules::grade`], for a mean or score, which counts cannot stand in for.
    pub(super) fn grade_score(self, n: usize) -> Grade {
        let grade = self.grade(n);
        match grade.display {
            Display::CountsOnly => Grade::hidden(Hiding::FewForScore),
            _ => grade,
        }
    }

    /// How much may be shown of a group of `n` people in a breakdown.
    pub(super) fn grade_group(self, n: usize) -> Grade {
        if n < self.least_group() { Grade::hidden(Hiding::SmallGroup) } else { self.grade(n) }
    }

    /// The largest margin of error in points, by the effective number of answers.
    pub(super) fn margin(self, n: usize, expected: Option<u32>) -> Option<f64> {
        let effective = n as f64 / self.design_effect;
        // A population of fewer than have answered was set by mistake: it makes no answer surer.
        let expected = expected.map(f64::from).filter(|expected| *expected >= n as f64);
        (self.probability && n >= 30).then(|| to_decimals(100.0 * margin(0.5, effective, expected), 1))
    }
}

impl Grade {
    pub(super) fn hidden(reason: Hiding) -> Grade {
        let display = Display::Hidden { reason };
        Grade { display, probability: false, intervals: false, design_effect: 1.0 }
    }

    pub(super) fn is_hidden(self) -> bool {
        self.display.is_hidden()
    }

    /// Whether a random sample large enough stands behind it.
    pub(super) fn infers(self) -> bool {
        self.intervals && !self.is_hidden()
    }

    /// Answers that `n` weighted ones are worth.
    pub(super) fn effective(self, n: usize) -> f64 {
        n as f64 / self.design_effect
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

    /// The difference of two shares.
    pub(super) fn difference(self, more: f64, less: f64, interval: Option<(f64, f64)>) -> Option<Difference> {
        let points = 100.0 * (more - less);
        Some(Difference { fine: self.points(points)?, whole: to_decimals(points, 0) as i32, interval })
    }

    /// The whole percentage that people read.
    pub(super) fn whole(self, share: f64) -> Option<u32> {
        self.display.has_percent().then(|| to_decimals(100.0 * share, 0).max(0.0) as u32)
    }

    /// A mean or the like with the decimals that may be shown.
    pub(super) fn mean(self, value: f64) -> Option<f64> {
        match self.display {
            Display::Hidden { .. } | Display::CountsOnly => None,
            Display::WholePercent { .. } => Some(to_decimals(value, 1)),
            Display::Full => Some(to_decimals(value, 2)),
        }
    }

    pub(super) fn share(self, part: Part) -> Share {
        Share {
            count: part.count,
            base: part.base,
            percent: self.points(100.0 * part.share),
            whole: self.whole(part.share),
            interval: self.interval(part),
            reliability: self.reliability(part),
        }
    }

    /// The 95 % interval in percent, for probability samples: Student's under a declared design, else Wilson's on the
    /// effective number of answers.
    pub(super) fn interval(self, part: Part) -> Option<(f64, f64)> {
        if !self.infers() {
            return None;
        }
        let bounds = match part.error {
            Some((error, freedom)) => {
                let half = critical(freedom) * error;
                Some(((part.share - half).max(0.0), (part.share + half).min(1.0)))
            }
            None => {
                let effective = self.effective(part.base);
                wilson(part.share * effective, effective)
            }
        };
        self.bounds(bounds.map(|(low, high)| (100.0 * low, 100.0 * high)))
    }

    /// How sure a share is, for probability samples.
    pub(super) fn reliability(self, part: Part) -> Option<Reliability> {
        if !self.probability || !self.display.has_percent() {
            return None;
        }
        let effective = self.effective(part.base);
        let (error, freedom) = part.error.unwrap_or_else(|| {
            ((part.share * (1.0 - part.share) / effective.max(1.0)).sqrt(), effective - 1.0)
        });
        Some(reliability(part.share, part.base, freedom, error))
    }

    /// Bounds in points, for probability samples.
    pub(super) fn bounds(self, bounds: Option<(f64, f64)>) -> Option<(f64, f64)> {
        let (low, high) = bounds.filter(|_| self.infers())?;
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

/// Student's 97.5 % point.
fn critical(freedom: f64) -> f64 {
    super::statistics::distribution::t_critical(0.05, freedom.max(1.0))
}

/// The standard of INE Chile (2020) for shares.
fn reliability(share: f64, n: usize, freedom: f64, error: f64) -> Reliability {
    let near = share.min(1.0 - share).max(0.0);
    let limit = near.powf(2.0 / 3.0) / 9.0;
    match () {
        () if n < 60 || freedom < 9.0 => Reliability::NotReliable,
        () if error <= limit => Reliability::Reliable,
        () => Reliability::WeaklyReliable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(minimum_cell: usize, probability: bool) -> Rules {
        let (profile, design_effect) = (Profile::Publication, 1.0);
        Rules { minimum_cell, probability, profile, design_effect, filtered: false }
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
        assert_eq!(rules(5, false).grade_group(29).display, Display::Hidden { reason: Hiding::SmallGroup });
    }

    #[test]
    fn numbers_have_the_decimals_of_their_grade_and_intervals_only_in_probability_samples() {
        let share = |n, probability| rules(5, probability).grade(n).share(Part::plain(n / 3, n));
        let plain = Share { count: 2, base: 8, ..Share::default() };
        assert_eq!(share(8, true), plain);
        assert_eq!(share(29, true).percent, Some(31.0));
        let percent =
            Share { count: 133, base: 400, percent: Some(33.3), whole: Some(33), ..Share::default() };
        assert_eq!(share(400, false), percent);
        assert_eq!(share(400, true).interval, Some((28.8, 38.0)));
        assert_eq!(share(400, true).reliability, Some(Reliability::Reliable));
        assert_eq!(rules(5, true).margin(400, Some(2000)), Some(4.4));
        assert_eq!(rules(5, false).margin(400, None), None);
    }

    #[test]
    fn weights_widen_intervals() {
        let grade = rules(5, true).with_design_effect(1.113392087166542).grade(300);
        let part = Part { count: 164, base: 300, share: 0.5022124116280079, error: None };
        assert_eq!(grade.share(part).interval, Some((44.3, 56.1)));
    }

    #[test]
    fn an_open_survey_is_counted_in_fives() {
        assert_eq!([0, 4, 5, 8, 10].map(|n| counted(n, true)), [0, 0, 5, 5, 10]);
        assert_eq!(counted(8, false), 8);
    }
}
