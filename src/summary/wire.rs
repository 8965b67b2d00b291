//! A summary as JSON, format 2: what crosses to the screen and what is downloaded. Nothing hidden has a number here, because
//! [`super::Summary`] holds none. Read [`to_json`] and [`from_json`].

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::model::*;
use super::view::View;
use crate::form::{Date, Role};
use crate::response::FormReference;
use crate::survey::{Bilingual, SamplingDesign};

/// The format number that this code writes.
pub const FORMAT: u32 = 2;

#[derive(Serialize, Deserialize)]
struct Stored<T> {
    format: u32,
    #[serde(flatten)]
    summary: T,
}

/// The summary as indented JSON.
pub fn to_json(summary: &Summary) -> String {
    serde_json::to_string_pretty(&Stored { format: FORMAT, summary }).unwrap_or_default()
}

/// Reads what [`to_json`] writes. The error says what did not fit, for a fault report.
pub fn from_json(text: &str) -> Result<Summary, String> {
    let stored: Stored<Summary> = serde_json::from_str(text).map_err(|error| error.to_string())?;
    if stored.format > FORMAT { Err(format!("format {}", stored.format)) } else { Ok(stored.summary) }
}

/// Gives a type the shape of a remote definition.
macro_rules! shaped {
    ($($model:ident by $shape:ident),* $(,)?) => {$(
        impl Serialize for $model {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $shape::serialize(self, serializer)
            }
        }
        impl<'de> Deserialize<'de> for $model {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<$model, D::Error> {
                $shape::deserialize(deserializer)
            }
        }
    )*};
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Bilingual")]
struct BilingualShape {
    es: String,
    en: String,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "FormReference")]
struct FormReferenceShape {
    id: String,
    version: String,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "SamplingDesign", rename_all = "snake_case")]
