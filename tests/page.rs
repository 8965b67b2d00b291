//! How fast the built page is on a slow phone and a slow network, beside a page of the same questions written by hand:
//! `./dev bench page` builds the site and runs it; without it (`SONDEO_PAGE` unset) the run says so in a line and passes.
//! No figure fails it: machines are noisy, and what counts is the ratio within one run.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a run that cannot go on must stop and say why"
)]

#[path = "journey/browser.rs"]
#[allow(dead_code, reason = "only Chromium can be slowed down")]
mod browser;
#[path = "journey/server.rs"]
#[allow(dead_code, reason = "nothing of the site changes here")]
mod server;
#[path = "page/yardstick.rs"]
mod yardstick;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::{Value, json};
use sondeo::instrument::{bundled_survey, definition_from_json};
use thirtyfour::prelude::*;

use browser::{Device, Driver, Engine};
use server::Server;

/// The network of the figures: bits a second, and milliseconds there and back.
const BITS: f64 = 1_600_000.0;
const LATENCY: f64 = 150.0;

/// Which page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Sondeo,
    Yardstick,
}

impl Shown {
    fn address(self, server: &Server) -> String {
        match self {
            Shown::Sondeo => format!("{}/#/fill/pinellas_panama_exchange", server.address),
            Shown::Yardstick => format!("{}/yardstick.html", server.address),
        }
    }

    /// The question that is there first, and what the page is turned with.
    fn parts(self) -> (&'static str, &'static str) {
        match self {
            Shown::Sondeo => ("[data-question] input", "main [type=submit]"),
            Shown::Yardstick => ("section.now input", "[type=submit]"),
        }
    }
}

/// Notes when the first question was painted, and tasks longer than 50 ms.
const WATCH: &str = r#"
window.watched = { first: 0, tasks: [] };
window.painted = () => new Promise(done => requestAnimationFrame(() => {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => done();
  channel.port2.postMessage(0);
}));
(async () => {
  while (!document.querySelector(SELECTOR)) await painted();
  await painted();
  watched.first = performance.now();
  new PerformanceObserver(list => watched.tasks.push(...list.getEntries().map(task => task.duration))).observe({ type: 'longtask' });
})();"#;

/// How long from an act until what it leads to is painted. `ACT` and `DONE` are expressions.
const MEASURE: &str = r#"
return (async () => {
  const began = performance.now();
  ACT;
  do await painted(); while (!(DONE) && performance.now() - began < 20000);
  return performance.now() - began;
})();"#;

/// Everything measured, by name: one number a run.
type Figures = BTreeMap<String, Vec<f64>>;

#[tokio::test(flavor = "multi_thread")]
async fn the_page_beside_a_page_written_by_hand() {
    if std::env::var_os("SONDEO_PAGE").is_none() {
        println!("page: left out; ./dev bench page runs it");
        return;
    }
    let runs = std::env::var("SONDEO_RUNS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(5);
    let folder = packed();
    let server = Server::start(folder.clone(), "").await;
    let driver = Driver::start(Engine::Chromium).await;
    for slowed in [4.0, 6.0] {
        let (mut ours, mut theirs) = (Figures::new(), Figures::new());
        for run in 0..runs {
            for (shown, figures) in [(Shown::Sondeo, &mut ours), (Shown::Yardstick, &mut theirs)] {
                let profile = std::env::temp_dir().join(format!("sondeo-page-{}-{run}", std::process::id()));
                std::fs::create_dir_all(&profile).expect("a profile folder");
                measure(&driver, &server, &profile, shown, slowed, figures).await;
                driver.kill_browser(&profile);
                let _ = std::fs::remove_dir_all(&profile);
            }
        }
        println!("\nCPU slowed {slowed} times, 1.6 Mbit/s, 150 ms; medians of {runs}");
        println!("{:<34} {:>10} {:>10} {:>8}", "", "Sondeo", "by hand", "ratio");
        for (name, ours) in &ours {
            let (ours, theirs) = (median(ours), theirs.get(name).map(|theirs| median(theirs)));
            let beside =
                theirs.map(|theirs| format!("{theirs:>10.0} {:>8.2}", ours / theirs)).unwrap_or_default();
            println!("{name:<34} {ours:>10.0} {beside}");
        }
    }
    let _ = std::fs::remove_dir_all(folder);
}

/// One visit of a new phone and the next one, then some answers.
async fn measure(
    chromium: &Driver,
    server: &Server,
    profile: &Path,
    shown: Shown,
    slowed: f64,
    figures: &mut Figures,
) {
    let mut note = |name: &str, figure: f64| figures.entry(name.to_owned()).or_default().push(figure);
    let driver = open(chromium, profile, shown, slowed).await;
    let (first, requests, bytes) = visit(&driver, server, shown).await;
    note("1 cold: requests", requests);
    note("1 cold: bytes received", bytes);
    note("2 cold: first question, ms", first);
    if shown == Shown::Sondeo {
        wait_for(&driver, "document.documentElement.dataset.offline === ''").await;
    }
    driver.quit().await.expect("a quiet end");
    chromium.kill_browser(profile);

    let driver = open(chromium, profile, shown, slowed).await;
    let (first, _, _) = visit(&driver, server, shown).await;
    note("3 warm: first question, ms", first);
    let (_, turn) = shown.parts();
    for _ in 0..3 {
        for field in 0..2 {
            let radio = format!("document.querySelectorAll('{} input[type=radio]')[{field}]", page_of(shown));
            let took = act(&driver, &format!("{radio}.click()"), &format!("{radio}.checked")).await;
            note("4 tap to painted answer, ms", took);
        }
    }
    // Takes part, so that the page can be turned.
    act(&driver, &format!("document.querySelector('{} input[type=radio]').click()", page_of(shown)), "true")
        .await;
    for (language, other) in [("en", "es"), ("es", "en")] {
        let click = format!("document.querySelector('[data-language={language}]').click()");
        let done = format!("document.documentElement.lang === '{language}' && '{other}'");
        note("5 language switched, ms", act(&driver, &click, &done).await);
    }
    let title = format!("document.querySelector('{} h1').textContent", page_of(shown));
    let next = format!("window.before = {title}; document.querySelector('{turn}').click()");
    note("6 page turned, ms", act(&driver, &next, &format!("{title} !== window.before")).await);
    let longest = number(&driver, "return Math.max(0, ...watched.tasks)").await;
    note("7 longest task while filling in, ms", longest);
    note("8 memory of the page's process, kB", memory(chromium, profile));
    driver.quit().await.expect("a quiet end");
}

/// Where the questions on the screen are.
fn page_of(shown: Shown) -> &'static str {
    match shown {
        Shown::Sondeo => "main",
        Shown::Yardstick => "section.now",
    }
}

