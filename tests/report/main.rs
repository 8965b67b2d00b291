//! Responses as files, from blocks in memory: to the byte where a file is small, and read back by other programs' readers and
//! held against plain loops over the same answers where it is not.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod codebook;
mod csv;
mod order;
mod publication;
mod sav;
mod small;
mod workbook;
mod xlsform;

use sondeo::form::Form;
use sondeo::i18n::Language;
use sondeo::report::file::{DataFile, FileError, Format, Notice, Options, Profile, Quasi, Step};
use sondeo::response::Response;
use sondeo::summary::Table;

/// An analyst's file in Spanish.
fn analyst() -> Options {
    Options { profile: Profile::Analyst, language: Language::Es, quasi: Quasi::Usual, minimum_cell: 5 }
}

/// A publication in Spanish.
fn publication() -> Options {
    Options { profile: Profile::Publication, ..analyst() }
}

fn notice() -> Notice {
    Notice {
        survey: "survey".to_owned(),
        title: "Encuesta «de prueba»".to_owned(),
        sampling: "Respondieron quienes quisieron.".to_owned(),
        inputs: "sha256:0123".to_owned(),
        tables: Vec::new(),
    }
}

/// The responses in blocks of so many, with texts.
fn blocks(form: &Form, responses: &[Response], size: usize) -> Vec<Table> {
    let block = |responses: &[Response]| {
        let mut table = Table::with_texts(form);
        responses.iter().for_each(|response| table.push(form, response));
        table
    };
    responses.chunks(size).map(block).collect()
}

/// A file of blocks, and how often they were read.
fn drive(mut file: DataFile<'_>, blocks: &[Table]) -> Result<(Vec<u8>, usize), FileError> {
    let (mut bytes, mut readings, mut known) = (Vec::new(), 0, 0);
    loop {
        match file.step(&mut |more| bytes.extend_from_slice(more))? {
            Step::Read => {
                readings += 1;
                blocks.iter().try_for_each(|block| file.take(block))?;
            }
            Step::Wrote { done, of } => {
                assert!(known <= done && done <= of, "{known} {done} {of}");
                known = done;
            }
            Step::Done => return Ok((bytes, readings)),
        }
    }
}

fn make(form: &Form, format: Format, options: Options, responses: &[Response]) -> Vec<u8> {
    let ending = match format {
        Format::Csv { labels: false } => "csv",
        Format::Csv { labels: true } => "labels.csv",
        Format::Xlsx => "xlsx",
        Format::Sav => "sav",
    };
    let name = format!("{}-{}-{:?}.{ending}", form.id, responses.len(), options.profile);
    let file = DataFile::new(form, format, options, notice());
    let bytes = drive(file, &blocks(form, responses, 7)).unwrap().0;
    keep(&name, &bytes);
    bytes
}

/// Keeps a file in the folder that `SONDEO_FILES` names, for other programs to be tried on: see `docs/files.md`.
fn keep(name: &str, bytes: &[u8]) {
    if let Some(folder) = std::env::var_os("SONDEO_FILES") {
        std::fs::write(std::path::Path::new(&folder).join(name), bytes).unwrap();
    }
}

/// A CSV's text.
fn csv_text(form: &Form, labels: bool, options: Options, responses: &[Response]) -> String {
    String::from_utf8(make(form, Format::Csv { labels }, options, responses)).unwrap()
}

/// A CSV's cells, read by another program's reader; the header first.
fn csv_cells(text: &str) -> Vec<Vec<String>> {
    let text = text.strip_prefix('\u{feff}').unwrap();
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|line| line.unwrap().iter().map(str::to_owned).collect()).collect()
}
