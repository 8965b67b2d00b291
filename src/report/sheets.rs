//! The summary as tables of cells for a workbook, and as JSON with what it was made from. Read [`tables`] first. Every number is
//! one that the summary shows, with the same decimals.

use super::file::sheet::{Cell, Sheet};
use super::html;
use super::stamp::Stamp;
use crate::i18n::format::date;
use crate::i18n::report::words;
use crate::i18n::{Language, sheets as say};
use crate::summary::{
    Breakdown, Comparison, Difference, Display, Finding, IndexFinding, Kind, Measure, Question, Reliability,
    Row, Share, Summary, View,
};
use crate::survey::Bilingual;

/// What a file was made from, in a line: hash, version, day, and the view where it is not the plain one.
pub fn inputs(stamp: &Stamp, view: &View, language: Language) -> String {
    let query = view.to_query();
    let made = format!("Sondeo {} · {} · SHA-256 {}", stamp.version, date(stamp.made, language), stamp.hash);
    if query.is_empty() { made } else { format!("{made} · {query}") }
}

/// The summary as JSON ([`crate::summary::wire`]) with its stamp.
pub fn json(summary: &Summary, stamp: &Stamp) -> String {
    let text = crate::summary::wire::to_json(summary);
    let made = format!(
        "{{\n  \"made\": {{ \"hash\": \"{}\", \"version\": \"{}\", \"day\": \"{}\" }},",
        stamp.hash, stamp.version, stamp.made
    );
    text.replacen('{', &made, 1)
}

/// Tables for a workbook: results, indices, groups where asked for, the wave compared with.
pub fn tables(summary: &Summary, comparison: Option<&Comparison>, language: Language) -> Vec<Sheet> {
    let mut sheets = vec![results(summary, language), indices(summary, language)];
    sheets.extend(summary.breakdowns.iter().map(|breakdown| groups(breakdown, language)));
    sheets.extend(comparison.map(|comparison| changes(comparison, language)));
    sheets.retain(|sheet| !sheet.rows.is_empty());
    sheets
}

fn text(text: impl Into<String>) -> Cell {
    Cell::Text(text.into())
}

fn label(text: &Bilingual, language: Language) -> Cell {
    Cell::Text(language.pick(&text.es, &text.en).clone())
}

fn whole(count: Option<usize>) -> Cell {
    count.map_or(Cell::Empty, |count| Cell::Number { value: count as f64, decimals: 0 })
}

fn fine(value: Option<f64>, display: Display) -> Cell {
    let decimals = usize::from(display == Display::Full);
    value.map_or(Cell::Empty, |value| Cell::Number { value, decimals })
}

fn mean(value: Option<f64>, display: Display) -> Cell {
    let decimals = if display == Display::Full { 2 } else { 1 };
    value.map_or(Cell::Empty, |value| Cell::Number { value, decimals })
}

fn bounds(interval: Option<(f64, f64)>) -> [Cell; 2] {
    let bound = |value: f64| Cell::Number { value, decimals: 1 };
    interval.map_or([Cell::Empty, Cell::Empty], |(low, high)| [bound(low), bound(high)])
}

fn reliability(label: Option<Reliability>, language: Language) -> Cell {
    match label {
        None => Cell::Empty,
        Some(Reliability::Reliable) => text(say::reliable(language)),
        Some(Reliability::WeaklyReliable) => text(say::weakly_reliable(language)),
        Some(Reliability::NotReliable) => text(say::not_reliable(language)),
    }
}

/// A line of the results: which question, what it is about, people, base, percent, interval, reliability, note.
struct Line<'a> {
    question: &'a Question,
    what: Cell,
    count: Cell,
    base: Cell,
    percent: Cell,
    interval: Option<(f64, f64)>,
    reliability: Option<Reliability>,
    note: Cell,
}

impl Line<'_> {
    fn cells(self, summary: &Summary, language: Language) -> Vec<Cell> {
        let section = summary.sections.iter().find(|one| Some(&one.name) == self.question.section.as_ref());
        let grid = self.question.grid.as_ref().map(|grid| language.pick(&grid.label.es, &grid.label.en));
        let own = language.pick(&self.question.label.es, &self.question.label.en);
        let named = grid.map_or_else(|| own.clone(), |grid| format!("{grid}: {own}"));
        let [low, high] = bounds(self.interval);
        vec![
            section.map_or(Cell::Empty, |section| label(&section.label, language)),
            text(&self.question.name),
            text(named),
            self.what,
            self.count,
            self.base,
            self.percent,
            low,
            high,
            reliability(self.reliability, language),
            self.note,
        ]
    }
}

