use std::path::PathBuf;
use std::sync::OnceLock;

use super::*;
use crate::form::Date;
use crate::report::file::book;
use crate::report::file::sheet::{Cell, Sheet as Table};
use calamine::{Data, Reader, Xls, Xlsx};
use proptest::collection::vec;
use proptest::prelude::*;

fn cells(texts: &[&str]) -> Vec<Cell> {
    texts.iter().map(|text| Cell::Text((*text).to_owned())).collect()
}

fn small() -> Vec<u8> {
    let header = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let survey = Table {
        name: " Survey".to_owned(),
        header: header(&["type", "name", "label", "default"]),
        rows: vec![
            cells(&["text", "place", " Where\u{a0}now? "]),
            vec![],
            vec![
                Cell::Text("date".to_owned()),
                Cell::Text("day".to_owned()),
                Cell::Number { value: 3.0, decimals: 1 },
                Cell::Date(Date::parse("2026-03-05").unwrap()),
            ],
            cells(&["note", "n", "a_x000D_b <&>\n=1+1", "", "beyond the header"]),
        ],
    };
    let choices = Table {
        name: "Choices".to_owned(),
        header: header(&["list name", "name", "label"]),
        rows: vec![vec![
            Cell::Text("l".to_owned()),
            Cell::Number { value: 0.5, decimals: 1 },
            Cell::Percent(12.5),
        ]],
    };
    let notes = Table { name: "notes".to_owned(), header: header(&["x"]), rows: vec![] };
    book(&[notes, survey, choices]).unwrap()
}

#[test]
fn a_workbook_is_its_sheets_with_the_numbers_of_their_rows() {
    let sheets = open("form.bin", &small()).unwrap().sheets;
    let row = |number, texts: &[&str]| super::super::Row {
        number,
        cells: texts.iter().map(|text| (*text).to_owned()).collect(),
    };
    assert_eq!(sheets.len(), 2);
    assert_eq!(sheets[0].name, SheetName::Survey);
    assert_eq!(sheets[0].header, ["type", "name", "label", "default"]);
    let rows = [
        row(2, &["text", "place", "Where now?"]),
        row(4, &["date", "day", "3", "2026-03-05"]),
        row(5, &["note", "n", "a_x000D_b <&>\n=1+1"]),
    ];
    assert_eq!(sheets[0].rows, rows);
    assert_eq!(sheets[1].name, SheetName::Choices);
    assert_eq!(sheets[1].rows, [row(2, &["l", "0.5", "0.125"])]);
}

#[test]
fn texts_are_opened_as_pyxform_has_them() {
    let markdown = "
        # A form
        | survey  |      |      |
        |         | type | name |
        |---------|------|------|
        |         | text | a\\|b |
        |         |      |      |
        |         | note | c    |
        | Choices | list_name | name |
        |         | l         | 1    |
        | other   | x |
        |         | y |";
    let csv = "\u{feff}\"survey\",,\n,\"type\",\"name\"\n,text,a|b\n,,\n,note,c\n\nchoices,list_name,name\n,l,1\nother,x\n,y\n";
    let of_markdown = open("a.MD", markdown.as_bytes()).unwrap().sheets;
    let of_csv = open("a.csv", csv.as_bytes()).unwrap().sheets;
    let numbers = |sheets: &[Sheet]| -> Vec<usize> {
        sheets.iter().flat_map(|sheet| &sheet.rows).map(|row| row.number).collect()
    };
    assert_eq!(numbers(&of_markdown), [2, 3, 2]);
    assert_eq!(numbers(&of_csv), [3, 5, 8]);
    for sheets in [of_markdown, of_csv] {
        assert_eq!(sheets.len(), 2);
        assert_eq!(sheets[0].header, ["type", "name"]);
        let cells: Vec<&Vec<String>> =
            sheets.iter().flat_map(|sheet| &sheet.rows).map(|row| &row.cells).collect();
        assert_eq!(cells, [&["text", "a|b"], &["note", "c"], &["l", "1"]]);
    }
}

#[test]
fn files_that_are_no_workbooks_are_refused_by_what_they_are() {
    let kind = |name: &str, bytes: &[u8]| open(name, bytes).unwrap_err().kind;
    let table = Table { name: "data".to_owned(), header: vec!["x".to_owned()], rows: vec![] };
    assert_eq!(kind("a.xlsx", &book(&[table]).unwrap()), OpenErrorKind::NoSurvey);
    assert_eq!(kind("a.xlsx", b"<html>"), OpenErrorKind::NotWorkbook);
    assert_eq!(kind("a.csv", b"a,b\n1,2"), OpenErrorKind::NoSurvey);
    assert_eq!(kind("a.md", &vec![b'|'; MOST_BYTES + 1]), OpenErrorKind::TooLarge);
    let mut cut = small();
    cut.truncate(cut.len() - 400);
    assert_eq!(kind("a.xlsx", &cut), OpenErrorKind::Damaged);
    assert_eq!(attach("a.csv", &small()).unwrap_err().kind, OpenErrorKind::NotWorkbook);
    let tall: String = (0..=MOST_ROWS + 1).map(|row| format!("{row}\n")).collect();
    assert_eq!(attach("a.csv", tall.as_bytes()).unwrap_err().kind, OpenErrorKind::TooLarge);
    let wide = ",x".repeat(MOST_COLUMNS);
    assert_eq!(attach("a.csv", wide.as_bytes()).unwrap_err().kind, OpenErrorKind::TooLarge);
}

