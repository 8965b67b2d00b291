//! Workbooks up to 2003: records in a stream ([MS-XLS], "BIFF8"; of the version before only what forms need).

use super::cfb::Cfb;
use super::csv::windows;
use super::format::{Formats, shows_moment};
use super::grid::Grid;
use super::{MOST_CELLS, MOST_TEXT, OpenError, OpenErrorKind, Wants, damaged, too_large};

// The records that are read.
const BEGIN: u16 = 0x0809;
const END: u16 = 0x000a;
const LOCKED: u16 = 0x002f;
const LATER: u16 = 0x0022;
const CONTINUE: u16 = 0x003c;
const TAB: u16 = 0x0085;
const STYLE: u16 = 0x00e0;
const FORMAT: u16 = 0x041e;
const OLD_FORMAT: u16 = 0x001e;
const SHARED: u16 = 0x00fc;
const SHARED_CELL: u16 = 0x00fd;
const TEXT_CELL: u16 = 0x0204;
const RICH_CELL: u16 = 0x00d6;
const NUMBER_CELL: u16 = 0x0203;
const SHORT_CELL: u16 = 0x027e;
const SHORT_CELLS: u16 = 0x00bd;
const FLAG_CELL: u16 = 0x0205;
const FORMULA_CELL: u16 = 0x0006;
const FORMULA_TEXT: u16 = 0x0207;
/// The version whose texts are Unicode.
const UNICODE: u16 = 0x0600;
/// What cells say that hold no value, by number.
const FAULTS: [(u8, &str); 7] = [
    (0x00, "#NULL!"),
    (0x07, "#DIV/0!"),
    (0x0f, "#VALUE!"),
    (0x17, "#REF!"),
    (0x1d, "#NAME?"),
    (0x24, "#NUM!"),
    (0x2a, "#N/A"),
];

/// The sheets that are wanted.
///
/// Errors: [`OpenErrorKind`] says which.
pub(super) fn read(bytes: &[u8], wants: &mut Wants<'_>) -> Result<Vec<(String, Grid)>, OpenError> {
    let cfb = Cfb::open(bytes).ok_or_else(damaged)?;
    if cfb.has("EncryptedPackage") {
        // A workbook of today that asks for a password.
        return Err(OpenError::new(OpenErrorKind::Protected));
    }
    let Some(stream) = cfb.stream("Workbook").or_else(|| cfb.stream("Book")) else {
        return Err(OpenError::new(OpenErrorKind::NotWorkbook));
    };
    let book = Book::read(&stream)?;
    let mut grids = Vec::new();
    for (tab, start) in &book.tabs {
        if !wants(tab) {
            continue;
        }
        let grid = book.sheet(&stream, *start).map_err(|error| error.at(tab))?;
        grids.push((tab.clone(), grid));
    }
    Ok(grids)
}

/// What all sheets share.
#[derive(Debug, Default)]
struct Book {
    is_unicode: bool,
    tabs: Vec<(String, usize)>,
    formats: Formats,
    strings: Vec<String>,
}

impl Book {
    fn read(stream: &[u8]) -> Result<Book, OpenError> {
        let mut book = Book::default();
        let mut records = Records { stream, at: 0 };
        let mut begun = false;
        while let Some((kind, bytes)) = records.next() {
            let mut data = Data::new(bytes);
            match kind {
                BEGIN => {
                    begun = true;
                    book.is_unicode = data.u16().ok_or_else(damaged)? >= UNICODE;
                }
                _ if !begun => return Err(damaged()),
                LOCKED => return Err(OpenError::new(OpenErrorKind::Protected)),
                LATER => book.formats.later = data.u16() == Some(1),
                TAB => book.tabs.extend(book.tab(&mut data)),
                STYLE => book.formats.styles.push(data.at(2).u16().unwrap_or(0)),
                FORMAT | OLD_FORMAT => {
                    // A format of the version before has no number but its place, as those of the program itself.
                    let number = if book.is_unicode { data.u16() } else { None };
                    let code = data.text(book.is_unicode, true);
                    book.formats
                        .own
                        .extend(number.zip(code).map(|(number, code)| (number, shows_moment(&code))));
                }
                SHARED => {
                    let mut pieces = vec![bytes];
                    while let Some(more) = records.next_if(CONTINUE) {
                        pieces.push(more);
                    }
                    book.strings = shared(&pieces)?;
                }
                END => break,
                _ => {}
            }
            if book.formats.own.len() > 5_000 {
                return Err(too_large());
            }
        }
        if begun { Ok(book) } else { Err(damaged()) }
    }

