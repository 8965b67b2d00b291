//! States that another engine was seen in. Not a gate: where they differ, either may be right.

use std::path::Path;

use super::case::{Case, Tab, Verdict, share};
use super::filling::{Filling, is_same, sheets, text};
use serde_json::Value as Json;
use sondeo::xlsform::open;

pub(crate) fn run(folder: &Path, file: &Json) -> Tab {
    let mut tab = Tab::default();
    let (mut right, mut all, mut unsupported) = (0, 0, 0);
    for case in file["cases"].as_array().unwrap() {
        let id = case["id"].as_str().unwrap();
        let book = case["file"].as_str().or(case["workbook"].as_str());
        let bytes = book.map(|book| std::fs::read(folder.join(book)));
        if let Some(Err(_)) = bytes {
            tab.notes.push(format!("{id}: no {} here, left out", book.unwrap_or_default()));
            continue;
        }
        let states: usize = case["steps"].as_array().unwrap().iter().map(states).sum();
        let mut same = 0;
        let judged = Case::new(id, family(case), false, || {
            let sheets = match &bytes {
                Some(Ok(bytes)) => match open(book.unwrap_or_default(), bytes) {
                    Ok(sheets) => sheets,
                    Err(error) => return (Verdict::Wrong, format!("{error:?}")),
                },
                _ => sheets(&case["form"], root(case)),
            };
            match Filling::new(&sheets) {
                Ok(mut filling) => follow(&mut filling, case, &mut same),
                Err(refused) => refused,
            }
        });
        all += states;
        right += same;
        if judged.verdict == Verdict::Unsupported {
            unsupported += states;
        }
        tab.cases.push(judged);
    }
    tab.apart.push(format!(
        "oracle states: {right} of {all}, not supported {unsupported}; cases alike in all: {}",
        share(&tab.cases)
    ));
    tab
}

fn family(case: &Json) -> &str {
    let source = &case["source"];
    source["file"].as_str().or(source["repo"].as_str()).unwrap_or("?")
}

/// The first step of every path.
fn root(case: &Json) -> &str {
    let named = case["root"].as_str();
    let path = case["steps"][0]["nodes"][0]["path"].as_str().unwrap_or_default();
    named.or_else(|| path.split('/').nth(1)).unwrap_or_default()
}

fn states(step: &Json) -> usize {
    step["nodes"].as_array().map_or(0, Vec::len)
}

fn follow(filling: &mut Filling, case: &Json, same: &mut usize) -> (Verdict, String) {
    let mut first = None;
    for step in case["steps"].as_array().unwrap() {
        if let Some(nodes) = step["nodes"].as_array() {
            for node in nodes {
                match compare(filling, node) {
                    Ok(()) => *same += 1,
                    Err(difference) => drop(first.get_or_insert(difference)),
                }
            }
        } else if let Err(difference) = filling.act(step) {
            first.get_or_insert(difference);
        }
    }
    first.map_or((Verdict::Passed, String::new()), |difference| (Verdict::Wrong, difference))
}

/// A state of which only what is unusual is told.
fn compare(filling: &Filling, node: &Json) -> Result<(), String> {
    let path = node["path"].as_str().unwrap();
    let at = filling.find(path).ok_or_else(|| format!("no slot at {path}"))?;
    let state = filling.session.state(at).unwrap();
    let differs =
        |what: &str, got: &dyn std::fmt::Debug| Err(format!("{path}: {what} is {got:?}, not {node}"));
    let is = |key: &str, usual: bool| node[key].as_bool().unwrap_or(usual);
    if state.relevant != is("relevant", true) {
        return differs("relevant", &state.relevant);
    }
    if !state.relevant {
        return Ok(());
    }
    if state.required != is("required", false) {
        return differs("required", &state.required);
    }
    if state.readonly != is("readonly", false) {
        return differs("readonly", &state.readonly);
    }
    if state.violation.is_none() != is("valid", true) {
        return differs("violation", &state.violation);
    }
    if let Some(wanted) = node.get("value").filter(|wanted| !is_same(&filling.value(at), &text(wanted))) {
        return differs(&format!("value {wanted}"), &filling.value(at));
    }
    if let Some(label) = node["label"].as_str().filter(|label| label.trim() != state.label.trim()) {
        return differs(&format!("label {label}"), &state.label);
    }
    if let Some(wanted) = node["choices"].as_array() {
        let names: Vec<&str> = state.choices.iter().map(|choice| choice.name.as_str()).collect();
        if wanted.iter().map(text).collect::<Vec<_>>() != names {
            return differs("choices", &names);
        }
    }
    if let Some(count) = node["count"].as_u64() {
        let got = filling.session.children(at).len();
        if got as u64 != count {
            return differs("count", &got);
        }
    }
    Ok(())
}
