//! Every screen in both languages, on a phone and on a desk: none scrolls sideways, on a phone not even 320 pixels wide, and
//! axe finds nothing against WCAG 2.2 A and AA, in the light or in the dark.
//! With `SONDEO_SHOTS` set to a folder, each is written there as a picture of the whole page.

use std::path::PathBuf;

use thirtyfour::prelude::*;

use crate::browser::Device;
use crate::people::{Given, click, screen, switch_language, wait_for};
use crate::place::{Place, click_until, wait_for_element};
use crate::{begin, confirm_helplines, person};

/// Looks at the open screen: its width, and its picture.
pub(crate) async fn look(driver: &WebDriver, name: &str) {
    let wide: bool = driver
        .execute(
            "return document.documentElement.scrollWidth > document.documentElement.clientWidth + 1",
            vec![],
        )
        .await
        .expect("a page")
        .convert()
        .expect("yes or no");
    assert!(!wide, "{name} scrolls sideways");
    if name.starts_with("phone") {
        fits(driver, name).await;
    }
    for scheme in ["light", "dark"] {
        paint(driver, scheme).await;
        crate::axe::look(driver, &format!("{name} ({scheme})")).await;
    }
    paint(driver, "").await;
    if let Some(folder) = std::env::var_os("SONDEO_SHOTS").map(PathBuf::from) {
        save(driver, &folder, name).await;
    }
}

/// In the light or in the dark; as the device would without a name.
async fn paint(driver: &WebDriver, scheme: &str) {
    // Without motion, or axe meets colours on their way from one to the other.
    let still = if scheme.is_empty() { "" } else { "reduce" };
    let wanted = serde_json::json!({ "features": [
        { "name": "prefers-color-scheme", "value": scheme }, { "name": "prefers-reduced-motion", "value": still },
    ] });
    driver.cdp().send_raw("Emulation.setEmulatedMedia", wanted).await.expect("another scheme");
    let frames = "return new Promise(done => requestAnimationFrame(() => setTimeout(done, 50)))";
    driver.execute(frames, vec![]).await.expect("a painted page");
}

/// A phone of 320 pixels, as narrow as WCAG wants a page to fit; a usual one in a script that runs from right to left, and one
/// whose owner doubled the letters.
async fn fits(driver: &WebDriver, name: &str) {
    // The desk is asked what WCAG asks, on the screen of a computer.
    let at_desk = driver.find(By::Css("#desk main")).await.is_ok();
    let letters = if at_desk { 1280 } else { 360 };
    let ways = [
        ("320 pixels", 320, "", ""),
        ("right to left", 360, "rtl", ""),
        ("letters of 200 %", letters, "", "200%"),
    ];
    for (way, width, direction, letters) in ways {
        resize(driver, width).await;
        let out: Vec<String> = driver
            .execute(
                "const root = document.documentElement;
                 root.dir = arguments[0]; root.style.fontSize = arguments[1];
                 const box = root.getBoundingClientRect(), out = root.scrollWidth > root.clientWidth + 1
                   ? [...document.querySelectorAll('body *')].filter(e => {
                       const { left, right } = e.getBoundingClientRect();
                       return right > box.right + 1 || (root.dir && left < box.left - 1);
                     }).slice(0, 5).map(e => e.outerHTML.slice(0, 120)).concat('sideways') : [];
                 return out;",
                vec![direction.into(), letters.into()],
            )
            .await
            .expect("a page")
            .convert()
            .expect("elements");
        // Named apart, because pictures of them all take a journey half as long again.
        let picture =
            std::env::var_os("SONDEO_WAYS").filter(|_| !direction.is_empty() || !letters.is_empty());
        if let Some(folder) = picture {
            save(
                driver,
                &PathBuf::from(folder),
                &format!("{name}-{}", way.replace(' ', "-").replace('%', "")),
            )
            .await;
        }
        driver
            .execute(
                "document.documentElement.dir = ''; document.documentElement.style.fontSize = '';",
                vec![],
            )
            .await
            .expect("a page");
        if !out.is_empty() {
            crate::axe::note(format!("{name} scrolls sideways ({way}): {out:?}"));
        }
    }
    resize(driver, 360).await;
}

