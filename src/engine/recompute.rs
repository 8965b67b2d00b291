//! The wave: what an act makes stale is computed again, once, in the graph's order; where nothing changed it stops.
//! Read [`Session::run`] first, then [`Session::compute`].

use std::cmp::Reverse;
use std::rc::Rc;

use super::graph::{ASPECTS, Aspect, list_of, vertex};
use super::instance::{Kind, Slot};
use super::scope::{Place, View};
use super::session::Session;
use super::{Answer, At, Changes, ChoiceState, ViolationKind};
use crate::form::{ChoiceList, ListId, Node, NodeKind, QuestionKind, Role};
use crate::xpath::{Expr, Scope, Value, read_number};

/// More instances than this no count can ask for: a slip of the pen must not exhaust a phone.
const MOST_INSTANCES: usize = 1000;

/// More values than this one answer does not trigger: two that trigger each other would never come to rest.
const MOST_TRIGGERED: u32 = 10_000;

impl Session {
    /// Puts an aspect of a slot in the queue, if the slot has it and it is not there already.
    pub(super) fn push(&mut self, at: At, aspect: Aspect) {
        let Some(slot) = self.instance.slot_mut(at) else { return };
        let node = slot.node;
        let has = self.plan.graph.aspects.get(node.0 as usize).is_some_and(|set| set & aspect.bit() != 0);
        if !has || slot.dirty & aspect.bit() != 0 {
            return;
        }
        slot.dirty |= aspect.bit();
        let rank = self.plan.graph.rank.get(vertex(node, aspect)).copied().unwrap_or_default();
        self.queue.push(Reverse((rank, at, aspect)));
    }

    /// Puts everything about these slots in the queue.
    pub(super) fn push_all(&mut self, slots: &[At]) {
        for at in slots {
            Aspect::ALL.into_iter().for_each(|aspect| self.push(*at, aspect));
        }
    }

    /// Computes until nothing is stale, fills in the defaults of new slots, and tells what changed since the last time.
    pub(super) fn run(&mut self) -> Changes {
        let mut left = MOST_TRIGGERED;
        loop {
            while let Some(Reverse((_, at, aspect))) = self.queue.pop() {
                if let Some(slot) = self.instance.slot_mut(at) {
                    slot.dirty &= !aspect.bit();
                    if slot.alive {
                        self.compute(at, aspect);
                    }
                }
            }
            if let Some(at) = self.waiting.pop_front() {
                self.set_default(at);
            } else if let Some(at) = self.triggered.pop_front().filter(|_| left > 0) {
                left -= 1;
                self.set_triggered(at);
            } else {
                self.triggered.clear();
                break;
            }
        }
        let mut nodes = std::mem::take(&mut self.touched);
        for at in &nodes {
            if let Some(slot) = self.instance.slot_mut(*at) {
                slot.touched = false;
            }
        }
        nodes.retain(|at| self.instance.alive(*at).is_some());
        let mut structure = Vec::new();
        for at in std::mem::take(&mut self.reshaped) {
            if let Err(place) = structure.binary_search(&at) {
                structure.insert(place, at);
            }
        }
        structure.retain(|at| self.instance.alive(*at).is_some());
        Changes { nodes, structure }
    }

