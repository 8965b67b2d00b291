//! Responses as a workbook, written row by row: the XML of a sheet goes through deflate into the archive as it is made.
//!
//! Sheets: read me, the tables given, responses with codes (choices by name, a name that is a whole number as a number),
//! responses with labels, codebook. Numbers are numbers and days are days; texts are never formulas, whatever they begin with.
//! Labels and names stand once, among the shared strings; texts that people wrote stand in their cells.

use std::collections::HashMap;

use super::block::{Block, Value};
use super::codebook;
use super::csv::{SKIPPED, choice_texts, list_of, several_texts, whole};
use super::layout::{About, Column, Layout, Part};
use super::options::{FileError, Format, Notice, Options, Profile};
use super::plan::{Plan, month_of};
use super::readme;
use super::sheet::{
    Look, MOST_COLUMNS, MOST_ROWS, STYLES, Sheet, Style, close_row, column_name, day_body, head, number_body,
    open_high_row, open_row, place, shared_body, tab_names, table, tail, text_body, text_element, widths,
};
use super::xml::escape;
use super::zip::Zip;
use crate::form::QuestionKind;
use crate::i18n::file as words;

/// The rows are written twice: with codes and with labels.
pub(super) const ROUNDS: usize = 2;
/// Bytes that gather before they are deflated.
const PIECE: usize = 1 << 16;
/// The widest column of a sheet of responses and of a small table, in characters.
const WIDEST: (usize, usize) = (40, 60);
/// So many columns print readably on the width of a page.
const FITTING: usize = 9;
/// The part of a sheet.
pub(super) const SHEET: &str = "xl/worksheets/sheet#.xml";

#[derive(Debug)]
pub(super) struct Xlsx<'a> {
    layout: Layout<'a>,
    zip: Zip,
    strings: Strings,
    /// Small sheets before the responses.
    before: Vec<Sheet>,
    codebook: Sheet,
    /// Names of all sheets.
    names: Vec<String>,
    survey: String,
    rows: usize,
    /// The sheet that is open, from 1.
    sheet: usize,
    labels: bool,
    /// Per column of the sheet, its cells' opening.
    places: Vec<Vec<u8>>,
    /// Per choice list of the form, what follows the place of a cell with that choice; for codes and for labels.
    choices: [Vec<Vec<Vec<u8>>>; 2],
    /// The choices' texts, for cells that have several.
    texts: [Vec<Vec<String>>; 2],
    /// The same for "shown and skipped".
    skipped: [Vec<u8>; 2],
    buffer: Vec<u8>,
    scratch: String,
}

/// Texts that stand once in a workbook.
#[derive(Debug, Default)]
struct Strings {
    texts: Vec<String>,
    known: HashMap<String, usize>,
}

impl Strings {
    fn share(&mut self, text: &str) -> usize {
        if let Some(at) = self.known.get(text) {
            return *at;
        }
        self.texts.push(text.to_owned());
        self.known.insert(text.to_owned(), self.texts.len() - 1);
        self.texts.len() - 1
    }

    fn body(&mut self, text: &str) -> Vec<u8> {
        let mut body = Vec::new();
        shared_body(self.share(text), Style::of_text(text, Style::Plain), &mut body);
        body
    }
}

