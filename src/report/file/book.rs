//! A workbook of small tables and nothing else.

use super::options::FileError;
use super::sheet::{Look, STYLES, Sheet, Style, head, tab_names, table, tail, widths};
use super::xlsx::{HEADING, ROOT_RELATIONS, SHEET, check, content_types, escaped, relations};
use super::zip::Zip;

/// The widest column, in characters.
const WIDEST: usize = 60;

/// Tables as a workbook, a sheet for each; names of tabs stand as they are where tabs can have them.
///
/// Errors: a table that no sheet can hold.
///
/// ```
/// use sondeo::report::file::book;
/// use sondeo::report::file::sheet::Sheet;
///
/// let sheet = Sheet { name: "survey".to_owned(), header: vec!["type".to_owned()], rows: Vec::new() };
/// assert!(book(&[sheet]).unwrap().starts_with(b"PK"));
/// ```
pub fn book(sheets: &[Sheet]) -> Result<Vec<u8>, FileError> {
    let mut bytes = Vec::new();
    let mut sink = |more: &[u8]| bytes.extend_from_slice(more);
    let mut zip = Zip::new();
    let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    let names = tab_names(&names, "sheet");
    let strings = format!(
        "{HEADING}<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" count=\"0\" uniqueCount=\"0\"/>"
    );
    for (name, text) in [
        ("[Content_Types].xml", content_types(sheets.len()).as_str()),
        ("_rels/.rels", ROOT_RELATIONS),
        ("xl/workbook.xml", &workbook(&names)),
        ("xl/_rels/workbook.xml.rels", &relations(sheets.len())),
        ("xl/styles.xml", STYLES),
        ("xl/sharedStrings.xml", &strings),
    ] {
        zip.open(name, 0, &mut sink);
        zip.write(text.as_bytes(), &mut sink);
        zip.close(&mut sink)?;
    }
    for (number, sheet) in (1..).zip(sheets) {
        let columns = sheet.rows.iter().map(Vec::len).chain([sheet.header.len()]).max().unwrap_or(0);
        check(sheet.rows.len() + 1, columns)?;
        let widths = widths(sheet, WIDEST);
        let mut out = Vec::new();
        let frozen = !sheet.header.is_empty();
        head(Look { widths: &widths, frozen, front: number == 1, fits: false }, &mut out);
        table(sheet, &widths, Style::Wrapped, Style::Wrapped, &mut out);
        tail(None, false, &mut out);
        zip.open(SHEET, number, &mut sink);
        zip.write(&out, &mut sink);
        zip.close(&mut sink)?;
    }
    zip.finish(&mut sink)?;
    Ok(bytes)
}

fn workbook(names: &[String]) -> String {
    let mut text = format!(
        "{HEADING}<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><bookViews>\
         <workbookView/></bookViews><sheets>"
    );
    for (number, name) in (1..).zip(names) {
        let name = escaped(name);
        text += &format!("<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>");
    }
    text + "</sheets></workbook>"
}
