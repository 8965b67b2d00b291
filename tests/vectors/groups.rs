//! Groups, waves, rankings, coders and response rates.

use serde_json::{Map, Value, json};
use sondeo::summary::statistics::compare::{
    Share, benjamini_hochberg, compare_means, compare_orders, compare_shares, holm,
};
use sondeo::summary::statistics::crosstab::{Crosstab, fisher, yates};
use sondeo::summary::statistics::kappa::kappa;
use sondeo::summary::statistics::moments::Moments;
use sondeo::summary::statistics::ranking::Ranking;
use sondeo::summary::statistics::response_rate::Participation;

use super::{number, numbers, texts};

/// Counts row after row, and the number of columns.
fn table(value: &Value) -> (Vec<f64>, usize) {
    let rows: Vec<Vec<f64>> = value.as_array().unwrap().iter().map(numbers).collect();
    (rows.concat(), rows[0].len())
}

pub(crate) fn crosstab(input: &Value) -> Value {
    let (counts, columns) = table(&input["table"]);
    let table = Crosstab::of(counts, columns);
    let found = table.association().unwrap();
    let rows = |cells: Vec<f64>| cells.chunks(columns).map(|row| json!(row)).collect::<Value>();
    json!({
        "col_pct": rows(table.column_percents()), "chi2": found.chi_square, "df": found.df, "p": found.chance,
        "expected": rows(table.expected()), "min_expected": found.least_expected, "cramers_v": found.v,
        "cramers_v_corrected": found.v_corrected, "adjusted_residuals": rows(table.adjusted_residuals()),
    })
}

pub(crate) fn small_crosstab(input: &Value) -> Value {
    let (counts, columns) = table(&input["table"]);
    let [a, b, c, d] = counts[..] else { panic!("two by two") };
    let (chi_square, chance) = yates([[a, b], [c, d]]).unwrap();
    let whole = [[a as u64, b as u64], [c as u64, d as u64]];
    json!({
        "p_fisher": fisher(whole), "chi2_yates": chi_square, "p_yates": chance,
        "min_expected": Crosstab::of(counts, columns).association().unwrap().least_expected,
    })
}

pub(crate) fn share_change(input: &Value) -> Value {
    let side = |count: &str, base: &str| Share { count: number(&input[count]), base: number(&input[base]) };
    let (first, second) = (side("k1", "n1"), side("k2", "n2"));
    let found = compare_shares(first, second).unwrap();
    json!({
        "p1": first.p(), "p2": second.p(), "diff": found.difference, "z": found.z, "p": found.chance,
        "newcombe95": found.interval, "cohen_h": found.cohen_h,
    })
}

pub(crate) fn scale_change(input: &Value) -> Value {
    let (first, second) =
        (input["wave1_counts"].as_object().unwrap(), input["wave2_counts"].as_object().unwrap());
    let mut scores: Vec<f64> =
        first.keys().chain(second.keys()).map(|score| score.parse().unwrap()).collect();
    scores.sort_by(f64::total_cmp);
    scores.dedup();
    let counts = |side: &Map<String, Value>| -> Vec<f64> {
        let of = |score: &f64| side.iter().find(|(name, _)| name.parse::<f64>().unwrap() == *score);
        scores.iter().map(|score| of(score).map_or(0.0, |(_, count)| number(count))).collect()
    };
    let moments = |counts: &[f64]| {
        scores.iter().zip(counts).fold(Moments::default(), |all, (score, count)| all.with(*score, *count))
    };
    let (first, second) = (counts(first), counts(second));
    let means = compare_means(moments(&first), moments(&second)).unwrap();
    let orders = compare_orders(&first, &second).unwrap();
    json!({
        "diff": means.difference, "t": means.t, "df": means.df, "p": means.chance, "U2": orders.u,
        "p_continuity": orders.chance, "prob_superiority": orders.superiority, "cliffs_delta": orders.delta,
    })
}

pub(crate) fn multiplicity(input: &Value) -> Value {
    let chances = numbers(&input["p"]);
    json!({ "holm": holm(&chances), "bh": benjamini_hochberg(&chances) })
}

pub(crate) fn full_ranking(input: &Value) -> Value {
    let rankings: Vec<Vec<String>> = input["rankings"].as_array().unwrap().iter().map(texts).collect();
    let names = &rankings[0];
    let position = |name: &String| names.iter().position(|known| known == name).unwrap();
    let rows: Vec<Vec<usize>> = rankings.iter().map(|row| row.iter().map(position).collect()).collect();
    let ranking = Ranking::of(rows.iter().map(Vec::as_slice), names.len());
    let found = ranking.agreement().unwrap();
    let means = names.iter().cloned().zip(ranking.mean_ranks().into_iter().map(|mean| json!(mean)));
    json!({
        "mean_rank": means.collect::<Map<String, Value>>(), "kendalls_w": found.w,
        "friedman_chi2": found.chi_square,
    })
}

pub(crate) fn response_rate(input: &Value) -> Value {
    let count = |name: &str| number(&input[name]) as usize;
    let found = Participation {
        invited: count("invited"),
        started: count("started"),
        complete: count("complete"),
        partial: count("partial"),
    };
    json!({ "rr1_pct": found.rr1(), "rr2_pct": found.rr2(), "breakoff_pct": found.break_off() })
}

pub(crate) fn two_coders(input: &Value) -> Value {
    let (counts, codes) = table(&input["table"]);
    let found = kappa(&counts, codes).unwrap();
    json!({ "po": found.observed, "pe": found.expected, "kappa": found.kappa })
}
