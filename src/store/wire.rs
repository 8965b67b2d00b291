//! The stored shape of [`CopyMade`], format 1: JSON with a `format` number.

use super::CopyMade;
use crate::form::Date;
use crate::form::json::{Members, Writer, number};
use crate::response::ResponseId;
use crate::response::wire::open;

pub use crate::response::wire::ReadError;

/// The format number that this code writes.
pub const FORMAT: u32 = 1;

/// A copy as it is stored.
pub fn copy_to_json(copy: &CopyMade) -> String {
    let mut writer = Writer::default();
    writer.open('{');
    writer.count_member("format", FORMAT.into());
    writer.text_member("sum", &copy.sum);
    writer.count_member("upto", copy.upto);
    writer.count_member("count", copy.count as u64);
    for (name, day) in [("made", Some(copy.made)), ("arrived", copy.arrived), ("confirmed", copy.confirmed)] {
        if let Some(day) = day {
            writer.text_member(name, &day.to_string());
        }
    }
    if !copy.sealed.is_empty() {
        let ids: Vec<String> = copy.sealed.iter().map(|id| id.to_text()).collect();
        writer.text_member("sealed", &ids.join(" "));
    }
    writer.close('}');
    writer.finish()
}

/// Opens what [`copy_to_json`] wrote, in this version or an earlier one.
///
/// ```
/// use sondeo::store::wire::{ReadError, copy_from_json};
/// assert_eq!(copy_from_json("{\"format\":2}"), Err(ReadError::Newer(2)));
/// ```
pub fn copy_from_json(json: &str) -> Result<CopyMade, ReadError> {
    open(json, FORMAT, read)
}

fn read(copy: Members<'_>) -> Option<CopyMade> {
    // A day that was not yet is left out; one that does not exist is damage.
    let day = |name| match copy.get(name) {
        Some(_) => Date::parse(&copy.text(name)?).map(Some),
        None => Some(None),
    };
    let sealed = match copy.get("sealed") {
        Some(_) => copy.text("sealed")?.split(' ').map(ResponseId::from_text).collect::<Option<_>>()?,
        None => Vec::new(),
    };
    Some(CopyMade {
        sealed,
        sum: copy.text("sum")?,
        upto: number(copy.get("upto")?).filter(|upto| *upto >= 0.0)? as u64,
        count: copy.count("count")? as usize,
        made: day("made")??,
        arrived: day("arrived")?,
        confirmed: day("confirmed")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const COPY: &str = include_str!("../../tests/data/stored/copy-1.json");

    #[test]
    fn a_copy_stored_in_format_1_opens_and_is_written_the_same_again() {
        let copy = copy_from_json(COPY).unwrap();
        assert_eq!((copy.upto, copy.count), (5_000_000_000, 12));
        assert_eq!((copy.arrived, copy.confirmed), (Date::new(2026, 11, 28), None));
        assert_eq!(copy_to_json(&copy), COPY.trim_end());
        for (from, to) in [("2026-11-28", "2026-11-31"), ("5000000000", "-1"), ("\"made\"", "\"mode\"")] {
            assert!(COPY.contains(from));
            assert_eq!(copy_from_json(&COPY.replace(from, to)), Err(ReadError::Damaged), "{to}");
        }
    }

    proptest! {
        #[test]
        fn what_is_stored_opens_as_it_was(
            sum: String, upto in 0..1_u64 << 53, sealed: Vec<[u8; 16]>, count: u32, days: [Option<u16>; 2], made: u16,
        ) {
            let day = |day: u16| Date::from_days(day.into());
            let [arrived, confirmed] = days.map(|given| given.map(day));
            let sealed = sealed.into_iter().map(ResponseId).collect();
            let copy = CopyMade { sum, upto, sealed, count: count as usize, made: day(made), arrived, confirmed };
            prop_assert_eq!(copy_from_json(&copy_to_json(&copy)), Ok(copy));
        }
    }
}
