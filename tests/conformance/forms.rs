//! Real workbooks: those that pyxform converts open, or are refused by the name of what is not supported.

use std::collections::BTreeSet;
use std::path::Path;

use super::case::{Case, Tab, Verdict, share};
use super::filling::{Filling, build, default_language, read_with_files, refusal};
use roxmltree::{Document, Node};
use serde_json::Value as Json;
use sondeo::form::Form;
use sondeo::xlsform::{Problem, SheetName, Sheets, open};

pub(crate) fn run(folder: &Path, file: &Json) -> Tab {
    let mut tab = Tab::default();
    let (mut alike, mut own, mut missing) = (0, 0, 0);
    for form in file["forms"].as_array().unwrap() {
        let (id, path) = (form["id"].as_str().unwrap(), form["file"].as_str().unwrap());
        let Ok(bytes) = std::fs::read(folder.join(path)) else {
            missing += 1;
            tab.notes.push(format!("{id}: no {path} here, left out"));
            continue;
        };
        let is_right = form["pyxform"] == "ok";
        let name = path.rsplit('/').next().unwrap();
        let mut leaves = None;
        let case = Case::new(id, form["repo"].as_str().unwrap_or("?"), is_right, || {
            let (verdict, detail, opened) = judge(name, &bytes);
            let xform =
                form["xform"].as_str().and_then(|path| std::fs::read_to_string(folder.join(path)).ok());
            leaves = opened.zip(xform).map(|(opened, xform)| differ(&xform, &opened));
            (verdict, format!("{name}: {detail}"))
        });
        if let Some(Leaves { same, lost, made }) = leaves {
            alike += same;
            own += made;
            if !lost.is_empty() {
                tab.notes.push(format!("{id} {name} lacks {lost:?}"));
            }
        }
        tab.cases.push(case);
    }
    let wrong = tab.notes.len() - missing;
    let of_pyxform = tab.cases.iter().filter(|case| !case.is_gated);
    let mut apart = Vec::new();
    for case in of_pyxform.clone() {
        let what = if case.verdict == Verdict::Passed { "opens here" } else { "is refused here" };
        apart.push(format!("{} that pyxform refuses {what}: {}", case.id, case.detail));
    }
    let opened = of_pyxform.clone().filter(|case| case.verdict == Verdict::Passed).count();
    tab.notes.push(format!("questions that are pyxform's too: {alike}, made by pyxform alone: {own}; forms that lack some: {wrong}"));
    tab.apart.push(format!("forms that pyxform refuses: {opened} of {} open here", of_pyxform.count()));
    for case in tab.cases.iter().filter(|case| case.is_gated && case.verdict == Verdict::Passed) {
        if case.detail.contains("given") {
            apart.push(format!("{} opens: {}", case.id, case.detail));
        }
    }
    tab.notes.extend(apart);
    tab.notes.push(format!("opened or refused by name: {}", by_name(&tab)));
    tab
}

fn by_name(tab: &Tab) -> String {
    let good = tab.gated().filter(|case| case.verdict != Verdict::Wrong).count();
    format!("{good}/{} ({})", tab.gated().count(), share(tab.gated()))
}

/// A form that opened.
struct Opened {
    form: std::rc::Rc<Form>,
    sheets: Sheets,
    problems: Vec<Problem>,
}

fn judge(name: &str, bytes: &[u8]) -> (Verdict, String, Option<Opened>) {
    let sheets = match open(name, bytes) {
        Ok(sheets) => sheets,
        Err(error) => return (Verdict::Wrong, format!("{error:?}"), None),
    };
    let (reading, files) = read_with_files(&sheets);
    if reading.form.is_none() {
        let (verdict, detail) = refusal(&reading.problems);
        return (verdict, detail, None);
    }
    let begun =
        build(&reading).and_then(|form| Filling::of(form.clone(), default_language(&sheets)).map(|_| form));
    match begun {
        Ok(form) => {
            let detail =
                if files > 0 { format!("given {files} files that it asks for") } else { String::new() };
            let opened = Opened { form, sheets, problems: reading.problems };
            (Verdict::Passed, detail, Some(opened))
        }
        Err((verdict, detail)) => (verdict, detail, None),
    }
}

struct Leaves {
    same: usize,
    /// Neither here nor named by a problem.
    lost: Vec<String>,
    /// No row of the survey sheet has this name.
    made: usize,
}

/// What the XForm asks against what the form does.
fn differ(xform: &str, opened: &Opened) -> Leaves {
    let document = Document::parse(xform).unwrap();
    let instance = document.descendants().find(|node| node.tag_name().name() == "instance").unwrap();
    let root = instance.children().find(Node::is_element).unwrap();
    let mut wanted = BTreeSet::new();
    for child in root.children().filter(|child| child.is_element() && child.tag_name().name() != "meta") {
        gather(child, "", &mut wanted);
    }
    let ours: BTreeSet<String> = opened.form.iter().map(|(id, _)| opened.form.path(id)).collect();
    let rows = rows(&opened.sheets);
    let mut leaves = Leaves { same: 0, lost: Vec::new(), made: 0 };
    for path in wanted {
        let name = path.rsplit('/').next().unwrap();
        let mut own = rows.iter().filter(|(_, cell)| cell == name).peekable();
        if ours.contains(&path) {
            leaves.same += 1;
        } else if own.peek().is_none() {
            leaves.made += 1;
        } else if !own.any(|(row, _)| is_named(*row, &opened.problems)) {
            leaves.lost.push(path);
        }
    }
    leaves
}

fn is_named(row: usize, problems: &[Problem]) -> bool {
    let of_row =
        |problem: &Problem| problem.place.sheet == SheetName::Survey && problem.place.row == Some(row);
    problems.iter().any(of_row)
}

/// Rows of the survey sheet with their names.
fn rows(sheets: &Sheets) -> Vec<(usize, String)> {
    let survey = sheets.sheets.iter().find(|sheet| sheet.name == SheetName::Survey).unwrap();
    let column = survey.header.iter().position(|header| header.eq_ignore_ascii_case("name")).unwrap_or(0);
    let row = |row: &sondeo::xlsform::Row| (row.number, row.cells.get(column).cloned().unwrap_or_default());
    survey.rows.iter().map(row).collect()
}

fn gather(node: Node<'_, '_>, above: &str, into: &mut BTreeSet<String>) {
    let path = format!("{above}{}", node.tag_name().name());
    let mut children = node.children().filter(Node::is_element).peekable();
    if children.peek().is_none() {
        into.insert(path);
    } else {
        children.for_each(|child| gather(child, &format!("{path}/"), into));
    }
}
