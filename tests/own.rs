//! A form of one's own from its file to the report: read, kept, answered, summarized, taken away, and renewed.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

#[path = "common/job.rs"]
#[allow(dead_code, reason = "only some of it is needed")]
mod job;

use std::ops::ControlFlow;

use job::{done, find, matches, wait};
use sondeo::form::Date;
use sondeo::i18n::Language;
use sondeo::job::{
    FileKind, FormRead, Job, JobError, JobErrorKind, KeepForm, Kept, Outcome, Progress, Tools, run, wire,
};
use sondeo::response::{Answer, Response, ResponseId};
use sondeo::store::{MemoryStore, ResponseStore};
use sondeo::summary::{Profile, View};
use sondeo::survey::{Subject, Survey, SurveyState};
use sondeo::xlsform;

const FAIR: &str = include_str!("data/forms/fair.md");

const TODAY: Date = Date { year: 2026, month: 11, day: 28 };

fn read(markdown: &str, keep: KeepForm, store: &MemoryStore) -> Result<Outcome, JobError> {
    read_with(&[("fair.md", markdown.as_bytes())], keep, store)
}

/// The form first, then what comes with it.
fn read_with(all: &[(&str, &[u8])], keep: KeepForm, store: &MemoryStore) -> Result<Outcome, JobError> {
    let given: Vec<u8> = all.iter().flat_map(|(_, bytes)| *bytes).copied().collect();
    let files = all.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.len())).collect();
    let job = Job::ReadForm { files, keep, language: Language::En };
    // As it goes to the worker and back.
    let job = wire::request_from_json(&wire::request_to_json(&job))?;
    let mut tell = |_: Progress| ControlFlow::Continue(());
    let mut tools = Tools {
        matches,
        find,
        sealing: &|| Box::pin(async { None }),
        kept: &Kept::default(),
        progress: &mut tell,
        given: Some(&given),
        sink: &mut |_: &[u8]| (),
    };
    let reply = wait(run(&job, store, &mut tools));
    wire::reply_without_summary_from_json(&wire::reply_to_json(&reply))
}

fn looked_at(markdown: &str, store: &MemoryStore) -> FormRead {
    match read(markdown, KeepForm::No, store).unwrap() {
        Outcome::Read(read) => *read,
        other => panic!("{other:?}"),
    }
}

