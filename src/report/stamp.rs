//! What a report was made from, as one number: read [`Inputs`] first. The same responses, view and settings give the same hash
//! wherever and in whatever order the responses came together.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::form::Date;
use crate::summary::{Cells, State, Table, View};
use crate::survey::{SamplingDesign, Survey, SurveyState};

/// What a report says of its making.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// [`inputs_hash`]: 64 hexadecimal digits.
    pub hash: String,
    /// The program's version.
    pub version: &'static str,
    /// The day it was made.
    pub made: Date,
}

/// Responses as digests: parts of a table can be seen one after another, in any order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inputs {
    rows: Vec<[u8; 16]>,
}

impl Inputs {
    /// Takes note of every row of a table (or of a part of one that holds its rows whole): id, wave, language, days, and what
    /// each question was answered with. Of texts only whether there was one, so that tables with and without them agree:
    /// no text is counted.
    pub fn see(&mut self, table: &Table) {
        let first = self.rows.len();
        let mut rows: Vec<Sha256> = Vec::with_capacity(table.rows.len());
        for facts in &table.rows {
            let mut row = Sha256::new();
            let text = |known: &[String], at: u16| known.get(usize::from(at)).cloned().unwrap_or_default();
            row.update(facts.id.0);
            for word in [text(&table.waves, facts.wave), text(&table.languages, facts.language)] {
                row.update((word.len() as u32).to_le_bytes());
                row.update(word);
            }
            row.update(facts.started.to_le_bytes());
            row.update(facts.finished.to_le_bytes());
            row.update([u8::from(facts.example)]);
            rows.push(row);
        }
        let mut bytes: Vec<u8> = Vec::new();
        for (position, column) in table.columns.iter().enumerate() {
            for cell in 0..column.cells.len() {
                let Some(row) = rows.get_mut(table.owner(column, cell)) else { continue };
                bytes.clear();
                // In a repeat a person has no cell or several: each says whose question it answers.
                if column.repeat.is_some() {
                    bytes.extend((position as u32).to_le_bytes());
                }
                answer(&column.cells, cell, &mut bytes);
                row.update(&bytes);
            }
        }
        self.rows.extend(rows.into_iter().map(|row| {
            let digest: [u8; 32] = row.finalize().into();
            let mut half = [0; 16];
            half.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
            half
        }));
        debug_assert_eq!(self.rows.len(), first + table.rows.len());
    }
}

/// A cell's bytes, the same in every table of the form.
fn answer(cells: &Cells, cell: usize, into: &mut Vec<u8>) {
    match cells {
        Cells::Codes(codes) => into.extend(codes.get(cell)),
        Cells::Wide(codes) => into.extend(codes.get(cell).into_iter().flat_map(|code| code.to_le_bytes())),
        Cells::Sets { stride, words } => {
            let words = words.get(cell * stride..(cell + 1) * stride).unwrap_or_default();
            into.extend(words.iter().flat_map(|word| word.to_le_bytes()));
        }
        Cells::Orders { stride, codes } => {
            let codes = codes.get(cell * stride..(cell + 1) * stride).unwrap_or_default();
            into.extend(codes.iter().flat_map(|code| code.to_le_bytes()));
        }
        Cells::Numbers(numbers) => {
            // Every "skipped" is the same, whatever its bits.
            let bits =
                numbers.get(cell).map(|number| if number.is_nan() { u64::MAX } else { number.to_bits() });
            into.extend(bits.into_iter().flat_map(u64::to_le_bytes));
        }
        Cells::Days(days) => into.extend(days.get(cell).into_iter().flat_map(|day| day.to_le_bytes())),
        Cells::States(states) => into.extend(states.get(cell).map(|state| byte(*state))),
        Cells::Texts(texts) => into.extend(texts.states.get(cell).map(|state| byte(*state))),
    }
}

fn byte(state: State) -> u8 {
    match state {
        State::NotShown => 0,
        State::Blank => 1,
        State::Answered => 2,
    }
}

/// SHA-256, in hexadecimal, of what decides every number of a report: the responses, the settings of the survey that count,
/// and the view.
pub fn inputs_hash(inputs: &Inputs, survey: &Survey, view: &View) -> String {
    let mut rows = inputs.rows.clone();
    rows.sort_unstable();
    let mut hash = Sha256::new();
    let design = match survey.design {
        SamplingDesign::Census => "census",
        SamplingDesign::Probability => "probability",
        SamplingDesign::Convenience => "convenience",
    };
    let state = match survey.state {
        SurveyState::Setup => "setup",
        SurveyState::Open => "open",
        SurveyState::Closed => "closed",
    };
    let expected = survey.expected.map(|expected| expected.to_string()).unwrap_or_default();
    let settings = [
        survey.id.as_str(),
        &survey.form.id,
        &survey.form.version,
        design,
        state,
        &expected,
        &survey.minimum_cell.to_string(),
        survey.weighting.as_text(),
        &view.to_query(),
    ];
    for setting in settings {
        hash.update((setting.len() as u32).to_le_bytes());
        hash.update(setting);
    }
    for row in rows {
        hash.update(row);
    }
    hash.finalize().iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
