//! Summaries: 100,000 responses of the community survey to columns, to blocks and back, and to a summary, beside plain
//! loops over bytes.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench prints, and stops when it cannot go on"
)]

#[path = "common/mod.rs"]
mod common;
#[path = "common/forms.rs"]
mod forms;

use sondeo::summary::block::{decode, encode};
use sondeo::summary::{Table, View, summarize};

const RESPONSES: usize = 100_000;
/// Responses of a block, as the worker writes them.
const BLOCK: usize = 512;

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
    let blocks: Vec<Vec<u8>> = responses
        .chunks(BLOCK)
        .map(|responses| {
            let mut table = Table::with_texts(&form);
            responses.iter().for_each(|response| table.push(&form, response));
            encode(&form, &table)
        })
        .collect();
    let first = common::median(|| {
        let mut table = Table::new(&form);
        for block in &blocks {
            table.append(&decode(&form, block, false).expect("the block reads"));
        }
        table
    });
    common::line("turn blocks of 100,000 responses into columns", first, &name, yardstick);
    let texts = common::median(|| {
        blocks
            .iter()
            .map(|block| decode(&form, block, true).expect("the block reads").rows.len())
            .sum::<usize>()
    });
    common::line("read the same block by block with texts", texts, &name, yardstick);
    let bytes: usize = blocks.iter().map(Vec::len).sum();
    println!("blocks take {:.1} bytes a response", bytes as f64 / RESPONSES as f64);
}
