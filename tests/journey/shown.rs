//! A form in four languages that shows pictures and a sound: loaded with its files, read and answered in each language, and
//! carried to another device.

use std::path::{Path, PathBuf};
use std::time::Duration;

use base64::Engine;
use thirtyfour::prelude::*;

use crate::browser::Device;
use crate::people::{click, wait_for};
use crate::place::{self, Place, shot, wait_for_element};

const SURVEY: &str = "trees";

pub(crate) async fn a_form_with_pictures() {
    let Some(place) = Place::open("shown").await else { return };
    let driver = place.browser(Device::Phone, "es-PA").await;
    driver.goto(format!("{}/#/desk/new/form", place.address())).await.expect("the desk");
    wait_for_element(&driver, "[data-act=choose-form]").await;
    let files = files(&driver, &place).await;
    load(&place, &driver, &files).await;
    let card = format!("[data-survey=\"{SURVEY}\"]");
    driver.goto(format!("{}/#/desk", place.address())).await.expect("the desk");
    place::click_until(&driver, &format!("{card} [data-act=open]"), &format!("{card}[data-state=open]"))
        .await;
    everybody_reads_their_own(&place, &driver).await;
    somebody_answers(&place, &driver).await;
    a_link_says_what_it_leaves_behind(&place, &driver).await;
    let copy = copy(&place, &driver).await;
    driver.quit().await.expect("a quiet end");
    another_device_shows_the_same(&copy).await;
}

