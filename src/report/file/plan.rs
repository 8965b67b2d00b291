use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::block::{Places, pick};
use super::disclosure::{blanking, quasi, withheld};
use super::layout::Layout;
use super::options::{FileError, Format, LEAST_CLASS, LEAST_ROWS, Options, Profile, Quasi};
use crate::form::{Date, Form, NodeId};
use crate::response::ResponseId;
use crate::summary::{Cells, Column, Table};

/// What the first reading finds out: ids, how many instances and how long texts there are, who is rare.
#[derive(Debug)]
pub(super) struct Measure<'a> {
    form: &'a Form,
    options: Options,
    ids: Vec<ResponseId>,
    instances: Vec<usize>,
    widths: Vec<usize>,
    waves: BTreeSet<String>,
    languages: BTreeSet<String>,
    days: Option<(i32, i32)>,
    examples: usize,
    strays: usize,
    held: usize,
    quasi: Vec<NodeId>,
    /// Per quasi-identifier, the number of each value that no code stands for.
    numbers: Vec<HashMap<Vec<u64>, u32>>,
    classes: Vec<Vec<u32>>,
}

/// What is known before the first row is written.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    /// Ids in the order of rows.
    pub(super) ids: Vec<ResponseId>,
    /// Per row, the level of blanking; empty: nobody has one.
    pub(super) withheld: Vec<u8>,
    /// Rows that are held at a time.
    pub(super) parts: Vec<Range<usize>>,
    /// Per column of the tables, the longest text in bytes.
    pub(super) widths: Vec<usize>,
    /// The waves.
    pub(super) waves: BTreeSet<String>,
    /// The language tags.
    pub(super) languages: BTreeSet<String>,
    /// First and last day of finishing.
    pub(super) days: Option<(Date, Date)>,
    /// How many responses the program made up.
    pub(super) examples: usize,
    /// How many answers fit no choice.
    pub(super) strays: usize,
    /// There are too few rows to tell any.
    pub(super) rowless: bool,
}

