//! Sorting short lists, compiled once. The standard library's sort is compiled anew, some 6 kB, for each kind of row and each
//! way to compare, and a report sorts dozens. Lists as long as a survey has responses keep the standard library's sort.

use std::cmp::Ordering;

/// Sorts as `rows.sort_by(compare)` does: stable.
pub fn sort_by<T>(rows: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let sorted = order(rows.len(), &mut |a, b| match (rows.get(a), rows.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    place(&sorted, &mut |a, b| rows.swap(a, b));
}

/// Sorts as `rows.sort()` does: stable.
pub fn sort<T: Ord>(rows: &mut [T]) {
    sort_by(rows, T::cmp);
}

/// Sorts as `rows.sort_by_key(key)` does: stable.
pub fn sort_by_key<T, K: Ord>(rows: &mut [T], mut key: impl FnMut(&T) -> K) {
    sort_by(rows, |a, b| key(a).cmp(&key(b)));
}

fn order(len: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut sorted: Vec<usize> = (0..len).collect();
    sorted.sort_by(|a, b| compare(*a, *b));
    sorted
}

/// Brings the row that stands at `sorted[k]` to `k`, for every `k`.
fn place(sorted: &[usize], swap: &mut dyn FnMut(usize, usize)) {
    for (to, wanted) in sorted.iter().enumerate() {
        // A row that was swapped away stands where the one that took its place came from.
        let mut from = *wanted;
        while from < to {
            from = sorted.get(from).copied().unwrap_or(to);
        }
        if from != to {
            swap(from, to);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sorts_as_the_standard_library_does(rows: Vec<(u8, u32)>) {
            let (mut expected, mut ours, mut by_key) = (rows.clone(), rows.clone(), rows);
            expected.sort_by_key(|row| std::cmp::Reverse(row.0));
            super::sort_by(&mut ours, |a, b| b.0.cmp(&a.0));
            super::sort_by_key(&mut by_key, |row| std::cmp::Reverse(row.0));
            prop_assert_eq!(&ours, &expected);
            prop_assert_eq!(&by_key, &expected);
        }
    }
}
