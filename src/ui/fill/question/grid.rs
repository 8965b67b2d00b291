use super::frame::{clear, error, heeded, question_label};
use super::one::choose;
use super::option::{option, words};
use super::shown::question_shows;
use super::{Asking, id};
use crate::engine::{At, ChoiceState};
use crate::i18n::fill as say;
use crate::ui::fill::aids::listen;
use crate::ui::parts::{View, element, keyed, live, sentence};

/// Rows that share one list of choices: a card a row on a phone, columns where there is room.
pub(super) fn grid(asking: Asking) -> View {
    let filling = asking.filling;
    let rows = move || {
        filling.pages.track();
        filling.children(asking.at)
    };
    let first = move || rows().first().map(|at| filling.slot(*at).state);
    let heads = move || {
        let choices = first()?.with(|state| state.choices.clone());
        let cell = |choice: &ChoiceState| filling.element("span").text(&choice.label).view();
        let cells: Vec<_> = choices.iter().map(cell).collect();
        let heads = element("div").class("grid-heads").attr("aria-hidden", "true");
        Some(heads.child(element("span")).child(cells))
    };
    let style = move || {
        let columns = first().map(|state| state.with(|state| state.choices.len())).unwrap_or(1);
        Some(["--columns:", &columns.to_string()].concat())
    };
    element("fieldset")
        .class("question grid")
        .attr_with("style", style)
        .id(&id(asking.at))
        .attr("tabindex", "-1")
        .attr_with("data-grid", move || Some(asking.name()))
        .child(element("legend").class("label").child(question_label(asking)))
        .child(question_shows(asking))
        .child(element("p").class("hint").child(sentence(asking.app.language, say::grid_hint)))
        .child(live(heads))
        .child(keyed(
            move || rows().iter().map(|at| at.0).collect(),
            move |at| row(Asking::new(asking.app, filling, At(at))),
        ))
        .child(listen(asking.app))
        .view()
}

fn row(asking: Asking) -> View {
    let own = id(asking.at);
    let label = [&own, "-label"].concat();
    let options = move || {
        let state = asking.state();
        let chosen = state.answer.to_text();
        let each = state.choices.iter().map(|choice| {
            let label = words(asking, choice);
            option(asking, "radio", choice, label, choice.name == chosen, state.readonly, choose)
        });
        each.collect::<Vec<_>>()
    };
    let head = element("div")
        .class("grid-label")
        .child(element("span").id(&label).child(question_label(asking)))
        .child(question_shows(asking))
        .child(clear(asking));
    let row = element("div")
        .class("grid-row")
        .id(&own)
        .attr("tabindex", "-1")
        .attr("role", "radiogroup")
        .attr_with("data-question", move || Some(asking.name()))
        .attr("aria-labelledby", &label)
        .attr("aria-describedby", &asking.described())
        .child(head)
        .child(element("div").class("grid-options").child(live(options)))
        .child(error(asking));
    heeded(asking, row).view()
}
