//! Names as XML has them, and `${name}` in a cell.

/// Whether it begins with a letter or underscore and goes on with letters, digits, `_`, `-` and `.`; once, a prefix and a
/// colon may stand before it.
pub(super) fn is_name(text: &str) -> bool {
    match text.split_once(':') {
        Some((prefix, name)) => is_plain_name(prefix) && is_plain_name(name),
        None => is_plain_name(text),
    }
}

fn is_plain_name(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(is_first) && chars.all(|c| is_first(c) || is_later(c))
}

fn is_first(c: char) -> bool {
    matches!(c,
        'A'..='Z' | '_' | 'a'..='z' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}'
        | '\u{370}'..='\u{37d}' | '\u{37f}'..='\u{1fff}' | '\u{200c}'..='\u{200d}' | '\u{2070}'..='\u{218f}'
        | '\u{2c00}'..='\u{2fef}' | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}'
        | '\u{10000}'..='\u{effff}')
}

fn is_later(c: char) -> bool {
    matches!(c, '-' | '.' | '0'..='9' | '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}'..='\u{2040}')
}

/// What stands between `${` and `}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mention<'a> {
    /// A name.
    Name(&'a str),
    /// A name after `last-saved#`.
    LastSaved(&'a str),
    /// Anything else, with its `${`.
    Bad(&'a str),
}

/// Every `${…}` in a text, in order.
pub(super) fn mentions(text: &str) -> impl Iterator<Item = Mention<'_>> {
    text.match_indices("${").map(|(start, opening)| {
        let rest = text.get(start..).unwrap_or_default();
        let inside = rest.get(opening.len()..).unwrap_or_default().split_once('}').map(|(inside, _)| inside);
        let Some(inside) = inside else { return Mention::Bad(rest) };
        match inside.strip_prefix("last-saved#") {
            Some(name) if is_plain_name(name) => Mention::LastSaved(name),
            None if is_plain_name(inside) => Mention::Name(inside),
            _ => Mention::Bad(rest.get(..opening.len() + inside.len() + 1).unwrap_or(rest)),
        }
    })
}

/// The name, where a text is one `${name}` and nothing else.
pub(super) fn sole_mention(text: &str) -> Option<&str> {
    let inside = text.strip_prefix("${")?.strip_suffix('}')?;
    is_plain_name(inside).then_some(inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_xml() {
        for name in ["a", "_1", "año-2.b", "q:a"] {
            assert!(is_name(name), "{name}");
        }
        for name in ["", "1a", "a b", "-a", "a:b:c", "a/b", "${a}"] {
            assert!(!is_name(name), "{name}");
        }
    }

    #[test]
    fn mentions_are_names_or_bad() {
        let all: Vec<Mention<'_>> = mentions("${a} and ${last-saved#b}, ${ c } and ${d").collect();
        let expected =
            [Mention::Name("a"), Mention::LastSaved("b"), Mention::Bad("${ c }"), Mention::Bad("${d")];
        assert_eq!(all, expected);
        assert_eq!(sole_mention("${a}"), Some("a"));
        assert_eq!(sole_mention("${a} + ${b}"), None);
    }
}
