use std::collections::BTreeMap;

use super::super::layout::{Layout, Part};
use super::super::readme::Line;
use super::pack::{SEGMENT, cut, segment_width, segments};
use super::variable::{Content, Look, Missing, Source, Variable};
use crate::form::QuestionKind;

/// Who wrote the file; the format wants these words first.
const PRODUCT: &str = "@(#) SPSS DATA FILE Sondeo";
/// The longest label of a variable and of a value, in bytes.
const LABEL: usize = 255;
const VALUE_LABEL: usize = 120;
/// A line of the documents.
const LINE: usize = 80;
/// Formats: strings, numbers, days. Months are days too, their first: readers in other programs take no other for dates.
const A: u32 = 1;
const F: u32 = 5;
const DATE: u32 = 20;

/// Everything before the cases.
pub(super) fn dictionary(
    variables: &[Variable],
    layout: &Layout<'_>,
    title: &str,
    lines: &[Line],
    cases: usize,
) -> Vec<u8> {
    let mut out = Out::default();
    let units: usize = variables.iter().map(units).sum();
    out.text("$FL2", 4);
    out.text(PRODUCT, 60);
    out.numbers(&[2, units as i32, 1, 0, i32::try_from(cases).unwrap_or(-1)]);
    out.real(100.0);
    // No clock: the same answers make the same bytes at any time.
    out.text("01 Jan 70", 9);
    out.text("00:00:00", 8);
    out.text(title, 64);
    out.text("", 3);
    variables.iter().for_each(|variable| out.variable(variable));
    out.value_labels(variables);
    out.documents(lines);
    out.extension(3, 4, &numbers(&[1, 0, 0, -1, 1, 1, 2, 65001]));
    let lowest = f64::MIN.next_up();
    out.extension(4, 8, &[f64::MIN, f64::MAX, lowest].map(f64::to_le_bytes).concat());
    let sets = sets(variables, layout);
    if !sets.is_empty() {
        out.extension(7, 1, sets.as_bytes());
    }
    let looks = variables.iter().flat_map(|variable| {
        let (width, alignment) = match (variable.content, variable.look) {
            (Content::Text(width), _) => (width.clamp(8, 40) as i32, 0),
            (_, Look::Day) => (11, 1),
            _ => (8, 1),
        };
        let one = [variable.measure as i32, width, alignment];
        std::iter::repeat_n(one, segments_of(variable)).flatten()
    });
    out.extension(11, 4, &numbers(&looks.collect::<Vec<_>>()));
    let names: Vec<String> =
        variables.iter().map(|variable| format!("{}={}", short(variable.first), variable.name)).collect();
    out.extension(13, 1, names.join("\t").as_bytes());
    let long = variables.iter().filter_map(|variable| match variable.content {
        Content::Text(width) if width > SEGMENT => Some(format!("{}={width:05}\0\t", short(variable.first))),
        _ => None,
    });
    let long: String = long.collect();
    if !long.is_empty() {
        out.extension(14, 1, long.as_bytes());
    }
    out.extension(16, 8, &[1_u64, cases as u64].map(u64::to_le_bytes).concat());
    out.extension(20, 1, b"UTF-8");
    out.numbers(&[999, 0]);
    out.bytes
}

/// A short name: no long name has its sign, so that the two never meet.
fn short(number: usize) -> String {
    format!("X@{number}")
}

fn segments_of(variable: &Variable) -> usize {
    match variable.content {
        Content::Number => 1,
        Content::Text(width) => segments(width),
    }
}

/// How many units of eight bytes a case has for a variable.
fn units(variable: &Variable) -> usize {
    match variable.content {
        Content::Number => 1,
        Content::Text(width) => {
            (0..segments(width)).map(|segment| segment_width(width, segment).div_ceil(8)).sum()
        }
    }
}

/// Multiple response sets: the 0/1 variables of each question of many choices belong together.
fn sets(variables: &[Variable], layout: &Layout<'_>) -> String {
    let mut sets = String::new();
    for column in &layout.columns {
        if column.part != Part::Whole || !matches!(column.kind, QuestionKind::SelectMultiple(_)) {
            continue;
        }
        let belongs = |variable: &&Variable| match variable.source {
            Source::Column(at) => layout
                .columns
                .get(at)
                .is_some_and(|other| other.node == column.node && other.instance == column.instance),
            Source::About(_) => false,
        };
        let names: Vec<String> =
            variables.iter().filter(belongs).map(|variable| short(variable.first).to_lowercase()).collect();
        if names.is_empty() {
            continue;
        }
        let title = layout.title(column).replace(['\n', '\r'], " ");
        let label = cut(&title, LABEL);
        let name = cut(&column.name, 63);
        sets += &format!("${name}=D1 1 {} {label} {}\n", label.len(), names.join(" "));
    }
    sets
}