async fn open(chromium: &Driver, profile: &Path, shown: Shown, slowed: f64) -> WebDriver {
    let driver = chromium.open(Device::Phone, profile, "es-PA", None).await;
    let cdp = driver.cdp();
    let network = json!({
        "offline": false, "latency": LATENCY, "downloadThroughput": BITS / 8.0, "uploadThroughput": BITS / 8.0
    });
    let selector = Value::from(shown.parts().0).to_string();
    let watch = json!({ "source": WATCH.replace("SELECTOR", &selector) });
    cdp.send_raw("Network.enable", json!({})).await.expect("the network");
    cdp.send_raw("Network.emulateNetworkConditions", network).await.expect("a slow network");
    cdp.send_raw("Emulation.setCPUThrottlingRate", json!({ "rate": slowed })).await.expect("a slow phone");
    cdp.send_raw("Page.addScriptToEvaluateOnNewDocument", watch).await.expect("a watch");
    driver
}

/// Milliseconds to the first question, and what was asked for until then: requests and bytes.
async fn visit(driver: &WebDriver, server: &Server, shown: Shown) -> (f64, f64, f64) {
    driver.goto(shown.address(server)).await.expect("the page");
    wait_for(driver, "window.watched.first > 0").await;
    let first = number(driver, "return watched.first").await;
    let asked = "performance.getEntries().filter(one => one.encodedBodySize !== undefined && one.responseEnd <= watched.first)";
    let requests = number(driver, &format!("return {asked}.length")).await;
    let bytes =
        number(driver, &format!("return {asked}.reduce((sum, one) => sum + one.encodedBodySize, 0)")).await;
    (first, requests, bytes)
}

async fn act(driver: &WebDriver, act: &str, done: &str) -> f64 {
    number(driver, &MEASURE.replace("ACT", act).replace("DONE", done)).await
}

async fn number(driver: &WebDriver, script: &str) -> f64 {
    driver.execute(script, vec![]).await.expect("a page").convert().expect("a number")
}

async fn wait_for(driver: &WebDriver, condition: &str) {
    for _ in 0..1200 {
        let yes = driver.execute(format!("return !!({condition})"), vec![]).await;
        if yes.ok().and_then(|yes| yes.convert().ok()) == Some(true) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("waited a minute for {condition}");
}

/// What the processes that show pages hold for themselves, the largest of them.
fn memory(chromium: &Driver, profile: &Path) -> f64 {
    let private = |pid: &u32| -> Option<f64> {
        let words = std::fs::read(format!("/proc/{pid}/cmdline")).ok()?;
        if !String::from_utf8_lossy(&words).contains("--type=renderer") {
            return None;
        }
        let rollup = std::fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok()?;
        let lines = rollup.lines().filter(|line| line.starts_with("Private_"));
        Some(lines.filter_map(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok()).sum())
    };
    chromium.family(profile).iter().filter_map(private).fold(0.0, f64::max)
}

fn median(numbers: &[f64]) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (low, high) = (sorted[(sorted.len() - 1) / 2], sorted[sorted.len() / 2]);
    f64::midpoint(low, high)
}

/// The built site and the yardstick in a folder of their own, each file compressed beside itself as hosts do.
fn packed() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let dist = std::env::var_os("SONDEO_DIST").map_or_else(|| root.join("dist"), PathBuf::from);
    let folder = std::env::temp_dir().join(format!("sondeo-page-{}", std::process::id()));
    copy(&dist, &folder);
    let instrument =
        std::fs::read_to_string(root.join("public/instruments/post_visit.json")).expect("the form");
    let form = bundled_survey(&definition_from_json(&instrument).expect("the instrument")).expect("a form").1;
    let page = folder.join("yardstick.html");
    std::fs::write(&page, yardstick::page(&form)).expect("the yardstick");
    pack(&page);
    folder
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("the site").flatten() {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), &to).expect("a file");
            pack(&to);
        }
    }
}

/// Writes `FILE.br` beside a file that compresses.
fn pack(file: &Path) {
    let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    if !["html", "css", "js", "wasm", "json", "jsonl", "svg", "webmanifest"].contains(&ending) {
        return;
    }
    let bytes = std::fs::read(file).expect("a file");
    let mut packed = Vec::new();
    let how = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &how).expect("compressed");
    std::fs::write(file.with_extension(format!("{ending}.br")), packed).expect("a file");
}
