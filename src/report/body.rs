use std::fmt::Write;

use super::compact::compact;
use super::document::Material;
use super::findings::{is_unanimous, sentences};
use super::html::{self, pick, share};
use super::{crosstab, figure, mean_decimals, table, whole};
use crate::chart::escape;
use crate::i18n::Language;
use crate::i18n::document as say;
use crate::i18n::format::{decimal, integer, percent};
use crate::i18n::report::words;
use crate::summary::{
    Display, Finding, Hiding, IndexFinding, IndexResult, Profile, Question, Row, Share, Summary,
};
use crate::survey::SamplingDesign;

/// What the form computes over several questions: one table of means, one of shares, and a part for each of the rest.
pub(super) fn indices(summary: &Summary, room: f64, language: Language) -> String {
    let mut html = String::new();
    html.push_str(&means(summary, language));
    html.push_str(&shares(summary, language));
    for index in &summary.indices {
        html.push_str(&one_index(index, summary, room, language));
    }
    html.push_str(&hidden_indices(summary, language));
    html
}

fn means(summary: &Summary, language: Language) -> String {
    let analyst = summary.view.profile == Profile::Analyst;
    let intervals = summary
        .indices
        .iter()
        .any(|index| matches!(index.finding, Some(IndexFinding::Mean { interval: Some(_), .. })));
    let mut rows = String::new();
    for index in &summary.indices {
        let Some(IndexFinding::Mean { n, mean, interval, consistency, .. }) = &index.finding else {
            continue;
        };
        let _ = write!(
            rows,
            "<tr data-index=\"{}\"><th scope=\"row\">{}</th><td>{}</td><td>{}</td>",
            escape(&index.id),
            pick(&index.label, language),
            integer(*n as i64),
            decimal(*mean, 0)
        );
        if intervals {
            let bounds = interval.map(crate::i18n::report::interval).unwrap_or_default();
            let _ = write!(rows, "<td>{}</td>", escape(&bounds));
        }
        if analyst {
            let _ = write!(rows, "<td>{}</td>", escape(&html::consistency(*consistency, language)));
        }
        rows.push_str("</tr>");
    }
    if rows.is_empty() {
        return rows;
    }
    let mut heads = vec![say::index(language), "n", say::mean_of_100(language)];
    if intervals {
        heads.push(say::interval_95(language));
    }
    if analyst {
        heads.push(say::consistency(language));
    }
    let note = ["<p class=\"result-note\">", &escape(say::mean_of_100_note(language)), "</p>"].concat();
    [plain_table(say::mean_of_100(language), &heads, &rows), note].concat()
}

/// A table of plain rows.
fn plain_table(caption: &str, heads: &[&str], rows: &str) -> String {
    let heads: String = heads.iter().map(|head| format!("<th scope=\"col\">{}</th>", escape(head))).collect();
    format!(
        "<div class=\"result-scroll\" tabindex=\"0\"><table class=\"result-table\"><caption>{}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>",
        escape(caption)
    )
}

fn shares(summary: &Summary, language: Language) -> String {
    let mut rows = String::new();
    let mut line = |index: &IndexResult, label: &str, part: Share| {
        let Some(text) = share(part, language) else { return };
        let _ = write!(
            rows,
            "<tr data-index=\"{}\"><th scope=\"row\">{}</th><td>{}</td><td>{}</td></tr>",
            escape(&index.id),
            label,
            integer(part.base as i64),
            escape(&html::with_quality(text, part, language))
        );
    };
    for index in &summary.indices {
        let label = pick(&index.label, language);
        match &index.finding {
            Some(IndexFinding::Any(part) | IndexFinding::Reporting(part)) => line(index, &label, *part),
            Some(IndexFinding::SafeWalking { of_all, of_scored }) => {
                for (part, note) in [(of_all, words(language).of_all), (of_scored, words(language).of_scored)]
                {
                    let label = format!("{label} <small>{}</small>", escape(note));
                    line(index, &label, *part);
                }
            }
            _ => {}
        }
    }
    if rows.is_empty() {
        return rows;
    }
    plain_table(say::share(language), &[say::index(language), "n", say::share(language)], &rows)
}

