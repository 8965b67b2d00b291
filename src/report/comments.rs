use std::fmt::Write;

use super::html::pick;
use crate::chart::escape;
use crate::i18n::Language;
use crate::i18n::document as say;
use crate::i18n::format::{integer, percent};
use crate::i18n::report::{base, words};
use crate::survey::Bilingual;

/// What people wrote in answer to a question, as it may be published.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TextSection {
    /// The question's name.
    pub question: String,
    /// What people read.
    pub label: Bilingual,
    /// How many wrote something.
    pub base: usize,
    /// Words and in how many answers each stands, the most used first.
    pub words: Vec<(String, usize)>,
    /// Themes coded by hand, the most frequent first.
    pub themes: Vec<Theme>,
    /// Comments whose authors allowed it, shuffled.
    pub quotes: Vec<String>,
}

/// A theme of written answers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Theme {
    /// Its name.
    pub label: Bilingual,
    /// How many answers are of it.
    pub count: usize,
    /// The same in percent of those who wrote; `None` while only counts may be shown.
    pub percent: Option<f64>,
}

/// Words that are told.
const WORDS: usize = 15;

/// Written answers by theme, then the words used, then quotes.
pub(super) fn comments(texts: &[TextSection], language: Language) -> String {
    let mut html = String::new();
    for section in texts {
        let _ = write!(
            html,
            "<section class=\"result comments\"><h3>{}</h3><p class=\"result-base\">{}</p>",
            pick(&section.label, language),
            escape(&base(section.base))
        );
        if !section.themes.is_empty() {
            html.push_str(&themes(&section.themes, language));
        }
        if !section.words.is_empty() {
            let told =
                section.words.iter().take(WORDS).map(|(word, answers)| say::word_count(word, *answers));
            let told = told.collect::<Vec<_>>().join(", ");
            let _ = write!(
                html,
                "<p><strong>{}:</strong> {}.</p>",
                escape(say::words_used(language)),
                escape(&told)
            );
        }
        if !section.quotes.is_empty() {
            let _ = write!(
                html,
                "<h4>{}</h4><p class=\"result-note\">{}</p><ul class=\"quotes\">",
                escape(say::quotes(language)),
                escape(say::quotes_note(language))
            );
            for quote in &section.quotes {
                let _ = write!(html, "<li>{}</li>", escape(quote));
            }
            html.push_str("</ul>");
        }
        html.push_str("</section>");
    }
    html
}

fn themes(themes: &[Theme], language: Language) -> String {
    let with_percent = themes.iter().any(|theme| theme.percent.is_some());
    let mut html = format!(
        "<div class=\"result-scroll\" tabindex=\"0\"><table class=\"result-table\"><caption>{}</caption><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">n</th>",
        escape(say::themes(language)),
        escape(say::theme(language))
    );
    if with_percent {
        let _ = write!(html, "<th scope=\"col\">{}</th>", words(language).percent);
    }
    html.push_str("</tr></thead><tbody>");
    for theme in themes {
        let _ = write!(
            html,
            "<tr><th scope=\"row\">{}</th><td>{}</td>",
            pick(&theme.label, language),
            integer(theme.count as i64)
        );
        if with_percent {
            let shown = theme.percent.map_or_else(|| "–".to_owned(), |share| percent(share, 0, language));
            let _ = write!(html, "<td>{shown}</td>");
        }
        html.push_str("</tr>");
    }
    html.push_str("</tbody></table></div>");
    html
}
