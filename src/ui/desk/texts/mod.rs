//! What people wrote: words, themes, and for analysts the answers, coded by hand. Read [`Reading`] first, then `code`. The
//! worker reads, counts and keeps; here stands what it told last, and the marks that were just made on top of it.

mod code;
mod theme;
mod word;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::app::{frame, waiting, with_survey};
use super::bridge::Trouble;
use super::explore::{Exploring, gate, profile};
use super::frame::Desk;
use super::route::Route;
use crate::browser::dom;
use crate::i18n::written as say;
use crate::job::{Job, Outcome};
use crate::report::texts::{Recode, Texts};
use crate::summary::Profile;
use crate::ui::parts::{View, Watched, element, live, one_of};

/// The open answers of a survey, to one question.
pub(super) fn screen(desk: Desk, id: String, question: Option<String>) -> View {
    let inside = with_survey(desk, id, move |id| answers(desk, id.to_owned(), question.clone()));
    frame("texts", desk, inside, true)
}

/// What the screen has.
#[derive(Clone, Copy)]
struct Reading {
    of: Exploring,
    /// The question that the address names.
    question: StoredValue<Option<String>, LocalStorage>,
    /// What was read last, with the marks made since.
    texts: Watched<Option<Texts>>,
    /// The second coder is at work.
    second: RwSignal<bool>,
    /// Positions of the answers to code, as they were when they were looked up.
    list: Watched<Vec<usize>>,
    /// Only what is not coded yet.
    only: RwSignal<bool>,
    /// How many of the list are shown.
    shown: RwSignal<usize>,
    /// Changes that are not on their way yet.
    queue: StoredValue<Vec<Recode>, LocalStorage>,
    sending: StoredValue<bool, LocalStorage>,
    reading: StoredValue<bool, LocalStorage>,
    again: StoredValue<bool, LocalStorage>,
}

/// Answers shown at once.
const PAGE: usize = 20;

impl Reading {
    fn new(desk: Desk, id: String, question: Option<String>) -> Reading {
        Reading {
            of: Exploring::new(desk, id),
            question: StoredValue::new_local(question),
            texts: Watched::new(None),
            second: RwSignal::new(false),
            list: Watched::new(Vec::new()),
            only: RwSignal::new(false),
            shown: RwSignal::new(PAGE),
            queue: StoredValue::new_local(Vec::new()),
            sending: StoredValue::new_local(false),
            reading: StoredValue::new_local(false),
            again: StoredValue::new_local(false),
        }
    }

    fn desk(self) -> Desk {
        self.of.desk
    }

    /// Reads what is asked for now; what is asked for meanwhile is read next.
    fn read(self) {
        if self.reading.get_value() {
            self.again.set_value(true);
            return;
        }
        if self.of.view.with_untracked(|view| self.of.is_gated(view)) {
            return;
        }
        self.reading.set_value(true);
        spawn_local(async move {
            let desk = self.desk();
            loop {
                // The screen may have been left.
                if self.again.try_update_value(|again| *again = false).is_none() {
                    return;
                }
                let view = self.of.view.get_untracked();
                let job = Job::Texts {
                    survey: self.of.id.get_value(),
                    view: view.clone(),
                    question: self.question.get_value(),
                    language: desk.language.get_untracked(),
                };
                let read = desk.bridge().run(&job).await;
                let Some(again) = self.again.try_get_value() else { return };
                match read {
                    // Marks made meanwhile are not in it; it is read again when they are kept.
                    Ok(Outcome::Texts(texts)) if !again && !self.sending.get_value() => self.take(*texts),
                    Ok(Outcome::Texts(_)) => {}
                    Ok(_) => desk.trouble.set(Some(Trouble::unexpected())),
                    Err(trouble) => desk.trouble.set(Some(trouble)),
                }
                if !again {
                    self.reading.set_value(false);
                    return;
                }
            }
        });
    }

    fn take(self, texts: Texts) {
        let before = self.texts.with_untracked(|before| before.as_ref().map(|it| it.written.len()));
        let same = before == Some(texts.written.len());
        self.texts.set(Some(texts));
        if !same {
            self.look_up();
        }
    }

    /// Looks up which answers there are to code.
    fn look_up(self) {
        let (coder, only) = (self.coder(), self.only.get_untracked());
        let list = self.texts.with_untracked(|texts| {
            let written = texts.as_ref().map(|it| it.written.as_slice()).unwrap_or_default();
            let left =
                |own: &crate::report::texts::Written| own.themes.get(coder).is_none_or(Option::is_none);
            let all = written.iter().enumerate();
            all.filter(|(_, own)| !only || left(own)).map(|(at, _)| at).collect()
        });
        self.shown.set(PAGE);
        self.list.set(list);
    }

