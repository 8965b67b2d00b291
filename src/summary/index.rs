use super::cells::{BLANK_DAY, Cells, Code, NO_DAY};
use super::lens::{Lens, Share as Shares, Sums};
use super::model::{
    Change, Commitments, Consistency, Display, Ends, Finding, GainInference, Hiding, Incidence, IndexFinding,
    IndexResult, Paired, Question, Ranked,
};
use super::order;
use super::question::{
    Places, Source, best, question, ranks, recommendation_parts, score, scored, scored_counts,
};
use super::rules::{Grade, LEAST_VICTIMS, Part, is_sexual_violence};
use super::statistics::alpha;
use super::statistics::distribution::t_critical;
use super::statistics::moments::Moments;
use super::statistics::ordinal::rescale;
use super::statistics::paired::Pairs;
use super::statistics::priority::Points;
use super::statistics::round::to_decimals;
use super::statistics::signed_rank::SignedRanks;
use super::statistics::victim::Happened;
use super::table::Column;
use crate::form::{Choice, Index, IndexKind, Role};
use crate::survey::Bilingual;

/// The result of an index.
pub(super) fn index(source: Source<'_>, index: &Index, questions: &[Question]) -> IndexResult {
    let (display, finding) = match &index.kind {
        IndexKind::Mean { items, minimum_items } => mean(source, questions, items, *minimum_items),
        IndexKind::Paired { pairs } => paired(source, pairs),
        IndexKind::Priorities { items } => priorities(source, items),
        IndexKind::Any { items } => any_of(source, items),
        IndexKind::Recommendation { item } => recommendation(source, item),
        IndexKind::SafeWalking { item } => safe_walking(source, item),
        IndexKind::Reporting { pairs } => reporting(source, pairs),
        IndexKind::Incidence { pairs } => incidence(source, pairs),
        IndexKind::Ranked { items } => {
            let mut rows = compared(source, questions, items);
            let points = |row: &Ranked| row.top.map_or(-1.0, |top| top.count as f64 / top.base.max(1) as f64);
            order::sort_by(&mut rows, |a, b| {
                points(b).total_cmp(&points(a)).then(b.mean.unwrap_or(0.0).total_cmp(&a.mean.unwrap_or(0.0)))
            });
            (best(rows.iter().map(|row| row.display)), Some(IndexFinding::Ranked(rows)))
        }
        IndexKind::Commitments { count, repeat } => commitments(source, count, repeat),
    };
    let finding = finding.filter(|_| !display.is_hidden());
    IndexResult { id: index.id.clone(), label: source.words(&index.label), display, finding }
}

/// Whether any of an index's questions is among these.
pub(super) fn concerns(index: &Index, asked: impl Fn(&str) -> bool) -> bool {
    match &index.kind {
        IndexKind::Mean { items, .. }
        | IndexKind::Priorities { items }
        | IndexKind::Any { items }
        | IndexKind::Ranked { items } => items.iter().any(|item| asked(item)),
        IndexKind::Paired { pairs } | IndexKind::Reporting { pairs } | IndexKind::Incidence { pairs } => {
            pairs.iter().any(|(first, second)| asked(first) || asked(second))
        }
        IndexKind::Recommendation { item } | IndexKind::SafeWalking { item } => asked(item),
        IndexKind::Commitments { count, .. } => asked(count),
    }
}

/// Each victim counts at most this many incidents: a few people with very many would decide the whole.
const INCIDENTS: f64 = 5.0;

type Found = (Display, Option<IndexFinding>);

fn hidden(reason: Hiding) -> Found {
    (Display::Hidden { reason }, None)
}

fn columns<'a>(source: &'a Source<'a>, names: &[String]) -> Vec<&'a Column> {
    names.iter().filter_map(|name| source.table.column(source.form, name)).collect()
}

fn choice<'a>(source: &'a Source<'a>, column: &Column, row: usize) -> Option<&'a Choice> {
    let Code::Choice(code) = column.code(row) else { return None };
    let node = source.form.node(column.node)?;
    source.form.choices_of(node)?.choices.get(code)
}

fn range(source: &Source<'_>, column: &Column) -> Option<(f64, f64)> {
    source.form.node(column.node).and_then(|node| source.form.choices_of(node))?.score_range()
}

