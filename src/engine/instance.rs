//! The instance: slots in an arena, one for each node of the form in each instance of its repeats.
//! Read [`Instance::grow`] first. Knows the shape alone; what is computed is written by `recompute`.

use super::outline::Outline;
use super::{Answer, At, NodeState};
use crate::form::{Form, NodeId, NodeKind};

/// What a slot stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A group or anything without children.
    Plain,
    /// A repeat; its children are instances.
    Repeat,
    /// An instance of a repeat.
    Instance,
}

/// A slot. Its id is its position in the arena and never used again.
#[derive(Debug)]
pub(super) struct Slot {
    pub(super) node: NodeId,
    pub(super) kind: Kind,
    pub(super) parent: Option<At>,
    /// In document order; of a repeat, its instances.
    pub(super) children: Vec<At>,
    /// Instances that a counted repeat has no place for now, nearest last; they come back with their answers.
    pub(super) parked: Vec<At>,
    /// Part of the filling now: neither removed nor parked.
    pub(super) alive: bool,
    /// Position in document order.
    pub(super) order: u32,
    /// Aspects that wait in the queue, as bits.
    pub(super) dirty: u16,
    /// Listed among the changes already.
    pub(super) touched: bool,
    /// Its value was set since it was last computed: when that changes it, what it triggers follows.
    pub(super) pulls: bool,
    /// The answer as it was given; the state tells what of it is on offer.
    pub(super) given: Answer,
    /// What expressions see.
    pub(super) text: String,
    /// Which choices of the list are offered, while that is known for the present language.
    pub(super) offered: Option<Vec<u32>>,
    pub(super) state: NodeState,
}

/// All slots.
#[derive(Debug, Default)]
pub(super) struct Instance {
    slots: Vec<Slot>,
    pub(super) top: Vec<At>,
}

impl Instance {
    /// The slots of a form before anything is computed: counted repeats empty, others with one instance.
    pub(super) fn new(form: &Form, outline: &Outline) -> Instance {
        let mut instance = Instance::default();
        for node in outline.children(None) {
            let at = instance.grow(form, outline, None, *node, true);
            instance.top.push(at);
        }
        instance
    }

    /// The slot with this id, gone or not.
    pub(super) fn slot(&self, at: At) -> Option<&Slot> {
        self.slots.get(at.0 as usize)
    }

    pub(super) fn slot_mut(&mut self, at: At) -> Option<&mut Slot> {
        self.slots.get_mut(at.0 as usize)
    }

    /// The slot with this id if it is part of the filling.
    pub(super) fn alive(&self, at: At) -> Option<&Slot> {
        self.slot(at).filter(|slot| slot.alive)
    }

    pub(super) fn children(&self, at: At) -> &[At] {
        self.slot(at).map(|slot| slot.children.as_slice()).unwrap_or_default()
    }

    /// A new slot for `node` with everything inside it; the caller ties it to its parent's children. Repeats that people
    /// extend have an instance from the `first`; right inside of an instance that came later they begin empty, and in a group
    /// in it they do not, as in ODK.
    fn grow(&mut self, form: &Form, outline: &Outline, parent: Option<At>, node: NodeId, first: bool) -> At {
        let kind = form.node(node).map(|node| &node.kind);
        let at = self.add(node, if outline.is_repeat(node) { Kind::Repeat } else { Kind::Plain }, parent);
        match kind {
            Some(NodeKind::Repeat { count: None }) if first => {
                self.grow_instance(form, outline, at, first);
            }
            Some(NodeKind::Repeat { .. }) => {}
            _ => self.grow_children(form, outline, at, node, true),
        }
        at
    }

    /// A new instance at the end of a repeat.
    pub(super) fn grow_instance(
        &mut self,
        form: &Form,
        outline: &Outline,
        repeat: At,
        first: bool,
    ) -> Option<At> {
        let node = self.slot(repeat)?.node;
        let at = self.add(node, Kind::Instance, Some(repeat));
        self.grow_children(form, outline, at, node, first);
        self.slot_mut(repeat)?.children.push(at);
        Some(at)
    }

    fn grow_children(&mut self, form: &Form, outline: &Outline, at: At, node: NodeId, first: bool) {
        let children = outline
            .children(Some(node))
            .iter()
            .map(|child| self.grow(form, outline, Some(at), *child, first))
            .collect();
        if let Some(slot) = self.slot_mut(at) {
            slot.children = children;
        }
    }

    fn add(&mut self, node: NodeId, kind: Kind, parent: Option<At>) -> At {
        let at = At(self.slots.len() as u32);
        self.slots.push(Slot {
            node,
            kind,
            parent,
            children: Vec::new(),
            parked: Vec::new(),
            alive: true,
            order: at.0,
            dirty: 0,
            touched: false,
            pulls: false,
            given: Answer::Empty,
            text: String::new(),
            offered: None,
            state: NodeState::default(),
        });
        at
    }

    /// Marks a slot and everything inside as part of the filling, or not.
    pub(super) fn set_alive(&mut self, at: At, alive: bool) {
        for inside in self.within(at) {
            if let Some(slot) = self.slot_mut(inside) {
                slot.alive = alive;
            }
        }
    }

    /// A slot and everything inside, in document order.
    pub(super) fn within(&self, at: At) -> Vec<At> {
        let mut all = Vec::new();
        let mut open = vec![at];
        while let Some(next) = open.pop() {
            all.push(next);
            open.extend(self.children(next).iter().rev());
        }
        all
    }

    /// The whole filling in document order.
    pub(super) fn everything(&self) -> Vec<At> {
        self.top.iter().flat_map(|at| self.within(*at)).collect()
    }

    /// Every slot there ever was.
    pub(super) fn all(&self) -> impl Iterator<Item = At> + use<> {
        (0..self.slots.len() as u32).map(At)
    }

    /// Numbers the slots anew in document order.
    pub(super) fn number(&mut self) {
        for (order, at) in self.everything().into_iter().enumerate() {
            if let Some(slot) = self.slot_mut(at) {
                slot.order = order as u32;
            }
        }
    }

    /// The slot, what holds it, what holds that, and so on.
    pub(super) fn lineage(&self, at: At) -> impl Iterator<Item = At> {
        std::iter::successors(Some(at), |at| self.slot(*at)?.parent)
    }

    /// The instance of `apex` that holds `at`; `None` for the whole form.
    pub(super) fn holder(&self, at: At, apex: Option<NodeId>) -> Option<At> {
        let apex = apex?;
        let is_instance = |slot: &Slot| slot.node == apex && slot.kind != Kind::Repeat;
        self.lineage(at).find(|at| self.slot(*at).is_some_and(is_instance))
    }

    /// Every slot at the end of a way from `start` (`None`: the top level), through every instance of the repeats
    /// between; where the way ends at a repeat, the repeat and its instances.
    pub(super) fn descend(&self, start: Option<At>, way: &[u32], found: &mut Vec<At>) {
        let children = start.map_or(self.top.as_slice(), |at| self.children(at));
        let Some((place, rest)) = way.split_first() else { return };
        let Some(child) = children.get(*place as usize).copied() else { return };
        let instances = match self.slot(child) {
            Some(slot) if slot.kind == Kind::Repeat => slot.children.as_slice(),
            _ => &[],
        };
        if rest.is_empty() {
            found.push(child);
            found.extend(instances);
        } else if self.slot(child).is_some_and(|slot| slot.kind == Kind::Repeat) {
            instances.iter().for_each(|instance| self.descend(Some(*instance), rest, found));
        } else {
            self.descend(Some(child), rest, found);
        }
    }
}
