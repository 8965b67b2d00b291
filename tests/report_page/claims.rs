//! Findings claim no more than the design allows, and every number in them is the summary's.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::Value;
use sondeo::form::Form;
use sondeo::i18n::Language;
use sondeo::i18n::format::{decimal, integer};
use sondeo::report::findings::{Told, findings};
use sondeo::summary::wire::to_json;
use sondeo::summary::{Comparison, Summary, View, compare, summarize};
use sondeo::survey::{Bilingual, SamplingDesign};

use crate::made::{STUDY, VISIT, made, rich};
use crate::small::{QUESTIONS, source, survey, table};

/// Words that belong to random samples alone, or to nobody.
const OF_SAMPLES: [&str; 10] =
    ["±", "margen", "margin", "confianza", "confidence", "p =", "p <", "población", "population", ", entre "];
const OF_NOBODY: [&str; 2] = ["signific", "demuestra"];

/// Every label of a summary: what a sentence quotes is not the program's claim.
fn labels(summary: &Summary) -> Vec<String> {
    let mut all: Vec<&Bilingual> = vec![&summary.name, &summary.form_title];
    for question in &summary.questions {
        all.push(&question.label);
        all.extend(question.grid.iter().map(|grid| &grid.label));
        all.extend(question.finding.iter().flat_map(|finding| finding.rows()).map(|row| &row.label));
        if let Some(sondeo::summary::Finding::Ranking(ranks)) = &question.finding {
            all.extend(ranks.iter().map(|rank| &rank.label));
        }
    }
    for index in &summary.indices {
        all.push(&index.label);
        if let Some(sondeo::summary::IndexFinding::Priorities { rows, .. }) = &index.finding {
            all.extend(rows.iter().map(|rank| &rank.label));
        }
    }
    for breakdown in &summary.breakdowns {
        all.push(&breakdown.label);
        all.extend(breakdown.groups.iter().map(|group| &group.label));
    }
    let mut texts: Vec<String> =
        all.into_iter().flat_map(|label| [label.es.clone(), label.en.clone()]).collect();
    texts.retain(|text| text.chars().any(char::is_alphabetic));
    // The longest first: a label may hold another.
    texts.sort_by_key(|text| std::cmp::Reverse(text.len()));
    texts
}

fn numbers(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Number(number) => {
            let number = number.as_f64().unwrap().abs();
            into.extend([
                decimal(number, 0),
                decimal(number, 1),
                decimal(number, 2),
                integer(number.round() as i64),
            ]);
        }
        Value::Array(values) => values.iter().for_each(|value| numbers(value, into)),
        Value::Object(members) => members.values().for_each(|value| numbers(value, into)),
        _ => {}
    }
}

fn known_numbers(summary: &Summary, comparison: Option<&Comparison>) -> BTreeSet<String> {
    let mut known = BTreeSet::new();
    numbers(&serde_json::from_str(&to_json(summary)).unwrap(), &mut known);
    for change in comparison.iter().flat_map(|it| it.changes.iter().chain(&it.indices)) {
        known
            .extend([change.earlier.0, change.later.0, change.points.abs()].map(|number| decimal(number, 0)));
        known.extend([change.earlier.1, change.later.1].map(|base| integer(base as i64)));
    }
    known
}

/// What is left of a finding without the words that it quotes.
fn own_words(told: &Told, labels: &[String]) -> String {
    let quoted = regex_lite::Regex::new("«[^»]*»|“[^”]*”").unwrap();
    let text = quoted.replace_all(&told.text, "·").into_owned();
    labels.iter().fold(text, |text, label| text.replace(label, "·"))
}

