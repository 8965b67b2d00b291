use super::model::{Breakdown, CrossTest, Crosstab, Kind};
use super::rules::Rules;
use super::statistics::compare::holm;
use super::statistics::crosstab::{Crosstab as Counts, fisher};
use super::statistics::round::to_decimals;

/// Beyond this an adjusted residual stands out: the 97.5 % point of the normal distribution.
const STANDS_OUT: f64 = 1.959963984540054;

/// Says of each table of a random sample whether its groups differ, and which cells stand out. Nothing is said of other
/// samples, nor of a table with a hidden cell: a test would give it away.
///
/// Weighted shares are counted at their effective size (a first-order correction for weights; clusters are not reckoned with).
pub(super) fn test_tables(rules: Rules, breakdown: &mut Breakdown) {
    if !rules.is_probability() {
        return;
    }
    let tested: Vec<(usize, CrossTest)> = breakdown
        .tables
        .iter_mut()
        .enumerate()
        .filter_map(|(at, table)| Some((at, tested(rules, table)?)))
        .collect();
    let adjusted = holm(&tested.iter().map(|(_, test)| test.chance).collect::<Vec<_>>());
    for ((at, test), adjusted) in tested.into_iter().zip(adjusted) {
        if let Some(table) = breakdown.tables.get_mut(at) {
            table.test = Some(CrossTest { adjusted, ..test });
        }
    }
}

fn tested(rules: Rules, table: &mut Crosstab) -> Option<CrossTest> {
    if table.kind == Kind::ManyChoices {
        return None;
    }
    let groups: Vec<usize> =
        table.bases.iter().enumerate().filter(|(_, base)| base.is_some()).map(|(group, _)| group).collect();
    if groups.len() < 2 {
        return None;
    }
    let n: usize = table.bases.iter().flatten().sum();
    let mut counts = Vec::with_capacity(groups.len() * table.rows.len());
    for row in &table.rows {
        for group in &groups {
            let (cell, base) = (row.cells.get(*group)?, table.bases.get(*group).copied().flatten()?);
            cell.count?;
            counts.push(cell.percent? / 100.0 * base as f64);
        }
    }
    let plain = rules.design_effect() <= 1.0;
    let whole = match plain {
        true => {
            let people = |row: &super::model::CrossRow| {
                groups
                    .iter()
                    .filter_map(|group| Some(row.cells.get(*group)?.count? as f64))
                    .collect::<Vec<_>>()
            };
            Counts::of(table.rows.iter().flat_map(people).collect(), groups.len())
        }
        false => Counts::of(counts, groups.len()).at_size(n as f64 / rules.design_effect()),
    };
    let association = whole.association()?;
    for (row, residuals) in table.rows.iter_mut().zip(whole.adjusted_residuals().chunks(groups.len())) {
        for (group, residual) in groups.iter().zip(residuals) {
            if let Some(cell) = row.cells.get_mut(*group) {
                cell.stands_out = (residual.abs() > STANDS_OUT).then_some(*residual > 0.0);
            }
        }
    }
    let chance = match table.rows.as_slice() {
        [first, second] if plain && groups.len() == 2 && association.least_expected < 5.0 => {
            let count = |row: &super::model::CrossRow, at: usize| {
                Some(row.cells.get(*groups.get(at)?)?.count? as u64)
            };
            fisher([[count(first, 0)?, count(first, 1)?], [count(second, 0)?, count(second, 1)?]])
        }
        _ => association.chance,
    };
    Some(CrossTest {
        chi_square: to_decimals(association.chi_square, 3),
        freedom: association.df,
        chance,
        adjusted: chance,
        cramers_v: to_decimals(association.v_corrected, 3),
    })
}
