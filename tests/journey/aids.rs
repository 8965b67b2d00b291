//! Help with reading: larger letters and more contrast stay after a reload, and questions are read aloud by a voice of the
//! device alone.

use serde_json::json;
use thirtyfour::prelude::*;

use crate::browser::Device;
use crate::people::{click, wait_for};
use crate::place::{Place, click_until, shot, wait_for_element};

/// A browser without voices gets two: one of its own for Spanish, one of somebody's server for English.
const VOICES: &str = r#"
const said = [];
Object.defineProperty(window, 'said', { value: said });
const voices = [{ lang: 'en-US', localService: false }, { lang: 'es-PA', localService: true }];
Object.defineProperty(window, 'speechSynthesis', { value: {
  speaking: false, getVoices: () => voices,
  speak(one) { this.speaking = true; said.push([one.voice.lang, one.text]); },
  cancel() { if (this.speaking) said.push('cancelled'); this.speaking = false; },
} });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };"#;

/// The whole of it.
pub(crate) async fn help_with_reading() {
    let Some(place) = Place::open("aids").await else { return };
    let driver = place.browser(Device::Phone, "es-PA").await;
    let voices = json!({ "source": VOICES });
    driver.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", voices).await.expect("voices");
    driver.goto(format!("{}/#/", place.address())).await.expect("the start");
    wait_for(&driver, &["start"]).await;
    wait_for_element(&driver, "[data-act=start]").await;
    let usual = letters(&driver).await;
    click(&driver, ".aids summary").await;
    for aid in ["large", "contrast", "aloud"] {
        click_until(&driver, &format!("[data-act={aid}]"), &format!("[data-act={aid}][aria-pressed=true]"))
            .await;
    }
    shot(&place, &driver, "chosen").await;
    assert!(letters(&driver).await > usual * 1.2, "the letters are no larger");
    driver.refresh().await.expect("a reload");
    wait_for_element(&driver, "[data-act=start]").await;
    assert!(letters(&driver).await > usual * 1.2, "a reload forgot the letters");

    click_until(&driver, "[data-act=start]", "main[data-screen=page]").await;
    shot(&place, &driver, "page").await;
    click(&driver, ".question [data-act=listen]").await;
    let read = said(&driver).await;
    assert_eq!(read.len(), 1, "{read:?}");
    assert_eq!(read[0][0], "es-PA", "only a voice of the device itself may read");
    let text = read[0][1].as_str().expect("a text");
    assert!(text.starts_with("¿Acepta participar?"), "{text}");
    assert!(text.contains("No, gracias") && !text.contains("Escuchar"), "{text}");
    click(&driver, ".question [data-act=listen]").await;
    assert_eq!(said(&driver).await.last(), Some(&json!("cancelled")), "a second tap stops it");
    click(&driver, ".note [data-act=listen]").await;
    assert_eq!(said(&driver).await.len(), 3, "a note is read too");
    click(&driver, "main [data-act=leave]").await;
    wait_for(&driver, &["start"]).await;
    assert_eq!(said(&driver).await.last(), Some(&json!("cancelled")), "leaving stops it");

    // English has a voice of a server alone.
    click(&driver, "[data-act=language][data-language=en]").await;
    click_until(&driver, ".aids summary", ".aids[open]").await;
    wait_for_element(&driver, ".aids [data-act=large]").await;
    let offered = driver.find_all(By::Css("[data-act=aloud]")).await.expect("buttons").len();
    assert_eq!(offered, 0, "nobody's server reads questions");
    driver.quit().await.expect("a quiet end");
}

/// How large a paragraph's letters are, in pixels.
async fn letters(driver: &WebDriver) -> f64 {
    let script = "return parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)";
    driver.execute(script, vec![]).await.expect("a page").convert().expect("a size")
}

async fn said(driver: &WebDriver) -> Vec<serde_json::Value> {
    driver.execute("return window.said", vec![]).await.expect("a page").convert().expect("what was said")
}
