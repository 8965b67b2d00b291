//! A lent device: one person after the other, each trying to see what the one before said, and none getting anywhere else.

use std::path::Path;
use std::time::Duration;

use thirtyfour::prelude::*;

use crate::browser::{Device, Engine};
use crate::disk;
use crate::people::{click, screen, wait_for};
use crate::place::{self, Place, shot};

const SURVEY: &str = "quick";
const PASSPHRASE: &str = "puente verde 7";
const WAS_HERE: &str = "controldebusqueda";

/// Everything that a page can tell of somebody: its markup, its fields, its addresses, the steps of its history as far as the
/// browser lists them, and what it may keep.
const TRACES: &str = r#"
return [document.documentElement.outerHTML, document.title, location.href, JSON.stringify(history.state), document.referrer,
  JSON.stringify(localStorage), JSON.stringify(sessionStorage), window.name, document.cookie,
  ...(window.navigation?.entries() ?? []).map(e => e.url + JSON.stringify(e.getState())),
  ...[...document.querySelectorAll('input, textarea, select')].map(e => e.value)].join('\n');"#;

/// How many people: some, or what `SONDEO_PEOPLE` says.
fn people(engine: Engine) -> usize {
    let some = if engine == Engine::Chromium { 6 } else { 3 };
    std::env::var("SONDEO_PEOPLE").ok().and_then(|number| number.parse().ok()).unwrap_or(some)
}

/// What was tried, how often.
#[derive(Debug, Default)]
struct Tried {
    back: usize,
    forward: usize,
    reload: usize,
    tabs: usize,
    steps: usize,
    /// Left for another page of the host in the middle of a filling, and come back.
    away: usize,
    /// Of those, how often the browser had kept the page as it was.
    restored: usize,
    fields: usize,
    idle: usize,
    wrong: usize,
}

/// The whole of it: lent, used, tried, taken back.
pub(crate) async fn a_lent_device(engine: Engine) {
    let name = format!("kiosk-{}", engine.name());
    let Some(place) = Place::open_with(engine, &name, "").await else { return };
    let driver = place.browser(Device::Phone, "es-PA").await;
    // What a browser does write down beside the store of a site: where somebody was.
    driver.goto(format!("{}/?{WAS_HERE}#/", place.address())).await.expect("the start");
    open_quick(&place, &driver).await;
    lend(&place, &driver).await;
    let mut tried = Tried::default();
    nothing_else_is_to_be_had(&place, &driver, &mut tried).await;
    let (all, began) = (people(engine), tokio::time::Instant::now());
    for number in 0..all {
        begin(&driver).await;
        the_field_offers_nothing(&driver, number, &mut tried).await;
        write_word(&driver, &marker(number)).await;
        place::click_until(&driver, "main [type=submit]", "main[data-screen=review]").await;
        place::click_until(&driver, "main [data-act=finish]", "main[data-screen=done]").await;
        if number == 0 {
            shot(&place, &driver, "thanks").await;
        }
        no_trace(&driver, number).await;
        driver.back().await.expect("Back");
        wait_for(&driver, &["start"]).await;
        no_trace(&driver, number).await;
        driver.forward().await.expect("Forward");
        tokio::time::sleep(Duration::from_millis(100)).await;
        no_trace(&driver, number).await;
        (tried.back, tried.forward) = (tried.back + 1, tried.forward + 1);
        driver.refresh().await.expect("a reload");
        wait_for(&driver, &["start"]).await;
        no_trace(&driver, number).await;
        tried.reload += 1;
        if number % 5 == 0 {
            another_tab(&place, &driver, number).await;
            every_step_of_the_history(&place, &driver, number, &mut tried).await;
            who_goes_elsewhere_comes_back_to_nothing(&place, &driver, number, &mut tried).await;
            tried.tabs += 1;
        }
        driver.goto(format!("{}/#/", place.address())).await.expect("the start");
        wait_for(&driver, &["start"]).await;
    }
    let took = began.elapsed();
    who_walks_away_is_closed(&place, &driver, &mut tried).await;
    who_reloads_begins_anew(&driver, &mut tried).await;
    taken_back(&place, &driver, all, &mut tried).await;
    // WebKit's driver has no window any more where the last page was loaded anew.
    drop(driver.quit().await);
    nothing_lies_beside_the_store(engine, &place, all);
    println!("kiosk, {}: {all} people in {} s without a trace; {tried:?}", engine.name(), took.as_secs());
}

