//! The two built-in instruments, compiled: equal to what their authors wrote for the bundled example, and sound for any
//! other event or study.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::Value;
use sondeo::form::wire::{ChoiceSource, FormSource, ListSource, NodeSource};
use sondeo::form::{Form, IndexKind};
use sondeo::instrument::{
    CompileProblemKind, Definition, bundled_event, bundled_study, bundled_survey, compile,
    definition_from_json,
};
use sondeo::survey::{
    Area, Bilingual, Event, EventWave, Helpline, Named, Obstacle, SamplingDesign, Study, Subject, SurveyState,
};
use sondeo::xpath::Reference;

const POST_VISIT: &str = include_str!("../public/instruments/post_visit.json");
const COMMUNITY: &str = include_str!("../public/instruments/community_safety.json");
const POST_VISIT_WRITTEN: &str = include_str!("data/instruments/post_visit.json");
const COMMUNITY_WRITTEN: &str = include_str!("data/instruments/community_safety.json");

fn definition(text: &str) -> Definition {
    definition_from_json(text).unwrap()
}

fn compiled(text: &str) -> FormSource {
    bundled_survey(&definition(text)).unwrap().1
}

#[test]
fn the_bundled_examples_compile_to_what_the_authors_wrote_node_for_node() {
    for (template, written) in [(POST_VISIT, POST_VISIT_WRITTEN), (COMMUNITY, COMMUNITY_WRITTEN)] {
        let source = compiled(template);
        let written: Value = serde_json::from_str(written).unwrap();
        assert_eq!(source.id, text(&written["id"]));
        assert!(source.version.starts_with(&format!("{}+", text(&written["version"]))));
        assert_eq!(source.title, texts(&written["title"]));
        assert_eq!(source.languages, ["es", "en"]);

        let mut nodes: Vec<NodeSource> =
            written["calculates"].as_array().unwrap().iter().map(|item| node(item, "", false)).collect();
        for section in written["sections"].as_array().unwrap() {
            let sensitive = section["id"] == "s_vic";
            nodes.push(NodeSource {
                name: text(&section["id"]),
                kind: "page".to_owned(),
                label: texts(&section["title"]),
                relevant: text(&section["relevant"]),
                sensitive,
                children: array(&section["items"]).iter().map(|item| node(item, "", sensitive)).collect(),
                ..NodeSource::default()
            });
        }
        assert_eq!(source.nodes.len(), nodes.len());
        for (compiled, written) in source.nodes.iter().zip(&nodes) {
            assert_eq!(compiled.children.len(), written.children.len(), "{}", written.name);
            for (compiled, written) in compiled.children.iter().zip(&written.children) {
                assert_eq!(compiled, written);
            }
            assert_eq!(compiled, written);
        }

        let mut lists = source.lists.clone();
        lists.sort_by(|a, b| a.name.cmp(&b.name));
        let mut written_lists: Vec<ListSource> =
            written["lists"].as_object().unwrap().iter().map(|(name, choices)| list(name, choices)).collect();
        written_lists.sort_by(|a, b| a.name.cmp(&b.name));
        assert_eq!(lists, written_lists);
    }
}

#[test]
fn constructs_and_sources_survive_for_the_codebook() {
    for (template, written) in [(POST_VISIT, POST_VISIT_WRITTEN), (COMMUNITY, COMMUNITY_WRITTEN)] {
        let definition = definition(template);
        let written: Value = serde_json::from_str(written).unwrap();
        let known: Vec<&str> = definition.sources.iter().map(|source| source.id.as_str()).collect();
        assert_eq!(known.len(), written["sources"].as_object().unwrap().len());
        let items = |section: &Value| array(&section["items"]);
        let written: Vec<Value> = array(&written["sections"]).iter().flat_map(items).collect();
        for item in definition.sections.iter().flat_map(|section| &section.items) {
            let twin = written.iter().find(|twin| twin["id"] == item.id.as_str());
            if let Some(twin) = twin {
                assert_eq!(item.construct, text(&twin["construct"]), "{}", item.id);
                assert_eq!(item.sources.len(), array(&twin["sources"]).len(), "{}", item.id);
            }
            assert!(item.sources.iter().all(|source| known.contains(&source.as_str())), "{}", item.id);
        }
    }
}

