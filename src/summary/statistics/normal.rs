//! Chances under the normal distribution.

/// The two-sided chance of a standard normal value at least this far from 0.
pub fn chance(z: f64) -> f64 {
    erfc(z.abs() / std::f64::consts::SQRT_2)
}

/// The complementary error function, for x >= 0: a series near 0, a continued fraction further out.
fn erfc(x: f64) -> f64 {
    let scale = 2.0 / std::f64::consts::PI.sqrt();
    if x < 2.5 {
        let mut term = x;
        let mut sum = x;
        for n in 1..200 {
            let n = f64::from(n);
            term *= -x * x / n;
            let step = term / (2.0 * n + 1.0);
            sum += step;
            if step.abs() < 1e-17 * sum.abs() {
                break;
            }
        }
        return 1.0 - scale * sum;
    }
    // From the tail of the fraction to its head.
    let tail = (1..=60).rev().fold(0.0, |tail, n| f64::from(n) / 2.0 / (x + tail));
    scale / 2.0 * (-x * x).exp() / (x + tail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_points() {
        for (z, expected) in [
            (0.0, 1.0),
            (1.0, 0.317_310_507_862_914_1),
            (1.959963984540054, 0.05),
            (3.6, 0.000_318_217_180_315_068),
            (6.0, 1.973_175_290_075_396e-9),
        ] {
            assert!((chance(z) - expected).abs() < 1e-12, "{z}: {}", chance(z));
        }
    }
}
