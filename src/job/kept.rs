use std::cell::RefCell;
use std::future::poll_fn;
use std::ops::ControlFlow;
use std::rc::Rc;
use std::task::{Poll, Waker};

use super::bundle::{is_bare, reference};
use super::{JobError, JobErrorKind, Progress};
use crate::form::Form;
use crate::response::FormReference;
use crate::share::bundle::Bundle;
use crate::store::{Block, ResponseStore};
use crate::summary::Table;
use crate::summary::block::{decode, encode};
use crate::survey::Survey;

/// Responses of a full block. Only full ones are written: what is left over is read in the time of a blink, no block is ever
/// written twice, and a survey of some hundred people needs none at all.
const FULL: usize = 512;
/// Blocks read at a time, one to two megabytes of them.
const TOGETHER: usize = 16;
/// Blocks written at a time: a third of the time of one by one.
const WRITTEN_TOGETHER: usize = 8;
/// Tables kept: of a survey, and of the one that it is compared with.
const TABLES: usize = 2;
/// Forms kept.
const FORMS: usize = 4;

/// Told how far a job is; answers whether to go on.
pub type Tell<'a> = dyn FnMut(Progress) -> ControlFlow<()> + 'a;

/// What a worker keeps between jobs: the last forms, and of the last surveys the table of all responses, without texts.
/// What it gives is right as of the moment it is asked, whoever changed the store in between.
///
/// A table is brought up to date from the blocks beside the responses as far as they reach, then from the responses
/// themselves, and each full block of these is written for the next time. Jobs under way at the same time may share it: those
/// that want the same survey wait for the first and take what it read.
#[derive(Debug, Default)]
pub struct Kept(RefCell<Shelf>);

#[derive(Debug, Default)]
struct Shelf {
    forms: Vec<Rc<Form>>,
    /// The last used first.
    tables: Vec<Known>,
    /// Surveys whose table is being brought up to date.
    out: Vec<String>,
    waiting: Vec<Waker>,
    /// Files being joined, and what those before them brought.
    joining: usize,
    brought: Vec<Brought>,
}

/// A survey that is here, so that files joined with the one that brought it need not wait until the store says so.
#[derive(Debug)]
struct Brought {
    survey: Survey,
    forms: Vec<FormReference>,
    /// There are no examples.
    cleared: bool,
}

/// What is known of a survey's responses up to an arrival. True at every moment, and so is a part of it when a job breaks off.
#[derive(Debug)]
struct Known {
    survey: String,
    form: Rc<Form>,
    table: Rc<Table>,
    /// The last arrival in the table; 0 for none.
    upto: u64,
    /// As the store had it when the first of them was read.
    mark: u64,
    /// With texts, those behind the last full block.
    rest: Rc<Table>,
    /// Where that block ends.
    rest_after: u64,
    unwritten: Vec<Block>,
}

/// A moment of it, for as long as somebody needs it.
struct Seen {
    table: Rc<Table>,
    upto: u64,
    mark: u64,
    rest: Rc<Table>,
    rest_after: u64,
}

impl Kept {
    /// A form as it is kept in the store, built once.
    ///
    /// Errors: the store's; there is none, or it does not build.
    pub async fn form(
        &self,
        reference: &FormReference,
        store: &impl ResponseStore,
    ) -> Result<Rc<Form>, JobError> {
        // What a reference stands for never changes.
        let known = self.0.borrow().forms.iter().find(|form| is_of(form, reference)).cloned();
        if let Some(form) = known {
            return Ok(form);
        }
        let source = store.form(reference).await?;
        let source = source.ok_or_else(|| JobError::new(JobErrorKind::NoForm, &reference.id))?;
        let form = Rc::new(Form::build(&source)?.of_results());
        let forms = &mut self.0.borrow_mut().forms;
        forms.insert(0, Rc::clone(&form));
        forms.truncate(FORMS);
        Ok(form)
    }

