//! The blank questionnaire as pages to print, for the day when there are no phones.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::act::button;
use super::app::{frame, name_of, waiting, with_survey};
use super::bridge::Trouble;
use super::frame::Desk;
use crate::browser::{dom, markup, shell};
use crate::i18n::{Language, paper as say};
use crate::job::{Job, Outcome};
use crate::ui::parts::{View, Watched, element, live, words};

const PAPER: &str = "paper";
const LANGUAGES: &str = "paper-languages";
const BOTH: &str = "both";

/// The pages, and in which languages.
pub(super) fn screen(desk: Desk, id: String) -> View {
    let inside = with_survey(desk, id, move |id| pages(desk, id.to_owned()));
    frame("paper", desk, inside, true)
}

fn pages(desk: Desk, id: String) -> View {
    let languages = Watched::new(vec![desk.language.get_untracked()]);
    let document: Watched<Option<String>> = Watched::new(None);
    let own = id.clone();
    Effect::new(move |_| {
        let job = Job::Paper { survey: id.clone(), languages: languages.get() };
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
                markup::place(&paper, &[("form".to_owned(), markup.clone())], &[]);
            }
        });
    });
    let options = live(move || {
        let now = languages.get();
        let option = |value: &str, label: View, chosen: bool| {
            element("option").attr("value", value).flag("selected", chosen).child(label).view()
        };
        let one = |one: Language| option(one.tag(), View::Text(one.name().to_owned()), now == [one]);
        let both = option(BOTH, desk.text(say::both), now.len() > 1);
        let mut all: Vec<View> = Language::ALL.map(one).into();
        all.push(both);
        element("select").id(LANGUAGES).class("input input-short").child(all).on("change", move |event| {
            languages.set(match dom::value_of(&event).as_str() {
                // The desk's own language stands first.
                BOTH => {
                    let first = desk.language.get_untracked();
                    [first].into_iter().chain(Language::ALL.into_iter().filter(|one| *one != first)).collect()
                }
                tag => vec![Language::from_tag(tag)],
            });
        })
    });
    let print = button(desk, "print", "button button-primary", desk.text(say::to_print), shell::print);
    let head =
        element("div")
            .class("desk-head no-print")
            .child(element("h1").child(desk.text(say::print)))
            .child(element("p").class("survey-name").child(words(move || {
                desk.find(&own).map(|one| name_of(desk, &one.survey)).unwrap_or_default()
            })))
            .child(element("p").child(desk.text(say::lead)));
    let tools = element("div")
        .class("row toolbar no-print")
        .child(element("label").attr("for", LANGUAGES).child(desk.text(say::languages)))
        .child(options)
        .child(print);
    let lang = move || languages.get().first().map(|language| language.tag().to_owned());
    View::Several(vec![
        head.view(),
        tools.view(),
        waiting(desk, say::preparing, move || document.with(Option::is_none)),
        element("div").class("paper").id(PAPER).attr_with("lang", lang).view(),
    ])
}