#[test]
fn tables_come_in_three_formats() {
    let xml = "<?xml version='1.0'?><root><item><name>a</name><label>A &amp; <b>B</b></label></item>
        <item><name>c</name><x/><y>1</y></item></root>";
    let table = attach("t.xml", xml.as_bytes()).unwrap();
    assert_eq!(table.header, ["name", "label", "x", "y"]);
    assert_eq!(table.rows, [["a", "A & B", "", ""], ["c", "", "", "1"]]);
    let geojson = r#"{"type": "FeatureCollection", "features": [
        {"type": "Feature", "id": 7, "properties": {"title": "Aquí", "n": 1.5},
         "geometry": {"type": "Point", "coordinates": [-79.5, 8.9]}},
        {"properties": {"id": "b"}, "geometry": {"type": "LineString", "coordinates": [[1, 2], [3, 4]]}}]}"#;
    let table = attach("t.geojson", geojson.as_bytes()).unwrap();
    assert_eq!(table.header, ["id", "title", "n", "geometry"]);
    assert_eq!(table.rows, [["7", "Aquí", "1.5", "8.9 -79.5 0 0"], ["b", "", "", "2 1 0 0; 4 3 0 0"]]);
    for (name, text) in
        [("t.xml", "<root><item>"), ("t.xml", "</a>"), ("t.geojson", "{}"), ("t.geojson", "[")]
    {
        assert_eq!(attach(name, text.as_bytes()).unwrap_err().kind, OpenErrorKind::Damaged, "{text}");
    }
}

/// A workbook whose directory says other sizes than what is packed has.
#[test]
fn sizes_that_are_lies_are_refused_before_room_is_made() {
    let bytes = small();
    let entries: Vec<usize> =
        bytes.windows(4).enumerate().filter(|(_, four)| four == b"PK\x01\x02").map(|(at, _)| at).collect();
    assert!(entries.len() > 5);
    for at in entries {
        for (size, kind) in [
            (150_u32 << 20, OpenErrorKind::TooLarge),
            (99 << 20, OpenErrorKind::Damaged),
            (u32::MAX, OpenErrorKind::TooLarge),
            (1, OpenErrorKind::Damaged),
        ] {
            let mut lie = bytes.clone();
            lie[at + 24..at + 28].copy_from_slice(&size.to_le_bytes());
            // Parts that are not needed may say what they like, as long as it is little.
            if let Err(error) = open("a.xlsx", &lie) {
                assert_eq!(error.kind, kind, "{size} at {at}: {error:?}");
            } else {
                assert!(size < u32::MAX, "{size} at {at}");
            }
        }
    }
}

#[test]
fn a_sheet_that_says_it_is_huge_is_as_large_as_its_cells() {
    let cell = |place: &str| format!("<c r=\"{place}\" t=\"str\"><v>x</v></c>");
    let sheet = |cells: &str| {
        format!(
            "<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData><row r=\"1\">{cells}</row><row r=\"1048576\"/></sheetData></worksheet>"
        )
    };
    let read = |text: &str| xlsx::sheet_alone(text);
    let plain = read(&sheet(&cell("B1"))).unwrap().into_sheet(SheetName::Survey);
    assert_eq!((plain.header, plain.rows.len()), (vec![String::new(), "x".to_owned()], 0));
    let last = "<worksheet><row r=\"18446744073709551615\"><c><v>1</v></c></row></worksheet>";
    assert_eq!(read(last).unwrap_err().kind, OpenErrorKind::TooLarge);
    assert_eq!(read(&sheet(&cell("XFD1"))).unwrap_err().kind, OpenErrorKind::TooLarge);
}

#[test]
fn what_stands_far_off_is_no_part_of_a_sheet() {
    let form = |rows: usize, columns: usize| {
        let (down, right) = ("\n".repeat(rows), ",".repeat(columns));
        format!("survey,\n,type,name{right},label\n,text,a{right},A\n,note,b\n{down},text,far\n")
    };
    let shape = |rows, columns| {
        let sheet = open("a.csv", form(rows, columns).as_bytes()).unwrap().sheets.remove(0);
        (sheet.header.len(), sheet.rows.len())
    };
    assert_eq!(shape(60, 20), (23, 3));
    assert_eq!(shape(61, 20), (23, 2));
    assert_eq!(shape(60, 21), (2, 3));
}

