//! Copies of responses: where they are, the one tap that copies them, receipts, and deleting what is elsewhere. Nothing
//! counts as copied because a file was made: it was handed over, or somebody has seen it; and nothing goes without a yes.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::act::{button, make_file};
use super::bridge::{Listed, Ready, Trouble};
use super::frame::{Desk, Words};
use crate::browser::share::{Sent, send};
use crate::browser::{clock, dom, file};
use crate::i18n::{Language, copies as say, desk as desk_say, format, join as join_say, seal as seal_say};
use crate::job::{Job, ReceiptRead};
use crate::store::{CopyMade, Reach, Safety, Urgency};
use crate::ui::parts::{Asked, View, Watched, element, live, words};

const PRIMARY: &str = "button button-primary";
const PLAIN: &str = "button";
const RECEIPT: &str = "receipt-typed";

/// Copies what people answered: makes the file, reads it back, and hands it over or offers it as a download.
fn copy(desk: Desk, survey: &str) {
    let (bridge, survey) = (desk.bridge(), survey.to_owned());
    desk.act(async move {
        let ready = bridge.copy(&survey).await?;
        give(desk, ready, true).await
    });
}

/// Gives a copy away. `sending`: to another program, where the browser can.
async fn give(desk: Desk, ready: Ready, sending: bool) -> Result<Option<String>, Trouble> {
    let language = desk.language.get_untracked();
    let name = [&ready.name, ".txt"].concat();
    let sent = if sending { send(&name, "text/plain", &ready.file).await } else { Sent::Impossible };
    let (arrived, said) = match sent {
        Sent::NotNow => {
            desk.ready.set(Some(ready));
            return Ok(None);
        }
        Sent::Given => (Some(clock::today()), say::sent(language).to_owned()),
        Sent::Impossible => {
            file::offer_file(&ready.name, &ready.media_type, &ready.file)?;
            (None, desk_say::downloaded(&ready.name, language))
        }
    };
    desk.ready.set(None);
    desk.bridge().note(&ready.survey, CopyMade { arrived, ..ready.copy }).await?;
    Ok(Some(said))
}

fn give_ready(desk: Desk, sending: bool) {
    if let Some(ready) = desk.ready.get_untracked() {
        desk.act(give(desk, ready, sending));
    }
}

/// What is to be said of the copies of a survey's responses. `acting`: with the act that makes one.
pub(super) fn notices(desk: Desk, listed: &Listed, acting: bool) -> View {
    let (id, retention) = (listed.survey.id.clone(), listed.survey.retention);
    live(move || {
        let safety = desk.safety_of(&id)?;
        let ready = desk
            .ready
            .with(|ready| ready.as_ref().filter(|ready| ready.survey == id).map(|ready| ready.copy.count));
        let first = match (ready, &safety.pending) {
            (Some(count), _) => given(desk, count),
            (None, Some(copy)) => pending(desk, &id, copy),
            (None, None) => reminder(desk, &id, &safety, acting),
        };
        let days = retention.unwrap_or_default();
        Some(View::Several(vec![first, due(desk, &id, &safety, days), overdue(desk, &safety, days)]))
    })
}

fn reminder(desk: Desk, id: &str, safety: &Safety, acting: bool) -> View {
    let held = safety.only_here;
    let Some(urgency) = held.urgency(clock::today()) else { return View::Nothing };
    let (class, mark) = match urgency {
        Urgency::Calm => ("notice stack", "calm"),
        Urgency::Remind => ("notice notice-caution stack", "remind"),
        Urgency::Warn => ("notice notice-bad stack", "warn"),
    };
    let id = id.to_owned();
    let act = acting.then(|| {
        let label = desk.text(say::copy);
        element("div").child(button(desk, "copy", PLAIN, label, move || copy(desk, &id)))
    });
    element("div")
        .class(class)
        .attr("data-reminder", mark)
        .attr("data-only-here", &held.count.to_string())
        .child(element("p").child(words(move || say::only_here(&held, clock::today(), desk.language.get()))))
        .child(act)
        .view()
}

/// A copy that could not be handed over by the tap that made it.
fn given(desk: Desk, count: usize) -> View {
    let acts = element("div")
        .class("row")
        .child(button(desk, "send", PRIMARY, desk.text(say::send), move || give_ready(desk, true)))
        .child(button(desk, "download-copy", PLAIN, desk.text(say::download), move || {
            give_ready(desk, false)
        }));
    element("div")
        .class("notice notice-good stack")
        .attr("data-copy", "ready")
        .child(element("p").child(words(move || say::ready(count, desk.language.get()))))
        .child(acts)
        .view()
}

