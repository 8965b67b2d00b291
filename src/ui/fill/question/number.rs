use leptos::html;
use leptos::prelude::*;

use super::frame::{Frame, frame, invalid, readonly, required};
use super::{Asking, id};
use crate::engine::Answer;
use crate::form::QuestionKind;
use crate::i18n::fill as say;

/// As many digits as a number may have here.
const DIGITS: &str = "12";

/// A number: the device's number keys, and buttons for one more or less where it is a whole one.
pub(super) fn number(asking: Asking, kind: QuestionKind) -> AnyView {
    let input = NodeRef::<html::Input>::new();
    let whole = kind == QuestionKind::Integer;
    let show = move |text: &str| {
        if let Some(input) = input.get_untracked() {
            input.set_value(text);
        }
    };
    let typed = move |event| {
        let raw = event_target_value(&event);
        let text = only_number(&raw, whole);
        if text != raw {
            show(&text);
        }
        asking.filling.type_in(asking.at, Answer::from_text(kind, &text).unwrap_or_default());
    };
    let step = move |by: i64| {
        let now = asking.slot.state.with_untracked(|state| state.answer.clone());
        let next = match now {
            Answer::Integer(number) => number.saturating_add(by).max(0),
            _ => by.max(0),
        };
        show(&next.to_string());
        asking.answer(Answer::Integer(next));
        asking.slot.revealed.set(true);
    };
    let stepper = move |by: i64, sign: &'static str, words: fn(crate::i18n::Language) -> &'static str| {
        whole.then(|| {
            view! {
                <button type="button" class="button" aria-label=move || words(asking.app.language.get())
                    on:click=move |_| step(by)>{sign}</button>
            }
        })
    };
    let initial = asking.slot.state.with_untracked(|state| state.answer.to_text());
    let body = view! {
        <div class="number">
            {stepper(-1, "−", say::number_less)}
            <input class="input" type="text" inputmode=if whole { "numeric" } else { "decimal" } autocomplete="off"
                maxlength=DIGITS id=[&id(asking.at), "-control"].concat() name=asking.name() value=initial node_ref=input
                aria-describedby=asking.described() aria-invalid=invalid(asking)
                aria-required=required(asking)
                readonly=readonly(asking)
                on:input=typed on:change=move |_| asking.slot.revealed.set(true)
                on:blur=move |_| asking.filling.journal.flush()/>
            {stepper(1, "+", say::number_more)}
        </div>
    };
    frame(asking, Frame::Single, "question-number", body.into_any())
}

/// What of a text belongs to a number: digits, a minus in front, one decimal point (a comma is read as one).
fn only_number(raw: &str, whole: bool) -> String {
    let mut text = String::new();
    for sign in raw.chars() {
        match sign {
            '0'..='9' => text.push(sign),
            '-' if text.is_empty() => text.push(sign),
            '.' | ',' if !whole && !text.contains('.') => text.push('.'),
            _ => (),
        }
    }
    text
}
