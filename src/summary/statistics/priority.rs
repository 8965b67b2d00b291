//! First, second and third choices.

/// A choice's places and points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Points {
    /// People who put it first, second, third.
    pub places: [usize; 3],
}

impl Points {
    /// 3 for a first place, 2 for a second, 1 for a third (Borda's count of three).
    pub fn points(self) -> usize {
        let [first, second, third] = self.places;
        3 * first + 2 * second + third
    }

    /// People who put it among the first three.
    pub fn named(self) -> usize {
        self.places.iter().sum()
    }
}

/// (People who named at least one, points per choice) of each person's choices, most wanted first (positions below `choices`).
/// A choice named twice by a person counts at its first place.
pub fn borda<'a>(rows: impl IntoIterator<Item = &'a [usize]>, choices: usize) -> (usize, Vec<Points>) {
    let mut result = vec![Points::default(); choices];
    let mut people = 0;
    for row in rows {
        people += usize::from(!row.is_empty());
        for (place, choice) in row.iter().take(3).enumerate() {
            if row.iter().take(place).any(|earlier| earlier == choice) {
                continue;
            }
            if let Some(count) = result.get_mut(*choice).and_then(|points| points.places.get_mut(place)) {
                *count += 1;
            }
        }
    }
    (people, result)
}
