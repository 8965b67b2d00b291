use super::Frame;
use super::axis::{ordered, place};
use super::drawing::{Drawing, interval_swatch, legend, reference_swatch};
use super::palette::{BAR, QUIET, TRACK};

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

/// A bar with what may stand on it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MarkedBar {
    /// The bar itself.
    pub bar: Bar,
    /// Both ends of an interval, in percent of the track; drawn only when given.
    pub interval: Option<(f64, f64)>,
    /// What the bar is compared with (the same answer among all), in percent of the track.
    pub reference: Option<f64>,
}

/// What the marks on bars and dots are called in the legend. An empty name leaves its mark out of the legend.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marks {
    /// The interval: `95 % confidence interval`.
    pub interval: String,
    /// What is compared with: `All: 47 %`.
    pub reference: String,
}

impl Marks {
    /// Their entries of a legend.
    pub(super) fn entries(&self) -> Vec<(String, &str)> {
        let all =
            [(reference_swatch(), self.reference.as_str()), (interval_swatch(), self.interval.as_str())];
        all.into_iter().filter(|(_, name)| !name.is_empty()).collect()
    }
}

/// Horizontal bars, each under its label. The caller sorts.
pub fn bars(frame: &Frame<'_>, bars: &[Bar]) -> String {
    let marked: Vec<MarkedBar> =
        bars.iter().map(|bar| MarkedBar { bar: bar.clone(), ..MarkedBar::default() }).collect();
    marked_bars(frame, &Marks::default(), &marked)
}

/// Horizontal bars as [`bars`] draws them, with intervals as whiskers and a dashed mark to compare with. The caller sorts.
pub fn marked_bars(frame: &Frame<'_>, marks: &Marks, bars: &[MarkedBar]) -> String {
    let mut drawing = Drawing::new(frame);
    legend(&mut drawing, &marks.entries());
    let x = |share: f64| place(share, (0.0, 100.0)).map(|place| 100.0 * place);
    for MarkedBar { bar, interval, reference } in bars {
        drawing.label(&bar.label, &bar.text);
        let y = drawing.y - 1.0;
        let tip = format!("{}: {}", bar.label, bar.text);
        drawing.rect(0.0, y, 100.0, HIGH, &format!(r#"rx="2" {}"#, TRACK.paint()), "");
        let wide = x(bar.share).unwrap_or(0.0);
        if wide > 0.0 {
            let colour = if bar.quiet { QUIET } else { BAR };
            drawing.rect(0.0, y, wide, HIGH, &format!(r#"rx="2" {}"#, colour.paint()), &tip);
        }
        if let Some(at) = reference.and_then(x) {
            drawing.reference(inner(at), y - 3.0, y + HIGH + 3.0);
        }
        if let Some((from, to)) = interval.and_then(ordered) {
            let (from, to) = (x(from).unwrap_or(0.0), x(to).unwrap_or(100.0));
            drawing.whisker(inner(from), inner(to), y + HIGH / 2.0, 8.0);
        }
        drawing.y += HIGH + 11.0;
    }
    drawing.finish(frame)
}

/// Moved in a little from the ends of the track, where half of a line would be outside.
fn inner(x: f64) -> f64 {
    x.clamp(0.3, 99.7)
}
