//! Charts that set things beside each other: what intervals allow to compare, groups, waves, priorities, and the one number of
//! page one in people.

use super::{crosstab, drawn};
use crate::chart::{
    Bar, DotRow, Dots, Figure, Frame, MarkedBar, Marks, Slope, SlopeLine, Stack, Stacked, Waffle, dots,
    marked_bars, slope, stacked, ticks, waffle,
};
use crate::i18n::Language;
use crate::i18n::document as say;
use crate::i18n::format::{decimal, integer, percent};
use crate::i18n::report::{interval as interval_text, words};
use crate::summary::order;
use crate::summary::{Breakdown, Comparison, Crosstab, Measure, Rank, Share, Summary, Verdict, WaveChange};

/// A share under its label, as bars and dots draw it.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) label: String,
    /// In percent.
    pub(super) share: f64,
    /// At the right of the label.
    pub(super) text: String,
    pub(super) interval: Option<(f64, f64)>,
    /// An answer of another kind.
    pub(super) quiet: bool,
}

/// Bars of what is counted; with whiskers where the sample is random.
pub(super) fn counted(frame: &Frame<'_>, lines: Vec<Line>, language: Language) -> String {
    let marks = marks(lines.iter().any(|line| line.interval.is_some()), language);
    let bars: Vec<MarkedBar> = lines
        .into_iter()
        .map(|line| MarkedBar {
            bar: Bar { label: line.label, share: line.share, text: line.text, quiet: line.quiet },
            interval: line.interval,
            reference: None,
        })
        .collect();
    marked_bars(frame, &marks, &bars)
}

/// What is compared: dots with intervals where the sample is random, else bars.
pub(super) fn compared(frame: &Frame<'_>, lines: Vec<Line>, language: Language) -> String {
    if lines.iter().all(|line| line.interval.is_none()) {
        return counted(frame, lines, language);
    }
    let highest = lines
        .iter()
        .map(|line| line.interval.map_or(line.share, |(_, high)| high.max(line.share)))
        .fold(0.0, f64::max);
    let rows: Vec<DotRow> = lines
        .into_iter()
        .map(|line| DotRow {
            label: line.label,
            note: line.text,
            value: Some(line.share),
            interval: line.interval,
            ..DotRow::default()
        })
        .collect();
    dots(frame, &axis(highest, None, true, language), &rows)
}

fn marks(intervals: bool, language: Language) -> Marks {
    let interval = if intervals { words(language).interval.to_owned() } else { String::new() };
    Marks { interval, ..Marks::default() }
}

/// An axis of percentages from 0 to the next ten above the highest.
fn axis(highest: f64, reference: Option<(f64, String)>, intervals: bool, language: Language) -> Dots {
    let range = (0.0, (10.0 * (highest / 10.0).ceil()).clamp(10.0, 100.0));
    let (at, name) = match reference {
        Some((at, name)) => (Some(at), name),
        None => (None, String::new()),
    };
    Dots {
        range,
        ticks: ticks(range, 5).into_iter().map(|tick| (tick, percent(tick, 0, language))).collect(),
        reference: at,
        marks: Marks { reference: name, ..marks(intervals, language) },
        legend: Default::default(),
    }
}

/// The two highest answers of a scale, or the yes, in every group that is shown; `None` with fewer than two.
pub(super) fn groups(
    table: &Crosstab,
    breakdown: &Breakdown,
    summary: &Summary,
    room: f64,
    language: Language,
) -> Option<String> {
    let (total, cells) = crosstab::headline(table, summary)?;
    let rows: Vec<DotRow> = breakdown
        .groups
        .iter()
        .zip(&cells)
        .filter(|(group, _)| !group.display.is_hidden())
        .filter_map(|(group, cell)| {
            let whole = cell.whole?;
            let bounds = cell.interval.map(interval_text).unwrap_or_default();
            Some(DotRow {
                label: crosstab::group_name(breakdown, group, language),
                note: [percent(whole.into(), 0, language), bounds].join(" ").trim().to_owned(),
                value: Some(drawn(cell.percent, cell.count, 0)),
                interval: cell.interval,
                ..DotRow::default()
            })
        })
        .collect();
    if rows.len() < 2 {
        return None;
    }
    let ends = rows.iter().map(|row| row.interval.map_or(row.value.unwrap_or(0.0), |(_, high)| high));
    let highest = ends.fold(total.percent.unwrap_or(0.0), f64::max);
    let reference = total.whole.zip(total.percent).map(|(whole, at)| {
        (at, [say::everybody(language), ": ", &percent(whole.into(), 0, language)].concat())
    });
    let intervals = rows.iter().any(|row| row.interval.is_some());
    let told: Vec<String> =
        rows.iter().map(|row| [row.label.as_str(), ": ", &row.note, "."].concat()).collect();
    let title = language.pick(&table.label.es, &table.label.en);
    let frame = Frame { title, description: &told.join(" "), room };
    Some(dots(&frame, &axis(highest, reference, intervals, language), &rows))
}