fn ends(source: &Source<'_>, column: &Column) -> Option<Ends> {
    let mut choices: Vec<&Choice> =
        source.choices(column)?.choices.iter().filter(|choice| scored(choice).is_some()).collect();
    order::sort_by(&mut choices, |a, b| a.score.unwrap_or(0.0).total_cmp(&b.score.unwrap_or(0.0)));
    Some(Ends { low: source.words(&choices.first()?.label), high: source.words(&choices.last()?.label) })
}

fn mean(source: Source<'_>, questions: &[Question], items: &[String], minimum: usize) -> Found {
    let columns = columns(&source, items);
    let lenses: Vec<Lens<'_>> = columns
        .iter()
        .map(|column| {
            let range = range(&source, column);
            Lens::of(&source, column, |choice| Some(rescale(scored(choice)?, range?)))
        })
        .collect();
    let rows = source.table.rows.len();
    // Item by item, not person by person: each pass reads one column of bytes.
    let (mut sums, mut counts) = (vec![0.0_f64; rows], vec![0_u8; rows]);
    for lens in &lenses {
        let mut people = sums.iter_mut().zip(&mut counts);
        lens.each(f64::NAN, |_, value| {
            if let Some((sum, count)) = people.next() {
                let known = !value.is_nan();
                *sum += if known { value } else { 0.0 };
                *count += u8::from(known);
            }
        });
    }
    let least = minimum.clamp(1, 255) as u8;
    let mut shares = Shares::default();
    let (mut weighed, mut squares) = (0.0, 0.0);
    let people = sums.iter().zip(&counts).enumerate();
    for (row, (sum, count)) in
        people.filter(|(row, (_, count))| **count >= least && source.selection.has(*row))
    {
        let (value, weight) = (sum / f64::from(*count), source.selection.weight(row));
        shares.add(true, weight);
        weighed += weight * value;
        squares += weight * value * value;
    }
    let (n, total) = (shares.base, shares.base_weight);
    let grade = source.rules.grade_score(n);
    let average = if total > 0.0 { weighed / total } else { 0.0 };
    let finding = grade.points(average).map(|mean| {
        let effective = grade.effective(n);
        let variance =
            (squares / total - average * average).max(0.0) * effective / (effective - 1.0).max(1.0);
        let moments = Moments { n: effective, mean: average, m2: variance * (effective - 1.0) };
        let of_row = |row: usize| {
            let (sum, count) = (sums.get(row)?, counts.get(row).filter(|count| **count >= least)?);
            Some(sum / f64::from(*count))
        };
        let interval = match source.drawn.and_then(|drawn| drawn.error(source.selection, of_row)) {
            Some((error, freedom)) => {
                let half = t_critical(0.05, freedom) * error;
                Some((average - half, average + half))
            }
            None => moments.t_interval(),
        };
        IndexFinding::Mean {
            n,
            mean,
            interval: grade.bounds(interval),
            consistency: if n >= 30 { consistency(source, &lenses, &sums, &counts) } else { None },
            items: compared(source, questions, items),
        }
    });
    (grade.display, finding)
}

/// Over the people who answered every item; `sums` and `counts` are each row's sum over the items answered, and their number.
fn consistency(source: Source<'_>, lenses: &[Lens<'_>], sums: &[f64], counts: &[u8]) -> Option<Consistency> {
    if lenses.len() < 2 {
        return None;
    }
    let complete: Vec<bool> = counts
        .iter()
        .zip(source.selection.mask())
        .map(|(count, chosen)| *chosen && usize::from(*count) == lenses.len())
        .collect();
    let mut whole = Sums::default();
    sums.iter().zip(&complete).filter(|(_, complete)| **complete).for_each(|(sum, _)| whole.add(*sum, 1.0));
    let items: Vec<Moments> = lenses.iter().map(|lens| lens.sums(&complete).moments()).collect();
    let value = to_decimals(alpha::from_moments(&items, whole.moments())?, 2);
    Some(if lenses.len() == 2 { Consistency::SpearmanBrown(value) } else { Consistency::Alpha(value) })
}

