use leptos::prelude::*;

use super::act::{add_examples, button, examples_notice, link, open, put_into, remove_survey};
use super::app::{frame, name_of};
use super::bridge::{Instrument, Listed};
use super::frame::{Desk, each};
use super::live::{live_if, words};
use super::route::Route;
use super::take::opener;
use crate::i18n::{desk as say, setup};
use crate::summary::View;
use crate::survey::{Subject, SurveyState};

const PRIMARY: &str = "button button-primary";
const PLAIN: &str = "button";
const QUIET: &str = "button button-quiet";

/// Every survey of this device, and the way to another.
pub(super) fn screen(desk: Desk) -> AnyView {
    let ids = Memo::new(move |_| {
        desk.listed.with(|listed| {
            let all = listed.iter().flatten();
            all.map(|one| one.survey.id.clone()).collect::<Vec<_>>()
        })
    });
    let loading = move || {
        let waiting = desk.listed.with(Option::is_none) && desk.trouble.with(Option::is_none);
        waiting.then(|| view! { <p class="soft">{desk.text(say::loading)}</p> })
    };
    let new = |act, route: Route, words: super::frame::Words| {
        link(act, PLAIN, route.href(), move || words(desk.language.get()).to_owned())
    };
    let inside = view! {
        <div class="desk-head">
            <h1>{desk.text(say::surveys)}</h1>
            <p class="soft">{desk.text(say::surveys_hint)}</p>
        </div>
        {live_if(loading)}
        <ul class="surveys">
            {each(ids, move |id| card(desk, id))}
        </ul>
        <section class="desk-new stack" aria-labelledby="new-title">
            <h2 id="new-title">{desk.text(say::create)}</h2>
            <p class="soft">{desk.text(say::create_hint)}</p>
            <div class="row">
                {new("new-event", Route::NewEvent, say::new_event)}
                {new("new-study", Route::NewStudy, say::new_study)}
            </div>
        </section>
    }
    .into_any();
    frame("surveys", desk, inside, false)
}

fn card(desk: Desk, id: String) -> AnyView {
    let found = {
        let id = id.clone();
        Memo::new(move |_| desk.find(&id))
    };
    let state = Memo::new(move |_| found.with(|one| one.as_ref().map(|one| one.survey.state)));
    let inside = move || {
        found.get().map(|listed| {
            let kind = kind_of(&listed);
            let survey = listed.survey.clone();
            view! {
                <div class="survey-head">
                    <h2>{words(move || name_of(desk, &survey).to_string())}</h2>
                    <p class="row survey-badges">{badges(desk, &listed, kind)}</p>
                </div>
                {facts(desk, &listed)}
                {examples_notice(desk, &listed)}
                {obstacles(desk, &listed)}
                {acts(desk, &listed)}
            }
        })
    };
    view! {
        <li class="card survey" data-survey=id data-state=move || state.get().map(state_mark)>
            {live_if(inside)}
        </li>
    }
    .into_any()
}

fn state_mark(state: SurveyState) -> &'static str {
    match state {
        SurveyState::Setup => "setup",
        SurveyState::Open => "open",
        SurveyState::Closed => "closed",
    }
}

fn kind_of(listed: &Listed) -> super::frame::Words {
    match Instrument::of(&listed.survey.subject) {
        Instrument::Visit => say::kind_event,
        Instrument::Study => say::kind_study,
    }
}

fn badges(desk: Desk, listed: &Listed, kind: super::frame::Words) -> AnyView {
    let state = listed.survey.state;
    let class = match state {
        SurveyState::Setup => "badge badge-caution",
        SurveyState::Open => "badge badge-good",
        SurveyState::Closed => "badge",
    };
    let wave = listed.survey.wave();
    let first = matches!(wave.as_str(), "1" | "post");
    view! {
        <span class=class>{words(move || say::survey_state(state, desk.language.get()).to_string())}</span>
        <span class="badge badge-plain">{desk.text(kind)}</span>
        {(!first).then(|| view! {
            <span class="badge badge-plain">{words(move || say::wave_named(&wave, desk.language.get()).to_string())}</span>
        })}
    }
    .into_any()
}

/// How many answered, of how many, and when last.
fn facts(desk: Desk, listed: &Listed) -> AnyView {
    let (counts, people, expected) = (listed.counts, listed.people(), listed.survey.expected);
    let covered = expected.filter(|_| people > 0).map(|expected| {
        view! { <li>{words(move || say::coverage(people, expected, desk.language.get()).to_string())}</li> }
    });
    view! {
        <ul class="survey-facts soft" data-finished=counts.finished.to_string() data-drafts=counts.drafts.to_string()>
            <li>{words(move || say::counts(&counts, desk.language.get()).to_string())}</li>
            {covered}
            <li>{words(move || say::last_activity(counts.last, desk.language.get()).to_string())}</li>
        </ul>
    }
    .into_any()
}

