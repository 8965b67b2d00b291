use super::Asking;
use super::frame::{Frame, frame};
use super::one::choose;
use super::option::{option, words};
use crate::engine::ChoiceState;
use crate::form::Role;
use crate::ui::parts::{View, element, live};

/// How many numbers stand in two even rows on a phone.
pub(super) const SHORT: usize = 8;

/// A row of numbers with what its ends mean; what is not on the scale stands below.
pub(super) fn scale(asking: Asking) -> View {
    let row = move || {
        let state = asking.state();
        let chosen = state.answer.to_text();
        let (on, off): (Vec<_>, Vec<_>) =
            state.choices.iter().partition(|choice| choice.role == Role::Substantive);
        let ends = on.first().zip(on.last()).map(|(first, last)| {
            let end = |choice| asking.filling.element("span").text(&ends_words(choice));
            let ends = element("div").class("scale-ends small").attr("aria-hidden", "true");
            ends.child(end(first)).child(end(last))
        });
        let each = |choices: &[&ChoiceState], label: fn(Asking, &ChoiceState) -> View| {
            let radio = |choice: &&ChoiceState| {
                let ticked = choice.name == chosen;
                option(asking, "radio", choice, label(asking, choice), ticked, state.readonly, choose)
            };
            choices.iter().map(radio).collect::<Vec<_>>()
        };
        let class = if on.len() > SHORT { "scale" } else { "scale scale-short" };
        [
            element("div").class(class).child(each(&on, number)).view(),
            ends.into(),
            element("div").class("options-list").child(each(&off, words)).view(),
        ]
    };
    frame(asking, Frame::Radios, "question-scale", live(row))
}

/// The number to see, and the rest of the label for screen readers.
fn number(asking: Asking, choice: &ChoiceState) -> View {
    let rest = [" ", meaning(choice)].concat();
    let number = element("span").class("scale-number").text(&choice.name);
    View::Several(vec![
        number.view(),
        asking.filling.element("span").class("visually-hidden").text(&rest).view(),
    ])
}

fn meaning(choice: &ChoiceState) -> &str {
    choice.label.strip_prefix(&choice.name).unwrap_or(&choice.label).trim()
}

fn ends_words(choice: &ChoiceState) -> String {
    match meaning(choice) {
        "" => choice.name.clone(),
        meaning => [&choice.name, " = ", meaning].concat(),
    }
}
