use leptos::prelude::*;
use leptos::task::spawn_local;

use super::draft::Saved;
use super::open::{Unopened, open};
use super::route::{Place, Route};
use super::session::{Filling, Turn};
use super::{aids, done, kiosk, page, review, start, tongue};
use crate::browser::idb::IdbStore;
use crate::browser::markup::root;
use crate::browser::preferences::{LocalPreferences, lent_for, take_unconfirmed};
use crate::browser::{clock, shell, speech};
use crate::engine::{At, Paging};
use crate::i18n::{Language, explain, fill as say};
use crate::response::{Draft, ResponseId};
use crate::store::{Preferences, ResponseStore};
use crate::ui::parts::{
    Asked, Icon, Kept, View, Watched, button, confirm, element, icon, live, one_of, preferred_language,
    sentence, show, topbar, whenever, words,
};

/// How long a page is given to write what it has, before another goes on with it, in milliseconds.
const TAKING: u32 = 500;
const PAGING: &str = "paging";
/// Where a quick exit leads: an empty page, which asks nothing of any network.
const EMPTY: &str = "about:blank";

/// What is on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Screen {
    /// Something is being opened.
    Opening,
    /// Which survey?
    Start,
    /// A filling: a page of it or the review.
    Fill,
    /// Finished.
    Done,
    /// Did not want to take part, or is too young.
    Declined,
    /// The end of a preview.
    Previewed,
    /// A survey could not be opened.
    Trouble(Unopened),
    /// Another page writes this draft.
    Elsewhere(ResponseId),
    /// The desk did not come.
    NoDesk,
    /// The desk is on the screen, not this side.
    Away,
}

/// What every screen of this side can reach. A handle, copied freely.
#[derive(Clone, Copy)]
pub(super) struct App {
    /// The language of the program and, where it speaks it, of the form.
    pub(super) language: Watched<Language>,
    /// What is on the screen.
    pub(super) screen: Watched<Screen>,
    /// The filling under way.
    pub(super) filling: Watched<Option<Filling>>,
    /// The question that waits for a yes.
    pub(super) asked: Watched<Option<Asked>>,
    /// What screen readers are told, once.
    pub(super) said: Watched<String>,
    /// Whether questions offer to be read aloud.
    pub(super) aloud: Watched<bool>,
    store: Kept<IdbStore>,
    /// What owns the signals of the filling under way.
    owner: Kept<Owner>,
}

/// Starts this side: takes the skeleton's place and follows the address.
pub fn run() {
    let Some(root) = root("app") else { return };
    shell::empty("app");
    // Fails only where it was done before.
    let _ = any_spawner::Executor::init_wasm_bindgen();
    let owner = Owner::new();
    owner.with(|| {
        let language = preferred_language();
        shell::set_language(language.tag());
        aids::apply();
        let app = App {
            language: Watched::new(language),
            screen: Watched::new(Screen::Opening),
            filling: Watched::new(None),
            asked: Watched::new(None),
            said: Watched::new(String::new()),
            aloud: Watched::new(LocalPreferences.get(aids::ALOUD).is_some()),
            store: Kept::new(IdbStore::default()),
            owner: Kept::new(Owner::new()),
        };
        app.follow(Route::read(&shell::hash()), true);
        shell::on_hash(move |hash| app.follow(Route::read(&hash), false)).forget();
        shell::on_taken(move || app.taken()).forget();
        if lent_for().is_some() {
            kiosk::watch(app);
        }
        shell::on_page_hide(move || app.leave_nothing_behind()).forget();
        shell::on_page_show(|cached| {
            if cached {
                shell::reload();
            }
        })
        .forget();
        shell::on_visibility(move |seen| {
            if let (false, Some(filling)) = (seen, app.filling.get_untracked()) {
                filling.journal.rescue();
            }
        })
        .forget();
        std::mem::forget(show(view(app), &root));
    });
    // The page lives as long as the program.
    std::mem::forget(owner);
}

