use leptos::prelude::*;

use super::act::{
    add_examples, button, erase_survey, examples_notice, link, newer_notice, open, put_into, remove_survey,
};
use super::app::{frame, name_of, waiting};
use super::bridge::{Listed, examples_of};
use super::copies;
use super::frame::{Desk, Words, each};
use super::join;
use super::responses::damaged;
use super::route::Route;
use super::storage;
use super::take::opener;
use crate::i18n::{
    desk as say, enter, lend, link as link_say, own, paper as paper_say, seal, setup, storage as storage_say,
};
use crate::survey::{Subject, SurveyState};
use crate::ui::parts::{View, element, live, newer, words};

const PRIMARY: &str = "button button-primary";
const PLAIN: &str = "button";
const QUIET: &str = "button button-quiet";

/// Every survey of this device, and the way to another.
pub(super) fn screen(desk: Desk) -> View {
    let ids =
        move || desk.listed.with(|listed| listed.iter().flatten().map(|one| one.survey.id.clone()).collect());
    let head = element("div")
        .class("desk-head")
        .child(element("h1").child(desk.text(say::surveys)))
        .child(element("p").class("soft").child(desk.text(say::surveys_hint)))
        .child(element("p").child(link("storage", QUIET, &Route::Storage, desk.text(storage_say::link))));
    let more = element("section")
        .class("desk-new stack")
        .attr("aria-labelledby", "new-title")
        .child(element("h2").id("new-title").child(desk.text(say::create)))
        .child(element("p").class("soft").child(desk.text(say::create_hint)))
        .child(
            element("div")
                .class("row")
                .child(link("new-event", PLAIN, &Route::NewEvent, desk.text(say::new_event)))
                .child(link("new-study", PLAIN, &Route::NewStudy, desk.text(say::new_study)))
                .child(link("new-form", PLAIN, &Route::NewForm, desk.text(own::new_form))),
        );
    let inside = View::Several(vec![
        head.view(),
        newer(desk.language).view(),
        live(move || {
            let (newer, broken) = desk.unread.get();
            [
                newer_notice(newer, say::newer_surveys, desk).into(),
                damaged(desk, broken, "", say::damaged_surveys),
            ]
        }),
        storage::safari_notice(desk),
        waiting(desk, say::loading, move || desk.listed.with(Option::is_none)),
        element("ul").class("surveys").child(each(ids, move |id| card(desk, id))).view(),
        more.view(),
        join::section(desk),
    ]);
    frame("surveys", desk, inside, false)
}

fn card(desk: Desk, id: String) -> View {
    let state = {
        let id = id.clone();
        move || desk.find(&id).map(|one| state_mark(one.survey.state).to_owned())
    };
    let own = id.clone();
    let inside = live(move || {
        let listed = desk.find(&id)?;
        let survey = listed.survey.clone();
        let head = element("div")
            .class("survey-head")
            .child(element("h2").child(words(move || name_of(desk, &survey))))
            .child(element("p").class("row survey-badges").child(badges(desk, &listed)));
        let parts: Vec<View> = vec![
            head.view(),
            facts(desk, &listed),
            copies::notices(desk, &listed, true),
            examples_notice(desk, &listed).into(),
            obstacles(desk, &listed),
            acts(desk, &listed),
        ];
        Some(View::Several(parts))
    });
    element("li")
        .class("card survey")
        .attr("data-survey", &own)
        .attr_with("data-state", state)
        .child(inside)
        .view()
}

fn state_mark(state: SurveyState) -> &'static str {
    match state {
        SurveyState::Setup => "setup",
        SurveyState::Open => "open",
        SurveyState::Closed => "closed",
    }
}

fn badges(desk: Desk, listed: &Listed) -> View {
    let state = listed.survey.state;
    let class = match state {
        SurveyState::Setup => "badge badge-caution",
        SurveyState::Open => "badge badge-good",
        SurveyState::Closed => "badge",
    };
    let kind: Words = match listed.survey.subject {
        Subject::Event(_) => say::kind_event,
        Subject::Study(_) => say::kind_study,
        Subject::Own(_) => own::kind,
    };
    let wave = listed.survey.wave();
    let first = matches!(wave.as_str(), "1" | "post");
    let badge = |class: &str, label: View| element("span").class(class).child(label).view();
    let mut all = vec![
        badge(class, words(move || say::survey_state(state, desk.language.get()).to_owned())),
        badge("badge badge-plain", desk.text(kind)),
    ];
    if listed.survey.seal.is_some() {
        all.push(badge("badge badge-plain", desk.text(seal::badge)));
    }
    if !first {
        all.push(badge("badge badge-plain", words(move || say::wave_named(&wave, desk.language.get()))));
    }
    View::Several(all)
}

/// How many answered, of how many, and when last.
fn facts(desk: Desk, listed: &Listed) -> View {
    let (counts, people, expected) = (listed.counts, listed.people(), listed.survey.expected);
    let fact = |label: View| element("li").child(label).view();
    let mut all = vec![fact(words(move || say::counts(&counts, desk.language.get())))];
    if let Some(expected) = expected.filter(|_| people > 0) {
        all.push(fact(words(move || say::coverage(people, expected, desk.language.get()))));
    }
    all.push(fact(words(move || say::last_activity(counts.last, desk.language.get()))));
    element("ul")
        .class("survey-facts soft")
        .attr("data-finished", &counts.finished.to_string())
        .attr("data-drafts", &counts.drafts.to_string())
        .attr("data-sealed", &counts.sealed.to_string())
        .child(all)
        .view()
}

