//! The tables behind the charts: the same numbers, for those who read or copy them. Read [`question`] first.

use super::figure::{by_count, class_name};
use super::html::{is_apart, quality};
use super::rows::{Table, decimals};
use super::{drawn, mean_decimals};
use crate::chart::escape;
use crate::i18n::Language;
use crate::i18n::document;
use crate::i18n::format::{decimal, integer, month, percent as show_percent};
use crate::i18n::report::{interval, words};
use crate::summary::order;
use crate::summary::{
    Display, Finding, Incidence, IndexFinding, IndexResult, Paired, Profile, Question, Rank, Ranked,
    Reliability, Row, Share, Summary,
};

/// The table of a question's result; empty for a text. `bars`: each row ends in a bar, so that the table is its own chart.
pub(super) fn question(question: &Question, bars: bool, language: Language) -> String {
    let name = words(language);
    let title = language.pick(&question.label.es, &question.label.en);
    let people = if question.repeated { name.answers } else { name.people };
    match &question.finding {
        Some(Finding::OneChoice(rows)) => {
            choices(title, people, &rows.iter().collect::<Vec<_>>(), question, false, bars, language)
        }
        Some(Finding::Scale(scale)) => {
            choices(title, people, &scale.rows.iter().collect::<Vec<_>>(), question, false, bars, language)
        }
        Some(Finding::ZeroToTen(result)) => {
            choices(title, people, &result.rows.iter().collect::<Vec<_>>(), question, false, bars, language)
        }
        Some(Finding::ManyChoices(result)) => {
            choices(title, people, &by_count(&result.rows), question, true, bars, language)
        }
        Some(Finding::Ranking(ranks)) => places(title, ranks, question.display, bars, language),
        Some(Finding::Number(number)) if number.classes.is_empty() => String::new(),
        Some(Finding::Number(number)) => {
            let shown = question.display.has_percent();
            let columns = heads(&[name.answer, people], shown.then_some(name.percent));
            let mut table = Table::with_bars(title, &columns, bars);
            let base = question.base.map_or(0, |base| base.valid);
            for class in &number.classes {
                table.row(&class_name(class.from, class.to), &class.from.to_string());
                table.count(class.count);
                if let Some(value) = class.percent {
                    table.percent(value, class.whole, question.display, language);
                }
                table.bar(drawn(class.percent, Some(class.count), base));
            }
            table.finish()
        }
        Some(Finding::Months(list)) => {
            let mut table = Table::with_bars(title, &[name.month, people], bars);
            let most = list.iter().map(|entry| entry.count).max().unwrap_or(0);
            for entry in list {
                let label = month(entry.year, entry.month, language);
                table.row(&label, &format!("{}-{:02}", entry.year, entry.month));
                table.count(entry.count);
                table.bar(drawn(None, Some(entry.count), most));
            }
            table.finish()
        }
        Some(Finding::Answered) | None => String::new(),
    }
}

