//! A form of a case, and a session of it.

use std::rc::Rc;

use super::case::Verdict;
use serde_json::Value as Json;
use sondeo::engine::{Answer, At, Moment, Session, Settings};
use sondeo::form::{DateTime, Form, NodeKind};
use sondeo::xlsform::{
    Attached, Problem, ProblemKind, Reading, Row, Severity, Sheet, SheetName, Sheets, attach, read,
};

/// The sheets of a case; `root` names the form where its settings do not.
pub(crate) fn sheets(form: &Json, root: &str) -> Sheets {
    let mut sheets = Sheets::default();
    for name in SheetName::ALL {
        let rows: Vec<&Json> = match &form[name.as_str()] {
            Json::Array(rows) => rows.iter().collect(),
            row @ Json::Object(_) => vec![row],
            _ => Vec::new(),
        };
        let mut sheet = Sheet { name, header: Vec::new(), rows: Vec::new() };
        for (number, row) in (2..).zip(rows) {
            let mut cells = vec![String::new(); sheet.header.len()];
            for (column, cell) in row.as_object().unwrap() {
                let at = sheet.header.iter().position(|header| header == column).unwrap_or_else(|| {
                    sheet.header.push(column.clone());
                    cells.push(String::new());
                    cells.len() - 1
                });
                cells[at] = text(cell).trim().to_owned();
            }
            if cells.iter().any(|cell| !cell.is_empty()) {
                sheet.rows.push(Row { number, cells });
            }
        }
        if name == SheetName::Settings
            && !root.is_empty()
            && !sheet.header.iter().any(|header| header == "name")
        {
            if sheet.rows.is_empty() {
                sheet.rows.push(Row { number: 2, cells: Vec::new() });
            }
            sheet.rows[0].cells.resize(sheet.header.len(), String::new());
            sheet.rows[0].cells.push(root.to_owned());
            sheet.header.push("name".to_owned());
        }
        if !sheet.header.is_empty() {
            sheets.sheets.push(sheet);
        }
    }
    sheets
}

