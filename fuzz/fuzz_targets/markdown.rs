//! No form in markdown stops the reader, the building and the filling of forms, or the way back to sheets.
#![no_main]

use std::rc::Rc;

use libfuzzer_sys::fuzz_target;
use sondeo::engine::{Session, Settings};
use sondeo::form::{DateTime, Form};
use sondeo::xlsform::{open, read, write};
use sondeo::xpath::Math;

fuzz_target!(|text: &str| {
    let Ok(sheets) = open("form.md", text.as_bytes()) else { return };
    let Some(source) = read(&sheets).form else { return };
    let form = Form::build(&source).expect("a form that comes back can be built");
    let now = DateTime::parse("2026-11-23T14:50:49", -300).expect("a moment");
    let settings = Settings {
        language: 0,
        seed: 7,
        matches: |_, _| None,
        calculate: Math::calculate,
        digest: sondeo::xpath::digest::digest,
    };
    let _ = Session::new(Rc::new(form), settings, now);
    assert!(read(&write(&source)).form.is_some(), "what is written is read again");
});
