//! The SPSS file, to the byte. That other programs read these bytes, values and labels, was tried by hand: `docs/files.md`.

use sondeo::report::file::Format;
use sondeo::report::file::codebook::Codebook;

use crate::small::{STUDY, VISIT, examples, form, random_responses};
use crate::{analyst, make, publication};

#[test]
fn the_bytes_are_those_that_other_programs_have_read() {
    let form = form();
    let responses = random_responses(&form, 40, 11);
    for (options, name) in [(analyst(), "analyst.sav"), (publication(), "publication.sav")] {
        let bytes = make(&form, Format::Sav, options, &responses);
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/report").join(name);
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&path, &bytes).unwrap();
        }
        assert!(
            std::fs::read(&path).unwrap() == bytes,
            "{name} differs; see docs/files.md before renewing it"
        );
    }
}

#[test]
fn the_names_and_numbers_of_variables_are_those_that_the_codebook_tells() {
    for instrument in [STUDY, VISIT] {
        let (_, form, responses) = examples(instrument, 60);
        for options in [analyst(), publication()] {
            let bytes = make(&form, Format::Sav, options.clone(), &responses);
            let number = |at: usize| i32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
            assert_eq!(number(80), 60, "cases");
            let text = String::from_utf8_lossy(&bytes);
            let names = text.split_once("X@1=").unwrap().1;
            let names = names.split(|c| !('\t'..='~').contains(&c)).next().unwrap();
            let names: Vec<&str> =
                names.split('\t').map(|pair| pair.split_once('=').map_or(pair, |(_, name)| name)).collect();
            let codebook = Codebook::new(&form, &options);
            let mut told: Vec<String> = codebook.about.iter().map(|(_, name, _)| name.clone()).collect();
            for entry in codebook.questions.iter().filter(|entry| entry.left_out.is_none()) {
                let parts: Vec<String> =
                    entry.choices.iter().filter_map(|choice| Some(choice.column.clone()?.1)).collect();
                if parts.is_empty() { told.push(entry.spss.clone()) } else { told.extend(parts) }
            }
            let general = |name: &str| name.replace("_1_", "_n_").replace("_2_", "_n_").replace("_3_", "_n_");
            for name in &names {
                assert!(told.contains(&(*name).to_owned()) || told.contains(&general(name)), "{name}");
            }
            assert!(names.len() >= told.len(), "{} {}", names.len(), told.len());
        }
    }
}

#[test]
fn files_of_all_kinds_stand_beside_each_other_for_other_programs_to_be_tried_on() {
    let (_, study, study_responses) = examples(STUDY, 80);
    let (_, visit, visit_responses) = examples(VISIT, 40);
    let odd = form();
    let odd_responses = random_responses(&odd, 90, 21);
    for (form, responses) in [(&*study, study_responses), (&*visit, visit_responses), (&odd, odd_responses)] {
        for options in [analyst(), publication()] {
            let mut sizes = Vec::new();
            for format in
                [Format::Csv { labels: false }, Format::Csv { labels: true }, Format::Xlsx, Format::Sav]
            {
                sizes.push(make(form, format, options.clone(), &responses).len());
            }
            assert!(sizes.iter().all(|size| (4_000..200_000).contains(size)), "{sizes:?}");
        }
    }
}
