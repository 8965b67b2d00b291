//! What stands in a cell, as an answer. Read [`answer`] first.

use super::column::folded;
use crate::form::{
    Appearance, Choice, ChoiceList, Date, DateTime, Form, Node, QuestionKind, Role, Time, read_number,
};
use crate::i18n::table as say;
use crate::response::Answer;

/// The longest text that is kept, in bytes.
const LONGEST: usize = 20_000;

/// Why a cell holds no answer to its question.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum CellFault {
    /// No choice is called that.
    NoChoice(String),
    /// Several choices are, of these names; which of them are offered may tell.
    SeveralChoices(Vec<String>),
    /// It is no number.
    NoNumber,
    /// It is no whole number.
    NotWhole,
    /// It is one number or another, as one reads the sign in it.
    Unclear,
    /// It is on no place of the scale from one number to another.
    OffScale(f64, f64),
    /// It is no day.
    NoDay,
    /// It is one day or another, as one reads day and month.
    UnclearDay,
    /// It is no time of day.
    NoTime,
    /// It is no day with a time.
    NoMoment,
    /// It is neither yes nor no.
    NoMark,
    /// It is in no place of an order, or two are in one.
    NoPlace,
    /// It is too long.
    TooLong,
}

/// Whether a column's days are written day or month first, as far as its own cells tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Order {
    day_first: bool,
    month_first: bool,
}

impl Order {
    /// Takes note of a cell.
    pub(super) fn see(&mut self, text: &str) {
        if let Some([first, second, _]) = slashed(text.trim()) {
            self.day_first |= first > 12 && second <= 12;
            self.month_first |= second > 12 && first <= 12;
        }
    }
}

/// Reads a cell as the answer to a question. Blank: [`Answer::Empty`].
pub(super) fn answer(
    form: &Form,
    node: &Node,
    kind: QuestionKind,
    order: Order,
    text: &str,
) -> Result<Answer, CellFault> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Ok(Answer::Empty);
    }
    // What other programs write where there is nothing; a person may have written it where people write.
    if kind != QuestionKind::Text
        && ["NA", "N/A", "#N/A"].contains(&trimmed)
        && !is_choice(form, node, trimmed)
    {
        return Ok(Answer::Empty);
    }
    let answer = match kind {
        QuestionKind::Text if text.len() > LONGEST => return Err(CellFault::TooLong),
        QuestionKind::Text => Answer::Text(text.to_owned()),
        QuestionKind::Integer => Answer::Integer(integer(trimmed)?),
        QuestionKind::Decimal => Answer::Decimal(decimal(trimmed)?),
        QuestionKind::SelectOne(_) => {
            let list = form.choices_of(node).ok_or_else(|| CellFault::NoChoice(trimmed.to_owned()))?;
            match choice(list, form.languages.len(), trimmed) {
                Some(found) => Answer::Choice(found.name.clone()),
                None => {
                    let names: Vec<String> = labelled(list, form.languages.len(), trimmed)
                        .map(|found| found.name.clone())
                        .collect();
                    return Err(match names.len() {
                        0 => CellFault::NoChoice(trimmed.to_owned()),
                        _ => CellFault::SeveralChoices(names),
                    });
                }
            }
        }
        QuestionKind::SelectMultiple(_) | QuestionKind::Rank(_) => {
            let list = form.choices_of(node).ok_or_else(|| CellFault::NoChoice(trimmed.to_owned()))?;
            several(list, form.languages.len(), kind, trimmed)?
        }
        QuestionKind::Date => Answer::Date(first_of(node.appearance, date(node.appearance, trimmed, order)?)),
        QuestionKind::Time => Answer::Time(time(trimmed).ok_or(CellFault::NoTime)?),
        QuestionKind::DateTime => Answer::DateTime(moment(trimmed, order)?),
    };
    let number = match answer {
        Answer::Integer(number) => number as f64,
        Answer::Decimal(number) => number,
        _ => return Ok(answer),
    };
    match node.range {
        Some(range) => {
            let steps = (number - range.start) / range.step;
            let (low, high) = (range.start.min(range.end), range.start.max(range.end));
            let fits = (low..=high).contains(&number) && (steps - steps.round()).abs() < 1e-6;
            if fits { Ok(answer) } else { Err(CellFault::OffScale(low, high)) }
        }
        None => Ok(answer),
    }
}

