use super::cells::{Cells, Code};
use super::infer::test_tables;
use super::model::{
    Breakdown, Cell, CrossRow, Crosstab, Display, Finding, Group, Hiding, Kind, Question, Row,
};
use super::order;
use super::question::Source;
use super::rules::{Grade, Part, is_sexual_violence};
use super::statistics::round::whole_percents_of;
use super::statistics::suppression::{Rules as Suppression, Status, suppress_by, suppress_line};
use super::summarize::DISTRICT;
use super::table::Column;
use super::tally::is_missing;
use super::view::LANGUAGE;
use crate::form::{Role, Text};
use crate::survey::Bilingual;

/// The group of a row that belongs to none.
const NONE: u16 = u16::MAX;

/// Which group every row belongs to.
struct Groups {
    of_row: Vec<u16>,
    /// Choice's name, label and people, in the list's order.
    groups: Vec<(String, Bilingual, usize)>,
    /// Selected rows that belong to none.
    outside: usize,
}

/// Results side by side for the groups that a one-choice question makes; `None` where it makes none.
pub(super) fn breakdown(source: Source<'_>, by: &str, questions: &[Question]) -> Option<Breakdown> {
    let (label, members) = groups(source, by)?;
    let displays = displays(source, &members);
    let mut breakdown = Breakdown {
        question: by.to_owned(),
        label,
        groups: members
            .groups
            .iter()
            .zip(&displays)
            .map(|((choice, label, n), display)| Group {
                choice: choice.clone(),
                label: label.clone(),
                base: Some(*n).filter(|_| !display.is_hidden()),
                display: *display,
            })
            .collect(),
        tables: Vec::new(),
    };
    if displays.iter().all(|display| display.is_hidden()) {
        return Some(breakdown);
    }
    let shown: Vec<bool> = displays.iter().map(|display| !display.is_hidden()).collect();
    let told = |question: &&Question| {
        question.name != by
            && !question.repeated
            && !question.display.is_hidden()
            && (by == DISTRICT || !is_sexual_violence(&question.name))
    };
    breakdown.tables = questions
        .iter()
        .filter(told)
        .filter_map(|question| crosstab(source, question, &members, &shown))
        .collect();
    test_tables(source.rules, &mut breakdown);
    Some(breakdown)
}

fn groups(source: Source<'_>, by: &str) -> Option<(Bilingual, Groups)> {
    let table = source.table;
    if by == LANGUAGE {
        let of_row = table.rows.iter().map(|facts| facts.language).collect();
        let named = |tag: &String| (tag.clone(), Bilingual { es: tag.clone(), en: tag.clone() }, 0);
        let groups = Groups { of_row, groups: table.languages.iter().map(named).collect(), outside: 0 };
        return Some((Bilingual::default(), counted(source, groups)));
    }
    let column = table.column(source.form, by).filter(|column| column.repeat.is_none())?;
    let node = source.form.node(column.node)?;
    let choices = &source.choices(column)?.choices;
    if !matches!(column.cells, Cells::Codes(_) | Cells::Wide(_)) {
        return None;
    }
    let mut of_choice = Vec::new();
    let mut named: Vec<(String, Bilingual, usize)> = Vec::new();
    for choice in choices {
        let group = !is_missing(choice.role);
        of_choice.push(if group { named.len() as u16 } else { NONE });
        if group {
            named.push((choice.name.clone(), source.words(&choice.label), 0));
        }
    }
    let of_row = (0..table.rows.len())
        .map(|row| match column.code(row) {
            Code::Choice(code) => of_choice.get(code).copied().unwrap_or(NONE),
            Code::NotShown | Code::Blank => NONE,
        })
        .collect();
    let label: &Text = &node.label;
    let groups = Groups { of_row, groups: named, outside: 0 };
    Some((source.words(label), counted(source, groups)))
}

fn counted(source: Source<'_>, mut groups: Groups) -> Groups {
    for row in source.selection.rows() {
        let group = groups.of_row.get(row).copied().unwrap_or(NONE);
        match groups.groups.get_mut(usize::from(group)) {
            Some((.., n)) => *n += 1,
            None => groups.outside += 1,
        }
    }
    groups
}

