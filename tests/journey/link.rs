//! A link from desk to phone: made at the desk, opened on a phone that has never seen the survey, answered there; then cut,
//! changed and opened again.

use thirtyfour::prelude::*;

use crate::browser::Device;
use crate::gallery::look;
use crate::kiosk::open_quick;
use crate::people::{End, Given, Person, click, switch_language, wait_for};
use crate::place::{self, Place, click_until, wait_for_element};

const VISIT: &str = "pinellas_panama_exchange";

/// The whole way, with a built-in questionnaire and with a form of one's own.
pub(crate) async fn links(person: fn(usize, &'static str) -> Person) {
    let Some(desk) = Place::open("links-desk").await else { return };
    let driver = desk.browser(Device::Desk, "es-PA").await;
    open_quick(&desk, &driver).await;
    let own = made(&desk, &driver, "quick", None).await;
    open_visit(&desk, &driver).await;
    let visit = made(&desk, &driver, VISIT, Some("participation")).await;
    driver.quit().await.expect("a quiet end");

    let Some(phone) = Place::open("links").await else { return };
    // The link names the desk's server; the phone is served by its own.
    let here = |link: &str| link.replace(desk.address(), phone.address());
    let driver = phone.browser(Device::Phone, "es-PA").await;
    what_is_damaged_says_so(&phone, &driver, &here(&own)).await;

    driver.goto(here(&own)).await.expect("the link");
    wait_for(&driver, &["page"]).await;
    let lang = driver.find(By::Css("html")).await.expect("a page").attr("lang").await.expect("a page");
    assert_eq!(lang.as_deref(), Some("en"), "the link's language");
    let mut someone = person(2, "en");
    someone.skips = 0;
    assert_eq!(someone.fill(&driver, &mut Given::new(), None).await, End::Done);

    driver.goto(here(&visit)).await.expect("the link");
    wait_for(&driver, &["page"]).await;
    let mut someone = person(3, "en");
    (someone.skips, someone.switches) = (0, false);
    assert_eq!(someone.fill(&driver, &mut Given::new(), Some("s_intro")).await, End::Stopped);
    click_until(&driver, "main [type=submit]", "[data-question$=participation]").await;
    let chosen = "[data-question$=participation] input:checked";
    let given = driver.find(By::Css(chosen)).await.expect("the question").value().await.expect("a value");
    assert_eq!(given.as_deref(), Some(GIVEN), "filled in beforehand");
    driver.goto(format!("{}/#/desk", phone.address())).await.expect("the desk");
    wait_for_element(&driver, "[data-survey=quick] [data-finished=\"1\"]").await;
    the_same_again_and_closed(&phone, &driver, &here(&own)).await;
    driver.quit().await.expect("a quiet end");
}

/// The choice that the link gives beforehand.
const GIVEN: &str = "host";

async fn open_visit(place: &Place, driver: &WebDriver) {
    driver.goto(format!("{}/#/desk", place.address())).await.expect("the desk");
    wait_for_element(driver, &format!("[data-survey=\"{VISIT}\"][data-state=open]")).await;
}

/// Makes a link in English at the desk, with an answer given beforehand where one is asked for.
async fn made(place: &Place, driver: &WebDriver, survey: &str, field: Option<&str>) -> String {
    driver.goto(format!("{}/#/desk", place.address())).await.expect("the desk");
    let to = format!("[data-survey=\"{survey}\"] [data-act=link]");
    click_until(driver, &to, "main[data-screen=link] [data-qr]").await;
    choose(driver, "#link-language", "en").await;
    if let Some(field) = field {
        click(driver, "[data-act=link-answers] summary").await;
        choose(driver, &format!("[data-field=\"{field}\"]"), GIVEN).await;
    }
    tokio::time::sleep(std::time::Duration::from_millis(1_500)).await;
    for language in ["en", "es"] {
        switch_language(driver, language).await;
        look(driver, &format!("link-{survey}-{language}")).await;
    }
    let area = driver.find(By::Id("link-text")).await.expect("the text");
    let link = area.value().await.expect("a value").expect("a link");
    assert!(link.starts_with(&format!("{}/", place.address())) && link.contains("#/link/1-"), "{link}");
    link
}

async fn choose(driver: &WebDriver, selector: &str, value: &str) {
    let script = "const e = document.querySelector(arguments[0]); e.value = arguments[1]; \
                  e.dispatchEvent(new Event('change', {bubbles: true})); return e.value;";
    let args = vec![selector.into(), value.into()];
    let chosen: String = driver.execute(script, args).await.expect("a field").convert().expect("a value");
    assert_eq!(chosen, value, "{selector} has this choice");
}

/// Cut anywhere, changed anywhere, of a version to come: told, and nothing is kept.
async fn what_is_damaged_says_so(phone: &Place, driver: &WebDriver, link: &str) {
    let cut = link.get(..link.len() - 40).expect("a long link").to_owned();
    let last = if link.ends_with('A') { "B" } else { "A" };
    let changed = [link.get(..link.len() - 1).expect("a link"), last].concat();
    let newer = link.replace("#/link/1-", "#/link/2-");
    for (number, (bad, told)) in
        [(cut, "damaged"), (changed, "damaged"), (newer, "version")].into_iter().enumerate()
    {
        driver.goto(bad.replace("#/", &format!("?{number}#/"))).await.expect("the link");
        wait_for_element(driver, &format!("main[data-screen=link][data-link={told}]")).await;
        for language in ["en", "es"] {
            switch_language(driver, language).await;
            look(driver, &format!("link-{told}-{language}")).await;
        }
    }
    click(driver, "main [data-act=home]").await;
    wait_for(driver, &["start"]).await;
    let there = driver.find_all(By::Css("[data-survey=quick]")).await.expect("a page");
    assert!(there.is_empty(), "nothing of a damaged link is kept");
    let _ = phone;
}

/// Opened again it leads to the survey; once that is closed it says so.
async fn the_same_again_and_closed(phone: &Place, driver: &WebDriver, link: &str) {
    driver.goto(link.replace("#/", "?again#/")).await.expect("the link");
    wait_for(driver, &["page"]).await;
    driver.goto(format!("{}/#/desk", phone.address())).await.expect("the desk");
    let card = "[data-survey=quick]";
    wait_for_element(driver, &format!("{card} [data-finished=\"1\"]")).await;
    place::click_until(driver, &format!("{card} [data-act=close]"), &format!("{card}[data-state=closed]"))
        .await;
    driver.goto(link.replace("#/", "?closed#/")).await.expect("the link");
    wait_for_element(driver, "main[data-screen=link][data-link=closed]").await;
}