impl<'a> Measure<'a> {
    pub(super) fn new(form: &'a Form, options: &Options) -> Measure<'a> {
        let table = Table::new(form);
        let quasi = match options.profile {
            // What stands in a repeat is left out of publications altogether.
            Profile::Publication => quasi(form, options)
                .into_iter()
                .filter(|id| table.columns.iter().any(|column| column.node == *id && column.repeat.is_none()))
                .collect(),
            Profile::Analyst => Vec::new(),
        };
        Measure {
            form,
            options: options.clone(),
            ids: Vec::new(),
            instances: vec![0; table.repeats.len()],
            widths: vec![0; table.columns.len()],
            waves: BTreeSet::new(),
            languages: BTreeSet::new(),
            days: None,
            examples: 0,
            strays: 0,
            held: 0,
            numbers: vec![HashMap::new(); quasi.len()],
            quasi,
            classes: Vec::new(),
        }
    }

    /// Takes note of a block.
    pub(super) fn see(&mut self, block: &Table) -> Result<(), FileError> {
        let texts = block.columns.iter().any(|column| matches!(column.cells, Cells::States(_)));
        if texts && self.options.profile == Profile::Analyst {
            return Err(FileError::NoTexts);
        }
        self.ids.extend(block.rows.iter().map(|facts| facts.id));
        for (most, owners) in self.instances.iter_mut().zip(&block.repeats) {
            let longest = owners.chunk_by(|a, b| a == b).map(<[u32]>::len).max().unwrap_or(0);
            *most = longest.max(*most);
        }
        for (width, column) in self.widths.iter_mut().zip(&block.columns) {
            self.held += match (&column.cells, self.options.profile) {
                (Cells::Texts(texts), Profile::Publication) => texts.states.len(),
                (cells, _) => bytes(cells),
            };
            if let Cells::Texts(texts) = &column.cells {
                let mut before = 0;
                for end in &texts.ends {
                    *width = (*end as usize - before).max(*width);
                    before = *end as usize;
                }
            }
        }
        for (known, names) in [(&mut self.waves, &block.waves), (&mut self.languages, &block.languages)] {
            for name in names {
                if !known.contains(name) {
                    known.insert(name.clone());
                }
            }
        }
        for facts in &block.rows {
            let (first, last) = self.days.unwrap_or((facts.finished, facts.finished));
            self.days = Some((first.min(facts.finished), last.max(facts.finished)));
            self.examples += usize::from(facts.example);
        }
        self.strays += block.strays.len();
        if self.options.profile == Profile::Publication {
            self.see_classes(block);
        }
        Ok(())
    }

    fn see_classes(&mut self, block: &Table) {
        let first = self.classes.len();
        self.classes.resize_with(first + block.rows.len(), || Vec::with_capacity(self.quasi.len()));
        let rows = self.classes.get_mut(first..).unwrap_or_default();
        for (id, numbers) in self.quasi.iter().zip(&mut self.numbers) {
            let column = block.columns.iter().find(|column| column.node == *id);
            let Some(column) = column else { continue };
            for (row, class) in rows.iter_mut().enumerate() {
                class.push(value_number(column, row, numbers));
            }
        }
    }

    /// The layout, the order of rows, and the parts of them that fit into so many bytes.
    ///
    /// A workbook holds tables as well: of too few responses, or where nobody knows which questions tell who somebody is, it
    /// has no rows, and of still fewer it is none.
    ///
    /// Errors: [`FileError::TooFew`] for a publication of fewer responses than may be told, [`FileError::Telling`].
    pub(super) fn plan(self, room: usize, format: Format) -> Result<(Layout<'a>, Plan), FileError> {
        let publication = self.options.profile == Profile::Publication;
        let few = publication && self.ids.len() < self.options.minimum_cell.max(LEAST_ROWS);
        let unknown = publication && self.options.quasi == Quasi::Unknown;
        let rowless = few || unknown;
        let least = if format == Format::Xlsx { self.options.minimum_cell } else { LEAST_ROWS };
        if few && self.ids.len() < least.max(self.options.minimum_cell) {
            return Err(FileError::TooFew { least: least.max(self.options.minimum_cell) });
        }
        if unknown && format != Format::Xlsx {
            return Err(FileError::Telling);
        }
        let blanking = blanking(&self.classes, self.quasi.len(), LEAST_CLASS);
        let blanked: Vec<NodeId> =
            blanking.order.iter().filter_map(|at| self.quasi.get(*at).copied()).collect();
        let withheld = withheld(self.form, &blanked);
        let layout = Layout::withholding(self.form, &self.options, Some(&self.instances), &withheld);
        let mut order: Vec<(ResponseId, usize)> =
            self.ids.iter().copied().enumerate().map(|(at, id)| (id, at)).collect();
        order.sort_unstable();
        order.dedup_by_key(|(id, _)| *id);
        let level = |at: usize| blanking.levels.get(at).copied().unwrap_or(0);
        let withheld = match blanking.levels.iter().any(|level| *level > 0) {
            true => order.iter().map(|(_, at)| level(*at)).collect(),
            false => Vec::new(),
        };
        let rows = order.len();
        let most = rows.div_ceil(self.held.div_ceil(room).max(1)).max(1);
        let parts = (0..rows).step_by(most).map(|start| start..(start + most).min(rows));
        let parts = parts.filter(|_| !rowless).collect();
        let plan = Plan {
            ids: order.into_iter().map(|(id, _)| id).collect(),
            withheld,
            parts,
            widths: self.widths,
            waves: self.waves,
            languages: self.languages,
            days: self.days.map(|(first, last)| (Date::from_days(first), Date::from_days(last))),
            examples: self.examples,
            strays: self.strays,
            rowless,
        };
        Ok((layout, plan))
    }
}

impl Plan {
    /// How many rows have answers withheld.
    pub(super) fn withheld_rows(&self) -> usize {
        self.withheld.iter().filter(|level| **level > 0).count()
    }
}

/// A number for the value of a cell: its code where it has one, else the next number at its first sight. Only whether two
/// numbers are the same counts.
fn value_number(column: &Column, row: usize, numbers: &mut HashMap<Vec<u64>, u32>) -> u32 {
    let key: Vec<u64> = match &column.cells {
        Cells::Codes(codes) => return codes.get(row).copied().map_or(0, u32::from),
        Cells::Wide(codes) => return codes.get(row).copied().map_or(0, u32::from),
        Cells::Sets { stride, words } => {
            words.get(row * stride..(row + 1) * stride).unwrap_or_default().to_vec()
        }
        Cells::Orders { stride, codes } => {
            let codes = codes.get(row * stride..(row + 1) * stride).unwrap_or_default();
            codes.iter().map(|code| u64::from(*code)).collect()
        }
        Cells::Numbers(values) => vec![values.get(row).map_or(0, |value| value.to_bits())],
        Cells::Days(days) => vec![days.get(row).map_or(0, |day| month_of(*day) as u64)],
        Cells::States(_) | Cells::Texts(_) => return 0,
    };
    let next = numbers.len() as u32;
    *numbers.entry(key).or_insert(next)
}

/// The first day of a day's month; the days that stand for no answer stay as they are.
pub(super) fn month_of(day: i32) -> i32 {
    if day < -1_000_000_000 {
        return day;
    }
    let date = Date::from_days(day);
    Date { day: 1, ..date }.days()
}

fn bytes(cells: &Cells) -> usize {
    match cells {
        Cells::Codes(codes) => codes.len(),
        Cells::Wide(codes) => codes.len() * 2,
        Cells::Sets { words, .. } => words.len() * 8,
        Cells::Orders { codes, .. } => codes.len() * 2,
        Cells::Numbers(numbers) => numbers.len() * 8,
        Cells::Days(days) => days.len() * 4,
        Cells::States(states) => states.len(),
        Cells::Texts(texts) => texts.text.len() + texts.states.len() * 5,
    }
}

/// The rows of one part, held in order of arrival and handed out in the order of the file.
#[derive(Debug)]
pub(super) struct Held {
    range: Range<usize>,
    table: Table,
    places: Places,
    /// Where each row of the part stands in the table.
    at: Vec<u32>,
    picked: Table,
    picked_places: Places,
}

/// Rows that have not arrived.
const AWAITED: u32 = u32::MAX;

impl Held {
    pub(super) fn new(form: &Form, profile: Profile, range: Range<usize>) -> Held {
        let empty = || match profile {
            Profile::Publication => Table::new(form),
            Profile::Analyst => Table::with_texts(form),
        };
        Held {
            at: vec![AWAITED; range.len()],
            range,
            table: empty(),
            places: Places::default(),
            picked: empty(),
            picked_places: Places::default(),
        }
    }

