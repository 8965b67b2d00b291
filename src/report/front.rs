//! Page one of a report: what a mayor reads standing up. Read [`front`] first. It fits one page of paper, A4 or Letter.

use crate::summary::order;
use std::fmt::Write;

use super::compact::compact;
use super::document::Material;
use super::findings::{FEW, Family, Told, families, findings, top, victims};
use super::html::pick;
use super::{figure, html, method, plan, plots};
use crate::chart::{NARROW, escape};
use crate::i18n::Language;
use crate::i18n::document as say;
use crate::i18n::finding::{self, Portion};
use crate::i18n::report::{self as words, period, then_test};
use crate::summary::{Finding, IndexFinding, Question, Rank, Summary};
use crate::survey::{Bilingual, SamplingDesign, Subject};

/// The width of the chart on paper, where it stands beside the priorities and is drawn smaller, in pixels.
const BESIDE: f64 = 430.0;
/// Bars of the one chart.
const BARS: usize = 6;
/// Priorities or topics.
const NAMED: usize = 3;
/// Lines for decisions.
const DECISIONS: usize = 3;

/// Title and who answered, findings, one chart, priorities or commitments, what to be careful about, and room for decisions.
pub(super) fn front(material: &Material<'_>, language: Language) -> String {
    let summary = material.summary;
    let told = findings(summary, material.comparison, language);
    let mut html = format!("<section class=\"front\">{}", head(material, language));
    let _ = write!(html, "<h2>{}</h2>", escape(say::found(language)));
    if told.is_empty() {
        let _ = write!(html, "<p>{}</p>", escape(say::no_findings(language)));
    } else {
        html.push_str("<ol class=\"front-findings\">");
        for finding in &told {
            let _ = write!(
                html,
                "<li data-about=\"{}\">{}</li>",
                escape(&finding.about.join(" ")),
                escape(&finding.text)
            );
        }
        html.push_str("</ol>");
    }
    html.push_str("<div class=\"front-pair\">");
    let drawn = chart(material, language);
    if let Some((markup, _)) = &drawn {
        html.push_str(markup);
    }
    html.push_str("<div class=\"front-side\">");
    html.push_str(&in_people(summary, language));
    html.push_str(&named(material, language));
    html.push_str(&careful(material, &told, drawn.map(|(_, base)| base), language));
    html.push_str("</div></div>");
    html.push_str(&decisions(language));
    html.push_str("</section>");
    html
}

fn head(material: &Material<'_>, language: Language) -> String {
    let summary = material.summary;
    let work = &summary.fieldwork;
    let mut html = String::from("<header class=\"front-head\">");
    if summary.example {
        let _ = write!(
            html,
            "<p class=\"report-example\" role=\"note\">{}</p>",
            escape(words::example(language))
        );
    }
    let _ = write!(
        html,
        "<p class=\"front-form\">{}</p><h1>{}</h1>",
        pick(&summary.form_title, language),
        pick(&summary.name, language)
    );
    let mut facts: Vec<String> = Vec::new();
    let place = place(material, language);
    if !place.is_empty() {
        facts.push(place);
    }
    facts.extend(work.days.map(|days| period(days, language)));
    let _ = write!(html, "<p class=\"front-place\">{}</p>", escape(&facts.join(" · ")));
    let mut who = say::who_answered(work.chosen, &work.languages, language);
    let conditions = method::filters(material.form, summary, language);
    if !conditions.is_empty() {
        who = [who, say::only(&conditions, language)].join(" ");
    }
    let _ = write!(html, "<p class=\"front-who\">{}</p></header>", escape(&who));
    html
}

/// Where it was: the hosts of a visit, the districts of a study.
fn place(material: &Material<'_>, language: Language) -> String {
    let name = |text: &Bilingual| language.pick(text.es.clone(), text.en.clone());
    match &material.survey.subject {
        Subject::Event(event) => name(&event.host),
        Subject::Study(study) => {
            let districts: Vec<String> =
                study.districts.iter().map(|district| name(&district.label)).collect();
            say::places(&districts, language)
        }
        Subject::Own(_) => String::new(),
    }
}

