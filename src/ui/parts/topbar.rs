use leptos::prelude::*;

use super::{Icon, icon, language_menu, words};
use crate::i18n::{Language, fill as say};

/// The bar on top: a way to the content, the name as a way home, whatever the screen adds, the languages.
pub fn topbar(
    language: RwSignal<Language>,
    chosen: Callback<Language>,
    home: Callback<()>,
    between: AnyView,
) -> AnyView {
    let go_home = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        home.run(());
    };
    view! {
        <header class="topbar">
            <div class="wrap">
                <a class="brand" href="#/" data-act="home" on:click=go_home>
                    {icon(Icon::Mark)}
                    "Sondeo"
                    <span class="visually-hidden">{words(move || [": ", say::home(language.get())].concat())}</span>
                </a>
                <div class="topbar-end push row">
                    {between}
                    {language_menu(language, chosen)}
                </div>
            </div>
        </header>
    }
    .into_any()
}
