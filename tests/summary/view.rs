//! What a view shows: filters, groups side by side, weights and sampling designs, held against plain loops and worked numbers.

use proptest::prelude::*;
use sondeo::form::Form;
use sondeo::form::wire::{ChoiceSource, FormSource, ListSource, NodeSource};
use sondeo::response::Answer;
use sondeo::summary::{
    Breakdown, Display, Filter, Finding, Hiding, Profile, RefusalReason, Row, Summary, View, summarize,
};
use sondeo::survey::{Margin, SamplingDesign, Survey, Weighting, WeightingPlan};

use crate::small::{survey, table};

/// A person's answers to `gender`, `age` and `y`, by position in their lists; 9: skipped.
type Person = [usize; 3];

const LISTS: [(&str, &[&str]); 3] =
    [("gender", &["woman", "man", "other"]), ("age", &["a1", "a2", "a3"]), ("y", &["yes", "no"])];

fn form() -> Form {
    let choice = |name: &&str| ChoiceSource {
        name: (*name).to_owned(),
        label: vec![(*name).to_owned()],
        ..ChoiceSource::default()
    };
    let source = FormSource {
        format: 1,
        id: "form".to_owned(),
        languages: vec!["es".to_owned()],
        nodes: LISTS
            .iter()
            .map(|(name, _)| NodeSource {
                name: (*name).to_owned(),
                kind: "select_one".to_owned(),
                list: (*name).to_owned(),
                ..NodeSource::default()
            })
            .collect(),
        lists: LISTS
            .iter()
            .map(|(name, choices)| ListSource {
                name: (*name).to_owned(),
                from: String::new(),
                choices: choices.iter().map(choice).collect(),
            })
            .collect(),
        ..FormSource::default()
    };
    Form::build(&source).unwrap()
}

fn answers(person: &Person) -> Vec<(String, Answer)> {
    LISTS
        .iter()
        .zip(person)
        .map(|((name, choices), answer)| {
            let answer = choices.get(*answer).map(|name| Answer::Choice((*name).to_owned()));
            ((*name).to_owned(), answer.unwrap_or_default())
        })
        .collect()
}

fn seen(people: &[Person], survey: &Survey, view: &View) -> Summary {
    let form = form();
    summarize(&form, survey, &table(&form, people.iter().map(answers)), view)
}

fn times(cells: &[(usize, usize, usize, usize)]) -> Vec<Person> {
    cells.iter().flat_map(|(gender, age, y, n)| std::iter::repeat_n([*gender, *age, *y], *n)).collect()
}

fn of_gender(names: &[&str]) -> View {
    let choices = names.iter().map(|name| (*name).to_owned()).collect();
    View { filters: vec![Filter::Choices { question: "gender".to_owned(), choices }], ..View::default() }
}

fn side_by_side(profile: Profile) -> View {
    View { by: vec!["gender".to_owned()], profile, ..View::default() }
}

fn rows(summary: &Summary, question: &str) -> Vec<Row> {
    match &summary.question(question).unwrap().finding {
        Some(Finding::OneChoice(rows)) => rows.clone(),
        other => panic!("{other:?}"),
    }
}

fn percent_yes(summary: &Summary) -> f64 {
    rows(summary, "y")[0].percent.unwrap()
}

#[test]
fn a_filter_counts_those_it_names_and_says_how_many_there_are() {
    let people = times(&[(0, 0, 0, 40), (1, 0, 1, 30), (2, 1, 0, 15)]);
    let summary = seen(&people, &survey(), &of_gender(&["woman", "man"]));
    assert_eq!((summary.fieldwork.counted, summary.fieldwork.chosen), (85, 70));
    assert_eq!(rows(&summary, "y").iter().map(|row| row.count.unwrap()).collect::<Vec<_>>(), [40, 30]);
    assert_eq!(summary.view.to_query(), "wave=1&f.gender=woman,man");
}

