//! Stored shapes of surveys, format 1: JSON with a `format` number. Read [`from_json`] first.
//! The shapes of an event and a study are also what the built-in instruments carry as their examples.

use serde::{Deserialize, Serialize};

use super::{
    Area, Bilingual, Event, EventWave, Helpline, Named, SamplingDesign, Study, Subject, Survey, SurveyState,
};
use crate::form::{Date, FormSource};
use crate::response::wire::{date_from_text, form_from_pair, form_to_pair, is_false};

pub use crate::response::wire::ReadError;

/// The format number that this code writes.
pub const FORMAT: u32 = 1;

/// A survey as it is stored.
pub fn to_json(survey: &Survey) -> String {
    crate::response::wire::to_json(&SurveyRecord::from_survey(survey))
}

/// Opens what [`to_json`] wrote, in this version or an earlier one.
///
/// ```
/// use sondeo::survey::wire::{ReadError, from_json};
/// assert_eq!(from_json("{\"format\":2}"), Err(ReadError::Newer(2)));
/// ```
pub fn from_json(json: &str) -> Result<Survey, ReadError> {
    crate::response::wire::from_json::<SurveyRecord>(json, FORMAT)?.into_survey()
}

/// The form of a survey as it is kept beside it.
pub fn form_to_json(form: &FormSource) -> String {
    crate::response::wire::to_json(form)
}

/// Opens what [`form_to_json`] wrote, in this version or an earlier one.
pub fn form_from_json(json: &str) -> Result<FormSource, ReadError> {
    crate::response::wire::from_json(json, crate::form::wire::FORMAT)
}

#[derive(Serialize, Deserialize)]
struct SurveyRecord {
    format: u32,
    id: String,
    form: (String, String),
    #[serde(default, skip_serializing_if = "Option::is_none")]
    event: Option<EventRecord>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    study: Option<StudyRecord>,
    design: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expected: Option<u32>,
    minimum_cell: u32,
    state: String,
    #[serde(default, skip_serializing_if = "is_false")]
    example: bool,
}

impl SurveyRecord {
    fn from_survey(survey: &Survey) -> SurveyRecord {
        let (event, study) = match &survey.subject {
            Subject::Event(event) => (Some(EventRecord::from_event(event)), None),
            Subject::Study(study) => (None, Some(StudyRecord::from_study(study))),
        };
        SurveyRecord {
            format: FORMAT,
            id: survey.id.clone(),
            form: form_to_pair(&survey.form),
            event,
            study,
            design: match survey.design {
                SamplingDesign::Census => "census",
                SamplingDesign::Probability => "probability",
                SamplingDesign::Convenience => "convenience",
            }
            .to_owned(),
            expected: survey.expected,
            minimum_cell: survey.minimum_cell,
            state: match survey.state {
                SurveyState::Setup => "setup",
                SurveyState::Open => "open",
                SurveyState::Closed => "closed",
            }
            .to_owned(),
            example: survey.example,
        }
    }

    fn into_survey(self) -> Result<Survey, ReadError> {
        let subject = match (self.event, self.study) {
            (Some(event), None) => Subject::Event(event.into_event()?),
            (None, Some(study)) => Subject::Study(study.into_study()),
            _ => return Err(ReadError::Damaged),
        };
        Ok(Survey {
            id: self.id,
            form: form_from_pair(self.form),
            subject,
            design: match self.design.as_str() {
                "census" => SamplingDesign::Census,
                "probability" => SamplingDesign::Probability,
                "convenience" => SamplingDesign::Convenience,
                _ => return Err(ReadError::Damaged),
            },
            expected: self.expected,
            minimum_cell: self.minimum_cell,
            state: match self.state.as_str() {
                "setup" => SurveyState::Setup,
                "open" => SurveyState::Open,
                "closed" => SurveyState::Closed,
                _ => return Err(ReadError::Damaged),
            },
            example: self.example,
        })
    }
}

/// An event as it is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventRecord {
    id: String,
    name: BilingualRecord,
    programme: String,
    host: BilingualRecord,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    start: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    end: Option<String>,
    expected: u32,
    wave: String,
    #[serde(default, skip_serializing_if = "is_false")]
    follow_up: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    committee: bool,
    delegations: Vec<NamedRecord>,
    sites: Vec<NamedRecord>,
    topics: Vec<NamedRecord>,
}

impl EventRecord {
    fn from_event(event: &Event) -> EventRecord {
        EventRecord {
            id: event.id.clone(),
            name: BilingualRecord::from_bilingual(&event.name),
            programme: event.programme.clone(),
            host: BilingualRecord::from_bilingual(&event.host),
            start: event.start.map(|date| date.to_string()),
            end: event.end.map(|date| date.to_string()),
            expected: event.expected,
            wave: event.wave.as_str().to_owned(),
            follow_up: event.follow_up,
            committee: event.committee,
            delegations: event.delegations.iter().map(NamedRecord::from_named).collect(),
            sites: event.sites.iter().map(NamedRecord::from_named).collect(),
            topics: event.topics.iter().map(NamedRecord::from_named).collect(),
        }
    }

