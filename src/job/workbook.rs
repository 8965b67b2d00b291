use crate::form::FormSource;
use crate::report::file::sheet::{Cell, Sheet};
use crate::report::file::{FileError, book};
use crate::xlsform::write;

/// A form as an XLSForm workbook, for other programs. What XLSForm has no words for is left out: see [`write`].
///
/// Errors: a form that no workbook can hold.
///
/// ```
/// use sondeo::form::wire::{FormSource, NodeSource};
/// use sondeo::xlsform::{open, read};
///
/// let label = vec!["Where?".to_owned()];
/// let place = NodeSource { name: "place".to_owned(), kind: "text".to_owned(), label, ..NodeSource::default() };
/// let languages = vec!["en".to_owned()];
/// let form = FormSource { id: "visit".to_owned(), languages, nodes: vec![place], ..FormSource::default() };
/// let bytes = sondeo::job::form_workbook(&form).unwrap();
/// assert_eq!(read(&open("visit.xlsx", &bytes).unwrap()).form.unwrap().nodes, form.nodes);
/// ```
pub fn form_workbook(form: &FormSource) -> Result<Vec<u8>, FileError> {
    let cell = |text: String| if text.is_empty() { Cell::Empty } else { Cell::Text(text) };
    let sheets = write(form).sheets.into_iter().map(|sheet| Sheet {
        name: sheet.name.as_str().to_owned(),
        header: sheet.header,
        rows: sheet.rows.into_iter().map(|row| row.cells.into_iter().map(cell).collect()).collect(),
    });
    book(&sheets.collect::<Vec<_>>())
}
