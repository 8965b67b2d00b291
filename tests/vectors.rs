//! Worked numbers from other programs, held against ours: `tests/data/instruments/vectors.json`, or the file of the same
//! layout that `SONDEO_VECTORS` names. Ends with one line, `vectors: P of T`, and fails unless all are computed and right.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

#[path = "vectors/answers.rs"]
mod answers;
#[path = "vectors/groups.rs"]
mod groups;
#[path = "vectors/privacy.rs"]
mod privacy;
#[path = "vectors/sample.rs"]
mod sample;

use std::collections::HashMap;

use serde_json::{Map, Value, json};
use sondeo::chart::positions;
use sondeo::summary::statistics::alpha::{Alpha, correlation, spearman_brown};
use sondeo::summary::statistics::moments::Moments;
use sondeo::summary::statistics::ordinal::{Ordinal, person_index, rescale};
use sondeo::summary::statistics::paired::Pairs;
use sondeo::summary::statistics::priority::borda;
use sondeo::summary::statistics::proportion::{agresti_coull, clopper_pearson, margin, sample_size, wilson};
use sondeo::summary::statistics::recommend::Recommendation;
use sondeo::summary::statistics::round::{percent, whole_percents};
use sondeo::summary::statistics::signed_rank::{SignedRanks, sign_chance};
use sondeo::summary::statistics::victim::{Happened, any, weighted_incidents, weighted_prevalence};

const OURS: &str = include_str!("data/instruments/vectors.json");

/// What we compute for a vector's input.
type Compute = fn(&Value) -> Value;

const COVERED: &[(&str, Compute)] = &[
    ("freq_missing", answers::freq_missing),
    ("desc_top2", desc_top2),
    ("round_100", round_100),
    ("prop_ci", prop_ci),
    ("moe_fpc", moe_fpc),
    ("sample_size", sample_sizes),
    ("prop_ci_deff", prop_ci_deff),
    ("recommend_score", recommend_score),
    ("prepost_small", prepost_small),
    ("prepost_60", prepost_60),
    ("cronbach", cronbach),
    ("index_min_items", index_min_items),
    ("multi_response", answers::multi_response),
    ("victimization", victimization),
    ("sdg_16_1_4", answers::sdg_16_1_4),
    ("priorities_borda", priorities_borda),
    ("diverging_bar", diverging_bar),
    ("merge_moments", merge_moments),
    ("crosstab_3x2", groups::crosstab),
    ("crosstab_2x2_small", groups::small_crosstab),
    ("wave_change_prop", groups::share_change),
    ("wave_change_ordinal", groups::scale_change),
    ("multiplicity", groups::multiplicity),
    ("full_ranking", groups::full_ranking),
    ("response_rate", groups::response_rate),
    ("kappa", groups::two_coders),
    ("raking", sample::raking),
    ("weight_trim", sample::trimming),
    ("taylor", sample::taylor),
    ("quality_flag_ine", sample::quality),
    ("suppression", privacy::suppression),
    ("k_anonymity", privacy::k_anonymity),
    ("pii_open_text", privacy::personal_data),
];

