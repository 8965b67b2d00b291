//! Widgets that know nothing of questions, for both sides: language menu, progress, notice, dialog, icons.
//! Each is a function that gives a [`View`], one
//! type for all, so that the binary holds it once; [`show`] is the only code that puts views on the page. Never a form, a session or a store.

mod dialog;
mod element;
mod icon;
mod language;
mod live;
mod newer;
mod progress;
mod show;
mod topbar;
mod watched;

pub use dialog::{Asked, confirm};
pub use element::{Element, button, element};
pub use icon::{Icon, icon};
pub use language::{choose_tongue, language_menu, preferred_language, preferred_tongues};
pub use live::{View, keyed, live, one_of, sentence, whenever, words};
pub use newer::newer;
pub use progress::{Far, progress};
pub use show::{Following, show};
pub use topbar::topbar;
pub use watched::{Kept, Watched};
