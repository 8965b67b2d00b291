//! One copy is a warning: a phone makes a copy, a desk joins it, the receipt goes back, what is confirmed is deleted, and
//! in the end everything is wiped. Each screen is looked at in both languages and at both sizes.

use thirtyfour::prelude::*;

use crate::begin;
use crate::browser::Device;
use crate::gallery::look;
use crate::people::{End, Given, Person, click, switch_language, wait_for};
use crate::place::{Place, click_until, downloaded, wait_for_element};

const SURVEY: &str = "pinellas_panama_exchange";

/// The whole way. `person`: makes the n-th person of a language.
pub(crate) async fn copies(person: impl Fn(usize, &'static str) -> Person) {
    let Some(phone) = Place::open("copies").await else { return };
    let Some(desk) = Place::open("copies-desk").await else { return };
    let driver = phone.browser(Device::Phone, "es-PA").await;
    for index in 0..2 {
        answer(&phone, &driver, person(index, "es")).await;
    }
    let first = a_download_is_asked_after(&phone, &driver).await;
    let code = a_join_tells_a_receipt(&desk, &first, 2).await;
    the_receipt_confirms(&phone, &driver, &code).await;
    answer(&phone, &driver, person(2, "es")).await;
    what_is_confirmed_can_go(&phone, &driver).await;
    a_copy_can_be_handed_over(&phone, &driver).await;
    answer(&phone, &driver, person(3, "es")).await;
    driver.quit().await.expect("a quiet end");
    days_later(&phone).await;
    everything_goes(&phone).await;
}

async fn answer(place: &Place, driver: &WebDriver, mut someone: Person) {
    begin(place, driver, SURVEY, "es").await;
    someone.switches = false;
    assert_eq!(someone.fill(driver, &mut Given::new(), None).await, End::Done);
    // Nobody who answers is told of copies.
    let told = driver.find_all(By::Css("[data-reminder], [data-copy]")).await.expect("a page");
    assert!(told.is_empty(), "a participant's screen speaks of copies");
}

async fn go(place: &Place, driver: &WebDriver, route: &str, wanted: &str) {
    driver.goto(format!("{}/#/{route}", place.address())).await.expect("an address");
    wait_for(driver, &[wanted]).await;
}

/// The open screen in both languages.
async fn both(driver: &WebDriver, name: &str) {
    for language in ["en", "es"] {
        switch_language(driver, language).await;
        look(driver, &format!("{name}-{language}")).await;
    }
}

fn in_row(what: &str) -> String {
    format!("[data-survey=\"{SURVEY}\"] {what}")
}

/// How many are only here, in a copy, and confirmed, on the screen of responses.
async fn standing(driver: &WebDriver, wanted: [usize; 3]) {
    for (mark, count) in ["only-here", "copied", "confirmed"].iter().zip(wanted) {
        wait_for_element(driver, &format!("[data-copies={mark}] [data-count=\"{count}\"]")).await;
    }
}

async fn a_download_is_asked_after(place: &Place, driver: &WebDriver) -> Vec<u8> {
    go(place, driver, "desk", "surveys").await;
    wait_for_element(driver, &in_row("[data-reminder=calm][data-only-here=\"2\"]")).await;
    both(driver, "phone-copies-surveys-reminder").await;
    click_until(driver, &in_row("[data-act=copy]"), &in_row("[data-copy=pending]")).await;
    let copy = downloaded(place, "jsonl").await.expect("a copy");
    both(driver, "phone-copies-surveys-pending").await;
    // Until somebody has seen the file it counts for nothing, whatever the browser did.
    go(place, driver, &format!("desk/{SURVEY}/responses"), "responses").await;
    standing(driver, [2, 0, 0]).await;
    click(driver, "[data-act=copy-seen]").await;
    standing(driver, [0, 2, 0]).await;
    both(driver, "phone-copies-responses-copied").await;
    copy
}

/// Joins a copy on another device; gives the receipt that is shown there.
async fn a_join_tells_a_receipt(place: &Place, copy: &[u8], new: usize) -> String {
    let folder = place.profile.join("given");
    std::fs::create_dir_all(&folder).expect("a folder");
    let (whole, cut) = (folder.join("whole.sondeo.jsonl"), folder.join("cut.sondeo.jsonl"));
    std::fs::write(&whole, copy).expect("a file");
    std::fs::write(&cut, copy.get(..copy.len() - 9).expect("a longer file")).expect("a file");
    let driver = place.browser(Device::Desk, "es-PA").await;
    go(place, &driver, "desk", "surveys").await;
    wait_for_element(&driver, "[data-act=join]").await;
    let field = driver.find(By::Css("[data-act=join]")).await.expect("the field");
    field.send_keys(cut.display().to_string()).await.expect("a file");
    wait_for_element(&driver, "[data-join=refused]").await;
    assert!(driver.find(By::Css("[data-receipt]")).await.is_err(), "a cut file has no receipt");
    field.send_keys(whole.display().to_string()).await.expect("a file");
    wait_for_element(&driver, "[data-join=joined] [data-receipt]").await;
    wait_for_element(&driver, &in_row(&format!("[data-finished=\"{new}\"]"))).await;
    let shown = driver.find(By::Css("[data-receipt]")).await.expect("the receipt");
    let code = shown.text().await.expect("its digits");
    both(&driver, "desk-copies-joined").await;
    driver.quit().await.expect("a quiet end");
    code
}

async fn enter(driver: &WebDriver, code: &str, wanted: &str) {
    let field = driver.find(By::Css("#receipt-typed")).await.expect("the field");
    field.clear().await.expect("a field");
    field.send_keys(code).await.expect("digits");
    click(driver, "[data-act=confirm-receipt]").await;
    wait_for_element(driver, &format!("[data-receipt-read={wanted}]")).await;
}

async fn the_receipt_confirms(place: &Place, driver: &WebDriver, code: &str) {
    go(place, driver, &format!("desk/{SURVEY}/responses"), "responses").await;
    standing(driver, [0, 2, 0]).await;
    assert_eq!((code.len(), code.matches(' ').count()), (14, 2), "{code}");
    // One digit wrong, the last.
    let last = code.chars().last().and_then(|last| last.to_digit(10)).expect("a digit");
    let slip = format!("{}{}", &code[..code.len() - 1], (last + 1) % 10);
    enter(driver, &slip, "mistyped").await;
    // Right in itself, and of a file that is nobody's here: the receipt of a sum of nothing but fives.
    enter(driver, "575345816006", "unknown").await;
    both(driver, "phone-copies-receipt-unknown").await;
    standing(driver, [0, 2, 0]).await;
    enter(driver, code, "confirmed").await;
    standing(driver, [0, 0, 2]).await;
    both(driver, "phone-copies-receipt-confirmed").await;
}

async fn what_is_confirmed_can_go(place: &Place, driver: &WebDriver) {
    go(place, driver, &format!("desk/{SURVEY}/responses"), "responses").await;
    standing(driver, [1, 0, 2]).await;
    click_until(driver, "[data-act=remove-confirmed]", "dialog#dialog[open]").await;
    look(driver, "phone-copies-remove-es").await;
    click(driver, "[data-act=dialog-no]").await;
    standing(driver, [1, 0, 2]).await;
    click_until(driver, "[data-act=remove-confirmed]", "dialog#dialog[open]").await;
    click(driver, "[data-act=dialog-yes]").await;
    standing(driver, [1, 0, 0]).await;
    wait_for_element(driver, "[data-state=finished] [data-count=\"1\"]").await;
}

/// Where the browser can hand a file to another program. A headless one cannot, so its two functions are put there.
async fn a_copy_can_be_handed_over(place: &Place, driver: &WebDriver) {
    let script = "
        window.shared = [];
        navigator.canShare = ({ files }) => files.length === 1;
        navigator.share = async ({ files }) => {
          window.shared.push(files[0].name + ' ' + files[0].type + ' ' + (await files[0].text()).split('\\n')[0].slice(0, 18));
          if (window.shared.length === 1) throw new DOMException('no', 'AbortError');
        };";
    go(place, driver, "desk", "surveys").await;
    driver.execute(script, vec![]).await.expect("a page");
    click_until(driver, &in_row("[data-act=copy]"), &in_row("[data-copy=ready]")).await;
    both(driver, "phone-copies-surveys-ready").await;
    click(driver, &in_row("[data-act=send]")).await;
    // Nobody has to be asked.
    go(place, driver, &format!("desk/{SURVEY}/responses"), "responses").await;
    standing(driver, [0, 1, 0]).await;
    let shared: Vec<String> =
        driver.execute("return window.shared", vec![]).await.expect("a page").convert().expect("names");
    assert_eq!(shared.len(), 2);
    for one in shared {
        assert!(
            one.starts_with(SURVEY) && one.ends_with(".sondeo.jsonl.txt text/plain {\"sondeo\":\"bundle\""),
            "{one}"
        );
    }
    assert!(driver.find(By::Css("[data-copy]")).await.is_err(), "what was handed over is not asked after");
}

/// Three days later, with a time limit of two days: what is only here is warned of, and nothing goes by itself.
async fn days_later(place: &Place) {
    for device in [Device::Phone, Device::Desk] {
        let driver = place.browser(device, "es-PA").await;
        let source = "{ const now = Date.now.bind(Date), later = 3 * 86400000, Own = Date;
          window.Date = class extends Own { constructor(...given) { given.length ? super(...given) : super(now() + later); }
            static now() { return now() + later; } }; }";
        driver
            .cdp()
            .send_raw("Page.addScriptToEvaluateOnNewDocument", serde_json::json!({ "source": source }))
            .await
            .expect("a later day");
        let size = format!("{device:?}").to_lowercase();
        go(place, &driver, "desk", "surveys").await;
        wait_for_element(&driver, &in_row("[data-reminder=warn][data-only-here=\"1\"]")).await;
        if device == Device::Phone {
            click_until(&driver, &in_row("[data-act=edit]"), "main[data-screen=edit]").await;
            wait_for_element(&driver, "#retention").await;
            driver
                .find(By::Css("#retention"))
                .await
                .expect("the field")
                .send_keys("2")
                .await
                .expect("digits");
            click(&driver, "main [data-act=save]").await;
            wait_for(&driver, &["surveys"]).await;
        }
        wait_for_element(&driver, &in_row("[data-overdue=\"2\"]")).await;
        both(&driver, &format!("{size}-copies-surveys-late")).await;
        go(place, &driver, &format!("desk/{SURVEY}/responses"), "responses").await;
        standing(&driver, [1, 1, 0]).await;
        both(&driver, &format!("{size}-copies-responses-late")).await;
        go(place, &driver, &format!("desk/{SURVEY}/edit"), "edit").await;
        wait_for_element(&driver, "#keeping").await;
        look(&driver, &format!("{size}-copies-edit-es")).await;
        go(place, &driver, "desk/storage", "storage").await;
        wait_for_element(&driver, "[data-storage=space]").await;
        both(&driver, &format!("{size}-copies-storage")).await;
        driver.quit().await.expect("a quiet end");
    }
}

