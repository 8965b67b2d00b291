//! Waves beside each other, and commitments as a plan.

use proptest::prelude::*;
use sondeo::form::Form;
use sondeo::summary::{Measure, Summary, Verdict, View, WaveChange, compare, summarize, work_plan};
use sondeo::survey::SamplingDesign;

use crate::made::{STUDY, VISIT, made, made_with, rich};
use crate::small::{QUESTIONS, source, survey, table};

fn place(name: &str) -> usize {
    QUESTIONS.iter().position(|(known, _)| *known == name).unwrap()
}

/// So many people of whom so many say yes to the first crime, the two best of the scale, and north.
fn wave(yes: usize, of: usize, design: SamplingDesign) -> Summary {
    let form = Form::build(&source()).unwrap();
    let people: Vec<Vec<usize>> = (0..of)
        .map(|person| {
            let mut answers = vec![9; QUESTIONS.len()];
            answers[place("vic_a")] = usize::from(person >= yes);
            answers[place("overall")] = if person < yes { 3 + person % 2 } else { person % 3 };
            answers[place("district")] = usize::from(person >= yes);
            answers[place("good_a")] = if person < yes { 4 } else { 0 };
            answers[place("good_b")] = if person < yes { 3 } else { 1 };
            answers
        })
        .collect();
    summarize(&form, &survey(design), &table(&form, &people), &View::default())
}

fn find<'a>(changes: &'a [WaveChange], question: &str, choice: &str) -> &'a WaveChange {
    let same = |change: &&WaveChange| {
        change.question == question
            && match &change.measure {
                Measure::Choice { choice: name, .. } => name == choice,
                _ => choice.is_empty(),
            }
    };
    changes.iter().find(same).unwrap_or_else(|| panic!("{question} {choice}"))
}

/// The vector `wave_change_prop`: 38.0 % to 46.3 %, Newcombe 1.5 to 15.0.
#[test]
fn a_change_of_two_random_samples_has_newcombes_interval() {
    let (earlier, later) =
        (wave(152, 400, SamplingDesign::Probability), wave(190, 410, SamplingDesign::Probability));
    let comparison = compare(&earlier, &later);
    assert!(comparison.inferred);
    for (question, choice) in [("vic_a", "yes"), ("overall", ""), ("district", "north")] {
        let change = find(&comparison.changes, question, choice);
        assert_eq!((change.earlier, change.later), ((38.0, 400), (46.3, 410)), "{question}");
        assert_eq!((change.points, change.interval), (8.3, Some((1.5, 15.0))), "{question}");
        assert_eq!(change.verdict, Verdict::Rose);
    }
    let back = compare(&later, &earlier);
    let change = find(&back.changes, "overall", "");
    assert_eq!((change.points, change.interval, change.verdict), (-8.3, Some((-15.0, -1.5)), Verdict::Fell));
    let index = find(&comparison.indices, "quality", "");
    assert_eq!(index.measure, Measure::Mean);
    assert!(
        index.points > 0.0
            && index.interval.is_some_and(|(low, high)| low < index.points && index.points < high)
    );
    let same = compare(&earlier, &wave(155, 410, SamplingDesign::Probability));
    assert_eq!(find(&same.changes, "overall", "").verdict, Verdict::NoClearChange);
}

#[test]
fn nothing_is_inferred_from_waves_that_are_not_both_random() {
    use SamplingDesign::{Census, Convenience, Probability};
    for (first, second) in [(Census, Census), (Convenience, Probability), (Probability, Convenience)] {
        let comparison = compare(&wave(100, 400, first), &wave(300, 400, second));
        assert!(!comparison.inferred && comparison.changes.len() > 3);
        for change in comparison.changes.iter().chain(&comparison.indices) {
            assert_eq!((change.interval, change.verdict), (None, Verdict::NotInferred));
        }
    }
}

