//! What photographs, draws, takes files and reads codes: fetched by the page that is filled in, where a form asks for these.

#[cfg(target_arch = "wasm32")]
fn main() {
    sondeo::ui::media::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
