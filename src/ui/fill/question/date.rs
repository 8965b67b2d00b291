use super::frame::{Frame, control, frame, held};
use super::{Asking, answer_text};
use crate::browser::dom::{Event, value_of};
use crate::engine::Answer;
use crate::form::{Appearance, DateTime, QuestionKind};
use crate::ui::parts::{Element, View, element, words};

/// A day, a time or both: the device's own picker, and what was picked in words.
pub(super) fn date(asking: Asking, kind: QuestionKind) -> View {
    let (input, length) = match kind {
        QuestionKind::Time => ("time", 5),
        QuestionKind::DateTime => ("datetime-local", 16),
        _ => ("date", 10),
    };
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
    let input =
        control(asking, "input").attr("type", input).value_with(held(asking, length)).on("change", picked);
    framed(asking, Appearance::Usual, input)
}

/// A year, kept as its first day.
pub(super) fn year(asking: Asking) -> View {
    let typed = move |event: Event| {
        let year = value_of(&event);
        let day = [year.trim(), "-01-01"].concat();
        asking.filling.type_in(asking.at, Answer::from_text(QuestionKind::Date, &day).unwrap_or_default());
    };
    let input = control(asking, "input")
        .attr("type", "text")
        .attr("inputmode", "numeric")
        .attr("autocomplete", "off")
        .attr("maxlength", "4")
        .attr("size", "6")
        .value_with(held(asking, 4))
        .on("input", typed);
    framed(asking, Appearance::Year, input)
}

/// A month, kept as its first day: the device's own picker, or where there is none a text such as `2026-03` or `3/2026`.
pub(super) fn month(asking: Asking) -> View {
    let picked = move |event: Event| {
        let text = value_of(&event);
        let parts = text.trim().split_once(['-', '/']).unwrap_or_default();
        let (year, month) = if parts.0.len() == 4 { parts } else { (parts.1, parts.0) };
        let pad = if month.len() == 1 { "-0" } else { "-" };
        let day = [year, pad, month, "-01"].concat();
        asking.answer(Answer::from_text(QuestionKind::Date, &day).unwrap_or_default());
    };
    let input = control(asking, "input")
        .attr("type", "month")
        .attr("placeholder", "2026-03")
        .value_with(held(asking, 7))
        .on("change", picked);
    framed(asking, Appearance::Month, input)
}

fn framed(asking: Asking, look: Appearance, input: Element) -> View {
    let picked_words = move || {
        asking
            .slot
            .state
            .with(|state| answer_text(state, look, asking.app.language.get()))
            .unwrap_or_default()
    };
    let input = input.class("input input-short").on("blur", move |_| {
        asking.filling.journal.flush();
        asking.slot.revealed.set(true);
    });
    let picked = element("span").class("date-words soft").child(words(picked_words));
    let body = element("div").class("date").child(input).child(picked);
    frame(asking, Frame::Single, "question-date", body.view())
}
