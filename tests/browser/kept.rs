//! The column cache in the real store: what a worker keeps between jobs, and how long each way to it takes.
//!
//! Small by default. `./dev bench browser` runs it with 100,000 responses of the community survey, optimised, and shows the times.

use std::cell::RefCell;
use std::ops::ControlFlow;
use std::rc::Rc;

use crate::forms;
use sondeo::browser::clock;
use sondeo::browser::file::Growing;
use sondeo::browser::idb::IdbStore;
use sondeo::form::{Date, Form};
use sondeo::i18n::Language;
use sondeo::job::{FileKind, Job, Kept, Outcome, Progress, Tools, run};
use sondeo::response::{Response, ResponseId};
use sondeo::store::ResponseStore;
use sondeo::summary::{Filter, Table, View, summarize};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{console_log, wasm_bindgen_test};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn now() -> f64;
}

fn going(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// As many responses as asked for when this was compiled.
fn count() -> usize {
    option_env!("SONDEO_RESPONSES").and_then(|count| count.parse().ok()).unwrap_or(2_000)
}

/// Puts responses into the store, each with an id of its own, some hundred together.
async fn fill(store: &IdbStore, some: &[Response], count: usize) {
    let mut n = 0_u64;
    while (n as usize) < count {
        let more = (count - n as usize).min(some.len());
        let batch: Vec<Response> = some[..more]
            .iter()
            .map(|response| {
                n += 1;
                let mut id = response.id;
                id.0[..8].copy_from_slice(&n.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
                Response { id: ResponseId(id.0), example: false, ..response.clone() }
            })
            .collect();
        assert_eq!(store.add(&batch).await.unwrap().added, more);
    }
}

#[wasm_bindgen_test]
async fn the_figures_of_the_column_cache() {
    let (survey, form) = forms::community();
    let count = count();
    let some = forms::responses(&form, &survey, 500);
    let store = IdbStore::new("kept");
    let mut began = now();
    let mut took = |what: &str| {
        let ended = now();
        console_log!("{count} responses, {what}: {:.0} ms", ended - began);
        began = now();
    };
    took("made up");
    fill(&store, &some, count).await;
    took("written");
    let slow = Kept::default();
    let first = slow.table(&survey.id, &form, &store, &mut going).await.unwrap();
    took("first table, response by response, blocks written");
    let bytes: usize = {
        let (mut bytes, mut after) = (0, 0);
        while let Some(block) = store.blocks(&survey.id, after, 1).await.unwrap().pop() {
            (bytes, after) = (bytes + block.bytes.len(), block.upto);
        }
        bytes
    };
    took("blocks read, not decoded");
    console_log!("{:.1} bytes a response in blocks", bytes as f64 / (count - count % 512) as f64);
    let kept = Kept::default();
    let table = kept.table(&survey.id, &form, &store, &mut going).await.unwrap();
    took("first table of a new worker, from blocks");
    let again = kept.table(&survey.id, &form, &store, &mut going).await.unwrap();
    took("table from memory");
    let summary = summarize(&form, &survey, &table, &View::default());
    took("summarized");
    let (mut rows, mut texts) = (0, 0);
    let mut see = |part: &Table| {
        rows += part.rows.len();
        texts += usize::from(part.keeps_texts());
    };
    kept.each_block(&survey.id, &form, &store, &mut going, &mut see).await.unwrap();
    took("every block with texts, once");
    store.add(&forms::responses(&form, &survey, 1)).await.unwrap();
    let more = kept.table(&survey.id, &form, &store, &mut going).await.unwrap();
    took("one more response added and in the table");

    assert!(*first == *table);
    assert!(Rc::ptr_eq(&table, &again));
    assert_eq!((table.rows.len(), rows, more.rows.len()), (count, count, count + 1));
    assert!(texts >= count / 512);
    assert_eq!(summary.fieldwork.finished, count);
    let blocks = store.blocks(&survey.id, 0, usize::MAX).await.unwrap();
    assert_eq!(blocks.len(), count / 512);
}

#[wasm_bindgen_test]
async fn the_figures_of_jobs_over_the_real_store() {
    let (survey, source) = forms::community_source();
    let form = Rc::new(Form::build(&source).unwrap());
    let count = count();
    let store = IdbStore::new("jobs");
    store.put_survey(&survey, Some(&source)).await.unwrap();
    fill(&store, &forms::responses(&form, &survey, 500), count).await;
    let (kept, today) = (Kept::default(), Date { year: 2026, month: 3, day: 5 });
    kept.table(&survey.id, &form, &store, &mut going).await.unwrap();
    let district = form.choices_of(form.node(form.find("district").unwrap()).unwrap()).unwrap();
    let filter =
        Filter::Choices { question: "district".into(), choices: vec![district.choices[0].name.clone()] };
    let filtered = View { filters: vec![filter], by: vec!["gender".into()], ..View::default() };
    let (id, language) = (survey.id.clone(), Language::Es);
    let screen = |view: &View| Job::Screen { survey: id.clone(), view: view.clone(), language };
    let export = |file| Job::Export { survey: id.clone(), view: View::default(), file, language, today };
    let plain = View::default();
    // A worker of its own for the first, as when the desk opens.
    let new = Kept::default();
    for (what, kept, job) in [
        ("first screen of a new worker", &new, screen(&plain)),
        ("next screen", &new, screen(&plain)),
        ("screen with a filter and groups", &new, screen(&filtered)),
        ("report", &kept, export(FileKind::Report)),
        ("csv", &kept, export(FileKind::Csv { labels: false })),
        ("csv with labels", &kept, export(FileKind::Csv { labels: true })),
        ("workbook", &kept, export(FileKind::Xlsx)),
        ("sav", &kept, export(FileKind::Sav)),
    ] {
        let (mut file, began) = (Growing::default(), now());
        let mut sink = |part: &[u8]| file.add(part);
        let mut tools = Tools {
            matches: forms::matches,
            find: sondeo::browser::regex::find,
            sealing: &|| Box::pin(async { None }),
            kept,
            progress: &mut going,
            given: None,
            sink: &mut sink,
        };
        let outcome = run(&job, &store, &mut tools).await.unwrap();
        let took = now() - began;
        let size = file.finish().unwrap().map_or(0.0, |file| file.size());
        let memory: js_sys::WebAssembly::Memory = wasm_bindgen::memory().unchecked_into();
        let heap = memory.buffer().unchecked_into::<js_sys::ArrayBuffer>().byte_length();
        console_log!(
            "{count} responses, {what}: {took:.0} ms, {:.1} MB made, heap {:.0} MB",
            size / 1e6,
            f64::from(heap) / 1e6
        );
        assert_eq!(size > 0.0, matches!(outcome, Outcome::File { .. }));
    }
}

#[wasm_bindgen_test]
async fn two_jobs_at_once_read_a_survey_once() {
    let (survey, form) = forms::community();
    let store = IdbStore::new("kept by two");
    fill(&store, &forms::responses(&form, &survey, 100), 700).await;
    let kept = Rc::new(Kept::default());
    let (tables, told) = (Rc::new(RefCell::new(Vec::new())), Rc::new(RefCell::new(Vec::new())));
    for job in 0..3 {
        let (kept, tables, told) = (Rc::clone(&kept), Rc::clone(&tables), Rc::clone(&told));
        let (store, form, survey) = (store.clone(), Rc::clone(&form), survey.id.clone());
        wasm_bindgen_futures::spawn_local(async move {
            let mut tell = |_: Progress| {
                told.borrow_mut().push(job);
                // The first is called off, and the others take over what it has read.
                if job == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            };
            let table = kept.table(&survey, &form, &store, &mut tell).await;
            tables.borrow_mut().push(table.ok());
        });
    }
    while tables.borrow().len() < 3 {
        clock::sleep(10).await;
    }
    let tables: Vec<Rc<Table>> = tables.take().into_iter().flatten().collect();
    assert_eq!(tables.len(), 2);
    assert!(Rc::ptr_eq(&tables[0], &tables[1]));
    assert_eq!(tables[0].rows.len(), 700);
    assert_eq!(*told.borrow(), [0, 1], "one page each, and nothing for the third");
}

#[wasm_bindgen_test]
async fn a_response_found_damaged_counts_no_more_for_anybody() {
    let (survey, form) = forms::community();
    let store = IdbStore::new("kept and damaged");
    fill(&store, &forms::responses(&form, &survey, 100), 600).await;
    let kept = Kept::default();
    let before = table(&kept, &form, &store, &survey.id).await;
    let damage = crate::probe::function("if (row.arrival === 600) row.sum = 0; return row;");
    crate::probe::wait(crate::probe::edit_rows("kept and damaged", "responses", &damage)).await;
    for kept in [Kept::default(), kept] {
        let after = table(&kept, &form, &store, &survey.id).await;
        assert_eq!(after.rows[..], before.rows[..599]);
    }
}

async fn table(kept: &Kept, form: &Rc<Form>, store: &IdbStore, survey: &str) -> Rc<Table> {
    kept.table(survey, form, store, &mut going).await.unwrap()
}
