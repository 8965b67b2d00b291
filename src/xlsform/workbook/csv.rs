//! Values between commas, semicolons or tabs.

use std::borrow::Cow;
use std::iter::Peekable;
use std::str::Chars;

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
    let mut cells = 0;
    Rows::of(text, MOST_CELLS)
        .map(|row| {
            cells += row.1.len();
            if cells > MOST_CELLS { Err(too_large()) } else { Ok(row) }
        })
        .collect()
}

/// The rows of a text one by one, with their numbers, from 1. Blank ones are counted and left out.
pub(super) struct Rows<'a> {
    rest: Peekable<Chars<'a>>,
    separator: char,
    number: usize,
    /// The most cells of a row; one of more is cut.
    most: usize,
    done: bool,
}

impl<'a> Rows<'a> {
    /// `most`: of more cells, a row has only so many and one.
    pub(super) fn of(text: &'a str, most: usize) -> Rows<'a> {
        Rows { rest: text.chars().peekable(), separator: separator(text), number: 0, most, done: false }
    }

    /// The next row, blank or not.
    fn row(&mut self) -> Vec<String> {
        let (mut row, mut cell, mut quoted) = (Vec::new(), String::new(), false);
        self.number += 1;
        loop {
            let c = self.rest.next();
            match c {
                Some('"') if quoted => {
                    if self.rest.next_if_eq(&'"').is_some() {
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
                Some('\r') if self.rest.peek() == Some(&'\n') => {}
                None | Some('\n' | '\r') => {
                    row.push(cell);
                    self.done = c.is_none();
                    return row;
                }
                Some(c) if c == self.separator => {
                    if row.len() <= self.most {
                        row.push(std::mem::take(&mut cell));
                    }
                    cell.clear();
                }
                Some(c) => cell.push(c),
            }
        }
    }
}

impl Iterator for Rows<'_> {
    type Item = (usize, Vec<String>);

    fn next(&mut self) -> Option<(usize, Vec<String>)> {
        while !self.done {
            let row = self.row();
            if row.iter().any(|cell| !cell.is_empty()) {
                return Some((self.number, row));
            }
        }
        None
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