#[test]
fn our_numbers_are_those_of_the_vectors() {
    let other = std::env::var("SONDEO_VECTORS").ok().map(|path| std::fs::read_to_string(path).unwrap());
    let file: Value = serde_json::from_str(other.as_deref().unwrap_or(OURS)).unwrap();
    let vectors = file["vectors"].as_array().unwrap();
    let covered: HashMap<&str, Compute> = COVERED.iter().copied().collect();
    let (mut passed, mut wrong) = (0, Vec::new());
    for vector in vectors {
        let mut faults = Vec::new();
        check(vector, &covered, &mut faults);
        passed += usize::from(faults.is_empty());
        wrong.append(&mut faults);
    }
    println!("vectors: {passed} of {}", vectors.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    if other.is_none() {
        assert_eq!(vectors.len(), COVERED.len(), "a vector of ours is gone");
    }
}

/// Computes a vector and says what is wrong with it. What cannot be computed is wrong, and does not stop the others.
fn check(vector: &Value, covered: &HashMap<&str, Compute>, wrong: &mut Vec<String>) {
    let (id, input, expected) =
        (vector["id"].as_str().unwrap_or_default(), &vector["input"], &vector["expect"]);
    let tolerance = vector["tol"].as_f64().unwrap_or(1e-9);
    let computed = covered.get(id).map(|compute| std::panic::catch_unwind(|| compute(input)));
    match computed {
        None => wrong.push(format!("{id}: not computed")),
        Some(Err(_)) => wrong.push(format!("{id}: stopped")),
        Some(Ok(found)) => {
            compare(id, expected, &found, tolerance, wrong);
            if id == "suppression" && !wrong.is_empty() {
                let mut faults = Vec::new();
                privacy::other_pattern(input, expected, &found, &mut faults);
                if faults.is_empty() {
                    wrong.clear();
                }
                wrong.append(&mut faults);
            }
        }
    }
}

/// Every expected member must be there, numbers within the tolerance.
fn compare(at: &str, expected: &Value, found: &Value, tolerance: f64, wrong: &mut Vec<String>) {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => {
            for (name, value) in expected {
                let found = found.get(name).unwrap_or(&Value::Null);
                compare(&format!("{at}.{name}"), value, found, tolerance, wrong);
            }
        }
        (Value::Array(expected), Value::Array(found)) if expected.len() == found.len() => {
            for (position, (expected, found)) in expected.iter().zip(found).enumerate() {
                compare(&format!("{at}[{position}]"), expected, found, tolerance, wrong);
            }
        }
        (Value::Number(expected), Value::Number(found)) => {
            let (expected, found) = (expected.as_f64().unwrap(), found.as_f64().unwrap());
            if (expected - found).abs() > tolerance * expected.abs().max(1.0) {
                wrong.push(format!("{at}: expected {expected}, found {found}"));
            }
        }
        _ if expected == found => {}
        _ => wrong.push(format!("{at}: expected {expected}, found {found}")),
    }
}

fn desc_top2(input: &Value) -> Value {
    let scores = numbers(&input["scores"]);
    let range = numbers(&input["scale"]);
    let counts: Vec<(f64, usize)> = (range[0] as i64..=range[1] as i64)
        .map(|score| (score as f64, scores.iter().filter(|other| **other == score as f64).count()))
        .collect();
    let scale = Ordinal::of(&counts);
    let seen = || counts.iter().filter(|(_, count)| *count > 0).map(|(score, _)| *score);
    let interval = scale.moments.t_interval().unwrap();
    json!({
        "n": scale.n, "mean": scale.moments.mean, "sd": scale.moments.sd(), "se": scale.moments.standard_error(),
        "min": seen().next(), "max": seen().next_back(),
        "q1": scale.quartiles.0, "median": scale.quartiles.1, "q3": scale.quartiles.2,
        "ci95_t": [interval.0, interval.1],
        "top2_pct": percent(scale.top, scale.n), "bottom2_pct": percent(scale.bottom, scale.n),
        "net": scale.net(), "pomp": rescale(scale.moments.mean, (range[0], range[1])),
    })
}

fn round_100(input: &Value) -> Value {
    let rows = input["counts"].as_array().unwrap().iter().map(|counts| {
        let counts: Vec<usize> = numbers(counts).into_iter().map(|count| count as usize).collect();
        json!(whole_percents(&counts))
    });
    rows.collect()
}

fn prop_ci(input: &Value) -> Value {
    let rows = input.as_array().unwrap().iter().map(|row| {
        let row = numbers(row);
        let (k, n) = (row[0], row[1]);
        json!({
            "k": k, "n": n, "p": k / n, "wilson95": wilson(k, n), "agresti_coull95": agresti_coull(k, n),
            "clopper_pearson95": clopper_pearson(k, n),
        })
    });
    rows.collect()
}

fn moe_fpc(input: &Value) -> Value {
    let rows = input.as_array().unwrap().iter().map(|row| {
        let (p, n, population) = (number(&row["p"]), number(&row["n"]), row["N"].as_f64());
        let whole = margin(p, n, None);
        json!({
            "p": p, "n": n, "N": row["N"], "fpc": margin(p, n, population) / whole,
            "moe_pct": 100.0 * margin(p, n, population),
        })
    });
    rows.collect()
}

fn sample_sizes(input: &Value) -> Value {
    let rows = input.as_array().unwrap().iter().map(|row| {
        let (infinite, n) = sample_size(number(&row["e"]), number(&row["p"]), row["N"].as_f64());
        json!({ "e": row["e"], "N": row["N"], "p": row["p"], "n0": infinite, "n": n })
    });
    rows.collect()
}

