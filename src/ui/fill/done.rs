use leptos::prelude::*;

use super::app::App;
use crate::browser::shell;
use crate::i18n::fill as say;
use crate::ui::parts::{Icon, icon, sentence};

/// The thanks. Nothing of the answers is here.
pub(super) fn done(app: App) -> AnyView {
    closing(app, "done", say::done_title, &[say::done_text, say::done_hand])
}

/// The closing for who does not take part.
pub(super) fn declined(app: App) -> AnyView {
    closing(app, "declined", say::declined_title, &[say::declined_text, say::done_hand])
}

type Sentence = fn(crate::i18n::Language) -> &'static str;

fn closing(app: App, name: &'static str, title: Sentence, texts: &'static [Sentence]) -> AnyView {
    arrive();
    let paragraphs = texts.iter().map(|text| view! { <p>{sentence(app.language, *text)}</p> }).collect_view();
    view! {
        <main class="wrap closing stack" id="main" data-screen=name>
            <div class="closing-mark">{icon(Icon::Check)}</div>
            <h1 id="title" tabindex="-1">{sentence(app.language, title)}</h1>
            {paragraphs}
            {to_start(app)}
        </main>
    }
    .into_any()
}

/// A screen that says one thing and leads back.
pub(super) fn message(app: App, name: &'static str, title: Sentence, text: Option<AnyView>) -> AnyView {
    let rest = text.map(|text| {
        arrive();
        view! {
            <p class="notice notice-caution">{text}</p>
            {to_start(app)}
        }
    });
    view! {
        <main class="wrap closing stack" id="main" data-screen=name>
            <h1 id="title" tabindex="-1">{sentence(app.language, title)}</h1>
            {rest}
        </main>
    }
    .into_any()
}

fn to_start(app: App) -> AnyView {
    view! {
        <p>
            <button type="button" class="button button-primary" data-act="home" on:click=move |_| app.to_start()>
                {sentence(app.language, say::to_start)}
            </button>
        </p>
    }
    .into_any()
}

/// A new screen is on: from its beginning, with the focus on its title.
pub(super) fn arrive() {
    request_animation_frame(|| {
        shell::scroll_to_top();
        shell::focus("title");
    });
}