/// Items of scales side by side, in the order given.
fn compared(source: Source<'_>, questions: &[Question], items: &[String]) -> Vec<Ranked> {
    columns(&source, items)
        .into_iter()
        .filter_map(|column| {
            let node = source.form.node(column.node)?;
            let known = questions.iter().find(|question| question.name == node.name);
            let made = if known.is_none() { question(source, column) } else { None };
            let result = known.or(made.as_ref())?;
            let row = source.words(&node.label);
            let label = match &result.grid {
                Some(grid) if ambiguous(source, items, &row) => joined(&grid.label, &row),
                _ => row,
            };
            let scale = match &result.finding {
                Some(Finding::Scale(scale)) => Some(scale),
                _ => None,
            };
            // The question's own display stands unless too few of its answers have a score.
            let display = match (result.display, scale) {
                (Display::Hidden { reason }, _) => Display::Hidden { reason },
                (_, Some(scale)) => source.grade(&node.name, source.behind(column, scale.top.base)).display,
                (_, None) => Display::Hidden { reason: Hiding::FewAnswers },
            };
            let shown = scale.filter(|_| !display.is_hidden());
            Some(Ranked {
                question: node.name.clone(),
                label,
                display,
                top: shown.map(|scale| scale.top),
                mean: shown.and_then(|scale| scale.mean),
            })
        })
        .collect()
}

/// Where two items have the same label, only their grids' labels tell them apart.
fn ambiguous(source: Source<'_>, items: &[String], label: &Bilingual) -> bool {
    let same = columns(&source, items)
        .iter()
        .filter_map(|column| source.form.node(column.node))
        .filter(|node| source.words(&node.label) == *label)
        .count();
    same > 1
}

fn joined(outer: &Bilingual, inner: &Bilingual) -> Bilingual {
    Bilingual { es: format!("{}: {}", outer.es, inner.es), en: format!("{}: {}", outer.en, inner.en) }
}

fn paired(source: Source<'_>, pairs: &[(String, String)]) -> Found {
    let rows: Vec<Paired> = pairs
        .iter()
        .filter_map(|(before_name, now_name)| {
            let before = source.table.column(source.form, before_name)?;
            let now = source.table.column(source.form, now_name)?;
            let joint = joint(source, before, now);
            let pairs = Pairs::of_counts(joint.iter().map(|(scores, count, _)| (*scores, *count)));
            let n = pairs.n();
            let grade = source.rules.grade(n);
            let hidden = grade.is_hidden();
            let change = (!hidden).then(|| change(&joint, pairs, grade));
            Some(Paired {
                before: before_name.clone(),
                now: now_name.clone(),
                label: source.words(&source.form.node(now.node)?.label),
                range: range(&source, now).filter(|_| !hidden),
                ends: if hidden { None } else { ends(&source, now) },
                display: grade.display,
                change,
            })
        })
        .collect();
    (best(rows.iter().map(|row| row.display)), Some(IndexFinding::Paired(rows)))
}

/// Scores before and now of the people who gave both: ((before, now), count, weight).
fn joint(source: Source<'_>, before: &Column, now: &Column) -> Vec<((f64, f64), usize, f64)> {
    let lens = |column| Lens::of(&source, column, scored);
    let (before, now) = (lens(before), lens(now));
    let width = now.values.len();
    let mut counts = vec![(0_usize, 0.0_f64); before.values.len() * width];
    for row in source.selection.rows() {
        let (Some(from), Some(to)) = (before.code(row), now.code(row)) else { continue };
        if let Some(entry) = counts.get_mut(from * width + to) {
            *entry = (entry.0 + 1, entry.1 + source.selection.weight(row));
        }
    }
    let scores = |at: usize| Some((before.value(at / width)?, now.value(at % width)?));
    counts
        .into_iter()
        .enumerate()
        .filter(|(_, (count, _))| *count > 0)
        .filter_map(|(at, (count, weight))| Some((scores(at)?, count, weight)))
        .collect()
}

