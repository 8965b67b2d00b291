//! Kills the whole browser at random moments while a scripted person fills in forms in the built site, starts it again on the
//! same profile, and holds what is there against what the page had said. `./dev crash` builds the site and runs it; without it
//! (`SONDEO_CRASH` unset) the run says so in a line and passes. `docs/durability.md` tells what came of it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a run that cannot go on must stop and say why"
)]

#[path = "journey/browser.rs"]
#[allow(dead_code, reason = "a run opens its browser itself")]
mod browser;
#[path = "crash/compare.rs"]
mod compare;
#[path = "crash/cut.rs"]
mod cut;
#[path = "crash/form.rs"]
mod form;
#[path = "crash/judged.rs"]
mod judged;
#[path = "crash/log.rs"]
mod log;
#[path = "journey/people.rs"]
#[allow(dead_code, reason = "only the dice are needed")]
mod people;
#[path = "crash/plan.rs"]
mod plan;
#[path = "journey/server.rs"]
#[allow(dead_code, reason = "nothing of the site changes here")]
mod server;

use std::path::{Path, PathBuf};
use std::time::Duration;

use thirtyfour::prelude::*;
use tokio::time::Instant;

use browser::{Device, Driver, Engine};
use compare::{Run, Seen, Verdict};
use form::Bundle;
use log::{Listener, Told};
use people::Dice;
use plan::{Act, Kill, Plan};
use server::Server;

/// So many runs go on with one profile; then comes a new one.
const SITTING: usize = 25;

/// How long a kill waits for what it is to follow.
const PATIENCE: Duration = Duration::from_secs(60);

/// What is run.
struct Asked {
    engine: Engine,
    runs: usize,
    seed: u64,
    first: usize,
}

impl Asked {
    fn read() -> Option<Asked> {
        let engine = std::env::var("SONDEO_CRASH").ok()?;
        let all = [Engine::Chromium, Engine::Firefox, Engine::Webkit];
        let engine = all.into_iter().find(|one| one.name() == engine).expect("chromium, firefox or webkit");
        let number = |name: &str, usual: usize| {
            std::env::var(name).map_or(usual, |text| text.parse().unwrap_or_else(|_| panic!("{name}={text}")))
        };
        let runs = number("SONDEO_RUNS", 15);
        // A profile's runs build on each other, so it is begun from its first.
        let first = (number("SONDEO_FIRST", 1).max(1) - 1) / SITTING * SITTING + 1;
        Some(Asked { engine, runs, seed: number("SONDEO_SEED", 1) as u64, first })
    }
}

/// What all runs came to.
#[derive(Default)]
struct Sum {
    runs: usize,
    acknowledged: usize,
    lost: usize,
    half: usize,
    stuck: usize,
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_page_said_is_kept() {
    let Some(asked) = Asked::read() else {
        println!("what the page said is kept: left out; ./dev crash runs it");
        return;
    };
    let mut place = Place::open(&asked, "").await;
    let (mut sum, began) = (Sum::default(), Instant::now());
    let mut at = asked.first;
    let end = asked.first + asked.runs;
    while at < end {
        let next = (at + SITTING).min(end);
        sitting(&mut place, &asked, at..next, &mut sum).await;
        at = next;
        let seconds = began.elapsed().as_secs_f64();
        println!(
            "{}: {} runs, {} logs cut off, {} acknowledged, {} lost, {} half-finished so far; {:.1} s a run",
            asked.engine.name(),
            sum.runs,
            place.cut,
            sum.acknowledged,
            sum.lost,
            sum.half,
            seconds / sum.runs as f64
        );
    }
    if asked.engine == Engine::Chromium {
        println!("chromium: {} kills cut off a record in the log (docs/durability.md)", place.cut);
    }
    drop(place);
    let Sum { runs, acknowledged, lost, half, stuck } = sum;
    println!("crash: {runs} runs, {acknowledged} acknowledged, {lost} lost, {half} half-finished");
    assert!(acknowledged > 0, "nothing was acknowledged: nothing was tested");
    assert_eq!(
        (lost, half, stuck),
        (0, 0, 0),
        "lost, half-finished, and runs in which the page went no further"
    );
}

/// Where it happens.
struct Place {
    driver: Driver,
    server: Server,
    listener: Listener,
    profile: PathBuf,
    /// How many kills cut off a record in the log of Chromium's store.
    cut: usize,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.driver.kill_browser(&self.profile);
        let _ = std::fs::remove_dir_all(&self.profile);
    }
}

