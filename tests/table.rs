//! Responses from tables: Sondeo's own files read back, those of other tools, rows with problems, and anything at all.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

#[path = "common/job.rs"]
#[allow(dead_code, reason = "only some of it is needed")]
mod job;

use std::ops::ControlFlow;

use job::{done, find, matches, wait};
use proptest::prelude::*;
use sondeo::form::Date;
use sondeo::i18n::Language;
use sondeo::job::{
    FileKind, Job, JobError, JobErrorKind, KeepForm, Kept, Outcome, Progress, TableFile, TableRead, Tools,
    run, wire,
};
use sondeo::response::{Answer, Response};
use sondeo::store::{FaultKind, FaultyStore, MemoryStore, ResponseStore};
use sondeo::summary::{Profile, View};
use sondeo::survey::Survey;

const FAIR: &str = include_str!("data/forms/fair.md");
const VISIT: &str = include_str!("../public/instruments/post_visit.json");
const STUDY: &str = include_str!("../public/instruments/community_safety.json");
const TODAY: Date = Date { year: 2026, month: 11, day: 28 };

/// Does a job on a file, as text there and back.
fn ask(store: &impl ResponseStore, job: &Job, given: &[u8]) -> Result<Outcome, JobError> {
    let job = wire::request_from_json(&wire::request_to_json(job))?;
    let mut tell = |_: Progress| ControlFlow::Continue(());
    let mut tools = Tools {
        matches,
        find,
        sealing: &|| Box::pin(async { None }),
        kept: &Kept::default(),
        progress: &mut tell,
        given: Some(given),
        sink: &mut |_: &[u8]| (),
    };
    let reply = wait(run(&job, store, &mut tools));
    wire::reply_without_summary_from_json(&wire::reply_to_json(&reply))
}

fn file_in(survey: &str, language: Language) -> TableFile {
    TableFile { survey: survey.to_owned(), day: TODAY, language }
}

fn looked_at(store: &impl ResponseStore, survey: &str, bytes: &[u8]) -> TableRead {
    match ask(store, &Job::ReadTable(file_in(survey, Language::En)), bytes).unwrap() {
        Outcome::Table(read) => {
            let read = *read;
            assert_eq!(read.new + read.here + read.breaks + read.barred, read.rows);
            read
        }
        other => panic!("{other:?}"),
    }
}

fn add(store: &impl ResponseStore, survey: &str, bytes: &[u8], as_answered: bool) -> Result<usize, JobError> {
    let file = file_in(survey, Language::En);
    match ask(store, &Job::AddTable { file, as_answered }, bytes)? {
        Outcome::Added(added) => Ok(added),
        other => panic!("{other:?}"),
    }
}

fn fair() -> (MemoryStore, Survey) {
    let store = MemoryStore::default();
    let files = vec![("fair.md".to_owned(), FAIR.len())];
    let job = Job::ReadForm { files, keep: KeepForm::New, language: Language::En };
    let Outcome::Kept(survey) = ask(&store, &job, FAIR.as_bytes()).unwrap() else { panic!("no survey") };
    (store, *survey)
}

fn bundled(definition: &str) -> (MemoryStore, Survey) {
    let store = MemoryStore::default();
    let job = Job::Keep { survey: None, definition: definition.to_owned() };
    let Outcome::Kept(survey) = done(&job, &store).unwrap().0 else { panic!("no survey") };
    (store, *survey)
}

fn all(store: &impl ResponseStore, survey: &str) -> Vec<Response> {
    let mut all: Vec<Response> =
        wait(store.responses(survey, 0, usize::MAX)).unwrap().into_iter().map(|one| one.response).collect();
    all.sort_by_key(|response| response.id);
    all
}

fn summary(store: &MemoryStore, survey: &Survey) -> String {
    let job = Job::Summarize { survey: survey.id.clone(), view: View::default() };
    wire::reply_to_json(&Ok(done(&job, store).unwrap().0))
}

fn answer<'r>(response: &'r Response, path: &str) -> Option<&'r Answer> {
    response.answers.iter().find(|(known, _)| known == path).map(|(_, answer)| answer)
}

fn texts(read: &TableRead) -> Vec<String> {
    read.problems.iter().map(|problem| format!("{}: {}", problem.place, problem.text)).collect()
}

