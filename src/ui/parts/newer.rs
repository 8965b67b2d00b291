use super::{Element, Watched, button, element, sentence};
use crate::browser::shell;
use crate::i18n::{Language, fill as say};

/// Says that a newer build of the program waits, with the way to it. The style hides it for as long as none does:
/// loader.js marks the page.
pub fn newer(language: Watched<Language>) -> Element {
    let take =
        button("button", "update").on("click", |_| shell::update()).child(sentence(language, say::update));
    element("div")
        .class("notice row newer")
        .attr("role", "status")
        .child(element("p").child(sentence(language, say::newer)))
        .child(take)
        .child(element("p").class("small newer-others").child(sentence(language, say::newer_others)))
}
