use std::rc::Rc;

use super::{Asking, id, list};
use crate::browser::shell;
use crate::engine::At;
use crate::i18n::fill as say;
use crate::ui::fill::app::App;
use crate::ui::fill::session::Filling;
use crate::ui::fill::words::plain;
use crate::ui::parts::{Asked, View, button, element, sentence, words};

/// A card for an instance of a repeat, with a way to remove it where people extend the repeat.
pub(super) fn instance(app: App, filling: Filling, at: At) -> View {
    let state = filling.slot(at).state;
    let name = move || {
        filling.pages.track();
        let (position, of) = filling.instance(at).unwrap_or((1, 1));
        state.with(|state| say::instance(app.language.get(), &plain(&state.label), position, of))
    };
    let heading = [&id(at), "-title"].concat();
    let remove = filling.extensible(at).map(|repeat| {
        let ask = move |_| {
            let (language, name) = (app.language.get_untracked(), name());
            app.asked.set(Some(Asked {
                title: say::remove_title(language, &name),
                text: say::remove_text(language).to_owned(),
                yes: say::remove_yes(language).to_owned(),
                no: say::remove_no(language).to_owned(),
                then: Rc::new(move || {
                    filling.remove(at);
                    app.said.set(say::removed(language, &name));
                    shell::focus_soon(id(repeat));
                }),
            }));
        };
        button("clear small", "remove")
            .attr("aria-describedby", &heading)
            .on("click", ask)
            .child(sentence(app.language, say::remove))
    });
    element("section")
        .class("instance")
        .id(&id(at))
        .attr("tabindex", "-1")
        .attr_with("data-instance", move || {
            filling.pages.track();
            Some(filling.path(at))
        })
        .attr("aria-labelledby", &heading)
        .child(element("h2").id(&heading).child(words(name)))
        .child(remove)
        .child(list(app, filling, Some(at)))
        .view()
}

/// After the instances of a repeat that people extend: one more.
pub(super) fn more(asking: Asking) -> View {
    let label = move || {
        let language = asking.app.language.get();
        asking.slot.state.with(|state| say::add(language, &plain(&state.label)))
    };
    let add = move |_| {
        let Some(new) = asking.filling.add(asking.at) else { return };
        // With one question a page it stands on another.
        let place =
            asking.filling.place_of(new).filter(|place| *place != asking.filling.place.get_untracked());
        if let Some(place) = place {
            asking.app.go(place);
        }
        shell::focus_soon(id(new));
    };
    button("button more", "add")
        .id(&id(asking.at))
        .attr_with("data-repeat", move || Some(asking.name()))
        .on("click", add)
        .child(words(label))
        .view()
}
