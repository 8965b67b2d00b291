//! A form on paper: everything that can be asked stands there once, with a number, in each language that was asked for.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use sondeo::form::wire::{ChoiceSource, ListSource, NodeSource};
use sondeo::form::{Form, FormSource};
use sondeo::i18n::Language;
use sondeo::instrument::{bundled_survey, definition_from_json};
use sondeo::job::{Job, wire};
use sondeo::report::paper::{numbers, paper};
use sondeo::survey::Survey;

fn built_in(name: &str) -> (Survey, Form) {
    let text = std::fs::read_to_string(format!("public/instruments/{name}.json")).unwrap();
    let (survey, source) = bundled_survey(&definition_from_json(&text).unwrap()).unwrap();
    (survey, Form::build(&source).unwrap())
}

/// What stands in `data-number`, in order.
fn printed(html: &str) -> Vec<usize> {
    let document = roxmltree::Document::parse(html).unwrap_or_else(|error| panic!("{error}"));
    document.descendants().filter_map(|node| node.attribute("data-number")?.parse().ok()).collect()
}

fn words(html: &str) -> String {
    let document = roxmltree::Document::parse(html).unwrap();
    document
        .descendants()
        .filter(|node| node.is_text())
        .filter_map(|node| node.text())
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn each_question_has_a_number_and_stands_on_paper_as_often_as_its_part_does() {
    for name in ["post_visit", "community_safety"] {
        let (survey, form) = built_in(name);
        let html = paper(&form, &survey, &[Language::Es, Language::En]);
        let mut all = printed(&html);
        let wanted = numbers(&form).len();
        assert!(wanted > 20, "{name}: {wanted}");
        all.sort_unstable();
        all.dedup();
        assert_eq!(all, (1..=wanted).collect::<Vec<_>>(), "{name}: without a gap");
    }
}

#[test]
fn both_languages_stand_under_each_other_and_one_alone_has_no_word_of_the_other() {
    let (survey, form) = built_in("post_visit");
    let (es, en) = ("Número de formulario", "Form number");
    let both = words(&paper(&form, &survey, &[Language::Es, Language::En]));
    assert!(both.contains(es) && both.contains(en));
    let one = words(&paper(&form, &survey, &[Language::En]));
    assert!(one.contains(en) && !one.contains(es) && !one.contains("Solo si"));
    assert!(one.contains("Only if"), "routing stands in words");
}

#[test]
fn consent_stands_first_and_what_the_survey_never_asks_is_not_printed() {
    let (survey, form) = built_in("community_safety");
    let numbers = numbers(&form);
    let number =
        |name: &str| numbers.iter().find(|(id, _)| Some(*id) == form.find(name)).map(|(_, number)| *number);
    assert!(number("consent").unwrap() <= 2);
    let (_, visit) = built_in("post_visit");
    let of_visit = sondeo::report::paper::numbers(&visit);
    // Eight people: a delegation would tell who somebody is, and the follow-up is another survey.
    for never in ["delegation", "fu_status"] {
        assert!(of_visit.iter().all(|(id, _)| Some(*id) != visit.find(never)), "{never}");
    }
    let html = paper(&form, &survey, &[Language::Es]);
    assert!(!html.contains("No corresponde a esta encuesta"));
}

fn of_choices(count: usize) -> Form {
    let question = NodeSource {
        name: "one".into(),
        kind: "select_one".into(),
        list: "many".into(),
        label: vec!["¿Cuál <b>?".into()],
        ..NodeSource::default()
    };
    let choice = |n: usize| ChoiceSource {
        name: format!("c{n}"),
        label: vec![format!("Barrio & {n}")],
        ..ChoiceSource::default()
    };
    let lists = vec![ListSource {
        name: "many".into(),
        from: String::new(),
        choices: (1..=count).map(choice).collect(),
    }];
    Form::build(&FormSource {
        languages: vec!["es".into()],
        nodes: vec![question],
        lists,
        ..FormSource::default()
    })
    .unwrap()
}

#[test]
fn long_lists_go_to_the_end_and_endless_ones_are_answered_in_words() {
    let (survey, _) = built_in("post_visit");
    let sheet = |count| words(&paper(&of_choices(count), &survey, &[Language::Es]));
    let few = sheet(5);
    assert!(few.contains("Marque una.") && few.contains("Barrio & 5") && few.contains("¿Cuál <b>?"));
    let listed = sheet(60);
    assert!(listed.contains("Lista de la pregunta 1") && listed.contains("Barrio & 60"));
    let endless = sheet(3_000);
    assert!(endless.contains("Escriba su respuesta con palabras") && !endless.contains("Barrio & 7"));
}

#[test]
fn the_request_for_paper_is_read_as_it_was_written() {
    let job = Job::Paper { survey: "a".into(), languages: vec![Language::En, Language::Es] };
    assert_eq!(wire::request_from_json(&wire::request_to_json(&job)), Ok(job));
}
