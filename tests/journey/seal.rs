//! Sealed collection, from the key to the answers: what a person wrote is looked for in every byte that the browser left on
//! the phone's disk, after a quiet end and after a kill, and is not there. Without sealing the same search finds it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use thirtyfour::prelude::*;

use crate::browser::Device;
use crate::disk::{self, Looked, contains};
use crate::people::{click, click_choice, screen, switch_language, type_into, wait_for};
use crate::place::{self, Place, shot};

/// A form of two questions: the shortest way to an answer in somebody's own words.
const FORM: &str = "\
| survey |                  |        |                       |                     |
|        | type             | name   | label::Español (es)   | label::English (en) |
|        | select_one place | place  | ¿Dónde vive?          | Where do you live?  |
|        | text             | remark | ¿Qué le preocupa?     | What worries you?   |
| choices |                 |        |                       |                     |
|        | list_name        | name   | label::Español (es)   | label::English (en) |
|        | place            | north  | Norte                 | North               |
|        | place            | south  | Sur                   | South               |
| settings |                |        |                       |                     |
|        | form_title       | form_id | version              | default_language    |
|        | Sobre sellado    | sealed  | 1                    | Español (es)        |
";
const PASSPHRASE: &str = "lluvia quince tambor \u{e1}gil";
/// The same on a keyboard that gives accents apart.
const APART: &str = "lluvia quince tambor a\u{301}gil";
/// What three people wrote: nothing else in a browser's folder says this.
const KILLED: &str = "marcaq7zkx2vn5interrumpida8wjt4";
const FINISHED: &str = "marcah3pyd6rb9terminada5mfc8s";
const PLAIN: &str = "marcau4gle8xw2descubierta7kqn3";

/// The whole way.
pub(crate) async fn sealed_collection() {
    let Some(desk) = Place::open("seal-desk").await else { return };
    let Some(mut phone) = Place::open("seal-phone").await else { return };
    let driver = desk.browser(Device::Desk, "es-PA").await;
    let (survey, secret) = a_key_is_made(&desk, &driver).await;
    let empty = copy(&desk, &driver, &survey).await;
    assert!(!contains(&empty, b"argon2id") && !contains(&empty, b"AGE-SECRET"), "the key stays at the desk");
    driver.quit().await.expect("a quiet end");

    join(&phone, Device::Phone, &empty).await;
    a_filling_is_killed(&phone, &survey).await;
    let copy = a_filling_ends(&mut phone, &survey).await;
    for marker in [KILLED, FINISHED] {
        assert!(!contains(&copy, marker.as_bytes()), "the copy is sealed");
    }
    join(&desk, Device::Desk, &copy).await;
    the_desk_opens(&desk, &survey, &secret).await;
    drop((desk, phone));
    the_search_can_find().await;
    a_key_is_made_on_a_phone().await;
}

/// The same screens fit a phone.
async fn a_key_is_made_on_a_phone() {
    let Some(phone) = Place::open("seal-pocket").await else { return };
    let driver = phone.browser(Device::Phone, "es-PA").await;
    let survey = load_form(&phone, &driver).await;
    goto(&phone, &driver, &format!("desk/{survey}/edit"), "edit").await;
    place::wait_for_element(&driver, "#sealing").await;
    looks(&phone, &driver, "edit").await;
    goto(&phone, &driver, &format!("desk/{survey}/seal"), "seal").await;
    place::wait_for_element(&driver, "[data-price]").await;
    looks(&phone, &driver, "make").await;
    make_key(&driver).await;
    looks(&phone, &driver, "recovery").await;
    driver.quit().await.expect("a quiet end");
}

async fn goto(place: &Place, driver: &WebDriver, route: &str, wanted: &str) {
    driver.goto(format!("{}/#/{route}", place.address())).await.expect("an address");
    wait_for(driver, &[wanted]).await;
}

async fn load_form(place: &Place, driver: &WebDriver) -> String {
    let file = given(place, "sealed.md", FORM.as_bytes());
    crate::own::load(place, driver, &file).await;
    crate::own::wait_for_survey(driver, "sealed").await
}

fn given(place: &Place, name: &str, bytes: &[u8]) -> PathBuf {
    let folder = place.profile.join("given");
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join(name);
    std::fs::write(&file, bytes).expect("a file");
    file
}

async fn write(driver: &WebDriver, id: &str, text: &str) {
    let field = driver.find(By::Id(id)).await.expect("a field");
    field.clear().await.expect("an empty field");
    field.send_keys(text).await.expect("typing");
}

