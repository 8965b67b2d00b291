//! A real Chromium through chromedriver: a phone of 360x640 or a desk of 1280x800, on a profile that outlives it.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use thirtyfour::common::capabilities::desiredcapabilities::Proxy;
use thirtyfour::prelude::*;
use thirtyfour::{ChromeCapabilities, Rect};

/// Which device is in a person's hands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Device {
    /// 360x640, touch.
    Phone,
    /// 1280x800.
    Desk,
}

/// chromedriver, ended with the test.
pub(crate) struct Chromedriver {
    process: Child,
    address: String,
}

impl Chromedriver {
    /// Starts it on a free port.
    pub(crate) async fn start() -> Chromedriver {
        let port = free_port();
        let program = std::env::var("CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".to_owned());
        let process = Command::new(&program)
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{program} does not start ({error}); ./dev setup installs it"));
        for _ in 0..100 {
            if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Chromedriver { process, address: format!("http://127.0.0.1:{port}") }
    }

    /// Opens a browser on a profile folder, in a language (`es-PA`, `en-US`), that asks for other hosts through a proxy.
    pub(crate) async fn open(
        &self,
        device: Device,
        profile: &Path,
        language: &str,
        proxy: Option<&str>,
    ) -> WebDriver {
        let mut caps = ChromeCapabilities::new();
        if let Some(proxy) = proxy {
            let manual = Proxy::Manual {
                ftp_proxy: None,
                http_proxy: Some(proxy.to_owned()),
                ssl_proxy: Some(proxy.to_owned()),
                socks_proxy: None,
                socks_version: None,
                socks_username: None,
                socks_password: None,
                no_proxy: Some(vec!["127.0.0.1".to_owned()]),
            };
            caps.set_proxy(manual).expect("a proxy");
        }
        if let Ok(binary) = std::env::var("CHROMIUM") {
            caps.set_binary(&binary).expect("the binary");
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
            caps.add_arg(flag).expect("a flag");
        }
        caps.add_arg(&format!("--user-data-dir={}", profile.display())).expect("a flag");
        caps.add_arg(&format!("--lang={language}")).expect("a flag");
        caps.add_experimental_option(
            "prefs",
            serde_json::json!({
                "intl.accept_languages": language,
                "download.default_directory": downloads(profile).display().to_string(),
                "download.prompt_for_download": false,
            }),
        )
        .expect("preferences");
        match device {
            Device::Phone => caps
                .add_experimental_option(
                    "mobileEmulation",
                    serde_json::json!({
                        "deviceMetrics": { "width": 360, "height": 640, "pixelRatio": 2.0, "touch": true, "mobile": true }
                    }),
                )
                .expect("a phone"),
            Device::Desk => caps.add_arg("--window-size=1280,800").expect("a flag"),
        }
        let driver = WebDriver::new(&self.address, caps).await.expect("a browser session");
        driver.set_page_load_timeout(Duration::from_secs(60)).await.expect("a time limit");
        driver.set_script_timeout(Duration::from_secs(60)).await.expect("a time limit");
        if device == Device::Desk {
            let _: Result<Rect, _> = {
                let _ = driver.set_window_rect(0, 0, 1280, 800).await;
                driver.get_window_rect().await
            };
        }
        driver
    }
}

impl Drop for Chromedriver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Where a profile's downloads land.
pub(crate) fn downloads(profile: &Path) -> PathBuf {
    let folder = profile.join("downloads");
    std::fs::create_dir_all(&folder).expect("a folder for downloads");
    folder
}

/// Kills the whole browser of a profile at once, as a phone that runs out of power does. Returns how many processes were ended.
pub(crate) fn kill_browser(profile: &Path) -> usize {
    let mark = format!("--user-data-dir={}", profile.display());
    let mut ended = 0;
    for entry in std::fs::read_dir("/proc").expect("the process table").flatten() {
        let pid = entry.file_name().to_string_lossy().into_owned();
        if !pid.chars().all(|c| c.is_ascii_digit()) {
            continue;
        }
        let command = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
        let command = String::from_utf8_lossy(&command).into_owned();
        let ours = command.split('\0').any(|word| word == mark) && !command.contains("chromedriver");
        if ours {
            ended += usize::from(Command::new("kill").args(["-9", &pid]).status().is_ok_and(|s| s.success()));
        }
    }
    // A killed Chromium leaves its lock behind; the next start would take it for a running one on another host.
    for lock in ["SingletonLock", "SingletonCookie", "SingletonSocket"] {
        let _ = std::fs::remove_file(profile.join(lock));
    }
    ended
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a free port").port()
}