    /// A tab's name and where its records begin. `None`: it holds no cells.
    fn tab(&self, data: &mut Data<'_>) -> Option<(String, usize)> {
        let start = data.u32()? as usize;
        let kind = data.u16()? >> 8;
        let length = usize::from(data.u8()?);
        let name = if self.is_unicode { data.unicode(length) } else { data.narrow(length) };
        name.filter(|_| kind == 0).map(|name| (name, start))
    }

    fn sheet(&self, stream: &[u8], start: usize) -> Result<Grid, OpenError> {
        let mut records = Records { stream, at: start };
        let mut grid = Grid::default();
        match records.next() {
            Some((BEGIN, _)) => {}
            _ => return Err(damaged()),
        }
        // The cell of a formula whose text comes in a record of its own.
        let mut waiting = None;
        // Charts in a sheet have records of their own between a beginning and an end.
        let mut depth = 0;
        while let Some((kind, bytes)) = records.next() {
            match kind {
                BEGIN => depth += 1,
                END if depth == 0 => break,
                END => depth -= 1,
                _ if depth > 0 => {}
                FORMULA_TEXT => {
                    if let Some((row, column)) = waiting.take() {
                        let mut pieces = vec![bytes];
                        while let Some(more) = records.next_if(CONTINUE) {
                            pieces.push(more);
                        }
                        let text = if self.is_unicode {
                            Pieces::new(&pieces).text()
                        } else {
                            Data::new(bytes).text(false, false)
                        };
                        grid.put(row, column, &text.unwrap_or_default())?;
                    }
                }
                _ => {
                    if let Some(place) = self.cell(kind, Data::new(bytes), &mut grid)? {
                        waiting = Some(place);
                    }
                }
            }
        }
        Ok(grid)
    }

    /// Puts the cells of a record; the place of one whose text is yet to come.
    fn cell(
        &self,
        kind: u16,
        mut data: Data<'_>,
        grid: &mut Grid,
    ) -> Result<Option<(usize, usize)>, OpenError> {
        let known = [
            SHARED_CELL,
            TEXT_CELL,
            RICH_CELL,
            NUMBER_CELL,
            SHORT_CELL,
            SHORT_CELLS,
            FLAG_CELL,
            FORMULA_CELL,
        ];
        if !known.contains(&kind) {
            return Ok(None);
        }
        let (Some(row), Some(mut column)) = (data.u16(), data.u16()) else { return Err(damaged()) };
        let row = usize::from(row) + 1;
        if kind == SHORT_CELLS {
            // The last two bytes are the last column.
            while data.rest.len() >= 8 {
                let (Some(style), Some(short)) = (data.u16(), data.u32()) else { break };
                let text = self.formats.text(short_number(short), style.into());
                grid.put(row, column.into(), &text)?;
                column = column.saturating_add(1);
            }
            return Ok(None);
        }
        let style = usize::from(data.u16().ok_or_else(damaged)?);
        let text = match kind {
            SHARED_CELL => {
                let at = data.u32().ok_or_else(damaged)? as usize;
                self.strings.get(at).ok_or_else(damaged)?.clone()
            }
            TEXT_CELL | RICH_CELL => data.text(self.is_unicode, false).ok_or_else(damaged)?,
            NUMBER_CELL => self.formats.text(data.f64().ok_or_else(damaged)?, style),
            SHORT_CELL => self.formats.text(short_number(data.u32().ok_or_else(damaged)?), style),
            FLAG_CELL => {
                let (Some(value), Some(is_fault)) = (data.u8(), data.u8()) else { return Err(damaged()) };
                flag(value, is_fault == 1)
            }
            _ => {
                let value: [u8; 8] =
                    data.take(8).and_then(|eight| eight.try_into().ok()).ok_or_else(damaged)?;
                match value {
                    [0, _, _, _, _, _, 0xff, 0xff] => return Ok(Some((row, column.into()))),
                    [1, _, value, _, _, _, 0xff, 0xff] => flag(value, false),
                    [2, _, value, _, _, _, 0xff, 0xff] => flag(value, true),
                    [_, _, _, _, _, _, 0xff, 0xff] => String::new(),
                    value => self.formats.text(f64::from_le_bytes(value), style),
                }
            }
        };
        grid.put(row, column.into(), &text)?;
        Ok(None)
    }
}

