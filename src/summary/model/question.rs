use super::{Display, Reliability, Section};
use crate::form::Role;
use crate::survey::Bilingual;

/// What kind of result a question has; decides its chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One choice without an order.
    OneChoice,
    /// One choice of four or more with scores.
    Scale,
    /// One choice with scores 0 to 10.
    ZeroToTen,
    /// Any choices.
    ManyChoices,
    /// Choices put in order.
    Ranking,
    /// A number.
    Number,
    /// A day.
    Date,
    /// A text, a time or a moment: only how many answered.
    Text,
    /// A file: only how many gave one.
    File,
}

/// A question's result.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The question's name.
    pub name: String,
    /// Its path without repeat positions.
    pub path: String,
    /// The name of its section; `None` at the top level.
    pub section: Option<String>,
    /// The grid it is a row of.
    pub grid: Option<Section>,
    /// It stands in a repeat; every instance counts once.
    pub repeated: bool,
    /// What people read.
    pub label: Bilingual,
    /// What kind of result.
    pub kind: Kind,
    /// Victimization and the like.
    pub sensitive: bool,
    /// How much may be shown.
    pub display: Display,
    /// Over how many; `None` when hidden.
    pub base: Option<Base>,
    /// What was found; `None` when hidden.
    pub finding: Option<Finding>,
    /// Choices that are no answer on the scale (don't know, not applicable, refused), with `percent` of those asked; empty when hidden.
    pub apart: Vec<Row>,
}

/// The base of a result and what is not in it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Base {
    /// People (or instances of a repeat) to whom it was shown.
    pub shown: usize,
    /// Answers that percentages are taken of.
    pub valid: usize,
    /// Don't know, no opinion.
    pub dont_know: usize,
    /// Not applicable.
    pub not_applicable: usize,
    /// Refused.
    pub refused: usize,
    /// Never does it: in `valid` of the percentages, not of the mean.
    pub never: usize,
    /// Shown and skipped.
    pub blank: usize,
    /// Don't know as a percentage of those asked (shown less not applicable); `None` while only counts may be shown.
    pub dont_know_percent: Option<f64>,
    /// (Blank and refused) as a percentage of those asked; `None` while only counts may be shown.
    pub nonresponse_percent: Option<f64>,
}

/// A choice's count.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The choice's name.
    pub choice: String,
    /// What people read.
    pub label: Bilingual,
    /// What it means.
    pub role: Role,
    /// Its place on a scale.
    pub score: Option<f64>,
    /// How many people, never weighted; `None`: suppressed, and so is everything else of the row.
    pub count: Option<usize>,
    /// Percentage of the valid answers (many choices: of the people), weighted where the summary is, one decimal; `None` while
    /// only counts may be shown.
    pub percent: Option<f64>,
    /// One choice: whole percentages that add to 100 over the rows. Many choices: rounded. `None` while only counts may be shown.
    pub whole: Option<u32>,
    /// Many choices: percentage of all marks, one decimal.
    pub percent_of_marks: Option<f64>,
    /// 95 % interval in percent, probability samples with n >= 30 only.
    pub interval: Option<(f64, f64)>,
    /// How sure the percentage is, probability samples only.
    pub reliability: Option<Reliability>,
}

/// Some of a base.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Share {
    /// How many, never weighted.
    pub count: usize,
    /// Of how many.
    pub base: usize,
    /// Percentage, weighted where the summary is, one decimal; `None` while only counts may be shown.
    pub percent: Option<f64>,
    /// The whole percentage that people read; `None` while only counts may be shown.
    pub whole: Option<u32>,
    /// 95 % interval in percent, probability samples with n >= 30 only.
    pub interval: Option<(f64, f64)>,
    /// How sure the percentage is, probability samples only.
    pub reliability: Option<Reliability>,
}

/// One share less another, in percentage points, -100 to 100.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// With the decimals that may be shown.
    pub fine: f64,
    /// The whole points that people read.
    pub whole: i32,
    /// 95 % interval, for scores of probability samples.
    pub interval: Option<(f64, f64)>,
}

