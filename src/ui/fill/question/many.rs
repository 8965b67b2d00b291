use super::Asking;
use super::choices::choices;
use super::frame::{Frame, frame};
use crate::engine::{Answer, ChoiceState, NodeState};
use crate::form::Role;
use crate::i18n::fill as say;
use crate::ui::parts::{View, element, live};

/// Any choices: a card per choice. A choice that stands alone takes the place of the others, and they of it.
pub(super) fn many(asking: Asking) -> View {
    let hint = move || {
        let several = asking.slot.state.with(|state| state.hint.is_empty() && state.choices.len() > 1);
        several.then(|| {
            let words = say::multiple_hint(asking.app.language.get());
            element("p").class("hint").text(words)
        })
    };
    let body = [live(hint), choices(asking, "checkbox", toggle)];
    frame(asking, Frame::Group, "question-many", body.into())
}

fn marked(state: &NodeState) -> &[String] {
    match &state.answer {
        Answer::Choices(names) => names,
        _ => &[],
    }
}

fn stands_alone(choice: &ChoiceState) -> bool {
    matches!(choice.role, Role::Exclusive | Role::DontKnow | Role::NotApplicable | Role::Refused)
}

fn toggle(asking: Asking, name: &str, on: bool) {
    let state = asking.slot.state.get_untracked();
    let alone = state.choices.iter().any(|choice| choice.name == name && stands_alone(choice));
    let before = marked(&state);
    let stays = |choice: &&ChoiceState| {
        if choice.name == name {
            return on;
        }
        before.contains(&choice.name) && !(on && (alone || stands_alone(choice)))
    };
    let names: Vec<String> = state.choices.iter().filter(stays).map(|choice| choice.name.clone()).collect();
    if on && names.len() < before.len() + 1 {
        let language = asking.language();
        let words = if alone { say::others_unmarked(language) } else { say::alone_unmarked(language) };
        asking.app.said.set(words.to_owned());
    }
    asking.answer(if names.is_empty() { Answer::Empty } else { Answer::Choices(names) });
    asking.slot.revealed.set(true);
}
