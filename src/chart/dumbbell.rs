use super::palette::{BAR, BEFORE};
use super::{Drawing, Frame, LINE, SIZE, escape, pixels, share, wrap};

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

/// One item before and now.
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
    let (low, high) = dumbbell.range;
    // Dots at the ends of the scale stay whole: the track is a little shorter than the width.
    let x = |score: f64| 3.0 + 94.0 * ((score - low) / (high - low).max(1e-9)).clamp(0.0, 1.0);
    legend(&mut drawing, dumbbell);
    for change in changes {
        drawing.label(&change.label, &change.note);
        let y = drawing.y + 7.0;
        let thin = r##"class="chart-rail" stroke="#b8b8b8" stroke-width="1""##;
        drawing.line(x(low), y, x(high), y, thin);
        let mut tick = low;
        while tick <= high {
            drawing.line(x(tick), y - 3.0, x(tick), y + 3.0, thin);
            tick += 1.0;
        }
        let (before, now) = (x(change.scores.0), x(change.scores.1));
        let paint = format!(r#"class="{}-line" stroke="{}" stroke-width="3""#, BAR.class, BAR.literal);
        drawing.line(before, y, now, y, &paint);
        if (now - before).abs() > 7.0 {
            arrow(&mut drawing, (before + now) / 2.0, y, now > before);
        }
        let hollow = format!(
            r#"class="{}" fill="var(--chart-paper, #fff)" stroke="{}" stroke-width="2.5""#,
            BEFORE.class, BEFORE.literal
        );
        circle(&mut drawing, before, y, 5.5, &hollow);
        circle(&mut drawing, now, y, 6.5, &BAR.paint());
        drawing.y += 26.0;
    }
    ends(&mut drawing, dumbbell, x(low), x(high));
    drawing.finish(frame)
}

fn circle(drawing: &mut Drawing, x: f64, y: f64, radius: f64, paint: &str) {
    drawing.body.push_str(&format!(
        r#"<circle cx="{}" cy="{}" r="{}" {paint}/>"#,
        share(x),
        pixels(y),
        pixels(radius)
    ));
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

fn legend(drawing: &mut Drawing, dumbbell: &Dumbbell) {
    let y = pixels(drawing.y + 8.0);
    let text = pixels(drawing.y + SIZE);
    let (before, now) = &dumbbell.legend;
    drawing.body.push_str(&format!(
        concat!(
            r#"<circle cx="7" cy="{y}" r="5" class="{}" fill="var(--chart-paper, #fff)" stroke="{}" stroke-width="2.5"/>"#,
            r#"<text x="20" y="{text}" font-size="{SIZE}" fill="currentColor" class="chart-text">{}</text>"#,
            r#"<svg x="50%" y="0" overflow="visible"><circle cx="7" cy="{y}" r="6" {}/>"#,
            r#"<text x="20" y="{text}" font-size="{SIZE}" fill="currentColor" class="chart-text">{}</text></svg>"#
        ),
        BEFORE.class,
        BEFORE.literal,
        escape(before),
        BAR.paint(),
        escape(now),
        y = y,
        text = text,
        SIZE = SIZE,
    ));
    drawing.y += LINE + 12.0;
}

fn ends(drawing: &mut Drawing, dumbbell: &Dumbbell, low: f64, high: f64) {
    let room = drawing.room * 0.44;
    let (first, last) = (wrap(&dumbbell.ends.0, room, SIZE), wrap(&dumbbell.ends.1, room, SIZE));
    for (row, line) in first.iter().enumerate() {
        drawing.text(low - 3.0, drawing.y + SIZE + row as f64 * LINE, "start", "chart-note", line);
    }
    for (row, line) in last.iter().enumerate() {
        drawing.text(high + 3.0, drawing.y + SIZE + row as f64 * LINE, "end", "chart-note", line);
    }
    drawing.y += first.len().max(last.len()) as f64 * LINE + 4.0;
}
