use super::*;
use crate::response::FormReference;
use crate::survey::SurveyState;

fn both(es: &str, en: &str) -> Bilingual {
    Bilingual { es: es.to_owned(), en: en.to_owned() }
}

fn named(value: &str, es: &str, en: &str) -> Named {
    Named { value: value.to_owned(), label: both(es, en) }
}

fn survey(subject: Subject) -> Survey {
    Survey {
        id: "here".to_owned(),
        form: FormReference { id: "here".to_owned(), version: "1".to_owned() },
        subject,
        design: SamplingDesign::Census,
        expected: Some(8),
        minimum_cell: 5,
        seal: None,
        retention: None,
        weighting: Default::default(),
        state: SurveyState::Setup,
        example: false,
    }
}

fn visit() -> Survey {
    survey(Subject::Event(Event {
        id: "here".to_owned(),
        name: both("Visita", "Visit"),
        programme: "Programa".to_owned(),
        host: both("Condado", "County"),
        start: Date::parse("2026-03-02"),
        end: Date::parse("2026-03-06"),
        expected: 8,
        wave: EventWave::Post,
        follow_up: true,
        committee: false,
        delegations: vec![],
        sites: vec![named("court", "Tribunal", "Court"), named("sheriff", "Sheriff", "Sheriff's Office")],
        topics: vec![named("data", "Datos", "Data")],
    }))
}

fn study() -> Survey {
    survey(Subject::Study(Study {
        id: "here".to_owned(),
        name: both("Encuesta", "Survey"),
        sponsor: both("Comité", "Committee"),
        police: both("la Policía", "the Police"),
        committee: both("Comité", "Committee"),
        months: 12,
        sensitive: true,
        wave: 1,
        districts: vec![named("colon", "Colón", "Colón"), named("san", "San Miguelito", "San Miguelito")],
        areas: vec![Area { named: named("norte", "Norte", "North"), district: "colon".to_owned() }],
        helplines: vec![Helpline { name: both("Línea", "Line"), number: "182".to_owned(), confirmed: true }],
    }))
}

#[test]
fn an_untouched_sheet_reads_as_the_survey_it_came_from() {
    for survey in [visit(), study()] {
        assert_eq!(Sheet::of(&survey).read(&survey, false), Ok(survey));
    }
}

#[test]
fn a_renamed_row_keeps_its_value_and_a_new_row_gets_one() {
    let survey = visit();
    let mut sheet = Sheet::of(&survey);
    let first = sheet.keys(List::Sites)[0];
    sheet.set(Field::Row(first, Part::Label(Side::En)), "High court".to_owned());
    let new = sheet.add(List::Sites);
    sheet.set(Field::Row(new, Part::Label(Side::Es)), "Corte".to_owned());
    sheet.set(Field::Row(new, Part::Label(Side::En)), "Court".to_owned());
    sheet.shift(new, false);
    let Subject::Event(event) = sheet.read(&survey, false).unwrap().subject else { panic!() };
    let read: Vec<_> = event.sites.iter().map(|s| (s.value.as_str(), s.label.en.as_str())).collect();
    assert_eq!(read, [("court", "High court"), ("court_2", "Court"), ("sheriff", "Sheriff's Office")]);
}

#[test]
fn a_locked_sheet_changes_names_and_never_the_questionnaire() {
    let survey = visit();
    let mut sheet = Sheet::of(&survey);
    sheet.set(Field::Name(Side::Es), "Otra".to_owned());
    sheet.set(Field::Expected, "24".to_owned());
    sheet.add(List::Topics);
    let topic = sheet.keys(List::Topics)[1];
    sheet.remove(topic);
    let site = sheet.keys(List::Sites)[0];
    sheet.remove(site);
    let read = sheet.read(&survey, true).unwrap();
    assert_eq!(read.expected, Some(24));
    let (Subject::Event(read), Subject::Event(before)) = (read.subject, survey.subject) else { panic!() };
    assert_eq!(read.name.es, "Otra");
    assert_eq!((read.expected, read.sites, read.topics), (before.expected, before.sites, before.topics));
}

#[test]
fn how_long_responses_are_kept_is_set_in_days_at_any_time_or_not_at_all() {
    let survey = visit();
    let mut sheet = Sheet::of(&survey);
    for (typed, locked, read) in [("30", false, Some(30)), (" 3,650 ", true, Some(3650)), ("", true, None)] {
        sheet.set(Field::Retention, typed.to_owned());
        let kept = sheet.read(&survey, locked).unwrap();
        assert_eq!(kept.retention, read, "{typed}");
        assert_eq!(Sheet::of(&kept).read(&kept, locked), Ok(kept));
    }
    for typed in ["0", "3651", "a week"] {
        sheet.set(Field::Retention, typed.to_owned());
        let mistake = Mistake { field: Field::Retention, kind: MistakeKind::NotBetween(1, 3650) };
        assert_eq!(sheet.read(&survey, true), Err(vec![mistake]), "{typed}");
    }
}

#[test]
fn mistakes_are_found_all_at_once_and_nothing_typed_is_lost() {
    let survey = visit();
    let mut sheet = Sheet::of(&survey);
    sheet.set(Field::Expected, "eight".to_owned());
    sheet.set(Field::End, "2026-03-01".to_owned());
    sheet.set(Field::MinimumCell, "3".to_owned());
    let new = sheet.add(List::Sites);
    sheet.set(Field::Row(new, Part::Label(Side::Es)), " tribunal ".to_owned());
    assert_eq!(
        sheet.read(&survey, false).unwrap_err(),
        [
            (Field::End, MistakeKind::EndsBeforeStart),
            (Field::Expected, MistakeKind::NotBetween(1, 100_000)),
            (Field::MinimumCell, MistakeKind::NotBetween(5, 100)),
            (Field::Row(new, Part::Label(Side::Es)), MistakeKind::SameName),
            (Field::Row(new, Part::Label(Side::En)), MistakeKind::Blank),
        ]
        .map(|(field, kind)| Mistake { field, kind })
    );
    assert_eq!(sheet.text(Field::Expected), "eight");
}

