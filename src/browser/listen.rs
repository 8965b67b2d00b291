//! Callbacks that the browser makes: for as long as a [`Subscription`] lives, or once, as a future.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use wasm_bindgen::prelude::*;
use web_sys::{Event, EventTarget};

/// A callback that the browser makes again and again. Dropping it ends that.
#[must_use = "the callback ends when this is dropped"]
pub struct Subscription {
    target: EventTarget,
    names: &'static [&'static str],
    callback: Option<Keep>,
}

impl Subscription {
    /// Calls back on each event that bears one of these names at the target. `None` for a target: never.
    pub(super) fn new(
        target: Option<EventTarget>,
        names: &'static [&'static str],
        callback: Box<dyn FnMut(Event)>,
    ) -> Subscription {
        let target = target.unwrap_or_else(|| js_sys::Object::new().unchecked_into());
        let callback = Closure::wrap(callback);
        listen(&target, names, &callback);
        Subscription { target, names, callback: Some(callback) }
    }

    /// Keeps it for as long as the page lives.
    pub fn forget(mut self) {
        if let Some(callback) = self.callback.take() {
            callback.forget();
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        if let Some(callback) = &self.callback {
            for name in self.names {
                let callback = callback.as_ref().unchecked_ref();
                let _ = self.target.remove_event_listener_with_callback(name, callback);
            }
        }
    }
}

impl std::fmt::Debug for Subscription {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Subscription").field(&self.names).finish()
    }
}

/// A callback as the browser takes it; it must be kept for as long as it may be called.
pub(super) type Keep = Closure<dyn FnMut(Event)>;

fn listen(target: &EventTarget, names: &[&str], callback: &Keep) {
    for name in names {
        // Fails only where there is nothing to listen to, and then nothing ever happens.
        let _ = target.add_event_listener_with_callback(name, callback.as_ref().unchecked_ref());
    }
}

/// A value that somebody will give once, and somebody waits for.
#[derive(Debug)]
pub struct Once<T>(Rc<RefCell<Slot<T>>>);

#[derive(Debug)]
struct Slot<T> {
    value: Option<T>,
    waker: Option<Waker>,
}

impl<T> Default for Once<T> {
    fn default() -> Once<T> {
        Once(Rc::new(RefCell::new(Slot { value: None, waker: None })))
    }
}

impl<T> Once<T> {
    /// Nothing given yet.
    pub fn new() -> Once<T> {
        Once::default()
    }

    /// Gives the value; the first one counts.
    pub fn give(&self, value: T) {
        let mut slot = self.0.borrow_mut();
        if slot.value.is_none() {
            slot.value = Some(value);
        }
        let waker = slot.waker.take();
        drop(slot);
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl<T> Clone for Once<T> {
    fn clone(&self) -> Once<T> {
        Once(Rc::clone(&self.0))
    }
}

impl<T> Future for Once<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let mut slot = self.0.borrow_mut();
        match slot.value.take() {
            Some(value) => Poll::Ready(value),
            None => {
                slot.waker = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }
}

/// The first event at the target that bears one of these names. The callback frees itself then and not before,
/// even if nobody waits any more: a browser that calls a callback that is gone would end the transaction.
/// `keep` is freed with it.
pub(super) fn first_of(
    target: &EventTarget,
    names: &'static [&'static str],
    keep: Option<Keep>,
) -> Once<Event> {
    let once = Once::new();
    let held: Rc<RefCell<Vec<Keep>>> = Rc::default();
    let callback = Closure::wrap(Box::new({
        let (once, held) = (once.clone(), Rc::clone(&held));
        move |event: Event| {
            once.give(event);
            let freed = held.take();
            drop(freed);
        }
    }) as Box<dyn FnMut(Event)>);
    listen(target, names, &callback);
    let mut list = held.borrow_mut();
    list.push(callback);
    list.extend(keep);
    drop(list);
    once
}

#[wasm_bindgen]
extern "C" {
    // The window's and the worker's alike; web_sys knows two.
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &JsValue, milliseconds: u32) -> i32;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(id: i32);
    #[wasm_bindgen(js_name = requestAnimationFrame)]
    fn request_frame(callback: &JsValue) -> i32;
}

/// Done after that many milliseconds; dropped before, it leaves nothing behind.
pub(super) fn after(milliseconds: u32) -> After {
    let once = Once::new();
    let callback = giving(&once);
    let id = set_timeout(callback.as_ref(), milliseconds);
    After { once, id, _callback: callback }
}

/// Done right before the page is painted next.
pub(super) async fn frame() {
    let once = Once::new();
    let callback = giving(&once);
    request_frame(callback.as_ref());
    once.await;
}

fn giving(once: &Once<()>) -> Closure<dyn FnMut()> {
    let once = once.clone();
    Closure::wrap(Box::new(move || once.give(())) as Box<dyn FnMut()>)
}

/// See [`after`].
#[derive(Debug)]
pub(super) struct After {
    once: Once<()>,
    id: i32,
    _callback: Closure<dyn FnMut()>,
}

impl Future for After {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        Pin::new(&mut self.once).poll(context)
    }
}

impl Drop for After {
    fn drop(&mut self) {
        clear_timeout(self.id);
    }
}

/// The value if it comes in time, else `None`.
pub(super) async fn in_time<T>(mut value: Once<T>, milliseconds: u32) -> Option<T> {
    let mut limit = after(milliseconds);
    std::future::poll_fn(move |context| {
        if let Poll::Ready(value) = Pin::new(&mut value).poll(context) {
            return Poll::Ready(Some(value));
        }
        Pin::new(&mut limit).poll(context).map(|()| None)
    })
    .await
}
