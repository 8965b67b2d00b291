//! Responses as CSV: UTF-8 with BOM, RFC 4180, CRLF, one row per response.
//!
//! Columns: some about the response, then the questions by name in document order. A question of a repeat has a column per
//! instance (`commitments[1]/commit_text`; of a repeat in a repeat, a person's instances are counted through). A many-choice
//! question has its marked names joined by spaces and a 0/1 column per choice (`barriers/money`); a ranking the same, with
//! places instead of 0/1. Not shown (or, in publications, withheld): empty. Shown and skipped: `NA`, which R and pandas read as
//! missing too. What fits no choice stands as it was given. A text that a spreadsheet would take for a formula begins with an
//! apostrophe.

use super::block::{Block, Value, has};
use super::layout::{About, Column, Layout};
use super::options::{Notice, Profile};
use crate::form::{Choice, Date, NodeKind, QuestionKind, write_number};

/// What stands where a question was shown and skipped.
pub(super) const SKIPPED: &str = "NA";
/// Bytes that gather before they go on.
const PIECE: usize = 1 << 16;

#[derive(Debug)]
pub(super) struct Csv<'a> {
    layout: Layout<'a>,
    labels: bool,
    survey: Vec<u8>,
    version: Vec<u8>,
    /// Per choice list of the form, each choice's text, and the same as a cell.
    texts: Vec<Vec<String>>,
    lists: Vec<Vec<Vec<u8>>>,
    buffer: Vec<u8>,
    scratch: String,
}

