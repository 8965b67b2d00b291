use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::act::{button, link};
use super::app::{frame, with_survey};
use super::bridge::Trouble;
use super::frame::Desk;
use super::live::live_if;
use super::route::Route;
use crate::browser::{clock, markup, shell};
use crate::i18n::desk as say;
use crate::job::{Job, Outcome};
use crate::summary::View;

/// The whole summary as pages: what the browser prints or saves as PDF.
pub(super) fn screen(desk: Desk, id: String) -> AnyView {
    let inside = with_survey(desk, id, move |id| pages(desk, id.to_owned()));
    frame("print", desk, inside, false)
}

fn pages(desk: Desk, id: String) -> AnyView {
    let document: RwSignal<Option<String>> = RwSignal::new(None);
    let paper = NodeRef::<html::Div>::new();
    let summary = Route::Summary(id.clone()).href();
    Effect::new(move |_| {
        let job = Job::Print {
            survey: id.clone(),
            view: View::default(),
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
        let waiting = document.with(Option::is_none) && desk.trouble.with(Option::is_none);
        waiting.then(|| view! { <p class="soft">{desk.text(say::counting)}</p> })
    };
    view! {
        <div class="row toolbar no-print">
            {link("back", "button", summary, move || say::back_to_summary(desk.language.get()).to_owned())}
            {print}
        </div>
        {live_if(waiting)}
        <div class="paper" lang=move || desk.language.get().tag() node_ref=paper></div>
    }
    .into_any()
}
