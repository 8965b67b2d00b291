use super::model::{
    Comparison, Display, Finding, IndexFinding, IndexResult, Kind, Measure, Question, Row, Share, Summary,
    Verdict, WaveChange, WaveFacts,
};
use super::order;
use super::statistics::compare::excludes_zero;
use super::statistics::proportion::wilson;
use super::statistics::round::to_decimals;
use crate::survey::{Bilingual, SamplingDesign};

/// Sets a wave beside an earlier one, from what both show. Nothing that either hides can come out.
///
/// Compared are the two highest scores of scales and of 0-10 questions, every choice of one- and many-choice questions whose
/// choices are the same by name, and the means and shares of indices. Of two random samples every change has Newcombe's
/// interval, made of the two figures' own intervals (design effects are in those); of others nothing is inferred.
pub fn compare(earlier: &Summary, later: &Summary) -> Comparison {
    let probability = |summary: &Summary| summary.design == SamplingDesign::Probability;
    let inferred = probability(earlier) && probability(later);
    let sides = (Side::of(earlier), Side::of(later));
    let mut changes = Vec::new();
    for now in later.questions.iter().filter(|question| !question.repeated) {
        let Some(before) = earlier.question(&now.name).filter(|before| before.kind == now.kind) else {
            continue;
        };
        let figures = of_question(before, now, sides);
        let label = full_label(now);
        changes.extend(
            figures
                .into_iter()
                .map(|(measure, figures)| change(&now.name, &label, measure, figures, inferred)),
        );
    }
    let indices = later
        .indices
        .iter()
        .filter_map(|now| {
            let before = earlier.index(&now.id)?;
            let (measure, figures) = of_index(before, now, sides)?;
            Some(change(&now.id, &now.label, measure, figures, inferred))
        })
        .collect();
    Comparison { earlier: facts(earlier), later: facts(later), inferred, changes, indices }
}

fn facts(summary: &Summary) -> WaveFacts {
    WaveFacts {
        name: summary.name.clone(),
        wave: summary.fieldwork.wave.clone(),
        counted: summary.fieldwork.chosen,
        days: summary.fieldwork.days,
    }
}

/// How a summary's figures came about.
#[derive(Debug, Clone, Copy)]
struct Side {
    /// Every answer counts the same, so that counts give the exact share.
    plain: bool,
}

impl Side {
    fn of(summary: &Summary) -> Side {
        Side { plain: summary.weighting.as_ref().is_none_or(|weighting| weighting.margins.is_empty()) }
    }
}

/// A figure of a wave, in percent or points of 100.
#[derive(Debug, Clone, Copy)]
struct Figure {
    /// As it is shown.
    shown: f64,
    /// As exact as it is known.
    value: f64,
    base: usize,
    interval: Option<(f64, f64)>,
    /// Decimals that may be shown.
    decimals: i32,
}

type Pair = (Figure, Figure);

impl Figure {
    fn of_share(share: Share, display: Display, side: Side) -> Option<Figure> {
        Figure::of(Some(share.count), share.base, share.percent, share.interval, display, side)
    }

    fn of_row(row: &Row, base: usize, display: Display, side: Side) -> Option<Figure> {
        Figure::of(row.count, base, row.percent, row.interval, display, side)
    }

    fn of(
        count: Option<usize>,
        base: usize,
        percent: Option<f64>,
        interval: Option<(f64, f64)>,
        display: Display,
        side: Side,
    ) -> Option<Figure> {
        let (count, shown) = (count?, percent?);
        if base == 0 {
            return None;
        }
        let exact = 100.0 * count as f64 / base as f64;
        // The rounded bounds where a sampling design made them; else those that they were rounded from.
        let own = wilson(count as f64, base as f64).map(|(low, high)| (100.0 * low, 100.0 * high));
        let same = |(low, high): (f64, f64), (a, b): (f64, f64)| {
            to_decimals(low, 1) == a && to_decimals(high, 1) == b
        };
        let interval = interval.map(|rounded| own.filter(|own| same(*own, rounded)).unwrap_or(rounded));
        let value = if side.plain { exact } else { shown };
        Some(Figure { shown, value, base, interval, decimals: decimals(display) })
    }
}

fn decimals(display: Display) -> i32 {
    i32::from(display == Display::Full)
}

