//! A form of one's own: loaded at the desk of a phone, looked at, opened, answered, and counted.

use std::path::{Path, PathBuf};

use thirtyfour::prelude::*;

use crate::browser::Device;
use crate::people::{End, Given, Person, click, wait_for};
use crate::place::{self, For, Place, desk_download, shot};

/// Our own form, then two real ones of the field where they are there.
fn forms() -> Vec<(PathBuf, &'static str)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all = vec![(root.join("tests/data/forms/fair.md"), "fair")];
    let named = std::env::var_os("SONDEO_CONFORMANCE_DIR").map(PathBuf::from);
    let folder = named.or_else(|| Some(root.parent()?.join("shared/conformance")));
    for (file, survey) in [
        ("7fd3b88ec7d5_socio-economic-survey-v20240515.xlsx", "socio_economic_survey"),
        ("c8d35515de92_childrens_survey_unicode.xls", "childrens_survey_unicode"),
    ] {
        match folder.as_ref().map(|folder| folder.join("forms").join(file)).filter(|path| path.exists()) {
            Some(path) => all.push((path, survey)),
            None => println!("journey own: no {file} here, left out"),
        }
    }
    all
}

/// Every form: loaded, previewed without a trace, opened, answered by some people, counted, taken away.
pub(crate) async fn forms_of_ones_own(person: fn(usize, &'static str) -> Person) {
    let Some(place) = Place::open("own").await else { return };
    let driver = place.browser(Device::Phone, "es-PA").await;
    for (file, survey) in forms() {
        load(&place, &driver, &file).await;
        let survey = &wait_for_survey(&driver, survey).await;
        preview(&place, &driver, survey, person(3, "es")).await;
        driver.goto(format!("{}/#/desk", place.address())).await.expect("the desk");
        let card = format!("[data-survey=\"{survey}\"]");
        place::click_until(&driver, &format!("{card} [data-act=open]"), &format!("{card}[data-state=open]"))
            .await;
        let mut all: Vec<Given> = Vec::new();
        for index in 0..3 {
            let mut given = Given::new();
            crate::begin(&place, &driver, survey, "es").await;
            let mut someone = person(index, "es");
            someone.skips = 0;
            if index == 0 && survey == "fair" {
                assert_eq!(someone.fill(&driver, &mut given, Some("about")).await, End::Stopped);
                place::click_until(&driver, "main [type=submit]", "[data-repeat=child]").await;
                children_come_and_go(&driver).await;
            }
            shot(&place, &driver, &format!("{survey}-{index}")).await;
            assert_eq!(someone.fill(&driver, &mut given, None).await, End::Done, "{survey}");
            assert!(!given.is_empty(), "{survey} asks something");
            all.push(given);
        }
        counted(&place, &driver, survey, &all).await;
        if survey == "fair" {
            erased(&place, &driver, survey).await;
        }
    }
    driver.quit().await.expect("a quiet end");
}

/// Makes a survey of a form at the desk.
pub(crate) async fn load(place: &Place, driver: &WebDriver, file: &Path) {
    driver.goto(format!("{}/#/desk/new/form", place.address())).await.expect("the desk");
    place::wait_for_element(driver, "[data-act=choose-form]").await;
    let field = driver.find(By::Css("[data-act=choose-form]")).await.expect("the field");
    field.send_keys(file.display().to_string()).await.expect("a file");
    place::wait_for_element(driver, "[data-form=can]").await;
    shot(place, driver, &format!("loaded-{}", file.file_stem().unwrap_or_default().to_string_lossy())).await;
    place::click_until(driver, "[data-act=keep-form]", "main [data-act=preview]").await;
}

/// The survey's id, as the address has it. `wanted` is what it begins with.
pub(crate) async fn wait_for_survey(driver: &WebDriver, wanted: &str) -> String {
    let address = driver.current_url().await.expect("an address");
    let fragment = address.fragment().unwrap_or_default().to_owned();
    let id = fragment.split('/').nth(2).unwrap_or_default().to_owned();
    assert!(!id.is_empty(), "{fragment} is the survey's, which is about {wanted}");
    id
}

/// A preview goes to its end and leaves neither draft nor response.
async fn preview(place: &Place, driver: &WebDriver, survey: &str, mut someone: Person) {
    driver.goto(format!("{}/#/preview/{survey}", place.address())).await.expect("the preview");
    wait_for(driver, &["page"]).await;
    someone.skips = 0;
    someone.answer_page(driver, &mut Given::new()).await;
    assert!(driver.find(By::Css("[data-saved]")).await.is_err(), "a preview says nothing of saving");
    driver.goto(format!("{}/#/desk", place.address())).await.expect("the desk");
    let nothing = format!("[data-survey=\"{survey}\"] [data-finished=\"0\"][data-drafts=\"0\"]");
    place::wait_for_element(driver, &nothing).await;
}

/// A second child is added and removed again, as somebody does who miscounted.
async fn children_come_and_go(driver: &WebDriver) {
    let second = "[data-instance=\"child[2]\"]";
    place::click_until(driver, "[data-repeat=child]", second).await;
    click(driver, &format!("{second} [data-act=remove]")).await;
    click(driver, "dialog[open] [data-act=dialog-yes]").await;
    for _ in 0..100 {
        if driver.find(By::Css(second)).await.is_err() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("the second child is still there");
}

/// A closed survey goes with all its responses, after a question; nothing of them is left in the store.
async fn erased(place: &Place, driver: &WebDriver, survey: &str) {
    driver.goto(format!("{}/#/desk", place.address())).await.expect("the desk");
    let card = format!("[data-survey=\"{survey}\"]");
    place::click_until(driver, &format!("{card} [data-act=close]"), &format!("{card}[data-state=closed]"))
        .await;
    place::click_until(
        driver,
        &format!("{card} [data-act=erase-survey]"),
        "dialog[open] [data-act=dialog-yes]",
    )
    .await;
    shot(place, driver, "erase").await;
    click(driver, "dialog[open] [data-act=dialog-yes]").await;
    let mut tries = 0;
    while driver.find(By::Css(&card)).await.is_ok() {
        tries += 1;
        assert!(tries < 200, "the survey is still there");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let script = r#"
return (async () => {
const name = (await indexedDB.databases())[0].name;
const base = await new Promise(done => { const asked = indexedDB.open(name); asked.onsuccess = () => done(asked.result); });
const stores = [...base.objectStoreNames];
const it = base.transaction(stores);
const all = await Promise.all(stores.map(store => new Promise(done => {
  const asked = it.objectStore(store).getAll(); asked.onsuccess = () => done(asked.result); })));
base.close();
return JSON.stringify(all, (key, value) => value instanceof Uint8Array ? new TextDecoder().decode(value) : value);
})();"#;
    let left =
        driver.execute(script, vec![]).await.expect("the store").convert::<String>().expect("its text");
    assert!(left.contains("pinellas"), "the store was read");
    assert!(!left.contains("=prueba"), "answers are left");
}

/// The desk has each response, and the file for analysts each value that was given.
async fn counted(place: &Place, driver: &WebDriver, survey: &str, all: &[Given]) {
    driver.goto(format!("{}/#/desk", place.address())).await.expect("the desk");
    let finished = format!("[data-survey=\"{survey}\"] [data-finished=\"{}\"]", all.len());
    place::wait_for_element(driver, &finished).await;
    driver.goto(format!("{}/#/desk/{survey}/summary", place.address())).await.expect("the summary");
    place::wait_for_element(driver, "main [data-act=take-away]").await;
    shot(place, driver, &format!("{survey}-summary")).await;
    let csv =
        desk_download(place, driver, "[data-act=download-csv][data-labels=codes]", "csv", For::Analysis)
            .await;
    let csv = String::from_utf8(csv).expect("text");
    let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().expect("a header").clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), all.len(), "{survey}");
    let named = all.iter().flat_map(|given| given.iter());
    for (path, values) in named.filter(|(path, values)| !path.contains('[') && values.len() == 1) {
        let name = crate::people::name_of(path);
        let Some(column) = header.iter().position(|known| known == name) else { continue };
        let wanted = values.first().expect("a value");
        // What somebody else's form computes anew is not what was typed.
        if survey != "fair" && wanted.starts_with('=') {
            continue;
        }
        let has = rows
            .iter()
            .any(|row| row.get(column).is_some_and(|cell| cell.contains(wanted.trim_start_matches('='))));
        assert!(has, "{survey}: {name} has no {wanted}");
    }
}
