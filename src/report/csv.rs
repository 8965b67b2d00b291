//! Responses as CSV: UTF-8 with BOM, RFC 4180, CRLF, one row per response, sorted by its random id so that the order tells nothing.
//!
//! Columns: eight about the response, then the questions by name in document order. A question of a repeat has a column per
//! instance (`commitments[1]/commit_text`). A many-choice question has its marked names joined by spaces and a 0/1 column per
//! choice (`barriers/money`); a ranking the same, with places instead of 0/1. Not shown: empty. Shown and skipped: `NA`, which
//! R and pandas read as missing too. A text that a spreadsheet would take for a formula begins with an apostrophe.

use std::collections::BTreeMap;

use crate::form::{ChoiceList, Form, NodeId, NodeKind, QuestionKind};
use crate::i18n::Language;
use crate::response::{Answer, Response};

/// What stands where a question was shown and skipped.
pub const SKIPPED: &str = "NA";
/// The columns about the response.
const ABOUT: [&str; 8] =
    ["id", "survey", "wave", "form_version", "language", "started", "finished", "example"];

/// How many instances each repeat reaches, by path without positions; told by every response before the first row is written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Extent {
    instances: BTreeMap<String, usize>,
}

/// The layout of a file.
#[derive(Debug, Clone)]
pub struct Csv<'a> {
    form: &'a Form,
    language: Option<usize>,
    columns: Vec<Column>,
}

#[derive(Debug, Clone)]
struct Column {
    header: String,
    /// With repeat positions, as in a response.
    path: String,
    node: NodeId,
    part: Part,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Whole,
    Choice(usize),
}

impl Extent {
    /// Takes note of a response's repeats.
    pub fn see(&mut self, response: &Response) {
        for (path, _) in &response.answers {
            let mut plain = String::new();
            let mut rest = path.as_str();
            while let Some((before, after)) = rest.split_once('[') {
                plain.push_str(before);
                let Some((position, after)) = after.split_once(']') else { break };
                let position = position.parse().unwrap_or(0);
                let known = self.instances.entry(plain.clone()).or_default();
                *known = position.max(*known);
                rest = after;
            }
        }
    }

    fn of(&self, path: &str) -> usize {
        self.instances.get(path).copied().unwrap_or(0)
    }
}

