//! The report: page one, then every section, groups, waves, plan, comments, method, questionnaire and full tables. Read
//! [`report`] first: a file that opens from disk in both languages, without a script and without a request; [`pages`] is the
//! same in one language for a page that prints. Every number is read from the summary.

use std::fmt::Write;

pub use super::comments::{TextSection, Theme};
use super::compact::compact;
pub use super::stamp::Stamp;
use super::{body, comments, front, html, method, page, plan, plots, questionnaire, waves};
use crate::chart::{NARROW, WIDE, escape};
use crate::form::Form;
use crate::i18n::Language;
use crate::i18n::document as say;
use crate::i18n::report as words;
use crate::summary::{Comparison, Summary, WorkPlan};
use crate::survey::Survey;

/// What a report is made of.
#[derive(Debug, Clone, Copy)]
pub struct Material<'a> {
    /// The questionnaire.
    pub form: &'a Form,
    /// What it is about.
    pub survey: &'a Survey,
    /// What may be known.
    pub summary: &'a Summary,
    /// The same beside an earlier wave.
    pub comparison: Option<&'a Comparison>,
    /// Commitments, where the form asks for them.
    pub plan: Option<&'a WorkPlan>,
    /// Written answers, as far as they may be published.
    pub texts: &'a [TextSection],
    /// What it was made from.
    pub stamp: &'a Stamp,
}

/// One HTML file in Spanish and English that opens in this language; the other is a tap away and needs no script.
pub fn report(material: &Material<'_>, language: Language) -> String {
    // It is read on phones first; a chart that fits there fits everywhere.
    let articles = Language::ALL.map(|language| (language, article(material, NARROW, language)));
    page::page(&material.summary.name, &articles, language)
}

/// The report in one language as the body of a page to print.
pub fn pages(material: &Material<'_>, language: Language) -> String {
    unlinked(&article(material, WIDE, language))
}

/// Without links and table of contents: in a page of the program an address behind `#` is another screen.
fn unlinked(html: &str) -> String {
    let (before, rest) = html.split_once("<nav class=\"contents-list\"").unwrap_or((html, ""));
    let after = rest.split_once("</nav>").map_or("", |(_, after)| after);
    let mut plain = String::from(before);
    let mut rest = after;
    while let Some((before, link)) = rest.split_once("<a href=\"#") {
        let (label, behind) =
            link.split_once('>').and_then(|(_, inside)| inside.split_once("</a>")).unwrap_or(("", ""));
        plain.push_str(before);
        plain.push_str(label);
        rest = behind;
    }
    plain.push_str(rest);
    plain
}

fn article(material: &Material<'_>, room: f64, language: Language) -> String {
    let summary = material.summary;
    let mut parts = Parts {
        html: format!("<article class=\"report document\" lang=\"{}\">", language.tag()),
        language,
        contents: Vec::new(),
        inside: String::new(),
    };
    if let Some(reason) = too_little(summary, language) {
        let _ = write!(
            parts.html,
            "{}<p class=\"report-few\">{}</p></article>",
            html::head(summary, language),
            escape(&reason)
        );
        return parts.html;
    }
    parts.html.push_str(&front::front(material, language));
    parts.add("indices", say::over_several(language), &body::indices(summary, room, language));
    for (name, label, questions) in html::sections(summary) {
        let title = match label {
            Some(label) => language.pick(label.es.as_str(), &label.en),
            None => say::other_questions(language),
        };
        let key = if name.is_empty() { "others" } else { name };
        parts.add(key, title, &body::section(&questions, material, room, language));
    }
    parts.add("groups", say::by_groups(language), &body::groups(summary, language));
    if let Some(comparison) = material.comparison {
        let chart = plots::waves(comparison, room, language).map(|svg| compact(&svg));
        let inside = waves::waves(comparison, summary, false, chart, language);
        parts.add("since", say::since(language), &inside);
    }
    if let Some(plan) = material.plan {
        parts.add("plan", say::work_plan(language), &plan::plan(plan, language));
    }
    parts.add("comments", say::comments(language), &comments::comments(material.texts, language));
    let method = method::method(material.form, summary, material.comparison, material.stamp, language);
    parts.add("method", say::method(language), &method);
    let anonymity = escape(&words::anonymity(summary.own_form, summary.minimum_cell, language));
    parts.add("anonymity", say::anonymity(language), &["<p>", &anonymity, "</p>"].concat());
    parts.add("paper", say::questionnaire(language), &questionnaire::questionnaire(material.form, language));
    parts.add("tables", say::full_tables(language), &body::tables(summary, language));
    parts.finish()
}

/// Why there is nothing to report.
fn too_little(summary: &Summary, language: Language) -> Option<String> {
    if let Some(reason) = summary.withheld {
        return Some(say::withheld(&html::hidden(reason, summary, language), language));
    }
    (summary.fieldwork.counted < summary.minimum_cell as usize)
        .then(|| words::too_few_yet(summary.minimum_cell, language))
}

/// The parts behind page one, with their table of contents.
struct Parts {
    html: String,
    language: Language,
    contents: Vec<(String, String)>,
    inside: String,
}

impl Parts {
    /// A part under a heading; nothing where it is empty.
    fn add(&mut self, key: &str, title: &str, inside: &str) {
        if inside.is_empty() {
            return;
        }
        let id = [self.language.tag(), "-", key].concat();
        let _ = write!(
            self.inside,
            "<section class=\"report-section\" id=\"{}\" data-section=\"{}\"><h2>{}</h2>{inside}</section>",
            escape(&id),
            escape(key),
            escape(title)
        );
        self.contents.push((id, title.to_owned()));
    }

    fn finish(self) -> String {
        let mut html = self.html;
        let title = escape(say::contents(self.language));
        let _ = write!(html, "<nav class=\"contents-list\" aria-label=\"{title}\"><h2>{title}</h2><ul>");
        for (id, title) in &self.contents {
            let _ = write!(html, "<li><a href=\"#{}\">{}</a></li>", escape(id), escape(title));
        }
        html.push_str("</ul></nav>");
        html.push_str(&self.inside);
        html.push_str("</article>");
        html
    }
}