/// What a question's answers came to.
#[derive(Debug, Clone, PartialEq)]
pub enum Finding {
    /// One choice: rows in the list's order.
    OneChoice(Vec<Row>),
    /// A scale: rows from the lowest score to the highest, then `never`.
    Scale(Scale),
    /// 0 to 10: rows from 0 to 10.
    ZeroToTen(ZeroToTen),
    /// Many choices: rows in the list's order.
    ManyChoices(ManyChoices),
    /// Choices put in order: by points, then first places, then the list's order.
    Ranking(Vec<Rank>),
    /// A number.
    Number(Number),
    /// Days by month: (year, month, count), oldest first, months without an answer left out.
    Months(Vec<Month>),
    /// How many answered a text: the base says it all.
    Answered,
}

/// A scale's result.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    /// From the lowest score to the highest, then `never`.
    pub rows: Vec<Row>,
    /// The two highest scores, of those with a score.
    pub top: Share,
    /// The two lowest scores.
    pub bottom: Share,
    /// Top less bottom; `None` while only counts may be shown.
    pub net: Option<Difference>,
    /// Mean score; `None` while only counts may be shown.
    pub mean: Option<f64>,
    /// Standard deviation.
    pub sd: Option<f64>,
    /// Median score.
    pub median: Option<f64>,
}

/// The result of a 0-10 question.
#[derive(Debug, Clone, PartialEq)]
pub struct ZeroToTen {
    /// From 0 to 10.
    pub rows: Vec<Row>,
    /// 9 and 10.
    pub promoters: Share,
    /// 7 and 8.
    pub passives: Share,
    /// 0 to 6.
    pub detractors: Share,
    /// Promoters less detractors; `None` for n below 10.
    pub score: Option<Difference>,
    /// Mean; `None` while only counts may be shown.
    pub mean: Option<f64>,
}

/// The result of a many-choice question.
#[derive(Debug, Clone, PartialEq)]
pub struct ManyChoices {
    /// People with at least one mark: the base of the percentages.
    pub cases: usize,
    /// Marks in all; `None` where it would give a suppressed row away.
    pub marks: Option<usize>,
    /// In the list's order.
    pub rows: Vec<Row>,
}

/// A choice's place in a ranking or among priorities.
#[derive(Debug, Clone, PartialEq)]
pub struct Rank {
    /// The choice's name.
    pub choice: String,
    /// What people read.
    pub label: Bilingual,
    /// People who put it first, second, third.
    pub places: [usize; 3],
    /// Put first.
    pub first: Share,
    /// Among the first three.
    pub top_three: Share,
    /// 3 for a first place, 2 for a second, 1 for a third.
    pub points: usize,
    /// Percentage of all points; `None` while only counts may be shown.
    pub points_percent: Option<f64>,
}

/// A number's result. No smallest, no largest: they are one person's answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// Counts in classes of whole numbers, both ends included (`None`: and more), lowest first.
    pub classes: Vec<Class>,
    /// Median and quartiles (type 7); `None` for n below 10.
    pub quartiles: Option<(f64, f64, f64)>,
    /// Mean; `None` for n below 10.
    pub mean: Option<f64>,
    /// Total; `None` for n below 10.
    pub total: Option<f64>,
}

/// A class of numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Class {
    /// From this number.
    pub from: i64,
    /// To this number; `None`: and more.
    pub to: Option<i64>,
    /// How many.
    pub count: usize,
    /// Percentage; `None` while only counts may be shown.
    pub percent: Option<f64>,
    /// The whole percentage that people read; `None` while only counts may be shown.
    pub whole: Option<u32>,
}

/// A month's count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Month {
    /// Year.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u8,
    /// How many days of that month were answered.
    pub count: usize,
}

impl Finding {
    /// The rows with a choice each, whatever the kind; empty for numbers, days, texts and rankings.
    pub fn rows(&self) -> &[Row] {
        match self {
            Finding::OneChoice(rows) => rows,
            Finding::Scale(scale) => &scale.rows,
            Finding::ZeroToTen(result) => &result.rows,
            Finding::ManyChoices(result) => &result.rows,
            Finding::Ranking(_) | Finding::Number(_) | Finding::Months(_) | Finding::Answered => &[],
        }
    }
}