/// The choices of a question whose columns hold one each. `None`: all of them are blank.
pub(super) fn marked(
    list: &ChoiceList,
    kind: QuestionKind,
    marks: &[(&str, &str)],
) -> Result<Option<Answer>, CellFault> {
    if marks.iter().all(|(_, cell)| cell.trim().is_empty()) {
        return Ok(None);
    }
    if let QuestionKind::Rank(_) = kind {
        let mut placed = Vec::new();
        for (name, cell) in marks.iter().filter(|(_, cell)| !matches!(cell.trim(), "" | "NA")) {
            placed.push((integer(cell.trim()).map_err(|_| CellFault::NoPlace)?, (*name).to_owned()));
        }
        placed.sort();
        if placed.windows(2).any(|pair| matches!(pair, [(a, _), (b, _)] if a == b)) {
            return Err(CellFault::NoPlace);
        }
        let names: Vec<String> = placed.into_iter().map(|(_, name)| name).collect();
        return Ok(Some(if names.is_empty() { Answer::Empty } else { Answer::Choices(names) }));
    }
    let mut chosen = Vec::new();
    for (name, cell) in marks {
        let plain = cell.trim().to_lowercase();
        if say::YES.contains(&plain.as_str()) {
            chosen.push(*name);
        } else if !plain.is_empty() && !say::NO.contains(&plain.as_str()) {
            return Err(CellFault::NoMark);
        }
    }
    let in_order = list.choices.iter().filter(|choice| chosen.contains(&choice.name.as_str()));
    let names: Vec<String> = in_order.map(|choice| choice.name.clone()).collect();
    Ok(Some(if names.is_empty() { Answer::Empty } else { Answer::Choices(names) }))
}

/// Whether a choice that stands alone was marked with another one.
pub(super) fn contradicts(list: &ChoiceList, answer: &Answer) -> bool {
    let Answer::Choices(names) = answer else { return false };
    let alone = |name: &String| list.choice(name).is_some_and(|choice| choice.role == Role::Exclusive);
    names.len() > 1 && names.iter().any(alone)
}

/// The day of a cell: alone, or of a moment as it is written there.
pub(super) fn day(text: &str, order: Order) -> Result<Date, CellFault> {
    date(Appearance::Month, text.trim(), order)
}

/// The choice that a text means: by name, else by label in any language where one alone has it.
pub(super) fn choice<'l>(list: &'l ChoiceList, languages: usize, text: &str) -> Option<&'l Choice> {
    if let Some(choice) = list.choice(text) {
        return Some(choice);
    }
    // Spreadsheets write a number's name as a number, and a truth in capitals.
    let plain = text.strip_suffix(".0").unwrap_or(text);
    let mut named = list.choices.iter().filter(|choice| choice.name.eq_ignore_ascii_case(plain));
    if let (Some(choice), None) = (named.next(), named.next()) {
        return Some(choice);
    }
    let mut labelled = labelled(list, languages, text);
    match (labelled.next(), labelled.next()) {
        (Some(choice), None) => Some(choice),
        _ => None,
    }
}

/// The choices that have a text as their label, in any language.
fn labelled<'l>(
    list: &'l ChoiceList,
    languages: usize,
    text: &str,
) -> impl Iterator<Item = &'l Choice> + use<'l> {
    let wanted = folded(text);
    list.choices.iter().filter(move |choice| {
        (0..languages).any(|language| {
            let label = choice.label.plain(language);
            !label.is_empty() && folded(&label) == wanted
        })
    })
}

fn is_choice(form: &Form, node: &Node, text: &str) -> bool {
    form.choices_of(node).is_some_and(|list| choice(list, form.languages.len(), text).is_some())
}

