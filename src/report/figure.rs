//! Results as charts: which chart for which result, with its words. Read [`question`] first.

use super::plots::{self, Line};
use super::{drawn, mean_decimals, whole};
use crate::chart::{Change, Column, Dumbbell, Frame, Scale, ScaleRow, Tone, columns, diverging, dumbbell};
use crate::form::Role;
use crate::i18n::Language;
use crate::i18n::format::{decimal, integer, month, percent as percent_text};
use crate::i18n::report::{base as base_text, of, words};
use crate::summary::order;
use crate::summary::{
    Display, Finding, Incidence, IndexFinding, IndexResult, Kind, Month, Number, Paired, Question, Ranked,
    Row, Share,
};
use crate::survey::Bilingual;

/// The chart of a question's result, for a least width in pixels; `None` when it is hidden or there is nothing to draw.
pub fn question(question: &Question, room: f64, language: Language) -> Option<String> {
    let label = language.pick(&question.label.es, &question.label.en);
    let n = question.base.map_or(0, |base| base.valid);
    let told = told(question, language);
    let frame = Frame { title: label, description: &told, room };
    match question.finding.as_ref()? {
        Finding::OneChoice(rows) => {
            let lines = rows.iter().map(|row| line(row, n, language)).collect();
            Some(plots::counted(&frame, lines, language))
        }
        Finding::Scale(_) => scales(&[question], "", room, language),
        Finding::ZeroToTen(result) => {
            Some(columns(&frame, &eleven(&result.rows, question.display, language)))
        }
        Finding::ManyChoices(result) => {
            let rows = by_count(&result.rows);
            let lines = rows.into_iter().map(|row| line(row, result.cases, language)).collect();
            Some(plots::counted(&frame, lines, language))
        }
        Finding::Ranking(ranks) => Some(plots::places(ranks, label, room, language)),
        Finding::Number(number) => Some(columns(&frame, &classes(number, language))),
        Finding::Months(list) => Some(columns(&frame, &by_month(list, language))),
        Finding::Answered => None,
    }
}

/// Scales of one list side by side, the best first: a grid's chart. Hidden ones are left out; `None` when all are.
/// A single scale is drawn without its label, which stands over it.
pub fn scales(questions: &[&Question], title: &str, room: f64, language: Language) -> Option<String> {
    let mut shown: Vec<(&Question, &crate::summary::Scale)> = questions
        .iter()
        .filter_map(|question| match question.finding.as_ref()? {
            Finding::Scale(scale) => Some((*question, scale)),
            _ => None,
        })
        .collect();
    let (_, first) = shown.first()?;
    let text = |row: &Row| language.pick(&row.label.es, &row.label.en).clone();
    let on_scale = |row: &&Row| row.role == Role::Substantive;
    let categories: Vec<String> = first.rows.iter().filter(on_scale).map(text).collect();
    let outside = first.rows.iter().find(|row| row.role == Role::Never).map(text).unwrap_or_default();
    let has_dont_know =
        shown.iter().any(|(question, _)| question.apart.iter().any(|row| row.role == Role::DontKnow));
    let scale = Scale {
        categories,
        beside: if has_dont_know { words(language).dont_know.to_owned() } else { String::new() },
        outside,
    };
    let single = shown.len() == 1 && questions.len() == 1;
    order::sort_by(&mut shown, |a, b| fraction(b.1.top).total_cmp(&fraction(a.1.top)));
    let rows: Vec<ScaleRow> =
        shown.iter().map(|(question, scale)| row_of(question, scale, single, language)).collect();
    let told: Vec<String> = shown
        .iter()
        .map(|(question, _)| match single {
            true => told(question, language),
            false => format!(
                "{}: {}",
                language.pick(&question.label.es, &question.label.en),
                told(question, language)
            ),
        })
        .collect();
    let name = questions
        .first()
        .filter(|_| single)
        .map(|question| language.pick(&question.label.es, &question.label.en));
    let frame = Frame { title: name.map_or(title, String::as_str), description: &told.join(" "), room };
    Some(diverging(&frame, &scale, &rows))
}

/// Questions with a yes among their choices side by side, most first: the shares of yes. `None` when none may be shown.
pub fn yes(questions: &[&Question], title: &str, room: f64, language: Language) -> Option<String> {
    let mut found: Vec<(&Question, &Row)> = questions
        .iter()
        .filter_map(|question| {
            let rows = question.finding.as_ref()?.rows();
            Some((*question, rows.iter().find(|row| row.choice == "yes")?))
        })
        .collect();
    let base = |question: &Question| question.base.map_or(0, |base| base.valid);
    found.retain(|(_, row)| row.count.is_some());
    order::sort_by(&mut found, |a, b| row_part(b.1, base(b.0)).total_cmp(&row_part(a.1, base(a.0))));
    let lines: Vec<Line> = found
        .iter()
        .map(|(question, row)| Line {
            label: language.pick(&question.label.es, &question.label.en).clone(),
            ..line(row, base(question), language)
        })
        .collect();
    lines.first()?;
    let told: Vec<String> = lines.iter().map(|line| format!("{}: {}.", line.label, line.text)).collect();
    Some(plots::compared(&Frame { title, description: &told.join(" "), room }, lines, language))
}

