//! Responses from a table: a file that another tool wrote, one that somebody typed from paper, or Sondeo's own. Read [`table`]
//! first. `column` says what the columns are, `cell` reads one value, `person` runs a row through the form, `told` says to
//! people what is wrong. A file is looked at before anything of it is kept, and what is kept is one transaction.

mod cell;
mod column;
mod contents;
mod person;
mod told;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::kept::heed;
use super::run::{BATCH, survey_and_form};
use super::{JobError, JobErrorKind, Outcome, Progress, ToldProblem, Tools};
use crate::form::{Date, Form};
use crate::i18n::{Language, table as say};
use crate::response::{Response, ResponseId};
use crate::store::ResponseStore;
use crate::survey::Survey;
use crate::xlsform::{Tables, tables};
use cell::Order;
use column::{About, Columns};
use contents::{content_id, named_id};
use person::{Fault, Given, People};
use told::Teller;

/// Problems told one by one; of more only the number.
const MOST_TOLD: usize = 200;

/// What is to become of a file of responses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableFile {
    /// The survey's id.
    pub survey: String,
    /// The day that a row without one counts for.
    pub day: Date,
    /// The language in which problems are told.
    pub language: Language,
}

/// What reading a file of responses came to, told to people.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TableRead {
    /// The sheet that was read; empty in a text file.
    pub sheet: String,
    /// Rows.
    pub rows: usize,
    /// Rows that can be added as they are.
    pub new: usize,
    /// Rows whose responses are here already.
    pub here: usize,
    /// Rows that break a rule of the form, and that can be added as they were answered.
    pub breaks: usize,
    /// Rows that cannot be added.
    pub barred: usize,
    /// Rows that would be added and tell no day.
    pub undated: usize,
    /// Every column, in order.
    pub columns: Vec<TableColumn>,
    /// The first of what is wrong, in the order of rows; those that bar keep their row out.
    pub problems: Vec<ToldProblem>,
    /// How many more there are.
    pub more: usize,
    /// What concerns the whole file.
    pub notices: Vec<String>,
}

/// What a column of a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableColumn {
    /// Its header.
    pub header: String,
    /// What it is read as, or why it is not.
    pub what: String,
    /// It is not read.
    pub left_out: bool,
}

/// Reads a file of responses: says what would come of it ([`Outcome::Table`]) or, where `add` is given, adds its rows:
/// those without a problem, and with `Some(true)` those that break a rule of the form too ([`Outcome::Added`]).
///
/// Errors: [`JobErrorKind::Refused`], with why, for what holds no response to this survey; else the store's.
pub(super) async fn table(
    file: &TableFile,
    add: Option<bool>,
    store: &impl ResponseStore,
    tools: &mut Tools<'_>,
) -> Result<Outcome, JobError> {
    let language = file.language;
    let (survey, form) = survey_and_form(&file.survey, store, tools).await?;
    let refuse = |why: String| JobError::new(JobErrorKind::Refused, why);
    let bytes = tools.given.unwrap_or_default();
    let tables = tables(bytes).map_err(|error| refuse(say::unopened(&error, language)))?;
    let (place, columns) = best(&form, &tables);
    if columns.fields.is_empty() {
        return Err(refuse(say::no_question(language).to_owned()));
    }
    let counts = store.counts().await?.into_iter().find(|(of, _)| *of == survey.id);
    let here = counts.map(|(_, counts)| counts).unwrap_or_default();
    let mut reading = Reading {
        people: People::new(&form, &columns, tools.matches, language)
            .map_err(|cycle| JobError::new(JobErrorKind::Form, format!("{cycle:?}")))?,
        teller: Teller { form: &form, columns: &columns, language, told: Vec::new(), more: 0 },
        orders: orders(&form, &columns, &tables, place),
        takes_examples: here.finished == here.examples,
        seen: BTreeMap::new(),
        alike: BTreeMap::new(),
        waiting: Vec::new(),
        ready: Vec::new(),
        people_come: false,
        read: TableRead::default(),
        file,
        survey: &survey,
        form: &form,
        columns: &columns,
        add,
    };
    let of = tables.rows(place).count();
    for (number, cells) in tables.rows(place) {
        reading.row(number, &cells);
        if reading.waiting.len() == BATCH {
            reading.settle(store).await?;
            heed((tools.progress)(Progress { done: reading.read.rows, of }))?;
        }
    }
    reading.settle(store).await?;
    let Reading { teller, ready, people_come, mut read, .. } = reading;
    if add.is_some() {
        // Examples are never mixed with people's responses.
        if ready.iter().any(|response| !response.example) && here.examples > 0 {
            store.remove_examples(&survey.id).await?;
        }
        return Ok(Outcome::Added(store.add(&ready).await?.added));
    }
    read.sheet = tables.headers().get(place).map_or_else(String::new, |(name, _)| (*name).to_owned());
    read.columns = teller.columns();
    read.notices = teller.notices();
    if people_come && here.examples > 0 {
        read.notices.push(say::examples_go(language).to_owned());
    }
    (read.problems, read.more) = (teller.told, teller.more);
    Ok(Outcome::Table(Box::new(read)))
}

