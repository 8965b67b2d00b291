//! Numbers, dates and plurals as people write them in Panama and in English: 12,345.6 and "5 mar 2026" in both.

use super::Language;
use crate::form::Date;

const MONTHS_ES: [&str; 12] =
    ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"];
const MONTHS_EN: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A whole number with a comma every three digits: `12,345`.
pub fn integer(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::new();
    if number < 0 {
        text.push('-');
    }
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number with a fixed number of decimals: `12,345.6`. Not finite: `–`.
pub fn decimal(number: f64, decimals: usize) -> String {
    if !number.is_finite() {
        return "–".to_owned();
    }
    let fixed = format!("{number:.decimals$}");
    let unsigned = fixed.trim_start_matches('-');
    let negative = fixed.starts_with('-') && unsigned.chars().any(|c| c.is_ascii_digit() && c != '0');
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let mut text = integer(whole.parse().unwrap_or(0));
    if negative {
        text.insert(0, '-');
    }
    if !fraction.is_empty() {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

/// A percentage, 0 to 100, with its sign: `73 %` in Spanish, `73%` in English.
pub fn percent(value: f64, decimals: usize, language: Language) -> String {
    let number = decimal(value, decimals);
    language.pick(format!("{number}\u{a0}%"), format!("{number}%"))
}

/// A day: `5 mar 2026` or `5 Mar 2026`.
pub fn date(date: Date, language: Language) -> String {
    let months = language.pick(&MONTHS_ES, &MONTHS_EN);
    let month = months.get(usize::from(date.month).saturating_sub(1)).copied().unwrap_or_default();
    format!("{} {month} {}", date.day, date.year)
}

/// A month: `mar 26` or `Mar 26`.
pub fn month(year: i32, month: u8, language: Language) -> String {
    let months = language.pick(&MONTHS_ES, &MONTHS_EN);
    let name = months.get(usize::from(month).saturating_sub(1)).copied().unwrap_or_default();
    format!("{name} {:02}", year.rem_euclid(100))
}

/// Singular or plural by count.
pub fn plural<T>(count: usize, one: T, many: T) -> T {
    if count == 1 { one } else { many }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_commas_in_both_languages() {
        for (number, expected) in [(0, "0"), (999, "999"), (1000, "1,000"), (-1234567, "-1,234,567")] {
            assert_eq!(integer(number), expected);
        }
        assert_eq!(decimal(12345.67, 1), "12,345.7");
        assert_eq!(decimal(-0.04, 1), "0.0");
        assert_eq!(decimal(f64::NAN, 1), "–");
        assert_eq!(percent(72.7, 0, Language::Es), "73\u{a0}%");
        assert_eq!(percent(72.7, 0, Language::En), "73%");
    }
}
