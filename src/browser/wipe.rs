//! Removing everything that Sondeo keeps in this browser, and nothing of anybody else: other programs may live on the same
//! host, which is one storage.

use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::IdbFactory;

use super::fault;
use super::listen::{first_of, in_time};
use crate::store::{Fault, FaultKind};

/// How long other pages may keep the database, in milliseconds.
const LIMIT: u32 = 8_000;
/// The cache in which `loader.js` leaves its mark while something is written.
const ROOM: &str = "sondeo-room";
/// What the names of our keys in localStorage begin with.
const OURS: &str = "sondeo.";

#[wasm_bindgen]
extern "C" {
    // All of these throw where there are no service workers or caches: outside secure contexts.
    #[wasm_bindgen(catch, js_namespace = ["navigator", "serviceWorker"], js_name = getRegistration)]
    fn registration() -> Result<Promise, JsValue>;
    type Registration;
    #[wasm_bindgen(catch, method)]
    fn unregister(this: &Registration) -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = caches, js_name = keys)]
    fn cache_names() -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch, js_namespace = caches, js_name = delete)]
    fn delete_cache(name: &str) -> Result<Promise, JsValue>;

    #[wasm_bindgen(js_namespace = document, js_name = baseURI, thread_local_v2)]
    static BASE: String;
}

/// Removes the database of this name, our keys in localStorage, the service worker of this page and what it keeps. The page
/// should be left afterwards, or load itself anew: whatever it goes on to keep would be there again.
///
/// Errors: something is still there; asking again goes on with the rest.
pub async fn wipe(database: &str) -> Result<(), Fault> {
    // The service worker first: it would fill its cache again.
    if let Ok(found) = registration() {
        let found = settled(found).await?;
        if found.is_object() {
            settled(found.unchecked_ref::<Registration>().unregister().map_err(|error| fault(&error))?)
                .await?;
        }
    }
    if let Ok(names) = cache_names() {
        let names: Array = settled(names).await?.unchecked_into();
        for name in names.iter().filter_map(|name| name.as_string()).filter(|name| is_ours(name)) {
            settled(delete_cache(&name).map_err(|error| fault(&error))?).await?;
        }
    }
    remove_database(database).await?;
    forget_keys();
    Ok(())
}

/// `sw.js` names its caches by the folder it serves.
fn is_ours(cache: &str) -> bool {
    let base = BASE.with(Clone::clone);
    let page = base.split(['?', '#']).next().unwrap_or_default();
    let folder = page.rsplit_once('/').map_or(page, |(folder, _)| folder);
    cache == ROOM || cache.strip_prefix(folder).is_some_and(|rest| rest.starts_with("/#"))
}

async fn remove_database(name: &str) -> Result<(), Fault> {
    let factory: Option<IdbFactory> = web_sys::window().and_then(|window| window.indexed_db().ok().flatten());
    // Where there is none, nothing is kept.
    let Some(factory) = factory else { return Ok(()) };
    let request = factory.delete_database(name).map_err(|error| fault(&error))?;
    match in_time(first_of(&request, &["success", "error"], None), LIMIT).await {
        Some(event) if event.type_() == "success" => Ok(()),
        Some(_) => Err(Fault::new(FaultKind::Other, name)),
        None => Err(Fault::new(FaultKind::Blocked, name)),
    }
}

fn forget_keys() {
    let Some(storage) = web_sys::window().and_then(|window| window.local_storage().ok().flatten()) else {
        return;
    };
    let keys: Vec<String> =
        (0..storage.length().unwrap_or_default()).filter_map(|at| storage.key(at).ok().flatten()).collect();
    for key in keys.iter().filter(|key| key.starts_with(OURS)) {
        let _ = storage.remove_item(key);
    }
}

async fn settled(promise: Promise) -> Result<JsValue, Fault> {
    JsFuture::from(promise).await.map_err(|error| fault(&error))
}
