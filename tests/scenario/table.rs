//! Markdown tables (or rows) of XLSForm sheets to a `FormSource`.

use sondeo::form::FormSource;
use sondeo::form::wire::{ChoiceSource, FORMAT, ListSource, NodeSource};

/// A row: column and cell, blank cells left out.
pub(crate) type Row = Vec<(String, String)>;

/// The three sheets.
#[derive(Debug, Default)]
pub(crate) struct Sheets {
    pub(crate) survey: Vec<Row>,
    pub(crate) choices: Vec<Row>,
    pub(crate) settings: Vec<Row>,
}

/// What this reader, or the program so far, does not know.
#[derive(Debug)]
#[allow(dead_code, reason = "read in what a failed test prints")]
pub(crate) struct Unsupported(pub(crate) String);

/// Reads `| survey | | |` tables: the first cell names a sheet, the next row its columns.
pub(crate) fn sheets(markdown: &str) -> Sheets {
    let mut sheets = Sheets::default();
    let mut sheet = String::new();
    let mut columns: Vec<String> = Vec::new();
    for line in markdown.lines().map(str::trim).filter(|line| line.starts_with('|')) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        if !cells[0].is_empty() {
            sheet = cells[0].to_owned();
            columns.clear();
        } else if columns.is_empty() {
            columns = cells.iter().map(|cell| (*cell).to_owned()).collect();
        } else {
            let row =
                columns.iter().zip(&cells).filter(|(column, cell)| !column.is_empty() && !cell.is_empty());
            let row: Row = row.map(|(column, cell)| (column.clone(), (*cell).to_owned())).collect();
            match sheet.as_str() {
                "survey" => sheets.survey.push(row),
                "choices" => sheets.choices.push(row),
                "settings" => sheets.settings.push(row),
                other => panic!("no sheet {other}"),
            }
        }
    }
    sheets
}

/// The cell of a column; blank where there is none.
pub(crate) fn cell<'a>(row: &'a Row, column: &str) -> &'a str {
    row.iter().find(|(name, _)| name == column).map_or("", |(_, cell)| cell)
}

/// `Español (es)` is `es`; a language without a tag is its own.
pub(crate) fn tag(language: &str) -> String {
    let inside = language.split_once('(').and_then(|(_, rest)| rest.split_once(')'));
    inside.map_or(language, |(tag, _)| tag).trim().to_owned()
}

/// Sheets to a form as it is stored.
pub(crate) fn form(sheets: &Sheets) -> Result<FormSource, Unsupported> {
    let settings = |column| sheets.settings.first().map_or("", |row| cell(row, column)).to_owned();
    let mut languages: Vec<String> = Vec::new();
    for (column, _) in sheets.survey.iter().chain(&sheets.choices).flatten() {
        let texts = column.split_once("::").filter(|(text, _)| TEXTS.contains(text));
        if let Some(tag) = texts.map(|(_, language)| tag(language)).filter(|tag| !languages.contains(tag)) {
            languages.push(tag);
        }
    }
    if languages.is_empty() {
        languages.push(String::from("en"));
    }
    let mut lists: Vec<ListSource> = Vec::new();
    for row in &sheets.choices {
        let name = cell(row, "list_name");
        let position = lists.iter().position(|list| list.name == name).unwrap_or_else(|| {
            lists.push(ListSource { name: name.to_owned(), from: String::new(), choices: Vec::new() });
            lists.len() - 1
        });
        let is_own = |column: &str| {
            !["list_name", "name", "role"].contains(&column)
                && !TEXTS.contains(&column.split("::").next().unwrap())
        };
        lists[position].choices.push(ChoiceSource {
            name: cell(row, "name").to_owned(),
            label: texts(row, "label", &languages),
            role: cell(row, "role").to_owned(),
            score: None,
            columns: row.iter().filter(|(column, _)| is_own(column)).cloned().collect(),
        });
    }
    for kind in sheets.survey.iter().map(|row| cell(row, "type")) {
        if let Some((list, name)) = kind.split_once(' ').and_then(|(_, list)| Some((list, name_in(list)?))) {
            lists.push(ListSource { name: list.to_owned(), from: name, choices: Vec::new() });
        }
    }
    let mut rows = sheets.survey.iter();
    let nodes = siblings(&mut rows, &languages, false)?;
    let title = settings("form_title");
    Ok(FormSource {
        format: FORMAT,
        id: settings("form_id"),
        version: settings("version"),
        title: if title.is_empty() { Vec::new() } else { vec![title] },
        languages,
        language_names: Vec::new(),
        nodes,
        lists,
        indices: Vec::new(),
    })
}

const TEXTS: [&str; 4] = ["label", "hint", "constraint_message", "required_message"];

