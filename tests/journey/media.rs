//! Photographs, drawings and files: given on a phone, kept through a reload, without what cameras hide in them, and taken away.

use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use base64::Engine;
use thirtyfour::prelude::*;

use crate::browser::Device;
use crate::people::{click, switch_language, wait_for};
use crate::place::{self, For, Place, desk_download, shot, wait_for_element};

/// What a camera hides in a photograph, as the test's has it.
const HIDDEN: &str = "GPS 8.9824,-79.5199";
const SURVEY: &str = "photos";

pub(crate) async fn photographs_and_drawings() {
    let Some(place) = Place::open("media").await else { return };
    let driver = place.browser(Device::Phone, "es-PA").await;
    let form = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/forms/photos.md");
    crate::own::load(&place, &driver, &form).await;
    assert_eq!(crate::own::wait_for_survey(&driver, SURVEY).await, SURVEY);
    let photo = photograph(&driver, &place, 640, 400).await;

    a_preview_keeps_nothing(&place, &driver, &photo).await;
    driver.goto(format!("{}/#/desk", place.address())).await.expect("the desk");
    let card = format!("[data-survey=\"{SURVEY}\"]");
    place::click_until(&driver, &format!("{card} [data-act=open]"), &format!("{card}[data-state=open]"))
        .await;
    somebody_answers(&place, &driver, &photo).await;
    the_files_are_taken_away(&place, &driver).await;
    driver.quit().await.expect("a quiet end");
}

/// A photograph as a camera writes it, with something hidden in it, as a file.
async fn photograph(driver: &WebDriver, place: &Place, width: u32, height: u32) -> PathBuf {
    let script = format!(
        "const canvas = Object.assign(document.createElement('canvas'), {{ width: {width}, height: {height} }});
         const it = canvas.getContext('2d');
         const sky = it.createLinearGradient(0, 0, 0, {height});
         sky.addColorStop(0, '#7ac'); sky.addColorStop(1, '#486');
         it.fillStyle = sky; it.fillRect(0, 0, {width}, {height});
         it.fillStyle = '#333'; it.fillRect({width} / 3, {height} / 2, {width} / 3, {height} / 2);
         return canvas.toDataURL('image/jpeg').split(',')[1];"
    );
    let text: String = driver.execute(script, vec![]).await.expect("a canvas").convert().expect("text");
    let mut bytes = base64::engine::general_purpose::STANDARD.decode(text).expect("bytes");
    let length = (HIDDEN.len() + 8) as u16;
    let mut hidden = vec![0xff, 0xe1];
    hidden.extend(length.to_be_bytes());
    hidden.extend(b"Exif\0\0");
    hidden.extend(HIDDEN.as_bytes());
    bytes.splice(2..2, hidden);
    let file = std::env::temp_dir().join(format!("sondeo-journey-{}-{width}.jpg", place.address().len()));
    std::fs::write(&file, bytes).expect("a file");
    file
}

fn inside(question: &str, selector: &str) -> String {
    format!("[data-question=\"{question}\"] {selector}")
}

async fn choose(driver: &WebDriver, question: &str, file: &Path) {
    let field = inside(question, "[data-field=media-choose]");
    wait_for_element(driver, &field).await;
    let field = driver.find(By::Css(&field)).await.expect("a field");
    field.send_keys(file.display().to_string()).await.expect("a file");
}

/// Draws a line on the pad of a question, and keeps it.
async fn draw(driver: &WebDriver, question: &str) {
    wait_for_element(driver, &inside(question, "canvas.media-pad")).await;
    let script = "const pad = document.querySelector(arguments[0]), box = pad.getBoundingClientRect();
        const at = (type, x, y) => pad.dispatchEvent(new PointerEvent(type, { bubbles: true, pointerId: 1,
          clientX: box.left + box.width * x, clientY: box.top + box.height * y }));
        at('pointerdown', .2, .2);
        for (let step = 0; step <= 20; step += 1) at('pointermove', .2 + step * .03, .2 + step * .02);
        at('pointerup', .8, .6);";
    driver.execute(script, vec![inside(question, "canvas.media-pad").into()]).await.expect("a line");
    click(driver, &inside(question, "[data-act=media-keep]")).await;
}

/// What the store of files holds: sizes by name, and whether what was hidden is in any.
async fn kept(driver: &WebDriver) -> (Vec<String>, bool) {
    let script = r#"
return (async () => {
const base = await new Promise(done => { const asked = indexedDB.open("sondeo"); asked.onsuccess = () => done(asked.result); });
const asked = base.transaction("attachments").objectStore("attachments").getAll();
const rows = await new Promise(done => { asked.onsuccess = () => done(asked.result); });
base.close();
return JSON.stringify([rows.map(row => row.name), rows.map(row => new TextDecoder("latin1").decode(row.bytes)).join()]);
})();"#;
    let text: String = driver.execute(script, vec![]).await.expect("the store").convert().expect("text");
    let (names, bytes): (Vec<String>, String) = serde_json::from_str(&text).expect("JSON");
    (names, bytes.contains(HIDDEN) || bytes.contains("Exif"))
}

async fn a_preview_keeps_nothing(place: &Place, driver: &WebDriver, photo: &Path) {
    driver.goto(format!("{}/#/preview/{SURVEY}", place.address())).await.expect("the preview");
    wait_for(driver, &["page"]).await;
    choose(driver, "street/photo", photo).await;
    wait_for_element(driver, &inside("street/photo", ".media-small")).await;
    shot(place, driver, "preview").await;
    assert_eq!(kept(driver).await.0, Vec::<String>::new(), "nothing of a preview is kept");
}

