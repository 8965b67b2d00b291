//! What a publication tells and what it does not.

use std::collections::HashMap;

use sondeo::report::file::Options;

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
    for (count, seed) in [(6, 1), (40, 2), (200, 3), (1000, 4)] {
        let form = form();
        let responses = random_responses(&form, count, seed);
        check(&csv_cells(&csv_text(&form, false, publication(), &responses)), &["district", "gender"]);
    }
    let (_, form, responses) = examples(STUDY, 400);
    let cells = csv_cells(&csv_text(&form, false, publication(), &responses));
    let blank = check(&cells, &["district", "area", "gender", "age"]);
    assert!((1..400).contains(&blank), "{blank}");
    let none = Options { quasi: Some(Vec::new()), ..publication() };
    let all = csv_cells(&csv_text(&form, false, none, &responses));
    let at = all[0].iter().position(|name| name == "district").unwrap();
    assert!(all[1..].iter().all(|row| !row[at].is_empty()), "with no question named nothing is withheld");
}

/// Every combination is blank or that of three people at least, and so is the blank one; how many are blank.
fn check(cells: &[Vec<String>], names: &[&str]) -> usize {
    let at: Vec<usize> =
        names.iter().map(|name| cells[0].iter().position(|known| known == name).unwrap()).collect();
    let mut sizes: HashMap<Vec<&str>, usize> = HashMap::new();
    for row in &cells[1..] {
        *sizes.entry(at.iter().map(|at| row[*at].as_str()).collect()).or_default() += 1;
    }
    for (class, size) in &sizes {
        let all = *size == cells.len() - 1;
        assert!(*size >= 3 || all, "{class:?} is {size} people's");
    }
    sizes.get(vec![""; names.len()].as_slice()).copied().unwrap_or(0)
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
    let mut responses: Vec<_> = (0..5).map(|id| person(id, "yes")).collect();
    responses.extend((5..7).map(|id| person(id, "no")));
    responses.push(person(7, "dk"));
    let cells = csv_cells(&csv_text(&form, false, publication(), &responses));
    let column = |name: &str| {
        let at = cells[0].iter().position(|known| known == name).unwrap();
        cells[1..].iter().map(|row| row[at].as_str()).collect::<Vec<_>>()
    };
    assert_eq!(column("gender"), ["yes", "yes", "yes", "yes", "yes", "", "", ""]);
    assert_eq!(column("women"), ["no", "no", "no", "no", "no", "", "", ""]);
    assert!(column("page/colour").iter().all(|colour| *colour == "yes"));
    // Women being rare, that they were asked is withheld too.
    let mut responses: Vec<_> = (0..5).map(|id| person(id, "no")).collect();
    responses.extend([person(5, "yes"), person(6, "dk"), person(7, "dk")]);
    let cells = csv_cells(&csv_text(&form, false, publication(), &responses));
    let at = cells[0].iter().position(|known| known == "women").unwrap();
    assert!(cells[1..].iter().all(|row| row[at].is_empty()));
}
