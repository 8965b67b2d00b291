use std::rc::Rc;

use leptos::prelude::*;

use super::app::App;
use super::draft::Saved;
use super::question::{self, message_of};
use super::route::Place;
use super::session::Filling;
use crate::browser::{file, shell};
use crate::engine::{At, Paging};
use crate::i18n::{Language, explain, fill as say};
use crate::response::wire::response_to_json;
use crate::ui::parts::{Icon, icon, live, live_if, progress, sentence, words};

/// A page of the filling: its section's title, how far it is, its questions, the way on and back.
pub(super) fn page(app: App, filling: Filling) -> AnyView {
    let language = app.language;
    let here = filling.place;
    let section = Memo::new(move |_| filling.page().and_then(|page| page.section));
    let title = move || match section.get() {
        Some(at) => filling.slot(at).state.with(|state| state.label.clone()),
        None => filling
            .survey(|survey| language.get().pick(survey.name().es.clone(), survey.name().en.clone()))
            .unwrap_or_default(),
    };
    let section_name = move || {
        section.get().and_then(|at| filling.definition(at, |node| node.name.clone())).unwrap_or_default()
    };
    let slots = Memo::new(move |_| filling.page().map(|page| page.slots).unwrap_or_default());
    let sensitive = Memo::new(move |_| {
        section.get().is_some_and(|at| filling.is_sensitive(at))
            || slots.with(|slots| slots.iter().any(|at| filling.is_sensitive(*at)))
    });
    Effect::new(move |_| {
        here.track();
        request_animation_frame(|| {
            shell::scroll_to_top();
            shell::focus("title");
        });
    });
    let part = move || {
        let of = filling.pages.with(|pages| pages.len());
        match here.get() {
            Place::Page(index) if of > 1 => say::part(language.get(), index + 1, of),
            _ => String::new(),
        }
    };
    let act = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        app.next();
    };
    view! {
        <main class="wrap filling" id="main" data-screen="page" data-page=section_name>
            {live_if(move || sensitive.get().then(|| quick_exit(app)))}
            {live(move || unsaved(app, filling))}
            <div class="page-head">
                <p class="eyebrow">{words(part)}</p>
                <h1 id="title" tabindex="-1">{words(title)}</h1>
                {meter(app, filling)}
            </div>
            {live(move || problems(app, filling))}
            <form class="questions" novalidate=true on:submit=act>
                {question::blocks(app, filling, slots)}
                {turning(app, filling)}
            </form>
            {options(app, filling)}
        </main>
    }
    .into_any()
}

/// Answered of what is asked now.
pub(super) fn meter(app: App, filling: Filling) -> AnyView {
    let language = app.language;
    progress(
        Signal::derive(move || say::progress_label(language.get())),
        Signal::derive(move || filling.progress.get().answered),
        Signal::derive(move || filling.progress.get().relevant),
        Signal::derive(move || {
            let progress = filling.progress.get();
            say::answered(language.get(), progress.answered, progress.relevant)
        }),
    )
}

/// On top of a page that could not be turned: what to mend, each a way to it.
fn problems(app: App, filling: Filling) -> AnyView {
    let wrong = filling.blocked.get();
    if wrong.is_empty() {
        return ().into_any();
    }
    let language = app.language.get();
    let row = |at: &At| {
        let at = *at;
        let state = filling.slot(at).state.get();
        let words = [state.label.as_str(), " ", &message_of(&state, language)].concat();
        let go = move |_| {
            shell::focus(&question::id(at));
        };
        view! { <li><button type="button" class="linklike" on:click=go>{words}</button></li> }
    };
    view! {
        <div class="notice notice-bad problems" id="problems" tabindex="-1" role="alert">
            <h2>{say::problems_title(language)}</h2>
            <ul>{wrong.iter().map(row).collect::<Vec<_>>()}</ul>
        </div>
    }
    .into_any()
}

