use super::frame::{Frame, control, frame};
use super::{Asking, answer_text};
use crate::browser::dom::{Event, value_of};
use crate::engine::Answer;
use crate::form::{DateTime, QuestionKind};
use crate::ui::parts::{View, element, words};

/// A day, a time or both: the device's own picker, and what was picked in words.
pub(super) fn date(asking: Asking, kind: QuestionKind) -> View {
    let (input, length) = match kind {
        QuestionKind::Time => ("time", 5),
        QuestionKind::DateTime => ("datetime-local", 16),
        _ => ("date", 10),
    };
    let initial: String =
        asking.slot.state.with_untracked(|state| state.answer.to_text()).chars().take(length).collect();
    let picked = move |event: Event| {
        let text = value_of(&event);
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
    let input = control(asking, "input")
        .class("input input-short")
        .attr("type", input)
        .attr("value", &initial)
        .on("change", picked)
        .on("blur", move |_| asking.slot.revealed.set(true));
    let picked = element("span").class("date-words soft").child(words(picked_words));
    let body = element("div").class("date").child(input).child(picked);
    frame(asking, Frame::Single, "question-date", body.view())
}
