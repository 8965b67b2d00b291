use crate::summary::order;
use std::collections::BTreeSet;

use super::super::layout::{About, Layout, Part};
use super::super::options::{Notice, Profile};
use super::super::plan::Plan;
use super::super::readme;
use super::super::variable::{Codes, NUMBER_SKIPPED};
use super::pack::segments;
use crate::form::QuestionKind;
use crate::i18n::file as words;

/// A date shown and not answered: SPSS's first whole day, 15 October 1582, declared missing.
pub(super) const DATE_SKIPPED: f64 = 86_400.0;
/// The widest string.
const WIDEST: usize = 32_767;

/// A variable of the file.
#[derive(Debug, Clone)]
pub(super) struct Variable {
    pub(super) source: Source,
    pub(super) content: Content,
    /// The number of its first segment among all: short names are made of it.
    pub(super) first: usize,
    pub(super) name: String,
    pub(super) label: String,
    /// None for numbers, places and days: R would take a number with a label for a category.
    pub(super) labels: Vec<(i32, String)>,
    pub(super) missing: Missing,
    /// What stands for "shown and skipped".
    pub(super) skipped: Option<f64>,
    pub(super) look: Look,
    pub(super) measure: Measure,
}

/// Where its values come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    About(About),
    /// A column of the layout.
    Column(usize),
}

/// What it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    Number,
    /// A string of so many bytes.
    Text(usize),
}

/// Which values are declared missing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Missing {
    None,
    One(f64),
    Range(f64, f64),
}

/// How its values are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Text,
    /// So wide and with so many decimals.
    Number(u8, u8),
    Day,
}

/// What may be computed with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    Nominal = 1,
    Ordinal = 2,
    Scale = 3,
}

/// The variables of a layout, in order. A question of several answers has no variable of its own, only its choices have.
pub(super) fn variables(layout: &Layout<'_>, plan: &Plan, notice: &Notice, lists: &[Codes]) -> Vec<Variable> {
    let language = layout.words;
    let mut variables: Vec<Variable> = Vec::new();
    for (about, name) in &layout.about {
        let text = |width: usize| (Content::Text(width.clamp(1, WIDEST)), Look::Text, Measure::Nominal);
        let longest = |names: &BTreeSet<String>| text(names.iter().map(String::len).max().unwrap_or(0));
        let (content, look, measure) = match about {
            About::Id => text(32),
            About::Survey => text(notice.survey.len()),
            About::Wave => longest(&plan.waves),
            About::FormVersion => text(layout.form.version.len()),
            About::Language => longest(&plan.languages),
            About::Row => (Content::Number, Look::Number(8, 0), Measure::Nominal),
            About::Started | About::Finished => (Content::Number, Look::Day, Measure::Scale),
            About::Example => (Content::Number, Look::Number(8, 0), Measure::Nominal),
        };
        let labels = match about {
            About::Example => vec![(0, words::no(language).to_owned()), (1, words::yes(language).to_owned())],
            _ => Vec::new(),
        };
        variables.push(Variable {
            source: Source::About(*about),
            content,
            first: 0,
            name: name.clone(),
            label: readme::about(*about, layout.profile, language).to_owned(),
            labels,
            missing: Missing::None,
            skipped: None,
            look,
            measure,
        });
    }
    for (at, column) in layout.columns.iter().enumerate() {
        let choices = layout.form.node(column.node).and_then(|node| layout.form.choices_of(node));
        let choices = choices.map(|list| list.choices.as_slice()).unwrap_or_default();
        let no_answer = |code: i32| (code, words::no_answer(language).to_owned());
        let mut variable = Variable {
            source: Source::Column(at),
            content: Content::Number,
            first: 0,
            name: column.name.clone(),
            label: layout.title(column),
            labels: Vec::new(),
            missing: Missing::None,
            skipped: None,
            look: Look::Number(8, 0),
            measure: Measure::Nominal,
        };
        match (column.kind, column.part) {
            (QuestionKind::Text | QuestionKind::Time | QuestionKind::DateTime, _) => {
                let width = plan.widths.get(column.table).copied().unwrap_or(0);
                variable.content = Content::Text(width.clamp(1, WIDEST));
                variable.look = Look::Text;
            }
            (QuestionKind::SelectMultiple(_) | QuestionKind::Rank(_), Part::Whole) => continue,
            (QuestionKind::SelectMultiple(_), Part::Choice(_)) => {
                let skipped = Codes::skipped_above(1);
                variable.labels = vec![
                    (0, words::not_marked(language).to_owned()),
                    (1, words::marked(language).to_owned()),
                    no_answer(skipped),
                ];
                variable.missing = Missing::One(skipped.into());
                variable.skipped = Some(skipped.into());
            }
            (QuestionKind::Rank(_), Part::Choice(_)) => {
                let skipped = Codes::skipped_above(choices.len());
                variable.missing = Missing::One(skipped.into());
                variable.skipped = Some(skipped.into());
                variable.measure = Measure::Ordinal;
            }
            (QuestionKind::SelectOne(list), _) => {
                let Some(codes) = lists.get(list.0 as usize) else { continue };
                let labels = (0..).zip(&codes.codes);
                variable.labels =
                    labels.map(|(at, code)| (*code, layout.choice_label(column.node, at))).collect();
                variable.labels.push(no_answer(codes.skipped));
                order::sort_by_key(&mut variable.labels, |(code, _)| *code);
                variable.missing = Missing::Range(codes.missing.0.into(), codes.missing.1.into());
                variable.skipped = Some(codes.skipped.into());
                if choices.iter().any(|choice| choice.score.is_some()) {
                    variable.measure = Measure::Ordinal;
                }
            }
            (QuestionKind::Integer | QuestionKind::Decimal, _) => {
                variable.missing = Missing::One(NUMBER_SKIPPED.into());
                variable.skipped = Some(NUMBER_SKIPPED.into());
                variable.measure = Measure::Scale;
                if column.kind == QuestionKind::Decimal {
                    variable.look = Look::Number(12, 3);
                }
            }
            (QuestionKind::Date, _) => {
                variable.missing = Missing::One(DATE_SKIPPED);
                variable.skipped = Some(DATE_SKIPPED);
                variable.measure = Measure::Scale;
                variable.look = Look::Day;
                if layout.profile == Profile::Publication {
                    variable.label = format!("{} ({})", variable.label, words::first_of_month(language));
                }
            }
        }
        variables.push(variable);
    }
    let mut next = 1;
    for variable in &mut variables {
        variable.first = next;
        next += match variable.content {
            Content::Number => 1,
            Content::Text(width) => segments(width),
        };
    }
    variables
}
