//! What an expression refers to, for a dependency graph.

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
