//! Choices that come from elsewhere than a fixed list, in another order, and numbers on a scale.

use super::fill::{Filling, check};
use expect_test::expect;

#[test]
fn the_answers_in_a_repeat_are_choices() {
    check(
        "
        | survey |                    |        |       |
        |        | type               | name   | choice_filter |
        |        | begin_repeat       | person |       |
        |        | text               | name   |       |
        |        | integer            | age    |       |
        |        | end_repeat         |        |       |
        |        | select_one ${name} | head   | ${age} >= 18 |
        ",
        &[
            "person[1]/name = Sol",
            "person[1]/age = 40",
            "+ person",
            "person[2]/name = Mar",
            "person[2]/age = 9",
            "+ person",
            "?",
            "person[3]/name = Luz",
            "person[3]/age = 18",
            "head = Luz",
            "?",
            "person[3]/age = 17",
            "?",
            "- person[3]",
        ],
        &expect![[r#"
            person
              person[1]
                name = Sol
                age = 40
              person[2]
                name = Mar
                age = 9
              person[3]
                name
                age
            head {Sol}
            ---
            person
              person[1]
                name = Sol
                age = 40
              person[2]
                name = Mar
                age = 9
              person[3]
                name = Luz
                age = 18
            head = Luz {Sol Luz}
            ---
            person
              person[1]
                name = Sol
                age = 40
              person[2]
                name = Mar
                age = 9
              person[3]
                name = Luz
                age = 17
            head {Sol}
            ---
            person
              person[1]
                name = Sol
                age = 40
              person[2]
                name = Mar
                age = 9
            head {Sol}
        "#]],
    );
}

#[test]
fn a_scale_holds_its_own_numbers_only() {
    check(
        "
        | survey |       |         |                           |
        |        | type  | name    | parameters                |
        |        | range | balance | start=-2 end=2 step=0.1   |
        |        | range | down    | start=10 end=0 step=5     |
        ",
        &["balance = 0.3", "down = 5", "?", "balance = 0.35", "down = 3", "?", "balance = -5", "down = 10"],
        &expect![[r#"
            balance = 0.3
            down = 5
            ---
            balance
            down
            ---
            balance
            down = 10
        "#]],
    );
}

#[test]
fn shuffled_choices_keep_their_order_for_as_long_as_the_filling_lasts() {
    let form = "
        | survey  |               |      |                          |
        |         | type          | name | parameters               |
        |         | integer       | key  |                          |
        |         | select_one ab | free | randomize=true           |
        |         | select_one ab | tied | randomize=true, seed=${key} |
        | choices |               |      |                          |
        |         | list_name     | name |                          |
        |         | ab            | a    |                          |
        |         | ab            | b    |                          |
        |         | ab            | c    |                          |
        |         | ab            | d    |                          |
        |         | ab            | e    |                          |
    ";
    let names = |filling: &Filling, path: &str| {
        let at = filling.session.find(path).unwrap();
        let choices = &filling.session.state(at).unwrap().choices;
        choices.iter().map(|choice| choice.name.as_str()).collect::<Vec<_>>().join("")
    };
    let mut filling = Filling::new(form);
    let free = names(&filling, "free");
    assert_ne!(free, "abcde");
    filling.act("key = 1");
    let first = names(&filling, "tied");
    filling.act("key = 2");
    let second = names(&filling, "tied");
    assert_ne!(first, second);
    filling.act("key = 1");
    assert_eq!(names(&filling, "tied"), first);
    assert_eq!(names(&filling, "free"), free);
    let mut sorted: Vec<char> = first.chars().collect();
    sorted.sort_unstable();
    assert_eq!(sorted, ['a', 'b', 'c', 'd', 'e']);
}