fn export(store: &MemoryStore, survey: &Survey, file: FileKind, language: Language) -> Vec<u8> {
    let view = View { profile: Profile::Analyst, ..View::default() };
    let job = Job::Export { survey: survey.id.clone(), view, file, language, today: TODAY };
    done(&job, store).unwrap().1
}

#[test]
fn our_own_files_read_back_are_the_same_responses() {
    for (definition, count) in [(VISIT, 16), (STUDY, 48)] {
        let (store, survey) = bundled(definition);
        let examples = Job::Examples { survey: survey.id.clone(), count, seed: 5, today: TODAY };
        assert!(matches!(done(&examples, &store), Ok((Outcome::Added(added), _)) if added == count));
        let (before, wanted) = (all(&store, &survey.id), summary(&store, &survey));
        for (kind, language) in [
            (FileKind::Csv { labels: false }, Language::En),
            (FileKind::Csv { labels: true }, Language::Es),
            (FileKind::Csv { labels: true }, Language::En),
            (FileKind::Xlsx, Language::Es),
        ] {
            let file = export(&store, &survey, kind, language);
            let (empty, _) = bundled(definition);
            let read = looked_at(&empty, &survey.id, &file);
            assert_eq!(texts(&read), [""; 0], "{kind:?}");
            assert_eq!((read.new, read.rows, read.undated), (count, count, 0), "{kind:?}");
            assert_eq!(all(&empty, &survey.id), [], "looking keeps nothing");
            assert_eq!(add(&empty, &survey.id, &file, false).unwrap(), count);
            for (before, after) in before.iter().zip(all(&empty, &survey.id)) {
                assert_eq!(*before, after, "{kind:?}");
            }
            let after = summary(&empty, &survey);
            let same = after.bytes().zip(wanted.bytes()).take_while(|(one, other)| one == other).count();
            let around = |text: &str| {
                text.get(same.saturating_sub(300)..(same + 200).min(text.len())).map(str::to_owned)
            };
            assert!(after == wanted, "{kind:?}: {:?} instead of {:?}", around(&after), around(&wanted));
            // Twice is once, and where they come from they are too.
            assert_eq!(add(&empty, &survey.id, &file, false).unwrap(), 0);
            assert_eq!(looked_at(&store, &survey.id, &file).here, count);
        }
    }
}

/// As KoboToolbox writes it: groups before names, choices once more as 0 and 1, columns of its own, semicolons.
const KOBO: &str = "\u{feff}start;end;about/place;about/age;liked;bought;bought/food;bought/crafts;child_count;agreed;remark;__version__;_id;_uuid;_submission_time;teléfono
2026-03-05T08:30:00.000-05:00;2026-03-05T08:41:12.000-05:00;north;41;9;food crafts;1;1;2;OK;;v1;17;0f8fad5b-d9cb-469f-a165-70867728950e;2026-03-06T13:41:30;6123-4567
2026-03-06T23:30:00.000-05:00;2026-03-06T23:41:12.000-05:00;south;;3;;0;0;0;;Más sombra;v1;18;7c9e6679-7425-40de-944b-e07fc1f90ae7;2026-03-07T13:41:30;
";

