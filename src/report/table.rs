//! The tables behind the charts: the same numbers, for those who read or copy them. Read [`question`] first.

use std::fmt::Write;

use super::figure::{by_count, class_name};
use super::html::{is_apart, pick};
use super::mean_decimals;
use crate::chart::escape;
use crate::i18n::Language;
use crate::i18n::format::{decimal, integer, month, percent as show_percent};
use crate::i18n::report::{interval, words};
use crate::summary::{
    Display, Finding, Incidence, IndexFinding, IndexResult, Paired, Question, Rank, Ranked, Row, Share,
    Summary,
};

/// The table of a question's result; empty for a text.
pub(super) fn question(question: &Question, language: Language) -> String {
    let name = words(language);
    let title = language.pick(&question.label.es, &question.label.en);
    let people = if question.repeated { name.answers } else { name.people };
    match &question.finding {
        Some(Finding::OneChoice(rows)) => {
            choices(title, people, &rows.iter().collect::<Vec<_>>(), question, false, language)
        }
        Some(Finding::Scale(scale)) => {
            choices(title, people, &scale.rows.iter().collect::<Vec<_>>(), question, false, language)
        }
        Some(Finding::ZeroToTen(result)) => {
            choices(title, people, &result.rows.iter().collect::<Vec<_>>(), question, false, language)
        }
        Some(Finding::ManyChoices(result)) => {
            choices(title, people, &by_count(&result.rows), question, true, language)
        }
        Some(Finding::Ranking(ranks)) => places(title, ranks, question.display, language),
        Some(Finding::Number(number)) => {
            let shown = question.display.has_percent();
            let mut table = Table::new(title, &heads(&[name.answer, people], shown.then_some(name.percent)));
            for class in &number.classes {
                table.row(&class_name(class.from, class.to), &class.from.to_string());
                table.count(class.count);
                if let Some(value) = class.percent {
                    table.percent(value, class.whole, question.display, language);
                }
            }
            table.finish()
        }
        Some(Finding::Months(list)) => {
            let mut table = Table::new(title, &heads(&[name.month, people], None));
            for entry in list {
                let label = month(entry.year, entry.month, language);
                table.row(&label, &format!("{}-{:02}", entry.year, entry.month));
                table.count(entry.count);
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
    if scales {
        heads.extend([name.top_two, name.mean]);
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
        }
        for row in &question.apart {
            table.plain(&row.count.map_or_else(|| "–".to_owned(), |count| integer(count as i64)));
        }
    }
    table.finish().replacen("result-table", "result-table result-matrix", 1)
}

/// The table of an index's result; empty where figures say it all.
pub(super) fn index(index: &IndexResult, summary: &Summary, language: Language) -> String {
    let title = language.pick(&index.label.es, &index.label.en);
    match &index.finding {
        Some(IndexFinding::Paired(rows)) => paired(title, rows, summary, language),
        Some(IndexFinding::Priorities { rows, .. }) => places(title, rows, index.display, language),
        Some(IndexFinding::Ranked(rows)) => compared(title, rows, summary, language),
        Some(IndexFinding::Mean { items, .. }) => compared(title, items, summary, language),
        Some(IndexFinding::Incidence(rows)) => happened(title, rows, summary, language),
        Some(IndexFinding::Commitments(found)) => found.topics.as_ref().map_or_else(String::new, |rows| {
            let name = words(language);
            let shown = rows.iter().any(|row| row.percent.is_some());
            let mut table = Table::new(
                name.topic,
                &heads(&[name.topic, name.commitments], shown.then_some(name.percent)),
            );
            for row in rows {
                table.choice(row, language);
                if let Some(value) = row.percent {
                    table.percent(value, row.whole, index.display, language);
                }
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
    language: Language,
) -> String {
    let name = words(language);
    let shown = question.display.has_percent();
    let intervals = rows.iter().any(|row| row.interval.is_some());
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
    let mut table = Table::new(title, &columns);
    for row in rows {
        table.choice(row, language);
        if shown {
            match row.percent {
                Some(percent) => table.percent(percent, row.whole, question.display, language),
                None => table.suppressed(),
            }
            if many {
                let digits = decimals(question.display);
                table.plain(&show_percent(row.percent_of_marks.unwrap_or(0.0), digits, language));
            }
        }
        if intervals {
            table.plain(&row.interval.map(interval).unwrap_or_default());
        }
    }
    // What is no answer on the scale stands below, out of the percentages.
    for row in question.apart.iter().filter(|row| is_apart(row.role)) {
        table.class = "result-apart";
        table.choice(row, language);
        for _ in 2..columns.len() {
            table.plain("–");
        }
    }
    table.finish()
}

fn places(title: &str, ranks: &[Rank], display: Display, language: Language) -> String {
    let name = words(language);
    let mut table = Table::new(title, &[name.answer, name.first, name.top_three, name.points]);
    for rank in ranks {
        table.row(language.pick(&rank.label.es, &rank.label.en), &rank.choice);
        for part in [rank.first, rank.top_three] {
            table.share(part, display, language);
        }
        table.plain(&integer(rank.points as i64));
    }
    table.finish()
}

fn paired(title: &str, rows: &[Paired], summary: &Summary, language: Language) -> String {
    let name = words(language);
    let mut table =
        Table::new(title, &[name.topic, "n", name.before, name.now, name.improved, name.same, name.lower]);
    for row in rows {
        table.row(language.pick(&row.label.es, &row.label.en), &row.now);
        match row.change {
            Some(change) => {
                table.plain(&integer(change.pairs as i64));
                table.plain(&decimal(change.mean_before, mean_decimals(row.display)));
                table.plain(&decimal(change.mean_now, mean_decimals(row.display)));
                for part in [change.improved, change.same, change.lower] {
                    table.share(part, row.display, language);
                }
            }
            None => table.spanning(6, &hidden(row.display, summary, language)),
        }
    }
    table.finish()
}

fn compared(title: &str, rows: &[Ranked], summary: &Summary, language: Language) -> String {
    let name = words(language);
    let mut table = Table::new(title, &[name.question, "n", name.top_two, name.mean]);
    for row in rows {
        table.row(language.pick(&row.label.es, &row.label.en), &row.question);
        match row.top {
            Some(top) => {
                table.plain(&integer(top.base as i64));
                table.share(top, row.display, language);
                table.plain(
                    &row.mean.map_or("–".to_owned(), |mean| decimal(mean, mean_decimals(row.display))),
                );
            }
            None => table.spanning(3, &hidden(row.display, summary, language)),
        }
    }
    table.finish()
}

fn happened(title: &str, rows: &[Incidence], summary: &Summary, language: Language) -> String {
    let name = words(language);
    let mut table = Table::new(title, &[name.question, "n", name.victims, name.per_thousand, name.repeated]);
    for row in rows {
        table.row(language.pick(&row.label.es, &row.label.en), &row.question);
        let Some(victims) = row.victims else {
            table.spanning(4, &hidden(row.display, summary, language));
            continue;
        };
        table.plain(&integer(victims.base as i64));
        table.share(victims, row.display, language);
        table.plain(&row.per_thousand.map_or("–".to_owned(), |number| decimal(number, 0)));
        match row.repeated {
            Some(share) => table.share(share, row.display, language),
            None => table.plain("–"),
        }
    }
    table.finish()
}

fn hidden(display: Display, summary: &Summary, language: Language) -> String {
    match display {
        Display::Hidden { reason } => super::html::hidden(reason, summary, language),
        _ => String::new(),
    }
}

/// One decimal where everything may be shown, else none.
fn decimals(display: Display) -> usize {
    usize::from(display == Display::Full)
}

/// A table under construction.
struct Table {
    html: String,
    open: bool,
    class: &'static str,
}

impl Table {
    fn new(caption: &str, heads: &[&str]) -> Table {
        let mut html =
            format!(r#"<table class="result-table"><caption>{}</caption><thead><tr>"#, escape(caption));
        for head in heads {
            let _ = write!(html, r#"<th scope="col">{}</th>"#, escape(head));
        }
        html.push_str("</tr></thead><tbody>");
        Table { html, open: false, class: "" }
    }

    fn row(&mut self, label: &str, choice: &str) {
        self.end_row();
        let class = if self.class.is_empty() { String::new() } else { format!(r#" class="{}""#, self.class) };
        let _ = write!(
            self.html,
            r#"<tr data-choice="{}"{class}><th scope="row">{}</th>"#,
            escape(choice),
            escape(label)
        );
        self.open = true;
    }

    fn choice(&mut self, row: &Row, language: Language) {
        self.end_row();
        let class = if self.class.is_empty() { String::new() } else { format!(r#" class="{}""#, self.class) };
        let _ = write!(
            self.html,
            r#"<tr data-choice="{}"{class}><th scope="row">{}</th>"#,
            escape(&row.choice),
            pick(&row.label, language)
        );
        self.open = true;
        match row.count {
            Some(count) => self.count(count),
            None => self.suppressed(),
        }
    }

    fn result(&mut self, label: &str, question: &str, base: Option<usize>) {
        self.end_row();
        let base = base.map(|base| format!(r#" data-base="{base}""#)).unwrap_or_default();
        let _ = write!(
            self.html,
            r#"<tr data-result="{}"{base}><th scope="row">{}</th>"#,
            escape(question),
            escape(label)
        );
        self.open = true;
    }

    /// A choice's percentage, or its count where only counts may be shown.
    fn cell(&mut self, row: &Row, display: Display, language: Language) {
        let (percent, text) = match row.percent {
            Some(value) => {
                let digits = decimals(display);
                let shown = row.whole.map_or(value, f64::from);
                (format!(r#" data-percent="{value:.digits$}""#), show_percent(shown, 0, language))
            }
            None => (String::new(), row.count.map_or_else(|| "–".to_owned(), |count| integer(count as i64))),
        };
        let count = row.count.map(|count| format!(r#" data-count="{count}""#)).unwrap_or_default();
        let _ = write!(
            self.html,
            r#"<td data-choice="{}"{count}{percent}>{}</td>"#,
            escape(&row.choice),
            escape(&text)
        );
    }

    /// A cell that is hidden.
    fn suppressed(&mut self) {
        self.html.push_str(r#"<td class="result-suppressed">–</td>"#);
    }

    fn count(&mut self, count: usize) {
        let _ = write!(self.html, r#"<td data-count="{count}">{}</td>"#, integer(count as i64));
    }

    /// People read whole percentages, the same as on the chart; the finer one is in `data-percent`.
    fn percent(&mut self, value: f64, whole: Option<u32>, display: Display, language: Language) {
        let digits = decimals(display);
        let shown = whole.map_or(value, f64::from);
        let _ = write!(
            self.html,
            r#"<td data-percent="{}">{}</td>"#,
            format_args!("{value:.digits$}"),
            show_percent(shown, 0, language)
        );
    }

    /// `73 % (8)` where percentages may be shown, `8` where not: the base has its own column or line.
    fn share(&mut self, part: Share, display: Display, language: Language) {
        let percent = match part.percent {
            Some(value) => format!(r#" data-percent="{:.*}""#, decimals(display), value),
            None => String::new(),
        };
        let text = match part.whole {
            Some(shown) => {
                format!("{}\u{a0}({})", show_percent(shown.into(), 0, language), integer(part.count as i64))
            }
            None => integer(part.count as i64),
        };
        let _ = write!(self.html, r#"<td data-count="{}"{percent}>{}</td>"#, part.count, escape(&text));
    }

    fn plain(&mut self, text: &str) {
        let _ = write!(self.html, "<td>{}</td>", escape(text));
    }

    fn spanning(&mut self, columns: usize, text: &str) {
        let _ = write!(self.html, r#"<td colspan="{columns}" class="result-hidden">{}</td>"#, escape(text));
    }

    fn end_row(&mut self) {
        if self.open {
            self.html.push_str("</tr>");
        }
    }

    fn finish(mut self) -> String {
        self.end_row();
        // Wide tables scroll inside this, never the page.
        format!(r#"<div class="result-scroll">{}</tbody></table></div>"#, self.html)
    }
}
