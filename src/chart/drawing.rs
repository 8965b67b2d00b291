use std::fmt::Write;

use super::palette::{BAR, BEFORE};
use super::text::{BOLD, escape, fit, width, wrap};
use super::{Frame, NARROW};

/// Size of text, in pixels.
pub(super) const SIZE: f64 = 13.0;
/// Size of the numbers on and under marks, in pixels.
pub(super) const SMALL: f64 = 12.0;
/// Height of a line of text, in pixels.
pub(super) const LINE: f64 = 17.0;
/// The least room for a label beside its note, in pixels.
const LEAST: f64 = 120.0;

/// An SVG under construction, from top to bottom.
pub(super) struct Drawing {
    pub(super) body: String,
    /// Where the next part begins, in pixels.
    pub(super) y: f64,
    /// The least width, in pixels.
    pub(super) room: f64,
}

/// How a text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Lettering<'a> {
    pub(super) anchor: &'a str,
    pub(super) size: f64,
    /// Classes beside `chart-text`; may be empty.
    pub(super) class: &'a str,
    /// A literal colour.
    pub(super) fill: &'a str,
    pub(super) bold: bool,
}

impl Default for Lettering<'_> {
    fn default() -> Self {
        Lettering { anchor: "start", size: SIZE, class: "", fill: "currentColor", bold: false }
    }
}

impl Lettering<'_> {
    /// How wide a text is so set, in pixels.
    pub(super) fn width(&self, text: &str) -> f64 {
        width(text, self.size) * if self.bold { BOLD } else { 1.0 }
    }
}

impl Drawing {
    pub(super) fn new(frame: &Frame<'_>) -> Drawing {
        let room = if frame.room.is_finite() && frame.room >= 200.0 { frame.room } else { NARROW };
        Drawing { body: String::new(), y: 0.0, room }
    }

    /// Text at a place in percent across; `class` may be empty.
    pub(super) fn text(&mut self, x: f64, y: f64, anchor: &str, class: &str, text: &str) {
        self.letter(&share(x), y, &Lettering { anchor, class, ..Lettering::default() }, text);
    }

