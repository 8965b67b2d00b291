use super::model::{Class, Number};
use super::rules::{Grade, Part};

/// Classes of whole numbers: the first number of each; the last is open.
const CLASSES: [i64; 8] = [0, 1, 2, 3, 6, 11, 21, 51];
/// Whole numbers below this are counted, not sorted.
const COUNTED: usize = 4096;

/// The result of a number over (answer, weight), unsorted.
pub(super) fn number(numbers: &[(f64, f64)], grade: Grade) -> Number {
    let values = distinct(numbers);
    let n = numbers.len();
    let weight: f64 = values.iter().map(|value| value.weight).sum();
    let sum: f64 = values.iter().map(|value| value.number * value.weight).sum();
    let quartile = |q| quantile(&values, weight, q).and_then(|value| grade.mean(value));
    Number {
        classes: classes(&values, n, weight, grade),
        quartiles: match (quartile(0.25), quartile(0.5), quartile(0.75)) {
            (Some(first), Some(median), Some(third)) => Some((first, median, third)),
            _ => None,
        },
        mean: if weight > 0.0 { grade.mean(sum / weight) } else { None },
        total: grade
            .display
            .has_percent()
            .then(|| values.iter().map(|value| value.number * value.count as f64).sum()),
    }
}

/// A number that was answered, how often, and with which weight.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Value {
    number: f64,
    count: usize,
    weight: f64,
}

/// Numbers in ascending order, each once.
fn distinct(numbers: &[(f64, f64)]) -> Vec<Value> {
    let small = |number: f64| number >= 0.0 && number < COUNTED as f64 && number.fract() == 0.0;
    if numbers.iter().all(|(number, _)| small(*number)) {
        let mut counts = vec![(0_usize, 0.0); COUNTED];
        for (number, weight) in numbers {
            if let Some(entry) = counts.get_mut(*number as usize) {
                *entry = (entry.0 + 1, entry.1 + weight);
            }
        }
        let found = counts.into_iter().enumerate().filter(|(_, (count, _))| *count > 0);
        return found
            .map(|(number, (count, weight))| Value { number: number as f64, count, weight })
            .collect();
    }
    let mut sorted = numbers.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    sorted
        .chunk_by(|a, b| a.0 == b.0)
        .filter_map(|same| {
            let weight = same.iter().map(|(_, weight)| weight).sum();
            Some(Value { number: same.first()?.0, count: same.len(), weight })
        })
        .collect()
}

/// The quantile `q`, between neighbours (type 7 where every weight is 1): the value at place q (W - w) of the running weight.
fn quantile(values: &[Value], weight: f64, q: f64) -> Option<f64> {
    let n: usize = values.iter().map(|value| value.count).sum();
    let mean = weight / n.max(1) as f64;
    // Places are counted in answers of mean weight, from 0.
    let place = q * (n.checked_sub(1)? as f64);
    let at = |place: f64| {
        let mut before = 0.0;
        for value in values {
            before += value.weight / mean;
            if before > place + 1e-9 {
                return Some(value.number);
            }
        }
        values.last().map(|value| value.number)
    };
    let (below, above) = (at(place.floor())?, at(place.floor() + 1.0)?);
    Some(below + (above - below) * place.fract())
}

/// Fixed classes, so that none begins or ends at one person's answer; empty ones at both ends are left out.
fn classes(values: &[Value], n: usize, weight: f64, grade: Grade) -> Vec<Class> {
    let ends = CLASSES.iter().skip(1).map(|next| Some(next - 1)).chain([None]);
    let mut classes: Vec<Class> = CLASSES
        .iter()
        .zip(ends)
        .map(|(from, to)| {
            let first = *from == 0;
            let inside = |value: &&Value| {
                (first || value.number >= *from as f64) && to.is_none_or(|to| value.number < to as f64 + 1.0)
            };
            let (mut count, mut share) = (0, 0.0);
            for value in values.iter().filter(inside) {
                count += value.count;
                share += value.weight;
            }
            let share = if weight > 0.0 { share / weight } else { 0.0 };
            let part = Part { count, base: n, share, error: None };
            Class {
                from: *from,
                to,
                count,
                percent: grade.points(100.0 * share),
                whole: grade.whole(part.share),
            }
        })
        .collect();
    while classes.last().is_some_and(|class| class.count == 0) {
        classes.pop();
    }
    let empty = classes.iter().take_while(|class| class.count == 0).count();
    classes.drain(..empty);
    classes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::summary::statistics::moments;
    use proptest::prelude::*;

    fn values(numbers: &[f64], weight: f64) -> Vec<Value> {
        distinct(&numbers.iter().map(|number| (*number, weight)).collect::<Vec<_>>())
    }

    proptest! {
        #[test]
        fn quantiles_are_those_of_the_sorted_list_whatever_every_answer_weighs(
            numbers in prop::collection::vec(prop_oneof![(0i32..20).prop_map(f64::from), -5.0f64..5.0], 1..40),
            weight in 0.1f64..5.0,
            q in 0.0f64..1.0,
        ) {
            let mut sorted = numbers.clone();
            sorted.sort_by(f64::total_cmp);
            let found = quantile(&values(&numbers, weight), weight * numbers.len() as f64, q).unwrap();
            prop_assert!((found - moments::quantile(&sorted, q).unwrap()).abs() < 1e-6);
        }
    }

    #[test]
    fn a_heavy_answer_pulls_the_median() {
        let weighted = distinct(&[(1.0, 1.0), (2.0, 1.0), (9.0, 4.0)]);
        assert_eq!(quantile(&weighted, 6.0, 0.5), Some(9.0));
    }
}