#[test]
fn a_filter_that_leaves_few_inside_or_outside_shows_nothing() {
    let people = times(&[(0, 0, 0, 40), (1, 0, 1, 29), (2, 1, 0, 4)]);
    let withheld = |view: &View| {
        let summary = seen(&people, &survey(), view);
        assert!(summary.withheld.is_none() || summary.questions.iter().all(|one| one.display.is_hidden()));
        summary.withheld
    };
    assert_eq!(withheld(&of_gender(&["man"])), Some(Hiding::SmallGroup));
    assert_eq!(withheld(&of_gender(&["woman", "man"])), Some(Hiding::FewOutside));
    assert_eq!(withheld(&of_gender(&["woman"])), None);
    assert_eq!(withheld(&of_gender(&["nobody"])), Some(Hiding::SmallGroup));
    let analyst = View { profile: Profile::Analyst, ..of_gender(&["man"]) };
    assert_eq!(withheld(&analyst), None);
    let lost = Filter::Choices { question: "lost".to_owned(), choices: vec!["x".to_owned()] };
    assert_eq!(withheld(&View { filters: vec![lost], ..View::default() }), Some(Hiding::SmallGroup));
}

/// Which people a choice of genders and ages leaves; every bit a choice of its list, all bits: no filter.
fn left(people: &[Person], genders: usize, ages: usize) -> Vec<bool> {
    let holds = |bits: usize, answer: usize| bits == 7 || (answer < 3 && bits >> answer & 1 == 1);
    people.iter().map(|[gender, age, _]| holds(genders, *gender) && holds(ages, *age)).collect()
}

fn by_bits(genders: usize, ages: usize) -> View {
    let filter = |(question, bits): (usize, usize)| {
        let (name, choices) = LISTS[question];
        let choices = choices.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1);
        let choices = choices.map(|(_, choice)| (*choice).to_owned()).collect();
        (bits != 7).then_some(Filter::Choices { question: name.to_owned(), choices })
    };
    View { filters: [(0, genders), (1, ages)].into_iter().filter_map(filter).collect(), ..View::default() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// An attacker who makes every view there is and subtracts those that lie in one another, in twos and threes.
    #[test]
    fn views_that_are_shown_never_differ_by_a_few(cells in prop::collection::vec(0_usize..60, 16)) {
        let group = |(at, n): (usize, &usize)| (if at / 4 == 3 { 9 } else { at / 4 }, if at % 4 == 3 { 9 } else { at % 4 }, 0, *n);
        let people = times(&cells.iter().enumerate().map(group).collect::<Vec<_>>());
        let mut shown: Vec<Vec<bool>> = Vec::new();
        for (genders, ages) in (1..8).flat_map(|genders| (1..8).map(move |ages| (genders, ages))) {
            let summary = seen(&people, &survey(), &by_bits(genders, ages));
            if summary.withheld.is_none() {
                shown.push(left(&people, genders, ages));
            }
        }
        prop_assert!(!shown.is_empty());
        let differ = |whole: &[bool], part: &[bool]| -> Option<Vec<bool>> {
            let lies_in = whole.iter().zip(part).all(|(whole, part)| *whole || !part);
            lies_in.then(|| whole.iter().zip(part).map(|(whole, part)| *whole && !part).collect())
        };
        let enough = |rest: &[bool]| {
            let few = rest.iter().filter(|left| **left).count();
            few == 0 || few >= 10
        };
        for whole in &shown {
            for part in &shown {
                let Some(rest) = differ(whole, part) else { continue };
                prop_assert!(enough(&rest), "{} people stand alone", rest.iter().filter(|left| **left).count());
                for third in &shown {
                    if let Some(rest) = differ(&rest, third) {
                        prop_assert!(enough(&rest), "three views tell a few apart");
                    }
                }
            }
        }
    }
}

#[test]
fn one_small_group_is_not_hidden_alone() {
    let people = times(&[(0, 0, 0, 25), (0, 0, 1, 25), (1, 0, 0, 20), (1, 0, 1, 20), (2, 0, 0, 12)]);
    let displays = |profile| {
        let breakdown = seen(&people, &survey(), &side_by_side(profile)).breakdowns.remove(0);
        breakdown.groups.into_iter().map(|group| (group.base, group.display)).collect::<Vec<_>>()
    };
    let hidden = |reason| (None, Display::Hidden { reason });
    assert_eq!(
        displays(Profile::Publication),
        [
            (Some(50), Display::WholePercent { caution: false }),
            hidden(Hiding::Complementary),
            hidden(Hiding::SmallGroup),
        ]
    );
    assert_eq!(displays(Profile::Analyst).iter().filter(|(base, _)| base.is_some()).count(), 3);
}

