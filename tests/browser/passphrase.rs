//! One passphrase, however a keyboard composes it.

use sondeo::browser::passphrase::{normal, ways};
use wasm_bindgen_test::wasm_bindgen_test;

const COMPOSED: &str = "\u{e1}gil \u{f1}and\u{fa}";
const APART: &str = "a\u{301}gil n\u{303}andu\u{301}";

#[wasm_bindgen_test]
fn what_is_made_of_a_passphrase_does_not_hang_on_how_accents_are_typed() {
    assert_eq!(normal(APART), COMPOSED);
    assert_eq!(normal(COMPOSED), COMPOSED);
    // Also what some keyboards put for letters and blanks.
    assert_eq!(normal("\u{ff41}\u{fb01}\u{a0}x"), "afi x");
    assert_eq!(normal("lluvia quince"), "lluvia quince");
}

#[wasm_bindgen_test]
fn what_was_made_in_any_of_these_ways_is_tried_once_and_as_it_was_typed_first() {
    assert_eq!(ways("lluvia quince"), ["lluvia quince"]);
    assert_eq!(ways(COMPOSED), [COMPOSED, APART]);
    assert_eq!(ways(APART), [APART, COMPOSED]);
    assert_eq!(ways(""), [""]);
}
