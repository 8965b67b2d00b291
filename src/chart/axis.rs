/// A range that can be drawn on: as given where it is finite and rises, else 0 to 100.
pub(super) fn sound((low, high): (f64, f64)) -> (f64, f64) {
    let fine = low.is_finite() && high.is_finite() && high > low && (high - low).is_finite();
    if fine { (low, high) } else { (0.0, 100.0) }
}

/// Where a value lies in a [`sound`] range, 0 at its low and 1 at its high end, kept within; `None` for what is no number.
pub(super) fn place(value: f64, (low, high): (f64, f64)) -> Option<f64> {
    value.is_finite().then(|| ((value - low) / (high - low)).clamp(0.0, 1.0))
}

/// An interval in rising order; `None` where an end is no number.
pub(super) fn ordered((a, b): (f64, f64)) -> Option<(f64, f64)> {
    (a.is_finite() && b.is_finite()).then_some((a.min(b), a.max(b)))
}

/// A size that can be drawn: between 0 and a million, and 0 for what is no number.
pub(super) fn part(value: f64) -> f64 {
    if value.is_finite() { value.clamp(0.0, 1e6) } else { 0.0 }
}

/// Round numbers within a range, in rising order: steps of 1, 2, 2.5 or 5 times a power of ten, about `most` of them and
/// never more than `most + 1`. A range that is none gives those of 0 to 100.
///
/// ```
/// assert_eq!(sondeo::chart::ticks((0.0, 100.0), 4), [0.0, 25.0, 50.0, 75.0, 100.0]);
/// ```
pub fn ticks(range: (f64, f64), most: usize) -> Vec<f64> {
    let (low, high) = sound(range);
    let raw = (high - low) / most.max(1) as f64;
    let power = 10f64.powf(raw.log10().floor());
    let step =
        [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|unit| unit * power).find(|step| *step >= raw * 0.9999);
    let step = step.unwrap_or(raw);
    let first = (low / step - 1e-9).ceil();
    (0..=most)
        .map(|turn| (first + turn as f64) * step)
        .take_while(|tick| *tick <= high + step * 1e-6)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ticks_are_round_numbers() {
        assert_eq!(ticks((0.0, 10.0), 5), [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]);
        assert_eq!(ticks((12.0, 41.0), 4), [20.0, 30.0, 40.0]);
        assert_eq!(ticks((-20.0, 20.0), 4), [-20.0, -10.0, 0.0, 10.0, 20.0]);
        assert_eq!(ticks((1.0, f64::NAN), 2), [0.0, 50.0, 100.0]);
        assert_eq!(ticks((0.0, 1.0), 0), [0.0]);
    }

    #[test]
    fn what_is_no_number_has_no_place() {
        assert_eq!(place(30.0, (0.0, 40.0)), Some(0.75));
        assert_eq!((place(-3.0, (0.0, 1.0)), place(3.0, (0.0, 1.0))), (Some(0.0), Some(1.0)));
        assert_eq!(place(f64::NAN, (0.0, 1.0)), None);
        assert_eq!(ordered((5.0, 2.0)), Some((2.0, 5.0)));
        assert_eq!(ordered((f64::INFINITY, 2.0)), None);
    }

    proptest! {
        #[test]
        fn ticks_rise_within_the_range(low in -1e6f64..1e6, span in 1e-3f64..1e6, most in 1usize..12) {
            let found = ticks((low, low + span), most);
            prop_assert!(found.len() <= most + 1);
            prop_assert!(found.windows(2).all(|pair| pair[0] < pair[1]));
            let slack = span * 1e-3;
            prop_assert!(found.iter().all(|tick| *tick >= low - slack && *tick <= low + span + slack));
        }
    }
}
