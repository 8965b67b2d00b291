use super::fill::{form, now, settings};
use sondeo::engine::Session;
use std::rc::Rc;

/// The names on the cycle of a form whose rows are `name, column, expression`; blank when it has none.
fn cycle(rows: &[(&str, &str, &str)]) -> String {
    let columns = ["calculation", "relevant", "constraint", "required", "choice_filter", "label"];
    let mut markdown = format!("| survey |\n| | type | name | {} |\n", columns.join(" | "));
    for (name, column, expression) in rows {
        let cells: Vec<&str> =
            columns.iter().map(|known| if known == column { *expression } else { "" }).collect();
        markdown.push_str(&format!("| | text | {name} | {} |\n", cells.join(" | ")));
    }
    match Session::new(Rc::new(form(&markdown)), settings(), now()) {
        Ok(_) => String::new(),
        Err(cycle) => {
            let first =
                cycle.names.iter().enumerate().min_by_key(|(_, name)| *name).map_or(0, |(first, _)| first);
            let names: Vec<&str> = cycle.names.iter().map(String::as_str).collect();
            [&names[first..], &names[..first]].concat().join(" ")
        }
    }
}

#[test]
fn calculations_that_wait_for_each_other_are_named() {
    let rows = [("a", "calculation", "${b} + 1"), ("b", "calculation", "${c}"), ("c", "calculation", "${a}")];
    assert_eq!(cycle(&rows), "a b c");
    assert_eq!(cycle(&rows[..2]), "");
}

#[test]
fn a_question_that_waits_for_itself_is_named() {
    assert_eq!(cycle(&[("a", "calculation", "${a} + 1")]), "a");
    assert_eq!(cycle(&[("a", "relevant", ". != ''")]), "a");
    assert_eq!(cycle(&[("a", "relevant", "${b} = 1"), ("b", "relevant", "${a} = 1")]), "a b");
}

#[test]
fn a_constraint_or_a_label_may_speak_of_its_own_answer() {
    assert_eq!(cycle(&[("a", "constraint", ". > 3 and ${a} < 9")]), "");
    assert_eq!(cycle(&[("a", "label", "You wrote ${a}")]), "");
    assert_eq!(cycle(&[("a", "required", "${a} = ''")]), "");
    assert_eq!(cycle(&[("a", "calculation", "once(random())")]), "");
}

#[test]
fn a_group_whose_relevance_waits_for_what_is_in_it_is_named() {
    let markdown = "
        | survey |             |      |            |
        |        | type        | name | relevant   |
        |        | begin_group | g    | ${x} = 1   |
        |        | text        | x    |            |
        |        | end_group   |      |            |
    ";
    let mut names = Session::new(Rc::new(form(markdown)), settings(), now()).unwrap_err().names;
    names.sort();
    assert_eq!(names, ["g", "x"]);
}
