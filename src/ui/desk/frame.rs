use std::pin::Pin;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::bridge::{Bridge, Listed, Trouble};
use super::live::sentence;
use super::route::Route;
use super::take::Take;
use crate::browser::{clock, notice, shell};
use crate::i18n::Language;
use crate::ui::parts::{Asked, Watched};

/// Changes that come within this many milliseconds are read once.
const TOGETHER: u32 = 200;

/// How long the status line says what was done, in milliseconds.
const SAID: u32 = 8000;

/// A sentence without holes.
pub(super) type Words = fn(Language) -> &'static str;

/// What every screen of the desk shares.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    /// The language of the screens.
    pub(super) language: RwSignal<Language>,
    /// Where the desk is.
    pub(super) route: RwSignal<Route>,
    /// The surveys of this device; `None` until they are read.
    pub(super) listed: RwSignal<Option<Vec<Listed>>>,
    /// Counts the times that something was heard to change, and the survey of the last.
    pub(super) heard: RwSignal<(u32, String)>,
    /// What went wrong last.
    pub(super) trouble: RwSignal<Option<Trouble>>,
    /// What was done last, for the status line.
    pub(super) said: RwSignal<String>,
    /// An act is under way; other acts wait.
    pub(super) busy: RwSignal<bool>,
    /// The screen has changes that would be lost.
    pub(super) unsaved: RwSignal<bool>,
    /// Somebody has said, since the page was loaded, that they understand what an analyst view is.
    pub(super) analyst: RwSignal<bool>,
    /// What is being taken away.
    pub(super) take: Watched<Take>,
    /// A question that needs a yes.
    pub(super) asked: RwSignal<Option<Asked>, LocalStorage>,
    bridge: StoredValue<Bridge, LocalStorage>,
    reading: StoredValue<bool>,
}

impl Desk {
    /// A desk at the address where the page is.
    pub(super) fn new(language: Language) -> Desk {
        Desk {
            language: RwSignal::new(language),
            route: RwSignal::new(Route::parse(&shell::hash())),
            listed: RwSignal::new(None),
            heard: RwSignal::new((0, String::new())),
            trouble: RwSignal::new(None),
            said: RwSignal::new(String::new()),
            busy: RwSignal::new(false),
            unsaved: RwSignal::new(false),
            analyst: RwSignal::new(false),
            take: Watched::new(Take::default()),
            asked: RwSignal::new_local(None),
            bridge: StoredValue::new_local(Bridge::new()),
            reading: StoredValue::new(false),
        }
    }

    /// The way to what is kept.
    pub(super) fn bridge(self) -> Bridge {
        self.bridge.get_value()
    }

    /// A sentence in the language in use, kept up to date.
    pub(super) fn t(self, words: Words) -> impl Fn() -> &'static str + Copy + Send + 'static {
        move || words(self.language.get())
    }

    /// The same as a view.
    pub(super) fn text(self, words: Words) -> AnyView {
        sentence(self.language, words)
    }

    /// Goes somewhere.
    pub(super) fn go(self, route: &Route) {
        shell::set_hash(&route.hash());
    }

    /// Is somewhere else in the same step of the history.
    pub(super) fn stay(self, route: Route) {
        shell::replace_hash(&route.hash());
        self.route.set(route);
    }

    /// A survey of this device, kept up to date.
    pub(super) fn find(self, id: &str) -> Option<Listed> {
        self.listed.with(|listed| listed.as_ref()?.iter().find(|listed| listed.survey.id == id).cloned())
    }

    /// Hears of changes in the store for as long as the page lives, and reads the surveys then.
    pub(super) fn listen(self) {
        notice::on_change(move |survey| {
            self.heard.update(|(times, last)| {
                *times = times.wrapping_add(1);
                *last = survey;
            });
            self.read_soon();
        })
        .forget();
    }

    /// Reads the surveys in a moment, once for all changes until then.
    pub(super) fn read_soon(self) {
        if self.reading.get_value() {
            return;
        }
        self.reading.set_value(true);
        spawn_local(async move {
            clock::sleep(TOGETHER).await;
            self.reading.set_value(false);
            self.read().await;
        });
    }

    /// Reads the surveys.
    pub(super) async fn read(self) {
        match self.bridge().surveys().await {
            Ok(listed) => {
                if self.listed.with_untracked(|before| before.as_ref() != Some(&listed)) {
                    self.listed.set(Some(listed));
                }
            }
            Err(trouble) => self.trouble.set(Some(trouble)),
        }
    }

    /// Does something that may fail, one thing at a time; then says it, or what went wrong, and reads the surveys anew.
    pub(super) fn act(self, doing: impl Future<Output = Result<Option<String>, Trouble>> + 'static) {
        self.act_boxed(Box::pin(doing));
    }

    fn act_boxed(self, doing: Pin<Box<dyn Future<Output = Result<Option<String>, Trouble>>>>) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.trouble.set(None);
        self.said.set(String::new());
        spawn_local(async move {
            let done = doing.await;
            self.read().await;
            self.busy.set(false);
            match done {
                Ok(said) => self.say(said.unwrap_or_default()),
                Err(trouble) => self.trouble.set(Some(trouble)),
            }
        });
    }

    /// Says what was done, for a while.
    pub(super) fn say(self, said: String) {
        self.said.set(said.clone());
        spawn_local(async move {
            clock::sleep(SAID).await;
            if self.said.with_untracked(|now| *now == said) {
                self.said.set(String::new());
            }
        });
    }
}

/// A view for each key, kept while its key stays.
pub(super) fn each<K>(keys: Memo<Vec<K>>, child: impl Fn(K) -> AnyView + Send + Sync + 'static) -> AnyView
where
    K: Clone + Eq + std::hash::Hash + Send + Sync + 'static,
{
    let child: std::sync::Arc<dyn Fn(K) -> AnyView + Send + Sync> = std::sync::Arc::new(child);
    view! { <For each=move || keys.get() key=|key: &K| key.clone() children=move |key| child(key)/> }
        .into_any()
}
