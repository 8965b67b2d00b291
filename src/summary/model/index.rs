use super::{Difference, Display, Rank, Row, Share};
use crate::survey::Bilingual;

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
