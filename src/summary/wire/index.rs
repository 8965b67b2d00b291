use serde::{Deserialize, Serialize};

use super::BilingualShape;
use crate::summary::model::*;
use crate::survey::Bilingual;

#[derive(Serialize, Deserialize)]
#[serde(remote = "IndexResult")]
pub(super) struct IndexResultShape {
    id: String,
    #[serde(with = "BilingualShape")]
    label: Bilingual,
    display: Display,
    finding: Option<IndexFinding>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "IndexFinding", rename_all = "snake_case")]
pub(super) enum IndexFindingShape {
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
pub(super) enum ConsistencyShape {
    Alpha(f64),
    SpearmanBrown(f64),
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Incidence")]
pub(super) struct IncidenceShape {
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
pub(super) struct RankedShape {
    question: String,
    #[serde(with = "BilingualShape")]
    label: Bilingual,
    display: Display,
    top: Option<Share>,
    mean: Option<f64>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Paired")]
pub(super) struct PairedShape {
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
pub(super) struct EndsShape {
    #[serde(with = "BilingualShape")]
    low: Bilingual,
    #[serde(with = "BilingualShape")]
    high: Bilingual,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Change")]
pub(super) struct ChangeShape {
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
pub(super) struct GainInferenceShape {
    interval: (f64, f64),
    chance: f64,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Commitments")]
pub(super) struct CommitmentsShape {
    people: Share,
    total: usize,
    topics: Option<Vec<Row>>,
    likely: Option<Share>,
    soon: Option<Share>,
}
