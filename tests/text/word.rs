use std::collections::{BTreeMap, BTreeSet, HashSet};

use proptest::prelude::*;
use sondeo::summary::text::{StopWords, TextAnswer, WordCount, count_words};

use crate::{person, says};

fn told(found: &WordCount) -> Vec<(&str, usize, usize, usize)> {
    found.words.iter().map(|word| (word.text.as_str(), word.answers, word.people, word.times)).collect()
}

fn own(words: &[&str]) -> BTreeSet<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn count(answers: &[TextAnswer<'_>]) -> WordCount {
    count_words(answers, &StopWords::default(), 1, 100)
}

#[test]
fn a_word_is_counted_by_answers_and_shown_as_it_is_written_most() {
    let answers = [
        says(1, "POLICIA, policia y más policía"),
        says(2, "La Policía no llega de noche"),
        says(3, "policía; 24 horas"),
        says(4, "   "),
    ];
    let found = count(&answers);
    assert_eq!((found.answers, found.people, found.hidden), (3, 3, 0));
    assert_eq!(
        told(&found),
        [("policía", 3, 3, 5), ("horas", 1, 1, 1), ("llega", 1, 1, 1), ("noche", 1, 1, 1)]
    );
}

#[test]
fn an_eñe_is_not_an_ene() {
    let found = count(&[says(1, "un año"), says(2, "años"), says(3, "ano"), says(4, "AN\u{303}O")]);
    assert_eq!(told(&found), [("año", 3, 3, 3), ("ano", 1, 1, 1)]);
}

#[test]
fn a_plural_counts_with_its_singular_where_both_were_written() {
    let answers = [
        says(1, "calle y calles"),
        says(2, "Las calles"),
        says(3, "luces"),
        says(4, "robos, luz"),
        says(5, "lunes"),
    ];
    let found = count(&answers);
    assert_eq!(
        told(&found),
        [("calles", 2, 2, 3), ("luces", 2, 2, 2), ("lunes", 1, 1, 1), ("robos", 1, 1, 1)]
    );
    let in_english = |number, text| TextAnswer { language: "en", ..says(number, text) };
    let found =
        count(&[in_english(1, "street lights"), in_english(2, "a light"), in_english(3, "who cares, a car")]);
    let words: Vec<&str> = found.words.iter().map(|word| word.text.as_str()).collect();
    assert_eq!(words, ["light", "car", "cares", "street"]);
}

#[test]
fn several_answers_of_one_person_are_one_person() {
    let again = |instance, text| TextAnswer { instance, ..says(1, text) };
    let answers = [again(1, "escuelas"), says(2, "iglesias"), again(2, "escuelas"), again(3, "Escuelas")];
    let found = count_words(&answers, &StopWords::default(), 2, 10);
    assert_eq!((found.answers, found.people, found.hidden), (4, 2, 2));
    assert!(found.words.is_empty());
    assert_eq!(told(&count(&answers))[0], ("escuelas", 3, 1, 3));
}

#[test]
fn stop_words_can_be_edited_and_take_their_plural_along() {
    let answers = [says(1, "más policía"), says(2, "más policías en la calle")];
    let stop = StopWords { added: own(&["POLICIA"]), removed: own(&["mas"]), ..StopWords::default() };
    assert_eq!(told(&count_words(&answers, &stop, 1, 10)), [("más", 2, 2, 2), ("calle", 1, 1, 1)]);
    let none = StopWords { es: false, en: false, ..StopWords::default() };
    assert_eq!(count_words(&answers, &none, 1, 2).words.len(), 2);
}

const WORDS: [&str; 14] =
    ["policía", "Policia", "LUZ", "luz", "año", "ano", "robo", "el", "de", "the", "7", "x", "noche", "NOCHE"];

fn drawn() -> impl Strategy<Value = Vec<(u8, Vec<usize>)>> {
    prop::collection::vec((0u8..12, prop::collection::vec(0..WORDS.len(), 0..6)), 0..40)
}

fn texts(drawn: &[(u8, Vec<usize>)]) -> Vec<(u8, String)> {
    let text = |words: &Vec<usize>| words.iter().map(|word| WORDS[*word]).collect::<Vec<_>>().join(" ");
    drawn.iter().map(|(number, words)| (*number, text(words))).collect()
}

fn answers(texts: &[(u8, String)]) -> Vec<TextAnswer<'_>> {
    texts.iter().map(|(number, text)| says(*number, text)).collect()
}

proptest! {
    #[test]
    fn counts_are_those_of_a_plain_loop(drawn in drawn(), least in 0usize..4) {
        let texts = texts(&drawn);
        let found = count_words(&answers(&texts), &StopWords::default(), least, 100);
        let mut plain: BTreeMap<String, (HashSet<usize>, HashSet<u8>, usize)> = BTreeMap::new();
        for (at, (number, text)) in texts.iter().enumerate() {
            for word in text.split(' ') {
                let word = word.to_lowercase().replace('í', "i");
                if !["", "el", "de", "the", "7", "x"].contains(&word.as_str()) {
                    let entry = plain.entry(word).or_default();
                    entry.0.insert(at);
                    entry.1.insert(*number);
                    entry.2 += 1;
                }
            }
        }
        let all = plain.len();
        plain.retain(|_, (_, people, _)| people.len() >= least);
        prop_assert_eq!(found.hidden, all - plain.len());
        prop_assert_eq!(found.words.len(), plain.len());
        for word in &found.words {
            let (answers, people, times) = &plain[&word.text.to_lowercase().replace('í', "i")];
            prop_assert_eq!((word.answers, word.people, word.times), (answers.len(), people.len(), *times));
            prop_assert!(word.people >= least);
        }
        prop_assert!(found.words.windows(2).all(|pair| pair[0].answers >= pair[1].answers));
    }

    #[test]
    fn the_order_of_answers_changes_nothing(drawn in drawn(), turn in 0usize..40) {
        let texts = texts(&drawn);
        let mut answers = answers(&texts);
        let before = count(&answers);
        let length = answers.len().max(1);
        answers.rotate_left(turn % length);
        answers.reverse();
        prop_assert_eq!(count(&answers), before);
    }

    #[test]
    fn no_text_is_too_odd(text in "\\PC*", other in ".*", language in "es|en|") {
        let answer = |number, text| TextAnswer { response: person(number), instance: 1, text, quote_ok: true, language: &language };
        let found = count(&[answer(1, &text), answer(2, &other)]);
        prop_assert!(found.words.iter().all(|word| word.answers <= found.answers && !word.text.is_empty()));
    }
}
