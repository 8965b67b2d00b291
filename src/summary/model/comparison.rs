use crate::form::Date;
use crate::survey::Bilingual;

/// One wave against an earlier one: only what both show.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The earlier wave.
    pub earlier: WaveFacts,
    /// The wave compared with it.
    pub later: WaveFacts,
    /// Both are random samples, so that changes have intervals.
    pub inferred: bool,
    /// Changes, in the form's order.
    pub changes: Vec<WaveChange>,
    /// Changes of indices with a mean from 0 to 100, points and interval as for the questions.
    pub indices: Vec<WaveChange>,
}

/// A wave's name and size.
#[derive(Debug, Clone, PartialEq)]
pub struct WaveFacts {
    /// The survey's name.
    pub name: Bilingual,
    /// The wave.
    pub wave: String,
    /// People counted.
    pub counted: usize,
    /// First and last day.
    pub days: Option<(Date, Date)>,
}

/// A figure in two waves.
#[derive(Debug, Clone, PartialEq)]
pub struct WaveChange {
    /// The question's name or the index's id.
    pub question: String,
    /// What people read: the question, and the grid where it is a row of one.
    pub label: Bilingual,
    /// Which figure.
    pub measure: Measure,
    /// What the figure is in percent or points of 100, earlier and later, with its base.
    pub earlier: (f64, usize),
    /// Later.
    pub later: (f64, usize),
    /// Later less earlier, in points, as it is shown (from the unrounded figures).
    pub points: f64,
    /// Newcombe's 95 % interval of the change, in points; random samples only.
    pub interval: Option<(f64, f64)>,
    /// What may be said of it.
    pub verdict: Verdict,
}

/// Which figure of a question is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// The share of the two highest scores.
    TopTwo,
    /// The share of a choice.
    Choice {
        /// Its name.
        choice: String,
        /// What people read.
        label: Bilingual,
    },
    /// The mean of an index, 0 to 100.
    Mean,
    /// A share that an index computes.
    Share,
}

/// What may be said of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The interval lies above 0.
    Rose,
    /// The interval lies below 0.
    Fell,
    /// The interval holds 0.
    NoClearChange,
    /// Everybody was asked both times, or nobody at random: the two figures stand side by side and nothing is inferred.
    NotInferred,
}
