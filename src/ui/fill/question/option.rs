use super::Asking;
use super::shown::shows;
use crate::browser::dom::checked_of;
use crate::engine::ChoiceState;
use crate::ui::fill::words::rich;
use crate::ui::parts::{View, element};

/// A radio or checkbox with its label, the whole of it a target. `act` hears of a change.
pub(super) fn option(
    asking: Asking,
    kind: &'static str,
    choice: &ChoiceState,
    label: View,
    chosen: bool,
    disabled: bool,
    act: fn(Asking, &str, bool),
) -> View {
    let name = choice.name.clone();
    let class = if chosen { "option is-chosen" } else { "option" };
    let input = element("input")
        .attr("type", kind)
        .attr("name", &asking.name())
        .attr("value", &choice.name)
        .checked(chosen)
        .flag("disabled", disabled)
        .on("change", move |event| act(asking, &name, checked_of(&event)));
    element("label").class(class).child(input).child(label).view()
}

/// A label as words.
pub(super) fn words(asking: Asking, choice: &ChoiceState) -> View {
    let words = asking.filling.element("span").class("option-words").child(rich(&choice.label));
    View::Several(vec![shows(asking, Some(&choice.name), &choice.label).into(), words.view()])
}
