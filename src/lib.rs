//! Sondeo: surveys and honest reports, wholly in the browser. The modules, in reading order:
//!
//! Pure, the same everywhere: [`xpath`] expressions; [`form`] a questionnaire as data; [`xlsform`] sheets to a form; [`instrument`] the two built-in forms;
//! [`engine`] filling a form; [`response`] what people answered; [`survey`] what a facilitator runs; [`summary`] responses to
//! statistics; [`chart`] numbers to SVG; [`i18n`] every sentence; [`report`] a summary as a file; [`store`] what must be kept;
//! [`share`] files from device to device; [`job`] the worker's brain.
//!
//! The browser, wasm32 only: `browser` the only home of `web_sys`; `ui` what people see.

pub mod chart;
pub mod engine;
pub mod form;
pub mod i18n;
pub mod instrument;
pub mod job;
pub mod report;
pub mod response;
pub mod share;
pub mod store;
pub mod summary;
pub mod survey;
pub mod xlsform;
pub mod xpath;

#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(target_arch = "wasm32")]
pub mod ui;
