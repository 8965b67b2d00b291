//! Forms written as XLSForm workbooks, and read again: the same form, as far as XLSForm can say it.

use std::path::PathBuf;

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;
use sondeo::form::Form;
use sondeo::form::wire::{ChoiceSource, FORMAT, FormSource, ListSource, NodeSource};
use sondeo::instrument::{bundled_survey, definition_from_json};
use sondeo::job::form_workbook;
use sondeo::xlsform::{Row, Severity, Sheet, SheetName, Sheets, open, read};

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
    // A text that would be taken for an expression is written as one.
    if let Some(literal) = node.default.strip_prefix("string(").and_then(|rest| rest.strip_suffix(')')) {
        node.default = literal.to_owned();
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
    let (found, mut wanted) = (plain(&again(form)), plain(form));
    // A named group at the top level is read as a section.
    let is_named =
        |node: &&mut NodeSource| node.kind == "group" && node.label.iter().any(|text| !text.is_empty());
    wanted.nodes.iter_mut().filter(is_named).for_each(|node| node.kind = "page".to_owned());
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

/// The sheets of a case: rows as objects of header and cell.
fn sheets(form: &Value) -> Sheets {
    let sheet = |name: SheetName| {
        let rows = form.get(name.as_str())?.as_array()?;
        let mut header: Vec<String> =
            rows.iter().flat_map(|row| row.as_object().unwrap().keys().cloned()).collect();
        header.sort();
        header.dedup();
        let cell = |row: &Value, key: &String| row[key.as_str()].as_str().unwrap_or_default().to_owned();
        let cells = |row: &Value| header.iter().map(|key| cell(row, key)).collect();
        let rows = (2..).zip(rows).map(|(number, row)| Row { number, cells: cells(row) }).collect();
        Some(Sheet { name, rows, header })
    };
    Sheets {
        sheets: SheetName::ALL.into_iter().filter_map(sheet).collect(),
        attached: Vec::new(),
        media: Vec::new(),
    }
}

#[test]
fn forms_with_one_of_everything_come_back_from_a_workbook() {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let file = beside.parent().unwrap().join("shared/conformance/form_validity_cases.json");
    let Ok(text) = std::fs::read_to_string(file) else {
        println!("no conformance cases beside this package");
        return;
    };
    let cases: Value = serde_json::from_str(&text).unwrap();
    let mut count = 0;
    for case in cases["cases"].as_array().unwrap() {
        if let Some(form) = read(&sheets(&case["form"])).form {
            same(&FormSource { id: case["id"].as_str().unwrap().to_owned(), ..form });
            count += 1;
        }
    }
    println!("{count} forms of the field's tests written and read again");
}

/// Signs that a text can have anywhere; those that it cannot begin or end with are between others.
const TEXT: &str = "[a-zñ0-9.,:;?!=<>&'\"()*/+#|_ $%-]{0,12}[a-zñ0-9.]";

fn texts() -> impl Strategy<Value = Vec<String>> {
    (TEXT, TEXT).prop_map(|(one, other)| vec![one, other])
}

fn optional_texts() -> impl Strategy<Value = Vec<String>> {
    prop_oneof![Just(Vec::new()), texts()]
}

fn expression() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => Just(String::new()),
        1 => "[0-9]{1,3}".prop_map(|number| format!("count(${{n0}}) > {number} and '“' != \"'\"").replace('“', "x")),
        1 => Just("true()".to_owned()),
    ]
}

/// A kind with a look that it can have.
fn kind() -> impl Strategy<Value = (&'static str, &'static str)> {
    let all = [
        ("text", ""),
        ("text", "multiline"),
        ("text", "digits"),
        ("text", "place"),
        ("text", "hidden"),
        ("integer", ""),
        ("decimal", ""),
        ("select_one", ""),
        ("select_one", "scale"),
        ("select_one", "minimal"),
        ("select_multiple", "search"),
        ("select_multiple", "columns"),
        ("rank", ""),
        ("date", ""),
        ("date", "year"),
        ("date", "month"),
        ("time", ""),
        ("dateTime", ""),
        ("note", ""),
    ];
    proptest::sample::select(all.to_vec())
}

