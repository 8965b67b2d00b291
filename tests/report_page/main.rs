//! The report as a file: findings, page one, every part, in both languages; over examples of the two instruments and random
//! answers.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod made;

use made::{STUDY, VISIT, made};
use sondeo::i18n::Language;
use sondeo::report::document;

#[test]
fn scratch() {
    for (instrument, count, name) in [(STUDY, 400, "study"), (VISIT, 8, "visit8"), (VISIT, 40, "visit")] {
        let made = made(instrument, count, |_| ());
        for language in Language::ALL {
            let html = document::report(&made.material(), language);
            println!("{name} {} {}", language.tag(), html.len());
            std::fs::write(format!("target/{name}-{}.html", language.tag()), html).unwrap();
        }
    }
}