/// A key is made after its price is told; the survey opens only when the recovery page is kept. Gives survey and secret key.
async fn a_key_is_made(desk: &Place, driver: &WebDriver) -> (String, String) {
    let survey = load_form(desk, driver).await;
    goto(desk, driver, &format!("desk/{survey}/seal"), "seal").await;
    place::wait_for_element(driver, "[data-price]").await;
    looks(desk, driver, "make").await;
    write(driver, "passphrase", "corta").await;
    write(driver, "passphrase-again", "corta").await;
    click(driver, "[data-act=make-key]").await;
    place::wait_for_element(driver, "form .error").await;
    write(driver, "passphrase", PASSPHRASE).await;
    write(driver, "passphrase-again", "lluvia quince tambor azul").await;
    click(driver, "[data-act=make-key]").await;
    place::wait_for_element(driver, "form .error").await;
    make_key(driver).await;
    looks(desk, driver, "recovery").await;
    let secret = secret_on(driver).await;
    assert!(secret.starts_with("AGE-SECRET-KEY-1") && secret.len() == 74, "{secret}");

    // Left without a word that the page is kept: it cannot be opened.
    goto(desk, driver, "desk", "surveys").await;
    let card = format!("[data-survey=\"{survey}\"]");
    place::wait_for_element(driver, &format!("{card} [data-obstacles]")).await;
    assert!(driver.find(By::Css(format!("{card} [data-act=open]"))).await.is_err(), "it can be opened");
    goto(desk, driver, &format!("desk/{survey}/seal"), "seal").await;
    place::wait_for_element(driver, "#opens").await;
    write(driver, "opens", PASSPHRASE).await;
    click(driver, "[data-act=show-key]").await;
    place::wait_for_element(driver, "[data-recovery]").await;
    assert_eq!(secret_on(driver).await, secret, "the page can be shown again");
    place::wait_for_element(driver, "[data-key-here=true]").await;
    click(driver, "[data-act=key-file]").await;
    let file = place::downloaded(desk, "json").await.expect("the key's file");
    assert!(contains(&file, b"argon2id") && !contains(&file, &secret.as_bytes()[16..40]), "locked");
    given(desk, "key.json", &file);
    click(driver, "[data-act=confirm-recovery]").await;
    wait_until_gone(driver, "[data-act=confirm-recovery]").await;

    goto(desk, driver, "desk", "surveys").await;
    place::click_until(driver, &format!("{card} [data-act=open]"), &format!("{card}[data-state=open]")).await;
    looks(desk, driver, "surveys").await;
    (survey, secret)
}

async fn make_key(driver: &WebDriver) {
    write(driver, "passphrase", PASSPHRASE).await;
    write(driver, "passphrase-again", PASSPHRASE).await;
    click(driver, "[data-act=make-key]").await;
    place::wait_for_element(driver, "[data-recovery]").await;
}

async fn secret_on(driver: &WebDriver) -> String {
    let script = "return document.querySelector('.recovery-key').textContent.replace(/\\s/g, '')";
    driver.execute(script, vec![]).await.expect("the page").convert().expect("the key")
}

