//! Every stored format ever released opens from a file in `tests/data/stored`: what people have on their devices and in copies.
//! Surveys, responses, drafts, journals and whole databases have tests of their own beside what reads them (`survey::wire`,
//! `response::wire`, `tests/text/coding.rs`, `tests/browser/idb.rs`); here are forms, bundles and blocks, and a count of all.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "common/every.rs"]
mod every;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use every::{Draw, form, source};
use sondeo::form::Form;
use sondeo::form::wire::FORMAT as FORM;
use sondeo::response::wire::FORMAT as RESPONSE;
use sondeo::share::bundle::{FORMAT as BUNDLE, attachment, read, shown};
use sondeo::summary::Table;
use sondeo::summary::block::{FORMAT as BLOCK, decode};
use sondeo::summary::text::wire::FORMAT as CODING;
use sondeo::survey::wire::{FORMAT as SURVEY, form_from_json, form_to_json};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/stored")
}

fn stored(name: &str) -> Vec<u8> {
    std::fs::read(folder().join(name)).unwrap()
}

#[test]
fn there_is_a_file_of_every_format_from_the_first_to_the_one_written_now() {
    let names: BTreeSet<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .map(|name| name.split('.').next().unwrap_or_default().to_owned())
        .collect();
    let kinds = [
        ("survey", SURVEY),
        ("form", FORM),
        ("response", RESPONSE),
        ("draft", RESPONSE),
        ("journal", RESPONSE),
        ("bundle", BUNDLE),
        ("block", u32::from(BLOCK)),
        ("coding", CODING),
    ];
    for (kind, newest) in kinds {
        for format in 1..=newest {
            let is = |name: &String| name.starts_with(kind) && name.ends_with(&format!("-{format}"));
            assert!(names.iter().any(is), "no {kind} of format {format} in {names:?}");
        }
    }
}

#[test]
fn forms_of_every_format_open_are_built_and_are_written_the_same_again() {
    for format in 1..=FORM {
        let text = String::from_utf8(stored(&format!("form-{format}.json"))).unwrap();
        let opened = form_from_json(&text).unwrap();
        assert_eq!(opened.format, format);
        assert_eq!(form_to_json(&opened), text.trim_end());
        Form::build(&opened).unwrap();
    }
    assert_eq!(form_from_json(&String::from_utf8(stored("form-1.json")).unwrap()).unwrap(), source());
}

#[test]
fn a_bundle_of_format_1_opens_whole() {
    let bundle = read(&stored("bundle-1.jsonl")).unwrap();
    assert_eq!((bundle.survey.id.as_str(), bundle.forms.len(), bundle.responses.len()), ("a", 1, 2));
    assert_eq!(bundle.written.to_string(), "2026-11-27");
    assert!(bundle.responses.iter().all(|response| response.answers.len() == 4));
}

#[test]
fn a_bundle_of_format_3_opens_with_its_files() {
    let bytes = stored("bundle-3.jsonl");
    let bundle = read(&bytes).unwrap();
    let files: Vec<_> = bundle.attachments.iter().map(|at| attachment(&bytes, at).unwrap()).collect();
    assert_eq!((bundle.responses.len(), files.len()), (2, 2));
    assert_eq!((files[0].name.as_str(), &files[0].bytes[..]), ("0000000000000001.jpg", &b"one"[..]));
    assert!(files.iter().all(|file| bundle.responses.iter().any(|response| response.id == file.response)));
}

#[test]
fn a_bundle_of_format_4_opens_with_what_its_form_shows() {
    let bytes = stored("bundle-4.jsonl");
    let bundle = read(&bytes).unwrap();
    let files: Vec<_> = bundle.shown.iter().map(|at| shown(&bytes, at).unwrap()).collect();
    assert_eq!((bundle.forms[0].format, bundle.forms[0].language_names[0].as_str()), (4, "Ngäbere"));
    assert_eq!(files.len(), 1);
    assert!(bundle.forms[0].shown_files().contains(&files[0].0.as_str()));
    assert_eq!(files[0].1, b"\xff\xd8\xff one");
}

#[test]
fn a_block_of_format_1_opens_with_every_kind_of_answer() {
    let form = form();
    let mut table = Table::with_texts(&form);
    (1..=20).for_each(|seed| table.push(&form, &Draw(seed).response()));
    assert!(decode(&form, &stored("block-1.bin"), true).unwrap() == table);
}
