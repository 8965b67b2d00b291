//! What Leptos asks of `wasm-streams` to compile its server functions, of which Sondeo has none. The real crate exports classes
//! to JavaScript; exports are never left out of a binary, and every phone would download them.

use futures_util::stream::{Empty, Stream, empty};
use wasm_bindgen::{JsCast, JsValue};

/// A stream that nobody reads.
pub struct ReadableStream(web_sys::ReadableStream);

impl ReadableStream {
    /// Keeps the browser's stream.
    pub fn from_raw<R: JsCast>(raw: R) -> ReadableStream {
        ReadableStream(raw.unchecked_into())
    }

    /// Drops what it is given.
    pub fn from_stream(_: impl Stream<Item = Result<JsValue, JsValue>> + 'static) -> ReadableStream {
        ReadableStream(JsValue::UNDEFINED.unchecked_into())
    }

    /// The browser's stream again.
    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }

    /// Nothing.
    pub fn into_stream(self) -> Empty<Result<JsValue, JsValue>> {
        empty()
    }
}
