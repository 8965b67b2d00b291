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
    let Some(filling) = filling.filter(|filling| filling.has_tongues()) else {
        let spoken = move |language: Language| {
            if let Some(filling) = filling {
                filling.speak(language.tag());
            }
        };
        return language_menu(app.language, Rc::new(spoken));
    };
    let options = filling.session(|session| {
        let form = session.form();
        let option = |(at, tag): (usize, &String)| {
            let option = element("option").attr("value", tag).attr("lang", lang(tag));
            option.flag("selected", at == session.language()).text(form.language_name(at)).view()
        };
        form.languages.iter().enumerate().map(option).collect::<Vec<_>>()
    });
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
        .child(options.unwrap_or_default())
        .view()
}

impl Filling {
    /// Whether the form has other languages than the program.
    pub(super) fn has_tongues(self) -> bool {
        self.session(|session| session.form().speaks_others()).unwrap_or_default()
    }

    /// An element for a text of the form's, in its language.
    #[track_caller]
    #[inline(never)]
    pub(super) fn element(&self, tag: &'static str) -> Element {
        element(tag).attr("lang", lang(&self.tongue()))
    }

    /// `rtl` where the form's language is written so.
    #[inline(never)]
    pub(super) fn direction(&self) -> Option<String> {
        is_from_right(&self.tongue()).then(|| "rtl".to_owned())
    }
}
