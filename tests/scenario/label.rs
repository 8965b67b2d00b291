use super::fill::{Filling, check};
use expect_test::expect;

const PEOPLE: &str = "
    | survey  |                 |       |                         |                          |                    |
    |         | type            | name  | label::Español (es)     | label::English (en)      | hint::English (en) |
    |         | text            | name  | ¿Cómo se llama?         | What is your name?       |                    |
    |         | select_one work | work  | ¿Qué hace, ${name}?     | What do you do, ${name}? | Any work, ${name}  |
    |         | note            | bye   | Gracias, ${name} (${work}) | Thanks, ${name} (${work}) |                |
    | choices |                 |       |                         |                          |                    |
    |         | list_name       | name  | label::Español (es)     | label::English (en)      |                    |
    |         | work            | judge | Jueza o juez            | Judge                    |                    |
    |         | work            | own   | ${name} lo dirá         | ${name} will say         |                    |
";

#[test]
fn holes_in_labels_fill_in_every_language() {
    check(
        PEOPLE,
        &["name = Ana", "work = judge", "?", "language en", "?", "name = Luz"],
        &expect![[r#"
        name = Ana "¿Cómo se llama?"
        work = judge "¿Qué hace, Ana?" "Any work, Ana"
        bye "Gracias, Ana (judge)"
        ---
        name = Ana "What is your name?"
        work = judge "What do you do, Ana?" "Any work, Ana"
        bye "Thanks, Ana (judge)"
        ---
        name = Luz "What is your name?"
        work = judge "What do you do, Luz?" "Any work, Luz"
        bye "Thanks, Luz (judge)"
    "#]],
    );
}

#[test]
fn choices_speak_the_language_and_have_holes_too() {
    let mut filling = Filling::new(PEOPLE);
    let labels = |filling: &Filling| -> Vec<String> {
        let state = filling.session.state(filling.at("work")).unwrap();
        state.choices.iter().map(|choice| choice.label.clone()).collect()
    };
    filling.act("name = Ana");
    assert_eq!(labels(&filling), ["Jueza o juez", "Ana lo dirá"]);
    let changes = filling.act("language en");
    assert_eq!(labels(&filling), ["Judge", "Ana will say"]);
    assert!(changes.nodes.contains(&filling.at("work")));
}

#[test]
fn switching_the_language_changes_no_answer() {
    let mut filling = Filling::new(PEOPLE);
    filling.act("name = Ana");
    filling.act("work = own");
    let before = filling.session.answers();
    for language in ["en", "es", "en"] {
        filling.act(&format!("language {language}"));
        assert_eq!(filling.session.answers(), before);
    }
    assert_eq!(filling.session.language(), 1);
}

#[test]
fn calculated_labels_and_month_names_follow_the_language() {
    check(
        "
        | survey  |              |       |                                 |                     |                     |
        |         | type         | name  | calculation                     | label::Español (es) | label::English (en) |
        |         | select_one s | sex   |                                 | Sexo                | Sex                 |
        |         | calculate    | shown | jr:choice-name(${sex}, '${sex}') |                    |                     |
        |         | calculate    | month | format-date(today(), '%B')      |                     |                     |
        | choices |              |       |                                 |                     |                     |
        |         | list_name    | name  | label::Español (es)             | label::English (en) |                     |
        |         | s            | f     | Mujer                           | Woman               |                     |
        ",
        &["sex = f", "?", "language en"],
        &expect![[r#"
            sex = f "Sexo"
            shown = Mujer
            month = noviembre
            ---
            sex = f "Sex"
            shown = Woman
            month = November
        "#]],
    );
}
