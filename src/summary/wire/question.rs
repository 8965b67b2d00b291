use serde::{Deserialize, Serialize};

use super::{BilingualShape, RoleShape};
use crate::form::Role;
use crate::summary::model::*;
use crate::survey::Bilingual;

#[derive(Serialize, Deserialize)]
#[serde(remote = "Kind", rename_all = "snake_case")]
pub(super) enum KindShape {
    OneChoice,
    Scale,
    ZeroToTen,
    ManyChoices,
    Ranking,
    Number,
    Date,
    Text,
    File,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Question")]
pub(super) struct QuestionShape {
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
pub(super) struct BaseShape {
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
pub(super) struct RowShape {
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
pub(super) struct ShareShape {
    count: usize,
    base: usize,
    percent: Option<f64>,
    whole: Option<u32>,
    interval: Option<(f64, f64)>,
    reliability: Option<Reliability>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Difference")]
pub(super) struct DifferenceShape {
    fine: f64,
    whole: i32,
    interval: Option<(f64, f64)>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Finding", rename_all = "snake_case")]
pub(super) enum FindingShape {
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
pub(super) struct ScaleShape {
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
pub(super) struct ZeroToTenShape {
    rows: Vec<Row>,
    promoters: Share,
    passives: Share,
    detractors: Share,
    score: Option<Difference>,
    mean: Option<f64>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "ManyChoices")]
pub(super) struct ManyChoicesShape {
    cases: usize,
    marks: Option<usize>,
    rows: Vec<Row>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Rank")]
pub(super) struct RankShape {
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
pub(super) struct NumberShape {
    classes: Vec<Class>,
    quartiles: Option<(f64, f64, f64)>,
    mean: Option<f64>,
    total: Option<f64>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Class")]
pub(super) struct ClassShape {
    from: i64,
    to: Option<i64>,
    count: usize,
    percent: Option<f64>,
    whole: Option<u32>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Month")]
pub(super) struct MonthShape {
    year: i32,
    month: u8,
    count: usize,
}
