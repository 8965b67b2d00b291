/// Tells every word of a text, as it was typed: letters, digits and what stands inside of words (combining accents,
/// apostrophes). What begins with a digit is no word; nor is any part of an e-mail or web address.
pub(super) fn each_word<'a>(text: &'a str, mut tell: impl FnMut(&'a str)) {
    if ["@", "//", "www."].into_iter().any(|mark| text.contains(mark)) {
        text.split_whitespace().filter(|part| !is_address(part)).for_each(|part| each_of(part, &mut tell));
    } else {
        each_of(text, &mut tell);
    }
}

fn each_of<'a>(text: &'a str, tell: &mut impl FnMut(&'a str)) {
    for word in text.split(|c| !is_inside(c)) {
        let word = word.trim_matches(is_apostrophe);
        if word.starts_with(char::is_alphabetic) {
            tell(word);
        }
    }
}

fn is_address(part: &str) -> bool {
    part.contains('@') || part.contains("//") || part.starts_with("www.")
}

fn is_inside(c: char) -> bool {
    c.is_alphanumeric() || is_apostrophe(c) || is_combining(c)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2bc}')
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// A word as it is compared: lower case, without accents, apostrophes and an English possessive `'s`. ñ stays ñ, for `año`
/// is not `ano`.
pub(super) fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_lowercase) {
        match c {
            'á' | 'à' | 'â' | 'ã' | 'ä' | 'å' => folded.push('a'),
            'é' | 'è' | 'ê' | 'ë' => folded.push('e'),
            'í' | 'ì' | 'î' | 'ï' => folded.push('i'),
            'ó' | 'ò' | 'ô' | 'õ' | 'ö' => folded.push('o'),
            'ú' | 'ù' | 'û' | 'ü' => folded.push('u'),
            'ç' => folded.push('c'),
            '\u{303}' if folded.ends_with('n') => {
                folded.pop();
                folded.push('ñ');
            }
            c if is_combining(c) => {}
            c if is_apostrophe(c) => folded.push('\''),
            c => folded.push(c),
        }
    }
    if let Some(stem) = folded.strip_suffix("'s") {
        folded.truncate(stem.len());
    }
    folded.retain(|c| c != '\'');
    folded
}

/// The order of Spanish dictionaries, where ñ stands between n and o.
pub(super) fn alphabetical(a: &str, b: &str) -> std::cmp::Ordering {
    let key = |c| if c == 'ñ' { ('n', true) } else { (c, false) };
    a.chars().map(key).cmp(b.chars().map(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        each_word(text, |word| found.push(word));
        found
    }

    #[test]
    fn words_are_letters_and_what_stands_inside_of_them() {
        assert_eq!(
            words("¿Más policías? ¡Sí, 24 horas y 2do turno!"),
            ["Más", "policías", "Sí", "horas", "y", "turno"]
        );
        assert_eq!(
            words("don't 'quote' the mayor’s co-op"),
            ["don't", "quote", "the", "mayor’s", "co", "op"]
        );
        assert_eq!(words("  covid19 ... 911 🚓 "), ["covid19"]);
        assert_eq!(words("a maria.p@correo.com, http://x.com/a y www.pa.gob luego"), ["a", "y", "luego"]);
        assert_eq!(words(""), [""; 0]);
    }

    #[test]
    fn accents_and_case_fold_and_the_tilde_of_an_n_does_not() {
        for (typed, folded) in [
            ("POLICÍA", "policia"),
            ("policía", "policia"),
            ("polici\u{301}a", "policia"),
            ("Año", "año"),
            ("AN\u{303}O", "año"),
            ("ano", "ano"),
            ("pingüino", "pinguino"),
            ("mayor’s", "mayor"),
            ("don't", "dont"),
            ("DON’T", "dont"),
        ] {
            assert_eq!(fold(typed), folded, "{typed}");
        }
    }

    #[test]
    fn the_alphabet_has_an_eñe() {
        let mut words = ["oso", "ñame", "nube", "zona", "niño", "nino", "no"];
        words.sort_by(|a, b| alphabetical(a, b));
        assert_eq!(words, ["nino", "niño", "no", "nube", "ñame", "oso", "zona"]);
    }
}