/// What pairs of scores came to, where something may be shown.
fn change(joint: &[((f64, f64), usize, f64)], pairs: Pairs, grade: Grade) -> Change {
    let decimals = if grade.display == Display::Full { 2 } else { 1 };
    let total: f64 = joint.iter().map(|(.., weight)| weight).sum();
    let mean = |side: fn(&(f64, f64)) -> f64| {
        to_decimals(
            joint.iter().map(|(scores, _, weight)| side(scores) * weight).sum::<f64>() / total,
            decimals,
        )
    };
    let part = |wanted: fn(f64) -> bool| {
        let mut part = Part { count: 0, base: pairs.n(), share: 0.0, error: None };
        for ((before, now), count, weight) in joint.iter().filter(|((before, now), ..)| wanted(now - before))
        {
            let _ = (before, now);
            part.count += count;
            part.share += weight / total;
        }
        grade.share(part)
    };
    let ranks = || {
        SignedRanks::of(
            joint.iter().flat_map(|((before, now), count, _)| std::iter::repeat_n(now - before, *count)),
        )
    };
    let described = grade.display.has_percent();
    Change {
        pairs: pairs.n(),
        mean_before: mean(|scores| scores.0),
        mean_now: mean(|scores| scores.1),
        improved: part(|gain| gain > 0.0),
        same: part(|gain| gain == 0.0),
        lower: part(|gain| gain < 0.0),
        d_z: pairs.d_z().filter(|_| described).map(|value| to_decimals(value, 2)),
        rank_biserial: described.then(|| to_decimals(ranks().rank_biserial(), 2)),
        inference: pairs.gain.t_interval().filter(|_| grade.infers()).map(|interval| {
            let ranks = ranks();
            let chance = if ranks.n <= 20 { ranks.exact() } else { ranks.approximate().1 };
            GainInference { interval: (to_decimals(interval.0, 2), to_decimals(interval.1, 2)), chance }
        }),
    }
}

fn priorities(source: Source<'_>, items: &[String]) -> Found {
    let columns = columns(&source, items);
    let list = columns.first().and_then(|column| source.choices(column));
    let length = list.map_or(0, |list| list.choices.len());
    let position =
        |name: &str| list.and_then(|list| list.choices.iter().position(|choice| choice.name == name));
    let lens = |column| {
        let substantive =
            |choice: &Choice| (choice.role == Role::Substantive).then(|| position(&choice.name));
        Lens::of(&source, column, |choice| substantive(choice).flatten())
    };
    let lenses: Vec<Lens<'_, usize>> = columns.iter().map(|column| lens(column)).collect();
    let weighted = source.selection.weights().is_some();
    let mut found = Places { points: vec![Points::default(); length], ..Places::default() };
    if weighted {
        found.weights = vec![[0.0; 3]; length];
    }
    for row in source.selection.rows() {
        // A blank before a choice moves it up, and a choice named twice counts at its first place.
        let weight = if weighted { source.selection.weight(row) } else { 0.0 };
        let mut named = [usize::MAX; 3];
        let mut next = 0;
        for choice in lenses.iter().filter_map(|lens| lens.at(row)) {
            let known = named.contains(&choice);
            if let Some(place) = named.get_mut(next).filter(|_| !known) {
                *place = choice;
                let count = found.points.get_mut(choice).and_then(|points| points.places.get_mut(next));
                count.into_iter().for_each(|count| *count += 1);
                let sum = found.weights.get_mut(choice).and_then(|places| places.get_mut(next));
                sum.into_iter().for_each(|sum| *sum += weight);
            }
            next += 1;
        }
        if next > 0 {
            found.people += 1;
            found.weight += weight;
        }
    }
    let n = found.people;
    let grade = source.rules.grade(n);
    let rows = if grade.is_hidden() { Vec::new() } else { ranks(source.form, list, &found, grade) };
    (grade.display, Some(IndexFinding::Priorities { n, rows }))
}

/// Yes, no, or neither, by choice.
fn happened<'a>(source: &Source<'a>, column: &'a Column) -> Lens<'a, Happened> {
    Lens::of(source, column, |choice| match (choice.role, choice.name.as_str()) {
        (Role::Substantive, "yes") => Some(Happened::Yes),
        (Role::Substantive, "no") => Some(Happened::No),
        _ => None,
    })
}

/// People with a yes to the question of this name.
pub(super) fn victims(source: Source<'_>, name: &str) -> usize {
    source.table.column(source.form, name).map_or(0, |column| {
        let happened = happened(&source, column);
        source.selection.rows().filter(|row| happened.at(*row) == Some(Happened::Yes)).count()
    })
}

/// Any yes is yes, all no is no, anything else cannot be known.
fn any_of(source: Source<'_>, items: &[String]) -> Found {
    if few_victims(source, items.iter()) {
        return hidden(Hiding::FewVictims);
    }
    let columns = columns(&source, items);
    let lenses: Vec<Lens<'_, Happened>> = columns.iter().map(|column| happened(&source, column)).collect();
    // A yes in the high half, the number of noes in the low one.
    let mut known = vec![0_u16; source.table.rows.len()];
    for lens in &lenses {
        let mut people = known.iter_mut();
        lens.each(Happened::Unknown, |_, answer| {
            if let Some(known) = people.next() {
                match answer {
                    Happened::Yes => *known |= 0x100,
                    Happened::No => *known += 1,
                    Happened::Unknown => {}
                }
            }
        });
    }
    let all_no = lenses.len() as u16;
    let shares = Shares::of(source, |row| {
        let known = known.get(row).copied().unwrap_or(0);
        let yes = known >= 0x100;
        (yes || (known == all_no && all_no > 0)).then_some(yes)
    });
    let grade = source.rules.grade(shares.base);
    match told(source, shares, grade) {
        Some(reason) => hidden(reason),
        None => (grade.display, Some(IndexFinding::Any(grade.share(shares.part())))),
    }
}

