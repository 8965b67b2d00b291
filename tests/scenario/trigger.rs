//! Values that are computed when a question is answered, and at no other time.

use super::fill::{Filling, check};
use expect_test::expect;

#[test]
fn a_triggered_value_follows_its_trigger_and_nothing_else() {
    check(
        "
        | survey |           |       |             |         |
        |        | type      | name  | calculation | trigger |
        |        | integer   | price |             |         |
        |        | integer   | items |             |         |
        |        | calculate | total | ${price} * ${items} | ${items} |
        ",
        &["price = 3", "?", "items = 2", "?", "price = 5", "?", "items = 2", "?", "items ="],
        &expect![[r#"
            price = 3
            items
            total
            ---
            price = 3
            items = 2
            total = 6
            ---
            price = 5
            items = 2
            total = 6
            ---
            price = 5
            items = 2
            total = 6
            ---
            price = 5
            items
            total
        "#]],
    );
}

#[test]
fn in_a_repeat_it_is_the_value_of_the_same_instance() {
    check(
        "
        | survey |              |       |               |          |
        |        | type         | name  | calculation   | trigger  |
        |        | begin_repeat | dog   |               |          |
        |        | text         | name  |               |          |
        |        | text         | upper | concat(${name}, '!', position(..)) | ${name} |
        |        | end_repeat   |       |               |          |
        ",
        &[
            "+ dog",
            "dog[2]/name = Kira",
            "?",
            "dog[1]/name = Sol",
            "dog[2]/upper = mine",
            "dog[1]/name = Luz",
        ],
        &expect![[r#"
            dog
              dog[1]
                name
                upper
              dog[2]
                name = Kira
                upper = Kira!2
            ---
            dog
              dog[1]
                name = Luz
                upper = Luz!1
              dog[2]
                name = Kira
                upper = mine
        "#]],
    );
}

#[test]
fn any_of_several_triggers_serves_and_one_triggered_value_triggers_the_next() {
    check(
        "
        | survey |           |        |                 |              |
        |        | type      | name   | calculation     | trigger      |
        |        | text      | a      |                 |              |
        |        | text      | b      |                 |              |
        |        | text      | both   | concat(${a}, ${b}) | ${a}, ${b} |
        |        | text      | after  | concat('<', ${both}, '>') | ${both} |
        |        | text      | erased |                 | ${a}         |
        ",
        &["erased = something", "b = y", "?", "a = x", "?", "a = x"],
        &expect![[r#"
            a
            b = y
            both = y
            after = <y>
            erased = something
            ---
            a = x
            b = y
            both = xy
            after = <xy>
            erased
            ---
            a = x
            b = y
            both = xy
            after = <xy>
            erased
        "#]],
    );
}

#[test]
fn values_that_trigger_each_other_come_to_rest() {
    let mut filling = Filling::new(
        "
        | survey |         |      |             |         |
        |        | type    | name | calculation | trigger |
        |        | integer | a    | ${b} + 1    | ${b}    |
        |        | integer | b    | ${a} + 1    | ${a}    |
        |        | integer | c    |             |         |
        ",
    );
    filling.act("a = 1");
    // And the next answer finds nothing left over.
    let changes = filling.act("c = 1");
    assert_eq!(changes.nodes.len(), 1);
}
