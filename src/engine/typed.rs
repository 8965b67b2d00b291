//! Typing in what stands on paper: what is asked next, and the answer in what somebody typed. Read [`Session::steps`] and
//! [`typed`] first.

use super::{Answer, At, Moment, NodeState, Session};
use crate::form::{Appearance, Date, DateTime, Node, NodeKind, QuestionKind, Role, Time};

/// The most instances of a repeat that are typed in.
pub const MOST_INSTANCES: usize = 99;

/// Something to be typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The answer to a question.
    Question(At),
    /// How many instances there are on paper of a repeat that people extend.
    Count(At),
}

/// Why what was typed is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mistyped {
    /// Not the number of a choice.
    NoSuchChoice,
    /// A choice that does not go with the answers before.
    NotOffered,
    /// Several where one is wanted.
    OneOnly,
    /// The same choice twice.
    Twice,
    /// With others, a choice that stands alone.
    Alone,
    /// Not a whole number.
    Whole,
    /// Not a number.
    Number,
    /// Not on the scale.
    Scale,
    /// Other signs than digits.
    Digits,
    /// Not a day that there is: day, month, year.
    Day,
    /// Not a month and a year.
    Month,
    /// Not a year of four digits.
    Year,
    /// Not a time of day.
    Time,
    /// Not a day and a time.
    DayAndTime,
    /// More instances than can be.
    TooMany,
}

impl Session {
    /// What is to be typed as the answers are now, in the order of the paper: relevant questions that people answer, and
    /// before the instances of a repeat that people extend how many there are.
    pub fn steps(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        for at in self.roots() {
            self.step_into(at, &mut steps);
        }
        steps
    }

    fn step_into(&self, at: At, steps: &mut Vec<Step>) {
        let (Some(state), Some(node)) = (self.state(at), self.definition(at)) else { return };
        if !state.relevant {
            return;
        }
        if node.kind.is_question() {
            if !state.readonly && node.appearance != Appearance::Hidden && node.calculation.is_none() {
                steps.push(Step::Question(at));
            }
            return;
        }
        if self.is_extensible(at) {
            steps.push(Step::Count(at));
        }
        for child in self.children(at) {
            self.step_into(child, steps);
        }
    }
}

/// The number of instances in what was typed; blank: none.
pub fn typed_count(text: &str) -> Result<usize, Mistyped> {
    match text.trim() {
        "" => Ok(0),
        text => match text.parse() {
            Ok(count) if count <= MOST_INSTANCES => Ok(count),
            Ok(_) => Err(Mistyped::TooMany),
            Err(_) => Err(Mistyped::Whole),
        },
    }
}

/// The answer to a question in what was typed; blank: [`Answer::Empty`]. Choices are given by their places in the list, from 1,
/// or by their labels; several with spaces, commas or semicolons between.
pub fn typed(session: &Session, at: At, text: &str, now: Moment) -> Result<Answer, Mistyped> {
    let text = text.trim();
    let (Some(node), Some(state)) = (session.definition(at), session.state(at)) else {
        return Ok(Answer::Empty);
    };
    let NodeKind::Question(kind) = node.kind else { return Ok(Answer::Empty) };
    if text.is_empty() {
        return Ok(Answer::Empty);
    }
    match kind {
        QuestionKind::SelectOne(_) => one(session, node, state, text).map(Answer::Choice),
        QuestionKind::SelectMultiple(_) => {
            let names = several(session, node, state, text)?;
            let alone =
                |name: &String| state.choices.iter().any(|one| one.name == *name && stands_alone(one.role));
            if names.len() > 1 && names.iter().any(alone) {
                return Err(Mistyped::Alone);
            }
            Ok(Answer::Choices(names))
        }
        QuestionKind::Rank(_) => several(session, node, state, text).map(Answer::Choices),
        QuestionKind::Integer => {
            let number = text.parse::<i64>().map_err(|_| Mistyped::Whole)?;
            on_scale(node, number as f64)?;
            Ok(Answer::Integer(number))
        }
        QuestionKind::Decimal => {
            let number = crate::form::read_number(&text.replace(',', ".")).ok_or(Mistyped::Number)?;
            on_scale(node, number)?;
            Ok(Answer::Decimal(number))
        }
        QuestionKind::Text => match node.appearance {
            Appearance::Digits if !text.bytes().all(|byte| byte.is_ascii_digit()) => Err(Mistyped::Digits),
            _ => Ok(Answer::Text(text.to_owned())),
        },
        QuestionKind::Date => day(text, node.appearance).map(Answer::Date),
        QuestionKind::Time => time(text).map(Answer::Time).ok_or(Mistyped::Time),
        QuestionKind::DateTime => moment(text, now.offset).map(Answer::DateTime).ok_or(Mistyped::DayAndTime),
    }
}

