use leptos::prelude::*;

use super::frame::{Frame, frame, invalid, readonly, required};
use super::{Asking, id};
use crate::engine::Answer;
use crate::form::QuestionKind;
use crate::i18n::fill as say;
use crate::ui::parts::live_if;

/// From how few characters on it is told how many are left.
const NEAR: i64 = 60;

/// Text, in one line or several. The input keeps its own text: nothing writes into it while a person types.
pub(super) fn text(asking: Asking, long: bool) -> AnyView {
    let control = [&id(asking.at), "-control"].concat();
    let initial = asking.slot.state.with_untracked(|state| state.answer.to_text());
    let typed = move |event| {
        let text = event_target_value(&event);
        asking.filling.type_in(asking.at, Answer::from_text(QuestionKind::Text, &text).unwrap_or_default());
    };
    let done = move |_| {
        asking.filling.journal.flush();
        asking.slot.revealed.set(true);
    };
    let input = if long {
        view! {
            <textarea class="input" rows="4" id=control name=asking.name() prop:value=initial autocomplete="off"
                aria-describedby=asking.described() aria-invalid=invalid(asking) aria-required=required(asking) readonly=readonly(asking)
                on:input=typed on:blur=done></textarea>
        }
        .into_any()
    } else {
        view! {
            <input class="input" type="text" id=control name=asking.name() value=initial autocomplete="off"
                aria-describedby=asking.described() aria-invalid=invalid(asking) aria-required=required(asking) readonly=readonly(asking)
                on:input=typed on:blur=done/>
        }
        .into_any()
    };
    let limit = asking
        .filling
        .definition(asking.at, |node| node.constraint.as_ref().and_then(|expr| limit_of(expr.source())))
        .flatten();
    let counter = move || {
        let length = asking.slot.state.with(|state| state.answer.to_text().chars().count());
        let left = limit? - i64::try_from(length).unwrap_or(i64::MAX);
        (left <= NEAR).then(|| {
            view! { <p class="hint counter" role="status">{say::characters_left(asking.app.language.get(), left)}</p> }
        })
    };
    frame(asking, Frame::Single, "question-text", view! { {input} {live_if(counter)} }.into_any())
}

/// The length that a constraint like `string-length(.) <= 300` allows.
fn limit_of(constraint: &str) -> Option<i64> {
    let (_, rest) = constraint.split_once("string-length(.) <= ")?;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}
