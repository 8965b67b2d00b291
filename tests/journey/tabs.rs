//! Two tabs and one filling; a full store and a loud page.

use thirtyfour::prelude::*;

use crate::browser::Device;
use crate::kiosk::open_quick;
use crate::people::{click, wait_for};
use crate::place::{self, Place, shot};

const BEGIN: &str = "[data-act=start][data-survey=quick]";
const WORD: &str = "[data-question=word] input, [data-question=word] textarea";

/// A filling that is open in one tab is said to be so in another, which can take it over with all that was answered.
pub(crate) async fn two_tabs() {
    let Some(place) = Place::open("tabs").await else { return };
    let driver = place.browser(Device::Phone, "es-PA").await;
    open_quick(&place, &driver).await;
    driver.goto(format!("{}/#/", place.address())).await.expect("the start");
    place::click_until(&driver, BEGIN, "main[data-screen=page]").await;
    write(&driver, "uno").await;
    place::wait_for_element(&driver, "[data-saved=saved]").await;
    let first = driver.window().await.expect("a tab");
    let second = driver.new_tab().await.expect("another tab");
    driver.switch_to_window(second.clone()).await.expect("the other tab");
    driver.goto(format!("{}/#/", place.address())).await.expect("the start");
    place::click_until(&driver, "[data-act=resume]", "main[data-screen=elsewhere]").await;
    shot(&place, &driver, "elsewhere").await;
    place::click_until(&driver, "[data-act=take-over]", "main[data-screen=page]").await;
    assert_eq!(word(&driver).await, "uno");
    driver.switch_to_window(first.clone()).await.expect("the first tab");
    wait_for(&driver, &["trouble"]).await;
    shot(&place, &driver, "taken").await;
    driver.switch_to_window(second).await.expect("the other tab");
    write(&driver, " y dos").await;
    place::click_until(&driver, "main [type=submit]", "main[data-screen=review]").await;
    place::click_until(&driver, "main [data-act=finish]", "main[data-screen=done]").await;
    // The first tab is free for the next filling.
    driver.switch_to_window(first).await.expect("the first tab");
    click(&driver, "main [data-act=home]").await;
    place::click_until(&driver, BEGIN, "main[data-screen=page]").await;
    write(&driver, "tres").await;
    place::wait_for_element(&driver, "[data-saved=saved]").await;
    driver.goto(format!("{}/#/desk", place.address())).await.expect("the desk");
    place::wait_for_element(&driver, "[data-survey=quick] [data-finished=\"1\"][data-drafts=\"1\"]").await;
    driver.quit().await.expect("a quiet end");
}

/// A store that takes no more: the page says so for as long as it is so, lets people go on, and keeps everything once there
/// is room. What was kept before is intact.
pub(crate) async fn a_full_store() {
    let Some(place) = Place::open("full").await else { return };
    let driver = place.browser(Device::Phone, "es-PA").await;
    open_quick(&place, &driver).await;
    driver.goto(format!("{}/#/", place.address())).await.expect("the start");
    place::click_until(&driver, BEGIN, "main[data-screen=page]").await;
    write(&driver, "antes").await;
    place::wait_for_element(&driver, "[data-saved=saved]").await;
    full(&driver, true).await;
    write(&driver, " y después").await;
    place::wait_for_element(&driver, "[data-saved=failed]").await;
    place::wait_for_element(&driver, "main .unsaved[role=alert] [data-act=retry]").await;
    shot(&place, &driver, "full").await;
    click(&driver, "main [data-act=retry]").await;
    place::wait_for_element(&driver, "[data-saved=failed]").await;
    // Nobody is kept from going on, and finishing says that nothing was finished.
    place::click_until(&driver, "main [type=submit]", "main[data-screen=review]").await;
    click(&driver, "main [data-act=finish]").await;
    place::wait_for_element(&driver, "main[data-screen=review] [data-act=export]").await;
    shot(&place, &driver, "full-review").await;
    click(&driver, "main [data-act=export]").await;
    let file = place::downloaded(&place, "json").await.expect("the answers as a file");
    assert!(String::from_utf8_lossy(&file).contains("antes y después"), "the file has what was typed");
    full(&driver, false).await;
    place::click_until(&driver, "main [data-act=finish]", "main[data-screen=done]").await;
    driver.goto(format!("{}/#/desk", place.address())).await.expect("the desk");
    place::wait_for_element(&driver, "[data-survey=quick] [data-finished=\"1\"][data-drafts=\"0\"]").await;
    driver.quit().await.expect("a quiet end");
}

async fn write(driver: &WebDriver, words: &str) {
    driver.find(By::Css(WORD)).await.expect("the question").send_keys(words).await.expect("an answer");
}

async fn word(driver: &WebDriver) -> String {
    place::wait_for_element(driver, WORD).await;
    let field = driver.find(By::Css(WORD)).await.expect("the question");
    field.prop("value").await.expect("a field").unwrap_or_default()
}

/// From here on the page's store is as full as one whose disk has no room, or has room again. Browsers say so at once or when
/// a transaction ends; this one says it at once.
async fn full(driver: &WebDriver, full: bool) {
    let script = r#"
const stores = IDBObjectStore.prototype;
window.before ??= { add: stores.add, put: stores.put };
for (const name of ['add', 'put'])
  stores[name] = arguments[0] ? () => { throw new DOMException('no room', 'QuotaExceededError'); } : window.before[name];"#;
    driver.execute(script, vec![serde_json::json!(full)]).await.expect("a store");
}
