use std::fmt::Write;

use super::Frame;
use super::axis::part;
use super::drawing::{Drawing, Lettering, SIZE, pixels, title};
use super::palette::BAR;
use super::text::{BOLD, wrap};

/// From this width on the words stand beside the figures, in pixels.
const BESIDE: f64 = 440.0;
/// Size of the main words, in pixels.
const LARGE: f64 = 17.0;
/// A person in a box of 20 by 44: a head, and a body with arms and legs in one.
const PERSON: &str = concat!(
    "M10,1 a5,5 0 1 1 0,10 a5,5 0 1 1 0,-10 Z M6,13 H14 Q18,13 18,17 V27 Q18,28.5 16.5,28.5 H15 V42 Q15,43 14,43 ",
    "H6 Q5,43 5,42 V28.5 H3.5 Q2,28.5 2,27 V17 Q2,13 6,13 Z"
);
/// The paint of a figure that is not filled.
const VACANT: &str = r##"class="chart-vacant" fill="#efeae1" stroke="#767676" stroke-width="1.25""##;

/// What stands for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Figure {
    /// Ten people in a row: `7 of 10`.
    #[default]
    TenPeople,
    /// Ten round marks in a row.
    TenMarks,
    /// A hundred round marks, ten by ten.
    HundredMarks,
}

/// A number as figures, some of them filled.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Waffle {
    /// The figures.
    pub figure: Figure,
    /// How many are filled, of 10 or of 100; a fraction fills a part of a figure.
    pub filled: f64,
    /// In large letters: `Almost 7 of 10 feel safe at home`.
    pub text: String,
    /// Under it: `67 %, n = 212`.
    pub note: String,
}

/// Figures of which some are filled, beside or above the words that say so.
pub fn waffle(frame: &Frame<'_>, waffle: &Waffle) -> String {
    let mut drawing = Drawing::new(frame);
    // The size of a figure, from one to the next, and how many rows of ten.
    let (wide, high, step, rows) = match waffle.figure {
        Figure::TenPeople => (20.0, 44.0, 27.0, 1),
        Figure::TenMarks => (22.0, 22.0, 27.0, 1),
        Figure::HundredMarks => (14.0, 14.0, 17.0, 10),
    };
    let filled = part(waffle.filled);
    let _ = write!(drawing.body, "<g>{}", title(&[&*waffle.text, &*waffle.note].join(" ")));
    // All vacant ones first, then what is filled over them: the paint is written once for each.
    for (over, paint) in [(false, VACANT.to_owned()), (true, BAR.paint())] {
        let _ = write!(drawing.body, "<g {paint}>");
        for position in 0..rows * 10 {
            let x = f64::from(position % 10) * step + 1.0;
            let y = f64::from(position / 10) * step + 1.0;
            let full = (filled - f64::from(position)).clamp(0.0, 1.0);
            if over && full > 0.0 {
                // A little drawing cuts the figure off at its own right edge.
                let cut = if full < 1.0 { wide * full } else { 0.0 };
                figure(&mut drawing.body, waffle.figure, (x, y), (wide, high), cut);
            } else if !over && full < 1.0 {
                figure(&mut drawing.body, waffle.figure, (x, y), (wide, high), 0.0);
            }
        }
        drawing.body.push_str("</g>");
    }
    drawing.body.push_str("</g>");
    words(&mut drawing, waffle, (step * 9.0 + wide + 2.0, step * f64::from(rows - 1) + high + 2.0));
    drawing.finish(frame)
}

/// A figure in a box of this size, cut off at `cut` pixels from its left unless that is 0.
fn figure(body: &mut String, figure: Figure, (x, y): (f64, f64), (wide, high): (f64, f64), cut: f64) {
    let (across, down) = if cut > 0.0 { (0.0, 0.0) } else { (x, y) };
    if cut > 0.0 {
        let (x, y) = (pixels(x), pixels(y));
        let _ = write!(body, r#"<svg x="{x}" y="{y}" width="{}" height="{}">"#, pixels(cut), pixels(high));
    }
    let _ = match figure {
        Figure::TenPeople => {
            write!(body, r#"<path d="{PERSON}" transform="translate({} {})"/>"#, pixels(across), pixels(down))
        }
        Figure::TenMarks | Figure::HundredMarks => write!(
            body,
            r#"<circle cx="{}" cy="{}" r="{}"/>"#,
            pixels(across + wide / 2.0),
            pixels(down + high / 2.0),
            pixels(wide * 0.45)
        ),
    };
    if cut > 0.0 {
        body.push_str("</svg>");
    }
}

/// The words beside a block of figures of this width and height, in the middle of its height, or below it.
fn words(drawing: &mut Drawing, waffle: &Waffle, (wide, high): (f64, f64)) {
    let beside = drawing.room >= BESIDE;
    let left = if beside { wide + 18.0 } else { 0.0 };
    let room = drawing.room - left;
    let large = Lettering { size: LARGE, bold: true, ..Lettering::default() };
    let soft = Lettering { class: "chart-note", ..Lettering::default() };
    let lines =
        |text: &str, room: f64, size: f64| if text.is_empty() { Vec::new() } else { wrap(text, room, size) };
    let mut placed: Vec<(Lettering<'_>, String, f64)> = Vec::new();
    placed.extend(lines(&waffle.text, room / BOLD, LARGE).into_iter().map(|line| (large, line, 22.0)));
    placed.extend(lines(&waffle.note, room, SIZE).into_iter().map(|line| (soft, line, 18.0)));
    let tall: f64 = placed.iter().map(|(_, _, high)| high).sum();
    let mut y = if beside { ((high - tall) / 2.0).max(0.0) } else { high + 6.0 };
    let x = pixels(left);
    for (lettering, line, high) in placed {
        drawing.letter(&x, y + high - 5.0, &lettering, &line);
        y += high;
    }
    drawing.y = y.max(high) + 6.0;
}
