//! A row as somebody's filling of the form. Read [`People::fill`] first.

use std::collections::HashMap;
use std::rc::Rc;

use super::cell::{self, CellFault, Order};
use super::column::{Columns, Field};
use super::contents::digest;
use crate::engine::{Answer, At, Cycle, Moment, Session, Settings, ViolationKind};
use crate::form::{Date, Form};
use crate::i18n::{Language, file as words};
use crate::xpath::Math;

/// Something wrong with a row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fault {
    /// The row cannot be added because of it.
    pub(super) bars: bool,
    /// The column; `None`: the row.
    pub(super) column: Option<usize>,
    /// What.
    pub(super) kind: FaultKind,
}

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum FaultKind {
    /// A cell holds no answer to its question.
    Cell {
        /// Position of the field.
        field: usize,
        /// What stands there.
        text: String,
        /// What is wrong.
        fault: CellFault,
    },
    /// No survey has such a wave.
    Wave(String),
    /// The program made it up, and people have answered here.
    Example,
    /// An earlier row, of this number, has its id and says something else.
    Twice(usize),
    /// A response of its id is here and says something else.
    Differs,
    /// The form would not have asked it, so that the answer is dropped.
    NotAsked,
    /// The form would not have offered what was chosen, so that it is dropped.
    NotOffered,
    /// It must be answered.
    Required,
    /// The form's constraint does not hold; its own message, if it has one.
    Constraint(String),
    /// A choice that stands alone was marked with others.
    Contradicts,
}

impl Fault {
    /// One that keeps the row out.
    pub(super) fn bars(column: Option<usize>, kind: FaultKind) -> Fault {
        Fault { bars: true, column, kind }
    }

    fn breaks(column: Option<usize>, kind: FaultKind) -> Fault {
        Fault { bars: false, column, kind }
    }
}

/// What a cell gives.
#[derive(Debug, Clone, PartialEq)]
enum Said {
    /// Nothing stands there.
    Blank,
    /// It was shown, and skipped.
    Skipped,
    /// An answer.
    Answer(Answer),
    /// One of these choices, whichever is offered.
    OneOf(Vec<String>),
}

/// What a row gives, field by field.
#[derive(Debug)]
pub(super) struct Given {
    said: Vec<Said>,
    /// Cells that hold no answer.
    pub(super) faults: Vec<Fault>,
}

impl Given {
    /// Reads the cells of a row.
    pub(super) fn read(form: &Form, columns: &Columns<'_>, orders: &[Order], cells: &[String]) -> Given {
        let mut given = Given { said: Vec::with_capacity(columns.fields.len()), faults: Vec::new() };
        for (at, field) in columns.fields.iter().enumerate() {
            let (column, text, read) = match field.whole {
                Some(column) => {
                    let text = cells.get(column).map(String::as_str).unwrap_or_default();
                    let order = orders.get(column).copied().unwrap_or_default();
                    (Some(column), text, said(form, field, columns.own, order, text))
                }
                None => {
                    let cell = |(at, name): &'_ (usize, String)| {
                        (name.clone(), cells.get(*at).cloned().unwrap_or_default())
                    };
                    let cells: Vec<(String, String)> = field.marks.iter().map(cell).collect();
                    let marks: Vec<(&str, &str)> =
                        cells.iter().map(|(name, cell)| (name.as_str(), cell.as_str())).collect();
                    let list = form.choices_of(field.node);
                    let read = list.map_or(Ok(None), |list| cell::marked(list, field.kind, &marks));
                    let read = read.map(|answer| answer.map_or(Said::Blank, Said::Answer));
                    (field.marks.first().map(|(at, _)| *at), "", read)
                }
            };
            given.said.push(match read {
                Ok(said) => said,
                Err(CellFault::SeveralChoices(names)) => Said::OneOf(names),
                Err(fault) => {
                    let kind = FaultKind::Cell { field: at, text: text.trim().to_owned(), fault };
                    given.faults.push(Fault::bars(column, kind));
                    Said::Blank
                }
            });
        }
        given
    }

    /// A hash of what the row says, whatever columns say it and in which order.
    pub(super) fn says(
        &self,
        columns: &Columns<'_>,
        wave: &str,
        (started, finished): (Option<Date>, Option<Date>),
    ) -> [u8; 32] {
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let (started, finished) = (day(started), day(finished));
        let mut parts: Vec<String> = vec![wave.to_owned(), started, finished];
        for (field, said) in columns.fields.iter().zip(&self.said) {
            match said {
                Said::Answer(answer) if answer.is_empty() => {}
                Said::Answer(answer) => parts.extend([field.path.clone(), answer.to_text()]),
                Said::OneOf(names) => parts.extend([field.path.clone(), names.join("\n")]),
                Said::Blank | Said::Skipped => {}
            }
        }
        for fault in &self.faults {
            if let FaultKind::Cell { field, text, .. } = &fault.kind
                && let Some(field) = columns.fields.get(*field)
            {
                parts.extend([field.path.clone(), text.clone()]);
            }
        }
        digest(&parts.iter().map(String::as_bytes).collect::<Vec<_>>())
    }
}

