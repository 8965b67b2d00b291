//! A small table for a workbook, and the XML of sheets.

use super::csv::{number, whole};
use super::xml::{escape, needs_space};
use crate::form::Date;

/// The most rows that a sheet of a workbook can have.
pub const MOST_ROWS: usize = 1_048_576;
/// The most columns that a sheet of a workbook can have.
pub const MOST_COLUMNS: usize = 16_384;
/// The longest text of a cell, in UTF-16 units.
const LONGEST_TEXT: usize = 32_767;
/// The longest name of a sheet.
const LONGEST_NAME: usize = 31;
/// From 1970-01-01 back to day 0 of workbooks.
const DAY_ZERO: i32 = 25_569;

/// A table for a workbook, whole and small.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// The name on its tab; what a name cannot have is mended.
    pub name: String,
    /// The first row.
    pub header: Vec<String>,
    /// The other rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a [`Sheet`].
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// A text; never a formula, whatever it begins with.
    Text(String),
    /// A number.
    Number {
        /// What it is.
        value: f64,
        /// How many decimals are shown, at most 3.
        decimals: usize,
    },
    /// A percentage from 0 to 100, shown whole.
    Percent(f64),
    /// A day.
    Date(Date),
}

/// Looks of cells, positions in the styles that [`STYLES`] lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Header,
    Day,
    Month,
    /// A text that would be a formula if somebody typed it: it stays a text when the cell is edited.
    Quoted,
    Wrapped,
    Bold,
    /// With so many decimals and commas between thousands.
    Number(usize),
    Percent,
}

/// The styles part. Formats of its own begin at 164; the order of `cellXfs` is that of [`Style::position`].
pub(super) const STYLES: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    "\n",
    r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="4">"#,
    r#"<numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="yyyy\-mm"/>"#,
    r##"<numFmt numFmtId="166" formatCode="#,##0.000"/><numFmt numFmtId="167" formatCode="#,##0.0"/></numFmts>"##,
    r#"<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>"#,
    r#"<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>"#,
    r#"<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>"#,
    r#"<fill><patternFill patternType="solid"><fgColor rgb="FFE8E8E8"/><bgColor indexed="64"/></patternFill></fill></fills>"#,
    r#"<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"#,
    r#"<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>"#,
    r#"<cellXfs count="12"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>"#,
    r#"<xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1" applyAlignment="1">"#,
    r#"<alignment vertical="top" wrapText="1"/></xf>"#,
    r#"<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>"#,
    r#"<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>"#,
    r#"<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/>"#,
    r#"<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>"#,
    r#"<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>"#,
    r#"<xf numFmtId="3" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>"#,
    r#"<xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>"#,
    r#"<xf numFmtId="167" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>"#,
    r#"<xf numFmtId="166" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>"#,
    r#"<xf numFmtId="9" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>"#,
    r#"<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"#,
);

impl Style {
    fn position(self) -> u64 {
        match self {
            Style::Plain => 0,
            Style::Header => 1,
            Style::Day => 2,
            Style::Month => 3,
            Style::Quoted => 4,
            Style::Wrapped => 5,
            Style::Bold => 6,
            Style::Number(0) => 7,
            Style::Number(2) => 8,
            Style::Number(1) => 9,
            Style::Number(_) => 10,
            Style::Percent => 11,
        }
    }

    /// The style of a text: one that begins like a formula stays a text even when somebody edits the cell.
    pub(super) fn of_text(text: &str, otherwise: Style) -> Style {
        if text.starts_with(['=', '+', '-', '@']) { Style::Quoted } else { otherwise }
    }
}

/// What a sheet begins with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look<'l> {
    /// Widths of the columns, in characters.
    pub(super) widths: &'l [usize],
    /// Whether the first row stays in view.
    pub(super) frozen: bool,
    /// Whether it is the one in front.
    pub(super) front: bool,
    /// Whether it prints on one page's width.
    pub(super) fits: bool,
}

