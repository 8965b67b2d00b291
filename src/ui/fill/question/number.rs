use super::frame::{CONTROL, Frame, control, frame, held};
use super::{Asking, id};
use crate::browser::dom::{Event, set_value_of, value_of};
use crate::engine::Answer;
use crate::form::QuestionKind;
use crate::i18n::{Language, fill as say};
use crate::ui::parts::{View, element};

/// As many digits as a number may have here.
const DIGITS: &str = "18";

/// A number: the device's number keys, and buttons for one more or less where it is a whole one.
pub(super) fn number(asking: Asking, kind: QuestionKind) -> View {
    let own = [&id(asking.at), CONTROL].concat();
    let whole = kind == QuestionKind::Integer;
    let shown = own.clone();
    // While a person types, their text stays theirs: taking a sign out of the middle makes another number of it.
    let typed = move |event: Event| {
        let raw = value_of(&event);
        let text = leading_number(&raw, whole);
        asking.filling.type_in(asking.at, Answer::from_text(kind, &text).unwrap_or_default());
    };
    let step = move |by: i64| {
        let now = asking.slot.state.with_untracked(|state| state.answer.clone());
        let next = match now {
            // Below 0 only where it was there before: most numbers are counts.
            Answer::Integer(number) if number < 0 => number.saturating_add(by),
            Answer::Integer(number) => number.saturating_add(by).max(0),
            _ => by.max(0),
        };
        set_value_of(&own, &next.to_string());
        asking.answer(Answer::Integer(next));
        asking.slot.revealed.set(true);
    };
    let stepper = move |by: i64, sign: &'static str, words: fn(Language) -> &'static str| {
        let step = step.clone();
        whole.then(|| {
            element("button")
                .attr("type", "button")
                .class("button")
                .attr_with("aria-label", move || Some(words(asking.app.language.get()).to_owned()))
                .on("click", move |_| step(by))
                .text(sign)
        })
    };
    let input = control(asking, "input")
        .class("input")
        .attr("type", "text")
        .attr("inputmode", if whole { "numeric" } else { "decimal" })
        .attr("autocomplete", "off")
        .attr("maxlength", DIGITS)
        .value_with(held(asking, usize::MAX))
        .on("input", typed)
        .on("change", move |_| {
            set_value_of(&shown, &asking.slot.state.with_untracked(|state| state.answer.to_text()));
            asking.slot.revealed.set(true);
        })
        .on("blur", move |_| asking.filling.journal.flush());
    let body = element("div")
        .class("number")
        .child(stepper(-1, "−", say::number_less))
        .child(input)
        .child(stepper(1, "+", say::number_more));
    frame(asking, Frame::Single, "question-number", body.view())
}

/// The number that a text begins with: digits, a minus in front, one decimal point (a comma is read as one).
fn leading_number(raw: &str, whole: bool) -> String {
    let mut text = String::new();
    for sign in raw.trim().chars() {
        match sign {
            '0'..='9' => text.push(sign),
            '-' if text.is_empty() => text.push(sign),
            '.' | ',' if !whole && !text.contains('.') => text.push('.'),
            _ => break,
        }
    }
    text
}
