//! The page around the program: address, language, focus, coming and going, and the desk's module.

use super::{Subscription, fault, listen};
use crate::store::Fault;
use js_sys::{Promise, Reflect};
use std::sync::atomic::{AtomicBool, Ordering};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Document, Element, Event, EventTarget, HtmlElement, PageTransitionEvent, StorageManager, Window,
};

/// What follows `#` in the address, without it.
pub fn hash() -> String {
    let hash = window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
    hash.strip_prefix('#').map(str::to_owned).unwrap_or(hash)
}

/// Goes to another place, as a new step of the history.
pub fn set_hash(hash: &str) {
    if let Some(window) = window() {
        let _ = window.location().set_hash(hash);
    }
}

/// Goes to another place in the step where the history is. [`on_hash`] hears nothing of it.
pub fn replace_hash(hash: &str) {
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        let url = "#".to_owned() + hash;
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&url));
    }
}

/// Calls back with each new [`hash`].
pub fn on_hash(mut callback: impl FnMut(String) + 'static) -> Subscription {
    on_window(&["hashchange"], Box::new(move |_| callback(hash())))
}

/// Says which language the page is in, for screen readers and hyphenation.
pub fn set_language(tag: &str) {
    set_root("lang", Some(tag));
}

/// The address of the page, without `#` and what follows, and without a query.
pub fn page() -> String {
    let url = window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    url.split(['#', '?']).next().unwrap_or_default().to_owned()
}

/// The title of the tab.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Sets or removes an attribute of `<html>`: theme, text size.
pub fn set_root(attribute: &str, value: Option<&str>) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = match value {
            Some(value) => root.set_attribute(attribute, value),
            None => root.remove_attribute(attribute),
        };
    }
}

/// Adds a style sheet that lies beside the page, of the same build; once, however often it is called.
pub fn add_style(path: &str) {
    let add = || -> Option<()> {
        let document = document()?;
        if document.get_element_by_id(path).is_none() {
            let link = document.create_element("link").ok()?;
            link.set_id(path);
            link.set_attribute("rel", "stylesheet").ok()?;
            link.set_attribute("href", &[path, "?v=", &build_id()].concat()).ok()?;
            document.query_selector("head").ok()??.append_child(&link).ok()?;
        }
        Some(())
    };
    let _ = add();
}

/// Puts the focus on an element, also one that takes none by itself, like a heading. Whether there is one of this id.
pub fn focus(id: &str) -> bool {
    let Some(element) = document().and_then(|document| document.get_element_by_id(id)) else { return false };
    let element: &HtmlElement = element.unchecked_ref();
    let _ = element.focus();
    if !has_focus(element) {
        let _ = element.set_attribute("tabindex", "-1");
        let _ = element.focus();
    }
    true
}

fn has_focus(element: &Element) -> bool {
    document().and_then(|document| document.active_element()).as_ref() == Some(element)
}

/// Removes at once what an element shows. Nothing where there is no such element.
pub fn empty(id: &str) {
    if let Some(element) = document().and_then(|document| document.get_element_by_id(id)) {
        element.set_text_content(None);
    }
}

/// Whether there is room for more than one column: a desk, not a phone.
pub fn is_wide() -> bool {
    let width = window().and_then(|window| window.inner_width().ok()).and_then(|width| width.as_f64());
    width.is_some_and(|width| width >= 640.0)
}

/// Does something right before the page is painted next.
pub fn before_paint(act: fn()) {
    wasm_bindgen_futures::spawn_local(async move {
        listen::frame().await;
        act();
    });
}

/// Puts the focus on an element that is about to be on the page.
pub fn focus_soon(id: String) {
    wasm_bindgen_futures::spawn_local(async move {
        listen::frame().await;
        focus(&id);
    });
}