impl App {
    /// The tag of the language that is read: the form's while one is answered.
    pub(super) fn tongue(self) -> String {
        self.filling.get().map_or_else(|| self.language.get().tag().to_owned(), Filling::tongue)
    }

    /// The store of this device.
    pub(super) fn store(self) -> IdbStore {
        self.store.with(IdbStore::clone)
    }

    /// Goes where the address points. `direct`: by a link, not by going back.
    fn follow(self, route: Route, direct: bool) {
        let from_desk = self.screen.get_untracked() == Screen::Away;
        let beside = matches!(route, Route::Beside(_));
        if from_desk && !beside {
            // The desk may have been switched to another language meanwhile.
            self.language.set(preferred_language());
        }
        let direct = direct || from_desk;
        if let Some(lent_for) = lent_for()
            && !beside
            && (direct || !matches!(&route, Route::Fill { survey, .. } if *survey == lent_for))
        {
            return self.to_start();
        }
        match route {
            Route::Beside(name) => self.open_beside(name),
            Route::Start => {
                self.put_aside();
                self.screen.set(Screen::Start);
            }
            Route::Preview(survey) => {
                self.put_aside();
                self.start(survey, true);
            }
            Route::Fill { survey, place } => {
                let here = self.filling.get_untracked().filter(|filling| {
                    filling.survey(|known| known.id == survey).unwrap_or(false)
                        && self.screen.get_untracked() == Screen::Fill
                });
                match (here, place) {
                    (Some(filling), place) => filling.go(place.unwrap_or(Place::Page(0))),
                    (None, None) if direct => self.offer(survey),
                    (None, _) => self.to_start(),
                }
            }
        }
    }

    /// A link to a survey: an unfinished filling is offered, else a new one begins.
    fn offer(self, survey: String) {
        spawn_local(async move {
            let drafts = self.store().drafts(&survey).await.unwrap_or_default();
            if drafts.iter().all(|draft| draft.lent) { self.begin(survey) } else { self.to_start() }
        });
    }

    fn open_beside(self, name: &'static str) {
        self.put_aside();
        self.screen.set(Screen::Away);
        spawn_local(async move {
            if shell::load_binary(name).await.is_err() {
                self.screen.set(Screen::NoDesk);
            }
        });
    }

    /// To the start; an unfinished filling stays on the device.
    pub(super) fn to_start(self) {
        self.put_aside();
        shell::replace_hash(&Route::Start.to_hash());
        self.screen.set(Screen::Start);
    }

    /// Begins a new filling.
    pub(super) fn begin(self, survey: String) {
        self.start(survey, false);
    }

    fn start(self, survey: String, preview: bool) {
        self.screen.set(Screen::Opening);
        spawn_local(async move {
            match open(&self.store(), &survey, None, self.language.get_untracked(), preview).await {
                Ok(opened) => self.fill(opened, |_| Place::Page(0)),
                Err(why) => self.screen.set(Screen::Trouble(why)),
            }
        });
    }

    /// Goes on with a draft where the person was; `takes`: even where another page does.
    pub(super) fn resume(self, id: ResponseId, takes: bool) {
        self.screen.set(Screen::Opening);
        spawn_local(async move {
            if !shell::hold(&id.to_text(), takes).await {
                return self.screen.set(Screen::Elsewhere(id));
            }
            if takes {
                // The other page writes what was typed last.
                clock::sleep(TAKING).await;
            }
            let read = self.store().draft(id).await;
            let (draft, kept) = match read {
                Ok(Some(draft)) => {
                    let kept = draft.journal.len();
                    (draft, kept)
                }
                Ok(None) => return self.screen.set(Screen::Trouble(Unopened::NotHere)),
                Err(fault) => return self.screen.set(Screen::Trouble(Unopened::Store(fault.kind))),
            };
            let further = take_unconfirmed(id, kept);
            let journal: Vec<_> = draft.journal.iter().chain(&further).cloned().collect();
            let language = self.language.get_untracked();
            match open(&self.store(), &draft.survey, Some((&draft, &journal)), language, false).await {
                Ok(opened) => {
                    let page = opened.page.clone();
                    self.fill(opened, move |filling| {
                        filling.journal.resume(Draft { journal: Vec::new(), ..draft }, kept, further);
                        page.and_then(|page| filling.place_at(&page)).unwrap_or(Place::Page(0))
                    });
                }
                Err(why) => self.screen.set(Screen::Trouble(why)),
            }
        });
    }