    /// All responses of a survey as columns without texts, in order of arrival.
    ///
    /// Errors: the store's, or [`JobErrorKind::Cancelled`]; what was read until then is kept.
    pub async fn table(
        &self,
        survey: &str,
        form: &Rc<Form>,
        store: &impl ResponseStore,
        tell: &mut Tell<'_>,
    ) -> Result<Rc<Table>, JobError> {
        Ok(self.current(survey, form, store, tell).await?.table)
    }

    /// Shows the rows of [`Kept::table`] to `see` with their texts, some hundred at a time, in the same order.
    /// Tells progress twice when the table has to be brought up to date first.
    ///
    /// Errors: as there; and [`JobErrorKind::Store`] when responses were removed in the meantime.
    pub async fn each_block(
        &self,
        survey: &str,
        form: &Rc<Form>,
        store: &impl ResponseStore,
        tell: &mut Tell<'_>,
        mut see: impl FnMut(&Table),
    ) -> Result<(), JobError> {
        // Nobody waits for this one's turn to end while a file is being written.
        let seen = self.current(survey, form, store, tell).await?;
        let (mut done, of) = (0, seen.table.rows.len());
        let (mut after, mut blocks) = (0, true);
        while after < seen.upto {
            if after == seen.rest_after {
                see(&seen.rest);
                (after, done) = (seen.upto, done + seen.rest.rows.len());
            } else {
                let block = if blocks { next_block(survey, form, store, after).await? } else { None };
                blocks = block.is_some();
                let page = match block {
                    Some(block) => Some(block),
                    None => next_page(survey, form, store, after, seen.upto).await?,
                };
                let Some((part, ends)) = page else { break };
                see(&part);
                (after, done) = (ends, done + part.rows.len());
            }
            heed(tell(Progress { done, of }))?;
        }
        if done != of || store.standing(survey).await?.mark != seen.mark {
            return Err(JobError::new(JobErrorKind::Store, "removed meanwhile"));
        }
        Ok(())
    }

    /// What is known of a survey's responses, brought up to date.
    async fn current(
        &self,
        survey: &str,
        form: &Rc<Form>,
        store: &impl ResponseStore,
        tell: &mut Tell<'_>,
    ) -> Result<Seen, JobError> {
        let turn = self.turn(survey).await;
        let mut known = self.take(survey, form).unwrap_or_else(|| Known::new(survey, form, 0));
        let outcome = known.bring_up(store, tell).await;
        let seen = known.seen();
        self.put(known);
        drop(turn);
        outcome.map(|()| seen)
    }

    fn take(&self, survey: &str, form: &Form) -> Option<Known> {
        let tables = &mut self.0.borrow_mut().tables;
        let at = tables.iter().position(|known| known.survey == survey)?;
        let known = tables.remove(at);
        (known.form.id == form.id && known.form.version == form.version).then_some(known)
    }

    fn put(&self, known: Known) {
        let tables = &mut self.0.borrow_mut().tables;
        tables.insert(0, known);
        tables.truncate(TABLES);
    }

    /// Waits until nobody else joins a file whose survey may be new here.
    pub(super) async fn turn_to_join(&self) -> Turn<'_> {
        // No survey has this name.
        self.turn("").await
    }

    /// A file begins to be joined.
    pub(super) fn joining(&self) -> Joining<'_> {
        self.0.borrow_mut().joining += 1;
        Joining(self)
    }

    /// Waits until nobody else brings this survey's table up to date.
    async fn turn(&self, survey: &str) -> Turn<'_> {
        poll_fn(|context| {
            let mut shelf = self.0.borrow_mut();
            if shelf.out.iter().any(|out| out == survey) {
                shelf.waiting.push(context.waker().clone());
                return Poll::Pending;
            }
            shelf.out.push(survey.to_owned());
            Poll::Ready(())
        })
        .await;
        Turn { kept: self, survey: survey.to_owned() }
    }
}

