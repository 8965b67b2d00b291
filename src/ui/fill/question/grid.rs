use leptos::prelude::*;

use super::frame::{clear, error, invalid, question_label, required};
use super::one::choose;
use super::option::{option, words};
use super::{Asking, id};
use crate::i18n::fill as say;
use crate::ui::parts::{live_if, live_list, sentence};

/// Rows that share one list of choices: a card a row on a phone, columns where there is room.
pub(super) fn grid(asking: Asking) -> AnyView {
    let filling = asking.filling;
    let rows = Memo::new(move |_| {
        filling.pages.track();
        filling.children(asking.at)
    });
    let first = move || rows.with(|rows| rows.first().map(|at| filling.slot(*at).state));
    let heads = move || {
        let choices = first()?.with(|state| state.choices.clone());
        let cells: Vec<_> =
            choices.iter().map(|choice| view! { <span>{choice.label.clone()}</span> }).collect();
        Some(view! { <div class="grid-heads" aria-hidden="true"><span></span>{cells}</div> })
    };
    let style = move || {
        let columns = first().map(|state| state.with(|state| state.choices.len())).unwrap_or(1);
        ["--columns:", &columns.to_string()].concat()
    };
    view! {
        <fieldset class="question grid" style=style id=id(asking.at) tabindex="-1" data-grid=asking.name()>
            <legend class="label">{question_label(asking)}</legend>
            <p class="hint">{sentence(asking.app.language, say::grid_hint)}</p>
            {live_if(heads)}
            <For each=move || rows.get() key=|at| at.0 children=move |at| row(Asking::new(asking.app, filling, at))/>
        </fieldset>
    }
    .into_any()
}

fn row(asking: Asking) -> AnyView {
    let own = id(asking.at);
    let label = [&own, "-label"].concat();
    let options = move || {
        let state = asking.state();
        let chosen = state.answer.to_text();
        let each = state.choices.iter().map(|choice| {
            option(asking, "radio", choice, words(choice), choice.name == chosen, state.readonly, choose)
        });
        each.collect::<Vec<_>>()
    };
    view! {
        <div class="grid-row" id=own tabindex="-1" role="radiogroup" data-question=asking.name()
            aria-labelledby=label.clone() aria-describedby=asking.described()
            aria-invalid=invalid(asking)
            aria-required=required(asking)>
            <div class="grid-label">
                <span id=label.clone()>{question_label(asking)}</span>
                {clear(asking)}
            </div>
            <div class="grid-options">{live_list(options)}</div>
            {error(asking)}
        </div>
    }
    .into_any()
}
