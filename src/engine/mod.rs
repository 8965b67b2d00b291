//! Filling a form: a [`Session`] holds the instance, answers change it, everything computed stands in one graph.
//! Read [`Session::answer`] first. Never storage, a signal, a clock or randomness: `now` and `seed` are arguments.

mod session;
mod state;

pub use crate::response::Answer;
pub use session::{Cycle, Restored, Session, Settings};
pub use state::{
    At, Changes, ChoiceState, Moment, NodeState, Page, Paging, Progress, Violation, ViolationKind,
};
