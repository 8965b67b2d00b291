use serde::{Deserialize, Serialize};

use super::BilingualShape;
use crate::summary::model::*;
use crate::survey::Bilingual;

#[derive(Serialize, Deserialize)]
#[serde(remote = "Breakdown")]
pub(super) struct BreakdownShape {
    question: String,
    #[serde(with = "BilingualShape")]
    label: Bilingual,
    groups: Vec<Group>,
    tables: Vec<Crosstab>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Group")]
pub(super) struct GroupShape {
    choice: String,
    #[serde(with = "BilingualShape")]
    label: Bilingual,
    base: Option<usize>,
    display: Display,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Crosstab")]
pub(super) struct CrosstabShape {
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
pub(super) struct CrossRowShape {
    choice: String,
    #[serde(with = "BilingualShape")]
    label: Bilingual,
    total: Cell,
    cells: Vec<Cell>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Cell")]
pub(super) struct CellShape {
    count: Option<usize>,
    percent: Option<f64>,
    whole: Option<u32>,
    interval: Option<(f64, f64)>,
    stands_out: Option<bool>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "CrossTest")]
pub(super) struct CrossTestShape {
    chi_square: f64,
    freedom: f64,
    chance: f64,
    adjusted: f64,
    cramers_v: f64,
}