/// The form's files but one, each as somebody would have it.
async fn files(driver: &WebDriver, place: &Place) -> Vec<PathBuf> {
    let folder = place.profile.join("form");
    std::fs::create_dir_all(&folder).expect("a folder");
    let mut all = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/forms/trees.md")];
    for (name, kind, colours, width, height) in [
        ("plano.png", "png", ["#dde", "#486"], 640, 320),
        ("plano-grande.png", "png", ["#dde", "#264"], 1600, 800),
        ("mango.jpg", "jpeg", ["#fc6", "#c60"], 400, 300),
        ("cedro.jpg", "jpeg", ["#9c8", "#364"], 300, 400),
    ] {
        let script = format!(
            "const canvas = Object.assign(document.createElement('canvas'), {{ width: {width}, height: {height} }});
             const it = canvas.getContext('2d');
             it.fillStyle = '{}'; it.fillRect(0, 0, {width}, {height});
             it.fillStyle = '{}'; it.beginPath(); it.arc({width} / 2, {height} / 3, {height} / 4, 0, 7); it.fill();
             it.fillRect({width} / 2 - {width} / 40, {height} / 3, {width} / 20, {height} / 2);
             return canvas.toDataURL('image/{kind}').split(',')[1];",
            colours[0], colours[1]
        );
        let text: String = driver.execute(script, vec![]).await.expect("a canvas").convert().expect("text");
        let bytes = base64::engine::general_purpose::STANDARD.decode(text).expect("bytes");
        all.push(folder.join(name));
        std::fs::write(folder.join(name), bytes).expect("a file");
    }
    all.push(folder.join("voz.wav"));
    std::fs::write(folder.join("voz.wav"), tone()).expect("a file");
    all.push(folder.join("dibujo.svg"));
    std::fs::write(folder.join("dibujo.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>").expect("a file");
    all
}

/// A second of a tone.
fn tone() -> Vec<u8> {
    let samples: Vec<u8> = (0..8000_u32).map(|n| if n / 9 % 2 == 0 { 96 } else { 160 }).collect();
    let mut wave = b"RIFF".to_vec();
    wave.extend((36 + samples.len() as u32).to_le_bytes());
    wave.extend(b"WAVEfmt ");
    wave.extend(16_u32.to_le_bytes());
    for number in [1_u16, 1] {
        wave.extend(number.to_le_bytes());
    }
    for number in [8000_u32, 8000] {
        wave.extend(number.to_le_bytes());
    }
    for number in [1_u16, 8] {
        wave.extend(number.to_le_bytes());
    }
    wave.extend(b"data");
    wave.extend((samples.len() as u32).to_le_bytes());
    wave.extend(samples);
    wave
}

/// What is missing is told by sheet, row and column, and what could run is not kept.
async fn load(place: &Place, driver: &WebDriver, files: &[PathBuf]) {
    let paths: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    let field = driver.find(By::Css("[data-act=choose-form]")).await.expect("the field");
    field.send_keys(paths.join("\n")).await.expect("files");
    wait_for_element(driver, "[data-form=can]").await;
    shot(place, driver, "loaded").await;
    let told = texts(driver, "[data-list=notices] li").await;
    for wanted in [["palma.png", "fila 4"], ["dibujo.svg", "SVG"], ["dibujo.svg", "fila 5"]] {
        let says = |line: &String| wanted.iter().all(|part| line.contains(part));
        assert!(told.iter().any(says), "{wanted:?} in {told:?}");
    }
    let is_missing = |line: &&String| line.contains("no vino con el formulario");
    assert_eq!(told.iter().filter(is_missing).count(), 2, "{told:?}");
    place::click_until(driver, "[data-act=keep-form]", "main [data-act=preview]").await;
}

async fn texts(driver: &WebDriver, selector: &str) -> Vec<String> {
    let script = "return [...document.querySelectorAll(arguments[0])].map(e => e.innerText.trim())";
    let found = driver.execute(script, vec![selector.into()]).await.expect("a page");
    found.convert().expect("texts")
}

/// Chooses a language of the form, as somebody does in the menu, and waits for the question in it.
async fn speak(driver: &WebDriver, tag: &str, question: &str) {
    let script = "const menu = document.querySelector('select[data-act=language]');
        menu.value = arguments[0]; menu.dispatchEvent(new Event('change', { bubbles: true }));";
    driver.execute(script, vec![tag.into()]).await.expect("the menu");
    let label = format!("//*[@data-question='walk/tree']//*[@lang='{tag}' and contains(., '{question}')]");
    for _ in 0..100 {
        if driver.find(By::XPath(&label)).await.is_ok() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("no question in {tag}: {:?}", texts(driver, "[data-question] .label").await);
}

/// The program's words stay in its own languages; what the form lacks in a language is read in its default one.
async fn everybody_reads_their_own(place: &Place, driver: &WebDriver) {
    crate::begin(place, driver, SURVEY, "es").await;
    wait_for(driver, &["page"]).await;
    let names = texts(driver, "select[data-act=language] option").await;
    assert_eq!(names, ["Español", "English", "Ngäbere", "العربية"]);
    for wanted in [
        "[data-note] .shown > canvas[role=img][aria-label^=Mire]",
        "[data-question=\"walk/tree\"] .shown > audio[controls]:not([autoplay])",
        "[data-question=\"walk/tree\"] .option .shown > canvas[aria-hidden]",
        "[data-question=\"walk/tree\"] .option .shown-missing",
    ] {
        wait_for_element(driver, wanted).await;
    }
    let script = "const sound = document.querySelector('audio');
        return [sound.paused, sound.error === null, !Number.isNaN(sound.duration)].join()";
    let mut plays = String::new();
    for _ in 0..60 {
        plays = driver.execute(script, vec![]).await.expect("a sound").convert().expect("text");
        if plays == "true,true,true" {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(plays, "true,true,true", "it waits, and can be heard");
    shot(place, driver, "es").await;
    scrolled(place, driver, "[data-question=\"walk/tree\"]", "es-choices").await;

    click(driver, "[data-act=enlarge]").await;
    wait_for_element(driver, ".shown-large canvas").await;
    let script =
        "const larger = document.querySelector('.shown-large'), around = larger.closest('.note, .question');
        return larger.scrollWidth > larger.clientWidth &&
          [larger, ...document.querySelectorAll('.shown > canvas')].every(one =>
            one.getBoundingClientRect().right <= around.getBoundingClientRect().right)";
    let within: bool = driver.execute(script, vec![]).await.expect("a page").convert().expect("yes or no");
    assert!(within, "the larger picture scrolls within its frame, and nothing else grows");
    shot(place, driver, "larger").await;
    click(driver, "[data-act=enlarge][aria-pressed=true]").await;

    speak(driver, "gym", "¿Kri ño?").await;
    assert_eq!(texts(driver, "main [type=submit]").await, ["Siguiente"], "ours stay Spanish");
    assert_eq!(texts(driver, "[data-question=\"walk/more\"] legend span").await[0], "¿Qué otros hay?");
    shot(place, driver, "gym").await;
    speak(driver, "en", "Which tree").await;
    assert_eq!(texts(driver, "main [type=submit]").await, ["Next"]);
    shot(place, driver, "en").await;
    speak(driver, "ar", "أي شجرة هذه؟").await;
    wait_for_element(driver, "main[dir=rtl]").await;
    assert_eq!(texts(driver, "main [type=submit]").await, ["Next"], "English is what was chosen last");
    shot(place, driver, "ar").await;
    scrolled(place, driver, "[data-question=\"walk/tree\"]", "ar-choices").await;
}

async fn scrolled(place: &Place, driver: &WebDriver, selector: &str, name: &str) {
    let Some(folder) = std::env::var_os("SONDEO_SHOTS").map(PathBuf::from) else { return };
    let script = "document.querySelector(arguments[0]).scrollIntoView({ behavior: 'instant' })";
    driver.execute(script, vec![selector.into()]).await.expect("a page");
    tokio::time::sleep(Duration::from_millis(200)).await;
    let png = driver.screenshot_as_png().await.expect("a screenshot");
    std::fs::write(folder.join(format!("{}-{name}.png", place.name)), png).expect("a file");
}

/// A tap on the picture chooses; a reload goes on in the language that was chosen.
async fn somebody_answers(place: &Place, driver: &WebDriver) {
    click(driver, "[data-question=\"walk/tree\"] .option:has(input[value=cedar]) canvas").await;
    wait_for_element(driver, "[data-question=\"walk/tree\"] .is-chosen input[value=cedar]:checked").await;
    wait_for_element(driver, "[data-saved=saved]").await;
    driver.refresh().await.expect("a reload");
    wait_for_element(driver, "[data-act=resume]").await;
    click(driver, "[data-act=resume]").await;
    wait_for_element(driver, "main[dir=rtl] [data-question=\"walk/tree\"] .is-chosen input[value=cedar]")
        .await;
    wait_for_element(driver, "[data-question=\"walk/tree\"] .option .shown > canvas").await;
    click(driver, "main [type=submit]").await;
    wait_for(driver, &["review"]).await;
    shot(place, driver, "review-ar").await;
    click(driver, "[data-act=finish]").await;
    wait_for(driver, &["done"]).await;
    // The next filling on this phone begins in it too.
    driver.goto(format!("{}/#/", place.address())).await.expect("the start");
    click(driver, "main [data-act=home]").await;
    wait_for(driver, &["start"]).await;
    let start = format!("[data-act=start][data-survey=\"{SURVEY}\"]");
    place::click_until(driver, &start, "main[data-screen=page][dir=rtl]").await;
}

async fn a_link_says_what_it_leaves_behind(place: &Place, driver: &WebDriver) {
    driver.goto(format!("{}/#/desk/{SURVEY}/link", place.address())).await.expect("the link");
    wait_for_element(driver, "[data-link=without-files]").await;
    shot(place, driver, "link").await;
}

async fn copy(place: &Place, driver: &WebDriver) -> Vec<u8> {
    driver.goto(format!("{}/#/desk/{SURVEY}/responses", place.address())).await.expect("the desk");
    wait_for_element(driver, "main [data-act=bundle]").await;
    // While the desk still reads, a click does nothing.
    for _ in 0..4 {
        click(driver, "main [data-act=bundle]").await;
        if let Some(copy) = place::downloaded(place, "jsonl").await {
            return copy;
        }
    }
    panic!("no copy came");
}

async fn another_device_shows_the_same(copy: &[u8]) {
    assert!(copy.starts_with(b"{\"sondeo\":\"bundle\",\"format\":4,"));
    let Some(other) = Place::open("shown-there").await else { return };
    let file = other.profile.join("trees.sondeo.jsonl");
    std::fs::write(&file, copy).expect("a file");
    let driver = other.browser(Device::Desk, "en-US").await;
    driver.goto(format!("{}/#/desk", other.address())).await.expect("the desk");
    wait_for_element(&driver, "[data-act=join]").await;
    let field = driver.find(By::Css("[data-act=join]")).await.expect("the field");
    field.send_keys(file.display().to_string()).await.expect("a file");
    wait_for_element(&driver, "[data-join=joined]").await;
    crate::begin(&other, &driver, SURVEY, "en").await;
    wait_for_element(&driver, "[data-note] .shown > canvas").await;
    wait_for_element(&driver, "[data-question=\"walk/tree\"] .option .shown > canvas").await;
    shot(&other, &driver, "en-wide").await;
    scrolled(&other, &driver, "[data-question=\"walk/tree\"]", "en-wide-choices").await;
    speak(&driver, "ar", "أي شجرة هذه؟").await;
    shot(&other, &driver, "ar-wide").await;
    scrolled(&other, &driver, "[data-question=\"walk/tree\"]", "ar-wide-choices").await;
    speak(&driver, "es", "¿Qué árbol es?").await;
    scrolled(&other, &driver, "[data-question=\"walk/tree\"]", "es-wide-choices").await;
    driver.quit().await.expect("a quiet end");
}