    /// Computes one aspect of one slot.
    fn compute(&mut self, at: At, aspect: Aspect) {
        if std::mem::take(&mut self.unnumbered) {
            self.instance.number();
        }
        let form = Rc::clone(&self.form);
        let Some(slot) = self.instance.slot(at) else { return };
        let Some(node) = form.node(slot.node) else { return };
        match aspect {
            Aspect::Relevance => {
                let around =
                    slot.parent.and_then(|at| self.instance.slot(at)).is_none_or(|up| up.state.relevant);
                let relevant = around && self.holds(at, aspect, &node.relevant, true);
                if self.change(at, |slot| replace(&mut slot.state.relevant, relevant)) {
                    for child in self.instance.children(at).to_vec() {
                        self.push(child, Aspect::Relevance);
                    }
                    for next in [Aspect::Calculation, Aspect::Value, Aspect::Violation] {
                        self.push(at, next);
                    }
                    self.announce(at, aspect);
                }
            }
            Aspect::Calculation => {
                // Nothing is calculated while irrelevant: what was there stays, for the time it is relevant again.
                let Some(expr) = node.calculation.as_ref().filter(|_| slot.state.relevant) else { return };
                let text = expr.eval_text(&View::new(self, at, aspect)).unwrap_or_default();
                let answer = typed(node, &text);
                if self.instance.slot_mut(at).is_some_and(|slot| replace(&mut slot.given, answer)) {
                    self.push(at, Aspect::Value);
                }
            }
            Aspect::Choices => self.compute_choices(at, node),
            Aspect::Value => {
                let answer = in_range(node, on_offer(node, slot));
                let text = if slot.state.relevant { answer.to_text() } else { String::new() };
                let is_other = self.change(at, |slot| replace(&mut slot.state.answer, answer));
                let reads_other =
                    self.instance.slot_mut(at).is_some_and(|slot| replace(&mut slot.text, text));
                if is_other || reads_other {
                    self.push(at, Aspect::Violation);
                }
                let pulls = self.instance.slot_mut(at).is_some_and(|slot| std::mem::take(&mut slot.pulls));
                if reads_other {
                    self.announce(at, aspect);
                    if pulls {
                        self.trigger(at);
                    }
                }
            }
            Aspect::Required => {
                let required = self.holds(at, aspect, &node.required, false);
                if self.change(at, |slot| replace(&mut slot.state.required, required)) {
                    self.push(at, Aspect::Violation);
                }
            }
            Aspect::Readonly => {
                let around =
                    slot.parent.and_then(|at| self.instance.slot(at)).is_some_and(|up| up.state.readonly);
                let is_note = matches!(node.kind, NodeKind::Note);
                let readonly = around || is_note || self.holds(at, aspect, &node.readonly, false);
                if self.change(at, |slot| replace(&mut slot.state.readonly, readonly)) {
                    for child in self.instance.children(at).to_vec() {
                        self.push(child, Aspect::Readonly);
                    }
                }
            }
            Aspect::Violation => {
                let violation = self.judge(at, node, slot);
                let view = View::new(self, at, aspect);
                let message = match violation {
                    Some(ViolationKind::Required | ViolationKind::NotOffered) => {
                        view.fill(&node.required_message)
                    }
                    Some(ViolationKind::Constraint) => view.fill(&node.constraint_message),
                    None => String::new(),
                };
                self.change(at, |slot| {
                    let is_other = replace(&mut slot.state.violation, violation);
                    replace(&mut slot.state.message, message) || is_other
                });
            }
            Aspect::Label => {
                let label = View::new(self, at, aspect).fill(&node.label);
                self.change(at, |slot| replace(&mut slot.state.label, label));
            }
            Aspect::Hint => {
                let hint = View::new(self, at, aspect).fill(&node.hint);
                self.change(at, |slot| replace(&mut slot.state.hint, hint));
            }
            Aspect::Count => {
                let NodeKind::Repeat { count: Some(count) } = &node.kind else { return };
                if slot.kind == Kind::Repeat {
                    let count = count.eval_number(&View::new(self, at, aspect)).unwrap_or_default();
                    // NaN and negative numbers become 0.
                    self.resize(at, (count as usize).min(MOST_INSTANCES));
                }
            }
        }
    }

    /// Whether an expression holds; `otherwise` where there is none or it cannot be evaluated.
    fn holds(&self, at: At, aspect: Aspect, expr: &Option<Expr>, otherwise: bool) -> bool {
        let Some(expr) = expr else { return otherwise };
        expr.eval_boolean(&View::new(self, at, aspect)).unwrap_or(otherwise)
    }

    fn judge(&self, at: At, node: &Node, slot: &Slot) -> Option<ViolationKind> {
        if !slot.state.relevant || !node.kind.is_question() {
            return None;
        }
        if slot.state.answer.is_empty() {
            let blank =
                if slot.given.is_empty() { ViolationKind::Required } else { ViolationKind::NotOffered };
            return slot.state.required.then_some(blank);
        }
        // A constraint that cannot be evaluated is not the person's fault.
        (!self.holds(at, Aspect::Violation, &node.constraint, true)).then_some(ViolationKind::Constraint)
    }

    fn compute_choices(&mut self, at: At, node: &Node) {
        let form = Rc::clone(&self.form);
        let Some(id) = list_of(node) else { return };
        let Some(list) = form.list(id) else { return };
        if let Some(from) = &list.from {
            let choices = self.answered(at, id, from);
            if self.change(at, |slot| replace(&mut slot.state.choices, choices)) {
                self.push(at, Aspect::Value);
            }
            return;
        }
        let offered = self.offered(at, id, list);
        let has_holes = list.choices.iter().any(|choice| choice.label.holes().next().is_some());
        let known = self.instance.slot(at).and_then(|slot| slot.offered.as_ref());
        if !has_holes && known == Some(&offered) {
            return;
        }
        let is_all = !has_holes && list.shuffle.is_none() && offered.len() == list.choices.len();
        let shared = self.shared.get(id.0 as usize).cloned().flatten().filter(|_| is_all);
        let choices = shared.unwrap_or_else(|| {
            let view = View::new(self, at, Aspect::Choices);
            let chosen = offered.iter().filter_map(|index| list.choices.get(*index as usize));
            let states = chosen.map(|choice| ChoiceState {
                name: choice.name.clone(),
                label: view.fill(&choice.label),
                role: choice.role,
            });
            states.collect()
        });
        if let Some(shared) = self.shared.get_mut(id.0 as usize).filter(|_| is_all) {
            *shared = Some(Rc::clone(&choices));
        }
        let changed = self.change(at, |slot| {
            slot.offered = Some(offered);
            !Rc::ptr_eq(&slot.state.choices, &choices) && replace(&mut slot.state.choices, choices)
        });
        if changed {
            self.push(at, Aspect::Value);
        }
    }

