//! A file with a row for each response, whatever its sheets are called.

use std::borrow::Cow;

use super::{MOST_BYTES, MOST_ROWS, OpenError, OpenErrorKind, cfb, csv, too_large, xls, xlsx, zip};
use crate::xlsform::sheet::{Sheet, SheetName};

/// The largest text file that is opened: 100,000 responses of a long form.
pub const MOST_TABLE_BYTES: usize = 100 << 20;
/// The most columns of a text file: a column for each choice is not rare.
const MOST_TABLE_COLUMNS: usize = 5000;

/// The tables of a file, each with a header over its rows.
#[derive(Debug)]
pub struct Tables<'a>(Kind<'a>);

#[derive(Debug)]
enum Kind<'a> {
    Text(Cow<'a, str>, Vec<String>),
    Sheets(Vec<(String, Sheet)>),
}

impl Tables<'_> {
    /// The name of each table with its header; a text file has one, without a name.
    pub fn headers(&self) -> Vec<(&str, &[String])> {
        match &self.0 {
            Kind::Text(_, header) => vec![("", header.as_slice())],
            Kind::Sheets(sheets) => {
                sheets.iter().map(|(name, sheet)| (name.as_str(), sheet.header.as_slice())).collect()
            }
        }
    }

    /// The rows under the header of a table, with their numbers as spreadsheet programs have them. Blank ones are left out,
    /// and cells missing at the end are blank.
    pub fn rows(&self, table: usize) -> Box<dyn Iterator<Item = (usize, Cow<'_, [String]>)> + '_> {
        match &self.0 {
            Kind::Text(text, header) if table == 0 => Box::new(
                csv::Rows::of(text, header.len()).skip(1).map(|(number, cells)| (number, Cow::Owned(cells))),
            ),
            Kind::Text(..) => Box::new(std::iter::empty()),
            Kind::Sheets(sheets) => {
                let rows = sheets.get(table).map(|(_, sheet)| sheet.rows.iter()).into_iter().flatten();
                Box::new(rows.map(|row| (row.number, Cow::Borrowed(row.cells.as_slice()))))
            }
        }
    }
}

/// Opens a file of responses: `.xlsx`, `.xlsm` or `.xls`, told by its bytes, and any other text as values between commas,
/// semicolons or tabs, in UTF-8, UTF-16 or Windows-1252.
///
/// Errors: [`OpenErrorKind`] says which; [`OpenErrorKind::NotWorkbook`] for what is no text.
///
/// ```
/// let tables = sondeo::xlsform::tables(b"place;times\nport;2\n\npark;0\n").unwrap();
/// assert_eq!(tables.headers()[0].1, ["place", "times"]);
/// let rows: Vec<_> = tables.rows(0).collect();
/// assert_eq!((rows[1].0, &*rows[1].1), (4, ["park".to_owned(), "0".to_owned()].as_slice()));
/// ```
pub fn tables(bytes: &[u8]) -> Result<Tables<'_>, OpenError> {
    let is_zip = bytes.starts_with(zip::SIGNATURE);
    if is_zip || bytes.starts_with(cfb::SIGNATURE) {
        if bytes.len() > MOST_BYTES {
            return Err(too_large());
        }
        let mut all = |_: &str| true;
        let grids = if is_zip { xlsx::read(bytes, &mut all)? } else { xls::read(bytes, &mut all)? };
        let sheet = |(name, grid): (String, super::Grid)| (name, grid.into_sheet(SheetName::Survey));
        return Ok(Tables(Kind::Sheets(grids.into_iter().map(sheet).collect())));
    }
    if bytes.len() > MOST_TABLE_BYTES {
        return Err(too_large());
    }
    let text = csv::decode(bytes);
    if text.contains('\0') {
        return Err(OpenError::new(OpenErrorKind::NotWorkbook));
    }
    let mut rows = csv::Rows::of(&text, MOST_TABLE_COLUMNS);
    let header = rows.next().map(|(_, header)| header).unwrap_or_default();
    if header.len() > MOST_TABLE_COLUMNS || rows.count() > MOST_ROWS {
        return Err(too_large());
    }
    let header = header.iter().map(|name| name.trim().to_owned()).collect();
    Ok(Tables(Kind::Text(text, header)))
}
