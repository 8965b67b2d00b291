//! Responses to typed columns ([`Table`]) to statistics ([`Summary`]). Read [`summarize`] first: every number is made by a grade
//! that knows how much may be shown, so that nothing unsuppressed leaves the module.
//! Never a person's text, an id, a screen, or (yet) a breakdown.

mod cells;
mod index;
mod model;
mod question;
mod rules;
pub mod statistics;
mod summarize;
mod table;
mod tally;
pub mod wire;

pub use cells::{BLANK, BLANK_BYTE, BLANK_DAY, Cells, Code, NO_DAY, NOT_SHOWN, NOT_SHOWN_BYTE, State, Texts};
pub use model::*;
pub use summarize::{Options, summarize};
pub use table::{Column, Facts, Stray, Table};
pub use tally::Tally;
