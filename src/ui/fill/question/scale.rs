use leptos::prelude::*;

use super::Asking;
use super::frame::{Frame, frame};
use super::one::choose;
use super::option::{option, words};
use crate::engine::ChoiceState;
use crate::form::Role;
use crate::ui::parts::live;

/// How many numbers stand in two even rows on a phone.
const SHORT: usize = 8;

/// A row of numbers with what its ends mean; what is not on the scale stands below.
pub(super) fn scale(asking: Asking) -> AnyView {
    let row = move || {
        let state = asking.state();
        let chosen = state.answer.to_text();
        let (on, off): (Vec<_>, Vec<_>) =
            state.choices.iter().partition(|choice| choice.role == Role::Substantive);
        let ends = on.first().zip(on.last()).map(|(first, last)| {
            view! {
                <div class="scale-ends small" aria-hidden="true">
                    <span>{ends_words(first)}</span>
                    <span>{ends_words(last)}</span>
                </div>
            }
        });
        let numbers: Vec<_> = on
            .iter()
            .map(|choice| {
                option(asking, "radio", choice, number(choice), choice.name == chosen, state.readonly, choose)
            })
            .collect();
        let others: Vec<_> = off
            .iter()
            .map(|choice| {
                option(asking, "radio", choice, words(choice), choice.name == chosen, state.readonly, choose)
            })
            .collect();
        let class = if numbers.len() > SHORT { "scale" } else { "scale scale-short" };
        view! {
            <div class=class>{numbers}</div>
            {ends}
            <div class="options-list">{others}</div>
        }
        .into_any()
    };
    let body = view! { {live(row)} };
    frame(asking, Frame::Radios, "question-scale", body.into_any())
}

/// The number to see, and the rest of the label for screen readers.
fn number(choice: &ChoiceState) -> AnyView {
    let rest = meaning(choice).to_owned();
    view! {
        <span class="scale-number">{choice.name.clone()}</span>
        <span class="visually-hidden">" "{rest}</span>
    }
    .into_any()
}

fn meaning(choice: &ChoiceState) -> &str {
    choice.label.strip_prefix(&choice.name).unwrap_or(&choice.label).trim()
}

fn ends_words(choice: &ChoiceState) -> String {
    match meaning(choice) {
        "" => choice.name.clone(),
        meaning => [&choice.name, " = ", meaning].concat(),
    }
}
