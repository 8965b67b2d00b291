//! Stored shapes of surveys, format 1: JSON with a `format` number. Read [`from_json`] first.
//! The shapes of an event and a study are also what the built-in instruments carry as their examples.

use serde::{Deserialize, Serialize};

use super::{
    Area, Bilingual, Event, EventWave, Helpline, Named, SamplingDesign, Study, Subject, Survey, SurveyState,
};
use crate::form::Date;
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
