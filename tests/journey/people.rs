//! People who fill in a form by reading the screen and clicking. What each answered is written down here, by the script,
//! and is what the summary and the files are held against.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Deserialize;
use thirtyfour::prelude::*;

/// A small generator of our own, so that the script's choices do not hang on the program's.
pub(crate) struct Dice(u64);

impl Dice {
    /// From a seed.
    pub(crate) fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// 0 up to, not including, `sides`.
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % sides.max(1)
    }

    /// True `percent` times of 100.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.roll(100) < percent
    }
}

/// What a person is like.
pub(crate) struct Person {
    /// Their dice.
    pub(crate) dice: Dice,
    /// `es` or `en`.
    pub(crate) language: &'static str,
    /// How often they skip what may be skipped, of 100.
    pub(crate) skips: usize,
    /// Whether they agree to take part.
    pub(crate) consents: bool,
    /// Whether they are of age.
    pub(crate) adult: bool,
    /// Switches the language in the middle.
    pub(crate) switches: bool,
}

/// What one person was shown and answered: path to the values chosen or typed (none: skipped).
pub(crate) type Given = BTreeMap<String, Vec<String>>;

/// How a filling ended.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub(crate) enum End {
    /// Thanked.
    Done,
    /// Turned away kindly; nothing kept.
    Declined,
    /// The script was asked to stop at a page.
    Stopped,
}

/// A question as it stands on the screen.
#[derive(Debug, Deserialize, Clone)]
pub(crate) struct Shown {
    /// The path.
    pub(crate) path: String,
    /// `radio` `checkbox` `rank` `date` `number` `text` `select`.
    pub(crate) kind: String,
    /// The choices' names.
    pub(crate) choices: Vec<String>,
}

const READ_PAGE: &str = r#"
return [...document.querySelectorAll('[data-question]')].filter(e => e.getClientRects().length).map(e => {
  const own = s => [...e.querySelectorAll(s)].filter(i => i.closest('[data-question]') === e);
  const rank = own('[data-rank]'), radio = own('input[type=radio]'), check = own('input[type=checkbox]'), select = own('select');
  if (rank.length) return {path: e.dataset.question, kind: 'rank', choices: rank.map(i => i.dataset.rank)};
  if (radio.length) return {path: e.dataset.question, kind: 'radio', choices: radio.map(i => i.value)};
  if (check.length) return {path: e.dataset.question, kind: 'checkbox', choices: check.map(i => i.value)};
  if (select.length) return {path: e.dataset.question, kind: 'select', choices: [...select[0].options].map(o => o.value).filter(v => v)};
  if (own('input[type=date]').length) return {path: e.dataset.question, kind: 'date', choices: []};
  const input = own('input, textarea')[0];
  const number = input && (input.inputMode === 'numeric' || input.inputMode === 'decimal' || input.type === 'number');
  return {path: e.dataset.question, kind: number ? 'number' : 'text', choices: []};
});"#;

const LABEL_OF: &str = r#"
const input = [...document.querySelectorAll('input')].find(i => i.name === arguments[0] && i.value === arguments[1]);
return (input.labels && input.labels[0]) || input;"#;

const SET_DATE: &str = r#"
const input = [...document.querySelectorAll('input[type=date]')].find(i => i.name === arguments[0]);
const day = new Date(Date.now() + arguments[1] * 86400000);
const text = `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}-${String(day.getDate()).padStart(2, '0')}`;
input.focus(); input.value = text;
input.dispatchEvent(new Event('input', {bubbles: true})); input.dispatchEvent(new Event('change', {bubbles: true})); input.blur();
return text;"#;

/// Questions that the forms require.
const REQUIRED: [&str; 10] = [
    "consent",
    "adult",
    "mode",
    "district",
    "area",
    "participation",
    "sites_attended",
    "overall",
    "commit_count",
    "commit_text",
];

/// The last part of a path.
pub(crate) fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The screen that is open: `start`, `page`, `review`, `done`, ...
pub(crate) async fn screen(driver: &WebDriver) -> String {
    let script = "const m = document.querySelector('main[data-screen]'); return m ? m.dataset.screen + ':' + (m.dataset.page || '') : '';";
    driver.execute(script, vec![]).await.expect("a page").convert().unwrap_or_default()
}

