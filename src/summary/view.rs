//! What a person asks to see of a survey: wave, filters, groups, comparison, profile; and the same as an address.

use crate::form::Date;

/// The name under which the language of a response makes groups, as a question would.
pub const LANGUAGE: &str = "_language";

/// What to show.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct View {
    /// The wave; `None`: the survey's current one, or the last with responses when the current one has none.
    pub wave: Option<String>,
    /// Only responses for which all of these hold.
    pub filters: Vec<Filter>,
    /// Side by side for groups by these questions (name, or [`LANGUAGE`]).
    pub by: Vec<String>,
    /// The survey of another wave to compare with, by id.
    pub against: Option<String>,
    /// For whom.
    pub profile: Profile,
}

/// For whom a summary is made. What leaves by default is [`Profile::Publication`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Profile {
    /// To be shown to anybody: small groups suppressed, groups from 30 people.
    #[default]
    Publication,
    /// For whoever works with the data and answers for them: groups from 10 people, with caution; tests and design effects.
    Analyst,
}

/// A condition on responses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// The answer to a one- or many-choice question is (or holds) one of these.
    Choices {
        /// The question's name.
        question: String,
        /// Names of choices.
        choices: Vec<String>,
    },
    /// Finished in one of these languages, by tag.
    Languages(Vec<String>),
    /// Finished within these days, both included.
    Days {
        /// The first day; `None`: from the beginning.
        from: Option<Date>,
        /// The last day; `None`: to the end.
        to: Option<Date>,
    },
}

impl Profile {
    /// As addresses and files name it.
    pub fn as_str(self) -> &'static str {
        match self {
            Profile::Publication => "publication",
            Profile::Analyst => "analyst",
        }
    }

    /// Reads [`Profile::as_str`]; anything else is for publication.
    pub fn from_text(text: &str) -> Profile {
        if text == "analyst" { Profile::Analyst } else { Profile::Publication }
    }
}

impl Filter {
    /// The days from one to another, whichever is named first; `None` where neither is.
    pub fn days(from: Option<Date>, to: Option<Date>) -> Option<Filter> {
        let turned = from.zip(to).is_some_and(|(from, to)| from.days() > to.days());
        let (from, to) = if turned { (to, from) } else { (from, to) };
        (from.is_some() || to.is_some()).then_some(Filter::Days { from, to })
    }
}

impl View {
    /// The address's part behind `?`: `wave=1&district=colon,san_miguelito&by=gender&days=2026-03-01..&profile=analyst`;
    /// empty for the plain view. What is not a letter, digit, `_`, `-` or `.` is percent-encoded.
    pub fn to_query(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        let list = |items: &[String]| items.iter().map(|item| encode(item)).collect::<Vec<_>>().join(",");
        if let Some(wave) = &self.wave {
            parts.push(["wave=", &encode(wave)].concat());
        }
        for filter in &self.filters {
            parts.push(match filter {
                Filter::Choices { question, choices } => {
                    ["f.", &encode(question), "=", &list(choices)].concat()
                }
                Filter::Languages(tags) => ["language=", &list(tags)].concat(),
                Filter::Days { from, to } => {
                    let day = |day: &Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
                    ["days=", &day(from), "..", &day(to)].concat()
                }
            });
        }
        if !self.by.is_empty() {
            parts.push(["by=", &list(&self.by)].concat());
        }
        if let Some(survey) = &self.against {
            parts.push(["against=", &encode(survey)].concat());
        }
        if self.profile == Profile::Analyst {
            parts.push("profile=analyst".to_owned());
        }
        parts.join("&")
    }

    /// Reads what [`View::to_query`] writes. Parts that say nothing known are left out.
    pub fn from_query(query: &str) -> View {
        let mut view = View::default();
        for part in query.split('&') {
            let Some((name, value)) = part.split_once('=') else { continue };
            let list =
                || -> Vec<String> { value.split(',').map(decode).filter(|item| !item.is_empty()).collect() };
            match name {
                "wave" => view.wave = Some(decode(value)).filter(|wave| !wave.is_empty()),
                "by" => view.by = list(),
                "against" => view.against = Some(decode(value)).filter(|survey| !survey.is_empty()),
                "profile" => view.profile = Profile::from_text(value),
                "language" if !list().is_empty() => view.filters.push(Filter::Languages(list())),
                "days" => {
                    let (from, to) = value.split_once("..").unwrap_or((value, value));
                    let (from, to) = (Date::parse(from), Date::parse(to));
                    view.filters.extend(Filter::days(from, to));
                }
                _ => {
                    let Some(question) = name.strip_prefix("f.") else { continue };
                    let (question, choices) = (decode(question), list());
                    if !question.is_empty() && !choices.is_empty() {
                        view.filters.push(Filter::Choices { question, choices });
                    }
                }
            }
        }
        view
    }

    /// Whether only some of the wave's responses are asked for.
    pub fn is_filtered(&self) -> bool {
        !self.filters.is_empty()
    }
}

fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'-' | b'.' => encoded.push(char::from(byte)),
            byte => {
                for half in [byte >> 4, byte & 15] {
                    encoded.push(char::from_digit(u32::from(half), 16).unwrap_or('0').to_ascii_uppercase());
                }
                let at = encoded.len() - 2;
                encoded.insert(at, '%');
            }
        }
    }
    encoded
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
        match (byte, digit(ahead.next()), digit(ahead.next())) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                rest = ahead;
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn a_filter() -> impl Strategy<Value = Filter> {
        let names = || prop::collection::vec("[a-zñ0-9_ ,&=%]{1,8}", 1..4);
        prop_oneof![
            ("[a-z_]{1,8}", names()).prop_map(|(question, choices)| Filter::Choices { question, choices }),
            names().prop_map(Filter::Languages),
            (0i32..40_000, 0i32..40_000).prop_map(|(from, to)| Filter::Days {
                from: Some(Date::from_days(from)),
                to: (to % 2 == 0).then(|| Date::from_days(from + to)),
            }),
        ]
    }

    proptest! {
        #[test]
        fn an_address_brings_back_the_view(
            wave in prop::option::of("[a-z0-9&]{1,5}"),
            filters in prop::collection::vec(a_filter(), 0..4),
            by in prop::collection::vec("[a-z_]{1,8}", 0..3),
            against in prop::option::of("[a-z_]{1,8}"),
            analyst: bool,
        ) {
            let profile = if analyst { Profile::Analyst } else { Profile::Publication };
            let view = View { wave, filters, by, against, profile };
            prop_assert_eq!(View::from_query(&view.to_query()), view);
        }

        #[test]
        fn any_address_is_some_view(text in ".{0,60}") {
            let _ = View::from_query(&text);
        }
    }

    #[test]
    fn days_named_the_other_way_round_are_the_same_days() {
        let there = View::from_query("days=2026-11-10..2026-11-20");
        assert_eq!(View::from_query("days=2026-11-20..2026-11-10"), there);
        assert_eq!(there.filters.len(), 1);
    }

    #[test]
    fn an_address_can_be_read_by_people() {
        let view = View {
            filters: vec![Filter::Choices {
                question: "district".into(),
                choices: vec!["colon".into(), "sm".into()],
            }],
            by: vec!["gender".into()],
            ..View::default()
        };
        assert_eq!(view.to_query(), "f.district=colon,sm&by=gender");
        assert_eq!(View::default().to_query(), "");
    }
}
