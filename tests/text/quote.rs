use proptest::prelude::*;
use sondeo::form::wire::{ChoiceSource, FormSource, ListSource, NodeSource};
use sondeo::form::{Date, Form};
use sondeo::response::{Answer, FormReference, Response};
use sondeo::summary::text::{Quote, TextAnswer, answers, asks_to_quote, choose, tally};
use sondeo::summary::{Profile, Selection, Table};

use crate::theme::{book, coded, survey};
use crate::{find, person, says};

fn texts(quotes: &[Quote]) -> Vec<&str> {
    quotes.iter().map(|quote| quote.text.as_str()).collect()
}

#[test]
fn only_what_was_permitted_holds_no_personal_data_and_says_something() {
    let answers = [
        says(1, "  Más luz en la calle. "),
        TextAnswer { quote_ok: false, ..says(2, "No me citen, por favor") },
        says(3, "Llámeme al 6123-4567"),
        says(4, "Nada"),
        says(5, "   "),
        says(6, "Gracias a los pastores"),
    ];
    let mut found = choose(&answers, 5, 3, None, find);
    found.sort();
    assert_eq!(texts(&found), ["Gracias a los pastores", "Más luz en la calle."]);
    assert!(choose(&answers, 6, 3, None, find).is_empty(), "five people answered");
}

#[test]
fn one_person_with_many_answers_is_one_person() {
    let answers: Vec<TextAnswer<'_>> =
        (1..=9).map(|instance| TextAnswer { instance, ..says(1, "Hablar con las escuelas") }).collect();
    assert!(choose(&answers, 2, 3, None, find).is_empty());
    assert_eq!(choose(&answers, 1, 3, None, find).len(), 9);
}

#[test]
fn quotes_come_with_the_themes_that_are_shown() {
    let people: Vec<&[usize]> = [&[0usize, 1][..]; 6].into_iter().chain([&[0, 2][..]; 2]).collect();
    let (mut answers, coding) = coded(&people);
    answers[0].text = "Faltan postes de luz";
    answers[7].text = "Hay basura y está oscuro";
    let counted = tally(&book(), &coding, &answers, &survey(5), Profile::Publication, false);
    let mut found = choose(&answers, 5, 1, Some((&counted, &coding)), find);
    found.retain(|quote| quote.text != "algo");
    found.sort();
    let themes: Vec<Vec<&str>> =
        found.iter().map(|quote| quote.themes.iter().map(String::as_str).collect()).collect();
    assert_eq!(themes, [vec!["a_luz", "b_policia"], vec!["a_luz"]]);
}

proptest! {
    #[test]
    fn the_order_of_quotes_tells_nothing_of_the_order_of_answers(seed in any::<u64>(), turn in 0usize..20) {
        let words: Vec<String> = (0..20).map(|number| format!("Comentario {}", ["a", "b"][number % 2].repeat(number))).collect();
        let mut answers: Vec<TextAnswer<'_>> =
            words.iter().enumerate().map(|(number, text)| says(number as u8, text)).collect();
        let before = choose(&answers, 5, seed, None, find);
        prop_assert_eq!(before.len(), 20);
        answers.rotate_left(turn);
        answers[..10].reverse();
        prop_assert_eq!(&choose(&answers, 5, seed, None, find), &before);
        prop_assert_ne!(&choose(&answers, 5, seed ^ 1, None, find), &before);
        let arrived: Vec<&str> = words.iter().map(|text| text.trim()).collect();
        prop_assert_ne!(texts(&before), arrived);
    }
}

fn node(kind: &str, name: &str, children: Vec<NodeSource>) -> NodeSource {
    let list = if kind == "select_one" { "quote" } else { "" };
    NodeSource {
        name: name.to_owned(),
        kind: kind.to_owned(),
        list: list.to_owned(),
        children,
        ..NodeSource::default()
    }
}

fn form(permission: bool) -> Form {
    let choice = |name: &str| ChoiceSource { name: name.to_owned(), ..ChoiceSource::default() };
    let mut nodes = vec![
        node("text", "best", Vec::new()),
        node("repeat", "commitments", vec![node("text", "commit", Vec::new())]),
    ];
    nodes.extend(permission.then(|| node("select_one", "quote_ok", Vec::new())));
    Form::build(&FormSource {
        format: 1,
        id: "form".to_owned(),
        languages: vec!["es".to_owned()],
        nodes,
        lists: vec![ListSource {
            name: "quote".to_owned(),
            from: String::new(),
            choices: vec![choice("no"), choice("yes")],
        }],
        ..FormSource::default()
    })
    .unwrap()
}

fn table(form: &Form, texts: bool) -> Table {
    let mut table = if texts { Table::with_texts(form) } else { Table::new(form) };
    let answer = |path: &str, text: &str| (path.to_owned(), Answer::Text(text.to_owned()));
    let permit = |name: &str| ("quote_ok".to_owned(), Answer::Choice(name.to_owned()));
    let all = [
        vec![
            answer("best", "uno"),
            answer("commitments[1]/commit", "a"),
            answer("commitments[2]/commit", "b"),
            permit("yes"),
        ],
        vec![("best".to_owned(), Answer::Empty), permit("yes")],
        vec![
            answer("best", "tres"),
            ("commitments[1]/commit".to_owned(), Answer::Empty),
            answer("commitments[2]/commit", "c"),
            permit("no"),
        ],
        vec![answer("best", "cuatro")],
    ];
    for (number, answers) in all.into_iter().enumerate() {
        let day = Date::from_days(20_000);
        table.push(
            form,
            &Response {
                id: person(number as u8),
                survey: "survey".to_owned(),
                form: FormReference { id: "form".to_owned(), version: String::new() },
                wave: "1".to_owned(),
                language: if number == 2 { "en" } else { "es" }.to_owned(),
                started: day,
                finished: day,
                example: false,
                answers,
            },
        );
    }
    table
}

fn read<'a>(
    form: &Form,
    table: &'a Table,
    question: &str,
    selection: &Selection,
) -> Vec<(u8, u32, &'a str, bool, &'a str)> {
    let found = answers(form, table, question, selection);
    found
        .iter()
        .map(|answer| (answer.response.0[0], answer.instance, answer.text, answer.quote_ok, answer.language))
        .collect()
}

#[test]
fn answers_are_read_from_a_table_with_their_place_and_permission() {
    let form = form(true);
    let table = table(&form, true);
    let all = Selection::all(&table);
    assert!(asks_to_quote(&form));
    assert_eq!(
        read(&form, &table, "best", &all),
        [(0, 1, "uno", true, "es"), (2, 1, "tres", false, "en"), (3, 1, "cuatro", false, "es")]
    );
    assert_eq!(
        read(&form, &table, "commit", &all),
        [(0, 1, "a", true, "es"), (0, 2, "b", true, "es"), (2, 2, "c", false, "en")]
    );
    let some = Selection::of(vec![false, true, true, false]);
    assert_eq!(read(&form, &table, "best", &some), [(2, 1, "tres", false, "en")]);
    assert!(read(&form, &table, "quote_ok", &all).is_empty() && read(&form, &table, "none", &all).is_empty());
}

#[test]
fn without_texts_or_permission_there_is_nothing_to_quote() {
    let with = form(true);
    assert!(read(&with, &table(&with, false), "best", &Selection::of(vec![true; 4])).is_empty());
    let without = form(false);
    assert!(!asks_to_quote(&without));
    let table = table(&without, true);
    let found = answers(&without, &table, "best", &Selection::all(&table));
    assert_eq!(found.len(), 3);
    assert!(choose(&found, 1, 0, None, find).is_empty());
}
