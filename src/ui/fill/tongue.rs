//! The form's own languages: which there are, the menu of them, and the texts that are in one. What the program says stays in
//! its own.

use std::rc::Rc;

use super::app::App;
use super::session::Filling;
use crate::browser::dom::{Event, value_of};
use crate::form::{is_from_right, lang};
use crate::i18n::{Language, fill as say};
use crate::ui::parts::{Element, View, choose_tongue, element, language_menu};

/// The languages of the form where it has others than the program, else those of the program.
pub(super) fn menu(app: App) -> View {
    let filling = app.filling.get();
    let Some((filling, tongues)) = filling.and_then(|filling| Some((filling, filling.tongues()?))) else {
        let spoken = move |language: Language| {
            if let Some(filling) = filling {
                filling.speak(language.tag());
            }
        };
        return language_menu(app.language, Rc::new(spoken));
    };
    let option = |(tag, name): &(String, String)| {
        let chosen = *tag == filling.tongue();
        let option = element("option").attr("value", tag).attr("lang", lang(tag)).flag("selected", chosen);
        option.text(name).view()
    };
    let choose = move |event: Event| {
        let tag = value_of(&event);
        choose_tongue(&tag, app.language);
        filling.speak(&tag);
    };
    element("select")
        .class("tongues")
        .attr("data-act", "language")
        .attr_with("aria-label", move || Some(say::language_menu(app.language.get()).to_owned()))
        .on("change", choose)
        .child(tongues.iter().map(option).collect::<Vec<_>>())
        .view()
}

impl Filling {
    /// The tag and the name of each language, where the form has others than the program.
    pub(super) fn tongues(self) -> Option<Vec<(String, String)>> {
        self.form(|form| {
            let named = |(at, tag): (usize, &String)| (tag.clone(), form.language_name(at).to_owned());
            form.speaks_others().then(|| form.languages.iter().enumerate().map(named).collect())
        })
        .flatten()
    }

    /// An element for a text of the form's, in its language.
    #[track_caller]
    pub(super) fn element(self, tag: &'static str) -> Element {
        element(tag).attr("lang", lang(&self.tongue()))
    }

    /// `rtl` where the form's language is written so.
    pub(super) fn direction(self) -> Option<String> {
        is_from_right(&self.tongue()).then(|| "rtl".to_owned())
    }
}