/// A cell or a value as text.
pub(crate) fn text(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        Json::Array(values) => values.iter().map(text).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

/// Reads sheets. The files that a form asks for are given to it, with the columns that it asks for and one row, as a person
/// would give them; how many comes back.
pub(crate) fn read_with_files(sheets: &Sheets) -> (Reading, usize) {
    let mut sheets = sheets.clone();
    let mut files: Vec<(String, Vec<String>)> = Vec::new();
    loop {
        let reading = read(&sheets);
        let mut has_more = false;
        for problem in &reading.problems {
            let (file, column) = match &problem.kind {
                ProblemKind::NeedsFile(file) => (file, None),
                ProblemKind::NoFileColumn { column, file } => (file, Some(column)),
                _ => continue,
            };
            let known = files.iter().position(|(known, _)| known == file).unwrap_or_else(|| {
                has_more = true;
                let id = if file.ends_with(".geojson") { ["id", "title"] } else { ["name", "label"] };
                files.push((file.clone(), id.map(str::to_owned).to_vec()));
                files.len() - 1
            });
            if let Some(column) = column.filter(|column| !files[known].1.contains(column)) {
                has_more = true;
                files[known].1.push(column.clone());
            }
        }
        if !has_more {
            return (reading, files.len());
        }
        sheets.attached = files.iter().filter_map(|(file, columns)| given(file, columns)).collect();
    }
}

/// A table with one row, opened from a text in the format of its name.
fn given(file: &str, columns: &[String]) -> Option<Attached> {
    let text = match file.rsplit('.').next()? {
        "xml" => {
            let cells: String = columns.iter().map(|column| format!("<{column}>a</{column}>")).collect();
            format!("<root><item>{cells}</item></root>")
        }
        "geojson" => {
            let cells: Vec<String> = columns.iter().map(|column| format!("\"{column}\": \"a\"")).collect();
            let place = r#"{"type": "Point", "coordinates": [0, 0]}"#;
            format!(r#"{{"features": [{{"properties": {{{}}}, "geometry": {place}}}]}}"#, cells.join(", "))
        }
        _ => format!("{}\n{}", columns.join(","), vec!["a"; columns.len()].join(",")),
    };
    attach(file, text.as_bytes()).ok()
}

/// The form of sheets, built; else what stands against it.
pub(crate) fn build(reading: &Reading) -> Result<Rc<Form>, (Verdict, String)> {
    match &reading.form {
        Some(source) => match Form::build(source) {
            Ok(form) => Ok(Rc::new(form)),
            Err(problems) => Err((Verdict::Wrong, format!("is read but not built: {problems:?}"))),
        },
        None => Err(refusal(&reading.problems)),
    }
}

/// A form without errors is refused by the name of what is not supported.
pub(crate) fn refusal(problems: &[Problem]) -> (Verdict, String) {
    let of = |severity| problems.iter().find(|problem| problem.severity == severity);
    match (of(Severity::Error), of(Severity::Unsupported)) {
        (Some(problem), _) => (Verdict::Wrong, told(problem)),
        (None, Some(problem)) => (Verdict::Unsupported, told(problem)),
        (None, None) => (Verdict::Wrong, "no form, and no problem that says why".to_owned()),
    }
}

/// A problem in one line.
pub(crate) fn told(problem: &Problem) -> String {
    let place = &problem.place;
    let row = place.row.map(|row| format!(" {row}")).unwrap_or_default();
    let column = place.column.as_ref().map(|column| format!(" {column}")).unwrap_or_default();
    format!("{}{row}{column}: {:?}", place.sheet.as_str(), problem.kind)
}

/// A session of a form.
pub(crate) struct Filling {
    pub(crate) session: Session,
}

impl Filling {
    /// Reads, builds and begins.
    pub(crate) fn new(sheets: &Sheets) -> Result<Filling, (Verdict, String)> {
        let form = build(&read(sheets))?;
        Filling::of(form, default_language(sheets))
    }

    pub(crate) fn of(form: Rc<Form>, language: &str) -> Result<Filling, (Verdict, String)> {
        let language = form.language(tag(language)).unwrap_or(0);
        let settings = Settings {
            language,
            seed: 7,
            matches,
            calculate: sondeo::xpath::Math::calculate,
            digest: sondeo::xpath::digest::digest,
        };
        match Session::new(form, settings, now()) {
            Ok(session) => Ok(Filling { session }),
            Err(cycle) => Err((Verdict::Wrong, format!("{cycle:?}"))),
        }
    }

    /// The slot of a path that begins with the form's own name.
    pub(crate) fn find(&self, path: &str) -> Option<At> {
        self.session.find(path.strip_prefix('/')?.split_once('/')?.1)
    }

    /// Answers, adds, removes or switches the language as a step says. What it cannot do, it says.
    pub(crate) fn act(&mut self, step: &Json) -> Result<(), String> {
        let path = step["path"].as_str().unwrap_or_default();
        if step["op"] == "language" {
            let value = step["value"].as_str().unwrap();
            let language = self.session.form().language(tag(value)).ok_or(format!("no language {value}"))?;
            self.session.set_language(language);
            return Ok(());
        }
        let at = self.find(path).ok_or_else(|| format!("no slot at {path}"))?;
        match step["op"].as_str().unwrap() {
            "set" => {
                let answer = self.answer(at, &text(&step["value"]));
                let answer = answer.ok_or_else(|| format!("{path} cannot hold {}", step["value"]))?;
                self.session.answer(at, answer, now());
            }
            "add_repeat" => drop(self.session.add(at, now())),
            "remove_repeat" => drop(self.session.remove(at, now())),
            other => return Err(format!("unknown step {other}")),
        }
        Ok(())
    }

    fn answer(&self, at: At, text: &str) -> Option<Answer> {
        match self.session.definition(at)?.kind {
            NodeKind::Question(kind) => Answer::from_text(kind, text),
            _ => None,
        }
    }

    /// What expressions and the response see: an irrelevant answer is blank.
    pub(crate) fn value(&self, at: At) -> String {
        let state = self.session.state(at).unwrap();
        if state.relevant { state.answer.to_text() } else { String::new() }
    }
}

/// The language that a form begins in.
pub(crate) fn default_language(sheets: &Sheets) -> &str {
    let settings = sheets.sheets.iter().find(|sheet| sheet.name == SheetName::Settings);
    let cell = settings.and_then(|sheet| {
        let column = sheet.header.iter().position(|header| header == "default_language")?;
        sheet.rows.first()?.cells.get(column)
    });
    cell.map_or("", String::as_str)
}

/// `Español (es)` is `es`; a language without a tag is its own.
pub(crate) fn tag(language: &str) -> &str {
    let inside = language.split_once('(').and_then(|(_, rest)| rest.split_once(')'));
    inside.map_or(language, |(tag, _)| tag).trim()
}

/// Numbers as numbers, everything else as text.
pub(crate) fn is_same(got: &str, wanted: &str) -> bool {
    let numbers = got.trim().parse::<f64>().ok().zip(wanted.trim().parse::<f64>().ok());
    got == wanted || numbers.is_some_and(|(got, wanted)| got == wanted)
}

/// A Monday afternoon in Panama.
fn now() -> Moment {
    DateTime::parse("2026-11-23T14:50:49", -300).unwrap()
}

fn matches(pattern: &str, text: &str) -> Option<bool> {
    Some(regex_lite::Regex::new(&format!("^(?:{pattern})$")).ok()?.is_match(text))
}
