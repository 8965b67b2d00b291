//! Calendar dates, times of day and moments with an offset, as ODK writes and reads them.
//!
//! Read [`DateTime::parse`] first. No clock and no time zone data live here: whoever asks says what
//! the local offset is, in minutes east of Greenwich.

use std::cmp::Ordering;
use std::fmt;

/// Milliseconds in a day.
const DAY: i64 = 86_400_000;

/// A day of the Gregorian calendar, without a time zone. Ordered by time; displayed as `2026-11-23`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Year of our era, may be negative.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, from 1.
    pub day: u8,
}

/// A time of day. Ordered; displayed as `14:50:49.000`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Time {
    /// Hour, 0 to 23.
    pub hour: u8,
    /// Minute, 0 to 59.
    pub minute: u8,
    /// Second, 0 to 59.
    pub second: u8,
    /// Millisecond, 0 to 999.
    pub millisecond: u16,
}

/// A moment: local date and time with the offset that was in force. Ordered by instant (then by
/// offset); displayed as `2026-11-23T14:50:49.000-07:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DateTime {
    /// Local calendar day.
    pub date: Date,
    /// Local time of day.
    pub time: Time,
    /// Minutes east of Greenwich: -420 for Phoenix, -300 for Panama.
    pub offset: i16,
}

