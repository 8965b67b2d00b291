//! Files: a CSV of the community survey, beside joining as much text.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench prints, and stops when it cannot go on"
)]

#[path = "common/mod.rs"]
mod common;
#[path = "common/forms.rs"]
mod forms;

use sondeo::i18n::Language;
use sondeo::report::csv::{Csv, Extent};
use sondeo::report::html;
use sondeo::summary::{Table, View, summarize};

fn main() {
    let (survey, form) = forms::community();
    let responses = forms::responses(&form, &survey, 1000);
    let mut extent = Extent::default();
    let mut table = Table::new(&form);
    for response in &responses {
        extent.see(response);
        table.push(&form, response);
    }
    let texts: Vec<Vec<String>> = responses
        .iter()
        .map(|response| response.answers.iter().map(|(_, answer)| answer.to_text()).collect())
        .collect();
    let yardstick = common::median(|| texts.iter().map(|row| row.join(",")).collect::<String>());
    let csv = Csv::new(&form, None, &extent);
    let time = common::median(|| responses.iter().map(|response| csv.row(response)).collect::<String>());
    common::line("CSV of 1,000 responses", time, "joining their texts", yardstick);
    let summary = summarize(&form, &survey, &table, &View::default());
    let time = common::median(|| html::document(&summary, Language::Es));
    common::line("the print view with every chart", time, "joining their texts", yardstick);
}
