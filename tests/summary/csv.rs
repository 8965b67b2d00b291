//! Responses as CSV, to the byte.

use sondeo::form::Form;
use sondeo::form::wire::{FormSource, NodeSource};
use sondeo::i18n::Language;
use sondeo::job::Job;
use sondeo::response::Answer;
use sondeo::store::{MemoryStore, ResponseStore};
use sondeo::survey::Survey;

use crate::job::{done, wait};
use crate::small::{response, source, survey};
use crate::{STUDY, examples, text_of};

#[test]
fn the_csv_of_a_few_awkward_answers() {
    let (form, survey) = awkward_form();
    let store = MemoryStore::default();
    let choices = |names: &[&str]| Answer::Choices(names.iter().map(|name| (*name).to_owned()).collect());
    let text = |text: &str| Answer::Text(text.to_owned());
    let rows = [
        vec![
            ("page/colour", Answer::Choice("yes".to_owned())),
            ("page/many", choices(&["no", "yes"])),
            ("page/order", choices(&["dk", "yes"])),
            ("page/number", Answer::Integer(-3)),
            ("page/plans[1]/plan", text("=HYPERLINK(\"x\")")),
            ("page/plans[2]/plan", text("uno,\r\ndos \"tres\"")),
        ],
        vec![
            ("page/colour", Answer::Empty),
            ("page/many", Answer::Empty),
            ("page/number", Answer::Decimal(2.5)),
            ("page/plans[1]/plan", text("+1 & más")),
        ],
    ];
    for (number, answers) in rows.into_iter().enumerate() {
        let answers = answers.into_iter().map(|(path, answer)| (path.to_owned(), answer)).collect();
        wait(store.add(&[response(9 - number as u8, answers)])).unwrap();
    }
    wait(store.put_survey(&survey, Some(&awkward_source()))).unwrap();
    let csv = |labels| {
        let job = Job::Csv { survey: survey.id.clone(), labels };
        text_of(done(&job, &store).unwrap()).replace('\r', "␍")
    };
    assert!(form.find("plans").is_some());
    expect_test::expect![[r#"
        ﻿id,survey,wave,form_version,language,started,finished,example,colour,many,many/yes,many/no,many/dk,order,order/yes,order/no,order/dk,number,plans[1]/plan,plans[2]/plan␍
        08080808080808080808080808080808,survey,1,,es,2024-10-04,2024-10-04,0,NA,NA,NA,NA,NA,,,,,2.5,'+1 & más,␍
        09090909090909090909090909090909,survey,1,,es,2024-10-04,2024-10-04,0,yes,no yes,1,1,0,dk yes,2,NA,1,-3,"'=HYPERLINK(""x"")","uno,␍
        dos ""tres"""␍
    "#]]
    .assert_eq(&csv(None));
    let labelled = csv(Some(Language::Es));
    assert!(labelled.contains(",Sí,No; Sí,1,1,0,No sé; Sí,2,NA,1,-3,"), "{labelled}");
}

#[test]
fn the_csv_of_the_examples_has_a_row_for_each_in_the_order_of_their_ids() {
    let (store, survey, _) = examples(STUDY, 50, |_| ());
    let job = Job::Csv { survey: survey.id.clone(), labels: Some(Language::En) };
    let csv = text_of(done(&job, &store).unwrap());
    let ids: Vec<&str> =
        csv.split("\r\n").skip(1).filter(|line| !line.is_empty()).map(|line| &line[..32]).collect();
    assert_eq!(ids.len(), 50);
    assert!(ids.is_sorted());
}

fn awkward_source() -> FormSource {
    let node = |name: &str, kind: &str, list: &str, children: Vec<NodeSource>| NodeSource {
        name: name.to_owned(),
        kind: kind.to_owned(),
        list: list.to_owned(),
        children,
        ..NodeSource::default()
    };
    let plans = node("plans", "repeat", "", vec![node("plan", "text", "", Vec::new())]);
    let children = vec![
        node("colour", "select_one", "list", Vec::new()),
        node("many", "select_multiple", "list", Vec::new()),
        node("order", "rank", "list", Vec::new()),
        node("number", "decimal", "", Vec::new()),
        plans,
    ];
    source(vec![node("page", "page", "", children)], Vec::new())
}

fn awkward_form() -> (Form, Survey) {
    (Form::build(&awkward_source()).unwrap(), survey())
}
