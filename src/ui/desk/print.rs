use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::act::button;
use super::app::{frame, with_survey};
use super::bridge::Trouble;
use super::explore::{Exploring, gate};
use super::frame::Desk;
use super::live::{live_if, shown};
use super::route::Route;
use crate::browser::{clock, markup, shell};
use crate::i18n::desk as say;
use crate::job::{Job, Outcome};
use crate::ui::parts::element;

/// The whole summary as pages: what the browser prints or saves as PDF.
pub(super) fn screen(desk: Desk, id: String) -> AnyView {
    let inside = with_survey(desk, id, move |id| pages(desk, id.to_owned()));
    frame("print", desk, inside, false)
}

fn pages(desk: Desk, id: String) -> AnyView {
    let of = Exploring::new(desk, id.clone());
    let document: RwSignal<Option<String>> = RwSignal::new(None);
    let paper = NodeRef::<html::Div>::new();
    let back = {
        let id = id.clone();
        let to = move || Some(Route::Summary(id.clone(), of.view.get()).href());
        let words = crate::ui::parts::sentence(desk.language, say::back_to_summary);
        shown(element("a").class("button").attr("data-act", "back").attr_with("href", to).child(words).view())
    };
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
                Ok(Outcome::Document(markup)) => {
                    document.try_set(Some(markup));
                }
                Ok(_) => desk.trouble.set(Some(Trouble::unexpected())),
                Err(trouble) => desk.trouble.set(Some(trouble)),
            }
        });
    });
    Effect::new(move |_| {
        if let (Some(paper), Some(markup)) = (paper.get(), document.get()) {
            // One element whatever the document begins with.
            let whole = ["<div class=\"document\">", &markup, "</div>"].concat();
            markup::place(&paper, &[("document".to_owned(), whole)], &[]);
        }
    });
    let print = button(
        desk,
        "print",
        "button button-primary",
        move || say::print(desk.language.get()).to_owned(),
        shell::print,
    );
    let waiting = move || {
        let waiting = document.with(Option::is_none) && !of.gated() && desk.trouble.with(Option::is_none);
        waiting.then(|| view! { <p class="soft">{desk.text(say::counting)}</p> })
    };
    view! {
        <div class="row toolbar no-print">
            {back}
            {print}
        </div>
        {gate(of)}
        {live_if(waiting)}
        <div class="paper" lang=move || desk.language.get().tag() node_ref=paper></div>
    }
    .into_any()
}