/// The table of a grid's scales: a row for each question, a column for each category.
pub(super) fn grid(rows: &[&Question], summary: &Summary, language: Language) -> String {
    let name = words(language);
    let scale_of = |question: &Question| match &question.finding {
        Some(Finding::Scale(scale)) => Some(scale.rows.clone()),
        Some(Finding::OneChoice(rows)) => Some(rows.clone()),
        _ => None,
    };
    let Some(categories) = rows.iter().find_map(|question| scale_of(question)) else {
        let hidden = rows.iter().map(|question| (*question, hidden(question.display, summary, language)));
        return list(
            hidden
                .map(|(question, why)| (language.pick(question.label.es.as_str(), &question.label.en), why)),
        );
    };
    let apart =
        rows.iter().find(|question| !question.apart.is_empty()).map(|question| question.apart.clone());
    let apart = apart.unwrap_or_default();
    let mut heads = vec![name.question, "n"];
    heads.extend(categories.iter().map(|row| language.pick(row.label.es.as_str(), &row.label.en)));
    let scales = rows.iter().any(|question| matches!(question.finding, Some(Finding::Scale(_))));
    let rated = rows.iter().any(|question| rating(question).is_some());
    if scales {
        heads.extend([name.top_two, name.mean]);
        if rated {
            heads.push(document::quality(language));
        }
    }
    heads.extend(apart.iter().map(|row| language.pick(row.label.es.as_str(), &row.label.en)));
    let title = rows.first().and_then(|row| row.grid.as_ref());
    let title = title.map_or("", |grid| language.pick(grid.label.es.as_str(), &grid.label.en));
    let mut table = Table::new(title, &heads);
    for question in rows {
        let label = language.pick(question.label.es.as_str(), &question.label.en);
        table.result(label, &question.name, question.base.map(|base| base.valid));
        let Some(found) = scale_of(question) else {
            table.spanning(heads.len() - 1, &hidden(question.display, summary, language));
            continue;
        };
        table.plain(&integer(question.base.map_or(0, |base| base.valid) as i64));
        for row in &found {
            table.cell(row, question.display, language);
        }
        if let Some(Finding::Scale(scale)) = &question.finding {
            table.share(scale.top, question.display, language);
            table.plain(
                &scale.mean.map_or("–".to_owned(), |mean| decimal(mean, mean_decimals(question.display))),
            );
            if rated {
                table.plain(rating(question).map_or("–", |reliability| quality(reliability, language)));
            }
        }
        for row in &question.apart {
            table.plain(&row.count.map_or_else(|| "–".to_owned(), |count| integer(count as i64)));
        }
    }
    table.finish().replacen("result-table", "result-table result-matrix", 1)
}

/// How sure the two highest answers of a scale are.
fn rating(question: &Question) -> Option<Reliability> {
    match &question.finding {
        Some(Finding::Scale(scale)) => scale.top.reliability,
        _ => None,
    }
}

/// The table of an index's result; empty where figures say it all. `bars`: as for a question.
pub(super) fn index(index: &IndexResult, summary: &Summary, bars: bool, language: Language) -> String {
    let title = language.pick(&index.label.es, &index.label.en);
    match &index.finding {
        Some(IndexFinding::Paired(rows)) => paired(title, rows, summary, language),
        Some(IndexFinding::Priorities { rows, .. }) => places(title, rows, index.display, bars, language),
        Some(IndexFinding::Ranked(rows)) => compared(title, rows, summary, bars, language),
        Some(IndexFinding::Mean { items, .. }) => compared(title, items, summary, bars, language),
        Some(IndexFinding::Incidence(rows)) => happened(title, rows, summary, bars, language),
        Some(IndexFinding::Commitments(found)) => found.topics.as_ref().map_or_else(String::new, |rows| {
            let name = words(language);
            let shown = rows.iter().any(|row| row.percent.is_some());
            let columns = heads(&[name.topic, name.commitments], shown.then_some(name.percent));
            let mut table = Table::with_bars(name.topic, &columns, bars);
            for row in rows {
                table.choice(row, language);
                if let Some(value) = row.percent {
                    table.percent(value, row.whole, index.display, language);
                }
                table.bar(drawn(row.percent, row.count, found.total));
            }
            table.finish()
        }),
        _ => String::new(),
    }
}