/// What Sondeo keeps in the browser, as another page of the host would find it.
async fn kept(driver: &WebDriver) -> Vec<String> {
    let script = "
        const done = arguments[arguments.length - 1];
        (async () => [
          ...(await indexedDB.databases()).map(({ name }) => 'database ' + name),
          ...(await caches.keys()).map((name) => 'cache ' + name),
          ...Object.keys(localStorage).map((key) => 'key ' + key),
          ...Object.keys(sessionStorage).map((key) => 'session ' + key),
          ...(await navigator.serviceWorker.getRegistrations()).map(({ scope }) => 'worker ' + scope),
        ])().then(done);";
    let found = driver.execute_async(script, vec![]).await.expect("a page");
    let mut found: Vec<String> = found.convert().expect("a list");
    found.sort();
    found
}

async fn everything_goes(place: &Place) {
    let driver = place.browser(Device::Phone, "es-PA").await;
    go(place, &driver, "desk/storage", "storage").await;
    wait_for_element(&driver, "html[data-offline]").await;
    let others = "localStorage.setItem('other.program', '1'); const done = arguments[0];
        caches.open('another').then(done);";
    driver.execute_async(others, vec![]).await.expect("another program of the host");
    let before = kept(&driver).await;
    for ours in ["database sondeo", "key sondeo.", "worker "] {
        assert!(before.iter().any(|one| one.starts_with(ours)), "no {ours}: {before:?}");
    }
    assert!(before.iter().any(|one| one.starts_with("cache ") && one.contains("/#")), "{before:?}");

    let field = driver.find(By::Css("#wipe-word")).await.expect("the field");
    field.send_keys("borra").await.expect("a word");
    click(&driver, "[data-act=wipe]").await;
    wait_for_element(&driver, "#wipe-word[aria-invalid=true]").await;
    look(&driver, "phone-copies-wipe-wrong-es").await;
    field.send_keys("r").await.expect("a word");
    click(&driver, "[data-act=wipe]").await;
    wait_for_element(&driver, "dialog#dialog[open]").await;
    look(&driver, "phone-copies-wipe-asked-es").await;
    click(&driver, "[data-act=dialog-no]").await;
    assert_eq!(kept(&driver).await, before);
    click_until(&driver, "[data-act=wipe]", "dialog#dialog[open]").await;
    click(&driver, "[data-act=dialog-yes]").await;
    wait_for_element(&driver, "[data-wiped]").await;
    // Whatever still goes on in the page has had its time.
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    assert_eq!(kept(&driver).await, ["cache another", "key other.program"]);
    look(&driver, "phone-copies-wiped-es").await;
    click(&driver, "[data-act=afresh]").await;
    wait_for(&driver, &["start"]).await;
    go(place, &driver, "desk", "surveys").await;
    wait_for_element(&driver, &in_row("[data-finished=\"0\"][data-drafts=\"0\"]")).await;
    driver.quit().await.expect("a quiet end");
}
