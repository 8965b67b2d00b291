//! The facilitator's side: set up, open, follow, summarize, take away. Read [`app`] first, then [`bridge`], the only file
//! that meets the store, the worker and the instruments. Screens are `ui::parts` throughout: `view!` makes code of its own for
//! each. What may never enter: an answer of one person outside `texts` (and of a `table` the cell that cannot be read), or a
//! number that the summary has not let through.

mod act;
mod agent;
mod app;
mod bridge;
mod copies;
mod edit;
mod enter;
mod explore;
mod frame;
mod join;
mod lend;
mod link;
mod own;
mod paper;
mod print;
mod responses;
mod route;
mod seal;
mod storage;
mod summary;
mod surveys;
mod table;
mod take;
mod texts;
mod wipe;

pub use app::mount;