/// The forms of the conformance folder, where it is there.
fn workbooks() -> &'static [(String, Vec<u8>)] {
    static FORMS: OnceLock<Vec<(String, Vec<u8>)>> = OnceLock::new();
    FORMS.get_or_init(|| {
        let named = std::env::var_os("SONDEO_CONFORMANCE_DIR").map(PathBuf::from);
        let beside = || Some(PathBuf::from(env!("CARGO_MANIFEST_DIR")).parent()?.join("shared/conformance"));
        let Some(folder) = named.or_else(beside) else { return Vec::new() };
        let entries = std::fs::read_dir(folder.join("forms")).into_iter().flatten().flatten();
        let paths = entries.map(|entry| entry.path());
        let books = paths.filter(|path| path.extension().is_some_and(|end| end != "xml"));
        books.map(|path| (path.display().to_string(), std::fs::read(path).unwrap())).collect()
    })
}

/// Another program's reader finds the same texts and numbers in the same cells.
#[test]
fn every_cell_is_what_another_reader_finds() {
    let mut compared = 0;
    for (name, bytes) in workbooks() {
        let sheets = match open(name, bytes) {
            Ok(sheets) => sheets.sheets,
            Err(error) => {
                println!("{name}: {error:?}");
                continue;
            }
        };
        let source = std::io::Cursor::new(bytes.as_slice());
        let ranges: Vec<(String, calamine::Range<Data>)> = if bytes.starts_with(b"PK") {
            let Ok(mut book) = Xlsx::new(source) else { continue };
            book.worksheets()
        } else {
            let Ok(mut book) = Xls::new(source) else { continue };
            book.worksheets()
        };
        for sheet in sheets {
            let (_, range) = ranges.iter().find(|(tab, _)| sheet_name(tab) == Some(sheet.name)).unwrap();
            let wanted = |row: usize, column: usize| match range.get_value((row as u32, column as u32)) {
                None | Some(Data::Empty) => String::new(),
                Some(Data::String(text)) => text.trim().replace('\u{a0}', " ").replace("\r\n", "\n"),
                Some(Data::Float(number)) => number.to_string(),
                Some(Data::Int(number)) => number.to_string(),
                Some(Data::Bool(is)) => is.to_string().to_uppercase(),
                Some(other) => format!("{other:?}"),
            };
            for row in &sheet.rows {
                for (column, _) in sheet.header.iter().enumerate() {
                    let found = row.cells.get(column).map_or("", String::as_str);
                    let wanted = wanted(row.number - 1, column);
                    compared += 1;
                    if !wanted.starts_with("DateTime") {
                        assert_eq!(
                            found, wanted,
                            "{name}, {:?}, row {}, column {column}",
                            sheet.name, row.number
                        );
                    }
                }
            }
            // Rows that stand far off are left out.
            let last = sheet.rows.last().map_or(1, |row| row.number) + 61;
            let end = range.end().map_or(0, |(row, _)| row as usize + 1).min(last);
            let blank = (0..end).filter(|row| {
                sheet.header.iter().enumerate().any(|(column, _)| !wanted(*row, column).is_empty())
            });
            assert_eq!(blank.count(), sheet.rows.len() + usize::from(!sheet.header.is_empty()), "{name}");
        }
    }
    println!("workbooks: {compared} cells compared in {} files", workbooks().len());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_stop_the_reader(start in 0_usize..5, bytes in vec(any::<u8>(), 0..2000)) {
        let signature = [zip::SIGNATURE, cfb::SIGNATURE, b"", b"survey,\n", b"| survey |\n"][start];
        let bytes = [signature, &bytes].concat();
        for name in ["a.xlsx", "a.csv", "a.md", "a.xml", "a.geojson"] {
            let _ = open(name, &bytes);
            let _ = attach(name, &bytes);
        }
    }

    #[test]
    fn no_text_stops_the_readers_of_text(text in "(\\| ?|survey|\"|,|;|\n|\\\\|type| |-|.){0,60}") {
        for name in ["a.csv", "a.md"] {
            let _ = open(name, text.as_bytes());
            let _ = attach(name, text.as_bytes());
        }
    }

    #[test]
    fn no_part_of_a_workbook_stops_the_reader(text in "(<c|<row| r=\"B2\"| t=\"s\"|>|/>|</|<v>|<is>|<t>|1|&#x1;|\"|=|<!--|]]>|.){0,60}") {
        let _ = xlsx::sheet_alone(&text);
    }

    #[test]
    fn damaged_workbooks_are_read_or_refused(
        which in any::<proptest::sample::Index>(),
        cut in proptest::option::of(any::<proptest::sample::Index>()),
        flips in vec((any::<proptest::sample::Index>(), 0_u8..8), 1..20),
    ) {
        static SMALL: OnceLock<Vec<u8>> = OnceLock::new();
        let small = SMALL.get_or_init(small);
        let forms: Vec<&Vec<u8>> =
            workbooks().iter().map(|(_, bytes)| bytes).filter(|bytes| bytes.len() < 60_000).chain([small]).collect();
        let mut bytes = forms[which.index(forms.len())].clone();
        for (at, bit) in flips {
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let _ = open("a", &bytes);
    }
}
