//! Where the device is, when a person asks for it.

use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::Event;

use super::listen::Once;
use crate::xpath::write_number;

/// How long the device may look for its place, in milliseconds.
const LIMIT: u32 = 30_000;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["navigator", "geolocation"], js_name = getCurrentPosition)]
    fn locate(found: &JsValue, lost: &JsValue, options: &JsValue) -> Result<(), JsValue>;
}

/// Why there is no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoPlace {
    /// The person or the browser does not allow it.
    Refused,
    /// The device cannot tell.
    Lost,
}

/// Latitude, longitude, altitude and accuracy in metres, as ODK writes them.
pub async fn here() -> Result<String, NoPlace> {
    let once = Once::new();
    let given = once.clone();
    // What comes is no event, but a place or an error; both are objects.
    let callback = Closure::wrap(Box::new(move |told: Event| given.give(told)) as Box<dyn FnMut(Event)>);
    let options = Object::new();
    let _ = Reflect::set(&options, &"enableHighAccuracy".into(), &true.into());
    let _ = Reflect::set(&options, &"timeout".into(), &LIMIT.into());
    locate(callback.as_ref(), callback.as_ref(), &options).map_err(|_| NoPlace::Lost)?;
    let told = once.await;
    let get = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).unwrap_or_default();
    if get(&told, "code").as_f64() == Some(1.0) {
        return Err(NoPlace::Refused);
    }
    let coordinates = get(&told, "coords");
    if coordinates.is_undefined() {
        return Err(NoPlace::Lost);
    }
    let number = |name: &str, scale: f64| {
        let value = get(&coordinates, name).as_f64().unwrap_or_default();
        write_number((value * scale).round() / scale)
    };
    // Six decimals are a hand's breadth.
    let parts = [
        number("latitude", 1e6),
        number("longitude", 1e6),
        number("altitude", 10.0),
        number("accuracy", 10.0),
    ];
    Ok(parts.join(" "))
}
