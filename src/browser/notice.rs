//! Change notices between tabs, the worker and the parts of one page: "something of this survey changed", never what.

use super::Subscription;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, Event, EventTarget, MessageEvent};

const CHANNEL: &str = "sondeo";

/// Tells everybody who listens, this tab included, that something of this survey changed in the store.
pub fn announce(survey: &str) {
    // A channel of its own each time: a channel hears all but itself, so listeners in this tab hear too.
    if let Ok(channel) = BroadcastChannel::new(CHANNEL) {
        let _ = channel.post_message(&JsValue::from_str(survey));
        channel.close();
    }
}

/// Calls back with the survey's id after each change. Nothing comes in a browser without `BroadcastChannel`.
pub fn on_change(mut callback: impl FnMut(String) + 'static) -> Subscription {
    let channel = BroadcastChannel::new(CHANNEL).ok().map(EventTarget::from);
    let callback = move |event: Event| {
        if let Some(survey) = event.unchecked_ref::<MessageEvent>().data().as_string() {
            callback(survey);
        }
    };
    Subscription::new(channel, &["message"], Box::new(callback))
}
