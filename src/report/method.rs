use std::fmt::Write;

use super::stamp::Stamp;
use super::{crosstab, html};
use crate::chart::escape;
use crate::form::Form;
use crate::i18n::Language;
use crate::i18n::document as words;
use crate::i18n::method as say;
use crate::i18n::report::period;
use crate::summary::view::{Filter, LANGUAGE};
use crate::summary::{Comparison, Profile, RefusalReason, Summary, WeightingResult};
use crate::survey::SamplingDesign;

/// How the survey was made and counted: what a colleague needs to judge the numbers, or to make them again.
pub(super) fn method(
    form: &Form,
    summary: &Summary,
    comparison: Option<&Comparison>,
    stamp: &Stamp,
    language: Language,
) -> String {
    let work = &summary.fieldwork;
    let mut list = List(String::from("<dl class=\"method\">"));
    let mut design = vec![say::design_name(summary.design, language).to_owned()];
    design.push(html::design(summary, language));
    design.extend(work.expected.and_then(|all| match summary.design {
        SamplingDesign::Census if work.counted > all as usize => None,
        SamplingDesign::Census => Some(say::response_rate(work.counted, all, language)),
        _ => Some(say::population(all, language)),
    }));
    list.item(say::design(language), &design.join(" "));
    if let Some(days) = work.days {
        list.item(say::dates(language), &period(days, language));
    }
    let mut counts = say::counts(work.finished, work.counted, work.chosen, language);
    if work.waiting > 0 {
        counts = [counts, crate::i18n::report::waiting(work.waiting, language)].join(" ");
    }
    if work.newer > 0 {
        counts = [counts, crate::i18n::method::newer(work.newer, language)].join(" ");
    }
    list.item(say::responses(language), &counts);
    let conditions = filters(form, summary, language);
    let mut view: Vec<String> = Vec::new();
    if !conditions.is_empty() {
        view.push(words::only(&conditions, language));
    }
    if summary.view.profile == Profile::Analyst {
        view.push(say::analyst_view(language).to_owned());
    }
    if !view.is_empty() {
        list.item(say::view(language), &view.join(" "));
    }
    list.item(say::weighting(language), &weighting(summary, language).join(" "));
    list.item(say::missing(language), &[say::missing_text(language), say::scales_text(language)].join(" "));
    list.item(say::small(language), &say::small_text(summary.minimum_cell, language));
    let random = summary.design == SamplingDesign::Probability;
    let intervals = match summary.design {
        SamplingDesign::Probability => say::with_intervals(language),
        SamplingDesign::Census => say::no_intervals_census(language),
        SamplingDesign::Convenience => say::no_intervals(language),
    };
    list.item(say::intervals(language), intervals);
    let mut compared: Vec<&str> = Vec::new();
    if let Some(comparison) = comparison {
        compared.push(match comparison.inferred {
            true => say::compared_random(language),
            false => say::compared_beside(language),
        });
    }
    if random && summary.view.profile == Profile::Analyst && !summary.breakdowns.is_empty() {
        compared.push(say::groups_random(language));
    }
    if !compared.is_empty() {
        list.item(say::comparing(language), &compared.join(" "));
    }
    list.item(say::rounding(language), say::rounding_text(language));
    list.stamp(stamp, &summary.view.to_query(), language);
    list.0 + "</dl>"
}

struct List(String);

impl List {
    fn item(&mut self, name: &str, text: &str) {
        let _ = write!(self.0, "<dt>{}</dt><dd>{}</dd>", escape(name), escape(text));
    }

    fn stamp(&mut self, stamp: &Stamp, query: &str, language: Language) {
        let _ = write!(
            self.0,
            "<dt>{}</dt><dd>{} <code class=\"stamp\">{}</code> {}</dd>",
            escape(say::made(language)),
            escape(&say::stamp(stamp.version, stamp.made, language)),
            escape(&stamp.hash),
            escape(&say::address(query, language))
        );
    }
}

