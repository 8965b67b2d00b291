//! ODK XPath: text to [`Expr`] to [`Value`].
//!
//! Read [`Expr::parse`] first, then [`Expr::eval`] and the [`Scope`] it asks. Expressions are those
//! of XLSForm and the ODK XForms specification: `${name}`, paths of child, parent and self steps with
//! predicates, `instance()`, `current()`, and ODK's functions.
//!
//! Nothing here knows of forms, questions, a clock, a browser or randomness: all of that is asked of
//! the scope. Nothing is remembered between two evaluations.

pub mod date;
pub mod digest;

mod call;
mod error;
mod eval;
mod function;
mod geo;
mod math;
mod number;
mod parse;
mod reference;
mod scope;
mod text;
mod tree;
#[cfg(test)]
mod world;

pub use date::{Date, DateTime, Time};
pub use error::{EvalError, ParseError, ParseErrorKind};
pub use math::Math;
pub use number::{read_number, write_number};
pub use reference::{LocationPath, PathStart, PathStep, Reference};
pub use scope::{Scope, Value};
pub use text::{shuffle, split_once};

/// An expression that has been read: its text, its tree and what it refers to.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    source: String,
    tree: tree::Tree,
    references: Vec<Reference>,
    volatile: bool,
}

impl Expr {
    /// Reads an expression. Typographic quotation marks and blanks of any kind are accepted; what ODK
    /// does not use (other axes, `//`, attributes, namespaces, variables) is refused by name, and
    /// every fault says where it is.
    ///
    /// ```
    /// use sondeo::xpath::{Expr, ParseErrorKind};
    /// let expr = Expr::parse("${age} >= 18 and selected(${uses}, 'bus')").unwrap();
    /// assert_eq!(expr.references().len(), 2);
    /// let fault = Expr::parse("1 + today(").unwrap_err();
    /// assert_eq!((fault.kind, fault.position), (ParseErrorKind::UnexpectedEnd, 10));
    /// ```
    pub fn parse(source: &str) -> Result<Expr, ParseError> {
        let tree = parse::parse(source)?;
        let (references, volatile) = reference::collect(&tree);
        Ok(Expr { source: source.to_owned(), tree, references, volatile })
    }

    /// The text it was read from, unchanged.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// What its value depends on, each once, in order of appearance.
    pub fn references(&self) -> &[Reference] {
        &self.references
    }

    /// True when it can change without a reference changing: it asks the time or for randomness.
    pub fn is_volatile(&self) -> bool {
        self.volatile
    }

    /// Its value here. Blank or unreadable text counts as NaN in arithmetic and number comparisons;
    /// ISO dates count as days since 1970-01-01, with the scope's offset.
    pub fn eval<S: Scope>(&self, scope: &S) -> Result<Value<S::Node>, EvalError> {
        eval::eval(&self.tree, scope).map(|value| value.into_value(scope))
    }

    /// Its value as text: of nodes, the first one's; blank when there are none.
    pub fn eval_text<S: Scope>(&self, scope: &S) -> Result<String, EvalError> {
        eval::eval(&self.tree, scope).map(|value| value.text(scope).into_owned())
    }

    /// Its value as a number; NaN when it is not one.
    pub fn eval_number<S: Scope>(&self, scope: &S) -> Result<f64, EvalError> {
        eval::eval(&self.tree, scope).map(|value| value.number(scope))
    }

    /// Its value as yes or no: numbers other than 0 and NaN, text that is not blank, and any node
    /// at all are yes.
    pub fn eval_boolean<S: Scope>(&self, scope: &S) -> Result<bool, EvalError> {
        eval::eval(&self.tree, scope).map(|value| value.boolean())
    }
}
