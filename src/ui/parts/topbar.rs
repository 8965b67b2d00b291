use super::{Icon, View, Watched, element, icon, words};
use crate::i18n::{Language, fill as say};

/// The bar on top: a way to the content, the name as a way home, whatever the screen adds, the languages.
pub fn topbar(
    language: Watched<Language>,
    home: impl Fn() + 'static,
    between: View,
    languages: View,
) -> View {
    let brand = element("a")
        .class("brand")
        .attr("href", "#/")
        .attr("data-act", "home")
        .on("click", move |event| {
            event.prevent_default();
            home();
        })
        .child(icon(Icon::Mark))
        .text("Sondeo")
        .child(
            element("span")
                .class("visually-hidden")
                .child(words(move || [": ", say::home(language.get())].concat())),
        );
    let end = element("div").class("topbar-end push row").child(between).child(languages);
    element("header").class("topbar").child(element("div").class("wrap").child(brand).child(end)).view()
}
