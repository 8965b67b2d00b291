use super::Asking;
use super::frame::{Frame, frame};
use super::shown::shows;
use crate::engine::{Answer, ChoiceState, NodeState};
use crate::i18n::fill as say;
use crate::ui::parts::{View, element, live, sentence};

/// An order by taps: the first tapped is first; tapped again it leaves, and those behind move up.
pub(super) fn rank(asking: Asking) -> View {
    let buttons = move || {
        let state = asking.state();
        state.choices.iter().map(|choice| button(asking, &state, choice)).collect::<Vec<_>>()
    };
    let body = [
        element("p").class("hint").child(sentence(asking.app.language, say::rank_hint)).view(),
        element("div").class("options-list").child(live(buttons)).view(),
    ];
    frame(asking, Frame::Group, "question-rank", body.into())
}

fn button(asking: Asking, state: &NodeState, choice: &ChoiceState) -> View {
    let place = placed(state).iter().position(|name| *name == choice.name).map(|index| index + 1);
    let (name, label) = (choice.name.clone(), choice.label.clone());
    let tap = move |_| {
        let mut names = asking.slot.state.with_untracked(|state| placed(state).to_vec());
        let before = names.len();
        names.retain(|known| *known != name);
        if names.len() == before {
            names.push(name.clone());
            asking.app.said.set(say::ranked(asking.language(), names.len(), &label));
        }
        asking.answer(if names.is_empty() { Answer::Empty } else { Answer::Choices(names) });
        asking.slot.revealed.set(true);
    };
    let class = if place.is_some() { "option is-chosen" } else { "option" };
    let number = place.map(|place| place.to_string()).unwrap_or_default();
    element("button")
        .attr("type", "button")
        .class(class)
        .attr("data-rank", &choice.name)
        .on("click", tap)
        .flag("disabled", state.readonly)
        .attr("aria-pressed", if place.is_some() { "true" } else { "false" })
        .child(element("span").class("rank-place").text(&number))
        .child(shows(asking, Some(&choice.name), &choice.label))
        .child(asking.filling.element("span").class("option-words").text(&choice.label))
        .view()
}

fn placed(state: &NodeState) -> &[String] {
    match &state.answer {
        Answer::Choices(names) => names,
        _ => &[],
    }
}