/// What of a question both waves show.
fn of_question(before: &Question, now: &Question, (early, late): (Side, Side)) -> Vec<(Measure, Pair)> {
    let share = |first: Share, second: Share| {
        let pair =
            Figure::of_share(first, before.display, early).zip(Figure::of_share(second, now.display, late));
        pair.map(|pair| (Measure::TopTwo, pair))
    };
    let bases = before.base.zip(now.base).map(|(before, now)| (before.valid, now.valid));
    let (Some(first), Some(second), Some((base_before, base_now))) = (&before.finding, &now.finding, bases)
    else {
        return Vec::new();
    };
    if !same_choices(first.rows(), second.rows()) {
        return Vec::new();
    }
    match (first, second) {
        (Finding::Scale(first), Finding::Scale(second)) => share(first.top, second.top).into_iter().collect(),
        (Finding::ZeroToTen(first), Finding::ZeroToTen(second)) => {
            share(first.promoters, second.promoters).into_iter().collect()
        }
        (Finding::OneChoice(_), Finding::OneChoice(_))
        | (Finding::ManyChoices(_), Finding::ManyChoices(_)) => {
            let pair = |row: &Row| {
                let earlier = first.rows().iter().find(|earlier| earlier.choice == row.choice)?;
                let pair = Figure::of_row(earlier, base_before, before.display, early)
                    .zip(Figure::of_row(row, base_now, now.display, late))?;
                let measure = Measure::Choice { choice: row.choice.clone(), label: row.label.clone() };
                Some((measure, pair))
            };
            second.rows().iter().filter_map(pair).collect()
        }
        _ => Vec::new(),
    }
}

fn same_choices(first: &[Row], second: &[Row]) -> bool {
    let names = |rows: &[Row]| {
        let mut names: Vec<String> = rows.iter().map(|row| row.choice.clone()).collect();
        order::sort(&mut names);
        names
    };
    names(first) == names(second)
}

fn of_index(before: &IndexResult, now: &IndexResult, (early, late): (Side, Side)) -> Option<(Measure, Pair)> {
    let mean = |n: usize, mean: f64, interval, display| Figure {
        shown: mean,
        value: mean,
        base: n,
        interval,
        decimals: decimals(display),
    };
    let share = |first: Share, second: Share| {
        let pair =
            Figure::of_share(first, before.display, early).zip(Figure::of_share(second, now.display, late));
        pair.map(|pair| (Measure::Share, pair))
    };
    match (before.finding.as_ref()?, now.finding.as_ref()?) {
        (
            IndexFinding::Mean { n: n1, mean: m1, interval: i1, items: items1, .. },
            IndexFinding::Mean { n: n2, mean: m2, interval: i2, items: items2, .. },
        ) => {
            let names = |items: &[super::model::Ranked]| -> Vec<String> {
                items.iter().map(|item| item.question.clone()).collect()
            };
            let pair = (mean(*n1, *m1, *i1, before.display), mean(*n2, *m2, *i2, now.display));
            (names(items1) == names(items2)).then_some((Measure::Mean, pair))
        }
        (IndexFinding::Any(first), IndexFinding::Any(second))
        | (IndexFinding::Reporting(first), IndexFinding::Reporting(second)) => share(*first, *second),
        (
            IndexFinding::SafeWalking { of_all: first, .. },
            IndexFinding::SafeWalking { of_all: second, .. },
        ) => share(*first, *second),
        (
            IndexFinding::Recommendation { promoters: first, .. },
            IndexFinding::Recommendation { promoters: second, .. },
        ) => share(*first, *second),
        (IndexFinding::Commitments(first), IndexFinding::Commitments(second)) => {
            share(first.people, second.people)
        }
        _ => None,
    }
}

fn change(
    question: &str,
    label: &Bilingual,
    measure: Measure,
    (earlier, later): Pair,
    inferred: bool,
) -> WaveChange {
    let digits = earlier.decimals.min(later.decimals);
    let difference = later.value - earlier.value;
    let bounds = earlier.interval.zip(later.interval).filter(|_| inferred);
    let interval = bounds.map(|((low1, high1), (low2, high2))| {
        let below = (later.value - low2).hypot(high1 - earlier.value);
        let above = (high2 - later.value).hypot(earlier.value - low1);
        (difference - below, difference + above)
    });
    let verdict = match interval {
        _ if !inferred => Verdict::NotInferred,
        Some(interval) if excludes_zero(interval) && difference > 0.0 => Verdict::Rose,
        Some(interval) if excludes_zero(interval) => Verdict::Fell,
        _ => Verdict::NoClearChange,
    };
    WaveChange {
        question: question.to_owned(),
        label: label.clone(),
        measure,
        earlier: (earlier.shown, earlier.base),
        later: (later.shown, later.base),
        points: to_decimals(difference, digits),
        interval: interval.map(|(low, high)| (to_decimals(low, 1), to_decimals(high, 1))),
        verdict,
    }
}

/// A question's label, with its grid's before it.
fn full_label(question: &Question) -> Bilingual {
    let Some(grid) = question.grid.as_ref().filter(|_| !matches!(question.kind, Kind::Text | Kind::File))
    else {
        return question.label.clone();
    };
    let joined = |grid: &str, row: &str| {
        if grid.trim().is_empty() { row.to_owned() } else { [grid, " ", row].concat() }
    };
    Bilingual {
        es: joined(&grid.label.es, &question.label.es),
        en: joined(&grid.label.en, &question.label.en),
    }
}