/// Why a share of people to whom something happened is not told, where it may not be.
fn told(source: Source<'_>, shares: Shares, grade: Grade) -> Option<Hiding> {
    let Shares { count, base, .. } = shares;
    let few = |count: usize| count > 0 && count < source.rules.minimum_cell();
    match () {
        () if grade.is_hidden() => None,
        () if base < 30 && (count == base || count == 0) => Some(Hiding::AllAlike),
        () if source.rules.suppresses() && (few(count) || few(base - count)) => Some(Hiding::FewCases),
        () => None,
    }
}

/// How often, for each type that happened: victims, incidents for a thousand people, repetition.
fn incidence(source: Source<'_>, pairs: &[(String, String)]) -> Found {
    let rows: Vec<Incidence> = pairs
        .iter()
        .filter_map(|(victim, times)| {
            let column = source.table.column(source.form, victim)?;
            let times = source.table.column(source.form, times)?;
            let happened = happened(&source, column);
            let (mut victims, mut repeated, mut incidents) = (Shares::default(), Shares::default(), 0.0);
            for row in source.selection.rows() {
                let (Some(answer), weight) = (happened.at(row), source.selection.weight(row)) else {
                    continue;
                };
                victims.add(answer == Happened::Yes, weight);
                let often = number_at(&source, times, row).filter(|_| answer == Happened::Yes);
                if let Some(often) = often.filter(|often| *often > 0.0) {
                    repeated.add(often > 1.0, weight);
                    incidents += weight * often.min(INCIDENTS);
                }
            }
            let mut grade = source.grade(victim, victims.base);
            if let Some(reason) = told(source, victims, grade) {
                grade = Grade::hidden(reason);
            }
            let often = source.rules.grade_score(repeated.base);
            let shown = !grade.is_hidden();
            let per_thousand = 1000.0 * incidents / victims.base_weight;
            Some(Incidence {
                question: victim.clone(),
                label: source.words(&source.form.node(column.node)?.label),
                display: grade.display,
                victims: shown.then(|| grade.share(victims.part())),
                per_thousand: Some(to_decimals(per_thousand, 0))
                    .filter(|_| shown && !often.is_hidden() && grade.display.has_percent()),
                repeated: (shown && !often.is_hidden() && told(source, repeated, often).is_none())
                    .then(|| often.share(repeated.part())),
            })
        })
        .collect();
    (best(rows.iter().map(|row| row.display)), Some(IndexFinding::Incidence(rows)))
}

fn few_victims<'a>(source: Source<'_>, mut names: impl Iterator<Item = &'a String>) -> bool {
    (source.narrow || source.victims < LEAST_VICTIMS) && names.any(|name| is_sexual_violence(name))
}

fn reporting(source: Source<'_>, pairs: &[(String, String)]) -> Found {
    if few_victims(source, pairs.iter().map(|(victim, _)| victim)) {
        return hidden(Hiding::FewVictims);
    }
    let columns: Vec<(&Column, &Column)> = pairs
        .iter()
        .filter_map(|(victim, report)| {
            Some((source.table.column(source.form, victim)?, source.table.column(source.form, report)?))
        })
        .collect();
    let lenses: Vec<(Lens<'_, Happened>, Lens<'_, bool>)> = columns
        .iter()
        .map(|(victim, report)| {
            let reported = |choice: &Choice| Some(choice.role == Role::Substantive && choice.name != "no");
            (happened(&source, victim), Lens::of(&source, report, reported))
        })
        .collect();
    let shares = Shares::of(source, |row| {
        let (mut victim, mut reported) = (false, false);
        for (happened, report) in &lenses {
            if happened.at(row) == Some(Happened::Yes) {
                victim = true;
                reported |= report.at(row) == Some(true);
            }
        }
        victim.then_some(reported)
    });
    let grade = source.rules.grade(shares.base);
    match told(source, shares, grade) {
        Some(reason) => hidden(reason),
        None => (grade.display, Some(IndexFinding::Reporting(grade.share(shares.part())))),
    }
}