fn marker(number: usize) -> String {
    format!("palabra{number:04}deprueba")
}

/// Loads the short form at the desk and opens its survey.
pub(crate) async fn open_quick(place: &Place, driver: &WebDriver) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/forms/quick.md");
    driver.goto(format!("{}/#/desk/new/form", place.address())).await.expect("the desk");
    place::wait_for_element(driver, "[data-act=choose-form]").await;
    let field = driver.find(By::Css("[data-act=choose-form]")).await.expect("the field");
    field.send_keys(file.display().to_string()).await.expect("a file");
    place::wait_for_element(driver, "[data-form=can]").await;
    place::click_until(driver, "[data-act=keep-form]", "main [data-act=preview]").await;
    driver.goto(format!("{}/#/desk", place.address())).await.expect("the desk");
    let card = format!("[data-survey=\"{SURVEY}\"]");
    place::click_until(driver, &format!("{card} [data-act=open]"), &format!("{card}[data-state=open]")).await;
}

async fn lend(place: &Place, driver: &WebDriver) {
    let card = format!("[data-survey=\"{SURVEY}\"]");
    place::click_until(driver, &format!("{card} [data-act=lend]"), "#passphrase").await;
    shot(place, driver, "lend").await;
    for (first, second) in [("corta", "corta"), (PASSPHRASE, "otra cosa")] {
        type_into(driver, "passphrase", first).await;
        type_into(driver, "passphrase-again", second).await;
        place::click_until(driver, "[data-act=start-lending]", "[data-mistake] .error").await;
    }
    shot(place, driver, "lend-mistake").await;
    type_into(driver, "passphrase-again", PASSPHRASE).await;
    click(driver, "[data-act=start-lending]").await;
    place::wait_for_element(driver, "html[data-lent] main[data-screen=start] [data-act=start]").await;
    shot(place, driver, "start").await;
}

async fn type_into(driver: &WebDriver, id: &str, text: &str) {
    let field = driver.find(By::Id(id)).await.expect("a field");
    field.clear().await.expect("an empty field");
    if !text.is_empty() {
        field.send_keys(text).await.expect("what is typed");
    }
}

/// Every address leads to the survey's start or to a locked desk, and the desk says nothing.
async fn nothing_else_is_to_be_had(place: &Place, driver: &WebDriver, tried: &mut Tried) {
    for way in ["/", "/fill/pinellas_panama_exchange", "/fill/quick/2", "/preview/quick", "/nowhere"] {
        driver.goto(format!("{}/?{}#{way}", place.address(), way.len())).await.expect("an address");
        wait_for(driver, &["start"]).await;
        place::wait_for_element(driver, "main [data-act=start]").await;
        let offers = driver.find_all(By::Css("main [data-act=start]")).await.expect("offers");
        assert_eq!(offers.len(), 1, "{way} offers one survey");
    }
    for way in ["/desk", "/desk/quick/responses", "/desk/quick/summary", "/desk/new/form", "/desk/quick/lend"]
    {
        driver.goto(format!("{}/?d{}#{way}", place.address(), way.len())).await.expect("an address");
        place::wait_for_element(driver, "main[data-screen=locked]").await;
        let cards = driver.find_all(By::Css("[data-survey], table, [data-count]")).await.expect("the page");
        assert!(cards.is_empty(), "{way} shows something of the desk");
    }
    shot(place, driver, "locked").await;
    type_into(driver, "passphrase", "no es esta").await;
    place::click_until(driver, "[data-act=take-back]", "[data-mistake] .error").await;
    tried.wrong += 1;
    click(driver, "[data-act=to-survey]").await;
    wait_for(driver, &["start"]).await;
}

/// From the start to the form.
async fn begin(driver: &WebDriver) {
    let begin = format!("[data-act=start][data-survey=\"{SURVEY}\"]");
    place::click_until(driver, &begin, "main[data-screen=page]").await;
}

const FIELD: &str = "[data-question=word] input, [data-question=word] textarea";

async fn write_word(driver: &WebDriver, words: &str) {
    driver.find(By::Css(FIELD)).await.expect("the question").send_keys(words).await.expect("an answer");
    place::wait_for_element(driver, "[data-saved=saved]").await;
}