fn stands_alone(role: Role) -> bool {
    matches!(role, Role::Exclusive | Role::DontKnow | Role::NotApplicable | Role::Refused)
}

/// The choice of this place or label. What is offered may stand in another order than on paper, and be less.
fn one(session: &Session, node: &Node, state: &NodeState, text: &str) -> Result<String, Mistyped> {
    let list = session.form().choices_of(node);
    let on_paper = list.map(|list| list.choices.as_slice()).unwrap_or_default();
    let number = text.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let by_number = match number {
        // The answers given elsewhere are choices here: they stand as they are offered.
        Some(place) if on_paper.is_empty() => state.choices.get(place).map(|choice| choice.name.clone()),
        Some(place) => on_paper.get(place).map(|choice| choice.name.clone()),
        None => None,
    };
    let text = text.to_lowercase();
    let by_label = || {
        let of_form = on_paper.iter().find(|choice| {
            let mut labels = (0..session.form().languages.len()).map(|tongue| choice.label.plain(tongue));
            labels.any(|label| label.trim().to_lowercase() == text)
        });
        let offered = || state.choices.iter().find(|choice| choice.label.trim().to_lowercase() == text);
        of_form.map(|choice| choice.name.clone()).or_else(|| offered().map(|choice| choice.name.clone()))
    };
    let name = match by_number.or_else(by_label) {
        Some(name) => name,
        None if text.contains([' ', ',', ';']) => return Err(Mistyped::OneOnly),
        None => return Err(Mistyped::NoSuchChoice),
    };
    let is_offered = state.choices.iter().any(|choice| choice.name == name);
    if is_offered { Ok(name) } else { Err(Mistyped::NotOffered) }
}

fn several(session: &Session, node: &Node, state: &NodeState, text: &str) -> Result<Vec<String>, Mistyped> {
    let mut names: Vec<String> = Vec::new();
    for part in text.split([' ', ',', ';']).filter(|part| !part.is_empty()) {
        let name = one(session, node, state, part)?;
        if names.contains(&name) {
            return Err(Mistyped::Twice);
        }
        names.push(name);
    }
    Ok(names)
}

fn on_scale(node: &Node, number: f64) -> Result<(), Mistyped> {
    let Some(range) = node.range else { return Ok(()) };
    let (least, most) = (range.start.min(range.end), range.start.max(range.end));
    let steps = (number - range.start) / range.step;
    let fits = (least..=most).contains(&number) && (steps - steps.round()).abs() < 1e-9;
    if fits { Ok(()) } else { Err(Mistyped::Scale) }
}

/// A day as people write it: day, month, year; or as programs do: 2026-11-28.
fn day(text: &str, appearance: Appearance) -> Result<Date, Mistyped> {
    let parts: Vec<&str> = text.split(['/', '-', '.', ' ']).filter(|part| !part.is_empty()).collect();
    let year = |text: &str| (text.len() == 4).then(|| text.parse::<i32>().ok()).flatten();
    let small = |text: &str| text.parse::<u8>().ok();
    match (appearance, parts.as_slice()) {
        (Appearance::Year, [only]) => year(only).and_then(|year| Date::new(year, 1, 1)).ok_or(Mistyped::Year),
        (Appearance::Year, _) => Err(Mistyped::Year),
        (Appearance::Month, [month, of]) => year(of)
            .zip(small(month))
            .and_then(|(year, month)| Date::new(year, month, 1))
            .ok_or(Mistyped::Month),
        (Appearance::Month, _) => Err(Mistyped::Month),
        (_, [first, month, last]) => {
            let (of, day) = if first.len() == 4 { (first, last) } else { (last, first) };
            let date = || Date::new(year(of)?, small(month)?, small(day)?);
            date().ok_or(Mistyped::Day)
        }
        _ => Err(Mistyped::Day),
    }
}

fn time(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once([':', '.'])?;
    let two = |text: &str, most: u8| {
        let number = text.parse::<u8>().ok()?;
        (text.len() <= 2 && number < most).then_some(number)
    };
    Time::new(two(hour, 24)?, two(minute, 60)?, 0, 0)
}

fn moment(text: &str, offset: i16) -> Option<DateTime> {
    let (first, second) = text.rsplit_once(' ')?;
    let (date, time) = (day(first.trim(), Appearance::Usual).ok()?, time(second)?);
    Some(DateTime { date, time, offset })
}
