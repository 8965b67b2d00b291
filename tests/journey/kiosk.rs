//! A lent device: one person after the other, each trying to see what the one before said, and none getting anywhere else.

use std::path::Path;

use thirtyfour::prelude::*;

use crate::browser::Device;
use crate::people::{click, screen, wait_for};
use crate::place::{self, Place, shot};

const SURVEY: &str = "quick";
const PASSPHRASE: &str = "puente verde 7";

/// Everything that a page can tell of somebody: its markup, its fields, its addresses and what it may keep.
const TRACES: &str = r#"
return [document.documentElement.outerHTML, document.title, location.href, JSON.stringify(history.state),
  JSON.stringify(localStorage), JSON.stringify(sessionStorage), window.name,
  ...[...document.querySelectorAll('input, textarea, select')].map(e => e.value)].join('\n');"#;

/// How many people: 20, or what `SONDEO_PEOPLE` says.
fn people() -> usize {
    std::env::var("SONDEO_PEOPLE").ok().and_then(|number| number.parse().ok()).unwrap_or(20)
}

/// The whole of it: lent, used, tried, taken back.
pub(crate) async fn a_lent_device() {
    let Some(place) = Place::open("kiosk").await else { return };
    let driver = place.browser(Device::Phone, "es-PA").await;
    open_quick(&place, &driver).await;
    lend(&place, &driver).await;
    nothing_else_is_to_be_had(&place, &driver).await;
    let all = people();
    for number in 0..all {
        answer(&driver, &marker(number)).await;
        place::click_until(&driver, "main [data-act=finish]", "main[data-screen=done]").await;
        if number == 0 {
            shot(&place, &driver, "thanks").await;
        }
        no_trace(&driver, number).await;
        driver.back().await.expect("Back");
        wait_for(&driver, &["start"]).await;
        no_trace(&driver, number).await;
        driver.forward().await.expect("Forward");
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        no_trace(&driver, number).await;
        if number % 5 == 0 {
            driver.refresh().await.expect("a reload");
            wait_for(&driver, &["start"]).await;
            no_trace(&driver, number).await;
            another_tab(&place, &driver, number).await;
        }
        driver.goto(format!("{}/#/", place.address())).await.expect("the start");
        wait_for(&driver, &["start"]).await;
    }
    who_walks_away_is_closed(&place, &driver).await;
    who_reloads_begins_anew(&driver).await;
    taken_back(&place, &driver, all).await;
    driver.quit().await.expect("a quiet end");
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
    field.send_keys(text).await.expect("what is typed");
}

/// Every address leads to the survey's start or to a locked desk, and the desk says nothing.
async fn nothing_else_is_to_be_had(place: &Place, driver: &WebDriver) {
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
    click(driver, "[data-act=to-survey]").await;
    wait_for(driver, &["start"]).await;
}

/// From the start to the review, with these words in the text question.
async fn answer(driver: &WebDriver, words: &str) {
    let begin = format!("[data-act=start][data-survey=\"{SURVEY}\"]");
    place::click_until(driver, &begin, "main[data-screen=page]").await;
    write_word(driver, words).await;
    place::click_until(driver, "main [type=submit]", "main[data-screen=review]").await;
}

async fn write_word(driver: &WebDriver, words: &str) {
    let field = "[data-question=word] input, [data-question=word] textarea";
    driver.find(By::Css(field)).await.expect("the question").send_keys(words).await.expect("an answer");
    place::wait_for_element(driver, "[data-saved=saved]").await;
}

async fn no_trace(driver: &WebDriver, number: usize) {
    let traces: String = driver.execute(TRACES, vec![]).await.expect("a page").convert().expect("a text");
    for before in 0..=number {
        assert!(!traces.contains(&marker(before)), "something of person {before} is left: {traces}");
    }
    assert!(!traces.contains("data-act=\"resume\""), "somebody is offered to go on with another's answers");
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
async fn who_walks_away_is_closed(place: &Place, driver: &WebDriver) {
    let begin = format!("[data-act=start][data-survey=\"{SURVEY}\"]");
    place::click_until(driver, &begin, "main[data-screen=page]").await;
    write_word(driver, &marker(9000)).await;
    let later = |seconds: u32| format!("const now = Date.now; Date.now = () => now() + {seconds}000;");
    driver.execute(later(121), vec![]).await.expect("two minutes");
    place::wait_for_element(driver, "dialog[open] [data-act=dialog-no]").await;
    shot(place, driver, "still-there").await;
    click(driver, "dialog[open] [data-act=dialog-no]").await;
    assert!(screen(driver).await.starts_with("page"), "whoever is there goes on");
    driver.execute(later(151), vec![]).await.expect("more time");
    wait_for(driver, &["start"]).await;
    place::wait_for_element(driver, "html[data-lent] main [data-act=start]").await;
    no_trace(driver, 0).await;
    let traces: String = driver.execute(TRACES, vec![]).await.expect("a page").convert().expect("a text");
    assert!(!traces.contains(&marker(9000)), "what was left is still there");
}

async fn who_reloads_begins_anew(driver: &WebDriver) {
    let begin = format!("[data-act=start][data-survey=\"{SURVEY}\"]");
    place::click_until(driver, &begin, "main[data-screen=page]").await;
    write_word(driver, &marker(9001)).await;
    driver.refresh().await.expect("a reload");
    wait_for(driver, &["start"]).await;
    place::wait_for_element(driver, "main [data-act=start]").await;
    let traces: String = driver.execute(TRACES, vec![]).await.expect("a page").convert().expect("a text");
    assert!(!traces.contains(&marker(9001)) && !traces.contains("data-act=\"resume\""), "{traces}");
}

/// The desk opens with the passphrase and has everything; what was left unfinished is offered to nobody.
async fn taken_back(place: &Place, driver: &WebDriver, all: usize) {
    driver.goto(format!("{}/#/desk", place.address())).await.expect("the desk");
    place::wait_for_element(driver, "#passphrase").await;
    type_into(driver, "passphrase", PASSPHRASE).await;
    let counted = format!("[data-survey=\"{SURVEY}\"] [data-finished=\"{all}\"][data-drafts=\"2\"]");
    click(driver, "[data-act=take-back]").await;
    place::wait_for_element(driver, &counted).await;
    driver.goto(format!("{}/#/", place.address())).await.expect("the start");
    wait_for(driver, &["start"]).await;
    place::wait_for_element(driver, "main [data-act=start]").await;
    assert!(driver.find(By::Css("[data-act=resume]")).await.is_err(), "lent drafts are offered to nobody");
    assert!(driver.find(By::Css("html[data-lent]")).await.is_err(), "the device is its owner's again");
}