async fn wait_until_gone(driver: &WebDriver, selector: &str) {
    for _ in 0..400 {
        if driver.find(By::Css(selector)).await.is_err() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{selector} is still there");
}

/// The copy for another device.
async fn copy(place: &Place, driver: &WebDriver, survey: &str) -> Vec<u8> {
    goto(place, driver, &format!("desk/{survey}/responses"), "responses").await;
    place::wait_for_element(driver, "main [data-act=bundle]").await;
    for _ in 0..4 {
        click(driver, "main [data-act=bundle]").await;
        if let Some(copy) = place::downloaded(place, "jsonl").await {
            return copy;
        }
    }
    panic!("no copy came")
}

async fn join(place: &Place, device: Device, file: &[u8]) {
    let driver = place.browser(device, "es-PA").await;
    goto(place, &driver, "desk", "surveys").await;
    place::wait_for_element(&driver, "[data-act=join]").await;
    let path = given(place, "copy.sondeo.jsonl", file);
    let field = driver.find(By::Css("[data-act=join]")).await.expect("the field");
    field.send_keys(path.display().to_string()).await.expect("a file");
    place::wait_for_element(&driver, "[data-join=joined]").await;
    driver.quit().await.expect("a quiet end");
}

/// Answers both questions, and waits until that is kept.
async fn answer(driver: &WebDriver, marker: &str) {
    click_choice(driver, "place", "south").await;
    type_into(driver, "remark", marker).await;
    place::wait_for_element(driver, "[data-saved=saved]").await;
    tokio::time::sleep(Duration::from_millis(700)).await;
    place::wait_for_element(driver, "[data-saved=saved]").await;
}

async fn a_filling_is_killed(phone: &Place, survey: &str) {
    let driver = phone.browser(Device::Phone, "es-PA").await;
    crate::begin(phone, &driver, survey, "es").await;
    for language in ["en", "es"] {
        switch_language(&driver, language).await;
        shot(phone, &driver, &format!("first-question-{language}")).await;
    }
    place::wait_for_element(&driver, "main .notice-warm").await;
    answer(&driver, KILLED).await;
    let kept = what_is_kept(&driver).await;
    let count = |store: &str| kept[store].as_array().map(Vec::len);
    assert_eq!((count("sealed"), count("drafts"), count("journal")), (Some(1), Some(0), Some(0)));
    assert_eq!(kept["sealed"][0]["finished"], 0);
    assert!(kept["sealed"][0]["age"].as_str().is_some_and(|age| age.starts_with("age-encryption.org/v1")));
    assert!(!kept.to_string().contains(KILLED), "{kept}");
    into_a_table(&driver).await;
    assert!(phone.kill_browser() > 0, "no browser was killed");
    drop(driver.quit().await);
    nothing_is_found(&phone.profile, &[KILLED], "after a kill");
}

async fn a_filling_ends(phone: &mut Place, survey: &str) -> Vec<u8> {
    let driver = phone.browser(Device::Phone, "es-PA").await;
    goto(phone, &driver, "", "start").await;
    place::wait_for_element(&driver, &format!("[data-act=start][data-survey=\"{survey}\"]")).await;
    assert!(driver.find(By::Css("[data-act=resume]")).await.is_err(), "nobody here can go on with it");
    // What seals is on the phone: it is answered without a network.
    place::wait_for_element(&driver, "html[data-offline]").await;
    phone.server.stop().await;
    crate::begin(phone, &driver, survey, "es").await;
    answer(&driver, FINISHED).await;
    click(&driver, "main [type=submit]").await;
    // The form may or may not have a review of its own.
    if wait_for(&driver, &["review", "done"]).await.starts_with("review") {
        click(&driver, "[data-act=finish]").await;
    }
    wait_for(&driver, &["done"]).await;
    phone.server.go_on().await;
    let kept = what_is_kept(&driver).await;
    let states: Vec<i64> =
        kept["sealed"].as_array().expect("rows").iter().filter_map(|row| row["finished"].as_i64()).collect();
    assert_eq!(states.iter().filter(|finished| **finished == 1).count(), 1, "{states:?}");
    assert_eq!(kept["responses"].as_array().map(Vec::len), Some(0));
    assert!(!kept.to_string().contains(FINISHED), "{kept}");

    goto(phone, &driver, &format!("desk/{survey}/responses"), "responses").await;
    place::wait_for_element(&driver, "[data-state=sealed] [data-count=\"1\"]").await;
    place::wait_for_element(&driver, "[data-state=unfinished] [data-count=\"1\"]").await;
    place::wait_for_element(&driver, "main [data-sealed]").await;
    assert!(driver.find(By::Css("main [data-act=summary]")).await.is_err(), "there is nothing to sum up");
    looks(phone, &driver, "responses").await;
    let copy = copy(phone, &driver, survey).await;
    goto(phone, &driver, &format!("desk/{survey}/seal"), "seal").await;
    place::wait_for_element(&driver, "[data-key-here=false]").await;
    looks(phone, &driver, "no-key").await;
    driver.quit().await.expect("a quiet end");
    nothing_is_found(&phone.profile, &[FINISHED, KILLED], "after a quiet end");
    copy
}

async fn the_desk_opens(desk: &Place, survey: &str, secret: &str) {
    let driver = desk.browser(Device::Desk, "es-PA").await;
    goto(desk, &driver, &format!("desk/{survey}/seal"), "seal").await;
    place::wait_for_element(&driver, "[data-act=unseal]").await;
    write(&driver, "opens", "no es la frase de paso").await;
    click(&driver, "[data-act=unseal]").await;
    place::wait_for_element(&driver, "form .error").await;
    looks(desk, &driver, "wrong").await;
    // A slip in the recovery key is told apart from a wrong passphrase; then the passphrase itself.
    let slip = if secret.ends_with('Q') { "p" } else { "q" };
    write(&driver, "opens", &(secret[..secret.len() - 1].to_lowercase() + slip)).await;
    click(&driver, "[data-act=unseal]").await;
    place::wait_for_element(&driver, "form .error").await;
    write(&driver, "opens", APART).await;
    click(&driver, "[data-act=unseal]").await;
    wait_until_gone(&driver, "[data-act=unseal]").await;
    looks(desk, &driver, "opened").await;
    goto(desk, &driver, "desk", "surveys").await;
    let card = format!("[data-survey=\"{survey}\"]");
    place::wait_for_element(&driver, &format!("{card} [data-finished=\"1\"][data-sealed=\"0\"]")).await;
    let kept = what_is_kept(&driver).await;
    assert!(kept["responses"].to_string().contains(FINISHED), "what the person wrote is here");
    assert!(!kept.to_string().contains(KILLED), "who stopped handed nothing in");
    driver.quit().await.expect("a quiet end");
}

/// The same form, not sealed: what was written lies on the disk, and the search finds it, after a kill too.
async fn the_search_can_find() {
    let Some(phone) = Place::open("seal-plain").await else { return };
    let driver = phone.browser(Device::Phone, "es-PA").await;
    let survey = load_form(&phone, &driver).await;
    goto(&phone, &driver, "desk", "surveys").await;
    let card = format!("[data-survey=\"{survey}\"]");
    place::click_until(&driver, &format!("{card} [data-act=open]"), &format!("{card}[data-state=open]"))
        .await;
    crate::begin(&phone, &driver, &survey, "es").await;
    answer(&driver, PLAIN).await;
    assert!(screen(&driver).await.starts_with("page"));
    assert!(phone.kill_browser() > 0, "no browser was killed");
    drop(driver.quit().await);
    let looked = search(&phone.profile, &[PLAIN]);
    let is_log = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "log");
    assert!(looked.found().into_iter().any(is_log), "not in the log, where it must be: {looked:?}");

    // And once it was packed: this must be found where a search of bytes alone may miss it.
    let driver = phone.browser(Device::Phone, "es-PA").await;
    goto(&phone, &driver, "", "start").await;
    into_a_table(&driver).await;
    assert!(phone.kill_browser() > 0, "no browser was killed");
    drop(driver.quit().await);
    let looked = search(&phone.profile, &[PLAIN]);
    let is_table = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "ldb");
    assert!(looked.opened.iter().any(is_table), "in no table, where it must be: {looked:?}");
}

