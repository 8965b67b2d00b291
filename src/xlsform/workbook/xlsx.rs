//! Workbooks of today: XML parts in a zip archive. Only the parts that are needed are unpacked, one at a time.

use super::format::{Formats, shows_moment};
use super::grid::Grid;
use super::xml::{Event, LONGEST, Xml};
use super::zip::Zip;
use super::{MOST_CELLS, MOST_TEXT, OpenError, OpenErrorKind, Wants, damaged, too_large};
use crate::form::read_number;

/// The part that says where the workbook is.
const ROOT: &str = "_rels/.rels";

/// The sheets that are wanted.
///
/// Errors: [`OpenErrorKind`] says which.
pub(super) fn read(bytes: &[u8], wants: &mut Wants<'_>) -> Result<Vec<(String, Grid)>, OpenError> {
    let zip = Zip::open(bytes)?;
    let book = relations(&zip, ROOT, "")?.into_iter().find(|relation| relation.is("officeDocument"));
    let book = book.map_or_else(|| String::from("xl/workbook.xml"), |book| book.target);
    // The same relation leads to documents and slides, and to workbooks that are not written in XML.
    let (folder, file) = book.rsplit_once('/').unwrap_or(("", &book));
    if !zip.has(&book) || !file.to_ascii_lowercase().ends_with(".xml") {
        return Err(OpenError::new(OpenErrorKind::NotWorkbook));
    }
    let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let relations = relations(&zip, &format!("{prefix}_rels/{file}.rels"), &prefix)?;
    let (tabs, later) = workbook(&text(&zip, &book)?)?;
    let by_kind = |kind| relations.iter().find(|relation| relation.is(kind)).map(|found| &found.target);
    let mut formats = match by_kind("styles") {
        Some(part) => styles(&text(&zip, part)?)?,
        None => Formats::default(),
    };
    formats.later = later;
    let strings = match by_kind("sharedStrings") {
        Some(part) => shared(&text(&zip, part)?).map_err(|error| error.at(part))?,
        None => Strings::default(),
    };
    let mut grids = Vec::new();
    for (tab, id) in tabs {
        if !wants(&tab) {
            continue;
        }
        let part = relations.iter().find(|relation| relation.id == id).ok_or_else(|| damaged().at(&tab))?;
        let grid = text(&zip, &part.target).and_then(|text| sheet(&text, &strings, &formats));
        let grid = grid.map_err(|error| error.at(&tab))?;
        grids.push((tab, grid));
    }
    Ok(grids)
}

/// A part as text; one that is not there is blank.
fn text(zip: &Zip<'_>, part: &str) -> Result<String, OpenError> {
    String::from_utf8(zip.part(part)?.unwrap_or_default()).map_err(|_| damaged().at(part))
}

#[derive(Debug)]
struct Relation {
    id: String,
    kind: String,
    target: String,
}

impl Relation {
    /// Kinds are addresses, and those of the strict form of the format differ but for their ends.
    fn is(&self, kind: &str) -> bool {
        self.kind.rsplit_once('/').is_some_and(|(_, end)| end == kind)
    }
}

fn relations(zip: &Zip<'_>, part: &str, folder: &str) -> Result<Vec<Relation>, OpenError> {
    let text = text(zip, part)?;
    let mut xml = Xml::new(&text);
    let mut relations = Vec::new();
    while let Some(event) = xml.next()? {
        let Event::Open(tag) = event else { continue };
        if let ("Relationship", Some(id), Some(kind), Some(target)) =
            (tag.name, tag.attribute("Id"), tag.attribute("Type"), tag.attribute("Target"))
        {
            let target = match target.strip_prefix('/') {
                Some(whole) => whole.to_owned(),
                None => format!("{folder}{}", target.trim_start_matches("./")),
            };
            relations.push(Relation { id: id.into_owned(), kind: kind.into_owned(), target });
        }
    }
    Ok(relations)
}

/// The tabs with the ids of their relations, and whether days count from 1904.
fn workbook(text: &str) -> Result<(Vec<(String, String)>, bool), OpenError> {
    let mut xml = Xml::new(text);
    let (mut tabs, mut later) = (Vec::new(), false);
    while let Some(event) = xml.next()? {
        let Event::Open(tag) = event else { continue };
        match tag.name {
            "workbookPr" => later = tag.flag("date1904"),
            "sheet" => {
                if let (Some(name), Some(id)) = (tag.attribute("name"), tag.attribute("id")) {
                    tabs.push((name.into_owned(), id.into_owned()));
                }
            }
            _ => {}
        }
    }
    Ok((tabs, later))
}

fn styles(text: &str) -> Result<Formats, OpenError> {
    let mut xml = Xml::new(text);
    let mut formats = Formats::default();
    let mut inside = false;
    while let Some(event) = xml.next()? {
        match event {
            Event::Open(tag) if tag.name == "numFmt" => {
                if let (Some(id), Some(code)) = (tag.count("numFmtId"), tag.attribute("formatCode")) {
                    formats.own.extend(u16::try_from(id).ok().map(|id| (id, shows_moment(&code))));
                }
            }
            Event::Open(tag) if tag.name == "cellXfs" => inside = true,
            Event::Close("cellXfs") => inside = false,
            Event::Open(tag) if inside && tag.name == "xf" => {
                let id = tag.count("numFmtId").and_then(|id| u16::try_from(id).ok());
                formats.styles.push(id.unwrap_or(0));
            }
            _ => {}
        }
        // No program makes as many; each cell looks through them.
        if formats.styles.len() > 100_000 || formats.own.len() > 5_000 {
            return Err(too_large());
        }
    }
    Ok(formats)
}

