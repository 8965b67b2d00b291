//! Sheets to forms, in tables: the first cell of a line names a sheet, the next line has its headers, those below are rows.

use super::*;
use crate::form::Form;
use crate::form::wire::{ChoiceSource, NodeSource};
use crate::xpath::ParseErrorKind;

mod choices;
mod entities;
mod languages;
mod loops;
mod questions;
mod rows;

/// Sheets of a table.
fn sheets(table: &str) -> Sheets {
    let mut sheets = Sheets::default();
    let mut rows = 1;
    for line in table.lines().map(str::trim).filter(|line| line.starts_with('|')) {
        let cells: Vec<String> =
            line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
        if let Some(name) = SheetName::ALL.into_iter().find(|name| name.as_str() == cells[0]) {
            sheets.sheets.push(Sheet { name, header: Vec::new(), rows: Vec::new() });
            rows = 1;
            continue;
        }
        let sheet = sheets.sheets.last_mut().unwrap();
        let cells = cells[1..].to_vec();
        if sheet.header.is_empty() {
            sheet.header = cells;
        } else {
            rows += 1;
            sheet.rows.push(Row { number: rows, cells });
        }
    }
    sheets
}

/// Reads a table. A form that comes back can be built.
fn reading(table: &str) -> Reading {
    let reading = read(&sheets(table));
    if let Some(form) = &reading.form {
        assert!(Form::build(form).is_ok(), "{:?}", Form::build(form).err());
    }
    reading
}

/// The form of a table in which nothing is wrong; notices may be.
fn form(table: &str) -> FormSource {
    let reading = reading(table);
    reading.form.unwrap_or_else(|| panic!("{:?}", reading.problems))
}

/// Problems of a severity as "sheet row column": kind.
fn problems(table: &str, severity: Severity) -> Vec<(String, ProblemKind)> {
    let reading = reading(table);
    assert_eq!(reading.form.is_none(), reading.problems.iter().any(|one| one.severity != Severity::Notice));
    let of = reading.problems.into_iter().filter(|problem| problem.severity == severity);
    of.map(|Problem { place, kind, .. }| {
        let row = place.row.map(|row| format!(" {row}")).unwrap_or_default();
        let column = place.column.map(|column| format!(" {column}")).unwrap_or_default();
        (format!("{}{row}{column}", place.sheet.as_str()), kind)
    })
    .collect()
}

fn errors(table: &str) -> Vec<(String, ProblemKind)> {
    problems(table, Severity::Error)
}

fn unsupported(table: &str) -> Vec<(String, ProblemKind)> {
    problems(table, Severity::Unsupported)
}

fn notices(table: &str) -> Vec<(String, ProblemKind)> {
    problems(table, Severity::Notice)
}

/// One problem at a place.
fn at(place: &str, kind: ProblemKind) -> Vec<(String, ProblemKind)> {
    vec![(place.to_owned(), kind)]
}

/// A node anywhere in a form.
fn node<'a>(form: &'a FormSource, name: &str) -> &'a NodeSource {
    fn find<'a>(nodes: &'a [NodeSource], name: &str) -> Option<&'a NodeSource> {
        nodes.iter().find_map(|node| if node.name == name { Some(node) } else { find(&node.children, name) })
    }
    find(&form.nodes, name).unwrap_or_else(|| panic!("no node {name}"))
}

fn choices<'a>(form: &'a FormSource, list: &str) -> &'a [ChoiceSource] {
    &form.lists.iter().find(|known| known.name == list).unwrap().choices
}

#[test]
fn a_form_has_the_id_title_and_version_of_its_settings() {
    let table = "
        | survey   |       |      |        |
        |          | type  | name | label  |
        |          | text  | a    | A      |
        | settings |       |      |        |
        |          | form_id | form_title | version | style |
        |          | visit   | The visit  | 7       | pages |";
    let form = form(table);
    assert_eq!((form.format, form.id.as_str(), form.version.as_str()), (SECOND_FORMAT, "visit", "7"));
    assert_eq!(form.title, ["The visit"]);
    assert_eq!(form.languages, ["en"]);
    assert_eq!(notices(table), []);
}

#[test]
fn a_form_without_settings_is_called_form() {
    let form = form("| survey |\n| | type | name | label |\n| | text | a | A |");
    assert_eq!((form.id.as_str(), form.title), ("form", vec!["form".to_owned()]));
}

#[test]
fn settings_without_meaning_here_are_told() {
    let table = "
        | survey   |
        |          | type  | name | label  |
        |          | text  | a    | A      |
        | settings |
        |          | id_string | form_id | submission_url | public_key | instance_name | style      | name  |
        |          | old       | new     | https://x.org  | ABC        | ${b}          | theme-grid | a b   |";
    assert_eq!(
        errors(table),
        [
            ("settings 2 name".to_owned(), ProblemKind::BadName("a b".to_owned())),
            ("settings 2 instance_name".to_owned(), ProblemKind::NoReference("b".to_owned())),
        ]
    );
    assert_eq!(
        notices(table),
        [
            ("settings 2 id_string".to_owned(), ProblemKind::TwoIds),
            ("settings 2 submission_url".to_owned(), ProblemKind::NothingSent),
            ("settings 2 public_key".to_owned(), ProblemKind::NotEncrypted),
            ("settings 2 instance_name".to_owned(), ProblemKind::UnusedSetting),
            ("settings 2 style".to_owned(), ProblemKind::UnusedSetting),
        ]
    );
}

