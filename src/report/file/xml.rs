/// A text as XML content or attribute, as workbooks want it: signs that XML cannot hold are dropped, line ends are `\n`, and
/// what reads like one of Excel's escapes (`_x000D_`) is escaped itself, or it would be read as the sign it names.
pub(super) fn escape(text: &str, out: &mut Vec<u8>) {
    let plain =
        text.bytes().all(|byte| byte >= b' ' && !matches!(byte, b'&' | b'<' | b'>' | b'"' | b'_' | 0xef));
    if plain {
        out.extend_from_slice(text.as_bytes());
        return;
    }
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            '&' => out.extend_from_slice(b"&amp;"),
            '<' => out.extend_from_slice(b"&lt;"),
            '>' => out.extend_from_slice(b"&gt;"),
            '"' => out.extend_from_slice(b"&quot;"),
            '_' if is_escape(rest.as_str()) => out.extend_from_slice(b"_x005F_"),
            '\r' => {
                if !rest.as_str().starts_with('\n') {
                    out.push(b'\n');
                }
            }
            '\t' | '\n' => out.push(c as u8),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
}

/// Whether what follows an underscore makes it `_xHHHH_`.
fn is_escape(rest: &str) -> bool {
    let bytes = rest.as_bytes();
    let digits = bytes.get(1..5).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
    digits && bytes.first() == Some(&b'x') && bytes.get(5) == Some(&b'_')
}

/// Whether blanks at the ends would be lost.
pub(super) fn needs_space(text: &str) -> bool {
    let blank = |c: Option<char>| c.is_some_and(|c| c.is_ascii_whitespace());
    blank(text.chars().next()) || blank(text.chars().next_back())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_dropped_and_the_rest_stands() {
        for (text, escaped) in [
            ("a<b>&\"c\"", "a&lt;b&gt;&amp;&quot;c&quot;"),
            ("a\0b\u{b}c\u{ffff}", "abc"),
            ("a\r\nb\rc\td", "a\nb\nc\td"),
            ("_x000D_ _x_ _xyz__x00e1_", "_x005F_x000D_ _x_ _xyz__x005F_x00e1_"),
            ("¿año? ﷽", "¿año? ﷽"),
        ] {
            let mut out = Vec::new();
            escape(text, &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), escaped);
        }
        assert!(needs_space(" a") && needs_space("a\n") && !needs_space("a b"));
    }
}
