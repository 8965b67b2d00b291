//! An XLSForm's sheets as a form: rows compile straight to a [`FormSource`], and every row that cannot is named by sheet, row
//! and column. Read [`read`] first. Never panics and never stops at the first problem; never a workbook's bytes (that is
//! `workbook`), a sentence for people (`i18n`), answers, a store or a screen.

mod sheet;
pub mod workbook;

pub use sheet::{Attached, Row, Sheet, SheetName, Sheets};
pub use workbook::{OpenError, OpenErrorKind, attach, open};

use crate::form::FormSource;

/// What became of an XLSForm.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reading {
    /// The form; `None` where a problem of [`Severity::Error`] is among the problems.
    pub form: Option<FormSource>,
    /// All of them, in the order of sheets and rows.
    pub problems: Vec<Problem>,
}

/// Something in an XLSForm that does not become what its author meant.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// Where.
    pub place: Place,
    /// What.
    pub kind: ProblemKind,
}

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// There is no form before this is mended.
    Error,
    /// There is no form because of something that this program does not do; another one may.
    Unsupported,
    /// There is a form, without this.
    Notice,
}

/// Where in a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The sheet.
    pub sheet: SheetName,
    /// The row, as spreadsheet programs number it (the header is row 1); `None`: the whole sheet.
    pub row: Option<usize>,
    /// The column as its header has it; `None`: the whole row.
    pub column: Option<String>,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq)]
pub enum ProblemKind {}

/// Reads an XLSForm's sheets.
pub fn read(sheets: &Sheets) -> Reading {
    let _ = sheets;
    Reading::default()
}