    /// The positions of the choices that the filter lets through; all where there is none or it cannot be evaluated.
    fn offered(&self, at: At, id: ListId, list: &ChoiceList) -> Vec<u32> {
        let filter = self.plan.filters.get(id.0 as usize).and_then(Option::as_ref);
        match filter.map(|filter| filter.eval(&View::new(self, at, Aspect::Choices))) {
            Some(Ok(Value::Nodes(places))) => {
                let position = |place: &Place| match place {
                    Place::Part(_, item, _) => item.checked_sub(1),
                    _ => None,
                };
                places.iter().filter_map(position).collect()
            }
            _ => (0..list.choices.len() as u32).collect(),
        }
    }

    /// The answers to a question in a repeat, as choices.
    fn answered(&self, at: At, id: ListId, from: &str) -> Rc<[ChoiceState]> {
        let view = View::new(self, at, Aspect::Choices);
        let path = self.plan.filters.get(id.0 as usize).and_then(Option::as_ref);
        let places = match path.map(|path| path.eval(&view)) {
            Some(Ok(Value::Nodes(places))) => places,
            _ => Vec::new(),
        };
        let mut choices: Vec<ChoiceState> = Vec::new();
        for place in places {
            let name = view.resolve(from, place).first().map(|place| view.text(*place).into_owned());
            let name = name.unwrap_or_default();
            if !name.is_empty() && choices.iter().all(|choice| choice.name != name) {
                choices.push(ChoiceState { label: name.clone(), name, role: Role::Substantive });
            }
        }
        choices.into()
    }

    /// Changes a slot's state; where `act` says that it differs, the slot is listed among the changes.
    fn change(&mut self, at: At, act: impl FnOnce(&mut Slot) -> bool) -> bool {
        let Some(slot) = self.instance.slot_mut(at) else { return false };
        let changed = act(slot);
        if changed && !slot.touched {
            slot.touched = true;
            self.touched.push(at);
        }
        changed
    }

    /// Puts in the queue what reads this vertex, where it can see this slot.
    fn announce(&mut self, at: At, aspect: Aspect) {
        let plan = Rc::clone(&self.plan);
        let Some(node) = self.instance.slot(at).map(|slot| slot.node) else { return };
        let mut readers = Vec::new();
        for edge in plan.graph.edges.get(vertex(node, aspect)).map(Vec::as_slice).unwrap_or_default() {
            readers.clear();
            self.instance.descend(self.instance.holder(at, edge.apex), &edge.way, &mut readers);
            readers.iter().for_each(|reader| self.push(*reader, edge.aspect));
        }
    }

    /// Gives a counted repeat so many instances: those it had before come back as they were.
    fn resize(&mut self, repeat: At, wanted: usize) {
        let had = self.instance.children(repeat).len();
        for _ in wanted..had {
            let Some(slot) = self.instance.slot_mut(repeat) else { return };
            let Some(last) = slot.children.pop() else { return };
            slot.parked.push(last);
            self.instance.set_alive(last, false);
        }
        for _ in had..wanted {
            let Some(slot) = self.instance.slot_mut(repeat) else { return };
            match slot.parked.pop() {
                Some(instance) => {
                    slot.children.push(instance);
                    self.instance.set_alive(instance, true);
                    self.push_all(&self.instance.within(instance));
                }
                None => self.extend(repeat),
            }
        }
        if had != wanted {
            self.reshape(repeat);
        }
    }

    /// A new instance at the end of a repeat, with its defaults.
    pub(super) fn extend(&mut self, repeat: At) {
        let (form, plan) = (Rc::clone(&self.form), Rc::clone(&self.plan));
        if let Some(instance) = self.instance.grow_instance(&form, &plan.outline, repeat, false) {
            self.start(&self.instance.within(instance));
        }
    }

    /// Instances of a repeat came or went.
    pub(super) fn reshape(&mut self, repeat: At) {
        self.unnumbered = true;
        self.reshaped.push(repeat);
        self.announce(repeat, Aspect::Count);
    }

