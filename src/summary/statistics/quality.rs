//! Whether an estimate of a random sample is good enough to publish, by the two standards of household surveys in the
//! region: INE Chile's of 2020 and CEPAL's of 2023, as INE's staff wrote them down in the R package `calidad`.

/// What the standard calls an estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quality {
    /// Publish it.
    Reliable,
    /// Publish it with a warning.
    WeaklyReliable,
    /// Do not publish it.
    NotReliable,
}

/// What is known of an estimated share or mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Precision {
    /// The estimate; 0 to 1 for a share.
    pub estimate: f64,
    /// Standard error, in the same unit.
    pub error: f64,
    /// Answers that it is made of.
    pub n: usize,
    /// Answers, unweighted, that say so: the cases behind a share; for a mean all of them.
    pub cases: usize,
    /// Clusters less strata.
    pub df: f64,
    /// The design effect; `None` where it is not known.
    pub deff: Option<f64>,
}

/// The largest standard error of a reliable share `p` (0 to 1): p^⅔ / 9, mirrored above ½.
pub fn largest_error(p: f64) -> f64 {
    let near = if p <= 0.5 { p } else { 1.0 - p };
    near.max(0.0).powf(2.0 / 3.0) / 9.0
}

/// INE Chile 2020 for a share: at least 60 answers and 9 degrees of freedom, and a standard error up to [`largest_error`].
pub fn ine_2020(p: f64, n: usize, df: f64, error: f64) -> Quality {
    let enough = n >= 60 && df >= 9.0;
    match (enough, error <= largest_error(p)) {
        (true, true) => Quality::Reliable,
        (true, false) => Quality::WeaklyReliable,
        (false, _) => Quality::NotReliable,
    }
}

/// CEPAL 2023 for a share: a design effect of at least 1, an effective size of 60, 9 degrees of freedom and a logarithmic
/// coefficient of variation up to 0.175; reliable with 50 cases, weakly with 30.
pub fn cepal_2023_share(precision: Precision) -> Quality {
    if !is_enough(precision) || log_cv(precision.estimate, precision.error).is_none_or(|cv| cv > 0.175) {
        return Quality::NotReliable;
    }
    match precision.cases {
        50.. => Quality::Reliable,
        30.. => Quality::WeaklyReliable,
        _ => Quality::NotReliable,
    }
}

/// CEPAL 2023 for a mean or a total: the same sizes, and a coefficient of variation up to 20 % for a reliable one with 50
/// cases, up to 30 % for a weakly reliable one with 30.
pub fn cepal_2023_mean(precision: Precision) -> Quality {
    let cv = precision.error / precision.estimate.abs();
    match precision.cases {
        _ if !is_enough(precision) => Quality::NotReliable,
        50.. if cv <= 0.2 => Quality::Reliable,
        30.. if cv <= 0.3 => Quality::WeaklyReliable,
        _ => Quality::NotReliable,
    }
}

/// The relative standard error of -ln p, or of -ln (1 - p) from ½ on: `None` for shares of 0 and 1, which have none.
pub fn log_cv(p: f64, error: f64) -> Option<f64> {
    let near = if p < 0.5 { p } else { 1.0 - p };
    (near > 0.0 && near < 1.0).then(|| error / (-near.ln() * near))
}

/// A design effect that is not known counts as 1.
fn is_enough(precision: Precision) -> bool {
    let deff = precision.deff.unwrap_or(1.0);
    deff >= 1.0 && precision.n as f64 / deff >= 60.0 && precision.df >= 9.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn share() -> Precision {
        Precision { estimate: 0.3, error: 0.03, n: 400, cases: 120, df: 30.0, deff: Some(1.6) }
    }

    #[test]
    fn six_shares_by_the_standard_of_2020() {
        for (p, n, df, error, expected) in [
            (0.45, 400, 20.0, 0.03, Quality::Reliable),
            (0.05, 400, 20.0, 0.02, Quality::WeaklyReliable),
            (0.05, 400, 20.0, 0.012, Quality::Reliable),
            (0.5, 59, 20.0, 0.05, Quality::NotReliable),
            (0.5, 100, 8.0, 0.05, Quality::NotReliable),
            (0.93, 120, 30.0, 0.03, Quality::WeaklyReliable),
        ] {
            assert_eq!(ine_2020(p, n, df, error), expected, "{p} of {n}");
        }
        assert!((largest_error(0.93) - 0.018872213913797887).abs() < 1e-12);
        assert_eq!((largest_error(0.0), largest_error(1.0)), (0.0, 0.0));
    }

    #[test]
    fn a_share_by_the_standard_of_2023() {
        let of = cepal_2023_share;
        assert_eq!(of(share()), Quality::Reliable);
        assert_eq!(of(Precision { cases: 49, ..share() }), Quality::WeaklyReliable);
        assert_eq!(of(Precision { cases: 29, ..share() }), Quality::NotReliable);
        assert_eq!(of(Precision { deff: Some(7.0), ..share() }), Quality::NotReliable);
        assert_eq!(of(Precision { deff: Some(0.9), ..share() }), Quality::NotReliable);
        assert_eq!(of(Precision { deff: None, ..share() }), Quality::Reliable);
        assert_eq!(of(Precision { df: 8.0, ..share() }), Quality::NotReliable);
        // 0.07 / (0.3 × 1.204) is 0.194.
        assert_eq!(of(Precision { error: 0.07, ..share() }), Quality::NotReliable);
        assert_eq!(of(Precision { estimate: 0.0, ..share() }), Quality::NotReliable);
    }

    #[test]
    fn a_mean_by_the_standard_of_2023() {
        let of = |error, cases| cepal_2023_mean(Precision { estimate: 10.0, error, cases, ..share() });
        assert_eq!((of(2.0, 50), of(2.1, 50)), (Quality::Reliable, Quality::WeaklyReliable));
        assert_eq!((of(2.0, 30), of(3.1, 90)), (Quality::WeaklyReliable, Quality::NotReliable));
        assert_eq!(of(1.0, 29), Quality::NotReliable);
        assert_eq!(cepal_2023_mean(Precision { estimate: 0.0, ..share() }), Quality::NotReliable);
    }

    proptest! {
        #[test]
        fn a_share_and_its_opposite_are_equally_good(p in 0.001f64..0.499, error in 0.001f64..0.1, cases in 0usize..100) {
            prop_assert_eq!(ine_2020(p, 200, 12.0, error), ine_2020(1.0 - p, 200, 12.0, error));
            let of = |estimate| cepal_2023_share(Precision { estimate, error, cases, ..share() });
            prop_assert_eq!(of(p), of(1.0 - p));
        }

        #[test]
        fn more_answers_and_smaller_errors_never_make_it_worse(
            p in 0.001f64..0.999, error in 0.001f64..0.1, cases in 0usize..100, n in 30usize..200,
        ) {
            let (here, there) = (
                Precision { estimate: p, error, cases, n, df: 12.0, deff: Some(1.0) },
                Precision { estimate: p, error: error * 0.8, cases: cases + 10, n: n + 40, df: 13.0, deff: Some(1.0) },
            );
            prop_assert!(cepal_2023_share(there) <= cepal_2023_share(here));
            prop_assert!(cepal_2023_mean(there) <= cepal_2023_mean(here));
            prop_assert!(ine_2020(p, there.n, there.df, there.error) <= ine_2020(p, n, here.df, error));
        }
    }
}