/// The beginning of a sheet's part.
pub(super) fn head(look: Look<'_>, out: &mut Vec<u8>) {
    out.extend_from_slice(
        br#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">"#,
    );
    if look.fits {
        out.extend_from_slice(br#"<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>"#);
    }
    out.extend_from_slice(b"<sheetViews><sheetView ");
    if look.front {
        out.extend_from_slice(br#"tabSelected="1" "#);
    }
    out.extend_from_slice(br#"workbookViewId="0">"#);
    if look.frozen {
        out.extend_from_slice(
            br#"<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>"#,
        );
    }
    out.extend_from_slice(br#"</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>"#);
    for (at, width) in (1_u64..).zip(look.widths) {
        out.extend_from_slice(br#"<col min=""#);
        whole(at, out);
        out.extend_from_slice(br#"" max=""#);
        whole(at, out);
        out.extend_from_slice(br#"" width=""#);
        whole(*width as u64, out);
        out.extend_from_slice(br#"" customWidth="1"/>"#);
    }
    out.extend_from_slice(b"</cols><sheetData>");
}

/// The end of a sheet's part; `filter`: how many columns and rows the filter spans.
pub(super) fn tail(filter: Option<(usize, usize)>, fits: bool, out: &mut Vec<u8>) {
    out.extend_from_slice(b"</sheetData>");
    if let Some((columns, rows)) = filter {
        out.extend_from_slice(br#"<autoFilter ref="A1:"#);
        out.extend_from_slice(column_name(columns.saturating_sub(1)).as_bytes());
        whole(rows as u64, out);
        out.extend_from_slice(br#""/>"#);
    }
    out.extend_from_slice(
        br#"<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>"#,
    );
    out.extend_from_slice(br#"<pageSetup paperSize="1" orientation="landscape""#);
    if fits {
        out.extend_from_slice(br#" fitToHeight="0""#);
    }
    out.extend_from_slice(b"/></worksheet>");
}

/// Opens a row.
pub(super) fn open_row(row: usize, out: &mut Vec<u8>) {
    out.extend_from_slice(br#"<row r=""#);
    whole(row as u64, out);
    out.extend_from_slice(br#"">"#);
}

/// Closes a row.
pub(super) fn close_row(out: &mut Vec<u8>) {
    out.extend_from_slice(b"</row>");
}

/// What follows a cell's place: a number.
pub(super) fn number_body(value: f64, style: Style, out: &mut Vec<u8>) {
    style_attribute(style, out);
    out.extend_from_slice(b"><v>");
    number(value, out);
    out.extend_from_slice(b"</v></c>");
}

/// What follows a cell's place: a text that stands elsewhere, among those that are shared.
pub(super) fn shared_body(position: usize, style: Style, out: &mut Vec<u8>) {
    style_attribute(style, out);
    out.extend_from_slice(br#" t="s"><v>"#);
    whole(position as u64, out);
    out.extend_from_slice(b"</v></c>");
}

/// What follows a cell's place: a text.
pub(super) fn text_body(text: &str, style: Style, out: &mut Vec<u8>) {
    style_attribute(Style::of_text(text, style), out);
    out.extend_from_slice(br#" t="inlineStr"><is>"#);
    text_element(text, out);
    out.extend_from_slice(b"</is></c>");
}

/// A text as an element, cut where a cell cannot hold more.
pub(super) fn text_element(text: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(if needs_space(text) { br#"<t xml:space="preserve">"# } else { b"<t>" });
    // As many bytes as units: never longer in units than in bytes.
    if text.len() <= LONGEST_TEXT {
        escape(text, out);
    } else {
        let mut units = 0;
        let whole = text.encode_utf16().count() <= LONGEST_TEXT;
        let end = text.char_indices().find(|(_, c)| {
            units += c.len_utf16();
            !whole && units >= LONGEST_TEXT
        });
        match end {
            Some((at, _)) => {
                escape(text.get(..at).unwrap_or_default(), out);
                out.extend_from_slice("…".as_bytes());
            }
            None => escape(text, out),
        }
    }
    out.extend_from_slice(b"</t>");
}

/// What follows a cell's place: a day, or its text where workbooks have no such day.
pub(super) fn day_body(day: i32, style: Style, out: &mut Vec<u8>) {
    let serial = day.saturating_add(DAY_ZERO);
    // Day 60 is the 29 February 1900 that never was; the last is the end of the year 9999.
    if (61..=2_958_465).contains(&serial) {
        number_body(f64::from(serial), style, out);
    } else {
        let mut text = Date::from_days(day).to_string();
        if style == Style::Month {
            text.truncate(text.len().saturating_sub(3));
        }
        text_body(&text, Style::Plain, out);
    }
}

fn style_attribute(style: Style, out: &mut Vec<u8>) {
    if style != Style::Plain {
        out.extend_from_slice(br#" s=""#);
        whole(style.position(), out);
        out.push(b'"');
    }
}

/// A cell's opening up to the row's number: `<c r="AB`.
pub(super) fn place(column: usize) -> Vec<u8> {
    let mut opening = b"<c r=\"".to_vec();
    opening.extend_from_slice(column_name(column).as_bytes());
    opening
}

/// A column's letters: A, ..., Z, AA, ...
pub(super) fn column_name(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// A small table's rows: the header unless it is empty, then the rest, the first column in `first`.
pub(super) fn table(sheet: &Sheet, first: Style, texts: Style, out: &mut Vec<u8>) {
    let mut row = 0;
    let mut line = |cells: &[Cell], header: bool, out: &mut Vec<u8>| {
        row += 1;
        open_row(row, out);
        for (column, cell) in cells.iter().enumerate() {
            if *cell == Cell::Empty {
                continue;
            }
            out.extend_from_slice(&place(column));
            whole(row as u64, out);
            out.push(b'"');
            match cell {
                Cell::Empty => {}
                Cell::Text(text) => {
                    let style = if column == 0 { first } else { texts };
                    text_body(text, if header { Style::Header } else { style }, out);
                }
                Cell::Number { value, decimals } => number_body(*value, Style::Number(*decimals), out),
                Cell::Percent(value) => number_body(value / 100.0, Style::Percent, out),
                Cell::Date(date) => day_body(date.days(), Style::Day, out),
            }
        }
        close_row(out);
    };
    if !sheet.header.is_empty() {
        let header: Vec<Cell> = sheet.header.iter().map(|text| Cell::Text(text.clone())).collect();
        line(&header, true, out);
    }
    for cells in &sheet.rows {
        line(cells, false, out);
    }
}

/// Widths that fit a small table's cells, within reason.
pub(super) fn widths(sheet: &Sheet, most: usize) -> Vec<usize> {
    let columns = sheet.rows.iter().map(Vec::len).chain([sheet.header.len()]).max().unwrap_or(0);
    let width = |column: usize| {
        let header = sheet.header.get(column).map_or(0, |text| text.chars().count().min(24));
        let cells = sheet.rows.iter().filter_map(|row| row.get(column)).map(|cell| match cell {
            Cell::Text(text) => text.chars().count(),
            Cell::Date(_) => 10,
            _ => 8,
        });
        (cells.max().unwrap_or(0).max(header) + 2).clamp(9, most)
    };
    (0..columns).map(width).collect()
}

/// Names that tabs can have: at most 31 characters, without the signs they cannot have, no two alike.
pub(super) fn tab_names(wanted: &[&str], otherwise: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in wanted {
        let plain: String = name
            .chars()
            .filter(|c| !c.is_control())
            .map(|c| if matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') { ' ' } else { c })
            .collect();
        let plain = plain.trim_matches(|c: char| c == '\'' || c.is_whitespace());
        let plain = if plain.is_empty() { otherwise } else { plain };
        let cut = |length: usize| {
            let mut units = 0;
            let fits = plain.chars().take_while(|c| {
                units += c.len_utf16();
                units <= length
            });
            fits.collect::<String>().trim_end().trim_end_matches('\'').to_owned()
        };
        let mut name = cut(LONGEST_NAME);
        let mut number = 2;
        let is_taken = |name: &str| {
            let name = name.to_lowercase();
            // Excel keeps this one for itself.
            name == "history" || names.iter().any(|other| other.to_lowercase() == name)
        };
        while is_taken(&name) {
            let ending = format!(" {number}");
            name = cut(LONGEST_NAME - ending.len()) + &ending;
            number += 1;
        }
        names.push(name);
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_workbooks_do() {
        let names: Vec<String> = [0, 25, 26, 701, 702, MOST_COLUMNS - 1].map(column_name).to_vec();
        assert_eq!(names, ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
    }

    #[test]
    fn tabs_have_names_that_workbooks_take() {
        let long = "Qué tan seguro se siente en su barrio";
        let names = tab_names(&["'a/b:c'", long, long, "", "TABLE", "History"], "Table");
        assert_eq!(
            names,
            [
                "a b c",
                "Qué tan seguro se siente en su",
                "Qué tan seguro se siente en s 2",
                "Table",
                "TABLE 2",
                "History 2"
            ]
        );
    }

    #[test]
    fn days_before_workbooks_begin_are_texts() {
        let body = |text: &str| {
            let mut out = Vec::new();
            day_body(Date::parse(text).unwrap().days(), Style::Day, &mut out);
            String::from_utf8(out).unwrap()
        };
        assert_eq!(body("2026-03-05"), r#" s="2"><v>46086</v></c>"#);
        assert_eq!(body("1900-03-01"), r#" s="2"><v>61</v></c>"#);
        assert_eq!(body("1900-02-28"), r#" t="inlineStr"><is><t>1900-02-28</t></is></c>"#);
    }

    #[test]
    fn a_text_longer_than_a_cell_is_cut_between_signs() {
        let text = "ñ".repeat(20_000) + &"😀".repeat(10_000);
        let mut out = Vec::new();
        text_element(&text, &mut out);
        let cell = String::from_utf8(out).unwrap();
        let cell = cell.strip_prefix("<t>").unwrap().strip_suffix("</t>").unwrap();
        assert_eq!(cell.encode_utf16().count(), 32_767);
        assert!(cell.ends_with("😀…"));
    }
}