/// Looks for texts in every byte of a browser's folder, and in what is packed there.
fn search(folder: &Path, texts: &[&str]) -> Looked {
    let looked = disk::search(folder, &[], texts);
    assert!(looked.files > 20, "{} files are no browser's folder", looked.files);
    println!(
        "disk: {} files, {} tables with {} packed blocks, {} records of logs",
        looked.files, looked.tables, looked.packed, looked.records
    );
    looked
}

/// Nothing of these texts is there, and there was a table with packed blocks to look into.
fn nothing_is_found(folder: &Path, texts: &[&str], when: &str) {
    let looked = search(folder, texts);
    assert!(looked.packed > 0 && looked.records > 0, "nothing packed was opened {when}: {looked:?}");
    assert_eq!(looked.found(), Vec::<&PathBuf>::new(), "{when}");
}

/// Has Chromium write what its log holds into a table, which it packs: it does so when more was written than it keeps in
/// memory. One log is for all databases of a site.
async fn into_a_table(driver: &WebDriver) {
    let script = r#"
const done = arguments[arguments.length - 1], open = indexedDB.open('room of the test');
open.onupgradeneeded = () => open.result.createObjectStore('rows');
open.onsuccess = () => {
  let round = 0;
  const write = () => {
    if (round++ === 3) { open.result.close(); return done(); }
    const change = open.result.transaction('rows', 'readwrite', { durability: 'strict' });
    for (let row = 0; row < 90; row += 1) change.objectStore('rows').put(new Uint8Array(6e4), `${round} ${row}`);
    change.oncomplete = () => setTimeout(write, 300);
  };
  write();
};"#;
    driver.execute_async(script, vec![]).await.expect("what fills a table");
}

/// Every row of every store, and what localStorage and sessionStorage hold.
async fn what_is_kept(driver: &WebDriver) -> serde_json::Value {
    let script = r#"
return (async () => {
const base = await new Promise(done => { const asked = indexedDB.open('sondeo'); asked.onsuccess = () => done(asked.result); });
const all = { local: { ...localStorage }, session: { ...sessionStorage } };
for (const store of base.objectStoreNames) {
  all[store] = await new Promise(done => {
    const asked = base.transaction(store).objectStore(store).getAll(); asked.onsuccess = () => done(asked.result); });
}
base.close();
return JSON.stringify(all, (key, value) => value instanceof Uint8Array ? new TextDecoder().decode(value) : value);
})();"#;
    let text: String = driver.execute(script, vec![]).await.expect("the store").convert().expect("its text");
    serde_json::from_str(&text).expect("JSON")
}

/// The screen in both languages: none scrolls sideways.
async fn looks(place: &Place, driver: &WebDriver, name: &str) {
    for language in ["en", "es"] {
        switch_language(driver, language).await;
        let script = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        let over: i64 = driver.execute(script, vec![]).await.expect("a page").convert().expect("a width");
        assert!(over <= 1, "{name} in {language} scrolls sideways by {over}");
        shot(place, driver, &format!("{name}-{language}")).await;
    }
}
