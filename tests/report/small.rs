//! A small form with a question of every kind, and answers to it: plain, awkward and impossible.

use std::rc::Rc;

use sondeo::form::wire::{ChoiceSource, FormSource, IndexSource, ListSource, NodeSource};
use sondeo::form::{Date, DateTime, Form, NodeKind, QuestionKind, Time};
use sondeo::instrument::{bundled_survey, definition_from_json};
use sondeo::response::{Answer, FormReference, Response, ResponseId};
use sondeo::survey::{Survey, SurveyState};

pub(crate) const VISIT: &str = include_str!("../../public/instruments/post_visit.json");
pub(crate) const STUDY: &str = include_str!("../../public/instruments/community_safety.json");

/// A list: name; then choices as (name, Spanish, English, role, score).
type Choices<'a> = &'a [(&'a str, &'a str, &'a str, &'a str, Option<f64>)];

const YES_NO: Choices<'_> = &[
    ("yes", "Sí", "Yes", "", None),
    ("no", "No", "No", "", None),
    ("dk", "No sé", "Don't know", "missing_dk", None),
];
const SCALE: Choices<'_> = &[
    ("1", "Nada", "Not at all", "", Some(1.0)),
    ("2", "Algo", "Somewhat", "", Some(2.0)),
    ("3", "=Mucho", "=A lot", "", Some(3.0)),
    ("never", "Nunca lo hago", "I never do it", "special_never", None),
    ("dk", "No sé", "Don't know", "missing_dk", None),
    ("na", "No aplica", "Not applicable", "missing_na", None),
    ("ref", "Prefiero no responder", "I prefer not to say", "missing_ref", None),
];

fn list(name: &str, choices: Choices<'_>) -> ListSource {
    let choice = |(name, es, en, role, score): &(&str, &str, &str, &str, Option<f64>)| ChoiceSource {
        name: (*name).to_owned(),
        label: vec![(*es).to_owned(), (*en).to_owned()],
        role: (*role).to_owned(),
        score: *score,
        columns: Vec::new(),
    };
    ListSource { name: name.to_owned(), from: String::new(), choices: choices.iter().map(choice).collect() }
}

fn node(name: &str, kind: &str, list: &str) -> NodeSource {
    NodeSource {
        name: name.to_owned(),
        kind: kind.to_owned(),
        list: list.to_owned(),
        label: vec![format!("¿{name}?"), format!("{name}?")],
        ..NodeSource::default()
    }
}

fn group(name: &str, kind: &str, children: Vec<NodeSource>) -> NodeSource {
    NodeSource { children, ..node(name, kind, "") }
}

fn asked(node: NodeSource, relevant: &str) -> NodeSource {
    NodeSource { relevant: relevant.to_owned(), ..node }
}

pub(crate) fn source() -> FormSource {
    let steps = group("steps", "repeat", vec![node("step", "text", "")]);
    let plans =
        group("plans", "repeat", vec![node("plan", "text", ""), node("sure", "select_one", "scale"), steps]);
    let grid = NodeSource {
        children: vec![node("row_a", "select_one", "scale"), node("row_b", "select_one", "scale")],
        ..node("grid", "grid", "scale")
    };
    let page = vec![
        node("district", "select_one", "yes_no"),
        node("gender", "select_one", "yes_no"),
        asked(node("women", "select_one", "yes_no"), "${gender} = 'yes'"),
        node("colour", "select_one", "yes_no"),
        node("many", "select_multiple", "yes_no"),
        node("order", "rank", "yes_no"),
        grid,
        node("number", "decimal", ""),
        node("times", "integer", ""),
        node("day", "date", ""),
        node("hour", "time", ""),
        node("moment", "dateTime", ""),
        node("words", "text", ""),
        plans,
    ];
    let mut vic = group("s_vic", "page", vec![node("vic", "select_one", "yes_no")]);
    vic.sensitive = true;
    FormSource {
        format: 1,
        id: "form".to_owned(),
        version: "2".to_owned(),
        title: vec!["Prueba".to_owned(), "Test".to_owned()],
        languages: vec!["es".to_owned(), "en".to_owned()],
        language_names: Vec::new(),
        nodes: vec![
            group("page", "page", page),
            vic,
            asked(node("told", "select_one", "yes_no"), "${vic} = 'yes' and ${times} >= 2"),
            node("colour", "text", ""),
        ],
        lists: vec![list("yes_no", YES_NO), list("scale", SCALE)],
        indices: vec![IndexSource {
            id: "rows".to_owned(),
            label: vec!["Filas".to_owned(), "Rows".to_owned()],
            kind: "mean".to_owned(),
            items: vec!["row_a".to_owned(), "row_b".to_owned()],
            minimum_items: 1,
            ..IndexSource::default()
        }],
    }
}

