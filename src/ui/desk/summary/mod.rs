//! The summary on the screen: what the worker counted, let through and drew, kept up to date as responses arrive.
//! Read [`screen`] first; what stands where is said in `report::screen`. Never a number of its own.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::act::{button, examples_notice, link};
use super::app::{frame, with_survey};
use super::bridge::Trouble;
use super::explore::{Exploring, base, gate, panel, sheet};
use super::frame::{Desk, each};
use super::live::{live, live_if, words};
use super::route::Route;
use super::take::opener;
use crate::browser::{clock, markup, shell};
use crate::i18n::{Language, desk as say};
use crate::job::{Job, Outcome};
use crate::report::screen::{Block, Piece, Screen};
use crate::summary::View;

/// Responses that arrive within this many milliseconds are counted at once.
const TOGETHER: u32 = 400;

/// The summary of a survey.
pub(super) fn screen(desk: Desk, id: String) -> AnyView {
    let inside = with_survey(desk, id, move |id| results_of(desk, id.to_owned()));
    frame("summary", desk, inside, true)
}

/// What the screen has: the newest summary of what is asked for.
#[derive(Clone, Copy)]
struct Live {
    of: Exploring,
    /// The view and the language of what is shown.
    shown: RwSignal<Option<(View, Language)>>,
    counting: StoredValue<bool>,
    again: StoredValue<bool>,
    soon: StoredValue<bool>,
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

    fn take(self, screen: Screen, view: View, language: Language) {
        let desk = self.of.desk;
        // Left, or no longer what is asked for: another count is under way.
        if self.of.view.try_get_untracked().as_ref() != Some(&view)
            || desk.language.get_untracked() != language
        {
            return;
        }
        let now = Some((view, language));
        let same = self.shown.with_untracked(|before| *before == now);
        let changed = self.of.screen.with_untracked(|before| before.as_ref() != Some(&screen));
        if changed {
            // Another view or language is no news.
            if same {
                desk.say(say::refreshed(language).to_owned());
            }
            self.of.screen.set(Some(screen));
        }
        self.shown.set(now);
    }

    /// What is shown is not what is asked for.
    fn behind(self) -> bool {
        let (view, language) = (self.of.view.get(), self.of.desk.language.get());
        self.shown.with(|shown| shown.as_ref().is_some_and(|shown| *shown != (view, language)))
    }
}

fn results_of(desk: Desk, id: String) -> AnyView {
    let of = Exploring::new(desk, id.clone());
    let live = Live {
        of,
        shown: RwSignal::new(None),
        counting: StoredValue::new(false),
        again: StoredValue::new(false),
        soon: StoredValue::new(false),
    };
    Effect::new(move |_| {
        of.view.track();
        desk.language.track();
        desk.analyst.track();
        live.count();
    });
    Effect::new(move |before: Option<()>| {
        let heard = desk.heard.with(|(_, survey)| *survey == of.id.get_value());
        if before.is_some() && heard {
            live.count_soon();
        }
    });
    let parts = Memo::new(move |_| {
        of.screen.with(|summary| summary.as_ref().map(|it| it.blocks.clone()).unwrap_or_default())
    });
    let keys =
        Memo::new(move |_| parts.with(|all| all.iter().map(|block| block.key.clone()).collect::<Vec<_>>()));
    let waiting = move || {
        let waiting = of.screen.with(Option::is_none) && !of.gated() && desk.trouble.with(Option::is_none);
        waiting.then(|| view! { <p class="soft">{desk.text(say::counting)}</p> })
    };
    let results = NodeRef::<html::Div>::new();
    let examples = {
        let id = id.clone();
        move || desk.find(&id).and_then(|listed| examples_notice(desk, &listed))
    };
    view! {
        {toolbar(live, &id, results)}
        {live_if(examples)}
        {panel(of)}
        {base(of)}
        {gate(of)}
        {sheet(of)}
        {live_if(waiting)}
        <div class="summary" node_ref=results hidden=move || of.gated()
            data-profile=move || of.view.with(|view| view.profile.as_str())>
            {contents(desk, parts)}
            <div class="summary-blocks" data-ready=move || of.screen.with(Option::is_some).to_string()
                data-behind=move || live.behind().to_string()>
                {each(keys, move |key| block(parts, key))}
            </div>
        </div>
    }
    .into_any()
}

