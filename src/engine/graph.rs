//! The dependency graph over the definition: one vertex for each computed aspect of each node, sorted once.
//! Read [`Graph::build`] first.

use super::Cycle;
use super::outline::{Outline, Spot};
use crate::form::{Form, Layout, Node, NodeId, NodeKind};
use crate::xpath::Expr;

/// What is computed of a node. A vertex is a node and an aspect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Aspect {
    /// Shown and kept; inherited from what is around it.
    Relevance,
    /// The value of a calculation.
    Calculation,
    /// The choices offered.
    Choices,
    /// What expressions see of an answer: blank while irrelevant, without choices that are not offered.
    Value,
    /// Must be answered.
    Required,
    /// Cannot be changed; inherited from what is around it.
    Readonly,
    /// What is wrong with the answer, and how to say it.
    Violation,
    /// The label's text.
    Label,
    /// The hint's text.
    Hint,
    /// How many instances a repeat has.
    Count,
}

/// How many aspects there are.
pub(super) const ASPECTS: usize = 10;

impl Aspect {
    /// All of them, in the order of their discriminants.
    pub(super) const ALL: [Aspect; ASPECTS] = [
        Aspect::Relevance,
        Aspect::Calculation,
        Aspect::Choices,
        Aspect::Value,
        Aspect::Required,
        Aspect::Readonly,
        Aspect::Violation,
        Aspect::Label,
        Aspect::Hint,
        Aspect::Count,
    ];

    /// A set with only this aspect.
    pub(super) fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// From a vertex to one that reads it.
#[derive(Debug)]
pub(super) struct Edge {
    /// The node that reads.
    pub(super) node: NodeId,
    /// The aspect that is computed from it.
    pub(super) aspect: Aspect,
    /// The repeat whose instance both stand in; `None`: the whole form.
    pub(super) apex: Option<NodeId>,
    /// The way down from that instance to `node`: places among siblings.
    pub(super) way: Box<[u32]>,
}

/// The sorted graph.
#[derive(Debug)]
pub(super) struct Graph {
    /// Position of each vertex in the order of computation.
    pub(super) rank: Vec<u32>,
    /// Per vertex, who reads it (aspects of one slot, and containers and their children, are not listed: they always are).
    pub(super) edges: Vec<Vec<Edge>>,
    /// Per node, the aspects it has, as bits.
    pub(super) aspects: Vec<u16>,
    /// Per node, the aspects that speak a language and so are computed again when it is switched.
    pub(super) spoken: Vec<u16>,
}

/// The vertex of a node's aspect.
pub(super) fn vertex(node: NodeId, aspect: Aspect) -> usize {
    node.0 as usize * ASPECTS + aspect as usize
}

impl Graph {
    /// Finds every dependency of the form and sorts it. `filters` are the choice filters by list.
    pub(super) fn build(form: &Form, outline: &Outline, filters: &[Option<Expr>]) -> Result<Graph, Cycle> {
        let size = form.nodes.len() * ASPECTS;
        let mut graph = Graph {
            rank: vec![0; size],
            edges: std::iter::repeat_with(Vec::new).take(size).collect(),
            aspects: form.iter().map(|(_, node)| aspects(node)).collect(),
            spoken: form.iter().map(|(_, node)| spoken(form, node, filters)).collect(),
        };
        // All edges by number, for sorting: the hard ones must hold, the soft ones (an instance before what is in it) may give way.
        let mut hard: Vec<Vec<u32>> = vec![Vec::new(); size];
        let mut soft: Vec<Vec<u32>> = vec![Vec::new(); size];
        let mut add = |from: usize, to: usize| {
            if let Some(list) = hard.get_mut(from) {
                list.push(to as u32);
            }
        };
        let labels: Vec<&Expr> = form
            .lists
            .iter()
            .flat_map(|list| &list.choices)
            .flat_map(|choice| choice.label.holes())
            .collect();
        for (id, node) in form.iter() {
            for (from, to) in WITHIN {
                add(vertex(id, from), vertex(id, to));
            }
            if let Some(parent) = node.parent {
                for inherited in [Aspect::Relevance, Aspect::Readonly] {
                    add(vertex(parent, inherited), vertex(id, inherited));
                }
            }
            for repeat in outline.lineage(node.parent).filter(|above| outline.is_repeat(*above)) {
                if let Some(list) = soft.get_mut(vertex(repeat, Aspect::Count)) {
                    list.extend(Aspect::ALL.map(|aspect| vertex(id, aspect) as u32));
                }
            }
            for_each_expression(form, node, filters, &mut |aspect, expr| {
                let read = labels
                    .iter()
                    .filter(|_| reads_labels(expr))
                    .flat_map(|hole| outline.spots(form, id, hole));
                for spot in outline.spots(form, id, expr).into_iter().chain(read) {
                    for (source, from, apex) in Graph::sources(form, outline, (id, aspect), spot) {
                        add(vertex(source, from), vertex(id, aspect));
                        graph.connect(outline, vertex(source, from), id, aspect, apex);
                    }
                }
            });
        }
        let order = match sort(&hard, Some(&soft)) {
            Ok(order) => order,
            Err(_) => sort(&hard, None).map_err(|cycle| named(form, &cycle))?,
        };
        for (position, vertex) in order.iter().enumerate() {
            if let Some(rank) = graph.rank.get_mut(*vertex as usize) {
                *rank = position as u32;
            }
        }
        Ok(graph)
    }

