use super::fill::{Filling, check};
use expect_test::expect;

#[test]
fn calculations_follow_each_other_whatever_their_order_in_the_form() {
    check(
        "
        | survey |           |       |                        |
        |        | type      | name  | calculation            |
        |        | calculate | total | ${net} + ${tax}        |
        |        | calculate | tax   | round(${net} * 0.07, 2) |
        |        | calculate | net   | ${price} * ${count}    |
        |        | integer   | price |                        |
        |        | integer   | count |                        |
        ",
        &["?", "price = 30", "count = 3"],
        &expect![[r#"
            total
            tax
            net
            price
            count
            ---
            total = 96.3
            tax = 6.3
            net = 90
            price = 30
            count = 3
        "#]],
    );
}

#[test]
fn defaults_are_there_from_the_start_and_are_set_once() {
    check(
        "
        | survey |                |        |              |
        |        | type           | name   | default      |
        |        | integer        | output | ${input} * 4 |
        |        | text           | input  | 5            |
        |        | date           | day    | today()      |
        |        | select_one l   | pick   | b            |
        | choices |              |        |              |
        |        | list_name      | name   |              |
        |        | l              | a      |              |
        |        | l              | b      |              |
        ",
        &["?", "input = 4", "day ="],
        &expect![[r#"
            output = 20
            input = 5
            day = 2026-11-23
            pick = b
            ---
            output = 20
            input = 4
            day
            pick = b
        "#]],
    );
}

#[test]
fn once_keeps_its_first_value() {
    check(
        "
        | survey |           |        |                  |
        |        | type      | name   | calculation      |
        |        | integer   | weight |                  |
        |        | calculate | first  | once(${weight})  |
        |        | calculate | last   | ${weight}        |
        ",
        &["weight = 3", "weight = 4"],
        &expect![[r#"
            weight = 4
            first = 3
            last = 4
        "#]],
    );
}

#[test]
fn random_numbers_come_from_the_seed_and_not_from_what_was_answered() {
    let form = "
        | survey |             |      |                          |
        |        | type        | name | calculation              |
        |        | text        | a    |                          |
        |        | begin_repeat| r    |                          |
        |        | calculate   | n    | concat(${a}, random())   |
        |        | end_repeat  |      |                          |
    ";
    let mut filling = Filling::new(form);
    let first = filling.value("r[1]/n");
    filling.act("a = x");
    assert_eq!(filling.value("r[1]/n"), format!("x{first}"));
    filling.act("+ r");
    assert_ne!(filling.value("r[1]/n"), filling.value("r[2]/n"));
    assert_eq!(Filling::new(form).value("r[1]/n"), first);
}

#[test]
fn days_are_counted_from_today() {
    check(
        "
        | survey |           |        |                                                          |                                         |
        |        | type      | name   | calculation                                              | constraint                              |
        |        | calculate | window | format-date(date(decimal-date-time(today()) - 365), '%m/%Y') |                                     |
        |        | date      | when   |                                                          | . >= today() and . <= (today() + 730)   |
        |        | calculate | away   | if(${when} != '', int(decimal-date-time(${when}) - decimal-date-time(today())), '') |              |
        ",
        &["when = 2026-11-22", "?", "when = 2026-11-23", "?", "when = 2028-11-22", "?", "when = 2028-11-23"],
        &expect![[r#"
            window = 11/2025
            when = 2026-11-22 ! Constraint
            away = -1
            ---
            window = 11/2025
            when = 2026-11-23
            away = 0
            ---
            window = 11/2025
            when = 2028-11-22
            away = 730
            ---
            window = 11/2025
            when = 2028-11-23 ! Constraint
            away = 731
        "#]],
    );
}

#[test]
fn a_calculated_whole_number_loses_its_fraction_and_no_number_is_blank() {
    check(
        "
        | survey |         |       |               |
        |        | type    | name  | calculation   |
        |        | decimal | x     |               |
        |        | integer | whole | ${x} div 2    |
        |        | calculate | free | ${x} div 2   |
        ",
        &["?", "x = 5"],
        &expect![[r#"
            x
            whole
            free
            ---
            x = 5
            whole = 2
            free = 2.5
        "#]],
    );
}