/// The chart of an index; `None` when it is hidden or a figure says it all.
pub fn index(index: &IndexResult, room: f64, language: Language) -> Option<String> {
    let title = language.pick(&index.label.es, &index.label.en);
    match index.finding.as_ref()? {
        IndexFinding::Paired(rows) => before_and_now(rows, title, room, language),
        IndexFinding::Priorities { rows, .. } => Some(plots::places(rows, title, room, language)),
        IndexFinding::Incidence(rows) => happened(rows, title, room, language),
        IndexFinding::Ranked(rows) => Some(compared(rows, title, room, language)),
        IndexFinding::Mean { items, .. } => {
            let mut items = items.clone();
            order::sort_by(&mut items, |a, b| {
                b.top.map_or(-1.0, fraction).total_cmp(&a.top.map_or(-1.0, fraction))
            });
            Some(compared(&items, title, room, language))
        }
        _ => None,
    }
}

fn row_of(question: &Question, scale: &crate::summary::Scale, single: bool, language: Language) -> ScaleRow {
    let valid = question.base.map_or(0, |base| base.valid);
    let part = |row: &Row| row_part(row, valid);
    let on_scale: Vec<&Row> = scale.rows.iter().filter(|row| row.role == Role::Substantive).collect();
    let never =
        scale.rows.iter().find(|row| row.role == Role::Never && row.count.is_some_and(|count| count > 0));
    let dont_know = question.apart.iter().find(|row| row.role == Role::DontKnow);
    ScaleRow {
        label: if single {
            String::new()
        } else {
            language.pick(&question.label.es, &question.label.en).clone()
        },
        note: if single { String::new() } else { base_text(question.base.map_or(0, |base| base.valid)) },
        shares: on_scale.iter().map(|row| part(row)).collect(),
        texts: on_scale.iter().map(|row| short(row)).collect(),
        outside: never.map(|row| (part(row), short(row))),
        beside: dont_know.map(|row| of_asked(row, question, language)).unwrap_or_default(),
    }
}

/// The number on a segment: whole percent, or the count where only counts may be shown.
fn short(row: &Row) -> String {
    match row.whole {
        Some(whole) => whole.to_string(),
        None => row.count.map_or_else(String::new, |count| integer(count as i64)),
    }
}

fn of_asked(row: &Row, question: &Question, language: Language) -> String {
    let asked = question.base.map_or(0, |base| base.shown - base.not_applicable);
    let count = row.count.unwrap_or(0);
    match row.percent {
        Some(_) => percent_text(whole(count, asked), 0, language),
        None => integer(count as i64),
    }
}

/// A percentage with its count, or the count of its base.
fn with_count(percent: Option<f64>, count: usize, base: usize, language: Language) -> String {
    match percent {
        Some(percent) => format!("{} ({})", percent_text(percent, 0, language), integer(count as i64)),
        None => of(count, base, language),
    }
}

fn share_text(share: Share, language: Language) -> String {
    with_count(share.whole.map(f64::from), share.count, share.base, language)
}

/// What stands beside a row's bar; a dash where it is suppressed.
fn row_text(row: &Row, base: usize, language: Language) -> String {
    match row.count {
        Some(count) => with_count(row.whole.map(f64::from), count, base, language),
        None => "–".to_owned(),
    }
}

/// A row's share in percent, for drawing.
fn row_part(row: &Row, base: usize) -> f64 {
    drawn(row.percent, row.count, base)
}

fn fraction(share: Share) -> f64 {
    drawn(share.percent, Some(share.count), share.base) / 100.0
}

fn line(row: &Row, base: usize, language: Language) -> Line {
    Line {
        label: language.pick(&row.label.es, &row.label.en).clone(),
        share: row_part(row, base),
        text: row_text(row, base, language),
        interval: row.interval,
        quiet: row.role == Role::Exclusive,
    }
}

fn share_line(label: &Bilingual, share: Share, language: Language) -> Line {
    Line {
        label: language.pick(&label.es, &label.en).clone(),
        share: 100.0 * fraction(share),
        text: share_text(share, language),
        interval: share.interval,
        quiet: false,
    }
}

/// The most marked first, "none of these" last.
pub(super) fn by_count(rows: &[Row]) -> Vec<&Row> {
    let mut rows: Vec<&Row> = rows.iter().collect();
    order::sort_by_key(&mut rows, |row| (row.role == Role::Exclusive, std::cmp::Reverse(row.count)));
    rows
}

