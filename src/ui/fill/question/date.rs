use leptos::prelude::*;

use super::frame::{Frame, frame, invalid, readonly, required};
use super::{Asking, answer_text, id};
use crate::engine::Answer;
use crate::form::{DateTime, QuestionKind};
use crate::ui::parts::words;

/// A day, a time or both: the device's own picker, and what was picked in words.
pub(super) fn date(asking: Asking, kind: QuestionKind) -> AnyView {
    let (input, length) = match kind {
        QuestionKind::Time => ("time", 5),
        QuestionKind::DateTime => ("datetime-local", 16),
        _ => ("date", 10),
    };
    let initial: String =
        asking.slot.state.with_untracked(|state| state.answer.to_text()).chars().take(length).collect();
    let picked = move |event| {
        let text = event_target_value(&event);
        let answer = match kind {
            QuestionKind::DateTime => {
                let offset = crate::browser::clock::now().offset;
                DateTime::parse(&text, offset).map(Answer::DateTime)
            }
            _ => Answer::from_text(kind, &text),
        };
        asking.answer(answer.unwrap_or_default());
    };
    let picked_words = move || {
        asking.slot.state.with(|state| answer_text(state, asking.app.language.get())).unwrap_or_default()
    };
    let body = view! {
        <div class="date">
            <input class="input input-short" type=input id=[&id(asking.at), "-control"].concat() name=asking.name()
                value=initial aria-describedby=asking.described() aria-invalid=invalid(asking)
                aria-required=required(asking)
                readonly=readonly(asking)
                on:change=picked on:blur=move |_| asking.slot.revealed.set(true)/>
            <span class="date-words soft">{words(picked_words)}</span>
        </div>
    };
    frame(asking, Frame::Single, "question-date", body.into_any())
}