/// What still keeps it from being opened, while it is set up.
fn obstacles(desk: Desk, listed: &Listed) -> Option<AnyView> {
    let obstacles = listed.survey.obstacles();
    let shown = listed.survey.state == SurveyState::Setup && !obstacles.is_empty();
    let row = move |obstacle| view! { <li>{words(move || say::obstacle(&obstacle, desk.language.get()).to_string())}</li> };
    shown.then(|| {
        view! {
            <div class="notice notice-caution" data-obstacles="">
                <p><strong>{desk.text(say::before_opening)}</strong></p>
                <ul class="plain-list">{obstacles.into_iter().map(row).collect_view()}</ul>
            </div>
        }
        .into_any()
    })
}

fn acts(desk: Desk, listed: &Listed) -> AnyView {
    let words = move |words: super::frame::Words| move || words(desk.language.get()).to_owned();
    let id = listed.survey.id.clone();
    let to = |act, class, route: Route, label| link(act, class, route.href(), words(label));
    let opens = |class, label| {
        let listed = listed.clone();
        button(desk, "open", class, words(label), move || open(desk, &listed))
    };
    let closes = || {
        let survey = listed.survey.clone();
        button(desk, "close", PLAIN, words(say::close), move || put_into(desk, &survey, SurveyState::Closed))
    };
    let answered = listed.counts.finished > 0;
    let ready = listed.survey.obstacles().is_empty();
    let first: Vec<AnyView> = match listed.survey.state {
        SurveyState::Setup => {
            let edit = if ready { PLAIN } else { PRIMARY };
            let mut acts = vec![to("edit", edit, Route::Edit(id.clone()), say::set_up)];
            if ready {
                acts.insert(0, opens(PRIMARY, say::open));
            }
            acts
        }
        SurveyState::Open => vec![link("fill", PRIMARY, ["#/fill/", &id].concat(), words(say::fill_in))],
        SurveyState::Closed => vec![],
    };
    let results = (answered || listed.survey.state != SurveyState::Setup).then(|| {
        let class = if listed.survey.state == SurveyState::Closed { PRIMARY } else { PLAIN };
        view! {
            {to("summary", class, Route::summary(&id), say::summary)}
            {to("responses", PLAIN, Route::Responses(id.clone()), say::responses)}
            {answered.then(|| opener(desk, PLAIN, id.clone(), View::default))}
        }
    });
    let last: Vec<AnyView> = match listed.survey.state {
        SurveyState::Setup => vec![],
        SurveyState::Open => vec![closes()],
        SurveyState::Closed => vec![opens(PLAIN, say::reopen)],
    };
    view! {
        <div class="survey-acts row">{first}{results}{last}</div>
        <div class="survey-more row">{rarer(desk, listed)}</div>
    }
    .into_any()
}

/// What is done seldom: edit what is in use, go back to setting up, next wave, examples, removal.
fn rarer(desk: Desk, listed: &Listed) -> AnyView {
    let words = move |words: super::frame::Words| move || words(desk.language.get()).to_owned();
    let (survey, id) = (listed.survey.clone(), listed.survey.id.clone());
    let in_use = survey.state != SurveyState::Setup;
    let mut acts = Vec::new();
    if in_use {
        acts.push(link("edit", QUIET, Route::Edit(id.clone()).href(), words(say::edit)));
    }
    if in_use && listed.untouched() {
        let survey = survey.clone();
        let back = move || put_into(desk, &survey, SurveyState::Setup);
        acts.push(button(desk, "setup", QUIET, words(say::back_to_setup), back));
    }
    if in_use && survey.next_wave().is_some() {
        let label = next_label(&survey.subject);
        acts.push(link("next-wave", QUIET, Route::Next(id).href(), move || label(desk)));
    }
    // Never among people's responses.
    if listed.untouched() {
        let number = Instrument::of(&survey.subject).examples();
        let survey = survey.clone();
        let label = move || say::examples_try_with(number, desk.language.get());
        acts.push(button(desk, "examples", QUIET, label, move || add_examples(desk, &survey)));
    }
    if !in_use && !listed.bundled && listed.untouched() {
        let remove = move || remove_survey(desk, &survey);
        acts.push(button(desk, "remove-survey", QUIET, words(setup::remove), remove));
    }
    acts.into_any()
}

/// What the act that prepares the next wave says.
pub(super) fn next_label(subject: &Subject) -> impl Fn(Desk) -> String + Send + Clone + 'static {
    let wave = match subject {
        Subject::Event(_) => None,
        Subject::Study(study) => Some(study.wave + 1),
    };
    move |desk: Desk| match wave {
        None => say::next_follow_up(desk.language.get()).to_owned(),
        Some(wave) => say::next_wave(wave, desk.language.get()),
    }
}
