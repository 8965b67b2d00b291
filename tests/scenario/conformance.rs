//! The field's own scenarios, read where they stand: `../shared/conformance` beside this package, or the folder
//! that `SONDEO_CONFORMANCE` names. Without that folder this says so and passes.

use std::rc::Rc;

use super::fill::{Filling, now, settings};
use super::table::{self, Row, Sheets, Unsupported};
use serde_json::Value as Json;
use sondeo::engine::{At, Session};
use sondeo::form::Form;

/// Scenarios that pass now. Only ever raised.
const GATE: usize = 54;

#[test]
fn scenarios_go_as_the_field_expects() {
    let named = std::env::var_os("SONDEO_CONFORMANCE").map(std::path::PathBuf::from);
    let beside =
        || std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(|up| up.join("shared/conformance"));
    let file = named.or_else(beside).map(|folder| folder.join("scenario_cases.json"));
    let Some(text) = file.and_then(|file| std::fs::read_to_string(file).ok()) else {
        println!("scenarios: no conformance folder here, nothing compared");
        return;
    };
    let cases: Json = serde_json::from_str(&text).unwrap();
    let cases = cases["cases"].as_array().unwrap();
    let (mut passed, mut unsupported) = (0, 0);
    for case in cases {
        match run(case) {
            Ok(None) => passed += 1,
            Ok(Some(difference)) => println!("  {} {}: {difference}", case["id"], case["title"]),
            Err(Unsupported(what)) => {
                unsupported += 1;
                println!("  {} not supported: {what}", case["id"]);
            }
        }
    }
    println!("scenarios: {passed} of {}, not supported {unsupported}", cases.len());
    assert!(passed >= GATE, "{passed} scenarios pass, {GATE} did before");
}

/// `None`: all went as expected; else the first difference.
fn run(case: &Json) -> Result<Option<String>, Unsupported> {
    let sheets = Sheets {
        survey: rows(&case["form"]["survey"]),
        choices: rows(&case["form"]["choices"]),
        settings: vec![row(&case["form"]["settings"])],
    };
    // Checksums are code that no form of ours needs on a phone.
    if sheets.survey.iter().flatten().any(|(_, cell)| cell.contains("digest(")) {
        return Err(Unsupported(String::from("digest()")));
    }
    let source = table::form(&sheets)?;
    let form = match Form::build(&source) {
        Ok(form) => Rc::new(form),
        Err(problems) => return Ok(Some(format!("{problems:?}"))),
    };
    let mut settings = settings();
    let language = case["form"]["settings"]["default_language"].as_str();
    settings.language = language.and_then(|language| form.language(&table::tag(language))).unwrap_or(0);
    let session = match Session::new(form, settings, now()) {
        Ok(session) => session,
        Err(cycle) => return Ok(Some(format!("{cycle:?}"))),
    };
    let mut filling = Filling { session, journal: Vec::new() };
    for step in case["steps"].as_array().unwrap() {
        if let Some(difference) = take(&mut filling, step)? {
            return Ok(Some(difference));
        }
    }
    Ok(None)
}

fn take(filling: &mut Filling, step: &Json) -> Result<Option<String>, Unsupported> {
    // Paths here begin with the root element, which slots' paths leave out.
    let path =
        step["path"].as_str().and_then(|path| path.get(1..)?.split_once('/')).map_or("", |(_, path)| path);
    let at = filling.session.find(path);
    match (step["op"].as_str().unwrap(), at) {
        ("set", Some(at)) => {
            let Some(answer) = filling.read(at, &text(&step["value"])) else {
                return Ok(Some(format!("{path} cannot hold {}", step["value"])));
            };
            filling.session.answer(at, answer, now());
            Ok(None)
        }
        ("add_repeat", Some(at)) => {
            filling.session.add(at, now());
            Ok(None)
        }
        ("remove_repeat", Some(at)) => {
            filling.session.remove(at, now());
            Ok(None)
        }
        ("language", _) => {
            let tag = table::tag(step["value"].as_str().unwrap());
            let language = filling.session.form().language(&tag).unwrap();
            filling.session.set_language(language);
            Ok(None)
        }
        ("expect", at) => expect(filling, at, path, step),
        _ => Ok(Some(format!("no slot at {path}"))),
    }
}

fn expect(filling: &Filling, at: Option<At>, path: &str, step: &Json) -> Result<Option<String>, Unsupported> {
    let Some(at) = at else {
        // What is gone has no value.
        let is_gone = ["node", "value"].iter().any(|key| step.get(key) == Some(&Json::Null));
        return Ok((!is_gone).then(|| format!("no slot at {path}: {step}")));
    };
    let state = filling.session.state(at).unwrap();
    let mut found = Vec::new();
    for (key, wanted) in step.as_object().unwrap() {
        let right = match key.as_str() {
            "op" | "path" | "value_type" | "not" | "note" | "status" => continue,
            // What expressions and the response see: an irrelevant answer is blank.
            "value" => {
                let got = if state.relevant { state.answer.to_text() } else { String::new() };
                (is_same(&got, &text(wanted)), got)
            }
            "relevant" => (Json::Bool(state.relevant) == *wanted, state.relevant.to_string()),
            "count" => {
                let count = filling.session.children(at).len();
                (wanted.as_u64() == Some(count as u64), count.to_string())
            }
            "choices_count" => {
                let count = state.choices.len();
                (wanted.as_u64() == Some(count as u64), count.to_string())
            }
            "valid" => (Json::Bool(state.violation.is_none()) == *wanted, format!("{:?}", state.violation)),
            "node" => (!wanted.is_null(), String::from("a node")),
            other => return Err(Unsupported(format!("expect {other}"))),
        };
        found.push(right);
    }
    let is_denied = step["not"] == true;
    let wrong = found.iter().find(|(right, _)| *right == is_denied);
    Ok(wrong.map(|(_, got)| format!("{step} but {got:?}")))
}

/// Numbers as numbers, everything else as text.
fn is_same(got: &str, wanted: &str) -> bool {
    let numbers = got.trim().parse::<f64>().ok().zip(wanted.trim().parse::<f64>().ok());
    got == wanted || numbers.is_some_and(|(got, wanted)| got == wanted)
}

fn text(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        Json::Array(values) => values.iter().map(text).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

fn rows(sheet: &Json) -> Vec<Row> {
    sheet.as_array().unwrap().iter().map(row).collect()
}

fn row(row: &Json) -> Row {
    row.as_object().unwrap().iter().map(|(column, cell)| (column.clone(), text(cell))).collect()
}
