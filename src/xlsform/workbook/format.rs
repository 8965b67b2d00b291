//! What a cell's number is as text.

use crate::form::write_number;
use crate::form::{Date, Time};

/// From day 0 of workbooks to 1970-01-01; those that begin in 1904 are so many days behind.
const DAY_ZERO: f64 = 25_569.0;
const LATER: f64 = 1462.0;
/// The last day of the year 9999.
const LAST: f64 = 2_958_466.0;
const MILLISECONDS: f64 = 86_400_000.0;

/// The formats of a workbook's cells: which of them show days or times.
#[derive(Debug, Default)]
pub(super) struct Formats {
    /// Those of the workbook's own that do, by number.
    pub(super) own: Vec<(u16, bool)>,
    /// The number of each style's format.
    pub(super) styles: Vec<u16>,
    /// Whether days count from 1904.
    pub(super) later: bool,
}

impl Formats {
    /// A number in a style, as XLSForm has it: `3`, not `3.0`; days and times as ISO has them.
    pub(super) fn text(&self, number: f64, style: usize) -> String {
        let moment = if self.is_moment(style) { self.moment(number) } else { None };
        moment.unwrap_or_else(|| if number.is_finite() { write_number(number) } else { String::new() })
    }

    fn is_moment(&self, style: usize) -> bool {
        let Some(format) = self.styles.get(style) else { return false };
        let own = self.own.iter().rev().find(|(number, _)| number == format);
        own.map_or(matches!(format, 14..=22 | 27..=36 | 45..=47 | 50..=58), |(_, is_moment)| *is_moment)
    }

    fn moment(&self, number: f64) -> Option<String> {
        let number = if self.later { number + LATER } else { number };
        if !(0.0..LAST).contains(&number) {
            return None;
        }
        let all = (number * MILLISECONDS).round();
        let (days, rest) = ((all / MILLISECONDS).floor(), (all % MILLISECONDS) as u32);
        let [hour, minute, second] = [rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60];
        let time = Time::new(hour as u8, minute as u8, second as u8, (rest % 1000) as u16)?;
        // Their February of 1900 is a day too long.
        let days = if days < 60.0 { days + 1.0 } else { days };
        let date = Date::from_days((days - DAY_ZERO) as i32);
        let clock = format!("{:02}:{:02}:{:02}", time.hour, time.minute, time.second);
        Some(match (number < 1.0, rest) {
            (true, _) => clock,
            (false, 0) => date.to_string(),
            (false, _) => format!("{date}T{clock}"),
        })
    }
}

/// Whether a format's code shows a part of a day: a letter of one outside of quotes, brackets and escapes.
pub(super) fn shows_moment(code: &str) -> bool {
    let (mut quoted, mut bracketed, mut letters) = (false, false, code.chars());
    while let Some(c) = letters.next() {
        match c {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '[' => bracketed = true,
            ']' => bracketed = false,
            // Hours and minutes that go on past a day stand in brackets; so do colours and countries.
            'h' | 'H' | 'm' | 's'
                if bracketed && code.contains(&['[', c, ']'].iter().collect::<String>()) =>
            {
                return true;
            }
            _ if bracketed => {}
            '\\' | '_' | '*' => drop(letters.next()),
            'd' | 'D' | 'm' | 'M' | 'y' | 'Y' | 'h' | 'H' | 's' | 'S' => return true,
            ';' => return false,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_forms_have_them() {
        let formats = Formats { own: vec![(164, true)], styles: vec![0, 14, 164], later: false };
        for (number, style, text) in [
            (3.0, 0, "3"),
            (0.1, 0, "0.1"),
            (-2.50, 0, "-2.5"),
            (46086.0, 0, "46086"),
            (46086.0, 1, "2026-03-05"),
            (46086.5, 2, "2026-03-05T12:00:00"),
            (0.75, 2, "18:00:00"),
            (1.0, 1, "1900-01-01"),
            (61.0, 1, "1900-03-01"),
            (-1.0, 1, "-1"),
            (f64::NAN, 0, ""),
        ] {
            assert_eq!(formats.text(number, style), text);
        }
        let later = Formats { later: true, ..formats };
        assert_eq!(later.text(44624.0, 1), "2026-03-05");
    }

    #[test]
    fn codes_of_days_are_told_from_codes_of_numbers() {
        for code in ["yyyy\\-mm\\-dd", "d/m/yy", "[h]:mm", "[$-409]h:mm AM/PM", "mmm"] {
            assert!(shows_moment(code), "{code}");
        }
        for code in ["General", "0.00", "#,##0", "[Red]0", "\"days\" 0", "0\\d", "0%", "_(* #,##0_)", "@"] {
            assert!(!shows_moment(code), "{code}");
        }
    }
}
