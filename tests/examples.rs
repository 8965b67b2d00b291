//! Made-up responses: real fillings of the two built-in forms, plausible, marked, and the same for the same seed.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::rc::Rc;

use sondeo::engine::Answer;
use sondeo::form::{Date, Form, QuestionKind};
use sondeo::instrument::{bundled_survey, definition_from_json};
use sondeo::job::examples;
use sondeo::response::Response;
use sondeo::response::wire::response_to_json;
use sondeo::survey::{Subject, Survey};

const POST_VISIT: &str = include_str!("../public/instruments/post_visit.json");
const COMMUNITY: &str = include_str!("../public/instruments/community_safety.json");

fn bundled(text: &str) -> (Rc<Form>, Survey) {
    let (survey, source) = bundled_survey(&definition_from_json(text).unwrap()).unwrap();
    (Rc::new(Form::build(&source).unwrap()), survey)
}

fn made_up((form, survey): &(Rc<Form>, Survey), count: usize, seed: u64) -> Vec<Response> {
    examples(form, survey, count, seed, today(), matches).unwrap()
}

fn today() -> Date {
    Date::new(2026, 11, 23).unwrap()
}

fn matches(pattern: &str, text: &str) -> Option<bool> {
    let whole = regex_lite::Regex::new(&format!("^(?:{pattern})$")).ok()?;
    Some(whole.is_match(text))
}

fn answers<'a>(responses: &'a [Response], name: &str) -> Vec<&'a Answer> {
    let ends = format!("/{name}");
    let all = responses.iter().flat_map(|response| &response.answers);
    all.filter(|(path, _)| path.ends_with(&ends)).map(|(_, answer)| answer).collect()
}

fn share(answers: &[&Answer], name: &str) -> f64 {
    let chosen = answers.iter().filter(|answer| answer.to_text() == name).count();
    chosen as f64 / answers.len() as f64
}

#[test]
fn every_made_up_response_is_finished_marked_and_consenting() {
    for (text, count) in [(POST_VISIT, 8), (COMMUNITY, 400)] {
        let bundled = bundled(text);
        let responses = made_up(&bundled, count, 1);
        assert_eq!(responses.len(), count);
        let ids: BTreeSet<_> = responses.iter().map(|response| response.id).collect();
        assert_eq!(ids.len(), count);
        assert!(answers(&responses, "consent").iter().all(|answer| answer.to_text() == "yes"));
        assert_eq!(answers(&responses, "consent").len(), count);
        for response in &responses {
            assert!(response.example);
            assert_eq!((&response.form, &response.survey), (&bundled.1.form, &bundled.1.id));
            assert!(response.started <= response.finished && response.finished <= today());
            assert!(response.started >= today().add_days(-31));
        }
        let spanish = responses.iter().filter(|response| response.language == "es").count();
        assert!((count / 2..count).contains(&spanish), "{spanish} of {count} in Spanish");
    }
}

#[test]
fn every_answer_is_one_the_question_can_hold_and_offers() {
    for (text, count) in [(POST_VISIT, 8), (COMMUNITY, 60)] {
        let bundled = bundled(text);
        for (path, answer) in made_up(&bundled, count, 2).iter().flat_map(|response| &response.answers) {
            let name = path.rsplit('/').next().unwrap();
            let node = bundled.0.node(bundled.0.find(name).unwrap()).unwrap();
            let offered = |name: &String| bundled.0.choices_of(node).unwrap().choice(name).is_some();
            let fits = match (node.kind.question().unwrap(), answer) {
                (_, Answer::Empty) => true,
                (QuestionKind::SelectOne(_), Answer::Choice(name)) => offered(name),
                (QuestionKind::SelectMultiple(_) | QuestionKind::Rank(_), Answer::Choices(names)) => {
                    names.iter().all(offered)
                }
                (QuestionKind::Integer, Answer::Integer(_)) | (QuestionKind::Date, Answer::Date(_)) => true,
                (QuestionKind::Text, Answer::Text(text)) => {
                    text.starts_with("Ejemplo: ") || text.starts_with("Example: ")
                }
                _ => false,
            };
            assert!(fits, "{path}: {answer:?}");
        }
    }
}

#[test]
fn the_same_seed_makes_the_same_bytes_and_another_seed_others() {
    for text in [POST_VISIT, COMMUNITY] {
        let bundled = bundled(text);
        let bytes = |seed| made_up(&bundled, 12, seed).iter().map(response_to_json).collect::<Vec<_>>();
        assert_eq!(bytes(7), bytes(7));
        assert!(bytes(7).iter().zip(bytes(8)).all(|(seven, eight)| *seven != eight));
    }
}

#[test]
fn a_made_up_neighborhood_is_plausible() {
    let bundled = bundled(COMMUNITY);
    let responses = made_up(&bundled, 400, 3);
    for crime in
        ["burglary", "vehicle", "robbery", "theft", "assault", "threat", "extortion", "fraud", "sexual"]
    {
        let asked = answers(&responses, &format!("vic_{crime}"));
        let rate = share(&asked, "yes");
        assert_eq!(asked.len(), 400);
        assert!((0.02..=0.22).contains(&rate), "{crime}: {rate}");
        let victims = asked.iter().filter(|answer| answer.to_text() == "yes").count();
        assert_eq!(answers(&responses, &format!("rep_{crime}")).len(), victims);
    }
    let mut skipped = 0;
    for item in ["safe_night", "worry_home", "prob_drugs", "police_trust", "pj_respect", "co_help"] {
        let asked = answers(&responses, item);
        let unsure = share(&asked, "dk");
        assert!(unsure > 0.0 && unsure < 0.12, "{item}: {unsure} do not know");
        let kinds: BTreeSet<String> = asked.iter().map(|answer| answer.to_text()).collect();
        assert!(kinds.len() >= 5, "{item}: {kinds:?}");
        skipped += asked.iter().filter(|answer| answer.is_empty()).count();
    }
    assert!(skipped > 0);
    for district in ["colon", "san_miguelito"] {
        assert!(share(&answers(&responses, "district"), district) > 0.2, "{district}");
    }
    let comments = answers(&responses, "comment");
    assert!((0.2..0.8).contains(&share(&comments, "")));
}

#[test]
fn a_made_up_visit_is_plausible_and_its_repeats_are_filled_in() {
    let bundled = bundled(POST_VISIT);
    assert!(matches!(bundled.1.subject, Subject::Event(_)));
    let responses = made_up(&bundled, 8, 1);
    let counted: i64 = answers(&responses, "commit_count")
        .iter()
        .map(|answer| answer.to_text().parse::<i64>().unwrap())
        .sum();
    assert!(counted >= 4);
    assert_eq!(answers(&responses, "commit_text").len() as i64, counted);
    let mean = |when: &str| {
        let scores: Vec<f64> = ["data", "programs", "narcotics", "community_policing", "reentry", "youth"]
            .iter()
            .flat_map(|topic| answers(&responses, &format!("topic_{topic}_{when}")))
            .filter_map(|answer| answer.to_text().parse().ok())
            .collect();
        scores.iter().sum::<f64>() / scores.len() as f64
    };
    assert!(mean("now") > mean("before") + 0.4, "{} {}", mean("before"), mean("now"));
}
