//! ODK XPath expressions: text to [`Expr`] to [`Value`]. Read [`Expr::parse`] first. Knows nothing of forms.

pub mod date;
mod error;
mod math;
mod scope;

pub use error::{EvalError, ParseError, ParseErrorKind};
pub use math::Math;
pub use scope::{Scope, Value};

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    source: String,
}

impl Expr {
    /// Reads an expression.
    pub fn parse(source: &str) -> Result<Expr, ParseError> {
        Ok(Expr { source: source.to_owned() })
    }

    /// The text it was read from.
    pub fn source(&self) -> &str {
        &self.source
    }
}