#[test]
fn a_file_of_kobotoolbox_is_read_by_names_and_the_rest_is_told() {
    let (store, survey) = fair();
    let read = looked_at(&store, &survey.id, KOBO.as_bytes());
    assert_eq!(texts(&read), [""; 0]);
    assert_eq!((read.rows, read.new), (2, 2));
    let left: Vec<&str> =
        read.columns.iter().filter(|column| column.left_out).map(|column| column.header.as_str()).collect();
    assert_eq!(left, ["bought/food", "bought/crafts", "child_count", "__version__", "_id", "teléfono"]);
    assert_eq!(add(&store, &survey.id, KOBO.as_bytes(), false).unwrap(), 2);
    let mut kept = all(&store, &survey.id);
    kept.sort_by_key(|response| response.finished);
    let [first, second] = kept.as_slice() else { panic!("{kept:?}") };
    assert_eq!(
        (first.started.to_string(), first.finished.to_string()),
        ("2026-03-05".into(), "2026-03-05".into())
    );
    assert_eq!(second.finished.to_string(), "2026-03-06", "the day as it is written there");
    assert!(kept.iter().all(|one| one.id.to_text().starts_with("7461626c") && !one.example));
    assert_eq!((first.language.as_str(), first.wave.as_str()), ("es", "1"));
    assert_eq!(answer(first, "bought"), Some(&Answer::Choices(vec!["food".into(), "crafts".into()])));
    assert_eq!(answer(first, "about/age"), Some(&Answer::Integer(41)));
    assert_eq!(answer(first, "remark"), None, "not asked of who liked it");
    assert_eq!(answer(second, "remark"), Some(&Answer::Text("Más sombra".into())));
    assert_eq!(answer(second, "about/age"), Some(&Answer::Empty), "asked and left blank");
    assert!(kept.iter().all(|one| one.answers.iter().all(|(path, _)| !path.starts_with("child"))));

    // The choices' columns alone say the same, and so does the other order of columns.
    let (other, _) = fair();
    let alone = "bought/crafts,bought/food,about/place,liked,about/age,agreed,remark,_uuid,end
1,1,north,9,41,OK,,uuid:0f8fad5b-d9cb-469f-a165-70867728950e,2026-03-05
0,0,south,3,,,Más sombra,uuid:7c9e6679-7425-40de-944b-e07fc1f90ae7,2026-03-06
";
    assert_eq!(add(&other, &survey.id, alone.as_bytes(), false).unwrap(), 2);
    assert_eq!(all(&other, &survey.id), all(&store, &survey.id));
    assert_eq!(looked_at(&store, &survey.id, alone.as_bytes()).here, 2);
}

#[test]
fn a_file_of_odk_central_is_read_by_its_paths_and_keys() {
    let (store, survey) = fair();
    let file = "SubmissionDate,about-place,about-age,liked,bought,agreed,remark,meta-instanceID,KEY,SubmitterName,child@odata.navigationLink
2026-03-06T13:41:30.123Z,north,41,9,food crafts,OK,,uuid:a1,uuid:a1,Enumerator,x
2026-03-07T13:41:30.123Z,south,,3,,,Más sombra,uuid:a2,uuid:a2,Enumerator,x
";
    assert_eq!(add(&store, &survey.id, file.as_bytes(), false).unwrap(), 2);
    assert_eq!(all(&store, &survey.id).len(), 2);
    // The same key from a file of another shape is the same response.
    let again = "KEY,liked,about:place,about:age,bought,agreed,remark\na1,9,north,41,crafts food,OK,\n";
    let read = looked_at(&store, &survey.id, again.as_bytes());
    assert_eq!((read.here, read.undated), (1, 0), "{read:?}");
}

#[test]
fn labels_in_either_language_serve_as_well() {
    let (store, survey) = fair();
    let file = "Where do you live?\t¿Cuánto le gustó?\tWHAT DID YOU BUY?\tbought – x\tToday's date
North\t7\tFood; Artesanía\t\t
Sur\t10\tcrafts\t\t
";
    let read = looked_at(&store, &survey.id, file.as_bytes());
    assert_eq!(texts(&read), [""; 0]);
    assert_eq!((read.new, read.undated), (2, 2));
    assert_eq!(add(&store, &survey.id, file.as_bytes(), false).unwrap(), 2);
    for response in all(&store, &survey.id) {
        assert_eq!((response.started, response.finished), (TODAY, TODAY));
        let paths: Vec<&str> = response.answers.iter().map(|(path, _)| path.as_str()).collect();
        // What has no column was not asked; what the form computes is computed.
        assert_eq!(paths, ["about/place", "liked", "bought", "total"]);
    }
}

