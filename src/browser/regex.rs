//! ODK's `regex()`, and searches in texts, by the browser's own engine.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    type RegExp;
    // js_sys has it without `catch`: a pattern that is not one would end the program.
    #[wasm_bindgen(catch, constructor)]
    fn new(pattern: &str, flags: &str) -> Result<RegExp, JsValue>;
    #[wasm_bindgen(method)]
    fn test(this: &RegExp, text: &str) -> bool;
}

/// Whether the whole text matches. `None`: the pattern is not valid.
/// Characters are Unicode's; a pattern that only older rules allow (`\-` outside a class) is read by those.
pub fn matches(pattern: &str, text: &str) -> Option<bool> {
    // Tried bare first, for in the brackets `a)(b` would pass for a pattern.
    let flags = ["u", ""].into_iter().find(|flags| RegExp::new(pattern, flags).is_ok())?;
    let whole = RegExp::new(&["^(?:", pattern, ")$"].concat(), flags).ok()?;
    Some(whole.test(text))
}

/// Whether any part of the text matches. A pattern that this browser cannot read (old ones do not look behind) finds nothing.
pub fn find(pattern: &str, text: &str) -> bool {
    RegExp::new(pattern, "u").is_ok_and(|part| part.test(text))
}
