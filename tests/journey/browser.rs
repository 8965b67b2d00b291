//! A real browser through its WebDriver: Chromium, Firefox or WebKitGTK, as a phone of 360x640 or a desk of 1280x800, on a
//! profile that outlives it.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::json;
use thirtyfour::error::WebDriverResult;
use thirtyfour::prelude::*;
use thirtyfour::{Capabilities, ChromeCapabilities, Rect};

/// Which device is in a person's hands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Device {
    /// 360x640, in Chromium with touch. Firefox makes no window narrower than some 450.
    Phone,
    /// 1280x800.
    Desk,
}

impl Device {
    fn size(self) -> (u32, u32) {
        match self {
            Device::Phone => (360, 640),
            Device::Desk => (1280, 800),
        }
    }
}

/// Which engine shows the page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Engine {
    /// Chromium through chromedriver.
    Chromium,
    /// Firefox through geckodriver.
    Firefox,
    /// WebKitGTK through WebKitWebDriver, on a display of its own.
    Webkit,
}

impl Engine {
    /// Its name on the command line.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Engine::Chromium => "chromium",
            Engine::Firefox => "firefox",
            Engine::Webkit => "webkit",
        }
    }

    /// Its driver; `None`: `./dev` found none on this machine. Chromium's has a usual name.
    fn program(self) -> Option<String> {
        let (name, usual) = match self {
            Engine::Chromium => ("CHROMEDRIVER", Some("chromedriver")),
            Engine::Firefox => ("GECKODRIVER", None),
            Engine::Webkit => ("WEBKITDRIVER", None),
        };
        let named = std::env::var(name).ok().filter(|program| !program.is_empty());
        named.or_else(|| usual.map(str::to_owned))
    }

    /// Whether this machine has it.
    pub(crate) fn is_here(self) -> bool {
        self.program().is_some()
    }
}

/// A driver and, for an engine without a headless mode, its display: ended with the test.
pub(crate) struct Driver {
    /// The engine it drives.
    pub(crate) engine: Engine,
    process: Child,
    display: Option<Child>,
    address: String,
}

impl Driver {
    /// Starts it on a free port.
    pub(crate) async fn start(engine: Engine) -> Driver {
        let program = engine.program().unwrap_or_else(|| panic!("there is no {} here", engine.name()));
        let port = free_port();
        let mut command = Command::new(&program);
        command.arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null());
        let display = (engine == Engine::Webkit).then(|| {
            let (display, name) = start_display();
            command.arg("--host=127.0.0.1").env("DISPLAY", name).env_remove("WAYLAND_DISPLAY");
            display
        });
        let process = command
            .spawn()
            .unwrap_or_else(|error| panic!("{program} does not start ({error}); ./dev setup installs it"));
        for _ in 0..100 {
            if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Driver { engine, process, display, address: format!("http://127.0.0.1:{port}") }
    }

    /// Opens a browser on a profile folder, in a language (`es-PA`, `en-US`), that asks for other hosts through a proxy.
    pub(crate) async fn open(
        &self,
        device: Device,
        profile: &Path,
        language: &str,
        proxy: Option<&str>,
    ) -> WebDriver {
        self.try_open(device, profile, language, proxy).await.expect("a browser session")
    }

    /// The same, for whoever starts it again where it does not come.
    pub(crate) async fn try_open(
        &self,
        device: Device,
        profile: &Path,
        language: &str,
        proxy: Option<&str>,
    ) -> WebDriverResult<WebDriver> {
        let mut capabilities = match self.engine {
            Engine::Chromium => chromium(device, profile, language)?,
            Engine::Firefox => firefox(device, profile, language)?,
            Engine::Webkit => webkit(device, profile, language)?,
        };
        if let Some(proxy) = proxy {
            let only_others = json!({
                "proxyType": "manual", "httpProxy": proxy, "sslProxy": proxy, "noProxy": ["127.0.0.1"]
            });
            capabilities.set("proxy", only_others)?;
        }
        let driver = WebDriver::new(&self.address, capabilities).await?;
        driver.set_page_load_timeout(Duration::from_secs(60)).await?;
        driver.set_script_timeout(Duration::from_secs(60)).await?;
        if device == Device::Desk || self.engine == Engine::Firefox {
            let (width, height) = device.size();
            let _: Result<Rect, _> = {
                let _ = driver.set_window_rect(0, 0, width, height).await;
                driver.get_window_rect().await
            };
        }
        Ok(driver)
    }

    /// Kills the whole browser of a profile at once, as a phone that runs out of power does. Returns how many processes were
    /// ended.
    pub(crate) fn kill_browser(&self, profile: &Path) -> usize {
        let family = self.family(profile);
        kill(&family);
        wait_until_gone(&family);
        // A killed browser leaves its lock behind: the next start would take it for a running one on another host, or ask
        // at a port where nobody is.
        for left in ["SingletonLock", "SingletonCookie", "SingletonSocket", "MarionetteActivePort"] {
            let _ = std::fs::remove_file(profile.join(left));
        }
        family.len()
    }

