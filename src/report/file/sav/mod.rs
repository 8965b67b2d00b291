//! Responses as an SPSS system file (`.sav`), which SPSS, PSPP, Stata, R and pandas read with labels.
//!
//! Little-endian, UTF-8, its data packed by SPSS's bytecode. One-choice questions are numbers with value labels
//! ([`super::variable::Codes`]); a many-choice question is a 0/1 variable per choice and a multiple response set; a ranking is a
//! variable per choice with its place. Not shown is system-missing; shown and skipped is a code declared missing. Texts are
//! strings as wide as the longest; in them blank is both.

mod dictionary;
mod pack;
mod variable;

use super::block::{Block, Value};
use super::csv::list_of;
use super::layout::{About, Column, Layout};
use super::options::{Format, Notice, Options, Profile};
use super::plan::{Plan, month_of};
use super::readme;
use super::variable::Codes;
use pack::Packer;
use variable::{Content, DATE_SKIPPED, Source, Variable, variables};

/// From SPSS's first day, 14 October 1582, to 1970-01-01.
const FIRST_DAY: i32 = 141_428;
const SECONDS: f64 = 86_400.0;
/// Bytes that gather before they go on.
const PIECE: usize = 1 << 16;

#[derive(Debug)]
pub(super) struct Sav<'a> {
    layout: Layout<'a>,
    variables: Vec<Variable>,
    /// Per choice list of the form, its codes.
    lists: Vec<Codes>,
    survey: String,
    dictionary: Vec<u8>,
    packer: Packer,
}

impl<'a> Sav<'a> {
    pub(super) fn new(layout: Layout<'a>, plan: &Plan, notice: &Notice, options: &Options) -> Sav<'a> {
        let lists: Vec<Codes> = layout.form.lists.iter().map(Codes::of).collect();
        let variables = variables(&layout, plan, notice, &lists);
        let lines = readme::lines(&layout, plan, notice, options, Format::Sav);
        let dictionary = dictionary::dictionary(&variables, &layout, &notice.title, &lines, plan.ids.len());
        Sav { variables, lists, survey: notice.survey.clone(), dictionary, packer: Packer::default(), layout }
    }

    /// The dictionary.
    pub(super) fn head(&mut self, sink: &mut dyn FnMut(&[u8])) {
        sink(&self.dictionary);
        self.dictionary = Vec::new();
    }

    pub(super) fn rows(&mut self, block: &Block<'_>, sink: &mut dyn FnMut(&[u8])) {
        for row in 0..block.table.rows.len() {
            for variable in &self.variables {
                match variable.source {
                    Source::About(about) => {
                        self.packer.about(about, variable, &self.layout, &self.survey, block, row)
                    }
                    Source::Column(at) => {
                        let Some(column) = self.layout.columns.get(at) else { continue };
                        let value = block.value(column, row);
                        match variable.content {
                            Content::Text(width) => {
                                let text = if let Value::Text(text) = value { text } else { "" };
                                self.packer.text(text, width);
                            }
                            Content::Number => {
                                let number =
                                    number(value, column, variable, &self.lists, self.layout.profile);
                                self.packer.number(number);
                            }
                        }
                    }
                }
            }
            if self.packer.out.len() >= PIECE {
                sink(&self.packer.out);
                self.packer.out.clear();
            }
        }
        sink(&self.packer.out);
        self.packer.out.clear();
    }

    pub(super) fn finish(&mut self, sink: &mut dyn FnMut(&[u8])) {
        self.packer.finish();
        sink(&self.packer.out);
        self.packer.out.clear();
    }
}

impl Packer {
    fn about(
        &mut self,
        about: About,
        variable: &Variable,
        layout: &Layout<'_>,
        survey: &str,
        block: &Block<'_>,
        row: usize,
    ) {
        let Some(facts) = block.table.rows.get(row) else { return };
        let of = |texts: &'_ [String], at: u16| texts.get(usize::from(at)).cloned().unwrap_or_default();
        let text = match about {
            About::Id => facts.id.to_text(),
            About::Survey => survey.to_owned(),
            About::Wave => of(&block.table.waves, facts.wave),
            About::FormVersion => layout.form.version.clone(),
            About::Language => of(&block.table.languages, facts.language),
            About::Row => return self.number(Some((block.before + row + 1) as f64)),
            About::Started => return self.number(Some(seconds(facts.started, layout.profile))),
            About::Finished => return self.number(Some(seconds(facts.finished, layout.profile))),
            About::Example => return self.number(Some(f64::from(facts.example))),
        };
        if let Content::Text(width) = variable.content {
            self.text(&text, width);
        }
    }
}

/// The number that stands for a value; `None`: system-missing.
fn number(
    value: Value<'_>,
    column: &Column,
    variable: &Variable,
    lists: &[Codes],
    profile: Profile,
) -> Option<f64> {
    match value {
        Value::NotShown => None,
        Value::Choice(at) => {
            let codes = list_of(column).and_then(|list| lists.get(list))?;
            codes.codes.get(at).map(|code| f64::from(*code))
        }
        Value::Mark(marked) => Some(f64::from(marked)),
        Value::Place(place) => Some(place as f64),
        Value::Number(number) => Some(number),
        Value::Day(day) => Some(seconds(day, profile)),
        // What fits no choice has no code.
        Value::Skipped | Value::Stray(_) | Value::Set(_) | Value::Order(_) | Value::Text(_) => {
            variable.skipped
        }
    }
}

/// A day in SPSS's seconds; in publications the first of its month.
fn seconds(day: i32, profile: Profile) -> f64 {
    let day = if profile == Profile::Publication { month_of(day) } else { day };
    let seconds = (f64::from(day) + f64::from(FIRST_DAY)) * SECONDS;
    // That day itself says that there was no answer.
    if seconds == DATE_SKIPPED { seconds + SECONDS } else { seconds }
}
