//! What must come out, counted by the script from its own answers and from the instrument as published, never from the program.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;
use thirtyfour::prelude::*;

use crate::people::{Given, name_of};
use crate::place::For;

/// The instrument as published: for each question the roles of its choices.
pub(crate) struct Instrument {
    roles: BTreeMap<String, BTreeMap<String, String>>,
    scores: BTreeMap<String, BTreeMap<String, f64>>,
    many: Vec<String>,
    ranked: Vec<String>,
    /// Questions with a list of choices.
    listed: BTreeSet<String>,
}

impl Instrument {
    /// Reads the published file that the tests carry.
    pub(crate) fn read(id: &str) -> Instrument {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/data/instruments/{id}.json"));
        let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let file: Value = serde_json::from_str(&text).expect("JSON");
        let mut instrument = Instrument {
            roles: BTreeMap::new(),
            scores: BTreeMap::new(),
            many: Vec::new(),
            ranked: Vec::new(),
            listed: BTreeSet::new(),
        };
        for section in file["sections"].as_array().expect("sections") {
            for item in section["items"].as_array().expect("items") {
                instrument.item(&file, item, None);
            }
        }
        instrument
    }

    fn item(&mut self, file: &Value, item: &Value, list: Option<&str>) {
        let id = item["id"].as_str().expect("an id").to_owned();
        let list = item["list"].as_str().or(list);
        for row in item["rows"].as_array().into_iter().chain(item["items"].as_array()).flatten() {
            self.item(file, row, list);
        }
        if item["type"] == "rank" {
            self.ranked.push(id.clone());
        }
        if item["type"] == "multiple" {
            self.many.push(id.clone());
        }
        let choices = list.and_then(|list| file["lists"][list].as_array());
        if choices.is_some() {
            self.listed.insert(id.clone());
        }
        for choice in choices.into_iter().flatten() {
            let value = choice["value"].as_str().expect("a value").to_owned();
            if let Some(role) = choice["role"].as_str() {
                self.roles.entry(id.clone()).or_default().insert(value.clone(), role.to_owned());
            }
            if let Some(score) = choice["score"].as_f64() {
                self.scores.entry(id.clone()).or_default().insert(value, score);
            }
        }
    }

    fn role(&self, question: &str, choice: &str) -> &str {
        self.roles.get(question).and_then(|roles| roles.get(choice)).map_or("", String::as_str)
    }
}

/// Some of the people, by what they chose of one question.
pub(crate) struct Group {
    /// The question's name.
    pub(crate) question: String,
    /// They chose one of these.
    pub(crate) choices: Vec<String>,
}

impl Group {
    /// Whether somebody is of the group.
    pub(crate) fn holds(&self, given: &Given) -> bool {
        let chosen = given.iter().find(|(path, _)| name_of(path) == self.question).map(|(_, values)| values);
        chosen.is_some_and(|values| values.iter().any(|value| self.choices.contains(value)))
    }
}

/// A group that may be looked at: so many inside and so many outside that nobody can be worked out.
pub(crate) fn group_of(all: &[Given], questions: &[&str]) -> Option<Group> {
    for question in questions {
        let answers =
            all.iter().filter_map(|given| given.iter().find(|(path, _)| name_of(path) == *question));
        let choices: BTreeSet<String> = answers.flat_map(|(_, values)| values.iter().cloned()).collect();
        let mut group = Group { question: (*question).to_owned(), choices: Vec::new() };
        for choice in choices {
            group.choices.push(choice);
            let inside = all.iter().filter(|given| group.holds(given)).count();
            if inside >= 10 && all.len() - inside >= 10 {
                return Some(group);
            }
        }
    }
    None
}

/// What a question came to.
#[derive(Default, Debug)]
struct Count {
    shown: usize,
    valid: usize,
    /// Who answered: in a repeat fewer people than answers.
    people: BTreeSet<usize>,
    marks: BTreeMap<String, usize>,
    scores: Vec<f64>,
    /// Has a list of choices; a number is told in classes.
    listed: bool,
}

/// Every question's count.
pub(crate) struct Tally {
    questions: BTreeMap<String, Count>,
}

#[derive(Deserialize)]
struct Result_ {
    name: String,
    base: Option<usize>,
    rows: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    choice: String,
    count: Option<usize>,
    percent: Option<f64>,
}