impl<'a> Csv<'a> {
    /// The layout for a form; `labels`: choices by their label in that language, not by name.
    pub fn new(form: &'a Form, labels: Option<Language>, extent: &Extent) -> Csv<'a> {
        let language = labels.map(|language| form.language(language.tag()).unwrap_or(0));
        let mut csv = Csv { form, language, columns: Vec::new() };
        csv.lay(None, "", "", extent);
        let headers: Vec<String> = csv.columns.iter().map(|column| column.header.clone()).collect();
        for column in &mut csv.columns {
            // Names are unique among siblings only; where two share one, the whole path tells them apart.
            let twice = headers.iter().filter(|header| **header == column.header).count() > 1;
            if twice || ABOUT.contains(&column.header.as_str()) {
                column.header = match (column.part, csv.form.node(column.node)) {
                    (Part::Choice(choice), Some(node)) => {
                        choice_header(csv.form, node.kind.list(), &column.path, choice)
                    }
                    _ => column.path.clone(),
                };
            }
        }
        csv
    }

    fn lay(&mut self, parent: Option<NodeId>, at: &str, short: &str, extent: &Extent) {
        let form = self.form;
        for id in form.children(parent) {
            let Some(node) = form.node(id) else { continue };
            let path = join(at, &node.name);
            match &node.kind {
                NodeKind::Group(_) => self.lay(Some(id), &path, short, extent),
                NodeKind::Repeat { .. } => {
                    for position in 1..=extent.of(&form.path(id)) {
                        let short = format!("{}[{position}]", join(short, &node.name));
                        self.lay(Some(id), &format!("{path}[{position}]"), &short, extent);
                    }
                }
                NodeKind::Question(kind) => {
                    let header = join(short, &node.name);
                    let column = |header, part| Column { header, path: path.clone(), node: id, part };
                    self.columns.push(column(header.clone(), Part::Whole));
                    if matches!(kind, QuestionKind::SelectMultiple(_) | QuestionKind::Rank(_)) {
                        let length = form.choices_of(node).map_or(0, |list| list.choices.len());
                        self.columns.extend((0..length).map(|choice| {
                            column(
                                choice_header(form, node.kind.list(), &header, choice),
                                Part::Choice(choice),
                            )
                        }));
                    }
                }
                NodeKind::Note | NodeKind::Calculate => {}
            }
        }
    }

    /// The first bytes of the file: BOM and the line of headers.
    pub fn head(&self) -> String {
        let headers = ABOUT.iter().copied().chain(self.columns.iter().map(|column| column.header.as_str()));
        format!("\u{feff}{}", line(headers.map(cell)))
    }

    /// A response's line.
    pub fn row(&self, response: &Response) -> String {
        let about = [
            response.id.to_text(),
            response.survey.clone(),
            response.wave.clone(),
            response.form.version.clone(),
            response.language.clone(),
            response.started.to_string(),
            response.finished.to_string(),
            if response.example { "1" } else { "0" }.to_owned(),
        ];
        let answers: BTreeMap<&str, &Answer> =
            response.answers.iter().map(|(path, answer)| (path.as_str(), answer)).collect();
        let cells = self.columns.iter().map(|column| match answers.get(column.path.as_str()) {
            None => String::new(),
            Some(answer) => self.answer(column, answer),
        });
        line(about.iter().map(|text| cell(text)).chain(cells))
    }

    fn answer(&self, column: &Column, answer: &Answer) -> String {
        let node = self.form.node(column.node);
        let list = node.and_then(|node| self.form.choices_of(node));
        if let Part::Choice(choice) = column.part {
            let name = list.and_then(|list| list.choices.get(choice)).map(|choice| choice.name.as_str());
            let Answer::Choices(marked) = answer else { return SKIPPED.to_owned() };
            let place = marked.iter().position(|mark| Some(mark.as_str()) == name);
            let ranked =
                node.is_some_and(|node| matches!(node.kind, NodeKind::Question(QuestionKind::Rank(_))));
            return match (ranked, place) {
                (true, Some(place)) => (place + 1).to_string(),
                (true, None) => SKIPPED.to_owned(),
                (false, place) => u8::from(place.is_some()).to_string(),
            };
        }
        match answer {
            Answer::Empty => SKIPPED.to_owned(),
            // Numbers are written as numbers: the minus of -3 is no formula.
            Answer::Integer(_) | Answer::Decimal(_) => answer.to_text(),
            Answer::Choice(name) => cell(&self.label(list, name)),
            Answer::Choices(names) if self.language.is_some() => {
                let labels: Vec<String> = names.iter().map(|name| self.label(list, name)).collect();
                cell(&labels.join("; "))
            }
            _ => cell(&answer.to_text()),
        }
    }

    fn label(&self, list: Option<&ChoiceList>, name: &str) -> String {
        let choice = list.and_then(|list| list.choice(name));
        match (self.language, choice) {
            (Some(language), Some(choice)) if !choice.label.is_empty() => choice.label.plain(language),
            _ => name.to_owned(),
        }
    }
}

fn choice_header(form: &Form, list: Option<crate::form::ListId>, question: &str, choice: usize) -> String {
    let name = list.and_then(|list| form.list(list)).and_then(|list| list.choices.get(choice));
    join(question, name.map_or("", |choice| choice.name.as_str()))
}

fn join(at: &str, name: &str) -> String {
    if at.is_empty() { name.to_owned() } else { format!("{at}/{name}") }
}

fn line(cells: impl Iterator<Item = String>) -> String {
    let mut text = cells.collect::<Vec<_>>().join(",");
    text.push_str("\r\n");
    text
}

/// A text as a cell: guarded against formulas, quoted where RFC 4180 asks.
fn cell(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    let quoted = text.contains([',', '"', '\r', '\n']) || text.starts_with(' ') || text.ends_with(' ');
    if quoted { format!("\"{guard}{}\"", text.replace('"', "\"\"")) } else { format!("{guard}{text}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_looks_like_a_formula_is_guarded_and_quotes_are_doubled() {
        assert_eq!(cell("=1+1"), "'=1+1");
        assert_eq!(cell("@SUM(A1),2"), "\"'@SUM(A1),2\"");
        assert_eq!(cell("dijo \"sí\""), "\"dijo \"\"sí\"\"\"");
        assert_eq!(cell("a\r\nb"), "\"a\r\nb\"");
        assert_eq!(cell("plain"), "plain");
    }
}
