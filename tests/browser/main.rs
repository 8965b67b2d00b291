//! What only a browser can show: IndexedDB, localStorage, the worker, the page. Run headless by `./dev test wasm`.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "../../benches/common/forms.rs"]
mod forms;
mod idb;
mod kept;
mod markup;
mod merge;
mod page;
mod passphrase;
mod probe;
#[path = "../store/scenario.rs"]
mod scenario;
mod wipe;
mod worker;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
