use std::collections::BTreeSet;

use proptest::prelude::*;
use sondeo::summary::text::wire::{FORMAT, ReadError, from_json, to_json};
use sondeo::summary::text::{Coder, OpenText, OtherSurvey, Place, StopWords};
use sondeo::survey::Bilingual;

use crate::person;

fn label(text: &str) -> Bilingual {
    Bilingual { es: text.to_owned(), en: format!("{text} (en)") }
}

fn place(number: u8, instance: u32) -> Place {
    Place { response: person(number), instance }
}

fn ids(themes: &[&str]) -> Option<BTreeSet<String>> {
    Some(themes.iter().map(|theme| (*theme).to_owned()).collect())
}

/// One thing that a facilitator does.
#[derive(Debug, Clone)]
enum Act {
    Add(u8),
    Reword(u8, u8),
    Retire(u8),
    Code { question: bool, second: bool, answer: u8, themes: Vec<u8> },
    TakeBack { second: bool, answer: u8 },
    Stop(u8, bool),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        (0u8..5).prop_map(Act::Add),
        (0u8..5, 0u8..3).prop_map(|(theme, word)| Act::Reword(theme, word)),
        (0u8..5).prop_map(Act::Retire),
        (any::<bool>(), any::<bool>(), 0u8..4, prop::collection::vec(0u8..5, 0..3))
            .prop_map(|(question, second, answer, themes)| Act::Code { question, second, answer, themes }),
        (any::<bool>(), 0u8..4).prop_map(|(second, answer)| Act::TakeBack { second, answer }),
        (0u8..3, any::<bool>()).prop_map(|(word, list)| Act::Stop(word, list)),
    ]
}

fn does(open: &mut OpenText, acts: &[Act]) {
    let coder = |second: bool| if second { Coder::Second } else { Coder::First };
    let theme = |number: u8| format!("tema_{number}");
    for act in acts.iter().cloned() {
        match act {
            Act::Add(number) => open.change("best", |question| {
                if question.book.theme(&theme(number)).is_none() {
                    assert_eq!(question.book.add(label(&format!("Tema {number}")), ""), theme(number));
                }
            }),
            Act::Reword(number, word) => open.change("best", |question| {
                question.book.edit(&theme(number), |theme| theme.definition = format!("{word}"));
            }),
            Act::Retire(number) => {
                open.change("best", |question| {
                    question.book.edit(&theme(number), |theme| theme.retired = true)
                });
            }
            Act::Code { question, second, answer, themes } => {
                let name = if question { "best" } else { "improve" };
                let themes = Some(themes.into_iter().map(theme).collect());
                open.change(name, |question| question.coding.put(coder(second), place(answer, 1), themes));
            }
            Act::TakeBack { second, answer } => {
                open.change("best", |question| question.coding.put(coder(second), place(answer, 1), None));
            }
            Act::Stop(word, es) => {
                let mut stop = open.stop_words.clone();
                stop.added.insert(format!("w{word}"));
                open.put_stop_words(StopWords { es, ..stop });
            }
        }
    }
}

/// What three devices did, after they had the same.
fn devices() -> impl Strategy<Value = [OpenText; 3]> {
    let acts = || prop::collection::vec(act(), 0..12);
    (acts(), acts(), acts(), acts()).prop_map(|(common, one, two, three)| {
        let mut start = OpenText::new("visit");
        does(&mut start, &common);
        [one, two, three].map(|acts| {
            let mut device = start.clone();
            does(&mut device, &acts);
            device
        })
    })
}

fn merged(one: &OpenText, other: &OpenText) -> OpenText {
    one.clone().merge(other.clone()).unwrap()
}