    fn fill(self, opened: super::open::Opened, place: impl FnOnce(Filling) -> Place) {
        let owner = Owner::new();
        let before = self.owner.update(|kept| std::mem::replace(kept, owner.clone()));
        let paging =
            if LocalPreferences.get(PAGING).is_some() { Paging::Questions } else { Paging::Sections };
        let id = opened.survey.id.clone();
        let filling = Filling::new(opened, self.store(), paging, owner);
        let place = place(filling);
        // A form with other languages has its own choice, and a draft of it goes on in the one it was left in.
        if !filling.has_tongues() {
            filling.speak(self.language.get_untracked().tag());
        }
        filling.place.set(place);
        self.filling.set(Some(filling));
        self.screen.set(Screen::Fill);
        shell::replace_hash(&Route::Fill { survey: id, place: Some(place) }.to_hash());
        drop(before);
    }

    /// Another page goes on with the draft of this one.
    fn taken(self) {
        self.put_aside();
        shell::replace_hash(&Route::Start.to_hash());
        self.screen.set(Screen::Trouble(Unopened::Taken));
    }

    /// Turns the page: checks, moves, tells.
    pub(super) fn next(self) {
        let Some(filling) = self.filling.get_untracked() else { return };
        match filling.next() {
            Turn::To(place) => self.go(place),
            Turn::Blocked => {
                shell::before_paint(|| {
                    shell::focus("problems");
                });
            }
            Turn::Declined => {
                filling.journal.discard();
                self.end(Screen::Declined);
            }
        }
    }

    /// Goes to a place of the filling, as a step of the browser's history.
    pub(super) fn go(self, place: Place) {
        let Some(filling) = self.filling.get_untracked() else { return };
        filling.go(place);
        let place = Some(filling.place.get_untracked());
        let survey = filling.survey(|survey| survey.id.clone()).unwrap_or_default();
        shell::set_hash(&Route::Fill { survey, place }.to_hash());
    }

    /// Goes to a question, wherever it is.
    pub(super) fn go_to(self, at: At) {
        let Some(filling) = self.filling.get_untracked() else { return };
        let Some(place) = filling.place_of(at) else { return };
        let from_review = filling.place.get_untracked() == Place::Review;
        self.go(place);
        filling.from_review.set(from_review || filling.from_review.get_untracked());
        // After the page's own heading took the focus.
        spawn_local(async move {
            clock::sleep(60).await;
            shell::focus(&super::question::id(at));
        });
    }

    /// Finishes, and leaves nothing of the answers on the screen or in the history.
    pub(super) async fn finish(self) -> Result<(), Option<crate::store::Fault>> {
        let Some(filling) = self.filling.get_untracked() else { return Ok(()) };
        if filling.preview() {
            self.end(Screen::Previewed);
            return Ok(());
        }
        filling.finish().await?;
        self.end(Screen::Done);
        Ok(())
    }

    fn end(self, screen: Screen) {
        shell::replace_hash(&Route::Start.to_hash());
        self.screen.set(screen);
        self.put_aside();
    }

    /// The filling leaves the screen; what is kept of it stays on the device.
    fn put_aside(self) {
        if let Some(filling) = self.filling.get_untracked() {
            speech::stop();
            filling.journal.flush();
            filling.forget();
            self.filling.set(None);
            spawn_local(async {
                shell::hold("", false).await;
            });
        }
        // What was told of an answer must not outlive the filling.
        self.said.set(String::new());
    }

    /// One question a page or sections; remembered.
    pub(super) fn page_by(self, paging: Paging) {
        match paging {
            Paging::Questions => LocalPreferences.set(PAGING, "questions"),
            Paging::Sections => LocalPreferences.remove(PAGING),
        }
        if let Some(filling) = self.filling.get_untracked() {
            filling.cut_by(paging);
        }
    }

