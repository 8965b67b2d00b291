use leptos::prelude::*;

use super::Asking;
use super::frame::{Frame, frame};
use crate::engine::{Answer, ChoiceState, NodeState};
use crate::i18n::fill as say;
use crate::ui::parts::{live_list, sentence};

/// An order by taps: the first tapped is first; tapped again it leaves, and those behind move up.
pub(super) fn rank(asking: Asking) -> AnyView {
    let buttons = move || {
        let state = asking.state();
        state.choices.iter().map(|choice| button(asking, &state, choice)).collect::<Vec<_>>()
    };
    let body = view! {
        <p class="hint">{sentence(asking.app.language, say::rank_hint)}</p>
        <div class="options-list">{live_list(buttons)}</div>

    };
    frame(asking, Frame::Group, "question-rank", body.into_any())
}

fn button(asking: Asking, state: &NodeState, choice: &ChoiceState) -> AnyView {
    let place = placed(state).iter().position(|name| *name == choice.name).map(|index| index + 1);
    let (name, label) = (choice.name.clone(), choice.label.clone());
    let tap = move |_| {
        let mut names = asking.slot.state.with_untracked(|state| placed(state).to_vec());
        let before = names.len();
        names.retain(|known| *known != name);
        if names.len() == before {
            names.push(name.clone());
            asking.app.said.set(say::ranked(asking.language(), names.len(), &label));
        }
        asking.answer(if names.is_empty() { Answer::Empty } else { Answer::Choices(names) });
        asking.slot.revealed.set(true);
    };
    let class = if place.is_some() { "option is-chosen" } else { "option" };
    view! {
        <button type="button" class=class data-rank=choice.name.clone() on:click=tap disabled=state.readonly
            aria-pressed=if place.is_some() { "true" } else { "false" }>
            <span class="rank-place">{place.map(|place| place.to_string())}</span>
            <span class="option-words">{choice.label.clone()}</span>
        </button>
    }
    .into_any()
}

fn placed(state: &NodeState) -> &[String] {
    match &state.answer {
        Answer::Choices(names) => names,
        _ => &[],
    }
}
