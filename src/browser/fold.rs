//! Texts made alike for searching, by the browser's own tables of letters.

use js_sys::JsString;

/// In small letters and without accents: `Ñandú` becomes `nandu`.
pub fn fold(text: &str) -> String {
    let apart = String::from(JsString::from(text).to_lower_case().normalize("NFD"));
    apart.chars().filter(|sign| !('\u{300}'..='\u{36f}').contains(sign)).collect()
}
