use leptos::prelude::*;

use super::frame::{Frame, frame, invalid, readonly, required};
use super::option::{option, words};
use super::{Asking, id};
use crate::engine::Answer;
use crate::i18n::fill as say;
use crate::ui::parts::live_list;

/// One choice: a card per choice.
pub(super) fn one(asking: Asking) -> AnyView {
    let options = move || {
        let state = asking.state();
        let chosen = state.answer.to_text();
        let each = state.choices.iter().map(|choice| {
            option(asking, "radio", choice, words(choice), choice.name == chosen, state.readonly, choose)
        });
        each.collect::<Vec<_>>()
    };
    let body = view! { <div class="options-list">{live_list(options)}</div> };
    frame(asking, Frame::Radios, "question-one", body.into_any())
}

/// A radio was chosen.
pub(super) fn choose(asking: Asking, name: &str, on: bool) {
    if on {
        asking.answer(Answer::Choice(name.to_owned()));
    }
}

/// One choice of many, folded into the device's own menu.
pub(super) fn menu(asking: Asking) -> AnyView {
    let options = move || {
        let state = asking.state();
        let chosen = state.answer.to_text();
        let blank = view! { <option value="" selected=chosen.is_empty()>{say::choose(asking.app.language.get())}</option> }.into_any();
        let each = state.choices.iter().map(|choice| {
            view! {
                <option value=choice.name.clone() selected=choice.name == chosen>{choice.label.clone()}</option>
            }
        });
        (blank, each.collect::<Vec<_>>())
    };
    let pick = move |event| {
        let name = event_target_value(&event);
        asking.answer(if name.is_empty() { Answer::Empty } else { Answer::Choice(name) });
    };
    let body = view! {
        <select class="input" id=[&id(asking.at), "-control"].concat() name=asking.name() on:change=pick
            aria-describedby=asking.described() aria-invalid=invalid(asking)
            aria-required=required(asking)
            prop:value=move || asking.slot.state.with(|state| state.answer.to_text())
            disabled=readonly(asking)>
            {options}
        </select>
    };
    frame(asking, Frame::Single, "question-menu", body.into_any())
}
