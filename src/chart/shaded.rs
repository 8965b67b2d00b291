use std::fmt::Write;

use super::Frame;
use super::axis::{place, sound};
use super::drawing::{Drawing, LINE, Lettering, SIZE, SMALL, legend, pixels, share, square_swatch, title};
use super::palette::{Colour, shade, shades};
use super::text::{BOLD, hyphenate, width, wrap};

/// The least width of a cell, in pixels.
const LEAST: f64 = 46.0;
/// The least height of a cell, in pixels.
const HIGH: f64 = 28.0;
/// The part of the width that the rows' labels take where they stand beside the cells, in percent.
const BESIDE: f64 = 34.0;
/// The least width at which they do, in pixels.
const WIDE: f64 = 440.0;
/// In a hidden cell, and under the pointer at it.
const DASH: &str = "–";

/// The paint of what covers all below it.
const GROUND: &str = r#"class="chart-ground" fill="var(--chart-paper, #fff)""#;

/// What the cells of a shaded table share.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Shaded {
    /// The heads of the columns.
    pub columns: Vec<String>,
    /// The values of the lightest and of the darkest shade.
    pub range: (f64, f64),
    /// What the lightest and the darkest shade mean: `0 %`, `100 %`. Both empty: no key.
    pub ends: (String, String),
    /// What hatching means: `fewer than 5 answers`. Shown where a cell is hidden.
    pub hidden: String,
}

/// A row of a shaded table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ShadedRow {
    /// What it is about.
    pub label: String,
    /// Beside or under the label: `n = 212`.
    pub note: String,
    /// One for each column; those beyond are left out, those missing stay empty.
    pub cells: Vec<Cell>,
    /// Set apart by a line above it and bold: the total.
    pub total: bool,
}

/// A cell of a shaded table.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// A value that decides the shade, and what stands in the cell.
    Value(f64, String),
    /// May not be shown: hatched, with a dash.
    Hidden,
    /// Nothing was asked.
    #[default]
    Empty,
}

/// Where labels and cells stand.
struct Layout {
    /// Labels stand beside the cells, else above them.
    beside: bool,
    /// The left end of the first cell and the width of a cell, in percent.
    first: f64,
    wide: f64,
}

/// Rows and columns of cells shaded by their value. `None` where the cells would be too narrow to read (more than six
/// columns on a phone, or long texts in them): a table of text serves better then. The caller sorts.
pub fn shaded(frame: &Frame<'_>, table: &Shaded, rows: &[ShadedRow]) -> Option<String> {
    let mut drawing = Drawing::new(frame);
    let layout = layout(&drawing, table, rows)?;
    key(&mut drawing, table, rows);
    heads(&mut drawing, table, &layout);
    for row in rows {
        let (label, high) = label(&mut drawing, row, &layout);
        for (position, head) in table.columns.iter().enumerate() {
            let x = layout.first + position as f64 * layout.wide;
            let tip = |text: &str| format!("{}, {head}: {text}", row.label);
            match row.cells.get(position) {
                Some(Cell::Value(value, text)) => match place(*value, sound(table.range)) {
                    Some(place) => filled(&mut drawing, x, &layout, high, shade(place), text, &tip(text)),
                    None => plain(&mut drawing, x, &layout, high, text),
                },
                Some(Cell::Hidden) => hatched(&mut drawing, x, &layout, high, &tip(DASH)),
                Some(Cell::Empty) | None => {}
            }
        }
        for (lettering, y, text) in label {
            drawing.letter("0%", y, &lettering, &text);
        }
        drawing.y += high + if layout.beside { 0.0 } else { 8.0 };
    }
    drawing.y += 4.0;
    Some(drawing.finish(frame))
}

