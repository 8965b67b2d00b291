use super::*;

const YES_NO: &str = "
        | choices |
        |         | list_name | name | label |
        |         | yn        | y    | Yes   |
        |         | yn        | n    | No    |";

fn asked(row: &str) -> String {
    format!(
        "| survey |\n| | type | name | label | choice_filter | parameters | appearance |\n{row}\n{YES_NO}"
    )
}

fn attach(table: &str, file: &str, lines: &[&[&str]]) -> Reading {
    let line = |line: &&[&str]| line.iter().map(|cell| (*cell).to_owned()).collect::<Vec<String>>();
    let mut rows: Vec<Vec<String>> = lines.iter().map(line).collect();
    let mut sheets = sheets(table);
    sheets.attached.push(Attached { file: file.to_owned(), header: rows.remove(0), rows });
    read(&sheets)
}

#[test]
fn choices_keep_columns_roles_and_scores() {
    let table = "
        | survey  |
        |         | type         | name | label |
        |         | select_one l | a    | A     |
        | choices |
        |         | list_name | name | label | region | role       | score | other name | region::es |
        |         | l         | 1    | One   | west   |            | 1     | x          | oeste      |
        |         | l         | 9    | None  |        | missing_dk |       |            |            |
        |         | l         | 8    | Eight |        | guest      | many  |            |            |";
    let form = form(table);
    let [one, none, eight] = choices(&form, "l") else { panic!() };
    let pair = |column: &str, value: &str| (column.to_owned(), value.to_owned());
    assert_eq!((one.score, one.columns.as_slice()), (Some(1.0), [pair("region", "west")].as_slice()));
    assert_eq!((none.role.as_str(), none.columns.len()), ("missing_dk", 0));
    assert_eq!((eight.role.as_str(), eight.columns.as_slice()), ("", [pair("role", "guest")].as_slice()));
    assert_eq!(
        notices(table),
        [
            ("choices 1 other name".to_owned(), ProblemKind::UnusableColumn),
            ("choices 1 region::es".to_owned(), ProblemKind::UnusableColumn),
            ("choices 4 score".to_owned(), ProblemKind::BadScore("many".to_owned())),
        ]
    );
}

#[test]
fn names_in_a_list_are_there_and_differ() {
    let table = |setting: &str| {
        format!(
            "| survey |\n| | type | name | label |\n| | select_one l | a | A |
             | choices |\n| | list_name | name | label |\n| | l | 1 | One |\n| | l | 1 | |\n| | | 2 | Two |{setting}"
        )
    };
    assert_eq!(errors(&table("")), at("choices 3 name", ProblemKind::SameChoice("1".to_owned())));
    assert_eq!(
        notices(&table("\n| settings |\n| | allow_choice_duplicates |\n| | yes |")),
        [
            ("choices 3 label".to_owned(), ProblemKind::NoChoiceLabel("1".to_owned())),
            ("choices 4".to_owned(), ProblemKind::NoListName),
        ]
    );
    let nameless = "| survey |\n| | type | name | label |\n| | select_one l | a | A |\n| choices |\n| | list_name | label |\n| | l | One |";
    assert!(errors(nameless).contains(&("choices 1".to_owned(), ProblemKind::NoColumn("name"))));
}

#[test]
fn several_choices_have_names_without_blanks() {
    let table = |kind: &str| {
        format!(
            "| survey |\n| | type | name | label |\n| | {kind} l | a | A |
             | choices |\n| | list_name | name | label |\n| | l | so so | So so |"
        )
    };
    assert_eq!(errors(&table("select_one")), []);
    let kind = ProblemKind::ChoiceBlank { choice: "so so".to_owned(), list: "l".to_owned() };
    assert_eq!(errors(&table("select_multiple")), at("survey 2 type", kind));
}

#[test]
fn a_list_that_is_not_there_is_an_error() {
    assert_eq!(
        errors(&asked("| | select_one no | a | A |")),
        at("survey 2 type", ProblemKind::NoList("no".to_owned()))
    );
    assert_eq!(
        errors(&asked("| | select_one_external no | a | A |")),
        at("survey 2 type", ProblemKind::NoList("no".to_owned()))
    );
}

#[test]
fn or_other_adds_a_choice_and_a_question() {
    let table = "
        | survey  |
        |         | type                   | name | label::es | label::en |
        |         | select_one yn or_other | a    | Uno       | One       |
        | choices |
        |         | list_name | name | label::es | label::en |
        |         | yn        | y    | Sí        | Yes       |";
    let form = form(table);
    assert_eq!(choices(&form, "yn")[1].name, "other");
    assert_eq!(choices(&form, "yn")[1].label, ["Otro", "Other"]);
    let other = node(&form, "a_other");
    assert_eq!((other.kind.as_str(), other.relevant.as_str()), ("text", "selected(../a, 'other')"));
    assert_eq!(other.label, ["Especificar otro.", "Specify other."]);
    assert_eq!(
        errors(&asked("| | select_one yn or_other | a | A | name = 'y' |")),
        at("survey 2 choice_filter", ProblemKind::OtherFilter)
    );
}

#[test]
fn external_choices_are_a_list_with_a_filter() {
    let table = "
        | survey           |
        |                  | type                      | name | label | choice_filter |
        |                  | text                      | p    | P     |               |
        |                  | select_one_external towns | t    | T     | province=${p} |
        | external_choices |
        |                  | list_name | name | label | province |
        |                  | towns     | pan  | Panamá | panama  |
        |                  | towns     | pan  | Panamá | cocle   |";
    let form = form(table);
    assert_eq!((node(&form, "t").kind.as_str(), node(&form, "t").list.as_str()), ("select_one", "towns"));
    assert_eq!(choices(&form, "towns")[1].columns, [("province".to_owned(), "cocle".to_owned())]);
}

