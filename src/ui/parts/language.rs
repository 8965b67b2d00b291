use std::rc::Rc;

use crate::browser::preferences::LocalPreferences;
use crate::browser::shell;
use crate::i18n::{Language, fill as say};
use crate::store::Preferences;
use crate::ui::parts::{View, Watched, element};

const KEY: &str = "language";

/// The language kept from the last visit, else the browser's: Spanish where it prefers Spanish, else English.
pub fn preferred_language() -> Language {
    let tag = LocalPreferences.get(KEY).or_else(|| shell::languages().into_iter().next()).unwrap_or_default();
    Language::from_tag(&tag)
}

/// Two buttons, the one in use pressed. Choosing keeps the preference and tells the page, then calls `chosen`.
pub fn language_menu(language: Watched<Language>, chosen: Rc<dyn Fn(Language)>) -> View {
    let option = |own: Language| {
        let chosen = Rc::clone(&chosen);
        let (short, rest) = own.name().split_at_checked(2).unwrap_or_default();
        let choose = move |_| {
            LocalPreferences.set(KEY, own.tag());
            shell::set_language(own.tag());
            language.set(own);
            chosen(own);
        };
        element("button")
            .attr("type", "button")
            .attr("data-act", "language")
            .attr("data-language", own.tag())
            .attr("lang", own.tag())
            .attr_with("aria-pressed", move || Some((language.get() == own).to_string()))
            .on("click", choose)
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
