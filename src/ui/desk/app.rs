use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::frame::Desk;
use super::route::Route;
use super::{
    edit, enter, lend, link, own, paper, print, responses, seal, storage, summary, surveys, take, texts, wipe,
};
use crate::browser::{leaving, markup, preferences::lent_for, shell};
use crate::i18n::{desk as say, setup};
use crate::survey::Survey;
use crate::ui::parts::{
    Asked, Icon, View, button, confirm, element, icon, language_menu, live, one_of, preferred_language, show,
    words,
};

/// Where the page leaves room for the desk.
const ROOT: &str = "desk";
/// Every screen's `<main>`.
pub(super) const MAIN: &str = "desk-main";
const STYLES: [&str; 3] = ["report.css", "desk.css", "print.css"];

/// Mounts the desk into the page. It shows nothing while the address leads elsewhere.
pub fn mount() {
    let Some(root) = markup::root(ROOT) else { return };
    for style in STYLES {
        shell::add_style(style);
    }
    let parent = root.clone();
    leptos::mount::mount_to(root, move || std::mem::forget(show(app(), &parent))).forget();
}

fn app() -> View {
    let desk = Desk::new(preferred_language());
    shell::on_hash(move |hash| arrive(desk, &hash)).forget();
    desk.listen();
    leaving::ask_before(move || desk.unsaved.get_untracked()).forget();
    let here = Memo::new(move |_| desk.route.with(|route| *route != Route::Elsewhere));
    Effect::new(move |_| {
        if here.get() {
            desk.language.set(preferred_language());
            if lent_for().is_none() {
                spawn_local(desk.read());
            }
        }
    });
    Effect::new(move |_| {
        if here.get() {
            shell::set_title(&[say::desk(desk.language.get()), " · Sondeo"].concat());
        }
    });
    // What is shown of a survey may change without its screen being built anew.
    one_of(
        move || if desk.wiped.get() { 2 } else { u32::from(here.get()) },
        move |here| match here {
            0 => View::Nothing,
            2 => wipe::done(desk),
            _ if lent_for().is_some() => View::Several(vec![bar(desk), lend::locked(desk)]),
            _ => View::Several(vec![
                bar(desk),
                messages(desk),
                one_of(move || desk.place.get(), move |_| screen(desk, desk.route.get_untracked())),
                take::sheet(desk),
                confirm(desk.asked),
            ]),
        },
    )
}

/// Follows the address, unless changes would be lost: then the address goes back and a question is asked.
fn arrive(desk: Desk, hash: &str) {
    let (route, current) = (Route::parse(hash), desk.route.get_untracked());
    if route == current {
        return;
    }
    if desk.unsaved.get_untracked() {
        let language = desk.language.get_untracked();
        let hash = hash.to_owned();
        let then = Rc::new(move || {
            desk.unsaved.set(false);
            shell::set_hash(&hash);
        });
        desk.go(&current);
        desk.asked.set(Some(Asked {
            title: setup::leave_title(language).to_owned(),
            text: setup::leave_text(language).to_owned(),
            yes: setup::leave_discard(language).to_owned(),
            no: setup::leave_stay(language).to_owned(),
            then,
        }));
        return;
    }
    let same = route.place() == current.place();
    if !same {
        desk.trouble.set(None);
        desk.said.set(String::new());
    }
    desk.be_at(route);
    if !same {
        begin();
    }
}

/// Shows a screen from its beginning, to those who hear it too.
pub(super) fn begin() {
    shell::scroll_to_top();
    request_animation_frame(|| {
        shell::focus(MAIN);
    });
}

fn bar(desk: Desk) -> View {
    let skip = element("a").class("skip button no-print").attr("href", "#/desk").on("click", |event| {
        event.prevent_default();
        shell::focus(MAIN);
    });
    let brand = element("a")
        .class("brand")
        .attr("href", &Route::Surveys.href())
        .attr("data-act", "home")
        .child(icon(Icon::Mark))
        .text(" Sondeo");
    let leave = element("a")
        .class("button button-quiet desk-leave")
        .attr("href", "#/")
        .attr("data-act", "leave")
        .child(icon(Icon::Exit))
        .child(element("span").child(desk.text(say::leave_desk)));
    let push =
        element("div").class("push row").child(leave).child(language_menu(desk.language, Rc::new(|_| ())));
    let wrap = element("div")
        .class("wrap desk-wrap")
        .child(brand)
        .child(element("span").class("desk-name").child(desk.text(say::desk)))
        .child(push);
    element("header").class("topbar no-print").child(skip.child(desk.text(say::skip))).child(wrap).view()
}