/// Waits until a new page has scrolled to its beginning and given its title the focus, before its first frame: what a
/// script taps or types earlier than any person could goes astray.
async fn arrived(driver: &WebDriver) {
    for _ in 0..40 {
        let there = driver.execute("return document.activeElement?.id === 'title'", vec![]).await;
        if there.ok().and_then(|there| there.convert().ok()).unwrap_or(false) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
}

async fn address(driver: &WebDriver) -> String {
    let hash = driver.execute("return location.hash", vec![]).await;
    hash.ok().and_then(|hash| hash.convert().ok()).unwrap_or_default()
}

/// Waits until the screen is one of these; says which.
pub(crate) async fn wait_for(driver: &WebDriver, wanted: &[&str]) -> String {
    for _ in 0..400 {
        let now = screen(driver).await;
        let name = now.split(':').next().unwrap_or_default();
        if wanted.contains(&name) {
            return now;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let text = driver.execute("return document.body.innerText", vec![]).await;
    let text: String = text.ok().and_then(|t| t.convert().ok()).unwrap_or_default();
    panic!("waited 20 s for {wanted:?}; the screen is {:?} and says: {text}", screen(driver).await)
}

/// Clicks the element that a selector finds, scrolled into view, as a person would.
pub(crate) async fn click(driver: &WebDriver, selector: &str) {
    let mut last = String::new();
    for _ in 0..60 {
        match driver.find(By::Css(selector)).await {
            Ok(element) => {
                let _ = element.scroll_into_view().await;
                match element.click().await {
                    Ok(()) => return,
                    Err(error) => last = error.to_string(),
                }
            }
            Err(error) => last = error.to_string(),
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("cannot click {selector}: {last}")
}

/// Taps a choice.
pub(crate) async fn click_choice(driver: &WebDriver, path: &str, value: &str) {
    let element = driver
        .execute(LABEL_OF, vec![path.into(), value.into()])
        .await
        .and_then(|found| found.element())
        .unwrap_or_else(|error| panic!("no choice {value} at {path}: {error}"));
    let _ = element.scroll_into_view().await;
    element.click().await.unwrap_or_else(|error| panic!("cannot choose {value} at {path}: {error}"));
}

/// Types into a field.
pub(crate) async fn type_into(driver: &WebDriver, path: &str, text: &str) {
    let selector = format!("[name=\"{path}\"]");
    let element = driver.find(By::Css(&selector)).await.unwrap_or_else(|e| panic!("no field at {path}: {e}"));
    let _ = element.scroll_into_view().await;
    element.send_keys(text).await.unwrap_or_else(|error| panic!("cannot type at {path}: {error}"));
}

impl Person {
    /// What this person answers to a question; empty: skips it.
    fn decide(&mut self, question: &Shown, instance: usize) -> Vec<String> {
        let name = name_of(&question.path);
        let yes_no = |yes: bool| vec![if yes { "yes" } else { "no" }.to_owned()];
        match name {
            "consent" => return yes_no(self.consents),
            "adult" => return yes_no(self.adult),
            "link_code" => return vec!["ma14".to_owned()],
            _ => {}
        }
        let skipped = self.dice.chance(self.skips);
        if skipped && !REQUIRED.contains(&name) {
            return Vec::new();
        }
        let sides = question.choices.len();
        match question.kind.as_str() {
            "radio" | "select" => question.choices.get(self.dice.roll(sides)).cloned().into_iter().collect(),
            "checkbox" => {
                let alone = ["none", "ref"];
                let lone = question.choices.iter().find(|choice| alone.contains(&choice.as_str()));
                if let (Some(lone), true) = (lone, self.dice.chance(15)) {
                    return vec![lone.clone()];
                }
                let ordinary: Vec<&String> =
                    question.choices.iter().filter(|choice| !alone.contains(&choice.as_str())).collect();
                let wanted = 1 + self.dice.roll(3.min(ordinary.len()));
                let first = self.dice.roll(ordinary.len());
                (0..wanted).map(|step| ordinary[(first + step) % ordinary.len()].clone()).collect()
            }
            "rank" => {
                let first = self.dice.roll(sides);
                (0..sides).map(|step| question.choices[(first + step) % sides].clone()).collect()
            }
            "date" => vec![(10 + self.dice.roll(300)).to_string()],
            "number" => vec![(1 + self.dice.roll(9)).to_string()],
            _ => vec![format!("=prueba {instance}, \"ñ\"; {}", self.dice.roll(1000))],
        }
    }

    /// Answers one question on the screen; gives back what now counts as the answer.
    async fn answer(&mut self, driver: &WebDriver, question: &Shown, instance: usize) -> Vec<String> {
        let mut values = self.decide(question, instance);
        for value in values.clone() {
            match question.kind.as_str() {
                "radio" | "checkbox" => click_choice(driver, &question.path, &value).await,
                "rank" => {
                    let selector = format!("[data-question=\"{}\"] [data-rank=\"{value}\"]", question.path);
                    click(driver, &selector).await;
                }
                "select" => {
                    let selector = format!("select[name=\"{}\"] option[value=\"{value}\"]", question.path);
                    click(driver, &selector).await;
                }
                "date" => {
                    let days: i64 = value.parse().expect("days");
                    let set = driver.execute(SET_DATE, vec![question.path.clone().into(), days.into()]).await;
                    values = vec![set.expect("a date field").convert().expect("a date")];
                }
                _ => type_into(driver, &question.path, &value).await,
            }
        }
        if question.kind == "checkbox" {
            let order = |value: &String| question.choices.iter().position(|choice| choice == value);
            values.sort_by_key(order);
        }
        values
    }

    /// Fills in from the open page to the end, or to the page `stop_at` (its answers given, not left). Writes into `given`.
    pub(crate) async fn fill(&mut self, driver: &WebDriver, given: &mut Given, stop_at: Option<&str>) -> End {
        let mut turned = 0;
        loop {
            let now = wait_for(driver, &["page", "review", "done", "declined"]).await;
            let (name, page) = now.split_once(':').unwrap_or((now.as_str(), ""));
            match name {
                "done" => return End::Done,
                "declined" => return End::Declined,
                "review" => {
                    click(driver, "[data-act=finish]").await;
                    wait_for(driver, &["done"]).await;
                    return End::Done;
                }
                _ => {}
            }
            if self.switches && turned == 2 {
                let other = if self.language == "es" { "en" } else { "es" };
                switch_language(driver, other).await;
            }
            arrived(driver).await;
            self.answer_page(driver, given).await;
            if stop_at == Some(page) {
                return End::Stopped;
            }
            let here = address(driver).await;
            click(driver, "main [type=submit]").await;
            turned += 1;
            assert!(turned < 200, "the form does not end: {now}");
            // Pages outside of sections have no name: the address tells them apart.
            let mut tries = 0;
            while address(driver).await == here {
                tries += 1;
                assert!(tries < 200, "Next did not leave {now}: {}", notices(driver).await);
                // A tap that only took the focus out of a field is made once more.
                if tries % 60 == 0 {
                    click(driver, "main [type=submit]").await;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
    }

    /// Waits until the page has been turned.
    pub(crate) async fn turned(&self, driver: &WebDriver, was: &str) {
        for _ in 0..100 {
            if screen(driver).await != was {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("Next did not leave {was}: {}", notices(driver).await);
    }

    /// Answers what stands on the page, and what appears through it, until nothing is new.
    pub(crate) async fn answer_page(&mut self, driver: &WebDriver, given: &mut Given) {
        let mut asked: Vec<String> = Vec::new();
        loop {
            let shown = questions(driver).await;
            let Some(next) = shown.iter().find(|question| !asked.contains(&question.path)) else {
                for path in &asked {
                    if !shown.iter().any(|question| &question.path == path) {
                        given.remove(path);
                    }
                }
                return;
            };
            asked.push(next.path.clone());
            if given.contains_key(&next.path) {
                continue;
            }
            let values = self.answer(driver, next, asked.len()).await;
            given.insert(next.path.clone(), values);
        }
    }
}

/// The questions on the screen, in reading order.
pub(crate) async fn questions(driver: &WebDriver) -> Vec<Shown> {
    driver.execute(READ_PAGE, vec![]).await.expect("a page").convert().expect("its questions")
}

/// Taps a language in the menu and waits for the page to speak it.
/// Where the form has languages of its own there is a menu of them, and nothing happens for one that it lacks.
pub(crate) async fn switch_language(driver: &WebDriver, language: &str) {
    let script = "const menu = document.querySelector('select[data-act=language]');
        if (!menu) return 'buttons';
        const own = [...menu.options].find(option => option.value.split('-')[0] === arguments[0]);
        if (!own) return 'lacks';
        menu.value = own.value; menu.dispatchEvent(new Event('change', {bubbles: true})); return 'chosen';";
    let menu = driver.execute(script, vec![language.into()]).await.expect("a page").convert::<String>();
    match menu.expect("text").as_str() {
        "buttons" => click(driver, &format!("[data-act=language][data-language={language}]")).await,
        "lacks" => return,
        _ => (),
    }
    for _ in 0..100 {
        let lang = driver.execute("return document.documentElement.lang", vec![]).await;
        if lang.ok().and_then(|l| l.convert::<String>().ok()).as_deref() == Some(language) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the page does not speak {language}");
}

async fn notices(driver: &WebDriver) -> String {
    let script =
        "return [...document.querySelectorAll('[role=alert],[aria-live]')].map(e => e.innerText).join(' | ')";
    driver.execute(script, vec![]).await.ok().and_then(|t| t.convert().ok()).unwrap_or_default()
}
