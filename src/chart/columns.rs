use super::Frame;
use super::axis::part;
use super::drawing::{Drawing, LINE, Lettering, SIZE, SMALL};
use super::palette::{BAR, Colour, LOW_BAR, NEUTRAL};
use super::text::{width, wrap};

/// The height of the tallest column, in pixels.
const HIGH: f64 = 110.0;

/// A column of a histogram.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Column {
    /// Under it: `7`, `3–5`.
    pub label: String,
    /// How tall, in any unit.
    pub size: f64,
    /// Over it: a percentage or a count.
    pub text: String,
    /// Its colour.
    pub tone: Tone,
}

/// A column's colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// The usual one.
    #[default]
    High,
    /// Grey.
    Middle,
    /// Brown.
    Low,
}

/// Columns side by side, in the order given. Labels wider than their columns are wrapped, and where even their words are
/// wider, only every second (third, ...) column has one.
pub fn columns(frame: &Frame<'_>, columns: &[Column]) -> String {
    let mut drawing = Drawing::new(frame);
    let tallest = columns.iter().map(|column| part(column.size)).fold(0.0, f64::max).max(1e-9);
    let wide = 100.0 / columns.len().max(1) as f64;
    let floor = 18.0 + HIGH;
    let room = drawing.room * wide / 100.0;
    let every = every(columns, room, drawing.room);
    let mut lines = 1;
    for (position, column) in columns.iter().enumerate() {
        let x = position as f64 * wide;
        let high = HIGH * (part(column.size) / tallest).clamp(0.0, 1.0);
        let paint = format!("{}{}", tone(column.tone).paint(), outline(column.tone));
        drawing.rect(
            x + wide * 0.08,
            floor - high,
            wide * 0.84,
            high,
            &paint,
            &format!("{}: {}", column.label, column.text),
        );
        let lettering = Lettering { anchor: "middle", size: SMALL, ..Lettering::default() };
        let middle = x + wide / 2.0;
        if column.size > 0.0 && width(&column.text, SMALL) <= room {
            drawing.centred(middle, floor - high - 5.0, &lettering, &column.text);
        }
        if position % every == 0 {
            let label = wrap(&column.label, (room * every as f64).min(drawing.room), SMALL);
            lines = lines.max(label.len());
            for (row, line) in label.iter().enumerate() {
                drawing.centred(middle, floor + SIZE + 4.0 + row as f64 * LINE, &lettering, line);
            }
        }
    }
    drawing.line(
        0.0,
        floor,
        100.0,
        floor,
        r#"class="chart-axis" stroke="currentColor" stroke-opacity="0.6""#,
    );
    drawing.y = floor + SIZE + 12.0 + (lines - 1) as f64 * LINE;
    drawing.finish(frame)
}

/// Every how many columns there is room for a label's longest word.
fn every(columns: &[Column], room: f64, whole: f64) -> usize {
    let words = columns.iter().flat_map(|column| wrap(&column.label, 0.0_f64.max(whole), SMALL));
    let words = words.flat_map(|line| line.split(' ').map(|word| width(word, SMALL)).collect::<Vec<_>>());
    let widest = words.fold(0.0, f64::max).min(whole);
    ((widest + 2.0) / room.max(1e-9)).ceil().clamp(1.0, columns.len().max(1) as f64) as usize
}

fn tone(tone: Tone) -> Colour {
    match tone {
        Tone::High => BAR,
        Tone::Middle => NEUTRAL,
        Tone::Low => LOW_BAR,
    }
}

/// Light grey needs an edge to be seen on white paper.
fn outline(tone: Tone) -> &'static str {
    if tone == Tone::Middle { r##" stroke="#767676" stroke-width="0.75""## } else { "" }
}
