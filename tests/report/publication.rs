//! What a publication tells and what it does not.

use std::collections::HashMap;

use sondeo::report::file::{Options, Quasi};

use crate::small::{STUDY, choice, examples, form, random_responses, response};
use crate::{csv_cells, csv_text, publication};

#[test]
fn a_publication_has_no_ids_texts_days_or_sensitive_questions() {
    let form = form();
    let responses = random_responses(&form, 200, 3);
    let csv = csv_text(&form, false, publication(), &responses);
    let cells = csv_cells(&csv);
    expect_test::expect!["row survey wave form_version finished example district gender women page/colour many many/yes many/no many/dk order order/yes order/no order/dk row_a row_b number times day plans[1]/sure plans[2]/sure plans[3]/sure"].assert_eq(&cells[0].join(" "));
    for (number, row) in cells[1..].iter().enumerate() {
        assert_eq!(row[0], (number + 1).to_string());
        assert_eq!(row[4].len(), 7, "{}", row[4]);
    }
    for response in &responses {
        assert!(!csv.contains(&response.id.to_text()));
    }
    // Neither a text nor an answer that fits no choice gets through.
    assert!(!csv.contains("plain") && !csv.contains("elsewhere") && !csv.contains("unknown"));
}

#[test]
fn nobody_stands_alone_in_what_is_known_of_people() {
    for (count, seed) in [(30, 1), (40, 2), (200, 3), (1000, 4)] {
        let form = form();
        let responses = random_responses(&form, count, seed);
        check(&csv_cells(&csv_text(&form, false, publication(), &responses)), &["district", "gender"]);
    }
    let (_, form, responses) = examples(STUDY, 400);
    let cells = csv_cells(&csv_text(&form, false, publication(), &responses));
    check(&cells, &["district", "area", "gender", "age"]);
    let count = |wanted: fn(&str, &str) -> bool| {
        let at = |name: &str| cells[0].iter().position(|known| known == name).unwrap();
        let (district, area) = (at("district"), at("area"));
        cells[1..].iter().filter(|row| wanted(&row[district], &row[area])).count()
    };
    let elsewhere = |district: &str, _: &str| district == "other";
    let without_area = |district: &str, area: &str| area.is_empty() && district != "other";
    assert!(count(elsewhere) + count(without_area) < 400 && count(without_area) > 100, "areas go first");
    assert!(count(|district, _| district.is_empty()) < 20, "districts are hardly ever told by the rest");
    let none = Options { quasi: Quasi::Named(Vec::new()), ..publication() };
    let all = csv_cells(&csv_text(&form, false, none, &responses));
    let at = all[0].iter().position(|name| name == "district").unwrap();
    assert!(all[1..].iter().all(|row| !row[at].is_empty()), "with no question named nothing is withheld");
}

/// Whatever is left of what is known of a person is left of three people at least.
fn check(cells: &[Vec<String>], names: &[&str]) {
    let at: Vec<usize> =
        names.iter().map(|name| cells[0].iter().position(|known| known == name).unwrap()).collect();
    let mut sizes: HashMap<Vec<&str>, usize> = HashMap::new();
    for row in &cells[1..] {
        *sizes.entry(at.iter().map(|at| row[*at].as_str()).collect()).or_default() += 1;
    }
    for (class, size) in &sizes {
        assert!(*size >= 3, "{class:?} is {size} people's");
    }
}

#[test]
fn a_question_that_only_some_people_are_asked_is_withheld_with_what_decides_it() {
    let form = form();
    let person = |id: u8, gender: &str| {
        let mut answers = vec![("page/district", choice("yes")), ("page/gender", choice(gender))];
        if gender == "yes" {
            answers.push(("page/women", choice("no")));
        }
        answers.push(("page/colour", choice("yes")));
        response(id, answers)
    };
    let mut responses: Vec<_> = (0..27).map(|id| person(id, "yes")).collect();
    responses.extend((27..29).map(|id| person(id, "no")));
    responses.push(person(29, "dk"));
    let cells = csv_cells(&csv_text(&form, false, publication(), &responses));
    let column = |name: &str| {
        let at = cells[0].iter().position(|known| known == name).unwrap();
        cells[1..].iter().map(|row| row[at].as_str()).collect::<Vec<_>>()
    };
    assert_eq!(column("gender"), [["yes"; 27].as_slice(), &[""; 3]].concat());
    assert_eq!(column("women"), [["no"; 27].as_slice(), &[""; 3]].concat());
    assert!(column("page/colour").iter().all(|colour| *colour == "yes"));
    // Women being rare, that they were asked is withheld too.
    let mut responses: Vec<_> = (0..27).map(|id| person(id, "no")).collect();
    responses.extend([person(27, "yes"), person(28, "dk"), person(29, "dk")]);
    let cells = csv_cells(&csv_text(&form, false, publication(), &responses));
    let at = cells[0].iter().position(|known| known == "women").unwrap();
    assert!(cells[1..].iter().all(|row| row[at].is_empty()));
}
