//! Tree to value: paths, operators, and the conversions between kinds of value.

use super::date::DateTime;
use super::error::EvalError;
use super::number::{read_number, write_number};
use super::scope::{Scope, Value};
use super::tree::{Axis, Operator, Path, Start, Step, Test, Tree};
use std::borrow::Cow;

/// A value on its way; dates stay typed until somebody asks for text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Val<'a, N> {
    Text(Cow<'a, str>),
    Number(f64),
    Boolean(bool),
    Nodes(Vec<N>),
    /// `None`: made from something that is not a date.
    Moment(Option<DateTime>),
}

/// Where `.` is, with its place (from 1) among the nodes under test.
#[derive(Clone, Copy)]
pub(super) struct At<N> {
    pub(super) node: N,
    pub(super) position: usize,
    pub(super) size: usize,
}

pub(super) struct Eval<'a, S: Scope> {
    pub(super) scope: &'a S,
    /// What `current()` is and where names are resolved from.
    pub(super) origin: S::Node,
}

/// What evaluating gives in a scope.
pub(super) type Outcome<'a, S> = Result<Val<'a, <S as Scope>::Node>, EvalError>;

pub(super) fn eval<'a, S: Scope>(tree: &'a Tree, scope: &'a S) -> Outcome<'a, S> {
    let origin = scope.context();
    Eval { scope, origin }.tree(tree, At { node: origin, position: 1, size: 1 })
}

impl<'a, S: Scope> Eval<'a, S> {
    pub(super) fn tree(&self, tree: &'a Tree, at: At<S::Node>) -> Outcome<'a, S> {
        match tree {
            Tree::Text(text) => Ok(Val::Text(Cow::Borrowed(text))),
            Tree::Number(number) => Ok(Val::Number(*number)),
            Tree::Negate(inner) => Ok(Val::Number(-self.tree(inner, at)?.number(self.scope))),
            Tree::Chain(first, links) => self.chain(first, links, at),
            Tree::Path(path) => self.path(path, at).map(Val::Nodes),
            Tree::LastSaved(name) => {
                Ok(Val::Text(self.scope.last_saved(name).map_or(Cow::Borrowed(""), Cow::Owned)))
            }
            Tree::Call(function, arguments) => self.call(*function, arguments, at),
        }
    }

    fn chain(&self, first: &'a Tree, links: &'a [(Operator, Tree)], at: At<S::Node>) -> Outcome<'a, S> {
        let mut left = self.tree(first, at)?;
        for (operator, tree) in links {
            left = match operator {
                Operator::Or | Operator::And => {
                    let settled = *operator == Operator::Or;
                    if left.boolean() == settled {
                        return Ok(Val::Boolean(settled));
                    }
                    Val::Boolean(self.tree(tree, at)?.boolean())
                }
                Operator::Union => match (left, self.tree(tree, at)?) {
                    (Val::Nodes(mut nodes), Val::Nodes(more)) => {
                        nodes.extend(more);
                        Val::Nodes(in_document_order(nodes))
                    }
                    _ => return Err(EvalError::NotNodes("|")),
                },
                Operator::Add
                | Operator::Subtract
                | Operator::Multiply
                | Operator::Divide
                | Operator::Modulo => {
                    let a = left.number(self.scope);
                    let b = self.tree(tree, at)?.number(self.scope);
                    Val::Number(match operator {
                        Operator::Add => a + b,
                        Operator::Subtract => a - b,
                        Operator::Multiply => a * b,
                        Operator::Divide => a / b,
                        _ => a % b,
                    })
                }
                _ => Val::Boolean(self.compare(*operator, left, self.tree(tree, at)?)),
            };
        }
        Ok(left)
    }

    /// Of nodes, it is enough that one value (or one pair) compares as asked; only in asking whether
    /// they equal yes or no do they count as whether there are any.
    fn compare(&self, operator: Operator, left: Val<'a, S::Node>, right: Val<'a, S::Node>) -> bool {
        let scope = self.scope;
        let is_equality = matches!(operator, Operator::Equal | Operator::NotEqual);
        match (left, right) {
            (Val::Nodes(left), Val::Nodes(right)) => {
                // The shorter side inside: its texts are asked for again and again.
                let flip = left.len() < right.len();
                let (outer, inner) = if flip { (&right, &left) } else { (&left, &right) };
                outer.iter().any(|node| {
                    let one = Val::Text(scope.text(*node));
                    inner.iter().any(|node| {
                        let other = Val::Text(scope.text(*node));
                        let (left, right) = if flip { (&other, &one) } else { (&one, &other) };
                        self.compare_single(operator, left, right)
                    })
                })
            }
            (Val::Nodes(left), right @ Val::Boolean(_)) if is_equality => {
                self.compare_single(operator, &Val::Boolean(!left.is_empty()), &right)
            }
            (left @ Val::Boolean(_), Val::Nodes(right)) if is_equality => {
                self.compare_single(operator, &left, &Val::Boolean(!right.is_empty()))
            }
            (Val::Nodes(left), right) => left
                .into_iter()
                .any(|node| self.compare_single(operator, &Val::Text(scope.text(node)), &right)),
            (left, Val::Nodes(right)) => right
                .into_iter()
                .any(|node| self.compare_single(operator, &left, &Val::Text(scope.text(node)))),
            (left, right) => self.compare_single(operator, &left, &right),
        }
    }