    /// Gone at once: nothing on the screen, an empty page in this one's place. The draft stays.
    pub(super) fn quick_exit(self) {
        self.leave_nothing_behind();
        shell::leave(EMPTY);
    }

    /// The page goes, perhaps into the cache that Back shows again: empties it.
    fn leave_nothing_behind(self) {
        speech::stop();
        if let Some(filling) = self.filling.get_untracked() {
            filling.journal.rescue();
            shell::empty("app");
        }
    }
}

fn view(app: App) -> View {
    let title = whenever(move || {
        let title = match app.screen.get() {
            Screen::Done => say::done_title(app.language.get()),
            _ => "Sondeo",
        };
        shell::set_title(title);
    });
    let away = move || u32::from(app.screen.get() == Screen::Away);
    View::Several(vec![
        title,
        one_of(away, move |away| if away == 0 { View::Several(whole(app).into()) } else { View::Nothing }),
    ])
}

fn whole(app: App) -> [View; 5] {
    let skip = element("button")
        .attr("type", "button")
        .class("skip button")
        .on("click", |_| {
            shell::focus("main");
        })
        .child(sentence(app.language, say::skip_to_content));
    let said =
        element("div").class("visually-hidden").attr("role", "status").child(words(move || app.said.get()));
    [
        skip.view(),
        topbar(app.language, move || app.to_start(), saved(app), live(move || tongue::menu(app))),
        live(move || screen(app)),
        confirm(app.asked),
        said.view(),
    ]
}

fn screen(app: App) -> View {
    match app.screen.get() {
        Screen::Away => View::Nothing,
        Screen::Opening => done::message(app, "opening", say::loading, None, None),
        Screen::Start => start::start(app),
        Screen::Fill => {
            let Some(filling) = app.filling.get_untracked() else { return View::Nothing };
            one_of(
                move || u32::from(filling.place.get() == Place::Review),
                move |reviewing| match reviewing {
                    0 => page::page(app, filling),
                    _ => review::review(app, filling),
                },
            )
        }
        Screen::Done => done::done(app),
        Screen::Declined => done::declined(app),
        Screen::Previewed => done::previewed(app),
        Screen::Trouble(why) => {
            let title = if why == Unopened::Taken { say::elsewhere_title } else { say::trouble_title };
            let text = words(move || {
                let language = app.language.get();
                let text = match why {
                    Unopened::NotHere => say::no_survey(language),
                    Unopened::NotLoaded => say::cannot_load(language),
                    Unopened::FormGone => say::form_gone(language),
                    Unopened::Wrong => say::form_wrong(language),
                    Unopened::Taken => say::taken(language),
                    Unopened::Store(kind) => explain::fault(kind, language),
                };
                text.to_owned()
            });
            done::message(app, "trouble", title, Some(text), None)
        }
        Screen::Elsewhere(id) => {
            let text = sentence(app.language, say::elsewhere);
            let take = button("button", "take-over")
                .on("click", move |_| app.resume(id, true))
                .child(sentence(app.language, say::take_over));
            done::message(app, "elsewhere", say::elsewhere_title, Some(text), Some(take))
        }
        Screen::NoDesk => {
            let text = sentence(app.language, say::desk_failed);
            done::message(app, "trouble", say::trouble_title, Some(text), None)
        }
    }
}

/// Whether what was answered is kept, in the top bar while a filling is on the screen.
fn saved(app: App) -> View {
    live(move || {
        let language = app.language.get();
        let (name, word) = match app.filling.get()?.journal.saved.get() {
            Saved::Nothing => return None,
            Saved::All => ("saved", say::saved(language)),
            Saved::Saving => ("saving", say::saving(language)),
            Saved::Failed(_) => ("failed", say::not_saved(language)),
        };
        let mark = (name == "saved").then(|| icon(Icon::Check));
        let saved = element("span").class("saved").attr("data-saved", name);
        Some(saved.child(mark).child(element("span").text(word)))
    })
}
