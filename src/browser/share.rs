//! Handing a file to another program of the device, where the browser can.

use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

#[wasm_bindgen]
extern "C" {
    // web_sys hides the constructor with a name and a type behind a feature that nothing else needs.
    #[wasm_bindgen(js_name = File)]
    type Named;
    #[wasm_bindgen(constructor, catch, js_class = "File")]
    fn new(parts: &Array, name: &str, options: &Object) -> Result<Named, JsValue>;

    // Both throw where there is no such thing.
    #[wasm_bindgen(catch, js_namespace = navigator, js_name = canShare)]
    fn can_share(what: &Object) -> Result<bool, JsValue>;
    #[wasm_bindgen(catch, js_namespace = navigator, js_name = share)]
    fn share(what: &Object) -> Result<Promise, JsValue>;
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// Another program has it.
    Given,
    /// It was called off, or the tap that asked for it is too long ago: another tap may do.
    NotNow,
    /// This browser cannot.
    Impossible,
}

/// Lets the person choose where a link goes.
pub async fn send_link(address: &str) -> Sent {
    let what = Object::new();
    let _ = Reflect::set(&what, &"url".into(), &address.into());
    if !can_share(&what).unwrap_or_default() {
        return Sent::Impossible;
    }
    let Ok(sent) = share(&what) else { return Sent::NotNow };
    if JsFuture::from(sent).await.is_ok() { Sent::Given } else { Sent::NotNow }
}

/// Lets the person choose where a file goes. The name should end in `.txt` and the type be of text: Chromium passes on
/// what it knows by its ending, and refuses the rest.
pub async fn send(name: &str, media_type: &str, file: &Blob) -> Sent {
    let set = |object: &Object, name: &str, value: &JsValue| drop(Reflect::set(object, &name.into(), value));
    let (options, what) = (Object::new(), Object::new());
    set(&options, "type", &media_type.into());
    let Ok(named) = Named::new(&Array::of1(file), name, &options) else { return Sent::Impossible };
    set(&what, "files", &Array::of1(&named));
    if !can_share(&what).unwrap_or_default() {
        return Sent::Impossible;
    }
    let Ok(sent) = share(&what) else { return Sent::NotNow };
    if JsFuture::from(sent).await.is_ok() { Sent::Given } else { Sent::NotNow }
}
