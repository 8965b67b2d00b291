//! Whether rows of data can be told apart by what others may know of a person: area, gender, age.

use std::collections::HashMap;
use std::hash::Hash;

/// Rows that are alike in all quasi-identifiers are a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Anonymity {
    /// k: rows in the smallest class; 0 for no rows.
    pub k: usize,
    /// Classes.
    pub classes: usize,
    /// Rows in classes of fewer than the least asked for.
    pub below: usize,
}

/// How anonymous rows of quasi-identifiers are (k-anonymity, Sweeney 2002), with `least` rows a class asked for.
pub fn anonymity<K: Eq + Hash>(rows: impl IntoIterator<Item = K>, least: usize) -> Anonymity {
    let mut sizes: HashMap<K, usize> = HashMap::new();
    for row in rows {
        *sizes.entry(row).or_default() += 1;
    }
    Anonymity {
        k: sizes.values().copied().min().unwrap_or(0),
        classes: sizes.len(),
        below: sizes.values().filter(|size| **size < least).sum(),
    }
}

/// Per row, whether its class has fewer than `least` rows: an export leaves its quasi-identifiers blank.
pub fn classes_below<K: Eq + Hash>(rows: &[K], least: usize) -> Vec<bool> {
    let mut sizes: HashMap<&K, usize> = HashMap::new();
    for row in rows {
        *sizes.entry(row).or_default() += 1;
    }
    rows.iter().map(|row| sizes.get(row).is_none_or(|size| *size < least)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn seven_people_of_two_districts() {
        let rows = [(0, 0, 0), (0, 0, 0), (0, 1, 1), (1, 0, 0), (1, 0, 0), (1, 0, 0), (1, 1, 2)];
        assert_eq!(anonymity(rows, 3), Anonymity { k: 1, classes: 4, below: 4 });
        assert_eq!(classes_below(&rows, 3), [true, true, true, false, false, false, true]);
        assert_eq!(anonymity([(); 0], 3), Anonymity::default());
    }

    proptest! {
        #[test]
        fn without_the_rows_below_nobody_is_alone(
            rows in prop::collection::vec((0u8..3, 0u8..3), 0..40),
            least in 1usize..5,
        ) {
            let found = anonymity(rows.iter(), least);
            let below = classes_below(&rows, least);
            prop_assert_eq!(below.iter().filter(|below| **below).count(), found.below);
            let kept = rows.iter().zip(&below).filter(|(_, below)| !**below).map(|(row, _)| row);
            let left = anonymity(kept, least);
            prop_assert!(left.below == 0 && (left.k >= least || left.classes == 0));
            for (row, below) in rows.iter().zip(below) {
                prop_assert_eq!(below, rows.iter().filter(|other| *other == row).count() < least);
            }
        }
    }
}
