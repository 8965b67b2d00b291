//! Without a network: everything that was opened once opens again, a filling ends, and another build comes whole or not at all.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use thirtyfour::prelude::*;

use crate::browser::Device;
use crate::people::{End, Given, Person, click, screen, switch_language, wait_for};
use crate::place::{self, Place, shot, wait_for_element};
use crate::server::Change;

const SURVEY: &str = "pinellas_panama_exchange";
const ANOTHER: &str = "0123456789abcdef";

/// What `build.json` says.
#[derive(Deserialize)]
struct Build {
    build: String,
    files: Vec<String>,
}

/// The whole way, from a subfolder of a host.
pub(crate) async fn without_a_network(someone: Person) {
    let Some(mut place) = Place::open_in("offline", "/encuestas/sondeo").await else { return };
    let ours: Build = serde_json::from_slice(&read("build.json")).expect("build.json");
    let driver = place.browser(Device::Phone, "es-PA").await;
    home(&place, &driver).await;
    wait_for_element(&driver, "html[data-offline]").await;
    the_desk_is_kept_once_opened(&place, &driver, &ours).await;

    place.server.stop().await;
    a_visit_without_a_network(&place, &driver, someone).await;

    place.server.go_on().await;
    for change in [Change::Cut(read("loader.js")), Change::Missing] {
        half_an_update_changes_nothing(&place, &driver, &ours, change).await;
    }
    an_update_is_offered_and_taken(&place, &driver, &ours).await;
    place.server.stop().await;
    everything_opens(&place, &driver).await;
    driver.quit().await.expect("a quiet end");

    let driver = place.browser(Device::Desk, "es-PA").await;
    home(&place, &driver).await;
    place.server.change([]);
    place.server.go_on().await;
    rolled_back(&place, &driver, &ours).await;
    driver.quit().await.expect("a quiet end");
}

/// At the root of a host, where a visit that began with the desk keeps it too.
pub(crate) async fn a_first_visit_to_the_desk() {
    let Some(mut place) = Place::open("offline-root").await else { return };
    let driver = place.browser(Device::Phone, "en-US").await;
    driver.goto(format!("{}/#/desk", place.address())).await.expect("the desk");
    wait_for(&driver, &["surveys"]).await;
    wait_for_element(&driver, "html[data-offline]").await;
    let ours: Build = serde_json::from_slice(&read("build.json")).expect("build.json");
    wait_until_kept(&driver, &ours, |_| true).await;
    place.server.stop().await;
    everything_opens(&place, &driver).await;
    driver.quit().await.expect("a quiet end");
}

/// A phone that never opens the desk keeps whole what one of its forms asked for, and has it in the next build too.
pub(crate) async fn a_phone_with_a_form_that_asks_for_photographs() {
    let Some(place) = Place::open("offline-part").await else { return };
    let driver = place.browser(Device::Phone, "es-PA").await;
    home(&place, &driver).await;
    wait_for_element(&driver, "html[data-offline]").await;
    let ours: Build = serde_json::from_slice(&read("build.json")).expect("build.json");
    assert_eq!(ask::<bool>(&driver, "await sondeo.load('media'); return true;").await, Some(true));
    let has = async |build: &str| {
        let cache = format!("{}/#{build}", place.address());
        let script = format!(
            "return (await (await caches.open('{cache}')).keys()).map(one => one.url.replace(/.*\\//, '').split('?')[0])"
        );
        ask::<BTreeSet<String>>(&driver, &script).await.unwrap_or_default()
    };
    let whole = |kept: &BTreeSet<String>| {
        ["media.js", "media_bg.wasm", "media.css"].iter().all(|name| kept.contains(*name))
    };
    wait_until("the part is kept whole", async || whole(&has(&ours.build).await)).await;
    place.server.change(another_build(&ours));
    let _ = ask::<bool>(
        &driver,
        "await (await navigator.serviceWorker.getRegistration()).update(); return true;",
    )
    .await;
    wait_for_element(&driver, "html[data-update=waits]").await;
    let next = has(ANOTHER).await;
    assert!(whole(&next), "the next build came without what this phone uses: {next:?}");
    assert!(!next.contains("desk.js"), "a phone does not fetch the desk that it never opened");
    driver.quit().await.expect("a quiet end");
}

async fn the_desk_is_kept_once_opened(place: &Place, driver: &WebDriver, ours: &Build) {
    let of_the_desk = |name: &str| {
        let start = name.split(['.', '_']).next().unwrap_or_default();
        ["desk", "worker", "seal", "media", "link", "print", "report"].contains(&start)
            || name.ends_with(".json")
    };
    wait_until_kept(driver, ours, |name| !of_the_desk(name)).await;
    driver.goto(format!("{}/#/desk", place.address())).await.expect("the desk");
    wait_for(driver, &["surveys"]).await;
    wait_until_kept(driver, ours, |_| true).await;
}