/// The table of a file whose columns fit the form best, the first of those that fit alike.
fn best<'f>(form: &'f Form, tables: &Tables<'_>) -> (usize, Columns<'f>) {
    let names = column::Names::of(form);
    let mut best: Option<(usize, Columns<'f>)> = None;
    for (place, (_, header)) in tables.headers().into_iter().enumerate() {
        let columns = Columns::of(form, &names, header);
        if best.as_ref().is_none_or(|(_, best)| best.fields.len() < columns.fields.len()) {
            best = Some((place, columns));
        }
    }
    best.unwrap_or_default()
}

/// Per column, whether its days are written day or month first, where one of them tells.
fn orders(form: &Form, columns: &Columns<'_>, tables: &Tables<'_>, place: usize) -> Vec<Order> {
    let mut orders = vec![Order::default(); columns.roles.len()];
    let dated: Vec<usize> = columns.dated(form);
    for (_, cells) in tables.rows(place).filter(|_| !dated.is_empty()) {
        for at in &dated {
            if let (Some(cell), Some(order)) = (cells.get(*at), orders.get_mut(*at)) {
                order.see(cell);
            }
        }
    }
    orders
}

/// A file being read.
struct Reading<'a> {
    people: People<'a>,
    teller: Teller<'a>,
    orders: Vec<Order>,
    /// Nobody has answered here: examples may be added.
    takes_examples: bool,
    /// The rows of ids that were there, by what they say.
    seen: BTreeMap<ResponseId, Seen>,
    /// How often rows without an id said the same.
    alike: BTreeMap<[u8; 32], u64>,
    /// Rows that may be added, and are to be looked for in the store.
    waiting: Vec<Waiting>,
    /// What is added in the end.
    ready: Vec<Response>,
    /// Some of what may be added is no example.
    people_come: bool,
    read: TableRead,
    file: &'a TableFile,
    survey: &'a Survey,
    form: &'a Rc<Form>,
    columns: &'a Columns<'a>,
    add: Option<bool>,
}

/// A row that came before.
struct Seen {
    number: usize,
    says: [u8; 32],
}

/// A row that can be added, as far as the file goes.
struct Waiting {
    number: usize,
    response: Response,
    faults: Vec<Fault>,
    undated: bool,
}