    /// The vertices read by a reference of `reader` to a spot, each with the repeat whose instance the two share.
    fn sources(
        form: &Form,
        outline: &Outline,
        (reader, aspect): (NodeId, Aspect),
        spot: Spot,
    ) -> Vec<(NodeId, Aspect, Option<NodeId>)> {
        let mut sources = Vec::new();
        let shared = outline.shared(spot.top, [reader, reader]);
        if form.node(spot.node).is_some_and(|node| !node.kind.is_container()) {
            sources.push((spot.node, Aspect::Value, shared));
        }
        let mut branches = false;
        for container in outline.lineage(Some(spot.node)).filter(|node| outline.is_repeat(*node)) {
            let below = !outline.lineage(spot.top).any(|above| above == container);
            // A repeat's own text may speak of its first instance, which may go.
            let own = container == reader && aspect != Aspect::Count;
            if below || own || container == spot.node {
                sources.push((container, Aspect::Count, outline.shared(spot.top, [reader, container])));
            }
            branches |= below;
        }
        if branches {
            sources.push((spot.node, Aspect::Relevance, shared));
        }
        sources
    }

    fn connect(
        &mut self,
        outline: &Outline,
        from: usize,
        node: NodeId,
        aspect: Aspect,
        apex: Option<NodeId>,
    ) {
        let Some(edges) = self.edges.get_mut(from) else { return };
        // What one node reads is found together.
        let mut own = edges.iter().rev().take_while(|edge| edge.node == node);
        if own.any(|edge| edge.aspect == aspect && edge.apex == apex) {
            return;
        }
        edges.push(Edge { node, aspect, apex, way: outline.way(apex, node) });
    }
}

/// What in one slot is computed from what.
const WITHIN: [(Aspect, Aspect); 8] = [
    (Aspect::Relevance, Aspect::Calculation),
    (Aspect::Relevance, Aspect::Value),
    (Aspect::Relevance, Aspect::Violation),
    (Aspect::Calculation, Aspect::Value),
    (Aspect::Choices, Aspect::Value),
    (Aspect::Value, Aspect::Violation),
    (Aspect::Required, Aspect::Violation),
    (Aspect::Choices, Aspect::Violation),
];

fn aspects(node: &Node) -> u16 {
    let mut set = Aspect::Relevance.bit() | Aspect::Label.bit() | Aspect::Hint.bit() | Aspect::Readonly.bit();
    match &node.kind {
        NodeKind::Group(Layout::Grid(_)) => set |= Aspect::Choices.bit(),
        NodeKind::Group(_) => {}
        NodeKind::Repeat { .. } => set |= Aspect::Count.bit(),
        NodeKind::Question(_) => {
            set |= Aspect::Value.bit() | Aspect::Required.bit() | Aspect::Violation.bit();
            if node.kind.list().is_some() {
                set |= Aspect::Choices.bit();
            }
        }
        NodeKind::Note | NodeKind::Calculate => set |= Aspect::Value.bit(),
    }
    if node.calculation.is_some() && node.trigger.is_empty() && !node.kind.is_container() {
        set |= Aspect::Calculation.bit();
    }
    set
}

/// Every expression of a node with the aspect that it computes. Defaults are no part of the graph: they are used once.
fn for_each_expression<'a>(
    form: &'a Form,
    node: &'a Node,
    filters: &'a [Option<Expr>],
    each: &mut dyn FnMut(Aspect, &'a Expr),
) {
    let mut some = |aspect, expr: &'a Option<Expr>| {
        if let Some(expr) = expr {
            each(aspect, expr);
        }
    };
    some(Aspect::Relevance, &node.relevant);
    // A triggered value follows its trigger alone, whatever it reads.
    some(Aspect::Calculation, if node.trigger.is_empty() { &node.calculation } else { &None });
    some(Aspect::Required, &node.required);
    some(Aspect::Readonly, &node.readonly);
    some(Aspect::Violation, &node.constraint);
    if let NodeKind::Repeat { count } = &node.kind {
        some(Aspect::Count, count);
    }
    if let Some(filter) = list_of(node).and_then(|list| filters.get(list.0 as usize)) {
        some(Aspect::Choices, filter);
    }
    let messages = node.required_message.holes().chain(node.constraint_message.holes());
    messages.for_each(|hole| each(Aspect::Violation, hole));
    node.label.holes().for_each(|hole| each(Aspect::Label, hole));
    node.hint.holes().for_each(|hole| each(Aspect::Hint, hole));
    let choices = list_of(node).and_then(|list| form.list(list)).map(|list| list.choices.as_slice());
    let holes = choices.unwrap_or_default().iter().flat_map(|choice| choice.label.holes());
    holes.for_each(|hole| each(Aspect::Choices, hole));
}

