//! Responses as files that people take away: CSV, a workbook, an SPSS file, and the codebook that explains them.
//!
//! Read [`DataFile`] first: it is shown the responses block by block, as often as it asks, and hands out bytes. Whoever calls
//! reads blocks (from a store, in any order) and keeps the bytes; nothing here waits, and nothing holds more than a bounded
//! part of the answers. [`layout`] is the one description of columns that every format shares.
//!
//! **The order of rows** is that of the random ids, over the whole file, so it tells nothing of when anybody answered, and the
//! same responses make the same bytes in whatever order they arrived. A first reading collects ids (16 bytes each); the sorted
//! ids say which row is whose. Then the answers, as columns some 100 bytes a row, are held in as few parts as fit
//! into memory (100,000 responses of 60 questions: one), each a stretch of the sorted ids, read once and written in order.
//!
//! **Profiles.** A publication has no ids (rows are numbered), no texts, times or moments, months instead of days, no sensitive
//! questions and none that are asked because of them. Of what may tell who somebody is (district, age, ...) it has, in each
//! row, only so much as [`options::LEAST_CLASS`] people have in common, and questions asked because of it go with it. An
//! analyst's file has everything as it was answered.
//! Never a summary's number that was not given, a clock, or a screen.

pub mod codebook;
pub mod layout;
pub mod options;
pub mod sheet;
pub mod variable;

mod archive;
mod block;
mod book;
mod csv;
mod disclosure;
mod plan;
mod readme;
mod sav;
mod xlsx;
mod xml;
mod zip;

pub use archive::Archive;
pub use book::book;
pub use disclosure::LeftOut;
pub use options::{FileError, Format, Notice, Options, Profile, Quasi};

use block::Block;
use csv::Csv;
use plan::{Held, Measure, Plan};
use sav::Sav;
use xlsx::Xlsx;

use crate::form::Form;
use crate::summary::Table;

/// Rows written in one step.
const STRIDE: usize = 2048;
/// So many bytes of answers are held at a time.
const ROOM: usize = 48 << 20;

/// A file being made.
///
/// ```
/// use sondeo::form::{Form, wire::FormSource};
/// use sondeo::i18n::Language;
/// use sondeo::report::file::{DataFile, Format, Notice, Options, Profile, Quasi, Step};
/// use sondeo::summary::Table;
///
/// let source = FormSource { format: 1, languages: vec!["es".to_owned()], ..FormSource::default() };
/// let form = Form::build(&source).unwrap();
/// let blocks: [Table; 0] = [];
/// let options = Options { profile: Profile::Analyst, language: Language::Es, quasi: Quasi::Usual, minimum_cell: 5 };
/// let mut file = DataFile::new(&form, Format::Csv { labels: false }, options, Notice::default());
/// let mut bytes = Vec::new();
/// loop {
///     match file.step(&mut |more| bytes.extend_from_slice(more)).unwrap() {
///         Step::Read => blocks.iter().try_for_each(|block| file.take(block)).unwrap(),
///         Step::Wrote { .. } => {} // Tell how far it is; stop here to cancel.
///         Step::Done => break,
///     }
/// }
/// assert!(bytes.starts_with("\u{feff}id,survey,wave".as_bytes()));
/// ```
#[derive(Debug)]
pub struct DataFile<'a> {
    form: &'a Form,
    format: Format,
    options: Options,
    notice: Notice,
    room: usize,
    state: State<'a>,
}

/// What whoever makes a file does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Show every block by [`DataFile::take`], then take the next step.
    Read,
    /// Some of it is written: take the next step.
    Wrote {
        /// Rows written, of all sheets.
        done: usize,
        /// Of how many.
        of: usize,
    },
    /// The file is whole.
    Done,
}

#[derive(Debug)]
enum State<'a> {
    New,
    Measuring(Box<Measure<'a>>),
    Writing(Box<Writing<'a>>),
    Done,
    Failed(FileError),
}

#[derive(Debug)]
struct Writing<'a> {
    plan: Plan,
    writer: Writer<'a>,
    held: Held,
    /// Which time the rows are written.
    round: usize,
    part: usize,
    phase: Phase,
}

#[derive(Debug, Clone, Copy)]
enum Phase {
    /// The part's rows are to be read.
    Reading,
    /// So many of the part's rows are written.
    At(usize),
}