#[test]
fn groups_of_a_random_sample_are_tested_and_others_are_not() {
    let people = times(&[(0, 0, 0, 30), (1, 0, 0, 55), (0, 0, 1, 60), (1, 0, 1, 40)]);
    let table = |design| {
        let survey = Survey { design, ..survey() };
        let breakdown = seen(&people, &survey, &side_by_side(Profile::Publication)).breakdowns.remove(0);
        breakdown.tables.into_iter().find(|table| table.question == "y").unwrap()
    };
    let tested = table(SamplingDesign::Probability);
    let test = tested.test.unwrap();
    assert_eq!(test.freedom, 1.0);
    assert!(test.chance < 0.01 && test.adjusted >= test.chance, "{test:?}");
    assert_eq!(tested.rows[0].cells[0].stands_out, Some(false));
    assert!(tested.rows[0].cells[0].interval.is_some());
    for design in [SamplingDesign::Census, SamplingDesign::Convenience] {
        let plain = table(design);
        assert_eq!(plain.test, None);
        assert!(plain.rows.iter().flat_map(|row| &row.cells).all(|cell| cell.stands_out.is_none()));
        assert!(plain.rows.iter().flat_map(|row| &row.cells).all(|cell| cell.interval.is_none()));
    }
}

/// The cells of the vector `raking`: gender, age, people, those with a yes.
const RAKING: [(usize, usize, usize, usize); 4] =
    [(0, 0, 90, 50), (0, 1, 110, 80), (1, 0, 40, 10), (1, 1, 60, 24)];

fn raking_sample() -> Vec<Person> {
    let cell = |(gender, age, n, yes): (usize, usize, usize, usize)| {
        [(gender, age, 0, yes), (gender, age, 1, n - yes)]
    };
    times(&RAKING.into_iter().flat_map(cell).collect::<Vec<_>>())
}

fn raked() -> WeightingPlan {
    let margin = |question: &str, targets: &[(&str, f64)]| Margin {
        question: question.to_owned(),
        targets: targets.iter().map(|(name, number)| ((*name).to_owned(), *number)).collect(),
    };
    WeightingPlan {
        margins: vec![
            margin("gender", &[("woman", 510.0), ("man", 490.0)]),
            margin("age", &[("a1", 400.0), ("a2", 600.0)]),
        ],
        ..WeightingPlan::default()
    }
}

#[test]
fn a_sample_is_raked_to_its_population_from_answers_to_intervals() {
    let people = raking_sample();
    let plain = seen(&people, &Survey { design: SamplingDesign::Probability, ..survey() }, &View::default());
    assert_eq!(percent_yes(&plain), 54.7);
    let survey =
        Survey { design: SamplingDesign::Probability, weighting: Weighting::of(&raked()), ..survey() };
    let summary = seen(&people, &survey, &View::default());
    let yes = &rows(&summary, "y")[0];
    assert_eq!((yes.count, yes.percent, yes.interval), (Some(164), Some(50.2), Some((44.3, 56.1))));
    let weighting = summary.weighting.as_ref().unwrap();
    assert!((weighting.design_effect - 1.113392087166542).abs() < 1e-7);
    assert!((weighting.effective - 269.44685835110107).abs() < 1e-4);
    assert!(weighting.refused.is_empty() && !weighting.trimmed);
    // Who did not tell weighs 1 and takes nothing from the others' targets.
    let more: Vec<Person> = people.iter().copied().chain(std::iter::repeat_n([9, 9, 0], 3)).collect();
    let with_unknown = seen(&more, &survey, &View::default());
    assert!(with_unknown.weighting.unwrap().refused.is_empty());
}

#[test]
fn a_margin_that_the_sample_cannot_carry_is_refused_by_name() {
    let mut plan = raked();
    plan.margins[0].targets.push(("other".to_owned(), 20.0));
    let survey = Survey { design: SamplingDesign::Probability, weighting: Weighting::of(&plan), ..survey() };
    let people: Vec<Person> = raking_sample().into_iter().chain(std::iter::repeat_n([2, 0, 0], 4)).collect();
    let weighting = seen(&people, &survey, &View::default()).weighting.unwrap();
    let refused: Vec<_> = weighting.refused.iter().map(|one| (one.question.as_str(), one.reason)).collect();
    assert_eq!(refused, [("gender", RefusalReason::FewRespondents)]);
    assert_eq!(weighting.refused[0].choice.as_ref().unwrap().es, "other");
    assert_eq!(weighting.margins.len(), 1);
}

