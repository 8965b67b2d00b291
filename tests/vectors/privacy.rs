//! Small counts, rows that can be told apart, and personal data in open answers.

use serde_json::{Map, Value, json};
use sondeo::summary::statistics::anonymity::{anonymity, classes_below};
use sondeo::summary::statistics::suppression::{Interval, Status, audit, suppress};
use sondeo::summary::text::{self, PersonalData};

use super::{compare, number, numbers, texts};

fn table(input: &Value) -> (Vec<Vec<u64>>, u64) {
    let whole = |row: &Value| numbers(row).into_iter().map(|count| count as u64).collect();
    (input["table"].as_array().unwrap().iter().map(whole).collect(), number(&input["threshold"]) as u64)
}

fn told(intervals: Vec<Interval>) -> Value {
    let of = |found: Interval| (format!("{},{}", found.row, found.column), json!([found.low, found.high]));
    Value::Object(intervals.into_iter().map(of).collect::<Map<String, Value>>())
}

pub(crate) fn suppression(input: &Value) -> Value {
    let (table, threshold) = table(input);
    let found = suppress(&table, threshold);
    let grid = |is: fn(Status) -> bool| -> Value {
        found
            .cells
            .iter()
            .map(|row| row.iter().map(|status| u8::from(is(*status))).collect::<Value>())
            .collect()
    };
    let totals = found.row_totals.iter().chain(&found.column_totals).chain([&found.total]);
    json!({
        "primary": grid(|status| status == Status::Primary),
        "hidden": grid(|status| status != Status::Shown),
        "complementary": grid(|status| status == Status::Complementary),
        "attacker_interval": told(found.intervals()),
        "totals_shown": totals.into_iter().all(|status| *status == Status::Shown),
    })
}

/// The vector says that any other pattern that passes the audit is equally valid: with all totals shown, no primary cell can
/// be told, nor told to be small. The audit itself must then find in the expected pattern what the vector found.
pub(crate) fn other_pattern(input: &Value, expected: &Value, found: &Value, wrong: &mut Vec<String>) {
    let (table, threshold) = table(input);
    let hidden: Vec<Vec<bool>> = expected["hidden"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| numbers(row).into_iter().map(|hidden| hidden > 0.0).collect())
        .collect();
    compare("suppression.audit", &expected["attacker_interval"], &told(audit(&table, &hidden)), 1e-6, wrong);
    compare("suppression.primary", &expected["primary"], &found["primary"], 0.0, wrong);
    compare("suppression.totals", &json!(true), &found["totals_shown"], 0.0, wrong);
    for (row, counts) in table.iter().enumerate() {
        for (column, count) in
            counts.iter().enumerate().filter(|(_, count)| **count > 0 && **count < threshold)
        {
            let interval = &found["attacker_interval"][format!("{row},{column}")];
            let passes = interval.is_array()
                && number(&interval[1]) - number(&interval[0]) >= 1.0
                && number(&interval[1]) >= threshold as f64;
            if !passes {
                wrong.push(format!("suppression: {count} in row {row}, column {column} is told"));
            }
        }
    }
}

pub(crate) fn k_anonymity(input: &Value) -> Value {
    let rows: Vec<Vec<String>> = input["rows"].as_array().unwrap().iter().map(texts).collect();
    let least = number(&input["k_min"]) as usize;
    let found = anonymity(rows.iter(), least);
    assert_eq!(classes_below(&rows, least).into_iter().filter(|below| *below).count(), found.below);
    json!({ "k": found.k, "classes": found.classes, "records_below_k_min": found.below })
}

/// Our patterns, which must be the vector's: they look behind, and so need another machine than most.
pub(crate) fn personal_data(input: &Value) -> Value {
    let patterns: Vec<Vec<String>> = input["patterns"].as_array().unwrap().iter().map(texts).collect();
    let ours = PersonalData::PATTERNS.map(|(kind, pattern)| vec![name(kind).to_owned(), pattern.to_owned()]);
    assert_eq!(patterns, ours);
    let kinds = |text: String| -> Value { text::personal_data(&text, find).into_iter().map(name).collect() };
    texts(&input["texts"]).into_iter().map(kinds).collect()
}

fn find(pattern: &str, text: &str) -> bool {
    fancy_regex::Regex::new(pattern).unwrap().is_match(text).unwrap()
}

fn name(kind: PersonalData) -> &'static str {
    match kind {
        PersonalData::Email => "email",
        PersonalData::CedulaPa => "cedula_pa",
        PersonalData::PhonePa => "phone_pa",
        PersonalData::PhoneUs => "phone_us",
        PersonalData::SsnUs => "ssn_us",
    }
}
