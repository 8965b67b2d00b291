use super::cells::Cells;
use super::selection::Selection;
use super::table::{Column, Table};
use super::view::Filter;
use crate::form::{ChoiceList, Form};

/// What is left of a selection when every filter holds. A filter on a question that the form has not leaves nothing: a view
/// that cannot be made must not look like the whole.
pub(super) fn chosen(form: &Form, table: &Table, selection: Selection, filters: &[Filter]) -> Selection {
    if filters.is_empty() {
        return selection;
    }
    let mut mask = selection.mask().to_vec();
    for filter in filters {
        narrow(form, table, filter, &mut mask);
    }
    let weights = selection.weights().map(<[f64]>::to_vec);
    let selection = Selection::of(mask);
    match weights {
        Some(weights) => selection.with_weights(weights),
        None => selection,
    }
}

fn narrow(form: &Form, table: &Table, filter: &Filter, mask: &mut [bool]) {
    match filter {
        Filter::Choices { question, choices } => {
            let column = table.column(form, question).filter(|column| column.repeat.is_none());
            match column {
                Some(column) => of_choices(column, list_of(form, column), choices, mask),
                None => mask.fill(false),
            }
        }
        Filter::Languages(tags) => {
            let wanted: Vec<bool> = table.languages.iter().map(|tag| tags.contains(tag)).collect();
            for (row, facts) in mask.iter_mut().zip(&table.rows) {
                *row &= wanted.get(usize::from(facts.language)).copied().unwrap_or(false);
            }
        }
        Filter::Days { from, to } => {
            let from = from.map_or(i32::MIN, |day| day.days());
            let to = to.map_or(i32::MAX, |day| day.days());
            for (row, facts) in mask.iter_mut().zip(&table.rows) {
                *row &= (from..=to).contains(&facts.finished);
            }
        }
    }
}

fn list_of<'a>(form: &'a Form, column: &Column) -> Option<&'a ChoiceList> {
    form.node(column.node).and_then(|node| form.choices_of(node))
}

fn of_choices(column: &Column, list: Option<&ChoiceList>, choices: &[String], mask: &mut [bool]) {
    let all = list.map(|list| list.choices.as_slice()).unwrap_or_default();
    let wanted: Vec<bool> = all.iter().map(|choice| choices.contains(&choice.name)).collect();
    let has = |code: usize| wanted.get(code).copied().unwrap_or(false);
    match &column.cells {
        Cells::Codes(codes) => {
            let mut table = [false; 256];
            table.iter_mut().zip(&wanted).for_each(|(entry, wanted)| *entry = *wanted);
            for (row, code) in mask.iter_mut().zip(codes) {
                *row &= table.get(usize::from(*code)).copied().unwrap_or(false);
            }
        }
        Cells::Wide(codes) => {
            mask.iter_mut().zip(codes).for_each(|(row, code)| *row &= has(usize::from(*code)));
        }
        Cells::Sets { stride, words } => {
            let mut bits = vec![0_u64; *stride];
            for (code, _) in wanted.iter().enumerate().filter(|(_, wanted)| **wanted) {
                if let Some(word) = bits.get_mut((code + 1) / 64) {
                    *word |= 1 << ((code + 1) % 64);
                }
            }
            for (row, words) in mask.iter_mut().zip(words.chunks_exact(*stride)) {
                *row &= words.iter().zip(&bits).any(|(word, bits)| word & bits != 0);
            }
        }
        // Only closed questions make filters.
        _ => mask.fill(false),
    }
}
