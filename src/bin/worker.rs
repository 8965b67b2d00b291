//! The worker: answers what the page asks, away from every screen.

#[cfg(target_arch = "wasm32")]
fn main() {
    use sondeo::browser::idb::IdbStore;
    use sondeo::browser::regex::matches;
    use sondeo::browser::worker::{Reply, serve};
    use sondeo::job::run_text;

    let store = IdbStore::default();
    serve(move |ask| {
        let store = store.clone();
        async move {
            let mut tell = |progress: &str| ask.tell(progress);
            let text = run_text(&ask.text, &store, matches, &mut tell).await;
            Reply { text, bytes: None }
        }
    });
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
