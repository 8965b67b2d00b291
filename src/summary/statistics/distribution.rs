//! Chances and points of the normal, Student's t, chi-square, F and beta distributions: a thin coat over `statrs`, whose
//! functions stop on numbers out of range where these answer with not-a-number.

use std::f64::consts::{PI, SQRT_2};

use statrs::function::beta::{beta_reg, inv_beta_reg, ln_beta};
use statrs::function::erf::{erfc, erfc_inv};
use statrs::function::gamma::{gamma_ur, ln_gamma};

/// The chance of a standard normal value below `z`.
pub fn normal_below(z: f64) -> f64 {
    0.5 * erfc(-z / SQRT_2)
}

/// The two-sided chance of a standard normal value at least this far from 0.
pub fn normal_chance(z: f64) -> f64 {
    erfc(z.abs() / SQRT_2)
}

/// The chance of a Student's t of `df` degrees of freedom below `t`.
pub fn t_below(t: f64, df: f64) -> f64 {
    let tail = 0.5 * t_chance(t, df);
    if t > 0.0 { 1.0 - tail } else { tail }
}

/// The two-sided chance of a Student's t at least this far from 0.
pub fn t_chance(t: f64, df: f64) -> f64 {
    if df == f64::INFINITY {
        return normal_chance(t);
    }
    let (square, half) = (t * t, df / 2.0);
    // Not a number, or no degree of freedom.
    if half.is_nan() || half <= 0.0 || square.is_nan() {
        return f64::NAN;
    }
    // Of x and 1 - x the smaller is computed, so that neither a small t nor a large one loses digits.
    if square < df {
        1.0 - beta_reg(0.5, half, square / (df + square))
    } else {
        beta_reg(half, 0.5, 1.0 / (1.0 + square / df))
    }
}

/// The point below which a share `p` (0 to 1) of Student's t lies.
pub fn t_quantile(p: f64, df: f64) -> f64 {
    let point = t_critical(2.0 * p.min(1.0 - p), df);
    if p < 0.5 { -point } else { point }
}

/// The two-sided point of Student's t: |t| is above it with chance `alpha`.
///
/// Ours, because the quantile of `statrs` is off by up to 3e-4 where the degrees of freedom are many: Newton's steps from the
/// normal point, which lies below. The chance falls ever more slowly, so no step goes too far.
pub fn t_critical(alpha: f64, df: f64) -> f64 {
    if !(alpha > 0.0 && alpha <= 1.0 && df > 0.0) {
        return f64::NAN;
    }
    let mut t = SQRT_2 * erfc_inv(alpha);
    if df == f64::INFINITY {
        return t;
    }
    let half = (df + 1.0) / 2.0;
    let scale = ln_gamma(half) - ln_gamma(df / 2.0) - 0.5 * (df * PI).ln();
    for _ in 0..200 {
        let density = (scale - half * (t * t / df).ln_1p()).exp();
        let step = (t_chance(t, df) - alpha) / (2.0 * density);
        if step.is_nan() {
            break;
        }
        t += step;
        // What is left is as the square of the step.
        if step.abs() <= 1e-8 * t {
            break;
        }
    }
    t
}

/// The chance of a chi-square of `df` degrees of freedom above `x`.
pub fn chi_square_above(x: f64, df: f64) -> f64 {
    if x.is_nan() || df.is_nan() || df <= 0.0 || df == f64::INFINITY {
        f64::NAN
    } else if x <= 0.0 {
        1.0
    } else if x == f64::INFINITY {
        0.0
    } else {
        gamma_ur(df / 2.0, x / 2.0)
    }
}

/// The point below which a share `p` of an F distribution lies.
pub fn f_quantile(p: f64, df1: f64, df2: f64) -> f64 {
    let x = beta_quantile(p, df1 / 2.0, df2 / 2.0);
    df2 * x / (df1 * (1.0 - x))
}

