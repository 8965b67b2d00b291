//! A lent device: one survey for one person after the other. Nobody goes on with what somebody else began, thanks do not stay
//! on the screen, and whoever walks away is closed after. How it is lent and taken back is the desk's.

use std::cell::Cell;
use std::rc::Rc;

use leptos::task::spawn_local;

use super::app::{App, Screen};
use crate::browser::{clock, shell};
use crate::i18n::fill as say;
use crate::ui::parts::Asked;

/// How often it is looked whether somebody is there, in milliseconds.
const LOOK: u32 = 2_000;
/// How long nobody has touched anything when it is asked whether they are there, when what they answered is closed, and when
/// the thanks go, in milliseconds.
const ASK: f64 = 120_000.0;
const CLOSE: f64 = 150_000.0;
const THANKS: f64 = 15_000.0;

/// Watches over a lent device for as long as the page lives.
pub(super) fn watch(app: App) {
    shell::set_root("data-lent", Some(""));
    let touched = Rc::new(Cell::new(clock::milliseconds()));
    let touch = Rc::clone(&touched);
    shell::on_touch(move || touch.set(clock::milliseconds())).forget();
    let seen = Rc::clone(&touched);
    shell::on_visibility(move |visible| {
        // For the picture that the device keeps of an app that is left; and whoever comes back late sees nothing of before.
        if visible {
            look(app, clock::milliseconds() - seen.get());
        }
        shell::set_root("data-away", (!visible).then_some(""));
    })
    .forget();
    spawn_local(async move {
        loop {
            clock::sleep(LOOK).await;
            look(app, clock::milliseconds() - touched.get());
        }
    });
}

fn look(app: App, idle: f64) {
    match app.screen.get_untracked() {
        Screen::Fill if idle > CLOSE => anew(app),
        Screen::Fill if idle > ASK => ask(app),
        Screen::Done | Screen::Declined if idle > THANKS => anew(app),
        _ => (),
    }
}

/// For the next person: a page that remembers nothing.
fn anew(app: App) {
    app.to_start();
    shell::reload();
}

fn ask(app: App) {
    let language = app.language.get_untracked();
    let asked = Asked {
        title: say::still_there(language).to_owned(),
        text: say::still_there_text(language).to_owned(),
        yes: say::leave_plainly(language).to_owned(),
        no: say::stay(language).to_owned(),
        then: Rc::new(move || anew(app)),
    };
    let known = app.asked.with_untracked(|now| now.as_ref().is_some_and(|now| now.title == asked.title));
    if !known {
        app.asked.set(Some(asked));
    }
}
