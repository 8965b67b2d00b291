//! The instance and the choice lists as expressions see them. Read [`View`] first.

use std::borrow::Cow;
use std::cell::Cell;

use super::graph::{Aspect, list_of};
use super::instance::{Kind, Slot};
use super::session::Session;
use super::{At, Moment};
use crate::form::{Choice, Piece, Text};
use crate::xpath::date::{ENGLISH, Names, SPANISH};
use crate::xpath::{Math, Scope};

/// A node of an expression's world. The order of the variants and their members is document order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// Above the root element.
    Document,
    /// The root element.
    Root,
    /// A slot, after its position in document order.
    Slot(u32, At),
    /// A part of a choice list as a secondary instance: list; 0 or the item's number from 1; 0 for the document
    /// node or the item itself, 1 for the root element, or the column's number from 1.
    Part(u32, u32, u32),
}

/// One evaluation: the filling, seen from a slot.
pub(super) struct View<'a> {
    session: &'a Session,
    at: At,
    aspect: Aspect,
    /// Random numbers drawn so far.
    drawn: Cell<u64>,
}

impl<'a> View<'a> {
    pub(super) fn new(session: &'a Session, at: At, aspect: Aspect) -> View<'a> {
        View { session, at, aspect, drawn: Cell::new(0) }
    }

    /// A text in the session's language with its holes filled; a hole that cannot be evaluated stays empty.
    pub(super) fn fill(&self, text: &Text) -> String {
        let template = text.template(self.session.language());
        let mut filled = String::new();
        for piece in template.map(|template| template.pieces.as_slice()).unwrap_or_default() {
            match piece {
                Piece::Literal(literal) => filled.push_str(literal),
                Piece::Hole(expr) => filled.push_str(&expr.eval_text(self).unwrap_or_default()),
            }
        }
        filled
    }

    fn slot(&self, at: At) -> Option<&'a Slot> {
        self.session.instance.alive(at)
    }

    fn place(&self, at: At) -> Place {
        Place::Slot(self.slot(at).map_or(u32::MAX, |slot| slot.order), at)
    }

    fn choice(&self, list: u32, item: u32) -> Option<&'a Choice> {
        self.session.form.lists.get(list as usize)?.choices.get(item.checked_sub(1)? as usize)
    }

    /// Adds slots as places; a repeat stands for its instances.
    fn spread(&self, slots: &[At], into: &mut Vec<Place>, wanted: impl Fn(&Slot) -> bool) {
        for at in slots {
            match self.slot(*at) {
                Some(slot) if !wanted(slot) => {}
                Some(slot) if slot.kind == Kind::Repeat => {
                    into.extend(slot.children.iter().map(|instance| self.place(*instance)));
                }
                _ => into.push(self.place(*at)),
            }
        }
    }

    fn children_of(&self, node: Place) -> Option<&'a [At]> {
        match node {
            Place::Root => Some(self.session.instance.top.as_slice()),
            Place::Slot(_, at) => {
                self.slot(at).filter(|slot| slot.kind != Kind::Repeat).map(|slot| slot.children.as_slice())
            }
            _ => None,
        }
    }

    /// Columns of a choice as children of its item: the name, the label, then the author's own.
    fn columns(&self, list: u32, item: u32) -> u32 {
        self.choice(list, item).map_or(0, |choice| choice.columns.len() as u32 + 2)
    }
}