async fn resize(driver: &WebDriver, width: u32) {
    let phone = serde_json::json!({ "width": width, "height": 640, "deviceScaleFactor": 2, "mobile": true });
    driver.cdp().send_raw("Emulation.setDeviceMetricsOverride", phone).await.expect("a phone");
}

/// A picture of the whole page, in this folder.
async fn save(driver: &WebDriver, folder: &std::path::Path, name: &str) {
    std::fs::create_dir_all(folder).expect("a folder for pictures");
    let whole = serde_json::json!({ "captureBeyondViewport": true, "format": "png" });
    let taken = driver.cdp().send_raw("Page.captureScreenshot", whole).await.expect("a picture");
    let text = taken["data"].as_str().expect("its bytes");
    std::fs::write(folder.join(format!("{name}.png")), decode(text)).expect("a file");
}

/// Base 64, as the browser writes it.
fn decode(text: &str) -> Vec<u8> {
    let digit = |c: u8| match c {
        b'A'..=b'Z' => u32::from(c - b'A'),
        b'a'..=b'z' => u32::from(c - b'a') + 26,
        b'0'..=b'9' => u32::from(c - b'0') + 52,
        b'+' => 62,
        _ => 63,
    };
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    for four in text.trim_end_matches('=').as_bytes().chunks(4) {
        let bits = four.iter().fold(0, |bits, &c| bits << 6 | digit(c)) << (6 * (4 - four.len()));
        bytes.extend(bits.to_be_bytes().iter().skip(1).take(four.len() - 1));
    }
    bytes
}

async fn go(place: &Place, driver: &WebDriver, route: &str, wanted: &str) {
    driver.goto(format!("{}/#/{route}", place.address())).await.expect("an address");
    wait_for(driver, &[wanted]).await;
}

/// Every page of a survey, the review and the thanks.
async fn filling(place: &Place, driver: &WebDriver, survey: &str, language: &'static str, device: Device) {
    let label = |page: &str| format!("{device:?}-{language}-{survey}-{page}").to_lowercase();
    begin(place, driver, survey, language).await;
    let mut someone = person(3, language);
    someone.switches = false;
    let mut given = Given::new();
    for step in 0..60 {
        let now = screen(driver).await;
        match now.split_once(':') {
            Some(("page", page)) => {
                let page = page.to_owned();
                someone.answer_page(driver, &mut given).await;
                look(driver, &label(&format!("{step:02}-{page}"))).await;
                click(driver, "main [type=submit]").await;
                someone.turned(driver, &now).await;
            }
            Some(("review", _)) => {
                look(driver, &label("90-review")).await;
                click(driver, "[data-act=finish]").await;
                wait_for(driver, &["done"]).await;
                look(driver, &label("91-done")).await;
                return;
            }
            _ => panic!("an unexpected screen: {now}"),
        }
    }
    panic!("the form does not end");
}

