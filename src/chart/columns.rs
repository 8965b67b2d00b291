use super::Frame;
use super::axis::part;
use super::drawing::{Drawing, LINE, Lettering, SIZE, SMALL};
use super::palette::{BAR, Colour, LOW_BAR, NEUTRAL};
use super::text::{width, wrap};

/// The height of the tallest column, in pixels.
const HIGH: f64 = 110.0;
/// Size of the texts over columns too narrow for the usual size, in pixels.
const TINY: f64 = 10.5;

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
    let labels = labels(columns, room, drawing.room);
    let lettering = Lettering { anchor: "middle", size: SMALL, ..Lettering::default() };
    let fits = |size: f64| columns.iter().all(|column| width(&column.text, size) <= room);
    let over = Lettering { size: if fits(SMALL) { SMALL } else { TINY }, ..lettering };
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
        let middle = x + wide / 2.0;
        if part(column.size) > 0.0 && over.width(&column.text) <= room {
            drawing.centred(middle, floor - high - 5.0, &over, &column.text);
        }
        for (row, line) in labels.get(position).into_iter().flatten().enumerate() {
            drawing.centred(middle, floor + SIZE + 4.0 + row as f64 * LINE, &lettering, line);
        }
    }
    drawing.line(
        0.0,
        floor,
        100.0,
        floor,
        r#"class="chart-axis" stroke="currentColor" stroke-opacity="0.6""#,
    );
    let lines = labels.iter().map(Vec::len).fold(1, usize::max);
    drawing.y = floor + SIZE + 12.0 + (lines - 1) as f64 * LINE;
    drawing.finish(frame)
}

/// The lines of each column's label; none under columns whose neighbours' labels need the room.
fn labels(columns: &[Column], room: f64, whole: f64) -> Vec<Vec<String>> {
    let words = columns.iter().flat_map(|column| column.label.split_whitespace());
    let widest = words.map(|word| width(word, SMALL)).fold(0.0, f64::max).min(whole);
    // Those at the edges are moved inward, towards the one beside them.
    let taken = |every: usize| match every {
        1 => room,
        every => ((every as f64 + 0.5) / 1.5 * room).min(whole / 2.0),
    };
    let every = (1..columns.len()).find(|every| widest + 2.0 <= taken(*every));
    let space = every.map_or(whole, |every| taken(every) - 2.0).max(1.0);
    let every = every.unwrap_or(columns.len());
    let shown = |(position, column): (usize, &Column)| position % every == 0 && !column.label.is_empty();
    let split = |space: f64| -> Vec<Vec<String>> {
        let all = columns.iter().enumerate();
        all.map(|at| if shown(at) { wrap(&at.1.label, space, SMALL) } else { Vec::new() }).collect()
    };
    // All as narrow as the longest makes them: `jul 2026` breaks where `mar 2026` must.
    let first = split(space);
    let most = first.iter().map(Vec::len).max().unwrap_or(0);
    let longest = first.iter().filter(|lines| lines.len() == most).flatten().map(|line| width(line, SMALL));
    if most > 1 { split(longest.fold(widest.min(space), f64::max)) } else { first }
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
