//! Weights, designs and labels of random samples.

use serde_json::{Map, Value, json};
use sondeo::summary::statistics::proportion::wilson;
use sondeo::summary::statistics::quality::{Quality, ine_2020, largest_error};
use sondeo::summary::statistics::taylor::Design;
use sondeo::summary::statistics::weight::{Margin, design_effect, rake, trim};

use super::{number, numbers, position_in, texts};

/// Cells become as many rows as they count.
pub(crate) fn raking(input: &Value) -> Value {
    let columns = texts(&input["cells_columns"]);
    let cells = input["cells"].as_array().unwrap();
    let count = |cell: &Value, name: &str| number(&cell[position_in(&columns, name)]) as usize;
    let rows: Vec<usize> =
        cells.iter().enumerate().flat_map(|(at, cell)| std::iter::repeat_n(at, count(cell, "n"))).collect();
    let names: Vec<&String> = columns.iter().filter(|name| !["n", "yes"].contains(&name.as_str())).collect();
    let category = |cell: usize, name: &str| cells[cell][position_in(&columns, name)].as_str().unwrap();
    let margins: Vec<Margin> = names
        .iter()
        .map(|name| {
            let targets = input["targets"][name.as_str()].as_object().unwrap();
            let categories = rows.iter().map(|cell| {
                targets.keys().position(|known| known == category(*cell, name)).map(|code| code as u16)
            });
            Margin { categories: categories.collect(), targets: targets.values().map(number).collect() }
        })
        .collect();
    let raked = rake(&margins).unwrap();
    let (mut weights, mut relative) = (Map::new(), Map::new());
    let (mut yes, mut all) = (0.0, 0.0);
    for (at, cell) in cells.iter().enumerate() {
        let key: Vec<&str> = names.iter().map(|name| category(at, name)).collect();
        let weight = raked.weights[rows.iter().position(|row| *row == at).unwrap()];
        weights.insert(key.join("|"), json!(weight * raked.people));
        relative.insert(key.join("|"), json!(weight));
        yes += weight * count(cell, "yes") as f64;
        all += weight * count(cell, "n") as f64;
    }
    let effect = design_effect(raked.weights).unwrap();
    let unweighted: usize = cells.iter().map(|cell| count(cell, "yes")).sum();
    json!({
        "iterations_max": raked.cycles, "weights": weights, "relative_weights": relative,
        "deff_kish": effect.deff, "n_eff": effect.n_effective,
        "p_unweighted": unweighted as f64 / rows.len() as f64, "p_weighted": yes / all,
        "wilson95_neff": wilson(yes / all * effect.n_effective, effect.n_effective),
    })
}

pub(crate) fn trimming(input: &Value) -> Value {
    let weights = numbers(&input["weights"]);
    let trimmed = trim(&weights, number(&input["low"]), number(&input["high"]));
    json!({
        "deff_before": design_effect(weights).unwrap().deff,
        "deff_after": design_effect(trimmed.iter().copied()).unwrap().deff, "weights": trimmed,
    })
}

pub(crate) fn taylor(input: &Value) -> Value {
    let columns = texts(&input["columns"]);
    let rows = input["rows"].as_array().unwrap();
    let column =
        |name: &str| -> Vec<&Value> { rows.iter().map(|row| &row[position_in(&columns, name)]).collect() };
    let codes = |name: &str| -> Vec<u32> {
        let values = column(name);
        values.iter().map(|value| values.iter().position(|other| other == value).unwrap() as u32).collect()
    };
    let clusters = codes("psu").into_iter().map(Some);
    let design = Design::of(codes("stratum").into_iter().zip(clusters));
    let answers = column("y").into_iter().zip(column("w"));
    let found = design.estimate(answers.map(|(y, w)| Some((number(y), number(w))))).unwrap();
    json!({
        "p": found.mean, "se": found.error, "df": found.df, "deff": found.deff, "n_eff": found.n_effective(),
        "cv": found.cv(), "ci95_t": found.interval,
    })
}

pub(crate) fn quality(input: &Value) -> Value {
    let rows = input.as_array().unwrap().iter().map(|row| {
        let [p, n, df, error] = numbers(row)[..] else { panic!("four numbers") };
        let label = match ine_2020(p, n as usize, df, error) {
            Quality::Reliable => "reliable",
            Quality::WeaklyReliable => "weakly reliable",
            Quality::NotReliable => "non-reliable",
        };
        json!({ "q": largest_error(p), "label": label })
    });
    rows.collect()
}
