//! One number everywhere: what the summary says stands in the workbook, in JSON, on the screen and in the report.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use serde_json::Value;
use sondeo::form::Date;
use sondeo::i18n::Language;
use sondeo::job::{FileKind, Job, Outcome};
use sondeo::store::MemoryStore;
use sondeo::summary::{Summary, View};
use sondeo::survey::{Margin, SamplingDesign, Survey, Weighting, WeightingPlan};

use crate::job::done;
use crate::{STUDY, VISIT, examples, summary_of};

fn file(store: &MemoryStore, survey: &Survey, file: FileKind, language: Language) -> Vec<u8> {
    let (view, today) = (View::default(), Date::new(2026, 3, 5).unwrap());
    let job = Job::Export { survey: survey.id.clone(), view, file, language, today };
    done(&job, store).unwrap().1
}

/// Of the workbook's results: (question, answer) to (people, percent).
fn in_workbook(bytes: Vec<u8>) -> BTreeMap<(String, String), (Option<f64>, Option<f64>)> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let name = book.sheet_names().into_iter().find(|name| name == "Resultados" || name == "Results").unwrap();
    let sheet = book.worksheet_range(&name).unwrap();
    let number = |cell: &Data| match cell {
        Data::Float(number) => Some(*number),
        Data::Int(number) => Some(*number as f64),
        _ => None,
    };
    let mut found = BTreeMap::new();
    for row in sheet.rows().skip(1) {
        let key = (row[1].to_string(), row[3].to_string());
        found.entry(key).or_insert((number(&row[4]), number(&row[6])));
    }
    found
}

fn compare_all(store: &MemoryStore, survey: &Survey, summary: &Summary, language: Language) -> usize {
    let workbook = in_workbook(file(store, survey, FileKind::Xlsx, language));
    let json: Value = serde_json::from_slice(&file(store, survey, FileKind::Json, language)).unwrap();
    let report = String::from_utf8(file(store, survey, FileKind::Report, language)).unwrap();
    let screen = Job::Screen { survey: survey.id.clone(), view: View::default(), language };
    let Outcome::Screen(screen) = done(&screen, store).unwrap().0 else { panic!("a screen") };
    let screen: String =
        screen.blocks.iter().flat_map(|block| &block.pieces).map(|(_, markup)| markup.as_str()).collect();
    let hash = json["made"]["hash"].as_str().unwrap();
    assert_eq!(hash.len(), 64);
    assert!(report.contains(hash), "the report was made from the same");
    let mut compared = 0;
    for (question, stored) in summary.questions.iter().zip(json["questions"].as_array().unwrap()) {
        assert_eq!(stored["name"], question.name.as_str());
        let Some(finding) = &question.finding else {
            assert!(
                workbook
                    .keys()
                    .filter(|(name, _)| *name == question.name)
                    .all(|key| workbook[key] == (None, None))
            );
            continue;
        };
        let own = format!(r#"data-result="{}""#, question.name);
        let on_screen = screen.split_once(&own).unwrap_or_else(|| panic!("{own}")).1;
        for row in finding.rows() {
            let label = language.pick(&row.label.es, &row.label.en).clone();
            let cell = workbook[&(question.name.clone(), label)];
            assert_eq!(
                cell,
                (row.count.map(|count| count as f64), row.percent),
                "{} {}",
                question.name,
                row.choice
            );
            let in_row = on_screen.split_once(&format!(r#"data-choice="{}""#, row.choice)).unwrap().1;
            let in_row = in_row.split_once("</tr>").unwrap().0;
            if let Some(count) = row.count {
                assert!(in_row.contains(&format!(r#"data-count="{count}""#)), "{} {in_row}", question.name);
            }
            if let Some(percent) = row.percent {
                let shown =
                    [format!(r#"data-percent="{percent:.1}""#), format!(r#"data-percent="{percent:.0}""#)];
                assert!(
                    shown.iter().any(|shown| in_row.contains(shown)),
                    "{} {percent} {in_row}",
                    question.name
                );
            }
            compared += 1;
        }
    }
    let text = serde_json::to_string(&json).unwrap();
    assert!(text.len() > 1000);
    compared
}

#[test]
fn every_number_is_the_same_on_the_screen_in_the_workbook_in_json_and_in_the_report() {
    let target = |name: &str, share: f64| (name.to_owned(), share);
    let plan = WeightingPlan {
        margins: vec![Margin {
            question: "gender".to_owned(),
            targets: vec![target("woman", 51.0), target("man", 49.0)],
        }],
        ..WeightingPlan::default()
    };
    for (instrument, count, weighted) in
        [(STUDY, 130, false), (STUDY, 130, true), (VISIT, 8, false), (VISIT, 35, false)]
    {
        let (store, survey, _) = examples(instrument, count, |survey| {
            if weighted {
                survey.design = SamplingDesign::Probability;
                survey.weighting = Weighting::of(&plan);
            }
        });
        let summary = summary_of(&store, &survey);
        assert_eq!(summary.weighting.is_some(), weighted);
        for language in Language::ALL {
            assert!(compare_all(&store, &survey, &summary, language) > 50);
        }
    }
}
