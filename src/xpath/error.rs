//! Why an expression cannot be read, or gave nothing.

/// Why a text is not an expression, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// What is wrong.
    pub kind: ParseErrorKind,
    /// Characters (not bytes) before the fault.
    pub position: usize,
}

/// What is wrong with a text that should be an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParseErrorKind {
    /// Nothing but blanks.
    Empty,
    /// The text ends where something more must follow.
    UnexpectedEnd,
    /// This character cannot stand here.
    Unexpected(char),
    /// A quotation mark that is never closed.
    UnclosedText,
    /// A `${` without its `}`, or without a name in it.
    BadName(String),
    /// No function of that name.
    UnknownFunction(String),
    /// Too few or too many arguments. `most` is `None` where there is no upper limit.
    WrongArgumentCount {
        /// The function's name.
        function: &'static str,
        /// Fewest arguments it takes.
        least: usize,
        /// Most arguments it takes.
        most: Option<usize>,
        /// How many were given.
        given: usize,
    },
    /// XPath that ODK forms do not use: an axis, `//`, an attribute, a namespace, a variable.
    Unsupported(String),
    /// Nested more deeply than any form needs.
    TooDeep,
}

/// Why an expression that reads well gave no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EvalError {
    /// This function wants nodes and got something else.
    NotNodes(&'static str),
    /// `instance()` names none that the form has.
    UnknownInstance(String),
    /// The scope refuses this pattern of `regex()`.
    BadPattern(String),
    /// Shaped like a date that does not exist, such as 1983-09-31.
    ImpossibleDate(String),
    /// A checksum algorithm that is not known, or not available here.
    UnknownDigest(String),
}

impl std::fmt::Display for ParseError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} at {}", self.kind, self.position)
    }
}

impl std::fmt::Display for EvalError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for ParseError {}
impl std::error::Error for EvalError {}