/// The six worst rows of a study, the six best of a visit, and the smallest base among them.
fn chart(material: &Material<'_>, language: Language) -> Option<(String, usize)> {
    let worst = matches!(material.survey.subject, Subject::Study(_));
    let (rows, label) = rows(material.summary, worst)?;
    let base = rows.iter().filter_map(|question| top(question)).map(|share| share.base).min().unwrap_or(0);
    let title = language.pick(&label.es, &label.en);
    let draw = |room: f64| figure::scales(&rows, title, room, language).map(|svg| compact(&svg));
    let (screen, paper) = (draw(NARROW)?, draw(BESIDE)?);
    let heading = if worst { say::worst_rows(language) } else { say::best_rows(language) };
    let html = format!(
        "<div class=\"front-chart\"><h2>{}</h2><p class=\"result-note\">{}</p><figure class=\"on-screen\">{screen}</figure><figure class=\"on-paper\">{paper}</figure></div>",
        escape(heading),
        escape(title)
    );
    Some((html, base))
}

/// Scales of the family that is worst (or best) as a whole, its worst (or best) rows, with the name of the family.
fn rows(summary: &Summary, worst: bool) -> Option<(Vec<&Question>, &Bilingual)> {
    let height = |question: &Question| {
        top(question).map_or(0.0, |share| super::drawn(share.percent, Some(share.count), share.base))
    };
    let badness = |family: &Family<'_>, question: &Question| match family.burden {
        true => height(question),
        false => 100.0 - height(question),
    };
    let wanted = |family: &Family<'_>, question: &Question| match worst {
        true => badness(family, question),
        false => -badness(family, question),
    };
    let mut best: Option<(f64, Vec<&Question>, &Bilingual)> = None;
    for family in families(summary) {
        let mut rows = family.questions.clone();
        rows.retain(|question| top(question).is_some());
        order::sort_by(&mut rows, |a, b| wanted(&family, b).total_cmp(&wanted(&family, a)));
        rows.truncate(BARS);
        // What weighs on people is what a study is about; a visit is judged by what it did. Then the fullest chart.
        let fits = 1000.0 * f64::from(u8::from(family.burden == worst)) + 100.0 * rows.len() as f64;
        let mean =
            rows.iter().map(|question| wanted(&family, question)).sum::<f64>() / rows.len().max(1) as f64;
        let score = mean + fits;
        if rows.len() > 2 && best.as_ref().is_none_or(|(known, ..)| score > *known) {
            best = Some((score, rows, family.label));
        }
    }
    best.map(|(_, rows, label)| (rows, label))
}

/// What happened to people, as so many of ten; nothing of few answers.
fn in_people(summary: &Summary, language: Language) -> String {
    let drawn = victims(summary).and_then(|(index, share)| {
        let whole = share.whole.filter(|_| share.base >= FEW)?;
        let part = Portion {
            count: share.count,
            base: share.base,
            whole: share.whole,
            interval: None,
            random: false,
            few: false,
        };
        let note = finding::named(language.pick(&index.label.es, &index.label.en), part, language);
        plots::people(share, &finding::in_ten(whole, language), &note, NARROW)
    });
    drawn
        .map(|svg| ["<figure class=\"front-people\">", &compact(&svg), "</figure>"].concat())
        .unwrap_or_default()
}

