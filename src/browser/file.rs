//! Files that people take away.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BlobPropertyBag, HtmlAnchorElement, Url};

use super::{dom, fault, listen};
use crate::store::{Fault, FaultKind};

pub use web_sys::{Blob, File};

/// Long enough for a phone to ask where to put the file; the address keeps the bytes in memory till then.
const KEPT: u32 = 60_000;

/// Bytes gathered before the browser takes them: as long as they are here, they fill the heap.
const PART: usize = 1 << 20;

/// Offers bytes as a download of this name and MIME type. Errors: out of memory, or no page to click in.
pub fn offer(name: &str, mime: &str, bytes: &[u8]) -> Result<(), Fault> {
    let parts = Array::of1(&Uint8Array::from(bytes));
    let made = Blob::new_with_u8_array_sequence_and_options(&parts, &of_type(mime));
    give(name, &made.map_err(|error| fault(&error))?)
}

/// The same for what is a file already.
pub fn offer_file(name: &str, mime: &str, file: &Blob) -> Result<(), Fault> {
    let made = Blob::new_with_blob_sequence_and_options(&Array::of1(file), &of_type(mime));
    give(name, &made.map_err(|error| fault(&error))?)
}

fn of_type(mime: &str) -> BlobPropertyBag {
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    options
}

fn give(name: &str, file: &Blob) -> Result<(), Fault> {
    let url = Url::create_object_url_with_blob(file).map_err(|error| fault(&error))?;
    let clicked = click(name, &url);
    wasm_bindgen_futures::spawn_local(async move {
        listen::after(KEPT).await;
        let _ = Url::revoke_object_url(&url);
    });
    clicked.ok_or_else(|| Fault::new(FaultKind::Other, "no page"))
}

/// The bytes of a file. Errors: it is gone, or may not be read.
pub async fn bytes_of(file: &Blob) -> Result<Vec<u8>, Fault> {
    let read = wasm_bindgen_futures::JsFuture::from(file.array_buffer()).await;
    read.map(|buffer| Uint8Array::new(&buffer).to_vec()).map_err(|error| fault(&error))
}

/// Bytes as a file. Errors: out of memory.
pub fn of_bytes(bytes: &[u8]) -> Result<Blob, Fault> {
    let parts = Array::of1(&Uint8Array::from(bytes));
    Blob::new_with_u8_array_sequence(&parts).map_err(|error| fault(&error))
}

/// An address of bytes for what plays them, until it is forgotten. `None`: out of memory.
pub fn address_of(bytes: &[u8], mime: &str) -> Option<String> {
    let parts = Array::of1(&Uint8Array::from(bytes));
    let made = Blob::new_with_u8_array_sequence_and_options(&parts, &of_type(mime)).ok()?;
    Url::create_object_url_with_blob(&made).ok()
}

/// Gives back what an address stands for.
pub fn forget(address: &str) {
    let _ = Url::revoke_object_url(address);
}

/// A file that grows at its end. The browser holds what was written, on disk when it is much; here is never more than a part.
#[derive(Debug, Default)]
pub struct Growing {
    part: Vec<u8>,
    parts: Array,
    fault: Option<Fault>,
}

impl Growing {
    /// Adds bytes at the end. What does not fit is told by [`Growing::finish`].
    pub fn add(&mut self, bytes: &[u8]) {
        self.part.extend_from_slice(bytes);
        if self.part.len() >= PART {
            self.hand_over();
        }
    }

    /// The whole file; `None` when nothing was added. Errors: out of memory.
    pub fn finish(mut self) -> Result<Option<Blob>, Fault> {
        self.hand_over();
        match self.fault {
            Some(fault) => Err(fault),
            None if self.parts.length() == 0 => Ok(None),
            None => Blob::new_with_blob_sequence(&self.parts).map(Some).map_err(|error| fault(&error)),
        }
    }

    fn hand_over(&mut self) {
        if !self.part.is_empty() {
            match of_bytes(&self.part) {
                Ok(part) => drop(self.parts.push(&JsValue::from(part))),
                Err(fault) => self.fault = Some(fault),
            }
            self.part.clear();
        }
    }
}

fn click(name: &str, url: &str) -> Option<()> {
    let link: HtmlAnchorElement = dom::element("a").unchecked_into();
    link.set_href(url);
    link.set_download(name);
    // Firefox follows only a link that is in the page.
    let body = web_sys::window()?.document()?.body()?;
    dom::insert(&body, &link, None);
    link.click();
    dom::remove(&link);
    Some(())
}
