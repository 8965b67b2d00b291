use std::collections::HashMap;

use super::cells::{Cells, Code};
use crate::form::{Form, NodeId, NodeKind};
use crate::response::{Response, ResponseId};

/// Responses as columns: one row per response, one column per question, one row per instance in the columns of a repeat.
/// Of texts only whether there was one, unless the table was made [`Table::with_texts`].
#[derive(Debug, Clone, PartialEq)]
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
    /// What no cell can hold (a choice that its list has not, an answer of another kind), as canonical text; tables with
    /// texts only, so that nothing is lost on the way to a file.
    pub strays: Vec<Stray>,
    /// How many responses are not in it because a newer version of the program wrote them.
    pub newer: usize,
    texts: bool,
    by_path: HashMap<String, usize>,
}

/// An answer that does not fit its column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stray {
    /// Position in [`Table::columns`].
    pub column: u32,
    /// The cell, which says "skipped".
    pub cell: u32,
    /// The answer's canonical text.
    pub text: String,
}

/// What is known of a response besides its answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// The response's id.
    pub id: ResponseId,
    /// Position in [`Table::waves`].
    pub wave: u16,
    /// Position in [`Table::languages`].
    pub language: u16,
    /// The day it was begun, in days since 1970-01-01.
    pub started: i32,
    /// The day it was finished, in days since 1970-01-01.
    pub finished: i32,
    /// Made by the program.
    pub example: bool,
}

/// A question's answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// The question.
    pub node: NodeId,
    /// The innermost repeat around it, a position in [`Table::repeats`].
    pub repeat: Option<usize>,
    /// A cell per row, or per instance of the repeat.
    pub cells: Cells,
}

impl Column {
    /// The code of a cell of a one-choice question; [`Code::NotShown`] for other questions.
    pub fn code(&self, cell: usize) -> Code {
        self.cells.code(cell)
    }
}

impl Table {
    /// An empty table for a form, without texts.
    pub fn new(form: &Form) -> Table {
        Table::made(form, false)
    }

    /// An empty table for a form that keeps texts too: what files are written from, block by block.
    pub fn with_texts(form: &Form) -> Table {
        Table::made(form, true)
    }

    fn made(form: &Form, texts: bool) -> Table {
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
            columns.push(Column { node: id, repeat, cells: Cells::new(form, kind, texts) });
        }
        Table {
            rows: Vec::new(),
            columns,
            repeats: vec![Vec::new(); repeats.len()],
            waves: Vec::new(),
            languages: Vec::new(),
            strays: Vec::new(),
            newer: 0,
            texts,
            by_path,
        }
    }

    /// Adds a response as the last row. Paths that the form does not know and answers of another kind are left out.
    pub fn push(&mut self, form: &Form, response: &Response) {
        let row = self.rows.len() as u32;
        let facts = Facts {
            id: response.id,
            wave: position_of(&mut self.waves, &response.wave),
            language: position_of(&mut self.languages, &response.language),
            started: response.started.days(),
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
                let whole = column.cells.put(answer, choices);
                if !whole && self.texts {
                    self.strays.push(Stray { column: at as u32, cell: cell as u32, text: answer.to_text() });
                }
            }
        }
        self.fill_up();
    }

    /// Gives every column its full length.
    fn fill_up(&mut self) {
        for column in &mut self.columns {
            let length = match column.repeat {
                None => self.rows.len(),
                Some(repeat) => self.repeats.get(repeat).map_or(0, Vec::len),
            };
            column.cells.grow(length);
        }
    }

    /// Adds the rows of a table of the same form behind this one's, in order. Texts come along where both keep them;
    /// where only the other does, what remains is whether there was one.
    pub fn append(&mut self, other: &Table) {
        let first = self.rows.len() as u32;
        let waves: Vec<u16> = other.waves.iter().map(|name| position_of(&mut self.waves, name)).collect();
        let languages: Vec<u16> =
            other.languages.iter().map(|name| position_of(&mut self.languages, name)).collect();
        let of = |known: &[u16], at: u16| known.get(usize::from(at)).copied().unwrap_or(at);
        self.rows.extend(other.rows.iter().map(|facts| Facts {
            wave: of(&waves, facts.wave),
            language: of(&languages, facts.language),
            ..*facts
        }));
        if self.texts {
            for stray in &other.strays {
                let before = self.columns.get(stray.column as usize).map_or(0, |column| column.cells.len());
                self.strays.push(Stray { cell: stray.cell + before as u32, ..stray.clone() });
            }
        }
        for (owners, others) in self.repeats.iter_mut().zip(&other.repeats) {
            owners.extend(others.iter().map(|row| row + first));
        }
        for (column, other) in self.columns.iter_mut().zip(&other.columns) {
            column.cells.append(&other.cells);
        }
        self.fill_up();
    }

    /// Whether texts are kept.
    pub fn keeps_texts(&self) -> bool {
        self.texts
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
