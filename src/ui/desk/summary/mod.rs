//! The summary on the screen: what the worker counted, let through and drew, kept up to date as responses arrive.
//! Read [`screen`] first; what stands where is said in `report::screen`. Never a number of its own.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::act::{button, examples_notice, link};
use super::app::{frame, waiting, with_survey};
use super::bridge::Trouble;
use super::explore::{Exploring, base, gate, panel, sheet};
use super::frame::{Desk, each};
use super::route::Route;
use super::take::opener;
use crate::browser::{clock, dom, markup, shell};
use crate::i18n::{Language, desk as say};
use crate::job::{Job, Outcome};
use crate::report::screen::{Block, Piece, Screen};
use crate::summary::View as Seen;
use crate::ui::parts::{View, Watched, element, live, words};

/// Responses that arrive within this many milliseconds are counted at once.
const TOGETHER: u32 = 400;
/// The `id` of the results.
const RESULTS: &str = "results";

/// The summary of a survey.
pub(super) fn screen(desk: Desk, id: String) -> View {
    let inside = with_survey(desk, id, move |id| results_of(desk, id.to_owned()));
    frame("summary", desk, inside, true)
}

/// What the screen has: the newest summary of what is asked for.
#[derive(Clone, Copy)]
struct Live {
    of: Exploring,
    /// The blocks that somebody may be looking at: they change first. `None`: all.
    near: StoredValue<Option<Vec<String>>, LocalStorage>,
    /// The view and the language of what is shown.
    shown: Watched<Option<(Seen, Language)>>,
    counting: StoredValue<bool, LocalStorage>,
    again: StoredValue<bool, LocalStorage>,
    soon: StoredValue<bool, LocalStorage>,
}

impl Live {
    /// Counts after a moment in which more may arrive.
    fn count_soon(self) {
        if self.soon.get_value() {
            return;
        }
        self.soon.set_value(true);
        spawn_local(async move {
            clock::sleep(TOGETHER).await;
            // The screen may have been left.
            if self.soon.try_update_value(|soon| *soon = false).is_some() {
                self.count();
            }
        });
    }

    /// Counts what is asked for now. What is asked for meanwhile is counted next; only the newest is shown.
    fn count(self) {
        if self.counting.get_value() {
            self.again.set_value(true);
            return;
        }
        if self.of.view.with_untracked(|view| self.of.is_gated(view)) {
            return;
        }
        self.counting.set_value(true);
        spawn_local(async move {
            loop {
                // The screen may have been left.
                if self.again.try_update_value(|again| *again = false).is_none() {
                    return;
                }
                let desk = self.of.desk;
                let (survey, view) = (self.of.id.get_value(), self.of.view.get_untracked());
                let language = desk.language.get_untracked();
                let job = Job::Screen { survey, view: view.clone(), language };
                match desk.bridge().run(&job).await {
                    Ok(Outcome::Screen(counted)) => self.take(*counted, view, language),
                    Ok(_) => desk.trouble.set(Some(Trouble::unexpected())),
                    Err(trouble) => desk.trouble.set(Some(trouble)),
                }
                if self.again.try_get_value() != Some(true) {
                    self.counting.try_update_value(|counting| *counting = false);
                    return;
                }
            }
        });
    }

    fn take(self, screen: Screen, view: Seen, language: Language) {
        let desk = self.of.desk;
        // Left, or no longer what is asked for: another count is under way.
        if self.of.view.try_get_untracked().as_ref() != Some(&view)
            || desk.language.get_untracked() != language
        {
            return;
        }
        let now = Some((view, language));
        let same = self.shown.with_untracked(|before| *before == now);
        if self.of.screen.with_untracked(|before| before.as_ref() != Some(&screen)) {
            // Another view or language is no news.
            if same {
                desk.say(say::refreshed(language).to_owned());
            }
            let near = markup::root(RESULTS).filter(|_| self.of.screen.with_untracked(Option::is_some));
            self.near.set_value(near.map(|results| markup::near(&results, "data-block")));
            self.of.screen.set(Some(screen));
        }
        if !same {
            self.shown.set(now);
        }
    }

    /// What is shown is not what is asked for.
    fn behind(self) -> bool {
        let (view, language) = (self.of.view.get(), self.of.desk.language.get());
        self.shown.with(|shown| shown.as_ref().is_some_and(|shown| *shown != (view, language)))
    }
}

fn results_of(desk: Desk, id: String) -> View {
    let of = Exploring::new(desk, id.clone());
    let live_ = Live {
        of,
        near: StoredValue::new_local(None),
        shown: Watched::new(None),
        counting: StoredValue::new_local(false),
        again: StoredValue::new_local(false),
        soon: StoredValue::new_local(false),
    };
    Effect::new(move |_| {
        of.view.track();
        desk.language.track();
        desk.analyst.track();
        live_.count();
    });
    Effect::new(move |before: Option<()>| {
        let heard = desk.heard.with(|survey| *survey == of.id.get_value());
        if before.is_some() && heard {
            live_.count_soon();
        }
    });
    let keys = move || {
        of.screen.with(|screen| {
            let blocks = screen.as_ref().map(|it| it.blocks.as_slice()).unwrap_or_default();
            blocks.iter().map(|block| block.key.clone()).collect()
        })
    };
    let examples = {
        let id = id.clone();
        live(move || desk.find(&id).and_then(|listed| examples_notice(desk, &listed)))
    };
    let ready = move || Some(of.screen.with(Option::is_some).to_string());
    let blocks = element("div")
        .class("summary-blocks")
        .attr_with("data-ready", ready)
        .attr_with("data-behind", move || Some(live_.behind().to_string()))
        .child(each(keys, move |key| block(live_, key)));
    let results = element("div")
        .class("summary")
        .id(RESULTS)
        .flag_with("hidden", move || of.gated())
        .attr_with("data-profile", move || Some(of.view.with(|view| view.profile.as_str().to_owned())))
        .child(contents(of))
        .child(blocks);
    View::Several(vec![
        toolbar(of, &id),
        examples,
        panel(of),
        base(of),
        gate(of),
        sheet(of),
        waiting(desk, say::counting, move || of.screen.with(Option::is_none) && !of.gated()),
        results.view(),
    ])
}