    /// Keeps the rows of a block that belong to this part. Responses that came after the first reading belong to none.
    pub(super) fn take(&mut self, plan: &Plan, block: &Table) {
        let ids = plan.ids.get(self.range.clone()).unwrap_or_default();
        let mut mine = Vec::new();
        for (row, facts) in (0..).zip(&block.rows) {
            let Ok(position) = ids.binary_search(&facts.id) else { continue };
            if let Some(at) = self.at.get_mut(position).filter(|at| **at == AWAITED) {
                *at = (self.table.rows.len() + mine.len()) as u32;
                mine.push(row);
            }
        }
        if mine.len() == block.rows.len() {
            self.table.append(block);
        } else if !mine.is_empty() {
            pick(block, &Places::of(block), &mine, &mut self.picked);
            self.table.append(&self.picked);
        }
    }

    /// Everything has been shown: whether each row has arrived.
    pub(super) fn close(&mut self) -> Result<(), FileError> {
        self.places = Places::of(&self.table);
        if self.at.contains(&AWAITED) { Err(FileError::Changed) } else { Ok(()) }
    }

    /// Rows from `start` of this part on, at most `most`, in the order of the file.
    pub(super) fn rows(&mut self, start: usize, most: usize) -> (&Table, &Places) {
        let rest = self.at.get(start..).unwrap_or_default();
        let rows = rest.get(..most.min(rest.len())).unwrap_or_default();
        pick(&self.table, &self.places, rows, &mut self.picked);
        self.picked_places = Places::of(&self.picked);
        (&self.picked, &self.picked_places)
    }
}