/// What a run leaves for the look after it.
struct Done {
    number: usize,
    before: Seen,
    plan: Plan,
    log: Vec<Told>,
}

/// Runs on one new profile.
async fn sitting(place: &mut Place, asked: &Asked, runs: std::ops::Range<usize>, sum: &mut Sum) {
    place.renew();
    let mut bundles: Vec<Bundle> = Vec::new();
    let mut done: Option<Done> = None;
    for number in runs.clone() {
        let mut dice = Dice::new(asked.seed.wrapping_mul(1_000_003).wrapping_add(number as u64));
        let (driver, seen) = place.open_and_look(dice.chance(30)).await;
        if let Some(done) = done.take() {
            account(asked, &done, &bundles, &seen, sum);
        }
        let plan = Plan::draw(number, &mut dice, &seen, &mut bundles);
        let log = place.act_and_kill(&driver, &plan).await;
        drop(driver.quit().await);
        done = Some(Done { number, before: seen, plan, log });
    }
    if let Some(done) = done {
        let (driver, seen) = place.open_and_look(true).await;
        account(asked, &done, &bundles, &seen, sum);
        place.driver.kill_browser(&place.profile);
        drop(driver.quit().await);
    }
}

fn account(asked: &Asked, done: &Done, bundles: &[Bundle], after: &Seen, sum: &mut Sum) {
    let joins = done.plan.acts.iter().find_map(|act| match act {
        Act::Join { survey, .. } => bundles.iter().find(|bundle| bundle.survey == *survey),
        _ => None,
    });
    let run = Run { before: &done.before, erases: done.plan.erases(), joins, log: &done.log, after };
    let Verdict { acknowledged, lost, half } = run.judge();
    let stuck: Vec<&Told> =
        done.log.iter().filter(|told| ["stuck", "refused"].contains(&told.kind.as_str())).collect();
    sum.runs += 1;
    sum.acknowledged += acknowledged;
    sum.lost += lost.len();
    sum.half += half.len();
    sum.stuck += usize::from(!stuck.is_empty());
    if lost.is_empty() && half.is_empty() && stuck.is_empty() {
        return;
    }
    let all_gone = !done.before.surveys.is_empty() && after.surveys.is_empty();
    if all_gone {
        println!("the browser started with an empty store; docs/durability.md says why Chromium may");
    }
    let sitting = (done.number - 1) / SITTING * SITTING + 1;
    println!("run {} of seed {} in {}: {}", done.number, asked.seed, asked.engine.name(), done.plan.words());
    println!(
        "  again: ./dev crash --engine {} --seed {} --first {sitting} --runs {}",
        asked.engine.name(),
        asked.seed,
        done.number - sitting + 1
    );
    lost.iter().for_each(|words| println!("  lost: {words}"));
    half.iter().for_each(|words| println!("  half-finished: {words}"));
    stuck.iter().for_each(|told| {
        println!("  the page went no further: {} at {:?}: {}", told.words, told.screen, told.text);
    });
    if std::env::var_os("SONDEO_CRASH_LOG").is_some() {
        done.log.iter().for_each(|told| println!("  told: {told:?}"));
    }
}