pub(crate) fn form() -> Form {
    Form::build(&source()).unwrap()
}

pub(crate) fn response(id: u8, answers: Vec<(&str, Answer)>) -> Response {
    Response {
        id: ResponseId([id; 16]),
        survey: "survey".to_owned(),
        form: FormReference { id: "form".to_owned(), version: "2".to_owned() },
        wave: "1".to_owned(),
        language: "es".to_owned(),
        started: Date::new(2026, 3, 4).unwrap(),
        finished: Date::new(2026, 3, 5).unwrap(),
        example: false,
        answers: answers.into_iter().map(|(path, answer)| (path.to_owned(), answer)).collect(),
    }
}

pub(crate) fn choice(name: &str) -> Answer {
    Answer::Choice(name.to_owned())
}

pub(crate) fn choices(names: &[&str]) -> Answer {
    Answer::Choices(names.iter().map(|name| (*name).to_owned()).collect())
}

pub(crate) fn text(text: &str) -> Answer {
    Answer::Text(text.to_owned())
}

/// The same numbers from the same seed.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        ((mixed ^ (mixed >> 27)) % most as u64) as usize
    }

    pub(crate) fn shuffle<T>(&mut self, all: &mut [T]) {
        for at in (1..all.len()).rev() {
            all.swap(at, self.below(at + 1));
        }
    }
}

const TEXTS: [&str; 8] = [
    "=HYPERLINK(\"http://x\")",
    "+1 & más",
    "uno,\r\ndos \"tres\"",
    " ñandú\t",
    "-",
    "@a\rb",
    "_x000D_ \u{b}<b>",
    "plain",
];

/// An answer that the question may get, or (rarely) none it can hold.
fn answer(form: &Form, kind: QuestionKind, node: &sondeo::form::Node, random: &mut Random) -> Answer {
    let names: Vec<String> = form
        .choices_of(node)
        .map(|list| list.choices.iter().map(|choice| choice.name.clone()).collect())
        .unwrap_or_default();
    if random.below(4) == 0 {
        return Answer::Empty;
    }
    match kind {
        QuestionKind::SelectOne(_) if random.below(12) == 0 => choice("elsewhere 2"),
        QuestionKind::SelectOne(_) => Answer::Choice(names[random.below(names.len())].clone()),
        QuestionKind::SelectMultiple(_) | QuestionKind::Rank(_) => {
            let mut names: Vec<String> = names.into_iter().filter(|_| random.below(2) == 0).collect();
            if matches!(kind, QuestionKind::Rank(_)) {
                random.shuffle(&mut names);
            }
            if random.below(8) == 0 {
                names.insert(0, "unknown".to_owned());
            }
            if names.is_empty() { Answer::Empty } else { Answer::Choices(names) }
        }
        QuestionKind::Integer if random.below(20) == 0 => Answer::Integer((1 << 53) + 1),
        QuestionKind::Integer => Answer::Integer(random.below(300) as i64 - 120),
        QuestionKind::Decimal => Answer::Decimal((random.below(4000) as f64 - 2000.0) / 16.0),
        QuestionKind::Date => Answer::Date(Date::from_days(random.below(40_000) as i32 - 30_000)),
        QuestionKind::Time => Answer::Time(Time::new(random.below(24) as u8, 30, 0, 0).unwrap()),
        QuestionKind::DateTime => Answer::DateTime(
            DateTime::parse(&format!("2026-03-05T{:02}:00", random.below(24)), -300).unwrap(),
        ),
        QuestionKind::Text if random.below(30) == 0 => text(&"Muy largo, ñandú. ".repeat(30)),
        QuestionKind::Text => text(TEXTS[random.below(TEXTS.len())]),
    }
}

/// A response with the paths of the form, instances of repeats included, some of them not shown.
fn fill(
    form: &Form,
    parent: Option<sondeo::form::NodeId>,
    at: &str,
    random: &mut Random,
    into: &mut Vec<(String, Answer)>,
) {
    for id in form.children(parent) {
        let node = form.node(id).unwrap();
        let path = if at.is_empty() { node.name.clone() } else { format!("{at}/{}", node.name) };
        match node.kind {
            NodeKind::Group(_) => fill(form, Some(id), &path, random, into),
            NodeKind::Repeat { .. } => {
                for number in 1..=random.below(4) {
                    // The first question of an instance is always shown: one that shows nothing is none.
                    let first = form.children(Some(id)).next().unwrap();
                    let start = into.len();
                    let path = format!("{path}[{number}]");
                    fill(form, Some(id), &path, random, into);
                    let name = format!("{path}/{}", form.node(first).unwrap().name);
                    if !into[start..].iter().any(|(path, _)| *path == name) {
                        into.insert(start, (name, Answer::Empty));
                    }
                }
            }
            NodeKind::Question(kind) if random.below(5) > 0 => {
                into.push((path, answer(form, kind, node, random)));
            }
            _ => {}
        }
    }
}

