/// A write or read that did not happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What a screen can answer differently.
    pub kind: FaultKind,
    /// The browser's own words, for a report of the fault.
    pub detail: String,
}

/// What a screen can answer differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// The disk or the site's share of it is full.
    Full,
    /// Another tab keeps the store from opening.
    Blocked,
    /// The store was closed, removed or refused (private mode, storage turned off).
    Gone,
    /// Written by a newer version of the program.
    Newer,
    /// Anything else.
    Other,
}

impl Fault {
    /// A fault of this kind.
    pub fn new(kind: FaultKind, detail: impl Into<String>) -> Fault {
        Fault { kind, detail: detail.into() }
    }
}