/// How much of each group may be shown. Where the groups hidden for their size are one alone, or together fewer than the
/// minimum cell, the next smallest is hidden with them: the total would give them away.
fn displays(source: Source<'_>, members: &Groups) -> Vec<Display> {
    let sizes: Vec<usize> = members.groups.iter().map(|(.., n)| *n).collect();
    let mut displays: Vec<Display> = sizes.iter().map(|n| source.rules.grade_group(*n).display).collect();
    if !source.rules.suppresses() {
        return displays;
    }
    loop {
        let hidden: Vec<usize> = sizes
            .iter()
            .zip(&displays)
            .filter(|(n, display)| **n > 0 && display.is_hidden())
            .map(|(n, _)| *n)
            .chain(Some(members.outside).filter(|n| *n > 0))
            .collect();
        let together: usize = hidden.iter().sum();
        if hidden.is_empty() || (hidden.len() > 1 && together >= source.rules.minimum_cell()) {
            return displays;
        }
        let next = sizes
            .iter()
            .zip(&mut displays)
            .filter(|(_, display)| !display.is_hidden())
            .min_by_key(|(n, _)| **n);
        match next {
            Some((_, display)) => *display = Display::Hidden { reason: Hiding::Complementary },
            None => return displays,
        }
    }
}

/// Counts and weights of a question's categories in each group.
struct Joint {
    /// Per category, per group, then what belongs to no group: (people, weight).
    cells: Vec<Vec<(usize, f64)>>,
    /// Valid answers per group, then outside: (people, weight).
    bases: Vec<(usize, f64)>,
}

fn crosstab(source: Source<'_>, question: &Question, members: &Groups, shown: &[bool]) -> Option<Crosstab> {
    let column = source.table.column(source.form, &question.name)?;
    let rows: Vec<&Row> = match question.finding.as_ref()? {
        Finding::OneChoice(rows) => rows.iter().collect(),
        Finding::Scale(scale) => scale.rows.iter().collect(),
        Finding::ZeroToTen(result) => result.rows.iter().collect(),
        Finding::ManyChoices(result) => result.rows.iter().collect(),
        Finding::Ranking(_) | Finding::Number(_) | Finding::Months(_) | Finding::Answered => return None,
    };
    // What is suppressed for everybody is not told by groups either.
    if rows.iter().any(|row| row.count.is_none()) {
        return None;
    }
    let many = question.kind == Kind::ManyChoices;
    let joint = joint(source, column, &rows, members, many)?;
    let grades: Vec<Grade> = shown
        .iter()
        .enumerate()
        .map(|(group, shown)| match joint.bases.get(group) {
            Some((n, _)) if *shown => source.rules.grade_group(*n),
            _ => Grade::hidden(Hiding::SmallGroup),
        })
        .collect();
    if grades.iter().all(|grade| grade.is_hidden()) {
        return None;
    }
    let open = if source.rules.suppresses() {
        published(&joint, &grades, many, source.rules.minimum_cell())?
    } else {
        vec![vec![true; grades.len()]; rows.len()]
    };
    let mut table = Crosstab {
        question: question.name.clone(),
        label: question.label.clone(),
        section: question.section.clone(),
        grid: question.grid.clone(),
        kind: question.kind,
        total: question.base.map(|base| base.valid),
        bases: grades
            .iter()
            .zip(&joint.bases)
            .map(|(grade, (n, _))| Some(*n).filter(|_| !grade.is_hidden()))
            .collect(),
        rows: rows.iter().map(|row| cross_row(row, grades.len())).collect(),
        top: Vec::new(),
        test: None,
    };
    for (group, grade) in grades.iter().enumerate().filter(|(_, grade)| !grade.is_hidden()) {
        let (base, base_weight) = joint.bases.get(group).copied().unwrap_or_default();
        let share = |weight: f64| if base_weight > 0.0 { weight / base_weight } else { 0.0 };
        let cells = || joint.cells.iter().filter_map(|row| row.get(group).copied());
        let wholes = whole_percents_of(&cells().map(|(_, weight)| weight).collect::<Vec<_>>());
        for (at, ((count, weight), whole)) in cells().zip(wholes).enumerate() {
            let visible = open.get(at).and_then(|row| row.get(group)).copied().unwrap_or(false);
            let cell = table.rows.get_mut(at).and_then(|row| row.cells.get_mut(group));
            let (Some(cell), true) = (cell, visible) else { continue };
            let part = Part { count, base, share: share(weight), error: None };
            *cell = Cell {
                count: Some(count),
                percent: match grade.display {
                    Display::WholePercent { .. } if !many => Some(f64::from(whole)),
                    _ => grade.points(100.0 * part.share),
                },
                whole: if many {
                    grade.whole(part.share)
                } else {
                    Some(whole).filter(|_| grade.display.has_percent())
                },
                interval: grade.interval(part),
                stands_out: None,
            };
        }
    }
    if question.kind == Kind::Scale {
        table.top = tops(&rows, &joint, &grades, &open);
    }
    Some(table)
}

