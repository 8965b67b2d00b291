//! A summary as JSON, format 2: what crosses to the screen and what is downloaded. Nothing hidden has a number here, because
//! [`super::Summary`] holds none. Read [`to_json`] and [`from_json`].

mod breakdown;
mod indent;
mod index;
mod question;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use breakdown::*;
use index::*;
use question::*;

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
    indent::indented(&serde_json::to_string(&Stored { format: FORMAT, summary }).unwrap_or_default())
}

/// Reads what [`to_json`] writes. The error says what did not fit, for a fault report.
pub fn from_json(text: &str) -> Result<Summary, String> {
    let stored: Stored<Summary> = serde_json::from_str(text).map_err(|error| error.to_string())?;
    if stored.format > FORMAT { Err(format!("format {}", stored.format)) } else { Ok(stored.summary) }
}

fn is_zero(number: &usize) -> bool {
    *number == 0
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
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    own_form: bool,
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
    #[serde(default, skip_serializing_if = "is_zero")]
    newer: usize,
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
    FewApart,
    SmallGroup,
    Complementary,
}