/// Random responses; the same seed makes the same ones.
pub(crate) fn random_responses(form: &Form, count: usize, seed: u64) -> Vec<Response> {
    let mut random = Random(seed);
    let make = |_| {
        let mut id = [0; 16];
        id.iter_mut().for_each(|byte| *byte = random.below(256) as u8);
        let mut response = response(0, Vec::new());
        response.id = ResponseId(id);
        response.wave = ["1", "2", "=3"][random.below(3)].to_owned();
        response.language = ["es", "en"][random.below(2)].to_owned();
        response.finished = response.started.add_days(random.below(80) as i32);
        response.example = random.below(9) == 0;
        fill(form, None, "", &mut random, &mut response.answers);
        response
    };
    (0..count).map(make).collect()
}

/// An instrument's survey with its form, and examples.
pub(crate) fn examples(instrument: &str, count: usize) -> (Survey, Rc<Form>, Vec<Response>) {
    let (mut survey, source) = bundled_survey(&definition_from_json(instrument).unwrap()).unwrap();
    survey.state = SurveyState::Closed;
    let form = Rc::new(Form::build(&source).unwrap());
    let today = Date::new(2026, 3, 5).unwrap();
    let responses = sondeo::job::examples(&form, &survey, count, 7, today, matches).unwrap();
    (survey, form, responses)
}

fn matches(pattern: &str, text: &str) -> Option<bool> {
    let anchored = format!("^(?:{})$", pattern.trim_start_matches('^').trim_end_matches('$'));
    regex_lite::Regex::new(&anchored).ok().map(|regex| regex.is_match(text))
}

/// The answer behind a header of CSV or workbook, found by a plain walk: the answer itself, and the choice of a 0/1 column.
pub(crate) fn behind<'r>(
    form: &Form,
    response: &'r Response,
    header: &str,
) -> (Option<&'r Answer>, Option<String>) {
    let plain = |path: &str| -> String {
        path.split(['[', ']']).enumerate().filter(|(at, _)| at % 2 == 0).map(|(_, part)| part).collect()
    };
    for (id, node) in form.iter() {
        let Some(kind) = node.kind.question() else { continue };
        let path = form.path(id);
        // Names that stand twice go by their whole path.
        let twice = form.iter().filter(|(_, other)| other.name == node.name).count() > 1;
        let repeats: Vec<&str> =
            path.split('/').filter(|part| matches!(*part, "plans" | "steps" | "commitments")).collect();
        let name = match (twice, repeats.is_empty()) {
            (true, _) => path.clone(),
            (false, true) => node.name.clone(),
            (false, false) => format!("{}/{}", repeats.join("/"), node.name),
        };
        let rest = plain(header);
        let part = if rest == name {
            None
        } else if let Some(part) = rest.strip_prefix(&format!("{name}/")) {
            let several = matches!(kind, QuestionKind::SelectMultiple(_) | QuestionKind::Rank(_));
            let known = form.choices_of(node).is_some_and(|list| list.choice(part).is_some());
            if !several || !known {
                continue;
            }
            Some(part.to_owned())
        } else {
            continue;
        };
        let wanted: usize = header
            .split_once('[')
            .and_then(|(_, rest)| rest.split_once(']'))
            .map_or(1, |(number, _)| number.parse().unwrap());
        // Instances are counted through, in order of their paths.
        let owner = |path: &str| path.rfind(']').map_or(String::new(), |end| path[..=end].to_owned());
        let mut instances: Vec<String> = Vec::new();
        let around = path.rsplit_once('/').map_or("", |(around, _)| around);
        for (path, _) in &response.answers {
            let inside = plain(path);
            let innermost = inside.rsplit_once('/').map_or("", |(around, _)| around);
            if innermost == around && !instances.contains(&owner(path)) {
                instances.push(owner(path));
            }
        }
        let Some(instance) = instances.get(wanted - 1) else { return (None, part) };
        let answer =
            response.answers.iter().find(|(full, _)| plain(full) == path && owner(full) == *instance);
        return (answer.map(|(_, answer)| answer), part);
    }
    panic!("no question behind {header}");
}