fn layout(drawing: &Drawing, table: &Shaded, rows: &[ShadedRow]) -> Option<Layout> {
    let texts =
        rows.iter().flat_map(|row| row.cells.iter().take(table.columns.len()).map(move |cell| (row, cell)));
    let widest = texts.map(|(row, cell)| match cell {
        Cell::Value(_, text) => width(text, SIZE) * if row.total { BOLD } else { 1.0 } + 8.0,
        Cell::Hidden | Cell::Empty => 0.0,
    });
    let least = widest.fold(LEAST, f64::max);
    let count = table.columns.len().max(1) as f64;
    let fits = |beside: bool| {
        let first = if beside { BESIDE } else { 0.0 };
        // Few columns stay narrow enough that a row is read at a glance.
        let wide = ((100.0 - first) / count).min(25.0);
        (drawing.room * wide / 100.0 >= least).then_some(Layout { beside, first, wide })
    };
    if drawing.room >= WIDE { fits(true).or_else(|| fits(false)) } else { fits(false) }
}

/// What shades and hatching mean.
fn key(drawing: &mut Drawing, table: &Shaded, rows: &[ShadedRow]) {
    if !(table.ends.0.is_empty() && table.ends.1.is_empty()) {
        let (room, step) = (drawing.room * 0.3, 14.0);
        let lines = [wrap(&table.ends.0, room, SIZE), wrap(&table.ends.1, room, SIZE)];
        let taken = lines[0].iter().map(|line| width(line, SIZE)).fold(0.0, f64::max);
        let y = drawing.y;
        for (row, line) in lines[0].iter().enumerate() {
            drawing.letter("0", y + SIZE + row as f64 * LINE, &Lettering::default(), line);
        }
        let mut x = taken + 8.0;
        for colour in shades() {
            let _ = write!(
                drawing.body,
                r#"<rect x="{}" y="{}" width="{step}" height="12" {}/>"#,
                pixels(x),
                pixels(y + 2.0),
                edged(*colour)
            );
            x += step;
        }
        let x = pixels(x + 8.0);
        for (row, line) in lines[1].iter().enumerate() {
            drawing.letter(&x, y + SIZE + row as f64 * LINE, &Lettering::default(), line);
        }
        drawing.y += lines.iter().map(Vec::len).max().unwrap_or(1) as f64 * LINE + 4.0;
    }
    let cells = rows.iter().flat_map(|row| row.cells.iter().take(table.columns.len()));
    if !table.hidden.is_empty() && cells.into_iter().any(|cell| *cell == Cell::Hidden) {
        let swatch = format!(
            r#"<svg width="12" height="12">{}</svg>{}"#,
            hatch(12.0),
            square_swatch(r#"fill="none" class="chart-hidden" stroke="currentColor" stroke-opacity="0.7""#)
        );
        legend(drawing, &[(swatch, &table.hidden)]);
    } else {
        drawing.y += 6.0;
    }
}

/// The heads of the columns, standing on the first row.
fn heads(drawing: &mut Drawing, table: &Shaded, layout: &Layout) {
    let lettering = Lettering { anchor: "middle", size: SMALL, class: "chart-note", ..Lettering::default() };
    let room = drawing.room * layout.wide / 100.0 - 4.0;
    let heads: Vec<Vec<String>> = table.columns.iter().map(|head| hyphenate(head, room, SMALL)).collect();
    let most = heads.iter().map(Vec::len).max().unwrap_or(0);
    for (position, lines) in heads.iter().enumerate() {
        let x = share(layout.first + (position as f64 + 0.5) * layout.wide);
        for (row, line) in lines.iter().enumerate() {
            let row = row + most - lines.len();
            drawing.letter(&x, drawing.y + SMALL + row as f64 * 15.0, &lettering, line);
        }
    }
    drawing.y += most as f64 * 15.0 + 5.0;
}

type Label = Vec<(Lettering<'static>, f64, String)>;

/// The label of a row: written where it stands above the cells; returned with the cells' height where beside.
fn label(drawing: &mut Drawing, row: &ShadedRow, layout: &Layout) -> (Label, f64) {
    if row.total {
        drawing.y += 3.0;
        let paint = r#"class="chart-axis" stroke="currentColor" stroke-opacity="0.6" stroke-width="1""#;
        drawing.line(0.0, drawing.y, 100.0, drawing.y, paint);
        drawing.y += 4.0;
    }
    if !layout.beside {
        drawing.titled(&row.label, &row.note, row.total);
        drawing.y -= 1.0;
        return (Vec::new(), HIGH);
    }
    let bold = Lettering { bold: row.total, ..Lettering::default() };
    let soft = Lettering { class: "chart-note", size: SMALL, ..Lettering::default() };
    let room = drawing.room * layout.first / 100.0 - 8.0;
    let lines = wrap(&row.label, room / BOLD, SIZE).into_iter().map(|line| (bold, line));
    let note = if row.note.is_empty() { Vec::new() } else { wrap(&row.note, room, SMALL) };
    let lines: Vec<_> = lines.chain(note.into_iter().map(|line| (soft, line))).collect();
    let high = (lines.len() as f64 * LINE + 6.0).max(HIGH);
    let first = drawing.y + (high - lines.len() as f64 * LINE) / 2.0 + 12.5;
    let placed = lines.into_iter().enumerate();
    (placed.map(|(row, (lettering, line))| (lettering, first + row as f64 * LINE, line)).collect(), high)
}

fn filled(drawing: &mut Drawing, x: f64, layout: &Layout, high: f64, colour: Colour, text: &str, tip: &str) {
    drawing.rect(x, drawing.y, layout.wide, high, &edged(colour), tip);
    let (class, fill) = colour.ink();
    let lettering = Lettering { anchor: "middle", class, fill, ..Lettering::default() };
    drawing.letter(&share(x + layout.wide / 2.0), drawing.y + high / 2.0 + 4.5, &lettering, text);
}

/// A cell with a text and no shade.
fn plain(drawing: &mut Drawing, x: f64, layout: &Layout, high: f64, text: &str) {
    let lettering = Lettering { anchor: "middle", ..Lettering::default() };
    drawing.letter(&share(x + layout.wide / 2.0), drawing.y + high / 2.0 + 4.5, &lettering, text);
}

/// A hatched cell with a dash on a plate that keeps the lines off it.
fn hatched(drawing: &mut Drawing, x: f64, layout: &Layout, high: f64, tip: &str) {
    let _ = write!(
        drawing.body,
        r##"<svg x="{}" y="{}" width="{}" height="{}">{}<g><rect width="100%" height="100%" {GROUND}/>{}</g></svg>"##,
        share(x),
        pixels(drawing.y),
        share(layout.wide),
        pixels(high),
        title(tip),
        hatch(high),
    );
    let middle = drawing.y + high / 2.0;
    let plate = format!(
        r#"<svg x="{}" y="0" overflow="visible"><rect x="-9" y="{}" width="18" height="14" rx="3" {GROUND}/></svg>"#,
        share(x + layout.wide / 2.0),
        pixels(middle - 7.0),
    );
    drawing.body.push_str(&plate);
    let lettering = Lettering { anchor: "middle", ..Lettering::default() };
    drawing.letter(&share(x + layout.wide / 2.0), middle + 4.5, &lettering, DASH);
    let edge =
        r#"fill="none" class="chart-hidden" stroke="currentColor" stroke-opacity="0.45" stroke-width="0.75""#;
    drawing.rect(x, drawing.y, layout.wide, high, edge, "");
}

/// Slanting lines over a drawing of this height and any width: the dashes of one broad line, leant over. A pattern would
/// need a name, and charts of one page would take each other's.
fn hatch(high: f64) -> String {
    format!(
        r#"<line x1="0" y1="{0}" x2="2000" y2="{0}" stroke-width="{1}" stroke-dasharray="1.25 4.75" transform="skewX(-45)" class="chart-hatch" stroke="currentColor" stroke-opacity="0.6"/>"#,
        pixels(high / 2.0),
        pixels(high),
    )
}

/// The lightest shade needs an edge to be seen on white paper.
fn edged(colour: Colour) -> String {
    format!(r#"{} stroke="currentColor" stroke-opacity="0.35" stroke-width="0.75""#, colour.paint())
}