#[test]
fn what_is_wrong_is_told_by_row_and_column_in_both_languages() {
    let (store, survey) = fair();
    let file = "_uuid,place,age,liked,bought,agreed,remark,end
a,east,41,9,food,OK,,2026-03-05
b,north,forty,9,food,OK,,2026-03-05
c,north,\"3,5\",9,food,OK,,2026-03-05
d,north,41,11,food wine,OK,,2026-03-05
e,north,41,9,food,OK,Bien,2026-03-05
f,north,\"41,0\",2,food,,Mal,2026-03-05
f,south,41,2,food,,Mal,2026-03-05
f,north,41,2,food,,Mal,2026-03-05
";
    let read = looked_at(&store, &survey.id, file.as_bytes());
    assert_eq!(
        texts(&read),
        [
            "Row 2, column place: “east” is no choice of this question; the choices are: north, south.",
            "Row 3, column age: “forty” is no number.",
            "Row 4, column age: “3,5” is no whole number. Write it without decimals or separators.",
            "Row 5, column liked: “11” is not on the scale from 0 to 10.",
            "Row 5, column bought: “wine” is no choice of this question; the choices are: food, crafts.",
            "Row 8, column _uuid: Has the same identifier as row 7 and says something else. Keep one of the two.",
            "Row 6, column remark: With the other answers of the row, the form would not have asked this. If you add \
             the row, this answer is not kept.",
        ]
    );
    assert_eq!((read.new, read.here, read.breaks, read.barred), (1, 1, 1, 5));
    let Ok(Outcome::Table(spanish)) =
        ask(&store, &Job::ReadTable(file_in(&survey.id, Language::Es)), file.as_bytes())
    else {
        panic!("no table")
    };
    assert_eq!(
        texts(&spanish)[0],
        "Fila 2, columna place: «east» no es una opción de esta pregunta; las opciones son: north, south."
    );
    assert_eq!(add(&store, &survey.id, file.as_bytes(), false).unwrap(), 1);
    assert_eq!(add(&store, &survey.id, file.as_bytes(), true).unwrap(), 1);
    let kept = all(&store, &survey.id);
    assert!(
        kept.iter().any(|one| answer(one, "remark").is_none()),
        "an answer that was not asked is not kept"
    );
    assert_eq!(kept.len(), 2);

    // Mended after it was imported: what is here stays, and it is said.
    let mended = file.replace("e,north,41,9,food,OK,Bien", "e,south,41,9,food,OK,");
    let read = looked_at(&store, &survey.id, mended.as_bytes());
    assert!(
        texts(&read).iter().any(|text| text.starts_with("Row 6: This response is here already")),
        "{read:?}"
    );
    assert_eq!(add(&store, &survey.id, mended.as_bytes(), true).unwrap(), 0);
    assert_eq!(all(&store, &survey.id), kept);
}

#[test]
fn two_equal_forms_of_paper_are_two_and_the_same_file_is_the_same_file() {
    let (store, survey) = fair();
    let file =
        "place,liked,end\nnorth,9,2026-03-05\nsouth,8,2026-03-05\nnorth,9,2026-03-05\nnorth,9,05/03/2026\n";
    let read = looked_at(&store, &survey.id, file.as_bytes());
    assert_eq!(read.new, 4);
    assert!(read.notices.iter().any(|notice| notice.contains("No column identifies the rows")));
    assert_eq!(add(&store, &survey.id, file.as_bytes(), false).unwrap(), 4);
    // On another day, with its columns and rows in another order, and one form more.
    let later =
        "end,liked,place\n2026-03-05,9,north\n2026-03-05,8,south\n2026-03-05,9,north\n2026-03-05,7,north\n";
    let mut file_later = file_in(&survey.id, Language::En);
    file_later.day = Date { day: 29, ..TODAY };
    let Ok(Outcome::Table(read)) = ask(&store, &Job::ReadTable(file_later), later.as_bytes()) else {
        panic!("no table")
    };
    assert_eq!((read.here, read.new), (3, 1));
}

