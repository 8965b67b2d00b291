//! A form as the sheets of an XLSForm, for other programs: the way back of [`read`].
//!
//! A named group at the top level comes back as a section. What XLSForm has no words for is left out: indices, what is sensitive, titles in other languages than the first. Roles and
//! scores of choices are columns of their own, which other programs take for an author's columns.
//!
//! [`read`]: super::read

use std::collections::HashSet;

use super::expression::{is_dynamic, literal};
use super::sheet::{Row, Sheet, SheetName, Sheets};
use crate::form::FormSource;
use crate::form::shown;
use crate::form::wire::{ListSource, NodeSource, SHOWS};

/// Columns of the survey sheet that are texts, one for each language.
const TEXTS: [&str; 4] = ["label", "hint", "required_message", "constraint_message"];
/// Its other columns.
const COLUMNS: [&str; 13] = [
    "type",
    "name",
    "relevant",
    "required",
    "constraint",
    "readonly",
    "calculation",
    "default",
    "choice_filter",
    "repeat_count",
    "appearance",
    "trigger",
    "parameters",
];
/// The type of a value that is calculated: XLSForm has one type for all calculations.
const VALUE_TYPE: &str = "bind::type";

/// The sheets survey, choices and settings of a form.
///
/// ```
/// use sondeo::form::wire::{FormSource, NodeSource};
/// use sondeo::xlsform::{read, write};
///
/// let label = vec!["¿Cuántos años tiene?".to_owned()];
/// let age = NodeSource { name: "age".to_owned(), kind: "integer".to_owned(), label, ..NodeSource::default() };
/// let languages = vec!["es".to_owned()];
/// let form = FormSource { id: "visit".to_owned(), languages, nodes: vec![age], ..FormSource::default() };
/// let sheets = write(&form);
/// assert_eq!(sheets.sheets[0].header, ["type", "name", "label::Español (es)"]);
/// assert_eq!(read(&sheets).form.unwrap().nodes, form.nodes);
/// ```
pub fn write(form: &FormSource) -> Sheets {
    let lists = list_names(&form.lists);
    let language = |(at, tag): (usize, &String)| language(tag, form.language_names.get(at));
    let languages: Vec<String> = form.languages.iter().enumerate().map(language).collect();
    let mut survey = Lines::default();
    survey.column("type");
    survey.column("name");
    // Whatever texts there are: a form speaks the languages of its labels.
    for language in &languages {
        survey.column(&format!("label::{language}"));
    }
    let mut writing = Writing { languages: &languages, lists: &lists, form, survey };
    writing.nodes(&form.nodes);
    let survey = writing.survey;
    let choices = choices(form, &lists, &languages);
    let is_spaced = survey.rows.iter().flatten().any(|(_, cell)| cell.contains("  "));
    let mut settings = Lines::default();
    settings.rows.push(Vec::new());
    let clean = if is_spaced { "no" } else { "" };
    let title = form.title.first().map_or("", String::as_str);
    // A setting with a reference in it would be one to a question.
    let default = languages.first().filter(|language| !language.contains("${")).map_or("", String::as_str);
    for (column, cell) in [
        ("form_title", title),
        ("form_id", &form.id),
        ("version", &form.version),
        ("default_language", default),
        ("clean_text_values", clean),
        ("allow_choice_duplicates", if has_duplicates(&form.lists) { "yes" } else { "" }),
    ] {
        settings.put(column, cell);
    }
    let sheets = [
        survey.sheet(SheetName::Survey),
        choices.sheet(SheetName::Choices),
        settings.sheet(SheetName::Settings),
    ];
    let sheets = sheets.into_iter().filter(|sheet| sheet.name == SheetName::Survey || !sheet.rows.is_empty());
    Sheets { sheets: sheets.collect(), attached: Vec::new(), media: Vec::new() }
}

/// A sheet in the making: columns come as they are needed.
#[derive(Debug, Default)]
struct Lines {
    header: Vec<String>,
    rows: Vec<Vec<(usize, String)>>,
}

impl Lines {
    fn column(&mut self, name: &str) -> usize {
        self.header.iter().position(|known| known == name).unwrap_or_else(|| {
            self.header.push(name.to_owned());
            self.header.len() - 1
        })
    }

    /// Puts a cell into the last row; a blank one makes no column.
    fn put(&mut self, column: &str, cell: &str) {
        if !cell.is_empty() {
            let column = self.column(column);
            if let Some(row) = self.rows.last_mut() {
                row.push((column, cell.to_owned()));
            }
        }
    }

