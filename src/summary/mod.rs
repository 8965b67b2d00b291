//! Responses to typed columns ([`Table`]) to statistics ([`Summary`]). Read [`summarize`] first: every number is made by a grade
//! that knows how much may be shown, so that nothing unsuppressed leaves the module.
//! Never an id, a screen, or a person's text outside [`text`].

pub mod block;
mod breakdown;
mod cells;
mod compare;
mod design;
mod filter;
mod index;
mod infer;
mod lens;
mod model;
mod number;
pub mod order;
mod pack;
mod plan;
mod question;
mod rules;
mod selection;
pub mod statistics;
mod summarize;
mod suppress;
mod table;
mod tally;
pub mod text;
pub mod view;
mod weighting;
pub mod wire;

pub use cells::{BLANK, BLANK_BYTE, BLANK_DAY, Cells, Code, NO_DAY, NOT_SHOWN, NOT_SHOWN_BYTE, State, Texts};
pub use compare::compare;
pub use model::*;
pub use plan::{PlanRow, WorkPlan, counted_rows, work_plan};
pub use selection::Selection;
pub use summarize::summarize;
pub use table::{Column, Facts, Stray, Table};
pub use tally::Tally;
pub use view::{Filter, Profile, View};