impl<'a> Xlsx<'a> {
    /// Errors: a sheet that no workbook can hold.
    pub(super) fn new(
        layout: Layout<'a>,
        plan: &Plan,
        notice: Notice,
        options: &Options,
    ) -> Result<Xlsx<'a>, FileError> {
        let language = options.language;
        let lines = readme::lines(&layout, plan, &notice, options, Format::Xlsx);
        let mut before = vec![readme::sheet(&lines, language)];
        before.extend(notice.tables);
        let codebook = codebook::table(layout.form, options);
        let rows = plan.ids.len();
        let columns = layout.about.len() + layout.columns.len();
        let small = before.iter().chain([&codebook]);
        let sizes = small.map(|sheet| {
            let widest = sheet.rows.iter().map(Vec::len).chain([sheet.header.len()]).max();
            (sheet.rows.len() + 1, widest.unwrap_or(0))
        });
        for (rows, columns) in sizes.chain([(rows + 1, columns)]) {
            check(rows, columns)?;
        }
        let mut wanted: Vec<&str> = before.iter().map(|sheet| sheet.name.as_str()).collect();
        wanted.extend([words::sheet_codes(language), words::sheet_labels(language), &codebook.name]);
        let names = tab_names(&wanted, words::sheet_table(language));
        let mut strings = Strings::default();
        let texts = [false, true].map(|labels| choice_texts(&layout, labels));
        let choices = texts.each_ref().map(|lists| {
            let lists = lists.iter();
            lists.map(|texts| texts.iter().map(|text| choice_body(text, &mut strings)).collect()).collect()
        });
        // In an order of their own: that of the blocks would tell in which these came.
        for name in plan.waves.iter().chain(&plan.languages).chain([&notice.survey, &layout.form.version]) {
            strings.share(name);
        }
        let skipped = [SKIPPED, words::no_answer(language)].map(|text| strings.body(text));
        Ok(Xlsx {
            zip: Zip::new(),
            strings,
            before,
            codebook,
            names,
            survey: notice.survey,
            rows,
            sheet: 0,
            labels: false,
            places: (0..columns).map(place).collect(),
            choices,
            texts,
            skipped,
            buffer: Vec::with_capacity(PIECE * 2),
            scratch: String::new(),
            layout,
        })
    }

    /// Everything before the responses, and the header of the first sheet of them.
    pub(super) fn head(&mut self, sink: &mut dyn FnMut(&[u8])) -> Result<(), FileError> {
        self.part("[Content_Types].xml", &content_types(self.names.len()), sink)?;
        self.part("_rels/.rels", ROOT_RELATIONS, sink)?;
        let workbook = self.workbook();
        self.part("xl/workbook.xml", &workbook, sink)?;
        self.part("xl/_rels/workbook.xml.rels", &relations(self.names.len()), sink)?;
        self.part("xl/styles.xml", STYLES, sink)?;
        for sheet in std::mem::take(&mut self.before) {
            self.small_sheet(&sheet, sink)?;
        }
        self.open_responses(sink);
        Ok(())
    }

    /// Rows of the open sheet of responses.
    pub(super) fn rows(&mut self, block: &Block<'_>, sink: &mut dyn FnMut(&[u8])) -> Result<(), FileError> {
        let waves: Vec<Vec<u8>> = block.table.waves.iter().map(|wave| self.strings.body(wave)).collect();
        let languages: Vec<Vec<u8>> =
            block.table.languages.iter().map(|tag| self.strings.body(tag)).collect();
        let survey = self.strings.body(&self.survey);
        let version = self.strings.body(&self.layout.form.version);
        let mut out = std::mem::take(&mut self.buffer);
        let mut scratch = std::mem::take(&mut self.scratch);
        let mut row_number = Vec::new();
        for (row, facts) in block.table.rows.iter().enumerate() {
            let number = block.before + row + 2;
            row_number.clear();
            whole(number as u64, &mut row_number);
            row_number.push(b'"');
            open_row(number, &mut out);
            let mut places = self.places.iter();
            for (about, _) in &self.layout.about {
                let Some(place) = places.next() else { break };
                out.extend_from_slice(place);
                out.extend_from_slice(&row_number);
                let of = |bodies: &[Vec<u8>], at: u16, out: &mut Vec<u8>| {
                    let body = bodies.get(usize::from(at)).map(Vec::as_slice);
                    out.extend_from_slice(body.unwrap_or(EMPTY));
                };
                match about {
                    About::Id => text_body(&facts.id.to_text(), Style::Plain, &mut out),
                    About::Row => number_body((number - 1) as f64, Style::Plain, &mut out),
                    About::Survey => out.extend_from_slice(&survey),
                    About::Wave => of(&waves, facts.wave, &mut out),
                    About::FormVersion => out.extend_from_slice(&version),
                    About::Language => of(&languages, facts.language, &mut out),
                    About::Started => self.day(facts.started, &mut out),
                    About::Finished => self.day(facts.finished, &mut out),
                    About::Example => number_body(f64::from(facts.example), Style::Plain, &mut out),
                }
            }
            for (column, place) in self.layout.columns.iter().zip(places) {
                let value = block.value(column, row);
                if value == Value::NotShown {
                    continue;
                }
                out.extend_from_slice(place);
                out.extend_from_slice(&row_number);
                match value {
                    Value::NotShown => {}
                    Value::Skipped => out.extend_from_slice(pick::<Vec<u8>>(&self.skipped, self.labels)),
                    Value::Choice(at) => out.extend_from_slice(self.choice(column, at)),
                    Value::Mark(marked) => number_body(f64::from(marked), Style::Plain, &mut out),
                    Value::Place(place) => number_body(place as f64, Style::Plain, &mut out),
                    Value::Number(value) => number_body(value, Style::Plain, &mut out),
                    Value::Day(day) => self.day(day, &mut out),
                    Value::Text(text) => text_body(text, Style::Plain, &mut out),
                    several @ (Value::Set(_) | Value::Order(_) | Value::Stray(_)) => {
                        let texts = pick(&self.texts, self.labels);
                        several_texts(&self.layout, texts, self.labels, column, several, &mut scratch);
                        text_body(&scratch, Style::Plain, &mut out);
                    }
                }
            }
            close_row(&mut out);
            if out.len() >= PIECE {
                self.zip.write(&out, sink);
                out.clear();
            }
        }
        // The rest waits: where deflate's pieces end must not depend on how many rows came together.
        (self.buffer, self.scratch) = (out, scratch);
        Ok(())
    }

    /// Ends the sheet with codes and begins that with labels.
    pub(super) fn next_round(&mut self, sink: &mut dyn FnMut(&[u8])) -> Result<(), FileError> {
        self.close_responses(sink)?;
        self.labels = true;
        self.open_responses(sink);
        Ok(())
    }

    /// Everything behind the responses.
    pub(super) fn finish(&mut self, sink: &mut dyn FnMut(&[u8])) -> Result<(), FileError> {
        if !self.labels {
            // Without a single row there was no round to end.
            self.next_round(sink)?;
        }
        self.close_responses(sink)?;
        let codebook = std::mem::take(&mut self.codebook);
        self.small_sheet(&codebook, sink)?;
        let strings = self.shared_strings();
        self.part("xl/sharedStrings.xml", &strings, sink)?;
        self.zip.finish(sink)
    }

    fn day(&self, day: i32, out: &mut Vec<u8>) {
        match self.layout.profile {
            Profile::Publication => day_body(month_of(day), Style::Month, out),
            Profile::Analyst => day_body(day, Style::Day, out),
        }
    }

    fn choice(&self, column: &Column, at: usize) -> &[u8] {
        let list = list_of(column).and_then(|list| pick(&self.choices, self.labels).get(list));
        list.and_then(|list| list.get(at)).map_or(EMPTY, Vec::as_slice)
    }

    fn open_responses(&mut self, sink: &mut dyn FnMut(&[u8])) {
        self.sheet += 1;
        self.zip.open(SHEET, self.sheet, sink);
        let about = self.layout.about.iter().map(|(about, _)| {
            let header = if self.labels {
                readme::about(*about, self.layout.profile, self.layout.words)
            } else {
                about.header()
            };
            let width = match about {
                About::Id => 34,
                About::Survey | About::FormVersion => 20,
                _ => 12,
            };
            (header.to_owned(), width)
        });
        let answers = self.layout.columns.iter().map(|column| {
            let header = if self.labels { self.layout.title(column) } else { column.header.clone() };
            let width = match (column.kind, column.part) {
                (QuestionKind::Text, _) => WIDEST.0,
                (_, Part::Choice(_)) if !self.labels => column.header.chars().count() + 3,
                _ if self.labels => 24,
                _ => column.header.chars().count() + 3,
            };
            (header, width.clamp(9, WIDEST.0))
        });
        let (headers, widths): (Vec<String>, Vec<usize>) = about.chain(answers).unzip();
        let mut out = std::mem::take(&mut self.buffer);
        head(Look { widths: &widths, frozen: true, front: false, fits: false }, &mut out);
        let wrapped = headers.iter().map(String::as_str).zip(widths.iter().copied());
        open_high_row(1, wrapped, &mut out);
        for (header, place) in headers.iter().zip(&self.places) {
            out.extend_from_slice(place);
            out.extend_from_slice(b"1\"");
            text_body(header, Style::Header, &mut out);
        }
        close_row(&mut out);
        self.buffer = out;
        self.flush(sink);
    }

    fn close_responses(&mut self, sink: &mut dyn FnMut(&[u8])) -> Result<(), FileError> {
        tail(Some((self.places.len(), self.rows + 1)), false, &mut self.buffer);
        self.flush(sink);
        self.zip.close(sink)
    }

    fn small_sheet(&mut self, sheet: &Sheet, sink: &mut dyn FnMut(&[u8])) -> Result<(), FileError> {
        self.sheet += 1;
        self.zip.open(SHEET, self.sheet, sink);
        let is_readme = self.sheet == 1;
        let widths = if is_readme { vec![30, 100] } else { widths(sheet, WIDEST.1) };
        let frozen = !sheet.header.is_empty();
        let fits = sheet.header.len() <= FITTING;
        head(Look { widths: &widths, frozen, front: is_readme, fits }, &mut self.buffer);
        let first = if is_readme { Style::Bold } else { Style::Wrapped };
        table(sheet, &widths, first, Style::Wrapped, &mut self.buffer);
        tail(frozen.then(|| (sheet.header.len(), sheet.rows.len() + 1)), fits, &mut self.buffer);
        self.flush(sink);
        self.zip.close(sink)
    }

    fn part(&mut self, name: &'static str, text: &str, sink: &mut dyn FnMut(&[u8])) -> Result<(), FileError> {
        self.zip.open(name, 0, sink);
        self.zip.write(text.as_bytes(), sink);
        self.zip.close(sink)
    }

    fn flush(&mut self, sink: &mut dyn FnMut(&[u8])) {
        self.zip.write(&self.buffer, sink);
        self.buffer.clear();
    }

    fn shared_strings(&self) -> String {
        let mut out = Vec::new();
        out.extend_from_slice(HEADING.as_bytes());
        out.extend_from_slice(br#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">"#);
        for text in &self.strings.texts {
            out.extend_from_slice(b"<si>");
            text_element(text, &mut out);
            out.extend_from_slice(b"</si>");
        }
        out.extend_from_slice(b"</sst>");
        String::from_utf8(out).unwrap_or_default()
    }

    fn workbook(&self) -> String {
        let mut text = format!(
            "{HEADING}<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
             xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><bookViews>\
             <workbookView/></bookViews><sheets>"
        );
        for (number, name) in (1..).zip(&self.names) {
            let name = escaped(name);
            text += &format!("<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>");
        }
        text += "</sheets><definedNames>";
        let first = self.before.len();
        let responses = (self.places.len(), self.rows + 1);
        let sizes = self.before.iter().map(|sheet| (sheet.header.len(), sheet.rows.len() + 1));
        let last = (self.codebook.header.len(), self.codebook.rows.len() + 1);
        let sizes: Vec<(usize, usize)> = sizes.chain([responses, responses, last]).collect();
        let filtered =
            || sizes.iter().zip(&self.names).enumerate().filter(|(_, ((columns, _), _))| *columns > 0);
        for (at, ((columns, rows), name)) in filtered() {
            let (name, column) = (quoted(name), column_name(columns - 1));
            text += &format!(
                "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"{at}\" hidden=\"1\">\
                 {name}!$A$1:${column}${rows}</definedName>"
            );
        }
        for (at, (_, name)) in filtered().filter(|(at, _)| *at < first || *at == first + 2) {
            text += &format!(
                "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"{at}\">{}!$1:$1</definedName>",
                quoted(name)
            );
        }
        text + "</definedNames></workbook>"
    }
}