/// Before and now, priorities, what happened how often, recommendation, commitments: each by itself. What is compared by its
/// two highest answers stands in the sections already.
fn one_index(index: &IndexResult, summary: &Summary, room: f64, language: Language) -> String {
    let named = match &index.finding {
        Some(
            IndexFinding::Paired(_)
            | IndexFinding::Priorities { .. }
            | IndexFinding::Incidence(_)
            | IndexFinding::Recommendation { .. }
            | IndexFinding::Commitments(_)
            | IndexFinding::Ranked(_),
        ) => true,
        Some(
            IndexFinding::Mean { .. }
            | IndexFinding::Any(_)
            | IndexFinding::Reporting(_)
            | IndexFinding::SafeWalking { .. },
        )
        | None => false,
    };
    if !named {
        return String::new();
    }
    // Where a bar would not tell all: the others' tables end in one.
    let chart = match &index.finding {
        Some(IndexFinding::Paired(_) | IndexFinding::Priorities { .. }) => {
            figure::index(index, room, language).map(|svg| compact(&svg))
        }
        _ => None,
    };
    html::index_of(index, summary, chart, false, language)
}

fn hidden_indices(summary: &Summary, language: Language) -> String {
    let mut html = String::new();
    for index in &summary.indices {
        let Display::Hidden { reason } = index.display else { continue };
        let _ = write!(
            html,
            "<p class=\"result-hidden\" data-index=\"{}\"><strong>{}</strong> {}</p>",
            escape(&index.id),
            pick(&index.label, language),
            escape(&html::hidden(reason, summary, language))
        );
    }
    html
}

/// A section: two sentences, a table of main results, a chart for each grid, and for each other question a table whose rows
/// end in bars.
pub(super) fn section(
    questions: &[&Question],
    material: &Material<'_>,
    room: f64,
    language: Language,
) -> String {
    let summary = material.summary;
    let asked: Vec<&Question> = questions
        .iter()
        .filter(|question| question.display != Display::Hidden { reason: Hiding::NotAsked })
        .copied()
        .collect();
    // Who agreed to take part is told by the number of responses.
    if asked.iter().all(|question| is_unanimous(question)) {
        return String::new();
    }
    let mut html = String::new();
    let told = sentences(&asked, summary, material.comparison, language);
    if !told.is_empty() {
        let _ = write!(html, "<p class=\"report-told\">{}</p>", escape(&told.join(" ")));
    }
    html.push_str(&headlines(&asked, summary, language));
    let alike = alike(&asked).unwrap_or_default();
    let first = alike.first().map(|first| first.name.as_str());
    let together = |question: &Question| alike.iter().any(|other| other.name == question.name);
    let same_grid = |a: &&Question, b: &&Question| a.grid.is_some() && a.grid == b.grid;
    for group in asked.chunk_by(same_grid) {
        match group {
            [one] if first == Some(one.name.as_str()) => {
                html.push_str(&side_by_side(&alike, summary, language));
            }
            [one] if is_unanimous(one) || together(one) => {}
            [one] => html.push_str(&single(one, language)),
            rows => html.push_str(&grid(rows, summary, room, language)),
        }
    }
    html
}

/// Questions outside grids that were asked with the same few choices, if they are three or more: they share a table.
fn alike<'a>(questions: &[&'a Question]) -> Option<Vec<&'a Question>> {
    let choices = |question: &Question| match &question.finding {
        Some(Finding::OneChoice(rows)) if question.grid.is_none() && rows.len() <= COLUMNS => {
            Some(rows.iter().map(|row| row.choice.clone()).collect::<Vec<_>>())
        }
        _ => None,
    };
    let same = |first: &&&'a Question| {
        let wanted = choices(first);
        questions.iter().filter(|other| wanted.is_some() && choices(other) == wanted).count() > 2
    };
    let wanted = choices(questions.iter().find(same)?);
    Some(questions.iter().filter(|question| choices(question) == wanted).copied().collect())
}

/// The most choices that stand as columns.
const COLUMNS: usize = 6;

fn side_by_side(rows: &[&Question], summary: &Summary, language: Language) -> String {
    let anchors: String =
        rows.iter().map(|question| format!("<a id=\"{}\"></a>", anchor(question, language))).collect();
    format!("<section class=\"result\">{anchors}{}</section>", table::grid(rows, summary, language))
}