fn compared(rows: &[Ranked], title: &str, room: f64, language: Language) -> String {
    let lines = rows.iter().filter_map(|row| Some(share_line(&row.label, row.top?, language))).collect();
    plots::compared(&Frame { title, description: words(language).top_two, room }, lines, language)
}

/// Victims by type, most first.
fn happened(rows: &[Incidence], title: &str, room: f64, language: Language) -> Option<String> {
    let mut shown: Vec<(&Incidence, Share)> =
        rows.iter().filter_map(|row| Some((row, row.victims?))).collect();
    shown.first()?;
    order::sort_by(&mut shown, |a, b| fraction(b.1).total_cmp(&fraction(a.1)));
    let lines = shown.iter().map(|(row, victims)| share_line(&row.label, *victims, language)).collect();
    let frame = Frame { title, description: words(language).victims, room };
    Some(plots::compared(&frame, lines, language))
}

fn eleven(rows: &[Row], display: Display, language: Language) -> Vec<Column> {
    rows.iter()
        .map(|row| {
            let score = row.score.unwrap_or(0.0);
            Column {
                label: decimal(score, 0),
                size: row.count.unwrap_or(0) as f64,
                text: match row.whole.filter(|_| display.has_percent()) {
                    Some(whole) => percent_text(whole.into(), 0, language),
                    None => row.count.map_or_else(|| "–".to_owned(), |count| integer(count as i64)),
                },
                tone: match score {
                    score if score >= 9.0 => Tone::High,
                    score if score >= 7.0 => Tone::Middle,
                    _ => Tone::Low,
                },
            }
        })
        .collect()
}

/// A class of numbers in words: `0`, `3–5`, `51+`.
pub(super) fn class_name(from: i64, to: Option<i64>) -> String {
    match to {
        Some(to) if to == from => integer(from),
        Some(to) => format!("{}–{}", integer(from), integer(to)),
        None => format!("{}+", integer(from)),
    }
}

fn classes(number: &Number, language: Language) -> Vec<Column> {
    number
        .classes
        .iter()
        .map(|class| Column {
            label: class_name(class.from, class.to),
            size: class.count as f64,
            text: match class.whole {
                Some(whole) => percent_text(whole.into(), 0, language),
                None => integer(class.count as i64),
            },
            tone: Tone::High,
        })
        .collect()
}

fn by_month(list: &[Month], language: Language) -> Vec<Column> {
    list.iter()
        .map(|entry| Column {
            label: month(entry.year, entry.month, language),
            size: entry.count as f64,
            text: integer(entry.count as i64),
            tone: Tone::High,
        })
        .collect()
}

fn before_and_now(rows: &[Paired], title: &str, room: f64, language: Language) -> Option<String> {
    let range = rows.iter().find_map(|row| row.range)?;
    let mut shown: Vec<_> = rows.iter().filter_map(|row| Some((row, row.change?))).collect();
    order::sort_by(&mut shown, |a, b| {
        let gain = |change: &crate::summary::Change| change.mean_now - change.mean_before;
        gain(&b.1).total_cmp(&gain(&a.1))
    });
    let changes: Vec<Change> = shown
        .iter()
        .map(|(row, change)| Change {
            label: language.pick(&row.label.es, &row.label.en).clone(),
            note: {
                let digits = mean_decimals(row.display);
                format!("{} → {}", decimal(change.mean_before, digits), decimal(change.mean_now, digits))
            },
            scores: (change.mean_before, change.mean_now),
        })
        .collect();
    let told: Vec<String> =
        changes.iter().map(|change| format!("{}: {}.", change.label, change.note)).collect();
    let end = |score: f64, text: &Bilingual| {
        format!("{} {}", decimal(score, 0), language.pick(&text.es, &text.en)).trim().to_owned()
    };
    let named = rows.iter().find_map(|row| row.ends.clone()).unwrap_or_default();
    let look = Dumbbell {
        range,
        ends: (end(range.0, &named.low), end(range.1, &named.high)),
        legend: (words(language).before.to_owned(), words(language).now.to_owned()),
    };
    Some(dumbbell(&Frame { title, description: &told.join(" "), room }, &look, &changes))
}

/// The main numbers of a result in a line, for those who do not see the chart.
fn told(question: &Question, language: Language) -> String {
    let n = question.base.map_or(0, |base| base.valid);
    let rows = question.finding.as_ref().map(Finding::rows).unwrap_or_default();
    let mut parts = vec![base_text(n)];
    let sorted = if question.kind == Kind::ManyChoices { by_count(rows) } else { rows.iter().collect() };
    parts.extend(sorted.iter().map(|row| {
        let label = language.pick(&row.label.es, &row.label.en);
        format!("{label}: {}", row_text(row, n, language))
    }));
    format!("{}.", parts.join("; "))
}
