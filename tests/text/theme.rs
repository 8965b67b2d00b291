use std::collections::{BTreeSet, HashSet};

use proptest::prelude::*;
use sondeo::response::FormReference;
use sondeo::summary::text::{
    CodeBook, Coder, Coding, Others, Place, TextAnswer, ThemeTally, Verdict, agreement, tally,
};
use sondeo::summary::{Display, Hiding, Profile};
use sondeo::survey::{Bilingual, SamplingDesign, Study, Subject, Survey, SurveyState, Weighting};

use crate::{person, says};

const THEMES: [&str; 4] = ["a_luz", "b_policia", "c_basura", "d_perros"];

pub(crate) fn survey(minimum_cell: u32) -> Survey {
    let study = Study {
        id: "study".to_owned(),
        name: Bilingual::default(),
        sponsor: Bilingual::default(),
        police: Bilingual::default(),
        committee: Bilingual::default(),
        months: 12,
        sensitive: false,
        wave: 1,
        districts: Vec::new(),
        areas: Vec::new(),
        helplines: Vec::new(),
    };
    Survey {
        id: "survey".to_owned(),
        form: FormReference { id: "form".to_owned(), version: String::new() },
        subject: Subject::Study(study),
        design: SamplingDesign::Census,
        expected: None,
        minimum_cell,
        seal: None,
        retention: None,
        weighting: Weighting::default(),
        state: SurveyState::Closed,
        example: false,
    }
}

pub(crate) fn book() -> CodeBook {
    let mut book = CodeBook { question: "comment".to_owned(), themes: Vec::new() };
    for name in THEMES {
        let label = Bilingual { es: name.to_owned(), en: name.to_owned() };
        assert_eq!(book.add(label, ""), name);
    }
    book
}

fn ids(themes: &[usize]) -> BTreeSet<String> {
    themes.iter().map(|theme| THEMES[*theme].to_owned()).collect()
}

pub(crate) fn place(number: u8) -> Place {
    Place { response: person(number), instance: 1 }
}

/// People 0, 1, 2, ... with the themes that the first coder gave them.
pub(crate) fn coded(people: &[&[usize]]) -> (Vec<TextAnswer<'static>>, Coding) {
    let mut coding = Coding::default();
    for (number, themes) in people.iter().enumerate() {
        coding.put(Coder::First, place(number as u8), Some(ids(themes)));
    }
    ((0..people.len()).map(|number| says(number as u8, "algo")).collect(), coding)
}

