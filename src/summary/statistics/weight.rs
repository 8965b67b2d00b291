//! Weights: raking answers to known shares of the population, trimming, and what weighting costs.

use std::collections::HashMap;

/// Respondents a category must have before answers are raked to it.
pub const LEAST_RESPONDENTS: usize = 5;

/// Raking ends when no margin is off by more than this share of its target.
const GAP: f64 = 1e-12;

/// After so many cycles margins contradict each other.
const MOST_CYCLES: usize = 2000;

/// How the population divides by one thing, and each respondent's part.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Margin {
    /// Per respondent, the position of the category in `targets`.
    pub categories: Vec<Option<u16>>,
    /// How many people, or which share of them, per category. Only their proportions count. A category without people
    /// (0) must have no respondents.
    pub targets: Vec<f64>,
}

/// Why answers cannot be raked. Margins and categories are told by their positions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum RakingError {
    /// No margin, or nobody answered.
    Nothing,
    /// Margins are of different numbers of respondents.
    Length {
        /// The first that differs.
        margin: usize,
    },
    /// Respondents whose category is not known, or is none of those with a target.
    NoCategory {
        /// Whose margin.
        margin: usize,
        /// How many respondents.
        respondents: usize,
    },
    /// A target that is negative or no number, or a margin whose targets are all 0.
    BadTarget {
        /// Whose margin.
        margin: usize,
        /// Which category.
        category: usize,
    },
    /// A target of 0 for a category with respondents.
    NoTarget {
        /// Whose margin.
        margin: usize,
        /// Which category.
        category: usize,
    },
    /// A category with a target and nobody who answered.
    NoRespondents {
        /// Whose margin.
        margin: usize,
        /// Which category.
        category: usize,
    },
    /// A category with fewer than [`LEAST_RESPONDENTS`].
    TooFew {
        /// Whose margin.
        margin: usize,
        /// Which category.
        category: usize,
        /// How many there are.
        respondents: usize,
    },
    /// The margins cannot be met together.
    Contradiction {
        /// The share of a target by which one is still off.
        gap: f64,
    },
}

/// Raked answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Raked {
    /// Each respondent's weight; 1 on average.
    pub weights: Vec<f64>,
    /// How many people of the first margin's targets a weight of 1 stands for.
    pub people: f64,
    /// Rounds through all margins that were needed.
    pub cycles: usize,
}

/// Weighs answers so that each margin comes out as its targets (iterative proportional fitting, Deming and Stephan 1940):
/// every weight is multiplied by target / current, margin after margin, until none is off by 1e-12. Respondents with the
/// same categories are one cell, so that 100,000 of them cost little more than a hundred.
pub fn rake(margins: &[Margin]) -> Result<Raked, RakingError> {
    let rows = margins.first().map_or(0, |margin| margin.categories.len());
    if rows == 0 {
        return Err(RakingError::Nothing);
    }
    for (number, margin) in margins.iter().enumerate() {
        if margin.categories.len() != rows {
            return Err(RakingError::Length { margin: number });
        }
        check(number, margin)?;
    }
    let mut cells = Cells::of(margins, rows);
    let mut cycles = 0;
    loop {
        cycles += 1;
        let gap = cells.fit();
        if gap < GAP {
            break;
        }
        // Slow is not contradictory.
        if cycles >= MOST_CYCLES && gap < 1e-9 {
            break;
        }
        if cycles >= MOST_CYCLES || !gap.is_finite() {
            return Err(RakingError::Contradiction { gap });
        }
    }
    let people = margins.first().map_or(0.0, |margin| margin.targets.iter().sum::<f64>()) / rows as f64;
    let weight = |cell: &u32| cells.weights.get(*cell as usize).copied().unwrap_or(0.0);
    Ok(Raked { weights: cells.of_row.iter().map(weight).collect(), people, cycles })
}

