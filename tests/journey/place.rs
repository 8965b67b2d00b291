//! Where a journey happens: a served site, a driver, a profile folder of its own, and a folder for screenshots.

use std::path::{Path, PathBuf};
use std::time::Duration;

use thirtyfour::prelude::*;

use crate::browser::{Device, Driver, Engine, downloads};
use crate::server::Server;

/// A served site and a phone's profile.
pub(crate) struct Place {
    /// What answers at the site's address.
    pub(crate) server: Server,
    driver: Driver,
    /// The browser's profile folder.
    pub(crate) profile: PathBuf,
    pub(crate) name: String,
    /// Through whom the browser asks for other hosts; nobody: by itself.
    proxy: Option<String>,
}

impl Place {
    /// Sets everything up; `None`, with a line that says so, when journeys were not asked for.
    pub(crate) async fn open(name: &str) -> Option<Place> {
        Place::open_in(name, "").await
    }

    /// The same with the site in a folder of the host: `/a/b`.
    pub(crate) async fn open_in(name: &str, prefix: &str) -> Option<Place> {
        Place::open_with(Engine::Chromium, name, prefix).await
    }

    /// The same in one of the three engines; `None`, with a line that says so, also when this machine has it not.
    pub(crate) async fn open_with(engine: Engine, name: &str, prefix: &str) -> Option<Place> {
        if std::env::var_os("SONDEO_JOURNEY").is_none() {
            println!("journey {name}: left out; ./dev test journey runs it");
            return None;
        }
        if !engine.is_here() {
            println!("journey {name}: left out; there is no {} with its driver here", engine.name());
            return None;
        }
        let dist = dist();
        assert!(dist.join("index.html").exists(), "{} holds no site; ./dev build makes it", dist.display());
        let profile = std::env::temp_dir().join(format!("sondeo-journey-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&profile);
        std::fs::create_dir_all(&profile).expect("a profile folder");
        let server = Server::start(dist, prefix).await;
        let driver = Driver::start(engine).await;
        Some(Place { server, driver, profile, name: name.to_owned(), proxy: None })
    }

    /// The site's address, without a slash at the end.
    pub(crate) fn address(&self) -> &str {
        &self.server.address
    }

    /// The same, whose browsers ask for other hosts through the one that answers at this address.
    pub(crate) fn through(self, address: &str) -> Place {
        let mut place = self;
        place.proxy = Some(address.to_owned());
        place
    }

    /// Opens a browser on this place's profile.
    pub(crate) async fn browser(&self, device: Device, language: &str) -> WebDriver {
        self.driver.open(device, &self.profile, language, self.proxy.as_deref()).await
    }

    /// Kills the browser on this place's profile. Says how many processes were ended.
    pub(crate) fn kill_browser(&self) -> usize {
        self.driver.kill_browser(&self.profile)
    }
}

/// Where the built site lies.
pub(crate) fn dist() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    std::env::var_os("SONDEO_DIST").map_or_else(|| root.join("dist"), PathBuf::from)
}

impl Drop for Place {
    fn drop(&mut self) {
        self.kill_browser();
        let _ = std::fs::remove_dir_all(&self.profile);
        if !std::thread::panicking() {
            crate::axe::found_nothing();
        }
    }
}

/// Clicks until something comes of it, as a person does whose first tap met a page still being drawn.
pub(crate) async fn click_until(driver: &WebDriver, selector: &str, outcome: &str) {
    for _ in 0..8 {
        crate::people::click(driver, selector).await;
        for _ in 0..100 {
            if driver.find(By::Css(outcome)).await.is_ok() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        if driver.find(By::Css(selector)).await.is_err() {
            return wait_for_element(driver, outcome).await;
        }
    }
    panic!("{selector} never led to {outcome}");
}

/// Waits for an element to be there.
pub(crate) async fn wait_for_element(driver: &WebDriver, selector: &str) {
    for _ in 0..400 {
        if driver.find(By::Css(selector)).await.is_ok() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let text = driver.execute("return document.body.innerText", vec![]).await;
    let text: String = text.ok().and_then(|text| text.convert().ok()).unwrap_or_default();
    panic!("waited 20 s for {selector}; the screen says: {text}");
}

/// A screen that a journey comes by: axe looks at it, and it is written into the folder named by `SONDEO_SHOTS`, if it is set.
pub(crate) async fn shot(place: &Place, driver: &WebDriver, name: &str) {
    if place.driver.engine == Engine::Chromium {
        crate::axe::look(driver, &format!("{}-{name}", place.name)).await;
    }
    let Some(folder) = std::env::var_os("SONDEO_SHOTS").map(PathBuf::from) else { return };
    std::fs::create_dir_all(&folder).expect("a folder for screenshots");
    let png = driver.screenshot_as_png().await.expect("a screenshot");
    std::fs::write(folder.join(format!("{}-{name}.png", place.name)), png).expect("a file");
}

/// For whom a file is taken away.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum For {
    /// Anybody.
    Publication,
    /// Whoever answers for individual answers.
    Analysis,
}

/// Opens the sheet of files, says for whom, clicks a download and gives back the file's bytes.
pub(crate) async fn desk_download(
    place: &Place,
    driver: &WebDriver,
    selector: &str,
    ending: &str,
    whom: For,
) -> Vec<u8> {
    click_until(driver, "main [data-act=take-away]", "dialog#take[open]").await;
    if whom == For::Analysis {
        crate::people::click(driver, "dialog#take input[value=analyst]").await;
        crate::people::click(driver, "dialog#take [data-act=take-sure]").await;
    }
    crate::people::click(driver, &format!("dialog#take {selector}")).await;
    let bytes =
        downloaded(place, ending).await.unwrap_or_else(|| panic!("no .{ending} file came from {selector}"));
    wait_for_element(driver, "[data-take=made]").await;
    crate::people::click(driver, "dialog#take [data-act=take-close]").await;
    bytes
}

/// Waits up to 10 s for a download with this ending, and takes it away.
pub(crate) async fn downloaded(place: &Place, ending: &str) -> Option<Vec<u8>> {
    let folder = downloads(&place.profile);
    for _ in 0..200 {
        let found = std::fs::read_dir(&folder)
            .expect("downloads")
            .flatten()
            .map(|entry| entry.path())
            .find(|path| path.extension().is_some_and(|e| e == ending));
        if let Some(path) = found {
            tokio::time::sleep(Duration::from_millis(100)).await;
            let bytes = std::fs::read(&path).expect("the file");
            std::fs::remove_file(&path).expect("the file");
            return Some(bytes);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    None
}
