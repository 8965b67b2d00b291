use std::cell::RefCell;
use std::panic::Location;
use std::rc::Rc;

use leptos::prelude::*;

use super::View;
use super::element::{Act, Attribute, Parts};
use super::live::{Made, Told};
use crate::browser::dom::{self, Listener, Node};

/// Puts a view on the page, last inside this node, and keeps it as the signals have it for as long as what this gives lives.
#[must_use = "the view stays as it is when this is dropped"]
pub fn show(view: View, parent: &Node) -> Following {
    Following(build(view, parent, None))
}

/// A view on the page that follows its signals, until this is dropped.
pub struct Following(#[expect(dead_code, reason = "its effects and listeners live as long as it")] Shown);

/// What is on the page. Dropping it ends its effects and listeners; [`Shown::remove`] takes its nodes away.
enum Shown {
    /// A text, or the empty one that keeps the place of nothing.
    Text(Node, String),
    Element(Box<ShownElement>),
    /// A row, and the empty text that keeps the place of its end.
    Several(Vec<Shown>, Node),
    Live {
        shown: Rc<RefCell<Shown>>,
        _effect: RenderEffect<()>,
    },
    Keyed {
        row: Rc<RefCell<Row>>,
        _effect: RenderEffect<()>,
    },
}

struct ShownElement {
    node: Node,
    made: &'static Location<'static>,
    attributes: Vec<(&'static str, ShownAttribute)>,
    events: Vec<(Rc<RefCell<Act>>, Listener)>,
    children: Vec<Shown>,
}

enum ShownAttribute {
    Stays(String),
    Follows { _effect: RenderEffect<()> },
    Property,
}

struct Row {
    /// By key, each with what owns its signals.
    shown: Vec<(u32, Shown, Owner)>,
    end: Node,
}

fn build(view: View, parent: &Node, before: Option<&Node>) -> Shown {
    match view {
        View::Nothing => build_text(String::new(), parent, before),
        View::Text(text) => build_text(text, parent, before),
        View::Element(element) => Shown::Element(Box::new(build_element(*element.0, parent, before))),
        View::Several(views) => {
            let shown = views.into_iter().map(|view| build(view, parent, before)).collect();
            Shown::Several(shown, mark(parent, before))
        }
        View::Live(of) => {
            let shown = Rc::new(RefCell::new(build_text(String::new(), parent, before)));
            let _effect = follow(of, Rc::clone(&shown));
            Shown::Live { shown, _effect }
        }
        View::Keyed(each, one) => {
            let row = Row { shown: Vec::new(), end: mark(parent, before) };
            let row = Rc::new(RefCell::new(row));
            let _effect = follow_keys(each, one, Rc::clone(&row));
            Shown::Keyed { row, _effect }
        }
    }
}

fn build_text(text: String, parent: &Node, before: Option<&Node>) -> Shown {
    let node = dom::text(&text);
    dom::insert(parent, &node, before);
    Shown::Text(node, text)
}

fn mark(parent: &Node, before: Option<&Node>) -> Node {
    let node = dom::text("");
    dom::insert(parent, &node, before);
    node
}

fn build_element(element: Parts, parent: &Node, before: Option<&Node>) -> ShownElement {
    let node = dom::element(element.tag);
    let children = element.children.into_iter().map(|child| build(child, &node, None)).collect();
    let mut shown =
        ShownElement { node, made: element.made, attributes: Vec::new(), events: Vec::new(), children };
    shown.give(element.attributes);
    shown.listen(element.events);
    dom::insert(parent, &shown.node, before);
    shown
}

fn follow(of: Box<dyn Told<View>>, shown: Rc<RefCell<Shown>>) -> RenderEffect<()> {
    following(Box::new(move || {
        let view = of.tell();
        shown.borrow_mut().change(view);
    }))
}

fn follow_keys(each: Box<dyn Told<Vec<u32>>>, one: Rc<dyn Made>, row: Rc<RefCell<Row>>) -> RenderEffect<()> {
    // What it shows outlives a run of the effect, so what owns that is not the effect.
    let owner = Owner::current().unwrap_or_default();
    following(Box::new(move || {
        let keys = each.tell();
        untrack(|| row.borrow_mut().change(&keys, &*one, &owner));
    }))
}

impl Row {
    fn change(&mut self, keys: &[u32], one: &dyn Made, owner: &Owner) {
        let Some(parent) = self.end.parent_node() else { return };
        let mut before = std::mem::take(&mut self.shown);
        let mut gone = Vec::new();
        before.retain_mut(|(key, shown, _)| {
            let stays = keys.contains(key);
            if !stays {
                shown.remove();
                gone.push(*key);
            }
            stays
        });
        for (index, key) in keys.iter().enumerate() {
            let next = before.get(index).map(|(_, shown, _)| shown.first());
            let next = next.unwrap_or_else(|| self.end.clone());
            match before.iter().position(|(known, ..)| known == key) {
                Some(known) if known == index => (),
                Some(known) => {
                    let moved = before.remove(known);
                    moved.1.place(&parent, &next);
                    before.insert(index.min(before.len()), moved);
                }
                None => {
                    let own = owner.with(Owner::new);
                    let shown = own.with(|| build(one.make(*key), &parent, Some(&next)));
                    before.insert(index.min(before.len()), (*key, shown, own));
                }
            }
        }
        self.shown = before;
    }
}

impl Shown {
    /// Shows something else in its place: changed where it is the same thing, else new.
    fn change(&mut self, view: View) {
        match (self, view) {
            (Shown::Text(node, old), View::Text(new)) => {
                if *old != new {
                    dom::set_text(node, &new);
                    *old = new;
                }
            }
            (Shown::Text(_, old), View::Nothing) if old.is_empty() => (),
            (Shown::Element(old), View::Element(new)) if old.made == new.0.made => old.change(*new.0),
            (Shown::Several(old, end), View::Several(new)) => {
                if let Some(parent) = end.parent_node() {
                    change_row(old, new, &parent, Some(end));
                }
            }
            (Shown::Live { shown, _effect }, View::Live(of)) => *_effect = follow(of, Rc::clone(shown)),
            (old, view) => {
                let first = old.first();
                if let Some(parent) = first.parent_node() {
                    let new = build(view, &parent, Some(&first));
                    old.remove();
                    *old = new;
                }
            }
        }
    }

    /// Its first node; there is always one.
    fn first(&self) -> Node {
        match self {
            Shown::Text(node, _) => node.clone(),
            Shown::Element(element) => element.node.clone(),
            Shown::Several(shown, end) => shown.first().map_or_else(|| end.clone(), Shown::first),
            Shown::Live { shown, .. } => shown.borrow().first(),
            Shown::Keyed { row, .. } => {
                let row = row.borrow();
                row.shown.first().map_or_else(|| row.end.clone(), |(_, shown, _)| shown.first())
            }
        }
    }

    /// Does something with each of its nodes, in order.
    fn each_node(&self, act: &mut dyn FnMut(&Node)) {
        match self {
            Shown::Text(node, _) => act(node),
            Shown::Element(element) => act(&element.node),
            Shown::Several(shown, end) => {
                shown.iter().for_each(|shown| shown.each_node(act));
                act(end);
            }
            Shown::Live { shown, .. } => shown.borrow().each_node(act),
            Shown::Keyed { row, .. } => {
                let row = row.borrow();
                row.shown.iter().for_each(|(_, shown, _)| shown.each_node(act));
                act(&row.end);
            }
        }
    }

    fn place(&self, parent: &Node, before: &Node) {
        self.each_node(&mut |node| dom::insert(parent, node, Some(before)));
    }

    fn remove(&self) {
        self.each_node(&mut |node| dom::remove(node));
    }
}

/// A row of views changed one by one; what is new goes before `end`, or last.
fn change_row(shown: &mut Vec<Shown>, views: Vec<View>, parent: &Node, end: Option<&Node>) {
    shown.drain(views.len().min(shown.len())..).for_each(|gone| gone.remove());
    for (index, view) in views.into_iter().enumerate() {
        match shown.get_mut(index) {
            Some(known) => known.change(view),
            None => shown.push(build(view, parent, end)),
        }
    }
}

impl ShownElement {
    fn change(&mut self, element: Parts) {
        change_row(&mut self.children, element.children, &self.node, None);
        self.give(element.attributes);
        for ((act, _), (_, new)) in self.events.iter().zip(element.events) {
            act.replace(new);
        }
    }

    /// Gives it these attributes, in the place of all others.
    fn give(&mut self, attributes: Vec<(&'static str, Attribute)>) {
        let mut before = std::mem::take(&mut self.attributes);
        for (name, attribute) in attributes {
            let known =
                before.iter().position(|(known, _)| *known == name).map(|at| before.swap_remove(at).1);
            let node = self.node.clone();
            let shown = match attribute {
                Attribute::Stays(new) => {
                    if !matches!(known, Some(ShownAttribute::Stays(old)) if old == new) {
                        dom::set_attribute(&node, name, Some(&new));
                    }
                    ShownAttribute::Stays(new)
                }
                Attribute::Follows(of) => {
                    let set = move || dom::set_attribute(&node, name, of.tell().as_deref());
                    ShownAttribute::Follows { _effect: following(Box::new(set)) }
                }
                Attribute::Checked(checked) => {
                    dom::set_checked(&node, checked);
                    ShownAttribute::Property
                }
                Attribute::Value(value) => {
                    dom::set_value(&node, &value);
                    ShownAttribute::Property
                }
                Attribute::ValueFollows(of) => {
                    let set = move || dom::follow_value(&node, &of.tell());
                    ShownAttribute::Follows { _effect: following(Box::new(set)) }
                }
            };
            self.attributes.push((name, shown));
        }
        for (name, gone) in before {
            if matches!(gone, ShownAttribute::Stays(_)) {
                dom::set_attribute(&self.node, name, None);
            }
        }
    }

    fn listen(&mut self, events: Vec<(&'static str, Act)>) {
        for (event, act) in events {
            let act = Rc::new(RefCell::new(act));
            let held = Rc::clone(&act);
            let call = move |event| {
                let act = Rc::clone(&held.borrow());
                act.act(event);
            };
            self.events.push((act, Listener::new(&self.node, event, Box::new(call))));
        }
    }
}

fn following(act: Box<dyn Fn()>) -> RenderEffect<()> {
    RenderEffect::new(move |_| act())
}
