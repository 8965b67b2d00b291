//! The only home of `web_sys`: thin wraps of what the browser gives, wasm32 only. Read [`idb::IdbStore`] first: answers live there.
//! What may never enter: a rule about forms or surveys, a sentence for people, a signal.
//! `fill`, `desk` and `worker` all link this; what a binary does not call is left out of it.

pub mod clock;
pub mod dom;
pub mod file;
pub mod fold;
pub mod http;
pub mod idb;
pub mod leaving;
mod listen;
pub mod markup;
pub mod math;
pub mod media;
pub mod notice;
pub mod passphrase;
pub mod place;
pub mod preferences;
pub mod random;
pub mod regex;
pub mod seal;
pub mod share;
pub mod shell;
pub mod speech;
pub mod wipe;
pub mod worker;

pub use listen::{Once, Subscription};

use crate::store::{Fault, FaultKind};
use wasm_bindgen::{JsCast, JsValue};

/// What the browser threw, as a fault: by the name of the `DOMException`, for its words differ between engines.
fn fault(error: &JsValue) -> Fault {
    let Some(exception) = error.dyn_ref::<web_sys::DomException>() else {
        let words = js_sys::Reflect::get(error, &"message".into()).ok().and_then(|words| words.as_string());
        return Fault::new(FaultKind::Other, words.unwrap_or_default());
    };
    let name = exception.name();
    let kind = match name.as_str() {
        "QuotaExceededError" => FaultKind::Full,
        "VersionError" => FaultKind::Newer,
        "InvalidStateError" | "SecurityError" | "NotFoundError" => FaultKind::Gone,
        // WebKit, when its database process is gone. Chromium says UnknownError too, when there is no room on the disk.
        "UnknownError" if exception.message().starts_with("Connection") => FaultKind::Gone,
        _ => FaultKind::Other,
    };
    Fault::new(kind, name + ": " + &exception.message())
}