async fn a_visit_without_a_network(place: &Place, driver: &WebDriver, mut someone: Person) {
    home(place, driver).await;
    driver.refresh().await.expect("the page without a network");
    wait_for(driver, &["start"]).await;
    crate::begin(place, driver, SURVEY, someone.language).await;
    let end = someone.fill(driver, &mut Given::new(), None).await;
    assert_eq!(end, End::Done, "a visit is filled in without a network");
    driver.goto(format!("{}/#/desk", place.address())).await.expect("the desk");
    driver.refresh().await.expect("the desk without a network");
    wait_for_element(driver, &format!("[data-survey=\"{SURVEY}\"] [data-finished=\"1\"]")).await;
    let row = format!("[data-survey=\"{SURVEY}\"]");
    place::click_until(driver, &format!("{row} [data-act=close]"), &format!("{row}[data-state=closed]"))
        .await;
    let summary = format!("{row} [data-act=summary]");
    place::click_until(driver, &summary, "main[data-screen=summary]").await;
    driver.goto(format!("{}/#/desk", place.address())).await.expect("the desk");
    place::click_until(driver, &format!("{row} [data-act=open]"), &format!("{row}[data-state=open]")).await;
}

async fn half_an_update_changes_nothing(place: &Place, driver: &WebDriver, ours: &Build, change: Change) {
    let mut changes = another_build(ours);
    changes.push(("loader.js".to_owned(), change));
    place.server.change(changes);
    let before = place.server.requests().len();
    home(place, driver).await;
    driver.refresh().await.expect("the page");
    wait_for(driver, &["start"]).await;
    let wanted = format!("loader.js?v={ANOTHER}");
    wait_until("the update is tried", async || {
        place.server.requests().iter().skip(before).any(|request| request.ends_with(&wanted))
    })
    .await;
    wait_until("the update is given up", async || {
        let script =
            "const r = await navigator.serviceWorker.getRegistration(); return !r.installing && !r.waiting;";
        ask::<bool>(driver, script).await == Some(true)
    })
    .await;
    assert!(driver.find(By::Css("html[data-update]")).await.is_err(), "half a build is not offered");
    driver.refresh().await.expect("the page");
    wait_for(driver, &["start"]).await;
    assert_eq!(build_of(driver).await.as_deref(), Some(ours.build.as_str()));
}

async fn an_update_is_offered_and_taken(place: &Place, driver: &WebDriver, ours: &Build) {
    // A filling is not disturbed.
    crate::begin(place, driver, SURVEY, "es").await;
    let before = place.server.requests().len();
    place.server.change(another_build(ours));
    let _ =
        ask::<bool>(driver, "await (await navigator.serviceWorker.getRegistration()).update(); return true;")
            .await;
    wait_for_element(driver, "html[data-update=waits]").await;
    assert!(screen(driver).await.starts_with("page"));
    assert!(driver.find(By::Css(".newer")).await.is_err(), "nothing is offered while somebody answers");

    home(place, driver).await;
    offered(place, driver, "update").await;
    let first = driver.window().await.expect("a window");
    let second = driver.new_tab().await.expect("a second page");
    driver.switch_to_window(second).await.expect("the second page");
    home(place, driver).await;
    click(driver, ".newer [data-act=update]").await;
    wait_for_element(driver, "html[data-update=others]").await;
    shot(place, driver, "update-others").await;
    assert_eq!(build_of(driver).await.as_deref(), Some(ours.build.as_str()), "another page is open");
    driver.close_window().await.expect("one page fewer");
    driver.switch_to_window(first).await.expect("the first page");

    click(driver, ".newer [data-act=update]").await;
    wait_for_build(driver, ANOTHER).await;
    wait_for(driver, &["start"]).await;
    wait_until_kept(driver, &Build { build: ANOTHER.to_owned(), files: ours.files.clone() }, |_| true).await;
    let again: Vec<String> = place
        .server
        .requests()
        .into_iter()
        .skip(before)
        .filter(|request| request.contains(".wasm"))
        .collect();
    assert!(again.is_empty(), "what the update did not change is not fetched again: {again:?}");
}

async fn rolled_back(place: &Place, driver: &WebDriver, ours: &Build) {
    driver.refresh().await.expect("the page");
    wait_for(driver, &["start"]).await;
    assert_eq!(build_of(driver).await.as_deref(), Some(ANOTHER));
    offered(place, driver, "rollback").await;
    driver.goto(format!("{}/#/desk", place.address())).await.expect("the desk");
    wait_for(driver, &["surveys"]).await;
    shot(place, driver, "rollback-desk").await;
    click(driver, ".newer [data-act=update]").await;
    wait_for_build(driver, &ours.build).await;
    wait_until_kept(driver, ours, |_| true).await;
}

