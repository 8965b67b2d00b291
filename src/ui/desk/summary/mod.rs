//! The summary on the screen: what the worker counted, let through and drew, kept up to date as responses arrive.
//! Read [`screen`] first; what stands where is said in `report::screen`. Never a number of its own.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::act::{button, download_line, examples_notice, link};
use super::app::{frame, with_survey};
use super::bridge::Trouble;
use super::frame::{Desk, each};
use super::live::{live, live_if, words};
use super::route::Route;
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

/// What the screen has: the newest summary, and which wave was asked for.
#[derive(Clone, Copy)]
struct Live {
    desk: Desk,
    id: StoredValue<String>,
    wave: RwSignal<Option<String>>,
    summary: RwSignal<Option<Screen>>,
    /// The language of what is shown.
    language: StoredValue<Language>,
    counting: StoredValue<bool>,
    again: StoredValue<bool>,
}

impl Live {
    /// Counts, after a moment in which more may arrive; what arrives while it counts makes it count once more.
    fn count(self, wait: u32) {
        if self.counting.get_value() {
            self.again.set_value(true);
            return;
        }
        self.counting.set_value(true);
        spawn_local(async move {
            clock::sleep(wait).await;
            loop {
                // The screen may have been left.
                if self.again.try_update_value(|again| *again = false).is_none() {
                    return;
                }
                let (survey, wave) = (self.id.get_value(), self.wave.get_untracked());
                let language = self.desk.language.get_untracked();
                let view = View { wave, ..View::default() };
                let job = Job::Screen { survey, view, language };
                let counted = self.desk.bridge().run(&job).await;
                match counted {
                    Ok(Outcome::Screen(counted)) => self.take(*counted, language),
                    Ok(_) => self.desk.trouble.set(Some(Trouble::unexpected())),
                    Err(trouble) => self.desk.trouble.set(Some(trouble)),
                }
                if self.again.try_get_value() != Some(true) {
                    self.counting.try_update_value(|counting| *counting = false);
                    return;
                }
            }
        });
    }

    fn take(self, summary: Screen, language: Language) {
        let before =
            self.summary.try_with_untracked(|before| before.as_ref().map(|before| *before == summary));
        match before {
            // Left, or nothing new.
            None | Some(Some(true)) => {}
            Some(same) => {
                // Another language is no news.
                if same == Some(false) && self.language.try_get_value() == Some(language) {
                    self.desk.say(say::refreshed(self.desk.language.get_untracked()).to_owned());
                }
                self.language.try_set_value(language);
                self.summary.try_set(Some(summary));
            }
        }
    }
}

fn results_of(desk: Desk, id: String) -> AnyView {
    let live = Live {
        desk,
        id: StoredValue::new(id.clone()),
        wave: RwSignal::new(None),
        summary: RwSignal::new(None),
        language: StoredValue::new(desk.language.get_untracked()),
        counting: StoredValue::new(false),
        again: StoredValue::new(false),
    };
    Effect::new(move |before: Option<()>| {
        live.wave.track();
        desk.language.track();
        live.count(if before.is_none() { 0 } else { TOGETHER });
    });
    Effect::new(move |before: Option<()>| {
        let heard = desk.heard.with(|(_, survey)| *survey == live.id.get_value());
        if before.is_some() && heard {
            live.count(TOGETHER);
        }
    });
    let parts = Memo::new(move |_| {
        live.summary.with(|summary| summary.as_ref().map(|it| it.blocks.clone()).unwrap_or_default())
    });
    let keys =
        Memo::new(move |_| parts.with(|all| all.iter().map(|block| block.key.clone()).collect::<Vec<_>>()));
    let waiting = move || {
        let waiting = live.summary.with(Option::is_none) && desk.trouble.with(Option::is_none);
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
        {live_if(waiting)}
        <div class="summary" node_ref=results>
            {contents(desk, parts)}
            <div class="summary-blocks" data-ready=move || live.summary.with(Option::is_some).to_string()>
                {each(keys, move |key| block(parts, key))}
            </div>
        </div>
    }
    .into_any()
}

fn toolbar(live: Live, id: &str, results: NodeRef<html::Div>) -> AnyView {
    let desk = live.desk;
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
    let words = move |words: super::frame::Words| move || words(desk.language.get()).to_owned();
    view! {
        <div class="row toolbar no-print">
            {link("print", "button button-primary", Route::Print(id.to_owned()).href(), words(say::print_view))}
            {link("responses", "button", Route::Responses(id.to_owned()).href(), words(say::responses))}
            {tables}
            {waves(live)}
        </div>
        {download_line(desk, id)}
        <p class="hint no-print">{desk.text(say::live)}</p>
    }
    .into_any()
}

/// Which wave is shown, where there are several.
fn waves(live: Live) -> AnyView {
    let desk = live.desk;
    let waves = Memo::new(move |_| {
        let all = live.summary.with(|summary| summary.as_ref().map(|it| it.waves.clone()));
        all.unwrap_or_default()
    });
    let shown = Memo::new(move |_| live.summary.with(|it| it.as_ref().map(|it| it.wave.clone())));
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
                <select class="input input-short" aria-label=desk.t(say::wave)
                    on:change=move |event| live.wave.set(Some(event_target_value(&event)))>
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
