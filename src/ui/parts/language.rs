use leptos::prelude::*;

use crate::browser::preferences::LocalPreferences;
use crate::browser::shell;
use crate::i18n::{Language, fill as say};
use crate::store::Preferences;

const KEY: &str = "language";

/// The language kept from the last visit, else the browser's: Spanish where it prefers Spanish, else English.
pub fn preferred_language() -> Language {
    let tag = LocalPreferences.get(KEY).or_else(|| shell::languages().into_iter().next()).unwrap_or_default();
    Language::from_tag(&tag)
}

/// Two buttons, the one in use pressed. Choosing keeps the preference and tells the page, then calls `chosen`.
pub fn language_menu(language: RwSignal<Language>, chosen: Callback<Language>) -> AnyView {
    let option = move |own: Language| {
        let (short, rest) = own.name().split_at(2);
        let choose = move |_| {
            LocalPreferences.set(KEY, own.tag());
            shell::set_language(own.tag());
            language.set(own);
            chosen.run(own);
        };
        view! {
            <button type="button" data-act="language" data-language=own.tag() lang=own.tag()
                aria-pressed=move || if language.get() == own { "true" } else { "false" } on:click=choose>
                {short}<span class="rest">{rest}</span>
            </button>
        }
    };
    view! {
        <div class="languages" role="group" aria-label=move || say::language_menu(language.get())>
            {Language::ALL.map(option).collect_view()}
        </div>
    }
    .into_any()
}
