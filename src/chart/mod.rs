//! Numbers to SVG text: the same on screen, in print and in a report file. Read [`diverging()`] first.
//!
//! A chart has a height in pixels and the width of whatever it stands in: bars are placed in percent, text in pixels, so that
//! words are as readable at 320 px as on a wall and never shrink with a drawing. Long labels are wrapped for a least width
//! ([`Frame::room`]); a page that may be narrow or wide holds a chart for each and shows the one that fits.
//! Colours are literal attributes that work alone (dark to light, brown to teal, grey between); a style sheet may set the
//! classes (`chart-low-2`, `chart-bar`, ...) for dark screens. Knows no survey, no language, no statistics.

mod bars;
mod columns;
mod diverging;
mod dumbbell;
mod palette;
mod text;

pub use bars::{Bar, bars};
pub use columns::{Column, Tone, columns};
pub use diverging::{Scale, ScaleRow, diverging, positions};
pub use dumbbell::{Change, Dumbbell, dumbbell};
pub use text::{escape, width, wrap};

use std::fmt::Write;

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

/// Size of text, in pixels.
const SIZE: f64 = 13.0;
/// Height of a line of text, in pixels.
const LINE: f64 = 17.0;
/// The least width of a chart on a phone, in pixels: a 320 px screen less its margins.
pub const NARROW: f64 = 288.0;
/// The least width of a chart on a wider screen or on paper, in pixels.
pub const WIDE: f64 = 520.0;

/// An SVG under construction, from top to bottom.
struct Drawing {
    body: String,
    y: f64,
    room: f64,
}

impl Drawing {
    fn new(frame: &Frame<'_>) -> Drawing {
        Drawing { body: String::new(), y: 0.0, room: frame.room }
    }

    /// Text at a place in percent across; `class` may be empty.
    fn text(&mut self, x: f64, y: f64, anchor: &str, class: &str, text: &str) {
        let _ = write!(
            self.body,
            r#"<text x="{}" y="{}" text-anchor="{anchor}" font-size="{SIZE}" fill="currentColor" class="chart-text {class}">{}</text>"#,
            share(x),
            pixels(y),
            escape(text),
        );
    }

    /// A label at the left, wrapped, with a note at the right end of its first line. Moves on below it.
    fn label(&mut self, label: &str, note: &str) {
        let room = self.room - if note.is_empty() { 0.0 } else { width(note, SIZE) + 10.0 };
        let lines = wrap(label, room.max(120.0), SIZE);
        if !note.is_empty() {
            self.text(100.0, self.y + SIZE, "end", "chart-note", note);
        }
        for line in &lines {
            self.text(0.0, self.y + SIZE, "start", "", line);
            self.y += LINE;
        }
        self.y += 4.0;
    }

    fn rect(&mut self, x: f64, y: f64, wide: f64, high: f64, paint: &str, tip: &str) {
        let _ = write!(
            self.body,
            r#"<rect x="{}" y="{}" width="{}" height="{}" {paint}>{}</rect>"#,
            share(x),
            pixels(y),
            share(wide),
            pixels(high),
            if tip.is_empty() { String::new() } else { format!("<title>{}</title>", escape(tip)) },
        );
    }

    fn line(&mut self, x1: f64, y1: f64, x2: f64, y2: f64, paint: &str) {
        let _ = write!(
            self.body,
            r#"<line x1="{}" y1="{}" x2="{}" y2="{}" {paint}/>"#,
            share(x1),
            pixels(y1),
            share(x2),
            pixels(y2)
        );
    }

    fn finish(self, frame: &Frame<'_>) -> String {
        format!(
            concat!(
                r#"<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" aria-label="{}" width="100%" height="{}" "#,
                r#"font-family="system-ui, sans-serif"><title>{}</title><desc>{}</desc>{}</svg>"#
            ),
            escape(&format!("{}. {}", frame.title, frame.description)),
            pixels(self.y),
            escape(frame.title),
            escape(frame.description),
            self.body
        )
    }
}

/// A length in percent of the width.
fn share(value: f64) -> String {
    format!("{}%", trimmed(value))
}

fn pixels(value: f64) -> String {
    trimmed(value)
}

/// At most two decimals, no more digits than needed; a value that is none is 0.
fn trimmed(value: f64) -> String {
    let value = if value.is_finite() { value } else { 0.0 };
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" || text.is_empty() { "0".to_owned() } else { text.to_owned() }
}
