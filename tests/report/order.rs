//! The order of rows tells nothing, and the same responses make the same bytes.

use sondeo::report::file::{DataFile, FileError, Format, Profile};
use sondeo::response::Response;

use crate::small::{Random, STUDY, examples, form, random_responses};
use crate::{analyst, blocks, csv_cells, csv_text, drive, notice, publication};

const FORMATS: [Format; 4] =
    [Format::Csv { labels: false }, Format::Csv { labels: true }, Format::Xlsx, Format::Sav];

#[test]
fn the_same_responses_make_the_same_bytes_in_whatever_order_and_blocks_they_came() {
    let form = form();
    let responses = random_responses(&form, 230, 5);
    for options in [analyst(), publication()] {
        for format in FORMATS {
            let mut known: Option<Vec<u8>> = None;
            for (seed, size, room) in [(0, 230, 1 << 20), (1, 1, 1 << 20), (2, 64, 3000), (3, 13, 20_000)] {
                let mut shuffled: Vec<Response> = responses.clone();
                Random(seed).shuffle(&mut shuffled);
                let file = DataFile::new(&form, format, options.clone(), notice()).with_room(room);
                let (bytes, readings) = drive(file, &blocks(&form, &shuffled, size)).unwrap();
                assert!(readings == 2 || room < 1 << 20, "{readings} readings with room for {room}");
                assert!(readings > 2 || room > 3000, "{readings} readings with room for {room}");
                match &known {
                    None => known = Some(bytes),
                    Some(first) => assert!(*first == bytes, "{format:?} {:?} {seed}", options.profile),
                }
            }
        }
    }
}

#[test]
fn rows_stand_in_the_order_of_their_random_ids() {
    let (_, form, mut responses) = examples(STUDY, 50);
    responses.reverse();
    let cells = csv_cells(&csv_text(&form, false, analyst(), &responses));
    let ids: Vec<&str> = cells[1..].iter().map(|row| row[0].as_str()).collect();
    assert_eq!(ids.len(), 50);
    assert!(ids.is_sorted());
}

#[test]
fn what_came_after_the_first_reading_waits_and_what_went_is_told() {
    let form = form();
    let responses = random_responses(&form, 20, 9);
    let new = || DataFile::new(&form, Format::Csv { labels: false }, analyst(), notice());
    let first = blocks(&form, &responses[..19], 5);
    let all = blocks(&form, &responses, 5);
    let read = |second: &[sondeo::summary::Table]| {
        let mut file = new();
        let mut bytes = Vec::new();
        file.step(&mut |_| ()).unwrap();
        first.iter().try_for_each(|block| file.take(block)).unwrap();
        file.step(&mut |more| bytes.extend_from_slice(more)).unwrap();
        second.iter().try_for_each(|block| file.take(block)).unwrap();
        let step = file.step(&mut |more| bytes.extend_from_slice(more));
        step.map(|_| bytes)
    };
    let plain = drive(new(), &first).unwrap().0;
    assert!(read(&all).unwrap() == plain);
    assert_eq!(read(&first[1..]), Err(FileError::Changed));
}

#[test]
fn an_error_stays_and_an_analyst_gets_no_file_without_texts() {
    let form = form();
    let mut table = sondeo::summary::Table::new(&form);
    random_responses(&form, 36, 2).iter().for_each(|response| table.push(&form, response));
    let file = |options| DataFile::new(&form, Format::Xlsx, options, notice());
    assert_eq!(drive(file(analyst()), &[table.clone()]).unwrap_err(), FileError::NoTexts);
    assert!(drive(file(publication()), &[table.clone()]).is_ok());
    let few = sondeo::report::file::Options { minimum_cell: 40, ..publication() };
    let mut file = file(few);
    file.step(&mut |_| ()).unwrap();
    file.take(&table).unwrap();
    for _ in 0..2 {
        assert_eq!(file.step(&mut |_| ()), Err(FileError::TooFew { least: 40 }));
    }
    assert_eq!(publication().profile, Profile::Publication);
}

#[test]
fn a_survey_without_responses_has_files_all_the_same() {
    let form = form();
    for format in FORMATS {
        let file = DataFile::new(&form, format, analyst(), notice());
        let (bytes, readings) = drive(file, &[]).unwrap();
        assert!(bytes.len() > 50, "{format:?}");
        assert_eq!(readings, 1);
    }
}
