use leptos::prelude::*;

use super::super::live::{live_if, words};
use super::state::Editing;
use crate::browser::shell;
use crate::i18n::{desk as desk_say, setup as say};
use crate::survey::{Obstacle, SurveyState};
use crate::ui::desk::act::open as open_survey;
use crate::ui::desk::frame::Words;

/// What stays in sight at the foot of the sheet: how it stands, Save, and Open when nothing is in the way.
pub(super) fn bar(editing: Editing) -> AnyView {
    let desk = editing.desk;
    let wrong = move || {
        let mistakes = editing.mistakes.with(Vec::len);
        (editing.tried.get() && mistakes > 0).then(|| {
            view! { <p class="error"><span>{say::mistakes(mistakes, desk.language.get())}</span></p> }
        })
    };
    let standing = move || {
        let which: Words =
            if editing.unsaved.get() || editing.is_new() { say::unsaved } else { say::all_saved };
        which(desk.language.get()).to_owned()
    };
    view! {
        {waiting(editing)}
        <div class="save-bar no-print">
            <div class="save-words">
                {live_if(wrong)}
                <p class="small soft" data-unsaved=move || editing.unsaved.get().to_string()>{words(standing)}</p>
            </div>
            <button type="submit" class="button button-primary" data-act="save"
                aria-disabled=move || desk.busy.get().to_string()>{desk.text(say::save)}</button>
            {live_if(move || open(editing))}
        </div>
    }
    .into_any()
}

/// Opens the survey as it is kept, when everything is saved and nothing is in the way.
fn open(editing: Editing) -> Option<AnyView> {
    let desk = editing.desk;
    let ready = !editing.unsaved.get()
        && !editing.is_new()
        && editing.survey().state == SurveyState::Setup
        && editing.survey().obstacles().is_empty();
    ready.then(|| {
        view! {
            <button type="button" class="button" data-act="open" on:click=move |_| {
                open_survey(desk, &editing.listed());
                desk.go(&crate::ui::desk::route::Route::Surveys);
            }>{desk.text(desk_say::open)}</button>
        }
        .into_any()
    })
}

/// What is still in the way of opening, each with the way to the place where it is mended.
fn waiting(editing: Editing) -> AnyView {
    let desk = editing.desk;
    let obstacles = Memo::new(move |_| {
        let setup = editing.survey().state == SurveyState::Setup;
        if setup { editing.obstacles().unwrap_or_default() } else { Vec::new() }
    });
    let row = move |obstacle: Obstacle| {
        let place = place_of(&obstacle);
        view! {
            <li>
                <button type="button" class="link" on:click=move |_| {
                    shell::focus(place);
                }>{words(move || desk_say::obstacle(&obstacle, desk.language.get()).to_string())}</button>
            </li>
        }
    };
    live_if(move || {
        let obstacles = obstacles.get();
        (!obstacles.is_empty()).then(|| {
            view! {
                <div class="notice notice-caution" data-obstacles="">
                    <p><strong>{desk.text(desk_say::before_opening)}</strong></p>
                    <ul class="plain-list">{obstacles.into_iter().map(row).collect_view()}</ul>
                </div>
            }
        })
    })
}

/// The `id` of what mends an obstacle.
fn place_of(obstacle: &Obstacle) -> &'static str {
    match obstacle {
        Obstacle::NoName => "name_es",
        Obstacle::NoSites => "sites",
        Obstacle::NoTopics => "topics",
        Obstacle::NoAreas => "places",
        Obstacle::NoDesign => "sampling",
        Obstacle::NoHelplines | Obstacle::HelplineToConfirm(_) => "helplines",
    }
}
