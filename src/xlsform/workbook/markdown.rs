//! Tables in markdown, as pyxform reads them: `| survey | | |`, then rows whose first cell is blank.

use super::grid::{Grid, by_first_column};
use super::{MOST_COLUMNS, OpenError};
use crate::xlsform::sheet::SheetName;

/// The sheets of a text.
///
/// Errors: more than is read.
pub(super) fn read(text: &str) -> Result<Vec<(SheetName, Grid)>, OpenError> {
    let lines = text.lines().map(str::trim).filter(|line| line.starts_with('|') && !is_rule(line));
    // Rows count from the header of their sheet, as if each were a sheet of its own.
    let mut number = 0;
    let rows = lines.map(cells).map(|cells| {
        let (tab, rest) = cells.split_first().map_or(("", &[][..]), |(tab, rest)| (tab.as_str(), rest));
        let is_blank = rest.iter().all(|cell| cell.trim().is_empty());
        number = if tab.trim().is_empty() { number + usize::from(!is_blank) } else { usize::from(!is_blank) };
        (number, cells)
    });
    by_first_column(rows)
}

/// The line that markdown draws under a header: `|---|:--:|`.
fn is_rule(line: &str) -> bool {
    line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// A line's cells, those that a sheet can have and one more; `\|` is the sign itself.
fn cells(line: &str) -> Vec<String> {
    let mut cells = Vec::new();
    let mut cell = String::new();
    let mut rest = line.get(1..).unwrap_or_default().chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\\' if rest.next_if_eq(&'|').is_some() => cell.push('|'),
            '|' if cells.len() > MOST_COLUMNS + 1 => break,
            '|' => cells.push(std::mem::take(&mut cell)),
            c => cell.push(c),
        }
    }
    if !cell.trim().is_empty() {
        cells.push(cell);
    }
    cells
}