fn results(summary: &Summary, language: Language) -> Sheet {
    let name = words(language);
    let header = [
        say::section(language),
        say::name(language),
        name.question,
        name.answer,
        name.people,
        "n",
        "%",
        say::low(language),
        say::high(language),
        say::label(language),
        say::note(language),
    ];
    let rows = summary.questions.iter().flat_map(|question| {
        lines(question, summary, language).into_iter().map(|line| line.cells(summary, language))
    });
    Sheet {
        name: say::results(language).to_owned(),
        header: header.map(str::to_owned).to_vec(),
        rows: rows.collect(),
    }
}

fn lines<'a>(question: &'a Question, summary: &Summary, language: Language) -> Vec<Line<'a>> {
    let name = words(language);
    let base = whole(question.base.map(|base| base.valid));
    let blank = |what: Cell| Line {
        question,
        what,
        count: Cell::Empty,
        base: base.clone(),
        percent: Cell::Empty,
        interval: None,
        reliability: None,
        note: Cell::Empty,
    };
    if let Display::Hidden { reason } = question.display {
        let note = text(html::hidden(reason, summary, language));
        return vec![Line { note, base: Cell::Empty, ..blank(Cell::Empty) }];
    }
    let display = question.display;
    let row = |row: &Row| Line {
        count: whole(row.count),
        percent: fine(row.percent, display),
        interval: row.interval,
        reliability: row.reliability,
        note: if row.count.is_none() { text(say::suppressed(language)) } else { Cell::Empty },
        ..blank(label(&row.label, language))
    };
    let share = |what: &str, share: Share| Line {
        count: whole(Some(share.count)),
        base: whole(Some(share.base)),
        percent: fine(share.percent, display),
        interval: share.interval,
        reliability: share.reliability,
        ..blank(text(what))
    };
    let value = |what: &str, value: Cell| Line { percent: Cell::Empty, note: value, ..blank(text(what)) };
    let points = |what: &str, points: Option<Difference>| Line {
        note: fine(points.map(|points| points.fine), display),
        interval: points.and_then(|points| points.interval),
        ..blank(text(what))
    };
    let mut lines: Vec<Line<'a>> =
        question.finding.iter().flat_map(|finding| finding.rows().iter().map(row)).collect();
    match &question.finding {
        Some(Finding::Scale(scale)) => {
            lines.push(share(name.top_two, scale.top));
            lines.push(share(name.bottom_two, scale.bottom));
            lines.push(points(name.net, scale.net));
            lines.push(value(name.mean, mean(scale.mean, display)));
            lines.push(value(name.median, mean(scale.median, display)));
            lines.push(value(name.deviation, mean(scale.sd, display)));
        }
        Some(Finding::ZeroToTen(result)) => {
            lines.push(share(name.promoters, result.promoters));
            lines.push(share(name.passives, result.passives));
            lines.push(share(name.detractors, result.detractors));
            lines.push(points(name.score, result.score));
            lines.push(value(name.mean, mean(result.mean, display)));
        }
        Some(Finding::Ranking(ranks)) => {
            for rank in ranks {
                let own = language.pick(&rank.label.es, &rank.label.en);
                lines.push(share(&format!("{own}: {}", name.first), rank.first));
                lines.push(share(&format!("{own}: {}", name.top_three), rank.top_three));
            }
        }
        Some(Finding::Number(number)) => {
            for class in &number.classes {
                lines.push(Line {
                    count: whole(Some(class.count)),
                    percent: fine(class.percent, display),
                    ..blank(text(super::figure::class_name(class.from, class.to)))
                });
            }
            let quartiles = number.quartiles;
            lines.push(value(name.median, mean(quartiles.map(|(_, median, _)| median), display)));
            lines.push(value(name.mean, mean(number.mean, display)));
            lines.push(value(name.total, mean(number.total, display)));
        }
        Some(Finding::Months(months)) => {
            for month in months {
                lines.push(Line {
                    count: whole(Some(month.count)),
                    ..blank(text(format!("{}-{:02}", month.year, month.month)))
                });
            }
        }
        Some(Finding::Answered) if question.kind == Kind::File => lines.push(blank(text(name.files))),
        Some(Finding::Answered) => lines.push(blank(text(name.texts))),
        Some(Finding::OneChoice(_) | Finding::ManyChoices(_)) | None => {}
    }
    lines.retain(|line| {
        !matches!((&line.note, &line.count, &line.percent), (Cell::Empty, Cell::Empty, Cell::Empty))
            || matches!(question.finding, Some(Finding::Answered))
    });
    // What is no answer on the scale, of those asked.
    let asked = question.base.map(|base| base.shown - base.not_applicable);
    lines.extend(question.apart.iter().map(|apart| Line { base: whole(asked), ..row(apart) }));
    if let Some(base) = question.base.filter(|base| base.blank > 0) {
        lines.push(Line {
            count: whole(Some(base.blank)),
            base: whole(asked),
            ..blank(text(say::blank(language)))
        });
    }
    lines
}