#[test]
fn every_index_names_questions_of_the_form() {
    for template in [POST_VISIT, COMMUNITY] {
        let form = sound(&compiled(template));
        assert!(!form.indices.is_empty());
        for index in &form.indices {
            assert_eq!(index.label.templates.len(), 2, "{}", index.id);
            let names: Vec<&String> = match &index.kind {
                IndexKind::Mean { items, minimum_items } => {
                    assert!((1..=items.len()).contains(minimum_items), "{}", index.id);
                    items.iter().collect()
                }
                IndexKind::Priorities { items } | IndexKind::Any { items } | IndexKind::Ranked { items } => {
                    items.iter().collect()
                }
                IndexKind::Paired { pairs }
                | IndexKind::Reporting { pairs }
                | IndexKind::Incidence { pairs } => {
                    pairs.iter().flat_map(|(first, second)| [first, second]).collect()
                }
                IndexKind::Recommendation { item } | IndexKind::SafeWalking { item } => vec![item],
                IndexKind::Commitments { count, repeat } => vec![count, repeat],
            };
            assert!(!names.is_empty(), "{}", index.id);
            for name in names {
                assert!(form.find(name).is_some(), "{} names {name}", index.id);
            }
        }
    }
}

#[test]
fn the_written_indices_are_all_there_with_their_items() {
    for (template, written) in [(POST_VISIT, POST_VISIT_WRITTEN), (COMMUNITY, COMMUNITY_WRITTEN)] {
        let source = compiled(template);
        let written: Value = serde_json::from_str(written).unwrap();
        for index in array(&written["indices"]) {
            let id = text(&index["id"]);
            let compiled: Vec<_> = source
                .indices
                .iter()
                .filter(|compiled| compiled.id == id || compiled.id.starts_with(&format!("{id}_")))
                .collect();
            assert!(!compiled.is_empty(), "{id}");
            let named: Vec<String> = compiled
                .iter()
                .flat_map(|index| {
                    let pairs =
                        index.pairs.iter().flat_map(|(first, second)| [first.clone(), second.clone()]);
                    index.items.iter().cloned().chain(pairs).collect::<Vec<_>>()
                })
                .collect();
            for item in array(&index["items"]) {
                let (start, end) =
                    item.as_str().unwrap().split_once('*').unwrap_or((item.as_str().unwrap(), ""));
                assert!(
                    named.iter().any(|name| name.starts_with(start) && name.ends_with(end)),
                    "{id} {item}"
                );
            }
            for pair in array(&index["pairs"]) {
                let pair = (text(&pair[0]), text(&pair[1]));
                assert!(compiled.iter().any(|index| index.pairs.contains(&pair)), "{id}");
            }
            if let Some(minimum) =
                text(&index["stat"]).split("(min ").nth(1).filter(|_| index["items"].is_array())
            {
                let minimum: usize = minimum.split(' ').next().unwrap().parse().unwrap();
                assert_eq!(compiled[0].minimum_items, minimum, "{id}");
            }
        }
    }
}

#[test]
fn the_bundled_surveys_are_the_same_on_every_phone() {
    let (visit, form) = bundled_survey(&definition(POST_VISIT)).unwrap();
    assert_eq!(visit.id, "pinellas_panama_exchange");
    assert_eq!((visit.design, visit.expected, visit.minimum_cell), (SamplingDesign::Census, Some(8), 5));
    assert_eq!((visit.form.id.as_str(), &visit.form.version), ("post_visit", &form.version));
    assert_eq!(visit.state, SurveyState::Setup);
    assert_eq!(visit.obstacles(), []);

    let (study, _) = bundled_survey(&definition(COMMUNITY)).unwrap();
    assert_eq!(study.id, "community_safety_example");
    assert_eq!((study.design, study.expected), (SamplingDesign::Convenience, None));
    assert_eq!(
        study.obstacles(),
        [Obstacle::HelplineToConfirm("104".to_owned()), Obstacle::HelplineToConfirm("182".to_owned())]
    );
}