/// The names a language gives to months and weekdays, for [`DateTime::format`].
#[derive(Debug, PartialEq, Eq)]
pub struct Names {
    /// Short names, January first.
    pub short_months: [&'static str; 12],
    /// Full names, January first.
    pub months: [&'static str; 12],
    /// Short names, Sunday first.
    pub short_weekdays: [&'static str; 7],
    /// Full names, Sunday first.
    pub weekdays: [&'static str; 7],
}

/// English names.
pub static ENGLISH: Names = Names {
    short_months: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    short_weekdays: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
    weekdays: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
};

/// Spanish names.
pub static SPANISH: Names = Names {
    short_months: ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"],
    months: [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    short_weekdays: ["dom", "lun", "mar", "mié", "jue", "vie", "sáb"],
    weekdays: ["domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"],
};

impl Date {
    /// A date that exists, or `None` (no 31 September, no month 13).
    pub fn new(year: i32, month: u8, day: u8) -> Option<Date> {
        (day >= 1 && day <= days_in(year, month)).then_some(Date { year, month, day })
    }

    /// Reads `2026-11-23`; months and days of one digit are accepted, and so is a time that follows
    /// (it is dropped without moving to another zone).
    pub fn parse(text: &str) -> Option<Date> {
        let (year, month, day, rest) = split_date(text.trim())?;
        (rest.is_empty() || Clock::read(rest).is_some()).then(|| Date::new(year, month, day)).flatten()
    }

    /// Whole days since 1970-01-01.
    pub fn days(self) -> i32 {
        // Counted in years that begin in March, so that a leap day is the last of its year.
        let month = i64::from(self.month);
        let year = i64::from(self.year) - i64::from(month <= 2);
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(self.day) - 1;
        let day_of_era = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
        (era * 146_097 + day_of_era - 719_468) as i32
    }

    /// The date so many days after 1970-01-01.
    pub fn from_days(days: i32) -> Date {
        let shifted = i64::from(days) + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let of_year = day_of_era - (365 * of_era + of_era / 4 - of_era / 100);
        let shifted_month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        let year = of_era + era * 400 + i64::from(month <= 2);
        Date { year: year as i32, month: month as u8, day: day as u8 }
    }

    /// The date so many days later, or earlier when negative.
    pub fn add_days(self, days: i32) -> Date {
        Date::from_days(self.days().saturating_add(days))
    }

    /// Day of the week: 0 is Sunday, 6 Saturday.
    pub fn weekday(self) -> u8 {
        (i64::from(self.days()) + 4).rem_euclid(7) as u8
    }

    /// Midnight of this day at an offset.
    pub fn at_midnight(self, offset: i16) -> DateTime {
        DateTime { date: self, time: Time::default(), offset }
    }
}

impl Time {
    /// A time that exists, or `None` (24:00 does not).
    pub fn new(hour: u8, minute: u8, second: u8, millisecond: u16) -> Option<Time> {
        let exists = hour < 24 && minute < 60 && second < 60 && millisecond < 1000;
        exists.then_some(Time { hour, minute, second, millisecond })
    }

    /// Reads `14:50`, `14:50:49` or `14:50:49.123`, with an optional offset (`Z`, `-07:00`), and
    /// gives the time of day at `local`, minutes east of Greenwich.
    pub fn parse(text: &str, local: i16) -> Option<Time> {
        let clock = Clock::read(text.trim())?;
        let shift = clock.offset.map_or(0, |from| i64::from(local) - i64::from(from));
        Some(Time::from_milliseconds(clock.time.milliseconds() + shift * 60_000))
    }

    /// Part of the day that has gone by: 0.25 is six in the morning.
    pub fn fraction(self) -> f64 {
        self.milliseconds() as f64 / DAY as f64
    }

    fn milliseconds(self) -> i64 {
        let seconds = (i64::from(self.hour) * 60 + i64::from(self.minute)) * 60 + i64::from(self.second);
        seconds * 1000 + i64::from(self.millisecond)
    }

    /// Wraps round at midnight.
    fn from_milliseconds(milliseconds: i64) -> Time {
        let rest = milliseconds.rem_euclid(DAY);
        Time {
            hour: (rest / 3_600_000) as u8,
            minute: (rest / 60_000 % 60) as u8,
            second: (rest / 1000 % 60) as u8,
            millisecond: (rest % 1000) as u16,
        }
    }
}

impl DateTime {
    /// Reads an ISO date (`2026-11-23`, `2026-1-2`), alone or with a time (`2026-11-23T14:50:49.123-07:00`).
    /// Without an offset it is meant locally; with one, it is moved to `local`, minutes east of
    /// Greenwich. `None`: not a date, or one that does not exist.
    ///
    /// ```
    /// use sondeo::xpath::DateTime;
    /// let moment = DateTime::parse("1970-01-01T21:50:49Z", -420).unwrap();
    /// assert_eq!(moment.to_string(), "1970-01-01T14:50:49.000-07:00");
    /// assert_eq!(DateTime::parse("2026-02-30", 0), None);
    /// ```
    pub fn parse(text: &str, local: i16) -> Option<DateTime> {
        let (year, month, day, rest) = split_date(text.trim())?;
        let date = Date::new(year, month, day)?;
        if rest.is_empty() {
            return Some(date.at_midnight(local));
        }
        let clock = Clock::read(rest)?;
        let read = DateTime { date, time: clock.time, offset: clock.offset.unwrap_or(local) };
        Some(read.at_offset(local))
    }

    /// True of text shaped like a date, whether or not that date exists.
    pub(crate) fn has_shape(text: &str) -> bool {
        split_date(text.trim()).is_some_and(|(_, _, _, rest)| rest.is_empty() || Clock::read(rest).is_some())
    }

    /// Days since 1970-01-01T00:00Z, with the time as a fraction.
    pub fn days(self) -> f64 {
        self.milliseconds() as f64 / DAY as f64
    }

    /// The moment so many days after 1970-01-01T00:00Z, to the millisecond, seen at an offset.
    /// `None` for NaN, infinities and anything more than a quarter of a million years away.
    pub fn from_days(days: f64, offset: i16) -> Option<DateTime> {
        (days.abs() <= 1e8).then(|| DateTime::from_milliseconds((days * DAY as f64).round() as i64, offset))
    }

    /// Milliseconds since 1970-01-01T00:00Z, as browsers count.
    pub fn milliseconds(self) -> i64 {
        i64::from(self.date.days()) * DAY + self.time.milliseconds() - i64::from(self.offset) * 60_000
    }

    /// The moment so many milliseconds after 1970-01-01T00:00Z, seen at an offset.
    pub fn from_milliseconds(milliseconds: i64, offset: i16) -> DateTime {
        let local = milliseconds.saturating_add(i64::from(offset) * 60_000);
        let date = Date::from_days(local.div_euclid(DAY) as i32);
        DateTime { date, time: Time::from_milliseconds(local), offset }
    }

    /// The same instant seen at another offset, in minutes east of Greenwich.
    pub fn at_offset(self, offset: i16) -> DateTime {
        if offset == self.offset { self } else { DateTime::from_milliseconds(self.milliseconds(), offset) }
    }

    /// True at local midnight, when ODK writes the date alone.
    pub fn is_midnight(self) -> bool {
        self.time == Time::default()
    }

    /// Fills ODK's codes: `%Y` year, `%y` its last two digits, `%m` `%n` month with and without zero,
    /// `%b` `%B` short and full month name, `%d` `%e` day with and without zero, `%a` `%A` short and
    /// full weekday, `%H` `%h` hour (0 to 23) with and without zero, `%M` minute, `%S` second,
    /// `%3` millisecond, `%Z` offset, `%%` a percent sign. Other codes stand as they are.
    pub fn format(self, codes: &str, names: &Names) -> String {
        use fmt::Write;
        let (date, time) = (self.date, self.time);
        let month = usize::from(date.month).wrapping_sub(1);
        let weekday = usize::from(date.weekday());
        let mut out = String::new();
        let mut rest = codes.chars();
        while let Some(c) = rest.next() {
            if c != '%' {
                out.push(c);
                continue;
            }
            let (number, width) = match rest.next() {
                Some('Y') => (date.year, 4),
                Some('y') => (date.year.rem_euclid(100), 2),
                Some('m') => (i32::from(date.month), 2),
                Some('n') => (i32::from(date.month), 1),
                Some('d') => (i32::from(date.day), 2),
                Some('e') => (i32::from(date.day), 1),
                Some('H') => (i32::from(time.hour), 2),
                Some('h') => (i32::from(time.hour), 1),
                Some('M') => (i32::from(time.minute), 2),
                Some('S') => (i32::from(time.second), 2),
                Some('3') => (i32::from(time.millisecond), 3),
                code => {
                    match code {
                        Some('b') => out.push_str(names.short_months.get(month).unwrap_or(&"")),
                        Some('B') => out.push_str(names.months.get(month).unwrap_or(&"")),
                        Some('a') => out.push_str(names.short_weekdays.get(weekday).unwrap_or(&"")),
                        Some('A') => out.push_str(names.weekdays.get(weekday).unwrap_or(&"")),
                        Some('Z') => out.push_str(&offset_text(self.offset)),
                        Some('%') | None => out.push('%'),
                        Some(other) => out.extend(['%', other]),
                    }
                    continue;
                }
            };
            // Writing to a String cannot fail.
            let _ = write!(out, "{number:0width$}");
        }
        out
    }
}

impl Ord for DateTime {
    fn cmp(&self, other: &DateTime) -> Ordering {
        self.milliseconds().cmp(&other.milliseconds()).then(self.offset.cmp(&other.offset))
    }
}

impl PartialOrd for DateTime {
    fn partial_cmp(&self, other: &DateTime) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}:{:02}.{:03}", self.hour, self.minute, self.second, self.millisecond)
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{}{}", self.date, self.time, offset_text(self.offset))
    }
}

fn offset_text(offset: i16) -> String {
    let sign = if offset < 0 { '-' } else { '+' };
    let minutes = offset.unsigned_abs();
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

fn days_in(year: i32, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

/// Year, month, day and what follows the `T` or blank, checked for shape only.
fn split_date(text: &str) -> Option<(i32, u8, u8, &str)> {
    let (year, rest) = digits(text, 4, 4)?;
    let (month, rest) = digits(rest.strip_prefix('-')?, 1, 2)?;
    let (day, rest) = digits(rest.strip_prefix('-')?, 1, 2)?;
    let rest = match rest.strip_prefix(['T', 't', ' ']) {
        Some(time) if !time.is_empty() => time,
        None if rest.is_empty() => rest,
        _ => return None,
    };
    Some((year as i32, month as u8, day as u8, rest))
}

/// From `least` to `most` decimal digits and what follows them.
fn digits(text: &str, least: usize, most: usize) -> Option<(u32, &str)> {
    let count = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at_checked(count)?;
    if count < least { None } else { Some((number.parse().ok()?, rest)) }
}

/// A time as written, with the offset if one was written.
struct Clock {
    time: Time,
    offset: Option<i16>,
}

impl Clock {
    fn read(text: &str) -> Option<Clock> {
        let (hour, rest) = digits(text, 2, 2)?;
        let (minute, mut rest) = digits(rest.strip_prefix(':')?, 2, 2)?;
        let mut second = 0;
        let mut millisecond = 0;
        if let Some(after) = rest.strip_prefix(':') {
            (second, rest) = digits(after, 2, 2)?;
            if let Some(fraction) = rest.strip_prefix(['.', ',']) {
                let count = fraction.bytes().take_while(u8::is_ascii_digit).count();
                for place in 0..3 {
                    let digit = fraction.as_bytes().get(place).filter(|_| place < count);
                    millisecond = millisecond * 10 + digit.map_or(0, |d| u16::from(d - b'0'));
                }
                rest = fraction.get(count..).filter(|_| count > 0)?;
            }
        }
        let time = Time::new(hour as u8, minute as u8, second as u8, millisecond)?;
        let offset = match rest {
            "" => None,
            "Z" | "z" => Some(0),
            _ => {
                let sign = if rest.starts_with('-') { -1 } else { 1 };
                let (hours, rest) = digits(rest.strip_prefix(['+', '-'])?, 2, 2)?;
                let rest = rest.strip_prefix(':').unwrap_or(rest);
                let (minutes, rest) = if rest.is_empty() { (0, rest) } else { digits(rest, 2, 2)? };
                if !rest.is_empty() || hours > 14 || minutes > 59 {
                    return None;
                }
                Some(sign * (hours * 60 + minutes) as i16)
            }
        };
        Some(Clock { time, offset })
    }
}

#[cfg(test)]
#[path = "date_tests.rs"]
mod tests;
