use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::bridge::{Bridge, Listed, Ready, Trouble};
use super::route::Route;
use super::take::Take;
use crate::browser::{clock, notice, preferences::lent_for, shell};
use crate::i18n::Language;
use crate::store::Safety;
use crate::ui::parts::{Asked, View, Watched, keyed, sentence};

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
    pub(super) language: Watched<Language>,
    /// Where the desk is.
    pub(super) route: Watched<Route>,
    /// Counts the places: the same place with another view is the same screen.
    pub(super) place: RwSignal<u32>,
    /// The surveys of this device; `None` until they are read.
    pub(super) listed: Watched<Option<Vec<Listed>>>,
    /// Surveys of a newer version, and damaged surveys and forms, which are in no list.
    pub(super) unread: RwSignal<(usize, usize)>,
    /// How their responses would come through the loss of this device, by survey id.
    pub(super) safety: Watched<Vec<(String, Safety)>>,
    /// A copy that waits to be given to somebody.
    pub(super) ready: Watched<Option<Ready>>,
    /// Everything was removed: nothing is read any more, or there would be something again.
    pub(super) wiped: RwSignal<bool>,
    /// The survey of the last change that was heard.
    pub(super) heard: Watched<String>,
    /// What went wrong last.
    pub(super) trouble: Watched<Option<Trouble>>,
    /// What was done last, for the status line.
    pub(super) said: Watched<String>,
    /// An act is under way; other acts wait.
    pub(super) busy: RwSignal<bool>,
    /// The screen has changes that would be lost.
    pub(super) unsaved: RwSignal<bool>,
    /// Somebody has said, since the page was loaded, that they understand what an analyst view is.
    pub(super) analyst: RwSignal<bool>,
    /// What is being taken away.
    pub(super) take: Watched<Take>,
    /// A question that needs a yes.
    pub(super) asked: Watched<Option<Asked>>,
    bridge: StoredValue<Bridge, LocalStorage>,
    reading: StoredValue<bool, LocalStorage>,
    /// Much is being kept, and whoever does it reads the surveys when it is done.
    quiet: StoredValue<bool, LocalStorage>,
}

impl Desk {
    /// A desk at the address where the page is.
    pub(super) fn new(language: Language) -> Desk {
        Desk {
            language: Watched::new(language),
            route: Watched::new(Route::parse(&shell::hash())),
            place: RwSignal::new(0),
            listed: Watched::new(None),
            unread: RwSignal::new((0, 0)),
            safety: Watched::new(Vec::new()),
            ready: Watched::new(None),
            wiped: RwSignal::new(false),
            heard: Watched::new(String::new()),
            trouble: Watched::new(None),
            said: Watched::new(String::new()),
            busy: RwSignal::new(false),
            unsaved: RwSignal::new(false),
            analyst: RwSignal::new(false),
            take: Watched::new(Take::default()),
            asked: Watched::new(None),
            bridge: StoredValue::new_local(Bridge::new()),
            reading: StoredValue::new_local(false),
            quiet: StoredValue::new_local(false),
        }
    }

    /// The way to what is kept.
    pub(super) fn bridge(self) -> Bridge {
        self.bridge.get_value()
    }

    /// A sentence in the language in use, kept up to date.
    pub(super) fn text(self, words: Words) -> View {
        sentence(self.language, words)
    }

    /// The same as the value of an attribute.
    pub(super) fn t(self, words: Words) -> impl Fn() -> Option<String> + Copy + 'static {
        move || Some(words(self.language.get()).to_owned())
    }

    /// Goes somewhere, as a new step of the history.
    pub(super) fn go(self, route: &Route) {
        shell::set_hash(&route.hash());
    }

    /// Is somewhere else in the same step of the history.
    pub(super) fn stay(self, route: Route) {
        shell::replace_hash(&route.hash());
        self.be_at(route);
    }

    /// Takes note of where the desk is now.
    pub(super) fn be_at(self, route: Route) {
        let same = self.route.with_untracked(|before| before.place() == route.place());
        self.route.set(route);
        if !same {
            self.place.update(|place| *place = place.wrapping_add(1));
        }
    }

    /// A survey of this device, kept up to date.
    pub(super) fn find(self, id: &str) -> Option<Listed> {
        self.listed.with(|listed| listed.as_ref()?.iter().find(|listed| listed.survey.id == id).cloned())
    }

    /// How a survey's responses would come through the loss of this device, kept up to date.
    pub(super) fn safety_of(self, id: &str) -> Option<Safety> {
        self.safety.with(|all| all.iter().find(|(of, _)| of == id).map(|(_, safety)| safety.clone()))
    }

    /// Nothing has gone wrong.
    pub(super) fn is_well(self) -> bool {
        self.trouble.with(Option::is_none)
    }

    /// Hears of changes in the store for as long as the page lives, and reads the surveys then, or when it is seen again.
    pub(super) fn listen(self) {
        let was_lent = lent_for().is_some();
        notice::on_change(move |survey| {
            match (was_lent, lent_for().is_some()) {
                // Another page has lent the device: this one shows nothing any more.
                (false, true) => return shell::reload(),
                (true, _) => return,
                _ => (),
            }
            self.heard.set(survey);
            self.read_soon();
        })
        .forget();
        // A desk that was left open over night.
        shell::on_visibility(move |seen| {
            if seen && !was_lent {
                self.read_soon();
            }
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
            if !self.quiet.get_value() {
                self.read().await;
            }
        });
    }

    /// Does something that changes much, without reading the surveys at each change; then reads them.
    pub(super) async fn quietly<T>(self, doing: impl Future<Output = T>) -> T {
        self.quiet.set_value(true);
        let done = doing.await;
        self.quiet.set_value(false);
        self.read().await;
        done
    }

    /// Reads the surveys.
    pub(super) async fn read(self) {
        if self.wiped.get_untracked() {
            return;
        }
        let read = async {
            let listed = self.bridge().surveys().await?;
            if self.listed.with_untracked(|before| before.as_ref() != Some(&listed)) {
                self.listed.set(Some(listed.clone()));
            }
            self.bridge().safety(&listed).await
        };
        match read.await {
            // Also where nothing has changed: what is said of it goes by the day.
            Ok(safety) => self.safety.set(safety),
            Err(trouble) => self.trouble.set(Some(trouble)),
        }
        if let Ok(unread) = self.bridge().unread().await
            && self.unread.get_untracked() != unread
        {
            self.unread.set(unread);
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

/// A view for each name, kept while its name stays.
pub(super) fn each(
    names: impl Fn() -> Vec<String> + 'static,
    one: impl Fn(String) -> View + 'static,
) -> View {
    let known: Rc<RefCell<Vec<String>>> = Rc::default();
    let numbers = {
        let known = Rc::clone(&known);
        move || {
            let mut known = known.borrow_mut();
            let mut number = |name: String| {
                let at = known.iter().position(|own| *own == name).unwrap_or(known.len());
                if at == known.len() {
                    known.push(name);
                }
                at as u32
            };
            names().into_iter().map(&mut number).collect()
        }
    };
    keyed(numbers, move |number| {
        let name = known.borrow().get(number as usize).cloned();
        one(name.unwrap_or_default())
    })
}