/// What a browser remembers of a field it offers on the first letters, or on the arrow down.
async fn the_field_offers_nothing(driver: &WebDriver, number: usize, tried: &mut Tried) {
    let field = driver.find(By::Css(FIELD)).await.expect("the question");
    for keys in [Key::Down + "", Key::Down + "", "pal".into(), Key::Down + "", Key::Tab + ""] {
        field.send_keys(keys).await.expect("a key");
    }
    let held = field.prop("value").await.expect("a field").unwrap_or_default();
    assert_eq!(held, "pal", "what somebody else wrote is offered");
    field.clear().await.expect("an empty field");
    if number > 0 {
        no_trace(driver, number - 1).await;
    }
    tried.fields += 1;
}

async fn no_trace(driver: &WebDriver, number: usize) {
    let traces = traces(driver).await;
    for before in 0..=number {
        assert!(!traces.contains(&marker(before)), "something of person {before} is left: {traces}");
    }
    assert!(!traces.contains("data-act=\"resume\""), "somebody is offered to go on with another's answers");
}

/// As far back as the browser goes within the site, one step after the other, and forward again.
async fn every_step_of_the_history(place: &Place, driver: &WebDriver, number: usize, tried: &mut Tried) {
    let script = "return history.length";
    let length: usize = driver.execute(script, vec![]).await.expect("a page").convert().expect("a number");
    for way in ["history.back()", "history.forward()"] {
        for _ in 0..length.min(12) {
            driver.execute(way, vec![]).await.expect("a step");
            tokio::time::sleep(Duration::from_millis(150)).await;
            let address = driver.current_url().await.expect("an address").to_string();
            if !address.starts_with(place.address()) {
                break;
            }
            no_trace(driver, number).await;
            tried.steps += 1;
        }
    }
    driver.goto(format!("{}/?{number}#/", place.address())).await.expect("the start");
    wait_for(driver, &["start"]).await;
}

/// In the middle of a filling somebody opens another page, and whoever comes next goes back: browsers keep pages as they were.
async fn who_goes_elsewhere_comes_back_to_nothing(
    place: &Place,
    driver: &WebDriver,
    number: usize,
    tried: &mut Tried,
) {
    begin(driver).await;
    write_word(driver, &gone(number)).await;
    // Whether the browser had kept the page, heard before the page does anything about it.
    let hear = "addEventListener('pageshow', e => { if (e.persisted) sessionStorage.kept = '1'; }, true)";
    driver.execute(hear, vec![]).await.expect("a listener");
    driver.goto(format!("{}/icons/icon.svg", place.address())).await.expect("another page");
    driver.back().await.expect("Back");
    wait_for(driver, &["start"]).await;
    let script = "const kept = sessionStorage.kept === '1'; delete sessionStorage.kept; return kept;";
    let restored: bool = driver.execute(script, vec![]).await.expect("a page").convert().expect("whether");
    no_trace(driver, number).await;
    assert!(!traces(driver).await.contains(&gone(number)), "what was left is there again");
    tried.away += 1;
    tried.restored += usize::from(restored);
}

fn gone(number: usize) -> String {
    format!("palabra{number:04}abandonada")
}

