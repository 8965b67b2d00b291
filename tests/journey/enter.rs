//! Paper forms, typed in with the keyboard alone: three of them, one with a slip and one with a blank, then read in the summary.

use thirtyfour::prelude::*;

use crate::browser::Device;
use crate::gallery::look;
use crate::kiosk::open_quick;
use crate::people::{switch_language, wait_for};
use crate::place::{Place, click_until, wait_for_element};

const FIELD: &str = "enter-field";

/// The whole of it.
pub(crate) async fn paper_forms() {
    let Some(place) = Place::open("enter").await else { return };
    let mut driver = place.browser(Device::Desk, "es-PA").await;
    open_quick(&place, &driver).await;
    printed(&place, &driver).await;
    begin(&place, &driver).await;

    // Number, word, years, safe; each number of choice as on the paper.
    for text in ["7", "luz en la calle"] {
        enter(&driver, text).await;
    }
    enter(&driver, "doce").await;
    told(&driver, "número entero").await;
    look(&driver, "enter-wrong-es").await;
    enter(&driver, "12").await;
    enter(&driver, "3").await;
    told(&driver, "No hay respuesta").await;
    // Back to the years, which were 21, and on.
    keys(&driver, Key::Up + "").await;
    at(&driver, "years").await;
    assert_eq!(value(&driver).await, "12", "what was typed stands in the field");
    enter(&driver, "21").await;
    enter(&driver, "2").await;
    at(&driver, "").await;
    look(&driver, "enter-end-es").await;
    enter(&driver, "").await;
    told(&driver, "Formulario 7 guardado").await;

    // The same number again is doubted; a browser that dies in the middle loses nothing.
    enter(&driver, "7").await;
    told(&driver, "ya se pasó").await;
    enter(&driver, "8").await;
    enter(&driver, "más árboles").await;
    enter(&driver, "40").await;
    at(&driver, "sure").await;
    tokio::time::sleep(std::time::Duration::from_millis(800)).await;
    assert!(place.kill_browser() > 0, "no browser was killed");
    drop(driver.quit().await);
    driver = place.browser(Device::Desk, "es-PA").await;
    driver.goto(format!("{}/#/", place.address())).await.expect("the start");
    wait_for(&driver, &["start"]).await;
    let offered = driver.find_all(By::Css("[data-draft]")).await.expect("a page");
    assert!(offered.is_empty(), "nobody at the start is offered somebody's paper form");
    begin(&place, &driver).await;
    told(&driver, "había empezado").await;
    at(&driver, "sure").await;
    enter(&driver, "1").await;
    enter(&driver, "").await;
    told(&driver, "Formulario 8 guardado").await;

    // A blank for what is asked for: only after a second Enter.
    enter(&driver, "").await;
    enter(&driver, "").await;
    told(&driver, "pulse Enter otra vez").await;
    enter(&driver, "").await;
    at(&driver, "years").await;
    enter(&driver, "").await;
    enter(&driver, "1").await;
    told_at_end(&driver, "1 respuesta, 2 en blanco (1 que se pedía)").await;
    enter(&driver, "").await;
    told(&driver, "guardado").await;
    counted(&place, &driver).await;
    driver.quit().await.expect("a quiet end");
}

async fn printed(place: &Place, driver: &WebDriver) {
    driver.goto(format!("{}/#/desk/quick/paper", place.address())).await.expect("the paper");
    wait_for_element(driver, ".form-paper [data-number=\"3\"]").await;
    for language in ["en", "es"] {
        switch_language(driver, language).await;
        look(driver, &format!("paper-{language}")).await;
    }
}

async fn begin(place: &Place, driver: &WebDriver) {
    driver.goto(format!("{}/#/desk", place.address())).await.expect("the desk");
    click_until(driver, "[data-survey=quick] [data-act=enter]", "main[data-screen=enter] [data-stage]").await;
    for _ in 0..100 {
        let here: String = driver
            .execute("return document.activeElement?.id ?? ''", vec![])
            .await
            .expect("a page")
            .convert()
            .expect("an id");
        if here == FIELD {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the field has no focus");
}

/// Keys go where the focus is, and nowhere else.
async fn keys(driver: &WebDriver, text: impl Into<TypingData>) {
    driver.action_chain().send_keys(text).perform().await.expect("keys");
    tokio::time::sleep(std::time::Duration::from_millis(250)).await;
}

/// Types over whatever is marked in the field, and presses Enter.
async fn enter(driver: &WebDriver, text: &str) {
    keys(driver, [text, "\u{e007}"].concat()).await;
}

async fn value(driver: &WebDriver) -> String {
    let field = driver.find(By::Id(FIELD)).await.expect("the field");
    field.value().await.expect("a value").unwrap_or_default()
}

/// At the question of this name; empty: at the end.
async fn at(driver: &WebDriver, name: &str) {
    let wanted = if name.is_empty() {
        "[data-stage=end]".to_owned()
    } else {
        format!("[data-stage][data-path$={name}]")
    };
    wait_for_element(driver, &wanted).await;
}

async fn told(driver: &WebDriver, words: &str) {
    wait_for_words(driver, &format!("//*[@data-told and contains(., '{words}')]")).await;
}

async fn told_at_end(driver: &WebDriver, words: &str) {
    wait_for_words(driver, &format!("//*[@data-stage='end' and contains(., '{words}')]")).await;
}

async fn wait_for_words(driver: &WebDriver, path: &str) {
    let mut tries = 0;
    while driver.find(By::XPath(path)).await.is_err() {
        tries += 1;
        assert!(tries < 200, "no {path}");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

/// Three responses, and in the file for analysts what was typed.
async fn counted(place: &Place, driver: &WebDriver) {
    driver.goto(format!("{}/#/desk", place.address())).await.expect("the desk");
    wait_for_element(driver, "[data-survey=quick] [data-finished=\"3\"][data-drafts=\"0\"]").await;
    driver.goto(format!("{}/#/desk/quick/summary", place.address())).await.expect("the summary");
    wait_for_element(driver, ".base-line[data-counted=\"3\"], main [data-act=take-away]").await;
    let codes = "[data-act=download-csv][data-labels=codes]";
    let csv = crate::place::desk_download(place, driver, codes, "csv", crate::place::For::Analysis).await;
    let csv = String::from_utf8(csv).expect("text");
    let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().expect("a header").clone();
    let column = |name: &str| header.iter().position(|known| known == name).expect("a column");
    let (word, years, sure) = (column("word"), column("years"), column("sure"));
    let mut rows: Vec<[String; 3]> = reader
        .records()
        .map(|row| row.expect("a row"))
        .map(|row| [word, years, sure].map(|at| row.get(at).unwrap_or_default().to_owned()))
        .collect();
    rows.sort();
    let row = |cells: [&str; 3]| cells.map(str::to_owned);
    assert_eq!(
        rows,
        [row(["NA", "NA", "yes"]), row(["luz en la calle", "21", "no"]), row(["más árboles", "40", "yes"])]
    );
}
