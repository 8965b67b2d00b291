//! What an expression refers to, for a dependency graph.

use super::function::Function;
use super::tree::{Axis, Path, Start, Test, Tree};

/// Something outside an expression that its value depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Reference {
    /// `${name}`
    Name(String),
    /// `${last-saved#name}`
    LastSaved(String),
    /// A path of steps. What predicates refer to is listed apart, with the path up to the step that
    /// bears the predicate put before it: `../kid[age > 5]/name` gives `../kid/name` and `../kid/age`.
    Path(LocationPath),
    /// `.` or `current()`: the node itself.
    Dot,
    /// A secondary instance. Paths inside it are not listed: it does not change while filling.
    Instance(String),
}

/// A path without predicates.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LocationPath {
    /// Where it starts.
    pub start: PathStart,
    /// Its steps, in order; never empty.
    pub steps: Vec<PathStep>,
}

/// Where a path starts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PathStart {
    /// The document node: `/data/x`.
    Root,
    /// The expression's own node: `../x`, `current()/../x`.
    Context,
    /// `${name}/x`; the name is also listed as a [`Reference::Name`].
    Name(String),
}

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PathStep {
    /// `..`
    Parent,
    /// To the children of this name.
    Child(String),
    /// `*`: to all children.
    Any,
}

/// What a tree refers to, each once, and whether it asks for time or randomness.
pub(super) fn collect(tree: &Tree) -> (Vec<Reference>, bool) {
    let mut found = Found { references: Vec::new(), volatile: false };
    found.tree(tree, Some(&LocationPath { start: PathStart::Context, steps: Vec::new() }));
    (found.references, found.volatile)
}

struct Found {
    references: Vec<Reference>,
    volatile: bool,
}

impl Found {
    /// `here` is what `.` stands for; `None` inside a secondary instance.
    fn tree(&mut self, tree: &Tree, here: Option<&LocationPath>) {
        match tree {
            Tree::Text(_) | Tree::Number(_) => {}
            Tree::Negate(inner) => self.tree(inner, here),
            Tree::Chain(first, links) => {
                self.tree(first, here);
                links.iter().for_each(|link| self.tree(&link.1, here));
            }
            Tree::LastSaved(name) => self.add(Reference::LastSaved(name.clone())),
            Tree::Path(path) => self.path(path, here),
            Tree::Call(function, arguments) => {
                match (function, arguments.as_slice()) {
                    (Function::Today | Function::Now | Function::Random | Function::Uuid, _)
                    | (Function::Randomize, [_]) => self.volatile = true,
                    (Function::Pulldata, [Tree::Text(id), ..]) => self.add(Reference::Instance(id.clone())),
                    (Function::Text | Function::Number | Function::StringLength, [])
                    | (Function::NormalizeSpace, []) => self.place(here),
                    _ => {}
                }
                arguments.iter().for_each(|argument| self.tree(argument, here));
            }
        }
    }

    fn path(&mut self, path: &Path, here: Option<&LocationPath>) {
        let from = |start| Some(LocationPath { start, steps: Vec::new() });
        let mut place = match &path.start {
            Start::Root => from(PathStart::Root),
            Start::Here => here.cloned(),
            Start::Current => from(PathStart::Context),
            Start::Name(name) => from(PathStart::Name(name.clone())),
            Start::Instance(id) => {
                self.add(Reference::Instance(id.clone()));
                None
            }
            Start::Tree(tree) => {
                self.tree(tree, here);
                None
            }
        };
        if let Start::Name(name) = &path.start {
            self.add(Reference::Name(name.clone()));
        }
        path.filters.iter().for_each(|filter| self.tree(filter, place.as_ref()));
        for step in &path.steps {
            if let Some(place) = &mut place {
                match (step.axis, &step.test) {
                    (Axis::Here, _) => {}
                    (Axis::Parent, _) => place.steps.push(PathStep::Parent),
                    (Axis::Child, Test::Any) => place.steps.push(PathStep::Any),
                    (Axis::Child, Test::Name(name)) => place.steps.push(PathStep::Child(name.clone())),
                }
            }
            step.predicates.iter().for_each(|predicate| self.tree(predicate, place.as_ref()));
        }
        self.place(place.as_ref());
    }

    /// A place that is read.
    fn place(&mut self, place: Option<&LocationPath>) {
        match place {
            Some(path) if !path.steps.is_empty() => self.add(Reference::Path(path.clone())),
            Some(LocationPath { start: PathStart::Context, .. }) => self.add(Reference::Dot),
            _ => {}
        }
    }

    fn add(&mut self, reference: Reference) {
        if !self.references.contains(&reference) {
            self.references.push(reference);
        }
    }
}