    /// The position of the coder at work.
    fn coder(self) -> usize {
        usize::from(self.second.get_untracked())
    }

    /// Keeps a change, one after the other: each is made of what the one before left.
    fn change(self, change: Recode) {
        self.queue.update_value(|queue| queue.push(change));
        if self.sending.get_value() {
            return;
        }
        self.sending.set_value(true);
        spawn_local(async move {
            let desk = self.desk();
            loop {
                let changes = self.queue.try_update_value(std::mem::take).unwrap_or_default();
                if changes.is_empty() {
                    break;
                }
                let question =
                    self.texts.with_untracked(|texts| texts.as_ref().map(|it| it.question.clone()));
                let job = Job::Code {
                    survey: self.of.id.get_value(),
                    question: question.unwrap_or_default(),
                    changes,
                };
                match desk.bridge().run(&job).await {
                    Ok(Outcome::Coded) => {}
                    Ok(_) => desk.trouble.set(Some(Trouble::unexpected())),
                    Err(trouble) => desk.trouble.set(Some(trouble)),
                }
            }
            if self.sending.try_update_value(|sending| *sending = false).is_some() {
                self.read();
            }
        });
    }
}

fn answers(desk: Desk, id: String, question: Option<String>) -> View {
    let reading = Reading::new(desk, id.clone(), question);
    let of = reading.of;
    Effect::new(move |_| {
        of.view.track();
        desk.language.track();
        desk.analyst.track();
        reading.read();
    });
    Effect::new(move |before: Option<()>| {
        let heard = desk.heard.with(|survey| *survey == of.id.get_value());
        if before.is_some() && heard {
            reading.read();
        }
    });
    let to = move || Some(Route::Summary(id.clone(), of.view.get()).href());
    let back = element("a").class("button").attr("data-act", "summary").attr_with("href", to);
    let head = element("div")
        .class("desk-head")
        .child(element("h1").child(desk.text(say::title)))
        .child(questions(reading));
    // Built once: what is read anew changes in place, and the focus stays where somebody codes.
    let state = move || {
        let any = reading.texts.with(|texts| texts.as_ref().map(|it| !it.questions.is_empty()));
        match any {
            _ if of.gated() => 0,
            None => 0,
            Some(false) => 1,
            Some(true) => 2,
        }
    };
    let parts = one_of(state, move |state| match state {
        0 => View::Nothing,
        1 => element("p").child(desk.text(say::none)).view(),
        _ => View::Several(vec![
            standing(reading),
            word::words(reading),
            theme::themes(reading),
            code::code(reading),
        ]),
    });
    View::Several(vec![
        head.view(),
        element("div").class("row toolbar").child(back.child(desk.text(say::back))).view(),
        element("div").class("explore explore-rows").child(profile(of)).view(),
        gate(of),
        waiting(desk, say::reading, move || reading.texts.with(Option::is_none) && !of.gated()),
        parts,
    ])
}

/// The question, or a menu of them.
fn questions(reading: Reading) -> View {
    let (desk, of) = (reading.desk(), reading.of);
    live(move || {
        let (all, shown) = reading.texts.with(|texts| {
            texts.as_ref().map(|it| (it.questions.clone(), it.question.clone())).unwrap_or_default()
        });
        match all.as_slice() {
            [] => View::Nothing,
            [(_, label)] => element("p").class("survey-name").text(label).view(),
            several => {
                let option = |(name, label): &(String, String)| {
                    element("option").attr("value", name).flag("selected", *name == shown).text(label).view()
                };
                let select = element("select")
                    .class("input")
                    .id("text-question")
                    .attr("data-act", "question")
                    .on("change", move |event| {
                        let question = Some(dom::value_of(&event));
                        desk.go(&Route::Texts(of.id.get_value(), question, of.view.get_untracked()));
                    })
                    .child(several.iter().map(option).collect::<Vec<_>>());
                element("div")
                    .class("field")
                    .child(element("label").attr("for", "text-question").child(desk.text(say::question)))
                    .child(select)
                    .view()
            }
        }
    })
}

/// Of how many answers it is.
fn standing(reading: Reading) -> View {
    live(move || {
        let (base, caution) = reading
            .texts
            .with(|texts| texts.as_ref().map(|it| (it.base.clone(), it.caution.clone())).unwrap_or_default());
        let caution = caution.map(|caution| element("p").class("base-caution").text(&caution));
        let analyst = reading.of.view.with(|view| view.profile == Profile::Analyst);
        element("div")
            .class("base-line base-still")
            .attr_with("data-profile", move || {
                Some(if analyst { "analyst" } else { "publication" }.to_owned())
            })
            .child(element("div").child(element("p").class("base-text").text(&base)).child(caution))
    })
}