/// Texts that stand once in a workbook, one behind the other.
#[derive(Debug, Default)]
struct Strings {
    all: String,
    ends: Vec<u32>,
}

impl Strings {
    fn get(&self, at: usize) -> Option<&str> {
        let end = *self.ends.get(at)? as usize;
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| *end as usize);
        self.all.get(start..end)
    }
}

fn shared(text: &str) -> Result<Strings, OpenError> {
    let mut xml = Xml::new(text);
    let mut strings = Strings::default();
    let mut reading = Reading::default();
    while let Some(event) = xml.next()? {
        match &event {
            Event::Open(tag) if tag.name == "si" => reading = Reading::default(),
            Event::Close("si") => {
                strings.all.push_str(&unescape(&reading.text));
                strings.ends.push(strings.all.len() as u32);
                if strings.all.len() > MOST_TEXT || strings.ends.len() > MOST_CELLS {
                    return Err(too_large());
                }
            }
            event => reading.take(event, "t")?,
        }
    }
    Ok(strings)
}

/// A text in the making: pieces within the elements that hold it, without how it is pronounced.
#[derive(Debug, Default)]
struct Reading {
    text: String,
    is_in: bool,
    is_spoken: bool,
}

impl Reading {
    fn take(&mut self, event: &Event<'_>, element: &str) -> Result<(), OpenError> {
        match event {
            Event::Open(tag) if tag.name == "rPh" => self.is_spoken = true,
            Event::Close("rPh") => self.is_spoken = false,
            Event::Open(tag) if tag.name == element => self.is_in = !self.is_spoken,
            Event::Close(name) if *name == element => self.is_in = false,
            Event::Text(text) if self.is_in && self.text.len() + text.len() > LONGEST => {
                return Err(too_large());
            }
            Event::Text(text) if self.is_in => self.text.push_str(text),
            _ => {}
        }
        Ok(())
    }
}

/// Signs that XML cannot hold stand as `_x000D_`.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let escape = rest.get(at..at + 7).filter(|escape| escape.ends_with('_'));
        let digits = escape.and_then(|escape| escape.get(2..6));
        let digits = digits.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let sign = digits.and_then(|digits| char::from_u32(u32::from_str_radix(digits, 16).ok()?));
        let (end, sign) = sign.map_or((at + 1, None), |sign| (at + 7, Some(sign)));
        out.push_str(rest.get(..if sign.is_some() { at } else { end }).unwrap_or_default());
        out.extend(sign);
        rest = rest.get(end..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// A cell in the making.
#[derive(Debug, Default)]
struct Open {
    column: usize,
    kind: String,
    style: usize,
    value: Reading,
    inline: Reading,
}

fn sheet(text: &str, strings: &Strings, formats: &Formats) -> Result<Grid, OpenError> {
    let mut xml = Xml::new(text);
    let mut grid = Grid::default();
    let (mut row, mut column) = (0usize, 0);
    let mut cell: Option<Open> = None;
    while let Some(event) = xml.next()? {
        match (&event, &mut cell) {
            (Event::Open(tag), _) if tag.name == "row" => {
                row = tag.count("r").unwrap_or(row.saturating_add(1));
                column = 0;
            }
            (Event::Open(tag), _) if tag.name == "c" => {
                column = tag.attribute("r").and_then(|place| column_of(&place)).unwrap_or(column);
                cell = Some(Open {
                    column,
                    kind: tag.attribute("t").unwrap_or_default().into_owned(),
                    style: tag.count("s").unwrap_or(0),
                    ..Open::default()
                });
                column += 1;
            }
            (Event::Close("c"), Some(open)) => {
                grid.put(row, open.column, &open.text(strings, formats))?;
                cell = None;
            }
            (event, Some(open)) => {
                open.value.take(event, "v")?;
                open.inline.take(event, "t")?;
            }
            _ => {}
        }
    }
    Ok(grid)
}

impl Open {
    fn text(&self, strings: &Strings, formats: &Formats) -> String {
        let value = &self.value.text;
        match self.kind.as_str() {
            "s" => {
                let at = value.trim().parse().ok();
                at.and_then(|at| strings.get(at)).unwrap_or_default().to_owned()
            }
            "inlineStr" => unescape(&self.inline.text),
            "b" => String::from(if matches!(value.trim(), "1" | "true") { "TRUE" } else { "FALSE" }),
            "" | "n" => match read_number(value.trim()) {
                Some(number) => formats.text(number, self.style),
                None => value.clone(),
            },
            // A day as ISO has it.
            "d" => value.trim_end_matches("T00:00:00").to_owned(),
            // A formula's text, or what went wrong with it.
            _ => unescape(value),
        }
    }
}

/// The column of a place: 27 of `AB3`. `None`: there are no letters, or more than columns have.
fn column_of(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic);
    let number =
        letters.take(4).fold(0, |sum, letter| sum * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1);
    number.checked_sub(1)
}

/// A sheet's part without a workbook around it.
#[cfg(test)]
pub(super) fn sheet_alone(text: &str) -> Result<Grid, OpenError> {
    sheet(text, &Strings::default(), &Formats::default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_numbers_of_their_letters() {
        let columns = ["A1", "Z9", "AA1", "AB3", "XFD1", "12"].map(column_of);
        assert_eq!(columns, [Some(0), Some(25), Some(26), Some(27), Some(16_383), None]);
    }

    #[test]
    fn escapes_are_the_signs_that_they_name() {
        for (text, plain) in [
            ("a_x000D_b", "a\rb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_x_ _xyz__x00e1_", "_x_ _xyz_á"),
            ("_x", "_x"),
        ] {
            assert_eq!(unescape(text), plain);
        }
    }
}
