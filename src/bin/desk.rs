//! The facilitator's side: fetched when the address first leads there, mounted beside the participant's side.

#[cfg(target_arch = "wasm32")]
fn main() {
    sondeo::ui::desk::mount();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