#[test]
fn what_is_empty_is_no_form() {
    let none = at("survey", ProblemKind::NoSheet(SheetName::Survey));
    assert_eq!(errors(""), none);
    assert_eq!(errors("| choices |\n| | list_name | name |\n| | a | b |"), none);
    assert_eq!(
        errors("| survey |\n| | name | label |\n| | a | A |"),
        at("survey 1", ProblemKind::NoColumn("type"))
    );
}

#[test]
fn all_problems_come_in_one_pass_by_sheet_and_row() {
    let table = "
        | survey  |
        |         | type          | name | label | relevant | note to self |
        |         | select_one no | a b  | A     |          |              |
        |         | txt           | c    | C     | ${gone}  |              |
        |         | text          | c    |       | 1 +      |              |
        | choices |
        |         | list_name | name |
        |         | yn        |      |";
    let kinds: Vec<(String, ProblemKind)> = errors(table);
    let places: Vec<&str> = kinds.iter().map(|(place, _)| place.as_str()).collect();
    assert_eq!(
        places,
        [
            "survey 2 name",
            "survey 2 type",
            "survey 3 type",
            "survey 3 relevant",
            "survey 4 name",
            "survey 4 relevant",
            "survey 4 label",
            "choices 2 name"
        ]
    );
    assert_eq!(notices(table), at("survey 1 note to self", ProblemKind::UnknownColumn));
}

#[test]
fn expressions_say_where_they_go_wrong() {
    let table = "
        | survey |
        |        | type    | name | label | relevant   | constraint    | calculation |
        |        | integer | a    | A     | 1 = (2     | nonsense(.)   | yes         |";
    let [(place, ProblemKind::Expression { expression, error })] = &errors(table)[..] else { panic!() };
    assert_eq!((place.as_str(), expression.as_str()), ("survey 2 relevant", "1 = (2"));
    assert_eq!((&error.kind, error.position), (&ParseErrorKind::UnexpectedEnd, 6));
    let [(place, ProblemKind::Expression { error, .. })] = &unsupported(table)[..] else { panic!() };
    assert_eq!(place, "survey 2 constraint");
    assert_eq!(error.kind, ParseErrorKind::UnknownFunction("nonsense".to_owned()));
}

#[test]
fn mentions_must_name_one_row() {
    let survey = |cells: &str| {
        format!(
            "| survey |\n| | type | name | label | hint |\n| | text | a | A | |\n| | begin group | g | G | |\n\
             | | text | a | A | |\n| | end group | | | |\n| | text | b | B | |\n| | text | c | {cells} |"
        )
    };
    assert_eq!(errors(&survey("C ${b} | H ${b}")), []);
    let label = "survey 7 label";
    assert_eq!(errors(&survey("C ${d} |")), at(label, ProblemKind::NoReference("d".to_owned())));
    assert_eq!(errors(&survey("C ${a} |")), at(label, ProblemKind::AmbiguousReference("a".to_owned())));
    assert_eq!(errors(&survey("C ${ b } |")), at(label, ProblemKind::BadReference("${ b }".to_owned())));
    assert_eq!(errors(&survey("C ${b |")), at(label, ProblemKind::BadReference("${b".to_owned())));
    assert_eq!(notices(&survey("C ${instanceID} |")), at(label, ProblemKind::InstanceId));
    assert_eq!(notices(&survey("C ${last-saved#b} |")), at(label, ProblemKind::LastSaved("b".to_owned())));
}

#[test]
fn sheets_of_nonsense_never_stop_the_reader() {
    let words = [
        "",
        "type",
        "name",
        "label",
        "begin group",
        "end repeat",
        "select_one",
        "select_one a or_other",
        "${",
        "${a}",
        "#",
        "label::",
        "::",
        "range",
        "start=",
        "=",
        "a#b#c",
        "calculate",
        "begin loop over a",
        "rank a",
        "audit",
        "\u{0}",
        "’“",
        "select_one_from_file .csv",
        "select_one ${a}",
        "background-geopoint",
        "csv-external",
        "list_name",
        "pulldata('",
        "instance('x')/root[",
        "bind::type",
        "jr:",
        "media::",
        "concat(",
        "yes",
        "1 +",
        "table-list",
        "field-list label",
    ];
    let mut seed = 7_u64;
    let mut word = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        words[(seed >> 33) as usize % words.len()].to_owned()
    };
    for _ in 0..3000 {
        let mut given = Sheets::default();
        for name in SheetName::ALL {
            let usual: &[&str] = match name {
                SheetName::Survey => &[
                    "type",
                    "name",
                    "label",
                    "parameters",
                    "appearance",
                    "relevant",
                    "trigger",
                    "save_to",
                    "default",
                ],
                SheetName::Entities => &["list_name", "label", "entity_id"],
                SheetName::Settings => &["form_id", "default_language", "name"],
                _ => &["list_name", "name", "label", "score"],
            };
            let mut header: Vec<String> = usual.iter().map(|header| (*header).to_owned()).collect();
            header.push(word());
            let row = |number| Row { number, cells: header.iter().map(|_| word()).collect() };
            let rows = (2..8).map(row).collect();
            given.sheets.push(Sheet { name, header, rows });
        }
        let reading = read(&given);
        if let Some(form) = reading.form {
            assert!(Form::build(&form).is_ok());
        }
    }
}
