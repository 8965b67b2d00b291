use leptos::prelude::*;

use super::Asking;
use crate::engine::ChoiceState;

/// A radio or checkbox with its label, the whole of it a target. `act` hears of a change.
pub(super) fn option(
    asking: Asking,
    kind: &'static str,
    choice: &ChoiceState,
    label: AnyView,
    chosen: bool,
    disabled: bool,
    act: fn(Asking, &str, bool),
) -> AnyView {
    let name = choice.name.clone();
    let class = if chosen { "option is-chosen" } else { "option" };
    view! {
        <label class=class>
            <input type=kind name=asking.name() value=choice.name.clone() prop:checked=chosen disabled=disabled
                on:change=move |event| act(asking, &name, event_target_checked(&event))/>
            {label}
        </label>
    }
    .into_any()
}

/// A label as words.
pub(super) fn words(choice: &ChoiceState) -> AnyView {
    view! { <span class="option-words">{choice.label.clone()}</span> }.into_any()
}
