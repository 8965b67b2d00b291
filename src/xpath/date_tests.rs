use super::*;

#[test]
fn days_count_from_1970_and_back() {
    let table = [
        ("1970-01-01", 0),
        ("1969-12-31", -1),
        ("2000-02-29", 11_016),
        ("2008-09-05", 14_127),
        ("1941-12-07", -10_252),
        ("2026-11-23", 20_780),
        ("0001-01-01", -719_162),
    ];
    for (text, days) in table {
        let date = Date::parse(text).unwrap();
        assert_eq!((date.days(), Date::from_days(days)), (days, date), "{text}");
        assert_eq!(date.to_string(), text);
    }
    for days in (-800_000..800_000).step_by(37) {
        assert_eq!(Date::from_days(days).days(), days);
        assert!(Date::from_days(days) < Date::from_days(days).add_days(1));
    }
}

#[test]
fn dates_that_do_not_exist_are_refused() {
    for text in ["1983-09-31", "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-01-00"] {
        assert_eq!(DateTime::parse(text, 0), None, "{text}");
        assert!(DateTime::has_shape(text), "{text}");
    }
    let shapeless = [
        "",
        "nonsense",
        "2026",
        "2026-11",
        "26-11-23",
        "2026-11-23T",
        "2026-11-23T25:00",
        "2026-11-23x",
        "20261123",
    ];
    for text in shapeless {
        assert!(DateTime::parse(text, 0).is_none() && !DateTime::has_shape(text), "{text}");
    }
}

#[test]
fn moments_are_read_with_and_without_an_offset() {
    let table = [
        ("2026-11-23", "2026-11-23T00:00:00.000-05:00"),
        ("2026-1-2", "2026-01-02T00:00:00.000-05:00"),
        (" 2026-11-23T14:50 ", "2026-11-23T14:50:00.000-05:00"),
        ("2026-11-23 14:50:49.5", "2026-11-23T14:50:49.500-05:00"),
        ("2026-11-23T14:50:49.123456Z", "2026-11-23T09:50:49.123-05:00"),
        ("2026-11-23T02:00:00+02:00", "2026-11-22T19:00:00.000-05:00"),
        ("2026-11-23T02:00:00.00-0530", "2026-11-23T02:30:00.000-05:00"),
        ("2026-12-31T23:30:00-07", "2027-01-01T01:30:00.000-05:00"),
    ];
    for (text, shown) in table {
        let moment = DateTime::parse(text, -300).unwrap();
        assert_eq!(moment.to_string(), shown);
        assert_eq!(DateTime::from_days(moment.days(), -300), Some(moment), "{text}");
    }
}

#[test]
fn moments_are_ordered_by_instant_whatever_their_offset() {
    let early = DateTime { offset: 120, ..DateTime::parse("2026-11-23T10:00", 0).unwrap() };
    let late = DateTime { offset: -300, ..DateTime::parse("2026-11-23T09:00", 0).unwrap() };
    assert!(early < late);
    assert_eq!(early.at_offset(-300).cmp(&early.at_offset(-300)), std::cmp::Ordering::Equal);
    assert_eq!(DateTime::from_days(f64::NAN, 0), None);
    assert_eq!(DateTime::from_days(f64::INFINITY, 0), None);
}

#[test]
fn times_of_day_are_fractions_of_it() {
    let table = [
        ("06:00:00.000-07:00", Some(0.25)),
        ("23:59:00.000-07:00", Some(0.999_305_555_555_555_6)),
        ("12:00", Some(0.5)),
        ("01:00Z", Some(0.75)),
        ("24:00:00.000-07:00", None),
        ("7:00", None),
        ("12:00:00.", None),
    ];
    for (text, fraction) in table {
        assert_eq!(Time::parse(text, -420).map(Time::fraction), fraction, "{text}");
    }
    assert_eq!(Time::new(9, 5, 7, 30).unwrap().to_string(), "09:05:07.030");
}

#[test]
fn every_format_code_is_filled_in_both_languages() {
    let moment = DateTime::parse("2026-03-04T05:06:07.089", -300).unwrap();
    let table = [
        ("%Y-%m-%d", "2026-03-04", "2026-03-04"),
        ("%y/%n/%e", "26/3/4", "26/3/4"),
        ("%H:%M:%S.%3 %h", "05:06:07.089 5", "05:06:07.089 5"),
        ("%a %b", "Wed Mar", "mié mar"),
        ("%A, %e de %B", "Wednesday, 4 de March", "miércoles, 4 de marzo"),
        ("100%% %Z %q %", "100% -05:00 %q %", "100% -05:00 %q %"),
    ];
    for (codes, english, spanish) in table {
        assert_eq!(moment.format(codes, &ENGLISH), english);
        assert_eq!(moment.format(codes, &SPANISH), spanish);
    }
}
