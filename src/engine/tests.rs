//! What only shows from inside: that a wave leaves nothing stale behind.

use std::rc::Rc;

use proptest::prelude::*;

use super::{Answer, At, Moment, Session, Settings};
use crate::form::{Date, Form, FormSource, NodeKind, QuestionKind};

/// A bit of everything; members as in the stored form.
const FORM: &str = r#"{
    "format": 1, "id": "all", "version": "1", "title": [], "languages": ["es", "en"],
    "lists": [
        { "name": "d", "choices": [{ "name": "n", "label": ["Norte", "North"] }, { "name": "s", "label": ["Sur", "South"] }] },
        { "name": "a", "choices": [
            { "name": "n1", "label": ["Norte 1 ${n}", "North 1 ${n}"], "columns": [["d", "n"]] },
            { "name": "n2", "label": ["Norte 2", "North 2"], "columns": [["d", "n"]] },
            { "name": "s1", "label": ["Sur 1", "South 1"], "columns": [["d", "s"]] }
        ] }
    ],
    "nodes": [
        { "name": "d", "kind": "select_one", "list": "d", "label": ["Distrito", "District"] },
        { "name": "a", "kind": "select_one", "list": "a", "choice_filter": "d = ${d}", "relevant": "${d} != ''", "required": "${n} > 1" },
        { "name": "many", "kind": "select_multiple", "list": "a", "choice_filter": "name != ${a}", "constraint": "count-selected(.) < ${n}", "constraint_message": ["menos de ${n}", "fewer than ${n}"] },
        { "name": "n", "kind": "integer", "default": "1 + 1" },
        { "name": "g", "kind": "page", "relevant": "${n} != 3", "label": ["Grupo ${total}", "Group ${total}"], "children": [
            { "name": "r", "kind": "repeat", "repeat_count": "${n}", "label": ["Parte ${place}", "Part ${place}"], "children": [
                { "name": "x", "kind": "integer", "label": ["X de ${d}", "X of ${d}"], "readonly": "${total} > 4" },
                { "name": "place", "kind": "calculate", "calculation": "position(..)" },
                { "name": "sofar", "kind": "calculate", "calculation": "sum(../../r[position() <= position(current()/..)]/x)" },
                { "name": "before", "kind": "calculate", "calculation": "indexed-repeat(${x}, ${r}, position(..) - 1)" },
                { "name": "s", "kind": "repeat", "relevant": "${x} > 1", "children": [
                    { "name": "t", "kind": "text", "default": "concat(${x}, position(..))", "required": "${place} = 2" },
                    { "name": "day", "kind": "date", "relevant": "${t} != ''", "constraint": ". > ../../../../first" },
                    { "name": "same", "kind": "calculate", "calculation": "count(../../s[t = current()/../t])" }
                ] },
                { "name": "subs", "kind": "calculate", "calculation": "count(${s}) + count-non-empty(${t})" }
            ] },
            { "name": "total", "kind": "calculate", "calculation": "sum(${x})" }
        ] },
        { "name": "first", "kind": "calculate", "calculation": "min(/data/g/r/s/day)" },
        { "name": "label", "kind": "calculate", "calculation": "concat(jr:choice-name(${a}, '${a}'), instance('a')/root/item[d = ${d}]/name)" },
        { "name": "rank", "kind": "rank", "list": "d", "relevant": "${total} > 3", "hint": ["${label}", "${label} ${subs}"] }
    ]
}"#;

fn now() -> Moment {
    Moment::parse("2026-11-23T14:50:49", -300).unwrap()
}

fn session() -> Session {
    let source: FormSource = serde_json::from_str(FORM).unwrap();
    let form = Rc::new(Form::build(&source).unwrap());
    Session::new(form, Settings { language: 0, seed: 1, matches: |_, _| None }, now()).unwrap()
}

/// Does something possible, chosen by two numbers.
fn act(session: &mut Session, (which, how): (u16, u16)) {
    let slots = session.instance.everything();
    let at = slots[usize::from(which) % slots.len()];
    let kind = session.definition(at).unwrap().kind.clone();
    match kind {
        _ if how % 13 == 0 => session.set_language(usize::from(how % 2)),
        NodeKind::Question(kind) => session.answer(at, answer(session.form(), kind, how), now()),
        NodeKind::Repeat { .. } if session.is_instance(at) && how % 3 == 0 => session.remove(at, now()),
        _ => session.add(at, now()),
    };
}

fn answer(form: &Form, kind: QuestionKind, how: u16) -> Answer {
    let names = |list| -> Vec<String> {
        let choices = form.list(list).unwrap().choices.iter().enumerate();
        choices.filter(|(i, _)| how >> i & 1 == 1).map(|(_, choice)| choice.name.clone()).collect()
    };
    match kind {
        _ if how % 5 == 0 => Answer::Empty,
        QuestionKind::Integer => Answer::Integer(i64::from(how % 5)),
        QuestionKind::Date => Answer::Date(Date::from_days(20_000 + i32::from(how))),
        QuestionKind::SelectOne(list) => names(list).pop().map_or(Answer::Empty, Answer::Choice),
        QuestionKind::SelectMultiple(list) | QuestionKind::Rank(list) => {
            Some(names(list)).filter(|names| !names.is_empty()).map_or(Answer::Empty, Answer::Choices)
        }
        _ => Answer::Text(format!("t{}", how % 3)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn computing_everything_again_changes_nothing(acts: Vec<(u16, u16)>) {
        let mut session = session();
        for one in acts {
            act(&mut session, one);
            let before: Vec<_> = everything(&session);
            session.push_all(&session.instance.everything());
            let changes = session.run();
            let stale: Vec<String> = changes.nodes.iter().map(|at| session.path(*at)).collect();
            prop_assert_eq!(stale, Vec::<String>::new(), "after {:?}", one);
            prop_assert_eq!(before, everything(&session));
        }
    }
}

fn everything(session: &Session) -> Vec<(At, String)> {
    let text = |at: At| (at, session.instance.slot(at).unwrap().text.clone());
    session.instance.everything().into_iter().map(text).collect()
}