#[test]
fn people_drawn_in_clusters_tell_less_than_people_drawn_alone() {
    // In each of three clusters everybody answers alike.
    let people: Vec<Person> =
        (0..300).map(|at| [at % 2, at / 10 % 3, usize::from(at / 10 % 3 > 0)]).collect();
    let width = |plan: WeightingPlan| {
        let survey =
            Survey { design: SamplingDesign::Probability, weighting: Weighting::of(&plan), ..survey() };
        let (low, high) = rows(&seen(&people, &survey, &View::default()), "y")[0].interval.unwrap();
        high - low
    };
    let alone = width(WeightingPlan::default());
    let clustered = width(WeightingPlan { clusters: Some("age".to_owned()), ..WeightingPlan::default() });
    assert!(clustered > alone, "{clustered} {alone}");
}

fn some_people() -> impl Strategy<Value = Vec<Person>> {
    let person = (
        prop_oneof![5 => Just(0usize), 4 => Just(1), 1 => Just(2), 1 => Just(9)],
        prop_oneof![6 => Just(0usize), 1 => Just(1), 1 => Just(2), 1 => Just(9)],
        0usize..3,
    );
    prop::collection::vec(person.prop_map(|(gender, age, y)| [gender, age, y]), 30..160)
}

fn check_breakdown(breakdown: &Breakdown, people: &[Person], least: usize) -> Result<(), TestCaseError> {
    for table in &breakdown.tables {
        let at = LISTS.iter().position(|(name, _)| *name == table.question).unwrap();
        for (answer, row) in table.rows.iter().enumerate() {
            for (group, cell) in row.cells.iter().enumerate() {
                let real = people.iter().filter(|person| person[0] == group && person[at] == answer).count();
                if let Some(count) = cell.count {
                    prop_assert_eq!(count, real);
                    prop_assert!(count == 0 || count >= least);
                }
            }
        }
        for (group, base) in table.bases.iter().enumerate() {
            let cells: Vec<_> = table.rows.iter().filter_map(|row| row.cells[group].whole).collect();
            if base.is_some() && cells.len() == table.rows.len() {
                prop_assert_eq!(cells.iter().sum::<u32>(), 100);
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_small_cell_is_shown_and_those_shown_are_right(people in some_people()) {
        let summary = seen(&people, &survey(), &side_by_side(Profile::Publication));
        for breakdown in &summary.breakdowns {
            check_breakdown(breakdown, &people, 5)?;
            let hidden: usize = breakdown.groups.iter().enumerate()
                .filter(|(_, group)| group.base.is_none())
                .map(|(at, _)| people.iter().filter(|person| person[0] == at).count())
                .sum();
            let outside = people.iter().filter(|person| person[0] == 9).count();
            let anything = breakdown.groups.iter().any(|group| group.base.is_some());
            prop_assert!(!anything || hidden + outside == 0 || hidden + outside >= 5);
        }
        let analyst = seen(&people, &survey(), &side_by_side(Profile::Analyst));
        for breakdown in &analyst.breakdowns {
            check_breakdown(breakdown, &people, 1)?;
        }
    }

    #[test]
    fn equal_weights_change_no_number(people in some_people()) {
        let count = |at: usize, answer: usize| people.iter().filter(|person| person[at] == answer).count();
        prop_assume!(count(0, 0) >= 5 && count(0, 1) >= 5);
        let targets = vec![("woman".to_owned(), count(0, 0) as f64), ("man".to_owned(), count(0, 1) as f64)];
        let plan = WeightingPlan { margins: vec![Margin { question: "gender".to_owned(), targets }], ..WeightingPlan::default() };
        let mut weighted = seen(&people, &Survey { weighting: Weighting::of(&plan), ..survey() }, &View::default());
        let plain = seen(&people, &survey(), &View::default());
        let weighting = weighted.weighting.take().unwrap();
        prop_assert!((weighting.design_effect - 1.0).abs() < 1e-9);
        prop_assert_eq!(weighted, plain);
    }
}