impl Reading<'_> {
    fn row(&mut self, number: usize, cells: &[String]) {
        self.read.rows += 1;
        let given = Given::read(self.form, self.columns, &self.orders, cells);
        let mut faults = given.faults.clone();
        let days = self.days(cells);
        let wave = self.text_of(About::Wave, cells).map_or_else(|| self.survey.wave(), Cow::into_owned);
        if !is_wave(&wave) {
            faults.push(Fault::bars(self.columns.about(About::Wave), person::FaultKind::Wave(wave.clone())));
        }
        let example = self.text_of(About::Example, cells).is_some_and(|text| text == "1");
        if example && !self.takes_examples {
            faults.push(Fault::bars(self.columns.about(About::Example), person::FaultKind::Example));
        }
        let language = self.text_of(About::Language, cells);
        let language = language.and_then(|tag| self.form.language(&tag)).unwrap_or(0);
        let says = given.says(self.columns, &wave, days);
        let id = self.id(cells, &says);
        // The same person twice: said once, it is no problem.
        if let Some(before) = self.seen.get(&id) {
            if before.says != says {
                let kind = person::FaultKind::Twice(before.number);
                faults.push(Fault::bars(self.columns.ids.first().copied(), kind));
            } else if !faults.iter().any(|fault| fault.bars) {
                self.read.here += 1;
                return;
            }
        } else {
            self.seen.insert(id, Seen { number, says });
        }
        if faults.iter().any(|fault| fault.bars) {
            self.read.barred += 1;
            return self.teller.tell(number, &faults);
        }
        let finished = days.1.unwrap_or(self.file.day);
        let seed = u64::from_be_bytes(contents::ending(&id.0));
        let filled = self.people.fill(&given, seed, language, finished);
        faults.extend(filled.faults);
        if faults.iter().any(|fault| fault.bars) {
            self.read.barred += 1;
            return self.teller.tell(number, &faults);
        }
        let response = Response {
            id,
            survey: self.survey.id.clone(),
            form: self.survey.form.clone(),
            wave,
            language: self.form.languages.get(language).cloned().unwrap_or_default(),
            started: days.0.unwrap_or(finished).min(finished),
            finished,
            example,
            answers: filled.answers,
        };
        self.waiting.push(Waiting { number, response, faults, undated: days.1.is_none() });
    }

    /// Begun and finished, as far as the row says.
    fn days(&self, cells: &[String]) -> (Option<Date>, Option<Date>) {
        let first = |columns: &[usize]| {
            columns.iter().find_map(|at| {
                let order = self.orders.get(*at).copied().unwrap_or_default();
                cell::day(cells.get(*at)?, order).ok()
            })
        };
        let (started, finished) = (first(&self.columns.started), first(&self.columns.finished));
        (started.or(finished), finished.or(started))
    }

    fn text_of<'c>(&self, about: About, cells: &'c [String]) -> Option<Cow<'c, str>> {
        let text = cells.get(self.columns.about(about)?)?.trim();
        (!text.is_empty()).then_some(Cow::Borrowed(text))
    }

    /// The id of a row: its own where it has one, else made of what it says and how often that was said before.
    fn id(&mut self, cells: &[String], says: &[u8; 32]) -> ResponseId {
        let mut named = self.columns.ids.iter().filter_map(|at| cells.get(*at));
        if let Some(name) = named.find(|name| !name.trim().is_empty()) {
            let name = name.trim();
            let same_survey = self.text_of(About::Survey, cells).is_some_and(|id| id == self.survey.id);
            let own = ResponseId::from_text(name).filter(|_| self.columns.own && same_survey);
            return own.unwrap_or_else(|| named_id(&self.survey.id, name));
        }
        let before = self.alike.entry(*says).or_default();
        *before += 1;
        content_id(&self.survey.id, says, *before)
    }

    /// Looks for the waiting rows in the store, and says what becomes of each.
    async fn settle(&mut self, store: &impl ResponseStore) -> Result<(), JobError> {
        let waiting = std::mem::take(&mut self.waiting);
        let ids: Vec<ResponseId> = waiting.iter().map(|row| row.response.id).collect();
        let known = if ids.is_empty() { Vec::new() } else { store.known(&ids).await? };
        let known: BTreeMap<ResponseId, Response> = known.into_iter().map(|one| (one.id, one)).collect();
        for Waiting { number, response, mut faults, undated } in waiting {
            match known.get(&response.id) {
                Some(here) if same(here, &response) => self.read.here += 1,
                Some(_) => {
                    faults.insert(0, Fault::bars(None, person::FaultKind::Differs));
                    self.read.barred += 1;
                    self.teller.tell(number, &faults);
                }
                None => {
                    let breaks = !faults.is_empty();
                    if breaks {
                        self.read.breaks += 1;
                        self.teller.tell(number, &faults);
                    } else {
                        self.read.new += 1;
                    }
                    self.read.undated += usize::from(undated);
                    self.people_come |= !response.example;
                    if self.add.is_some_and(|as_answered| as_answered || !breaks) {
                        self.ready.push(response);
                    }
                }
            }
        }
        Ok(())
    }
}

/// Whether two responses of one id say the same. Days do not count: a file without them has those of its import.
fn same(here: &Response, row: &Response) -> bool {
    here.survey == row.survey && here.wave == row.wave && here.answers == row.answers
}

fn is_wave(wave: &str) -> bool {
    matches!(wave, "post" | "followup") || wave.parse::<u16>().is_ok_and(|wave| wave > 0)
}

/// The distinct texts, in order.
fn distinct<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<&'t str> {
    let mut seen = BTreeSet::new();
    texts.filter(|text| seen.insert(*text)).collect()
}
