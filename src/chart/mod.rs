//! Numbers to SVG text: the same on screen, in print and in a report file. Read [`bars()`] first, then `drawing.rs`, which all
//! share.
//!
//! Which for what: [`diverging()`] for scales, [`dumbbell()`] for before and now, [`bars()`] and [`columns()`] for choices and
//! numbers, [`dots()`] for groups and waves with intervals, [`slope()`] for two waves, [`stacked()`] for first, second and third
//! choices, [`shaded()`] for areas and other cross-tables, [`waffle()`] for one number on page one. The caller sorts, and gives
//! every text.
//!
//! A chart has a height in pixels and the width of whatever it stands in: bars are placed in percent, text in pixels, so that
//! words are as readable at 320 px as on a wall and never shrink with a drawing. Long labels are wrapped for a least width
//! ([`Frame::room`]); a page that may be narrow or wide holds a chart for each and shows the one that fits.
//! Colours are literal attributes that work alone (dark to light, brown to teal, grey between); a style sheet may set the
//! classes (`chart-low-2`, `chart-bar`, ...) for dark screens. No drawing has an `id`: a page holds many. Values that are no
//! numbers are not drawn. Knows no survey, no language, no statistics.

mod axis;
mod bars;
mod columns;
mod diverging;
mod dots;
mod drawing;
mod dumbbell;
mod palette;
mod shaded;
mod slope;
mod stacked;
#[cfg(test)]
mod tests;
mod text;
mod waffle;

pub use axis::ticks;
pub use bars::{Bar, MarkedBar, Marks, bars, marked_bars};
pub use columns::{Column, Tone, columns};
pub use diverging::{Scale, ScaleRow, diverging, positions};
pub use dots::{DotRow, Dots, dots};
pub use dumbbell::{Change, Dumbbell, dumbbell};
pub use shaded::{Cell, Shaded, ShadedRow, shaded};
pub use slope::{Slope, SlopeLine, slope};
pub use stacked::{Stack, Stacked, stacked};
pub use text::{escape, width, wrap};
pub use waffle::{Figure, Waffle, waffle};

/// What a chart says to those who do not see it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame<'a> {
    /// Its short name.
    pub title: &'a str,
    /// What it shows, in a sentence or two with the main numbers.
    pub description: &'a str,
    /// The least width it will be given, in pixels: [`NARROW`] or [`WIDE`].
    pub room: f64,
}

/// The least width of a chart on a phone, in pixels: a 320 px screen less its margins.
pub const NARROW: f64 = 288.0;
/// The least width of a chart on a wider screen or on paper, in pixels.
pub const WIDE: f64 = 520.0;