/// A row for each question: base, main result, don't know.
fn headlines(questions: &[&Question], summary: &Summary, language: Language) -> String {
    let mut rows = String::new();
    let mut grid: Option<&str> = None;
    for question in questions {
        if let Some(new) = question.grid.as_ref().filter(|new| grid != Some(new.name.as_str())) {
            let _ = write!(
                rows,
                "<tr class=\"head-grid\"><th scope=\"rowgroup\" colspan=\"4\">{}</th></tr>",
                pick(&new.label, language)
            );
        }
        grid = question.grid.as_ref().map(|grid| grid.name.as_str());
        let class = if grid.is_some() { " class=\"head-row\"" } else { "" };
        let label = pick(&question.label, language);
        let label = match has_table(question) {
            true => format!("<a href=\"#{}\">{label}</a>", anchor(question, language)),
            false => label,
        };
        let _ = write!(rows, "<tr{class}><th scope=\"row\">{label}</th>");
        let Some(base) = question.base else {
            let why = match question.display {
                Display::Hidden { reason } => html::hidden(reason, summary, language),
                _ => String::new(),
            };
            let _ = write!(rows, "<td colspan=\"3\" class=\"result-hidden\">{}</td></tr>", escape(&why));
            continue;
        };
        let result = headline(question, language).unwrap_or_else(|| "–".to_owned());
        let dont_know = match base.dont_know_percent {
            _ if base.dont_know == 0 => "–".to_owned(),
            Some(_) => percent(whole(base.dont_know, base.shown - base.not_applicable), 0, language),
            None => integer(base.dont_know as i64),
        };
        let _ = write!(
            rows,
            "<td>{}</td><td>{}</td><td>{dont_know}</td></tr>",
            integer(base.valid as i64),
            escape(&result)
        );
    }
    let heads = [words(language).question, "n", say::headline(language), words(language).dont_know];
    let mut html = plain_table(say::headline(language), &heads, &rows).replacen(
        "result-table",
        "result-table head-table",
        1,
    );
    if questions.iter().any(|question| super::findings::top(question).is_some()) {
        let _ = write!(html, "<p class=\"result-note\">{}</p>", escape(say::of_scales(language)));
    }
    html
}

/// A question's main result in a few words.
fn headline(question: &Question, language: Language) -> Option<String> {
    let of = |row: &Row, base: usize| {
        let label = language.pick(row.label.es.as_str(), &row.label.en);
        let part = Share {
            count: row.count?,
            base,
            percent: row.percent,
            whole: row.whole,
            interval: row.interval,
            reliability: row.reliability,
        };
        Some(format!("{label}: {}", short(part, language)))
    };
    let most = |rows: &[Row], base: usize| {
        let told = rows.iter().filter(|row| row.count.is_some());
        let height = |row: &&Row| super::drawn(row.percent, row.count, base);
        of(told.max_by(|a, b| height(a).total_cmp(&height(b)))?, base)
    };
    let base = question.base?;
    match question.finding.as_ref()? {
        Finding::Scale(scale) => (scale.top.base > 0).then(|| short(scale.top, language)),
        Finding::ZeroToTen(result) => (result.promoters.base > 0)
            .then(|| format!("{} {}", short(result.promoters, language), say::nine_or_ten(language))),
        Finding::OneChoice(rows) => match rows.iter().find(|row| row.choice == "yes") {
            Some(yes) => of(yes, base.valid),
            None => most(rows, base.valid),
        },
        Finding::ManyChoices(result) => most(&result.rows, result.cases),
        Finding::Ranking(ranks) => {
            let first = ranks.first()?;
            let label = language.pick(first.label.es.as_str(), &first.label.en);
            Some(format!("{label}: {}", short(first.top_three, language)))
        }
        Finding::Number(number) => {
            number.quartiles.map(|(_, median, _)| format!("{} {}", say::median(language), decimal(median, 1)))
        }
        Finding::Months(_) => Some(say::days_named(language).to_owned()),
        Finding::Answered => Some(say::written(language).to_owned()),
    }
}

fn short(part: Share, language: Language) -> String {
    match part.whole {
        Some(whole) => percent(whole.into(), 0, language),
        None => crate::i18n::report::of(part.count, part.base, language),
    }
}

/// A question by itself: base, the table with its bars, and the figures that sum it up.
fn single(question: &Question, language: Language) -> String {
    let rows = table::question(question, true, language);
    if rows.is_empty() {
        return String::new();
    }
    let base = question.base.map_or(0, |base| base.valid);
    format!(
        "<section class=\"result\" id=\"{}\" data-result=\"{}\" data-base=\"{base}\"><h3>{}</h3>{}{}{}</section>",
        anchor(question, language),
        escape(&question.name),
        pick(&question.label, language),
        html::base_line(question, language),
        rows,
        figures(question, language)
    )
}