    /// The sheet, its columns in the usual order.
    fn sheet(self, name: SheetName) -> Sheet {
        let place = |column: &str| {
            let stem =
                column.split_once("::").filter(|_| column != VALUE_TYPE).map_or(column, |(stem, _)| stem);
            let texts = TEXTS.iter().position(|known| *known == stem);
            let others = COLUMNS.iter().position(|known| *known == column);
            // Names and labels, what decides, the other texts.
            match (texts, others) {
                (_, Some(at @ (0 | 1))) => (0, at),
                (Some(0), _) => (1, 0),
                (None, Some(at)) => (2, at),
                (Some(at), _) => (3, at),
                (None, None) => (4, 0),
            }
        };
        let mut order: Vec<usize> = (0..self.header.len()).collect();
        if name == SheetName::Survey {
            order.sort_by_key(|at| self.header.get(*at).map(|column| place(column)));
        }
        let header = order.iter().filter_map(|at| self.header.get(*at).cloned()).collect();
        let row = |(number, cells): (usize, Vec<(usize, String)>)| {
            let cell = |column: &usize| {
                let cell = cells.iter().rev().find(|(at, _)| at == column);
                cell.map(|(_, cell)| cell.clone()).unwrap_or_default()
            };
            Row { number, cells: order.iter().map(cell).collect() }
        };
        let rows = self.rows.into_iter().filter(|cells| !cells.is_empty());
        Sheet { name, header, rows: (2..).zip(rows).map(row).collect() }
    }
}

struct Writing<'a> {
    languages: &'a [String],
    lists: &'a [String],
    form: &'a FormSource,
    survey: Lines,
}

impl Writing<'_> {
    fn nodes(&mut self, nodes: &[NodeSource]) {
        for node in nodes {
            self.node(node);
        }
    }

    fn node(&mut self, node: &NodeSource) {
        let is_container = ["group", "page", "grid", "repeat"].contains(&node.kind.as_str());
        let (kind, appearance) = self.kind(node);
        self.survey.rows.push(Vec::new());
        self.survey.put("type", &kind);
        self.survey.put("name", &node.name);
        let is_unseen = node.appearance == "hidden" && !["calculate", "hidden"].contains(&kind.as_str());
        if !is_unseen {
            self.texts("label", &node.label);
            self.texts("hint", &node.hint);
            put_shown(&mut self.survey, self.languages, &node.parameters);
        }
        let is_bare = node.label.iter().chain(&node.hint).all(String::is_empty);
        let is_seen = !is_container && node.appearance != "hidden" && node.kind != "calculate";
        if is_bare && is_seen && node.calculation.is_empty() && node.trigger.is_empty() {
            // A question that says nothing would be refused.
            self.texts("label", &vec![node.name.clone(); self.languages.len()]);
        }
        if kind == "calculate" {
            self.survey.put(VALUE_TYPE, value_type(&node.kind));
        }
        let trigger: Vec<String> = node.trigger.iter().map(|name| format!("${{{name}}}")).collect();
        let parameters = node.parameters.iter().filter(|(key, _)| key != "media" && key != SHOWS);
        let parameters: Vec<String> = parameters.map(|(key, value)| format!("{key}={value}")).collect();
        for (column, cell) in [
            ("relevant", node.relevant.as_str()),
            ("required", &node.required),
            ("constraint", &node.constraint),
            ("readonly", &node.readonly),
            ("calculation", &node.calculation),
            ("default", &default(node, &kind)),
            ("choice_filter", &node.choice_filter),
            ("repeat_count", &node.repeat_count),
            ("appearance", appearance),
            ("trigger", &trigger.join(", ")),
            ("parameters", &parameters.join(" ")),
        ] {
            self.survey.put(column, cell);
        }
        self.texts("required_message", &node.required_message);
        self.texts("constraint_message", &node.constraint_message);
        if is_container {
            self.nodes(&node.children);
            self.survey.rows.push(Vec::new());
            self.survey.put("type", if node.kind == "repeat" { "end_repeat" } else { "end_group" });
        }
    }

    fn texts(&mut self, column: &str, texts: &[String]) {
        for (language, text) in self.languages.iter().zip(texts) {
            self.survey.put(&format!("{column}::{language}"), text);
        }
    }

    /// Type and appearance as XLSForm has them.
    fn kind(&self, node: &NodeSource) -> (String, &'static str) {
        let look = match node.appearance.as_str() {
            "multiline" => "multiline",
            "scale" => "likert",
            "minimal" => "minimal",
            "search" => "autocomplete",
            "columns" => "columns",
            "digits" => "numbers",
            "year" => "year",
            "month" => "month-year",
            _ => "",
        };
        let is_hidden = node.appearance == "hidden";
        let has_scale = node.parameters.iter().any(|(key, _)| key == "start");
        let kind = match node.kind.as_str() {
            "group" => return ("begin_group".to_owned(), ""),
            "page" => return ("begin_group".to_owned(), "field-list"),
            "grid" => return ("begin_group".to_owned(), "table-list"),
            "repeat" => return ("begin_repeat".to_owned(), ""),
            "select_one" | "select_multiple" | "rank" => format!("{} {}", node.kind, self.list(&node.list)),
            "calculate" if node.calculation.is_empty() => match node.default.as_str() {
                "today()" => "today".to_owned(),
                "now()" => "start".to_owned(),
                _ => "hidden".to_owned(),
            },
            "calculate" => "calculate".to_owned(),
            _ if is_hidden && !node.calculation.is_empty() => "calculate".to_owned(),
            // A hidden row is a text; a calculation may come from its default.
            "integer" | "decimal" | "date" | "time" | "dateTime"
                if is_hidden && is_dynamic(&node.default, false) =>
            {
                "calculate".to_owned()
            }
            _ if is_hidden && node.trigger.is_empty() => "hidden".to_owned(),
            "text" if node.appearance == "place" => "geopoint".to_owned(),
            "text" if node.appearance == "media" => return media(node),
            "integer" | "decimal" if has_scale => "range".to_owned(),
            kind => kind.to_owned(),
        };
        (kind, look)
    }

    /// What a list is called in the column `type`.
    fn list(&self, name: &str) -> String {
        let position = self.form.lists.iter().position(|list| list.name == name);
        let list = position.and_then(|position| self.form.lists.get(position).zip(self.lists.get(position)));
        match list {
            Some((list, _)) if !list.from.is_empty() => format!("${{{}}}", list.from),
            Some((_, name)) => name.clone(),
            None => name.to_owned(),
        }
    }
}