/// A copy that was downloaded, which nobody can see from here.
fn pending(desk: Desk, id: &str, made: &CopyMade) -> View {
    let (count, day) = (made.count, made.made);
    let seen = {
        let (id, made) = (id.to_owned(), made.clone());
        move || {
            let (bridge, id, language) = (desk.bridge(), id.clone(), desk.language.get_untracked());
            let copy = CopyMade { arrived: Some(clock::today()), ..made.clone() };
            desk.act(async move {
                bridge.note(&id, copy).await?;
                Ok(Some(say::noted(language).to_owned()))
            });
        }
    };
    let id = id.to_owned();
    let acts = element("div")
        .class("row")
        .child(button(desk, "copy-seen", PRIMARY, desk.text(say::seen), seen))
        .child(button(desk, "copy-again", PLAIN, desk.text(say::not_seen), move || copy(desk, &id)));
    element("div")
        .class("notice notice-caution stack")
        .attr("data-copy", "pending")
        .child(element("p").child(words(move || say::pending(count, day, desk.language.get()))))
        .child(acts)
        .view()
}

fn due(desk: Desk, id: &str, safety: &Safety, days: u32) -> View {
    let count = safety.due.count;
    if count == 0 {
        return View::Nothing;
    }
    let reach = safety.reach_of_due(days, clock::today());
    element("div")
        .class("notice notice-warm stack")
        .attr("data-due", &count.to_string())
        .child(element("p").child(words(move || say::due(count, days, desk.language.get()))))
        .child(element("div").child(remover(desk, id, "remove-due", reach, count)))
        .view()
}

fn overdue(desk: Desk, safety: &Safety, days: u32) -> View {
    let count = safety.overdue.count;
    (count > 0)
        .then(|| {
            element("div")
                .class("notice notice-bad")
                .attr("data-overdue", &count.to_string())
                .child(element("p").child(words(move || say::overdue(count, days, desk.language.get()))))
        })
        .into()
}

/// The act that deletes confirmed responses, after asking.
fn remover(desk: Desk, id: &str, act: &'static str, reach: Reach, count: usize) -> View {
    let id = id.to_owned();
    let ask = move || {
        let (language, id) = (desk.language.get_untracked(), id.clone());
        let then = Rc::new(move || {
            let (bridge, id) = (desk.bridge(), id.clone());
            desk.act(async move {
                let removed = bridge.remove_confirmed(&id, reach).await?;
                Ok(Some(say::removed(removed, language)))
            });
        });
        desk.asked.set(Some(Asked {
            title: say::remove_title(count, language),
            text: say::remove_text(language).to_owned(),
            yes: say::remove_yes(language).to_owned(),
            no: say::remove_no(language).to_owned(),
            then,
        }));
    };
    button(desk, act, PLAIN, words(move || say::remove(count, desk.language.get())), ask)
}

/// A receipt that is being typed, and what came of the last one. It outlives changes of what is around it.
#[derive(Clone, Copy)]
pub(super) struct Entering {
    typed: Watched<String>,
    told: Watched<Option<ReceiptRead>>,
}

impl Entering {
    /// Nothing is typed yet.
    pub(super) fn new() -> Entering {
        Entering { typed: Watched::new(String::new()), told: Watched::new(None) }
    }
}

/// Everything about copies of one survey's responses.
pub(super) fn section(desk: Desk, listed: &Listed, entering: Entering) -> View {
    if listed.people() + listed.counts.sealed == 0 {
        return empty(desk, listed);
    }
    let id = listed.survey.id.clone();
    let people = listed.people();
    let hint = if people > 0 { join_say::copy_hint } else { seal_say::copy_hint };
    let standing = {
        let id = id.clone();
        live(move || desk.safety_of(&id).map(|safety| standing(desk, &id, &safety, people)))
    };
    let receipt = receipt(desk, id.clone(), entering);
    let make = button(desk, "bundle", PRIMARY, desk.text(say::copy), move || copy(desk, &id));
    element("section")
        .class("card stack")
        .attr("aria-labelledby", "copies-title")
        .child(element("h2").id("copies-title").child(desk.text(say::title)))
        .child(notices(desk, listed, false))
        .child(element("p").class("soft").child(desk.text(hint)))
        .child(element("div").child(make))
        .child(standing)
        .child(receipt)
        .view()
}