/// Whose turn it is with a survey's table; when dropped, it is the next one's.
pub(super) struct Turn<'a> {
    kept: &'a Kept,
    survey: String,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut shelf = self.kept.0.borrow_mut();
        shelf.out.retain(|out| *out != self.survey);
        let waiting = std::mem::take(&mut shelf.waiting);
        drop(shelf);
        waiting.into_iter().for_each(Waker::wake);
    }
}

/// A file being joined, until this is dropped.
pub(super) struct Joining<'a>(&'a Kept);

impl Joining<'_> {
    /// A bundle's survey as it is here, if the store has all that its responses need since another file was joined.
    pub(super) fn brought(&self, bundle: &Bundle) -> Option<Survey> {
        let shelf = self.0.0.borrow();
        let suits = |one: &&Brought| {
            one.survey.id == bundle.survey.id
                && (one.survey.seal.is_some() || bundle.survey.seal.is_none())
                && (one.cleared || is_bare(bundle))
                && bundle.forms.iter().all(|form| one.forms.contains(&reference(form)))
        };
        let brought = shelf.brought.iter().find(suits).filter(|_| bundle.shown.is_empty());
        brought.map(|brought| brought.survey.clone())
    }

    /// The store has a bundle's survey now, as it is here, and all that its responses need.
    pub(super) fn bring(&self, survey: &Survey, bundle: &Bundle) {
        let brought = Brought {
            survey: survey.clone(),
            forms: bundle.forms.iter().map(reference).collect(),
            cleared: !is_bare(bundle),
        };
        self.0.0.borrow_mut().brought.push(brought);
    }
}

impl Drop for Joining<'_> {
    fn drop(&mut self) {
        let mut shelf = self.0.0.borrow_mut();
        shelf.joining -= 1;
        if shelf.joining == 0 {
            shelf.brought.clear();
        }
    }
}

impl Known {
    fn new(survey: &str, form: &Rc<Form>, mark: u64) -> Known {
        Known {
            survey: survey.to_owned(),
            form: Rc::clone(form),
            table: Rc::new(Table::new(form)),
            upto: 0,
            mark,
            rest: Rc::new(Table::with_texts(form)),
            rest_after: 0,
            unwritten: Vec::new(),
        }
    }

    fn seen(&self) -> Seen {
        Seen {
            table: Rc::clone(&self.table),
            upto: self.upto,
            mark: self.mark,
            rest: Rc::clone(&self.rest),
            rest_after: self.rest_after,
        }
    }

    /// Makes the table that of all responses there are.
    async fn bring_up(&mut self, store: &impl ResponseStore, tell: &mut Tell<'_>) -> Result<(), JobError> {
        let mut standing = store.standing(&self.survey).await?;
        loop {
            if self.mark != standing.mark {
                *self = Known::new(&self.survey, &self.form, standing.mark);
            }
            if self.upto >= standing.last {
                return Ok(());
            }
            self.read(standing.last, store, tell).await?;
            // Also those of a newer version that came after the last one of this.
            Rc::make_mut(&mut self.table).newer = store.newer(&self.survey);
            // Whatever was removed while this was read may be in it.
            standing = store.standing(&self.survey).await?;
            if self.mark == standing.mark {
                return Ok(());
            }
        }
    }

    /// Reads the responses from here on. `last`: the last arrival of all surveys, which is as near to this one's as is worth knowing.
    async fn read(
        &mut self,
        last: u64,
        store: &impl ResponseStore,
        tell: &mut Tell<'_>,
    ) -> Result<(), JobError> {
        let mut blocks = true;
        while self.upto < last {
            blocks = blocks && self.rest.rows.is_empty() && self.take_blocks(store).await?;
            if !blocks && !self.read_page(store).await? {
                break;
            }
            let done = self.table.rows.len();
            heed(tell(Progress { done, of: done + last.saturating_sub(self.upto) as usize }))?;
        }
        self.write(store).await;
        Ok(())
    }

