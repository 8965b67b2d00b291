use super::*;

fn languages(survey: &str, settings: &str) -> FormSource {
    let settings = if settings.is_empty() {
        String::new()
    } else {
        format!("| settings |\n| | default_language |\n| | {settings} |")
    };
    form(&format!("| survey |\n{survey}\n{settings}"))
}

#[test]
fn languages_are_named_by_their_tags_in_order_of_appearance() {
    let form = languages(
        "| | type | name | label::Español (es) | label::English (en) | hint::Ngäbere | \n| | text | a | Uno | One | Iti |",
        "",
    );
    assert_eq!(form.languages, ["es", "en", "gym"]);
    assert_eq!(form.language_names, ["Español", "English", "Ngäbere"]);
    assert_eq!(node(&form, "a").label, ["Uno", "One", ""]);
    assert_eq!(node(&form, "a").hint, ["", "", "Iti"]);
}

#[test]
fn one_colon_divides_where_no_header_has_two() {
    let form =
        languages("| | type | name | label:English | label: Español (es) |\n| | text | a | One | Uno |", "");
    assert_eq!(form.languages, ["en", "es"]);
    assert_eq!(form.language_names, [""; 0], "everybody has these");
    assert_eq!(node(&form, "a").label, ["One", "Uno"]);
}

#[test]
fn texts_without_a_language_are_in_the_default_one() {
    let one = "| | type | name | label |\n| | text | a | Uno |";
    assert_eq!(languages(one, "").languages, ["en"]);
    assert_eq!(languages(one, "Español (es)").languages, ["es"]);
    let two = "| | type | name | label | label::en |\n| | text | a | Uno | One |";
    assert_eq!(languages(two, "").languages, ["default", "en"]);
    assert_eq!(languages(two, "").language_names, ["Original", "English"]);
    assert_eq!(node(&languages(two, ""), "a").label, ["Uno", "One"]);
    assert_eq!(languages(two, "Español (es)").languages, ["es", "en"]);
    // A column that names the default language comes before the one that names none.
    let same = languages(two, "en");
    assert_eq!((same.languages.len(), &node(&same, "a").label), (1, &vec!["One".to_owned()]));
}

#[test]
fn the_default_language_leads_and_each_is_known_by_its_own_name() {
    let table = "| | type | name | label::French | label::Haitian Creole (ht) | label::Wounaan meu |\n| | text | a | Un | | |";
    let form = languages(table, "Haitian Creole (ht)");
    assert_eq!(form.languages, ["ht", "fr", "Wounaan meu"]);
    assert_eq!(form.language_names, ["Kreyòl ayisyen", "Français", "Wounaan meu"]);
    assert_eq!(node(&form, "a").label, ["", "Un", ""]);
    let built = Form::build(&form).unwrap();
    assert!(built.speaks_others());
    assert_eq!((built.language("fr-CA"), built.language_name(2)), (Some(1), "Wounaan meu"));
}

#[test]
fn what_a_language_lacks_is_read_in_the_default_one() {
    let table = "| | type | name | label::English | label::Português (pt) | label::العربية |\n| | text | a | One | Um | |";
    let form = Form::build(&languages(table, "Português (pt)")).unwrap();
    assert_eq!(form.languages, ["pt", "en", "ar"]);
    let label = |tag| form.nodes[0].label.plain(form.language(tag).unwrap());
    assert_eq!((label("ar").as_str(), label("en").as_str()), ("Um", "One"));
}

#[test]
fn one_hint_serves_all_languages() {
    let form =
        languages("| | type | name | label::es | label::en | hint |\n| | text | a | Uno | One | 1 |", "");
    assert_eq!(form.languages, ["es", "en"]);
    assert_eq!(node(&form, "a").hint, ["1", "1"]);
}

#[test]
fn choices_and_messages_have_languages_too() {
    let table = "
        | survey  |
        |         | type          | name | label::es | label::en | constraint | bind::jr:constraintMsg::es | requiredMsg::en |
        |         | select_one yn | a    | Uno       | One       | . != ''    | No                         | Needed          |
        | choices |
        |         | list name | name | label::es | label::English (en) | audio::es |
        |         | yn        | y    | Sí        | Yes                 | si.mp3    |";
    let form = form(table);
    assert_eq!(form.languages, ["es", "en"]);
    assert_eq!(choices(&form, "yn")[0].label, ["Sí", "Yes"]);
    assert_eq!(node(&form, "a").constraint_message, ["No", ""]);
    assert_eq!(node(&form, "a").required_message, ["", "Needed"]);
    let missing = |language: &str| ProblemKind::MissingTranslation { language: language.to_owned(), rows: 1 };
    assert_eq!(
        notices(table),
        [
            ("survey 1 bind::jr:constraintMsg::es".to_owned(), missing("en")),
            ("survey 1 requiredMsg::en".to_owned(), missing("es")),
            ("choices 2 audio::es".to_owned(), ProblemKind::MissingFile("si.mp3".to_owned())),
        ]
    );
}

#[test]
fn missing_texts_are_counted_by_column_and_language() {
    let table = "
        | survey |
        |        | type | name | label::es | label::en |
        |        | text | a    | Uno       | One       |
        |        | text | b    | Dos       |           |
        |        | text | c    | Tres      |           |";
    let kind = ProblemKind::MissingTranslation { language: "en".to_owned(), rows: 2 };
    assert_eq!(notices(table), at("survey 1 label::en", kind));
    assert_eq!(node(&form(table), "b").label, ["Dos", ""]);
}

#[test]
fn two_columns_in_one_language_are_told() {
    let table = "
        | survey |
        |        | type | name | label::es | label::Español (es) |
        |        | text | a    |           | Uno                 |";
    let kind = ProblemKind::SameLanguage("label::es".to_owned());
    assert_eq!(notices(table), at("survey 1 label::Español (es)", kind));
    assert_eq!(node(&form(table), "a").label, ["Uno"]);
}

#[test]
fn one_column_under_two_names_is_an_error() {
    for (first, second) in
        [("name", "value"), ("relevant", "bind::relevant"), ("label", "Caption"), ("hint", "hint")]
    {
        let table = format!("| survey |\n| | type | {first} | {second} |\n| | text | a | b |");
        let problems = errors(&table);
        let expected = (format!("survey 1 {second}"), ProblemKind::SameColumn(first.to_owned()));
        assert!(problems.contains(&expected), "{problems:?}");
    }
}