fn flag(value: u8, is_fault: bool) -> String {
    let fault = || FAULTS.iter().find(|(number, _)| *number == value).map_or("#N/A", |(_, text)| text);
    String::from(match (is_fault, value) {
        (true, _) => fault(),
        (false, 0) => "FALSE",
        (false, _) => "TRUE",
    })
}

/// A number in four bytes: a whole one or the upper half of a float, perhaps a hundred times too large.
fn short_number(short: u32) -> f64 {
    let number = match short & 2 {
        0 => f64::from_bits(u64::from(short & !3) << 32),
        _ => f64::from(short as i32 >> 2),
    };
    if short & 1 == 1 { number / 100.0 } else { number }
}

fn shared(pieces: &[&[u8]]) -> Result<Vec<String>, OpenError> {
    let mut pieces = Pieces::new(pieces);
    pieces.take(4).ok_or_else(damaged)?;
    let count = pieces.u32().ok_or_else(damaged)? as usize;
    let (mut strings, mut length) = (Vec::new(), 0);
    for _ in 0..count {
        // Some programs say that there are more than there are: a cell that wants one of those is what counts.
        let Some(text) = pieces.text() else { break };
        length += text.len();
        strings.push(text);
        if strings.len() > MOST_CELLS || length > MOST_TEXT {
            return Err(too_large());
        }
    }
    Ok(strings)
}

/// Records, one after the other: kind, length, data.
#[derive(Debug)]
struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

impl<'a> Records<'a> {
    fn next(&mut self) -> Option<(u16, &'a [u8])> {
        let mut data = Data::new(self.stream.get(self.at..)?);
        let (kind, length) = (data.u16()?, usize::from(data.u16()?));
        let bytes = data.take(length)?;
        self.at += 4 + length;
        Some((kind, bytes))
    }

    /// The next one's data if it is of this kind.
    fn next_if(&mut self, kind: u16) -> Option<&'a [u8]> {
        let before = self.at;
        match self.next() {
            Some((next, bytes)) if next == kind => Some(bytes),
            _ => {
                self.at = before;
                None
            }
        }
    }
}

/// A record's data, read from the front.
#[derive(Debug, Clone, Copy)]
struct Data<'a> {
    rest: &'a [u8],
}

impl<'a> Data<'a> {
    fn new(rest: &'a [u8]) -> Data<'a> {
        Data { rest }
    }

    fn at(self, place: usize) -> Data<'a> {
        Data { rest: self.rest.get(place..).unwrap_or_default() }
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    fn u8(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes(self.take(2)?.try_into().ok()?))
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    fn f64(&mut self) -> Option<f64> {
        Some(f64::from_le_bytes(self.take(8)?.try_into().ok()?))
    }

    /// A text behind its length; before Unicode, the length of a format's code was a byte.
    fn text(&mut self, is_unicode: bool, is_code: bool) -> Option<String> {
        match (is_unicode, is_code) {
            (true, _) => {
                let length = self.u16()?.into();
                self.unicode(length)
            }
            (false, true) => {
                let length = self.u8()?.into();
                self.narrow(length)
            }
            (false, false) => {
                let length = self.u16()?.into();
                self.narrow(length)
            }
        }
    }

    fn unicode(&mut self, length: usize) -> Option<String> {
        let is_wide = self.u8()? & 1 == 1;
        let bytes = self.take(if is_wide { length * 2 } else { length })?;
        let mut units = Vec::new();
        spread(bytes, is_wide, &mut units);
        Some(String::from_utf16_lossy(&units))
    }

    fn narrow(&mut self, length: usize) -> Option<String> {
        Some(self.take(length)?.iter().map(|byte| windows(*byte)).collect())
    }
}

/// A text's bytes as units: two of them each, or the lower one only.
fn spread(bytes: &[u8], is_wide: bool, units: &mut Vec<u16>) {
    if is_wide {
        let pairs = bytes.chunks_exact(2);
        units.extend(pairs.filter_map(|pair| Some(u16::from_le_bytes(pair.try_into().ok()?))));
    } else {
        units.extend(bytes.iter().map(|byte| u16::from(*byte)));
    }
}

/// Data that goes on from record to record. A text cut by an end says again, in the next record, how wide its signs are.
#[derive(Debug)]
struct Pieces<'a> {
    now: Data<'a>,
    rest: &'a [&'a [u8]],
}

