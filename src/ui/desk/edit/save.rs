use leptos::prelude::*;

use super::state::Editing;
use crate::browser::shell;
use crate::i18n::{desk as desk_say, setup as say};
use crate::survey::{Obstacle, SurveyState};
use crate::ui::desk::act::open as open_survey;
use crate::ui::desk::frame::Words;
use crate::ui::desk::route::Route;
use crate::ui::parts::{View, button, element, live, words};

/// What stays in sight at the foot of the sheet: how it stands, Save, and Open when nothing is in the way.
pub(super) fn bar(editing: Editing) -> View {
    let desk = editing.desk;
    let wrong = live(move || {
        let mistakes = editing.mistakes.with(Vec::len);
        (editing.tried.get() && mistakes > 0).then(|| {
            let text = say::mistakes(mistakes, desk.language.get());
            element("p").class("error").child(element("span").text(&text))
        })
    });
    let standing = words(move || {
        let which: Words =
            if editing.unsaved.get() || editing.is_new() { say::unsaved } else { say::all_saved };
        which(desk.language.get()).to_owned()
    });
    let said = element("p")
        .class("small soft")
        .attr_with("data-unsaved", move || Some(editing.unsaved.get().to_string()))
        .child(standing);
    let save = element("button")
        .attr("type", "submit")
        .class("button button-primary")
        .attr("data-act", "save")
        .attr_with("aria-disabled", move || Some(desk.busy.get().to_string()))
        .child(desk.text(say::save));
    let bar = element("div")
        .class("save-bar no-print")
        .child(element("div").class("save-words").child(wrong).child(said))
        .child(save)
        .child(live(move || open(editing)));
    View::Several(vec![waiting(editing), bar.view()])
}

/// Opens the survey as it is kept, when everything is saved and nothing is in the way.
fn open(editing: Editing) -> Option<View> {
    let desk = editing.desk;
    let ready = !editing.unsaved.get()
        && !editing.is_new()
        && editing.survey().state == SurveyState::Setup
        && editing.survey().obstacles().is_empty();
    ready.then(|| {
        button("button", "open")
            .on("click", move |_| {
                open_survey(desk, &editing.listed());
                desk.go(&Route::Surveys);
            })
            .child(desk.text(desk_say::open))
            .view()
    })
}

/// What is still in the way of opening, each with the way to the place where it is mended.
fn waiting(editing: Editing) -> View {
    let desk = editing.desk;
    let row = move |obstacle: Obstacle| {
        let place = place_of(&obstacle);
        let label = words(move || desk_say::obstacle(&obstacle, desk.language.get()));
        let link = element("button").attr("type", "button").class("link").on("click", move |_| {
            shell::focus(place);
        });
        element("li").child(link.child(label)).view()
    };
    live(move || {
        let setup = editing.survey().state == SurveyState::Setup;
        let obstacles = editing.obstacles().filter(|_| setup).unwrap_or_default();
        (!obstacles.is_empty()).then(|| {
            let rows: Vec<View> = obstacles.into_iter().map(row).collect();
            element("div")
                .class("notice notice-caution")
                .attr("data-obstacles", "")
                .child(element("p").child(element("strong").child(desk.text(desk_say::before_opening))))
                .child(element("ul").class("plain-list").child(rows))
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
        Obstacle::NoRecovery => "sealing",
        Obstacle::NoHelplines | Obstacle::HelplineToConfirm(_) => "helplines",
    }
}
