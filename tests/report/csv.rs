//! Responses as CSV, to the byte.

use sondeo::form::DateTime;
use sondeo::response::Answer;

use crate::small::{STUDY, VISIT, behind, choice, choices, examples, form, random_responses, response, text};
use crate::{analyst, csv_cells, csv_text};

#[test]
fn the_csv_of_a_few_awkward_answers() {
    let form = form();
    let rows = [
        response(
            9,
            vec![
                ("page/district", choice("no")),
                ("page/colour", choice("yes")),
                ("page/many", choices(&["yes", "no"])),
                ("page/order", choices(&["dk", "yes"])),
                ("page/grid/row_a", choice("never")),
                ("page/number", Answer::Decimal(-0.5)),
                ("page/times", Answer::Integer(-3)),
                ("page/day", Answer::from_text(sondeo::form::QuestionKind::Date, "2026-02-01").unwrap()),
                ("page/moment", Answer::DateTime(DateTime::parse("2026-03-05T10:00", -300).unwrap())),
                ("page/words", text("=HYPERLINK(\"x\")")),
                ("page/plans[1]/plan", text("+1 & más")),
                ("page/plans[1]/steps[1]/step", text("a")),
                ("page/plans[2]/plan", text("uno,\r\ndos \"tres\"")),
                ("page/plans[2]/steps[1]/step", text("b")),
            ],
        ),
        response(
            8,
            vec![
                ("page/colour", Answer::Empty),
                ("page/many", choices(&["yes", "mars"])),
                ("page/order", Answer::Empty),
                ("page/grid/row_a", choice("venus")),
                ("page/number", Answer::Empty),
                ("page/times", Answer::Integer((1 << 53) + 1)),
                ("page/plans[1]/plan", Answer::Empty),
                ("page/plans[1]/sure", choice("3")),
                ("colour", text("azul")),
            ],
        ),
    ];
    let csv = csv_text(&form, false, analyst(), &rows).replace('\r', "␍");
    expect_test::expect![[r#"
        ﻿id,survey,wave,form_version,language,started,finished,example,district,gender,women,page/colour,many,many/yes,many/no,many/dk,order,order/yes,order/no,order/dk,row_a,row_b,number,times,day,hour,moment,words,plans[1]/plan,plans[1]/sure,plans[2]/plan,plans[2]/sure,plans/steps[1]/step,plans/steps[2]/step,vic,told,colour␍
        08080808080808080808080808080808,survey,1,2,es,2026-03-04,2026-03-05,0,,,,NA,yes mars,1,0,0,NA,NA,NA,NA,venus,,NA,9007199254740993,,,,,NA,3,,,,,,,azul␍
        09090909090909090909090909090909,survey,1,2,es,2026-03-04,2026-03-05,0,no,,,yes,yes no,1,1,0,dk yes,2,NA,1,never,,-0.5,-3,2026-02-01,,2026-03-05T10:00:00.000-05:00,"'=HYPERLINK(""x"")",'+1 & más,,"uno,␍
        dos ""tres""",,a,b,,,␍
    "#]].assert_eq(&csv);
    let labelled = csv_text(&form, true, analyst(), &rows).replace('\r', "␍");
    expect_test::expect![[r#"
        08080808080808080808080808080808,survey,1,2,es,2026-03-04,2026-03-05,0,,,,NA,Sí; mars,1,0,0,NA,NA,NA,NA,venus,,NA,9007199254740993,,,,,NA,'=Mucho,,,,,,,azul␍
        09090909090909090909090909090909,survey,1,2,es,2026-03-04,2026-03-05,0,No,,,Sí,Sí; No,1,1,0,No sé; Sí,2,NA,1,Nunca lo hago,,-0.5,-3,2026-02-01,,2026-03-05T10:00:00.000-05:00,"'=HYPERLINK(""x"")",'+1 & más,,"uno,␍
        dos ""tres""",,a,b,,,␍
    "#]].assert_eq(labelled.split_once("␍\n").unwrap().1);
}

#[test]
fn every_cell_of_a_csv_is_the_answer_that_was_given() {
    let (_, study, study_responses) = examples(STUDY, 60);
    let (_, visit, visit_responses) = examples(VISIT, 30);
    let odd = form();
    let odd_responses = random_responses(&odd, 150, 1);
    let mut compared = 0;
    for (form, responses) in [(&*study, study_responses), (&*visit, visit_responses), (&odd, odd_responses)] {
        let cells = csv_cells(&csv_text(form, false, analyst(), &responses));
        let header = &cells[0];
        assert_eq!(cells.len(), responses.len() + 1);
        for row in &cells[1..] {
            let response = responses.iter().find(|response| response.id.to_text() == row[0]).unwrap();
            for (name, cell) in header.iter().zip(row).skip(8) {
                assert_eq!(*cell, expected(form, response, name), "{name} of {}", row[0]);
                compared += 1;
            }
        }
    }
    assert!(compared > 10_000, "{compared}");
}

/// What stands in a cell, from the answer itself.
fn expected(form: &sondeo::form::Form, response: &sondeo::response::Response, name: &str) -> String {
    match behind(form, response, name) {
        (None, _) => String::new(),
        (Some(Answer::Empty), _) => "NA".to_owned(),
        (Some(Answer::Choices(names)), Some(part)) => {
            let place = names.iter().position(|name| *name == part);
            let ranked = name.starts_with("order/") || name.starts_with("topic_rank/");
            match (ranked, place) {
                (true, place) => place.map_or("NA".to_owned(), |place| (place + 1).to_string()),
                (false, place) => u8::from(place.is_some()).to_string(),
            }
        }
        (Some(Answer::Integer(number)), _) => number.to_string(),
        (Some(Answer::Decimal(number)), _) => number.to_string(),
        (Some(answer), _) => {
            let text = answer.to_text();
            if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
        }
    }
}
