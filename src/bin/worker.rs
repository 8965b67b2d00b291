//! The worker: answers what the page asks, away from every screen.

#[cfg(target_arch = "wasm32")]
fn main() {
    use sondeo::browser::worker::{Reply, serve};

    serve(|ask| async move { Reply { text: ask.text, bytes: ask.bytes } });
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
