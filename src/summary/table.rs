use std::collections::HashMap;

use crate::form::{ChoiceList, Form, NodeId, NodeKind, QuestionKind};
use crate::response::{Answer, Response};

/// The code of a question that was not shown.
pub const NOT_SHOWN: u16 = u16::MAX;
/// The code of a question that was shown and skipped.
pub const BLANK: u16 = u16::MAX - 1;
/// The day of a question that was not shown.
pub const NO_DAY: i32 = i32::MIN;
/// The day of a question that was shown and skipped.
pub const BLANK_DAY: i32 = i32::MIN + 1;

/// Responses as columns: one row per response, one column per question, one row per instance in the columns of a repeat.
/// Texts do not enter, only whether there was one.
#[derive(Debug, Clone)]
pub struct Table {
    /// One per response, in the order they were pushed.
    pub rows: Vec<Facts>,
    /// One per question, in document order.
    pub columns: Vec<Column>,
    /// Of each repeat, the row that owns each instance.
    pub repeats: Vec<Vec<u32>>,
    /// Wave names, in order of first arrival; [`Facts::wave`] is a position here.
    pub waves: Vec<String>,
    /// Language tags, in order of first arrival.
    pub languages: Vec<String>,
    by_path: HashMap<String, usize>,
}

/// What is known of a response besides its answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// Position in [`Table::waves`].
    pub wave: u16,
    /// Position in [`Table::languages`].
    pub language: u16,
    /// The day it was finished, in days since 1970-01-01.
    pub finished: i32,
    /// Made by the program.
    pub example: bool,
}

/// A question's answers.
#[derive(Debug, Clone)]
pub struct Column {
    /// The question.
    pub node: NodeId,
    /// The innermost repeat around it, a position in [`Table::repeats`].
    pub repeat: Option<usize>,
    /// A cell per row, or per instance of the repeat.
    pub cells: Cells,
}

/// Typed cells.
#[derive(Debug, Clone)]
pub enum Cells {
    /// One choice: its position in the list, [`BLANK`] or [`NOT_SHOWN`].
    Codes(Vec<u16>),
    /// Many choices: `stride` words a cell; bit 0 says shown, bit 1 + i that choice i is marked.
    Sets {
        /// Words per cell.
        stride: usize,
        /// The words.
        words: Vec<u64>,
    },
    /// Choices in order: `stride` codes a cell, the most wanted first, then [`BLANK`]; all [`NOT_SHOWN`] when not shown.
    Orders {
        /// Codes per cell.
        stride: usize,
        /// The codes.
        codes: Vec<u16>,
    },
    /// Numbers; not a number when skipped, negative infinity when not shown.
    Numbers(Vec<f64>),
    /// Days since 1970-01-01, [`BLANK_DAY`] or [`NO_DAY`].
    Days(Vec<i32>),
    /// Texts, times and moments: only whether there was one.
    States(Vec<State>),
}

/// Whether there was an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Not shown.
    NotShown,
    /// Shown and skipped.
    Blank,
    /// Answered.
    Answered,
}

impl Table {
    /// An empty table for a form.
    pub fn new(form: &Form) -> Table {
        let mut repeats: Vec<NodeId> = Vec::new();
        let mut columns = Vec::new();
        let mut by_path = HashMap::new();
        for (id, node) in form.iter() {
            let NodeKind::Question(kind) = node.kind else { continue };
            let repeat = innermost_repeat(form, id).map(|repeat| {
                repeats.iter().position(|known| *known == repeat).unwrap_or_else(|| {
                    repeats.push(repeat);
                    repeats.len() - 1
                })
            });
            by_path.insert(form.path(id), columns.len());
            columns.push(Column { node: id, repeat, cells: Cells::new(form, kind) });
        }
        Table {
            rows: Vec::new(),
            columns,
            repeats: vec![Vec::new(); repeats.len()],
            waves: Vec::new(),
            languages: Vec::new(),
            by_path,
        }
    }

    /// Adds a response as the last row. Paths that the form does not know and answers of another kind are left out.
    pub fn push(&mut self, form: &Form, response: &Response) {
        let row = self.rows.len() as u32;
        let facts = Facts {
            wave: position_of(&mut self.waves, &response.wave),
            language: position_of(&mut self.languages, &response.language),
            finished: response.finished.days(),
            example: response.example,
        };
        self.rows.push(facts);
        let mut instances: Vec<(usize, &str, usize)> = Vec::new();
        let mut plain = String::new();
        for (path, answer) in &response.answers {
            let instance = path.rfind(']').map(|end| path.split_at(end + 1).0);
            let known = match instance {
                None => self.by_path.get(path.as_str()),
                Some(_) => {
                    without_positions(path, &mut plain);
                    self.by_path.get(plain.as_str())
                }
            };
            let Some(&at) = known else { continue };
            let Some(column) = self.columns.get_mut(at) else { continue };
            let cell = match column.repeat {
                None => row as usize,
                Some(repeat) => {
                    let Some(owners) = self.repeats.get_mut(repeat) else { continue };
                    let prefix = instance.unwrap_or_default();
                    match instances.iter().find(|(known, name, _)| *known == repeat && *name == prefix) {
                        Some((_, _, cell)) => *cell,
                        None => {
                            owners.push(row);
                            instances.push((repeat, prefix, owners.len() - 1));
                            owners.len() - 1
                        }
                    }
                }
            };
            let choices = form.node(column.node).and_then(|node| form.choices_of(node));
            // A path given twice keeps its first answer: a cell is never written behind its place.
            if column.cells.len() <= cell {
                column.cells.grow(cell);
                column.cells.put(answer, choices);
            }
        }
        for column in &mut self.columns {
            let length = match column.repeat {
                None => self.rows.len(),
                Some(repeat) => self.repeats.get(repeat).map_or(0, Vec::len),
            };
            column.cells.grow(length);
        }
    }

