//! What a newer version wrote is on the device, as after a host put an older build back: everything else goes on being seen
//! and answered, and it is said how much there is that only the newer version can show. It stays as it is.

use thirtyfour::prelude::*;

use crate::browser::Device;
use crate::people::{click, wait_for};
use crate::place::{self, Place, shot, wait_for_element};

const VISIT: &str = "pinellas_panama_exchange";
const STUDY: &str = "community_safety_example";

/// Changes rows of the store, or with an empty body reads them. Gives the rows of that store as text.
async fn rows(driver: &WebDriver, store: &str, change: &str) -> String {
    let script = format!(
        r#"return (async () => {{
const done = asked => new Promise((good, bad) => {{ asked.onsuccess = () => good(asked.result); asked.onerror = () => bad(asked.error); }});
const base = await done(indexedDB.open("sondeo"));
const it = base.transaction("{store}", "readwrite").objectStore("{store}");
for (const row of await done(it.getAll())) {{ {change}; it.put(row); }}
const all = JSON.stringify(await done(it.getAll()));
base.close();
return all;
}})()"#
    );
    driver.execute(script, vec![]).await.expect("the store").convert().expect("its rows")
}

async fn go(place: &Place, driver: &WebDriver, path: &str) {
    driver.goto(format!("{}/#{path}", place.address())).await.expect("a page");
    driver.refresh().await.expect("the page anew");
}

pub(crate) async fn a_newer_version_was_here() {
    let Some(place) = Place::open("newer").await else { return };
    let driver = place.browser(Device::Desk, "en-US").await;
    go(&place, &driver, "/desk").await;
    wait_for(&driver, &["surveys"]).await;
    let card = format!("[data-survey=\"{VISIT}\"]");
    place::click_until(
        &driver,
        &format!("{card} [data-act=examples]"),
        &format!("{card} [data-finished=\"8\"]"),
    )
    .await;

    // Two responses of eight.
    let before = rows(&driver, "responses", "if (row.arrival < 3) row.format = 9").await;
    go(&place, &driver, &format!("/desk/{VISIT}/responses")).await;
    wait_for_element(&driver, "[data-newer=\"2\"]").await;
    wait_for_element(&driver, "[data-day]").await;
    shot(&place, &driver, "responses").await;
    go(&place, &driver, &format!("/desk/{VISIT}/summary")).await;
    wait_for_element(&driver, ".report-newer").await;
    let said =
        driver.find(By::Css(".report-newer")).await.expect("the notice").text().await.expect("its words");
    assert!(said.starts_with("2 responses were written by a newer version"), "{said}");
    wait_for_element(&driver, ".base-line[data-chosen=\"6\"]").await;
    shot(&place, &driver, "summary").await;
    assert_eq!(rows(&driver, "responses", "").await, before, "they stay as they are");

    // The survey itself.
    let before = rows(&driver, "surveys", &format!("if (row.id === '{VISIT}') row.format = 9")).await;
    go(&place, &driver, "/desk").await;
    wait_for_element(&driver, "[data-newer=\"1\"]").await;
    wait_for_element(&driver, &format!("[data-survey=\"{STUDY}\"]")).await;
    assert!(driver.find(By::Css(&card)).await.is_err(), "it is in no list");
    shot(&place, &driver, "surveys").await;
    go(&place, &driver, "/").await;
    wait_for(&driver, &["start"]).await;
    wait_for_element(&driver, "main [role=alert]").await;
    shot(&place, &driver, "start").await;
    // The program's own copy of that survey takes the place of nothing.
    click(&driver, &format!("[data-act=start][data-survey=\"{VISIT}\"]")).await;
    wait_for(&driver, &["trouble"]).await;
    assert_eq!(rows(&driver, "surveys", "").await, before, "nothing is written over it");

    // A damaged one is kept, and can be taken away.
    rows(&driver, "surveys", &format!("if (row.id === '{STUDY}') row.sum = 0")).await;
    go(&place, &driver, "/desk").await;
    wait_for_element(&driver, "[data-act=download-damaged]").await;
    shot(&place, &driver, "damaged").await;
    let mut taken = None;
    for _ in 0..4 {
        click(&driver, "[data-act=download-damaged]").await;
        taken = place::downloaded(&place, "jsonl").await;
        if taken.is_some() {
            break;
        }
    }
    let taken = String::from_utf8(taken.expect("a file")).expect("text");
    assert!(taken.contains(STUDY) && taken.contains("\"store\":\"surveys\""), "{taken}");
    driver.quit().await.expect("a quiet end");
}