fn turning(app: App, filling: Filling) -> AnyView {
    let language = app.language;
    let back = move || {
        filling.before().map(|place| {
            view! {
                <button type="button" class="button" data-act="back" on:click=move |_| app.go(place)>
                    {icon(Icon::Back)}
                    <span>{sentence(language, say::back)}</span>
                </button>
            }
        })
    };
    let onwards = move || {
        let last = filling.pages.with(|pages| pages.len());
        let to_review = filling.place.get() == Place::Page(last.saturating_sub(1)) && last > 1;
        let words: fn(Language) -> &'static str = if to_review { say::review } else { say::next };
        let act = if to_review { "review" } else { "next" };
        view! {
            <button type="submit" class="button button-primary" data-act=act>
                <span>{sentence(language, words)}</span>
                {icon(Icon::Forward)}
            </button>
        }
        .into_any()
    };
    let returning = move || {
        filling.from_review.get().then(|| {
            view! {
                <button type="button" class="button" data-act="review" on:click=move |_| app.go(Place::Review)>
                    {sentence(language, say::to_review)}
                </button>
            }
        })
    };
    view! { <div class="turning">{live_if(back)}{live(onwards)}{live_if(returning)}</div> }.into_any()
}

/// How many questions a page, and leaving for now.
fn options(app: App, filling: Filling) -> AnyView {
    let language = app.language;
    let single = move || filling.paging.get() == Paging::Questions;
    let paging = move || {
        let language = language.get();
        if single() { say::by_section(language) } else { say::one_by_one(language) }.to_owned()
    };
    let leave = move || {
        let kept = filling.journal.saved.get() != Saved::Nothing;
        let language = language.get();
        if kept { say::leave(language) } else { say::leave_plainly(language) }.to_owned()
    };
    let switch = move |_| {
        let other = if filling.paging.get_untracked() == Paging::Questions {
            Paging::Sections
        } else {
            Paging::Questions
        };
        app.page_by(other);
    };
    view! {
        <div class="options" role="group" aria-label=move || say::page_options(language.get())>
            <button type="button" class="button button-quiet small" data-act="paging" on:click=switch>{words(paging)}</button>
            <button type="button" class="button button-quiet small" data-act="leave" on:click=move |_| app.to_start()>
                {words(leave)}
            </button>
        </div>
    }
    .into_any()
}

/// Gone at once, beside everything sensitive.
pub(super) fn quick_exit(app: App) -> AnyView {
    let language = app.language;
    view! {
        <div class="quick-exit">
            <button type="button" class="button" data-act="quick-exit" on:click=move |_| app.quick_exit()>
                {icon(Icon::Exit)}
                <span>{sentence(language, say::quick_exit)}</span>
            </button>
        </div>
        <p class="small soft">{sentence(language, say::quick_exit_hint)}</p>
    }
    .into_any()
}

/// Loud while answers are not being kept: what happened, and three ways out.
pub(super) fn unsaved(app: App, filling: Filling) -> AnyView {
    let Saved::Failed(kind) = filling.journal.saved.get() else { return ().into_any() };
    let language = app.language.get();
    view! {
        <div class="notice notice-bad unsaved" role="alert">
            <h2>{say::save_failed(language)}</h2>
            <p>{explain::fault(kind, language)}" "{say::unsaved_reminder(language)}</p>
            <div class="row">
                <button type="button" class="button button-primary" data-act="retry" on:click=move |_| filling.journal.retry()>
                    {say::retry(language)}
                </button>
                {export(app, filling)}
            </div>
        </div>
    }
    .into_any()
}

/// The way out when nothing can be kept: the answers as a file.
pub(super) fn export(app: App, filling: Filling) -> AnyView {
    let download = move |_| {
        if let Some(response) = filling.response_so_far() {
            let name = say::export_name(app.language.get_untracked());
            // A browser that cannot offer a file says so itself.
            let _ = file::offer(name, "application/json", response_to_json(&response).as_bytes());
        }
    };
    view! {
        <button type="button" class="button" data-act="export" on:click=download>
            {sentence(app.language, say::export)}
        </button>
    }
    .into_any()
}

/// The slots of a page as they stand one inside the other: a repeat instance holds what follows it.
pub(super) fn inside(filling: Filling, slots: &[At], instance: Option<At>) -> Rc<[At]> {
    let mut open: Option<(At, String)> = None;
    let mut found = Vec::new();
    for at in slots {
        let path = filling.path(*at);
        if let Some((head, prefix)) = &open
            && path.starts_with(prefix.as_str())
        {
            if instance == Some(*head) {
                found.push(*at);
            }
            continue;
        }
        open = filling.instance(*at).is_some().then(|| (*at, [path.as_str(), "/"].concat()));
        if instance.is_none() {
            found.push(*at);
        }
    }
    found.into()
}
