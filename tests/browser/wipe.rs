//! Removing everything of Sondeo from the browser, and nothing of others on the same host.

use crate::probe::{kept_names, open_cache, wait};
use crate::scenario::{response, survey};
use js_sys::Array;
use sondeo::browser::idb::IdbStore;
use sondeo::browser::preferences::LocalPreferences;
use sondeo::browser::wipe::wipe;
use sondeo::store::{Preferences, ResponseStore};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

async fn kept() -> Vec<String> {
    let names: Array = wait(kept_names()).await.unchecked_into();
    names.iter().filter_map(|name| name.as_string()).collect()
}

#[wasm_bindgen_test]
async fn nothing_of_ours_is_left_and_nothing_of_others_goes() {
    let (store, other) = (IdbStore::new("to wipe"), IdbStore::new("another program's"));
    for store in [&store, &other] {
        store.put_survey(&survey("a"), None).await.unwrap();
        store.add(&[response(1, "a")]).await.unwrap();
    }
    LocalPreferences.set("to-wipe", "1");
    let window = web_sys::window().unwrap();
    let storage = window.local_storage().unwrap().unwrap();
    storage.set_item("other.key", "1").unwrap();
    let base = window.document().unwrap().base_uri().unwrap().unwrap();
    let folder = base.rsplit_once('/').unwrap().0;
    let (ours, others) = ([folder, "/#build"].concat(), [folder, "/deeper/#build"].concat());
    for name in [ours.as_str(), others.as_str()] {
        wait(open_cache(name)).await;
    }
    let has = |all: &[String], name: &str| all.iter().any(|one| one == name);
    let before = kept().await;
    for name in ["to wipe", "sondeo.to-wipe", &ours, "another program's", "other.key", &others] {
        assert!(has(&before, name), "{name}: {before:?}");
    }
    // The store is open: it lets go.
    wipe("to wipe").await.unwrap();
    let after = kept().await;
    assert!(after.iter().all(|name| !name.starts_with("sondeo.")), "{after:?}");
    for name in ["to wipe", &ours] {
        assert!(!has(&after, name), "{name}: {after:?}");
    }
    for name in ["another program's", "other.key", &others] {
        assert!(has(&after, name), "{name}: {after:?}");
    }
    assert_eq!(other.responses("a", 0, 9).await.unwrap().len(), 1);
    // Again, where there is nothing any more.
    wipe("to wipe").await.unwrap();
    storage.remove_item("other.key").unwrap();
}
