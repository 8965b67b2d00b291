use super::fill::{Filling, check};
use expect_test::expect;
use std::rc::Rc;

const AREAS: &str = "
    | survey  |                     |          |                                 |                        |
    |         | type                | name     | choice_filter                   | required               |
    |         | select_one district | district |                                 |                        |
    |         | select_one area     | area     | district = ${district}          | ${district} != ''      |
    | choices |                     |          |                                 |                        |
    |         | list_name           | name     | district                        |                        |
    |         | district            | north    |                                 |                        |
    |         | district            | south    |                                 |                        |
    |         | area                | hill     | north                           |                        |
    |         | area                | lake     | north                           |                        |
    |         | area                | port     | south                           |                        |
";

#[test]
fn a_cascade_offers_the_areas_of_the_district() {
    check(
        AREAS,
        &["?", "district = north", "area = lake"],
        &expect![[r#"
        district
        area {}
        ---
        district = north
        area = lake required {hill lake}
    "#]],
    );
}

#[test]
fn a_choice_that_leaves_the_list_is_blank_and_comes_back_with_it() {
    check(
        AREAS,
        &["district = north", "area = lake", "district = south", "?", "district = north"],
        &expect![[r#"
            district = south
            area required {port} ! NotOffered
            ---
            district = north
            area = lake required {hill lake}
        "#]],
    );
}

#[test]
fn priorities_are_chosen_one_after_the_other() {
    check(
        "
        | survey  |               |        |                                           |                |
        |         | type          | name   | choice_filter                             | relevant       |
        |         | select_one p  | prio_1 |                                           |                |
        |         | select_one p  | prio_2 | name != ${prio_1}                         | ${prio_1} != '' |
        |         | select_one p  | prio_3 | name != ${prio_1} and name != ${prio_2}   | ${prio_2} != '' |
        | choices |               |        |                                           |                |
        |         | list_name     | name   |                                           |                |
        |         | p             | light  |                                           |                |
        |         | p             | police |                                           |                |
        |         | p             | sports |                                           |                |
        ",
        &[
            "prio_1 = light",
            "prio_2 = police",
            "prio_3 = sports",
            "?",
            "prio_1 = police",
            "?",
            "prio_2 = light",
        ],
        &expect![[r#"
            prio_1 = light
            prio_2 = police {police sports}
            prio_3 = sports {sports}
            ---
            prio_1 = police
            prio_2 {light sports}
            prio_3 = sports hidden {light sports}
            ---
            prio_1 = police
            prio_2 = light {light sports}
            prio_3 = sports {sports}
        "#]],
    );
}

#[test]
fn the_choices_of_one_question_are_the_list_of_the_next() {
    check(
        "
        | survey  |                       |          |                                                  |
        |         | type                  | name     | choice_filter                                    |
        |         | select_multiple sites | attended |                                                  |
        |         | select_one sites      | best     | selected(${attended}, name) and name != 'none'   |
        | choices |                       |          |                                                  |
        |         | list_name             | name     |                                                  |
        |         | sites                 | court    |                                                  |
        |         | sites                 | school   |                                                  |
        |         | sites                 | none     |                                                  |
        ",
        &["attended = school none", "best = school", "?", "attended = court"],
        &expect![[r#"
            attended = school none
            best = school {school}
            ---
            attended = court
            best {court}
        "#]],
    );
}

#[test]
fn lists_are_tables_that_expressions_look_things_up_in() {
    check(
        "
        | survey  |                 |        |                                                       |
        |         | type            | name   | calculation                                           |
        |         | select_one fuel | fuel   |                                                       |
        |         | calculate       | price  | instance('fuel')/root/item[name = ${fuel}]/price      |
        |         | calculate       | shown  | jr:choice-name(${fuel}, '${fuel}')                    |
        |         | calculate       | kinds  | count(instance('fuel')/root/item[price > 1])          |
        | choices |                 |        |                                                       |
        |         | list_name       | name   | label    | price                                      |
        |         | fuel            | g91    | Regular  | 0.9                                        |
        |         | fuel            | g95    | Super    | 1.2                                        |
        ",
        &["?", "fuel = g95"],
        &expect![[r#"
            fuel
            price
            shown
            kinds = 1
            ---
            fuel = g95
            price = 1.2
            shown = Super
            kinds = 1
        "#]],
    );
}

#[test]
fn a_ranking_keeps_the_order_of_the_person_and_many_choices_that_of_the_list() {
    check(
        "
        | survey  |                   |      |
        |         | type              | name |
        |         | rank l            | rank |
        |         | select_multiple l | many |
        | choices |                   |      |
        |         | list_name         | name |
        |         | l                 | a    |
        |         | l                 | b    |
        |         | l                 | c    |
        ",
        &["rank = c a b", "many = c a"],
        &expect![[r#"
            rank = c a b
            many = a c
        "#]],
    );
}

#[test]
fn questions_that_offer_a_whole_list_share_it() {
    let mut filling = Filling::new(AREAS);
    let choices =
        |filling: &Filling, path| Rc::clone(&filling.session.state(filling.at(path)).unwrap().choices);
    let before = choices(&filling, "district");
    filling.act("district = south");
    assert!(Rc::ptr_eq(&before, &choices(&filling, "district")));
    let few = choices(&filling, "area");
    filling.act("district = south");
    assert!(Rc::ptr_eq(&few, &choices(&filling, "area")));
}
