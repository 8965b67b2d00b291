use super::Asking;
use super::frame::{Frame, control, frame, held};
use crate::browser::dom::{Event, value_of};
use crate::engine::Answer;
use crate::form::{Appearance, QuestionKind};
use crate::i18n::fill as say;
use crate::ui::parts::{View, element, live};

/// From how few characters on it is told how many are left.
const NEAR: i64 = 60;

/// Text, in one line or several. Nothing writes into it while a person types.
pub(super) fn text(asking: Asking, look: Appearance) -> View {
    let typed = move |event: Event| {
        let text = value_of(&event);
        asking.filling.type_in(asking.at, Answer::from_text(QuestionKind::Text, &text).unwrap_or_default());
    };
    let done = move |_| {
        asking.filling.journal.flush();
        asking.slot.revealed.set(true);
    };
    let input = if look == Appearance::Multiline {
        control(asking, "textarea").attr("rows", "4")
    } else {
        control(asking, "input")
            .attr("type", "text")
            .attr_if("inputmode", (look == Appearance::Digits).then_some("numeric"))
    };
    let input = input.class("input").attr("autocomplete", "off").value_with(held(asking, usize::MAX));
    let input = input.on("input", typed).on("blur", done);
    let limit = asking
        .filling
        .definition(asking.at, |node| node.constraint.as_ref().and_then(|expr| limit_of(expr.source())))
        .flatten();
    let counter = move || {
        let length = asking.slot.state.with(|state| state.answer.to_text().chars().count());
        let left = limit? - i64::try_from(length).unwrap_or(i64::MAX);
        (left <= NEAR).then(|| {
            let words = say::characters_left(asking.app.language.get(), left);
            element("p").class("hint counter").attr("role", "status").text(&words)
        })
    };
    frame(asking, Frame::Single, "question-text", [input.view(), live(counter)].into())
}

/// The length that a constraint like `string-length(.) <= 300` allows.
fn limit_of(constraint: &str) -> Option<i64> {
    let (_, rest) = crate::xpath::split_once(constraint, "string-length(.) <= ")?;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}
