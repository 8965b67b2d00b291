//! Files that people take away.

use super::{fault, listen};
use crate::store::{Fault, FaultKind};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Long enough for a phone to ask where to put the file; the address keeps the bytes in memory till then.
const KEPT: u32 = 60_000;

/// Offers bytes as a download of this name and MIME type. Errors: out of memory, or no page to click in.
pub fn offer(name: &str, mime: &str, bytes: &[u8]) -> Result<(), Fault> {
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    let parts = Array::of1(&Uint8Array::from(bytes));
    let blob =
        Blob::new_with_u8_array_sequence_and_options(&parts, &options).map_err(|error| fault(&error))?;
    let url = Url::create_object_url_with_blob(&blob).map_err(|error| fault(&error))?;
    let clicked = click(name, &url);
    wasm_bindgen_futures::spawn_local(async move {
        listen::after(KEPT).await;
        let _ = Url::revoke_object_url(&url);
    });
    clicked.ok_or_else(|| Fault::new(FaultKind::Other, "no page"))
}

fn click(name: &str, url: &str) -> Option<()> {
    let document = web_sys::window()?.document()?;
    let link: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(url);
    link.set_download(name);
    // Firefox follows only a link that is in the page.
    let body = document.body()?;
    body.append_child(&link).ok()?;
    link.click();
    link.remove();
    Some(())
}