/// The first priorities, or the commitments by topic with their first dates.
fn named(material: &Material<'_>, language: Language) -> String {
    let list = |title: &str, lines: Vec<(String, String)>| {
        let mut html = format!("<h2>{}</h2><ol class=\"front-named\">", escape(title));
        for (name, figure) in lines {
            let _ = write!(html, "<li>{} <span>{}</span></li>", escape(&name), escape(&figure));
        }
        html + "</ol>"
    };
    let commitments = material.summary.indices.iter().find_map(|index| match &index.finding {
        Some(IndexFinding::Commitments(found)) => Some((&index.label, found)),
        _ => None,
    });
    if let Some(plan) = material.plan.filter(|plan| !plan.rows.is_empty()) {
        let title = commitments.map(|(label, _)| language.pick(label.es.as_str(), &label.en));
        let lines = plan::by_topic(plan, language).into_iter().take(NAMED).collect();
        return list(title.unwrap_or(say::work_plan(language)), lines);
    }
    if let Some((label, topics)) =
        commitments.and_then(|(label, found)| Some((label, found.topics.as_ref()?)))
    {
        let mut topics: Vec<_> =
            topics.iter().filter(|row| row.count.is_some_and(|count| count > 0)).collect();
        order::sort_by_key(&mut topics, |row| std::cmp::Reverse(row.count));
        let lines = topics.into_iter().take(NAMED).map(|row| {
            let name = language.pick(row.label.es.clone(), row.label.en.clone());
            (name, crate::i18n::finding::topic_line(row.count.unwrap_or(0), None, language))
        });
        return list(language.pick(&label.es, &label.en), lines.collect());
    }
    let line = |rank: &Rank| {
        let name = language.pick(rank.label.es.clone(), rank.label.en.clone());
        html::share(rank.top_three, language).map(|share| (name, share))
    };
    match first_three(material.summary) {
        Some(ranks) => list(say::priorities(language), ranks.iter().filter_map(line).collect()),
        None => String::new(),
    }
}

fn first_three(summary: &Summary) -> Option<&[Rank]> {
    let of_index = summary.indices.iter().find_map(|index| match &index.finding {
        Some(IndexFinding::Priorities { rows, .. }) => Some(rows.as_slice()),
        _ => None,
    });
    let of_question = || {
        summary.questions.iter().find_map(|question| match &question.finding {
            Some(Finding::Ranking(rows)) => Some(rows.as_slice()),
            _ => None,
        })
    };
    let ranks = of_index.or_else(of_question)?;
    let named = ranks.iter().take(NAMED).take_while(|rank| rank.points > 0).count();
    ranks.get(..named).filter(|ranks| !ranks.is_empty())
}

/// What may not be read into the numbers.
fn careful(material: &Material<'_>, told: &[Told], chart: Option<usize>, language: Language) -> String {
    let summary = material.summary;
    let mut lines = vec![html::design(summary, language)];
    if let Some(done) = &summary.weighting {
        // Of a random sample the sentence above says it.
        if !done.margins.is_empty() && summary.design != SamplingDesign::Probability {
            lines.push(method::weighted(done, language));
        }
        lines.extend(method::refused(done, language));
    }
    if summary.fieldwork.chosen < FEW {
        lines.push(words::caution(summary.fieldwork.chosen, language));
    }
    if summary.fieldwork.newer > 0 {
        lines.push(crate::i18n::method::newer(summary.fieldwork.newer, language));
    }
    let bases = told.iter().map(|finding| finding.base).chain(chart);
    lines.extend(bases.min().map(|base| say::smallest_base(base, language)));
    lines.extend(
        method::smallest_group(summary, language).map(|(name, n)| say::smallest_group(&name, n, language)),
    );
    let unknown = summary.indices.iter().filter_map(|index| html::unknown_victims(index, summary, language));
    lines.extend(unknown.max_by_key(|(people, _)| *people).map(|(_, line)| line));
    let paired = summary.indices.iter().any(|index| matches!(index.finding, Some(IndexFinding::Paired(_))));
    if paired {
        lines.push(then_test(language).to_owned());
    }
    let mut html = format!("<h2>{}</h2><ul class=\"front-careful\">", escape(say::careful(language)));
    for line in lines {
        let _ = write!(html, "<li>{}</li>", escape(&line));
    }
    html + "</ul>"
}

fn decisions(language: Language) -> String {
    let heads = [say::decision(language), say::who(language), say::when(language)];
    let heads: String = heads.iter().map(|head| format!("<th scope=\"col\">{}</th>", escape(head))).collect();
    let lines = "<tr><td></td><td></td><td></td></tr>".repeat(DECISIONS);
    format!(
        "<h2>{}</h2><table class=\"front-decisions\"><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>",
        escape(say::decisions(language))
    )
}