    fn compare_single(&self, operator: Operator, left: &Val<'a, S::Node>, right: &Val<'a, S::Node>) -> bool {
        let (a, b) = match operator {
            Operator::Equal => return self.equal(left, right),
            Operator::NotEqual => return !self.equal(left, right),
            _ => (left.number(self.scope), right.number(self.scope)),
        };
        match operator {
            Operator::Less => a < b,
            Operator::LessOrEqual => a <= b,
            Operator::Greater => a > b,
            _ => a >= b,
        }
    }

    /// Yes or no rules over numbers, numbers over dates, dates over text.
    fn equal(&self, left: &Val<'a, S::Node>, right: &Val<'a, S::Node>) -> bool {
        match (left, right) {
            (Val::Boolean(_), _) | (_, Val::Boolean(_)) => left.boolean() == right.boolean(),
            (Val::Number(_), _) | (_, Val::Number(_)) => left.number(self.scope) == right.number(self.scope),
            (Val::Moment(Some(a)), Val::Moment(Some(b))) => a.milliseconds() == b.milliseconds(),
            (Val::Moment(Some(moment)), Val::Text(text)) | (Val::Text(text), Val::Moment(Some(moment))) => {
                let read = DateTime::parse(text, moment.offset);
                read.is_some_and(|read| read.milliseconds() == moment.milliseconds())
            }
            _ => left.text(self.scope) == right.text(self.scope),
        }
    }

    /// The nodes a path leads to.
    pub(super) fn path(&self, path: &'a Path, at: At<S::Node>) -> Result<Vec<S::Node>, EvalError> {
        let mut nodes = match &path.start {
            Start::Root => return self.walk(path, self.scope.root()),
            Start::Here => return self.walk(path, at.node),
            Start::Current => return self.walk(path, self.origin),
            Start::Name(name) => self.scope.resolve(name, self.origin),
            Start::Instance(id) => {
                let node = self.scope.instance(id);
                return self.walk(path, node.ok_or_else(|| EvalError::UnknownInstance(id.clone()))?);
            }
            Start::Tree(tree) => match self.tree(tree, at)? {
                Val::Nodes(nodes) => nodes,
                _ => return Err(EvalError::NotNodes(if path.steps.is_empty() { "[" } else { "/" })),
            },
        };
        for filter in &path.filters {
            self.keep(&mut nodes, 0, filter)?;
        }
        self.steps(&path.steps, nodes)
    }

    /// From one node, without a list of one where a step gives a list anyway.
    fn walk(&self, path: &'a Path, from: S::Node) -> Result<Vec<S::Node>, EvalError> {
        match path.steps.split_first() {
            Some((first, others)) if path.filters.is_empty() => {
                self.steps(others, self.step(first, &[from])?)
            }
            _ => {
                let mut nodes = vec![from];
                for filter in &path.filters {
                    self.keep(&mut nodes, 0, filter)?;
                }
                self.steps(&path.steps, nodes)
            }
        }
    }

    fn steps(&self, steps: &'a [Step], mut nodes: Vec<S::Node>) -> Result<Vec<S::Node>, EvalError> {
        for step in steps {
            nodes = self.step(step, &nodes)?;
        }
        Ok(nodes)
    }

    fn step(&self, step: &'a Step, from: &[S::Node]) -> Result<Vec<S::Node>, EvalError> {
        let mut nodes = Vec::new();
        for node in from {
            let first = nodes.len();
            match (step.axis, &step.test) {
                (Axis::Child, Test::Name(name)) => self.scope.children_named(*node, name, &mut nodes),
                (Axis::Child, Test::Any) => nodes.extend(self.scope.children(*node)),
                (Axis::Parent, test) => {
                    nodes.extend(self.scope.parent(*node).filter(|parent| self.passes(test, *parent)));
                }
                (Axis::Here, test) => nodes.extend(Some(*node).filter(|node| self.passes(test, *node))),
            }
            for predicate in &step.predicates {
                self.keep(&mut nodes, first, predicate)?;
            }
        }
        let has_order = nodes.is_sorted() && step.axis != Axis::Parent;
        Ok(if has_order { nodes } else { in_document_order(nodes) })
    }

