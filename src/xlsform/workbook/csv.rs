//! Values between commas, semicolons or tabs.

use std::borrow::Cow;

use super::{MOST_CELLS, OpenError, too_large};

/// What Windows-1252 has from 0x80 to 0x9f.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// A file's text: UTF-16 where its first bytes say so, UTF-8 where it is that, else Windows-1252, as old programs save.
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes).into(),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes).into(),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest),
        bytes => match std::str::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(_) => bytes.iter().map(|byte| windows(*byte)).collect::<String>().into(),
        },
    }
}

/// A byte of Windows-1252.
pub(super) fn windows(byte: u8) -> char {
    let place = usize::from(byte).checked_sub(0x80);
    place.and_then(|place| WINDOWS.get(place)).copied().unwrap_or(char::from(byte))
}

fn wide(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).filter_map(|pair| Some(unit(pair.try_into().ok()?)));
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// The rows of a text with their numbers, from 1. A quote that is not closed reaches to the end.
///
/// Errors: more cells than are read.
pub(super) fn rows(text: &str) -> Result<Vec<(usize, Vec<String>)>, OpenError> {
    let separator = separator(text);
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut cell = String::new();
    let mut number = 1;
    let (mut quoted, mut count) = (false, 0);
    let mut rest = text.chars().peekable();
    loop {
        let c = rest.next();
        match c {
            Some('"') if quoted => {
                if rest.next_if_eq(&'"').is_some() {
                    cell.push('"');
                } else {
                    quoted = false;
                }
            }
            Some(c) if quoted => cell.push(c),
            Some('"') if cell.trim().is_empty() => {
                cell.clear();
                quoted = true;
            }
            Some('\r') if rest.peek() == Some(&'\n') => {}
            None | Some('\n' | '\r') => {
                row.push(std::mem::take(&mut cell));
                // Blank lines take no room.
                if row.iter().any(|cell: &String| !cell.is_empty()) {
                    count += row.len();
                    rows.push((number, std::mem::take(&mut row)));
                }
                row.clear();
                number += 1;
            }
            Some(c) if c == separator => {
                row.push(std::mem::take(&mut cell));
                if count + row.len() > MOST_CELLS {
                    return Err(too_large());
                }
            }
            Some(c) => cell.push(c),
        }
        if c.is_none() {
            return Ok(rows);
        }
    }
}

/// What stands most often in the first line, outside of quotes.
fn separator(text: &str) -> char {
    let mut counts = [(',', 0), (';', 0), ('\t', 0)];
    let (mut quoted, mut begun) = (false, false);
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            '\n' | '\r' if !quoted && begun => break,
            c if !quoted => {
                begun |= !c.is_whitespace();
                counts.iter_mut().filter(|(sign, _)| *sign == c).for_each(|(_, count)| *count += 1);
            }
            _ => {}
        }
    }
    // The first of those that are equal: a comma.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(',', |(sign, _)| *sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        rows(text).unwrap().into_iter().map(|(_, cells)| cells).collect()
    }

    #[test]
    fn values_are_split_and_quotes_taken_off() {
        assert_eq!(cells("a,b\n1,\"x, \"\"y\"\"\"\n"), [["a", "b"], ["1", "x, \"y\""]]);
        assert_eq!(cells("a;b\r\n\"1\r\n2\";3,5"), [["a", "b"], ["1\r\n2", "3,5"]]);
        assert_eq!(cells("a\tb\r1\t2"), [["a", "b"], ["1", "2"]]);
        assert_eq!(cells("a,b\n\n\n3,\"open\n4"), [["a", "b"], ["3", "open\n4"]]);
        assert_eq!(rows("a\n\nb").unwrap()[1].0, 3);
        assert!(cells("").is_empty());
    }

    #[test]
    fn texts_are_read_in_the_encoding_that_they_have() {
        assert_eq!(decode(b"\xef\xbb\xbfa\xc3\xb1o"), "año");
        assert_eq!(decode(b"a\xc3\xb1o"), "año");
        assert_eq!(decode(b"a\xf1o \x80\x96"), "año €–");
        assert_eq!(decode(b"\xff\xfea\0\xf1\0o\0"), "año");
        assert_eq!(decode(b"\xfe\xff\0a\0\xf1"), "añ");
    }
}
