use leptos::prelude::*;
use leptos::task::spawn_local;

use super::act::{button, download_damaged, examples_notice, link, newer_notice};
use super::app::{frame, name_of, with_survey};
use super::bridge::Listed;
use super::copies;
use super::frame::{Desk, Words};
use super::route::Route;
use super::surveys::survey_is_readable;
use super::table::{self, Importing};
use super::take::opener;
use crate::form::Date;
use crate::i18n::{desk as say, format, method, seal};
use crate::ui::parts::{View, Watched, element, live, words};

/// Days with how many responses, and how many of those are examples; and how many responses a newer version wrote.
type Days = (Vec<(Date, usize, usize)>, usize);

/// How many responses there are, in which state, finished on which day. Never what anybody answered.
pub(super) fn screen(desk: Desk, id: String) -> View {
    let inside = with_survey(desk, id, move |id| counts(desk, id.to_owned()));
    frame("responses", desk, inside, true)
}

fn counts(desk: Desk, id: String) -> View {
    let days: Watched<Option<Days>> = Watched::new(None);
    {
        let id = id.clone();
        // Read anew when the number of responses has changed, and not otherwise.
        Effect::new(move |before: Option<Option<usize>>| {
            let finished = desk.find(&id).map(|one| one.counts.finished);
            if before != Some(finished) {
                let id = id.clone();
                spawn_local(async move {
                    match desk.bridge().days(&id).await {
                        Ok(read) => days.set(Some(read)),
                        Err(trouble) => desk.trouble.set(Some(trouble)),
                    }
                });
            }
            finished
        });
    }
    let entering = copies::Entering::new();
    let importing = Importing::new(desk);
    live(move || {
        let listed = desk.find(&id)?;
        let survey = listed.survey.clone();
        let head = element("div")
            .class("desk-head")
            .child(element("h1").child(desk.text(say::responses)))
            .child(element("p").class("survey-name").child(words(move || name_of(desk, &survey))))
            .child(element("p").class("soft").child(desk.text(say::responses_hint)));
        let summary = Route::summary(&id);
        let take = (listed.counts.finished > 0).then(|| opener(desk, "button", id.clone(), Default::default));
        let tools = element("div")
            .class("row toolbar")
            .child(
                survey_is_readable(&listed)
                    .then(|| link("summary", "button button-primary", &summary, desk.text(say::summary))),
            )
            .child(take);
        Some(View::Several(vec![
            head.view(),
            tools.view(),
            examples_notice(desk, &listed).into(),
            sealed(desk, &listed),
            states(desk, &listed),
            live(move || newer_notice(days.get()?.1, method::newer, desk)),
            damaged(desk, listed.counts.damaged, &id, say::damaged_hint),
            by_day(desk, days),
            copies::section(desk, &listed, entering),
            table::section(importing, &listed),
        ]))
    })
}

/// Why there is no summary of what is sealed, and the way to open it.
fn sealed(desk: Desk, listed: &Listed) -> View {
    if listed.survey.seal.is_none() {
        return View::Nothing;
    }
    let why = (!survey_is_readable(listed)).then(|| element("p").child(desk.text(seal::no_summary)));
    let to = Route::Seal(listed.survey.id.clone());
    element("div")
        .class("notice stack")
        .attr("data-sealed", "")
        .child(why)
        .child(element("p").child(desk.text(seal::unfinished_hint)))
        .child(element("div").child(link("seal", "button", &to, desk.text(seal::open_title))))
        .view()
}

fn states(desk: Desk, listed: &Listed) -> View {
    let counts = listed.counts;
    let row = |mark: &str, indent: bool, words: Words, number: usize| {
        element("tr")
            .attr("data-state", mark)
            .attr_if("class", indent.then_some("indent"))
            .child(element("th").attr("scope", "row").child(desk.text(words)))
            .child(
                element("td").attr("data-count", &number.to_string()).text(&format::integer(number as i64)),
            )
            .view()
    };
    let column = |words: Words| element("th").attr("scope", "col").child(desk.text(words)).view();
    let head = element("tr").child(column(say::state)).child(column(say::how_many));
    let sealed = listed.survey.seal.is_some().then(|| {
        let rows = [
            row("sealed", false, seal::finished, counts.sealed),
            row("unfinished", false, seal::unfinished, counts.unfinished),
        ];
        View::Several(rows.into())
    });
    let body = element("tbody").child([
        row("finished", false, say::finished, counts.finished),
        row("people", true, say::of_people, listed.people()),
        row("examples", true, say::of_examples, counts.examples),
        row("drafts", false, say::under_way, counts.drafts),
        row("damaged", false, say::damaged, counts.damaged),
        sealed.into(),
    ]);
    let table = element("table")
        .class("counts")
        .child(element("caption").class("visually-hidden").child(desk.text(say::responses)))
        .child(element("thead").child(head))
        .child(body);
    let hint = element("p").class("hint").child(desk.text(say::under_way_hint));
    element("section").class("card").child(table).child(hint).view()
}

/// How what is damaged can be taken away, where there is any: of a survey, or of the empty name the surveys themselves.
pub(super) fn damaged(desk: Desk, count: usize, survey: &str, hint: Words) -> View {
    if count == 0 {
        return View::Nothing;
    }
    let id = survey.to_owned();
    let take = button(desk, "download-damaged", "button", desk.text(say::damaged_download), move || {
        download_damaged(desk, &id);
    });
    element("div")
        .class("notice notice-bad stack")
        .child(element("p").child(desk.text(hint)))
        .child(element("div").child(take))
        .view()
}

fn by_day(desk: Desk, days: Watched<Option<Days>>) -> View {
    let row = move |(day, count, examples): (Date, usize, usize), most: usize| {
        let style = ["inline-size:", &(count * 100).checked_div(most).unwrap_or(0).to_string(), "%"].concat();
        let note = (examples > 0 && examples < count).then(|| {
            let number = [" (", &format::integer(examples as i64), " "].concat();
            View::Several(vec![View::Text(number), desk.text(say::of_examples), View::Text(")".to_owned())])
        });
        element("tr")
            .attr("data-day", &day.to_string())
            .child(
                element("th")
                    .attr("scope", "row")
                    .child(words(move || format::date(day, desk.language.get()))),
            )
            .child(
                element("td")
                    .attr("data-count", &count.to_string())
                    .text(&format::integer(count as i64))
                    .child(element("span").class("soft").child(note)),
            )
            .child(
                element("td")
                    .class("day-bar")
                    .attr("aria-hidden", "true")
                    .child(element("span").attr("style", &style)),
            )
            .view()
    };
    live(move || {
        let (days, _) = days.get()?;
        let most = days.iter().map(|(_, count, _)| *count).max().unwrap_or(0);
        let table = if days.is_empty() {
            element("p").class("soft").child(desk.text(say::none_yet))
        } else {
            let column = |words: Words| element("th").attr("scope", "col").child(desk.text(words)).view();
            let head =
                element("tr").child(column(say::day)).child(column(say::how_many)).child(element("td"));
            let rows: Vec<View> = days.into_iter().map(|day| row(day, most)).collect();
            element("table")
                .class("counts days")
                .child(element("thead").child(head))
                .child(element("tbody").child(rows))
        };
        let title = element("h2").child(desk.text(say::by_day));
        Some(element("section").class("card stack").child(title).child(table))
    })
}