    /// The event. [`ReadError::Damaged`] for a day that does not exist or an unknown wave.
    pub fn into_event(self) -> Result<Event, ReadError> {
        let day = |text: Option<String>| -> Result<Option<Date>, ReadError> {
            text.map(|text| date_from_text(&text)).transpose()
        };
        Ok(Event {
            id: self.id,
            name: self.name.into_bilingual(),
            programme: self.programme,
            host: self.host.into_bilingual(),
            start: day(self.start)?,
            end: day(self.end)?,
            expected: self.expected,
            wave: match self.wave.as_str() {
                "post" => EventWave::Post,
                "followup" => EventWave::FollowUp,
                _ => return Err(ReadError::Damaged),
            },
            follow_up: self.follow_up,
            committee: self.committee,
            delegations: self.delegations.into_iter().map(NamedRecord::into_named).collect(),
            sites: self.sites.into_iter().map(NamedRecord::into_named).collect(),
            topics: self.topics.into_iter().map(NamedRecord::into_named).collect(),
        })
    }
}

/// A study as it is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StudyRecord {
    id: String,
    name: BilingualRecord,
    sponsor: BilingualRecord,
    police: BilingualRecord,
    committee: BilingualRecord,
    months: u32,
    #[serde(default, skip_serializing_if = "is_false")]
    sensitive: bool,
    wave: u32,
    districts: Vec<NamedRecord>,
    areas: Vec<AreaRecord>,
    helplines: Vec<HelplineRecord>,
}

impl StudyRecord {
    fn from_study(study: &Study) -> StudyRecord {
        StudyRecord {
            id: study.id.clone(),
            name: BilingualRecord::from_bilingual(&study.name),
            sponsor: BilingualRecord::from_bilingual(&study.sponsor),
            police: BilingualRecord::from_bilingual(&study.police),
            committee: BilingualRecord::from_bilingual(&study.committee),
            months: study.months,
            sensitive: study.sensitive,
            wave: study.wave,
            districts: study.districts.iter().map(NamedRecord::from_named).collect(),
            areas: study
                .areas
                .iter()
                .map(|area| AreaRecord {
                    value: area.named.value.clone(),
                    label: BilingualRecord::from_bilingual(&area.named.label),
                    district: area.district.clone(),
                })
                .collect(),
            helplines: study
                .helplines
                .iter()
                .map(|line| HelplineRecord {
                    name: BilingualRecord::from_bilingual(&line.name),
                    number: line.number.clone(),
                    confirmed: line.confirmed,
                })
                .collect(),
        }
    }

