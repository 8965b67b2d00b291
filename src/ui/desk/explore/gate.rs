use leptos::prelude::*;

use super::Exploring;
use crate::browser::shell;
use crate::i18n::explore as say;
use crate::summary::Profile;
use crate::ui::parts::{View, button, element, live, sentence, whenever};

const TITLE: &str = "analyst-title";

/// What stands in the place of an analyst view until somebody has said once that they understand what it is.
pub(crate) fn gate(of: Exploring) -> View {
    let language = of.desk.language;
    live(move || {
        of.gated().then(|| {
            let stay = move |_| of.change(|view| view.profile = Profile::Publication);
            let yes = button("button button-bad", "analyst-yes")
                .on("click", move |_| of.desk.analyst.set(true))
                .child(sentence(language, say::analyst_yes));
            let no =
                button("button", "analyst-no").on("click", stay).child(sentence(language, say::analyst_no));
            // Read out where somebody who cannot see it has just asked for it.
            let heard = whenever(|| {
                request_animation_frame(|| {
                    shell::focus(TITLE);
                });
            });
            element("div")
                .class("notice notice-caution stack no-print")
                .attr("data-gate", "")
                .child(
                    element("h1")
                        .id(TITLE)
                        .attr("tabindex", "-1")
                        .child(sentence(language, say::analyst_title)),
                )
                .child(element("p").child(sentence(language, say::analyst_text)))
                .child(element("div").class("row").child(yes).child(no))
                .child(heard)
        })
    })
}