#[test]
fn numbers_and_days_are_read_where_they_can_mean_one_thing_only() {
    let form = "| survey | | | | |
| | type | name | label | constraint |
| | decimal | weight | W | . < 5000 |
| | date | day | D | |
| | time | hour | H | |
| | dateTime | moment | M | |
| | text | words | T | |
";
    let store = MemoryStore::default();
    let job = Job::ReadForm {
        files: vec![("w.md".to_owned(), form.len())],
        keep: KeepForm::New,
        language: Language::En,
    };
    let Outcome::Kept(survey) = ask(&store, &job, form.as_bytes()).unwrap() else { panic!("no survey") };
    let read_of = |column: &str, cells: &[&str]| {
        let rows: Vec<String> = cells.iter().enumerate().map(|(n, cell)| format!("k{n}\t{cell}\n")).collect();
        let file = format!("KEY\t{column}\n{}", rows.concat());
        let read = looked_at(&store, &survey.id, file.as_bytes());
        let (fresh, path) = (MemoryStore::default(), column.to_owned());
        let files = vec![("w.md".to_owned(), form.len())];
        let keep = Job::ReadForm { files, keep: KeepForm::New, language: Language::En };
        ask(&fresh, &keep, form.as_bytes()).unwrap();
        add(&fresh, &survey.id, file.as_bytes(), true).unwrap();
        let kept: Vec<String> = wait(fresh.responses(&survey.id, 0, 99))
            .unwrap()
            .iter()
            .map(|one| answer(&one.response, &path).map_or("-".to_owned(), Answer::to_text))
            .collect();
        (kept, read.problems.len())
    };
    let (kept, problems) =
        read_of("weight", &["1,5", "1.5", "1.234,5", "1,234.5", "-0,25", "7", "1e3", "0,125"]);
    assert_eq!(kept, ["1.5", "1.5", "1234.5", "1234.5", "-0.25", "7", "1000", "0.125"]);
    assert_eq!(problems, 0);
    let (kept, problems) = read_of("weight", &["1,234", "1.2.3", "1,2,3", "x", "9999"]);
    assert_eq!((kept, problems), (vec!["9999".to_owned()], 5), "the last one breaks a rule");
    let (kept, problems) =
        read_of("day", &["2026-03-05", "2026/03/05", "2026-03-05T23:00:00Z", "25/03/2026", "05/03/2026"]);
    assert_eq!(kept, ["2026-03-05", "2026-03-05", "2026-03-05", "2026-03-25", "2026-03-05"]);
    assert_eq!(problems, 0, "one row tells that days stand before months");
    let (kept, problems) = read_of("day", &["03/25/2026", "03/05/2026", "04/04/2026"]);
    assert_eq!((kept, problems), (vec!["2026-03-25".into(), "2026-03-05".into(), "2026-04-04".into()], 0));
    let (kept, problems) = read_of("day", &["03/05/2026", "04/04/2026", "5 de marzo", "45000", "2026-02-30"]);
    assert_eq!((kept, problems), (vec!["2026-04-04".into()], 4));
    let (kept, problems) = read_of("hour", &["14:50", "2:50 PM", "14:50:00.000-05:00", "12:10 a. m."]);
    assert_eq!(kept, ["14:50:00.000", "14:50:00.000", "14:50:00.000", "00:10:00.000"]);
    assert_eq!(problems, 0);
    let (kept, problems) = read_of("moment", &["2026-03-05T14:50:00.000-05:00", "2026-03-05 14:50", "soon"]);
    assert_eq!(kept, ["2026-03-05T14:50:00.000-05:00", "2026-03-05T14:50:00.000+00:00"]);
    assert_eq!(problems, 1);
    let (kept, _) = read_of("words", &["NA", " '=x ", "=1+1"]);
    assert_eq!(kept, ["NA", " '=x ", "=1+1"]);
}

#[test]
fn examples_make_way_for_people_and_never_come_among_them() {
    let (store, survey) = bundled(VISIT);
    let examples = Job::Examples { survey: survey.id.clone(), count: 8, seed: 5, today: TODAY };
    done(&examples, &store).unwrap();
    let file = export(&store, &survey, FileKind::Csv { labels: false }, Language::En);
    let people = String::from_utf8(file.clone()).unwrap();
    let header = people.lines().next().unwrap().split(',').position(|name| name == "example").unwrap();
    let rows = people.lines().enumerate().map(|(n, line)| {
        let mut cells: Vec<&str> = line.split(',').collect();
        if n > 0 && cells.len() > header {
            cells[header] = "0";
        }
        cells.join(",")
    });
    // Other ids, or they would be the examples themselves.
    let people = rows.collect::<Vec<_>>().join("\r\n").replace(&survey.id, "another_survey");
    let read = looked_at(&store, &survey.id, people.as_bytes());
    assert_eq!((read.new, read.here), (8, 0), "{read:?}");
    assert!(read.notices.iter().any(|notice| notice.contains("are removed when people’s come")), "{read:?}");
    assert_eq!(add(&store, &survey.id, people.as_bytes(), false).unwrap(), 8);
    let kept = all(&store, &survey.id);
    assert!(kept.len() == 8 && kept.iter().all(|one| !one.example));
    let read = looked_at(&store, &survey.id, &file);
    assert_eq!((read.new, read.barred), (0, 8));
    assert!(texts(&read)[0].contains("It is an example"), "{read:?}");
}

