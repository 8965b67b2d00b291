use super::cells::Code;
use super::model::{Refusal, RefusalReason, WeightingResult};
use super::question::words;
use super::selection::Selection;
use super::statistics::weight::{self, RakingError, design_effect, rake, trim};
use super::table::Table;
use crate::form::Form;
use crate::survey::{Bilingual, Margin, Survey};

/// Relative weights are kept within these: a few answers must not speak for everybody.
const LIMITS: (f64, f64) = (0.3, 3.0);

/// The selection with the weights that the survey's plan asks for, and what they did. Weights are made for the whole wave,
/// before any filter. Margins that cannot be raked to are left out, each with its reason.
pub(super) fn weighted(
    form: &Form,
    survey: &Survey,
    table: &Table,
    selection: Selection,
) -> (Selection, Option<WeightingResult>) {
    let plan = survey.weighting.plan();
    if plan.margins.is_empty() || selection.count() == 0 {
        return (selection, None);
    }
    let mut result = WeightingResult {
        margins: Vec::new(),
        design_effect: 1.0,
        effective: selection.count() as f64,
        range: (1.0, 1.0),
        trimmed: false,
        refused: Vec::new(),
    };
    let mut margins = Vec::new();
    for margin in &plan.margins {
        match prepared(form, table, &selection, margin) {
            Ok((label, prepared)) => {
                result.margins.push(label);
                margins.push(prepared);
            }
            Err(refusal) => result.refused.push(*refusal),
        }
    }
    if margins.is_empty() {
        return (selection, Some(result));
    }
    // Who did not tell belongs to no known group of the population and weighs 1, the mean.
    let rows = selection.count();
    let known: Vec<bool> = (0..rows)
        .map(|at| {
            margins.iter().all(|margin| margin.categories.get(at).is_some_and(|category| category.is_some()))
        })
        .collect();
    for margin in &mut margins {
        let mut rows = known.iter();
        margin.categories.retain(|_| rows.next() == Some(&true));
    }
    let Ok(raked) = rake(&margins) else {
        // Margins that each stand alone and cannot be met together.
        let refused = result.margins.drain(..).map(|label| Refusal {
            question: String::new(),
            label,
            choice: None,
            reason: RefusalReason::Contradiction,
        });
        result.refused.extend(refused.collect::<Vec<_>>());
        return (selection, Some(result));
    };
    let (low, high) = LIMITS;
    result.trimmed = raked.weights.iter().any(|weight| *weight < low || *weight > high);
    let mut raked = if result.trimmed { trim(&raked.weights, low, high) } else { raked.weights }.into_iter();
    let weights: Vec<f64> =
        known.iter().map(|known| if *known { raked.next().unwrap_or(1.0) } else { 1.0 }).collect();
    if let Some(effect) = design_effect(weights.iter().copied()) {
        (result.design_effect, result.effective) = (effect.deff, effect.n_effective);
    }
    let range = |pick: fn(f64, f64) -> f64| weights.iter().copied().reduce(pick).unwrap_or(1.0);
    result.range = (range(f64::min), range(f64::max));
    let mut of_rows = vec![0.0; table.rows.len()];
    for (row, weight) in selection.rows().zip(&weights) {
        if let Some(entry) = of_rows.get_mut(row) {
            *entry = *weight;
        }
    }
    (selection.with_weights(of_rows), Some(result))
}

/// A margin ready to rake to, with the question's label. Who did not tell, or told what has no target, has no category.
fn prepared(
    form: &Form,
    table: &Table,
    selection: &Selection,
    margin: &Margin,
) -> Result<(Bilingual, weight::Margin), Box<Refusal>> {
    let node = form.find(&margin.question).and_then(|id| form.node(id));
    let label = node.map(|node| words(form, &node.label)).unwrap_or_default();
    let refusal = |choice: Option<Bilingual>, reason| {
        Box::new(Refusal { question: margin.question.clone(), label: label.clone(), choice, reason })
    };
    let list = node.and_then(|node| form.choices_of(node));
    let column = table.column(form, &margin.question).filter(|column| column.repeat.is_none());
    let (Some(list), Some(column)) = (list, column) else {
        return Err(refusal(None, RefusalReason::NoQuestion));
    };
    let target = |name: &str| margin.targets.iter().position(|(choice, _)| choice == name);
    let of_choice: Vec<Option<usize>> = list.choices.iter().map(|choice| target(&choice.name)).collect();
    let categories: Vec<Option<u16>> = selection
        .rows()
        .map(|row| match column.code(row) {
            Code::Choice(code) => of_choice.get(code).copied().flatten().map(|at| at as u16),
            Code::NotShown | Code::Blank => None,
        })
        .collect();
    let ready =
        weight::Margin { categories, targets: margin.targets.iter().map(|(_, number)| *number).collect() };
    let choice = |category: usize| {
        let name = margin.targets.get(category).map(|(name, _)| name.as_str())?;
        Some(list.choice(name).map_or_else(
            || Bilingual { es: name.to_owned(), en: name.to_owned() },
            |choice| words(form, &choice.label),
        ))
    };
    let told = weight::Margin {
        categories: ready.categories.iter().copied().filter(Option::is_some).collect(),
        targets: ready.targets.clone(),
    };
    match rake(std::slice::from_ref(&told)) {
        Err(RakingError::TooFew { category, .. }) => {
            Err(refusal(choice(category), RefusalReason::FewRespondents))
        }
        Err(
            RakingError::NoRespondents { category, .. }
            | RakingError::NoTarget { category, .. }
            | RakingError::BadTarget { category, .. },
        ) => Err(refusal(choice(category), RefusalReason::NoTarget)),
        Err(_) => Err(refusal(None, RefusalReason::NoTarget)),
        Ok(_) => Ok((label, ready)),
    }
}