    /// Starts new slots: constant defaults at once, so that all others can see them; then everything is computed.
    pub(super) fn start(&mut self, slots: &[At]) {
        let form = Rc::clone(&self.form);
        for at in slots {
            let node = self.instance.slot(*at).and_then(|slot| form.node(slot.node));
            match node.and_then(|node| node.default.as_ref()) {
                Some(default) if default.references().is_empty() && !default.is_volatile() => {
                    self.set_default(*at)
                }
                Some(_) => self.waiting.push_back(*at),
                None => {}
            }
        }
        self.push_all(slots);
    }

    /// Lets what is triggered by this slot wait its turn.
    fn trigger(&mut self, at: At) {
        let plan = Rc::clone(&self.plan);
        let Some(node) = self.instance.slot(at).map(|slot| slot.node) else { return };
        let mut found = Vec::new();
        for target in plan.triggers.get(node.0 as usize).map(Vec::as_slice).unwrap_or_default() {
            self.instance.descend(self.instance.holder(at, target.apex), &target.way, &mut found);
        }
        self.triggered.extend(found);
    }

    fn set_triggered(&mut self, at: At) {
        let form = Rc::clone(&self.form);
        let Some(node) = self.instance.alive(at).and_then(|slot| form.node(slot.node)) else { return };
        if std::mem::take(&mut self.unnumbered) {
            self.instance.number();
        }
        let view = View::new(self, at, Aspect::Calculation);
        let text = node.calculation.as_ref().map(|expr| expr.eval_text(&view).unwrap_or_default());
        if let Some(slot) = self.instance.slot_mut(at) {
            slot.given = typed(node, &text.unwrap_or_default());
            slot.pulls = true;
        }
        self.push(at, Aspect::Value);
    }

    fn set_default(&mut self, at: At) {
        let form = Rc::clone(&self.form);
        let Some(node) = self.instance.alive(at).and_then(|slot| form.node(slot.node)) else { return };
        let Some(default) = &node.default else { return };
        if std::mem::take(&mut self.unnumbered) {
            self.instance.number();
        }
        let text = default.eval_text(&View::new(self, at, Aspect::Value)).unwrap_or_default();
        if let Some(slot) = self.instance.slot_mut(at) {
            slot.given = typed(node, &text);
        }
        self.push(at, Aspect::Value);
    }
}

/// Only a number that the scale offers, where there is one.
fn in_range(node: &Node, answer: Answer) -> Answer {
    let Some(range) = node.range else { return answer };
    let number = match answer {
        Answer::Integer(number) => number as f64,
        Answer::Decimal(number) => number,
        _ => return answer,
    };
    let steps = (number - range.start) / range.step;
    // A step such as 0.1 is not a whole number of halves.
    let whole = (steps - (steps + 0.5).floor()).abs() < 1e-6;
    let between = (range.start.min(range.end)..=range.start.max(range.end)).contains(&number);
    if whole && between { answer } else { Answer::Empty }
}

/// Writes a value and tells whether it differs from what was there.
fn replace<T: PartialEq>(old: &mut T, new: T) -> bool {
    let differs = *old != new;
    *old = new;
    differs
}

/// A calculated text as an answer of this node's kind: whole numbers lose a fraction, what cannot be read is blank.
fn typed(node: &Node, text: &str) -> Answer {
    let text = if text == "NaN" { "" } else { text };
    match node.kind {
        NodeKind::Question(kind) => Answer::from_text(kind, text)
            .or_else(|| {
                let number = read_number(text.trim()).filter(|number| number.is_finite())?;
                (kind == QuestionKind::Integer).then_some(Answer::Integer(number as i64))
            })
            .unwrap_or_default(),
        _ if text.is_empty() => Answer::Empty,
        _ => Answer::Text(text.to_owned()),
    }
}

/// The given answer without choices that are not offered; many choices stand in the list's order, a ranking in the person's.
fn on_offer(node: &Node, slot: &Slot) -> Answer {
    let is_offered = |name: &String| slot.state.choices.iter().any(|choice| choice.name == *name);
    match (&slot.given, &node.kind) {
        (_, kind) if kind.list().is_none() => slot.given.clone(),
        (Answer::Choice(name), _) if !is_offered(name) => Answer::Empty,
        (Answer::Choices(names), kind) => {
            let kept: Vec<String> = if matches!(kind, NodeKind::Question(QuestionKind::Rank(_))) {
                names.iter().filter(|name| is_offered(name)).cloned().collect()
            } else {
                let offered = slot.state.choices.iter().map(|choice| &choice.name);
                offered.filter(|name| names.contains(name)).cloned().collect()
            };
            if kept.is_empty() { Answer::Empty } else { Answer::Choices(kept) }
        }
        (given, _) => given.clone(),
    }
}

const _: () = assert!(ASPECTS <= 16, "the aspects of a slot are bits of a u16");