fn toolbar(of: Exploring, id: &str) -> View {
    let desk = of.desk;
    let open = RwSignal::new(false);
    let label = words(move || {
        let language = desk.language.get();
        if open.get() { say::tables_close(language) } else { say::tables_open(language) }.to_owned()
    });
    let tables = button(desk, "tables", "button button-quiet", label, move || {
        open.update(|open| *open = !*open);
        if let Some(results) = markup::root(RESULTS) {
            markup::open_all(&results, open.get_untracked());
        }
    });
    element("div")
        .class("row toolbar no-print")
        .child(opener(desk, "button button-primary", id.to_owned(), move || of.view.get_untracked()))
        .child(link("responses", "button", &Route::Responses(id.to_owned()), desk.text(say::responses)))
        .child(tables)
        .child(waves(of))
        .child(element("p").class("hint push").child(desk.text(say::live)))
        .view()
}

/// Which wave is shown, where there are several.
fn waves(of: Exploring) -> View {
    let desk = of.desk;
    live(move || {
        let (shown, all) = of
            .screen
            .with(|screen| screen.as_ref().map(|it| (it.wave.clone(), it.waves.clone())).unwrap_or_default());
        (all.len() > 1).then(|| {
            let option = |wave: &String| {
                element("option")
                    .attr("value", wave)
                    .flag("selected", *wave == shown)
                    .text(&say::wave_named(wave, desk.language.get()))
                    .view()
            };
            element("select")
                .class("input input-short")
                .attr("data-act", "wave")
                .attr_with("aria-label", desk.t(say::wave))
                .on("change", move |event| {
                    let wave = dom::value_of(&event);
                    of.step(|view| view.wave = Some(wave));
                })
                .child(all.iter().map(option).collect::<Vec<_>>())
        })
    })
}

/// The way to each section.
fn contents(of: Exploring) -> View {
    let items = live(move || {
        let titled = |block: &Block| {
            let (id, title) = (id_of(&block.key), block.title.as_ref()?);
            let link = element("button").attr("type", "button").class("link").on("click", move |_| {
                shell::focus(&id);
            });
            Some(element("li").child(link.text(title)).view())
        };
        of.screen.with(|screen| {
            let blocks = screen.as_ref().map(|it| it.blocks.as_slice()).unwrap_or_default();
            View::Several(blocks.iter().filter_map(titled).collect())
        })
    });
    element("nav")
        .class("contents no-print")
        .attr_with("aria-label", of.desk.t(say::contents))
        .child(element("ul").class("contents-list").child(items))
        .view()
}

/// The `id` of a block's heading.
fn id_of(key: &str) -> String {
    ["block-", key].concat()
}

/// Finds a block of what was counted.
type Find = dyn Fn(&Option<Screen>) -> Option<&Block>;

/// A block of the summary. Only pieces whose markup changed are put in anew, so that scroll and open tables stay.
fn block(live_: Live, key: String) -> View {
    let of = live_.of;
    let holder = ["pieces-", &key].concat();
    let own: Rc<Find> = {
        let key = key.clone();
        Rc::new(move |screen| screen.as_ref()?.blocks.iter().find(|block| block.key == key))
    };
    let before: Rc<RefCell<Vec<Piece>>> = Rc::default();
    let place = {
        let (own, holder) = (Rc::clone(&own), holder.clone());
        move || {
            let pieces = of
                .screen
                .with_untracked(|screen| own(screen).map(|block| block.pieces.clone()).unwrap_or_default());
            if let Some(holder) = markup::root(&holder) {
                let mut before = before.borrow_mut();
                markup::place(&holder, &pieces, &before);
                *before = pieces;
            }
        }
    };
    let (place, name) = (Rc::new(place), key.clone());
    Effect::new(move |_| {
        of.screen.track();
        if live_.near.with_value(|near| near.as_ref().is_none_or(|near| near.contains(&name))) {
            return place();
        }
        // What nobody sees yet waits until what they see is painted.
        let place = Rc::clone(&place);
        spawn_local(async move {
            clock::sleep(0).await;
            // The screen may have been left.
            if of.open_still() {
                place();
            }
        });
    });
    let title = live(move || {
        let (id, title) = of.screen.with(|screen| {
            let block = own(screen)?;
            Some((id_of(&block.key), block.title.clone()?))
        })?;
        Some(element("h2").class("block-title").id(&id).attr("tabindex", "-1").text(&title))
    });
    element("section")
        .class("block")
        .attr("data-block", &key)
        .child(title)
        .child(element("div").class("pieces").id(&holder))
        .view()
}