fn choices(form: &FormSource, lists: &[String], languages: &[String]) -> Lines {
    let mut lines = Lines::default();
    for column in ["list_name", "name"]
        .map(str::to_owned)
        .into_iter()
        .chain(languages.iter().map(|language| format!("label::{language}")))
    {
        lines.column(&column);
    }
    for (list, name) in form.lists.iter().zip(lists).filter(|(list, _)| list.from.is_empty()) {
        for choice in &list.choices {
            lines.rows.push(Vec::new());
            lines.put("list_name", name);
            lines.put("name", &choice.name);
            for (language, text) in languages.iter().zip(&choice.label) {
                lines.put(&format!("label::{language}"), text);
            }
            put_shown(&mut lines, languages, &choice.columns);
            for (column, cell) in choice.columns.iter().filter(|(column, _)| column != SHOWS) {
                lines.put(column, cell);
            }
            lines.put("role", &choice.role);
            let score = choice.score.map(crate::form::write_number).unwrap_or_default();
            lines.put("score", &score);
        }
    }
    lines
}

/// The names of what is shown, as their author has them.
fn put_shown(lines: &mut Lines, languages: &[String], of: &[(String, String)]) {
    let shows = of.iter().find(|(name, _)| name == SHOWS).map_or("", |(_, shows)| shows.as_str());
    for (at, language) in languages.iter().enumerate() {
        for line in shown(shows, at).lines() {
            let mut parts = line.splitn(3, ' ');
            if let (Some(medium), Some(_), Some(file)) = (parts.next(), parts.next(), parts.next()) {
                lines.put(&format!("media::{medium}::{language}"), file);
            }
        }
    }
}

/// Whether a list has two choices of one name, as lists from other sheets and files may.
fn has_duplicates(lists: &[ListSource]) -> bool {
    lists.iter().any(|list| {
        let mut seen = HashSet::new();
        list.choices.iter().any(|choice| !seen.insert(choice.name.as_str()))
    })
}

/// The lists' names as they can stand behind a type: without blanks, and not like a file's.
fn list_names(lists: &[ListSource]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for list in lists {
        let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        let mut name: String = list.name.chars().map(|c| if is_plain(c) { c } else { '_' }).collect();
        while names.contains(&name) {
            name.push('_');
        }
        names.push(name);
    }
    names
}

/// A default as a cell: a text without its quotation marks, where it is read as that text again.
fn default(node: &NodeSource, kind: &str) -> String {
    let default = node.default.as_str();
    if ["today", "start"].contains(&kind) || default.is_empty() {
        return String::new();
    }
    let is_dated = ["date", "dateTime"].contains(&node.kind.as_str()) || node.appearance == "place";
    let inside = ['\'', '"'].into_iter().find_map(|quote| {
        let inside = default.strip_prefix(quote)?.strip_suffix(quote)?;
        (!inside.contains(quote)).then_some(inside)
    });
    match inside {
        Some(text) if !text.is_empty() && text.trim() == text && !is_dynamic(text, is_dated) => {
            text.to_owned()
        }
        Some(text) => format!("string({})", literal(text)),
        None => default.to_owned(),
    }
}

/// Type and appearance of what is answered with a file or by a camera.
fn media(node: &NodeSource) -> (String, &'static str) {
    let media = node.parameters.iter().find(|(key, _)| key == "media").map_or("", |(_, value)| value);
    match media {
        "draw" => ("image".to_owned(), "draw"),
        "signature" => ("image".to_owned(), "signature"),
        "annotate" => ("image".to_owned(), "annotate"),
        media => (media.to_owned(), ""),
    }
}

/// What XForms calls the type of a value.
fn value_type(kind: &str) -> &'static str {
    match kind {
        "integer" => "int",
        "decimal" => "decimal",
        "date" => "date",
        "time" => "time",
        "dateTime" => "dateTime",
        _ => "",
    }
}

/// A language as headers name it.
fn language(tag: &str, name: Option<&String>) -> String {
    match (tag, name) {
        ("es", _) => "Español (es)".to_owned(),
        ("en", _) => "English (en)".to_owned(),
        (tag, Some(name)) if name != tag && !name.is_empty() => format!("{name} ({tag})"),
        (tag, _) => tag.to_owned(),
    }
}
