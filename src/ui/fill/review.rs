use leptos::prelude::*;
use leptos::task::spawn_local;

use super::app::App;
use super::done::arrive;
use super::page::{export, meter, quick_exit, unsaved};
use super::question::{answer_text, message_of};
use super::session::Filling;
use crate::engine::{At, Page};
use crate::form::{NodeKind, QuestionKind};
use crate::i18n::{explain, fill as say};
use crate::store::FaultKind;
use crate::ui::parts::{Icon, icon, live, live_if, live_list, sentence, words};

/// Every answer by section, each a way to its question; what must be mended first; the end.
pub(super) fn review(app: App, filling: Filling) -> AnyView {
    arrive();
    let language = app.language;
    let shown = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(None::<FaultKind>);
    let finish = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failed.set(None);
        spawn_local(async move {
            match app.finish().await {
                Ok(()) => return,
                Err(Some(fault)) => failed.set(Some(fault.kind)),
                Err(None) => {
                    if let Some(first) = filling.violations().first() {
                        filling.slot(first.at).revealed.set(true);
                        app.go_to(first.at);
                    }
                }
            }
            busy.set(false);
        });
    };
    let trouble = move || {
        failed.get().map(|kind| {
            view! {
                <div class="notice notice-bad unsaved" role="alert">
                    <p><strong>{sentence(language, say::save_failed)}</strong></p>
                    <p>{words(move || explain::fault(kind, language.get()).to_owned())}</p>
                    {export(app, filling)}
                </div>
            }
        })
    };
    let end = move || {
        let language = language.get();
        if busy.get() { say::finishing(language) } else { say::finish(language) }.to_owned()
    };
    let sections = move || {
        language.track();
        filling.progress.track();
        filling.sections().iter().map(|page| section(app, filling, page, shown)).collect::<Vec<_>>()
    };
    view! {
        <main class="wrap filling" id="main" data-screen="review" data-page="review">
            {live_if(move || shown.get().then(|| quick_exit(app)))}
            {live(move || unsaved(app, filling))}
            <div class="page-head">
                <h1 id="title" tabindex="-1">{sentence(language, say::review_title)}</h1>
                <p class="soft">{sentence(language, say::review_lead)}</p>
                {meter(app, filling)}
            </div>
            {live(move || to_mend(app, filling))}
            {live_list(sections)}
            {live_if(trouble)}
            <div class="turning">
                {live_if(move || filling.before().map(|place| view! {
                    <button type="button" class="button" data-act="back" on:click=move |_| app.go(place)>
                        {icon(Icon::Back)}
                        <span>{sentence(language, say::back)}</span>
                    </button>
                }))}
                <button type="button" class="button button-primary" data-act="finish" on:click=finish>
                    {icon(Icon::Check)}
                    <span>{words(end)}</span>
                </button>
            </div>
        </main>
    }
    .into_any()
}

fn to_mend(app: App, filling: Filling) -> AnyView {
    filling.progress.track();
    let language = app.language.get();
    let wrong = filling.violations();
    let Some(first) = wrong.first().map(|violation| violation.at) else {
        return view! { <p class="notice notice-good">{say::review_all_good(language)}</p> }.into_any();
    };
    let go = move |_| {
        for violation in filling.violations() {
            filling.slot(violation.at).revealed.set(true);
        }
        app.go_to(first);
    };
    view! {
        <div class="notice notice-caution" role="status">
            <p><strong>{say::to_mend(language, wrong.len())}</strong></p>
            <p><button type="button" class="button" data-act="first-violation" on:click=go>{say::review_first(language)}</button></p>
        </div>
    }
    .into_any()
}

fn section(app: App, filling: Filling, page: &Page, shown: RwSignal<bool>) -> AnyView {
    let language = app.language;
    let mut rows = Vec::new();
    let mut hidden = false;
    for at in &page.slots {
        let at = *at;
        let label = move |at: At| filling.slot(at).state.with_untracked(|state| state.label.clone());
        if let Some((position, of)) = filling.instance(at) {
            let words = say::instance(language.get_untracked(), &label(at), position, of);
            rows.push(view! { <h3>{words}</h3> }.into_any());
            continue;
        }
        match filling
            .definition(at, |node| (node.kind.is_container(), matches!(node.kind, NodeKind::Question(_))))
        {
            Some((true, _)) => {
                let children = filling.children(at);
                if !children.is_empty() && page.section != Some(at) {
                    rows.push(view! { <h3>{label(at)}</h3> }.into_any());
                    for child in children {
                        hidden |= push_row(app, filling, child, shown, &mut rows);
                    }
                }
            }
            Some((_, true)) => hidden |= push_row(app, filling, at, shown, &mut rows),
            _ => (),
        }
    }
    if rows.is_empty() {
        return ().into_any();
    }
    let title = page.section.map(|at| filling.slot(at).state.with_untracked(|state| state.label.clone()));
    let reveal = hidden.then(|| {
        let words_of = move || {
            let language = language.get();
            if shown.get() { say::hide_again(language) } else { say::show_hidden(language) }.to_owned()
        };
        view! {
            <button type="button" class="button small" data-act="show-hidden" on:click=move |_| shown.update(|it| *it = !*it)>
                {words(words_of)}
            </button>
        }
    });
    view! {
        <section class="card review-section">
            <h2>{title}</h2>
            {reveal}
            {rows}
        </section>
    }
    .into_any()
}

/// Adds the row of a question; whether its answer is a hidden one.
fn push_row(app: App, filling: Filling, at: At, shown: RwSignal<bool>, rows: &mut Vec<AnyView>) -> bool {
    let language = app.language.get_untracked();
    let state = filling.slot(at).state.get_untracked();
    let ranked =
        filling.definition(at, |node| matches!(node.kind, NodeKind::Question(QuestionKind::Rank(_))));
    let text =
        answer_text(&state, language).map(|text| if ranked == Some(true) { numbered(&text) } else { text });
    let secret = text.is_some() && filling.is_sensitive(at);
    let wrong = state.violation.is_some().then(|| message_of(&state, language));
    let class = if text.is_some() { "review-answer" } else { "review-answer soft" };
    let answer = move || match &text {
        None => say::no_answer(language).to_owned(),
        Some(_) if secret && !shown.get() => say::hidden_answer(language).to_owned(),
        Some(text) => text.clone(),
    };
    let row = view! {
        <button type="button" class="review-row" data-review=filling.path(at) on:click=move |_| app.go_to(at)>
            <span class="review-label">{state.label}</span>
            <span class=class>{words(answer)}</span>
            {wrong.map(|wrong| view! { <span class="error">{wrong}</span> })}
            <span class="review-change" aria-hidden="true">{say::change(language)}</span>
        </button>
    };
    rows.push(row.into_any());
    secret
}

/// Lines with their numbers in front.
fn numbered(text: &str) -> String {
    let line = |(index, line): (usize, &str)| [&(index + 1).to_string(), ". ", line].concat();
    text.lines().enumerate().map(line).collect::<Vec<_>>().join("\n")
}