const READ_RESULTS: &str = r#"
const number = e => { const t = e && (e.dataset.count ?? e.dataset.percent); return t === undefined || t === null || t === '' ? null : Number(t); };
return [...document.querySelectorAll('[data-result]')].map(r => {
  const base = r.matches('[data-base]') ? r : r.querySelector('[data-base]');
  return {name: r.dataset.result, base: base ? Number(base.dataset.base) : null, rows: [...r.querySelectorAll('[data-choice]')].map(row => ({
    choice: row.dataset.choice, count: number(row.matches('[data-count]') ? row : row.querySelector('[data-count]')),
    percent: (e => e && e.dataset.percent ? Number(e.dataset.percent) : null)(row.matches('[data-count]') ? row : row.querySelector('[data-percent]'))}))};
});"#;

impl Tally {
    /// Counts what all of them answered.
    pub(crate) fn count(all: &[Given], instrument: &Instrument) -> Tally {
        let mut questions: BTreeMap<String, Count> = BTreeMap::new();
        for (person, given) in all.iter().enumerate() {
            for (path, values) in given {
                let name = name_of(path).to_owned();
                let count = questions.entry(name.clone()).or_default();
                count.shown += 1;
                count.listed = instrument.listed.contains(&name);
                let missing = values.iter().any(|value| {
                    matches!(instrument.role(&name, value), "missing_dk" | "missing_na" | "missing_ref")
                });
                if !values.is_empty() && !missing {
                    count.valid += 1;
                    count.people.insert(person);
                }
                // A ranking tells first who put a choice in the first place.
                let told = if instrument.ranked.contains(&name) { 1 } else { usize::MAX };
                for value in values.iter().take(told) {
                    *count.marks.entry(value.clone()).or_default() += 1;
                    if let Some(score) = instrument.scores.get(&name).and_then(|scores| scores.get(value)) {
                        count.scores.push(*score);
                    }
                }
            }
        }
        Tally { questions }
    }

    /// Every result on the screen is the script's, to the last count; whatever has a base of five or more is there.
    pub(crate) async fn agrees_with_screen(&self, driver: &WebDriver, whom: For) {
        let results: Vec<Result_> =
            driver.execute(READ_RESULTS, vec![]).await.expect("results").convert().expect("their shape");
        let mut compared = 0;
        for result in &results {
            let Some(count) = self.questions.get(&result.name) else {
                assert!(
                    result.base.is_none() && result.rows.iter().all(|row| row.count.is_none()),
                    "{} was never asked",
                    result.name
                );
                continue;
            };
            // Of a group chosen by a filter nothing is told over fewer than ten.
            if count.people.len() < (if whom == For::Publication { 5 } else { 10 }) {
                assert_eq!(result.base, None, "{}: {} answers are too few to show", result.name, count.valid);
                assert!(result.rows.iter().all(|row| row.count.is_none()), "{} shows a count", result.name);
                continue;
            }
            let few_victims = result.name == "vic_sexual" || result.name == "rep_sexual";
            let alike =
                result.name.starts_with("vic_") && count.marks.values().any(|&marks| marks == count.valid);
            // Where so few gave one of the answers that the others would tell how many, nothing is told.
            let sensitive = ["vic_", "rep_", "times_"].iter().any(|part| result.name.starts_with(part));
            let few = sensitive && count.marks.values().any(|marks| (1..5).contains(marks));
            if result.base.is_none() && (few_victims || alike || (few && whom == For::Publication)) {
                continue;
            }
            assert_eq!(result.base, Some(count.valid), "base of {}", result.name);
            if !count.listed {
                let told: usize = result.rows.iter().filter_map(|row| row.count).sum();
                assert!(
                    result.rows.is_empty() || told == count.valid,
                    "classes of {} add to {told}",
                    result.name
                );
                continue;
            }
            for row in &result.rows {
                let marks = count.marks.get(&row.choice).copied().unwrap_or(0);
                if let Some(shown) = row.count {
                    assert_eq!(shown, marks, "{} = {}", result.name, row.choice);
                    compared += 1;
                }
                if let (Some(percent), true) = (row.percent, count.marks.contains_key(&row.choice)) {
                    assert!(
                        count.people.len() >= 10,
                        "{}: {} answers carry no percentage",
                        result.name,
                        count.valid
                    );
                    let exact = 100.0 * marks as f64 / count.valid as f64;
                    let of_asked = 100.0 * marks as f64 / count.shown as f64;
                    let near = (percent - exact).abs() <= 1.0 || percent <= exact.max(of_asked) + 1.0;
                    assert!(
                        near,
                        "{} = {}: {percent} % where {exact} % was counted",
                        result.name, row.choice
                    );
                }
            }
        }
        let least = if whom == For::Publication { 60 } else { 40 };
        assert!(compared > least, "only {compared} counts were compared");
    }