    /// Text at a place across, a length as SVG writes it.
    pub(super) fn letter(&mut self, x: &str, y: f64, lettering: &Lettering<'_>, text: &str) {
        if text.is_empty() {
            return;
        }
        let Lettering { anchor, size, class, fill, bold } = lettering;
        let _ = write!(
            self.body,
            r#"<text x="{x}" y="{}" text-anchor="{anchor}" font-size="{}"{} fill="{fill}" class="chart-text{}{class}">{}</text>"#,
            pixels(y),
            pixels(*size),
            if *bold { r#" font-weight="600""# } else { "" },
            if class.is_empty() { "" } else { " " },
            escape(text),
        );
    }

    /// Text around a place in percent across, moved inward where it would leave the drawing.
    pub(super) fn centred(&mut self, x: f64, y: f64, lettering: &Lettering<'_>, text: &str) {
        let text = fit(text, self.room, lettering.size * if lettering.bold { BOLD } else { 1.0 });
        let (middle, half) = (self.room * x / 100.0, lettering.width(&text) / 2.0);
        let (x, anchor) = if middle - half < 0.0 {
            (0.0, "start")
        } else if middle + half > self.room {
            (100.0, "end")
        } else {
            (x, "middle")
        };
        self.letter(&share(x), y, &Lettering { anchor, ..*lettering }, &text);
    }

    /// A label at the left, wrapped, with a note at the right end of its first line, or below it where the note is long.
    /// Moves on below it.
    pub(super) fn label(&mut self, label: &str, note: &str) {
        self.titled(label, note, false);
    }

    /// A label as in [`Drawing::label`], bold where it tells.
    pub(super) fn titled(&mut self, label: &str, note: &str, bold: bool) {
        let lettering = Lettering { bold, ..Lettering::default() };
        let taken = if note.is_empty() { 0.0 } else { width(note, SIZE) + 10.0 };
        let beside = self.room - taken >= LEAST;
        let room = if beside { self.room - taken } else { self.room };
        if beside {
            self.text(100.0, self.y + SIZE, "end", "chart-note", note);
        }
        for line in wrap(label, if bold { room / BOLD } else { room }, SIZE) {
            self.letter("0%", self.y + SIZE, &lettering, &line);
            self.y += LINE;
        }
        if !beside {
            for line in wrap(note, self.room, SIZE) {
                self.text(0.0, self.y + SIZE, "start", "chart-note", &line);
                self.y += LINE;
            }
        }
        self.y += 4.0;
    }

    /// A bar or a cell; places and width in percent, height in pixels, `tip` shown under the pointer.
    pub(super) fn rect(&mut self, x: f64, y: f64, wide: f64, high: f64, paint: &str, tip: &str) {
        let _ = write!(
            self.body,
            r#"<rect x="{}" y="{}" width="{}" height="{}" {paint}{}"#,
            share(x),
            pixels(y),
            share(wide),
            pixels(high),
            ending("rect", tip),
        );
    }

    pub(super) fn line(&mut self, x1: f64, y1: f64, x2: f64, y2: f64, paint: &str) {
        let _ = write!(
            self.body,
            r#"<line x1="{}" y1="{}" x2="{}" y2="{}"{}{paint}/>"#,
            share(x1),
            pixels(y1),
            share(x2),
            pixels(y2),
            if paint.is_empty() { "" } else { " " },
        );
    }

    /// A dot at a place in percent across.
    pub(super) fn circle(&mut self, x: f64, y: f64, radius: f64, paint: &str, tip: &str) {
        let _ = write!(
            self.body,
            r#"<circle cx="{}" cy="{}" r="{}" {paint}{}"#,
            share(x),
            pixels(y),
            pixels(radius),
            ending("circle", tip),
        );
    }

    /// An interval as a line with caps, `high` pixels tall, readable on the paper and on a bar alike.
    pub(super) fn whisker(&mut self, from: f64, to: f64, y: f64, high: f64) {
        let half = high / 2.0;
        for paint in [
            r#"class="chart-halo" stroke="var(--chart-paper, #fff)" stroke-width="4""#,
            r#"class="chart-interval" stroke="currentColor" stroke-width="1.75""#,
        ] {
            let _ = write!(self.body, "<g {paint}>");
            self.line(from, y, to, y, "");
            self.line(from, y - half, from, y + half, "");
            self.line(to, y - half, to, y + half, "");
            self.body.push_str("</g>");
        }
    }

    /// A short upright line at a place to compare with, dashed.
    pub(super) fn reference(&mut self, x: f64, top: f64, bottom: f64) {
        self.line(
            x,
            top,
            x,
            bottom,
            r#"class="chart-halo" stroke="var(--chart-paper, #fff)" stroke-width="4""#,
        );
        self.line(x, top, x, bottom, REFERENCE);
    }

    pub(super) fn finish(self, frame: &Frame<'_>) -> String {
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

/// The paint of what others are compared with.
const REFERENCE: &str =
    r##"class="chart-reference" stroke="#4b5b60" stroke-width="2" stroke-dasharray="3 2""##;

/// Swatches of the legend, drawn in a box of 14 by 12 pixels.
pub(super) fn dot_swatch() -> String {
    format!(r#"<circle cx="7" cy="6" r="5.5" {}/>"#, BAR.paint())
}

/// A hollow dot, for before, in the legend.
pub(super) fn hollow_swatch() -> String {
    format!(r#"<circle cx="7" cy="6" r="5" {}/>"#, hollow())
}

/// The paint of a hollow dot, for before.
pub(super) fn hollow() -> String {
    format!(
        r#"class="{}" fill="var(--chart-paper, #fff)" stroke="{}" stroke-width="2.5""#,
        BEFORE.class, BEFORE.literal
    )
}

/// An interval in the legend.
pub(super) fn interval_swatch() -> String {
    r#"<path d="M1,6 H13 M1,2 V10 M13,2 V10" fill="none" class="chart-interval" stroke="currentColor" stroke-width="1.75"/>"#
        .to_owned()
}

/// What others are compared with, in the legend.
pub(super) fn reference_swatch() -> String {
    format!(r#"<line x1="7" y1="-1" x2="7" y2="13" {REFERENCE}/>"#)
}

/// A filled square in the legend.
pub(super) fn square_swatch(paint: &str) -> String {
    format!(r#"<rect x="0.5" y="0.5" width="11" height="11" {paint}/>"#)
}

/// Swatches with their labels: two a line where all are short (three where there are three), else one. Nothing where there
/// is no entry.
pub(super) fn legend(drawing: &mut Drawing, entries: &[(String, &str)]) {
    if entries.is_empty() {
        return;
    }
    let room = |columns: usize| drawing.room / columns as f64 - if columns == 1 { 22.0 } else { 26.0 };
    let fit = |columns: &usize| entries.iter().all(|(_, label)| width(label, SIZE) <= room(*columns));
    let columns = [if entries.len() == 3 { 3 } else { 2 }, 2].into_iter().find(fit).unwrap_or(1);
    let room = room(columns);
    for line in entries.chunks(columns) {
        let mut high = LINE;
        for (column, (swatch, label)) in line.iter().enumerate() {
            let x = share(100.0 * column as f64 / columns as f64);
            let y = drawing.y + 2.0;
            let _ = write!(
                drawing.body,
                r#"<svg x="{x}" y="{}" width="14" height="12" overflow="visible">{swatch}</svg>"#,
                pixels(y)
            );
            let inner = wrap(label, room, SIZE);
            // An inner drawing moves the text aside of the swatch in pixels, which percentages cannot.
            let _ = write!(drawing.body, r#"<svg x="{x}" y="0" overflow="visible">"#);
            for (row, text) in inner.iter().enumerate() {
                let y = drawing.y + SIZE + row as f64 * LINE;
                drawing.letter("20", y, &Lettering::default(), text);
            }
            drawing.body.push_str("</svg>");
            high = high.max(inner.len() as f64 * LINE);
        }
        drawing.y += high + 2.0;
    }
    drawing.y += 10.0;
}

/// What is shown under the pointer; nothing for an empty text.
pub(super) fn title(tip: &str) -> String {
    if tip.is_empty() { String::new() } else { format!("<title>{}</title>", escape(tip)) }
}

/// The end of a mark's tag, with what is shown under the pointer.
fn ending(tag: &str, tip: &str) -> String {
    if tip.is_empty() { "/>".to_owned() } else { format!(">{}</{tag}>", title(tip)) }
}

/// A length in percent of the width.
pub(super) fn share(value: f64) -> String {
    format!("{}%", trimmed(value))
}

/// A length in pixels.
pub(super) fn pixels(value: f64) -> String {
    trimmed(value)
}

/// At most two decimals, no more digits than needed; a value that is none is 0.
fn trimmed(value: f64) -> String {
    let value = if value.is_finite() { value.clamp(-1e6, 1e6) } else { 0.0 };
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" || text.is_empty() { "0".to_owned() } else { text.to_owned() }
}