/// The whole gallery for one device and language.
pub(crate) async fn gallery(place: &Place, device: Device, language: &'static str) {
    let tag = if language == "es" { "es-PA" } else { "en-US" };
    let driver = place.browser(device, tag).await;
    let label = |page: &str| format!("{device:?}-{language}-{page}").to_lowercase();
    go(place, &driver, "", "start").await;
    switch_language(&driver, language).await;
    look(&driver, &label("start-new")).await;
    filling(place, &driver, "pinellas_panama_exchange", language, device).await;

    go(place, &driver, "desk", "surveys").await;
    wait_for_element(&driver, "[data-survey]").await;
    look(&driver, &label("desk-surveys")).await;
    go(place, &driver, "desk/pinellas_panama_exchange/edit", "edit").await;
    wait_for_element(&driver, "main [data-act=save]").await;
    look(&driver, &label("desk-edit-event")).await;
    go(place, &driver, "desk", "surveys").await;
    let study = "community_safety_example";
    let edit = format!("[data-survey=\"{study}\"] [data-act=edit]");
    click_until(&driver, &edit, "main[data-screen=edit]").await;
    confirm_helplines(&driver).await;
    look(&driver, &label("desk-edit-study")).await;
    click(&driver, "main [data-act=save]").await;
    click(&driver, "main [data-act=open]").await;
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    filling(place, &driver, study, language, device).await;
    begin(place, &driver, study, language).await;
    look(&driver, &label("consent")).await;
    go(place, &driver, "desk", "surveys").await;
    wait_for_element(&driver, "[data-survey]").await;
    look(&driver, &label("desk-surveys-open")).await;
    go(place, &driver, &format!("desk/{study}/responses"), "responses").await;
    look(&driver, &label("desk-responses")).await;
    go(place, &driver, &format!("desk/{study}/link"), "link").await;
    wait_for_element(&driver, "[data-qr]").await;
    click(&driver, "[data-act=link-answers] summary").await;
    look(&driver, &label("desk-link")).await;
    go(place, &driver, &format!("desk/{study}/paper"), "paper").await;
    wait_for_element(&driver, ".form-paper").await;
    look(&driver, &label("desk-paper")).await;
    go(place, &driver, &format!("desk/{study}/enter"), "enter").await;
    wait_for_element(&driver, "[data-stage=number]").await;
    look(&driver, &label("desk-enter")).await;
    go(place, &driver, "link/1-ABC", "link").await;
    wait_for_element(&driver, "[data-link=damaged]").await;
    look(&driver, &label("link-damaged")).await;
    driver.quit().await.expect("a quiet end");
}

/// The controls over a summary, its sheets and what they come to.
async fn exploring(driver: &WebDriver, survey: &str, label: &impl Fn(&str) -> String) {
    let label = |page: &str| label(&format!("{survey}-{page}"));
    if driver.find(By::Css("[data-act=explore][aria-expanded=false]")).await.is_ok() {
        click(driver, "[data-act=explore]").await;
    }
    look(driver, &label("explore")).await;
    click_until(driver, "[data-act=add-filter]", "dialog#pick[open]").await;
    look(driver, &label("pick")).await;
    click_until(driver, "dialog#pick .pick-question", "dialog#pick [data-act=pick-apply]").await;
    look(driver, &label("pick-answers")).await;
    click(driver, "dialog#pick [data-act=pick-close]").await;
    click_until(driver, "main [data-act=take-away]", "dialog#take[open]").await;
    look(driver, &label("take")).await;
    click(driver, "dialog#take [data-act=take-close]").await;
}

/// The desk full of examples: summaries, responses, print views.
pub(crate) async fn examples(place: &Place, device: Device, language: &'static str) {
    let tag = if language == "es" { "es-PA" } else { "en-US" };
    let driver = place.browser(device, tag).await;
    let label = |page: &str| format!("{device:?}-{language}-examples-{page}").to_lowercase();
    go(place, &driver, "desk", "surveys").await;
    switch_language(&driver, language).await;
    for survey in ["pinellas_panama_exchange", "community_safety_example"] {
        let row = format!("[data-survey=\"{survey}\"]");
        wait_for_element(&driver, &format!("{row} [data-act=examples]")).await;
        let (add, remove) =
            (format!("{row} [data-act=examples]"), format!("{row} [data-act=remove-examples]"));
        click_until(&driver, &add, &remove).await;
        look(&driver, &label("surveys")).await;
        for (route, wanted) in [("summary", "summary"), ("responses", "responses"), ("print", "print")] {
            go(place, &driver, &format!("desk/{survey}/{route}"), wanted).await;
            if wanted != "responses" {
                wait_for_element(&driver, "[data-result]").await;
            }
            look(&driver, &label(&format!("{survey}-{route}"))).await;
            if wanted == "summary" {
                exploring(&driver, survey, &label).await;
            }
        }
        go(place, &driver, "desk", "surveys").await;
    }
    for survey in ["pinellas_panama_exchange", "community_safety_example"] {
        let row = format!("[data-survey=\"{survey}\"]");
        let (add, remove) =
            (format!("{row} [data-act=examples]"), format!("{row} [data-act=remove-examples]"));
        wait_for_element(&driver, &remove).await;
        click_until(&driver, &remove, &add).await;
    }
    driver.quit().await.expect("a quiet end");
}
