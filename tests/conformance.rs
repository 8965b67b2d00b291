//! The field's own cases, read where they stand: `../shared/conformance` beside this package, or the folder that
//! `SONDEO_CONFORMANCE_DIR` names. Read [`main`] first. A program of its own (`harness = false`), so that what it counts is
//! always seen: per file and family `passed/total`, what is not supported apart, each id that fails, and in the last line
//! `conformance: P of T` over the gated sets. Without the folder it says so and passes.
//!
//! `gaps.txt` names what is known not to pass, and why: the test fails where a gap passes or another case does not. With
//! another folder that file says nothing, and only a panic fails.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot read its cases must stop, and says what it found"
)]

use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use case::{Case, Tab, Verdict};
use serde_json::Value as Json;

#[path = "conformance/case.rs"]
mod case;
#[path = "conformance/expressions.rs"]
mod expressions;
#[path = "conformance/filling.rs"]
mod filling;
#[path = "conformance/forms.rs"]
mod forms;
#[path = "conformance/gaps.rs"]
mod gaps;
#[path = "conformance/instruments.rs"]
mod instruments;
#[path = "conformance/oracle.rs"]
mod oracle;
#[path = "conformance/scenarios.rs"]
mod scenarios;
#[path = "conformance/validity.rs"]
mod validity;

/// A file of cases, and what runs them.
type Run = fn(&Path, &Json) -> Tab;
const FILES: [(&str, &str, Run); 5] = [
    ("expressions", "xpath_cases.json", expressions::run),
    ("scenarios", "scenario_cases.json", scenarios::run),
    ("validity", "form_validity_cases.json", validity::run),
    ("forms", "forms_manifest.json", forms::run),
    ("oracle", "oracle_cases.json", oracle::run),
];

fn main() -> ExitCode {
    // As the usual harness: a word among the arguments says which tests run.
    let filter: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let is_wanted = |name: &str| filter.is_empty() || filter.iter().any(|word| name.contains(word));
    let named = std::env::var_os("SONDEO_CONFORMANCE_DIR").map(PathBuf::from);
    let is_other = named.is_some();
    let beside = || Some(PathBuf::from(env!("CARGO_MANIFEST_DIR")).parent()?.join("shared/conformance"));
    let Some(folder) = named.or_else(beside).filter(|folder| folder.is_dir()) else {
        println!("test result: ok. 0 passed; 0 failed; {} ignored; 0 measured; 0 filtered out", FILES.len());
        println!("conformance: no folder of cases here, nothing compared");
        return ExitCode::SUCCESS;
    };
    panic::set_hook(Box::new(|_| {}));
    let gaps = (!is_other).then(gaps::read);
    let (mut passed, mut failed, mut ignored, mut filtered) = (0, 0, 0, 0);
    let mut tabs: Vec<Tab> = Vec::new();
    let mut result = |name: &str, faults: Vec<String>| {
        if faults.is_empty() {
            passed += 1;
        } else {
            failed += 1;
        }
        faults.iter().for_each(|fault| println!("{name} FAILED: {fault}"));
    };
    for (name, file, run) in FILES {
        if !is_wanted(name) {
            filtered += 1;
            continue;
        }
        let Ok(text) = std::fs::read_to_string(folder.join(file)) else {
            println!("{name}: no {file} here, left out");
            ignored += 1;
            continue;
        };
        let tab = run(&folder, &serde_json::from_str(&text).unwrap());
        tab.print(name);
        let mut faults: Vec<String> =
            tab.cases.iter().filter(|case| case.panicked).map(Case::fault).collect();
        if let Some(gaps) = &gaps {
            faults.extend(gaps::compare(gaps, &tab.cases));
        }
        result(name, faults);
        tabs.push(tab);
    }
    if is_wanted("instruments") && !is_other {
        result("instruments", instruments::read_all(&folder));
    }
    tabs.iter().for_each(Tab::print_apart);
    let gated: Vec<&Case> = tabs.iter().flat_map(|tab| &tab.cases).filter(|case| case.is_gated).collect();
    let count = |verdict| gated.iter().filter(|case| case.verdict == verdict).count();
    println!(
        "not supported: {}; wrong: {}",
        count(Verdict::Unsupported),
        gated.len() - count(Verdict::Passed) - count(Verdict::Unsupported)
    );
    let state = if failed == 0 { "ok" } else { "FAILED" };
    println!(
        "test result: {state}. {passed} passed; {failed} failed; {ignored} ignored; 0 measured; {filtered} filtered out"
    );
    println!("conformance: {} of {}", count(Verdict::Passed), gated.len());
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Judges a case; one that panics is wrong.
fn judge(judge: impl FnOnce() -> (Verdict, String)) -> (Verdict, String, bool) {
    match panic::catch_unwind(AssertUnwindSafe(judge)) {
        Ok((verdict, detail)) => (verdict, detail, false),
        Err(cause) => {
            let text = cause.downcast_ref::<String>().cloned();
            let text = text.or_else(|| cause.downcast_ref::<&str>().map(|text| (*text).to_owned()));
            (Verdict::Wrong, format!("panicked: {}", text.unwrap_or_default()), true)
        }
    }
}