    /// The study.
    pub fn into_study(self) -> Study {
        Study {
            id: self.id,
            name: self.name.into_bilingual(),
            sponsor: self.sponsor.into_bilingual(),
            police: self.police.into_bilingual(),
            committee: self.committee.into_bilingual(),
            months: self.months,
            sensitive: self.sensitive,
            wave: self.wave,
            districts: self.districts.into_iter().map(NamedRecord::into_named).collect(),
            areas: self
                .areas
                .into_iter()
                .map(|area| Area {
                    named: Named { value: area.value, label: area.label.into_bilingual() },
                    district: area.district,
                })
                .collect(),
            helplines: self
                .helplines
                .into_iter()
                .map(|line| Helpline {
                    name: line.name.into_bilingual(),
                    number: line.number,
                    confirmed: line.confirmed,
                })
                .collect(),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct BilingualRecord {
    es: String,
    en: String,
}

impl BilingualRecord {
    fn from_bilingual(text: &Bilingual) -> BilingualRecord {
        BilingualRecord { es: text.es.clone(), en: text.en.clone() }
    }

    fn into_bilingual(self) -> Bilingual {
        Bilingual { es: self.es, en: self.en }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct NamedRecord {
    value: String,
    label: BilingualRecord,
}

impl NamedRecord {
    fn from_named(named: &Named) -> NamedRecord {
        NamedRecord { value: named.value.clone(), label: BilingualRecord::from_bilingual(&named.label) }
    }

    fn into_named(self) -> Named {
        Named { value: self.value, label: self.label.into_bilingual() }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct AreaRecord {
    value: String,
    label: BilingualRecord,
    district: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct HelplineRecord {
    name: BilingualRecord,
    number: String,
    #[serde(default, skip_serializing_if = "is_false")]
    confirmed: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::response::FormReference;
    use proptest::collection::vec;
    use proptest::prelude::*;

    const EVENT: &str = include_str!("../../tests/data/stored/survey-event-1.json");
    const STUDY: &str = include_str!("../../tests/data/stored/survey-study-1.json");

    #[test]
    fn surveys_stored_in_format_1_open_and_are_written_the_same_again() {
        let survey = from_json(EVENT).unwrap();
        let Subject::Event(event) = &survey.subject else { panic!("an event") };
        assert_eq!((event.wave, event.follow_up, event.committee), (EventWave::FollowUp, true, false));
        assert_eq!((event.start, event.end), (Date::new(2026, 11, 16), None));
        assert_eq!((survey.state, survey.expected), (SurveyState::Open, Some(8)));
        assert_eq!(to_json(&survey), EVENT.trim_end());

        let survey = from_json(STUDY).unwrap();
        let Subject::Study(study) = &survey.subject else { panic!("a study") };
        assert_eq!((study.months, study.wave, study.sensitive), (12, 2, true));
        assert_eq!(study.areas[0].district, "colon");
        assert!(study.helplines[0].confirmed && survey.example);
        assert_eq!((survey.design, survey.expected), (SamplingDesign::Probability, None));
        assert_eq!(to_json(&survey), STUDY.trim_end());
    }

    #[test]
    fn newer_and_damaged_surveys_are_told_apart() {
        assert_eq!(from_json("{\"format\":2,\"subject\":[]}"), Err(ReadError::Newer(2)));
        assert_eq!(from_json("{\"format\":1}"), Err(ReadError::Damaged));
        for (from, to) in [
            ("\"event\"", "\"other\""),
            ("census", "guess"),
            ("\"open\"", "\"ajar\""),
            ("followup", "later"),
            ("2026-11-16", "2026-11-99"),
        ] {
            assert_eq!(from_json(&EVENT.replace(from, to)), Err(ReadError::Damaged), "{to}");
        }
    }

    fn bilingual() -> impl Strategy<Value = Bilingual> {
        any::<[String; 2]>().prop_map(|[es, en]| Bilingual { es, en })
    }

    fn named() -> impl Strategy<Value = Named> {
        (any::<String>(), bilingual()).prop_map(|(value, label)| Named { value, label })
    }

    fn event() -> impl Strategy<Value = Event> {
        let days = proptest::option::of((0..60_000_i32).prop_map(Date::from_days));
        let lists = [vec(named(), 0..3), vec(named(), 0..3), vec(named(), 0..3)];
        (
            any::<[String; 2]>(),
            [bilingual(), bilingual()],
            [days.clone(), days],
            any::<u32>(),
            any::<[bool; 3]>(),
            lists,
        )
            .prop_map(|([id, programme], [name, host], [start, end], expected, flags, lists)| {
                let [follow_up, committee, post] = flags;
                let [delegations, sites, topics] = lists;
                let wave = if post { EventWave::Post } else { EventWave::FollowUp };
                Event {
                    id,
                    name,
                    programme,
                    host,
                    start,
                    end,
                    expected,
                    wave,
                    follow_up,
                    committee,
                    delegations,
                    sites,
                    topics,
                }
            })
    }

    fn study() -> impl Strategy<Value = Study> {
        let areas =
            vec((named(), any::<String>()).prop_map(|(named, district)| Area { named, district }), 0..4);
        let helplines =
            vec(
                (bilingual(), any::<String>(), any::<bool>())
                    .prop_map(|(name, number, confirmed)| Helpline { name, number, confirmed }),
                0..3,
            );
        let texts = [bilingual(), bilingual(), bilingual(), bilingual()];
        (any::<String>(), texts, any::<[u32; 2]>(), any::<bool>(), vec(named(), 0..3), areas, helplines)
            .prop_map(
                |(
                    id,
                    [name, sponsor, police, committee],
                    [months, wave],
                    sensitive,
                    districts,
                    areas,
                    helplines,
                )| Study {
                    id,
                    name,
                    sponsor,
                    police,
                    committee,
                    months,
                    sensitive,
                    wave,
                    districts,
                    areas,
                    helplines,
                },
            )
    }

    proptest! {
        #[test]
        fn what_is_stored_opens_as_it_was(
            texts: [String; 3],
            subject in prop_oneof![event().prop_map(Subject::Event), study().prop_map(Subject::Study)],
            design in prop::sample::select(vec![
                SamplingDesign::Census, SamplingDesign::Probability, SamplingDesign::Convenience,
            ]),
            state in prop::sample::select(vec![SurveyState::Setup, SurveyState::Open, SurveyState::Closed]),
            expected: Option<u32>,
            minimum_cell: u32,
            example: bool,
        ) {
            let [id, form, version] = texts;
            let form = FormReference { id: form, version };
            let survey = Survey { id, form, subject, design, expected, minimum_cell, state, example };
            prop_assert_eq!(from_json(&to_json(&survey)), Ok(survey));
        }
    }
}
