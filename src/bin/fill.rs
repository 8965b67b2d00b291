//! The participant's side: what a phone downloads first.

#[cfg(target_arch = "wasm32")]
fn main() {
    sondeo::ui::fill::run();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
