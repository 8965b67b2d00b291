//! Stored shapes of surveys, format 3: JSON with a `format` number. Read [`from_json`] first.
//! The shapes of an event and a study are also what the built-in instruments carry as their examples.

use super::{
    Area, Bilingual, Event, EventWave, Helpline, Named, Own, SamplingDesign, Seal, Study, Subject, Survey,
    SurveyState, Weighting,
};
use crate::form::json::{Members, Value, Writer, count, text};
use crate::form::{Date, FormSource};
use crate::response::wire::{open, read_form, write_form};

pub use crate::response::wire::ReadError;

/// The format number that this code writes.
pub const FORMAT: u32 = 3;
/// Surveys of the built-in forms are written as format 1, which earlier versions open.
const FIRST_FORMAT: u32 = 1;
/// This one came with forms of one's own. 3 came with sealing: an earlier version must not collect for such a survey.
const OWN_FORMAT: u32 = 2;

/// A survey as it is stored.
pub fn to_json(survey: &Survey) -> String {
    let mut writer = Writer::default();
    writer.open('{');
    let format = match (&survey.seal, &survey.subject) {
        (Some(_), _) => FORMAT,
        (None, Subject::Own(_)) => OWN_FORMAT,
        (None, _) => FIRST_FORMAT,
    };
    writer.count_member("format", format.into());
    writer.text_member("id", &survey.id);
    write_form(&mut writer, &survey.form);
    match &survey.subject {
        Subject::Event(event) => write_event(&mut writer, event),
        Subject::Study(study) => write_study(&mut writer, study),
        Subject::Own(own) => {
            writer.open_member("own", '{');
            write_bilingual(&mut writer, "name", &own.name);
            writer.count_member("wave", own.wave.into());
            writer.close('}');
        }
    }
    writer.text_member(
        "design",
        match survey.design {
            SamplingDesign::Census => "census",
            SamplingDesign::Probability => "probability",
            SamplingDesign::Convenience => "convenience",
        },
    );
    if let Some(expected) = survey.expected {
        writer.count_member("expected", expected.into());
    }
    writer.count_member("minimum_cell", survey.minimum_cell.into());
    if let Some(days) = survey.retention {
        writer.count_member("retention", days.into());
    }
    writer.text_member(
        "state",
        match survey.state {
            SurveyState::Setup => "setup",
            SurveyState::Open => "open",
            SurveyState::Closed => "closed",
        },
    );
    writer.flag_if_true("example", survey.example);
    if !survey.weighting.is_empty() {
        writer.text_member("weighting", survey.weighting.as_text());
    }
    if let Some(seal) = &survey.seal {
        writer.text_member("seal", &seal.recipient);
        writer.flag_if_true("recovery_kept", seal.recovery_kept);
    }
    writer.close('}');
    writer.finish()
}

/// Opens what [`to_json`] wrote, in this version or an earlier one.
///
/// ```
/// use sondeo::survey::wire::{ReadError, from_json};
/// assert_eq!(from_json("{\"format\":4}"), Err(ReadError::Newer(4)));
/// ```
pub fn from_json(json: &str) -> Result<Survey, ReadError> {
    open(json, FORMAT, read_survey)
}

/// The form of a survey as it is kept beside it.
pub fn form_to_json(form: &FormSource) -> String {
    crate::form::wire::to_json(form)
}

/// Opens what [`form_to_json`] wrote, in this version or an earlier one.
pub fn form_from_json(json: &str) -> Result<FormSource, ReadError> {
    open(json, crate::form::wire::FORMAT, crate::form::wire::read_form)
}

/// An event, as surveys keep it and instruments bring it. `None` for anything else.
pub(crate) fn read_event(event: &Value<'_>) -> Option<Event> {
    let event = Members::of(event)?;
    Some(Event {
        id: event.text("id")?,
        name: read_bilingual(event, "name")?,
        programme: event.text("programme")?,
        host: read_bilingual(event, "host")?,
        start: read_day(event, "start")?,
        end: read_day(event, "end")?,
        expected: event.count("expected")?,
        wave: match event.text("wave")?.as_str() {
            "post" => EventWave::Post,
            "followup" => EventWave::FollowUp,
            _ => return None,
        },
        follow_up: event.flag_or_false("follow_up")?,
        committee: event.flag_or_false("committee")?,
        delegations: read_named_list(event, "delegations")?,
        sites: read_named_list(event, "sites")?,
        topics: read_named_list(event, "topics")?,
    })
}