impl Scope for View<'_> {
    type Node = Place;

    fn context(&self) -> Place {
        self.place(self.at)
    }

    fn resolve(&self, name: &str, from: Place) -> Vec<Place> {
        let Session { form, plan, instance, .. } = self.session;
        let from = match from {
            Place::Slot(_, at) => Some(at),
            Place::Part(..) => Some(self.at),
            Place::Document | Place::Root => None,
        };
        let origin = from.and_then(|at| instance.slot(at));
        let Some(node) = plan.outline.find(form, name, origin.map(|slot| slot.node)) else {
            return Vec::new();
        };
        // The instance shared is that of the innermost repeat around both; from the repeat itself, the one around it.
        let inside =
            |at: &At| instance.slot(*at).is_some_and(|slot| slot.kind == Kind::Instance && slot.node != node);
        let around = |at: &At| {
            inside(at)
                && instance
                    .slot(*at)
                    .is_some_and(|slot| plan.outline.lineage(Some(node)).any(|up| up == slot.node))
        };
        let start = from.and_then(|at| instance.lineage(at).find(around));
        let apex = start.and_then(|at| instance.slot(at)).map(|slot| slot.node);
        let mut found = Vec::new();
        instance.descend(start, &plan.outline.way(apex, node), &mut found);
        found.retain(|at| instance.slot(*at).is_some_and(|slot| slot.kind != Kind::Repeat));
        // Of a question in several instances, those that are irrelevant do not count.
        let mut between = plan.outline.lineage(Some(node)).take_while(|up| Some(*up) != apex);
        if between.any(|up| plan.outline.is_repeat(up)) {
            found.retain(|at| instance.slot(*at).is_some_and(|slot| slot.state.relevant));
        }
        found.into_iter().map(|at| self.place(at)).collect()
    }

    fn root(&self) -> Place {
        Place::Document
    }

    fn parent(&self, node: Place) -> Option<Place> {
        match node {
            Place::Document | Place::Part(_, 0, 0) => None,
            Place::Root => Some(Place::Document),
            Place::Slot(_, at) => {
                let parent = self.slot(at)?.parent;
                let above = match parent.and_then(|at| self.slot(at)) {
                    Some(slot) if slot.kind == Kind::Repeat => slot.parent,
                    _ => parent,
                };
                Some(above.map_or(Place::Root, |at| self.place(at)))
            }
            Place::Part(list, 0, _) => Some(Place::Part(list, 0, 0)),
            Place::Part(list, _, 0) => Some(Place::Part(list, 0, 1)),
            Place::Part(list, item, _) => Some(Place::Part(list, item, 0)),
        }
    }

    fn children(&self, node: Place) -> Vec<Place> {
        match node {
            Place::Document => vec![Place::Root],
            Place::Part(list, 0, 0) => vec![Place::Part(list, 0, 1)],
            Place::Part(list, 0, _) => {
                let count =
                    self.session.form.lists.get(list as usize).map_or(0, |list| list.choices.len() as u32);
                (1..=count).map(|item| Place::Part(list, item, 0)).collect()
            }
            Place::Part(list, item, 0) => {
                (1..=self.columns(list, item)).map(|column| Place::Part(list, item, column)).collect()
            }
            Place::Part(..) => Vec::new(),
            Place::Root | Place::Slot(..) => {
                let mut places = Vec::new();
                self.spread(self.children_of(node).unwrap_or_default(), &mut places, |_| true);
                places
            }
        }
    }

    fn name(&self, node: Place) -> Cow<'_, str> {
        Cow::Borrowed(match node {
            Place::Document | Place::Part(_, 0, 0) => "",
            // A form does not keep the name of its root element; this is the one XLSForms have by default.
            Place::Root => "data",
            Place::Slot(_, at) => {
                let node = self.slot(at).and_then(|slot| self.session.form.node(slot.node));
                node.map(|node| node.name.as_str()).unwrap_or_default()
            }
            Place::Part(_, 0, _) => "root",
            Place::Part(_, _, 0) => "item",
            Place::Part(_, _, 1) => "name",
            Place::Part(_, _, 2) => "label",
            Place::Part(list, item, column) => self
                .choice(list, item)
                .and_then(|choice| choice.columns.get(column as usize - 3))
                .map(|(column, _)| column.as_str())
                .unwrap_or_default(),
        })
    }

    fn text(&self, node: Place) -> Cow<'_, str> {
        match node {
            Place::Part(list, item, column) if column > 0 && item > 0 => match self.choice(list, item) {
                None => Cow::Borrowed(""),
                Some(choice) if column == 1 => Cow::Borrowed(&choice.name),
                Some(choice) if column == 2 => Cow::Owned(self.fill(&choice.label)),
                Some(choice) => Cow::Borrowed(
                    choice
                        .columns
                        .get(column as usize - 3)
                        .map(|(_, value)| value.as_str())
                        .unwrap_or_default(),
                ),
            },
            Place::Slot(_, at) => match self.slot(at) {
                Some(slot) if slot.children.is_empty() => Cow::Borrowed(&slot.text),
                _ => Cow::Owned(self.children(node).into_iter().map(|child| self.text(child)).collect()),
            },
            _ => Cow::Owned(self.children(node).into_iter().map(|child| self.text(child)).collect()),
        }
    }

    fn instance(&self, id: &str) -> Option<Place> {
        let position = self.session.form.lists.iter().position(|list| list.name == id)?;
        Some(Place::Part(position as u32, 0, 0))
    }

    fn matches(&self, pattern: &str, text: &str) -> Option<bool> {
        (self.session.settings.matches)(pattern, text)
    }

    fn calculate(&self, what: Math, x: f64, y: f64) -> f64 {
        (self.session.settings.calculate)(what, x, y)
    }

    fn digest(&self, algorithm: &str, text: &str) -> Option<Vec<u8>> {
        (self.session.settings.digest)(algorithm, text.as_bytes())
    }

    fn now(&self) -> Moment {
        self.session.now
    }

    /// Drawn from the seed and the place in the form, so that it does not matter what was answered before.
    fn random(&self) -> f64 {
        let drawn = self.drawn.get();
        self.drawn.set(drawn + 1);
        let instance = &self.session.instance;
        let mut mixed = mix(self.session.settings.seed ^ (drawn << 8) ^ self.aspect as u64);
        for at in instance.lineage(self.at) {
            let node = instance.slot(at).map_or(0, |slot| slot.node.0);
            let position = self.session.position(at).unwrap_or(0) as u64;
            mixed = mix(mixed ^ (position << 32) ^ u64::from(node));
        }
        (mixed >> 11) as f64 / (1u64 << 53) as f64
    }

    fn children_named(&self, node: Place, name: &str, into: &mut Vec<Place>) {
        match node {
            // Whatever the author called the root element.
            Place::Document => into.push(Place::Root),
            Place::Root | Place::Slot(..) => {
                let form = &self.session.form;
                self.spread(self.children_of(node).unwrap_or_default(), into, |slot| {
                    form.node(slot.node).is_some_and(|node| node.name == name)
                });
            }
            Place::Part(list, item, 0) if item > 0 && name == "name" => into.push(Place::Part(list, item, 1)),
            Place::Part(..) => {
                into.extend(self.children(node).into_iter().filter(|child| self.name(*child) == name))
            }
        }
    }

    fn choice_label(&self, question: Place, value: &str) -> Option<String> {
        let Place::Slot(_, at) = question else { return None };
        let form = &self.session.form;
        let list = form.list(list_of(form.node(self.slot(at)?.node)?)?)?;
        if list.from.is_some() {
            return Some(value.to_owned());
        }
        Some(self.fill(&list.choice(value)?.label))
    }

    fn names(&self) -> &Names {
        let tag = self.session.form.languages.get(self.session.language());
        if tag.is_some_and(|tag| tag.split('-').next() == Some("es")) { &SPANISH } else { &ENGLISH }
    }
}

/// One round of SplitMix64 (Steele, Lea and Flood, 2014).
fn mix(state: u64) -> u64 {
    let mut z = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
