use super::personal_data;

/// So many digits strung together may be a telephone or a document, of whatever country.
const DIGITS: usize = 7;

/// Whether a text may be quoted without a person having looked at it. Stricter than [`personal_data`], for what is printed
/// cannot be taken back: besides, no `@` and no seven digits with only spaces and signs between them. The second half needs
/// no patterns, so it holds in browsers that cannot read them.
pub fn quotable(text: &str, find: fn(pattern: &str, text: &str) -> bool) -> bool {
    !text.contains('@') && longest_number(text) < DIGITS && personal_data(text, find).is_empty()
}

/// Digits of the longest number, whatever stands between them that is neither a letter nor the end of a sentence.
fn longest_number(text: &str) -> usize {
    let (mut longest, mut digits) = (0, 0);
    for c in text.chars() {
        match c {
            c if c.is_numeric() => digits += 1,
            ' ' | '\u{a0}' | '-' | '\u{2010}'..='\u{2015}' | '.' | '(' | ')' | '/' | '+' | '_' => {}
            _ => digits = 0,
        }
        longest = longest.max(digits);
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A browser that cannot read the patterns.
    fn blind(_: &str, _: &str) -> bool {
        false
    }

    #[test]
    fn numbers_like_telephones_are_not_quoted_even_where_patterns_cannot_be_read() {
        for text in [
            "Llame al 6123-4567",
            "61 23 45 67",
            "(727) 555-0134",
            "maria@correo",
            "8-765-1234",
            "123 45 6789",
        ] {
            assert!(!quotable(text, blind), "{text}");
        }
        for text in ["3 robos en 12 meses", "Desde 2023, 24 horas", "entre 2019 y 2024 hubo 14", "Más luz."]
        {
            assert!(quotable(text, blind), "{text}");
        }
    }

    #[test]
    fn what_a_pattern_finds_is_not_quoted() {
        assert!(!quotable("PE-12-345", |pattern, _| pattern.contains("PE|E|N")));
    }
}
