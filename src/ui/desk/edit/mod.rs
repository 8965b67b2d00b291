//! Setting a survey up: what is typed lives in a [`Sheet`], as typed, until it is saved. Read [`screen`] first, then
//! `event` and `study`, which lay the fields out. Nothing is kept before somebody presses Save, and nothing typed is lost on a mistake.
//!
//! [`Sheet`]: crate::survey::Sheet

mod event;
mod field;
mod rows;
mod save;
mod state;
mod study;
mod weights;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::app::{frame, name_of, with_survey};
use super::bridge::{Instrument, Listed, Trouble};
use super::frame::Desk;
use super::live::{live, live_if, words};
use super::route::Route;
use crate::i18n::{desk as say, setup};
use crate::store::Counts;
use crate::survey::{Subject, Survey};
use state::Editing;

/// The edit screen of a survey that is kept, of a new one, or of a next wave.
pub(super) fn screen(desk: Desk, route: &Route) -> AnyView {
    let inside = match route {
        Route::Edit(id) => with_survey(desk, id.clone(), move |id| {
            match desk
                .listed
                .with_untracked(|all| all.iter().flatten().find(|one| one.survey.id == id).cloned())
            {
                Some(listed) => sheet(Editing::of(desk, listed, false)),
                None => ().into_any(),
            }
        }),
        Route::Next(id) => with_survey(desk, id.clone(), move |id| {
            let listed = desk
                .listed
                .with_untracked(|all| all.iter().flatten().find(|one| one.survey.id == id).cloned());
            match listed.and_then(|listed| listed.survey.next_wave()) {
                Some(next) => sheet(Editing::of(desk, fresh(next), true)),
                None => ().into_any(),
            }
        }),
        Route::NewEvent => new(desk, Instrument::Visit),
        _ => new(desk, Instrument::Study),
    };
    frame("edit", desk, inside, true)
}

fn fresh(survey: Survey) -> Listed {
    Listed { survey, counts: Counts::default(), bundled: false }
}

/// A survey that starts from the one that comes with the program; it has no id until it is saved.
fn new(desk: Desk, instrument: Instrument) -> AnyView {
    let start: RwSignal<Option<Survey>> = RwSignal::new(None);
    spawn_local(async move {
        let bundled = desk.bridge().bundled(instrument).await;
        match bundled {
            Ok(bundled) => start.set(Some(bundled.starting_point(String::new()))),
            Err(trouble) => desk.trouble.set(Some(trouble)),
        }
    });
    live(move || match start.get() {
        Some(survey) => sheet(Editing::fresh(desk, fresh(survey))),
        None => view! { <p class="soft">{desk.text(say::loading)}</p> }.into_any(),
    })
}

fn sheet(editing: Editing) -> AnyView {
    let desk = editing.desk;
    let survey = editing.survey();
    let (title, fields): (super::frame::Words, fn(Editing) -> AnyView) = match survey.subject {
        Subject::Event(_) => (setup::edit_event, event::fields),
        Subject::Study(_) => (setup::edit_study, study::fields),
    };
    // Laid out anew when the questionnaire comes into use or out of it; what is typed stays in the sheet.
    let parts = move || {
        editing.lock.track();
        fields(editing)
    };
    let named = survey.clone();
    let subtitle = (!survey.id.is_empty())
        .then(|| view! { <p class="soft">{words(move || name_of(desk, &named).to_string())}</p> });
    view! {
        <div class="desk-head">
            <h1>{desk.text(title)}</h1>
            {subtitle}
        </div>
        {live_if(move || locked(editing))}
        <form class="edit stack" novalidate on:submit=move |event| {
            event.prevent_default();
            editing.save();
        }>
            {live(parts)}
            {save::bar(editing)}
        </form>
    }
    .into_any()
}

/// Why part of the sheet cannot be changed any more, and what can be done instead.
fn locked(editing: Editing) -> Option<AnyView> {
    let desk = editing.desk;
    let listed = editing.listed();
    editing.lock.get().then(|| {
        let only_examples = listed.people() == 0 && listed.counts.drafts == 0 && listed.counts.examples > 0;
        let next = listed.survey.next_wave().map(|_| {
            let label = super::surveys::next_label(&listed.survey.subject);
            let href = Route::Next(listed.survey.id.clone()).href();
            view! {
                <p class="row">
                    {desk.text(setup::locked_next)}
                    {super::act::link("next-wave", "button", href, move || label(desk))}
                </p>
            }
        });
        view! {
            <div class="notice stack" data-locked="">
                <p><strong>{desk.text(setup::locked_title)}</strong></p>
                <p>{desk.text(setup::locked_text)}</p>
                {only_examples.then(|| view! { <p>{desk.text(setup::locked_examples)}</p> })}
                {super::act::examples_notice(desk, &listed)}
                {listed.untouched().then(|| view! { <p>{desk.text(setup::locked_empty)}</p> })}
                {next}
            </div>
        }
        .into_any()
    })
}

/// What went wrong while saving, for the desk to tell.
type Saved = Result<Survey, Trouble>;