    /// The JSON file tells the same bases and means.
    pub(crate) fn agrees_with_json(&self, bytes: &[u8], responses: usize) {
        let file: Value = serde_json::from_slice(bytes).expect("the file is JSON");
        assert_eq!(file["fieldwork"]["counted"], responses, "responses counted");
        let mut compared = 0;
        for question in file["questions"].as_array().expect("questions") {
            let name = question["name"].as_str().expect("a name");
            let Some(count) = self.questions.get(name) else { continue };
            if let Some(valid) = question["base"]["valid"].as_u64() {
                assert_eq!(valid as usize, count.valid, "base of {name}");
                compared += 1;
            }
            if let Some(mean) = find_number(&question["finding"], "mean") {
                let own = count.scores.iter().sum::<f64>() / count.scores.len() as f64;
                if !count.scores.is_empty() {
                    assert!((mean - own).abs() < 0.06, "mean of {name}: {mean}, counted {own}");
                }
            }
        }
        assert!(compared > 20, "only {compared} bases were compared");
    }
}

fn find_number(value: &Value, key: &str) -> Option<f64> {
    match value {
        Value::Object(members) => members
            .get(key)
            .and_then(Value::as_f64)
            .or_else(|| members.values().find_map(|member| find_number(member, key))),
        _ => None,
    }
}

/// The CSV's column of a path: the last name, or from the repeat on.
fn column(path: &str) -> String {
    let parts: Vec<&str> = path.split('/').collect();
    let from = parts.iter().position(|part| part.contains('[')).unwrap_or(parts.len() - 1);
    parts[from..].join("/")
}

/// Every row of the CSV is one person's answers, and every person has a row; whatever their order.
pub(crate) fn csv_agrees(bytes: &[u8], all: &[Given], instrument: &Instrument) {
    assert!(bytes.starts_with(b"\xEF\xBB\xBF"), "the CSV opens with a byte order mark");
    let mut reader = csv::Reader::from_reader(&bytes[3..]);
    let columns: Vec<String> = reader.headers().expect("a header").iter().map(str::to_owned).collect();
    let rows: Vec<Vec<String>> =
        reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect();
    assert_eq!(rows.len(), all.len(), "a row for each person");

    let mut asked: Vec<String> = all.iter().flat_map(|given| given.keys().map(|path| column(path))).collect();
    asked.sort();
    asked.dedup();
    let place = |name: &str| {
        columns.iter().position(|c| c == name).unwrap_or_else(|| panic!("no column {name} in {columns:?}"))
    };
    let mut expected: Vec<Vec<String>> = all
        .iter()
        .map(|given| {
            let by_column: BTreeMap<String, &Vec<String>> =
                given.iter().map(|(path, values)| (column(path), values)).collect();
            asked.iter().map(|name| cell(by_column.get(name).copied())).collect()
        })
        .collect();
    let places: Vec<usize> = asked.iter().map(|name| place(name)).collect();
    let mut found: Vec<Vec<String>> =
        rows.iter().map(|row| places.iter().map(|&at| row[at].clone()).collect()).collect();
    expected.sort();
    found.sort();
    for (row, own) in found.iter().zip(&expected) {
        for ((name, cell), own) in asked.iter().zip(row).zip(own) {
            assert_eq!(cell, own, "column {name}");
        }
    }
    for question in instrument.many.iter().filter(|question| asked.contains(question)) {
        let joined = place(question);
        for at in (0..columns.len()).filter(|&at| columns[at].starts_with(&format!("{question}/"))) {
            let choice = &columns[at][question.len() + 1..];
            for row in &rows {
                let marked = row[joined].split(' ').any(|one| one == choice);
                assert_eq!(row[at] == "1", marked, "{} where {question} is {:?}", columns[at], row[joined]);
            }
        }
    }
}

/// What a cell must hold: nothing where it was not asked, `NA` where it was skipped; a text that a spreadsheet would run as a
/// formula begins with an apostrophe.
fn cell(values: Option<&Vec<String>>) -> String {
    if values.is_some_and(Vec::is_empty) {
        return "NA".to_owned();
    }
    let text = values.map(|values| values.join(" ")).unwrap_or_default();
    if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text }
}
