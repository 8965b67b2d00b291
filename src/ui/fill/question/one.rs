use super::Asking;
use super::choices::choices;
use super::frame::{Frame, control, frame};
use crate::browser::dom::{Event, value_of};
use crate::engine::Answer;
use crate::i18n::fill as say;
use crate::ui::parts::{Element, View, element, live};

/// One choice: a card per choice.
pub(super) fn one(asking: Asking) -> View {
    frame(asking, Frame::Radios, "question-one", choices(asking, "radio", choose))
}

/// A radio was chosen.
pub(super) fn choose(asking: Asking, name: &str, on: bool) {
    if on {
        asking.answer(Answer::Choice(name.to_owned()));
    }
}

/// One choice of many, folded into the device's own menu.
pub(super) fn menu(asking: Asking) -> View {
    let options = move || {
        let state = asking.state();
        let chosen = state.answer.to_text();
        let option = |made: Element, name: &str, label: &str| {
            made.attr("value", name).flag("selected", name == chosen).text(label).view()
        };
        let mut options = vec![option(element("option"), "", say::choose(asking.app.language.get()))];
        let own = || asking.filling.element("option");
        options.extend(state.choices.iter().map(|choice| option(own(), &choice.name, &choice.label)));
        options
    };
    let pick = move |event: Event| {
        let name = value_of(&event);
        asking.answer(if name.is_empty() { Answer::Empty } else { Answer::Choice(name) });
    };
    let body = control(asking, "select")
        .class("input")
        .on("change", pick)
        .value_with(move || asking.slot.state.with(|state| state.answer.to_text()))
        .child(live(options));
    frame(asking, Frame::Single, "question-menu", body.view())
}