    fn passes(&self, test: &Test, node: S::Node) -> bool {
        match test {
            Test::Any => true,
            Test::Name(name) => self.scope.name(node) == *name,
        }
    }

    /// Drops, from `first` on, the nodes that do not satisfy a predicate: a number is a position.
    fn keep(&self, nodes: &mut Vec<S::Node>, first: usize, predicate: &'a Tree) -> Result<(), EvalError> {
        let tested = nodes.split_off(first.min(nodes.len()));
        let size = tested.len();
        for (index, node) in tested.into_iter().enumerate() {
            let position = index + 1;
            let kept = match self.tree(predicate, At { node, position, size })? {
                Val::Number(number) => number == position as f64,
                value => value.boolean(),
            };
            if kept {
                nodes.push(node);
            }
        }
        Ok(())
    }
}

impl<'a, N: Copy> Val<'a, N> {
    pub(super) fn text<S: Scope<Node = N>>(self: &Val<'a, N>, scope: &'a S) -> Cow<'a, str> {
        match self {
            Val::Text(text) => text.clone(),
            Val::Number(number) => Cow::Owned(number_text(*number)),
            Val::Boolean(true) => Cow::Borrowed("true"),
            Val::Boolean(false) => Cow::Borrowed("false"),
            Val::Nodes(nodes) => nodes.first().map_or(Cow::Borrowed(""), |node| scope.text(*node)),
            Val::Moment(Some(moment)) if moment.is_midnight() => Cow::Owned(moment.date.to_string()),
            Val::Moment(Some(moment)) => Cow::Owned(moment.to_string()),
            // What ODK's web engines write.
            Val::Moment(None) => Cow::Borrowed("Invalid Date"),
        }
    }

    /// As `text`, without copying text that is owned already.
    pub(super) fn into_text<S: Scope<Node = N>>(self, scope: &'a S) -> Cow<'a, str> {
        match self {
            Val::Text(text) => text,
            other => other.text(scope),
        }
    }

    pub(super) fn number<S: Scope<Node = N>>(&self, scope: &S) -> f64 {
        match self {
            Val::Text(text) => text_number(text, scope),
            Val::Number(number) => *number,
            Val::Boolean(yes) => f64::from(u8::from(*yes)),
            Val::Nodes(nodes) => {
                nodes.first().map_or(f64::NAN, |node| text_number(&scope.text(*node), scope))
            }
            Val::Moment(moment) => moment.map_or(f64::NAN, DateTime::days),
        }
    }

    pub(super) fn boolean(&self) -> bool {
        match self {
            Val::Text(text) => !text.is_empty(),
            Val::Number(number) => *number != 0.0 && !number.is_nan(),
            Val::Boolean(yes) => *yes,
            Val::Nodes(nodes) => !nodes.is_empty(),
            Val::Moment(moment) => moment.is_some(),
        }
    }

    pub(super) fn into_value<S: Scope<Node = N>>(self, scope: &'a S) -> Value<N> {
        match self {
            Val::Number(number) => Value::Number(number),
            Val::Boolean(yes) => Value::Boolean(yes),
            Val::Nodes(nodes) => Value::Nodes(nodes),
            other => Value::Text(other.into_text(scope).into_owned()),
        }
    }
}

/// Each node once. They come nearly in order, so each finds its place at the end; the library's sort
/// would cost kilobytes for what hardly ever happens.
fn in_document_order<N: Ord>(nodes: Vec<N>) -> Vec<N> {
    let mut ordered = Vec::with_capacity(nodes.len());
    for node in nodes {
        if let Err(place) = ordered.binary_search(&node) {
            ordered.insert(place, node);
        }
    }
    ordered
}

/// Plain decimals without an exponent, as XPath writes numbers.
pub(super) fn number_text(number: f64) -> String {
    if number.is_infinite() {
        return String::from(if number > 0.0 { "Infinity" } else { "-Infinity" });
    }
    // The sign of zero is not written.
    write_number(number + 0.0)
}

/// A decimal number, or the day number of an ISO date; else NaN.
pub(super) fn text_number<S: Scope>(text: &str, scope: &S) -> f64 {
    let text = text.trim();
    if let Some(number) = read_number(text) {
        return number;
    }
    // Asking the time costs more than looking at one character.
    if text.as_bytes().get(4) != Some(&b'-') {
        return f64::NAN;
    }
    DateTime::parse(text, scope.now().offset).map_or(f64::NAN, DateTime::days)
}

#[cfg(test)]
#[path = "eval_tests.rs"]
mod tests;