impl<'a> Pieces<'a> {
    fn new(pieces: &'a [&'a [u8]]) -> Pieces<'a> {
        let (first, rest) = pieces.split_first().map_or((&[][..], &[][..]), |(first, rest)| (*first, rest));
        Pieces { now: Data::new(first), rest }
    }

    fn go_on(&mut self) -> Option<()> {
        let (next, rest) = self.rest.split_first()?;
        (self.now, self.rest) = (Data::new(next), rest);
        Some(())
    }

    /// Some bytes: never more than a text's pieces have.
    fn take(&mut self, length: usize) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        loop {
            let some = self.now.rest.len().min(length - bytes.len());
            bytes.extend_from_slice(self.now.take(some)?);
            if bytes.len() == length {
                return Some(bytes);
            }
            self.go_on()?;
        }
    }

    fn skip(&mut self, mut length: usize) -> Option<()> {
        loop {
            let some = self.now.rest.len().min(length);
            self.now.take(some)?;
            length -= some;
            if length == 0 {
                return Some(());
            }
            self.go_on()?;
        }
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes(self.take(2)?.try_into().ok()?))
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    /// A text with what follows it: how it is formatted and pronounced.
    fn text(&mut self) -> Option<String> {
        let length = usize::from(self.u16()?);
        let mut flags = *self.take(1)?.first()?;
        let runs = if flags & 8 > 0 { usize::from(self.u16()?) } else { 0 };
        let spoken = if flags & 4 > 0 { self.u32()? as usize } else { 0 };
        let mut units = Vec::new();
        while units.len() < length {
            if self.now.rest.is_empty() {
                self.go_on()?;
                flags = self.now.u8()?;
            }
            let is_wide = flags & 1 == 1;
            let width = if is_wide { 2 } else { 1 };
            let some = (length - units.len()).min(self.now.rest.len() / width);
            if some == 0 {
                // Half a sign: no program cuts there.
                return None;
            }
            spread(self.now.take(some * width)?, is_wide, &mut units);
        }
        self.skip(runs * 4)?;
        self.skip(spoken)?;
        Some(String::from_utf16_lossy(&units))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_four_bytes_are_unpacked() {
        assert_eq!(short_number(3 << 2 | 2), 3.0);
        assert_eq!(short_number(((-3_i32) << 2) as u32 | 2), -3.0);
        assert_eq!(short_number(1234 << 2 | 3), 12.34);
        assert_eq!(short_number((1.5_f64.to_bits() >> 32) as u32), 1.5);
    }

    #[test]
    fn texts_go_on_in_the_next_record() {
        let first: &[u8] = &[0, 0, 0, 0, 2, 0, 0, 0, 4, 0, 0, b'a', b'b'];
        let second: &[u8] = &[1, b'c', 0, 0xe9, 0, 1, 0, 8, 1, 0, b'x', 9, 9];
        let third: &[u8] = &[9, 9];
        assert_eq!(shared(&[first, second, third]).unwrap(), ["abcé", "x"]);
    }
}
