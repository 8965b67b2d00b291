use super::fill::{Filling, check};
use expect_test::expect;
use sondeo::engine::ViolationKind;

#[test]
fn a_blank_is_wrong_only_where_an_answer_is_required() {
    check(
        "
        | survey |         |        |                 |                      |
        |        | type    | name   | required        | required_message     |
        |        | text    | name   | yes             | Please say your name |
        |        | text    | nick   |                 |                      |
        |        | text    | formal | ${name} = 'Ana' |                      |
        ",
        &["?", "name = Ana"],
        &expect![[r#"
            name required ! Required: Please say your name
            nick
            formal
            ---
            name = Ana required
            nick
            formal required ! Required
        "#]],
    );
}

#[test]
fn a_constraint_judges_what_is_there_and_says_what_is_wrong() {
    check(
        "
        | survey |           |      |                          |                                |
        |        | type      | name | constraint               | constraint_message             |
        |        | integer   | low  |                          |                                |
        |        | integer   | age  | . >= ${low} and . <= 120 | From ${low} to 120, not ${age} |
        ",
        &["low = 18", "?", "age = 17", "?", "low = 16", "?", "age = 130"],
        &expect![[r#"
            low = 18
            age
            ---
            low = 18
            age = 17 ! Constraint: From 18 to 120, not 17
            ---
            low = 16
            age = 17
            ---
            low = 16
            age = 130 ! Constraint: From 16 to 120, not 130
        "#]],
    );
}

#[test]
fn an_exclusive_choice_stands_alone() {
    check(
        "
        | survey |                     |      |                                                   |
        |        | type                | name | constraint                                        |
        |        | select_multiple uses | uses | not(selected(., 'none') and count-selected(.) > 1) |
        | choices |                    |      |                                                   |
        |        | list_name           | name |                                                   |
        |        | uses                | bus  |                                                   |
        |        | uses                | bike |                                                   |
        |        | uses                | none |                                                   |
        ",
        &["uses = none", "?", "uses = none bus", "?", "uses = bike bus"],
        &expect![[r#"
            uses = none
            ---
            uses = bus none ! Constraint
            ---
            uses = bus bike
        "#]],
    );
}

#[test]
fn a_pattern_must_match_the_whole_text() {
    check(
        "
        | survey |      |      |                                     |
        |        | type | name | constraint                          |
        |        | text | code | regex(., '[A-Za-zÑñ]{2}(0[1-9])') |
        ",
        &["code = ab01", "?", "code = xab01"],
        &expect![[r#"
            code = ab01
            ---
            code = xab01 ! Constraint
        "#]],
    );
}

#[test]
fn violations_stand_in_document_order_and_only_where_relevant() {
    let mut filling = Filling::new(
        "
        | survey |              |       |                 |          |              |
        |        | type         | name  | relevant        | required | constraint   |
        |        | integer      | count |                 | yes      | . < 3        |
        |        | begin_repeat | visit |                 |          |              |
        |        | text         | site  |                 | yes      |              |
        |        | end_repeat   |       |                 |          |              |
        |        | text         | why   | ${count} = 9    | yes      |              |
        |        | text         | name  |                 | yes      |              |
        ",
    );
    let found = |filling: &Filling| -> Vec<(String, ViolationKind)> {
        filling
            .session
            .violations()
            .iter()
            .map(|wrong| (filling.session.path(wrong.at), wrong.kind))
            .collect()
    };
    let wrong = |path: &str, kind| (path.to_owned(), kind);
    use ViolationKind::{Constraint, Required};
    assert_eq!(
        found(&filling),
        [wrong("count", Required), wrong("visit[1]/site", Required), wrong("name", Required)]
    );
    filling.act("+ visit");
    filling.act("visit[1]/site = court");
    filling.act("count = 9");
    assert_eq!(
        found(&filling),
        [
            wrong("count", Constraint),
            wrong("visit[2]/site", Required),
            wrong("why", Required),
            wrong("name", Required)
        ]
    );
    assert_eq!(filling.session.finish().unwrap_err().len(), 4);
    for step in ["count = 1", "- visit[2]", "name = Ana"] {
        filling.act(step);
    }
    let answers = filling.session.finish().unwrap();
    let texts: Vec<String> =
        answers.iter().map(|(path, answer)| format!("{path}={}", answer.to_text())).collect();
    assert_eq!(texts, ["count=1", "visit[1]/site=court", "name=Ana"]);
}
