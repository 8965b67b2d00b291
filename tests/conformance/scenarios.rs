//! A form, what is done in it, and what must hold then.

use std::path::Path;

use super::case::{Case, Tab, Verdict};
use super::filling::{Filling, is_same, sheets, text};
use serde_json::Value as Json;

pub(crate) fn run(_: &Path, file: &Json) -> Tab {
    let cases = file["cases"].as_array().unwrap().iter().map(|case| {
        let family = case["source"]["file"].as_str().unwrap_or("?");
        Case::new(case["id"].as_str().unwrap(), family, true, || judge(case))
    });
    Tab { cases: cases.collect(), ..Tab::default() }
}

fn judge(case: &Json) -> (Verdict, String) {
    let mut filling = match Filling::new(&sheets(&case["form"], "")) {
        Ok(filling) => filling,
        Err(refused) => return refused,
    };
    for step in case["steps"].as_array().unwrap() {
        let outcome = if step["op"] == "expect" { expect(&filling, step) } else { filling.act(step) };
        if let Err(difference) = outcome {
            return (Verdict::Wrong, difference);
        }
    }
    (Verdict::Passed, String::new())
}

fn expect(filling: &Filling, step: &Json) -> Result<(), String> {
    let path = step["path"].as_str().unwrap();
    let Some(at) = filling.find(path) else {
        // What is gone has no value.
        let is_gone = ["node", "value"].iter().any(|key| step.get(key) == Some(&Json::Null));
        return if is_gone { Ok(()) } else { Err(format!("no slot at {path}: {step}")) };
    };
    let state = filling.session.state(at).unwrap();
    let mut found = Vec::new();
    for (key, wanted) in step.as_object().unwrap() {
        let is_wanted = |is: bool| (Json::Bool(is) == *wanted, is.to_string());
        let count_wanted = |count: usize| (wanted.as_u64() == Some(count as u64), count.to_string());
        let names = || state.choices.iter().map(|choice| choice.name.clone()).collect::<Vec<_>>();
        found.push(match key.as_str() {
            "op" | "path" | "value_type" | "not" | "note" | "status" | "match" => continue,
            "value" => {
                let got = filling.value(at);
                (is_same(&got, &text(wanted)), got)
            }
            "relevant" => is_wanted(state.relevant),
            "required" => is_wanted(state.required),
            "readonly" => is_wanted(state.readonly),
            "valid" => is_wanted(state.violation.is_none()),
            "label" => (wanted.as_str() == Some(&state.label), state.label.clone()),
            "count" => count_wanted(filling.session.children(at).len()),
            "choices_count" => count_wanted(state.choices.len()),
            "choices" => (has(&names(), wanted, step["match"].as_str()), format!("{:?}", names())),
            "node" => (!wanted.is_null(), String::from("a node")),
            other => return Err(format!("expects {other}, which this runner does not know")),
        });
    }
    let is_denied = step["not"] == true;
    match found.iter().find(|(right, _)| *right == is_denied) {
        Some((_, got)) => Err(format!("{step} but {got:?}")),
        None => Ok(()),
    }
}

/// Whether choices are those that are wanted, or have them among them.
fn has(names: &[String], wanted: &Json, how: Option<&str>) -> bool {
    let wanted: Vec<String> = wanted.as_array().unwrap().iter().map(text).collect();
    match how {
        Some("contains") => wanted.iter().all(|name| names.contains(name)),
        Some("contains_in_order") => {
            let mut names = names.iter();
            wanted.iter().all(|name| names.any(|other| other == name))
        }
        _ => names == wanted,
    }
}
