use std::rc::Rc;

use crate::browser::preferences::LocalPreferences;
use crate::browser::shell;
use crate::i18n::{Language, fill as say};
use crate::store::Preferences;
use crate::ui::parts::{View, Watched, element};

const KEY: &str = "language";
/// The tag of the language that was chosen last while answering a form that has others than the program.
const TONGUE: &str = "tongue";

/// The language kept from the last visit, else the browser's: Spanish where it prefers Spanish, else English.
pub fn preferred_language() -> Language {
    let tag = LocalPreferences.get(KEY).or_else(|| shell::languages().into_iter().next()).unwrap_or_default();
    Language::from_tag(&tag)
}

/// The languages that a form of several may be read in, the dearest first: what was chosen last, the browser's, the program's.
pub fn preferred_tongues(language: Language) -> Vec<String> {
    let mut all = shell::languages();
    for key in [KEY, TONGUE] {
        if let Some(tag) = LocalPreferences.get(key) {
            all.insert(0, tag);
        }
    }
    all.push(language.tag().to_owned());
    all
}

/// Keeps the choice of a form's language; where the program speaks it as well, it does from here on.
pub fn choose_tongue(tag: &str, language: Watched<Language>) {
    LocalPreferences.set(TONGUE, tag);
    for own in Language::ALL {
        if tag.split('-').next() == Some(own.tag()) {
            choose(own, language);
        }
    }
}

fn choose(own: Language, language: Watched<Language>) {
    LocalPreferences.set(KEY, own.tag());
    shell::set_language(own.tag());
    language.set(own);
}

/// Two buttons, the one in use pressed. Choosing keeps the preference and tells the page, then calls `chosen`.
pub fn language_menu(language: Watched<Language>, chosen: Rc<dyn Fn(Language)>) -> View {
    let option = |own: Language| {
        let chosen = Rc::clone(&chosen);
        let (short, rest) = own.name().split_at_checked(2).unwrap_or_default();
        let press = move |_| {
            LocalPreferences.remove(TONGUE);
            choose(own, language);
            chosen(own);
        };
        element("button")
            .attr("type", "button")
            .attr("data-act", "language")
            .attr("data-language", own.tag())
            .attr("lang", own.tag())
            .attr_with("aria-pressed", move || Some((language.get() == own).to_string()))
            .on("click", press)
            .text(short)
            .child(element("span").class("rest").text(rest))
            .view()
    };
    element("div")
        .class("languages")
        .attr("role", "group")
        .attr_with("aria-label", move || Some(say::language_menu(language.get()).to_owned()))
        .child(Language::ALL.map(option))
        .view()
}