/// Names between blanks; else names or labels between semicolons, line ends, bars or commas; else one label.
fn several(list: &ChoiceList, languages: usize, kind: QuestionKind, text: &str) -> Result<Answer, CellFault> {
    let all = |parts: &[&str]| -> Option<Vec<String>> {
        parts.iter().map(|part| choice(list, languages, part).map(|choice| choice.name.clone())).collect()
    };
    let by = |signs: &[char]| -> Vec<&str> {
        text.split(signs).map(str::trim).filter(|part| !part.is_empty()).collect()
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    let ways = [words.clone(), vec![text], by(&[';', '\n', '|']), by(&[',', ';', '\n', '|'])];
    let Some(names) = ways.iter().find_map(|parts| all(parts)) else {
        let parts = if text.contains([';', '\n', '|']) { by(&[';', '\n', '|']) } else { words };
        let first = parts.into_iter().find(|part| choice(list, languages, part).is_none());
        return Err(CellFault::NoChoice(first.unwrap_or(text).to_owned()));
    };
    if let QuestionKind::Rank(_) = kind {
        let twice =
            names.iter().enumerate().any(|(at, name)| names.iter().take(at).any(|other| other == name));
        return if twice { Err(CellFault::NoPlace) } else { Ok(Answer::Choices(names)) };
    }
    let in_order = list.choices.iter().filter(|choice| names.contains(&choice.name));
    let names: Vec<String> = in_order.map(|choice| choice.name.clone()).collect();
    Ok(if names.is_empty() { Answer::Empty } else { Answer::Choices(names) })
}

fn integer(text: &str) -> Result<i64, CellFault> {
    let whole = text
        .split_once(['.', ','])
        .filter(|(_, rest)| !rest.is_empty() && rest.len() != 3 && rest.chars().all(|digit| digit == '0'));
    let digits = whole.map_or(text, |(whole, _)| whole);
    digits.parse().map_err(|_| if read(text).is_some() { CellFault::NotWhole } else { CellFault::NoNumber })
}

/// A number with a point or a comma. Where a sign may stand for thousands as well, nobody knows.
fn decimal(text: &str) -> Result<f64, CellFault> {
    if let Some((whole, rest)) = text.split_once(',')
        && !text.contains('.')
        && rest.len() == 3
        && rest.bytes().all(|digit| digit.is_ascii_digit())
        && (1..=3).contains(&whole.trim_start_matches(['-', '+']).len())
        && whole.trim_start_matches(['-', '+']) != "0"
    {
        return Err(CellFault::Unclear);
    }
    read(text).ok_or(CellFault::NoNumber)
}

fn read(text: &str) -> Option<f64> {
    let commas = text.matches(',').count();
    let points = text.matches('.').count();
    let plain = match (commas, points) {
        (0, 0 | 1) => text.to_owned(),
        (1, 0) => text.replace(',', "."),
        _ => {
            // Both: the last one parts the fraction, the other one thousands, three by three.
            let last = text.rfind([',', '.'])?;
            let (whole, fraction) = (text.get(..last)?, text.get(last + 1..)?);
            let sign = if text.get(last..)?.starts_with(',') { '.' } else { ',' };
            let mut groups = whole.trim_start_matches('-').split(sign);
            let first = groups.next().is_some_and(|group| (1..=3).contains(&group.len()));
            if commas > 0 && points > 0 && first && groups.all(|group| group.len() == 3) {
                [&whole.replace(sign, ""), ".", fraction].concat()
            } else {
                return None;
            }
        }
    };
    read_number(&plain).filter(|number| number.is_finite())
}

/// Three numbers between slashes, hyphens or points, the year last.
fn slashed(text: &str) -> Option<[u16; 3]> {
    let text = text.split([' ', 'T']).next()?;
    let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
    let [first, second, year] = parts.as_slice() else { return None };
    let short = |part: &str| part.len() <= 2;
    (short(first) && short(second) && year.len() == 4)
        .then(|| Some([first.parse().ok()?, second.parse().ok()?, year.parse().ok()?]))?
}

fn date(appearance: Appearance, text: &str, order: Order) -> Result<Date, CellFault> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    if digits && text.len() == 4 && appearance == Appearance::Year {
        return Date::parse(&[text, "-01-01"].concat()).ok_or(CellFault::NoDay);
    }
    if text.len() == 7 && matches!(appearance, Appearance::Year | Appearance::Month) {
        return Date::parse(&[text, "-01"].concat()).ok_or(CellFault::NoDay);
    }
    if let Some([first, second, year]) = slashed(text) {
        let day_first = match (first > 12, second > 12) {
            (true, true) => return Err(CellFault::NoDay),
            (true, false) => true,
            (false, true) => false,
            _ if first == second => true,
            _ if order.day_first == order.month_first => return Err(CellFault::UnclearDay),
            _ => order.day_first,
        };
        let (day, month) = if day_first { (first, second) } else { (second, first) };
        return Date::parse(&format!("{year:04}-{month:02}-{day:02}")).ok_or(CellFault::NoDay);
    }
    // The year first; of a moment its day, as it is written there.
    let day = text.split([' ', 'T']).next().unwrap_or(text).replace(['/', '.'], "-");
    Date::parse(&day).filter(|date| (1000..=9999).contains(&date.year)).ok_or(CellFault::NoDay)
}