/// The point below which a share `p` of a Beta(a, b) distribution lies.
pub fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    let fits = |shape: f64| shape > 0.0 && shape.is_finite();
    if !((0.0..=1.0).contains(&p) && fits(a) && fits(b)) {
        return f64::NAN;
    }
    // `statrs` stops 1e-10 from the point, which is much for a few of 100,000: one of Newton's steps mends it.
    let x = inv_beta_reg(a, b, p);
    let density = ((a - 1.0) * x.ln() + (b - 1.0) * (-x).ln_1p() - ln_beta(a, b)).exp();
    let better = x - (beta_reg(a, b, x.clamp(0.0, 1.0)) - p) / density;
    if better > 0.0 && better < 1.0 { better } else { x }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() <= 1e-10 * expected.abs().max(1.0), "{found}, not {expected}");
    }

    // Made with scipy 1.17.
    #[test]
    fn known_points_of_the_normal() {
        near(normal_chance(0.0), 1.0);
        near(normal_chance(1.0), 0.317_310_507_862_914_1);
        near(normal_chance(-1.959963984540054), 0.05);
        near(normal_chance(3.6), 0.000_318_217_180_315_068);
        assert!((normal_chance(6.0) / 1.973_175_290_075_389e-9 - 1.0).abs() < 1e-9);
        near(normal_below(-1.0), 0.158_655_253_931_457);
        near(normal_below(1.959963984540054), 0.975);
    }

    #[test]
    fn known_points_of_student() {
        near(t_critical(0.05, 10.0), 2.228_138_851_986_274);
        near(t_critical(0.05, 1.0), 12.706_204_736_174_694);
        near(t_critical(0.05, 99_999.0), 1.959_987_707_771_844_2);
        near(t_quantile(0.975, f64::INFINITY), 1.959963984540054);
        near(t_quantile(0.025, 9.0), -2.262_157_162_798_205_3);
        near(t_chance(2.228_138_851_986_274, 10.0), 0.05);
        near(t_chance(1e-6, 1e6), 0.999_999_202_115_638_6);
        near(t_below(-2.0, 30.0), 0.027_312_522_481_491_547);
        near(t_below(2.0, 30.0), 0.972_687_477_518_508_5);
    }

    #[test]
    fn known_points_of_chi_square_f_and_beta() {
        near(chi_square_above(11.646_491_228_070_179, 2.0), 0.002_957_989_057_367_906);
        near(chi_square_above(0.0, 3.0), 1.0);
        near(f_quantile(0.975, 11.0, 33.0), 2.412_264_903_707_425_7);
        near(beta_quantile(0.3, 1.0, 1.0), 0.3);
        near(beta_quantile(0.975, 6.0, 3.0), 0.914_766_585_862_746_5);
    }

    #[test]
    fn what_has_no_answer_is_not_a_number() {
        assert!(t_critical(0.05, 0.0).is_nan() && t_critical(0.05, f64::NAN).is_nan());
        assert!(t_chance(f64::NAN, 3.0).is_nan() && t_chance(1.0, -1.0).is_nan());
        assert!(chi_square_above(1.0, 0.0).is_nan() && beta_quantile(0.5, 0.0, 1.0).is_nan());
        assert_eq!((t_chance(f64::INFINITY, 3.0), chi_square_above(f64::INFINITY, 3.0)), (0.0, 0.0));
    }

    proptest! {
        #[test]
        fn a_quantile_leaves_its_share_below(p in 0.0001f64..0.9999, df in 0.5f64..1e5) {
            prop_assert!((t_below(t_quantile(p, df), df) - p).abs() < 1e-10);
        }

        #[test]
        fn a_beta_quantile_leaves_its_share_below(k in 0.01f64..1.0, n in 1.0f64..1e5) {
            let (a, b) = ((k * n).max(0.3), (1.0 - k) * n + 1.0);
            for p in [0.025, 0.975] {
                prop_assert!((beta_reg(a, b, beta_quantile(p, a, b)) - p).abs() < 1e-9);
            }
        }
    }
}
