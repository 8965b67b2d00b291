use leptos::prelude::*;
use leptos::task::spawn_local;

use super::act::{button, download_damaged, examples_notice, link};
use super::app::{frame, name_of, with_survey};
use super::bridge::Listed;
use super::frame::{Desk, Words};
use super::live::{live_if, words};
use super::route::Route;
use super::take::opener;
use crate::form::Date;
use crate::i18n::{desk as say, format};
use crate::summary::View;

/// Days with how many responses, and how many of those are examples.
type Days = Vec<(Date, usize, usize)>;

/// How many responses there are, in which state, finished on which day. Never what anybody answered.
pub(super) fn screen(desk: Desk, id: String) -> AnyView {
    let inside = with_survey(desk, id, move |id| counts(desk, id.to_owned()));
    frame("responses", desk, inside, true)
}

fn counts(desk: Desk, id: String) -> AnyView {
    let found = {
        let id = id.clone();
        Memo::new(move |_| desk.find(&id))
    };
    let days: RwSignal<Option<Days>> = RwSignal::new(None);
    {
        let id = id.clone();
        // Read anew when the number of responses has changed, and not otherwise.
        let finished = Memo::new(move |_| found.with(|one| one.as_ref().map(|one| one.counts.finished)));
        Effect::new(move |_| {
            finished.track();
            let id = id.clone();
            spawn_local(async move {
                match desk.bridge().days(&id).await {
                    Ok(read) => {
                        days.try_set(Some(read));
                    }
                    Err(trouble) => desk.trouble.set(Some(trouble)),
                }
            });
        });
    }
    live_if(move || {
        found.get().map(|listed| {
            let survey = listed.survey.clone();
            let summary = Route::summary(&listed.survey.id).href();
            view! {
                <div class="desk-head">
                    <h1>{desk.text(say::responses)}</h1>
                    <p class="survey-name">{words(move || name_of(desk, &survey).to_string())}</p>
                    <p class="soft">{desk.text(say::responses_hint)}</p>
                </div>
                <div class="row toolbar">
                    {link("summary", "button button-primary", summary, move || say::summary(desk.language.get()).to_owned())}
                    {(listed.counts.finished > 0)
                        .then(|| opener(desk, "button", listed.survey.id.clone(), View::default))}
                </div>
                {examples_notice(desk, &listed)}
                {states(desk, &listed)}
                {damaged(desk, &listed)}
                {by_day(desk, days)}
            }
        })
    })
}

fn states(desk: Desk, listed: &Listed) -> AnyView {
    let counts = listed.counts;
    let row = |mark: &'static str, indent: bool, words: Words, number: usize| {
        let class = indent.then_some("indent");
        view! {
            <tr data-state=mark class=class>
                <th scope="row">{desk.text(words)}</th>
                <td data-count=number.to_string()>{format::integer(number as i64)}</td>
            </tr>
        }
    };
    view! {
        <section class="card">
            <table class="counts">
                <caption class="visually-hidden">{desk.text(say::responses)}</caption>
                <thead>
                    <tr><th scope="col">{desk.text(say::state)}</th><th scope="col">{desk.text(say::how_many)}</th></tr>
                </thead>
                <tbody>
                    {row("finished", false, say::finished, counts.finished)}
                    {row("people", true, say::of_people, listed.people())}
                    {row("examples", true, say::of_examples, counts.examples)}
                    {row("drafts", false, say::under_way, counts.drafts)}
                    {row("damaged", false, say::damaged, counts.damaged)}
                </tbody>
            </table>
            <p class="hint">{desk.text(say::under_way_hint)}</p>
        </section>
    }
    .into_any()
}

fn damaged(desk: Desk, listed: &Listed) -> Option<AnyView> {
    let id = listed.survey.id.clone();
    (listed.counts.damaged > 0).then(|| {
        let take = button(
            desk,
            "download-damaged",
            "button",
            move || say::damaged_download(desk.language.get()).to_owned(),
            move || download_damaged(desk, &id),
        );
        view! { <div class="notice notice-bad stack"><p>{desk.text(say::damaged_hint)}</p><div>{take}</div></div> }
            .into_any()
    })
}

fn by_day(desk: Desk, days: RwSignal<Option<Days>>) -> AnyView {
    let row = move |(day, count, examples): (Date, usize, usize), most: usize| {
        let style = ["inline-size:", &(count * 100).checked_div(most).unwrap_or(0).to_string(), "%"].concat();
        let note = (examples > 0 && examples < count).then(|| {
            view! { " (" {format::integer(examples as i64)} " " {desk.text(say::of_examples)} ")" }
        });
        view! {
            <tr data-day=day.to_string()>
                <th scope="row">{words(move || format::date(day, desk.language.get()).to_string())}</th>
                <td data-count=count.to_string()>{format::integer(count as i64)} <span class="soft">{note}</span></td>
                <td class="day-bar" aria-hidden="true"><span style=style></span></td>
            </tr>
        }
    };
    live_if(move || {
        days.get().map(|days| {
            let most = days.iter().map(|(_, count, _)| *count).max().unwrap_or(0);
            let table = if days.is_empty() {
                view! { <p class="soft">{desk.text(say::none_yet)}</p> }.into_any()
            } else {
                view! {
                    <table class="counts days">
                        <thead>
                            <tr>
                                <th scope="col">{desk.text(say::day)}</th>
                                <th scope="col">{desk.text(say::how_many)}</th>
                                <td></td>
                            </tr>
                        </thead>
                        <tbody>{days.into_iter().map(|day| row(day, most)).collect_view()}</tbody>
                    </table>
                }
                .into_any()
            };
            view! { <section class="card stack"><h2>{desk.text(say::by_day)}</h2>{table}</section> }
        })
    })
}