    /// Adds the next responses, as many as make a full block at most. `false`: there are none.
    async fn read_page(&mut self, store: &impl ResponseStore) -> Result<bool, JobError> {
        let left = FULL - self.rest.rows.len();
        let page = store.responses(&self.survey, self.upto, left).await?;
        let Some(end) = page.last() else { return Ok(false) };
        let mut part = Table::with_texts(&self.form);
        page.iter().for_each(|arrived| part.push(&self.form, &arrived.response));
        Rc::make_mut(&mut self.table).append(&part);
        Rc::make_mut(&mut self.rest).append(&part);
        self.upto = end.arrival;
        if self.rest.rows.len() >= FULL {
            let bytes = encode(&self.form, &self.rest);
            self.unwritten.push(Block { after: self.rest_after, upto: self.upto, bytes });
            self.rest = Rc::new(Table::with_texts(&self.form));
            self.rest_after = self.upto;
        }
        if self.unwritten.len() >= WRITTEN_TOGETHER {
            self.write(store).await;
        }
        Ok(true)
    }

    /// Adds the rows of the next blocks. `false`: there are no more that follow.
    async fn take_blocks(&mut self, store: &impl ResponseStore) -> Result<bool, JobError> {
        let blocks = store.blocks(&self.survey, self.upto, TOGETHER).await?;
        for block in &blocks {
            let part =
                if block.after == self.upto { decode(&self.form, &block.bytes, false).ok() } else { None };
            let Some(part) = part else {
                // Left where they are they would be met again: there is no cache from here on. Nobody needs to hear
                // when they cannot be removed.
                let _ = store.remove_blocks(&self.survey, self.upto).await;
                return Ok(false);
            };
            Rc::make_mut(&mut self.table).append(&part);
            self.upto = block.upto;
            self.rest_after = block.upto;
        }
        Ok(blocks.len() == TOGETHER)
    }

    /// Writes what was read for the next time. A full disk is no reason to answer nothing: it is left to the next time.
    async fn write(&mut self, store: &impl ResponseStore) {
        // A block stands for all responses up to its end. Those of a newer version are in none of this one's, and the version
        // that can read them would never look for them.
        if !self.unwritten.is_empty() && store.newer(&self.survey) == 0 {
            let _ = store.put_blocks(&self.survey, self.mark, &self.unwritten).await;
        }
        self.unwritten.clear();
    }
}

/// The block that begins at `after`, with texts, and where it ends.
async fn next_block(
    survey: &str,
    form: &Form,
    store: &impl ResponseStore,
    after: u64,
) -> Result<Option<(Table, u64)>, JobError> {
    let block = store.blocks(survey, after, 1).await?.pop().filter(|block| block.after == after);
    Ok(block.and_then(|block| Some((decode(form, &block.bytes, true).ok()?, block.upto))))
}

/// The next responses after an arrival up to another, and the arrival of the last of them.
async fn next_page(
    survey: &str,
    form: &Form,
    store: &impl ResponseStore,
    after: u64,
    upto: u64,
) -> Result<Option<(Table, u64)>, JobError> {
    let page = store.responses(survey, after, FULL).await?;
    let mut part = (Table::with_texts(form), after);
    for arrived in page.iter().filter(|arrived| arrived.arrival <= upto) {
        part.0.push(form, &arrived.response);
        part.1 = arrived.arrival;
    }
    Ok(Some(part).filter(|(part, _)| !part.rows.is_empty()))
}

fn is_of(form: &Form, reference: &FormReference) -> bool {
    form.id == reference.id && form.version == reference.version
}

/// Breaks off where the teller says so.
pub(super) fn heed(going: ControlFlow<()>) -> Result<(), JobError> {
    match going {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(JobError::new(JobErrorKind::Cancelled, "")),
    }
}
