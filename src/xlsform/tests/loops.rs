use super::*;

const TOILETS: &str = "
    | survey  |                             |         |                    |                     |                                   |
    |         | type                        | name    | label::English (en) | label::Español (es) | relevant                          |
    |         | select_multiple t or_other  | there   | Which?             | ¿Cuáles?            |                                   |
    |         | begin loop over t           | each    | Each               | Cada una            |                                   |
    |         | integer                     | number  | How many %(label)s? | ¿Cuántas %(label)s? | selected(${there}, '%(name)s')    |
    |         | begin group                 | more    | More               | Más                 |                                   |
    |         | text                        | colour  | Not %(colour)s? 5 % | ¿No %(colour)s?     |                                   |
    |         | end group                   |         |                    |                     |                                   |
    |         | end loop                    |         |                    |                     |                                   |
    | choices |                             |         |                    |                     |                                   |
    |         | list_name                   | name    | label::English (en) | label::Español (es) | colour                            |
    |         | t                           | pit     | pit latrines       | letrinas            | red                               |
    |         | t                           | none    | None               | Ninguna             | red                               |
    |         | t                           | bucket  | buckets            | baldes              | blue                              |
";

#[test]
fn a_loop_stands_once_for_each_choice() {
    let table = TOILETS.replace("        | t                           | pit", "        | t | pit");
    let table = table.replace(" or_other", "");
    let form = form(&table);
    let each = node(&form, "each");
    let names: Vec<&str> = each.children.iter().map(|group| group.name.as_str()).collect();
    assert_eq!(names, ["pit", "bucket"]);
    let [_, bucket] = each.children.as_slice() else { panic!("{each:?}") };
    assert_eq!(
        (bucket.kind.as_str(), &bucket.label[..]),
        ("group", &["buckets".to_owned(), "baldes".to_owned()][..])
    );
    let number = &bucket.children[0];
    assert_eq!(number.label, ["How many buckets?", "¿Cuántas baldes?"]);
    assert_eq!(number.relevant, "selected(${there}, 'bucket')");
    assert_eq!(bucket.children[1].children[0].label, ["Not blue? 5 %", "¿No blue?"]);
}

#[test]
fn a_loop_knows_the_choice_that_or_other_adds_wherever_it_stands() {
    let table = TOILETS.replace("%(colour)s", "so");
    let form = form(&table);
    let names: Vec<&str> = node(&form, "each").children.iter().map(|group| group.name.as_str()).collect();
    assert_eq!(names, ["pit", "bucket", "other"]);
    // What `or_other` adds has no further columns.
    let kind = ProblemKind::LoopColumn("colour".to_owned());
    let told = errors(TOILETS);
    assert_eq!(told[0], ("survey 6 label::English (en)".to_owned(), kind));
    assert_eq!(told.len(), 2, "one for each language: {told:?}");
}

#[test]
fn a_loop_in_a_loop_fills_in_its_own_choice() {
    let form = form(&loop_of(
        "| | begin loop over c | l | L |
         | | begin loop over d | m | M %(label)s |
         | | text | q | Q %(label)s |
         | | end loop | | |
         | | end loop | | |",
        "| | c | a | A |\n| | c | b | B |\n| | d | x | X |",
    ));
    let b = &node(&form, "l").children[1];
    let inner = &b.children[0];
    assert_eq!((inner.name.as_str(), inner.label[0].as_str()), ("m", "M B"));
    assert_eq!(inner.children[0].children[0].label, ["Q X"]);
}

#[test]
fn labels_of_a_list_in_languages_that_the_survey_lacks_are_there() {
    let form = form(
        "| survey |      |      |       |
         |        | type | name | label |
         |        | begin loop over c | l | L |
         |        | text | q | Q %(label)s |
         |        | end loop | | |
         | choices | | | |
         |         | list_name | name | label::English (en) |
         |         | c | a | Apples |",
    );
    let position = form.languages.iter().position(|tag| tag == "en").unwrap();
    assert_eq!(node(&form, "a").label[position], "Apples");
}

#[test]
fn what_is_in_a_loop_twice_cannot_be_named() {
    let rows = "| | begin loop over c | l | L |
         | | text | q | Q |
         | | note | n | See ${q} |
         | | end loop | | |";
    let ambiguous = ProblemKind::AmbiguousReference("q".to_owned());
    let two = loop_of(rows, "| | c | a | A |\n| | c | b | B |");
    assert_eq!(errors(&two), at("survey 4 label", ambiguous));
    assert_eq!(errors(&loop_of(rows, "| | c | a | A |")), []);
}

#[test]
fn a_choice_that_cannot_name_a_group_is_told() {
    let rows = "| | begin loop over c | l | L |\n| | text | q | Q |\n| | end loop | | |";
    let kind = ProblemKind::LoopChoice("1".to_owned());
    assert_eq!(errors(&loop_of(rows, "| | c | 1 | A |")), at("survey 2 type", kind));
}

#[test]
fn loops_that_multiply_are_refused() {
    let mut rows = String::new();
    for level in 0..12 {
        rows.push_str(&format!("| | begin loop over c | l{level} | L |\n"));
    }
    rows.push_str("| | text | q | Q |\n");
    rows.push_str(&"| | end loop | | |\n".repeat(12));
    let choices: String = (0..10).map(|n| format!("| | c | a{n} | A |\n")).collect();
    let told = unsupported(&loop_of(&rows, &choices));
    assert_eq!(told, at("survey 2", ProblemKind::LoopRows(20_000)));
}

#[test]
fn groups_in_a_loop_end_inside_it() {
    let rows = |inside: &str| format!("| | begin loop over c | l | L |\n{inside}| | end loop | | |");
    let open = loop_of(&rows("| | begin group | g | G |\n"), "| | c | a | A |\n| | c | b | B |");
    assert!(!errors(&open).is_empty());
    let closed = loop_of(&rows("| | end group | | |\n"), "| | c | a | A |\n| | c | b | B |");
    assert!(!errors(&closed).is_empty());
}

fn loop_of(rows: &str, choices: &str) -> String {
    format!(
        "| survey | | | |\n| | type | name | label |\n{rows}\n| choices | | | |\n| | list_name | name | label |\n{choices}"
    )
}
