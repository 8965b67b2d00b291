//! Forms as rows, of which it is known whether they are valid.

use serde_json::Value;
use sondeo::form::Form;
use sondeo::i18n::Language;
use sondeo::i18n::xlsform::{explain, place};
use sondeo::xlsform::{
    self, Attached, Problem, ProblemKind, Reading, Row, Severity, Sheet, SheetName, Sheets,
};

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
    /// Loaded, or refused with an error, as it must be.
    Right,
    /// Refused by the name of what this program does not do, or of a file that is not there.
    Unsupported(Vec<Problem>),
    /// Must load and has an expression that cannot be read. pyxform passes expressions on unread; ODK Validate refuses these.
    Unreadable(Vec<Problem>),
    /// Anything else.
    Wrong(Vec<Problem>),
}

/// Judges a reading. A form that comes back must be one that can be built, without errors beside it.
pub(crate) fn verdict(reading: &Reading, must_load: bool) -> Verdict {
    let of = |severity| reading.problems.iter().filter(move |problem| problem.severity == severity).cloned();
    let errors: Vec<Problem> = of(Severity::Error).collect();
    let unsupported: Vec<Problem> = of(Severity::Unsupported).collect();
    if let Some(form) = &reading.form {
        assert!(Form::build(form).is_ok(), "a form that comes back can be built");
        assert!(errors.is_empty() && unsupported.is_empty(), "a form comes back in spite of {errors:?}");
    }
    let is_unreadable = |problem: &Problem| matches!(problem.kind, ProblemKind::Expression { .. });
    match (reading.form.is_some(), errors.is_empty(), must_load) {
        (true, _, true) | (false, false, false) => Verdict::Right,
        (false, true, _) => Verdict::Unsupported(unsupported),
        (false, false, true) if errors.iter().all(is_unreadable) => Verdict::Unreadable(errors),
        _ => Verdict::Wrong(errors),
    }
}

/// Reads the sheets again and again with a small table in the place of each file that is asked for.
pub(crate) fn read_with_files(sheets: &Sheets) -> Reading {
    let mut sheets = sheets.clone();
    loop {
        let reading = xlsform::read(&sheets);
        let mut is_more = false;
        for problem in &reading.problems {
            match &problem.kind {
                ProblemKind::NeedsFile(file) if sheets.attached.iter().all(|known| known.file != *file) => {
                    let words = |words: [&str; 2]| words.map(str::to_owned).to_vec();
                    let (header, rows) = (words(["name", "label"]), vec![words(["a", "A"])]);
                    sheets.attached.push(Attached { file: file.clone(), header, rows });
                    is_more = true;
                }
                ProblemKind::NoFileColumn { column, file } => {
                    let known = sheets.attached.iter_mut().filter(|known| known.file == *file);
                    known.for_each(|known| known.header.push(column.clone()));
                    is_more = true;
                }
                _ => {}
            }
        }
        if !is_more {
            return reading;
        }
    }
}

#[test]
#[allow(clippy::print_stdout, reason = "the counts are for the log")]
fn forms_load_or_are_refused_as_the_field_does() {
    let text =
        super::folder().and_then(|at| std::fs::read_to_string(at.join("form_validity_cases.json")).ok());
    let Some(text) = text else {
        println!("no conformance cases beside this package");
        return;
    };
    let all: Value = serde_json::from_str(&text).unwrap();
    let mut counts = [[0; 4]; 2];
    let mut with_files = 0;
    for case in all["cases"].as_array().unwrap() {
        let must_load = case["expected"] == "ok";
        let sheets = sheets(&case["form"]);
        let reading = xlsform::read(&sheets);
        for problem in &reading.problems {
            for language in Language::ALL {
                assert!(!explain(problem, language).is_empty() && !place(problem, language).is_empty());
            }
        }
        let verdict = verdict(&reading, must_load);
        with_files += usize::from(must_load && read_with_files(&sheets).form.is_some());
        let (position, problems) = match &verdict {
            Verdict::Right => (0, None),
            Verdict::Unsupported(problems) => (1, Some(problems).filter(|_| !must_load)),
            Verdict::Unreadable(problems) => (2, Some(problems)),
            Verdict::Wrong(problems) => (3, Some(problems)),
        };
        counts[usize::from(!must_load)][position] += 1;
        if let Some(problems) = problems {
            println!("{} expected {}: {}", case["id"], case["expected"], case["error_contains"]);
            for problem in problems {
                println!("    {}: {}", place(problem, Language::En), explain(problem, Language::En));
            }
        }
    }
    let [[loaded, named, unreadable, wrong], [refused, unsupported, _, missed]] = counts;
    println!(
        "must load: {loaded} load ({with_files} with the files they ask for), {named} refused as unsupported, \
         {unreadable} for an expression that cannot be read, {wrong} wrong"
    );
    println!("must be refused: {refused} refused, {unsupported} refused as unsupported, {missed} missed");
    assert_eq!(wrong, 0);
    assert!(unreadable * 100 <= loaded + named);
    assert!(refused * 100 >= (refused + unsupported + missed) * 95);
}