/// The start screen says in both languages that a newer build waits.
async fn offered(place: &Place, driver: &WebDriver, name: &str) {
    wait_for_element(driver, "html[data-update=waits] .newer").await;
    for (language, words) in [("en", "There is a new version"), ("es", "Hay una versión nueva")] {
        switch_language(driver, language).await;
        let notice = driver.find(By::Css(".newer")).await.expect("the notice");
        assert!(notice.is_displayed().await.expect("the page"));
        let said = notice.text().await.expect("its words");
        assert!(said.contains(words), "{said}");
        shot(place, driver, &format!("{name}-{language}")).await;
    }
}

async fn everything_opens(place: &Place, driver: &WebDriver) {
    home(place, driver).await;
    driver.refresh().await.expect("the page without a network");
    wait_for(driver, &["start"]).await;
    driver.goto(format!("{}/#/desk", place.address())).await.expect("the desk");
    driver.refresh().await.expect("the desk without a network");
    wait_for(driver, &["surveys"]).await;
    home(place, driver).await;
}

async fn home(place: &Place, driver: &WebDriver) {
    driver.goto(format!("{}/#/", place.address())).await.expect("the start");
    wait_for(driver, &["start"]).await;
}

/// The site under another id, with other bytes in one file.
fn another_build(ours: &Build) -> Vec<(String, Change)> {
    let of_text = |name: &str| String::from_utf8(read(name)).expect("a text").replace(&ours.build, ANOTHER);
    let mut loader = read("loader.js");
    let old = beginning_of_digest(&loader);
    loader.extend_from_slice(b"\n// Another build.\n");
    let keeper = of_text("sw.js");
    assert!(keeper.contains(&old), "sw.js knows loader.js by its digest");
    let keeper = keeper.replace(&old, &beginning_of_digest(&loader));
    vec![
        ("index.html".to_owned(), Change::Bytes(of_text("index.html").into_bytes())),
        ("sw.js".to_owned(), Change::Bytes(keeper.into_bytes())),
        ("loader.js".to_owned(), Change::Bytes(loader)),
    ]
}

/// The first four bytes of the SHA-256 as a number, as sw.js has them.
fn beginning_of_digest(bytes: &[u8]) -> String {
    let number =
        Sha256::digest(bytes).iter().take(4).rev().fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
    number.to_string()
}

fn read(name: &str) -> Vec<u8> {
    let path: PathBuf = place::dist().join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Waits until the device keeps one build and of it these files; more of them do no harm.
async fn wait_until_kept(driver: &WebDriver, build: &Build, wanted: impl Fn(&str) -> bool) {
    let not_kept = |name: &str| {
        name == "sw.js" || ["screenshots/", "icons/"].iter().any(|start| name.starts_with(start))
    };
    let wanted: BTreeSet<&str> =
        build.files.iter().map(String::as_str).filter(|name| !not_kept(name) && wanted(name)).collect();
    let script = "
        const kept = [];
        for (const cache of await caches.keys()) {
          const at = cache.indexOf('#'), scope = cache.slice(0, at);
          if (at < 0) continue; // The loader's own, which holds no file.
          for (const { url } of await (await caches.open(cache)).keys())
            kept.push([cache.slice(at + 1), url.slice(scope.length) || 'index.html']);
        }
        return kept;";
    wait_until("one whole build is kept", async || {
        let kept: Vec<(String, String)> = ask(driver, script).await.unwrap_or_default();
        let names: BTreeSet<&str> = kept.iter().map(|(_, name)| name.as_str()).collect();
        kept.iter().all(|(of, _)| *of == build.build) && wanted.is_subset(&names)
    })
    .await;
}

async fn wait_for_build(driver: &WebDriver, build: &str) {
    wait_until("the other build is there", async || build_of(driver).await.as_deref() == Some(build)).await;
}

/// Which build the page is of; `None` between two pages.
async fn build_of(driver: &WebDriver) -> Option<String> {
    ask(driver, "return document.querySelector('meta[name=build]').content;").await
}

/// What a piece of asynchronous JavaScript gives; `None` between two pages.
async fn ask<T: DeserializeOwned>(driver: &WebDriver, script: &str) -> Option<T> {
    driver.execute(format!("return (async () => {{ {script} }})()"), vec![]).await.ok()?.convert().ok()
}

async fn wait_until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    for _ in 0..400 {
        if holds().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("waited 20 s until {what}");
}