fn prop_ci_deff(input: &Value) -> Value {
    let effective = number(&input["n"]) / number(&input["deff"]);
    json!({ "n_eff": effective, "wilson95": wilson(number(&input["p"]) * effective, effective) })
}

fn recommend_score(input: &Value) -> Value {
    let told = |result: Recommendation| {
        let (centre, adjusted) = result.adjusted_wald();
        json!({
            "n": result.n(), "promoters": result.promoters, "passives": result.passives,
            "detractors": result.detractors, "score": result.score(), "var": result.variance(),
            "se": 100.0 * (result.variance() / result.n() as f64).sqrt(), "wald95": result.wald(),
            "adj_wald_center": centre, "adj_wald95": adjusted,
        })
    };
    let counts = input["b_counts"].as_object().unwrap().iter();
    json!({
        "a": told(Recommendation::of(numbers(&input["a"]).into_iter().map(|score| (score, 1)))),
        "b": told(Recommendation::of(counts.map(|(score, count)| (score.parse().unwrap(), number(count) as usize)))),
    })
}

fn gains(input: &Value) -> (Pairs, SignedRanks) {
    let side = |name: &str| -> Vec<Option<f64>> {
        input[name].as_array().unwrap().iter().map(Value::as_f64).collect()
    };
    let pairs: Vec<_> = side("before").into_iter().zip(side("now")).collect();
    let gains = pairs.iter().filter_map(|(before, now)| Some((*now)? - (*before)?));
    (Pairs::of(pairs.iter().copied()), SignedRanks::of(gains))
}

fn prepost_small(input: &Value) -> Value {
    let (pairs, ranks) = gains(input);
    let (t, chance) = pairs.t().unwrap();
    let (n, d_z) = (pairs.n(), pairs.d_z().unwrap());
    let df = n as f64 - 1.0;
    json!({
        "n_pairs": n, "mean_before": pairs.before.mean, "mean_now": pairs.now.mean, "mean_gain": pairs.gain.mean,
        "sd_gain": pairs.gain.sd(), "se": pairs.gain.standard_error(), "t": t, "df": df, "p_t": chance,
        "ci95": pairs.gain.t_interval(), "dz": d_z, "g_z": d_z * (1.0 - 3.0 / (4.0 * df - 1.0)),
        "d_av": pairs.d_average(), "improved": pairs.improved, "same": pairs.same, "lower": pairs.lower,
        "pct_improved": percent(pairs.improved, n), "W_plus": ranks.plus, "W_minus": ranks.minus,
        "p_wilcoxon_exact_ties": ranks.exact(), "rank_biserial": ranks.rank_biserial(),
        "p_sign_exact": sign_chance(pairs.improved, pairs.lower),
    })
}

fn prepost_60(input: &Value) -> Value {
    let (pairs, ranks) = gains(input);
    let (t, chance) = pairs.t().unwrap();
    let (z, p, p_continuity) = ranks.approximate();
    let top = |value: &f64| *value >= 4.0;
    let side = |name: &str| input[name].as_array().unwrap().iter().map(Value::as_f64);
    let complete: Vec<(f64, f64)> =
        side("before").zip(side("now")).filter_map(|(before, now)| before.zip(now)).collect();
    let changed = |from: bool| complete.iter().filter(|(b, n)| top(b) == from && top(n) != from).count();
    let (up, down) = (changed(false), changed(true));
    json!({
        "t": t, "p_t": chance, "mean_gain": pairs.gain.mean, "n_nonzero": ranks.n, "W_plus": ranks.plus,
        "z": z, "p": p, "p_continuity": p_continuity,
        "mcnemar": { "b": up, "c": down, "p_exact": sign_chance(up, down) },
    })
}

fn cronbach(input: &Value) -> Value {
    let rows: Vec<Vec<f64>> = input["items"].as_array().unwrap().iter().map(numbers).collect();
    let found = Alpha::of(&rows).unwrap();
    let column = |item: usize| rows.iter().map(move |row| row[item]);
    json!({
        "alpha": found.alpha, "ci95_feldt": found.interval, "alpha_if_dropped": found.without,
        "item_rest_r": found.item_rest, "std_alpha": found.standardized,
        "spearman_brown_items_0_1": spearman_brown(correlation(column(0), column(1)).unwrap(), 2.0),
    })
}