#[test]
fn only_what_both_waves_show_is_compared() {
    let many = wave(190, 410, SamplingDesign::Probability);
    let few = wave(2, 8, SamplingDesign::Probability);
    assert!(compare(&few, &many).changes.is_empty(), "counts of few people have no percentage to compare");
    let comparison = rich(STUDY, 400).comparison.unwrap();
    let earlier = made_with(STUDY, 400, 99, |survey| survey.design = SamplingDesign::Probability).summary;
    assert!(comparison.changes.len() > 60 && comparison.indices.len() > 8);
    for change in &comparison.changes {
        let question = earlier.question(&change.question).unwrap();
        assert!(!question.display.is_hidden() && !question.repeated, "{}", change.question);
    }
    assert!(comparison.indices.iter().all(|change| change.question != "sdg_16_1_3c"), "hidden in both");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn a_change_lies_in_its_interval_and_the_verdict_is_its_sign(
        yes in 0usize..100, other in 0usize..100, n in 100usize..300, m in 100usize..300,
    ) {
        let comparison =
            compare(&wave(yes, n, SamplingDesign::Probability), &wave(other, m, SamplingDesign::Probability));
        for change in comparison.changes.iter().chain(&comparison.indices) {
            let (low, high) = change.interval.unwrap();
            prop_assert!(low <= change.points + 0.06 && change.points <= high + 0.06, "{change:?}");
            match change.verdict {
                Verdict::Rose => prop_assert!(low >= 0.0 && change.points > 0.0),
                Verdict::Fell => prop_assert!(high <= 0.0 && change.points < 0.0),
                Verdict::NoClearChange => prop_assert!(low <= 0.0 && high >= 0.0),
                Verdict::NotInferred => prop_assert!(false),
            }
        }
    }
}

#[test]
fn commitments_become_a_plan_of_nobody() {
    let made = made(VISIT, 40, |_| ());
    let plan = made.plan.as_ref().unwrap();
    let list =
        made.form.choices_of(made.form.node(made.form.find("commit_topic").unwrap()).unwrap()).unwrap();
    let order = |name: &str| list.choices.iter().position(|choice| choice.name == name).unwrap();
    let places: Vec<(usize, i32)> = plan
        .rows
        .iter()
        .map(|row| {
            let topic = row.topic.as_ref().map_or(usize::MAX, |(name, _)| order(name));
            (topic, row.due.map_or(i32::MAX, |day| day.days()))
        })
        .collect();
    assert!(places.is_sorted() && plan.rows.len() > 30, "{places:?}");
    assert!(plan.rows.iter().any(|row| row.likely.is_some()) && plan.people <= 40);
    // The order in which people came tells nothing: the other way round it is the same plan.
    let mut reversed = sondeo::summary::Table::with_texts(&made.form);
    made.responses.iter().rev().for_each(|response| reversed.push(&made.form, response));
    let again = work_plan(&made.form, &made.survey, &reversed, &View::default(), &|_| true);
    assert_eq!(again.as_ref(), Some(plan));
}

#[test]
fn a_plan_leaves_out_personal_data_and_small_groups() {
    let made_of = |count| made(VISIT, count, |_| ());
    let made = made_of(40);
    let table = made.table();
    let whole = made.plan.as_ref().unwrap();
    let long = whole.rows[0].text.clone();
    let plan = work_plan(&made.form, &made.survey, &table, &View::default(), &|text| text != long).unwrap();
    assert_eq!(plan.left_out, whole.rows.iter().filter(|row| row.text == long).count());
    assert_eq!(plan.rows.len() + plan.left_out, whole.rows.len());
    assert_eq!(plan.people, whole.people);
    assert_eq!(made_of(4).plan, None);
    assert_eq!(self::made(STUDY, 40, |_| ()).plan, None);
    let mut without_texts = sondeo::summary::Table::new(&made.form);
    made.responses.iter().for_each(|response| without_texts.push(&made.form, response));
    assert_eq!(work_plan(&made.form, &made.survey, &without_texts, &View::default(), &|_| true), None);
    let view = View::from_query("f.participation=host");
    assert_eq!(work_plan(&made.form, &made.survey, &table, &view, &|_| true), None, "too few hosts");
}