#[test]
fn another_event_compiles_without_code() {
    let event = other_event();
    let source = compile(&definition(POST_VISIT), &Subject::Event(event)).unwrap();
    let form = sound(&source);
    for name in ["site_mercado_useful", "site_escuela_adapt", "topic_riego_now", "topic_ferias_before"] {
        assert!(form.find(name).is_some(), "{name}");
    }
    assert!(form.find("site_drug_court").is_none());
    let sites = source.lists.iter().find(|list| list.name == "sites").unwrap();
    let names: Vec<&str> = sites.choices.iter().map(|choice| choice.name.as_str()).collect();
    assert_eq!(names, ["mercado", "escuela", "cancha", "none"]);
    let count = |id| source.nodes.iter().find(|page| page.name == id).unwrap().children.len();
    assert_eq!(count("s_sites"), 1 + 3 + 2);
    let calculation = |name| {
        source.nodes.iter().find(|node| node.name == name).map(|node| node.calculation.as_str()).unwrap()
    };
    assert_eq!(calculation("event_wave"), "'followup'");
    assert_eq!(calculation("event_expected"), "31");
    assert_eq!(calculation("event_committee"), "0");
}

#[test]
fn another_study_compiles_without_code_and_reads_well() {
    let source = compile(&definition(COMMUNITY), &Subject::Study(other_study())).unwrap();
    let form = sound(&source);
    let label = |name: &str, language: usize| {
        let id = form.find(name).unwrap();
        form.node(id).unwrap().label.plain(language)
    };
    for (name, es, en) in [
        (
            "intro_note",
            "La organiza la Alcaldía de Boquete y sirve",
            "organized by the Municipality of Boquete and",
        ),
        ("not_a_report_note", "llame al 911.", "call 911."),
        ("trend", "En los últimos 6 meses, la", "In the last 6 months, crime"),
        (
            "vic_note",
            "de los últimos 6 meses: desde … hasta hoy",
            "about the last 6 months: from … until today",
        ),
        ("vic_sexual", "En esos 6 meses,", "In those 6 months,"),
        ("police_presence", "¿Cada cuánto ve al Servicio de Vigilancia", "do you see the Watch Service in"),
        (
            "police_trust",
            "¿cuánto confía en el Servicio de Vigilancia?",
            "how much do you trust the Watch Service?",
        ),
        ("committee_aware", "¿Había oído de la Mesa de Seguridad?", "Had you heard of the Safety Table?"),
        (
            "help_note",
            "Línea de emergencias 911; Apoyo 155 (24 horas); Centro de salud 730-1111.",
            "Emergency line 911; Support 155 (24 hours); Health center 730-1111.",
        ),
        ("end_note", "puede llamar al 155, al 730-1111 o al 911.", "you can call 155, 730-1111 or 911."),
        ("times_theft", "¿Cuántas veces le pasó en esos 6 meses? (hurto)", "in those 6 months? (theft)"),
    ] {
        assert!(label(name, 0).contains(es), "{name}: {}", label(name, 0));
        assert!(label(name, 1).contains(en), "{name}: {}", label(name, 1));
    }
    let reported = source.lists.iter().find(|list| list.name == "reported").unwrap();
    assert_eq!(reported.choices[0].label[0], "Sí, al Servicio de Vigilancia o a la DIJ");
    let areas = source.lists.iter().find(|list| list.name == "areas").unwrap();
    let names: Vec<&str> = areas.choices.iter().map(|choice| choice.name.as_str()).collect();
    assert_eq!(names, ["bajo_boquete", "alto_boquete", "other_boquete"]);
    assert!(
        areas.choices.iter().all(|choice| choice.columns == [("district".to_owned(), "boquete".to_owned())])
    );
    let calculation = |name| &source.nodes.iter().find(|node| node.name == name).unwrap().calculation;
    assert!(calculation("ref_start").contains("- 183)"));
    assert_eq!(calculation("study_sensitive"), "0");
}

#[test]
fn a_reference_period_of_one_month_is_said_in_days() {
    let study = Study { months: 1, ..other_study() };
    let source = compile(&definition(COMMUNITY), &Subject::Study(study)).unwrap();
    let form = sound(&source);
    let trend = form.node(form.find("trend").unwrap()).unwrap();
    assert!(trend.label.plain(0).starts_with("En los últimos 30 días,"));
    assert!(trend.label.plain(1).starts_with("In the last 30 days,"));
}

