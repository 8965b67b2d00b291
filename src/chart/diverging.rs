use super::palette::{Colour, diverging as colour};
use super::{Drawing, Frame, LINE, SIZE, share, width, wrap};

/// The height of a bar, in pixels.
const BAR: f64 = 22.0;
/// The least share that carries its text, in percent.
const LEAST: f64 = 5.0;
/// The part of the width left for the column at the right, in percent.
const BESIDE: f64 = 17.0;

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
    legend(&mut drawing, scale);
    let beside = !scale.beside.is_empty();
    let room = if beside { 100.0 - BESIDE } else { 100.0 };
    let spans: Vec<Vec<(f64, f64)>> = rows.iter().map(|row| positions(&row.shares)).collect();
    let ends = spans.iter().flat_map(|spans| spans.iter().flat_map(|(start, end)| [*start, *end]));
    let (left, right) = ends.fold((0.0f64, 0.0f64), |(low, high), end| (low.min(end), high.max(end)));
    let widest =
        rows.iter().filter_map(|row| row.outside.as_ref()).map(|(share, _)| *share).fold(0.0, f64::max);
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
        if let Some((part, text)) = &row.outside {
            let start = x(right) + 2.0 * unit;
            let paint = r#"class="chart-outside" fill="none" stroke="currentColor" stroke-dasharray="3 2""#;
            drawing.rect(
                start,
                drawing.y + 0.5,
                part * unit,
                BAR - 1.0,
                paint,
                &format!("{}: {text}", scale.outside),
            );
            fitting(&mut drawing, start, part * unit, text, "");
        }
        if !row.beside.is_empty() {
            drawing.text(100.0, drawing.y + BAR / 2.0 + 4.5, "end", "chart-note", &row.beside);
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
    if text.is_empty() || width(text, 12.0) > drawing.room * wide / 100.0 {
        return;
    }
    let fill = if fill.is_empty() { "currentColor" } else { fill };
    let y = drawing.y + BAR / 2.0 + 4.0;
    drawing.body.push_str(&format!(
        r#"<text x="{}" y="{y:.1}" text-anchor="middle" font-size="12" fill="{fill}" class="chart-inside">{}</text>"#,
        share(x + wide / 2.0),
        super::escape(text)
    ));
}

/// Swatches with their labels: two a line where all are short, else one.
fn legend(drawing: &mut Drawing, scale: &Scale) {
    let count = scale.categories.len();
    let mut entries: Vec<(String, &str)> = scale
        .categories
        .iter()
        .enumerate()
        .map(|(position, label)| (colour(position, count).paint(), label.as_str()))
        .collect();
    if !scale.outside.is_empty() {
        let paint = r#"class="chart-outside" fill="none" stroke="currentColor" stroke-dasharray="3 2""#;
        entries.push((paint.to_owned(), &scale.outside));
    }
    let half = drawing.room / 2.0 - 26.0;
    let columns = if entries.iter().all(|(_, label)| width(label, SIZE) <= half) { 2 } else { 1 };
    for line in entries.chunks(columns) {
        let mut high = LINE;
        for (column, (paint, label)) in line.iter().enumerate() {
            let x = if column == 0 { "0" } else { "50%" };
            let y = super::pixels(drawing.y + 2.0);
            drawing.body.push_str(&format!(
                r#"<svg x="{x}" y="{y}" width="12" height="12"><rect x="0.5" y="0.5" width="11" height="11" {paint}/></svg>"#
            ));
            let inner: Vec<String> = wrap(label, if columns == 1 { drawing.room - 20.0 } else { half }, SIZE);
            for (row, text) in inner.iter().enumerate() {
                let y = super::pixels(drawing.y + SIZE + row as f64 * LINE);
                // An inner drawing moves the text aside of the swatch in pixels, which percentages cannot.
                drawing.body.push_str(&format!(
                    r#"<svg x="{x}" y="0" overflow="visible"><text x="18" y="{y}" font-size="{SIZE}" fill="currentColor" class="chart-text">{}</text></svg>"#,
                    super::escape(text)
                ));
            }
            high = high.max(inner.len() as f64 * LINE);
        }
        drawing.y += high + 2.0;
    }
    drawing.y += 10.0;
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
