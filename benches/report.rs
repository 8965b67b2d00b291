//! Files: 100,000 responses of the community survey as CSV, workbook and SPSS file, and the print view, beside joining as many
//! texts. Blocks come as from a store, one at a time. With a name (`csv`, `labels`, `publication`, `xlsx`,
//! `sav`) only that, once, so that its memory can be measured; with a path behind, it is written there.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench prints, and stops when it cannot go on"
)]

#[path = "common/mod.rs"]
mod common;
#[path = "common/forms.rs"]
mod forms;

use std::io::Write;

use sondeo::form::Form;
use sondeo::i18n::Language;
use sondeo::report::file::{DataFile, Format, Notice, Options, Profile, Quasi, Step};
use sondeo::report::html;
use sondeo::response::ResponseId;
use sondeo::summary::{Table, View, summarize};

const RESPONSES: usize = 100_000;
const BLOCK: usize = 500;

fn main() {
    let (survey, form) = forms::community();
    let responses = forms::responses(&form, &survey, BLOCK);
    let mut block = Table::with_texts(&form);
    responses.iter().for_each(|response| block.push(&form, response));
    let files = [
        ("csv", Format::Csv { labels: false }, Profile::Analyst),
        ("labels", Format::Csv { labels: true }, Profile::Analyst),
        ("publication", Format::Csv { labels: false }, Profile::Publication),
        ("xlsx", Format::Xlsx, Profile::Analyst),
        ("sav", Format::Sav, Profile::Analyst),
    ];
    let asked = std::env::args().nth(1).filter(|name| !name.starts_with('-'));
    if let Some(name) = &asked {
        for (_, format, profile) in files.iter().filter(|(known, ..)| known == name) {
            let mut kept =
                std::env::args().nth(2).map(|path| std::fs::File::create(path).expect("a new file"));
            let mut sink = |bytes: &[u8]| {
                if let Some(file) = &mut kept {
                    file.write_all(bytes).expect("room on the disk");
                }
            };
            let size = make(&form, &block, *format, *profile, &mut sink);
            println!("{name}: {size} bytes, {RESPONSES} responses, {} questions", block.columns.len());
        }
        return;
    }
    let texts: Vec<Vec<String>> = responses
        .iter()
        .map(|response| response.answers.iter().map(|(_, answer)| answer.to_text()).collect())
        .collect();
    let cells: usize = texts.iter().map(Vec::len).sum();
    println!("{} questions, {} answers a response", block.columns.len(), cells / BLOCK);
    let yardstick = common::median(|| {
        let mut size = 0;
        for row in texts.iter().cycle().take(RESPONSES) {
            size += row.join(",").len();
        }
        size
    });
    let name = "joining their texts";
    for (file, format, profile) in files {
        let time = common::median(|| make(&form, &block, format, profile, &mut |_| ()));
        common::line(&format!("{file} of 100,000 responses"), time, name, yardstick);
    }
    let summary = summarize(&form, &survey, &block, &View::default());
    let time = common::median(|| html::document(&summary, Language::Es));
    common::line("the print view with every chart", time, name, yardstick);
}

/// Makes a file of the block's responses again and again, each time with other ids; gives its size.
fn make(form: &Form, block: &Table, format: Format, profile: Profile, sink: &mut dyn FnMut(&[u8])) -> usize {
    let options = Options { profile, language: Language::Es, quasi: Quasi::Usual, minimum_cell: 5 };
    let mut file = DataFile::new(form, format, options, Notice::default());
    let mut size = 0;
    let mut block = block.clone();
    loop {
        let mut take = |bytes: &[u8]| {
            size += bytes.len();
            sink(bytes);
        };
        match file.step(&mut take).expect("a file") {
            Step::Read => {
                for first in (0..RESPONSES).step_by(BLOCK) {
                    for (row, facts) in (first as u64..).zip(&mut block.rows) {
                        let random = row.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes();
                        facts.id =
                            ResponseId([random, row.to_be_bytes()].concat().try_into().unwrap_or_default());
                    }
                    file.take(&block).expect("blocks with texts");
                }
            }
            Step::Wrote { .. } => {}
            Step::Done => return size,
        }
    }
}
