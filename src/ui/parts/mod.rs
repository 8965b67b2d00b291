//! Widgets that know nothing of questions, for both sides: language menu, progress, notice, dialog, icons.
//! Each is a function that gives an `AnyView`, so that the binary holds it once. Never a form, a session or a store.

mod dialog;
mod icon;
mod language;
mod live;
mod progress;
mod topbar;

pub use dialog::{Asked, confirm};
pub use icon::{Icon, icon};
pub use language::{language_menu, preferred_language};
pub use live::{live, live_if, live_list, sentence, words};
pub use progress::progress;
pub use topbar::topbar;
