use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::frame::Desk;
use super::live::{live, live_if, shown, words};
use super::route::Route;
use super::{edit, print, responses, summary, surveys, take};
use crate::browser::{leaving, markup, shell};
use crate::i18n::{desk as say, setup};
use crate::survey::Survey;
use crate::ui::parts::{Asked, Icon, confirm, icon, language_menu, preferred_language};

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
    leptos::mount::mount_to(root, app).forget();
}

fn app() -> AnyView {
    let desk = Desk::new(preferred_language());
    provide_context(desk);
    shell::on_hash(move |hash| arrive(desk, &hash)).forget();
    desk.listen();
    leaving::ask_before(move || desk.unsaved.get_untracked()).forget();
    // What is shown of a survey may change without its screen being built anew.
    let place = Memo::new(move |_| desk.route.with(Route::place));
    let here = Memo::new(move |_| desk.route.with(|route| *route != Route::Elsewhere));
    Effect::new(move |_| {
        if here.get() {
            desk.language.set(preferred_language());
            spawn_local(desk.read());
        }
    });
    Effect::new(move |_| {
        if here.get() {
            shell::set_title(&[say::desk(desk.language.get()), " · Sondeo"].concat());
        }
    });
    view! {
        <Show when=move || here.get()>
            {bar(desk)}
            {messages(desk)}
            {live(move || screen(desk, place.get()))}
            {take::sheet(desk)}
            {shown(confirm(desk.asked))}
        </Show>
    }
    .into_any()
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
    desk.route.set(route);
    if same {
        return;
    }
    shell::scroll_to_top();
    request_animation_frame(|| {
        shell::focus(MAIN);
    });
}

fn bar(desk: Desk) -> AnyView {
    let skip = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        shell::focus(MAIN);
    };
    view! {
        <header class="topbar no-print">
            <a class="skip button no-print" href="#/desk" on:click=skip>{desk.text(say::skip)}</a>
            <div class="wrap desk-wrap">
                <a class="brand" href=Route::Surveys.href() data-act="home">
                    {shown(icon(Icon::Mark))} "Sondeo"
                </a>
                <span class="desk-name">{desk.text(say::desk)}</span>
                <div class="push row">
                    <a class="button button-quiet desk-leave" href="#/" data-act="leave">
                        {shown(icon(Icon::Exit))} <span>{desk.text(say::leave_desk)}</span>
                    </a>
                    {shown(language_menu(desk.language, Rc::new(|_| ())))}
                </div>
            </div>
        </header>
    }
    .into_any()
}

/// What was done and what went wrong, in one place on every screen.
fn messages(desk: Desk) -> AnyView {
    let trouble = move || {
        desk.trouble.get().map(|trouble| {
            let detail = trouble.detail().to_owned();
            view! {
                <div class="notice notice-bad stack" role="alert" data-trouble="">
                    <p>{words(move || trouble.explain(desk.language.get()).to_string())}</p>
                    <p class="small soft">{detail}</p>
                    <div class="row">
                        <button type="button" class="button" data-act="retry" on:click=move |_| {
                            desk.trouble.set(None);
                            spawn_local(desk.read());
                        }>{desk.text(say::try_again)}</button>
                    </div>
                </div>
            }
        })
    };
    view! {
        <div class="wrap desk-wrap desk-messages no-print">
            <p class="desk-said" role="status" aria-live="polite">
                {words(move || if desk.busy.get() { say::working(desk.language.get()).to_owned() } else { desk.said.get() })}
            </p>
            {live_if(trouble)}
        </div>
    }
    .into_any()
}

fn screen(desk: Desk, route: Route) -> AnyView {
    match route {
        Route::Elsewhere => ().into_any(),
        Route::Surveys => surveys::screen(desk),
        Route::NewEvent | Route::NewStudy | Route::Next(_) | Route::Edit(_) => edit::screen(desk, &route),
        Route::Responses(id) => responses::screen(desk, id),
        Route::Summary(id, _) => summary::screen(desk, id),
        Route::Print(id, _) => print::screen(desk, id),
        Route::Texts(..) => summary::screen(desk, String::new()),
        Route::Unknown => {
            frame("unknown", desk, view! { <p>{desk.text(say::no_such_page)}</p> }.into_any(), true)
        }
    }
}

/// A screen's `<main>`, with the way back to the surveys.
pub(super) fn frame(screen: &'static str, desk: Desk, inside: AnyView, back: bool) -> AnyView {
    let back = back.then(|| {
        view! {
            <a class="desk-back no-print" href=Route::Surveys.href() data-act="back">
                {shown(icon(Icon::Back))} {desk.text(say::back)}
            </a>
        }
    });
    view! {
        <main id=MAIN class="wrap desk-wrap desk-main" data-screen=screen tabindex="-1">
            {back}
            {inside}
        </main>
    }
    .into_any()
}

/// A survey's name in the language in use.
pub(super) fn name_of(desk: Desk, survey: &Survey) -> String {
    let name = survey.name();
    let text = desk.language.get().pick(&name.es, &name.en);
    if text.trim().is_empty() { say::no_name(desk.language.get()).to_owned() } else { text.clone() }
}

/// What a screen of one survey shows while the surveys are read, or when there is none of this id.
pub(super) fn with_survey(
    desk: Desk,
    id: String,
    inside: impl Fn(&str) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let there = {
        let id = id.clone();
        Memo::new(move |_| {
            desk.listed.with(|listed| listed.as_ref().map(|all| all.iter().any(|one| one.survey.id == id)))
        })
    };
    live(move || match there.get() {
        None => view! { <p class="soft">{desk.text(say::loading)}</p> }.into_any(),
        Some(false) => view! { <p>{desk.text(say::no_such_survey)}</p> }.into_any(),
        Some(true) => inside(&id),
    })
}
