//! Asking before a page with unsaved changes is closed.

use super::Subscription;
use wasm_bindgen::JsValue;
use web_sys::{Event, EventTarget};

/// The browser asks, in its own words, before the page is closed or left for another site while `unsaved` answers true.
pub fn ask_before(unsaved: impl Fn() -> bool + 'static) -> Subscription {
    let target = web_sys::window().map(EventTarget::from);
    let callback = move |event: Event| {
        if unsaved() {
            event.prevent_default();
            // Older browsers ask only when this is set.
            let _ = js_sys::Reflect::set(&event, &"returnValue".into(), &JsValue::TRUE);
        }
    };
    Subscription::new(target, &["beforeunload"], Box::new(callback))
}