/// A survey that nobody has answered travels too.
fn empty(desk: Desk, listed: &Listed) -> View {
    let survey = listed.survey.id.clone();
    let hint = if listed.counts.unfinished > 0 { seal_say::copy_hint } else { join_say::copy_empty };
    let make = button(desk, "bundle", PLAIN, desk.text(join_say::copy), move || {
        make_file(desk, Job::Bundle { survey: survey.clone(), today: clock::today() });
    });
    element("section")
        .class("card stack")
        .child(element("h2").child(desk.text(join_say::copy_title)))
        .child(element("p").class("soft").child(desk.text(hint)))
        .child(element("div").child(make))
        .view()
}

fn standing(desk: Desk, id: &str, safety: &Safety, people: usize) -> View {
    let (only_here, confirmed) = (safety.only_here.count, safety.confirmed.count);
    let row = |mark: &str, label: Words, number: usize| {
        let count = element("td").attr("data-count", &number.to_string());
        element("tr")
            .attr("data-copies", mark)
            .child(element("th").attr("scope", "row").child(desk.text(label)))
            .child(count.text(&format::integer(number as i64)))
            .view()
    };
    let body = element("tbody").child([
        row("only-here", say::only_here_row, only_here),
        row("copied", say::copied_row, (people + safety.sealed).saturating_sub(only_here + confirmed)),
        row("confirmed", say::confirmed_row, confirmed),
    ]);
    let remove = (confirmed > 0).then(|| {
        let reach = Reach::upto(safety.marks.confirmed);
        element("div").child(remover(desk, id, "remove-confirmed", reach, confirmed))
    });
    View::Several(vec![
        element("h3").child(desk.text(say::where_title)).view(),
        element("table").class("counts").child(body).view(),
        remove.into(),
    ])
}

/// Where a receipt is typed, and what came of it.
fn receipt(desk: Desk, id: String, Entering { typed, told }: Entering) -> View {
    let enter = move |event: dom::Event| {
        event.prevent_default();
        if desk.busy.get_untracked() {
            return;
        }
        let (bridge, id, code) = (desk.bridge(), id.clone(), typed.get_untracked());
        desk.busy.set(true);
        spawn_local(async move {
            match bridge.confirm(&id, &code).await {
                Ok(read) => {
                    if let ReceiptRead::Confirmed { .. } = read {
                        dom::set_value_of(RECEIPT, "");
                        typed.set(String::new());
                    }
                    told.set(Some(read));
                    desk.read().await;
                }
                Err(trouble) => desk.trouble.set(Some(trouble)),
            }
            desk.busy.set(false);
        });
    };
    let field = element("input")
        .id(RECEIPT)
        .class("input input-short")
        .attr("type", "text")
        .attr("inputmode", "numeric")
        .attr("autocomplete", "off")
        .attr("maxlength", "24")
        .on("input", move |event| typed.set(dom::value_of(&event)));
    let confirm = element("button")
        .attr("type", "submit")
        .class(PLAIN)
        .attr("data-act", "confirm-receipt")
        .attr_with("aria-disabled", move || Some(desk.busy.get().to_string()))
        .child(desk.text(say::receipt_confirm));
    let said = live(move || {
        let (mark, class, text) = told_of(told.get()?, desk.language.get());
        Some(element("p").class(class).attr("data-receipt-read", mark).text(&text))
    });
    element("form")
        .class("stack")
        .flag("novalidate", true)
        .on("submit", enter)
        .child(element("h3").child(desk.text(say::receipt_title)))
        .child(element("p").class("soft").child(desk.text(say::receipt_hint)))
        .child(element("label").class("label").attr("for", RECEIPT).child(desk.text(say::receipt_enter)))
        .child(element("div").class("row").child(field).child(confirm))
        .child(element("div").attr("role", "status").child(said))
        .view()
}

fn told_of(read: ReceiptRead, language: Language) -> (&'static str, &'static str, String) {
    match read {
        ReceiptRead::Mistyped => ("mistyped", "notice notice-bad", say::mistyped(language).to_owned()),
        ReceiptRead::Unknown => ("unknown", "notice notice-bad", say::unknown(language).to_owned()),
        ReceiptRead::Confirmed { count, left } => {
            ("confirmed", "notice notice-good", say::confirmed(count, left, language))
        }
    }
}