async fn traces(driver: &WebDriver) -> String {
    let mut last = String::new();
    for _ in 0..40 {
        // In between two pages there is none to ask.
        match driver.execute(TRACES, vec![]).await.and_then(|traces| traces.convert()) {
            Ok(traces) => return traces,
            Err(error) => last = error.to_string(),
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("no page to ask: {last}")
}

/// What people wrote lies in the site's own store alone, and nowhere that the browser keeps for itself: its history, what it
/// fills in, the windows it opens again.
fn nothing_lies_beside_the_store(engine: Engine, place: &Place, all: usize) {
    let own: &[&str] = match engine {
        Engine::Chromium => &["IndexedDB", "Local Storage"],
        Engine::Firefox => &["storage"],
        Engine::Webkit => &["storage", "databases", "localstorage", "IndexedDB", "LocalStorage"],
    };
    let words: Vec<String> = (0..all).flat_map(|number| [marker(number), gone(number)]).collect();
    let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
    words.push(PASSPHRASE);
    let looked = disk::search(&place.profile, own, &words);
    assert_eq!(looked.found(), Vec::<&std::path::PathBuf>::new(), "{looked:?}");
    // The same search finds what is there: an address among what the browser keeps for itself, or else an answer in the store.
    let looked = disk::search(&place.profile, &[], &[WAS_HERE, words[0]]);
    assert!(!looked.found().is_empty(), "the search finds nothing, whatever there is: {looked:?}");
}

async fn another_tab(place: &Place, driver: &WebDriver, number: usize) {
    let first = driver.window().await.expect("a tab");
    let second = driver.new_tab().await.expect("another tab");
    driver.switch_to_window(second).await.expect("the other tab");
    driver.goto(format!("{}/", place.address())).await.expect("the start");
    wait_for(driver, &["start"]).await;
    no_trace(driver, number).await;
    driver.close_window().await.expect("one tab less");
    driver.switch_to_window(first).await.expect("the first tab");
}

/// Two minutes pass for the page without anybody touching it, then half a minute more.
async fn who_walks_away_is_closed(place: &Place, driver: &WebDriver, tried: &mut Tried) {
    begin(driver).await;
    write_word(driver, &marker(9000)).await;
    let later = |seconds: u32| {
        format!(
            "const clock = window.Date, now = clock.now; clock.now = () => now.call(clock) + {seconds}000;"
        )
    };
    driver.execute(later(121), vec![]).await.expect("two minutes");
    place::wait_for_element(driver, "dialog[open] [data-act=dialog-no]").await;
    shot(place, driver, "still-there").await;
    click(driver, "dialog[open] [data-act=dialog-no]").await;
    assert!(screen(driver).await.starts_with("page"), "whoever is there goes on");
    driver.execute(later(151), vec![]).await.expect("more time");
    wait_for(driver, &["start"]).await;
    place::wait_for_element(driver, "html[data-lent] main [data-act=start]").await;
    no_trace(driver, 0).await;
    assert!(!traces(driver).await.contains(&marker(9000)), "what was left is still there");
    tried.idle += 1;
}

async fn who_reloads_begins_anew(driver: &WebDriver, tried: &mut Tried) {
    begin(driver).await;
    write_word(driver, &marker(9001)).await;
    driver.refresh().await.expect("a reload");
    wait_for(driver, &["start"]).await;
    place::wait_for_element(driver, "main [data-act=start]").await;
    let traces = traces(driver).await;
    assert!(!traces.contains(&marker(9001)) && !traces.contains("data-act=\"resume\""), "{traces}");
    tried.reload += 1;
}

/// The desk opens with the passphrase and has everything; what was left unfinished is offered to nobody. Until then wrong ones
/// open nothing, and neither do Back, a reload and another tab after them.
async fn taken_back(place: &Place, driver: &WebDriver, all: usize, tried: &mut Tried) {
    let desk = format!("{}/#/desk", place.address());
    driver.goto(&desk).await.expect("the desk");
    place::wait_for_element(driver, "#passphrase").await;
    for wrong in ["", "puente verde", "Puente verde 7", "puente verde 7 "] {
        type_into(driver, "passphrase", wrong).await;
        click(driver, "[data-act=take-back]").await;
        place::wait_for_element(driver, "[data-act=take-back][aria-disabled=false]").await;
        still_locked(driver).await;
        tried.wrong += 1;
    }
    driver.refresh().await.expect("a reload");
    place::wait_for_element(driver, "#passphrase").await;
    still_locked(driver).await;
    driver.back().await.expect("Back");
    tokio::time::sleep(Duration::from_millis(300)).await;
    no_trace(driver, all - 1).await;
    driver.forward().await.expect("Forward");
    place::wait_for_element(driver, "#passphrase").await;
    still_locked(driver).await;

    type_into(driver, "passphrase", PASSPHRASE).await;
    let left = tried.away + 2;
    let counted = format!("[data-survey=\"{SURVEY}\"] [data-finished=\"{all}\"][data-drafts=\"{left}\"]");
    click(driver, "[data-act=take-back]").await;
    place::wait_for_element(driver, &counted).await;
    driver.goto(format!("{}/#/", place.address())).await.expect("the start");
    wait_for(driver, &["start"]).await;
    place::wait_for_element(driver, "main [data-act=start]").await;
    assert!(driver.find(By::Css("[data-act=resume]")).await.is_err(), "lent drafts are offered to nobody");
    assert!(driver.find(By::Css("html[data-lent]")).await.is_err(), "the device is its owner's again");
}

async fn still_locked(driver: &WebDriver) {
    place::wait_for_element(driver, "html[data-lent] main[data-screen=locked]").await;
    let cards = driver.find_all(By::Css("[data-survey], table, [data-count]")).await.expect("the page");
    assert!(cards.is_empty(), "something of the desk is shown");
}
