//! A summary for people: [`document`] is the report as a file and in print, [`screen`] what the desk shows, [`html`] the results
//! that both are made of; JSON is [`crate::summary::wire`]. Read [`document::report`] first. Never a number that the summary
//! hides; only [`csv`] and [`file`] see responses.

pub mod base;
mod body;
mod comments;
mod compact;
mod crosstab;
pub mod document;
pub mod fields;
pub mod figure;
pub mod file;
pub mod findings;
mod front;
pub mod html;
mod method;
mod page;
pub mod paper;
mod plan;
mod plots;
mod questionnaire;
mod routing;
mod rows;
pub mod screen;
pub mod sheets;
pub mod stamp;
mod table;
pub mod texts;
mod waves;

use crate::summary::Display;
use crate::summary::statistics::round::{percent, to_decimals};

/// The whole percentage people read. From the counts: a percentage that was rounded once may not be rounded again.
fn whole(count: usize, base: usize) -> f64 {
    to_decimals(percent(count, base), 0)
}

/// As many decimals of a mean as the summary carries.
fn mean_decimals(display: Display) -> usize {
    if display == Display::Full { 2 } else { 1 }
}

/// How long a bar is: the percentage where one may be shown, else what the counts say.
fn drawn(percent: Option<f64>, count: Option<usize>, base: usize) -> f64 {
    percent.unwrap_or_else(|| 100.0 * count.unwrap_or(0) as f64 / base.max(1) as f64)
}
