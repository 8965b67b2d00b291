//! The facilitator's side: set up, open, follow, summarize, take away. Read [`app`] first, then [`bridge`], the only file
//! that meets the store, the worker and the instruments. What may never enter: an answer of one person on a screen, or a
//! number that the summary has not let through.

mod act;
mod app;
mod bridge;
mod edit;
mod explore;
mod frame;
mod live;
mod print;
mod responses;
mod route;
mod summary;
mod surveys;
mod take;

pub use app::mount;
