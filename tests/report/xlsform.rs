//! Forms written as XLSForm workbooks, and read again: the same form, as far as XLSForm can say it.

use std::path::PathBuf;

use sondeo::form::Form;
use sondeo::form::wire::{FORMAT, FormSource, ListSource, NodeSource};
use sondeo::instrument::{bundled_survey, definition_from_json};
use sondeo::job::form_workbook;
use sondeo::xlsform::{Severity, open, read};

use crate::keep;
use crate::small::{STUDY, VISIT, source};

/// Writes, opens and reads.
fn again(form: &FormSource) -> FormSource {
    let bytes = form_workbook(form).unwrap();
    keep(&format!("{}.xlsform.xlsx", form.id.replace('/', "_")), &bytes);
    let sheets = open("form.xlsx", &bytes).unwrap();
    let reading = read(&sheets);
    let against: Vec<_> =
        reading.problems.iter().filter(|problem| problem.severity != Severity::Notice).collect();
    reading.form.unwrap_or_else(|| panic!("{}: {against:#?}", form.id))
}

/// A form with what XLSForm cannot say taken away, and what it says in two ways said in one.
fn plain(form: &FormSource) -> FormSource {
    let mut form = form.clone();
    form.format = FORMAT;
    form.title.truncate(1);
    if form.title.iter().all(String::is_empty) {
        form.title = vec![form.id.clone()];
    }
    form.indices.clear();
    // Lists without a choice stand in no row.
    form.lists.retain(|list| !list.choices.is_empty());
    for list in &mut form.lists {
        list.name = list_name(&list.name);
        for choice in &mut list.choices {
            choice.columns.sort();
            tidy_texts(&mut choice.label);
        }
    }
    form.nodes.iter_mut().for_each(plain_node);
    form
}

fn plain_node(node: &mut NodeSource) {
    node.sensitive = false;
    node.list = list_name(&node.list);
    for texts in [&mut node.label, &mut node.hint, &mut node.required_message, &mut node.constraint_message] {
        tidy_texts(texts);
    }
    // What says nothing says its name: XLSForm has no question without words.
    if node.hint.is_empty() && node.label.iter().all(|label| *label == node.name) {
        node.label.clear();
    }
    for cell in [
        &mut node.relevant,
        &mut node.required,
        &mut node.constraint,
        &mut node.readonly,
        &mut node.calculation,
        &mut node.default,
        &mut node.choice_filter,
        &mut node.repeat_count,
    ] {
        *cell = tidy(cell);
    }
    // A number and its text are the same default.
    if node.default.parse::<f64>().is_ok() {
        node.default = format!("'{}'", node.default);
    }
    // A calculation is a value that nobody sees, of any type.
    if node.kind == "calculate" {
        node.appearance = "hidden".to_owned();
        node.kind = "text".to_owned();
    }
    node.children.iter_mut().for_each(plain_node);
}

/// The reader straightens quotation marks and takes off blanks.
fn tidy(text: &str) -> String {
    let straight = text.replace(['\u{2018}', '\u{2019}'], "'").replace(['\u{201c}', '\u{201d}'], "\"");
    straight.trim().replace("\r\n", "\n").replace(['\r'], "\n").replace('\u{a0}', " ")
}

fn tidy_texts(texts: &mut Vec<String>) {
    texts.iter_mut().for_each(|text| *text = tidy(text));
    if texts.iter().all(String::is_empty) {
        texts.clear();
    }
}

fn list_name(name: &str) -> String {
    name.chars().map(|c| if c.is_alphanumeric() || matches!(c, '_' | '-') { c } else { '_' }).collect()
}

fn same(form: &FormSource) {
    let (found, wanted) = (plain(&again(form)), plain(form));
    assert_eq!(found.languages, wanted.languages, "{}", form.id);
    same_nodes(&found.nodes, &wanted.nodes, &form.id);
    let by_name = |lists: &[ListSource]| {
        let mut lists = lists.to_vec();
        lists.sort_by(|one, other| one.name.cmp(&other.name));
        lists
    };
    assert_eq!(by_name(&found.lists), by_name(&wanted.lists), "{}", form.id);
    assert_eq!((found.id, found.version, found.title), (wanted.id, wanted.version, wanted.title));
}

fn same_nodes(found: &[NodeSource], wanted: &[NodeSource], place: &str) {
    let names = |nodes: &[NodeSource]| nodes.iter().map(|node| node.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(found), names(wanted), "{place}");
    for (found, wanted) in found.iter().zip(wanted) {
        let place = format!("{place}/{}", wanted.name);
        same_nodes(&found.children, &wanted.children, &place);
        let alone = |node: &NodeSource| NodeSource { children: Vec::new(), ..node.clone() };
        assert_eq!(alone(found), alone(wanted), "{place}");
    }
}

#[test]
fn the_built_in_instruments_come_back_from_a_workbook() {
    for instrument in [VISIT, STUDY] {
        let (_, form) = bundled_survey(&definition_from_json(instrument).unwrap()).unwrap();
        same(&form);
        let roles = |form: &FormSource| {
            let choices = form.lists.iter().flat_map(|list| &list.choices);
            choices.filter(|choice| !choice.role.is_empty() || choice.score.is_some()).count()
        };
        assert!(roles(&form) > 10);
        assert_eq!(roles(&again(&form)), roles(&form));
    }
    same(&source());
}

#[test]
fn real_forms_come_back_from_a_workbook() {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let folder = beside.parent().unwrap().join("shared/conformance/forms");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let (name, path) = (entry.file_name().to_string_lossy().into_owned(), entry.path());
        let Ok(sheets) = open(&name, &std::fs::read(path).unwrap()) else { continue };
        let Some(form) = read(&sheets).form else { continue };
        let form = FormSource { id: name, ..form };
        assert!(Form::build(&form).is_ok());
        same(&form);
        count += 1;
    }
    println!("{count} real forms written and read again");
}
