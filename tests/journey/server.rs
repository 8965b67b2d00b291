//! A static server on a free port of 127.0.0.1 that serves the built site and ends with the test.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::UnboundedSender;

/// A running server.
pub(crate) struct Server {
    /// Where it answers, without a slash at the end.
    pub(crate) address: String,
    port: u16,
    site: Arc<Site>,
    task: tokio::task::JoinHandle<()>,
}

/// What is served.
struct Site {
    folder: PathBuf,
    /// The folder of the host where the site lies: `/a/b`, or nothing.
    prefix: String,
    requests: Mutex<Vec<String>>,
    changes: Mutex<HashMap<String, Change>>,
    /// Who hears what pages send.
    hears: Mutex<Option<UnboundedSender<Vec<u8>>>>,
}

/// How a file is served otherwise than it lies in the folder.
#[derive(Clone)]
pub(crate) enum Change {
    /// With other bytes.
    Bytes(Vec<u8>),
    /// These bytes are promised, and half of them come.
    Cut(Vec<u8>),
    /// Not at all.
    Missing,
}

impl Server {
    /// Serves a folder, below a path of the host: `/a/b`, or nothing.
    pub(crate) async fn start(folder: PathBuf, prefix: &str) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("the port").port();
        let prefix = prefix.to_owned();
        let (requests, changes, hears) = (Mutex::default(), Mutex::default(), Mutex::default());
        let site = Arc::new(Site { folder, prefix: prefix.clone(), requests, changes, hears });
        let address = format!("http://127.0.0.1:{port}{prefix}");
        Server { address, port, task: listen(listener, site.clone()), site }
    }

    /// The paths asked for so far.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.site.requests.lock().expect("the log").clone()
    }

    /// From now on these files, by their paths from the site's folder, differ from those in the folder, and no others.
    pub(crate) fn change(&self, changes: impl IntoIterator<Item = (String, Change)>) {
        *self.site.changes.lock().expect("the changes") = changes.into_iter().collect();
    }

    /// Passes on whatever a page sends with POST: its policy lets it speak with the host that it came from, and nobody else.
    #[allow(dead_code, reason = "only the crash run listens")]
    pub(crate) fn pass_on(&self, to: UnboundedSender<Vec<u8>>) {
        *self.site.hears.lock().expect("who hears") = Some(to);
    }

    /// Nobody answers any more.
    pub(crate) async fn stop(&mut self) {
        self.task.abort();
        let _ = (&mut self.task).await;
    }

    /// Answers again, at the same address.
    pub(crate) async fn go_on(&mut self) {
        let listener = TcpListener::bind(("127.0.0.1", self.port)).await.expect("the port from before");
        self.task = listen(listener, self.site.clone());
    }
}

fn listen(listener: TcpListener, site: Arc<Site>) -> tokio::task::JoinHandle<()> {
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(answer(stream, site.clone()));
        }
    })
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(mut stream: TcpStream, site: Arc<Site>) {
    let mut head = Vec::new();
    let mut buffer = [0_u8; 4096];
    while !head.windows(4).any(|four| four == b"\r\n\r\n") {
        match stream.read(&mut buffer).await {
            Ok(read) if read > 0 && head.len() < 65_536 => head.extend_from_slice(&buffer[..read]),
            _ => return,
        }
    }
    let begun = head.windows(4).position(|four| four == b"\r\n\r\n").map(|at| head.split_off(at + 4));
    let mut sent = begun.unwrap_or_default();
    let head = String::from_utf8_lossy(&head).into_owned();
    let mut words = head.split_whitespace();
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    if method == "POST" {
        let length = head.to_lowercase().split("content-length:").nth(1).and_then(|rest| {
            let length = rest.split_whitespace().next()?;
            length.parse::<usize>().ok()
        });
        while sent.len() < length.unwrap_or_default() {
            match stream.read(&mut buffer).await {
                Ok(read) if read > 0 => sent.extend_from_slice(&buffer[..read]),
                _ => return,
            }
        }
        if let Some(to) = site.hears.lock().expect("who hears").as_ref() {
            let _ = to.send(sent);
        }
        let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n").await;
        return;
    }
    site.requests.lock().expect("the log").push(format!("{method} {target}"));
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let path = path.strip_prefix(&site.prefix).and_then(|path| path.strip_prefix('/'));
    let path = path.map(|path| if path.is_empty() { "index.html" } else { path }).unwrap_or_default();
    let inside =
        !path.is_empty() && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    let change = site.changes.lock().expect("the changes").get(path).cloned();
    let cut = matches!(change, Some(Change::Cut(_)));
    // `FILE.br` beside a file is what is sent of it, as hosts do; only the bench of the page has any. Such a host lets files be kept, too.
    let accepts_brotli =
        head.lines().any(|line| line.to_lowercase().starts_with("accept-encoding:") && line.contains("br"));
    let packed = inside.then(|| std::fs::read(site.folder.join(format!("{path}.br"))).ok()).flatten();
    let headers = match (&packed, &change) {
        (Some(_), None) if accepts_brotli => "content-encoding: br\r\ncache-control: max-age=600",
        _ => "cache-control: no-cache",
    };
    let body = match change {
        Some(Change::Bytes(bytes) | Change::Cut(bytes)) => Some(bytes),
        Some(Change::Missing) => None,
        None if inside && accepts_brotli && packed.is_some() => packed.clone(),
        None if inside => std::fs::read(site.folder.join(path)).ok(),
        None => None,
    };
    let (status, kind, body) = match body {
        Some(body) => ("200 OK", media_type(path), body),
        None => ("404 Not Found", "text/plain", b"not found".to_vec()),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n{headers}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    let _ = stream.write_all(head.as_bytes()).await;
    let sent = if cut { &body[..body.len() / 2] } else { &body[..] };
    let _ = stream.write_all(sent).await;
    let _ = stream.shutdown().await;
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript",
        "wasm" => "application/wasm",
        "css" => "text/css",
        "json" | "webmanifest" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        _ => "application/octet-stream",
    }
}