/// Shows the page from its beginning.
pub fn scroll_to_top() {
    if let Some(window) = window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Calls back when the page goes: closed, left, or put into the back/forward cache. There is no time to wait for anything.
pub fn on_page_hide(mut callback: impl FnMut() + 'static) -> Subscription {
    on_window(&["pagehide"], Box::new(move |_| callback()))
}

/// Calls back when the page comes; with `true` when it comes from the back/forward cache, with all it showed.
pub fn on_page_show(mut callback: impl FnMut(bool) + 'static) -> Subscription {
    let persisted = |event: &Event| event.unchecked_ref::<PageTransitionEvent>().persisted();
    on_window(&["pageshow"], Box::new(move |event| callback(persisted(&event))))
}

/// Calls back when the page is seen (`true`) or no longer seen.
pub fn on_visibility(mut callback: impl FnMut(bool) + 'static) -> Subscription {
    let seen = || document().is_some_and(|document| !document.hidden());
    let target = document().map(EventTarget::from);
    Subscription::new(target, &["visibilitychange"], Box::new(move |_| callback(seen())))
}

/// Whether the device thinks it has a network.
pub fn online() -> bool {
    window().is_some_and(|window| window.navigator().on_line())
}

/// Calls back when the network comes (`true`) or goes.
pub fn on_online(mut callback: impl FnMut(bool) + 'static) -> Subscription {
    on_window(&["online", "offline"], Box::new(move |_| callback(online())))
}

/// The languages that the person prefers, as tags, the dearest first.
pub fn languages() -> Vec<String> {
    let languages = window().map(|window| window.navigator().languages());
    languages.iter().flat_map(|list| list.iter()).filter_map(|tag| tag.as_string()).collect()
}

/// Opens the browser's print dialog.
pub fn print() {
    if let Some(window) = window() {
        let _ = window.print();
    }
}

/// Loads the page anew.
pub fn reload() {
    if let Some(window) = window() {
        let _ = window.location().reload();
    }
}

/// Leaves for another site, which takes this page's place in the history.
pub fn leave(url: &str) {
    if let Some(window) = window() {
        let _ = window.location().replace(url);
    }
}

/// Which build this is: what every file that is fetched later is asked for with. In a worker, from its own address.
pub fn build_id() -> String {
    match document() {
        Some(document) => document
            .query_selector("meta[name=build]")
            .ok()
            .flatten()
            .and_then(|meta| meta.get_attribute("content"))
            .unwrap_or_default(),
        None => js_sys::global()
            .dyn_ref::<web_sys::WorkerGlobalScope>()
            .map(|scope| scope.location().search())
            .and_then(|search| search.strip_prefix("?v=").map(str::to_owned))
            .unwrap_or_default(),
    }
}

#[wasm_bindgen]
extern "C" {
    // loader.js puts `sondeo.load` there.
    #[wasm_bindgen(catch, js_namespace = sondeo, js_name = load)]
    fn load(binary: &str) -> Result<Promise, JsValue>;

    // One page writes a draft.
    #[wasm_bindgen(js_namespace = sondeo, js_name = hold)]
    fn ask_to_hold(draft: &str, takes: bool) -> Promise;

    // And this, before it marks the page with data-update.
    #[wasm_bindgen(js_namespace = sondeo, js_name = update)]
    fn take_update();

    // Throws where there is no such storage: outside secure contexts and in some private modes.
    #[wasm_bindgen(catch, js_namespace = ["navigator", "storage"], js_name = persist)]
    fn ask_to_persist() -> Result<Promise, JsValue>;
}

/// Goes on with the newer build that waits, and loads the page anew; not while another page of the program is open.
/// Only where `<html>` says `data-update`.
pub fn update() {
    take_update();
}

/// Makes this page the one that writes a draft, until it asks for another; an empty name lets go. With `takes` it becomes
/// that in any case, and the page that was it hears of it through [`on_taken`]. Whether it is; always so where the browser
/// has no locks.
pub async fn hold(draft: &str, takes: bool) -> bool {
    JsFuture::from(ask_to_hold(draft, takes)).await.is_ok_and(|held| held.is_truthy())
}

/// Calls back when another page has taken over the draft that this one wrote.
pub fn on_taken(mut callback: impl FnMut() + 'static) -> Subscription {
    on_window(&["taken"], Box::new(move |_| callback()))
}

/// Calls back whenever somebody touches the screen or a key.
pub fn on_touch(mut callback: impl FnMut() + 'static) -> Subscription {
    on_window(&["pointerdown", "keydown"], Box::new(move |_| callback()))
}

/// Fetches a binary and runs its `main`, once; gives what it exports. Errors: it did not come or did not start.
pub async fn load_binary(name: &str) -> Result<JsValue, Fault> {
    let loaded = load(name).map_err(|error| fault(&error))?;
    JsFuture::from(loaded).await.map_err(|error| fault(&error))
}

/// Asks the browser to keep what is stored here when space runs short: once in the life of the page, without waiting for
/// what comes of it. Each visit asks, because Chromium decides by how often the program is used and whether it is
/// installed; Firefox asks the person.
pub fn persist() {
    static ASKED: AtomicBool = AtomicBool::new(false);
    if !ASKED.swap(true, Ordering::Relaxed) {
        let _ = ask_to_persist();
    }
}

/// Whether the browser has promised that. `None` where it cannot be asked.
pub async fn persisted() -> Option<bool> {
    JsFuture::from(storage()?.persisted().ok()?).await.ok()?.as_bool()
}

/// Absent outside secure contexts and in some private modes, where web_sys would hand out `undefined`.
fn storage() -> Option<StorageManager> {
    let navigator = window()?.navigator();
    Reflect::get(&navigator, &"storage".into()).ok()?.dyn_into().ok()
}

fn on_window(names: &'static [&'static str], callback: Box<dyn FnMut(Event)>) -> Subscription {
    Subscription::new(window().map(EventTarget::from), names, callback)
}