/// What weighting did, in sentences; that nothing was done where nothing was.
pub(super) fn weighting(summary: &Summary, language: Language) -> Vec<String> {
    let Some(done) = &summary.weighting else { return vec![say::not_weighted(language).to_owned()] };
    let mut told = Vec::new();
    if done.margins.is_empty() {
        told.push(say::not_weighted(language).to_owned());
    } else {
        told.push(weighted(done, language));
        told.push(match done.trimmed {
            true => words::trimmed(done.range, language),
            false => words::weights(done.range, language),
        });
        if done.design_effect > 2.0 {
            told.push(words::heavy_weights(language).to_owned());
        }
    }
    told.extend(refused(done, language));
    told
}

/// What weighting did that the sentence about the design does not tell; nothing where it was not asked for.
pub(super) fn weighting_notes(summary: &Summary, language: Language) -> Vec<String> {
    match summary.weighting {
        Some(_) => weighting(summary, language),
        None => Vec::new(),
    }
}

/// By what percentages are weighted.
pub(super) fn weighted(done: &WeightingResult, language: Language) -> String {
    let margins: Vec<String> =
        done.margins.iter().map(|label| language.pick(label.es.clone(), label.en.clone())).collect();
    words::weighted(&margins, done.design_effect, done.effective, language)
}

/// Margins that were not weighted to, each with its reason.
pub(super) fn refused(done: &WeightingResult, language: Language) -> Vec<String> {
    done.refused
        .iter()
        .map(|refusal| {
            let label = language.pick(refusal.label.es.as_str(), &refusal.label.en);
            let label = if label.is_empty() { refusal.question.as_str() } else { label };
            let choice = refusal.choice.as_ref().map(|choice| language.pick(choice.es.as_str(), &choice.en));
            let choice = choice.unwrap_or(words::a_group(language));
            let why = match refusal.reason {
                RefusalReason::FewRespondents => words::few_respondents(choice, language),
                RefusalReason::NoTarget => words::no_target(choice, language),
                RefusalReason::NoQuestion => words::no_question(language).to_owned(),
                RefusalReason::Contradiction => words::contradiction(language).to_owned(),
            };
            words::refused(label, &why, language)
        })
        .collect()
}

/// The filters of the view in words.
pub(super) fn filters(form: &Form, summary: &Summary, language: Language) -> Vec<String> {
    let tongue = form.language(language.tag()).unwrap_or(0);
    summary
        .view
        .filters
        .iter()
        .map(|filter| match filter {
            Filter::Choices { question, choices } => {
                let node = form.find(question).and_then(|id| form.node(id));
                let list = node.and_then(|node| form.choices_of(node));
                let name = |choice: &String| {
                    let known = list.and_then(|list| list.choice(choice));
                    known.map_or_else(|| choice.clone(), |known| known.label.plain(tongue))
                };
                let label = node.map_or_else(|| question.clone(), |node| node.label.plain(tongue));
                [label, choices.iter().map(name).collect::<Vec<_>>().join(", ")].join(" ")
            }
            Filter::Languages(tags) => {
                let names: Vec<String> = tags.iter().map(|tag| words::language_name(tag, language)).collect();
                [words::by_language(language).to_owned(), names.join(", ")].join(": ")
            }
            Filter::Days { from, to } => words::days(*from, *to, language),
        })
        .collect()
}

/// The smallest group that is shown by itself, with its name and size.
pub(super) fn smallest_group(summary: &Summary, language: Language) -> Option<(String, usize)> {
    let groups = summary.breakdowns.iter().flat_map(|breakdown| {
        breakdown.groups.iter().filter_map(move |group| {
            let name = crosstab::group_name(breakdown, group, language);
            let name = match breakdown.question.as_str() {
                LANGUAGE => [words::by_language(language), &name].join(" "),
                _ => name,
            };
            Some((name, group.base?))
        })
    });
    groups.min_by_key(|(_, n)| *n)
}