/// The lines of a slope chart.
const LINES: usize = 8;

/// The largest changes between two waves; what is no clear change is drawn quietly. `None` without any.
pub(super) fn waves(comparison: &Comparison, room: f64, language: Language) -> Option<String> {
    let told = |change: &&WaveChange| !matches!(change.measure, Measure::Choice { .. });
    let mut changes: Vec<&WaveChange> =
        comparison.indices.iter().chain(&comparison.changes).filter(told).collect();
    order::sort_by(&mut changes, |a, b| b.points.abs().total_cmp(&a.points.abs()));
    changes.truncate(LINES);
    let lines: Vec<SlopeLine> = changes
        .iter()
        .map(|change| {
            let text = |value: f64| match change.measure {
                Measure::Mean => decimal(value, 0),
                _ => percent(value, 0, language),
            };
            SlopeLine {
                label: language.pick(change.label.es.clone(), change.label.en.clone()),
                values: (Some(change.earlier.0), Some(change.later.0)),
                texts: (text(change.earlier.0), text(change.later.0)),
                quiet: change.verdict == Verdict::NoClearChange,
            }
        })
        .collect();
    let told: Vec<String> = lines
        .iter()
        .map(|line| [line.label.as_str(), ": ", &line.texts.0, " → ", &line.texts.1, "."].concat())
        .collect();
    if told.is_empty() {
        return None;
    }
    let frame = Frame { title: say::since(language), description: &told.join(" "), room };
    let heads = (say::earlier(language).to_owned(), say::later(language).to_owned());
    Some(slope(&frame, &Slope { heads, range: (0.0, 100.0) }, &lines))
}

/// Choices by how many people put them first, second and third.
pub(super) fn places(ranks: &[Rank], title: &str, room: f64, language: Language) -> String {
    let stacks: Vec<Stack> = ranks
        .iter()
        .map(|rank| {
            let part = |count: usize| (count as f64, integer(count as i64));
            let [first, second, third] = rank.places;
            Stack {
                label: language.pick(rank.label.es.clone(), rank.label.en.clone()),
                parts: [part(first), part(second), part(third)],
                total: top_three(rank.top_three, language),
            }
        })
        .collect();
    let told: Vec<String> =
        stacks.iter().take(3).map(|stack| [stack.label.as_str(), ": ", &stack.total, "."].concat()).collect();
    let legend = [say::in_first(language), say::in_second(language), say::in_third(language)];
    let look = Stacked { legend: legend.map(str::to_owned), full: None };
    stacked(&Frame { title, description: &told.join(" "), room }, &look, &stacks)
}

fn top_three(share: Share, language: Language) -> String {
    let count = integer(share.count as i64);
    match share.whole {
        Some(whole) => [percent(whole.into(), 0, language), [" (", &count, ")"].concat()].concat(),
        None => crate::i18n::report::of(share.count, share.base, language),
    }
}

/// A share as so many of ten people.
pub(super) fn people(share: Share, text: &str, note: &str, room: f64) -> Option<String> {
    let filled = share.percent? / 10.0;
    let look = Waffle { figure: Figure::TenPeople, filled, text: text.to_owned(), note: note.to_owned() };
    Some(waffle(&Frame { title: text, description: note, room }, &look))
}