fn said(form: &Form, field: &Field<'_>, own: bool, order: Order, text: &str) -> Result<Said, CellFault> {
    let plain = text.trim();
    if plain.is_empty() {
        return Ok(Said::Blank);
    }
    let skipped = |language| plain == words::no_answer(language);
    if own && (plain == "NA" || Language::ALL.into_iter().any(skipped)) {
        return Ok(Said::Skipped);
    }
    // Sondeo's own guard against what a spreadsheet would take for a formula.
    let guarded = text.strip_prefix('\'').filter(|_| own);
    let text = guarded.filter(|rest| rest.starts_with(['=', '+', '-', '@', '\t', '\r'])).unwrap_or(text);
    cell::answer(form, field.node, field.kind, order, text).map(Said::Answer)
}

/// What becomes of a row in the form.
pub(super) struct Filled {
    /// The answers, as a phone would have kept them.
    pub(super) answers: Vec<(String, Answer)>,
    /// The rules that they break.
    pub(super) faults: Vec<Fault>,
}

/// Fills the form in for one row after the other.
pub(super) struct People<'a> {
    form: &'a Rc<Form>,
    columns: &'a Columns<'a>,
    /// Position of a field by its path.
    fields: HashMap<&'a str, usize>,
    /// Paths of questions whose value the form computes.
    computed: Vec<String>,
    /// A filling that nobody has begun.
    blank: Session,
    /// The form's language for messages.
    told_in: usize,
}