fn numbers(numbers: &[i32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

#[derive(Default)]
struct Out {
    bytes: Vec<u8>,
}

impl Out {
    fn numbers(&mut self, all: &[i32]) {
        self.bytes.extend(numbers(all));
    }

    fn real(&mut self, number: f64) {
        self.bytes.extend_from_slice(&number.to_le_bytes());
    }

    /// A text of exactly so many bytes, blank behind.
    fn text(&mut self, text: &str, width: usize) {
        let text = cut(text, width);
        self.bytes.extend_from_slice(text.as_bytes());
        self.bytes.extend(std::iter::repeat_n(b' ', width - text.len()));
    }

    fn extension(&mut self, kind: i32, size: i32, data: &[u8]) {
        self.numbers(&[7, kind, size, data.len() as i32 / size]);
        self.bytes.extend_from_slice(data);
    }

    fn variable(&mut self, variable: &Variable) {
        let Content::Text(width) = variable.content else {
            let format = match variable.look {
                Look::Day => DATE << 16 | 11 << 8,
                Look::Number(width, decimals) => F << 16 | u32::from(width) << 8 | u32::from(decimals),
                Look::Text => F << 16 | 8 << 8,
            };
            return self.segment(0, variable.first, format, &variable.label, variable.missing);
        };
        for segment in 0..segments(width) {
            let width = segment_width(width, segment);
            let format = A << 16 | (width as u32) << 8;
            let label = if segment == 0 { variable.label.as_str() } else { "" };
            self.segment(width as i32, variable.first + segment, format, label, Missing::None);
            for _ in 1..width.div_ceil(8) {
                self.numbers(&[2, -1, 0, 0, 0, 0]);
                self.text("", 8);
            }
        }
    }

    fn segment(&mut self, width: i32, number: usize, format: u32, label: &str, missing: Missing) {
        let count = match missing {
            Missing::None => 0,
            Missing::One(_) => 1,
            Missing::Range(..) => -2,
        };
        self.numbers(&[2, width, i32::from(!label.is_empty()), count, format as i32, format as i32]);
        self.text(&short(number), 8);
        if !label.is_empty() {
            let label = cut(label, LABEL);
            self.numbers(&[label.len() as i32]);
            self.text(label, label.len().next_multiple_of(4));
        }
        match missing {
            Missing::None => {}
            Missing::One(value) => self.real(value),
            Missing::Range(low, high) => {
                self.real(low);
                self.real(high);
            }
        }
    }

    /// Each set of labels once, with the variables that share it.
    fn value_labels(&mut self, variables: &[Variable]) {
        let mut sets: BTreeMap<&[(i32, String)], Vec<i32>> = BTreeMap::new();
        let mut unit = 1;
        for variable in variables {
            if !variable.labels.is_empty() {
                sets.entry(&variable.labels).or_default().push(unit);
            }
            unit += units(variable) as i32;
        }
        for (labels, positions) in sets {
            self.numbers(&[3, labels.len() as i32]);
            for (value, label) in labels {
                let label = cut(label, VALUE_LABEL);
                self.real((*value).into());
                self.bytes.push(label.len() as u8);
                self.text(label, (label.len() + 1).next_multiple_of(8) - 1);
            }
            self.numbers(&[4, positions.len() as i32]);
            self.numbers(&positions);
        }
    }

    fn documents(&mut self, lines: &[Line]) {
        let mut documents: Vec<String> = Vec::new();
        for (heading, text) in lines {
            let mut line = format!("{heading}:");
            for word in text.split_whitespace() {
                if line.len() + 1 + word.len() > LINE {
                    documents.push(std::mem::take(&mut line));
                } else {
                    line.push(' ');
                }
                line.push_str(word);
            }
            documents.push(line);
        }
        self.numbers(&[6, documents.len() as i32]);
        documents.iter().for_each(|line| self.text(line, LINE));
    }
}