#[test]
fn the_version_changes_with_what_people_read_and_only_then() {
    let post_visit = definition(POST_VISIT);
    let event = bundled_event(&post_visit).unwrap();
    let version = |event: &Event| compile(&post_visit, &Subject::Event(event.clone())).unwrap().version;
    assert_eq!(version(&event), version(&event.clone()));
    let mut renamed = event.clone();
    renamed.sites[0].label.en.push('!');
    let follow_up = Event { wave: EventWave::FollowUp, ..event.clone() };
    assert_ne!(version(&event), version(&renamed));
    assert_ne!(version(&event), version(&follow_up));

    let community = definition(COMMUNITY);
    let study = bundled_study(&community).unwrap();
    let mut confirmed = study.clone();
    confirmed.helplines.iter_mut().for_each(|line| line.confirmed = true);
    let version = |study: Study| compile(&community, &Subject::Study(study)).unwrap().version;
    assert_eq!(version(study), version(confirmed));
}

#[test]
fn names_that_look_like_holes_stay_names() {
    let definition = definition(POST_VISIT);
    let mut event = bundled_event(&definition).unwrap();
    event.sites[0].label = Bilingual { es: "{value} ${x}".to_owned(), en: "{label}".to_owned() };
    let form = Form::build(&compile(&definition, &Subject::Event(event)).unwrap()).unwrap();
    let grid = form.node(form.find("site_drug_court").unwrap()).unwrap();
    assert_eq!(grid.label.plain(0), "{value} $ {x}");
    assert_eq!(grid.label.plain(1), "{label}");
    assert_eq!(grid.label.holes().count(), 0);
}

#[test]
fn an_event_or_study_that_makes_no_form_is_told_why_all_at_once() {
    use CompileProblemKind::*;
    let named = |value: &str, es: &str| Named { value: value.to_owned(), label: words(es, "X") };
    let problems = |definition: &Definition, subject: Subject| -> Vec<(String, CompileProblemKind)> {
        let problems = compile(definition, &subject).unwrap_err();
        problems.into_iter().map(|problem| (problem.name, problem.kind)).collect()
    };
    let event = Event {
        sites: vec![named("best", "A"), named("none", "B"), named("dos sitios", "C"), named("sin", " ")],
        topics: vec![named("x", "X"), named("x", "Y")],
        ..other_event()
    };
    let found = problems(&definition(POST_VISIT), Subject::Event(event));
    for expected in [
        ("site_best", Twice),
        ("none", Twice),
        ("dos sitios", Value),
        ("sin", Unnamed),
        ("topic_x_now", Twice),
    ] {
        assert!(found.contains(&(expected.0.to_owned(), expected.1)), "{expected:?} in {found:?}");
    }
    let study = Study {
        areas: vec![Area { named: named("a1", "A"), district: "elsewhere".to_owned() }],
        helplines: Vec::new(),
        months: 0,
        police: Bilingual::default(),
        ..other_study()
    };
    let found = problems(&definition(COMMUNITY), Subject::Study(study));
    for expected in [("a1", NoDistrict), ("otro", NoHelpline), ("otro", NoMonths), ("police", Unnamed)] {
        assert!(found.contains(&(expected.0.to_owned(), expected.1)), "{expected:?} in {found:?}");
    }
    let found = problems(&definition(COMMUNITY), Subject::Event(other_event()));
    assert!(found.contains(&("community_safety".to_owned(), WrongSubject)));
}

/// Builds, and nothing of the template is left in it.
fn sound(source: &FormSource) -> Form {
    let form = Form::build(source).unwrap();
    let json = sondeo::survey::wire::form_to_json(source);
    let pattern = regex_lite::Regex::new(r"(^|[^$])\{[a-z_]+\}").unwrap();
    assert_eq!(pattern.find(&json).map(|found| found.as_str()), None);
    let filters = form.lists.iter().filter_map(|list| list.filter.as_ref());
    for (_, node) in form.iter() {
        let expressions = [&node.relevant, &node.constraint, &node.calculation];
        let expressions = expressions.into_iter().flatten();
        for expression in expressions.chain(node.label.holes()).chain(filters.clone()) {
            for reference in expression.references() {
                if let Reference::Name(name) = reference {
                    assert!(form.find(name).is_some(), "{} asks for {name}", node.name);
                }
            }
        }
    }
    form
}