#[derive(Debug)]
enum Writer<'a> {
    Csv(Box<Csv<'a>>),
    Xlsx(Box<Xlsx<'a>>),
    Sav(Box<Sav<'a>>),
}

impl<'a> DataFile<'a> {
    /// A file of a form's responses. Blocks shown to it must be [`Table::with_texts`] for [`Profile::Analyst`].
    pub fn new(form: &'a Form, format: Format, options: Options, notice: Notice) -> DataFile<'a> {
        DataFile { form, format, options, notice, room: ROOM, state: State::New }
    }

    /// The same file from fewer or more bytes of answers held at a time; fewer than there are mean more readings.
    pub fn with_room(self, bytes: usize) -> DataFile<'a> {
        DataFile { room: bytes.max(1), ..self }
    }

    /// Takes note of a block, after [`Step::Read`].
    ///
    /// Errors: [`FileError::NoTexts`].
    pub fn take(&mut self, block: &Table) -> Result<(), FileError> {
        match &mut self.state {
            State::Measuring(measure) => measure.see(block),
            State::Writing(writing) => {
                writing.held.take(&writing.plan, block);
                Ok(())
            }
            State::New | State::Done => Ok(()),
            State::Failed(error) => Err(*error),
        }
    }

    /// Goes on: hands bytes to `sink`, in pieces of some ten thousand, in the order of the file.
    ///
    /// Errors: a publication of too few responses; a workbook that would be too large; responses that went between two
    /// readings. What was handed out before an error is no file.
    pub fn step(&mut self, sink: &mut dyn FnMut(&[u8])) -> Result<Step, FileError> {
        let step = self.go_on(sink);
        if let Err(error) = step {
            self.state = State::Failed(error);
        }
        step
    }

    fn go_on(&mut self, sink: &mut dyn FnMut(&[u8])) -> Result<Step, FileError> {
        match std::mem::replace(&mut self.state, State::Done) {
            State::New => {
                self.state = State::Measuring(Box::new(Measure::new(self.form, &self.options)));
                Ok(Step::Read)
            }
            State::Measuring(measure) => {
                let writing = Box::new(self.begin(*measure, sink)?);
                if writing.plan.parts.is_empty() {
                    return self.end(writing, sink);
                }
                self.state = State::Writing(writing);
                Ok(Step::Read)
            }
            State::Writing(writing) => self.write(writing, sink),
            State::Done => Ok(Step::Done),
            State::Failed(error) => Err(error),
        }
    }

    fn begin(&mut self, measure: Measure<'a>, sink: &mut dyn FnMut(&[u8])) -> Result<Writing<'a>, FileError> {
        let (layout, plan) = measure.plan(self.room, self.format)?;
        let notice = std::mem::take(&mut self.notice);
        let mut writer = match self.format {
            Format::Csv { labels } => Writer::Csv(Box::new(Csv::new(layout, labels, &notice))),
            Format::Xlsx => Writer::Xlsx(Box::new(Xlsx::new(layout, &plan, notice, &self.options)?)),
            Format::Sav => Writer::Sav(Box::new(Sav::new(layout, &plan, &notice, &self.options))),
        };
        match &mut writer {
            Writer::Csv(csv) => csv.head(sink),
            Writer::Xlsx(xlsx) => xlsx.head(sink)?,
            Writer::Sav(sav) => sav.head(sink),
        }
        let range = plan.parts.first().cloned().unwrap_or(0..0);
        let held = Held::new(self.form, self.options.profile, range);
        Ok(Writing { plan, writer, held, round: 0, part: 0, phase: Phase::Reading })
    }

    fn write(
        &mut self,
        mut writing: Box<Writing<'a>>,
        sink: &mut dyn FnMut(&[u8]),
    ) -> Result<Step, FileError> {
        let start = match writing.phase {
            Phase::Reading => {
                writing.held.close()?;
                0
            }
            Phase::At(start) => start,
        };
        let range = writing.plan.parts.get(writing.part).cloned().unwrap_or(0..0);
        let before = range.start + start;
        let (table, places) = writing.held.rows(start, STRIDE);
        let rows = table.rows.len();
        let withheld = writing.plan.withheld.get(before..before + rows).unwrap_or_default();
        let block = Block { form: self.form, table, places, before, withheld };
        match &mut writing.writer {
            Writer::Csv(csv) => csv.rows(&block, sink),
            Writer::Xlsx(xlsx) => xlsx.rows(&block, sink)?,
            Writer::Sav(sav) => sav.rows(&block, sink),
        }
        let all = writing.plan.ids.len();
        let step =
            Step::Wrote { done: writing.round * all + before + rows, of: writing.writer.rounds() * all };
        writing.phase = Phase::At(start + rows);
        if before + rows < range.end {
            self.state = State::Writing(writing);
            return Ok(step);
        }
        let last = writing.part + 1 == writing.plan.parts.len();
        if last {
            writing.round += 1;
            if writing.round == writing.writer.rounds() {
                return self.end(writing, sink);
            }
            writing.writer.next_round(sink)?;
        }
        if writing.plan.parts.len() == 1 {
            // All rows are held already.
            writing.phase = Phase::At(0);
            self.state = State::Writing(writing);
            return Ok(step);
        }
        writing.part = if last { 0 } else { writing.part + 1 };
        let range = writing.plan.parts.get(writing.part).cloned().unwrap_or(0..0);
        writing.held = Held::new(self.form, self.options.profile, range);
        writing.phase = Phase::Reading;
        self.state = State::Writing(writing);
        Ok(Step::Read)
    }

    fn end(&mut self, mut writing: Box<Writing<'a>>, sink: &mut dyn FnMut(&[u8])) -> Result<Step, FileError> {
        match &mut writing.writer {
            Writer::Csv(_) => {}
            Writer::Xlsx(xlsx) => xlsx.finish(sink)?,
            Writer::Sav(sav) => sav.finish(sink),
        }
        let all = writing.plan.ids.len() * writing.writer.rounds();
        Ok(Step::Wrote { done: all, of: all })
    }
}

impl Writer<'_> {
    /// How many times all rows are written.
    fn rounds(&self) -> usize {
        match self {
            Writer::Csv(_) | Writer::Sav(_) => 1,
            Writer::Xlsx(_) => xlsx::ROUNDS,
        }
    }

    fn next_round(&mut self, sink: &mut dyn FnMut(&[u8])) -> Result<(), FileError> {
        match self {
            Writer::Csv(_) | Writer::Sav(_) => Ok(()),
            Writer::Xlsx(xlsx) => xlsx.next_round(sink),
        }
    }
}