fn index_min_items(input: &Value) -> Value {
    let minimum = number(&input["min_items"]) as usize;
    let rows = input["rows"].as_array().unwrap().iter().map(|row| {
        let items: Vec<_> = row
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item.as_f64().map(|score| (score, (1.0, 5.0))))
            .collect();
        json!(person_index(&items, minimum))
    });
    rows.collect()
}

fn victimization(input: &Value) -> Value {
    let types = texts(&input["types"]);
    let cap = number(&input["cap"]);
    let rows = input["rows"].as_array().unwrap();
    let weight = |row: &Value| row["w"].as_f64().unwrap_or(1.0);
    let happened = |row: &Value, name: &str| match row[name].as_str() {
        Some("yes") => Happened::Yes,
        Some("no") => Happened::No,
        _ => Happened::Unknown,
    };
    let share = |part: f64, base: f64| 100.0 * part / base;
    let mut result = Map::new();
    for name in &types {
        let answers = rows.iter().map(|row| (happened(row, name), weight(row)));
        let (victims, base) = weighted_prevalence(answers);
        let times = rows.iter().filter_map(|row| Some((row[format!("t_{name}")].as_f64()?, weight(row))));
        let (capped, repeated) = weighted_incidents(times.clone(), cap);
        let value = json!({
            "base": base, "victims": victims, "prevalence_pct": share(victims, base),
            "incidents_capped": capped, "incidents_raw": weighted_incidents(times, f64::INFINITY).0,
            "incidence_per_1000": 1000.0 * capped / base, "repeat_victims": repeated,
            "repeat_share_pct": share(repeated, victims),
        });
        result.insert(name.clone(), value);
    }
    let anything = |row: &Value| any(types.iter().map(|name| happened(row, name)));
    let (victims, base) = weighted_prevalence(rows.iter().map(|row| (anything(row), weight(row))));
    // Whom each victim told, where that is known.
    let told: Vec<(f64, Vec<&str>)> = rows
        .iter()
        .map(|row| {
            let own = types.iter().filter(|name| happened(row, name) == Happened::Yes);
            let told = own.filter_map(|name| row[format!("r_{name}")].as_str());
            (weight(row), told.filter(|to| !["dk", "ref", "na"].contains(to)).collect())
        })
        .filter(|(_, told): &(f64, Vec<&str>)| !told.is_empty())
        .collect();
    let reported = told.iter().filter(|(_, told)| told.iter().any(|to| *to != "no"));
    let reported: f64 = reported.map(|(weight, _)| weight).sum();
    result.insert(
        "any".to_owned(),
        json!({
            "base": base, "victims": victims, "prevalence_pct": share(victims, base),
            "reporting_base": victims, "reported": reported, "reporting_rate_pct": share(reported, victims),
            "n_reporting_known": told.len(),
        }),
    );
    Value::Object(result)
}

fn priorities_borda(input: &Value) -> Value {
    let mut names: Vec<String> = Vec::new();
    let rows: Vec<Vec<usize>> = input["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            texts(row)
                .into_iter()
                .map(|name| {
                    names.iter().position(|known| *known == name).unwrap_or_else(|| {
                        names.push(name);
                        names.len() - 1
                    })
                })
                .collect()
        })
        .collect();
    let (people, points) = borda(rows.iter().map(Vec::as_slice), names.len());
    let all: usize = points.iter().map(|points| points.points()).sum();
    let told = names.iter().zip(&points).map(|(name, points)| {
        let value = json!({
            "first_pct": percent(points.places[0], people), "top3_pct": percent(points.named(), people),
            "points": points.points(), "points_pct": percent(points.points(), all),
        });
        (name.clone(), value)
    });
    Value::Object(told.collect())
}

fn diverging_bar(input: &Value) -> Value {
    let bars = input["counts"].as_array().unwrap().iter().map(|counts| {
        let counts = numbers(counts);
        let total: f64 = counts.iter().sum();
        let shares: Vec<f64> = counts.iter().map(|count| 100.0 * count / total).collect();
        json!(positions(&shares))
    });
    bars.collect()
}

fn merge_moments(input: &Value) -> Value {
    let merged = Moments::of(numbers(&input["a"])).merge(Moments::of(numbers(&input["b"])));
    json!({ "n": merged.n, "mean": merged.mean, "m2": merged.m2, "sd": merged.sd() })
}

/// Where a column of this name is.
fn position_in(columns: &[String], name: &str) -> usize {
    columns.iter().position(|column| column == name).unwrap()
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().filter_map(|text| text.as_str().map(str::to_owned)).collect()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(number).collect()
}