enum SamplingDesignShape {
    Census,
    Probability,
    Convenience,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Role", rename_all = "snake_case")]
enum RoleShape {
    Substantive,
    DontKnow,
    NotApplicable,
    Refused,
    Never,
    Exclusive,
}

/// First and last day as ISO texts, or nothing.
mod days {
    use super::{Date, Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(
        days: &Option<(Date, Date)>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        days.map(|(first, last)| (first.to_string(), last.to_string())).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<(Date, Date)>, D::Error> {
        let texts = Option::<(String, String)>::deserialize(deserializer)?;
        Ok(texts.and_then(|(first, last)| Some((Date::parse(&first)?, Date::parse(&last)?))))
    }
}

/// A view as its address.
mod view {
    use super::{Deserialize, Deserializer, Serialize, Serializer, View};

    pub(super) fn serialize<S: Serializer>(view: &View, serializer: S) -> Result<S::Ok, S::Error> {
        view.to_query().serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<View, D::Error> {
        Ok(View::from_query(&String::deserialize(deserializer)?))
    }
}

/// Texts in two languages: (Spanish, English) each.
mod bilinguals {
    use super::{Bilingual, Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(all: &[Bilingual], serializer: S) -> Result<S::Ok, S::Error> {
        all.iter().map(|text| (&text.es, &text.en)).collect::<Vec<_>>().serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<Bilingual>, D::Error> {
        let all = Vec::<(String, String)>::deserialize(deserializer)?;
        Ok(all.into_iter().map(|(es, en)| Bilingual { es, en }).collect())
    }
}

/// One such text, or none.
mod maybe_bilingual {
    use super::{Bilingual, Deserializer, Serializer, bilinguals};

    pub(super) fn serialize<S: Serializer>(
        text: &Option<Bilingual>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        bilinguals::serialize(text.as_slice(), serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Bilingual>, D::Error> {
        Ok(bilinguals::deserialize(deserializer)?.pop())
    }
}

shaped! {
    Summary by SummaryShape,
    Fieldwork by FieldworkShape,
    WeightingResult by WeightingResultShape,
    Refusal by RefusalShape,
    RefusalReason by RefusalReasonShape,
    Reliability by ReliabilityShape,
    Section by SectionShape,
    Display by DisplayShape,
    Hiding by HidingShape,
    Kind by KindShape,
    Question by QuestionShape,
    Base by BaseShape,
    Row by RowShape,
    Share by ShareShape,
    Difference by DifferenceShape,
    Finding by FindingShape,
    Scale by ScaleShape,
    ZeroToTen by ZeroToTenShape,
    ManyChoices by ManyChoicesShape,
    Rank by RankShape,
    Number by NumberShape,
    Class by ClassShape,
    Month by MonthShape,
    IndexResult by IndexResultShape,
    IndexFinding by IndexFindingShape,
    Consistency by ConsistencyShape,
    Incidence by IncidenceShape,
    Ranked by RankedShape,
    Paired by PairedShape,
    Ends by EndsShape,
    Change by ChangeShape,
    GainInference by GainInferenceShape,
    Breakdown by BreakdownShape,
    Group by GroupShape,
    Crosstab by CrosstabShape,
    CrossRow by CrossRowShape,
    Cell by CellShape,
    CrossTest by CrossTestShape,
    Commitments by CommitmentsShape,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Summary")]
struct SummaryShape {
    survey: String,
    #[serde(with = "BilingualShape")]
    name: Bilingual,
    #[serde(with = "FormReferenceShape")]
    form: FormReference,
    #[serde(with = "BilingualShape")]
    form_title: Bilingual,
    #[serde(with = "SamplingDesignShape")]
    design: SamplingDesign,
    example: bool,
    minimum_cell: u32,
    #[serde(with = "view")]
    view: View,
    withheld: Option<Hiding>,
    fieldwork: Fieldwork,
    weighting: Option<WeightingResult>,
    margin: Option<f64>,
    sections: Vec<Section>,
    questions: Vec<Question>,
    indices: Vec<IndexResult>,
    breakdowns: Vec<Breakdown>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "WeightingResult")]
struct WeightingResultShape {
    #[serde(with = "bilinguals")]
    margins: Vec<Bilingual>,
    design_effect: f64,
    effective: f64,
    range: (f64, f64),
    trimmed: bool,
    refused: Vec<Refusal>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Refusal")]
struct RefusalShape {
    question: String,
    #[serde(with = "BilingualShape")]
    label: Bilingual,
    #[serde(with = "maybe_bilingual")]
    choice: Option<Bilingual>,
    reason: RefusalReason,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "RefusalReason", rename_all = "snake_case")]
enum RefusalReasonShape {
    FewRespondents,
    NoTarget,
    NoQuestion,
    Contradiction,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Reliability", rename_all = "snake_case")]
enum ReliabilityShape {
    Reliable,
    WeaklyReliable,
    NotReliable,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Fieldwork")]
struct FieldworkShape {
    wave: String,
    waves: Vec<String>,
    finished: usize,
    counted: usize,
    waiting: usize,
    chosen: usize,
    expected: Option<u32>,
    open: bool,
    languages: Vec<(String, Option<usize>)>,
    #[serde(with = "days")]
    days: Option<(Date, Date)>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Section")]
struct SectionShape {
    name: String,
    #[serde(with = "BilingualShape")]
    label: Bilingual,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Display", rename_all = "snake_case")]
enum DisplayShape {
    Hidden { reason: Hiding },
    CountsOnly,
    WholePercent { caution: bool },
    Full,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Hiding", rename_all = "snake_case")]
enum HidingShape {
    NotAsked,
    FewAnswers,
    FewForScore,
    AllAlike,
    FewVictims,
    FewCases,
    TooFine,
    FewOutside,
    SmallGroup,
    Complementary,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Kind", rename_all = "snake_case")]
enum KindShape {
    OneChoice,
    Scale,
    ZeroToTen,
    ManyChoices,
    Ranking,
    Number,
    Date,
    Text,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Question")]
struct QuestionShape {
    name: String,
    path: String,
    section: Option<String>,
    grid: Option<Section>,
    repeated: bool,
    #[serde(with = "BilingualShape")]
    label: Bilingual,
    kind: Kind,
    sensitive: bool,
    display: Display,
    base: Option<Base>,
    finding: Option<Finding>,
    apart: Vec<Row>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Base")]
struct BaseShape {
    shown: usize,
    valid: usize,
    dont_know: usize,
    not_applicable: usize,
    refused: usize,
    never: usize,
    blank: usize,
    dont_know_percent: Option<f64>,
    nonresponse_percent: Option<f64>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Row")]
struct RowShape {
    choice: String,
    #[serde(with = "BilingualShape")]
    label: Bilingual,
    #[serde(with = "RoleShape")]
    role: Role,
    score: Option<f64>,
    count: Option<usize>,
    percent: Option<f64>,
    whole: Option<u32>,
    percent_of_marks: Option<f64>,
    interval: Option<(f64, f64)>,
    reliability: Option<Reliability>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Share")]
struct ShareShape {
    count: usize,
    base: usize,
    percent: Option<f64>,
    whole: Option<u32>,
    interval: Option<(f64, f64)>,
    reliability: Option<Reliability>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Difference")]
struct DifferenceShape {
    fine: f64,
    whole: i32,
    interval: Option<(f64, f64)>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Finding", rename_all = "snake_case")]
enum FindingShape {
    OneChoice(Vec<Row>),
    Scale(Scale),
    ZeroToTen(ZeroToTen),
    ManyChoices(ManyChoices),
    Ranking(Vec<Rank>),
    Number(Number),
    Months(Vec<Month>),
    Answered,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Scale")]
struct ScaleShape {
    rows: Vec<Row>,
    top: Share,
    bottom: Share,
    net: Option<Difference>,
    mean: Option<f64>,
    sd: Option<f64>,
    median: Option<f64>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "ZeroToTen")]
struct ZeroToTenShape {
    rows: Vec<Row>,
    promoters: Share,
    passives: Share,
    detractors: Share,
    score: Option<Difference>,
    mean: Option<f64>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "ManyChoices")]
struct ManyChoicesShape {
    cases: usize,
    marks: Option<usize>,
    rows: Vec<Row>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Rank")]
struct RankShape {
    choice: String,
    #[serde(with = "BilingualShape")]
    label: Bilingual,
    places: [usize; 3],
    first: Share,
    top_three: Share,
    points: usize,
    points_percent: Option<f64>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Number")]
struct NumberShape {
    classes: Vec<Class>,
    quartiles: Option<(f64, f64, f64)>,
    mean: Option<f64>,
    total: Option<f64>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Class")]
struct ClassShape {
    from: i64,
    to: Option<i64>,
    count: usize,
    percent: Option<f64>,
    whole: Option<u32>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Month")]
struct MonthShape {
    year: i32,
    month: u8,
    count: usize,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "IndexResult")]
struct IndexResultShape {
    id: String,
    #[serde(with = "BilingualShape")]
    label: Bilingual,
    display: Display,
    finding: Option<IndexFinding>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "IndexFinding", rename_all = "snake_case")]
enum IndexFindingShape {
    Mean {
        n: usize,
        mean: f64,
        interval: Option<(f64, f64)>,
        consistency: Option<Consistency>,
        items: Vec<Ranked>,
    },
    Paired(Vec<Paired>),
    Priorities {
        n: usize,
        rows: Vec<Rank>,
    },
    Any(Share),
    Recommendation {
        promoters: Share,
        passives: Share,
        detractors: Share,
        score: Difference,
    },
    SafeWalking {
        of_all: Share,
        of_scored: Share,
    },
    Reporting(Share),
    Incidence(Vec<Incidence>),
    Ranked(Vec<Ranked>),
    Commitments(Commitments),
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Consistency", rename_all = "snake_case")]
enum ConsistencyShape {
    Alpha(f64),
    SpearmanBrown(f64),
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Incidence")]
struct IncidenceShape {
    question: String,
    #[serde(with = "BilingualShape")]
    label: Bilingual,
    display: Display,
    victims: Option<Share>,
    per_thousand: Option<f64>,
    repeated: Option<Share>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Ranked")]
struct RankedShape {
    question: String,
    #[serde(with = "BilingualShape")]
    label: Bilingual,
    display: Display,
    top: Option<Share>,
    mean: Option<f64>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Paired")]
struct PairedShape {
    before: String,
    now: String,
    #[serde(with = "BilingualShape")]
    label: Bilingual,
    range: Option<(f64, f64)>,
    ends: Option<Ends>,
    display: Display,
    change: Option<Change>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Ends")]
struct EndsShape {
    #[serde(with = "BilingualShape")]
    low: Bilingual,
    #[serde(with = "BilingualShape")]
    high: Bilingual,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Change")]
struct ChangeShape {
    pairs: usize,
    mean_before: f64,
    mean_now: f64,
    improved: Share,
    same: Share,
    lower: Share,
    d_z: Option<f64>,
    rank_biserial: Option<f64>,
    inference: Option<GainInference>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "GainInference")]
struct GainInferenceShape {
    interval: (f64, f64),
    chance: f64,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Breakdown")]
struct BreakdownShape {
    question: String,
    #[serde(with = "BilingualShape")]
    label: Bilingual,
    groups: Vec<Group>,
    tables: Vec<Crosstab>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Group")]
struct GroupShape {
    choice: String,
    #[serde(with = "BilingualShape")]
    label: Bilingual,
    base: Option<usize>,
    display: Display,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Crosstab")]
struct CrosstabShape {
    question: String,
    #[serde(with = "BilingualShape")]
    label: Bilingual,
    section: Option<String>,
    grid: Option<Section>,
    kind: Kind,
    total: Option<usize>,
    bases: Vec<Option<usize>>,
    rows: Vec<CrossRow>,
    top: Vec<Option<Share>>,
    test: Option<CrossTest>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "CrossRow")]
struct CrossRowShape {
    choice: String,
    #[serde(with = "BilingualShape")]
    label: Bilingual,
    total: Cell,
    cells: Vec<Cell>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Cell")]
struct CellShape {
    count: Option<usize>,
    percent: Option<f64>,
    whole: Option<u32>,
    interval: Option<(f64, f64)>,
    stands_out: Option<bool>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "CrossTest")]
struct CrossTestShape {
    chi_square: f64,
    freedom: f64,
    chance: f64,
    adjusted: f64,
    cramers_v: f64,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Commitments")]
struct CommitmentsShape {
    people: Share,
    total: usize,
    topics: Option<Vec<Row>>,
    likely: Option<Share>,
    soon: Option<Share>,
}
