//! Help for reading: larger letters, more contrast, questions read aloud. Remembered on the device; nothing of it tells who
//! answers.

use leptos::task::spawn_local;

use super::app::App;
use crate::browser::preferences::LocalPreferences;
use crate::browser::{clock, shell, speech};
use crate::i18n::{Language, fill as say};
use crate::store::Preferences;
use crate::ui::parts::{View, Watched, button, element, live, sentence};

/// Each is a preference, and a mark on `<html>` that the style sheet knows.
const LARGE: &str = "large";
const CONTRAST: &str = "contrast";
/// Whether questions have a button that reads them.
pub(super) const ALOUD: &str = "aloud";

/// How long after the page was made the device is asked for its voices, in milliseconds.
const LOOK: u32 = 1_000;

/// What was chosen before.
pub(super) fn apply() {
    for aid in [LARGE, CONTRAST] {
        shell::set_root(&["data-", aid].concat(), LocalPreferences.get(aid).as_deref());
    }
}

/// A list of them that opens where it stands.
pub(super) fn aids(app: App) -> View {
    // Not before the page stands: it takes a while. And again when the list is opened, because the first time some browsers only
    // begin to look for their voices.
    let wanted = Watched::new(false);
    let aloud =
        move || (wanted.get() && speech::can_read(&app.tongue())).then(|| switch(app, ALOUD, say::aloud));
    spawn_local(async move {
        clock::sleep(LOOK).await;
        wanted.set(true);
    });
    element("details")
        .class("aids small")
        .on("toggle", move |_| wanted.set(true))
        .child(element("summary").child(sentence(app.language, say::aids)))
        .child(switch(app, LARGE, say::large))
        .child(switch(app, CONTRAST, say::contrast))
        .child(live(aloud))
        .view()
}

/// On or off.
fn switch(app: App, aid: &'static str, words: fn(Language) -> &'static str) -> View {
    let on = if aid == ALOUD { app.aloud } else { Watched::new(LocalPreferences.get(aid).is_some()) };
    let turn = move |_| {
        let now = !on.get_untracked();
        if now {
            LocalPreferences.set(aid, "");
        } else {
            LocalPreferences.remove(aid);
            speech::stop();
        }
        apply();
        on.set(now);
    };
    button("button", aid)
        .attr_with("aria-pressed", move || Some(on.get().to_string()))
        .on("click", turn)
        .child(sentence(app.language, words))
        .view()
}

/// Reads aloud what stands around it.
pub(super) fn listen(app: App) -> View {
    live(move || {
        (app.aloud.get() && speech::can_read(&app.tongue())).then(|| {
            button("clear small listen", "listen")
                .on("click", move |event| {
                    speech::read_around(&event, &app.tongue());
                })
                .child(sentence(app.language, say::listen))
        })
    })
}
