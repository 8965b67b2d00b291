use std::fmt::Write;

use super::html::pick;
use crate::chart::escape;
use crate::i18n::Language;
use crate::i18n::document as say;
use crate::i18n::finding::points;
use crate::i18n::format::{decimal, integer, percent};
use crate::i18n::report::{period, words};
use crate::summary::{Comparison, Kind, Measure, Summary, Verdict, WaveChange, WaveFacts};
use crate::survey::Bilingual;

/// Two waves side by side: who they are, what may be said, and a row for each figure that both show. `choices`: of one- and
/// many-choice questions every choice, else only those that clearly changed. `chart`: drawn already.
pub(super) fn waves(
    comparison: &Comparison,
    summary: &Summary,
    choices: bool,
    chart: Option<String>,
    language: Language,
) -> String {
    let (first, second) = (&comparison.earlier, &comparison.later);
    let when = |facts: &WaveFacts| facts.days.map(|days| period(days, language));
    let name =
        |facts: &WaveFacts| say::wave(language.pick(&facts.name.es, &facts.name.en), &facts.wave, language);
    let (name1, name2, when1, when2) = (name(first), name(second), when(first), when(second));
    let sides = say::two_waves(
        (&name1, first.counted, when1.as_deref()),
        (&name2, second.counted, when2.as_deref()),
        language,
    );
    let note = match comparison.inferred {
        true => say::changes_inferred(language),
        false => say::changes_beside(language),
    };
    let mut html = format!(
        "<p class=\"result-base\">{}</p><p class=\"result-note\">{} {}</p>",
        escape(&sides),
        escape(note),
        escape(say::unrounded(language))
    );
    let told = |change: &&WaveChange| {
        choices
            || !matches!(change.measure, Measure::Choice { .. })
            || (matches!(change.verdict, Verdict::Rose | Verdict::Fell) && is_marked(change, summary))
    };
    let indices = comparison.indices.iter();
    let rows: Vec<&WaveChange> = indices.chain(comparison.changes.iter().filter(told)).collect();
    if rows.is_empty() {
        let _ = write!(html, "<p>{}</p>", escape(say::nothing_to_compare(language)));
        return html;
    }
    if let Some(chart) = chart {
        let _ = write!(
            html,
            "<figure>{chart}</figure><p class=\"result-note\">{}</p>",
            escape(say::largest(language))
        );
    }
    html.push_str(&table(&rows, comparison.inferred, summary, language));
    html
}

/// Of a question with many choices. The choices of the others are mostly who people are, and too many not to change by chance.
fn is_marked(change: &WaveChange, summary: &Summary) -> bool {
    summary.question(&change.question).is_some_and(|question| question.kind == Kind::ManyChoices)
}

fn table(rows: &[&WaveChange], inferred: bool, summary: &Summary, language: Language) -> String {
    let mut html = format!(
        "<div class=\"result-scroll\" tabindex=\"0\"><table class=\"result-table wave-table\"><caption>{}</caption><thead><tr>",
        escape(say::since(language))
    );
    let mut heads =
        vec![words(language).question, say::earlier(language), say::later(language), say::change(language)];
    if inferred {
        heads.extend([say::interval_95(language), say::reading(language)]);
    }
    for head in heads {
        let _ = write!(html, "<th scope=\"col\">{}</th>", escape(head));
    }
    html.push_str("</tr></thead><tbody>");
    let columns = if inferred { 6 } else { 4 };
    let mut of_grid: Option<&str> = None;
    for change in rows {
        let question = summary.question(&change.question);
        let grid = question.and_then(|question| question.grid.as_ref());
        let name = grid.map(|grid| grid.name.as_str());
        if let Some(new) = grid.filter(|_| name != of_grid) {
            let _ = write!(
                html,
                "<tr class=\"head-grid\"><th scope=\"rowgroup\" colspan=\"{columns}\">{}</th></tr>",
                pick(&new.label, language)
            );
        }
        of_grid = name;
        // Under the heading of its grid a row needs its own label alone.
        let label = match (grid, question) {
            (Some(_), Some(question)) => &question.label,
            _ => &change.label,
        };
        html.push_str(&row(change, label, grid.is_some(), inferred, language));
    }
    html.push_str("</tbody></table></div>");
    html
}

fn row(change: &WaveChange, label: &Bilingual, inside: bool, inferred: bool, language: Language) -> String {
    let label = language.pick(&label.es, &label.en);
    let class = if inside { " class=\"head-row\"" } else { "" };
    let (choice, label) = match &change.measure {
        Measure::Choice { choice, label: answer } => {
            (choice.as_str(), format!("{label}: {}", language.pick(&answer.es, &answer.en)))
        }
        _ => ("", label.clone()),
    };
    let mut html = format!(
        "<tr data-change=\"{}\" data-choice=\"{}\"{class}><th scope=\"row\">{}</th>",
        escape(&change.question),
        escape(choice),
        escape(&label)
    );
    for (value, base) in [change.earlier, change.later] {
        let shown = match change.measure {
            Measure::Mean => decimal(value, 0),
            _ => percent(value, 0, language),
        };
        let _ = write!(html, "<td>{shown} <small>n = {}</small></td>", integer(base as i64));
    }
    let _ = write!(html, "<td>{}</td>", points(change.points));
    if inferred {
        let bounds = change.interval.map(|(low, high)| format!("{} … {}", signed(low), signed(high)));
        let reading = match change.verdict {
            Verdict::Rose => say::rose(language),
            Verdict::Fell => say::fell(language),
            Verdict::NoClearChange => say::no_clear_change(language),
            Verdict::NotInferred => say::not_inferred(language),
        };
        let _ =
            write!(html, "<td>{}</td><td>{}</td>", bounds.unwrap_or_else(|| "–".to_owned()), escape(reading));
    }
    html.push_str("</tr>");
    html
}

fn signed(value: f64) -> String {
    let text = decimal(value, 1);
    match text.strip_prefix('-') {
        Some(text) => format!("−{text}"),
        None => format!("+{text}"),
    }
}
