//! What is wrong with a file, and what its columns are, as people read it.

use super::cell::CellFault;
use super::column::{About, Columns, Field, Role, Why};
use super::person::{Fault, FaultKind};
use super::{MOST_TOLD, TableColumn, distinct};
use crate::form::{Form, NodeKind, write_number};
use crate::i18n::{Language, table as say};
use crate::job::ToldProblem;
use crate::xpath::Reference;

/// So many choices are named.
const MOST_CHOICES: usize = 12;
/// The longest text that is repeated, in characters.
const LONGEST: usize = 60;

/// Tells people, in their language.
pub(super) struct Teller<'a> {
    pub(super) form: &'a Form,
    pub(super) columns: &'a Columns<'a>,
    pub(super) language: Language,
    pub(super) told: Vec<ToldProblem>,
    /// How many were not told any more.
    pub(super) more: usize,
}

impl Teller<'_> {
    /// Tells what is wrong with the row of this number.
    pub(super) fn tell(&mut self, number: usize, faults: &[Fault]) {
        for fault in faults {
            if self.told.len() == MOST_TOLD {
                self.more += 1;
                continue;
            }
            let header = fault.column.and_then(|at| self.columns.headers.get(at));
            self.told.push(ToldProblem {
                bars: fault.bars,
                place: say::place(number, header.map(String::as_str), self.language),
                text: self.text(&fault.kind),
            });
        }
    }

    fn text(&self, kind: &FaultKind) -> String {
        let language = self.language;
        match kind {
            FaultKind::Cell { field, text, fault } => {
                let text = cut(text);
                match fault {
                    CellFault::NoChoice(name) => say::no_choice(&cut(name), &self.choices(*field), language),
                    CellFault::SeveralChoices(names) => say::several_choices(&names.join(", "), language),
                    CellFault::NoNumber => say::no_number(&text, language),
                    CellFault::NotWhole => say::not_whole(&text, language),
                    CellFault::Unclear => say::unclear(&text, language),
                    CellFault::OffScale(low, high) => {
                        say::off_scale(&text, [&write_number(*low), &write_number(*high)], language)
                    }
                    CellFault::NoDay => say::no_day(&text, language),
                    CellFault::UnclearDay => say::unclear_day(&text, language),
                    CellFault::NoTime => say::no_time(&text, language),
                    CellFault::NoMoment => say::no_moment(&text, language),
                    CellFault::NoMark => say::no_mark(language).to_owned(),
                    CellFault::NoPlace => say::no_place(language).to_owned(),
                    CellFault::TooLong => say::too_long(language).to_owned(),
                }
            }
            FaultKind::Wave(wave) => say::no_wave(&cut(wave), language),
            FaultKind::Example => say::example(language).to_owned(),
            FaultKind::Twice(number) => say::twice(*number, language),
            FaultKind::Differs => say::differs(language).to_owned(),
            FaultKind::NotAsked => say::not_asked(language).to_owned(),
            FaultKind::NotOffered => say::not_offered(language).to_owned(),
            FaultKind::Required => say::required(language).to_owned(),
            FaultKind::Constraint(message) if message.is_empty() => say::constraint(language).to_owned(),
            FaultKind::Constraint(message) => say::constraint_says(message, language),
            FaultKind::Contradicts => say::contradicts(language).to_owned(),
        }
    }

    /// The choices of a field, by name.
    fn choices(&self, field: usize) -> String {
        let list = self.columns.fields.get(field).and_then(|field| self.form.choices_of(field.node));
        let choices = list.map(|list| list.choices.as_slice()).unwrap_or_default();
        let named = choices.iter().take(MOST_CHOICES).map(|choice| choice.name.as_str());
        let mut text = named.collect::<Vec<_>>().join(", ");
        if choices.len() > MOST_CHOICES {
            text.push_str(", …");
        }
        text
    }

    /// Every column with what it is read as.
    pub(super) fn columns(&self) -> Vec<TableColumn> {
        let language = self.language;
        let column = |(role, header): (&Role, &String)| {
            let (what, left_out) = match role {
                Role::Answer(field) => (self.label(self.columns.fields.get(*field)), false),
                Role::Mark(field, choice) => {
                    let field = self.columns.fields.get(*field);
                    ([&self.label(field), " – ", choice].concat(), false)
                }
                Role::About(about) => match about {
                    About::Id => (say::about_id(language).to_owned(), false),
                    About::Day => (say::about_day(language).to_owned(), false),
                    About::Wave => (say::about_wave(language).to_owned(), false),
                    About::Language => (say::about_language(language).to_owned(), false),
                    About::Survey | About::Version | About::Example => {
                        (say::about_file(language).to_owned(), false)
                    }
                },
                Role::LeftOut(why) => (
                    match why {
                        Why::Blank => say::left_blank(language),
                        Why::Unknown => say::left_unknown(language),
                        Why::Several => say::left_several(language),
                        Why::Repeated => say::left_repeated(language),
                        Why::Computed => say::left_computed(language),
                        Why::Again => say::left_again(language),
                        Why::Told => say::left_told(language),
                    }
                    .to_owned(),
                    true,
                ),
            };
            TableColumn { header: cut(header), what, left_out }
        };
        self.columns.roles.iter().zip(&self.columns.headers).map(column).collect()
    }

    /// A question as people read it, with its position where it has one.
    fn label(&self, field: Option<&Field<'_>>) -> String {
        let Some(field) = field else { return String::new() };
        let label = field.node.label.plain(self.form.language(self.language.tag()).unwrap_or(0));
        let label = if label.trim().is_empty() { field.node.name.clone() } else { cut(&label) };
        match &field.instance {
            Some((_, position)) => format!("{label} ({position})"),
            None => label,
        }
    }

    /// What concerns the whole file.
    pub(super) fn notices(&self) -> Vec<String> {
        let (form, fields) = (self.form, &self.columns.fields);
        let mut notices = Vec::new();
        // What others are asked by has to be there, or nothing of them is.
        let lines = fields.iter().flat_map(|field| {
            std::iter::successors(Some(field.id), |id| form.node(*id)?.parent).filter_map(|id| form.node(id))
        });
        let conditions = lines.filter_map(|node| node.relevant.as_ref());
        let asked =
            conditions.flat_map(|relevant| relevant.references()).filter_map(|reference| match reference {
                Reference::Name(name) => form.find(name),
                _ => None,
            });
        let missing = asked.filter_map(|id| {
            let node = form.node(id)?;
            let known = fields.iter().any(|field| field.id == id);
            let asks = matches!(node.kind, NodeKind::Question(_)) && node.calculation.is_none();
            (asks && !known).then_some(node.name.as_str())
        });
        let missing = distinct(missing);
        if !missing.is_empty() {
            notices.push(say::missing(&missing.join(", "), self.language));
        }
        if self.columns.roles.contains(&Role::LeftOut(Why::Repeated)) {
            notices.push(say::repeats(self.language).to_owned());
        }
        if self.columns.ids.is_empty() {
            notices.push(say::no_id(self.language).to_owned());
        }
        notices
    }
}

/// A text that fits a line.
fn cut(text: &str) -> String {
    let mut short: String = text.chars().take(LONGEST).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
