//! Functions from text to text, and what they share: cutting, shuffling, encoding.

use super::date::{DateTime, Time};

/// Characters from `start` up to, not including, `end`, counted from 0; negative counts from the end.
pub(super) fn substr(text: &str, start: f64, end: f64) -> String {
    let length = text.chars().count() as f64;
    let from_end = |index: f64| if index < 0.0 { (length + index.trunc()).max(0.0) } else { index };
    let (start, end) = (from_end(start), from_end(end).min(length));
    text.chars().skip(start as usize).take((end as usize).saturating_sub(start as usize)).collect()
}

/// Characters from the `start`th, counted from 1, as many as `length`; both rounded as XPath rounds.
pub(super) fn substring(text: &str, start: f64, length: f64) -> String {
    let round = |number: f64| (number + 0.5).floor();
    let (first, end) = (round(start), round(start) + round(length));
    let wanted = |place: f64| place >= first && place < end;
    text.chars().enumerate().filter(|(index, _)| wanted(*index as f64 + 1.0)).map(|(_, c)| c).collect()
}

/// What stands before and after the first place where `part` does. The standard library's search takes another way through
/// long texts, and 2.5 kB (brotli) of code.
pub fn split_once<'a>(text: &'a str, part: &str) -> Option<(&'a str, &'a str)> {
    let ends = |at: &usize| text.get(*at..).is_some_and(|rest| rest.starts_with(part));
    let at = (0..=text.len().checked_sub(part.len())?).find(ends)?;
    Some((text.get(..at)?, text.get(at + part.len()..)?))
}

/// Trims, and makes one blank of several. Only XML's four blanks count.
pub(super) fn normalize_space(text: &str) -> String {
    let words = text.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// Replaces each character of `from` by the one at its place in `to`, or by nothing.
pub(super) fn translate(text: &str, from: &str, to: &str) -> String {
    text.chars()
        .filter_map(|c| match from.chars().position(|other| other == c) {
            Some(place) => to.chars().nth(place),
            None => Some(c),
        })
        .collect()
}

/// A random UUID, version 4.
pub(super) fn uuid(random: impl Fn() -> f64) -> String {
    let digit = |place: usize| match place {
        8 | 13 | 18 | 23 => '-',
        14 => '4',
        19 => hex_digit(8 + pick(4, &random) as u8),
        _ => hex_digit(pick(16, &random) as u8),
    };
    (0..36).map(digit).collect()
}

/// So many random letters and digits, at most a thousand.
pub(super) fn random_text(length: f64, random: impl Fn() -> f64) -> String {
    let letter = || char::from_digit(pick(36, &random) as u32, 36);
    (0..length.clamp(0.0, 1000.0) as usize).filter_map(|_| letter()).collect()
}

/// An index below `count`.
fn pick(count: usize, random: impl Fn() -> f64) -> usize {
    ((random() * count as f64) as usize).min(count.saturating_sub(1))
}

/// Lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().flat_map(|byte| [hex_digit(byte >> 4), hex_digit(byte & 15)]).collect()
}

fn hex_digit(value: u8) -> char {
    char::from_digit(u32::from(value), 16).unwrap_or('0')
}

/// The 64 characters of base64 by value.
fn base64_digit(value: u32) -> char {
    let value = value as u8;
    char::from(match value {
        0..=25 => b'A' + value,
        26..=51 => b'a' + value - 26,
        52..=61 => b'0' + value - 52,
        62 => b'+',
        _ => b'/',
    })
}

/// Standard base64 with padding.
pub(super) fn base64(bytes: &[u8]) -> String {
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let bits = (0..3).fold(0, |bits, i| bits << 8 | chunk.get(i).map_or(0, |b| u32::from(*b)));
        for place in 0..4 {
            let digit = base64_digit(bits >> (18 - 6 * place) & 63);
            out.push(if place > chunk.len() { '=' } else { digit });
        }
    }
    out
}

/// The text that base64 stands for; blank when it is not base64 or not UTF-8.
pub(super) fn base64_decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for c in text.trim_end().trim_end_matches('=').chars().filter(|c| !c.is_whitespace()) {
        let Some(value) = (0..64).find(|value| base64_digit(*value) == c) else { return String::new() };
        (bits, count) = (bits << 6 | value, count + 6);
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// Part of the day gone by at a time of day, or at the time of a date-time; NaN when it is neither.
pub(super) fn day_fraction(text: &str, offset: i16) -> f64 {
    let time = Time::parse(text, offset).or_else(|| DateTime::parse(text, offset).map(|moment| moment.time));
    time.map_or(f64::NAN, Time::fraction)
}

/// The seed that text or a number stands for: numbers lose their fraction, blank is 0, other text
/// takes the first eight bytes of its SHA-256 (of `digest`, where the scope has it).
pub(super) fn seed(text: &str, number: f64, digest: Option<Vec<u8>>) -> i64 {
    if !number.is_nan() || text.is_empty() {
        return number as i64;
    }
    let first = digest.and_then(|sum| sum.first_chunk().copied());
    // Without SHA-256, any fixed mixing keeps the order of one seed steady: here FNV-1a.
    let mix = |hash: i64, byte| (hash ^ i64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    first.map_or_else(|| text.bytes().fold(0x4bf2_9ce4_8422_2325, mix), i64::from_be_bytes)
}

/// Mixes as every ODK program does, so that one seed gives one order everywhere: each value from the
/// first on changes places with one drawn among those up to it. The draws are Park and Miller's.
///
/// ```
/// let mut letters = *b"ABCDEF";
/// sondeo::xpath::shuffle(&mut letters, 42);
/// assert_eq!(&letters, b"AFCBDE");
/// ```
pub fn shuffle<T>(values: &mut [T], seed: i64) {
    const MODULUS: i64 = 2_147_483_647;
    let mut state = seed % MODULUS;
    if state <= 0 {
        state += MODULUS - 1;
    }
    for index in 0..values.len() {
        state = state * 16_807 % MODULUS;
        let drawn = (state - 1) as f64 / (MODULUS - 1) as f64;
        values.swap(index, pick(index + 1, || drawn));
    }
}

#[cfg(test)]
mod tests {
    use super::split_once;

    #[test]
    fn a_text_is_split_as_the_standard_library_does() {
        for (text, part) in [
            ("a-b-c", "-"),
            ("año ñandú", "ñ"),
            ("abc", ""),
            ("", ""),
            ("ab", "abc"),
            ("aab", "ab"),
            ("éa", "a"),
        ] {
            assert_eq!(split_once(text, part), text.split_once(part), "{text:?} at {part:?}");
        }
    }
}
