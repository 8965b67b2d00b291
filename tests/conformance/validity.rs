//! Forms that must load, and forms that must be refused.

use std::path::Path;

use super::case::{Case, Tab, Verdict};
use super::filling::{Filling, build, read_with_files, refusal, sheets, told};
use serde_json::Value as Json;
use sondeo::xlsform::{Reading, Severity};

pub(crate) fn run(_: &Path, file: &Json) -> Tab {
    let cases = file["cases"].as_array().unwrap();
    let mut given = 0;
    let judged = cases.iter().map(|case| {
        let test = case["source"]["test"].as_str().unwrap_or("?");
        let family = test.rsplitn(3, '.').last().unwrap_or(test).trim_start_matches("tests.");
        let family = format!("{family}, {}", case["expected"].as_str().unwrap());
        Case::new(case["id"].as_str().unwrap(), &family, true, || {
            let (reading, files) = reading(case);
            given += usize::from(files > 0);
            judge(case, &reading)
        })
    });
    let judged = judged.collect();
    let tab = Tab { cases: judged, ..Tab::default() };
    let of = |expected: &'static str| {
        let those = cases.iter().zip(&tab.cases).filter(move |(case, _)| case["expected"] == expected);
        super::case::share(those.map(|(_, judged)| judged))
    };
    let (rows, of_rows) = rows(cases);
    let notes = vec![
        format!("to load: {}; to be refused: {}", of("ok"), of("error")),
        format!("read with the files that they ask for: {given}"),
        format!("refused at a row that pyxform names: {rows} of {of_rows}"),
    ];
    Tab { notes, ..tab }
}

fn reading(case: &Json) -> (Reading, usize) {
    read_with_files(&sheets(&case["form"], case["name"].as_str().unwrap_or_default()))
}

fn judge(case: &Json, reading: &Reading) -> (Verdict, String) {
    if case["expected"] == "ok" {
        let begun = build(reading).and_then(|form| Filling::of(form, ""));
        return begun.map_or_else(|refused| refused, |_| (Verdict::Passed, String::new()));
    }
    let wanted = format!("must be refused: {}", case["pyxform_4_5"].as_str().unwrap_or_default());
    match &reading.form {
        Some(_) => (Verdict::Wrong, wanted),
        // An error is one in this program too, whatever else it does not do.
        None => match refusal(&reading.problems) {
            (Verdict::Wrong, _) if reading.problems.iter().any(|one| one.severity == Severity::Error) => {
                (Verdict::Passed, String::new())
            }
            (verdict, detail) => (verdict, format!("{detail}; {wanted}")),
        },
    }
}

/// Of those refused for a row, how many have an error in a row that pyxform names.
fn rows(cases: &[Json]) -> (usize, usize) {
    let (mut right, mut all) = (0, 0);
    for case in cases {
        let message = case["pyxform_4_5"].as_str().unwrap_or_default();
        let rows: Vec<usize> = message
            .split("[row : ")
            .skip(1)
            .filter_map(|rest| rest.split_once(']')?.0.trim().parse().ok())
            .collect();
        if rows.is_empty() {
            continue;
        }
        let (_, _, panicked) = super::judge(|| {
            let (reading, _) = reading(case);
            let errors = reading.problems.iter().filter(|problem| problem.severity < Severity::Notice);
            let found: Vec<usize> = errors.clone().filter_map(|problem| problem.place.row).collect();
            all += 1;
            if rows.iter().any(|row| found.contains(row)) {
                right += 1;
            } else {
                let told: Vec<String> = errors.map(told).collect();
                println!("    {} elsewhere: {message} {told:?}", case["id"]);
            }
            (Verdict::Passed, String::new())
        });
        all += usize::from(panicked);
    }
    (right, all)
}