fn kept(markdown: &str, keep: KeepForm, store: &MemoryStore) -> Survey {
    match read(markdown, keep, store).unwrap() {
        Outcome::Kept(survey) => *survey,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_form_is_told_before_it_is_kept_and_kept_once() {
    let store = MemoryStore::default();
    let read = looked_at(FAIR, &store);
    assert_eq!(read.problems, []);
    let form = read.form.unwrap();
    assert_eq!((form.titles[0].as_str(), form.version.as_str()), ("Feria", "2026"));
    assert_eq!(form.languages, ["es", "en"]);
    assert_eq!(form.questions, 9);
    assert_eq!(read.same, []);
    assert!(wait(store.surveys()).unwrap().is_empty());

    let survey = kept(FAIR, KeepForm::New, &store);
    assert_eq!((survey.id.as_str(), survey.state), ("fair", SurveyState::Setup));
    assert_eq!(survey.name().es, "Feria");
    assert!(survey.form.version.starts_with("2026+"));
    assert!(matches!(&survey.subject, Subject::Own(own) if own.wave == 1));
    assert!(survey.obstacles().is_empty());
    assert!(wait(store.form(&survey.form)).unwrap().is_some());
    assert_eq!(looked_at(FAIR, &store).same, [("fair".to_owned(), "Feria".to_owned())]);
    // Another survey with the same form: the same version of it, another id.
    let again = kept(FAIR, KeepForm::New, &store);
    assert_eq!((again.id.as_str(), &again.form), ("fair_2", &survey.form));
}

#[test]
fn what_bars_a_form_is_told_by_place_and_nothing_is_kept() {
    let store = MemoryStore::default();
    let wrong = FAIR.replace("${liked} < 5", "${lked} < 5").replace("select_one place ", "select_one plase ");
    let read = looked_at(&wrong, &store);
    assert_eq!(read.form, None);
    let places: Vec<&str> = read.problems.iter().map(|problem| problem.place.as_str()).collect();
    assert_eq!(places.len(), 2, "{:?}", read.problems);
    assert!(places[0].contains("survey") && places[0].contains('3'), "{places:?}");
    assert!(places[1].contains("relevant"), "{places:?}");
    assert!(read.problems[1].text.contains("lked"));
    assert!(matches!(self::read(&wrong, KeepForm::New, &store), Ok(Outcome::Read(_))));
    assert!(wait(store.surveys()).unwrap().is_empty());

    let cyclic = FAIR
        .replace("sum(${years})", "sum(${years}) + string-length(${remark})")
        .replace("${liked} < 5", "${total} < 5");
    let read = looked_at(&cyclic, &store);
    assert_eq!(read.form, None);
    assert!(
        read.problems.iter().any(|problem| problem.bars && problem.text.contains("remark → total")),
        "{:?}",
        read.problems
    );

    for (name, bytes) in [("x.xlsx", &b"PK\x03\x04 nothing"[..]), ("x.xls", b""), ("x.md", b"no table")] {
        let files = vec![(name.to_owned(), bytes.len())];
        let job = Job::ReadForm { files, keep: KeepForm::No, language: Language::Es };
        let mut tell = |_: Progress| ControlFlow::Continue(());
        let (given, kept) = (Some(bytes), Kept::default());
        let mut tools = Tools {
            matches,
            find,
            sealing: &|| Box::pin(async { None }),
            kept: &kept,
            progress: &mut tell,
            given,
            sink: &mut |_: &[u8]| (),
        };
        let Ok(Outcome::Read(read)) = wait(run(&job, &store, &mut tools)) else { panic!("{name}") };
        assert!(read.form.is_none() && read.problems.len() == 1 && read.problems[0].bars, "{read:?}");
    }
}

/// A response as a phone would make it.
fn response(survey: &Survey, number: u8, answers: &[(&str, Answer)]) -> Response {
    Response {
        id: ResponseId([number; 16]),
        survey: survey.id.clone(),
        form: survey.form.clone(),
        wave: survey.wave(),
        language: "es".to_owned(),
        started: TODAY,
        finished: TODAY,
        example: false,
        answers: answers.iter().map(|(path, answer)| ((*path).to_owned(), answer.clone())).collect(),
    }
}

#[test]
fn every_screen_and_file_can_be_made_of_it() {
    let store = MemoryStore::default();
    let survey = kept(FAIR, KeepForm::New, &store);
    let examples = Job::Examples { survey: survey.id.clone(), count: 60, seed: 7, today: TODAY };
    assert!(matches!(done(&examples, &store), Ok((Outcome::Added(60), _))));
    for language in Language::ALL {
        for view in [View::default(), View { profile: Profile::Analyst, ..View::default() }] {
            let job = Job::Screen { survey: survey.id.clone(), view: view.clone(), language };
            let Ok((Outcome::Screen(screen), _)) = done(&job, &store) else { panic!("a screen") };
            let text = format!("{screen:?}");
            for wanted in language.pick(
                ["¿Dónde vive?", "Norte", "¿Qué compró?"],
                ["Where do you live?", "North", "What did you buy?"],
            ) {
                assert!(text.contains(wanted), "{wanted} in {text}");
            }
            for file in FileKind::ALL {
                let (survey, view, today) = (survey.id.clone(), view.clone(), TODAY);
                let publication = view.profile == Profile::Publication;
                let made = done(&Job::Export { survey, view, file, language, today }, &store);
                // Nobody has said which of its questions together tell who somebody is; and nobody gave a file.
                let refused = publication && matches!(file, FileKind::Csv { .. } | FileKind::Sav);
                if refused || file == FileKind::Files {
                    assert!(matches!(made, Err(JobError { kind: JobErrorKind::Refused, .. })), "{made:?}");
                    continue;
                }
                assert!(
                    matches!(made, Ok((Outcome::File { .. }, ref bytes)) if !bytes.is_empty()),
                    "{file:?}: {made:?}"
                );
            }
        }
    }
    let (_, csv) = done(
        &Job::Export {
            survey: survey.id.clone(),
            view: View { profile: Profile::Analyst, ..View::default() },
            file: FileKind::Csv { labels: false },
            language: Language::En,
            today: TODAY,
        },
        &store,
    )
    .unwrap();
    let csv = String::from_utf8_lossy(&csv);
    for column in ["place", "age", "liked", "total", "remark", "youngest"] {
        assert!(csv.lines().next().unwrap().contains(column), "{column} in {}", csv.lines().next().unwrap());
    }
}

#[test]
fn the_form_of_a_survey_can_be_taken_away_and_read_again() {
    let store = MemoryStore::default();
    let survey = kept(FAIR, KeepForm::New, &store);
    let (outcome, book) = done(&Job::WriteForm { survey: survey.id.clone() }, &store).unwrap();
    assert!(matches!(outcome, Outcome::File { name, .. } if name == "fair.xlsform.xlsx"));
    let read = xlsform::read(&xlsform::open("fair.xlsx", &book).unwrap());
    assert_eq!(read.problems, []);
    let before = wait(store.form(&survey.form)).unwrap().unwrap();
    let after = read.form.unwrap();
    assert_eq!(after.version, "2026");
    assert_eq!((after.nodes, after.languages), (before.nodes, before.languages));
}

#[test]
fn responses_to_the_version_before_count_where_the_questions_are_the_same() {
    let store = MemoryStore::default();
    let survey = kept(FAIR, KeepForm::New, &store);
    let north = Answer::Choice("north".to_owned());
    let old: Vec<Response> = (0..6)
        .map(|number| {
            response(
                &survey,
                number,
                &[
                    ("about/place", north.clone()),
                    ("liked", Answer::Integer(9)),
                    ("remark", Answer::Text("x".to_owned())),
                ],
            )
        })
        .collect();
    wait(store.add(&old)).unwrap();
    let newer = FAIR
        .replace("| 2026 ", "| 2027 ")
        .replace("range                    | liked ", "text                     | liked ")
        .replace("start=0 end=10 step=1", "");
    let renewed = kept(&newer, KeepForm::Renew("fair".to_owned()), &store);
    assert_eq!(renewed.id, survey.id);
    assert_ne!(renewed.form, survey.form);
    assert!(wait(store.form(&survey.form)).unwrap().is_some(), "the version before stays readable");
    let new: Vec<Response> = (10..15)
        .map(|number| {
            response(
                &renewed,
                number,
                &[("about/place", north.clone()), ("liked", Answer::Text("so".to_owned()))],
            )
        })
        .collect();
    wait(store.add(&new)).unwrap();
    let job = Job::Summarize { survey: renewed.id, view: View::default() };
    let Ok((Outcome::Summary(summary), _)) = done(&job, &store) else { panic!("a summary") };
    let question = |name: &str| summary.questions.iter().find(|question| question.name == name).unwrap();
    assert_eq!(question("place").base.as_ref().unwrap().valid, 11);
    assert_eq!(wait(store.responses("fair", 0, 100)).unwrap().len(), 11);
    assert!(matches!(
        read(&newer.replace("fair ", "fair2"), KeepForm::Renew("fair".to_owned()), &store),
        Err(JobError { .. })
    ));
}

#[test]
fn a_summary_claims_nothing_of_what_a_form_of_ones_own_asks() {
    let store = MemoryStore::default();
    let survey = kept(FAIR, KeepForm::New, &store);
    let examples = Job::Examples { survey: survey.id.clone(), count: 60, seed: 7, today: TODAY };
    done(&examples, &store).unwrap();
    let (file, language) = (FileKind::Report, Language::En);
    let job = Job::Export { survey: survey.id, view: View::default(), file, language, today: TODAY };
    let report = String::from_utf8(done(&job, &store).unwrap().1).unwrap();
    assert!(report.contains("Groups of fewer than 5 people are not shown"));
    assert!(!report.contains("No names or contact details"), "it asks for a name");
    assert!(report.contains("The most chosen answer to “What did you buy?” is"));
    assert!(!report.contains("The most chosen answer to “I agree”"), "there is one choice");
}

#[test]
fn a_form_without_an_id_goes_by_its_file_and_one_without_questions_is_no_form() {
    let store = MemoryStore::default();
    let bare = "| survey | | | |\n| | type | name | label |\n| | text | shop | ¿Qué puesto? |\n";
    let survey = kept(bare, KeepForm::New, &store);
    assert_eq!((survey.id.as_str(), survey.name().es.as_str()), ("fair", "fair"));
    assert_eq!(wait(store.form(&survey.form)).unwrap().unwrap().languages, ["es"]);
    let sums = bare
        .replace("label |", "label | calculation |")
        .replace("puesto? |", "puesto? | digest('x', 'MD5') |");
    assert!(
        looked_at(&sums, &store)
            .problems
            .iter()
            .any(|problem| problem.bars && problem.text.contains("digest()"))
    );
    let empty = "| survey | | | |\n| | type | name | label |\n| | note | shop | Bienvenida |\n";
    let read = looked_at(empty, &store);
    assert!(read.form.is_none() && read.problems.iter().any(|problem| problem.text.contains("no question")));
}

#[test]
fn choices_that_a_newer_version_has_no_more_are_told_before_it_is_kept() {
    let store = MemoryStore::default();
    kept(FAIR, KeepForm::New, &store);
    let read = looked_at(&FAIR.replace("| south ", "| east "), &store);
    let told: Vec<&str> = read.problems.iter().map(|problem| problem.text.as_str()).collect();
    assert!(
        matches!(told.as_slice(), [one] if one.contains("“south” is gone") && one.contains("“Feria”")),
        "{told:?}"
    );
    assert!(read.form.is_some());
}

#[test]
fn a_form_in_other_languages_is_kept_with_their_names_and_told_nothing() {
    let table = "
        | survey   | | | | |
        |          | type | name | label::Kreyòl (ht) | label::Español (es) |
        |          | text | a    | Youn               | Uno                 |
        | settings | | | | |
        |          | form_id | default_language | | |
        |          | kreyol  | Kreyòl (ht)      | | |";
    let store = MemoryStore::default();
    let read = looked_at(table, &store);
    assert_eq!(read.problems, []);
    assert_eq!(read.form.unwrap().languages, ["Kreyòl ayisyen", "Español"]);
    let survey = kept(table, KeepForm::New, &store);
    let form = wait(store.form(&survey.form)).unwrap().unwrap();
    assert_eq!(
        (form.languages, form.language_names),
        (vec!["ht".to_owned(), "es".to_owned()], vec!["Kreyòl ayisyen".to_owned(), "Español".to_owned()],)
    );
}

const PICTURED: &str = "
    | survey   | | | | |
    |          | type          | name | label    | image    |
    |          | select_one yn | a    | Which?   | house.png |
    | choices  | | | | |
    |          | list_name | name | label | image |
    |          | yn        | y    | Yes   | yes.jpg |
    |          | yn        | n    | No    | no.svg |
    | settings | | | | |
    |          | form_id | | | |
    |          | houses  | | | |";

#[test]
fn a_form_is_kept_with_what_it_shows_and_takes_it_to_other_devices() {
    let (store, other) = (MemoryStore::default(), MemoryStore::default());
    let (house, yes) = (&b"\x89PNG\r\n\x1a\n house"[..], &b"\xff\xd8\xff yes"[..]);
    let files = [
        ("houses.md", PICTURED.as_bytes()),
        ("house.png", house),
        ("yes.jpg", yes),
        ("no.svg", b"<svg/>"),
        ("unused.jpg", b"\xff\xd8\xff unused"),
    ];
    let Outcome::Read(told) = read_with(&files, KeepForm::No, &store).unwrap() else { panic!("not read") };
    let told: Vec<(bool, &str)> =
        told.problems.iter().map(|problem| (problem.bars, problem.place.as_str())).collect();
    assert_eq!(told, [(false, "no.svg"), (false, "Sheet choices, row 3, column image")]);
    let Outcome::Kept(survey) = read_with(&files, KeepForm::New, &store).unwrap() else { panic!("not kept") };
    let form = wait(store.form(&survey.form)).unwrap().unwrap();
    let names: Vec<String> = form.shown_files().into_iter().map(str::to_owned).collect();
    assert_eq!((form.format, names.len()), (4, 2), "what no row names is not kept");
    let held = |store: &MemoryStore| -> Vec<Option<Vec<u8>>> {
        names.iter().map(|name| wait(store.shown("houses", name)).unwrap()).collect()
    };
    let here = held(&store);
    assert!(here.contains(&Some(house.to_vec())) && here.contains(&Some(yes.to_vec())));

    let bundle = done(&Job::Bundle { survey: "houses".into(), today: TODAY }, &store).unwrap().1;
    assert!(bundle.starts_with(b"{\"sondeo\":\"bundle\",\"format\":4,"));
    join(&bundle, &other);
    assert_eq!(held(&other), here);
    let again = done(&Job::Bundle { survey: "houses".into(), today: TODAY }, &other).unwrap().1;
    assert_eq!(again, bundle, "and from there the same goes on");
    wait(other.remove_survey("houses")).unwrap();
    assert_eq!(held(&other), [None, None]);
}

#[test]
fn a_picture_under_the_name_of_another_is_not_kept() {
    use sha2::{Digest, Sha256};
    let (store, other) = (MemoryStore::default(), MemoryStore::default());
    let files = [("houses.md", PICTURED.as_bytes()), ("yes.jpg", b"\xff\xd8\xff yes")];
    read_with(&files, KeepForm::New, &store).unwrap();
    let bundle = done(&Job::Bundle { survey: "houses".into(), today: TODAY }, &store).unwrap().1;
    let text = String::from_utf8(bundle).unwrap();
    let (before, last) = text.trim_end().rsplit_once('\n').unwrap();
    // "/9j/IHllcw==" is what the file holds, "/9j/IG5vbw==" another picture.
    assert!(before.contains("/9j/") || before.contains("/9j"), "{before}");
    let before = before.replace("IHllcw", "IG5vbw") + "\n";
    let sum: String = Sha256::digest(before.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    let (start, _) = last.split_once("\"sha256\":\"").unwrap();
    join(format!("{before}{start}\"sha256\":\"{sum}\"}}\n").as_bytes(), &other);
    let form = wait(other.surveys()).unwrap().remove(0).form;
    let form = wait(other.form(&form)).unwrap().unwrap();
    let name = form.shown_files()[0].to_owned();
    assert_eq!(wait(other.shown("houses", &name)).unwrap(), None);
    assert!(wait(store.shown("houses", &name)).unwrap().is_some());
}

fn join(bundle: &[u8], store: &MemoryStore) {
    let mut tell = |_: Progress| ControlFlow::Continue(());
    let mut tools = Tools {
        matches,
        find,
        sealing: &|| Box::pin(async { None }),
        kept: &Kept::default(),
        progress: &mut tell,
        given: Some(bundle),
        sink: &mut |_: &[u8]| (),
    };
    wait(run(&Job::Join, store, &mut tools)).unwrap();
}