/// A study, as surveys keep it and instruments bring it. `None` for anything else.
pub(crate) fn read_study(study: &Value<'_>) -> Option<Study> {
    let study = Members::of(study)?;
    Some(Study {
        id: study.text("id")?,
        name: read_bilingual(study, "name")?,
        sponsor: read_bilingual(study, "sponsor")?,
        police: read_bilingual(study, "police")?,
        committee: read_bilingual(study, "committee")?,
        months: study.count("months")?,
        sensitive: study.flag_or_false("sensitive")?,
        wave: study.count("wave")?,
        districts: read_named_list(study, "districts")?,
        areas: study.list("areas")?.iter().map(read_area).collect::<Option<_>>()?,
        helplines: study.list("helplines")?.iter().map(read_helpline).collect::<Option<_>>()?,
    })
}

fn read_survey(survey: Members<'_>) -> Option<Survey> {
    Some(Survey {
        id: survey.text("id")?,
        form: read_form(survey)?,
        subject: match (survey.get("event"), survey.get("study"), survey.get("own")) {
            (Some(event), None, None) => Subject::Event(read_event(event)?),
            (None, Some(study), None) => Subject::Study(read_study(study)?),
            (None, None, Some(own)) => Subject::Own(read_own(own)?),
            _ => return None,
        },
        design: match survey.text("design")?.as_str() {
            "census" => SamplingDesign::Census,
            "probability" => SamplingDesign::Probability,
            "convenience" => SamplingDesign::Convenience,
            _ => return None,
        },
        expected: count_if_there(survey, "expected")?,
        minimum_cell: survey.count("minimum_cell")?,
        retention: count_if_there(survey, "retention")?,
        state: match survey.text("state")?.as_str() {
            "setup" => SurveyState::Setup,
            "open" => SurveyState::Open,
            "closed" => SurveyState::Closed,
            _ => return None,
        },
        example: survey.flag_or_false("example")?,
        weighting: Weighting::from_text(survey.text_or_empty("weighting")?),
        seal: match survey.text_or_empty("seal")? {
            none if none.is_empty() => None,
            recipient => Some(Seal { recipient, recovery_kept: survey.flag_or_false("recovery_kept")? }),
        },
    })
}

fn count_if_there(members: Members<'_>, name: &str) -> Option<Option<u32>> {
    members.get(name).map_or(Some(None), |number| count(number).map(Some))
}

fn write_event(writer: &mut Writer, event: &Event) {
    writer.open_member("event", '{');
    writer.text_member("id", &event.id);
    write_bilingual(writer, "name", &event.name);
    writer.text_member("programme", &event.programme);
    write_bilingual(writer, "host", &event.host);
    for (name, day) in [("start", event.start), ("end", event.end)] {
        if let Some(day) = day {
            writer.text_member(name, &day.to_string());
        }
    }
    writer.count_member("expected", event.expected.into());
    writer.text_member("wave", event.wave.as_str());
    writer.flag_if_true("follow_up", event.follow_up);
    writer.flag_if_true("committee", event.committee);
    for (name, list) in
        [("delegations", &event.delegations), ("sites", &event.sites), ("topics", &event.topics)]
    {
        write_named_list(writer, name, list);
    }
    writer.close('}');
}

fn write_study(writer: &mut Writer, study: &Study) {
    writer.open_member("study", '{');
    writer.text_member("id", &study.id);
    write_bilingual(writer, "name", &study.name);
    write_bilingual(writer, "sponsor", &study.sponsor);
    write_bilingual(writer, "police", &study.police);
    write_bilingual(writer, "committee", &study.committee);
    writer.count_member("months", study.months.into());
    writer.flag_if_true("sensitive", study.sensitive);
    writer.count_member("wave", study.wave.into());
    write_named_list(writer, "districts", &study.districts);
    writer.open_member("areas", '[');
    for area in &study.areas {
        writer.open('{');
        write_named(writer, &area.named);
        writer.text_member("district", &area.district);
        writer.close('}');
    }
    writer.close(']');
    writer.open_member("helplines", '[');
    for line in &study.helplines {
        writer.open('{');
        write_bilingual(writer, "name", &line.name);
        writer.text_member("number", &line.number);
        writer.flag_if_true("confirmed", line.confirmed);
        writer.close('}');
    }
    writer.close(']');
    writer.close('}');
}

fn read_own(own: &Value<'_>) -> Option<Own> {
    let own = Members::of(own)?;
    Some(Own { name: read_bilingual(own, "name")?, wave: own.count("wave")? })
}

fn read_area(area: &Value<'_>) -> Option<Area> {
    Some(Area { named: read_named(area)?, district: Members::of(area)?.text("district")? })
}

fn read_helpline(line: &Value<'_>) -> Option<Helpline> {
    let line = Members::of(line)?;
    Some(Helpline {
        name: read_bilingual(line, "name")?,
        number: line.text("number")?,
        confirmed: line.flag_or_false("confirmed")?,
    })
}

