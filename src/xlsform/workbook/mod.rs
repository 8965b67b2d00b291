//! A workbook's bytes as [`Sheets`]: `.xlsx` and `.xlsm`, old `.xls`, and the two layouts of text that pyxform reads, `.csv` and
//! `.md`. Read [`open`] first. Workbooks are told by their bytes, whatever the file is called.
//!
//! A file of responses is read by [`tables`]: any sheets, whatever their names.
//!
//! Everything here is given by strangers, and a worker that panics or runs out of memory takes the screen with it. So the
//! formats are read by code of our own, which checks each length before it follows it, and stops at [`MOST_BYTES`] and the other
//! limits: a reader that makes room for the size a sheet says it has, or for all of a workbook's texts, can be asked for
//! any amount by a file of a few hundred bytes. Never a question's meaning (that is `read`), a sentence, or a screen.

mod cfb;
mod csv;
mod format;
mod grid;
mod item;
mod markdown;
mod table;
mod xls;
mod xlsx;
mod xml;
mod zip;

#[cfg(test)]
mod tests;

pub use table::{MOST_TABLE_BYTES, Tables, tables};

use super::sheet::{Attached, Sheet, SheetName, Sheets};
use grid::Grid;

/// The largest file that is opened.
pub const MOST_BYTES: usize = 20 << 20;
/// The most that all parts of a workbook may be once they are unpacked, and the most that one of them may be.
pub const MOST_UNPACKED: usize = 200 << 20;
const MOST_PART: usize = 100 << 20;
/// The most rows of a sheet that are not blank.
pub const MOST_ROWS: usize = 100_000;
/// The most columns of a sheet.
pub const MOST_COLUMNS: usize = 1000;
/// The most cells that are not blank, and bytes of text in them, over all sheets that mean something.
const MOST_CELLS: usize = 1_000_000;
const MOST_TEXT: usize = 32 << 20;

/// Why a file does not open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenError {
    /// What stands in the way.
    pub kind: OpenErrorKind,
    /// The sheet or the part of the file where it does; empty: the file.
    pub place: String,
}

/// What stands in the way of opening a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenErrorKind {
    /// It is none of the kinds of files that are read here.
    NotWorkbook,
    /// The file, what is packed in it, or one of its sheets is larger than is read.
    TooLarge,
    /// It began like a workbook and does not go on like one.
    Damaged,
    /// It asks for a password.
    Protected,
    /// It is a workbook without a sheet that is called survey.
    NoSurvey,
}

impl OpenError {
    fn new(kind: OpenErrorKind) -> OpenError {
        OpenError { kind, place: String::new() }
    }

    fn at(self, place: &str) -> OpenError {
        if self.place.is_empty() { OpenError { place: place.to_owned(), ..self } } else { self }
    }
}

/// Something does not go on as it began.
fn damaged() -> OpenError {
    OpenError::new(OpenErrorKind::Damaged)
}

/// More than is read.
fn too_large() -> OpenError {
    OpenError::new(OpenErrorKind::TooLarge)
}