fn published(answers: &[TextAnswer<'_>], coding: &Coding) -> ThemeTally {
    tally(&book(), coding, answers, &survey(5), Profile::Publication, false)
}

fn rows(tally: &ThemeTally) -> Vec<(&str, usize, Option<f64>)> {
    tally.rows.iter().map(|row| (row.theme.as_str(), row.answers, row.percent)).collect()
}

#[test]
fn themes_of_too_few_people_are_told_together_or_not_at_all() {
    let people: Vec<&[usize]> = [&[0usize, 1][..]; 6]
        .into_iter()
        .chain([&[0][..]; 8])
        .chain([&[2][..]; 3])
        .chain([&[3][..]; 2])
        .chain([&[][..]; 5])
        .collect();
    let (mut answers, coding) = coded(&people);
    answers.push(says(200, "sin codificar"));
    answers.push(says(201, "  "));
    let found = published(&answers, &coding);
    let base = found.base.unwrap();
    assert_eq!((base.answers, base.coded, base.people), (25, 24, 24));
    assert_eq!(found.display, Display::WholePercent { caution: true });
    assert_eq!(rows(&found), [("a_luz", 14, Some(58.0)), ("b_policia", 6, Some(25.0))]);
    assert_eq!(found.others, Some(Others { themes: 2, told: Some((5, Some(21.0))) }));
    assert_eq!(found.without, Some(5));

    let analyst = tally(&book(), &coding, &answers, &survey(5), Profile::Analyst, false);
    let counts: Vec<usize> = analyst.rows.iter().map(|row| row.answers).collect();
    assert_eq!((counts, analyst.others), (vec![14, 6, 3, 2], None));
}

#[test]
fn a_single_small_theme_is_not_told_under_another_name() {
    let people: Vec<&[usize]> = [&[0][..]; 8].into_iter().chain([&[2][..]; 3]).chain([&[][..]; 6]).collect();
    let (answers, coding) = coded(&people);
    let found = published(&answers, &coding);
    assert_eq!(found.others, Some(Others { themes: 1, told: None }));
    assert_eq!(found.without, None, "17 - 8 - 6 would tell the three");
    let zeros: Vec<&str> =
        found.rows.iter().filter(|row| row.answers == 0).map(|row| row.theme.as_str()).collect();
    assert_eq!(zeros, ["b_policia", "d_perros"]);
}

#[test]
fn little_is_shown_of_few() {
    let (answers, coding) = coded(&[&[0][..]; 4]);
    let found = published(&answers, &coding);
    assert_eq!(found.display, Display::Hidden { reason: Hiding::FewAnswers });
    assert_eq!((found.base, found.rows.len(), found.others, found.without), (None, 0, None, None));
    let (answers, coding) = coded(&[&[0][..]; 8]);
    let found = published(&answers, &coding);
    assert_eq!((found.display, rows(&found)[0]), (Display::CountsOnly, ("a_luz", 8, None)));
}

#[test]
fn answers_of_a_repeat_are_counted_and_their_people_decide() {
    let mut coding = Coding::default();
    let answers: Vec<TextAnswer<'_>> = (0u8..12)
        .map(|number| TextAnswer { instance: u32::from(number % 2) + 1, ..says(number / 2, "algo") })
        .collect();
    for answer in &answers {
        let place = Place { response: answer.response, instance: answer.instance };
        let themes = if answer.response.0[0] < 4 { ids(&[0]) } else { ids(&[1, 2]) };
        coding.put(Coder::First, place, Some(themes));
    }
    let found = published(&answers, &coding);
    assert_eq!(found.base.unwrap().people, 6);
    assert_eq!(found.rows.iter().filter(|row| row.answers > 0).count(), 0, "eight answers, but four people");
    assert_eq!(found.others, Some(Others { themes: 3, told: Some((12, None)) }));
}

#[test]
fn a_retired_theme_is_not_counted() {
    let (answers, coding) = coded(&[&[0][..]; 10]);
    let mut book = book();
    book.edit("a_luz", |theme| theme.retired = true);
    let found = tally(&book, &coding, &answers, &survey(5), Profile::Publication, false);
    assert!(found.rows.iter().all(|row| row.answers == 0));
    assert_eq!(found.without, Some(10));
}

/// 20 by both, 5 by the first alone, 3 by the second alone, 22 by neither: the table of the vector `kappa`.
#[test]
fn two_coders_are_compared_theme_by_theme() {
    let mut coding = Coding::default();
    let answers: Vec<TextAnswer<'_>> = (0u8..60).map(|number| says(number, "algo")).collect();
    for number in 0u8..50 {
        let (first, second) = match number {
            0..20 => (&[0usize, 1][..], &[0usize, 1][..]),
            20..25 => (&[0][..], &[][..]),
            25..28 => (&[][..], &[0][..]),
            _ => (&[][..], &[][..]),
        };
        coding.put(Coder::First, place(number), Some(ids(first)));
        coding.put(Coder::Second, place(number), Some(ids(second)));
    }
    coding.put(Coder::First, place(50), Some(ids(&[0])));
    coding.put(Coder::Second, place(51), Some(ids(&[0])));
    let found = agreement(&book(), &coding, &answers);
    assert_eq!((found.coded, found.double), (52, 50));
    let theme = &found.themes[0];
    assert_eq!((theme.counts, theme.verdict), ([20, 5, 3, 22], Verdict::Disagreed));
    let kappa = theme.kappa.unwrap();
    assert!((kappa.observed - 0.84).abs() < 1e-12 && (kappa.expected - 0.5).abs() < 1e-12);
    assert!((kappa.kappa - 0.68).abs() < 1e-12);
    assert_eq!((found.themes[1].kappa.unwrap().kappa, found.themes[1].verdict), (1.0, Verdict::Agreed));
    assert_eq!((found.themes[2].kappa, found.themes[2].verdict), (None, Verdict::AllAlike));
    assert_eq!((found.lowest, found.verdict), (Some(kappa.kappa), Verdict::Disagreed));
}

#[test]
fn a_fifth_is_to_be_coded_twice() {
    let people: Vec<&[usize]> =
        (0..20).map(|number| if number % 2 == 0 { &[0usize][..] } else { &[] }).collect();
    let (answers, mut coding) = coded(&people);
    assert_eq!(agreement(&book(), &coding, &answers).verdict, Verdict::NotDoubleCoded);
    for number in 0u8..4 {
        let short = agreement(&book(), &coding, &answers);
        assert_eq!(short.verdict, if number == 0 { Verdict::NotDoubleCoded } else { Verdict::TooFew });
        coding.put(Coder::Second, place(number), Some(ids(people[usize::from(number)])));
    }
    let found = agreement(&book(), &coding, &answers);
    assert_eq!((found.double, found.double_percent, found.verdict), (4, 20.0, Verdict::Agreed));
    coding.put(Coder::First, place(0), None);
    let found = agreement(&book(), &coding, &answers);
    assert_eq!((found.coded, found.double, found.verdict), (20, 3, Verdict::TooFew));
}

proptest! {
    #[test]
    fn no_count_of_few_people_is_published(
        people in prop::collection::vec(prop::collection::btree_set(0usize..4, 0..4), 0..60),
        minimum in 5u32..12,
    ) {
        let themes: Vec<Vec<usize>> = people.iter().map(|themes| themes.iter().copied().collect()).collect();
        let slices: Vec<&[usize]> = themes.iter().map(Vec::as_slice).collect();
        let (answers, coding) = coded(&slices);
        let found = tally(&book(), &coding, &answers, &survey(minimum), Profile::Publication, false);
        let least = minimum as usize;
        let having = |theme: usize| people.iter().filter(|themes| themes.contains(&theme)).count();
        if people.len() < least {
            prop_assert!(found.base.is_none() && found.rows.is_empty() && found.others.is_none());
            return Ok(());
        }
        let shown: HashSet<&str> = found.rows.iter().map(|row| row.theme.as_str()).collect();
        let mut few = 0;
        for (theme, name) in THEMES.iter().enumerate() {
            let count = having(theme);
            prop_assert_eq!(shown.contains(name), count == 0 || count >= least);
            few += usize::from(!shown.contains(name));
        }
        for row in &found.rows {
            let theme = THEMES.iter().position(|name| *name == row.theme).unwrap();
            prop_assert_eq!(row.answers, having(theme));
        }
        prop_assert_eq!(found.others.as_ref().map_or(0, |others| others.themes), few);
        if let Some(Others { told: Some((answers, _)), themes }) = found.others {
            prop_assert!(answers >= least && themes > 1);
        }
        if let Some(without) = found.without {
            prop_assert_eq!(without, people.iter().filter(|themes| themes.is_empty()).count());
            prop_assert!(without == 0 || without >= least);
            prop_assert!(found.others.is_none_or(|others| others.told.is_some()));
        }
    }
}
