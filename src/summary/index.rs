use super::cells::{BLANK_DAY, Cells, Code, NO_DAY};
use super::model::{Change, Commitments, Display, Ends, Hiding, IndexFinding, IndexResult, Paired, Ranked};
use super::question::{Source, best, question, ranks, score, scored};
use super::rules::{Grade, LEAST_VICTIMS, is_sexual_violence};
use super::statistics::moments::Moments;
use super::statistics::ordinal::{Ordinal, person_index};
use super::statistics::paired::Pairs;
use super::statistics::priority::borda;
use super::statistics::recommend::Recommendation;
use super::statistics::round::to_decimals;
use super::statistics::victim::{Happened, any, prevalence};
use super::table::Column;
use crate::form::{Choice, Index, IndexKind, Role};
use crate::survey::Bilingual;

/// The result of an index.
pub(super) fn index(source: Source<'_>, index: &Index) -> IndexResult {
    let (display, finding) = match &index.kind {
        IndexKind::Mean { items, minimum_items } => mean(source, items, *minimum_items),
        IndexKind::Paired { pairs } => paired(source, pairs),
        IndexKind::Priorities { items } => priorities(source, items),
        IndexKind::Any { items } => any_of(source, items),
        IndexKind::Recommendation { item } => recommendation(source, item),
        IndexKind::SafeWalking { item } => safe_walking(source, item),
        IndexKind::Reporting { pairs } => reporting(source, pairs),
        IndexKind::Ranked { items } => {
            let mut rows = compared(source, items);
            let points = |row: &Ranked| row.top.map_or(-1.0, |top| top.count as f64 / top.base.max(1) as f64);
            rows.sort_by(|a, b| {
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
        IndexKind::Paired { pairs } | IndexKind::Reporting { pairs } => {
            pairs.iter().any(|(first, second)| asked(first) || asked(second))
        }
        IndexKind::Recommendation { item } | IndexKind::SafeWalking { item } => asked(item),
        IndexKind::Commitments { count, .. } => asked(count),
    }
}

type Found = (Display, Option<IndexFinding>);

fn hidden(reason: Hiding) -> Found {
    (Display::Hidden { reason }, None)
}

/// Positions of the selected rows.
fn people<'a>(source: Source<'a>) -> impl Iterator<Item = usize> + 'a {
    source.selected.iter().enumerate().filter(|(_, selected)| **selected).map(|(row, _)| row)
}

fn columns<'a>(source: &'a Source<'a>, names: &[String]) -> Vec<&'a Column> {
    names.iter().filter_map(|name| source.table.column(source.form, name)).collect()
}

fn choice<'a>(source: &'a Source<'a>, column: &Column, row: usize) -> Option<&'a Choice> {
    let Code::Choice(code) = column.code(row) else { return None };
    let node = source.form.node(column.node)?;
    source.form.choices_of(node)?.choices.get(code)
}

fn score_at(source: &Source<'_>, column: &Column, row: usize) -> Option<f64> {
    choice(source, column, row).and_then(scored)
}

fn range(source: &Source<'_>, column: &Column) -> Option<(f64, f64)> {
    source.form.node(column.node).and_then(|node| source.form.choices_of(node))?.score_range()
}

fn ends(source: &Source<'_>, column: &Column) -> Option<Ends> {
    let mut choices: Vec<&Choice> =
        source.choices(column)?.choices.iter().filter(|choice| scored(choice).is_some()).collect();
    choices.sort_by(|a, b| a.score.unwrap_or(0.0).total_cmp(&b.score.unwrap_or(0.0)));
    Some(Ends { low: source.words(&choices.first()?.label), high: source.words(&choices.last()?.label) })
}

fn mean(source: Source<'_>, items: &[String], minimum: usize) -> Found {
    let columns = columns(&source, items);
    let ranges: Vec<Option<(f64, f64)>> = columns.iter().map(|column| range(&source, column)).collect();
    let values = people(source).filter_map(|row| {
        let scores: Vec<_> = columns
            .iter()
            .zip(&ranges)
            .map(|(column, range)| Some((score_at(&source, column, row)?, (*range)?)))
            .collect();
        person_index(&scores, minimum)
    });
    let moments = Moments::of(values);
    let n = moments.n as usize;
    let grade = source.rules.grade_score(n);
    let finding =
        grade.points(moments.mean).map(|mean| IndexFinding::Mean { n, mean, items: compared(source, items) });
    (grade.display, finding)
}

/// Items of scales side by side, in the order given.
fn compared(source: Source<'_>, items: &[String]) -> Vec<Ranked> {
    columns(&source, items)
        .into_iter()
        .filter_map(|column| {
            let node = source.form.node(column.node)?;
            let result = question(source, column)?;
            let mut counts: Vec<(f64, usize)> = source
                .choices(column)?
                .choices
                .iter()
                .zip(source.tally(column).counts)
                .filter_map(|(choice, count)| Some((scored(choice)?, count)))
                .collect();
            counts.sort_by(|a, b| a.0.total_cmp(&b.0));
            let ordinal = Ordinal::of(&counts);
            // The row's own display stands unless too few of its answers have a score.
            let grade = match result.display {
                Display::Hidden { reason } => Grade::hidden(reason),
                _ => source.grade(&node.name, source.behind(column, ordinal.n)),
            };
            let row = source.words(&node.label);
            Some(Ranked {
                question: node.name.clone(),
                label: match result.grid {
                    Some(grid) if ambiguous(source, items, &row) => joined(&grid.label, &row),
                    _ => row,
                },
                display: grade.display,
                top: (!grade.is_hidden()).then(|| grade.share(ordinal.top, ordinal.n)),
                mean: grade.mean(ordinal.moments.mean),
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
            let scores = |column, row| score_at(&source, column, row);
            let pairs = Pairs::of(people(source).map(|row| (scores(before, row), scores(now, row))));
            let n = pairs.n();
            let grade = source.rules.grade(n);
            let hidden = grade.is_hidden();
            let decimals = if grade.display == Display::Full { 2 } else { 1 };
            let change = (!hidden).then(|| Change {
                pairs: n,
                mean_before: to_decimals(pairs.before.mean, decimals),
                mean_now: to_decimals(pairs.now.mean, decimals),
                improved: grade.share(pairs.improved, n),
                same: grade.share(pairs.same, n),
                lower: grade.share(pairs.lower, n),
            });
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

fn priorities(source: Source<'_>, items: &[String]) -> Found {
    let columns = columns(&source, items);
    let list = columns.first().and_then(|column| source.choices(column));
    let length = list.map_or(0, |list| list.choices.len());
    let position =
        |name: &str| list.and_then(|list| list.choices.iter().position(|choice| choice.name == name));
    let named: Vec<Vec<usize>> = people(source)
        .map(|row| {
            let chosen = columns.iter().filter_map(|column| choice(&source, column, row));
            chosen
                .filter(|choice| choice.role == Role::Substantive)
                .filter_map(|c| position(&c.name))
                .collect()
        })
        .collect();
    let (n, points) = borda(named.iter().map(Vec::as_slice), length);
    let grade = source.rules.grade(n);
    let rows = if grade.is_hidden() { Vec::new() } else { ranks(source.form, list, &points, n, grade) };
    (grade.display, Some(IndexFinding::Priorities { n, rows }))
}

fn happened(source: &Source<'_>, column: &Column, row: usize) -> Happened {
    match choice(source, column, row) {
        Some(choice) if choice.role != Role::Substantive => Happened::Unknown,
        Some(choice) if choice.name == "yes" => Happened::Yes,
        Some(choice) if choice.name == "no" => Happened::No,
        _ => Happened::Unknown,
    }
}

/// People with a yes to the question of this name.
pub(super) fn victims(source: Source<'_>, name: &str) -> usize {
    source.table.column(source.form, name).map_or(0, |column| {
        people(source).filter(|row| happened(&source, column, *row) == Happened::Yes).count()
    })
}

fn any_of(source: Source<'_>, items: &[String]) -> Found {
    if few_victims(source, items.iter()) {
        return hidden(Hiding::FewVictims);
    }
    let columns = columns(&source, items);
    let (victims, base) = prevalence(
        people(source).map(|row| any(columns.iter().map(|column| happened(&source, column, row)))),
    );
    let grade = source.rules.grade(base);
    if !grade.is_hidden() && base < 30 && (victims == base || victims == 0) {
        return hidden(Hiding::AllAlike);
    }
    (grade.display, Some(IndexFinding::Any(grade.share(victims, base))))
}

fn few_victims<'a>(source: Source<'_>, mut names: impl Iterator<Item = &'a String>) -> bool {
    source.victims < LEAST_VICTIMS && names.any(|name| is_sexual_violence(name))
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
    let told = |column: &Column, row| {
        choice(&source, column, row)
            .is_some_and(|choice| choice.role == Role::Substantive && choice.name != "no")
    };
    let mut base = 0;
    let mut reported = 0;
    for row in people(source) {
        let mut victims =
            columns.iter().filter(|(victim, _)| happened(&source, victim, row) == Happened::Yes).peekable();
        if victims.peek().is_some() {
            base += 1;
            reported += usize::from(victims.any(|(_, report)| told(report, row)));
        }
    }
    let grade = source.rules.grade(base);
    if !grade.is_hidden() && base < 30 && (reported == base || reported == 0) {
        return hidden(Hiding::AllAlike);
    }
    (grade.display, Some(IndexFinding::Reporting(grade.share(reported, base))))
}

fn recommendation(source: Source<'_>, item: &str) -> Found {
    let Some(column) = source.table.column(source.form, item) else { return hidden(Hiding::NotAsked) };
    let scores = people(source).filter_map(|row| score_at(&source, column, row));
    let recommendation = Recommendation::of(scores.map(|score| (score, 1)));
    let n = recommendation.n();
    let grade = source.rules.grade_score(n);
    let finding = score(recommendation, grade).map(|score| IndexFinding::Recommendation {
        promoters: grade.share(recommendation.promoters, n),
        passives: grade.share(recommendation.passives, n),
        detractors: grade.share(recommendation.detractors, n),
        score,
    });
    (grade.display, finding)
}

fn safe_walking(source: Source<'_>, item: &str) -> Found {
    let Some(column) = source.table.column(source.form, item) else { return hidden(Hiding::NotAsked) };
    let (mut safe, mut scored_answers, mut all) = (0, 0, 0);
    for row in people(source) {
        let Some(choice) = choice(&source, column, row) else { continue };
        all += usize::from(!matches!(choice.role, Role::Refused | Role::NotApplicable));
        if let Some(score) = scored(choice) {
            scored_answers += 1;
            safe += usize::from(score >= 3.0);
        }
    }
    let grade = source.rules.grade(scored_answers);
    let finding = IndexFinding::SafeWalking {
        of_all: source.rules.grade(all).share(safe, all),
        of_scored: grade.share(safe, scored_answers),
    };
    (grade.display, Some(finding))
}

fn commitments(source: Source<'_>, count: &str, repeat: &str) -> Found {
    let Some(column) = source.table.column(source.form, count) else { return hidden(Hiding::NotAsked) };
    let numbers: Vec<f64> = people(source).filter_map(|row| number_at(&source, column, row)).collect();
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
        (0..column.cells.len())
            .filter(|cell| source.selected.get(source.table.owner(column, *cell)).copied().unwrap_or(false))
            .count()
    });
    let mut found = Commitments {
        people: grade.share(numbers.iter().filter(|number| **number > 0.0).count(), n),
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
        if source.selected.get(row).copied().unwrap_or(false) {
            base += 1;
            count += usize::from(day - facts.finished <= 90);
        }
    }
    let grade = source.rules.grade(source.behind(column, base));
    (!grade.is_hidden()).then(|| grade.share(count, base))
}

/// A number, or the number that a choice's name is.
fn number_at(source: &Source<'_>, column: &Column, row: usize) -> Option<f64> {
    match &column.cells {
        Cells::Numbers(numbers) => numbers.get(row).copied().filter(|number| number.is_finite()),
        _ => choice(source, column, row).and_then(|choice| choice.score.or_else(|| choice.name.parse().ok())),
    }
}
