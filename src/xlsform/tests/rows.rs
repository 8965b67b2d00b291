use super::*;

fn survey(rows: &str) -> String {
    format!("| survey |\n| | type | name | label | appearance | relevant | disabled |\n{rows}")
}

fn with_lists(rows: &str) -> String {
    let choices = "| choices |\n| | list_name | name | label |\n| | yn | y | Yes |\n| | ab | a | A |";
    format!("{}\n{choices}", survey(rows))
}

#[test]
fn groups_hold_what_stands_between_begin_and_end() {
    let form = form(&survey(
        "| | begin group | g | G | field-list w4 | 1 = 1 | |
         | | begin_repeat | r | R | | | |
         | | text | a | A | | | |
         | | end_repeat | | | | | |
         | | end group | | | | | |
         | | begin group | h | | | | |
         | | end group | | | | | |",
    ));
    let [g, h] = &form.nodes[..] else { panic!() };
    assert_eq!((g.kind.as_str(), g.relevant.as_str(), g.label[0].as_str()), ("page", "1 = 1", "G"));
    assert_eq!((g.children[0].kind.as_str(), g.children[0].children[0].name.as_str()), ("repeat", "a"));
    assert_eq!((h.kind.as_str(), h.children.len()), ("group", 0));
}

#[test]
fn begin_and_end_come_in_pairs() {
    let open = survey("| | begin group | g | G | | | |\n| | text | a | A | | | |");
    assert_eq!(errors(&open), at("survey 2", ProblemKind::UnclosedBegin(Control::Group)));
    let closed = survey("| | text | a | A | | | |\n| | end repeat | | | | | |");
    assert_eq!(errors(&closed), at("survey 3 type", ProblemKind::UnopenedEnd(Control::Repeat)));
    let crossed = survey(
        "| | begin group | g | G | | | |\n| | begin repeat | r | R | | | |\n| | end group | | | | | |",
    );
    assert_eq!(errors(&crossed), at("survey 4 type", ProblemKind::UnopenedEnd(Control::Group)));
}

#[test]
fn names_are_there_right_and_unlike() {
    let rows = survey(
        "| | text | | A | | | |
         | | text | 1a | A | | | |
         | | text | b | B | | | |
         | | text | B | B | | | |
         | | text | b | B | | | |
         | | begin group | meta | M | | | |
         | | text | b | B | | | |
         | | end group | | | | | |
         | | note | | N | | | |
         | | begin repeat | data | D | | | |
         | | begin repeat | r | R | | | |
         | | end repeat | | | | | |
         | | end repeat | | | | | |
         | | begin repeat | r | R | | | |
         | | end repeat | | | | | |",
    );
    let name = |name: &str| name.to_owned();
    assert_eq!(
        errors(&rows),
        [
            (name("survey 2 name"), ProblemKind::NoName),
            (name("survey 3 name"), ProblemKind::BadName(name("1a"))),
            (name("survey 6 name"), ProblemKind::SameName(name("b"))),
            (name("survey 7 name"), ProblemKind::ReservedName(name("meta"))),
            (name("survey 11 name"), ProblemKind::SameRepeatName(name("data"))),
            (name("survey 15 name"), ProblemKind::SameRepeatName(name("r"))),
        ]
    );
    assert!(notices(&rows).contains(&(name("survey 5 name"), ProblemKind::NearName(name("B")))));
}

#[test]
fn rows_without_meaning_are_skipped_and_told() {
    let rows = survey(
        "| | | | | | 1 = 2 | |
         | | text | a | A | | | yes |
         | | | b | B | | | |
         | | text | c | C | | | no |",
    );
    assert_eq!(errors(&rows), at("survey 4 type", ProblemKind::NoType));
    assert_eq!(
        notices(&rows),
        [
            ("survey 2".to_owned(), ProblemKind::Skipped),
            ("survey 3 disabled".to_owned(), ProblemKind::Disabled),
        ]
    );
}

#[test]
fn what_stands_below_many_blank_rows_is_no_question() {
    let mut sheets = sheets(&survey("| | text | a | A | | | |\n| | because | | | | | |"));
    sheets.sheets[0].rows[1].number = 400;
    let reading = read(&sheets);
    assert_eq!(reading.form.unwrap().nodes.len(), 1);
    assert_eq!(reading.problems[0].kind, ProblemKind::StrayRows);
    assert_eq!(reading.problems[0].place.row, Some(400));
}