/// The rows of a grid under one chart; their full table stands at the end of the report.
fn grid(rows: &[&Question], summary: &Summary, room: f64, language: Language) -> String {
    let Some(grid) = rows.first().and_then(|first| first.grid.as_ref()) else { return String::new() };
    let title = language.pick(grid.label.es.as_str(), &grid.label.en);
    let drawn = figure::scales(rows, title, room, language)
        .map(|svg| ["<figure>", &compact(&svg), "</figure>"].concat())
        .or_else(|| {
            let dots = match summary.design {
                // What is sure of it needs a drawing; else the table ends in bars.
                SamplingDesign::Probability => figure::yes(rows, title, room, language),
                _ => None,
            };
            let dots = dots.map(|svg| ["<figure>", &compact(&svg), "</figure>"].concat()).unwrap_or_default();
            table::yes(rows, summary, language).map(|table| dots + &table)
        });
    match drawn {
        Some(drawn) => {
            format!(
                "<section class=\"result-grid\"><h3>{}</h3>{drawn}</section>",
                pick(&grid.label, language)
            )
        }
        None => String::new(),
    }
}

/// Whether a question has a full table.
fn has_table(question: &Question) -> bool {
    let empty = match &question.finding {
        Some(Finding::Number(number)) => number.classes.is_empty(),
        Some(Finding::Answered) | None => true,
        Some(_) => is_unanimous(question) && question.grid.is_none(),
    };
    !empty && !question.display.is_hidden()
}

/// Where a question's table stands.
fn anchor(question: &Question, language: Language) -> String {
    escape(
        &[
            language.tag(),
            "-",
            question.path.rsplit_once('/').map_or(question.path.as_str(), |(_, name)| name),
        ]
        .concat(),
    )
}

/// Results side by side for groups of people: one shaded table for each question that makes groups.
pub(super) fn groups(summary: &Summary, language: Language) -> String {
    let mut html = String::new();
    for breakdown in &summary.breakdowns {
        let title = crosstab::title(breakdown, language);
        let _ = write!(html, "<section class=\"result groups\"><h3>{}</h3>", escape(&title));
        if crosstab::is_shown(breakdown) {
            html.push_str(&crosstab::legend(breakdown, summary, language));
            html.push_str(&crosstab::notes(breakdown, summary, language));
            html.push_str(&crosstab::overview(breakdown, summary, language));
        } else {
            let _ = write!(html, "<p>{}</p>", escape(say::no_groups(language)));
            html.push_str(&crosstab::notes(breakdown, summary, language));
        }
        html.push_str("</section>");
    }
    html
}

/// The full tables of grids: every category, and what stands outside the percentages.
pub(super) fn tables(summary: &Summary, language: Language) -> String {
    let same_grid = |a: &&Question, b: &&Question| a.grid.is_some() && a.grid == b.grid;
    let shown: Vec<&Question> = summary.questions.iter().filter(|question| has_table(question)).collect();
    let mut html = String::new();
    for rows in shown.chunk_by(same_grid).filter(|rows| rows.len() > 1) {
        let Some(grid) = rows.first().and_then(|first| first.grid.as_ref()) else { continue };
        let anchors: String =
            rows.iter().map(|question| format!("<a id=\"{}\"></a>", anchor(question, language))).collect();
        let _ = write!(
            html,
            "<section class=\"result full\" data-grid=\"{}\">{anchors}<h3>{}</h3>{}</section>",
            escape(&grid.name),
            pick(&grid.label, language),
            table::grid(rows, summary, language)
        );
    }
    if html.is_empty() {
        return html;
    }
    [&format!("<p class=\"result-note\">{}</p>", escape(say::full_tables_note(language))), html.as_str()]
        .concat()
}

/// Mean, median and the like under a full table.
fn figures(question: &Question, language: Language) -> String {
    let name = words(language);
    let digits = mean_decimals(question.display);
    let mut parts: Vec<String> = Vec::new();
    let mut add = |label: &str, value: Option<f64>, digits: usize| {
        parts.extend(value.map(|value| format!("{label} {}", decimal(value, digits))));
    };
    match &question.finding {
        Some(Finding::Scale(scale)) => {
            add(name.mean, scale.mean, digits);
            add(name.median, scale.median, 1);
            add(name.deviation, scale.sd, digits);
        }
        Some(Finding::ZeroToTen(result)) => add(name.mean, result.mean, digits),
        Some(Finding::Number(number)) => {
            add(name.mean, number.mean, digits);
            add(name.median, number.quartiles.map(|(_, median, _)| median), 1);
            add(name.total, number.total, 0);
        }
        _ => {}
    }
    if parts.is_empty() {
        return String::new();
    }
    format!("<p class=\"result-note\">{}.</p>", escape(&parts.join("; ")))
}
