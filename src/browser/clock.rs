//! The clock, which everything else takes as an argument.

use crate::form::{Date, DateTime, Time};

/// The local date and time, with the offset in force.
pub fn now() -> DateTime {
    let now = js_sys::Date::new_0();
    DateTime {
        date: Date {
            year: now.get_full_year() as i32,
            month: now.get_month() as u8 + 1,
            day: now.get_date() as u8,
        },
        time: Time {
            hour: now.get_hours() as u8,
            minute: now.get_minutes() as u8,
            second: now.get_seconds() as u8,
            millisecond: now.get_milliseconds() as u16,
        },
        // JavaScript counts minutes west of Greenwich.
        offset: -(now.get_timezone_offset() as i16),
    }
}

/// The local day.
pub fn today() -> Date {
    now().date
}

/// Milliseconds since 1970, for measuring how long something took.
pub fn milliseconds() -> f64 {
    js_sys::Date::now()
}

/// Done after that many milliseconds, or later in a tab that is not seen.
pub async fn sleep(milliseconds: u32) {
    super::listen::after(milliseconds).await;
}