fn texts(row: &Row, text: &str, languages: &[String]) -> Vec<String> {
    let in_language = |language: &String| {
        let is_it =
            |column: &str| column.split_once("::").is_some_and(|(t, l)| t == text && tag(l) == *language);
        let own = row.iter().find(|(column, _)| is_it(column)).map(|(_, cell)| cell.clone());
        own.unwrap_or_else(|| cell(row, text).to_owned())
    };
    let all: Vec<String> = languages.iter().map(in_language).collect();
    if all.iter().all(String::is_empty) { Vec::new() } else { all }
}

fn siblings(
    rows: &mut std::slice::Iter<'_, Row>,
    languages: &[String],
    is_inside: bool,
) -> Result<Vec<NodeSource>, Unsupported> {
    let mut nodes = Vec::new();
    while let Some(row) = rows.next() {
        let kind = cell(row, "type").replace("begin ", "begin_").replace("end ", "end_");
        if is_inside && kind.starts_with("end_") {
            return Ok(nodes);
        }
        if kind.is_empty() {
            continue;
        }
        let (kind, list) = kind.split_once(' ').unwrap_or((&kind, ""));
        if !cell(row, "save_to").is_empty() {
            return Err(Unsupported(String::from("save_to")));
        }
        let appearance = cell(row, "appearance");
        let mut node = NodeSource {
            name: cell(row, "name").to_owned(),
            kind: node_kind(kind, cell(row, "bind::type"), appearance)?.to_owned(),
            list: list.to_owned(),
            label: texts(row, "label", languages),
            hint: texts(row, "hint", languages),
            relevant: cell(row, "relevant").to_owned(),
            required: yes_or_no(cell(row, "required")),
            required_message: texts(row, "required_message", languages),
            constraint: cell(row, "constraint").to_owned(),
            constraint_message: texts(row, "constraint_message", languages),
            readonly: yes_or_no(cell(row, "readonly")),
            calculation: cell(row, "calculation").to_owned(),
            default: default(cell(row, "default")),
            choice_filter: cell(row, "choice_filter").to_owned(),
            repeat_count: cell(row, "repeat_count").to_owned(),
            appearance: appearance.to_owned(),
            trigger: cell(row, "trigger").split(',').filter_map(name_in).collect(),
            parameters: cell(row, "parameters")
                .split([' ', ','])
                .filter_map(|pair| pair.split_once('='))
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            sensitive: false,
            children: Vec::new(),
        };
        if !["multiline", "scale", "minimal"].contains(&appearance) {
            node.appearance.clear();
        }
        if kind.starts_with("begin_") {
            node.children = siblings(rows, languages, true)?;
        }
        if node.kind == "grid" {
            node.list = node.children.first().map(|row| row.list.clone()).unwrap_or_default();
        }
        nodes.push(node);
    }
    Ok(nodes)
}

fn name_in(hole: &str) -> Option<String> {
    hole.trim().strip_prefix("${")?.strip_suffix('}').map(str::to_owned)
}

fn node_kind(kind: &str, bind: &str, appearance: &str) -> Result<&'static str, Unsupported> {
    Ok(match (kind, bind, appearance) {
        ("begin_group", _, "field-list") => "page",
        ("begin_group", _, "table-list") => "grid",
        ("begin_group", ..) => "group",
        ("begin_repeat", ..) => "repeat",
        ("text", "int" | "integer", _) | ("integer" | "int", ..) => "integer",
        ("text", "decimal", _) | ("decimal", ..) => "decimal",
        ("text" | "string" | "hidden", ..) => "text",
        ("select_one", ..) => "select_one",
        ("select_multiple", ..) => "select_multiple",
        ("rank", ..) => "rank",
        ("date", ..) => "date",
        ("time", ..) => "time",
        ("dateTime" | "datetime", ..) => "dateTime",
        ("note", ..) => "note",
        ("calculate", ..) => "calculate",
        ("range", ..) => "decimal",
        _ => return Err(Unsupported(kind.to_owned())),
    })
}

fn yes_or_no(text: &str) -> String {
    match text.to_lowercase().as_str() {
        "yes" | "true" => String::from("true()"),
        "no" | "false" => String::new(),
        _ => text.to_owned(),
    }
}

/// A default is an expression where it looks like one, else a text.
fn default(text: &str) -> String {
    let is_number = text.parse::<f64>().is_ok();
    let is_dynamic =
        ["${", "(", "[", "*", "+", " - ", " div ", " mod "].iter().any(|sign| text.contains(sign));
    match text {
        "" => String::new(),
        _ if is_dynamic || is_number => text.to_owned(),
        _ if text.contains('\'') => format!("\"{text}\""),
        _ => format!("'{text}'"),
    }
}