    /// The column of a question, by name.
    pub fn column(&self, form: &Form, name: &str) -> Option<&Column> {
        let id = form.find(name)?;
        self.columns.iter().find(|column| column.node == id)
    }

    /// The row that owns a cell of a column.
    pub fn owner(&self, column: &Column, cell: usize) -> usize {
        match column.repeat {
            None => cell,
            Some(repeat) => {
                self.repeats.get(repeat).and_then(|owners| owners.get(cell)).map_or(cell, |row| *row as usize)
            }
        }
    }
}

impl Cells {
    fn new(form: &Form, kind: QuestionKind) -> Cells {
        let length = |list| form.list(list).map_or(0, |list| list.choices.len());
        match kind {
            QuestionKind::SelectOne(_) => Cells::Codes(Vec::new()),
            QuestionKind::SelectMultiple(list) => {
                Cells::Sets { stride: length(list) / 64 + 1, words: Vec::new() }
            }
            QuestionKind::Rank(list) => Cells::Orders { stride: length(list).max(1), codes: Vec::new() },
            QuestionKind::Integer | QuestionKind::Decimal => Cells::Numbers(Vec::new()),
            QuestionKind::Date => Cells::Days(Vec::new()),
            QuestionKind::Text | QuestionKind::Time | QuestionKind::DateTime => Cells::States(Vec::new()),
        }
    }

    /// How many cells.
    pub fn len(&self) -> usize {
        match self {
            Cells::Codes(codes) => codes.len(),
            Cells::Sets { stride, words } => words.len() / stride,
            Cells::Orders { stride, codes } => codes.len() / stride,
            Cells::Numbers(numbers) => numbers.len(),
            Cells::Days(days) => days.len(),
            Cells::States(states) => states.len(),
        }
    }

    /// Whether there is no cell.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Fills up to `length` cells with "not shown".
    fn grow(&mut self, length: usize) {
        match self {
            Cells::Codes(codes) => codes.resize(length.max(codes.len()), NOT_SHOWN),
            Cells::Sets { stride, words } => words.resize((length * *stride).max(words.len()), 0),
            Cells::Orders { stride, codes } => codes.resize((length * *stride).max(codes.len()), NOT_SHOWN),
            Cells::Numbers(numbers) => numbers.resize(length.max(numbers.len()), f64::NEG_INFINITY),
            Cells::Days(days) => days.resize(length.max(days.len()), NO_DAY),
            Cells::States(states) => states.resize(length.max(states.len()), State::NotShown),
        }
    }

    /// Adds a shown cell at the end.
    fn put(&mut self, answer: &Answer, choices: Option<&ChoiceList>) {
        let code = |name: &str| -> u16 {
            let position =
                choices.and_then(|list| list.choices.iter().position(|choice| choice.name == name));
            position.map_or(BLANK, |position| position as u16)
        };
        match self {
            Cells::Codes(codes) => codes.push(match answer {
                Answer::Choice(name) => code(name),
                _ => BLANK,
            }),
            Cells::Sets { stride, words } => {
                let start = words.len();
                words.resize(start + *stride, 0);
                let mut mark = |bit: usize| {
                    if let Some(word) = words.get_mut(start + bit / 64) {
                        *word |= 1 << (bit % 64);
                    }
                };
                mark(0);
                if let Answer::Choices(names) = answer {
                    names
                        .iter()
                        .map(|name| code(name))
                        .filter(|code| *code != BLANK)
                        .for_each(|code| mark(usize::from(code) + 1));
                }
            }
            Cells::Orders { stride, codes } => {
                let start = codes.len();
                if let Answer::Choices(names) = answer {
                    codes.extend(
                        names.iter().map(|name| code(name)).filter(|code| *code != BLANK).take(*stride),
                    );
                }
                codes.resize(start + *stride, BLANK);
            }
            Cells::Numbers(numbers) => numbers.push(match answer {
                Answer::Integer(number) => *number as f64,
                Answer::Decimal(number) => *number,
                _ => f64::NAN,
            }),
            Cells::Days(days) => days.push(match answer {
                Answer::Date(date) => date.days(),
                _ => BLANK_DAY,
            }),
            Cells::States(states) => {
                states.push(if answer.is_empty() { State::Blank } else { State::Answered });
            }
        }
    }
}

fn position_of(known: &mut Vec<String>, name: &str) -> u16 {
    let position = known.iter().position(|other| other == name).unwrap_or_else(|| {
        known.push(name.to_owned());
        known.len() - 1
    });
    position as u16
}

/// The innermost repeat around a node.
pub(super) fn innermost_repeat(form: &Form, id: NodeId) -> Option<NodeId> {
    let mut at = form.node(id)?.parent;
    while let Some(parent) = at {
        let node = form.node(parent)?;
        if matches!(node.kind, NodeKind::Repeat { .. }) {
            return Some(parent);
        }
        at = node.parent;
    }
    None
}

fn without_positions(path: &str, plain: &mut String) {
    plain.clear();
    let mut inside = false;
    for c in path.chars() {
        match c {
            '[' => inside = true,
            ']' => inside = false,
            c if !inside => plain.push(c),
            _ => {}
        }
    }
}