/// What still keeps it from being opened, while it is set up.
fn obstacles(desk: Desk, listed: &Listed) -> View {
    let obstacles = listed.survey.obstacles();
    if listed.survey.state != SurveyState::Setup || obstacles.is_empty() {
        return View::Nothing;
    }
    let row =
        |obstacle| element("li").child(words(move || say::obstacle(&obstacle, desk.language.get()))).view();
    let rows: Vec<View> = obstacles.into_iter().map(row).collect();
    element("div")
        .class("notice notice-caution")
        .attr("data-obstacles", "")
        .child(element("p").child(element("strong").child(desk.text(say::before_opening))))
        .child(element("ul").class("plain-list").child(rows))
        .view()
}

fn acts(desk: Desk, listed: &Listed) -> View {
    let id = listed.survey.id.clone();
    let to = |act, class, route: Route, label| link(act, class, &route, desk.text(label));
    let opens = |class, label| {
        let listed = listed.clone();
        button(desk, "open", class, desk.text(label), move || open(desk, &listed))
    };
    let answered = listed.counts.finished > 0;
    let ready = listed.survey.obstacles().is_empty();
    let state = listed.survey.state;
    let mut all: Vec<View> = Vec::new();
    match state {
        SurveyState::Setup => {
            if ready {
                all.push(opens(PRIMARY, say::open));
            }
            all.push(to("edit", if ready { PLAIN } else { PRIMARY }, Route::Edit(id.clone()), say::set_up));
        }
        SurveyState::Open => {
            let fill =
                element("a").class(PRIMARY).attr("data-act", "fill").attr("href", &["#/fill/", &id].concat());
            all.push(fill.child(desk.text(say::fill_in)).view());
            all.push(to("lend", PLAIN, Route::Lend(id.clone()), lend::lend));
            all.push(to("link", PLAIN, Route::Link(id.clone()), link_say::show));
            all.push(to("enter", PLAIN, Route::Enter(id.clone()), enter::title));
        }
        SurveyState::Closed => {}
    }
    if answered || state != SurveyState::Setup {
        let class = if state == SurveyState::Closed { PRIMARY } else { PLAIN };
        // What is sealed cannot be counted here.
        if survey_is_readable(listed) {
            all.push(to("summary", class, Route::summary(&id), say::summary));
        }
        all.push(to("responses", PLAIN, Route::Responses(id.clone()), say::responses));
        if answered {
            all.push(opener(desk, PLAIN, id, Default::default));
        }
    }
    match state {
        SurveyState::Setup => {}
        SurveyState::Open => {
            let survey = listed.survey.clone();
            let close = move || put_into(desk, &survey, SurveyState::Closed);
            all.push(button(desk, "close", PLAIN, desk.text(say::close), close));
        }
        SurveyState::Closed => all.push(opens(PLAIN, say::reopen)),
    }
    View::Several(vec![
        element("div").class("survey-acts row").child(all).view(),
        element("div").class("survey-more row").child(rarer(desk, listed)).view(),
    ])
}

/// What is done seldom: edit what is in use, go back to setting up, next wave, examples, removal.
fn rarer(desk: Desk, listed: &Listed) -> Vec<View> {
    let (survey, id) = (listed.survey.clone(), listed.survey.id.clone());
    let in_use = survey.state != SurveyState::Setup;
    let mut acts = Vec::new();
    if in_use {
        acts.push(link("edit", QUIET, &Route::Edit(id.clone()), desk.text(say::edit)));
    }
    acts.push(link("paper", QUIET, &Route::Paper(id.clone()), desk.text(paper_say::print)));
    if survey.seal.is_some() || (!in_use && listed.untouched()) {
        acts.push(link("seal", QUIET, &Route::Seal(id.clone()), desk.text(seal::title)));
    }
    if in_use && listed.untouched() {
        let survey = survey.clone();
        let back = move || put_into(desk, &survey, SurveyState::Setup);
        acts.push(button(desk, "setup", QUIET, desk.text(say::back_to_setup), back));
    }
    if in_use && survey.next_wave().is_some() {
        acts.push(link("next-wave", QUIET, &Route::Next(id), next_label(desk, &survey.subject)));
    }
    // Never among people's responses, nor where they will be sealed.
    if listed.untouched() && survey.seal.is_none() {
        let number = examples_of(&survey.subject);
        let survey = survey.clone();
        let label = words(move || say::examples_try_with(number, desk.language.get()));
        acts.push(button(desk, "examples", QUIET, label, move || add_examples(desk, &survey)));
    }
    if survey.state == SurveyState::Closed && !listed.untouched() {
        let listed = listed.clone();
        let erase = move || erase_survey(desk, &listed);
        acts.push(button(desk, "erase-survey", QUIET, desk.text(say::erase), erase));
    }
    if survey.state != SurveyState::Open && !listed.bundled && listed.untouched() {
        let remove = move || remove_survey(desk, &survey);
        acts.push(button(desk, "remove-survey", QUIET, desk.text(setup::remove), remove));
    }
    acts
}

/// Whether there is something to count, or there will be without a key.
pub(super) fn survey_is_readable(listed: &Listed) -> bool {
    listed.survey.seal.is_none() || listed.counts.finished > 0
}

/// What the act that prepares the next wave says.
pub(super) fn next_label(desk: Desk, subject: &Subject) -> View {
    let wave = match subject {
        Subject::Event(_) => None,
        Subject::Study(study) => Some(study.wave + 1),
        Subject::Own(own) => Some(own.wave + 1),
    };
    words(move || match wave {
        None => say::next_follow_up(desk.language.get()).to_owned(),
        Some(wave) => say::next_wave(wave, desk.language.get()),
    })
}