proptest! {
    #[test]
    fn merging_does_not_depend_on_order_or_how_often([one, two, three] in devices()) {
        prop_assert_eq!(&merged(&one, &one), &one);
        let both = merged(&one, &two);
        prop_assert_eq!(&both, &merged(&two, &one));
        prop_assert_eq!(&merged(&both, &two), &both);
        prop_assert_eq!(merged(&both, &three), merged(&one, &merged(&two, &three)));
    }

    #[test]
    fn merging_loses_no_theme_and_no_coded_answer([one, two, _] in devices()) {
        let both = merged(&one, &two);
        for question in one.questions.iter().chain(&two.questions) {
            let found = both.question(&question.book.question).unwrap();
            for theme in &question.book.themes {
                let kept = found.book.theme(&theme.id).unwrap();
                prop_assert!(kept.edited >= theme.edited);
                prop_assert!(kept.edited > theme.edited || kept.retired >= theme.retired || kept.definition > theme.definition);
            }
            for coder in Coder::ALL {
                for (place, mark) in question.coding.marks(coder) {
                    let kept = found.coding.marks(coder).find(|(other, _)| *other == place).unwrap().1;
                    prop_assert!(kept.edited >= mark.edited);
                    if kept.edited == mark.edited && mark.themes.is_some() {
                        let (kept, mark) = (kept.themes.as_ref().unwrap(), mark.themes.as_ref().unwrap());
                        prop_assert!(kept.is_superset(mark));
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_written_is_read([one, two, _] in devices()) {
        let both = merged(&one, &two);
        prop_assert_eq!(from_json(&to_json(&both)), Ok(both));
    }

    #[test]
    fn no_bytes_make_reading_stop(json in "\\PC{0,80}", cut in 0usize..400) {
        prop_assert!(from_json(&json).is_err());
        let mut open = OpenText::new("visit");
        open.change("best", |question| { question.book.add(label("Ñandú"), "x"); });
        let whole = to_json(&open);
        let cut: String = whole.chars().take(cut).collect();
        prop_assert_eq!(from_json(&cut).is_ok(), cut == whole);
    }
}

#[test]
fn the_later_edit_holds_and_what_was_made_apart_is_united() {
    let mut first = OpenText::new("visit");
    first.change("best", |question| question.coding.put(Coder::First, place(1, 1), ids(&["a"])));
    let mut second = first.clone();
    second.change("best", |question| question.coding.put(Coder::First, place(1, 1), ids(&["b"])));
    let themes = |open: &OpenText| open.question("best").unwrap().coding.counted(place(1, 1)).cloned();
    assert_eq!(themes(&merged(&first, &second)), ids(&["b"]));
    first.change("best", |question| question.coding.put(Coder::First, place(1, 1), ids(&["c"])));
    assert_eq!(themes(&merged(&first, &second)), ids(&["b", "c"]));
    first.change("best", |question| question.coding.put(Coder::First, place(1, 1), None));
    assert_eq!(themes(&merged(&first, &second)), None);
}

#[test]
fn the_first_coder_counts_and_the_second_stands_in() {
    let mut open = OpenText::new("visit");
    open.change("best", |question| {
        question.coding.put(Coder::Second, place(1, 1), ids(&["b"]));
        question.coding.put(Coder::Second, place(1, 2), ids(&["b"]));
        question.coding.put(Coder::First, place(1, 1), ids(&[]));
    });
    let coding = &open.question("best").unwrap().coding;
    assert_eq!(coding.counted(place(1, 1)).cloned(), ids(&[]));
    assert_eq!(coding.counted(place(1, 2)).cloned(), ids(&["b"]));
    assert_eq!(coding.counted(place(2, 1)), None);
}

#[test]
fn a_theme_keeps_its_id_and_two_of_the_same_words_are_two() {
    let mut open = OpenText::new("visit");
    open.change("best", |question| {
        let book = &mut question.book;
        assert_eq!(book.add(label("Más luz"), ""), "mas_luz");
        assert_eq!(book.add(label("Mas luz"), ""), "mas_luz_2");
        assert_eq!(book.add(Bilingual { es: " ".to_owned(), en: "Church".to_owned() }, ""), "church");
        let edited = book.theme("mas_luz").unwrap().edited;
        book.edit("mas_luz", |theme| theme.id = "other".to_owned());
        assert_eq!(book.theme("mas_luz").unwrap().edited, edited);
        book.edit("mas_luz", |theme| theme.label = label("Alumbrado"));
        assert_eq!(book.theme("mas_luz").unwrap().label, label("Alumbrado"));
        book.edit("church", |theme| theme.retired = true);
        assert_eq!(book.used().count(), 2);
    });
}

#[test]
fn codings_of_different_surveys_do_not_merge() {
    assert_eq!(OpenText::new("a").merge(OpenText::new("b")), Err(OtherSurvey));
}

#[test]
fn a_newer_file_is_told_from_a_damaged_one() {
    let whole = to_json(&OpenText::new("visit"));
    assert!(whole.contains(&format!("\"format\":{FORMAT}")));
    let newer = whole.replace("\"format\":1", "\"format\":7");
    assert_eq!(from_json(&newer), Err(ReadError::Newer(7)));
    let mark =
        "\"questions\":[{\"question\":\"q\",\"themes\":[],\"coding\":{\"1\":[[\"xy\",1,1,[]]],\"2\":[]}}]";
    let damaged = whole.replace("\"questions\":[]", mark);
    assert_ne!(damaged, whole);
    for json in ["", "null", "[]", "{}", &damaged] {
        assert_eq!(from_json(json), Err(ReadError::Damaged), "{json}");
    }
}

/// Files of format 1 open for ever.
#[test]
fn what_format_1_wrote_still_opens() {
    let json = include_str!("../data/stored/coding-1.json");
    let open = from_json(json).unwrap();
    let question = open.question("best_text").unwrap();
    assert_eq!(question.book.theme("iglesias").unwrap().label.en, "Churches");
    assert!(question.book.theme("otros").unwrap().retired);
    assert_eq!(question.coding.counted(place(1, 1)).cloned(), ids(&["iglesias", "policia"]));
    assert_eq!(question.coding.themes(Coder::Second, place(1, 1)).cloned(), ids(&[]));
    assert_eq!(question.coding.counted(place(2, 3)), None);
    assert!(!open.stop_words.en && open.stop_words.added.contains("visita"));
    assert_eq!(to_json(&open), json.trim_end());
}
