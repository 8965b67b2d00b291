use std::rc::Rc;

use super::fill::{Filling, form, now, settings};
use proptest::prelude::*;
use sondeo::engine::{Answer, At, Session};
use sondeo::form::{Date, Form, NodeKind, QuestionKind};
use sondeo::response::Entry;

/// A bit of everything: groups, cascades, counts, repeats in repeats, calculations, labels with holes, two languages.
const FORM: &str = "
    | survey  |                   |       |                      |                     |                   |              |                     |                      |                                 |
    |         | type              | name  | label::Español (es)  | label::English (en) | relevant          | repeat_count | calculation         | choice_filter        | default                         |
    |         | select_one d      | d     | Distrito             | District            |                   |              |                     |                      |                                 |
    |         | select_one a      | a     | Área                 | Area                | ${d} != ''        |              |                     | d = ${d}             |                                 |
    |         | select_multiple a | many  | Áreas                | Areas               |                   |              |                     | name != ${a}         |                                 |
    |         | integer           | n     | Cuántos              | How many            |                   |              |                     |                      | 1                               |
    |         | begin_group       | g     | Grupo ${total}       | Group ${total}      | ${n} != 2         |              |                     |                      |                                 |
    |         | begin_repeat      | r     | Parte                | Part                |                   | ${n}         |                     |                      |                                 |
    |         | integer           | x     | X de ${d}            | X of ${d}           |                   |              |                     |                      |                                 |
    |         | calculate         | place |                      |                     |                   |              | position(..)        |                      |                                 |
    |         | begin_repeat      | s     | Sub                  | Sub                 | ${x} > 1          |              |                     |                      |                                 |
    |         | text              | t     | T ${place}           | T ${place}          |                   |              |                     |                      | concat(${x}, '-', position(..)) |
    |         | date              | day   | Día                  | Day                 | ${t} != ''        |              |                     |                      |                                 |
    |         | end_repeat        |       |                      |                     |                   |              |                     |                      |                                 |
    |         | calculate         | subs  |                      |                     |                   |              | count(../s)         |                      |                                 |
    |         | end_repeat        |       |                      |                     |                   |              |                     |                      |                                 |
    |         | calculate         | total |                      |                     |                   |              | sum(${x})           |                      |                                 |
    |         | end_group         |       |                      |                     |                   |              |                     |                      |                                 |
    |         | calculate         | label |                      |                     |                   |              | jr:choice-name(${a}, '${a}') |             |                                 |
    |         | rank d            | rank  | Orden ${label}       | Order ${label}      | ${total} > 3      |              |                     |                      |                                 |
    | choices |                   |       |                      |                     |                   |              |                     |                      |                                 |
    |         | list_name         | name  | label::Español (es)  | label::English (en) | d                 |              |                     |                      |                                 |
    |         | d                 | n     | Norte                | North               |                   |              |                     |                      |                                 |
    |         | d                 | s     | Sur                  | South               |                   |              |                     |                      |                                 |
    |         | a                 | n1    | Norte uno            | North one           | n                 |              |                     |                      |                                 |
    |         | a                 | n2    | Norte dos            | North two           | n                 |              |                     |                      |                                 |
    |         | a                 | s1    | Sur uno              | South one           | s                 |              |                     |                      |                                 |
";

/// Does something possible, chosen by two numbers.
fn act(filling: &mut Filling, (which, how): (u16, u16)) {
    let session = &mut filling.session;
    let mut slots = Vec::new();
    let mut open = session.roots();
    while let Some(at) = open.pop() {
        slots.push(at);
        open.extend(session.children(at));
    }
    let at = slots[usize::from(which) % slots.len()];
    if how.is_multiple_of(11) {
        let tag = if how.is_multiple_of(2) { "es" } else { "en" };
        filling.act(&format!("language {tag}"));
        return;
    }
    let path = session.path(at);
    let node = session.definition(at).unwrap();
    match node.kind {
        NodeKind::Question(kind) => {
            let answer = answer(session.form(), kind, how);
            filling.journal.push(Entry::Answer { path, answer: answer.clone() });
            session.answer(at, answer, now());
        }
        NodeKind::Repeat { .. } if session.is_extensible(at) => {
            filling.act(&format!("+ {path}"));
        }
        NodeKind::Repeat { .. } if session.is_instance(at) && path.ends_with(&format!("s[{}]", how % 3)) => {
            filling.act(&format!("- {path}"));
        }
        _ => {}
    }
}