#[test]
fn what_other_questions_hang_on_has_to_be_there() {
    let (store, survey) = bundled(STUDY);
    let file = "district,gender\nx,woman\n";
    let read = looked_at(&store, &survey.id, file.as_bytes());
    assert!(read.notices.iter().any(|notice| notice.contains("consent")), "{:?}", read.notices);
    let error = ask(&store, &Job::ReadTable(file_in(&survey.id, Language::Es)), b"nombre,correo\nX,x@y.z\n");
    assert!(
        matches!(error, Err(JobError { kind: JobErrorKind::Refused, ref detail }) if detail.contains("primera fila"))
    );
    for bytes in [&b"PK\x03\x04 nothing"[..], b"", b"\0\0", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"] {
        let error = ask(&store, &Job::ReadTable(file_in(&survey.id, Language::En)), bytes).unwrap_err();
        assert_eq!(error.kind, JobErrorKind::Refused, "{bytes:?}");
        assert!(!error.detail.is_empty());
    }
}

#[test]
fn all_rows_are_added_or_none_whichever_operation_fails() {
    let rows: String = (0..1100).map(|n| format!("k{n},north,{}\n", n % 11)).collect();
    let file = format!("KEY,place,liked\n{rows}");
    for every in 2..10 {
        let (store, survey) = fair();
        let store = FaultyStore::new(store, every, FaultKind::Full);
        let came = add(&store, &survey.id, file.as_bytes(), false);
        let here = all(store.inner(), &survey.id).len();
        assert_eq!(here, if came.is_ok() { 1100 } else { 0 }, "every {every}th fails");
    }
}

fn anything() -> impl Strategy<Value = Vec<u8>> {
    let cell = prop_oneof![
        "[a-z0-9,./:'\" -]{0,12}",
        Just("north".to_owned()),
        Just("NA".to_owned()),
        Just("9".to_owned()),
        Just("2026-03-05".to_owned()),
        Just("31/31/9999".to_owned()),
        any::<String>(),
    ];
    let header = prop_oneof![
        Just("place".to_owned()),
        Just("about/age".to_owned()),
        Just("liked".to_owned()),
        Just("bought".to_owned()),
        Just("bought/food".to_owned()),
        Just("child[1]/name".to_owned()),
        Just("child[99]/years".to_owned()),
        Just("child[7/name".to_owned()),
        Just("id".to_owned()),
        Just("survey".to_owned()),
        Just("wave".to_owned()),
        Just("form_version".to_owned()),
        Just("example".to_owned()),
        Just("_uuid".to_owned()),
        Just("end".to_owned()),
        "[a-z/\\[\\]0-9-]{0,9}",
    ];
    let table = (
        proptest::collection::vec(header, 1..12),
        proptest::collection::vec(proptest::collection::vec(cell, 0..12), 0..8),
        proptest::sample::select(vec![",", ";", "\t"]),
    )
        .prop_map(|(header, rows, sign)| {
            let lines = std::iter::once(header).chain(rows);
            lines.map(|cells| cells.join(sign)).collect::<Vec<_>>().join("\n").into_bytes()
        });
    prop_oneof![4 => table, 1 => proptest::collection::vec(any::<u8>(), 0..300)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn nothing_makes_it_panic_and_what_is_previewed_is_what_comes(bytes in anything(), as_answered: bool) {
        let (store, survey) = fair();
        let Ok(Outcome::Table(read)) = ask(&store, &Job::ReadTable(file_in(&survey.id, Language::Es)), &bytes) else {
            return Ok(());
        };
        prop_assert_eq!(read.new + read.here + read.breaks + read.barred, read.rows);
        prop_assert_eq!(read.columns.iter().filter(|column| column.what.is_empty()).count(), 0);
        let wanted = read.new + if as_answered { read.breaks } else { 0 };
        prop_assert_eq!(add(&store, &survey.id, &bytes, as_answered).unwrap(), wanted);
        prop_assert_eq!(add(&store, &survey.id, &bytes, as_answered).unwrap(), 0);
        prop_assert_eq!(all(&store, &survey.id).len(), wanted);
    }
}