/// `None` for a day that does not exist; a day that is left out is none yet.
fn read_day(members: Members<'_>, name: &str) -> Option<Option<Date>> {
    match members.get(name) {
        Some(day) => Date::parse(&text(day)?).map(Some),
        None => Some(None),
    }
}

fn write_bilingual(writer: &mut Writer, name: &str, text: &Bilingual) {
    writer.open_member(name, '{');
    writer.text_member("es", &text.es);
    writer.text_member("en", &text.en);
    writer.close('}');
}

fn read_bilingual(members: Members<'_>, name: &str) -> Option<Bilingual> {
    let text = Members::of(members.get(name)?)?;
    Some(Bilingual { es: text.text("es")?, en: text.text("en")? })
}

fn write_named(writer: &mut Writer, named: &Named) {
    writer.text_member("value", &named.value);
    write_bilingual(writer, "label", &named.label);
}

fn read_named(named: &Value<'_>) -> Option<Named> {
    let named = Members::of(named)?;
    Some(Named { value: named.text("value")?, label: read_bilingual(named, "label")? })
}

fn write_named_list(writer: &mut Writer, name: &str, list: &[Named]) {
    writer.open_member(name, '[');
    for named in list {
        writer.open('{');
        write_named(writer, named);
        writer.close('}');
    }
    writer.close(']');
}

fn read_named_list(members: Members<'_>, name: &str) -> Option<Vec<Named>> {
    members.list(name)?.iter().map(read_named).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::response::FormReference;
    use proptest::collection::vec;
    use proptest::prelude::*;

    const EVENT: &str = include_str!("../../tests/data/stored/survey-event-1.json");
    const STUDY: &str = include_str!("../../tests/data/stored/survey-study-1.json");
    const OWN: &str = include_str!("../../tests/data/stored/survey-own-2.json");

    const SEALED: &str = include_str!("../../tests/data/stored/survey-sealed-3.json");

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
    fn a_survey_with_a_form_of_ones_own_stored_in_format_2_opens_and_is_written_the_same_again() {
        let survey = from_json(OWN).unwrap();
        let name = Bilingual { es: "Ferias".to_owned(), en: String::new() };
        assert_eq!(survey.subject, Subject::Own(Own { name, wave: 3 }));
        assert_eq!(to_json(&survey), OWN.trim_end());
        assert!(survey.obstacles().is_empty());
    }

    #[test]
    fn a_sealed_survey_stored_in_format_3_opens_and_is_written_the_same_again() {
        let survey = from_json(SEALED).unwrap();
        let seal = survey.seal.as_ref().unwrap();
        assert!(seal.recipient.starts_with("age1") && seal.recovery_kept);
        assert_eq!(to_json(&survey), SEALED.trim_end());
        let unkept = Survey { seal: Some(Seal { recovery_kept: false, ..seal.clone() }), ..survey };
        assert_eq!(unkept.obstacles(), [crate::survey::Obstacle::NoRecovery]);
    }

    #[test]
    fn newer_and_damaged_surveys_are_told_apart() {
        assert_eq!(from_json("{\"format\":4,\"subject\":[]}"), Err(ReadError::Newer(4)));
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

    fn own() -> impl Strategy<Value = Own> {
        (bilingual(), any::<u32>()).prop_map(|(name, wave)| Own { name, wave })
    }

    proptest! {
        #[test]
        fn what_is_stored_opens_as_it_was(
            texts: [String; 3],
            subject in prop_oneof![
                event().prop_map(Subject::Event), study().prop_map(Subject::Study), own().prop_map(Subject::Own),
            ],
            design in prop::sample::select(vec![
                SamplingDesign::Census, SamplingDesign::Probability, SamplingDesign::Convenience,
            ]),
            state in prop::sample::select(vec![SurveyState::Setup, SurveyState::Open, SurveyState::Closed]),
            expected: Option<u32>,
            minimum_cell: u32,
            retention: Option<u32>,
            example: bool,
            weighting: String,
            seal in proptest::option::of(("age1[a-z0-9]{1,20}", any::<bool>())),
        ) {
            let [id, form, version] = texts;
            let form = FormReference { id: form, version };
            let weighting = Weighting::from_text(weighting);
            let seal = seal.map(|(recipient, recovery_kept)| Seal { recipient, recovery_kept });
            let survey = Survey {
                id, form, subject, design, expected, minimum_cell, weighting, retention, state, example, seal,
            };
            prop_assert_eq!(from_json(&to_json(&survey)), Ok(survey));
        }
    }
}
