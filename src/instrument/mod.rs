//! The two built-in instruments, and how the sites, topics, areas and names of a [`Subject`] compile into a form.
//! Read [`compile`] first. The instruments themselves are data (`public/instruments`), fetched when the program runs: a
//! new event or study needs no code. What may never enter: answers, the clock, a screen, a sentence for people.
//!
//! ```text
//! definition_from_json(text) -> Definition --compile(.., subject)--> FormSource --Form::build--> Form
//!                                         \--bundled_survey--> the example that every phone agrees on
//! ```
//!
//! [`Subject`]: crate::survey::Subject

mod bundled;
mod compile;
mod expand;
mod hole;
pub mod wire;

pub use bundled::{BundledError, bundled_event, bundled_study, bundled_survey};
pub use compile::{CompileProblem, CompileProblemKind, compile, stamp, unstamped};
pub use wire::{Definition, definition_from_json};
