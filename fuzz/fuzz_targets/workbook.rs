//! No bytes stop the readers of workbooks and tables. The first byte says what the file is called.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sondeo::xlsform::{attach, open, read};

const NAMES: [&str; 5] = ["a.xlsx", "a.csv", "a.xml", "a.geojson", "a.md"];

fuzz_target!(|bytes: &[u8]| {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let name = NAMES[usize::from(*first) % NAMES.len()];
    if let Ok(sheets) = open(name, bytes) {
        let _ = read(&sheets);
    }
    let _ = attach(name, bytes);
});
