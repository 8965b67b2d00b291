//! What opens a link to a survey: fetched when the address first is one, mounted beside the participant's side.

#[cfg(target_arch = "wasm32")]
fn main() {
    sondeo::ui::link::mount();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