fn other_event() -> Event {
    let named = |value: &str, es: &str, en: &str| Named { value: value.to_owned(), label: words(es, en) };
    Event {
        id: "feria".to_owned(),
        name: words("Feria", "Fair"),
        programme: String::new(),
        host: words("Anfitrión", "Host"),
        start: None,
        end: None,
        expected: 31,
        wave: EventWave::FollowUp,
        follow_up: true,
        committee: false,
        delegations: vec![named("uno", "Uno", "One")],
        sites: vec![
            named("mercado", "Mercado", "Market"),
            named("escuela", "Escuela", "School"),
            named("cancha", "Cancha", "Court"),
        ],
        topics: vec![named("riego", "Riego", "Irrigation"), named("ferias", "Ferias", "Fairs")],
    }
}

fn other_study() -> Study {
    let boquete = |value: &str, es: &str| Area {
        named: Named { value: value.to_owned(), label: words(es, es) },
        district: "boquete".to_owned(),
    };
    let line = |es: &str, en: &str, number: &str| Helpline {
        name: words(es, en),
        number: number.to_owned(),
        confirmed: true,
    };
    Study {
        id: "otro".to_owned(),
        name: words("Otro", "Other"),
        sponsor: words("la Alcaldía de Boquete", "the Municipality of Boquete"),
        police: words("el Servicio de Vigilancia", "the Watch Service"),
        committee: words("la Mesa de Seguridad", "the Safety Table"),
        months: 6,
        sensitive: false,
        wave: 2,
        districts: vec![Named { value: "boquete".to_owned(), label: words("Boquete", "Boquete") }],
        areas: vec![boquete("bajo_boquete", "Bajo Boquete"), boquete("alto_boquete", "Alto Boquete")],
        helplines: vec![
            line("Línea de emergencias", "Emergency line", "911"),
            line("Apoyo (24 horas)", "Support (24 hours)", "155"),
            line("Centro de salud", "Health center", "730-1111"),
        ],
    }
}

fn words(es: &str, en: &str) -> Bilingual {
    Bilingual { es: es.to_owned(), en: en.to_owned() }
}

/// A node as its author wrote it; `list` is the grid's for a row.
fn node(item: &Value, list: &str, section_sensitive: bool) -> NodeSource {
    let kind = text(&item["type"]);
    let own_list = text(&item["list"]);
    let sensitive = section_sensitive || item["sensitive"] == true;
    let constraint = text(&item["constraint"]);
    let longest: Option<u32> =
        constraint.strip_prefix("string-length(.) <= ").map(|longest| longest.parse().unwrap());
    NodeSource {
        name: text(&item["id"]),
        kind: match kind.as_str() {
            "" | "single" | "scale" => "select_one",
            "multiple" => "select_multiple",
            "number" => "integer",
            same => same,
        }
        .to_owned(),
        list: if list.is_empty() { own_list.clone() } else { list.to_owned() },
        label: texts(&item["label"]),
        hint: texts(&item["hint"]),
        relevant: text(&item["relevant"]),
        required: if item["required"] == true { "true()".to_owned() } else { String::new() },
        constraint,
        constraint_message: texts(&item["constraint_message"]),
        calculation: text(&item["calculation"]),
        choice_filter: text(&item["choice_filter"]),
        repeat_count: text(&item["repeat_count"]),
        appearance: match kind.as_str() {
            "scale" => "scale",
            "text" if longest.is_some_and(|longest| longest > 300) => "multiline",
            _ => "",
        }
        .to_owned(),
        sensitive,
        children: array(&item["items"])
            .iter()
            .map(|inner| node(inner, "", sensitive))
            .chain(array(&item["rows"]).iter().map(|row| node(row, &own_list, sensitive)))
            .collect(),
        ..NodeSource::default()
    }
}

fn list(name: &str, choices: &Value) -> ListSource {
    let choices = array(choices);
    let choices = choices.iter().map(|choice| ChoiceSource {
        name: text(&choice["value"]),
        label: texts(&choice["label"]),
        role: text(&choice["role"]),
        score: choice["score"].as_f64(),
        columns: choice["district"]
            .as_str()
            .map(|d| ("district".to_owned(), d.to_owned()))
            .into_iter()
            .collect(),
    });
    ListSource { name: name.to_owned(), from: String::new(), choices: choices.collect() }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn texts(value: &Value) -> Vec<String> {
    if value.is_null() { Vec::new() } else { vec![text(&value["es"]), text(&value["en"])] }
}

fn array(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}
