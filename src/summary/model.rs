use crate::form::{Date, Role};
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
    /// Groups smaller than this are hidden; at least 5.
    pub minimum_cell: u32,
    /// Who answered, and when.
    pub fieldwork: Fieldwork,
    /// Largest margin of error in percentage points at 95 %, finite population corrected; probability samples with n >= 30 only.
    pub margin: Option<f64>,
    /// The form's sections, in document order.
    pub sections: Vec<Section>,
    /// Every question of this wave, in document order. Questions of a repeat are pooled over its instances.
    pub questions: Vec<Question>,
    /// What the form computes over several questions.
    pub indices: Vec<IndexResult>,
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
    /// How many are invited or live in the population.
    pub expected: Option<u32>,
    /// The survey still takes answers.
    pub open: bool,
    /// Languages of the counted responses, by tag; counts are `None` when one of them is below the minimum cell.
    pub languages: Vec<(String, Option<usize>)>,
    /// First and last day on which a counted response was finished; `None` with fewer responses than the minimum cell.
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
}

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
    /// How many.
    pub count: usize,
    /// Percentage of the valid answers (many choices: of the people), one decimal; `None` while only counts may be shown.
    pub percent: Option<f64>,
    /// One choice: whole percentages that add to 100 over the rows. Many choices: rounded. `None` while only counts may be shown.
    pub whole: Option<u32>,
    /// Many choices: percentage of all marks, one decimal.
    pub percent_of_marks: Option<f64>,
    /// 95 % interval in percent, probability samples with n >= 30 only.
    pub interval: Option<(f64, f64)>,
}

/// Some of a base.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Share {
    /// How many.
    pub count: usize,
    /// Of how many.
    pub base: usize,
    /// Percentage, one decimal; `None` while only counts may be shown.
    pub percent: Option<f64>,
    /// 95 % interval in percent, probability samples with n >= 30 only.
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
    /// Top less bottom, in points; `None` while only counts may be shown.
    pub net: Option<f64>,
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
    /// Promoters less detractors, in points, with its interval for probability samples; `None` for n below 10.
    pub score: Option<(f64, Option<(f64, f64)>)>,
    /// Mean; `None` while only counts may be shown.
    pub mean: Option<f64>,
}

/// The result of a many-choice question.
#[derive(Debug, Clone, PartialEq)]
pub struct ManyChoices {
    /// People with at least one mark: the base of the percentages.
    pub cases: usize,
    /// Marks in all.
    pub marks: usize,
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

/// An index's result.
#[derive(Debug, Clone, PartialEq)]
pub struct IndexResult {
    /// The index's id.
    pub id: String,
    /// What people read.
    pub label: Bilingual,
    /// How much may be shown.
    pub display: Display,
    /// What was found; `None` when hidden.
    pub finding: Option<IndexFinding>,
}

/// What an index came to.
#[derive(Debug, Clone, PartialEq)]
pub enum IndexFinding {
    /// Mean of the people's means, 0 to 100.
    Mean {
        /// People with enough valid items.
        n: usize,
        /// 0 to 100, one decimal.
        mean: f64,
        /// The items, as in `Ranked`, in the form's order.
        items: Vec<Ranked>,
    },
    /// Before and now.
    Paired(Vec<Paired>),
    /// Choices by points.
    Priorities {
        /// People who named at least one.
        n: usize,
        /// By points, then first places, then the list's order.
        rows: Vec<Rank>,
    },
    /// Anything of a list happened: the victims of those who can be known.
    Any(Share),
    /// The recommendation score.
    Recommendation {
        /// 9 and 10.
        promoters: Share,
        /// 7 and 8.
        passives: Share,
        /// 0 to 6.
        detractors: Share,
        /// Points, with its interval for probability samples.
        score: (f64, Option<(f64, f64)>),
    },
    /// Feels safe walking alone after dark.
    SafeWalking {
        /// SDG 16.1.4: of everybody who answered, never and don't know included.
        of_all: Share,
        /// Of those with a score.
        of_scored: Share,
    },
    /// Victims who told an authority, of all victims.
    Reporting(Share),
    /// Compared by top-2, best first, then mean; hidden ones last.
    Ranked(Vec<Ranked>),
    /// Commitments.
    Commitments(Commitments),
}

/// One item of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked {
    /// The question's name.
    pub question: String,
    /// What people read: the grid's label and the row's, where it has one.
    pub label: Bilingual,
    /// How much may be shown.
    pub display: Display,
    /// The two highest scores; `None` when hidden.
    pub top: Option<Share>,
    /// Mean score; `None` while only counts may be shown.
    pub mean: Option<f64>,
}

/// One item before and now, over the people who answered both.
#[derive(Debug, Clone, PartialEq)]
pub struct Paired {
    /// The name of the question about before.
    pub before: String,
    /// The name of the question about now.
    pub now: String,
    /// What people read.
    pub label: Bilingual,
    /// The scale's lowest and highest score; `None` when hidden.
    pub range: Option<(f64, f64)>,
    /// What the lowest and the highest score are called.
    pub ends: Option<Ends>,
    /// How much may be shown.
    pub display: Display,
    /// The figures; `None` when hidden.
    pub change: Option<Change>,
}

/// What the ends of a scale are called.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ends {
    /// The lowest score.
    pub low: Bilingual,
    /// The highest score.
    pub high: Bilingual,
}

/// How one item changed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// People who answered both.
    pub pairs: usize,
    /// Mean score before, two decimals where everything may be shown, else one.
    pub mean_before: f64,
    /// Mean score now, likewise.
    pub mean_now: f64,
    /// Higher now.
    pub improved: Share,
    /// The same.
    pub same: Share,
    /// Lower now.
    pub lower: Share,
}

/// What people committed themselves to.
#[derive(Debug, Clone, PartialEq)]
pub struct Commitments {
    /// People with at least one.
    pub people: Share,
    /// How many in all.
    pub total: usize,
    /// By topic, in the list's order; `None` where too few answered.
    pub topics: Option<Vec<Row>>,
    /// Very likely or almost certain (the two highest scores); `None` where too few answered.
    pub likely: Option<Share>,
    /// Due within 90 days of the answer; `None` where too few answered.
    pub soon: Option<Share>,
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