fn cross_row(row: &Row, groups: usize) -> CrossRow {
    let total = Cell {
        count: row.count,
        percent: row.percent,
        whole: row.whole,
        interval: row.interval,
        stands_out: None,
    };
    CrossRow {
        choice: row.choice.clone(),
        label: row.label.clone(),
        total,
        cells: vec![Cell::default(); groups],
    }
}

/// The two highest scores in each group, where none of the scores is suppressed.
fn tops(
    rows: &[&Row],
    joint: &Joint,
    grades: &[Grade],
    open: &[Vec<bool>],
) -> Vec<Option<super::model::Share>> {
    let scored: Vec<usize> =
        (0..rows.len()).filter(|at| rows.get(*at).is_some_and(|row| row.role == Role::Substantive)).collect();
    let of = |group: usize, positions: &[usize]| {
        let cells = positions.iter().filter_map(|at| joint.cells.get(*at)?.get(group).copied());
        cells.fold((0, 0.0), |sum, cell| (sum.0 + cell.0, sum.1 + cell.1))
    };
    let top = scored.get(scored.len().saturating_sub(2)..).unwrap_or_default();
    grades
        .iter()
        .enumerate()
        .map(|(group, grade)| {
            let visible = |at: &usize| open.get(*at).and_then(|row| row.get(group)).copied().unwrap_or(false);
            let ((count, weight), (base, base_weight)) = (of(group, top), of(group, &scored));
            let share = if base_weight > 0.0 { weight / base_weight } else { 0.0 };
            (!grade.is_hidden() && base > 0 && scored.iter().all(visible))
                .then(|| grade.share(Part { count, base, share, error: None }))
        })
        .collect()
}

fn joint(source: Source<'_>, column: &Column, rows: &[&Row], members: &Groups, many: bool) -> Option<Joint> {
    let width = members.groups.len() + 1;
    let choices = &source.choices(column)?.choices;
    let category: Vec<Option<usize>> =
        choices.iter().map(|choice| rows.iter().position(|row| row.choice == choice.name)).collect();
    let length = category.len();
    // By code first, in one flat table that stays in the processor's nearest memory.
    let mut flat = vec![(0_usize, 0.0_f64); width * length.max(1)];
    let mut cases = vec![(0_usize, 0.0_f64); width];
    for row in source.selection.rows() {
        let group = usize::from(members.of_row.get(row).copied().unwrap_or(NONE)).min(width - 1);
        let weight = source.selection.weight(row);
        let mut add = |code: usize| {
            if let Some((count, sum)) = flat.get_mut(group * length + code) {
                *count += 1;
                *sum += weight;
            }
        };
        match &column.cells {
            Cells::Sets { stride, words } if many => {
                let words = words.get(row * stride..(row + 1) * stride).unwrap_or_default();
                let mut any = false;
                for (code, _) in category.iter().enumerate().filter(|(_, category)| category.is_some()) {
                    let bit = code + 1;
                    if words.get(bit / 64).is_some_and(|word| word >> (bit % 64) & 1 == 1) {
                        any = true;
                        add(code);
                    }
                }
                if any && let Some((count, sum)) = cases.get_mut(group) {
                    *count += 1;
                    *sum += weight;
                }
            }
            _ => {
                if let Code::Choice(code) = column.code(row) {
                    add(code);
                }
            }
        }
    }
    let mut cells = vec![vec![(0, 0.0); width]; rows.len()];
    for (code, category) in category.iter().enumerate() {
        let Some(cells) = category.and_then(|category| cells.get_mut(category)) else { continue };
        for (group, cell) in cells.iter_mut().enumerate() {
            *cell = flat.get(group * length + code).copied().unwrap_or_default();
        }
    }
    let sum = |group: usize| {
        let cells = cells.iter().filter_map(|row| row.get(group).copied());
        cells.fold((0, 0.0), |sum: (usize, f64), cell| (sum.0 + cell.0, sum.1 + cell.1))
    };
    let bases = if many { cases } else { (0..width).map(sum).collect() };
    Some(Joint { cells, bases })
}

