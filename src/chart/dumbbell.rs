use super::Frame;
use super::axis::{place, sound, ticks};
use super::drawing::{Drawing, LINE, SIZE, dot_swatch, hollow, hollow_swatch, legend, pixels, share};
use super::palette::BAR;
use super::text::wrap;

/// A scale of more points than these has marks at round numbers only.
const MANY: f64 = 12.0;

/// What the dumbbells share.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Dumbbell {
    /// The scale's lowest and highest score.
    pub range: (f64, f64),
    /// What the lowest and the highest mean.
    pub ends: (String, String),
    /// The words for before and now.
    pub legend: (String, String),
}

/// One topic before and now.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Change {
    /// What it is about.
    pub label: String,
    /// At the right of the label: `2.1 → 3.6`.
    pub note: String,
    /// Score before and score now.
    pub scores: (f64, f64),
}

/// A dot for before, an arrow, a dot for now, for each item. The caller sorts.
pub fn dumbbell(frame: &Frame<'_>, dumbbell: &Dumbbell, changes: &[Change]) -> String {
    let mut drawing = Drawing::new(frame);
    let range = sound(dumbbell.range);
    let (low, high) = range;
    // Dots at the ends of the scale stay whole: the track is a little shorter than the width.
    let x = |score: f64| place(score, range).map(|place| 3.0 + 94.0 * place);
    let points = if high - low > MANY { ticks(range, 10) } else { scores(low, high) };
    let (before, now) = (&dumbbell.legend.0, &dumbbell.legend.1);
    let entries = [(hollow_swatch(), before.as_str()), (dot_swatch(), now.as_str())];
    legend(&mut drawing, &entries.into_iter().filter(|(_, name)| !name.is_empty()).collect::<Vec<_>>());
    for change in changes {
        drawing.label(&change.label, &change.note);
        let y = drawing.y + 7.0;
        let thin = r##"class="chart-rail" stroke="#b8b8b8" stroke-width="1""##;
        drawing.line(3.0, y, 97.0, y, thin);
        for point in points.iter().filter_map(|point| x(*point)) {
            drawing.line(point, y - 3.0, point, y + 3.0, thin);
        }
        let (before, now) = (x(change.scores.0), x(change.scores.1));
        if let (Some(before), Some(now)) = (before, now) {
            let paint = format!(r#"class="{}-line" stroke="{}" stroke-width="3""#, BAR.class, BAR.literal);
            drawing.line(before, y, now, y, &paint);
            if (now - before).abs() > 7.0 {
                arrow(&mut drawing, (before + now) / 2.0, y, now > before);
            }
        }
        let tip = format!("{}: {}", change.label, change.note);
        if let Some(before) = before {
            drawing.circle(before, y, 5.5, &hollow(), &tip);
        }
        if let Some(now) = now {
            drawing.circle(now, y, 6.5, &BAR.paint(), &tip);
        }
        drawing.y += 26.0;
    }
    ends(&mut drawing, dumbbell);
    drawing.finish(frame)
}

/// Each whole score of a short scale.
fn scores(low: f64, high: f64) -> Vec<f64> {
    (0..=MANY as usize).map(|step| low + step as f64).take_while(|score| *score <= high).collect()
}

/// A small arrow head around a place in percent, pointing to higher or lower scores.
fn arrow(drawing: &mut Drawing, x: f64, y: f64, right: bool) {
    let path = if right { "M-4,-5 L5,0 L-4,5 Z" } else { "M4,-5 L-5,0 L4,5 Z" };
    drawing.body.push_str(&format!(
        r#"<svg x="{}" y="{}" overflow="visible"><path d="{path}" {}/></svg>"#,
        share(x),
        pixels(y),
        BAR.paint()
    ));
}

fn ends(drawing: &mut Drawing, dumbbell: &Dumbbell) {
    let room = drawing.room * 0.44;
    let (first, last) = (wrap(&dumbbell.ends.0, room, SIZE), wrap(&dumbbell.ends.1, room, SIZE));
    for (row, line) in first.iter().enumerate() {
        drawing.text(0.0, drawing.y + SIZE + row as f64 * LINE, "start", "chart-note", line);
    }
    for (row, line) in last.iter().enumerate() {
        drawing.text(100.0, drawing.y + SIZE + row as f64 * LINE, "end", "chart-note", line);
    }
    drawing.y += first.len().max(last.len()) as f64 * LINE + 4.0;
}
