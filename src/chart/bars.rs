use super::palette::{BAR, TRACK};
use super::{Drawing, Frame};

/// The height of a bar, in pixels.
const HIGH: f64 = 12.0;

/// A horizontal bar under its label.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bar {
    /// What it counts.
    pub label: String,
    /// Its length in percent of the track.
    pub share: f64,
    /// At the right of the label: `67 % (4)`.
    pub text: String,
    /// Drawn lighter: an answer of another kind, such as "none of these".
    pub quiet: bool,
}

/// Horizontal bars, each under its label. The caller sorts.
pub fn bars(frame: &Frame<'_>, bars: &[Bar]) -> String {
    let mut drawing = Drawing::new(frame);
    for bar in bars {
        drawing.label(&bar.label, &bar.text);
        let y = drawing.y - 1.0;
        drawing.rect(0.0, y, 100.0, HIGH, &format!(r#"rx="2" {}"#, TRACK.paint()), "");
        let wide = bar.share.clamp(0.0, 100.0);
        if wide > 0.0 {
            let paint = if bar.quiet {
                r##"rx="2" class="chart-quiet" fill="#8a8a8a""##.to_owned()
            } else {
                format!(r#"rx="2" {}"#, BAR.paint())
            };
            drawing.rect(0.0, y, wide, HIGH, &paint, &format!("{}: {}", bar.label, bar.text));
        }
        drawing.y += HIGH + 11.0;
    }
    drawing.finish(frame)
}
