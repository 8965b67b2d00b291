use leptos::prelude::*;
use leptos::task::spawn_local;

use super::act::button;
use super::app::{frame, waiting, with_survey};
use super::bridge::Trouble;
use super::explore::{Exploring, gate};
use super::frame::Desk;
use super::route::Route;
use crate::browser::{clock, markup, shell};
use crate::i18n::desk as say;
use crate::job::{Job, Outcome};
use crate::ui::parts::{View, Watched, element};

const PAPER: &str = "paper";

/// The whole summary as pages: what the browser prints or saves as PDF.
pub(super) fn screen(desk: Desk, id: String) -> View {
    let inside = with_survey(desk, id, move |id| pages(desk, id.to_owned()));
    frame("print", desk, inside, false)
}

fn pages(desk: Desk, id: String) -> View {
    let of = Exploring::new(desk, id.clone());
    let document: Watched<Option<String>> = Watched::new(None);
    let to = {
        let id = id.clone();
        move || Some(Route::Summary(id.clone(), of.view.get()).href())
    };
    let back = element("a")
        .class("button")
        .attr("data-act", "back")
        .attr_with("href", to)
        .child(desk.text(say::back_to_summary));
    Effect::new(move |_| {
        if of.gated() {
            return;
        }
        let job = Job::Print {
            survey: id.clone(),
            view: of.view.get(),
            language: desk.language.get(),
            today: clock::today(),
        };
        spawn_local(async move {
            match desk.bridge().run(&job).await {
                Ok(Outcome::Document(markup)) => document.set(Some(markup)),
                Ok(_) => desk.trouble.set(Some(Trouble::unexpected())),
                Err(trouble) => desk.trouble.set(Some(trouble)),
            }
        });
    });
    Effect::new(move |_| {
        document.with(|document| {
            if let (Some(paper), Some(markup)) = (markup::root(PAPER), document) {
                // One element whatever the document begins with.
                let whole = ["<div class=\"document\">", markup, "</div>"].concat();
                markup::place(&paper, &[("document".to_owned(), whole)], &[]);
            }
        });
    });
    let print = button(desk, "print", "button button-primary", desk.text(say::print), shell::print);
    let paper = element("div")
        .class("paper")
        .id(PAPER)
        .attr_with("lang", move || Some(desk.language.get().tag().to_owned()));
    View::Several(vec![
        element("div").class("row toolbar no-print").child(back).child(print).view(),
        gate(of),
        waiting(desk, say::counting, move || document.with(Option::is_none) && !of.gated()),
        paper.view(),
    ])
}
