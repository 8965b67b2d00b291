//! What an expression needs to know of the world around it.

use super::date::{DateTime, ENGLISH, Names};
use super::math::Math;
use std::borrow::Cow;

/// What an expression gives.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<N> {
    /// Text; dates and times are ISO text.
    Text(String),
    /// A number; NaN is what blank or unreadable text becomes.
    Number(f64),
    /// Yes or no.
    Boolean(bool),
    /// Nodes of the scope, in document order unless `randomize` mixed them.
    Nodes(Vec<N>),
}

/// The tree that an expression is evaluated in, and the facts that it may ask for.
///
/// Everything is read-only and nothing is remembered between calls. Secondary instances (choice
/// lists and attached tables) are trees beside the main one: `root/item/{name, label, ...}`.
pub trait Scope {
    /// A node: a group, one instance of a repeat, a question, or a part of a secondary instance.
    /// `Ord` is document order.
    type Node: Copy + Eq + Ord;

    /// The node that the expression belongs to: what `.` and `current()` stand for, where relative
    /// paths begin and from where `${name}` is looked up. Inside a predicate `.` is the node under
    /// test; the evaluator keeps track of that by itself.
    fn context(&self) -> Self::Node;

    /// The nodes that `${name}` stands for seen from `from`: in a repeat, the one of the same
    /// instance; from outside (and always from [`Scope::root`]), those of all instances, in order.
    /// Empty: there is none at present.
    fn resolve(&self, name: &str, from: Self::Node) -> Vec<Self::Node>;

    /// The document node: `/data/x` is its child `data`, whose child is `x`.
    fn root(&self) -> Self::Node;

    /// The node above; `None` above a root.
    fn parent(&self, node: Self::Node) -> Option<Self::Node>;

    /// The nodes right below, in document order.
    fn children(&self, node: Self::Node) -> Vec<Self::Node>;

    /// The node's name; blank for a document node.
    fn name(&self, node: Self::Node) -> Cow<'_, str>;

    /// The node's value as XForms writes it (`2026-11-23`, `a b` for two choices, blank when
    /// unanswered); of a group, the values inside one after the other.
    fn text(&self, node: Self::Node) -> Cow<'_, str>;

    /// The document node of a secondary instance: `instance('x')/root/item` are its children's children.
    fn instance(&self, id: &str) -> Option<Self::Node>;

    /// Does the whole text match the pattern? `None`: the pattern is not valid.
    fn matches(&self, pattern: &str, text: &str) -> Option<bool>;

    /// The local time. Its offset is the one in which dates without an offset are meant.
    fn now(&self) -> DateTime;

    /// A number from 0 up to, not including, 1; another at each call.
    fn random(&self) -> f64;

    /// Adds to `into` the children of that name. Worth writing where looking up by name is quicker
    /// than going through all children.
    fn children_named(&self, node: Self::Node, name: &str, into: &mut Vec<Self::Node>) {
        into.extend(self.children(node).into_iter().filter(|child| self.name(*child) == name));
    }

    /// `${last-saved#name}`: the value that question had in the response saved last.
    fn last_saved(&self, name: &str) -> Option<String> {
        let _ = name;
        None
    }

    /// `jr:choice-name`: the label, in the present language, of the choice of that value in a question.
    fn choice_label(&self, question: Self::Node, value: &str) -> Option<String> {
        let _ = (question, value);
        None
    }

    /// `jr:itext`: the text of that id in the present language.
    fn itext(&self, id: &str) -> Option<String> {
        let _ = id;
        None
    }

    /// `digest`: the checksum of the text's UTF-8 bytes. Scopes that can afford the code answer with
    /// [`digest`](super::digest::digest); `None`: not available here.
    fn digest(&self, algorithm: &str, text: &str) -> Option<Vec<u8>> {
        let _ = (algorithm, text);
        None
    }

    /// Month and weekday names in the present language.
    fn names(&self) -> &Names {
        &ENGLISH
    }

    /// Logarithms, powers and trigonometry. A browser may answer with its own and spare the code.
    fn calculate(&self, what: Math, x: f64, y: f64) -> f64 {
        what.calculate(x, y)
    }
}
