use super::Frame;
use super::axis::part;
use super::drawing::{Drawing, Lettering, SMALL, legend, share, square_swatch};
use super::palette::{Colour, RANKS, TRACK};
use super::text::width;

/// The height of a bar, in pixels.
const HIGH: f64 = 20.0;

/// What stacked bars share.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stacked {
    /// What the parts are called, from the left: `First`, `Second`, `Third`. An empty one is not in the legend.
    pub legend: [String; 3],
    /// What the whole width stands for, in the unit of the parts: 100 for percent. `None`: the longest bar.
    pub full: Option<f64>,
}

/// A bar in up to three parts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stack {
    /// What it counts.
    pub label: String,
    /// How long each part is, and what stands on it where it is wide enough.
    pub parts: [(f64, String); 3],
    /// At the right of the label: `62 %`.
    pub total: String,
}

/// Bars in three parts from dark to light, each under its label: how many chose it first, second, third. The caller sorts.
pub fn stacked(frame: &Frame<'_>, stacked: &Stacked, stacks: &[Stack]) -> String {
    let mut drawing = Drawing::new(frame);
    let entries = RANKS.iter().zip(&stacked.legend).filter(|(_, name)| !name.is_empty());
    let entries: Vec<(String, &str)> =
        entries.map(|(colour, name)| (square_swatch(&edged(*colour)), name.as_str())).collect();
    legend(&mut drawing, &entries);
    let longest = stacks.iter().map(total).fold(0.0, f64::max);
    let full = stacked.full.map(part).unwrap_or(longest).max(longest).max(1e-9);
    for stack in stacks {
        drawing.label(&stack.label, &stack.total);
        let y = drawing.y - 1.0;
        if stacked.full.is_some() {
            drawing.rect(0.0, y, 100.0, HIGH, &TRACK.paint(), "");
        }
        let mut x = 0.0;
        for ((colour, name), (size, text)) in RANKS.iter().zip(&stacked.legend).zip(&stack.parts) {
            let wide = 100.0 * part(*size) / full;
            if wide <= 0.0 {
                continue;
            }
            drawing.rect(x, y, wide, HIGH, &edged(*colour), &format!("{}, {name}: {text}", stack.label));
            if width(text, SMALL) + 4.0 <= drawing.room * wide / 100.0 {
                let (class, fill) = colour.ink();
                let lettering =
                    Lettering { anchor: "middle", size: SMALL, class, fill, ..Lettering::default() };
                drawing.letter(&share(x + wide / 2.0), y + HIGH / 2.0 + 4.0, &lettering, text);
            }
            x += wide;
        }
        drawing.y += HIGH + 11.0;
    }
    drawing.finish(frame)
}

fn total(stack: &Stack) -> f64 {
    stack.parts.iter().map(|(size, _)| part(*size)).sum()
}

/// The lightest part needs an edge to be seen on white paper.
fn edged(colour: Colour) -> String {
    format!(r#"{} stroke="currentColor" stroke-opacity="0.55" stroke-width="0.75""#, colour.paint())
}