fn toolbar(live: Live, id: &str, results: NodeRef<html::Div>) -> AnyView {
    let desk = live.of.desk;
    let open = RwSignal::new(false);
    let tables = button(
        desk,
        "tables",
        "button button-quiet",
        move || {
            let language = desk.language.get();
            if open.get() { say::tables_close(language) } else { say::tables_open(language) }.to_owned()
        },
        move || {
            open.update(|open| *open = !*open);
            if let Some(results) = results.get_untracked() {
                markup::open_all(&results, open.get_untracked());
            }
        },
    );
    let take = opener(desk, "button button-primary", id.to_owned(), move || live.of.view.get_untracked());
    let words = move |words: super::frame::Words| move || words(desk.language.get()).to_owned();
    view! {
        <div class="row toolbar no-print">
            {take}
            {link("responses", "button", Route::Responses(id.to_owned()).href(), words(say::responses))}
            {tables}
            {waves(live.of)}
            <p class="hint push">{desk.text(say::live)}</p>
        </div>
    }
    .into_any()
}

/// Which wave is shown, where there are several.
fn waves(of: Exploring) -> AnyView {
    let desk = of.desk;
    let waves = Memo::new(move |_| {
        let all = of.screen.with(|summary| summary.as_ref().map(|it| it.waves.clone()));
        all.unwrap_or_default()
    });
    let shown = Memo::new(move |_| of.screen.with(|it| it.as_ref().map(|it| it.wave.clone())));
    live_if(move || {
        let all = waves.get();
        (all.len() > 1).then(|| {
            let option = |wave: String| {
                let (value, label) = (wave.clone(), wave.clone());
                view! {
                    <option value=value selected=move || shown.get().as_deref() == Some(wave.as_str())>
                        {words(move || say::wave_named(&label, desk.language.get()).to_string())}
                    </option>
                }
            };
            view! {
                <select class="input input-short" data-act="wave" aria-label=desk.t(say::wave)
                    on:change=move |event| {
                        let wave = event_target_value(&event);
                        of.step(|view| view.wave = Some(wave));
                    }>
                    {all.into_iter().map(option).collect_view()}
                </select>
            }
        })
    })
}

/// The way to each section.
fn contents(desk: Desk, parts: Memo<Vec<Block>>) -> AnyView {
    let items = move || {
        let titled = |block: Block| {
            let id = id_of(&block.key);
            block.title.map(|title| {
                view! {
                    <li>
                        <button type="button" class="link" on:click=move |_| {
                            shell::focus(&id);
                        }>{title}</button>
                    </li>
                }
            })
        };
        parts.get().into_iter().filter_map(titled).collect_view()
    };
    view! {
        <nav class="contents no-print" aria-label=desk.t(say::contents)>
            <ul class="contents-list">{live(move || items().into_any())}</ul>
        </nav>
    }
    .into_any()
}

/// The `id` of a block's heading.
fn id_of(key: &str) -> String {
    ["block-", key].concat()
}

/// A block of the summary. Only pieces whose markup changed are put in anew, so that scroll and open tables stay.
fn block(parts: Memo<Vec<Block>>, key: String) -> AnyView {
    let own = {
        let key = key.clone();
        Memo::new(move |_| parts.with(|all| all.iter().find(|block| block.key == key).cloned()))
    };
    let holder = NodeRef::<html::Div>::new();
    Effect::new(move |before: Option<Vec<Piece>>| {
        let pieces = own.with(|block| block.as_ref().map(|block| block.pieces.clone()).unwrap_or_default());
        if let Some(holder) = holder.get() {
            markup::place(&holder, &pieces, before.as_deref().unwrap_or_default());
            return pieces;
        }
        Vec::new()
    });
    let title = move || {
        own.with(|block| {
            let block = block.as_ref()?;
            let (id, title) = (id_of(&block.key), block.title.clone()?);
            Some(view! { <h2 class="block-title" id=id tabindex="-1">{title}</h2> })
        })
    };
    view! {
        <section class="block" data-block=key>
            {live_if(title)}
            <div class="pieces" node_ref=holder></div>
        </section>
    }
    .into_any()
}