/// Names and values.
pub(super) fn list<'a>(figures: impl Iterator<Item = (&'a str, String)>) -> String {
    let parts: String = figures
        .map(|(name, value)| format!("<div><dt>{}</dt><dd>{}</dd></div>", escape(name), escape(&value)))
        .collect();
    if parts.is_empty() { parts } else { format!(r#"<dl class="result-figures">{parts}</dl>"#) }
}

fn heads<'a>(first: &[&'a str], more: Option<&'a str>) -> Vec<&'a str> {
    first.iter().copied().chain(more).collect()
}

fn choices(
    title: &str,
    people: &str,
    rows: &[&Row],
    question: &Question,
    many: bool,
    bars: bool,
    language: Language,
) -> String {
    let name = words(language);
    let shown = question.display.has_percent();
    let intervals = rows.iter().any(|row| row.interval.is_some());
    let rated = rows.iter().any(|row| row.reliability.is_some());
    let base = question.base.map_or(0, |base| base.valid);
    let mut columns = vec![name.answer, people];
    if shown {
        columns.push(name.percent);
        if many {
            columns.push(name.percent_of_marks);
        }
    }
    if intervals {
        columns.push(name.interval);
    }
    if rated {
        columns.push(document::quality(language));
    }
    let mut table = Table::with_bars(title, &columns, bars);
    for row in rows {
        table.choice(row, language);
        if shown {
            match row.percent {
                Some(percent) => table.percent(percent, row.whole, question.display, language),
                None => table.suppressed(),
            }
            if many {
                let digits = decimals(question.display);
                let of_marks = row.percent_of_marks.map(|share| show_percent(share, digits, language));
                table.plain(&of_marks.unwrap_or_else(|| "–".to_owned()));
            }
        }
        if intervals {
            table.plain(&row.interval.map(interval).unwrap_or_default());
        }
        if rated {
            table.plain(row.reliability.map_or("–", |reliability| quality(reliability, language)));
        }
        table.bar(drawn(row.percent, row.count, base));
    }
    // What is no answer on the scale stands below, out of the percentages.
    for row in question.apart.iter().filter(|row| is_apart(row.role)) {
        table.class = "result-apart";
        table.choice(row, language);
        for _ in 2..columns.len() {
            table.plain("–");
        }
        table.bar(0.0);
    }
    table.finish()
}

fn places(title: &str, ranks: &[Rank], display: Display, bars: bool, language: Language) -> String {
    let name = words(language);
    let mut table = Table::with_bars(title, &[name.answer, name.points, name.first, name.top_three], bars);
    for rank in ranks {
        table.row(language.pick(&rank.label.es, &rank.label.en), &rank.choice);
        table.plain(&integer(rank.points as i64));
        for part in [rank.first, rank.top_three] {
            table.share(part, display, language);
        }
        table.bar(of_share(rank.top_three));
    }
    table.finish()
}

fn of_share(share: Share) -> f64 {
    drawn(share.percent, Some(share.count), share.base)
}

/// Questions with a yes among their answers, most first: who said yes, who was asked, who does not know or refused.
pub(super) fn yes(rows: &[&Question], summary: &Summary, language: Language) -> Option<String> {
    let yes = |question: &Question| {
        let rows = question.finding.as_ref()?.rows();
        rows.iter().find(|row| row.choice == "yes").filter(|row| row.count.is_some()).cloned()
    };
    let label = rows.iter().find_map(|question| yes(question))?.label;
    let base = |question: &Question| question.base.map_or(0, |base| base.valid);
    let height =
        |question: &Question| yes(question).map_or(-1.0, |row| drawn(row.percent, row.count, base(question)));
    let mut sorted = rows.to_vec();
    order::sort_by(&mut sorted, |a, b| height(b).total_cmp(&height(a)));
    let name = words(language);
    let label = language.pick(label.es.as_str(), &label.en);
    let intervals = rows.iter().any(|question| yes(question).is_some_and(|row| row.interval.is_some()));
    let mut columns = vec![name.question, "n", label];
    if intervals {
        columns.extend([name.interval, document::quality(language)]);
    }
    columns.push(name.dont_know);
    let title = rows.first().and_then(|row| row.grid.as_ref());
    let title = title.map_or("", |grid| language.pick(grid.label.es.as_str(), &grid.label.en));
    let mut table = Table::with_bars(title, &columns, true);
    for question in sorted {
        table.row(language.pick(&question.label.es, &question.label.en), &question.name);
        let (Some(row), Some(of)) = (yes(question), question.base) else {
            table.spanning(columns.len(), &hidden(question.display, summary, language));
            continue;
        };
        table.plain(&integer(of.valid as i64));
        let share = Share {
            count: row.count.unwrap_or(0),
            base: of.valid,
            percent: row.percent,
            whole: row.whole,
            interval: row.interval,
            reliability: row.reliability,
        };
        table.share(share, question.display, language);
        if intervals {
            table.plain(&row.interval.map(interval).unwrap_or_default());
            table.plain(row.reliability.map_or("–", |reliability| quality(reliability, language)));
        }
        table.plain(&integer(of.dont_know as i64));
        table.bar(of_share(share));
    }
    Some(table.finish())
}

fn paired(title: &str, rows: &[Paired], summary: &Summary, language: Language) -> String {
    let name = words(language);
    let analyst = summary.view.profile == Profile::Analyst;
    let inferred = rows.iter().any(|row| row.change.is_some_and(|change| change.inference.is_some()));
    let mut columns = vec![name.topic, "n", name.before, name.now, name.improved, name.same, name.lower];
    if inferred {
        columns.push(document::gain_interval(language));
    }
    if analyst {
        columns.extend([document::d_z(language), document::rank_biserial(language)]);
        if inferred {
            columns.push(document::wilcoxon(language));
        }
    }
    let mut table = Table::new(title, &columns);
    let fine = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| decimal(value, 2));
    for row in rows {
        table.row(language.pick(&row.label.es, &row.label.en), &row.now);
        let Some(change) = row.change else {
            table.spanning(columns.len() - 1, &hidden(row.display, summary, language));
            continue;
        };
        table.plain(&integer(change.pairs as i64));
        table.plain(&decimal(change.mean_before, mean_decimals(row.display)));
        table.plain(&decimal(change.mean_now, mean_decimals(row.display)));
        for part in [change.improved, change.same, change.lower] {
            table.share(part, row.display, language);
        }
        if inferred {
            let bounds = change.inference.map(|gain| {
                let (low, high) = gain.interval;
                [decimal(low, 2), decimal(high, 2)].join(" – ")
            });
            table.plain(&bounds.unwrap_or_else(|| "–".to_owned()));
        }
        if analyst {
            table.plain(&fine(change.d_z));
            table.plain(&fine(change.rank_biserial));
            if inferred {
                let chance = change.inference.map(|gain| document::chance_value(gain.chance));
                table.plain(&chance.unwrap_or_else(|| "–".to_owned()));
            }
        }
    }
    table.finish()
}