impl<'a> Csv<'a> {
    pub(super) fn new(layout: Layout<'a>, labels: bool, notice: &Notice) -> Csv<'a> {
        let as_cell = |text: &str| {
            let mut bytes = Vec::new();
            cell(text, &mut bytes);
            bytes
        };
        let texts = choice_texts(&layout, labels);
        Csv {
            labels,
            survey: as_cell(&notice.survey),
            version: as_cell(&layout.form.version),
            lists: texts.iter().map(|texts| as_cells(texts)).collect(),
            texts,
            buffer: Vec::with_capacity(PIECE * 2),
            scratch: String::new(),
            layout,
        }
    }

    /// BOM and the line of headers.
    pub(super) fn head(&mut self, sink: &mut dyn FnMut(&[u8])) {
        let about = self.layout.about.iter().map(|(about, _)| about.header());
        let headers = about.chain(self.layout.columns.iter().map(|column| column.header.as_str()));
        self.buffer.extend_from_slice("\u{feff}".as_bytes());
        for (at, header) in headers.enumerate() {
            if at > 0 {
                self.buffer.push(b',');
            }
            cell(header, &mut self.buffer);
        }
        self.buffer.extend_from_slice(b"\r\n");
        sink(&self.buffer);
        self.buffer.clear();
    }

    pub(super) fn rows(&mut self, block: &Block<'_>, sink: &mut dyn FnMut(&[u8])) {
        let waves: Vec<Vec<u8>> = as_cells(&block.table.waves);
        let languages: Vec<Vec<u8>> = as_cells(&block.table.languages);
        let mut out = std::mem::take(&mut self.buffer);
        let months = self.layout.profile == Profile::Publication;
        let mut days = Days { months, ..Days::default() };
        for (row, facts) in block.table.rows.iter().enumerate() {
            for (at, (about, _)) in self.layout.about.iter().enumerate() {
                if at > 0 {
                    out.push(b',');
                }
                let of = |texts: &[Vec<u8>], at: u16, out: &mut Vec<u8>| {
                    out.extend_from_slice(texts.get(usize::from(at)).map(Vec::as_slice).unwrap_or_default());
                };
                match about {
                    About::Id => out.extend_from_slice(facts.id.to_text().as_bytes()),
                    About::Row => whole(block.before as u64 + row as u64 + 1, &mut out),
                    About::Survey => out.extend_from_slice(&self.survey),
                    About::Wave => of(&waves, facts.wave, &mut out),
                    About::FormVersion => out.extend_from_slice(&self.version),
                    About::Language => of(&languages, facts.language, &mut out),
                    About::Started => days.write(facts.started, &mut out),
                    About::Finished => days.write(facts.finished, &mut out),
                    About::Example => out.push(b'0' + u8::from(facts.example)),
                }
            }
            for column in &self.layout.columns {
                out.push(b',');
                match block.value(column, row) {
                    Value::NotShown => {}
                    Value::Skipped => out.extend_from_slice(SKIPPED.as_bytes()),
                    Value::Choice(at) => {
                        if let Some(text) = self.choices(column).get(at) {
                            out.extend_from_slice(text);
                        }
                    }
                    Value::Mark(marked) => out.push(b'0' + u8::from(marked)),
                    Value::Place(place) => whole(place as u64, &mut out),
                    Value::Number(value) => number(value, &mut out),
                    Value::Day(day) => days.write(day, &mut out),
                    Value::Text(text) => cell(text, &mut out),
                    several @ (Value::Set(_) | Value::Order(_) | Value::Stray(_)) => {
                        let (layout, scratch) = (&self.layout, &mut self.scratch);
                        several_texts(layout, &self.texts, self.labels, column, several, scratch);
                        cell(&self.scratch, &mut out);
                    }
                }
            }
            out.extend_from_slice(b"\r\n");
            if out.len() >= PIECE {
                sink(&out);
                out.clear();
            }
        }
        sink(&out);
        out.clear();
        self.buffer = out;
    }

    fn choices(&self, column: &Column) -> &[Vec<u8>] {
        let list = list_of(column).and_then(|list| self.lists.get(list));
        list.map(Vec::as_slice).unwrap_or_default()
    }
}

/// Position of a column's choice list in the form's.
pub(super) fn list_of(column: &Column) -> Option<usize> {
    NodeKind::Question(column.kind).list().map(|list| list.0 as usize)
}

/// The choices of every list as people read them: by name, or by label where they have one.
pub(super) fn choice_texts(layout: &Layout<'_>, labels: bool) -> Vec<Vec<String>> {
    let text = |choice: &Choice| {
        if labels && !choice.label.is_empty() {
            choice.label.plain(layout.language)
        } else {
            choice.name.clone()
        }
    };
    layout.form.lists.iter().map(|list| list.choices.iter().map(text).collect()).collect()
}

/// Several choices, or what fits none, as one text: names with blanks between, labels with semicolons. `texts`: those of
/// [`choice_texts`].
pub(super) fn several_texts(
    layout: &Layout<'_>,
    texts: &[Vec<String>],
    labels: bool,
    column: &Column,
    value: Value<'_>,
    out: &mut String,
) {
    out.clear();
    let list = list_of(column);
    let texts = list.and_then(|list| texts.get(list)).map(Vec::as_slice).unwrap_or_default();
    let mut push = |part: &str| {
        if !out.is_empty() {
            out.push_str(if labels { "; " } else { " " });
        }
        out.push_str(part);
    };
    match value {
        Value::Set(words) => {
            texts.iter().enumerate().filter(|(at, _)| has(words, *at)).for_each(|(_, text)| push(text));
        }
        Value::Order(codes) => {
            codes.iter().map_while(|code| texts.get(usize::from(*code))).for_each(|text| push(text));
        }
        Value::Stray(given) if labels => {
            let choices = list.and_then(|list| layout.form.lists.get(list));
            let choices = choices.map(|list| list.choices.as_slice()).unwrap_or_default();
            let several = matches!(column.kind, QuestionKind::SelectMultiple(_) | QuestionKind::Rank(_));
            let names = if several { given.split(' ').collect() } else { vec![given] };
            for name in names {
                let at = choices.iter().position(|choice| choice.name == name);
                push(at.and_then(|at| texts.get(at)).map_or(name, String::as_str));
            }
        }
        Value::Stray(given) => push(given),
        _ => {}
    }
}

fn as_cells(texts: &[String]) -> Vec<Vec<u8>> {
    let as_cell = |text: &String| {
        let mut bytes = Vec::new();
        cell(text, &mut bytes);
        bytes
    };
    texts.iter().map(as_cell).collect()
}

/// Days as text, the last one remembered: most of a column's days are few.
#[derive(Debug, Default)]
struct Days {
    months: bool,
    last: Option<i32>,
    text: String,
}

impl Days {
    fn write(&mut self, day: i32, out: &mut Vec<u8>) {
        if self.last != Some(day) {
            self.text = Date::from_days(day).to_string();
            if self.months {
                // Without its day: 2026-03.
                self.text.truncate(self.text.len().saturating_sub(3));
            }
            self.last = Some(day);
        }
        out.extend_from_slice(self.text.as_bytes());
    }
}

/// A whole number's digits.
pub(super) fn whole(mut number: u64, out: &mut Vec<u8>) {
    let mut digits = [0; 20];
    let mut used = 0;
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (number % 10) as u8;
        used += 1;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.extend_from_slice(digits.get(20 - used..).unwrap_or_default());
}

/// A number as a number: the minus of -3 is no formula.
pub(super) fn number(value: f64, out: &mut Vec<u8>) {
    if value.fract() == 0.0 && (0.0..9e15).contains(&value) && value.is_sign_positive() {
        whole(value as u64, out);
    } else {
        out.extend_from_slice(write_number(value).as_bytes());
    }
}

/// A text as a cell: guarded against formulas, quoted where RFC 4180 asks.
pub(super) fn cell(text: &str, out: &mut Vec<u8>) {
    let guard = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let quoted = text.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\r' | b'\n'))
        || text.starts_with(' ')
        || text.ends_with(' ');
    if quoted {
        out.push(b'"');
    }
    if guard {
        out.push(b'\'');
    }
    if quoted {
        for (at, part) in text.split('"').enumerate() {
            if at > 0 {
                out.extend_from_slice(b"\"\"");
            }
            out.extend_from_slice(part.as_bytes());
        }
        out.push(b'"');
    } else {
        out.extend_from_slice(text.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> String {
        let mut out = Vec::new();
        cell(text, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_text_that_looks_like_a_formula_is_guarded_and_quotes_are_doubled() {
        assert_eq!(of("=1+1"), "'=1+1");
        assert_eq!(of("@SUM(A1),2"), "\"'@SUM(A1),2\"");
        assert_eq!(of("dijo \"sí\""), "\"dijo \"\"sí\"\"\"");
        assert_eq!(of("a\r\nb"), "\"a\r\nb\"");
        assert_eq!(of("plain"), "plain");
    }

    #[test]
    fn numbers_are_written_as_they_are() {
        for value in [0.0, 7.0, 10.0, 1e15, 0.1, -3.0, 2.5, 1234567.0] {
            let mut out = Vec::new();
            number(value, &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), value.to_string());
        }
    }
}
