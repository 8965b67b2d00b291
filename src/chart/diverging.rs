use super::Frame;
use super::axis::part;
use super::drawing::{Drawing, LINE, Lettering, SIZE, SMALL, legend, share, square_swatch};
use super::palette::{Colour, diverging as colour};
use super::text::{fit, width, wrap};

/// The height of a bar, in pixels.
const BAR: f64 = 22.0;
/// The least share that carries its text, in percent.
const LEAST: f64 = 5.0;
/// The part of the width left for the column at the right, in percent.
const BESIDE: f64 = 17.0;

/// The paint of those outside the scale.
const OUTSIDE: &str = r#"class="chart-outside" fill="none" stroke="currentColor" stroke-dasharray="3 2""#;

/// A scale: what its categories are called, lowest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scale {
    /// Labels of the categories.
    pub categories: Vec<String>,
    /// The heading of the column at the right (don't know); empty: no column.
    pub beside: String,
    /// The label of those outside the scale (never does it); empty: none.
    pub outside: String,
}

/// A bar of a scale.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ScaleRow {
    /// What it is about.
    pub label: String,
    /// At the right of the label: `n = 212`.
    pub note: String,
    /// Shares of the categories in percent, lowest first.
    pub shares: Vec<f64>,
    /// What stands on each segment, where it is wide enough: a percentage or a count.
    pub texts: Vec<String>,
    /// Share outside the scale, in percent of the same base, and its text.
    pub outside: Option<(f64, String)>,
    /// What stands in the column at the right.
    pub beside: String,
}

/// Stacked bars that diverge from the middle of the scale: lows to the left, highs to the right, the neutral category split
/// at zero. Segments under 5 % carry no text. The caller sorts.
pub fn diverging(frame: &Frame<'_>, scale: &Scale, rows: &[ScaleRow]) -> String {
    let mut drawing = Drawing::new(frame);
    legend(&mut drawing, &entries(scale));
    let beside = !scale.beside.is_empty();
    let room = if beside { 100.0 - BESIDE } else { 100.0 };
    let spans: Vec<Vec<(f64, f64)>> = rows.iter().map(|row| positions(&sound(row))).collect();
    let ends = spans.iter().flat_map(|spans| spans.iter().flat_map(|(start, end)| [*start, *end]));
    let (left, right) = ends.fold((0.0f64, 0.0f64), |(low, high), end| (low.min(end), high.max(end)));
    let widest =
        rows.iter().filter_map(|row| row.outside.as_ref()).map(|(share, _)| part(*share)).fold(0.0, f64::max);
    let extra = if widest > 0.0 { widest + 2.0 } else { 0.0 };
    let unit = room / (right + extra - left).max(1.0);
    let x = |value: f64| (value - left) * unit;
    if beside {
        for line in wrap(&scale.beside, drawing.room * BESIDE / 100.0, SIZE) {
            drawing.text(100.0, drawing.y + SIZE, "end", "chart-note", &line);
            drawing.y += LINE;
        }
        drawing.y += 2.0;
    }
    for (row, spans) in rows.iter().zip(&spans) {
        if !(row.label.is_empty() && row.note.is_empty()) {
            drawing.label(&row.label, &row.note);
        }
        for (position, ((start, end), text)) in spans.iter().zip(texts(row)).enumerate() {
            let paint = colour(position, scale.categories.len());
            let category = scale.categories.get(position).map_or("", String::as_str);
            segment(
                &mut drawing,
                x(*start),
                (end - start) * unit,
                paint,
                if end - start >= LEAST { text } else { "" },
                &format!("{category}: {text}"),
            );
        }
        if let Some((share, text)) = row.outside.as_ref().filter(|(share, _)| part(*share) > 0.0) {
            let (start, wide) = (x(right) + 2.0 * unit, part(*share) * unit);
            let tip = format!("{}: {text}", scale.outside);
            drawing.rect(start, drawing.y + 0.5, wide, BAR - 1.0, OUTSIDE, &tip);
            fitting(&mut drawing, start, wide, text, "currentColor");
        }
        if beside {
            let text = fit(&row.beside, drawing.room * BESIDE / 100.0, SIZE);
            drawing.text(100.0, drawing.y + BAR / 2.0 + 4.5, "end", "chart-note", &text);
        }
        // Above and below the bar only: on it stands the neutral category's number.
        let axis = r#"class="chart-axis" stroke="currentColor" stroke-width="1.5" stroke-opacity="0.6""#;
        drawing.line(x(0.0), drawing.y - 3.0, x(0.0), drawing.y, axis);
        drawing.line(x(0.0), drawing.y + BAR, x(0.0), drawing.y + BAR + 3.0, axis);
        drawing.y += BAR + 12.0;
    }
    drawing.finish(frame)
}