fn indices(summary: &Summary, language: Language) -> Sheet {
    let name = words(language);
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for index in &summary.indices {
        let head = || [text(&index.id), label(&index.label, language)];
        let mut line =
            |what: Cell, count: Cell, base: Cell, value: Cell, interval: Option<(f64, f64)>, note: Cell| {
                let [low, high] = bounds(interval);
                rows.push(head().into_iter().chain([what, count, base, value, low, high, note]).collect());
            };
        if let Display::Hidden { reason } = index.display {
            let why = text(html::hidden(reason, summary, language));
            line(Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty, None, why);
            continue;
        }
        let mut share = |what: Cell, share: Share| {
            let percent = share.percent.map_or(Cell::Empty, |value| Cell::Number { value, decimals: 1 });
            line(
                what,
                whole(Some(share.count)),
                whole(Some(share.base)),
                percent,
                share.interval,
                Cell::Empty,
            );
        };
        match &index.finding {
            Some(IndexFinding::Any(found)) => share(text(name.victims), *found),
            Some(IndexFinding::Reporting(found)) => share(text(name.reported), *found),
            Some(IndexFinding::SafeWalking { of_all, of_scored }) => {
                share(text(name.of_all), *of_all);
                share(text(name.of_scored), *of_scored);
            }
            Some(IndexFinding::Incidence(found)) => {
                for row in found {
                    let what = label(&row.label, language);
                    if let Some(victims) = row.victims {
                        share(what.clone(), victims);
                    }
                }
                for row in found.iter().filter(|row| row.per_thousand.is_some()) {
                    let own = language.pick(&row.label.es, &row.label.en);
                    let value = Cell::Number { value: row.per_thousand.unwrap_or(0.0), decimals: 0 };
                    line(
                        text(format!("{own}: {}", name.per_thousand)),
                        Cell::Empty,
                        Cell::Empty,
                        value,
                        None,
                        Cell::Empty,
                    );
                }
            }
            Some(IndexFinding::Priorities { rows, .. }) => {
                for rank in rows {
                    let own = language.pick(&rank.label.es, &rank.label.en);
                    share(text(format!("{own}: {}", name.first)), rank.first);
                    share(text(format!("{own}: {}", name.top_three)), rank.top_three);
                }
            }
            Some(IndexFinding::Ranked(items)) => {
                for item in items {
                    if let Some(top) = item.top {
                        share(label(&item.label, language), top);
                    }
                }
            }
            Some(IndexFinding::Recommendation { promoters, passives, detractors, score }) => {
                share(text(name.promoters), *promoters);
                share(text(name.passives), *passives);
                share(text(name.detractors), *detractors);
                let value = fine(Some(score.fine), index.display);
                line(
                    text(name.score),
                    Cell::Empty,
                    whole(Some(promoters.base)),
                    value,
                    score.interval,
                    Cell::Empty,
                );
            }
            Some(IndexFinding::Mean { n, mean, interval, .. }) => {
                let value = fine(Some(*mean), index.display);
                line(text(name.mean), Cell::Empty, whole(Some(*n)), value, *interval, Cell::Empty);
            }
            Some(IndexFinding::Paired(items)) => {
                for item in items {
                    let Some(change) = item.change else { continue };
                    let own = language.pick(&item.label.es, &item.label.en);
                    let n = whole(Some(change.pairs));
                    for (what, value) in [(name.before, change.mean_before), (name.now, change.mean_now)] {
                        let value = mean(Some(value), item.display);
                        line(
                            text(format!("{own}: {what}")),
                            Cell::Empty,
                            n.clone(),
                            value,
                            None,
                            Cell::Empty,
                        );
                    }
                    for (what, part) in [
                        (name.improved, change.improved),
                        (name.same, change.same),
                        (name.lower, change.lower),
                    ] {
                        let percent = fine(part.percent, item.display);
                        let what = text(format!("{own}: {what}"));
                        line(what, whole(Some(part.count)), n.clone(), percent, part.interval, Cell::Empty);
                    }
                }
            }
            Some(IndexFinding::Commitments(found)) => {
                share(text(name.committed), found.people);
                for (what, part) in [(name.likely, found.likely), (name.soon, found.soon)] {
                    if let Some(part) = part {
                        share(text(what), part);
                    }
                }
            }
            None => {}
        }
    }
    let header = [
        say::name(language),
        say::index(language),
        name.answer,
        name.people,
        "n",
        say::value(language),
        say::low(language),
        say::high(language),
        say::note(language),
    ];
    Sheet { name: name.indices.to_owned(), header: header.map(str::to_owned).to_vec(), rows }
}

