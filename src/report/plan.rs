use crate::summary::order;
use std::fmt::Write;

use crate::chart::escape;
use crate::i18n::Language;
use crate::i18n::document as say;
use crate::i18n::finding::topic_line;
use crate::i18n::format::{date, integer};
use crate::summary::{PlanRow, WorkPlan};

/// Commitments as a plan of work: under each topic what, by when and how likely.
pub(super) fn plan(plan: &WorkPlan, language: Language) -> String {
    let mut html = format!(
        "<p class=\"result-base\">{}</p><p class=\"result-note\">{}</p>",
        escape(&say::of_people(plan.people, plan.rows.len(), language)),
        escape(say::plan_note(language))
    );
    if plan.left_out > 0 {
        let _ = write!(
            html,
            "<p class=\"result-hidden\">{}</p>",
            escape(&say::left_out(plan.left_out, language))
        );
    }
    let likely = plan.rows.iter().any(|row| row.likely.is_some());
    let columns = if likely { 3 } else { 2 };
    let _ = write!(
        html,
        "<div class=\"result-scroll\" tabindex=\"0\"><table class=\"result-table plan-table\"><caption>{}</caption><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th>",
        escape(say::work_plan(language)),
        escape(say::action(language)),
        escape(say::due(language))
    );
    if likely {
        let _ = write!(html, "<th scope=\"col\">{}</th>", escape(say::likelihood(language)));
    }
    html.push_str("</tr></thead>");
    for rows in topics(plan) {
        let _ = write!(
            html,
            "<tbody><tr class=\"plan-topic\"><th scope=\"colgroup\" colspan=\"{columns}\">{} ({})</th></tr>",
            escape(&topic(rows, language)),
            integer(rows.len() as i64)
        );
        for row in rows {
            let due = row.due.map_or_else(|| say::no_date(language).to_owned(), |day| date(day, language));
            let _ = write!(html, "<tr><td>{}</td><td>{}</td>", escape(&row.text), escape(&due));
            if likely {
                let label = row.likely.as_ref().map(|label| language.pick(label.es.as_str(), &label.en));
                let _ = write!(html, "<td>{}</td>", escape(label.unwrap_or("–")));
            }
            html.push_str("</tr>");
        }
        html.push_str("</tbody>");
    }
    html.push_str("</table></div>");
    html
}

/// The rows of each topic.
fn topics(plan: &WorkPlan) -> impl Iterator<Item = &[PlanRow]> {
    let name = |row: &PlanRow| row.topic.as_ref().map(|(choice, _)| choice.clone());
    plan.rows.chunk_by(move |a, b| name(a) == name(b))
}

fn topic(rows: &[PlanRow], language: Language) -> String {
    let named = rows.first().and_then(|row| row.topic.as_ref());
    named.map_or_else(
        || say::no_topic(language).to_owned(),
        |(_, label)| language.pick(label.es.clone(), label.en.clone()),
    )
}

/// Each topic with how many commitments and the first day among them, the topics with most first: for page one.
pub(super) fn by_topic(plan: &WorkPlan, language: Language) -> Vec<(String, String)> {
    let mut all: Vec<&[PlanRow]> = topics(plan).collect();
    order::sort_by_key(&mut all, |rows| std::cmp::Reverse(rows.len()));
    all.into_iter()
        .map(|rows| {
            let first = rows.iter().filter_map(|row| row.due).min_by_key(|day| day.days());
            (topic(rows, language), topic_line(rows.len(), first, language))
        })
        .collect()
}
