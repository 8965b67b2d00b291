//! A whole evaluation and a look at the desk by keyboard alone: nothing is out of reach, the focus is always seen, and it goes
//! where the page goes.

use std::time::Duration;

use thirtyfour::prelude::*;

use crate::browser::Device;
use crate::people::{screen, wait_for};
use crate::place::{Place, wait_for_element};

/// What has the focus: its kind, its act, whether its question has an answer, and whether anybody sees that it has it.
const FOCUSED: &str = r#"
const e = document.activeElement;
if (!e || e === document.body) return { kind: 'nowhere', act: '', answered: false, seen: true };
const kind = e.tagName === 'INPUT' ? e.type : e.tagName.toLowerCase();
const question = e.closest('[data-question]');
const answered = !!question && (!!question.querySelector('input:checked') || (!/^(radio|checkbox)$/.test(kind) && !!e.value));
const rings = [e, e.closest('.option'), e.closest('label')].filter(Boolean).map(one => getComputedStyle(one));
const box = e.getBoundingClientRect();
const seen = rings.some(style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2)
  && box.bottom > 0 && box.top < innerHeight && box.width > 0;
return { kind, act: e.dataset.act ?? (e.type === 'submit' ? 'submit' : e.getAttribute('href') ?? ''), answered, seen,
  what: e.outerHTML.slice(0, 160) };
"#;

/// What has the focus.
#[derive(serde::Deserialize)]
struct Focused {
    kind: String,
    act: String,
    answered: bool,
    seen: bool,
    #[serde(default)]
    what: String,
}

/// More stops than any page has.
const STOPS: usize = 400;

/// From the start screen to the thanks, then the desk to its summary and the sheet of files.
pub(crate) async fn by_keyboard_alone() {
    let Some(place) = Place::open("keys").await else { return };
    let driver = place.browser(Device::Desk, "es-PA").await;
    driver.goto(format!("{}/#/", place.address())).await.expect("the start");
    wait_for(&driver, &["start"]).await;
    wait_for_element(&driver, "[data-act=start]").await;
    reach(&driver, "start").await;
    press(&driver, Key::Enter).await;
    wait_for(&driver, &["page"]).await;
    for _ in 0..80 {
        let now = screen(&driver).await;
        if now.starts_with("review") {
            break;
        }
        arrived(&driver, &now).await;
        page(&driver).await;
        turned(&driver, &now).await;
    }
    wait_for(&driver, &["review"]).await;
    reach(&driver, "finish").await;
    press(&driver, Key::Enter).await;
    wait_for(&driver, &["done"]).await;
    reach(&driver, "home").await;
    press(&driver, Key::Enter).await;
    wait_for(&driver, &["start"]).await;
    reach(&driver, "desk").await;
    press(&driver, Key::Enter).await;
    wait_for(&driver, &["surveys"]).await;
    wait_for_element(&driver, "[data-act=summary]").await;
    reach(&driver, "summary").await;
    press(&driver, Key::Enter).await;
    wait_for(&driver, &["summary"]).await;
    reach(&driver, "take-away").await;
    press(&driver, Key::Enter).await;
    wait_for_element(&driver, "dialog#take[open]").await;
    reach(&driver, "take-close").await;
    press(&driver, Key::Enter).await;
    let now = focused(&driver).await;
    assert_eq!(
        now.act, "take-away",
        "a closed sheet gives the focus back to what opened it, not to {}",
        now.what
    );
    driver.quit().await.expect("a quiet end");
}

/// Answers what the Tab key comes by, and turns the page at its button. A question that asks again is answered the next time.
async fn page(driver: &WebDriver) {
    for _ in 0..STOPS {
        press(driver, Key::Tab).await;
        let now = focused(driver).await;
        assert!(now.seen, "the focus is not seen on {}", now.what);
        match now.kind.as_str() {
            "radio" | "checkbox" if !now.answered => press(driver, Key::Space).await,
            "number" | "text" | "textarea" | "tel" if !now.answered => typed(driver, "2").await,
            "select" if !now.answered => press(driver, Key::Down).await,
            "button" if now.act == "submit" || now.act == "next" || now.act == "review" => {
                return press(driver, Key::Enter).await;
            }
            _ => {}
        }
    }
    panic!("the way on is out of the keyboard's reach: {}", screen(driver).await);
}

/// Presses Tab until what does this has the focus.
async fn reach(driver: &WebDriver, act: &str) {
    for _ in 0..STOPS {
        press(driver, Key::Tab).await;
        let now = focused(driver).await;
        assert!(now.seen, "the focus is not seen on {}", now.what);
        if now.act == act {
            return;
        }
    }
    panic!("{act} is out of the keyboard's reach: {}", screen(driver).await);
}

/// A new page gives its title the focus.
async fn arrived(driver: &WebDriver, now: &str) {
    for _ in 0..40 {
        let script = "return document.activeElement?.id ?? ''";
        let id = driver.execute(script, vec![]).await.ok().and_then(|id| id.convert::<String>().ok());
        if id.as_deref() == Some("title") || id.as_deref() == Some("problems") {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the focus did not go where the page went: {now}");
}

/// Waits for another page, or for what is to be mended on this one.
async fn turned(driver: &WebDriver, was: &str) {
    for _ in 0..40 {
        let problems = driver.find(By::Css("#problems:focus")).await.is_ok();
        if problems || screen(driver).await != was {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn focused(driver: &WebDriver) -> Focused {
    driver.execute(FOCUSED, vec![]).await.expect("a page").convert().expect("what has the focus")
}

async fn press(driver: &WebDriver, key: Key) {
    typed(driver, &key.value().to_string()).await;
}

async fn typed(driver: &WebDriver, keys: &str) {
    driver.action_chain().send_keys(keys).perform().await.expect("a key");
}
