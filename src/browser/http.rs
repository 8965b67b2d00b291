//! Files that lie beside the page: forms and texts that not every visit needs.

use super::{fault, shell};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

#[wasm_bindgen]
extern "C" {
    // The window's and the worker's alike.
    #[wasm_bindgen(catch)]
    fn fetch(url: &str) -> Result<js_sys::Promise, JsValue>;
}

/// A file that did not come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpFault {
    /// The status of the answer; 0 when there was none: no network, or it broke off.
    pub status: u16,
    /// The browser's own words, for a report of the fault.
    pub detail: String,
}

/// The text of a file at a path relative to the page, of the same build as this code.
pub async fn fetch_text(path: &str) -> Result<String, HttpFault> {
    let unreached = |error: JsValue| HttpFault { status: 0, detail: fault(&error).detail };
    let url = [path, "?v=", &shell::build_id()].concat();
    let response = JsFuture::from(fetch(&url).map_err(unreached)?).await.map_err(unreached)?;
    let response: Response = response.unchecked_into();
    if !response.ok() {
        return Err(HttpFault { status: response.status(), detail: response.status_text() });
    }
    let text = JsFuture::from(response.text().map_err(unreached)?).await.map_err(unreached)?;
    text.as_string().ok_or(HttpFault { status: response.status(), detail: String::new() })
}