    /// Every process that the driver started, and theirs, and what else runs on the profile.
    pub(crate) fn family(&self, profile: &Path) -> Vec<u32> {
        let running = running();
        let mut ours = vec![self.process.id()];
        let mut at = 0;
        while let Some(parent) = ours.get(at).copied() {
            ours.extend(running.iter().filter(|(_, one)| one.parent == parent).map(|(pid, _)| *pid));
            at += 1;
        }
        let mark = format!("--user-data-dir={}", profile.display());
        let marked = running.iter().filter(|(_, one)| one.words.contains(&mark)).map(|(pid, _)| *pid);
        ours.extend(marked);
        ours.retain(|pid| *pid != self.process.id());
        ours.sort_unstable();
        ours.dedup();
        ours
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        for process in [Some(&mut self.process), self.display.as_mut()].into_iter().flatten() {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

fn chromium(device: Device, profile: &Path, language: &str) -> WebDriverResult<Capabilities> {
    let mut caps = ChromeCapabilities::new();
    if let Ok(binary) = std::env::var("CHROMIUM") {
        caps.set_binary(&binary)?;
    }
    for flag in [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--force-color-profile=srgb",
    ] {
        caps.add_arg(flag)?;
    }
    caps.add_arg(&format!("--user-data-dir={}", profile.display()))?;
    caps.add_arg(&format!("--lang={language}"))?;
    caps.add_experimental_option(
        "prefs",
        json!({
            "intl.accept_languages": language,
            "download.default_directory": downloads(profile).display().to_string(),
            "download.prompt_for_download": false,
        }),
    )?;
    match device {
        Device::Phone => caps.add_experimental_option(
            "mobileEmulation",
            json!({
                "deviceMetrics": { "width": 360, "height": 640, "pixelRatio": 2.0, "touch": true, "mobile": true }
            }),
        )?,
        Device::Desk => caps.add_arg("--window-size=1280,800")?,
    }
    Ok(caps.into())
}

fn firefox(device: Device, profile: &Path, language: &str) -> WebDriverResult<Capabilities> {
    let (width, height) = device.size();
    let folder = profile.display().to_string();
    let mut options = json!({
        "args": ["-headless", "-profile", folder, "--width", width.to_string(), "--height", height.to_string()],
        "prefs": {
            "intl.accept_languages": language,
            "browser.download.dir": downloads(profile).display().to_string(),
            "browser.download.folderList": 2,
            "browser.helperApps.neverAsk.saveToDisk": "application/x-ndjson,text/csv,application/json",
            // After a kill it would offer its safe mode, or the pages of before.
            "toolkit.startup.max_resumed_crashes": -1,
            "browser.sessionstore.resume_from_crash": false,
        },
    });
    if let Some(binary) = std::env::var("FIREFOX").ok().filter(|binary| !binary.is_empty()) {
        options["binary"] = binary.into();
    }
    let mut caps = Capabilities::new();
    caps.set("moz:firefoxOptions", options)?;
    Ok(caps)
}

fn webkit(device: Device, profile: &Path, language: &str) -> WebDriverResult<Capabilities> {
    let (width, height) = device.size();
    let window = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/journey/webkit.py");
    let args = [profile.display().to_string(), format!("{width}x{height}"), language.to_owned()];
    let mut caps = Capabilities::new();
    caps.set("webkitgtk:browserOptions", json!({ "binary": window.display().to_string(), "args": args }))?;
    Ok(caps)
}

/// A display that nobody sees, and its name. It chooses a number that is free.
fn start_display() -> (Child, String) {
    let mut display = Command::new("Xvfb")
        .args(["-displayfd", "1", "-screen", "0", "1366x900x24", "-nolisten", "tcp"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|error| panic!("Xvfb does not start ({error}); ./dev setup installs it"));
    let mut number = String::new();
    let said = display.stdout.take().expect("its output");
    BufReader::new(said).read_line(&mut number).expect("the display's number");
    (display, format!(":{}", number.trim()))
}

/// Where a profile's downloads land.
pub(crate) fn downloads(profile: &Path) -> PathBuf {
    let folder = profile.join("downloads");
    std::fs::create_dir_all(&folder).expect("a folder for downloads");
    folder
}

/// A process of this machine.
struct Running {
    parent: u32,
    words: Vec<String>,
}

/// Every process of this machine, dead ones that nobody has buried left out.
fn running() -> HashMap<u32, Running> {
    let mut all = HashMap::new();
    for entry in std::fs::read_dir("/proc").expect("the process table").flatten() {
        let Ok(pid) = entry.file_name().to_string_lossy().parse::<u32>() else { continue };
        let command = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
        let state = std::fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        // `pid (name) state parent ...`, and a name may hold anything.
        let mut after_name = state.rsplit(')').next().unwrap_or_default().split_whitespace();
        let (state, parent) = (after_name.next(), after_name.next());
        if let (Some(parent), false) = (parent.and_then(|parent| parent.parse().ok()), state == Some("Z")) {
            let words = String::from_utf8_lossy(&command).split('\0').map(str::to_owned).collect();
            all.insert(pid, Running { parent, words });
        }
    }
    all
}

/// Ends these processes with one command, at once.
pub(crate) fn kill(pids: &[u32]) {
    if !pids.is_empty() {
        let pids = pids.iter().map(u32::to_string);
        let _ = Command::new("kill").arg("-9").args(pids).stderr(Stdio::null()).status();
    }
}

fn wait_until_gone(pids: &[u32]) {
    for _ in 0..200 {
        let left = running();
        if !pids.iter().any(|pid| left.contains_key(pid)) {
            break;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a free port").port()
}