fn answer(form: &Form, kind: QuestionKind, how: u16) -> Answer {
    let names = |list| -> Vec<String> {
        let list = form.list(list).unwrap();
        list.choices
            .iter()
            .enumerate()
            .filter(|(i, _)| how >> i & 1 == 1)
            .map(|(_, c)| c.name.clone())
            .collect()
    };
    match kind {
        _ if how.is_multiple_of(5) => Answer::Empty,
        QuestionKind::Integer => Answer::Integer(i64::from(how % 4)),
        QuestionKind::Date => Answer::Date(Date::from_days(20_000 + i32::from(how))),
        QuestionKind::SelectOne(list) => names(list).pop().map_or(Answer::Empty, Answer::Choice),
        QuestionKind::SelectMultiple(list) | QuestionKind::Rank(list) => {
            Some(names(list)).filter(|names| !names.is_empty()).map_or(Answer::Empty, Answer::Choices)
        }
        _ => Answer::Text(format!("t{how}")),
    }
}

/// Everything a screen can see of a session.
fn seen(session: &Session) -> Vec<(String, String)> {
    fn slot(session: &Session, at: At, seen: &mut Vec<(String, String)>) {
        seen.push((session.path(at), format!("{:?}", session.state(at))));
        session.children(at).into_iter().for_each(|child| slot(session, child, seen));
    }
    let mut all = Vec::new();
    session.roots().into_iter().for_each(|at| slot(session, at, &mut all));
    all
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn a_journal_replayed_gives_the_filling_as_it_was(acts: Vec<(u16, u16)>) {
        let mut filling = Filling::new(FORM);
        acts.into_iter().for_each(|one| act(&mut filling, one));
        let form = Rc::new(form(FORM));
        let (restored, report) = Session::restore(form, settings(), now(), &filling.journal).unwrap();
        prop_assert_eq!(report.skipped, 0);
        prop_assert_eq!(restored.language(), filling.session.language());
        prop_assert_eq!(seen(&restored), seen(&filling.session));
        prop_assert_eq!(restored.answers(), filling.session.answers());
    }

    #[test]
    fn changes_tell_everything_that_differs(acts: Vec<(u16, u16)>) {
        let mut filling = Filling::new(FORM);
        for one in acts {
            let before = seen(&filling.session);
            let count = filling.journal.len();
            act(&mut filling, one);
            // What was just written is undone in a copy, to see what the act itself reports.
            let Some(last) = filling.journal.get(count).cloned() else { continue };
            let earlier = &filling.journal[..count];
            let (mut copy, _) = Session::restore(Rc::new(form(FORM)), settings(), now(), earlier).unwrap();
            prop_assert_eq!(seen(&copy), before.clone());
            let changes = match last {
                Entry::Answer { path, answer } => copy.answer(copy.find(&path).unwrap(), answer, now()),
                Entry::Add(path) => copy.add(copy.find(&path).unwrap(), now()),
                Entry::Remove(path) => copy.remove(copy.find(&path).unwrap(), now()),
                Entry::Language(tag) => copy.set_language(copy.form().language(&tag).unwrap()),
                Entry::Page(_) => continue,
            };
            if !changes.structure.is_empty() {
                continue;
            }
            let changed: Vec<String> = changes.nodes.iter().map(|at| copy.path(*at)).collect();
            for ((path, was), (_, is)) in before.iter().zip(seen(&copy)) {
                prop_assert_eq!(changed.contains(path), *was != is, "{}: {} then {}", path, was, is);
            }
        }
    }
}

#[test]
fn what_no_longer_fits_is_skipped_and_counted() {
    let answer = |path: &str, answer| Entry::Answer { path: path.to_owned(), answer };
    let journal = [
        Entry::Page(String::from("d")),
        answer("n", Answer::Integer(2)),
        answer("gone", Answer::Integer(2)),
        answer("n", Answer::Choice(String::from("x"))),
        answer("g/r[2]/x", Answer::Integer(3)),
        answer("g/r[3]/x", Answer::Integer(3)),
        Entry::Add(String::from("g/r")),
        Entry::Remove(String::from("n")),
        Entry::Language(String::from("fr")),
        Entry::Language(String::from("en-US")),
        Entry::Page(String::from("g/r[1]/x")),
    ];
    let (session, report) = Session::restore(Rc::new(form(FORM)), settings(), now(), &journal).unwrap();
    assert_eq!(report.skipped, 6);
    assert_eq!(report.page.as_deref(), Some("g/r[1]/x"));
    assert_eq!(session.language(), 1);
    let x = session.find("g/r[2]/x").unwrap();
    assert_eq!(session.state(x).unwrap().answer, Answer::Integer(3));
}
