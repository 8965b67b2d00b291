//! Summaries: 100,000 responses of the community survey to columns and to a summary, beside plain loops over bytes.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench prints, and stops when it cannot go on"
)]

#[path = "common/mod.rs"]
mod common;
#[path = "common/forms.rs"]
mod forms;

use sondeo::summary::{Table, View, summarize};

const RESPONSES: usize = 100_000;

fn main() {
    let (survey, form) = forms::community();
    let responses = forms::responses(&form, &survey, RESPONSES);
    let mut table = Table::new(&form);
    for response in &responses {
        table.push(&form, response);
    }
    let columns: Vec<Vec<u8>> =
        (0..table.columns.len()).map(|c| (0..RESPONSES).map(|r| ((r * 7 + c) % 6) as u8).collect()).collect();
    let yardstick = common::median(|| {
        columns
            .iter()
            .map(|column| {
                let mut counts = [0_u32; 256];
                for &code in column {
                    if let Some(count) = counts.get_mut(usize::from(code)) {
                        *count += 1;
                    }
                }
                counts
            })
            .collect::<Vec<_>>()
    });
    let name = format!("a plain count of {} columns", columns.len());
    let whole = common::median(|| summarize(&form, &survey, &table, &View::default()));
    common::line("summarize 100,000 responses from columns", whole, &name, yardstick);
    let few: Vec<_> = responses.iter().take(1000).collect();
    let push = common::median(|| {
        let mut table = Table::new(&form);
        for response in &few {
            table.push(&form, response);
        }
        table
    });
    common::line("turn 1,000 responses into columns", push, &name, yardstick);
}