fn question() -> impl Strategy<Value = NodeSource> {
    let default = prop_oneof![Just(None), TEXT.prop_map(Some)];
    let parts = (kind(), texts(), optional_texts(), optional_texts(), 0_usize..3);
    let expressions = proptest::array::uniform4(expression());
    (parts, expressions, default).prop_map(|(parts, [relevant, required, constraint, readonly], default)| {
        let ((kind, appearance), label, hint, message, extra) = parts;
        let is_select = ["select_one", "select_multiple", "rank"].contains(&kind);
        let is_seen = appearance != "hidden" && kind != "note";
        let only = |is: bool, text: String| if is { text } else { String::new() };
        let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        let parameters = match (kind, extra) {
            ("integer", 1) => vec![pair("start", "10"), pair("end", "0"), pair("step", "2")],
            ("decimal", 1) => vec![pair("start", "0"), pair("end", "1"), pair("step", "0.25")],
            ("select_one" | "rank", 1) => vec![pair("randomize", "true")],
            ("select_one", 2) => vec![pair("randomize", "true"), pair("seed", "42")],
            _ => Vec::new(),
        };
        // A text in a default is never one that a reader could take for an expression.
        let literal = default.filter(|text| !text.contains(['\'', '"'])).map(|text| format!("'{text}'"));
        NodeSource {
            kind: kind.to_owned(),
            appearance: appearance.to_owned(),
            list: only(is_select, "list".to_owned()),
            label,
            hint: if appearance == "hidden" { Vec::new() } else { hint },
            relevant,
            required: only(is_seen, required),
            required_message: if is_seen { message.clone() } else { Vec::new() },
            constraint: only(is_seen, constraint),
            constraint_message: if is_seen { message } else { Vec::new() },
            readonly: only(is_seen, readonly),
            default: only(kind == "text", literal.unwrap_or_default()),
            choice_filter: only(is_select && extra == 0, "name != '' and price > 2".to_owned()),
            calculation: only(appearance == "hidden" && extra == 0, "1 + 1".to_owned()),
            trigger: if kind == "integer" && extra == 2 { vec!["n0".to_owned()] } else { Vec::new() },
            parameters,
            ..NodeSource::default()
        }
    })
}

fn nodes() -> impl Strategy<Value = Vec<NodeSource>> {
    let group = (proptest::sample::select(vec!["group", "page", "repeat", "grid"]), texts(), expression());
    let leaf = question().prop_map(|node| vec![node]);
    let filled = (group, vec(question(), 1..4)).prop_map(|((kind, label, relevant), children)| {
        let rows = |node: NodeSource| NodeSource {
            kind: "select_one".to_owned(),
            list: "list".to_owned(),
            label: node.label,
            hint: node.hint,
            relevant: node.relevant,
            ..NodeSource::default()
        };
        let is_grid = kind == "grid";
        let children = if is_grid { children.into_iter().map(rows).collect() } else { children };
        let list = if is_grid { "list".to_owned() } else { String::new() };
        vec![NodeSource { kind: kind.to_owned(), label, relevant, list, children, ..NodeSource::default() }]
    });
    vec(prop_oneof![leaf, filled], 1..6).prop_map(|nodes| {
        let first = NodeSource {
            kind: "integer".to_owned(),
            label: vec!["N".to_owned(); 2],
            ..NodeSource::default()
        };
        let mut nodes: Vec<NodeSource> = std::iter::once(first).chain(nodes.into_iter().flatten()).collect();
        let mut number = 0;
        nodes.iter_mut().for_each(|node| name(node, &mut number));
        nodes
    })
}

fn name(node: &mut NodeSource, number: &mut usize) {
    node.name = format!("n{number}");
    *number += 1;
    node.children.iter_mut().for_each(|child| name(child, number));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_form_comes_back_from_a_workbook(nodes in nodes(), labels in vec(optional_texts(), 2..5)) {
        let choice = |(at, label): (usize, Vec<String>)| ChoiceSource {
            name: format!("c{at}"),
            label,
            role: if at == 1 { "missing_dk".to_owned() } else { String::new() },
            score: (at == 0).then_some(0.5),
            columns: vec![("price".to_owned(), at.to_string())] };
        let choices = labels.into_iter().enumerate().map(choice).collect();
        let list = ListSource { name: "list".to_owned(), from: String::new(), choices };
        let form = FormSource {
            format: FORMAT,
            id: "any".to_owned(),
            version: "1.0".to_owned(),
            title: vec!["Any".to_owned()],
            languages: vec!["es".to_owned(), "fr".to_owned()],
            language_names: vec!["Español".to_owned(), "Français".to_owned()],
            nodes,
            lists: vec![list],
            indices: Vec::new(),
        };
        prop_assert!(Form::build(&form).is_ok());
        same(&form);
    }
}