fn recommendation(source: Source<'_>, item: &str) -> Found {
    let Some(column) = source.table.column(source.form, item) else { return hidden(Hiding::NotAsked) };
    let counts = scored_counts(&source.tally(column), source.choices(column));
    let (promoters, passives, detractors) = recommendation_parts(&counts);
    let grade = source.rules.grade_score(promoters.base);
    let finding = score(promoters, detractors, grade).map(|score| IndexFinding::Recommendation {
        promoters: grade.share(promoters),
        passives: grade.share(passives),
        detractors: grade.share(detractors),
        score,
    });
    (grade.display, finding)
}

fn safe_walking(source: Source<'_>, item: &str) -> Found {
    let Some(column) = source.table.column(source.form, item) else { return hidden(Hiding::NotAsked) };
    let answered = Lens::of(&source, column, |choice| {
        let told = !matches!(choice.role, Role::Refused | Role::NotApplicable);
        told.then(|| scored(choice).is_some_and(|score| score >= 3.0))
    });
    let safe = Lens::of(&source, column, |choice| Some(scored(choice)? >= 3.0));
    let of_all = Shares::of(source, |row| answered.at(row));
    let of_scored = Shares::of(source, |row| safe.at(row));
    let grade = source.rules.grade(of_scored.base);
    let finding = IndexFinding::SafeWalking {
        of_all: source.rules.grade(of_all.base).share(of_all.part()),
        of_scored: grade.share(of_scored.part()),
    };
    (grade.display, Some(finding))
}

fn commitments(source: Source<'_>, count: &str, repeat: &str) -> Found {
    let Some(column) = source.table.column(source.form, count) else { return hidden(Hiding::NotAsked) };
    let numbers: Vec<f64> =
        source.selection.rows().filter_map(|row| number_at(&source, column, row)).collect();
    let n = numbers.len();
    let grade = source.rules.grade(n);
    let inside: Vec<&Column> = match source.form.find(repeat) {
        Some(id) => source
            .table
            .columns
            .iter()
            .filter(|column| super::table::innermost_repeat(source.form, column.node) == Some(id))
            .collect(),
        None => Vec::new(),
    };
    let instances = inside.first().map_or(0, |column| {
        (0..column.cells.len()).filter(|cell| source.selection.has(source.table.owner(column, *cell))).count()
    });
    let mut found = Commitments {
        people: grade.share(Part::plain(numbers.iter().filter(|number| **number > 0.0).count(), n)),
        total: instances,
        topics: None,
        likely: None,
        soon: None,
    };
    for column in inside {
        let result = question(source, column);
        match result.and_then(|result| result.finding) {
            Some(super::model::Finding::OneChoice(rows)) if found.topics.is_none() => {
                found.topics = Some(rows)
            }
            Some(super::model::Finding::Scale(scale)) if found.likely.is_none() => {
                found.likely = Some(scale.top)
            }
            Some(super::model::Finding::Months(_)) => found.soon = soon(source, column),
            _ => {}
        }
    }
    (grade.display, Some(IndexFinding::Commitments(found)))
}

/// Days from the day of the answer to the day named, at most 90.
fn soon(source: Source<'_>, column: &Column) -> Option<super::model::Share> {
    let Cells::Days(days) = &column.cells else { return None };
    let (mut count, mut base) = (0, 0);
    for (cell, day) in days.iter().enumerate().filter(|(_, day)| **day != NO_DAY && **day != BLANK_DAY) {
        let row = source.table.owner(column, cell);
        let Some(facts) = source.table.rows.get(row) else { continue };
        if source.selection.has(row) {
            base += 1;
            count += usize::from(day - facts.finished <= 90);
        }
    }
    let grade = source.rules.grade(source.behind(column, base));
    (!grade.is_hidden()).then(|| grade.share(Part::plain(count, base)))
}

/// A number, or the number that a choice's name is.
fn number_at(source: &Source<'_>, column: &Column, row: usize) -> Option<f64> {
    match &column.cells {
        Cells::Numbers(numbers) => numbers.get(row).copied().filter(|number| number.is_finite()),
        _ => choice(source, column, row).and_then(|choice| choice.score.or_else(|| choice.name.parse().ok())),
    }
}
