//! The codebook, and that it speaks of the columns that the files have.

use sondeo::i18n::Language;
use sondeo::report::file::codebook::{Codebook, csv, html};
use sondeo::report::file::{Options, Profile};

use crate::small::{STUDY, VISIT, examples, form};
use crate::{analyst, csv_cells, csv_text, keep, notice, publication};

#[test]
fn the_codebook_of_a_small_form() {
    let form = form();
    let text = csv(&form, &publication()).replace('\r', "");
    expect_test::expect_file!["../data/report/codebook.csv"].assert_eq(&text);
    let english = Options { language: Language::En, ..analyst() };
    expect_test::expect_file!["../data/report/codebook.html"].assert_eq(&html(&form, &english, &notice()));
}

#[test]
fn every_column_of_the_csv_stands_in_the_codebook() {
    for instrument in [STUDY, VISIT] {
        let (_, form, responses) = examples(instrument, 60);
        for options in [analyst(), publication()] {
            let codebook = Codebook::new(&form, &options);
            let mut known: Vec<String> =
                codebook.about.iter().map(|(header, ..)| (*header).to_owned()).collect();
            for entry in codebook.questions.iter().filter(|entry| entry.left_out.is_none()) {
                known.push(entry.column.clone());
                known.extend(entry.choices.iter().filter_map(|choice| Some(choice.column.clone()?.0)));
            }
            let header = csv_cells(&csv_text(&form, false, options.clone(), &responses)).remove(0);
            for name in &header {
                let general = match (name.split_once('['), name.split_once(']')) {
                    (Some((before, _)), Some((_, after))) => format!("{before}[n]{after}"),
                    _ => name.clone(),
                };
                assert!(known.contains(&general), "{name}");
            }
            let sensitive = codebook.questions.iter().filter(|entry| entry.sensitive).count();
            assert_eq!(sensitive > 0, instrument == STUDY);
            let told = codebook.questions.iter().any(|entry| entry.sensitive && entry.left_out.is_none());
            assert_eq!(told, instrument == STUDY && options.profile == Profile::Analyst);
        }
    }
}

#[test]
fn the_page_is_one_file_that_reads_as_xml() {
    for instrument in [STUDY, VISIT] {
        let (_, form, _) = examples(instrument, 1);
        for language in Language::ALL {
            let page = html(&form, &Options { language, ..publication() }, &notice());
            keep(&format!("{}-codebook.{}.html", form.id, language.tag()), page.as_bytes());
            let body = page.strip_prefix("<!DOCTYPE html>\n").unwrap();
            let document = roxmltree::Document::parse(body).unwrap();
            let tag = |name: &str| document.descendants().filter(|node| node.has_tag_name(name)).count();
            assert_eq!(tag("script") + tag("img") + tag("link"), 0);
            assert!(tag("section") > 30 && page.len() < 300_000, "{} {}", tag("section"), page.len());
        }
    }
}