fn check(number: usize, margin: &Margin) -> Result<(), RakingError> {
    let mut counts = vec![0usize; margin.targets.len()];
    let mut strays = 0;
    for category in &margin.categories {
        match category.and_then(|category| counts.get_mut(usize::from(category))) {
            Some(count) => *count += 1,
            None => strays += 1,
        }
    }
    if strays > 0 {
        return Err(RakingError::NoCategory { margin: number, respondents: strays });
    }
    for (category, (count, target)) in counts.iter().zip(&margin.targets).enumerate() {
        if !target.is_finite() || *target < 0.0 {
            return Err(RakingError::BadTarget { margin: number, category });
        }
        match (*count, *target > 0.0) {
            (0, false) => {}
            (0, true) => return Err(RakingError::NoRespondents { margin: number, category }),
            (_, false) => return Err(RakingError::NoTarget { margin: number, category }),
            (respondents, true) if respondents < LEAST_RESPONDENTS => {
                return Err(RakingError::TooFew { margin: number, category, respondents });
            }
            _ => {}
        }
    }
    Ok(())
}

/// Respondents grouped by all their categories.
struct Cells {
    of_row: Vec<u32>,
    /// Respondents per cell.
    counts: Vec<f64>,
    weights: Vec<f64>,
    margins: Vec<Fit>,
}

struct Fit {
    /// Of each cell.
    categories: Vec<u16>,
    /// Targets, made to add to the number of respondents.
    targets: Vec<f64>,
    /// Room for the current sums, then for the factors.
    sums: Vec<f64>,
}

impl Cells {
    fn of(margins: &[Margin], rows: usize) -> Cells {
        let mut of_row = vec![0u32; rows];
        let mut parents: Vec<Vec<u32>> = Vec::new();
        let mut fits: Vec<Fit> = Vec::new();
        for margin in margins {
            // A cell so far and a category make a cell of the next round.
            let mut numbers: HashMap<(u32, u16), u32> = HashMap::new();
            let (mut categories, mut parent) = (Vec::new(), Vec::new());
            for (cell, category) in of_row.iter_mut().zip(&margin.categories) {
                let key = (*cell, category.unwrap_or(0));
                *cell = *numbers.entry(key).or_insert_with(|| {
                    parent.push(key.0);
                    categories.push(key.1);
                    (categories.len() - 1) as u32
                });
            }
            let scale = rows as f64 / margin.targets.iter().sum::<f64>();
            let targets: Vec<f64> = margin.targets.iter().map(|target| target * scale).collect();
            fits.push(Fit { categories, sums: vec![0.0; targets.len()], targets });
            parents.push(parent);
        }
        let mut counts = vec![0.0; fits.last().map_or(0, |fit| fit.categories.len())];
        for cell in &of_row {
            if let Some(count) = counts.get_mut(*cell as usize) {
                *count += 1.0;
            }
        }
        // Each cell's earlier categories, through the cells that it came of.
        let mut ancestors: Vec<u32> = (0..counts.len() as u32).collect();
        for (fit, parent) in fits.iter_mut().zip(&parents).rev() {
            let of = |cell: &u32| fit.categories.get(*cell as usize).copied().unwrap_or(0);
            fit.categories = ancestors.iter().map(of).collect();
            for cell in &mut ancestors {
                *cell = parent.get(*cell as usize).copied().unwrap_or(0);
            }
        }
        Cells { of_row, weights: vec![1.0; counts.len()], counts, margins: fits }
    }

    /// One round through all margins: the largest share of a target by which one was off before its turn.
    fn fit(&mut self) -> f64 {
        let mut gap = 0.0f64;
        for fit in &mut self.margins {
            fit.sums.fill(0.0);
            for ((category, count), weight) in fit.categories.iter().zip(&self.counts).zip(&self.weights) {
                if let Some(sum) = fit.sums.get_mut(usize::from(*category)) {
                    *sum += count * weight;
                }
            }
            for (sum, target) in fit.sums.iter_mut().zip(&fit.targets).filter(|(_, target)| **target > 0.0) {
                *sum = target / *sum;
                gap = gap.max((*sum - 1.0).abs());
            }
            for (category, weight) in fit.categories.iter().zip(&mut self.weights) {
                *weight *= fit.sums.get(usize::from(*category)).copied().unwrap_or(1.0);
            }
        }
        gap
    }
}

/// Keeps weights between `low` and `high` (below and above 1): cut, made to be 1 on average, and again until nothing moves.
/// Margins that were raked come out a little off again; [`off_target`] says by how much.
pub fn trim(weights: &[f64], low: f64, high: f64) -> Vec<f64> {
    let mut weights = weights.to_vec();
    rescale(&mut weights);
    for _ in 0..1000 {
        let mut moved = 0.0f64;
        for weight in &mut weights {
            let cut = weight.max(low).min(high);
            moved = moved.max((cut - *weight).abs());
            *weight = cut;
        }
        rescale(&mut weights);
        if moved < 1e-13 {
            break;
        }
    }
    weights
}