#[test]
fn choices_come_from_files() {
    let table =
        asked("| | select_one_from_file towns.csv | a | A | region = 'west' | value=code label=title | |");
    let lines: &[&[&str]] = &[&["code", "title", "region"], &["1", "Pueblo", "west"]];
    let reading = attach(&table, "Towns.csv", lines);
    let form = reading.form.unwrap();
    let choice = &choices(&form, &node(&form, "a").list)[0];
    assert_eq!((choice.name.as_str(), choice.label.as_slice()), ("1", ["Pueblo".to_owned()].as_slice()));
    assert!(choice.columns.contains(&("region".to_owned(), "west".to_owned())));
    assert_eq!(unsupported(&table), at("survey 2 type", ProblemKind::NeedsFile("towns.csv".to_owned())));
    let reading = attach(&table, "towns.csv", &[&["code"], &["1"]]);
    let kind = ProblemKind::NoFileColumn { column: "title".to_owned(), file: "towns.csv".to_owned() };
    assert!(reading.problems.iter().any(|problem| problem.kind == kind));
    for file in ["towns.doc", "towns", "towns.old.csv"] {
        let table = asked(&format!("| | select_multiple_from_file {file} | a | A |"));
        assert_eq!(errors(&table), at("survey 2 type", ProblemKind::FileEnding(file.to_owned())));
    }
}

#[test]
fn tables_are_looked_up_in_by_the_name_of_their_file() {
    let table = "
        | survey |
        |        | type         | name  | label | calculation                            |
        |        | text         | a     | A     |                                        |
        |        | csv-external | towns |       |                                        |
        |        | calculate    | b     |       | pulldata('towns', 'size', 'name', ${a}) |
        |        | calculate    | c     |       | count(instance('towns')/root/item)     |
        |        | calculate    | d     |       | instance('gone')/root/item/name        |";
    let reading = attach(table, "towns.csv", &[&["name", "size"], &["x", "3"]]);
    let kinds: Vec<&ProblemKind> = reading.problems.iter().map(|problem| &problem.kind).collect();
    assert_eq!(kinds, [&ProblemKind::NoInstance("gone".to_owned())]);
    let table =
        table.replace("| calculate    | d     |       | instance('gone')/root/item/name        |", "");
    let form = attach(&table, "towns.csv", &[&["name", "size"], &["x", "3"]]).form.unwrap();
    assert_eq!(choices(&form, "towns")[0].columns, [("size".to_owned(), "3".to_owned())]);
    assert!(form.nodes.iter().all(|node| node.name != "towns"));
    let needs = ProblemKind::NeedsFile("towns.csv".to_owned());
    assert_eq!(unsupported(&table)[0], ("survey 3 type".to_owned(), needs));
}

#[test]
fn a_list_and_a_file_of_one_name_are_told() {
    let table = asked("| | select_one yn | a | A |\n| | select_one_from_file yn.csv | b | B |");
    assert_eq!(errors(&table), at("survey 3 type", ProblemKind::SameSource("yn".to_owned())));
}

#[test]
fn answers_in_a_repeat_are_choices() {
    let table = "
        | survey |
        |        | type               | name | label | choice_filter |
        |        | begin repeat       | r    | R     |               |
        |        | text               | kid  | Kid   |               |
        |        | end repeat         |      |       |               |
        |        | select_one ${kid}  | old  | Old   | ${kid} != ''  |
        |        | select_one ${none} | new  | New   |               |";
    assert_eq!(errors(table), at("survey 6 type", ProblemKind::NoReference("none".to_owned())));
    let form = form(&table.replace("| select_one ${none} | new  | New   |               |", ""));
    let list = form.lists.iter().find(|list| list.name == node(&form, "old").list).unwrap();
    assert_eq!((list.from.as_str(), list.choices.len()), ("kid", 0));
}

#[test]
fn lists_are_shuffled_as_asked() {
    let form = form(&asked(
        "| | rank yn | a | A | | randomize=true seed=4 | |\n| | select_one yn | b | B | | randomize=false | |",
    ));
    let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    assert_eq!(node(&form, "a").parameters, [pair("randomize", "true"), pair("seed", "4")]);
    assert_eq!(node(&form, "b").parameters, []);
}

#[test]
fn search_is_not_done_and_checked() {
    let alone = asked("| | select_one yn | a | A | | | search('towns') |");
    assert_eq!(errors(&alone), []);
    assert_eq!(unsupported(&alone), at("survey 2 appearance", ProblemKind::SearchUnsupported));
    let shared =
        asked("| | select_one yn | a | A | | | search('towns') |\n| | select_one yn | b | B | | | |");
    let kind = ProblemKind::SearchShared { list: "yn".to_owned(), other: "b".to_owned() };
    assert_eq!(errors(&shared), at("survey 2 type", kind));
    let file = asked("| | select_one_from_file t.csv | a | A | | | search('towns') |");
    assert_eq!(errors(&file), at("survey 2 appearance", ProblemKind::SearchFile));
}

#[test]
fn a_table_has_no_answer_to_mention() {
    let table =
        "| survey |\n| | type | name | label |\n| | csv-external | towns | |\n| | text | a | A ${towns} |";
    assert_eq!(errors(table), at("survey 3 label", ProblemKind::NoReference("towns".to_owned())));
}
