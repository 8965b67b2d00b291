//! A small form and its answers, for the tests of this folder.

use super::{DateTime, Expr, Scope, digest};
use std::borrow::Cow;
use std::cell::Cell;

/// Two blanks deeper is a child. `*` marks the node that expressions belong to.
const FORM: &str = "
data
  name = Ana
  age = 34
  born = 1992-05-30
  visits = bus train walk
  empty =
  note = *
  kid
    name = Bo
    age = 3
    toy
      what = ball
    toy
      what = kite
  kid
    name = Cy
    age = 12
    toy
      what = drum
  kid
    name = Di
    age =
  point = 8.98 -79.52 10 5
instance towns
  root
    item
      name = pc
      label = Panama City
      zone = 1
    item
      name = col
      label = Colón
      zone = 2
    item
      name = dav
      label = David
      zone = 1
";

struct Slot {
    parent: Option<usize>,
    name: &'static str,
    text: &'static str,
}

pub(super) struct World {
    slots: Vec<Slot>,
    pub(super) context: usize,
    pub(super) now: &'static str,
    draws: Cell<u32>,
}

impl World {
    /// The form, seen from its node `note`, at noon in Panama.
    pub(super) fn new() -> World {
        let mut slots = vec![Slot { parent: None, name: "", text: "" }];
        let mut line = vec![0];
        let mut context = 0;
        for written in FORM.lines().filter(|line| !line.is_empty()) {
            let depth = (written.len() - written.trim_start().len()) / 2;
            let (name, text) = written.trim().split_once('=').unwrap_or((written.trim(), ""));
            if text.trim() == "*" {
                context = slots.len();
            }
            let is_instance = name.starts_with("instance ");
            line.truncate(depth + 1);
            let parent = if is_instance { None } else { line.last().copied() };
            line.push(slots.len());
            slots.push(Slot { parent, name: name.trim(), text: text.trim().trim_matches('*') });
            if is_instance {
                line = vec![0, slots.len() - 1];
            }
        }
        World { slots, context, now: "2026-11-23T12:34:56.789-05:00", draws: Cell::new(0) }
    }

    /// The same, seen from another place.
    pub(super) fn at(path: &str) -> World {
        let mut world = World::new();
        let nodes = match Expr::parse(path).unwrap().eval(&world).unwrap() {
            super::Value::Nodes(nodes) => nodes,
            other => panic!("{path} is {other:?}"),
        };
        world.context = nodes[0];
        world
    }

    /// The value of an expression as text, or its fault.
    pub(super) fn give(&self, source: &str) -> String {
        match Expr::parse(source) {
            Ok(expr) => expr.eval_text(self).unwrap_or_else(|error| error.to_string()),
            Err(error) => error.to_string(),
        }
    }

    /// Each expression gives this text.
    #[track_caller]
    pub(super) fn check(&self, table: &[(&str, &str)]) {
        let wrong: Vec<String> = table
            .iter()
            .map(|(source, wanted)| (source, wanted, self.give(source)))
            .filter(|(_, wanted, given)| given != *wanted)
            .map(|(source, wanted, given)| format!("{source}\n    wants {wanted:?}\n    gave  {given:?}"))
            .collect();
        assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), table.len(), wrong.join("\n"));
    }

    fn is_under(&self, node: usize, top: usize) -> bool {
        std::iter::successors(self.slots[node].parent, |node| self.slots[*node].parent)
            .any(|above| above == top)
    }
}

impl Scope for World {
    type Node = usize;

    fn context(&self) -> usize {
        self.context
    }

    fn resolve(&self, name: &str, from: usize) -> Vec<usize> {
        let named: Vec<usize> = (0..self.slots.len()).filter(|node| self.slots[*node].name == name).collect();
        let mut line = std::iter::successors(Some(from), |node| self.slots[*node].parent);
        line.find_map(|top| {
            let inside: Vec<usize> = named.iter().copied().filter(|node| self.is_under(*node, top)).collect();
            // Up to the nearest instance that has the name; a form's direct children are not repeats.
            let direct = inside.iter().copied().filter(|node| self.slots[*node].parent == Some(top));
            let direct: Vec<usize> = direct.collect();
            Some(if direct.is_empty() { inside } else { direct }).filter(|found| !found.is_empty())
        })
        .unwrap_or_default()
    }

    fn root(&self) -> usize {
        0
    }

    fn parent(&self, node: usize) -> Option<usize> {
        self.slots[node].parent
    }

    fn children(&self, node: usize) -> Vec<usize> {
        (0..self.slots.len()).filter(|child| self.slots[*child].parent == Some(node)).collect()
    }

    fn name(&self, node: usize) -> Cow<'_, str> {
        Cow::Borrowed(self.slots[node].name)
    }

    fn text(&self, node: usize) -> Cow<'_, str> {
        match self.children(node).as_slice() {
            [] => Cow::Borrowed(self.slots[node].text),
            inside => inside.iter().map(|child| self.text(*child).into_owned()).collect(),
        }
    }

    fn instance(&self, id: &str) -> Option<usize> {
        self.slots.iter().position(|item| item.name.strip_prefix("instance ") == Some(id))
    }

    fn matches(&self, pattern: &str, text: &str) -> Option<bool> {
        Some(regex_lite::Regex::new(&format!("^(?:{pattern})$")).ok()?.is_match(text))
    }

    fn now(&self) -> DateTime {
        DateTime::parse(self.now, -300).unwrap()
    }

    fn random(&self) -> f64 {
        self.draws.set(self.draws.get() + 1);
        f64::from(self.draws.get() * 7919 % 1000) / 1000.0
    }

    fn last_saved(&self, name: &str) -> Option<String> {
        (name == "age").then(|| "33".to_owned())
    }

    fn choice_label(&self, question: usize, value: &str) -> Option<String> {
        (self.slots[question].name == "visits" && value == "bus").then(|| "By bus".to_owned())
    }

    fn itext(&self, id: &str) -> Option<String> {
        (id == "hello").then(|| "Hola".to_owned())
    }

    fn digest(&self, algorithm: &str, text: &str) -> Option<Vec<u8>> {
        digest::digest(algorithm, text.as_bytes())
    }
}
