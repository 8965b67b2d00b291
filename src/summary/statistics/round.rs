//! Rounding for people: one rule, used by every screen and file.

use super::super::order;

/// `count` as a percentage of `base`; 0 of nothing is 0.
pub fn percent(count: usize, base: usize) -> f64 {
    if base == 0 { 0.0 } else { 100.0 * count as f64 / base as f64 }
}

/// Rounded half away from zero to a number of decimals. Decimal ties that binary cannot hold (0.285) are meant as written.
pub fn to_decimals(value: f64, decimals: i32) -> f64 {
    let scale = 10f64.powi(decimals);
    let scaled = value * scale;
    let nudged = scaled + scaled.signum() * scaled.abs() * 1e-12;
    let rounded = nudged.round() / scale;
    if rounded == 0.0 { 0.0 } else { rounded }
}

/// Whole percentages that add to 100: all are cut to whole ones, the missing points go to the largest remainders, ties to the
/// earlier row. Nothing counted: all zero.
pub fn whole_percents(counts: &[usize]) -> Vec<u32> {
    let total: usize = counts.iter().sum();
    if total == 0 {
        return vec![0; counts.len()];
    }
    let mut wholes: Vec<u32> = counts.iter().map(|count| (count * 100 / total) as u32).collect();
    let missing = 100usize.saturating_sub(wholes.iter().map(|whole| *whole as usize).sum());
    let mut order: Vec<usize> = (0..counts.len()).collect();
    order::sort_by_key(&mut order, |row| {
        std::cmp::Reverse(counts.get(*row).map_or(0, |count| count * 100 % total))
    });
    for row in order.into_iter().take(missing) {
        if let Some(whole) = wholes.get_mut(row) {
            *whole += 1;
        }
    }
    wholes
}

/// [`whole_percents`] of parts that need not be whole, such as weights. Remainders that differ by less than a billionth of a
/// point are ties.
pub fn whole_percents_of(parts: &[f64]) -> Vec<u32> {
    let total: f64 = parts.iter().sum();
    if total.is_nan() || total <= 0.0 {
        return vec![0; parts.len()];
    }
    let exact: Vec<f64> = parts.iter().map(|part| 100.0 * part / total).collect();
    let mut wholes: Vec<u32> = exact.iter().map(|percent| (percent + 1e-9).floor() as u32).collect();
    let missing = 100usize.saturating_sub(wholes.iter().map(|whole| *whole as usize).sum());
    let remainder = |row: usize| match (exact.get(row), wholes.get(row)) {
        (Some(exact), Some(whole)) => ((exact - f64::from(*whole)) * 1e9).round() as i64,
        _ => 0,
    };
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order::sort_by_key(&mut order, |row| std::cmp::Reverse(remainder(*row)));
    for row in order.into_iter().take(missing) {
        if let Some(whole) = wholes.get_mut(row) {
            *whole += 1;
        }
    }
    wholes
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn three_thirds_are_34_33_33() {
        assert_eq!(whole_percents(&[1, 1, 1]), [34, 33, 33]);
        assert_eq!(whole_percents(&[1, 2, 4, 3, 1]), [9, 18, 37, 27, 9]);
        assert_eq!(whole_percents(&[0, 0]), [0, 0]);
    }

    #[test]
    fn half_a_tenth_goes_up() {
        assert_eq!(to_decimals(12.25, 1), 12.3);
        assert_eq!(to_decimals(0.285, 2), 0.29);
        assert_eq!(to_decimals(-0.04, 1), 0.0);
    }

    proptest! {
        #[test]
        fn whole_percentages_add_to_100_and_stay_within_a_point(counts in prop::collection::vec(0usize..5000, 1..12)) {
            let total: usize = counts.iter().sum();
            let wholes = whole_percents(&counts);
            prop_assert_eq!(wholes.iter().sum::<u32>(), if total == 0 { 0 } else { 100 });
            let parts: Vec<f64> = counts.iter().map(|count| 0.37 * *count as f64).collect();
            prop_assert_eq!(whole_percents_of(&parts), wholes.clone());
            for (count, whole) in counts.iter().zip(&wholes) {
                prop_assert!((percent(*count, total) - f64::from(*whole)).abs() < 1.0);
            }
        }
    }
}