impl Place {
    /// Sets everything up. `name` tells places of one test process apart.
    async fn open(asked: &Asked, name: &str) -> Place {
        let dist = std::env::var_os("SONDEO_DIST")
            .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("dist"), PathBuf::from);
        assert!(dist.join("index.html").exists(), "{} holds no site; ./dev build makes it", dist.display());
        let folder = format!("sondeo-crash-{}-{}{name}", asked.engine.name(), std::process::id());
        let server = Server::start(dist, "").await;
        Place {
            driver: Driver::start(asked.engine).await,
            listener: Listener::of(&server),
            server,
            profile: std::env::temp_dir().join(folder),
            cut: 0,
        }
    }

    /// Begins with a profile that nobody has used.
    fn renew(&self) {
        let _ = std::fs::remove_dir_all(&self.profile);
        std::fs::create_dir_all(&self.profile).expect("a profile folder");
    }

    /// Starts the browser and reads what is there. A browser that does not come up after a kill is started again.
    async fn open_and_look(&self, with_desk: bool) -> (WebDriver, Seen) {
        let mut last = String::new();
        for _ in 0..4 {
            match self.try_open_and_look(with_desk).await {
                Ok((driver, seen)) if seen.error.is_none() => return (driver, seen),
                Ok((driver, seen)) => {
                    last = seen.error.unwrap_or_default();
                    self.driver.kill_browser(&self.profile);
                    drop(driver.quit().await);
                }
                Err(error) => {
                    last = error.to_string();
                    self.driver.kill_browser(&self.profile);
                }
            }
            println!("  started once more: {last}");
        }
        panic!("what is left cannot be read: {last}");
    }

    async fn try_open_and_look(&self, with_desk: bool) -> WebDriverResult<(WebDriver, Seen)> {
        let driver = self.driver.try_open(Device::Phone, &self.profile, "es-PA", None).await?;
        let looked: WebDriverResult<Seen> = async {
            driver.set_script_timeout(Duration::from_secs(150)).await?;
            driver.goto(format!("{}/#/", self.server.address)).await?;
            driver.execute_async(include_str!("crash/look.js"), vec![with_desk.into()]).await?.convert()
        }
        .await;
        match looked {
            Ok(seen) => Ok((driver, seen)),
            Err(error) => {
                self.driver.kill_browser(&self.profile);
                drop(driver.quit().await);
                Err(error)
            }
        }
    }

    /// Lets the person act, kills the browser when the plan says so, and gives what the page had told.
    async fn act_and_kill(&mut self, driver: &WebDriver, plan: &Plan) -> Vec<Told> {
        self.listener.rest();
        let person = serde_json::json!({ "seed": plan.seed, "acts": plan.acts });
        let family = self.driver.family(&self.profile);
        let began = Instant::now();
        driver.execute(include_str!("crash/person.js"), vec![person]).await.expect("a page to act in");
        let mut log = Vec::new();
        match &plan.kill {
            Kill::After(milliseconds) => {
                let moment = began + Duration::from_millis(*milliseconds);
                self.hear_until(moment, |_| false, &mut log).await;
            }
            Kill::On { kind, nth, after } => {
                let mut left = *nth;
                let reached = |told: &Told| {
                    left -= usize::from(told.kind == *kind);
                    left == 0
                };
                if self.hear_until(began + PATIENCE, reached, &mut log).await {
                    tokio::time::sleep(Duration::from_millis(*after)).await;
                }
            }
        }
        browser::kill(&family);
        self.driver.kill_browser(&self.profile);
        self.cut += usize::from(cut::is_cut(&self.profile));
        // What the page sent before it died may still be on its way.
        tokio::time::sleep(Duration::from_millis(30)).await;
        log.extend(self.listener.rest());
        log.sort_by_key(|told| told.n);
        log
    }

    /// Hears what is told until a moment, until `reached`, or until nothing more will come. Whether it was `reached`.
    async fn hear_until(
        &mut self,
        moment: Instant,
        mut reached: impl FnMut(&Told) -> bool,
        log: &mut Vec<Told>,
    ) -> bool {
        while let Ok(Some(told)) = tokio::time::timeout_at(moment, self.listener.next()).await {
            let over = ["idle", "stuck"].contains(&told.kind.as_str());
            let here = reached(&told);
            log.push(told);
            if here || over {
                return here;
            }
        }
        false
    }
}
