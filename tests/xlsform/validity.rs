//! Forms as rows, of which it is known whether they are valid.

use serde_json::Value;
use sondeo::form::Form;
use sondeo::xlsform::{self, Problem, Reading, Row, Severity, Sheet, SheetName, Sheets};

/// The sheets of a case: for each sheet's name a list of rows, each an object of header and cell.
pub(crate) fn sheets(form: &Value) -> Sheets {
    let sheet = |name: SheetName| {
        let rows = match form.get(name.as_str())? {
            Value::Array(rows) => rows.clone(),
            row => vec![row.clone()],
        };
        let mut header: Vec<String> = Vec::new();
        for key in rows.iter().filter_map(Value::as_object).flat_map(|row| row.keys()) {
            if !header.contains(key) {
                header.push(key.clone());
            }
        }
        let cells = |row: &Value| header.iter().map(|key| cell(row.get(key))).collect();
        let row = |(position, row): (usize, &Value)| Row { number: position + 2, cells: cells(row) };
        Some(Sheet { name, rows: rows.iter().enumerate().map(row).collect(), header })
    };
    Sheets { sheets: SheetName::ALL.into_iter().filter_map(sheet).collect(), attached: Vec::new() }
}

fn cell(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        None | Some(Value::Null) => String::new(),
        Some(other) => other.to_string(),
    }
}

/// What became of a case.
#[derive(Debug, PartialEq)]
pub(crate) enum Verdict {
    Right,
    /// Refused by the name of what this program does not do.
    Unsupported(Vec<Problem>),
    Wrong(Vec<Problem>),
}

pub(crate) fn verdict(reading: Reading, must_load: bool) -> Verdict {
    let of = |severity| reading.problems.iter().filter(move |problem| problem.severity == severity).cloned();
    let errors: Vec<Problem> = of(Severity::Error).collect();
    let unsupported: Vec<Problem> = of(Severity::Unsupported).collect();
    if let Some(form) = &reading.form {
        assert!(Form::build(form).is_ok(), "a form that comes back can be built");
        assert!(errors.is_empty() && unsupported.is_empty(), "a form comes back in spite of {errors:?}");
    }
    match (reading.form.is_some(), errors.is_empty(), must_load) {
        (true, _, true) | (false, false, false) => Verdict::Right,
        (false, true, _) => Verdict::Unsupported(unsupported),
        _ => Verdict::Wrong(errors),
    }
}

#[test]
#[allow(clippy::print_stdout, reason = "the counts are for the log")]
fn forms_load_or_are_refused_as_the_field_does() {
    let Some(text) = super::folder().and_then(|at| std::fs::read_to_string(at.join("form_validity_cases.json")).ok())
    else {
        println!("no conformance cases beside this package");
        return;
    };
    let all: Value = serde_json::from_str(&text).unwrap();
    let mut counts = [[0; 3]; 2];
    for case in all["cases"].as_array().unwrap() {
        let must_load = case["expected"] == "ok";
        let verdict = verdict(xlsform::read(&sheets(&case["form"])), must_load);
        let (place, problems) = match &verdict {
            Verdict::Right => (0, None),
            Verdict::Unsupported(problems) => (1, Some(problems).filter(|_| !must_load)),
            Verdict::Wrong(problems) => (2, Some(problems)),
        };
        counts[usize::from(!must_load)][place] += 1;
        if let Some(problems) = problems {
            println!("{} expected {}: {}", case["id"], case["expected"], case["error_contains"]);
            for problem in problems {
                println!("    {problem:?}");
            }
        }
    }
    let [[loaded, named, wrong], [refused, unsupported, missed]] = counts;
    println!("must load: {loaded} load, {named} refused as unsupported, {wrong} wrong");
    println!("must be refused: {refused} refused, {unsupported} refused as unsupported, {missed} missed");
    assert_eq!(wrong, 0);
    assert!(refused * 100 >= (refused + unsupported + missed) * 95);
}