/// Where each category's segment begins and ends, in the unit of the shares with 0 in the middle of the scale:
/// an odd scale's neutral category straddles it.
pub fn positions(shares: &[f64]) -> Vec<(f64, f64)> {
    let half = shares.len() / 2;
    let below: f64 = shares.iter().take(half).sum();
    let neutral = if shares.len() % 2 == 1 { shares.get(half).copied().unwrap_or(0.0) } else { 0.0 };
    let mut at = -(below + neutral / 2.0);
    shares
        .iter()
        .map(|share| {
            let start = at;
            at += share;
            (start, at)
        })
        .collect()
}

fn texts(row: &ScaleRow) -> impl Iterator<Item = &str> {
    row.texts.iter().map(String::as_str).chain(std::iter::repeat("")).take(row.shares.len())
}

fn segment(drawing: &mut Drawing, x: f64, wide: f64, colour: Colour, text: &str, tip: &str) {
    if wide <= 0.0 {
        return;
    }
    let paint = format!(r#"{} stroke="var(--chart-paper, #fff)" stroke-width="1""#, colour.paint());
    drawing.rect(x, drawing.y, wide, BAR, &paint, tip);
    fitting(drawing, x, wide, text, if colour.white_text { "#fff" } else { "#1a1a1a" });
}

/// Text in the middle of a segment, if it fits.
fn fitting(drawing: &mut Drawing, x: f64, wide: f64, text: &str, fill: &str) {
    if width(text, SMALL) > drawing.room * wide / 100.0 {
        return;
    }
    let lettering =
        Lettering { anchor: "middle", size: SMALL, class: "chart-inside", fill, ..Lettering::default() };
    drawing.letter(&share(x + wide / 2.0), drawing.y + BAR / 2.0 + 4.0, &lettering, text);
}

/// Shares that can be drawn.
fn sound(row: &ScaleRow) -> Vec<f64> {
    row.shares.iter().map(|share| part(*share)).collect()
}

fn entries(scale: &Scale) -> Vec<(String, &str)> {
    let count = scale.categories.len();
    let categories = scale.categories.iter().enumerate();
    let mut entries: Vec<(String, &str)> = categories
        .map(|(position, label)| (square_swatch(&colour(position, count).paint()), label.as_str()))
        .collect();
    if !scale.outside.is_empty() {
        entries.push((square_swatch(OUTSIDE), &scale.outside));
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_neutral_category_straddles_zero() {
        assert_eq!(
            positions(&[5.0, 10.0, 15.0, 50.0, 20.0]),
            [(-22.5, -17.5), (-17.5, -7.5), (-7.5, 7.5), (7.5, 57.5), (57.5, 77.5)]
        );
        assert_eq!(
            positions(&[10.0, 20.0, 45.0, 25.0]),
            [(-30.0, -20.0), (-20.0, 0.0), (0.0, 45.0), (45.0, 70.0)]
        );
        assert_eq!(positions(&[]), []);
    }

    #[test]
    fn labels_are_escaped_and_small_segments_carry_no_text() {
        let scale = Scale { categories: vec!["a<b".into(), "c".into()], ..Scale::default() };
        let row = ScaleRow {
            label: "<script>".into(),
            shares: vec![3.0, 97.0],
            texts: vec!["3".into(), "97".into()],
            ..ScaleRow::default()
        };
        let svg =
            diverging(&Frame { title: "t", description: "d", room: super::super::NARROW }, &scale, &[row]);
        assert!(!svg.contains("<script>") && svg.contains("&lt;script&gt;"));
        assert!(svg.contains(">97</text>") && !svg.contains(">3</text>"));
    }
}