/// Which cells may be published, by category and group; `None` where nothing of the table may. Groups that are hidden stand as
/// one column that everybody can work out from the totals.
fn published(joint: &Joint, grades: &[Grade], many: bool, least: usize) -> Option<Vec<Vec<bool>>> {
    let least = least as u64;
    let shown: Vec<usize> = (0..grades.len())
        .filter(|group| grades.get(*group).is_some_and(|grade| !grade.is_hidden()))
        .collect();
    let line = |row: &Vec<(usize, f64)>| -> Vec<u64> {
        let mut line: Vec<u64> =
            shown.iter().map(|group| row.get(*group).map_or(0, |(count, _)| *count as u64)).collect();
        let all: u64 = row.iter().map(|(count, _)| *count as u64).sum();
        line.push(all - line.iter().sum::<u64>());
        line
    };
    let counts: Vec<Vec<u64>> = joint.cells.iter().map(line).collect();
    let open: Vec<Vec<bool>> = match many {
        // Marks of many choices do not add to a group's base, so each line stands alone.
        true => counts.iter().map(|line| open(&suppress_line(line, least).cells)).collect(),
        false => exclusive(&counts, least)?,
    };
    let by_group = |line: &Vec<bool>| {
        let mut groups = vec![false; grades.len()];
        for (group, open) in shown.iter().zip(line) {
            if let Some(entry) = groups.get_mut(*group) {
                *entry = *open;
            }
        }
        groups
    };
    Some(open.iter().map(by_group).collect())
}

fn open(line: &[Status]) -> Vec<bool> {
    line.iter().map(|status| *status == Status::Shown).collect()
}

/// Categories that exclude each other. Those that few gave at all are told for no group: together they are one line, which
/// everybody can work out from the others, large enough to stand.
fn exclusive(counts: &[Vec<u64>], least: u64) -> Option<Vec<Vec<bool>>> {
    let totals: Vec<u64> = counts.iter().map(|line| line.iter().sum()).collect();
    let mut order: Vec<usize> =
        (0..counts.len()).filter(|at| totals.get(*at).is_some_and(|n| *n > 0)).collect();
    order::sort_by_key(&mut order, |at| totals.get(*at).copied());
    let mut pooled = 0;
    let mut together = 0;
    for at in &order {
        let total = totals.get(*at).copied().unwrap_or(0);
        if total >= least && (pooled == 0 || together >= least) {
            break;
        }
        pooled += 1;
        together += total;
    }
    let (few, own) = order.split_at(pooled);
    let mut lines: Vec<Vec<u64>> = own.iter().filter_map(|at| counts.get(*at).cloned()).collect();
    if !few.is_empty() {
        let width = counts.first().map_or(0, Vec::len);
        let sum = |column: usize| few.iter().filter_map(|at| counts.get(*at)?.get(column)).sum();
        lines.push((0..width).map(sum).collect());
    }
    let found = suppress_by(&lines, &Suppression { cell: least, row: 1, column: 1 });
    let totals_stand =
        found.row_totals.iter().chain(&found.column_totals).all(|total| *total == Status::Shown);
    if found.is_withheld() || !totals_stand {
        return None;
    }
    let mut result = vec![Vec::new(); counts.len()];
    for (at, line) in own.iter().zip(&found.cells) {
        if let Some(entry) = result.get_mut(*at) {
            *entry = open(line);
        }
    }
    // Nobody at all gave it: that is told for everybody already.
    for (at, total) in totals.iter().enumerate().filter(|(_, total)| **total == 0) {
        let width = counts.get(at).map_or(0, Vec::len);
        if let (Some(entry), 0) = (result.get_mut(at), *total) {
            *entry = vec![true; width];
        }
    }
    Some(result)
}
