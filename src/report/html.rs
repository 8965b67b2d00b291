//! Results as HTML fragments, the same on the summary screen and in print. Read [`document`] first. Everything is escaped.
//!
//! A question is a `section[data-result=NAME][data-base=N]` with its chart and a table whose rows carry `data-choice` and whose
//! cells carry `data-count` and `data-percent`; an index is a `section[data-index=ID]`. Looks are in `style/report.css`.

use std::fmt::Write;

use super::{figure, mean_decimals, method, table, whole};
use crate::chart::{NARROW, WIDE, escape};
use crate::form::Role;
use crate::i18n::Language;
use crate::i18n::document;
use crate::i18n::format::{decimal, percent};
use crate::i18n::report::{self as say, Outside, words};
use crate::summary::{
    Consistency, Difference, Display, Finding, Hiding, IndexFinding, IndexResult, Kind, Profile, Question,
    Reliability, Share, Summary,
};
use crate::survey::{Bilingual, SamplingDesign};

/// The whole summary: head, sections with their questions, indices.
pub fn document(summary: &Summary, language: Language) -> String {
    let mut html =
        format!(r#"<article class="report" lang="{}">{}"#, language.tag(), head(summary, language));
    if summary.withheld.is_some() || summary.fieldwork.counted < summary.minimum_cell as usize {
        html.push_str("</article>");
        return html;
    }
    html.push_str(&indices(summary, language));
    for (name, label, questions) in sections(summary) {
        let _ = write!(html, r#"<section class="report-section" data-section="{}">"#, escape(name));
        if let Some(label) = label {
            let _ = write!(html, "<h2>{}</h2>", pick(label, language));
        }
        html.push_str(&section(&questions, summary, language));
        html.push_str("</section>");
    }
    html.push_str("</article>");
    // On paper nobody can open them.
    html.replace(DETAILS, r#"<details class="result-details" open>"#)
}

/// What opens a folded table.
/// People of whom it is not known whether they were victims are told where they are a fifth or more.
const LEFT_OUT: usize = 5;
const DETAILS: &str = r#"<details class="result-details">"#;

/// A table folded away behind the chart that tells the same; open where there is no chart.
fn folded(table: String, charted: bool, language: Language) -> String {
    if table.is_empty() || !charted {
        return table;
    }
    format!("{DETAILS}<summary>{}</summary>{table}</details>", escape(words(language).table))
}

/// The sections in document order, each with its name, label and questions.
pub fn sections(summary: &Summary) -> Vec<(&str, Option<&Bilingual>, Vec<&Question>)> {
    let top = summary.questions.iter().filter(|question| question.section.is_none()).collect::<Vec<_>>();
    let mut sections = Vec::new();
    if !top.is_empty() {
        sections.push(("", None, top));
    }
    for section in &summary.sections {
        let inside = |question: &&Question| question.section.as_deref() == Some(section.name.as_str());
        sections.push((
            section.name.as_str(),
            Some(&section.label),
            summary.questions.iter().filter(inside).collect(),
        ));
    }
    sections
}

/// A section's questions; the rows of a grid together, under one chart. Questions that nobody was asked are left out.
pub fn section(questions: &[&Question], summary: &Summary, language: Language) -> String {
    let mut html = String::new();
    let asked = |question: &&&Question| question.display != Display::Hidden { reason: Hiding::NotAsked };
    let questions: Vec<&Question> = questions.iter().filter(asked).copied().collect();
    let same_grid = |a: &&Question, b: &&Question| a.grid.is_some() && a.grid == b.grid;
    for group in questions.chunk_by(same_grid) {
        match group {
            [one] => html.push_str(&question(one, summary, language)),
            rows => html.push_str(&grid(rows, summary, language)),
        }
    }
    html
}

/// Title, who answered, what may be claimed, what is hidden, and the mark of examples.
pub fn head(summary: &Summary, language: Language) -> String {
    let work = &summary.fieldwork;
    let mut html = r#"<header class="report-head">"#.to_owned();
    if summary.example {
        let _ =
            write!(html, r#"<p class="report-example" role="note">{}</p>"#, escape(say::example(language)));
    }
    let _ = write!(
        html,
        r#"<h1>{}</h1><p class="report-form">{}</p>"#,
        pick(&summary.name, language),
        pick(&summary.form_title, language)
    );
    if let Some(days) = work.days {
        let _ = write!(html, r#"<p class="report-days">{}</p>"#, escape(&say::period(days, language)));
    }
    let mut line = |class: &str, text: &str| {
        let _ = write!(html, r#"<p class="{class}">{}</p>"#, escape(text));
    };
    if let Some(reason) = summary.withheld {
        line("report-few", &document::withheld(&hidden(reason, summary, language), language));
    } else if work.counted < summary.minimum_cell as usize {
        line("report-few", &say::too_few_yet(summary.minimum_cell, language));
    } else {
        line("report-design", &design(summary, language));
        if work.chosen < work.counted {
            line("report-part", &document::part(work.chosen, work.counted, language));
        }
        for told in method::weighting_notes(summary, language) {
            line("report-weighting", &told);
        }
    }
    if summary.view.profile == Profile::Analyst {
        line("report-analyst", crate::i18n::method::analyst_view(language));
    }
    if work.waiting > 0 {
        line("report-waiting", &say::waiting(work.waiting, language));
    }
    if work.newer > 0 {
        line("report-newer", &crate::i18n::method::newer(work.newer, language));
    }
    if (5..30).contains(&work.chosen) {
        line("report-caution", &say::caution(work.chosen, language));
    }
    line("report-anonymity", &say::anonymity(summary.own_form, summary.minimum_cell, language));
    html.push_str("</header>");
    html
}

/// The sentence about inference that the sampling design asks for.
pub fn design(summary: &Summary, language: Language) -> String {
    let work = &summary.fieldwork;
    match summary.design {
        SamplingDesign::Census => say::census(work.counted, work.expected, language),
        SamplingDesign::Probability => {
            let done = summary.weighting.as_ref().filter(|done| !done.margins.is_empty());
            let margins: Vec<String> = done
                .iter()
                .flat_map(|done| &done.margins)
                .map(|label| language.pick(label.es.clone(), label.en.clone()))
                .collect();
            let weighted = done.map(|done| (margins.as_slice(), done.design_effect));
            let group = summary.view.is_filtered().then_some(work.chosen);
            say::probability(work.counted, work.days, summary.margin, group, weighted, language)
        }
        SamplingDesign::Convenience => say::convenience(work.counted, language),
    }
}

/// What is to be known of a share of victims where many can be called neither victim nor not, and of how many that is: one
/// yes makes a victim, while only noes throughout make none, so that those left out are rather no victims.
pub(super) fn unknown_victims(
    index: &IndexResult,
    summary: &Summary,
    language: Language,
) -> Option<(usize, String)> {
    let Some(IndexFinding::Any(part)) = &index.finding else { return None };
    let chosen = summary.fieldwork.chosen;
    let left_out = chosen.checked_sub(part.base)?;
    let label = language.pick(&index.label.es, &index.label.en);
    let least = 100.0 * part.count as f64 / chosen as f64;
    (part.percent.is_some() && left_out * LEFT_OUT >= chosen)
        .then(|| (left_out, say::unknown_victims(label, left_out, least, language)))
}

/// A question's result.
pub fn question(question: &Question, summary: &Summary, language: Language) -> String {
    let chart = fitting(|room| figure::question(question, room, language));
    block(question, chart, "h3", summary, language)
}

/// The rows of a grid: one chart, and one table with a row for each.
pub fn grid(rows: &[&Question], summary: &Summary, language: Language) -> String {
    let Some(grid) = rows.first().and_then(|row| row.grid.as_ref()) else { return String::new() };
    let title = language.pick(&grid.label.es, &grid.label.en);
    let chart = fitting(|room| figure::scales(rows, title, room, language))
        .or_else(|| fitting(|room| figure::yes(rows, title, room, language)));
    let table = table::grid(rows, summary, language);
    let name = escape(&grid.name);
    let title = escape(title);
    // Heading and chart stay on one page.
    match chart {
        Some(chart) => format!(
            r#"<section class="result-grid" data-grid="{name}"><div class="result-keep"><h3>{title}</h3><figure>{chart}</figure></div>{table}</section>"#
        ),
        None => format!(
            r#"<section class="result-grid" data-grid="{name}"><div class="result-keep"><h3>{title}</h3>{table}</div></section>"#
        ),
    }
}

/// A chart for a phone and one for a wider page; the style sheet shows the one that fits.
pub(super) fn fitting(chart: impl Fn(f64) -> Option<String>) -> Option<String> {
    let (narrow, wide) = (chart(NARROW)?, chart(WIDE)?);
    Some(format!(r#"<div class="chart-narrow">{narrow}</div><div class="chart-wide">{wide}</div>"#))
}

fn block(
    question: &Question,
    chart: Option<String>,
    heading: &str,
    summary: &Summary,
    language: Language,
) -> String {
    let base = match question.base {
        Some(base) => format!(r#" data-base="{}""#, base.valid),
        None => String::new(),
    };
    let mut html = format!(
        r#"<section class="result" data-result="{}" data-display="{}"{base}><{heading}>{}</{heading}>"#,
        escape(&question.name),
        display_name(question.display),
        pick(&question.label, language)
    );
    if let Display::Hidden { reason } = question.display {
        let _ = write!(
            html,
            r#"<p class="result-hidden">{}</p></section>"#,
            escape(&hidden(reason, summary, language))
        );
        return html;
    }
    if let Some(chart) = &chart {
        let _ = write!(html, "<figure>{chart}</figure>");
    }
    html.push_str(&figures(question, language));
    html.push_str(&base_line(question, language));
    html.push_str(&folded(table::question(question, false, language), chart.is_some(), language));
    html.push_str("</section>");
    html
}

/// The base, who is outside it, and the mark of caution.
pub(super) fn base_line(question: &Question, language: Language) -> String {
    let Some(base) = question.base else { return String::new() };
    let outside = Outside {
        shown: base.shown,
        dont_know: base.dont_know,
        dont_know_percent: base
            .dont_know_percent
            .map(|_| whole(base.dont_know, base.shown - base.not_applicable)),
        not_applicable: base.not_applicable,
        refused: base.refused,
        blank: base.blank,
    };
    let mut text = format!("{}. {}", say::base(base.valid), outside.sentence(language));
    if question.display == (Display::WholePercent { caution: true }) {
        let _ = write!(text, " {}", say::caution(base.valid, language));
    }
    format!(r#"<p class="result-base">{}</p>"#, escape(&text))
}

/// The figures beside a chart, as a list of names and values; empty while only counts may be shown.
fn figures(question: &Question, language: Language) -> String {
    let name = words(language);
    let fine = mean_decimals(question.display);
    let number = |value: Option<f64>, decimals| value.map(|value| decimal(value, decimals));
    let mut list: Vec<(&str, Option<String>)> = Vec::new();
    match &question.finding {
        Some(Finding::Scale(scale)) => {
            let top = share(scale.top, language);
            list.push((name.top_two, top.map(|text| with_quality(text, scale.top, language))));
            list.push((name.bottom_two, share(scale.bottom, language)));
            list.push((name.net, scale.net.map(|net| signed(net.whole.into()))));
            list.push((name.mean, number(scale.mean, fine)));
            list.push((name.median, number(scale.median, 1)));
            list.push((name.deviation, number(scale.sd, fine)));
        }
        Some(Finding::ZeroToTen(result)) => {
            let promoters = share(result.promoters, language);
            list.push((name.promoters, promoters.map(|text| with_quality(text, result.promoters, language))));
            list.push((name.passives, share(result.passives, language)));
            list.push((name.detractors, share(result.detractors, language)));
            list.push((name.score, result.score.map(score_text)));
            list.push((name.mean, number(result.mean, fine)));
        }
        Some(Finding::Number(result)) => {
            list.push((name.median, number(result.quartiles.map(|(_, median, _)| median), 1)));
            let half = result
                .quartiles
                .map(|(first, _, third)| format!("{}–{}", decimal(first, 1), decimal(third, 1)));
            list.push((name.quartiles, half));
            list.push((name.mean, number(result.mean, fine)));
            list.push((name.total, number(result.total, 0)));
        }
        Some(Finding::ManyChoices(result)) => {
            return format!(
                r#"<p class="result-note">{}</p>"#,
                escape(
                    &result.marks.map(|marks| say::marks(result.cases, marks, language)).unwrap_or_default()
                )
            );
        }
        Some(Finding::Answered) => {
            let words = if question.kind == Kind::File { name.files } else { name.texts };
            return format!(r#"<p class="result-note">{}</p>"#, escape(words));
        }
        _ => {}
    }
    table::list(list.into_iter().filter_map(|(name, value)| Some((name, value?))))
}

/// An index's result.
pub fn index(index: &IndexResult, summary: &Summary, language: Language) -> String {
    let chart = fitting(|room| figure::index(index, room, language));
    index_of(index, summary, chart, true, language)
}

/// An index's result with its chart drawn already; the table behind a chart is folded away where a screen can open it.
pub(super) fn index_of(
    index: &IndexResult,
    summary: &Summary,
    chart: Option<String>,
    fold: bool,
    language: Language,
) -> String {
    let mut html = format!(
        r#"<section class="result" data-index="{}" data-display="{}"><div class="result-keep"><h3>{}</h3>"#,
        escape(&index.id),
        display_name(index.display),
        pick(&index.label, language)
    );
    if let Display::Hidden { reason } = index.display {
        let _ = write!(
            html,
            r#"<p class="result-hidden">{}</p></div></section>"#,
            escape(&hidden(reason, summary, language))
        );
        return html;
    }
    let name = words(language);
    let part = |label: &'static str, part: Share| {
        (label, share(part, language).map(|text| with_quality(text, part, language)).unwrap_or_default())
    };
    let mut figure_list = match &index.finding {
        Some(IndexFinding::Mean { n, mean, interval, consistency: alpha, .. }) => {
            let bounds = interval.map(|bounds| [" ", &say::interval(bounds)].concat()).unwrap_or_default();
            let mut list =
                vec![(name.mean, format!("{} / 100{bounds} ({})", decimal(*mean, 0), say::base(*n)))];
            if summary.view.profile == Profile::Analyst && alpha.is_some() {
                list.push((document::consistency(language), consistency(*alpha, language)));
            }
            list
        }
        Some(IndexFinding::Any(victims)) => vec![part(name.victims, *victims)],
        Some(IndexFinding::Reporting(reported)) => vec![part(name.reported, *reported)],
        Some(IndexFinding::SafeWalking { of_all, of_scored }) => {
            vec![part(name.of_all, *of_all), part(name.of_scored, *of_scored)]
        }
        Some(IndexFinding::Recommendation { promoters, passives, detractors, score }) => vec![
            (name.score, score_text(*score)),
            part(name.promoters, *promoters),
            part(name.passives, *passives),
            part(name.detractors, *detractors),
        ],
        Some(IndexFinding::Commitments(found)) => {
            let mut list = vec![part(name.committed, found.people)];
            list.push((name.commitments, decimal(found.total as f64, 0)));
            list.extend(found.likely.map(|likely| part(name.likely, likely)));
            list.extend(found.soon.map(|soon| part(name.soon, soon)));
            list
        }
        _ => Vec::new(),
    };
    figure_list.retain(|(_, value)| !value.is_empty());
    html.push_str(&table::list(figure_list.into_iter()));
    if let Some(chart) = &chart {
        let _ = write!(html, "<figure>{chart}</figure>");
        let caption = match &index.finding {
            Some(IndexFinding::Ranked(_) | IndexFinding::Mean { .. }) => name.top_two_of_those,
            _ => "",
        };
        if !caption.is_empty() {
            let _ = write!(html, r#"<p class="result-note">{}</p>"#, escape(caption));
        }
    }
    html.push_str("</div>");
    if matches!(index.finding, Some(IndexFinding::Paired(_))) {
        let _ = write!(html, r#"<p class="result-note">{}</p>"#, escape(say::then_test(language)));
    }
    if let Some((_, note)) = unknown_victims(index, summary, language) {
        let _ = write!(html, r#"<p class="result-note">{}</p>"#, escape(&note));
    }
    html.push_str(&folded(
        table::index(index, summary, !fold && chart.is_none(), language),
        fold && chart.is_some(),
        language,
    ));
    html.push_str("</section>");
    html
}

fn indices(summary: &Summary, language: Language) -> String {
    if summary.indices.is_empty() {
        return String::new();
    }
    let mut html = format!(
        r#"<section class="report-section" data-section="indices"><h2>{}</h2>"#,
        words(language).indices
    );
    for result in &summary.indices {
        html.push_str(&index(result, summary, language));
    }
    html.push_str("</section>");
    html
}

/// Why something is not shown, in a sentence.
pub fn hidden(reason: Hiding, summary: &Summary, language: Language) -> String {
    match reason {
        Hiding::NotAsked => say::not_asked(language).to_owned(),
        Hiding::FewAnswers => say::few_answers(summary.minimum_cell, language),
        Hiding::FewForScore => say::few_for_score(language).to_owned(),
        Hiding::AllAlike => say::all_alike(language).to_owned(),
        Hiding::FewVictims => say::few_victims(language).to_owned(),
        Hiding::FewCases => say::few_cases(summary.minimum_cell, language),
        Hiding::TooFine => say::too_fine(language).to_owned(),
        Hiding::FewOutside => say::few_outside(language).to_owned(),
        Hiding::FewApart => say::few_apart(language).to_owned(),
        Hiding::SmallGroup => {
            say::small_group(summary.view.profile == Profile::Publication, language).to_owned()
        }
        Hiding::Complementary => say::complementary(language).to_owned(),
    }
}

/// A share in words: `73 % (8 de 11)`, or `6 de 8` while only counts may be shown; `None` of nothing.
pub(super) fn share(share: Share, language: Language) -> Option<String> {
    if share.base == 0 {
        return None;
    }
    let of = say::of(share.count, share.base, language);
    // Beside a count that gives another percentage it would look miscounted.
    let counted = 100.0 * share.count as f64 / share.base as f64;
    let weighted = share.percent.is_some_and(|percent| (percent - counted).abs() > 0.06);
    let weighted = if weighted { say::weighted(language) } else { "" };
    let mut text = match share.whole {
        Some(whole) => format!("{}{weighted} ({of})", percent(whole.into(), 0, language)),
        None => of,
    };
    if let Some(interval) = share.interval {
        let _ = write!(text, " {}", say::interval(interval));
    }
    Some(text)
}

/// A share in words with how sure it is, for random samples.
pub(super) fn with_quality(text: String, share: Share, language: Language) -> String {
    match share.reliability {
        Some(reliability) => [text.as_str(), ", ", quality(reliability, language)].concat(),
        None => text,
    }
}

/// How sure an estimate is, in words.
pub(super) fn quality(reliability: Reliability, language: Language) -> &'static str {
    match reliability {
        Reliability::Reliable => document::reliable(language),
        Reliability::WeaklyReliable => document::weakly_reliable(language),
        Reliability::NotReliable => document::not_reliable(language),
    }
}

/// How well an index's items hang together, by name and number; a dash where it is not known.
pub(super) fn consistency(consistency: Option<Consistency>, language: Language) -> String {
    match consistency {
        Some(Consistency::Alpha(value)) => [document::alpha(language), " ", &decimal(value, 2)].concat(),
        Some(Consistency::SpearmanBrown(value)) => {
            [document::spearman_brown(language), " ", &decimal(value, 2)].concat()
        }
        None => "–".to_owned(),
    }
}

fn score_text(points: Difference) -> String {
    let score = signed(points.whole.into());
    match points.interval {
        Some(interval) => format!("{score} {}", say::interval(interval)),
        None => score,
    }
}

fn signed(value: f64) -> String {
    let text = decimal(value, 0);
    if text.starts_with('-') { text.replacen('-', "−", 1) } else { format!("+{text}") }
}

pub(super) fn pick(text: &Bilingual, language: Language) -> String {
    escape(language.pick(&text.es, &text.en))
}

fn display_name(display: Display) -> &'static str {
    match display {
        Display::Hidden { .. } => "hidden",
        Display::CountsOnly => "counts",
        Display::WholePercent { .. } => "whole",
        Display::Full => "full",
    }
}

/// Whether a row is a missing value's.
pub(super) fn is_apart(role: Role) -> bool {
    matches!(role, Role::DontKnow | Role::NotApplicable | Role::Refused)
}