fn check(summary: &Summary, comparison: Option<&Comparison>) -> Result<usize, TestCaseError> {
    let (labels, known) = (labels(summary), known_numbers(summary, comparison));
    let tenths = regex_lite::Regex::new(
        r"(?:entre |between )?(?:([0-9]+) (?:y|and) )?([0-9]+) (?:de cada 10|in 10)[^(]*\(([0-9]+)",
    )
    .unwrap();
    let scales = regex_lite::Regex::new(
        r"−100 a 100|−100 to 100|9 o 10|9 or 10|de 0 a 6|0 to 6|de 100|of 100|de cada 10|in 10",
    )
    .unwrap();
    let number = regex_lite::Regex::new(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?").unwrap();
    let mut about: BTreeSet<String> = BTreeSet::new();
    let spanish = findings(summary, comparison, Language::Es);
    let english = findings(summary, comparison, Language::En);
    prop_assert!(spanish.len() <= 5);
    prop_assert_eq!(
        spanish.iter().map(|told| &told.about).collect::<Vec<_>>(),
        english.iter().map(|told| &told.about).collect::<Vec<_>>()
    );
    for told in &spanish {
        for name in &told.about {
            prop_assert!(about.insert(name.clone()), "{} twice", name);
        }
    }
    for told in spanish.iter().chain(&english) {
        let text = own_words(told, &labels);
        prop_assert!(told.base >= summary.minimum_cell as usize, "{}", told.text);
        prop_assert!(text.contains(&integer(told.base as i64)), "no base {} in {}", told.base, told.text);
        for word in OF_NOBODY {
            prop_assert!(!text.contains(word), "{}", told.text);
        }
        if summary.design != SamplingDesign::Probability {
            for word in OF_SAMPLES {
                prop_assert!(!text.contains(word), "{word}: {}", told.text);
            }
            prop_assert!(!text.contains("Subió") && !text.contains("Bajó"), "{}", told.text);
        }
        for found in tenths.captures_iter(&text) {
            let percent: i64 = found[3].parse().unwrap();
            let ends = [found.get(1), found.get(2)].into_iter().flatten();
            for end in ends.map(|end| end.as_str().parse::<i64>().unwrap()) {
                prop_assert!((10 * end - percent).abs() <= 6, "{}", told.text);
            }
        }
        let without_tenths =
            regex_lite::Regex::new(r"(?:[0-9]+ (?:y|and) )?[0-9]+ (?:de cada 10|in 10)").unwrap();
        let rest = without_tenths.replace_all(&text, "·");
        let rest = scales.replace_all(&rest, "·");
        for found in number.find_iter(&rest) {
            prop_assert!(known.contains(found.as_str()), "{} in {}", found.as_str(), told.text);
        }
    }
    Ok(spanish.len())
}

#[test]
fn the_instruments_findings_claim_no_more_than_their_design() {
    for instrument in [VISIT, STUDY] {
        for count in [5, 29, 70] {
            for design in [SamplingDesign::Census, SamplingDesign::Convenience, SamplingDesign::Probability] {
                let made = made(instrument, count, |survey| survey.design = design);
                let told = check(&made.summary, None).unwrap();
                assert!(told >= 3, "{count} {design:?}: {told}");
            }
        }
    }
    let rich = rich(STUDY, 400);
    assert!(check(&rich.summary, rich.comparison.as_ref()).unwrap() >= 3);
    let told = findings(&rich.summary, rich.comparison.as_ref(), Language::Es);
    assert!(told.iter().any(|told| told.text.contains("toma anterior")), "{told:?}");
    assert!(told.iter().any(|told| told.text.contains(", entre ")), "{told:?}");
    assert!(findings(&made(STUDY, 4, |_| ()).summary, None, Language::Es).is_empty());
}

#[test]
fn what_a_mayor_reads_first() {
    let texts = |made: &crate::made::Made, language| -> Vec<String> {
        findings(&made.summary, None, language).into_iter().map(|told| told.text).collect()
    };
    let study = texts(&made(STUDY, 400, |_| ()), Language::Es);
    assert!(study[0].starts_with("Víctimas de algún delito: "), "{study:?}");
    assert!(study[1].starts_with("Se siente seguro al caminar a solas de noche"), "{study:?}");
    assert!(
        study.iter().any(|text| text.starts_with("Problemas del barrio: lo más señalado es ")),
        "{study:?}"
    );
    assert!(study.iter().any(|text| text.starts_with("Prioridades de los vecinos: en primer lugar, ")));
    let visit = texts(&made(VISIT, 40, |_| ()), Language::En);
    assert!(visit[0].starts_with("Recommendation score: +"), "{visit:?}");
    assert!(visit[1].starts_with("Knowledge gain: the most was gained in "), "{visit:?}");
    assert!(visit.iter().any(|text| text.starts_with("Commitments: ")), "{visit:?}");
    // Too few for a score or an index: counts, and the caution once on the page instead of in every sentence.
    let small = texts(&made(VISIT, 8, |_| ()), Language::Es);
    assert!(small[0].contains("de 8 personas dieron 9 o 10"), "{small:?}");
    assert!(small.iter().all(|text| !text.contains('%') && !text.contains("cautela")), "{small:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_finding_of_any_survey_claims_more_than_its_design(
        people in prop::collection::vec(prop::collection::vec(0usize..7, QUESTIONS.len()), 0..140),
        others in prop::collection::vec(prop::collection::vec(0usize..4, QUESTIONS.len()), 0..140),
        design in prop_oneof![Just(SamplingDesign::Census), Just(SamplingDesign::Convenience), Just(SamplingDesign::Probability)],
        by: bool,
    ) {
        let form = Form::build(&source()).unwrap();
        let survey = survey(design);
        let view = View { by: if by { vec!["district".to_owned()] } else { Vec::new() }, ..View::default() };
        let summary = summarize(&form, &survey, &table(&form, &people), &view);
        let earlier = summarize(&form, &survey, &table(&form, &others), &view);
        check(&summary, None)?;
        check(&summary, Some(&compare(&earlier, &summary)))?;
    }
}
