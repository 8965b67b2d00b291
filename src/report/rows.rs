use std::fmt::Write;

use super::html::pick;
use crate::chart::escape;
use crate::i18n::Language;
use crate::i18n::format::{integer, percent as show_percent};
use crate::summary::{Display, Row, Share};

/// One decimal where everything may be shown, else none.
pub(super) fn decimals(display: Display) -> usize {
    usize::from(display == Display::Full)
}

/// A table under construction.
pub(super) struct Table {
    html: String,
    open: bool,
    bars: bool,
    /// Of the rows to come.
    pub(super) class: &'static str,
}

impl Table {
    pub(super) fn new(caption: &str, heads: &[&str]) -> Table {
        Table::with_bars(caption, heads, false)
    }

    /// With a column of bars behind the others, which says nothing that they do not.
    pub(super) fn with_bars(caption: &str, heads: &[&str], bars: bool) -> Table {
        let class = if bars { "result-table bar-table" } else { "result-table" };
        let mut html = format!(r#"<table class="{class}"><caption>{}</caption><thead><tr>"#, escape(caption));
        for head in heads {
            let _ = write!(html, r#"<th scope="col">{}</th>"#, escape(head));
        }
        html.push_str(if bars { "<td></td></tr></thead><tbody>" } else { "</tr></thead><tbody>" });
        Table { html, open: false, bars, class: "" }
    }

    /// The row's bar, in percent; nothing in a table without bars.
    pub(super) fn bar(&mut self, share: f64) {
        if self.bars {
            let _ = write!(self.html, r#"<td style="--p:{share:.0}"></td>"#);
        }
    }

    pub(super) fn row(&mut self, label: &str, choice: &str) {
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

    pub(super) fn choice(&mut self, row: &Row, language: Language) {
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

    pub(super) fn result(&mut self, label: &str, question: &str, base: Option<usize>) {
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
    pub(super) fn cell(&mut self, row: &Row, display: Display, language: Language) {
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
    pub(super) fn suppressed(&mut self) {
        self.html.push_str(r#"<td class="result-suppressed">–</td>"#);
    }

    pub(super) fn count(&mut self, count: usize) {
        let _ = write!(self.html, r#"<td data-count="{count}">{}</td>"#, integer(count as i64));
    }

    /// People read whole percentages, the same as on the chart; the finer one is in `data-percent`.
    pub(super) fn percent(&mut self, value: f64, whole: Option<u32>, display: Display, language: Language) {
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
    pub(super) fn share(&mut self, part: Share, display: Display, language: Language) {
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

    pub(super) fn plain(&mut self, text: &str) {
        let _ = write!(self.html, "<td>{}</td>", escape(text));
    }

    pub(super) fn spanning(&mut self, columns: usize, text: &str) {
        let _ = write!(self.html, r#"<td colspan="{columns}" class="result-hidden">{}</td>"#, escape(text));
    }

    fn end_row(&mut self) {
        if self.open {
            self.html.push_str("</tr>");
        }
    }

    pub(super) fn finish(mut self) -> String {
        self.end_row();
        // Wide tables scroll inside this, never the page.
        format!(r#"<div class="result-scroll" tabindex="0">{}</tbody></table></div>"#, self.html)
    }
}