#[test]
fn types_are_known_unsupported_or_unknown() {
    let of = |kind: &str| survey(&format!("| | {kind} | a | A | | | |"));
    let unknown = |kind: &str, meant: Option<&str>| {
        at(
            "survey 2 type",
            ProblemKind::UnknownType { kind: kind.to_owned(), meant: meant.map(str::to_owned) },
        )
    };
    assert_eq!(errors(&of("essay")), unknown("essay", None));
    assert_eq!(errors(&of("Text")), unknown("Text", Some("text")));
    for kind in ["osm", "osm roads", "include", "cascading_select a"] {
        assert_eq!(
            unsupported(&of(kind)),
            at("survey 2 type", ProblemKind::UnsupportedType(kind.to_owned())),
            "{kind}"
        );
    }
}

#[test]
fn a_table_of_selects_is_a_grid() {
    let form = form(&with_lists(
        "| | begin group | g | G | table-list | | |
         | | select_one yn | a | A | | | |
         | | select_one yn | b | B | minimal | | |
         | | end group | | | | | |",
    ));
    let grid = node(&form, "g");
    assert_eq!((grid.kind.as_str(), grid.list.as_str(), grid.children.len()), ("grid", "yn", 2));
    assert_eq!(grid.children[1].appearance, "");
}

#[test]
fn a_header_over_rows_without_labels_is_a_grid() {
    let form = form(&with_lists(
        "| | begin group | g | | field-list | | |
         | | select_one yn | head | How often? | label | | |
         | | select_one yn | a | A | list-nolabel | | |
         | | select_one yn | b | B | list-nolabel | | |
         | | end group | | | | | |",
    ));
    let grid = node(&form, "g");
    assert_eq!((grid.kind.as_str(), grid.list.as_str()), ("grid", "yn"));
    assert_eq!(grid.label, ["How often?"]);
    let names: Vec<&str> = grid.children.iter().map(|child| child.name.as_str()).collect();
    assert_eq!(names, ["a", "b"]);
}

#[test]
fn what_is_no_grid_is_a_page() {
    let mixed = with_lists(
        "| | begin group | g | G | table-list | | |
         | | select_multiple yn | a | A | | | |
         | | end group | | | | | |
         | | begin group | h | H | field-list | | |
         | | text | t | T | | | |
         | | select_one yn | head | | label | | |
         | | select_one yn | b | B | list-nolabel | | |
         | | end group | | | | | |",
    );
    let form = form(&mixed);
    assert_eq!((node(&form, "g").kind.as_str(), node(&form, "h").kind.as_str()), ("page", "page"));
    assert_eq!((node(&form, "head").kind.as_str(), node(&form, "b").kind.as_str()), ("note", "select_one"));
    assert_eq!(notices(&mixed), at("survey 2 appearance", ProblemKind::NotGrid));
    let lists = with_lists(
        "| | begin group | g | G | table-list | | |
         | | select_one yn | a | A | | | |
         | | select_one ab | b | B | | | |
         | | end group | | | | | |",
    );
    let kind = ProblemKind::GridLists { first: "yn".to_owned(), second: "ab".to_owned() };
    assert_eq!(errors(&lists), at("survey 4 type", kind));
}

#[test]
fn settings_can_stand_among_the_rows() {
    let form = form(&survey("| | form_title | Visit | | | | |\n| | text | a | A | | | |"));
    assert_eq!((form.title[0].as_str(), form.nodes.len()), ("Visit", 1));
}

#[test]
fn loops_go_over_a_list() {
    let of = |kind: &str| with_lists(&format!("| | {kind} | l | L | | | |\n| | end loop | | | | | |"));
    assert_eq!(errors(&of("begin loop over yn")), []);
    assert_eq!(errors(&of("begin loop")), at("survey 2 type", ProblemKind::NoLoopList));
    assert_eq!(errors(&of("begin_loop over no")), at("survey 2 type", ProblemKind::NoList("no".to_owned())));
}

#[test]
fn cells_without_effect_are_told() {
    let table = "
        | survey |
        |        | type    | name | label | choice_filter | repeat_count | parameters | media::smell |
        |        | integer | a    | A     | 1 = 1         | 3            | rows=2     |              |";
    let unused = |place: &str| (place.to_owned(), ProblemKind::UnusedColumn);
    let places = ["survey 2 repeat_count", "survey 2 choice_filter", "survey 2 parameters"].map(unused);
    let mut expected = vec![("survey 1 media::smell".to_owned(), ProblemKind::UnusedColumn)];
    expected.extend(places);
    assert_eq!(notices(table), expected);
    let smell = table.replace("rows=2     |              |", "rows=2     | rose         |");
    assert_eq!(errors(&smell), at("survey 1 media::smell", ProblemKind::UnknownMedia));
}
