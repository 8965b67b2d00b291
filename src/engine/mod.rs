//! Filling a form: a [`Session`] holds the instance, answers change it, everything computed stands in one graph.
//! Read [`Session::answer`] first. Never storage, a signal, a clock or randomness: `now` and `seed` are arguments.
//!
//! `outline` is the definition as a tree and what references mean in it; `graph` what depends on what, sorted once;
//! `instance` the slots; `scope` what expressions see; `recompute` the wave; `pages`, `path` and `finish` what is read from a filling.

mod finish;
mod graph;
mod instance;
mod outline;
mod pages;
mod path;
mod recompute;
mod scope;
mod session;
mod state;
#[cfg(test)]
mod tests;
mod typed;

pub use crate::response::Answer;
pub use session::{Cycle, Restored, Session, Settings};
pub use state::{
    At, Changes, ChoiceState, Moment, NodeState, Page, Paging, Progress, Violation, ViolationKind,
};
pub use typed::{MOST_INSTANCES, Mistyped, Step, typed, typed_count};