/// Of a year or a month its first day, as the form keeps it.
fn first_of(appearance: Appearance, date: Date) -> Date {
    match appearance {
        Appearance::Year => Date { month: 1, day: 1, ..date },
        Appearance::Month => Date { day: 1, ..date },
        _ => date,
    }
}

/// A time of day as it is written, whatever offset follows it; with AM or PM too.
fn time(text: &str) -> Option<Time> {
    let padded = |clock: &str| match clock.split_once(':') {
        Some((hour, _)) if hour.len() == 1 => ["0", clock].concat(),
        _ => clock.to_owned(),
    };
    let upper: String =
        text.to_uppercase().chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '\u{a0}')).collect();
    let half = [("AM", 0), ("PM", 12)].into_iter();
    let half = half.filter_map(|(sign, more)| Some((upper.strip_suffix(sign)?, more))).next();
    if let Some((clock, more)) = half {
        let time = Time::parse(&padded(clock), 0)?;
        let hour = time.hour.checked_rem(12).filter(|_| (1..=12).contains(&time.hour))?;
        return Some(Time { hour: hour + more, ..time });
    }
    let plain = text.find(['+', 'Z', 'z']).or_else(|| text.rfind('-')).and_then(|at| text.get(..at));
    Time::parse(&padded(plain.unwrap_or(text)), 0)
}

fn moment(text: &str, order: Order) -> Result<DateTime, CellFault> {
    // With its own offset, so that it stays as it is written.
    let offset = |text: &str| -> i16 {
        let Some(clock) = text.split_once('T').map(|(_, clock)| clock) else { return 0 };
        let Some(at) = clock.rfind(['+', '-']) else { return 0 };
        let (sign, digits) = clock.split_at_checked(at + 1).unwrap_or_default();
        let mut parts = digits.split(':').map(|part| part.parse::<i16>().unwrap_or(0));
        let minutes = parts.next().unwrap_or(0).min(14) * 60 + parts.next().unwrap_or(0).min(59);
        if sign.ends_with('-') { -minutes } else { minutes }
    };
    let iso = text.replacen(' ', "T", 1);
    if let Some(moment) = DateTime::parse(&iso, offset(&iso)) {
        return Ok(moment);
    }
    let day = date(Appearance::Usual, text, order).map_err(|fault| match fault {
        CellFault::NoDay => CellFault::NoMoment,
        other => other,
    })?;
    let mut moment = day.at_midnight(0);
    if let Some((_, clock)) = text.split_once([' ', 'T']) {
        moment.time = time(clock.trim()).ok_or(CellFault::NoMoment)?;
    }
    Ok(moment)
}