/// Makes weights 1 on average.
fn rescale(weights: &mut [f64]) {
    let mean = weights.iter().sum::<f64>() / weights.len() as f64;
    if mean > 0.0 {
        weights.iter_mut().for_each(|weight| *weight /= mean);
    }
}

/// The largest distance of a margin's weighted shares from its targets, as a share of the whole (0.01 is a point).
pub fn off_target(margin: &Margin, weights: &[f64]) -> f64 {
    let mut sums = vec![0.0; margin.targets.len()];
    for (category, weight) in margin.categories.iter().zip(weights) {
        if let Some(sum) = category.and_then(|category| sums.get_mut(usize::from(category))) {
            *sum += weight;
        }
    }
    let (total, people) = (sums.iter().sum::<f64>(), margin.targets.iter().sum::<f64>());
    let off = |(sum, target): (&f64, &f64)| (sum / total - target / people).abs();
    sums.iter().zip(&margin.targets).map(off).fold(0.0, f64::max)
}

/// What weighting costs (Kish 1965).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DesignEffect {
    /// n Σ w² / (Σ w)²: 1 for equal weights; above 2 is much.
    pub deff: f64,
    /// n / deff: how many equal answers would tell as much.
    pub n_effective: f64,
}

/// `None` for no weights, or none above 0.
pub fn design_effect(weights: impl IntoIterator<Item = f64>) -> Option<DesignEffect> {
    let (mut n, mut sum, mut squares) = (0.0, 0.0, 0.0);
    for weight in weights {
        n += 1.0;
        sum += weight;
        squares += weight * weight;
    }
    let deff = n * squares / (sum * sum);
    deff.is_finite().then(|| DesignEffect { deff, n_effective: n / deff })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn margin(categories: impl IntoIterator<Item = u16>, targets: &[f64]) -> Margin {
        Margin { categories: categories.into_iter().map(Some).collect(), targets: targets.to_vec() }
    }

    /// 90 and 110 women, 40 and 60 men of two ages.
    fn answers() -> [Margin; 2] {
        let counts = [90, 110, 40, 60];
        let of = |codes: [u16; 4]| {
            codes.into_iter().zip(counts).flat_map(|(code, count)| std::iter::repeat_n(code, count))
        };
        [margin(of([0, 0, 1, 1]), &[510.0, 490.0]), margin(of([0, 1, 0, 1]), &[400.0, 600.0])]
    }

    #[test]
    fn three_hundred_answers_to_known_genders_and_ages() {
        let raked = rake(&answers()).unwrap();
        assert_eq!((raked.cycles, raked.weights.len()), (6, 300));
        assert!((raked.weights[0] - 0.7208856570964632).abs() < 1e-9);
        assert!((raked.weights[0] * raked.people - 2.402952190321544).abs() < 1e-9);
        let effect = design_effect(raked.weights.iter().copied()).unwrap();
        assert!(
            (effect.deff - 1.113392087166542).abs() < 1e-9
                && (effect.n_effective - 269.44685835110107).abs() < 1e-6
        );
    }

    #[test]
    fn what_cannot_be_raked_is_told_by_margin_and_category() {
        let [gender, age] = answers();
        assert_eq!(rake(&[]), Err(RakingError::Nothing));
        let short = margin([0; 10], &[1.0]);
        assert_eq!(rake(&[gender.clone(), short]), Err(RakingError::Length { margin: 1 }));
        let mut unknown = age.clone();
        unknown.categories[3] = None;
        unknown.categories[4] = Some(9);
        assert_eq!(
            rake(&[gender.clone(), unknown]),
            Err(RakingError::NoCategory { margin: 1, respondents: 2 })
        );
        let third = |target: f64| Margin { targets: vec![510.0, 490.0, target], ..gender.clone() };
        assert_eq!(rake(&[third(5.0)]), Err(RakingError::NoRespondents { margin: 0, category: 2 }));
        assert_eq!(rake(&[third(f64::NAN)]), Err(RakingError::BadTarget { margin: 0, category: 2 }));
        assert!(rake(&[third(0.0)]).is_ok());
        let none = Margin { targets: vec![510.0, 0.0], ..gender.clone() };
        assert_eq!(rake(&[age.clone(), none]), Err(RakingError::NoTarget { margin: 1, category: 1 }));
        let few = margin((0..300).map(|row| u16::from(row < 4)), &[0.5, 0.5]);
        let told = RakingError::TooFew { margin: 2, category: 1, respondents: 4 };
        assert_eq!(rake(&[gender, age, few]), Err(told));
    }

    #[test]
    fn margins_that_contradict_each_other_are_found_out() {
        let categories = || (0..20).map(|row| u16::from(row < 10));
        let told = rake(&[margin(categories(), &[0.5, 0.5]), margin(categories(), &[0.3, 0.7])]);
        assert!(matches!(told, Err(RakingError::Contradiction { gap }) if gap > 0.1));
    }

    #[test]
    fn a_weight_of_nine_becomes_three() {
        let weights = [0.2, 0.5, 1.0, 1.0, 1.2, 3.0, 9.0];
        let trimmed = trim(&weights, 0.3, 3.0);
        for (found, expected) in trimmed.iter().zip([
            0.36040800906686743,
            0.36040800906686743,
            0.5289006422364935,
            0.5289006422364935,
            0.6346807706837916,
            1.586701926709479,
            3.0,
        ]) {
            assert!((found - expected).abs() < 1e-9, "{found}, not {expected}");
        }
        assert!((design_effect(weights).unwrap().deff - 2.5952691744788576).abs() < 1e-12);
        assert!((design_effect(trimmed).unwrap().deff - 1.8199574756592611).abs() < 1e-9);
        assert_eq!((design_effect([]), trim(&[], 0.3, 3.0)), (None, vec![]));
    }

    proptest! {
        #[test]
        fn raked_margins_meet_their_targets(
            rows in prop::collection::vec((0u16..2, 0u16..3, 0u16..2), 40..200),
            targets in prop::collection::vec(0.5f64..2.0, 7),
        ) {
            // One of each combination, five times, so that all margins can be met.
            let full = (0..60u16).map(|row| (row % 2, row % 3, row / 6 % 2));
            let rows: Vec<_> = rows.into_iter().chain(full).collect();
            let margins = [
                margin(rows.iter().map(|row| row.0), &targets[..2]),
                margin(rows.iter().map(|row| row.1), &targets[2..5]),
                margin(rows.iter().map(|row| row.2), &targets[5..]),
            ];
            let raked = rake(&margins).unwrap();
            for margin in &margins {
                prop_assert!(off_target(margin, &raked.weights) < 1e-11);
            }
            prop_assert!((raked.weights.iter().sum::<f64>() / rows.len() as f64 - 1.0).abs() < 1e-11);
            for (a, b) in rows.iter().zip(&raked.weights) {
                let same = rows.iter().zip(&raked.weights).filter(|(row, _)| *row == a);
                prop_assert!(same.into_iter().all(|(_, weight)| weight == b));
            }
        }

        #[test]
        fn targets_that_are_met_already_change_nothing(rows in prop::collection::vec(0u16..3, 30..90)) {
            let rows: Vec<u16> = rows.into_iter().chain((0..15).map(|row| row % 3)).collect();
            let counts = |code| rows.iter().filter(|row| **row == code).count() as f64;
            let margin = margin(rows.iter().copied(), &[counts(0), counts(1), counts(2)]);
            let raked = rake(&[margin]).unwrap();
            prop_assert!(raked.weights.iter().all(|weight| (weight - 1.0).abs() < 1e-12));
            let effect = design_effect(raked.weights).unwrap();
            prop_assert!((effect.deff - 1.0).abs() < 1e-12 && (effect.n_effective - rows.len() as f64).abs() < 1e-9);
        }

        #[test]
        fn trimmed_weights_stay_inside_and_are_1_on_average(weights in prop::collection::vec(0.01f64..20.0, 1..50)) {
            let trimmed = trim(&weights, 0.3, 3.0);
            prop_assert!(trimmed.iter().all(|weight| (0.3 - 1e-6..3.0 + 1e-6).contains(weight)));
            prop_assert!((trimmed.iter().sum::<f64>() / trimmed.len() as f64 - 1.0).abs() < 1e-9);
            let order = |a: usize, b: usize| weights[a] < weights[b] && trimmed[a] > trimmed[b] + 1e-9;
            prop_assert!((0..weights.len()).all(|a| (0..weights.len()).all(|b| !order(a, b))));
        }
    }
}
