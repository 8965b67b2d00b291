//! Randomness, which everything else takes as an argument.

use crate::response::ResponseId;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = crypto, js_name = getRandomValues)]
    fn fill(bytes: &mut [u8]) -> Result<(), JsValue>;
}

/// An id for a new draft: 128 random bits, with nothing of the time or the device in them.
pub fn response_id() -> ResponseId {
    ResponseId(bytes())
}

/// A seed for everything random in a filling.
pub fn seed() -> u64 {
    u64::from_le_bytes(bytes())
}

/// Random bytes for a key: from the browser's cryptographic generator, or none.
pub fn strong_bytes<const N: usize>() -> Option<[u8; N]> {
    let mut bytes = [0; N];
    fill(&mut bytes).ok().map(|()| bytes)
}

/// Random bytes from the browser's cryptographic generator.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if fill(&mut bytes).is_err() {
        // No browser that runs wasm is without it; ids that differ are still better than none.
        bytes.fill_with(|| (js_sys::Math::random() * 256.0) as u8);
    }
    bytes
}
