//! What a summary is: plain data, already suppressed. Read [`Summary`] first, then [`Question`]. Never a way to make a number.

mod breakdown;
mod comparison;
mod index;
mod question;

pub use breakdown::*;
pub use comparison::*;
pub use index::*;
pub use question::*;

use super::view::View;
use crate::form::Date;
use crate::response::FormReference;
use crate::survey::{Bilingual, SamplingDesign};

/// What may be known of a survey: plain data, already suppressed. A result whose display is [`Display::Hidden`] carries no number at all.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// The survey's id.
    pub survey: String,
    /// The survey's name.
    pub name: Bilingual,
    /// The form answered.
    pub form: FormReference,
    /// The form's title.
    pub form_title: Bilingual,
    /// Decides which sentence about inference stands over everything, and whether intervals exist.
    pub design: SamplingDesign,
    /// Holds responses that the program made up.
    pub example: bool,
    /// The form is somebody's own: whether it asks for names, nobody here knows.
    pub own_form: bool,
    /// Groups smaller than this are hidden; at least 5.
    pub minimum_cell: u32,
    /// What was asked for: wave, filters, groups, profile.
    pub view: View,
    /// Why nothing of this view may be shown, where it is a filter that leaves too few inside or outside.
    pub withheld: Option<Hiding>,
    /// Who answered, and when.
    pub fieldwork: Fieldwork,
    /// How answers were weighted; `None`: every answer counts the same.
    pub weighting: Option<WeightingResult>,
    /// Largest margin of error in percentage points at 95 %, finite population corrected; probability samples with n >= 30 only.
    pub margin: Option<f64>,
    /// The form's sections, in document order.
    pub sections: Vec<Section>,
    /// Every question of this wave, in document order. Questions of a repeat are pooled over its instances.
    pub questions: Vec<Question>,
    /// What the form computes over several questions.
    pub indices: Vec<IndexResult>,
    /// Results side by side for groups of people, one for each question that was asked for.
    pub breakdowns: Vec<Breakdown>,
}

/// What weighting did. Weights are relative: their mean is 1.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightingResult {
    /// Labels of the questions raked to.
    pub margins: Vec<Bilingual>,
    /// Kish's design effect of the weights, n Σw² / (Σw)².
    pub design_effect: f64,
    /// Answers that the weighted ones are worth: n over the design effect.
    pub effective: f64,
    /// Smallest and largest weight.
    pub range: (f64, f64),
    /// Some weights were cut at the limits.
    pub trimmed: bool,
    /// Why it was not done, by margin; answers then count the same.
    pub refused: Vec<Refusal>,
}

/// Why a margin cannot be raked to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The question's name.
    pub question: String,
    /// Its label.
    pub label: Bilingual,
    /// The choice that is in the way, where it is one.
    pub choice: Option<Bilingual>,
    /// What is wrong.
    pub reason: RefusalReason,
}

/// What is wrong with a margin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusalReason {
    /// Fewer than five respondents in a group.
    FewRespondents,
    /// A group of the population that nobody belongs to, or the other way round.
    NoTarget,
    /// The question is not in the form, or not a question with one choice.
    NoQuestion,
    /// The margins cannot be met together.
    Contradiction,
}

/// Who answered, and when. Counts of responses, of all waves' responses only the chosen wave's.
#[derive(Debug, Clone, PartialEq)]
pub struct Fieldwork {
    /// The wave summarized.
    pub wave: String,
    /// Every wave with responses, in order of first arrival.
    pub waves: Vec<String>,
    /// Finished responses of the wave.
    pub finished: usize,
    /// Of those, how many this summary counts: all when closed, else the first whole batches of five by arrival.
    pub counted: usize,
    /// Of those, how many wait for their batch to fill.
    pub waiting: usize,
    /// Responses, of whatever wave, that this version of the program cannot read because a newer one wrote them; in no number here.
    pub newer: usize,
    /// Of those counted, how many the filters leave; the same without filters.
    pub chosen: usize,
    /// How many are invited or live in the population.
    pub expected: Option<u32>,
    /// The survey still takes answers.
    pub open: bool,
    /// Languages of the chosen responses, by tag; counts are `None` when one of them is below the minimum cell.
    pub languages: Vec<(String, Option<usize>)>,
    /// First and last day on which a chosen response was finished; `None` with fewer responses than the minimum cell.
    pub days: Option<(Date, Date)>,
}

/// A section or a grid of the form.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// The node's name.
    pub name: String,
    /// What people read.
    pub label: Bilingual,
}

/// How much of a result may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Display {
    /// Nothing: no base, no finding.
    Hidden {
        /// Why.
        reason: Hiding,
    },
    /// Counts only (n 5 to 9): no percentage, mean or score.
    CountsOnly,
    /// Counts and whole percentages (n 10 to 59).
    WholePercent {
        /// n below 30: the caution mark stands beside it.
        caution: bool,
    },
    /// Everything (n 60 or more).
    Full,
}

/// Why a result is hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hiding {
    /// Nobody was asked (yet).
    NotAsked,
    /// Fewer answers than the minimum cell.
    FewAnswers,
    /// A score or mean over fewer than ten people.
    FewForScore,
    /// Everybody of a small group gave the same answer to a sensitive question.
    AllAlike,
    /// Fewer than ten people reported sexual violence.
    FewVictims,
    /// So few gave one of the answers to a sensitive question that nothing is left to show.
    FewCases,
    /// Never told for groups as small as these.
    TooFine,
    /// A filter leaves too few people outside it: what is hidden of them could be worked out.
    FewOutside,
    /// A filter parts people so that comparing views would tell the answers of too few.
    FewApart,
    /// A group of fewer than 30 in what is published (of fewer than 10 for analysts).
    SmallGroup,
    /// Hidden so that another group cannot be worked out.
    Complementary,
}

/// How sure an estimate from a random sample is, by the standard of INE Chile (2020): n >= 60, df >= 9 and the standard error
/// within q(p) = p^(2/3)/9.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reliability {
    /// May be quoted.
    Reliable,
    /// To be read with care.
    WeaklyReliable,
    /// Not to be quoted.
    NotReliable,
}

impl Summary {
    /// The question with this name.
    pub fn question(&self, name: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.name == name)
    }

    /// The index with this id.
    pub fn index(&self, id: &str) -> Option<&IndexResult> {
        self.indices.iter().find(|index| index.id == id)
    }
}

impl Display {
    /// Whether nothing may be shown.
    pub fn is_hidden(self) -> bool {
        matches!(self, Display::Hidden { .. })
    }

    /// Whether percentages may be shown.
    pub fn has_percent(self) -> bool {
        matches!(self, Display::WholePercent { .. } | Display::Full)
    }
}
