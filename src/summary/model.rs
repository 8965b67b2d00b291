use super::view::View;
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
        /// Student's 95 % interval, probability samples with n >= 30 only.
        interval: Option<(f64, f64)>,
        /// How well the items hang together, n >= 30 only.
        consistency: Option<Consistency>,
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
        /// Promoters less detractors.
        score: Difference,
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
    /// How often it happened, type by type.
    Incidence(Vec<Incidence>),
    /// Compared by top-2, best first, then mean; hidden ones last.
    Ranked(Vec<Ranked>),
    /// Commitments.
    Commitments(Commitments),
}

/// How well an index's items hang together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Consistency {
    /// Cronbach's alpha, three items or more.
    Alpha(f64),
    /// Spearman and Brown's coefficient, two items.
    SpearmanBrown(f64),
}

/// How often one type of crime happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Incidence {
    /// The name of the question whether it happened.
    pub question: String,
    /// What people read.
    pub label: Bilingual,
    /// How much may be shown.
    pub display: Display,
    /// Victims of those who can be known; `None` when hidden.
    pub victims: Option<Share>,
    /// Incidents for 1,000 people in the reference period, each person's cut at five; `None` where too few.
    pub per_thousand: Option<f64>,
    /// Victims to whom it happened more than once, of those who said how often; `None` where too few.
    pub repeated: Option<Share>,
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
    /// Gain in standard deviations of the gain; `None` below 10 pairs or without spread.
    pub d_z: Option<f64>,
    /// (Ranks up less ranks down) of all ranks, -1 to 1; `None` below 10 pairs.
    pub rank_biserial: Option<f64>,
    /// 95 % interval of the mean gain and Wilcoxon's two-sided chance, probability samples with 30 pairs or more.
    pub inference: Option<GainInference>,
}

/// What a random sample says of a gain.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GainInference {
    /// Student's 95 % interval of the mean gain.
    pub interval: (f64, f64),
    /// Wilcoxon's signed ranks, two-sided.
    pub chance: f64,
}

/// Results side by side for groups of people.
#[derive(Debug, Clone, PartialEq)]
pub struct Breakdown {
    /// The name of the question that makes the groups, or [`super::view::LANGUAGE`].
    pub question: String,
    /// What people read.
    pub label: Bilingual,
    /// The groups, in the list's order.
    pub groups: Vec<Group>,
    /// A table for each question that can be told apart by groups.
    pub tables: Vec<Crosstab>,
}

/// People with the same answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// The choice's name.
    pub choice: String,
    /// What people read.
    pub label: Bilingual,
    /// How many people; `None` when hidden.
    pub base: Option<usize>,
    /// How much of the group may be shown.
    pub display: Display,
}

/// One question's answers by group: percentages of each group (columns add to 100).
#[derive(Debug, Clone, PartialEq)]
pub struct Crosstab {
    /// The question's name.
    pub question: String,
    /// What people read.
    pub label: Bilingual,
    /// The section it stands in.
    pub section: Option<String>,
    /// The grid it is a row of.
    pub grid: Option<Section>,
    /// What kind of result.
    pub kind: Kind,
    /// Everybody's base; `None` when hidden.
    pub total: Option<usize>,
    /// Valid answers in each group, as [`Breakdown::groups`]; `None` when hidden.
    pub bases: Vec<Option<usize>>,
    /// The answers, in the order of the question's own rows.
    pub rows: Vec<CrossRow>,
    /// Scales: the two highest scores in each group; empty for other kinds.
    pub top: Vec<Option<Share>>,
    /// Whether groups differ, probability samples only.
    pub test: Option<CrossTest>,
}

/// One answer by group.
#[derive(Debug, Clone, PartialEq)]
pub struct CrossRow {
    /// The choice's name.
    pub choice: String,
    /// What people read.
    pub label: Bilingual,
    /// Everybody.
    pub total: Cell,
    /// Each group, as [`Breakdown::groups`].
    pub cells: Vec<Cell>,
}

/// A cell of a cross-tabulation. All `None`: hidden.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Cell {
    /// How many people.
    pub count: Option<usize>,
    /// Percentage of the group, weighted where the summary is.
    pub percent: Option<f64>,
    /// The whole percentage that people read.
    pub whole: Option<u32>,
    /// 95 % interval in percent, probability samples only.
    pub interval: Option<(f64, f64)>,
    /// Far from what everybody's shares would give: `true` above, `false` below (adjusted residual beyond 1.96; probability
    /// samples only).
    pub stands_out: Option<bool>,
}

/// Whether the groups of a table differ.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CrossTest {
    /// Chi-square.
    pub chi_square: f64,
    /// Degrees of freedom.
    pub freedom: f64,
    /// Its chance (Fisher's exact for two by two tables with an expected count below five).
    pub chance: f64,
    /// The chance adjusted by Holm for all tables of the breakdown.
    pub adjusted: f64,
    /// Cramér's V, 0 to 1, corrected for bias.
    pub cramers_v: f64,
}

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