/// A cell that turned out to hold nothing.
const EMPTY: &[u8] = b"/>";
pub(super) const HEADING: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
pub(super) const ROOT_RELATIONS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    "\n",
    r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    r#"<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" "#,
    r#"Target="xl/workbook.xml"/></Relationships>"#,
);

pub(super) fn content_types(sheets: usize) -> String {
    let part = |name: &str, kind: &str| {
        format!(
            "<Override PartName=\"/xl/{name}.xml\" \
             ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml\"/>"
        )
    };
    let mut text = format!(
        "{HEADING}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    );
    text += &part("workbook", "sheet.main");
    text += &part("styles", "styles");
    text += &part("sharedStrings", "sharedStrings");
    text.extend((1..=sheets).map(|number| part(&format!("worksheets/sheet{number}"), "worksheet")));
    text + "</Types>"
}

pub(super) fn relations(sheets: usize) -> String {
    let relation = |id: usize, kind: &str, target: &str| {
        format!(
            "<Relationship Id=\"rId{id}\" \
             Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{target}.xml\"/>"
        )
    };
    let mut text = format!(
        "{HEADING}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    );
    text.extend((1..=sheets).map(|id| relation(id, "worksheet", &format!("worksheets/sheet{id}"))));
    text += &relation(sheets + 1, "styles", "styles");
    text += &relation(sheets + 2, "sharedStrings", "sharedStrings");
    text + "</Relationships>"
}

/// A name or label that is a whole number is one, as a spreadsheet reads the CSV: scales are numbers here and there.
fn choice_body(text: &str, strings: &mut Strings) -> Vec<u8> {
    match text.parse::<i32>().ok().filter(|number| number.to_string() == text) {
        Some(number) => {
            let mut body = Vec::new();
            number_body(f64::from(number), Style::Plain, &mut body);
            body
        }
        None => strings.body(text),
    }
}

pub(super) fn check(rows: usize, columns: usize) -> Result<(), FileError> {
    if rows > MOST_ROWS {
        return Err(FileError::TooManyRows { rows, most: MOST_ROWS });
    }
    if columns > MOST_COLUMNS {
        return Err(FileError::TooManyColumns { columns, most: MOST_COLUMNS });
    }
    Ok(())
}

fn pick<T>(pair: &[T; 2], labels: bool) -> &T {
    let [codes, texts] = pair;
    if labels { texts } else { codes }
}

pub(super) fn escaped(text: &str) -> String {
    let mut out = Vec::new();
    escape(text, &mut out);
    String::from_utf8(out).unwrap_or_default()
}

/// A sheet's name in a reference.
fn quoted(name: &str) -> String {
    escaped(&format!("'{}'", name.replace('\'', "''")))
}
