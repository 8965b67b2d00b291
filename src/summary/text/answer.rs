use std::collections::HashSet;

use crate::form::Form;
use crate::response::ResponseId;
use crate::summary::{Cells, Code, Selection, Table};

/// The question by which people permit that their comments be quoted. Forms without it quote nobody.
pub const QUOTE_OK: &str = "quote_ok";

/// What one person wrote in answer to one question, in one place of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextAnswer<'a> {
    /// The response it belongs to.
    pub response: ResponseId,
    /// The place among the instances of a repeat, from 1; 1 outside of repeats.
    pub instance: u32,
    /// As it was typed. Blank: not an answer.
    pub text: &'a str,
    /// The person said yes to [`QUOTE_OK`].
    pub quote_ok: bool,
    /// The language the response was finished in, as a tag. People may write in another.
    pub language: &'a str,
}

impl TextAnswer<'_> {
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// Whether a form asks for the permission to quote.
pub fn asks_to_quote(form: &Form) -> bool {
    form.find(QUOTE_OK).is_some()
}

/// The answers to a text question of the chosen rows of a table that keeps texts ([`Table::with_texts`]), in the table's order.
/// Empty for another kind of question and for a table without texts.
pub fn answers<'a>(
    form: &Form,
    table: &'a Table,
    question: &str,
    selection: &Selection,
) -> Vec<TextAnswer<'a>> {
    let mut found: Vec<TextAnswer<'a>> = Vec::new();
    let Some(column) = table.column(form, question) else { return found };
    let Cells::Texts(texts) = &column.cells else { return found };
    let permission = table.column(form, QUOTE_OK).filter(|column| column.repeat.is_none());
    let yes = permission.and_then(|column| {
        let choices = &form.choices_of(form.node(column.node)?)?.choices;
        choices.iter().position(|choice| choice.name == "yes")
    });
    let mut place = (usize::MAX, 0);
    for cell in 0..texts.states.len() {
        let row = table.owner(column, cell);
        place = if place.0 == row { (row, place.1 + 1) } else { (row, 1) };
        let (Some(facts), Some(text)) = (table.rows.get(row), texts.get(cell)) else { continue };
        if !selection.has(row) {
            continue;
        }
        let quote_ok = match (permission.map(|column| column.code(row)), yes) {
            (Some(Code::Choice(choice)), Some(yes)) => choice == yes,
            _ => false,
        };
        let language = table.languages.get(usize::from(facts.language)).map_or("", String::as_str);
        found.push(TextAnswer { response: facts.id, instance: place.1, text, quote_ok, language });
    }
    found
}

/// How many different people stand behind answers.
pub(super) fn people(responses: impl IntoIterator<Item = ResponseId>) -> usize {
    responses.into_iter().collect::<HashSet<_>>().len()
}
