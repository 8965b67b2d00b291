//! Removing everything from this browser, after a word is typed and, where something would be lost, one more question.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::app::MAIN;
use super::bridge::Trouble;
use super::frame::Desk;
use super::storage::only_here;
use crate::browser::{dom, shell, wipe};
use crate::i18n::storage as say;
use crate::ui::parts::{Asked, View, button, element, live, words};

/// The name of the database.
const DATABASE: &str = "sondeo";
const FIELD: &str = "wipe-word";

/// Where everything can be removed.
pub(super) fn section(desk: Desk) -> View {
    let typed = StoredValue::new_local(String::new());
    let wrong = RwSignal::new(false);
    let lost = words(move || {
        let drafts = desk.listed.with(|all| all.iter().flatten().map(|one| one.counts.drafts).sum());
        say::wipe_lost(only_here(desk).count, drafts, desk.language.get())
    });
    let enter = move |event: dom::Event| {
        event.prevent_default();
        let language = desk.language.get_untracked();
        let right = typed.with_value(|typed| typed.trim().to_uppercase() == say::wipe_word(language));
        wrong.set(!right);
        if right && !desk.busy.get_untracked() {
            ask(desk);
        }
    };
    let field = element("input")
        .id(FIELD)
        .class("input input-short")
        .attr("type", "text")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "characters")
        .attr_with("aria-invalid", move || wrong.get().then(|| "true".to_owned()))
        .on("input", move |event| typed.set_value(dom::value_of(&event)));
    let act = element("button")
        .attr("type", "submit")
        .class("button button-bad")
        .attr("data-act", "wipe")
        .attr_with("aria-disabled", move || Some(desk.busy.get().to_string()))
        .child(desk.text(say::wipe));
    let mistake = live(move || {
        wrong
            .get()
            .then(|| element("p").class("error").child(element("span").child(desk.text(say::wipe_wrong))))
    });
    let label = words(move || say::wipe_type(desk.language.get()));
    element("form")
        .class("card stack")
        .flag("novalidate", true)
        .attr("aria-labelledby", "wipe-title")
        .on("submit", enter)
        .child(element("h2").id("wipe-title").child(desk.text(say::wipe)))
        .child(element("p").child(desk.text(say::wipe_text)))
        .child(element("p").attr("data-lost", "").child(element("strong").child(lost)))
        .child(element("label").class("label").attr("for", FIELD).child(label))
        .child(element("div").class("row").child(field).child(act))
        .child(mistake)
        .view()
}

fn ask(desk: Desk) {
    let (count, language) = (only_here(desk).count, desk.language.get_untracked());
    if count == 0 {
        return all(desk);
    }
    desk.asked.set(Some(Asked {
        title: say::wipe_title(language).to_owned(),
        text: crate::i18n::copies::lost(count, language),
        yes: say::wipe_yes(language).to_owned(),
        no: say::wipe_no(language).to_owned(),
        then: Rc::new(move || all(desk)),
    }));
}

fn all(desk: Desk) {
    // Its dialog goes before it can say that it is closed.
    desk.asked.set(None);
    desk.busy.set(true);
    // From here on nothing is read: it would be there again.
    desk.wiped.set(true);
    spawn_local(async move {
        if let Err(fault) = wipe::wipe(DATABASE).await {
            desk.wiped.set(false);
            desk.trouble.set(Some(Trouble::NotWiped(fault.detail)));
        }
        desk.busy.set(false);
        shell::focus_soon(MAIN.to_owned());
    });
}

/// Nothing is left.
pub(super) fn done(desk: Desk) -> View {
    let afresh = move |_| {
        shell::replace_hash("/");
        shell::reload();
    };
    let begin = move || {
        let act = button("button button-primary", "afresh").on("click", afresh);
        element("div").child(act.child(desk.text(say::afresh))).view()
    };
    let inside = live(move || match desk.busy.get() {
        true => element("p").attr("role", "status").child(desk.text(crate::i18n::desk::working)).view(),
        false => View::Several(vec![
            element("h1").attr("data-wiped", "").child(desk.text(say::wiped)).view(),
            element("p").child(desk.text(say::wiped_text)).view(),
            begin(),
        ]),
    });
    element("main")
        .id(MAIN)
        .class("wrap desk-wrap desk-main")
        .attr("data-screen", "wiped")
        .attr("tabindex", "-1")
        .child(inside)
        .view()
}
