//! What only shows from inside: that a wave leaves nothing stale behind.

use std::rc::Rc;

use proptest::prelude::*;

use super::{Answer, At, Moment, Session, Settings};
use crate::form::wire::{ChoiceSource, ListSource, NodeSource};
use crate::form::{Date, Form, FormSource, NodeKind, QuestionKind};

/// A bit of everything: (depth, kind, name, members as in the stored form).
const FORM: [(usize, &str, &str, &str); 20] = [
    (0, "select_one d", "d", ""),
    (0, "select_one a", "a", "choice_filter: d = ${d}; relevant: ${d} != ''; required: ${n} > 1"),
    (
        0,
        "select_multiple a",
        "many",
        "choice_filter: name != ${a}; constraint: count-selected(.) < ${n}; message: fewer than ${n}",
    ),
    (0, "integer", "n", "default: 1 + 1"),
    (0, "page", "g", "relevant: ${n} != 3; label: Group ${total}"),
    (1, "repeat", "r", "repeat_count: ${n}; label: Part ${place}"),
    (2, "integer", "x", "label: X of ${d}; readonly: ${total} > 4"),
    (2, "calculate", "place", "calculation: position(..)"),
    (2, "calculate", "sofar", "calculation: sum(../../r[position() <= position(current()/..)]/x)"),
    (2, "calculate", "before", "calculation: indexed-repeat(${x}, ${r}, position(..) - 1)"),
    (2, "repeat", "s", "relevant: ${x} > 1"),
    (3, "text", "t", "default: concat(${x}, position(..)); required: ${place} = 2"),
    (3, "date", "day", "relevant: ${t} != ''; constraint: . > ../../../../first"),
    (3, "calculate", "same", "calculation: count(../../s[t = current()/../t])"),
    (2, "calculate", "subs", "calculation: count(${s}) + count-non-empty(${t})"),
    (1, "calculate", "total", "calculation: sum(${x})"),
    (0, "calculate", "first", "calculation: min(/data/g/r/s/day)"),
    (
        0,
        "calculate",
        "shown",
        "calculation: concat(jr:choice-name(${a}, '${a}'), instance('a')/root/item[d = ${d}]/name)",
    ),
    (0, "calculate", "dates", "calculation: count(${day})"),
    (0, "rank d", "rank", "relevant: ${total} > 3; hint: ${shown} ${subs}"),
];

/// Choices: list, name, label, district.
const CHOICES: [(&str, &str, &str, &str); 5] = [
    ("d", "n", "North", ""),
    ("d", "s", "South", ""),
    ("a", "n1", "North one of ${n}", "n"),
    ("a", "n2", "North two", "n"),
    ("a", "s1", "South one", "s"),
];

fn session() -> Session {
    let both = |text: &str| vec![text.to_owned(), format!("{text} (es)")];
    let mut rows = FORM.iter().peekable();
    let choices = |list: &str| {
        let own = CHOICES.iter().filter(|choice| choice.0 == list);
        let choice = |(_, name, label, d): &(&str, &str, &str, &str)| ChoiceSource {
            name: (*name).to_owned(),
            label: both(label),
            columns: vec![(String::from("d"), (*d).to_owned())],
            ..ChoiceSource::default()
        };
        ListSource { name: list.to_owned(), from: String::new(), choices: own.map(choice).collect() }
    };
    let source = FormSource {
        languages: vec![String::from("en"), String::from("es")],
        nodes: nodes(&mut rows, 0, &both),
        lists: vec![choices("d"), choices("a")],
        ..FormSource::default()
    };
    let form = Rc::new(Form::build(&source).unwrap());
    Session::new(
        form,
        Settings {
            language: 0,
            seed: 1,
            matches: |_, _| None,
            calculate: crate::xpath::Math::calculate,
            digest: |_, _| None,
        },
        now(),
    )
    .unwrap()
}

type Rows<'a> = std::iter::Peekable<std::slice::Iter<'a, (usize, &'static str, &'static str, &'static str)>>;

fn nodes(rows: &mut Rows<'_>, depth: usize, both: &dyn Fn(&str) -> Vec<String>) -> Vec<NodeSource> {
    let mut read = Vec::new();
    while let Some((_, kind, name, members)) = rows.next_if(|row| row.0 == depth) {
        let (kind, list) = kind.split_once(' ').unwrap_or((kind, ""));
        let member = |wanted: &str| {
            let parts = members.split("; ").filter_map(|member| member.split_once(": "));
            parts
                .filter(|(name, _)| *name == wanted)
                .map(|(_, text)| text.to_owned())
                .next()
                .unwrap_or_default()
        };
        let text =
            |wanted: &str| Some(member(wanted)).filter(|text| !text.is_empty()).map(|text| both(&text));
        read.push(NodeSource {
            name: (*name).to_owned(),
            kind: kind.to_owned(),
            list: list.to_owned(),
            label: text("label").unwrap_or_default(),
            hint: text("hint").unwrap_or_default(),
            relevant: member("relevant"),
            required: member("required"),
            constraint: member("constraint"),
            constraint_message: text("message").unwrap_or_default(),
            readonly: member("readonly"),
            calculation: member("calculation"),
            default: member("default"),
            choice_filter: member("choice_filter"),
            repeat_count: member("repeat_count"),
            children: nodes(rows, depth + 1, both),
            ..NodeSource::default()
        });
    }
    read
}

fn now() -> Moment {
    Moment::parse("2026-11-23T14:50:49", -300).unwrap()
}

/// Does something possible, chosen by two numbers.
fn act(session: &mut Session, (which, how): (u16, u16)) {
    let slots = session.instance.everything();
    let at = slots[usize::from(which) % slots.len()];
    let kind = session.definition(at).unwrap().kind.clone();
    match kind {
        _ if how.is_multiple_of(13) => session.set_language(usize::from(how % 2)),
        NodeKind::Question(kind) => session.answer(at, answer(session.form(), kind, how), now()),
        NodeKind::Repeat { .. } if session.is_instance(at) && how.is_multiple_of(3) => {
            session.remove(at, now())
        }
        _ => session.add(at, now()),
    };
}

fn answer(form: &Form, kind: QuestionKind, how: u16) -> Answer {
    let names = |list| -> Vec<String> {
        let choices = form.list(list).unwrap().choices.iter().enumerate();
        choices.filter(|(i, _)| how >> i & 1 == 1).map(|(_, choice)| choice.name.clone()).collect()
    };
    match kind {
        _ if how.is_multiple_of(5) => Answer::Empty,
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
