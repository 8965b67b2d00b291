//! Victimization: who can be known to be a victim, how often, and who told an authority.

/// A person's answer to whether something happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happened {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Don't know, refused, skipped or not asked.
    Unknown,
}

/// Whether anything of a list happened to a person: any yes is yes, all no is no, anything else cannot be known.
pub fn any(answers: impl IntoIterator<Item = Happened>) -> Happened {
    let mut unknown = false;
    let mut asked = false;
    for answer in answers {
        asked = true;
        match answer {
            Happened::Yes => return Happened::Yes,
            Happened::No => {}
            Happened::Unknown => unknown = true,
        }
    }
    if unknown || !asked { Happened::Unknown } else { Happened::No }
}

/// (Victims, people of whom it is known).
pub fn prevalence(answers: impl IntoIterator<Item = Happened>) -> (usize, usize) {
    answers.into_iter().fold((0, 0), |(victims, base), answer| match answer {
        Happened::Yes => (victims + 1, base + 1),
        Happened::No => (victims, base + 1),
        Happened::Unknown => (victims, base),
    })
}

/// Incidents of victims, each person's cut at `cap`, and how many had more than one.
pub fn incidents(times: impl IntoIterator<Item = f64>, cap: f64) -> (f64, usize) {
    times
        .into_iter()
        .fold((0.0, 0), |(sum, repeated), times| (sum + times.min(cap), repeated + usize::from(times > 1.0)))
}

/// [`prevalence`] with a weight each: (weight of victims, weight of people of whom it is known).
pub fn weighted_prevalence(answers: impl IntoIterator<Item = (Happened, f64)>) -> (f64, f64) {
    answers.into_iter().fold((0.0, 0.0), |(victims, base), (answer, weight)| match answer {
        Happened::Yes => (victims + weight, base + weight),
        Happened::No => (victims, base + weight),
        Happened::Unknown => (victims, base),
    })
}

/// [`incidents`] of (times, weight), weighted.
pub fn weighted_incidents(times: impl IntoIterator<Item = (f64, f64)>, cap: f64) -> (f64, f64) {
    times.into_iter().fold((0.0, 0.0), |(sum, repeated), (times, weight)| {
        (sum + weight * times.min(cap), repeated + if times > 1.0 { weight } else { 0.0 })
    })
}

#[cfg(test)]
mod tests {
    use super::{Happened, any as any_of, incidents, prevalence, weighted_incidents, weighted_prevalence};
    use proptest::prelude::*;

    #[test]
    fn a_yes_is_known_and_a_no_only_when_all_are() {
        use Happened::{No, Unknown, Yes};
        assert_eq!(
            (any_of([No, Unknown, Yes]), any_of([No, No]), any_of([No, Unknown]), any_of([])),
            (Yes, No, Unknown, Unknown)
        );
        assert_eq!((prevalence([Yes, No, Unknown]), incidents([1.0, 12.0], 5.0)), ((1, 2), (6.0, 1)));
    }

    proptest! {
        #[test]
        fn equal_weights_change_nothing(rows in prop::collection::vec((0u8..3, 0u8..9), 0..40), weight in 0.1f64..9.0) {
            let happened = |code: u8| [Happened::Yes, Happened::No, Happened::Unknown][usize::from(code)];
            let (victims, base) = prevalence(rows.iter().map(|row| happened(row.0)));
            let weighted = weighted_prevalence(rows.iter().map(|row| (happened(row.0), weight)));
            prop_assert!((weighted.0 - weight * victims as f64).abs() < 1e-9 && (weighted.1 - weight * base as f64).abs() < 1e-9);
            let (sum, repeated) = incidents(rows.iter().map(|row| f64::from(row.1)), 5.0);
            let weighted = weighted_incidents(rows.iter().map(|row| (f64::from(row.1), weight)), 5.0);
            prop_assert!((weighted.0 - weight * sum).abs() < 1e-9 && (weighted.1 - weight * repeated as f64).abs() < 1e-9);
        }
    }
}
