//! The line that stands over every view: of how many responses it is, and what to be careful about.

use super::html;
use crate::i18n::{Language, explore, report as say};
use crate::summary::Summary;

/// Of how many responses a view is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BaseLine {
    /// In a sentence; where nothing may be shown, why.
    pub text: String,
    /// What to be careful about.
    pub caution: Option<String>,
    /// Responses in the view; `None` where nothing may be shown of it.
    pub chosen: Option<usize>,
    /// Responses that count, whatever the filters.
    pub counted: usize,
}

/// The base line of a summary.
pub fn base_line(summary: &Summary, language: Language) -> BaseLine {
    let (chosen, counted) = (summary.fieldwork.chosen, summary.fieldwork.counted);
    let few = counted < summary.minimum_cell as usize;
    match summary.withheld {
        Some(reason) => BaseLine {
            text: explore::withheld(language).to_owned(),
            caution: Some(html::hidden(reason, summary, language)),
            chosen: None,
            counted,
        },
        None if few => BaseLine {
            text: say::too_few_yet(summary.minimum_cell, language),
            caution: None,
            chosen: None,
            counted,
        },
        None => BaseLine {
            text: explore::base(chosen, counted, language),
            caution: (chosen < 30).then(|| say::caution(chosen, language)),
            chosen: Some(chosen),
            counted,
        },
    }
}
