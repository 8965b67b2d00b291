//! The typed tree of an expression. Chains of one precedence are flat, so that a sum of a thousand
//! terms is no deeper than a sum of two.

use super::function::Function;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Tree {
    Text(String),
    Number(f64),
    Negate(Box<Tree>),
    /// Operators of one precedence, from left to right.
    Chain(Box<Tree>, Vec<(Operator, Tree)>),
    Path(Box<Path>),
    LastSaved(String),
    Call(Function, Vec<Tree>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
    Union,
}

impl Operator {
    /// Binding strength: the larger binds first.
    pub(super) fn strength(self) -> u8 {
        match self {
            Operator::Or => 1,
            Operator::And => 2,
            Operator::Equal | Operator::NotEqual => 3,
            Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual => 4,
            Operator::Add | Operator::Subtract => 5,
            Operator::Multiply | Operator::Divide | Operator::Modulo => 6,
            Operator::Union => 7,
        }
    }
}

/// Where it starts, filters over the whole starting set, then steps.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Path {
    pub(super) start: Start,
    pub(super) filters: Vec<Tree>,
    pub(super) steps: Vec<Step>,
}

impl Path {
    /// Just `${name}`.
    pub(super) fn is_bare_name(&self) -> bool {
        matches!(self.start, Start::Name(_)) && self.filters.is_empty() && self.steps.is_empty()
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Start {
    /// The document node.
    Root,
    /// `.`: the node under test in a predicate, else the expression's own.
    Here,
    /// `current()`: the expression's own node, in predicates too.
    Current,
    /// `${name}`
    Name(String),
    /// `instance('id')`
    Instance(String),
    /// Any expression that gives nodes.
    Tree(Tree),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Step {
    pub(super) axis: Axis,
    pub(super) test: Test,
    pub(super) predicates: Vec<Tree>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Axis {
    Child,
    Parent,
    Here,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Test {
    Any,
    Name(String),
}