fn compared(title: &str, rows: &[Ranked], summary: &Summary, bars: bool, language: Language) -> String {
    let name = words(language);
    let rated = rows.iter().any(|row| row.top.is_some_and(|top| top.reliability.is_some()));
    let mut columns = vec![name.question, "n", name.mean, name.top_two];
    if rated {
        columns.push(document::quality(language));
    }
    let mut table = Table::with_bars(title, &columns, bars);
    for row in rows {
        table.row(language.pick(&row.label.es, &row.label.en), &row.question);
        let Some(top) = row.top else {
            table.spanning(columns.len() - 1 + usize::from(bars), &hidden(row.display, summary, language));
            continue;
        };
        table.plain(&integer(top.base as i64));
        table.plain(&row.mean.map_or("–".to_owned(), |mean| decimal(mean, mean_decimals(row.display))));
        table.share(top, row.display, language);
        if rated {
            table.plain(top.reliability.map_or("–", |reliability| quality(reliability, language)));
        }
        table.bar(of_share(top));
    }
    table.finish()
}

fn happened(title: &str, rows: &[Incidence], summary: &Summary, bars: bool, language: Language) -> String {
    let name = words(language);
    let rated = rows.iter().any(|row| row.victims.is_some_and(|victims| victims.reliability.is_some()));
    let mut columns = vec![name.question, "n", name.per_thousand, name.repeated, name.victims];
    if rated {
        columns.push(document::quality(language));
    }
    let mut table = Table::with_bars(title, &columns, bars);
    for row in rows {
        table.row(language.pick(&row.label.es, &row.label.en), &row.question);
        let Some(victims) = row.victims else {
            table.spanning(columns.len() - 1 + usize::from(bars), &hidden(row.display, summary, language));
            continue;
        };
        table.plain(&integer(victims.base as i64));
        table.plain(&row.per_thousand.map_or("–".to_owned(), |number| decimal(number, 0)));
        match row.repeated {
            Some(share) => table.share(share, row.display, language),
            None => table.plain("–"),
        }
        table.share(victims, row.display, language);
        if rated {
            table.plain(victims.reliability.map_or("–", |reliability| quality(reliability, language)));
        }
        table.bar(of_share(victims));
    }
    table.finish()
}

fn hidden(display: Display, summary: &Summary, language: Language) -> String {
    match display {
        Display::Hidden { reason } => super::html::hidden(reason, summary, language),
        _ => String::new(),
    }
}
