use super::palette::{BAR, Colour, LOW_BAR, NEUTRAL};
use super::{Drawing, Frame, SIZE, share, width};

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

/// Columns side by side, in the order given.
pub fn columns(frame: &Frame<'_>, columns: &[Column]) -> String {
    let mut drawing = Drawing::new(frame);
    let tallest = columns.iter().map(|column| column.size).fold(0.0, f64::max).max(1e-9);
    let wide = 100.0 / columns.len().max(1) as f64;
    let floor = 18.0 + HIGH;
    for (position, column) in columns.iter().enumerate() {
        let x = position as f64 * wide;
        let high = HIGH * (column.size / tallest).clamp(0.0, 1.0);
        let paint = format!("{}{}", tone(column.tone).paint(), outline(column.tone));
        drawing.rect(
            x + wide * 0.08,
            floor - high,
            wide * 0.84,
            high,
            &paint,
            &format!("{}: {}", column.label, column.text),
        );
        let room = drawing.room * wide / 100.0;
        if column.size > 0.0 && width(&column.text, 12.0) <= room {
            words(&mut drawing, x + wide / 2.0, floor - high - 5.0, &column.text);
        }
        words(&mut drawing, x + wide / 2.0, floor + SIZE + 4.0, &column.label);
    }
    drawing.line(
        0.0,
        floor,
        100.0,
        floor,
        r#"class="chart-axis" stroke="currentColor" stroke-opacity="0.6""#,
    );
    drawing.y = floor + SIZE + 12.0;
    drawing.finish(frame)
}

fn words(drawing: &mut Drawing, x: f64, y: f64, text: &str) {
    drawing.body.push_str(&format!(
        r#"<text x="{}" y="{}" text-anchor="middle" font-size="12" fill="currentColor" class="chart-text">{}</text>"#,
        share(x),
        super::pixels(y),
        super::escape(text)
    ));
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