/// Opens a workbook. `name` is the file's name: texts are told apart by its ending.
///
/// Errors: [`OpenErrorKind`] says which; none is more than 300 MB of memory away.
///
/// ```
/// use sondeo::xlsform::{SheetName, open};
///
/// let form = "| survey | | |\n| | type | name |\n| | text | place |";
/// let sheets = open("form.md", form.as_bytes()).unwrap();
/// assert_eq!(sheets.sheets[0].name, SheetName::Survey);
/// assert_eq!(sheets.sheets[0].rows[0].cells, ["text", "place"]);
/// ```
pub fn open(name: &str, bytes: &[u8]) -> Result<Sheets, OpenError> {
    if bytes.len() > MOST_BYTES {
        return Err(too_large());
    }
    let mut known = Vec::new();
    let mut wants = |tab: &str| {
        let name = sheet_name(tab).filter(|name| !known.contains(name));
        known.extend(name);
        name.is_some()
    };
    let named = |(tab, grid): (String, Grid)| Some((sheet_name(&tab)?, grid));
    let grids = if bytes.starts_with(zip::SIGNATURE) {
        xlsx::read(bytes, &mut wants)?.into_iter().filter_map(named).collect()
    } else if bytes.starts_with(cfb::SIGNATURE) {
        xls::read(bytes, &mut wants)?.into_iter().filter_map(named).collect()
    } else if has_ending(name, "md") {
        markdown::read(&csv::decode(bytes))?
    } else if has_ending(name, "csv") {
        grid::by_first_column(csv::rows(&csv::decode(bytes))?)?
    } else {
        return Err(OpenError::new(OpenErrorKind::NotWorkbook));
    };
    let sheets: Vec<Sheet> = grids.into_iter().map(|(name, grid)| grid.near().into_sheet(name)).collect();
    if !sheets.iter().any(|sheet| sheet.name == SheetName::Survey) {
        return Err(OpenError::new(OpenErrorKind::NoSurvey));
    }
    Ok(Sheets { sheets, attached: Vec::new(), media: Vec::new() })
}

/// Opens a table that questions choose from: a `.csv` file with commas, semicolons or tabs, in UTF-8, UTF-16 or Windows-1252;
/// an `.xml` file with items, a `.geojson` file with features.
///
/// Errors: [`OpenErrorKind::NotWorkbook`] for what is no text and for XML that holds no items, [`OpenErrorKind::Damaged`] for XML and JSON that is none,
/// [`OpenErrorKind::TooLarge`].
///
/// ```
/// let cities = sondeo::xlsform::attach("cities.csv", b"name;label\nmad;Madrid\n").unwrap();
/// assert_eq!(cities.header, ["name", "label"]);
/// assert_eq!(cities.rows, [["mad", "Madrid"]]);
/// ```
pub fn attach(name: &str, bytes: &[u8]) -> Result<Attached, OpenError> {
    if bytes.len() > MOST_BYTES {
        return Err(too_large());
    }
    if bytes.starts_with(zip::SIGNATURE) || bytes.starts_with(cfb::SIGNATURE) {
        return Err(OpenError::new(OpenErrorKind::NotWorkbook));
    }
    let text = csv::decode(bytes);
    if text.contains('\0') {
        return Err(OpenError::new(OpenErrorKind::NotWorkbook));
    }
    let mut grid = Grid::default();
    let rows = match () {
        () if has_ending(name, "xml") => item::of_xml(&text)?,
        () if has_ending(name, "geojson") => item::of_geojson(&text)?,
        () => csv::rows(&text)?,
    };
    for (number, cells) in rows {
        grid.row(number, &cells)?;
    }
    let sheet = grid.into_sheet(SheetName::ExternalChoices);
    let width = sheet.header.len();
    let filled = |mut cells: Vec<String>| {
        cells.resize(width, String::new());
        cells
    };
    let rows = sheet.rows.into_iter().map(|row| filled(row.cells)).collect();
    Ok(Attached { file: name.to_owned(), header: sheet.header, rows })
}

/// Whether the sheet of a tab is read.
type Wants<'a> = dyn FnMut(&str) -> bool + 'a;

/// The sheet that a tab's name means, if any: whatever its case, with blanks, hyphens and underscores alike.
fn sheet_name(tab: &str) -> Option<SheetName> {
    let plain: String = tab.trim().to_lowercase().replace([' ', '-', '\u{a0}'], "_");
    SheetName::ALL.into_iter().find(|name| name.as_str() == plain)
}

/// The sheet that a tab's name means, unless there is one of that name already.
fn new_sheet(tab: &str, grids: &[(SheetName, Grid)]) -> Option<SheetName> {
    sheet_name(tab).filter(|name| grids.iter().all(|(other, _)| other != name))
}

fn has_ending(name: &str, ending: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, end)| end.eq_ignore_ascii_case(ending))
}