fn groups(breakdown: &Breakdown, language: Language) -> Sheet {
    let name = words(language);
    let by = language.pick(&breakdown.label.es, &breakdown.label.en);
    let mut header: Vec<String> =
        vec![say::name(language).to_owned(), name.question.to_owned(), name.answer.to_owned()];
    let mut open = Vec::new();
    for (at, group) in breakdown.groups.iter().enumerate() {
        if group.base.is_some() {
            let own = language.pick(&group.label.es, &group.label.en);
            header.push(format!("{own} (n)"));
            header.push(format!("{own} (%)"));
            open.push(at);
        }
    }
    let mut rows = Vec::new();
    for table in &breakdown.tables {
        for row in &table.rows {
            let mut cells =
                vec![text(&table.question), label(&table.label, language), label(&row.label, language)];
            for at in &open {
                let cell = row.cells.get(*at).copied().unwrap_or_default();
                cells.push(whole(cell.count));
                cells.push(cell.percent.map_or(Cell::Empty, |value| Cell::Number { value, decimals: 1 }));
            }
            rows.push(cells);
        }
    }
    let title = if by.is_empty() { say::language(language) } else { by };
    Sheet { name: format!("{} {title}", say::by(language)), header, rows }
}

fn changes(comparison: &Comparison, language: Language) -> Sheet {
    let name = words(language);
    let mut rows = Vec::new();
    for change in comparison.changes.iter().chain(&comparison.indices) {
        let what = match &change.measure {
            Measure::TopTwo => text(name.top_two),
            Measure::Choice { label: own, .. } => label(own, language),
            Measure::Mean => text(name.mean),
            Measure::Share => text("%"),
        };
        let [low, high] = bounds(change.interval);
        let number = |value: f64| Cell::Number { value, decimals: 1 };
        rows.push(vec![
            text(&change.question),
            label(&change.label, language),
            what,
            number(change.earlier.0),
            whole(Some(change.earlier.1)),
            number(change.later.0),
            whole(Some(change.later.1)),
            number(change.points),
            low,
            high,
        ]);
    }
    let wave = |facts: &crate::summary::WaveFacts| language.pick(&facts.name.es, &facts.name.en).clone();
    let header = vec![
        say::name(language).to_owned(),
        name.question.to_owned(),
        name.answer.to_owned(),
        wave(&comparison.earlier),
        "n".to_owned(),
        wave(&comparison.later),
        "n".to_owned(),
        say::points(language).to_owned(),
        say::low(language).to_owned(),
        say::high(language).to_owned(),
    ];
    Sheet { name: say::waves(language).to_owned(), header, rows }
}