fn window() -> Option<Window> {
    web_sys::window()
}

fn document() -> Option<Document> {
    window()?.document()
}

#[wasm_bindgen]
extern "C" {
    // Throws where there is no clipboard.
    #[wasm_bindgen(catch, js_namespace = ["navigator", "clipboard"], js_name = writeText)]
    fn write_text(text: &str) -> Result<Promise, JsValue>;
}

/// Asks the browser to keep what is stored here when space runs short, and waits for the answer. `None`: it cannot be asked.
pub async fn ask_persist() -> Option<bool> {
    JsFuture::from(ask_to_persist().ok()?).await.ok()?.as_bool()
}

/// How many bytes are taken here, and how many the browser allows: its estimate. `None`: it does not say.
pub async fn estimate() -> Option<(f64, f64)> {
    let estimate = JsFuture::from(storage()?.estimate().ok()?).await.ok()?;
    let number = |name: &str| Reflect::get(&estimate, &name.into()).ok()?.as_f64();
    Some((number("usage")?, number("quota")?))
}

/// How the browser introduces itself.
pub fn user_agent() -> String {
    window().and_then(|window| window.navigator().user_agent().ok()).unwrap_or_default()
}

/// Whether several fingers can touch the screen: not so on a computer of Apple's.
pub fn has_touch() -> bool {
    window().is_some_and(|window| window.navigator().max_touch_points() > 1)
}

/// Whether the page is open as an installed app, and not in a tab.
pub fn is_installed() -> bool {
    let is = || -> Option<bool> {
        let window = window()?;
        // An older iOS tells it in a way of its own.
        let own = Reflect::get(&window.navigator(), &"standalone".into()).ok().and_then(|own| own.as_bool());
        let media = window.match_media("(display-mode: standalone)").ok().flatten();
        Some(own.unwrap_or_default() || media.is_some_and(|media| media.matches()))
    };
    is().unwrap_or_default()
}

/// Whether `<html>` has this attribute.
pub fn has_root(attribute: &str) -> bool {
    let root = document().and_then(|document| document.document_element());
    root.is_some_and(|root| root.has_attribute(attribute))
}

/// Puts a text on the clipboard. Whether it is there.
pub async fn copy_text(text: &str) -> bool {
    match write_text(text) {
        Ok(written) => JsFuture::from(written).await.is_ok(),
        Err(_) => false,
    }
}