/// What was done and what went wrong, in one place on every screen.
fn messages(desk: Desk) -> View {
    let trouble = live(move || {
        let trouble = desk.trouble.get()?;
        let again = button("button", "retry").on("click", move |_| {
            desk.trouble.set(None);
            spawn_local(desk.read());
        });
        let notice = element("div")
            .class("notice notice-bad stack")
            .attr("role", "alert")
            .attr("data-trouble", "")
            .child(element("p").text(trouble.explain(desk.language.get())))
            .child(element("p").class("small soft").text(trouble.detail()))
            .child(element("div").class("row").child(again.child(desk.text(say::try_again))));
        Some(notice)
    });
    let said = words(move || match desk.busy.get() {
        true => say::working(desk.language.get()).to_owned(),
        false => desk.said.get(),
    });
    element("div")
        .class("wrap desk-wrap desk-messages no-print")
        .child(element("p").class("desk-said").attr("role", "status").attr("aria-live", "polite").child(said))
        .child(trouble)
        .view()
}

fn screen(desk: Desk, route: Route) -> View {
    match route {
        Route::Elsewhere => View::Nothing,
        Route::Surveys => surveys::screen(desk),
        Route::NewEvent | Route::NewStudy | Route::Next(_) | Route::Edit(_) => edit::screen(desk, &route),
        Route::NewForm => own::screen(desk),
        Route::Lend(id) => lend::screen(desk, id),
        Route::Link(id) => link::screen(desk, id),
        Route::Paper(id) => paper::screen(desk, id),
        Route::Enter(id) => enter::screen(desk, id),
        Route::Storage => storage::screen(desk),
        Route::Responses(id) => responses::screen(desk, id),
        Route::Seal(id) => seal::screen(desk, id),
        Route::Summary(id, _) => summary::screen(desk, id),
        Route::Print(id, _) => print::screen(desk, id),
        Route::Texts(id, question, _) => texts::screen(desk, id, question),
        Route::Unknown => {
            frame("unknown", desk, element("p").child(desk.text(say::no_such_page)).view(), true)
        }
    }
}

/// A screen's `<main>`, with the way back to the surveys.
pub(super) fn frame(screen: &'static str, desk: Desk, inside: View, back: bool) -> View {
    let back = back.then(|| {
        element("a")
            .class("desk-back no-print")
            .attr("href", &Route::Surveys.href())
            .attr("data-act", "back")
            .child(icon(Icon::Back))
            .text(" ")
            .child(desk.text(say::back))
    });
    element("main")
        .id(MAIN)
        .class("wrap desk-wrap desk-main")
        .attr("data-screen", screen)
        .attr("tabindex", "-1")
        .child(back)
        .child(inside)
        .view()
}

/// A survey's name in the language in use.
pub(super) fn name_of(desk: Desk, survey: &Survey) -> String {
    let name = survey.name();
    let text = desk.language.get().pick(&name.es, &name.en);
    if text.trim().is_empty() { say::no_name(desk.language.get()).to_owned() } else { text.clone() }
}

/// What a screen of one survey shows while the surveys are read, or when there is none of this id.
pub(super) fn with_survey(desk: Desk, id: String, inside: impl Fn(&str) -> View + 'static) -> View {
    let there = {
        let id = id.clone();
        move || {
            desk.listed.with(|listed| match listed {
                None => 0,
                Some(all) => 1 + u32::from(all.iter().any(|one| one.survey.id == id)),
            })
        }
    };
    one_of(there, move |there| match there {
        0 => element("p").class("soft").child(desk.text(say::loading)).view(),
        1 => element("p").child(desk.text(say::no_such_survey)).view(),
        _ => inside(&id),
    })
}

/// A line that is there while something is waited for.
pub(super) fn waiting(desk: Desk, words: super::frame::Words, while_: impl Fn() -> bool + 'static) -> View {
    live(move || (while_() && desk.is_well()).then(|| element("p").class("soft").child(desk.text(words))))
}
