use super::{Display, Kind, Section, Share};
use crate::survey::Bilingual;

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