#[test]
fn removing_a_district_leaves_its_areas_to_be_placed() {
    let survey = study();
    let mut sheet = Sheet::of(&survey);
    let (district, area) = (sheet.keys(List::Districts)[0], sheet.keys(List::Areas)[0]);
    sheet.remove(district);
    let field = Field::Row(area, Part::District);
    assert_eq!(sheet.mistakes(&survey.subject), [Mistake { field, kind: MistakeKind::NoDistrict }]);
    sheet.set(field, sheet.keys(List::Districts)[0].to_string());
    let Subject::Study(study) = sheet.read(&survey, false).unwrap().subject else { panic!() };
    assert_eq!(study.areas[0].district, "san");
}

#[test]
fn another_number_is_a_number_nobody_has_called() {
    let mut sheet = Sheet::of(&study());
    let line = sheet.keys(List::Helplines)[0];
    sheet.set(Field::Row(line, Part::Number), "182".to_owned());
    assert!(sheet.ticked(Tick::Confirmed(line)));
    sheet.set(Field::Row(line, Part::Number), "183".to_owned());
    assert!(!sheet.ticked(Tick::Confirmed(line)));
}

#[test]
fn the_next_wave_has_an_id_of_its_own_and_helplines_to_call_again() {
    let second = study().next_wave().unwrap();
    assert_eq!((second.id.as_str(), second.wave().as_str()), ("here_wave2", "2"));
    assert!(second.obstacles().contains(&crate::survey::Obstacle::HelplineToConfirm("182".to_owned())));
    let third = second.next_wave().unwrap();
    assert_eq!((third.id.as_str(), third.wave().as_str()), ("here_wave3", "3"));
    let follow_up = visit().next_wave().unwrap();
    assert_eq!((follow_up.id.as_str(), follow_up.wave().as_str()), ("here_followup", "followup"));
    assert_eq!(follow_up.next_wave(), None);
    for wave in [&second, &third, &follow_up, &visit()] {
        assert_eq!(wave.lineage(), "here");
    }
}

#[test]
fn a_survey_made_from_another_says_itself_how_people_come_to_be_asked() {
    let survey = study();
    let mut sheet = Sheet::fresh(&survey);
    let missing = Mistake { field: Field::Design, kind: MistakeKind::NoDesign };
    assert_eq!(sheet.read(&survey, false), Err(vec![missing]));
    assert_eq!(sheet.obstacles(&survey, false), Some(vec![Obstacle::NoDesign]));
    sheet.design = Some(SamplingDesign::Probability);
    assert_eq!(sheet.obstacles(&survey, false), Some(vec![]));
    assert_eq!(sheet.read(&survey, false).unwrap().design, SamplingDesign::Probability);
}

#[test]
fn weights_are_read_as_people_write_numbers() {
    let mut survey = study();
    survey.design = SamplingDesign::Probability;
    let mut sheet = Sheet::of(&survey);
    let choices = ["woman".to_owned(), "man".to_owned(), "other".to_owned()];
    sheet.weights.add("gender", &choices);
    sheet.weights.add("gender", &[]);
    sheet.weights.strata = "district".to_owned();
    let few = Mistake { field: Field::Target(0, 0), kind: MistakeKind::FewShares };
    assert_eq!(sheet.mistakes(&survey.subject), [few]);
    sheet.weights.put(0, 0, " 1,234.5 ".to_owned());
    sheet.weights.put(0, 1, "51,3".to_owned());
    let wrong = Mistake { field: Field::Target(0, 1), kind: MistakeKind::NotAShare };
    assert_eq!(sheet.mistakes(&survey.subject), [wrong]);
    sheet.weights.put(0, 1, "51.3 %".to_owned());
    assert!((sheet.weights.sum(0) - 1285.8).abs() < 1e-9);
    // Also where the questionnaire is in use.
    let read = sheet.read(&survey, true).unwrap();
    assert_eq!(read.weighting.as_text(), "rake gender woman=1234.5 man=51.3\nstrata district");
    let mut again = Sheet::of(&read);
    again.weights.complete("gender", &choices);
    let texts: Vec<&str> = again.weights.margins[0].targets.iter().map(|(_, typed)| typed.as_str()).collect();
    assert_eq!(texts, ["1234.5", "51.3", ""]);
    assert_eq!(again.read(&read, true).unwrap(), read);
    // Whoever asks whoever comes by draws no strata; whoever asks everybody weighs nothing.
    sheet.design = Some(SamplingDesign::Convenience);
    let lines = |sheet: &Sheet| sheet.read(&survey, true).unwrap().weighting.as_text().lines().count();
    assert_eq!(lines(&sheet), 1);
    sheet.design = Some(SamplingDesign::Census);
    assert_eq!(lines(&sheet), 0);
    for bad in ["0", "-3", "a", ".", "1,23", "12,3456", "1.2.3", "1e3"] {
        sheet.weights.put(0, 1, bad.to_owned());
        sheet.design = Some(SamplingDesign::Convenience);
        assert_eq!(sheet.mistakes(&survey.subject).len(), 1, "{bad}");
    }
}
