use super::frame::{Frame, control, frame};
use super::option::option;
use super::scale::SHORT;
use super::{Asking, answer_text};
use crate::browser::dom::{Event, value_of};
use crate::engine::{Answer, ChoiceState};
use crate::form::{Appearance, QuestionKind, Range, Role};
use crate::i18n::fill as say;
use crate::ui::fill::words::plain;
use crate::ui::parts::{View, element, live, words};
use crate::xpath::write_number;

/// Up to how many numbers stand side by side as buttons.
const BUTTONS: usize = 11;

/// A number on a scale: buttons, or where they are many a slider with the number beside it. Nothing is chosen before a person does.
pub(super) fn range(asking: Asking, range: Range) -> View {
    let far = range.end - range.start;
    let steps = (far.abs() / range.step + 1e-9) as usize;
    if steps < BUTTONS {
        let step = if far < 0.0 { -range.step } else { range.step };
        // Sums of tenths are not quite tenths.
        let number = |index: usize| ((range.start + step * index as f64) * 1e6).round() / 1e6;
        return buttons(asking, (0..=steps).map(|index| write_number(number(index))).collect());
    }
    slider(asking, range)
}

fn buttons(asking: Asking, numbers: Vec<String>) -> View {
    let row = move || {
        let state = asking.state();
        let chosen = state.answer.to_text();
        let radio = |number: &String| {
            let choice = ChoiceState { name: number.clone(), label: String::new(), role: Role::Substantive };
            let words = element("span").text(number).view();
            option(asking, "radio", &choice, words, *number == chosen, state.readonly, pick)
        };
        let class = if numbers.len() > SHORT { "scale" } else { "scale scale-short" };
        element("div").class(class).child(numbers.iter().map(radio).collect::<Vec<_>>())
    };
    frame(asking, Frame::Radios, "question-range", live(row))
}

fn pick(asking: Asking, number: &str, on: bool) {
    if on {
        give(asking, number);
    }
}

fn give(asking: Asking, number: &str) {
    let kind = asking.filling.definition(asking.at, |node| node.kind.question()).flatten();
    let answer = Answer::from_text(kind.unwrap_or(QuestionKind::Integer), number);
    asking.filling.type_in(asking.at, answer.unwrap_or_default());
}

fn slider(asking: Asking, range: Range) -> View {
    let state = asking.slot.state;
    let (low, high) = (range.start.min(range.end), range.start.max(range.end));
    let text = move || {
        let language = asking.app.language.get();
        let words = state.with(|state| answer_text(state, Appearance::Usual, language));
        words.unwrap_or_else(|| say::no_answer(language).to_owned())
    };
    let moved = move |event: Event| give(asking, &value_of(&event));
    let rest = write_number((low + high) / 2.0);
    let held = move || {
        let answer = state.with(|state| state.answer.to_text());
        if answer.is_empty() { rest.clone() } else { answer }
    };
    let input = control(asking, "input")
        .attr("type", "range")
        .attr("min", &write_number(low))
        .attr("max", &write_number(high))
        .attr("step", &write_number(range.step))
        .attr_if("dir", (range.end < range.start).then_some("rtl"))
        .attr_with("aria-label", move || Some(state.with(|state| plain(&state.label))))
        .attr_with("aria-valuetext", move || Some(text()))
        .flag_with("data-off", move || state.with(|state| state.answer.is_empty()))
        .flag_with("disabled", move || state.with(|state| state.readonly))
        .value_with(held)
        // A tap on the place where it rests moves nothing, and is an answer all the same.
        .on("click", moved)
        .on("input", moved);
    let number = element("output").class("slider-number").attr("aria-hidden", "true").child(words(text));
    let ends = [write_number(range.start), write_number(range.end)];
    let ends = ends.map(|end| element("span").text(&end).view());
    let body = element("div")
        .class("slider")
        .child(number)
        .child(input)
        .child(element("div").class("scale-ends small").attr("aria-hidden", "true").child(ends));
    frame(asking, Frame::Group, "question-range", body.view())
}
