//! The core of every journey in the other engines: a filling is killed, goes on where it was, ends, and is counted at the desk;
//! a copy of it joins another device once.

use thirtyfour::prelude::*;

use crate::browser::{Device, Engine};
use crate::people::{End, Given, Person, wait_for};
use crate::place::{self, Place, shot, wait_for_element};

const SURVEY: &str = "pinellas_panama_exchange";

/// The whole way, in one engine.
pub(crate) async fn a_killed_filling_goes_on_and_is_counted(engine: Engine, mut someone: Person) {
    let name = engine.name();
    let Some(place) = Place::open_with(engine, name, "").await else { return };
    let mut given = Given::new();
    let driver = place.browser(Device::Phone, "es-PA").await;
    crate::begin(&place, &driver, SURVEY, someone.language).await;
    assert_eq!(someone.fill(&driver, &mut given, Some("s_quality")).await, End::Stopped);
    wait_for_element(&driver, "[data-saved=saved]").await;
    assert!(place.kill_browser() > 0, "no browser was killed");
    drop(driver.quit().await);

    let driver = place.browser(Device::Phone, "es-PA").await;
    driver.goto(format!("{}/#/", place.address())).await.expect("the start");
    place::click_until(&driver, "[data-act=resume]", "main[data-page=s_quality]").await;
    shot(&place, &driver, "goes-on").await;
    assert_eq!(someone.fill(&driver, &mut given, None).await, End::Done);
    crate::nothing_is_left_behind(&driver).await;
    driver.goto(format!("{}/#/desk", place.address())).await.expect("the desk");
    wait_for(&driver, &["surveys"]).await;
    wait_for_element(
        &driver,
        &format!("[data-survey=\"{SURVEY}\"] [data-finished=\"1\"][data-drafts=\"0\"]"),
    )
    .await;
    shot(&place, &driver, "desk").await;
    every_answer_is_kept(&driver, &given).await;
    drop(driver.quit().await);
}

/// What the store holds of the one response is what the person answered.
async fn every_answer_is_kept(driver: &WebDriver, given: &Given) {
    let script = "
        const done = arguments[arguments.length - 1], open = indexedDB.open('sondeo');
        open.onsuccess = () => {
          const rows = open.result.transaction('responses').objectStore('responses').getAll();
          rows.onsuccess = () => { open.result.close(); done(rows.result.map(row => row.text)); };
        };";
    let texts: Vec<String> =
        driver.execute_async(script, vec![]).await.expect("the store").convert().expect("its responses");
    assert_eq!(texts.len(), 1, "one response");
    let response = sondeo::response::wire::response_from_json(&texts[0]).expect("a response");
    let kept: Given = response
        .answers
        .into_iter()
        .filter(|(path, _)| given.contains_key(path))
        .map(|(path, answer)| {
            let values = match answer {
                sondeo::response::Answer::Choices(all) => all,
                sondeo::response::Answer::Empty => Vec::new(),
                other => vec![other.to_text()],
            };
            (path, values)
        })
        .collect();
    assert_eq!(kept, *given);
}