impl<'a> People<'a> {
    /// Errors: questions of the form wait for each other.
    pub(super) fn new(
        form: &'a Rc<Form>,
        columns: &'a Columns<'a>,
        matches: fn(&str, &str) -> Option<bool>,
        language: Language,
    ) -> Result<People<'a>, Cycle> {
        let fields = columns.fields.iter().enumerate().map(|(at, field)| (field.path.as_str(), at)).collect();
        let computed = form.iter().filter(|(_, node)| node.kind.is_question() && node.calculation.is_some());
        let computed = computed.map(|(id, _)| form.path(id)).collect();
        let settings = Settings {
            language: 0,
            seed: 0,
            matches,
            calculate: Math::calculate,
            digest: crate::xpath::digest::digest,
        };
        let blank = Session::new(Rc::clone(form), settings, noon(Date::from_days(0)))?;
        let told_in = form.language(language.tag()).unwrap_or(0);
        Ok(People { form, columns, fields, computed, blank, told_in })
    }

    /// Answers as the row does, in the order of the form. What the form would not have asked or offered is dropped; what it
    /// computes is computed. A question without a column counts as not asked; one whose cell is blank was left blank, if the
    /// form asks it.
    pub(super) fn fill(&self, given: &Given, seed: u64, language: usize, day: Date) -> Filled {
        let now = noon(day);
        let mut session = self.blank.another(seed, language, now);
        let mut faults = Vec::new();
        for (n, (field, said)) in self.columns.fields.iter().zip(&given.said).enumerate() {
            let wanted = *said != Said::Blank;
            let Some(at) = self.place(&mut session, field, wanted, now) else { continue };
            match said {
                Said::OneOf(names) => {
                    let offered =
                        session.state(at).map(|state| Rc::clone(&state.choices)).unwrap_or_default();
                    let mut known = offered.iter().filter(|choice| names.contains(&choice.name));
                    match (known.next(), known.next()) {
                        (Some(choice), None) => {
                            session.answer(at, Answer::Choice(choice.name.clone()), now);
                        }
                        _ => {
                            let fault = CellFault::SeveralChoices(names.clone());
                            let kind = FaultKind::Cell { field: n, text: String::new(), fault };
                            faults.push(Fault::bars(column_of(field), kind));
                        }
                    }
                }
                Said::Answer(answer) => drop(session.answer(at, answer.clone(), now)),
                // Whoever left it blank took a default back.
                Said::Skipped | Said::Blank => {
                    if session.state(at).is_some_and(|state| !state.answer.is_empty()) {
                        session.answer(at, Answer::Empty, now);
                    }
                }
            }
        }
        let mut answers = session.answers();
        answers.retain(|(path, _)| match self.fields.get(path.as_str()) {
            Some(field) => !(self.columns.own && given.said.get(*field) == Some(&Said::Blank)),
            None => self.computed.iter().any(|computed| same_path(computed, path)),
        });
        self.compare(given, &answers, &mut faults);
        // Its messages are for whoever reads the file, whatever the row's language.
        if !session.violations().is_empty() {
            session.set_language(self.told_in);
        }
        for violation in session.violations() {
            let path = session.path(violation.at);
            let Some(field) = self.fields.get(path.as_str()) else { continue };
            let column = self.columns.fields.get(*field).and_then(column_of);
            match violation.kind {
                ViolationKind::Required => faults.push(Fault::breaks(column, FaultKind::Required)),
                ViolationKind::Constraint => {
                    faults.push(Fault::breaks(column, FaultKind::Constraint(violation.message)));
                }
                // Said where the answer is compared.
                ViolationKind::NotOffered => {}
            }
        }
        faults.sort_by_key(|fault| fault.column);
        Filled { answers, faults }
    }

    /// The slot of a field. Instances that people add themselves are added up to it where there is something to say.
    fn place(&self, session: &mut Session, field: &Field<'_>, wanted: bool, now: Moment) -> Option<At> {
        if let Some((repeat, position)) = field.instance.as_ref().filter(|_| wanted) {
            let repeat = session.find(repeat)?;
            while session.children(repeat).len() < *position && session.is_extensible(repeat) {
                session.add(repeat, now);
            }
        }
        session.find(&field.path)
    }

    /// Notes what of the row is not in the answers.
    fn compare(&self, given: &Given, answers: &[(String, Answer)], faults: &mut Vec<Fault>) {
        let kept: HashMap<&str, &Answer> =
            answers.iter().map(|(path, answer)| (path.as_str(), answer)).collect();
        for (field, said) in self.columns.fields.iter().zip(&given.said) {
            let column = column_of(field);
            match (said, kept.get(field.path.as_str())) {
                (Said::Answer(answer), _) if answer.is_empty() => {}
                (Said::Answer(_), None) => faults.push(Fault::breaks(column, FaultKind::NotAsked)),
                (Said::Answer(answer), Some(kept)) => {
                    if field.node.kind.list().is_some() && *kept != answer {
                        faults.push(Fault::breaks(column, FaultKind::NotOffered));
                    }
                    let list = self.form.choices_of(field.node);
                    if list.is_some_and(|list| cell::contradicts(list, kept)) {
                        faults.push(Fault::breaks(column, FaultKind::Contradicts));
                    }
                }
                (Said::Blank | Said::Skipped | Said::OneOf(_), _) => {}
            }
        }
    }
}

/// The first column of a field.
fn column_of(field: &Field<'_>) -> Option<usize> {
    field.whole.or_else(|| field.marks.first().map(|(at, _)| *at))
}

/// Whether a path with positions is that of a question.
fn same_path(plain: &str, path: &str) -> bool {
    let mut steps = path.split('/').map(|step| step.split('[').next().unwrap_or(step));
    plain.split('/').all(|step| steps.next() == Some(step)) && steps.next().is_none()
}

/// Noon, on which no time zone moves the day.
fn noon(day: Date) -> Moment {
    let mut moment = day.at_midnight(-300);
    moment.time.hour = 12;
    moment
}