async fn somebody_answers(place: &Place, driver: &WebDriver, photo: &Path) {
    crate::begin(place, driver, SURVEY, "es").await;
    wait_for(driver, &["page"]).await;
    wait_for_element(driver, &inside("street/photo", "[data-act=media-take]")).await;
    shot(place, driver, "empty").await;
    switch_language(driver, "en").await;
    wait_for_element(driver, &inside("street/photo", "[data-act=media-take]")).await;
    shot(place, driver, "empty-en").await;
    switch_language(driver, "es").await;

    // What is no picture is told, and is no answer.
    let text = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/forms/fair.md");
    choose(driver, "street/photo", &text).await;
    let told = inside("street/photo", "[role=status]:not(:empty)");
    wait_for_element(driver, &told).await;
    for _ in 0..100 {
        if said(driver, &told).await.contains("no se puede abrir") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(said(driver, &told).await.contains("no se puede abrir"), "{}", said(driver, &told).await);

    choose(driver, "street/photo", photo).await;
    wait_for_element(driver, &inside("street/photo", ".media-small")).await;
    wait_for_element(driver, "[data-saved=saved]").await;
    shot(place, driver, "given").await;
    click(driver, &inside("street/sketch", "[data-act=media-draw]")).await;
    wait_for_element(driver, &inside("street/sketch", "canvas.media-pad")).await;
    shot(place, driver, "pad").await;
    draw(driver, "street/sketch").await;
    wait_for_element(driver, &inside("street/sketch", ".media-small")).await;
    choose(driver, "street/plan", &text).await;
    wait_for_element(driver, &inside("street/plan", ".media-words")).await;
    let (names, hidden) = kept(driver).await;
    assert_eq!((names.len(), hidden), (3, false), "{names:?}");

    // A reload, as after a kill: the draft has its files.
    wait_for_element(driver, "[data-saved=saved]").await;
    driver.refresh().await.expect("a reload");
    wait_for_element(driver, "[data-act=resume]").await;
    click(driver, "[data-act=resume]").await;
    wait_for_element(driver, &inside("street/photo", ".media-small")).await;
    wait_for_element(driver, &inside("street/sketch", ".media-small")).await;
    // Another one takes the first one's place; what is removed is gone.
    let before = kept(driver).await.0;
    let other = photograph(driver, place, 300, 500).await;
    choose(driver, "street/photo", &other).await;
    for _ in 0..100 {
        if kept(driver).await.0 != before && kept(driver).await.0.len() == 3 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    click(driver, &inside("street/plan", "[data-act=media-remove]")).await;
    for _ in 0..100 {
        if kept(driver).await.0.len() == 2 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(kept(driver).await.0.len(), 2);
    wait_for_element(driver, "[data-saved=saved]").await;

    // In a repeat, drawn over a photograph.
    place::click_until(driver, "main [type=submit]", "[data-repeat=spot]").await;
    place::click_until(driver, "[data-repeat=spot]", "[data-instance=\"spot[1]\"]").await;
    choose(driver, "spot[1]/seen", photo).await;
    draw(driver, "spot[1]/seen").await;
    wait_for_element(driver, &inside("spot[1]/seen", ".media-small")).await;
    shot(place, driver, "repeat").await;
    click(driver, "main [type=submit]").await;
    wait_for(driver, &["review"]).await;
    wait_for_element(driver, "[data-review=\"street/photo\"] .media-small").await;
    shot(place, driver, "review").await;
    click(driver, "[data-act=finish]").await;
    wait_for(driver, &["done"]).await;
    let (names, hidden) = kept(driver).await;
    assert_eq!((names.len(), hidden), (3, false), "{names:?}");
}

async fn said(driver: &WebDriver, selector: &str) -> String {
    match driver.find(By::Css(selector)).await {
        Ok(element) => element.text().await.unwrap_or_default(),
        Err(_) => String::new(),
    }
}

async fn the_files_are_taken_away(place: &Place, driver: &WebDriver) {
    driver.goto(format!("{}/#/desk/{SURVEY}/summary", place.address())).await.expect("the summary");
    wait_for_element(driver, "main [data-act=take-away]").await;
    shot(place, driver, "summary").await;
    let zip = desk_download(place, driver, "[data-labels=files]", "zip", For::Analysis).await;
    let mut zip = zip::ZipArchive::new(Cursor::new(zip)).expect("a zip");
    assert_eq!(zip.len(), 3);
    for at in 0..zip.len() {
        let (mut file, mut bytes) = (zip.by_index(at).expect("a file"), Vec::new());
        file.read_to_end(&mut bytes).expect("its bytes");
        let begins: &[&[u8]] = &[b"\xff\xd8", b"\x89PNG"];
        assert!(begins.iter().any(|begin| bytes.starts_with(begin)), "a picture");
        assert!(!bytes.windows(4).any(|four| four == b"Exif" || four == b"GPS "), "nothing is hidden in it");
    }
    let csv =
        desk_download(place, driver, "[data-act=download-csv][data-labels=codes]", "csv", For::Analysis)
            .await;
    let csv = String::from_utf8(csv).expect("text");
    assert!(csv.contains(".jpg") && csv.contains(".png"), "{csv}");
}
