//! The files of fifty devices, chosen at once at one desk: how long it takes until all of it is on the disk and the list counts it.

use std::time::Duration;

use sondeo::job::{Job, Kept, Outcome, Tools, run};
use sondeo::response::{Response, ResponseId};
use sondeo::store::{MemoryStore, ResponseStore};
use thirtyfour::prelude::*;

use crate::browser::Device;
use crate::forms;
use crate::people::Dice;
use crate::place::{self, Place};

const DEVICES: usize = 50;
const EACH: usize = 200;
/// Said for a machine that does nothing else; this one may be busy. `SONDEO_PATIENCE` seconds for slower ones.
const PATIENCE: u64 = 60;

/// Notes when the files were chosen and when the page first tells what came of them.
const WATCH: &str = "
window.times = {};
document.querySelector('[data-act=join]').addEventListener('change', () => { window.times.began = performance.now(); }, true);
new MutationObserver(() => {
  if (window.times.began && !window.times.ended && document.querySelector('[data-join]')) window.times.ended = performance.now();
}).observe(document.body, { childList: true, subtree: true });";

/// The whole of it, twice: the second time nothing is new.
pub(crate) async fn fifty_devices_are_joined() {
    let Some(place) = Place::open("many").await else { return };
    let (survey, source) = forms::community_source();
    let form = std::rc::Rc::new(sondeo::form::Form::build(&source).expect("the form builds"));
    let some = forms::responses(&form, &survey, EACH);
    drop(form);
    let folder = place.profile.join("given");
    std::fs::create_dir_all(&folder).expect("a folder");
    let mut dice = Dice::new(5);
    let (mut files, mut bytes) = (Vec::new(), 0);
    for device in 0..DEVICES {
        let own: Vec<Response> = some
            .iter()
            .map(|response| {
                let id = ResponseId(std::array::from_fn(|_| dice.roll(256) as u8));
                Response { id, example: false, ..response.clone() }
            })
            .collect();
        let file = bundle(&survey, &source, &own).await;
        bytes += file.len();
        let path = folder.join(format!("{device}.sondeo.jsonl"));
        std::fs::write(&path, file).expect("a file");
        files.push(path.display().to_string());
    }
    let driver = place.browser(Device::Desk, "es-PA").await;
    driver.goto(format!("{}/#/desk", place.address())).await.expect("the desk");
    let patience =
        std::env::var("SONDEO_PATIENCE").ok().and_then(|text| text.parse().ok()).unwrap_or(PATIENCE);
    for what in ["new", "again"] {
        place::wait_for_element(&driver, "[data-act=join]").await;
        driver.execute(WATCH, vec![]).await.expect("a watch");
        let field = driver.find(By::Css("[data-act=join]")).await.expect("the field");
        field.send_keys(files.join("\n")).await.expect("files");
        let took = 'told: {
            for _ in 0..patience * 10 {
                let script = "return window.times.ended ? window.times.ended - window.times.began : 0";
                let took: f64 =
                    driver.execute(script, vec![]).await.expect("a page").convert().expect("a number");
                if took > 0.0 {
                    break 'told took;
                }
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            panic!("not joined after {patience} s")
        };
        let joined = driver.find_all(By::Css("[data-join=joined]")).await.expect("rows").len();
        assert_eq!(joined, DEVICES, "files joined");
        let counted = format!("[data-survey=\"{}\"] [data-finished=\"{}\"]", survey.id, DEVICES * EACH);
        place::wait_for_element(&driver, &counted).await;
        println!(
            "many: {DEVICES} files of {EACH} responses, {:.1} MB, {what}: {took:.0} ms until all of it is told",
            bytes as f64 / 1e6
        );
        driver.refresh().await.expect("the desk anew");
    }
    driver.quit().await.expect("a quiet end");
}

async fn bundle(
    survey: &sondeo::survey::Survey,
    source: &sondeo::form::FormSource,
    responses: &[Response],
) -> Vec<u8> {
    let phone = MemoryStore::default();
    phone.put_survey(survey, Some(source)).await.expect("memory");
    phone.add(responses).await.expect("memory");
    let mut made = Vec::new();
    let mut going = |_| std::ops::ControlFlow::Continue(());
    let mut tools = Tools {
        matches: forms::matches,
        find: |_, _| false,
        sealing: &|| Box::pin(async { None }),
        kept: &Kept::default(),
        progress: &mut going,
        given: None,
        sink: &mut |part: &[u8]| made.extend_from_slice(part),
    };
    let today = sondeo::form::Date { year: 2026, month: 3, day: 5 };
    let job = Job::Bundle { survey: survey.id.clone(), today };
    match run(&job, &phone, &mut tools).await {
        Ok(Outcome::Copied { .. }) => made,
        other => panic!("{other:?}"),
    }
}