/// The choice list of a question or of a grid.
pub(super) fn list_of(node: &Node) -> Option<crate::form::ListId> {
    match node.kind {
        NodeKind::Group(Layout::Grid(list)) => Some(list),
        _ => node.kind.list(),
    }
}

/// Texts always speak a language; expressions do when they ask for labels, or for the names of months and days.
fn spoken(form: &Form, node: &Node, filters: &[Option<Expr>]) -> u16 {
    const ASKS: [&str; 4] = ["jr:choice-name", "jr:itext", "instance(", "format-date"];
    let mut set = Aspect::Label.bit() | Aspect::Hint.bit() | Aspect::Choices.bit() | Aspect::Violation.bit();
    for_each_expression(form, node, filters, &mut |aspect, expr| {
        if ASKS.iter().any(|asks| crate::xpath::split_once(expr.source(), asks).is_some()) {
            set |= aspect.bit();
        }
    });
    set & aspects(node)
}

/// Whether an expression reads the labels of choices, which can have holes.
fn reads_labels(expr: &Expr) -> bool {
    let source = expr.source();
    let has = |part| crate::xpath::split_once(source, part).is_some();
    has("jr:choice-name") || has("instance(") && has("label")
}

/// Vertices with every edge pointing forward; an error lists the vertices of a cycle. Without recursion: chains can be as long as a form.
fn sort(hard: &[Vec<u32>], soft: Option<&[Vec<u32>]>) -> Result<Vec<u32>, Vec<u32>> {
    const OPEN: u8 = 1;
    const DONE: u8 = 2;
    let next = |vertex: u32, index: usize| {
        let own = hard.get(vertex as usize).map(Vec::as_slice).unwrap_or_default();
        own.get(index).or_else(|| soft?.get(vertex as usize)?.get(index.checked_sub(own.len())?)).copied()
    };
    let mut mark = vec![0; hard.len()];
    let mut order = Vec::with_capacity(hard.len());
    let mut trail: Vec<(u32, usize)> = Vec::new();
    for start in (0..hard.len() as u32).rev() {
        if mark.get(start as usize) != Some(&0) {
            continue;
        }
        trail.push((start, 0));
        while let Some((vertex, index)) = trail.last_mut() {
            let here = *vertex;
            if let Some(mark) = mark.get_mut(here as usize) {
                *mark = OPEN;
            }
            let Some(to) = next(here, *index) else {
                if let Some(mark) = mark.get_mut(here as usize) {
                    *mark = DONE;
                }
                order.push(here);
                trail.pop();
                continue;
            };
            *index += 1;
            match mark.get(to as usize) {
                Some(&OPEN) => {
                    let from = trail.iter().position(|(vertex, _)| *vertex == to).unwrap_or(0);
                    return Err(trail.iter().skip(from).map(|(vertex, _)| *vertex).collect());
                }
                Some(&DONE) => {}
                _ => trail.push((to, 0)),
            }
        }
    }
    order.reverse();
    Ok(order)
}

/// A node's aspects wait for each other within it, so each name is told once.
fn named(form: &Form, cycle: &[u32]) -> Cycle {
    let mut names: Vec<String> = Vec::new();
    // Edges point from what is read to what reads; people think the other way round.
    for vertex in cycle.iter().rev() {
        let node = NodeId(*vertex / ASPECTS as u32);
        let name = form.node(node).map(|node| node.name.as_str()).unwrap_or_default();
        if names.last().is_none_or(|last| last != name) {
            names.push(name.to_owned());
        }
    }
    if names.len() > 1 && names.first() == names.last() {
        names.pop();
    }
    Cycle { names }
}
