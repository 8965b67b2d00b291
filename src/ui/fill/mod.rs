//! The participant's side. Read [`app::run`] first, then [`session::Filling`], the bridge: the only file where the engine
//! meets signals. What may never enter: summary, chart, report, xlsform, job, desk; a sentence for people (they are in
//! `i18n::fill`).

mod aids;
mod app;
mod done;
pub(in crate::ui) mod draft;
mod kiosk;
mod open;
mod page;
mod question;
mod review;
mod route;
mod session;
mod start;
mod tongue;
mod words;

pub use app::run;
