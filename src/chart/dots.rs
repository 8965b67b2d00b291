use super::Frame;
use super::axis::{ordered, place, sound};
use super::bars::Marks;
use super::drawing::{Drawing, Lettering, SMALL, dot_swatch, hollow, hollow_swatch, legend};
use super::palette::BAR;

/// The left end of the track and its length, in percent: dots at the ends stay whole.
const TRACK: (f64, f64) = (3.0, 94.0);
/// From so many rows on the axis stands above them, too.
const MANY: usize = 12;

/// What the rows of a dot plot share.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Dots {
    /// The lowest and the highest value of the axis. Values beyond are drawn at its ends.
    pub range: (f64, f64),
    /// Values named on the axis and their texts: `(50.0, "50 %")`; see [`ticks`](super::ticks).
    pub ticks: Vec<(f64, String)>,
    /// A value that every row is compared with (the total); named in `marks`.
    pub reference: Option<f64>,
    /// What reference and interval are called.
    pub marks: Marks,
    /// What the dot and the other dot are called: `2026`, `2023`. Empty: not in the legend.
    pub legend: (String, String),
}

/// A row of a dot plot.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DotRow {
    /// A heading over the row, where a group of rows begins; else empty.
    pub heading: String,
    /// What it is about.
    pub label: String,
    /// At the right of the label: `47 % (41–53)`.
    pub note: String,
    /// Where its dot stands; `None` draws the track alone.
    pub value: Option<f64>,
    /// Both ends of an interval; drawn only when given.
    pub interval: Option<(f64, f64)>,
    /// Where the other dot stands (the wave before), hollow.
    pub other: Option<f64>,
    /// Both ends of the other dot's interval.
    pub other_interval: Option<(f64, f64)>,
    /// What is shown under the pointer at the other dot: `2023: 38 %`.
    pub other_note: String,
}

/// A dot for each row on a shared axis, each under its label. The caller sorts.
pub fn dots(frame: &Frame<'_>, dots: &Dots, rows: &[DotRow]) -> String {
    let mut drawing = Drawing::new(frame);
    let range = sound(dots.range);
    let x = |value: f64| place(value, range).map(|place| TRACK.0 + TRACK.1 * place);
    let ticks: Vec<(f64, &str)> =
        dots.ticks.iter().filter_map(|(tick, text)| Some((x(*tick)?, text.as_str()))).collect();
    let (now, before) = (&dots.legend.0, &dots.legend.1);
    let names = [(dot_swatch(), now.as_str()), (hollow_swatch(), before.as_str())];
    let names: Vec<(String, &str)> = names.into_iter().filter(|(_, name)| !name.is_empty()).collect();
    let marks = dots.marks.entries();
    legend(&mut drawing, &names);
    if !names.is_empty() && !marks.is_empty() {
        drawing.y -= 8.0;
    }
    legend(&mut drawing, &marks);
    if rows.len() > MANY {
        axis(&mut drawing, &ticks);
    }
    let apart = rows.iter().any(|row| row.other_interval.and_then(ordered).is_some());
    for row in rows {
        if !row.heading.is_empty() {
            drawing.y += 4.0;
            drawing.titled(&row.heading, "", true);
        }
        drawing.label(&row.label, &row.note);
        let top = drawing.y + 7.0;
        // Two intervals on one line could not be told apart.
        let lanes = if apart { [top, top + 15.0] } else { [top, top] };
        let rail = r##"class="chart-rail" stroke="#b8b8b8" stroke-width="1""##;
        for y in lanes.iter().take(if apart { 2 } else { 1 }) {
            drawing.line(TRACK.0, *y, TRACK.0 + TRACK.1, *y, rail);
            for (tick, _) in &ticks {
                drawing.line(*tick, y - 3.0, *tick, y + 3.0, rail);
            }
        }
        let [first, second] = lanes;
        if let Some(at) = dots.reference.and_then(x) {
            drawing.reference(at, first - 9.0, second + 9.0);
        }
        for (y, interval) in [(second, row.other_interval), (first, row.interval)] {
            if let Some((from, to)) = interval.and_then(ordered) {
                drawing.whisker(x(from).unwrap_or(TRACK.0), x(to).unwrap_or(TRACK.0 + TRACK.1), y, 10.0);
            }
        }
        if let Some(at) = row.other.and_then(x) {
            let note = if row.other_note.is_empty() { before } else { &row.other_note };
            drawing.circle(at, second, 5.0, &hollow(), &format!("{}: {note}", row.label));
        }
        if let Some(at) = row.value.and_then(x) {
            let paint = format!(r#"{} stroke="var(--chart-paper, #fff)" stroke-width="1.5""#, BAR.paint());
            drawing.circle(at, first, 6.5, &paint, &format!("{}: {}", row.label, row.note));
        }
        drawing.y = second + 17.0;
    }
    axis(&mut drawing, &ticks);
    drawing.finish(frame)
}

/// The texts of the axis, those left out that would touch the one before.
fn axis(drawing: &mut Drawing, ticks: &[(f64, &str)]) {
    let lettering = Lettering { size: SMALL, class: "chart-note", ..Lettering::default() };
    let mut taken = f64::NEG_INFINITY;
    for (x, text) in ticks {
        let half = lettering.width(text) / 2.0;
        // Mirrors what `centred` does at the edges.
        let middle = (drawing.room * x / 100.0).min(drawing.room - half).max(half);
        if middle - half >= taken {
            drawing.centred(*x, drawing.y + SMALL, &lettering, text);
            taken = middle + half + 6.0;
        }
    }
    if !ticks.is_empty() {
        drawing.y += 20.0;
    }
}
