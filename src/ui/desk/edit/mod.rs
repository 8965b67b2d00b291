//! Setting a survey up: what is typed lives in a [`Sheet`], as typed, until it is saved. Read [`screen`] first, then
//! `event` and `study`, which lay the fields out. Nothing is kept before somebody presses Save, and nothing typed is lost on a mistake.
//!
//! [`Sheet`]: crate::survey::Sheet

mod event;
mod field;
mod own;
mod rows;
mod save;
mod state;
mod study;
mod weights;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::app::{frame, name_of, with_survey};
use super::bridge::{Instrument, Listed, Trouble};
use super::frame::{Desk, Words};
use super::route::Route;
use crate::i18n::{desk as say, seal, setup};
use crate::store::Counts;
use crate::survey::{Subject, Survey};
use crate::ui::parts::{View, Watched, element, live, one_of, words};
use state::Editing;

/// The edit screen of a survey that is kept, of a new one, or of a next wave.
pub(super) fn screen(desk: Desk, route: &Route) -> View {
    let kept = move |id: &str| {
        desk.listed.with_untracked(|all| all.iter().flatten().find(|one| one.survey.id == id).cloned())
    };
    let inside = match route {
        Route::Edit(id) => with_survey(desk, id.clone(), move |id| {
            kept(id).map(|listed| sheet(Editing::of(desk, listed, false))).into()
        }),
        Route::Next(id) => with_survey(desk, id.clone(), move |id| {
            let next = kept(id).and_then(|listed| listed.survey.next_wave());
            next.map(|next| sheet(Editing::of(desk, fresh(next), true))).into()
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
fn new(desk: Desk, instrument: Instrument) -> View {
    let start: Watched<Option<Survey>> = Watched::new(None);
    spawn_local(async move {
        match desk.bridge().bundled(instrument).await {
            Ok(bundled) => start.set(Some(bundled.starting_point(String::new()))),
            Err(trouble) => desk.trouble.set(Some(trouble)),
        }
    });
    one_of(
        move || u32::from(start.with(Option::is_some)),
        move |_| match start.get_untracked() {
            Some(survey) => sheet(Editing::fresh(desk, fresh(survey))),
            None => element("p").class("soft").child(desk.text(say::loading)).view(),
        },
    )
}

fn sheet(editing: Editing) -> View {
    let desk = editing.desk;
    let survey = editing.survey();
    let (title, fields): (Words, fn(Editing) -> View) = match survey.subject {
        Subject::Event(_) => (setup::edit_event, event::fields),
        Subject::Study(_) => (setup::edit_study, study::fields),
        Subject::Own(_) => (crate::i18n::own::edit_title, own::fields),
    };
    let named = survey.clone();
    let subtitle = (!survey.id.is_empty())
        .then(|| element("p").class("soft").child(words(move || name_of(desk, &named))));
    // Laid out anew when the questionnaire comes into use or out of it; what is typed stays in the sheet.
    let parts = one_of(move || u32::from(editing.lock.get()), move |_| fields(editing));
    let form = element("form")
        .class("edit stack")
        .flag("novalidate", true)
        .on("submit", move |event| {
            event.prevent_default();
            editing.save();
        })
        .child(parts)
        .child(live(move || sealing(editing)))
        .child(save::bar(editing));
    View::Several(vec![
        element("div").class("desk-head").child(element("h1").child(desk.text(title))).child(subtitle).view(),
        live(move || locked(editing)),
        form.view(),
    ])
}

/// The way to where the survey's key is made, once the survey is kept.
fn sealing(editing: Editing) -> Option<View> {
    let desk = editing.desk;
    (!editing.is_new()).then(|| {
        let to = Route::Seal(editing.survey().id);
        element("section")
            .class("card stack")
            .id("sealing")
            .child(element("h2").child(desk.text(seal::title)))
            .child(element("p").class("soft").child(desk.text(seal::lead)))
            .child(element("div").child(super::act::link("seal", "button", &to, desk.text(seal::title))))
            .view()
    })
}

/// Why part of the sheet cannot be changed any more, and what can be done instead.
fn locked(editing: Editing) -> Option<View> {
    let desk = editing.desk;
    let listed = editing.listed();
    // The form of one's own is changed in its file, never here.
    let lockable = !matches!(listed.survey.subject, Subject::Own(_));
    (editing.lock.get() && lockable).then(|| {
        let line = |words: Words| element("p").child(desk.text(words)).view();
        let only_examples = listed.people() == 0 && listed.counts.drafts == 0 && listed.counts.examples > 0;
        let next = listed.survey.next_wave().map(|_| {
            let label = super::surveys::next_label(desk, &listed.survey.subject);
            let to = Route::Next(listed.survey.id.clone());
            element("p").class("row").child(desk.text(setup::locked_next)).text(" ").child(super::act::link(
                "next-wave",
                "button",
                &to,
                label,
            ))
        });
        element("div")
            .class("notice stack")
            .attr("data-locked", "")
            .child(element("p").child(element("strong").child(desk.text(setup::locked_title))))
            .child(line(setup::locked_text))
            .child(only_examples.then(|| line(setup::locked_examples)))
            .child(super::act::examples_notice(desk, &listed))
            .child(listed.untouched().then(|| line(setup::locked_empty)))
            .child(next)
            .view()
    })
}

/// What went wrong while saving, for the desk to tell.
type Saved = Result<Survey, Trouble>;
