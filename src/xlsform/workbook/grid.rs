//! A sheet's cells on their way to a [`Sheet`].

use std::collections::BTreeMap;

use super::{MOST_CELLS, MOST_COLUMNS, MOST_ROWS, MOST_TEXT, OpenError, new_sheet, too_large};
use crate::xlsform::sheet::{Row, Sheet, SheetName};

/// The last row of any workbook's sheets.
const LAST_ROW: usize = 1 << 20;
/// So many blank columns of the header, or blank rows, end a sheet where one more follows.
const FAR_COLUMNS: usize = 20;
const FAR_ROWS: usize = 60;

/// Cells that are not blank, by row (from 1) and column (from 0).
#[derive(Debug, Default)]
pub(super) struct Grid {
    rows: BTreeMap<usize, BTreeMap<usize, String>>,
    cells: usize,
    text: usize,
}

impl Grid {
    /// Puts a text where it stands, without the blanks around it; a blank one is left out.
    ///
    /// Errors: more than is read.
    pub(super) fn put(&mut self, row: usize, column: usize, text: &str) -> Result<(), OpenError> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(());
        }
        self.cells += 1;
        self.text += text.len();
        if row > LAST_ROW || column >= MOST_COLUMNS || self.cells > MOST_CELLS || self.text > MOST_TEXT {
            return Err(too_large());
        }
        self.rows.entry(row).or_default().insert(column, plain(text));
        if self.rows.len() > MOST_ROWS { Err(too_large()) } else { Ok(()) }
    }

    /// Puts a whole row.
    ///
    /// Errors: more than is read.
    pub(super) fn row(&mut self, row: usize, cells: &[String]) -> Result<(), OpenError> {
        (0..).zip(cells).try_for_each(|(column, cell)| self.put(row, column, cell))
    }

    /// Without what stands far off, as pyxform has it: notes and lists beside or below a form are no part of it.
    pub(super) fn near(mut self) -> Grid {
        let header =
            self.rows.first_key_value().map(|(_, cells)| cells.keys().copied()).into_iter().flatten();
        let end = until_gap(header, 0, FAR_COLUMNS);
        for cells in self.rows.values_mut() {
            cells.retain(|column, _| *column < end);
        }
        self.rows.retain(|_, cells| !cells.is_empty());
        let first = self.rows.first_key_value().map_or(0, |(row, _)| *row);
        let end = until_gap(self.rows.keys().copied(), first, FAR_ROWS);
        self.rows.retain(|row, _| *row < end);
        self
    }

    /// The first row that is not blank is the header, and what has none above it is left out.
    pub(super) fn into_sheet(self, name: SheetName) -> Sheet {
        let mut rows = self.rows.into_iter();
        let header = rows.next().map(|(_, cells)| in_order(cells, usize::MAX)).unwrap_or_default();
        let width = header.len();
        let rows = rows.map(|(number, cells)| Row { number, cells: in_order(cells, width) });
        let rows = rows.filter(|row| row.cells.iter().any(|cell| !cell.is_empty())).collect();
        Sheet { name, header, rows }
    }
}

/// Line ends as one sign. And a blank that does not break is a blank: who pasted it did not mean anything by it.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").replace('\u{a0}', " ")
}

/// The place behind the last of those that stand near each other.
fn until_gap(places: impl Iterator<Item = usize>, first: usize, far: usize) -> usize {
    let mut end = first;
    for place in places {
        if place - end > far {
            break;
        }
        end = place.saturating_add(1);
    }
    end
}

/// Cells with blanks between them, those under `width`.
fn in_order(cells: BTreeMap<usize, String>, width: usize) -> Vec<String> {
    let mut row = Vec::new();
    for (column, cell) in cells.into_iter().filter(|(column, _)| *column < width) {
        row.resize(column, String::new());
        row.push(cell);
    }
    row
}

/// Rows of one table with all sheets, as pyxform has them in text files: a first cell begins the sheet of that name, the first
/// row of it that is not blank is its header.
///
/// Errors: more than is read.
pub(super) fn by_first_column(
    rows: impl IntoIterator<Item = (usize, Vec<String>)>,
) -> Result<Vec<(SheetName, Grid)>, OpenError> {
    let mut grids: Vec<(SheetName, Grid)> = Vec::new();
    // Whether the rows that follow are those of the last grid.
    let mut is_open = false;
    for (number, cells) in rows {
        let Some((tab, cells)) = cells.split_first() else { continue };
        if !tab.trim().is_empty() {
            let name = new_sheet(tab, &grids);
            is_open = name.is_some();
            grids.extend(name.map(|name| (name, Grid::default())));
        }
        if let Some((_, grid)) = grids.last_mut().filter(|_| is_open) {
            grid.row(number, cells)?;
        }
    }
    Ok(grids)
}
