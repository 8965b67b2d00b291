//! The definition as a tree that is quick to walk, and what the references of expressions mean in it.
//! Read [`Outline::spots`] first.

use crate::form::{Form, NodeId};
use crate::xpath::{Expr, PathStart, PathStep, Reference};

/// Parents, children, names and repeats of a form.
#[derive(Debug)]
pub(super) struct Outline {
    parents: Vec<Option<NodeId>>,
    /// Place among siblings.
    places: Vec<u32>,
    repeats: Vec<bool>,
    children: Vec<Vec<NodeId>>,
    top: Vec<NodeId>,
    /// Every node, sorted by name and then by document order.
    by_name: Vec<NodeId>,
}

/// What a reference reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    /// The node that is read.
    pub(super) node: NodeId,
    /// The highest node on the way to it from the expression's own; `None`: the whole form.
    pub(super) top: Option<NodeId>,
}

impl Outline {
    pub(super) fn new(form: &Form) -> Outline {
        let mut outline = Outline {
            parents: form.nodes.iter().map(|node| node.parent).collect(),
            places: Vec::with_capacity(form.nodes.len()),
            repeats: form
                .nodes
                .iter()
                .map(|node| matches!(node.kind, crate::form::NodeKind::Repeat { .. }))
                .collect(),
            children: vec![Vec::new(); form.nodes.len()],
            top: Vec::new(),
            by_name: Vec::with_capacity(form.nodes.len()),
        };
        for (id, node) in form.iter() {
            let siblings = match node.parent {
                Some(parent) => outline.children.get_mut(parent.0 as usize),
                None => Some(&mut outline.top),
            };
            if let Some(siblings) = siblings {
                outline.places.push(siblings.len() as u32);
                siblings.push(id);
            }
        }
        // Put in one by one: the standard library's sort weighs more than all of this file.
        for (id, node) in form.iter() {
            let before = |known: &NodeId| name(form, *known) <= node.name.as_str();
            let place = outline.by_name.partition_point(before);
            outline.by_name.insert(place, id);
        }
        outline
    }

    pub(super) fn parent(&self, node: NodeId) -> Option<NodeId> {
        self.parents.get(node.0 as usize).copied().flatten()
    }

    pub(super) fn is_repeat(&self, node: NodeId) -> bool {
        self.repeats.get(node.0 as usize).is_some_and(|is| *is)
    }

    /// The children of a node (`None`: the top level).
    pub(super) fn children(&self, node: Option<NodeId>) -> &[NodeId] {
        match node {
            Some(node) => self.children.get(node.0 as usize).map(Vec::as_slice).unwrap_or_default(),
            None => &self.top,
        }
    }

    /// The node, what holds it, what holds that, and so on.
    pub(super) fn lineage(&self, node: Option<NodeId>) -> impl Iterator<Item = NodeId> {
        std::iter::successors(node, |node| self.parent(*node))
    }

    /// The way from right under `apex` (`None`: from the top level) down to `node`: places among siblings.
    pub(super) fn way(&self, apex: Option<NodeId>, node: NodeId) -> Box<[u32]> {
        let mut way: Vec<u32> = self
            .lineage(Some(node))
            .take_while(|node| Some(*node) != apex)
            .map(|node| self.places.get(node.0 as usize).copied().unwrap_or_default())
            .collect();
        way.reverse();
        way.into()
    }

    /// The node that `${name}` means in an expression of `from`: of several with that name, the one nearest to it.
    pub(super) fn find(&self, form: &Form, wanted: &str, from: Option<NodeId>) -> Option<NodeId> {
        let first = self.by_name.partition_point(|id| name(form, *id) < wanted);
        let same = self.by_name.get(first..)?.iter().copied().take_while(|id| name(form, *id) == wanted);
        let mut best: Option<(usize, NodeId)> = None;
        for id in same {
            let near = self.common(id, from).map_or(0, |common| self.lineage(Some(common)).count());
            if best.is_none_or(|(nearest, _)| near > nearest) {
                best = Some((near, id));
            }
        }
        best.map(|(_, id)| id)
    }

    /// The innermost container of `node` that is, or holds, `from`.
    pub(super) fn common(&self, node: NodeId, from: Option<NodeId>) -> Option<NodeId> {
        self.lineage(self.parent(node)).find(|above| self.lineage(from).any(|of| of == *above))
    }

    /// Everything in the form that an expression of `reader` reads.
    pub(super) fn spots(&self, form: &Form, reader: NodeId, expr: &Expr) -> Vec<Spot> {
        let mut spots = Vec::new();
        for reference in expr.references() {
            match reference {
                Reference::Name(name) => spots.extend(self.named(form, name, reader).map(|spot| {
                    Spot {
                        // There, a name means the question in every instance.
                        top: spot
                            .top
                            .filter(|_| crate::xpath::split_once(expr.source(), "indexed-repeat").is_none()),
                        ..spot
                    }
                })),
                Reference::Path(path) => {
                    let start = match &path.start {
                        PathStart::Root => Place { node: None, top: None },
                        PathStart::Context => Place { node: Some(reader), top: Some(reader) },
                        PathStart::Name(name) => match self.named(form, name, reader) {
                            Some(spot) => Place { node: Some(spot.node), top: spot.top },
                            None => continue,
                        },
                    };
                    // The first step of an absolute path is to the root element, whatever its name.
                    let skipped = usize::from(path.start == PathStart::Root);
                    let mut places = vec![start];
                    for step in path.steps.iter().skip(skipped) {
                        places = places.iter().flat_map(|place| self.step(form, *place, step)).collect();
                    }
                    spots.extend(
                        places.iter().filter_map(|place| Some(Spot { node: place.node?, top: place.top })),
                    );
                }
                Reference::Dot => spots.push(Spot { node: reader, top: Some(reader) }),
                Reference::Instance(_) | Reference::LastSaved(_) => {}
            }
        }
        spots
    }

    fn named(&self, form: &Form, name: &str, reader: NodeId) -> Option<Spot> {
        let node = self.find(form, name, Some(reader))?;
        Some(Spot { node, top: self.common(node, Some(reader)) })
    }

    fn step(&self, form: &Form, from: Place, step: &PathStep) -> Vec<Place> {
        match step {
            PathStep::Parent => match from.node {
                Some(node) => {
                    let parent = self.parent(node);
                    let climbed = from.top == Some(node) || parent.is_none();
                    vec![Place { node: parent, top: if climbed { parent } else { from.top } }]
                }
                None => Vec::new(),
            },
            PathStep::Child(wanted) => {
                let children = self.children(from.node).iter().filter(|child| name(form, **child) == wanted);
                children.map(|child| Place { node: Some(*child), top: from.top }).collect()
            }
            PathStep::Any => {
                let children = self.children(from.node).iter();
                children.map(|child| Place { node: Some(*child), top: from.top }).collect()
            }
        }
    }

    /// The innermost repeat whose instance an expression of `reader` shares with what it reads over `top`; never one of `but`.
    pub(super) fn shared(&self, top: Option<NodeId>, but: [NodeId; 2]) -> Option<NodeId> {
        self.lineage(top).find(|node| self.is_repeat(*node) && !but.contains(node))
    }
}

/// A place on a path: as [`Spot`], but it may be the root element.
#[derive(Clone, Copy)]
struct Place {
    node: Option<NodeId>,
    top: Option<NodeId>,
}

fn name(form: &Form, id: NodeId) -> &str {
    form.node(id).map(|node| node.name.as_str()).unwrap_or_default()
}
