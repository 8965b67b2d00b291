//! Entering paper forms by keyboard: [`screen`] is what is seen, [`typing`] one form. Each answer goes to the disk as on a phone,
//! by the same journal, and what is finished by the same transaction.

mod asked;
mod typing;

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::act::button;
use super::app::{frame, name_of, with_survey};
use super::frame::{Desk, Words};
use crate::browser::idb::IdbStore;
use crate::browser::preferences::take_unconfirmed;
use crate::browser::seal::Sealer;
use crate::browser::{dom, shell};
use crate::engine::Step;
use crate::form::Form;
use crate::i18n::{Language, desk as desk_say, enter as say, explain};
use crate::response::{Draft, Entry, Response};
use crate::store::{FaultKind, ResponseStore};
use crate::survey::{Survey, SurveyState};
use crate::ui::fill::draft::{Journal, Saved};
use crate::ui::parts::{Asked, Kept, View, Watched, element, live, words};
use asked::asked;
use typing::{Entered, Gate, Stage, Typing, number_in};

const FIELD: &str = "enter-field";
const FORM: &str = "enter-form";
const LANGUAGE: &str = "enter-language";

/// What keeps forms from being entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Opening,
    NotOpen,
    NoForm,
    NoSealing,
    Failed(FaultKind),
    Ready,
}

/// The screen. A handle, copied freely.
#[derive(Clone, Copy)]
struct Entering {
    desk: Desk,
    survey: Kept<String>,
    state: Watched<State>,
    typing: Kept<Option<Typing>>,
    journal: Watched<Journal>,
    sealer: Kept<Option<Sealer>>,
    language: Watched<String>,
    /// Counts what was entered: the screen follows it.
    turn: Watched<u32>,
    /// What is wrong with what was entered, or what was done last.
    told: Watched<Option<Told>>,
    /// Numbers of the forms of this session; never kept.
    done: Watched<Vec<String>>,
}

/// Something said under the field.
#[derive(Debug, Clone, PartialEq)]
struct Told {
    wrong: bool,
    text: String,
}

/// Forms of a survey, one after another.
pub(super) fn screen(desk: Desk, id: String) -> View {
    let inside = with_survey(desk, id, move |id| {
        let of = Entering {
            desk,
            survey: Kept::new(id.to_owned()),
            state: Watched::new(State::Opening),
            typing: Kept::new(None),
            journal: Watched::new(Journal::new(IdbStore::default())),
            sealer: Kept::new(None),
            language: Watched::new(desk.language.get_untracked().tag().to_owned()),
            turn: Watched::new(0),
            told: Watched::new(None),
            done: Watched::new(Vec::new()),
        };
        spawn_local(async move {
            let state = of.open().await;
            of.state.set(state);
            of.show();
        });
        on_cleanup(move || of.leave());
        of.view()
    });
    frame("enter", desk, inside, true)
}

impl Entering {
    async fn open(self) -> State {
        let id = self.survey.with(String::clone);
        let store = IdbStore::default();
        let survey = match store.surveys().await {
            Ok(all) => all.into_iter().find(|survey| survey.id == id),
            Err(fault) => return State::Failed(fault.kind),
        };
        let Some(survey) = survey.filter(|survey| survey.state == SurveyState::Open && !survey.example)
        else {
            return State::NotOpen;
        };
        let source = match store.form(&survey.form).await {
            Ok(Some(source)) => source,
            Ok(None) => return State::NoForm,
            Err(fault) => return State::Failed(fault.kind),
        };
        if let Some(seal) = &survey.seal {
            match Sealer::fetch(&seal.recipient).await {
                Ok(sealer) => drop(self.sealer.update(|kept| *kept = Some(sealer))),
                Err(_) => return State::NoSealing,
            }
        }
        let Ok(form) = Form::build(&source) else { return State::NoForm };
        let tag = self.language.get_untracked();
        let Some(fresh) = Typing::new(Rc::new(form), survey, &tag) else { return State::NoForm };
        let typing = match self.begun(&store, &id).await {
            Some((draft, kept, further, number)) => {
                let journal: Vec<Entry> = draft.journal.iter().chain(&further).cloned().collect();
                let again = fresh.another(&tag);
                match fresh.resumed(&draft, &journal, number) {
                    Some(typing) => {
                        self.journal.get_untracked().resume(draft, kept, further);
                        self.tell(false, say::resumed(self.desk.language.get_untracked()).to_owned());
                        typing
                    }
                    None => again,
                }
            }
            None => fresh,
        };
        let _ = self.typing.update(|kept| *kept = Some(typing));
        self.new_journal_seals();
        State::Ready
    }

    /// The form that was begun and not finished, unless another page has it.
    async fn begun(self, store: &IdbStore, id: &str) -> Option<(Draft, usize, Vec<Entry>, String)> {
        for draft in store.drafts(id).await.ok()?.into_iter().filter(|draft| draft.lent) {
            let Ok(Some(draft)) = store.draft(draft.id).await else { continue };
            let Some(number) = draft.journal.iter().find_map(number_in) else { continue };
            if !shell::hold(&draft.id.to_text(), false).await {
                continue;
            }
            let kept = draft.journal.len();
            let further = take_unconfirmed(draft.id, kept);
            return Some((draft, kept, further, number));
        }
        None
    }

    /// Of a sealed survey nothing is kept before it is whole: nobody could go on with it.
    fn new_journal_seals(self) {
        if let Some(sealer) = self.sealer.with(Option::clone) {
            let seal = move |response: Option<&Response>| sealer.seal(response?, true);
            self.journal.get_untracked().seal_with(Rc::new(seal));
        }
    }

    fn is_sealed(self) -> bool {
        self.sealer.with(Option::is_some)
    }

    fn look<T>(self, read: impl FnOnce(&Typing) -> T) -> Option<T> {
        self.typing.try_with(|typing| typing.as_ref().map(read)).flatten()
    }

    fn change<T>(self, act: impl FnOnce(&mut Typing) -> T) -> Option<T> {
        self.typing.update(|typing| typing.as_mut().map(act)).flatten()
    }

    fn tell(self, wrong: bool, text: String) {
        self.told.set(Some(Told { wrong, text }));
        if wrong {
            dom::select(FIELD);
        }
    }

    /// Shows where the typing is, with what is there already in the field.
    fn show(self) {
        self.turn.update(|turn| *turn = turn.wrapping_add(1));
        let text = self.look(Typing::text).unwrap_or_default();
        spawn_local(async move {
            shell::focus_soon(FIELD.to_owned());
            dom::set_value_of(FIELD, &text);
            dom::select(FIELD);
        });
    }

    fn enter(self, text: &str) {
        if self.desk.busy.get_untracked() {
            return;
        }
        let Some(stage) = self.look(|typing| typing.stage) else { return };
        let language = self.desk.language.get_untracked();
        match stage {
            Stage::Number => {
                let number = text.trim().to_owned();
                let again = !number.is_empty() && self.done.with_untracked(|done| done.contains(&number));
                let doubted =
                    self.change(|typing| std::mem::replace(&mut typing.doubted, true)) == Some(true);
                if again && !doubted {
                    return self.tell(true, say::twice(language).to_owned());
                }
                self.told.set(None);
                let _ = self.change(|typing| typing.begin(&number));
                self.desk.unsaved.set(self.is_sealed());
            }
            Stage::Step(step) => {
                let Some(entered) = self.change(|typing| typing.enter(step, text)) else { return };
                match entered {
                    Entered::Taken(entries) => {
                        self.told.set(None);
                        self.keep(entries);
                    }
                    Entered::Mistyped(why) => {
                        return self.tell(true, say::mistyped(why, language).to_owned());
                    }
                    Entered::Breaks(message) if message.is_empty() => {
                        return self.tell(true, say::breaks(language).to_owned());
                    }
                    Entered::Breaks(message) => {
                        return self.tell(true, [&message, " ", say::breaks(language)].concat());
                    }
                    Entered::Blank => return self.tell(true, say::required_blank(language).to_owned()),
                    Entered::Must => return self.tell(true, say::must(language).to_owned()),
                }
            }
            Stage::End => return self.finish(),
        }
        self.show();
    }

    /// Keeps what was entered, once age and consent allow it.
    fn keep(self, entries: Vec<Entry>) {
        let journal = self.journal.get_untracked();
        match self.look(Typing::gate) {
            Some(Gate::Open) if self.is_sealed() => {}
            Some(Gate::Open) if journal.draft().is_some() => {
                entries.into_iter().for_each(|entry| journal.note(entry))
            }
            Some(Gate::Open) => {
                let Some(draft) = self.look(Typing::draft) else { return };
                let id = draft.id.to_text();
                spawn_local(async move {
                    shell::hold(&id, false).await;
                });
                journal.begin(draft);
            }
            Some(Gate::Declined) => {
                let language = self.desk.language.get_untracked();
                self.drop_form();
                self.tell(false, say::declined(language).to_owned());
            }
            Some(Gate::Waiting) | None => journal.discard(),
        }
    }

    /// Nothing of this form stays; an empty one is next.
    fn drop_form(self) {
        self.journal.get_untracked().discard();
        self.next();
    }

    fn next(self) {
        let journal = Journal::new(IdbStore::default());
        self.journal.set(journal);
        self.new_journal_seals();
        let tag = self.language.get_untracked();
        let _ = self.change(|typing| *typing = typing.another(&tag));
        self.desk.unsaved.set(false);
        spawn_local(async {
            shell::hold("", false).await;
        });
    }

    /// Keeps the form. Said only when it is on the disk.
    fn finish(self) {
        let language = self.desk.language.get_untracked();
        if let Some(broken) = self.look(Typing::broken).flatten() {
            let _ = self.change(|typing| typing.stage = Stage::Step(Step::Question(broken)));
            self.tell(true, say::breaks(language).to_owned());
            return self.show();
        }
        if self.look(|typing| typing.counts().0) == Some(0) {
            self.drop_form();
            self.tell(false, say::nothing(language).to_owned());
            return self.show();
        }
        let journal = self.journal.get_untracked();
        let made = self.look(|typing| (typing.response(journal.draft()), typing.number.clone()));
        let Some((response, number)) = made else { return };
        self.desk.busy.set(true);
        spawn_local(async move {
            let kept = journal.finish(response).await;
            self.desk.busy.set(false);
            match kept {
                Ok(()) => {
                    self.done.update(|done| done.push(number.clone()));
                    let done = self.done.with_untracked(Vec::len);
                    self.next();
                    self.tell(false, say::kept(&number, done, language));
                    self.desk.read_soon();
                }
                Err(fault) => self.tell(true, explain::fault(fault.kind, language).to_owned()),
            }
            self.show();
        });
    }

    fn back(self) {
        self.told.set(None);
        let _ = self.change(Typing::back);
        self.show();
    }

    /// The screen goes; what is kept stays, for whoever comes back.
    fn leave(self) {
        self.desk.unsaved.set(false);
        let _ = self.typing.update(Option::take);
        spawn_local(async {
            shell::hold("", false).await;
        });
    }

    fn view(self) -> View {
        let desk = self.desk;
        let named = move || {
            let id = self.survey.with(String::clone);
            desk.find(&id).map(|one| name_of(desk, &one.survey)).unwrap_or_default()
        };
        let wave = move || self.look(|typing| Survey::wave(&typing.survey)).unwrap_or_default();
        let head = element("div")
            .class("desk-head")
            .child(element("h1").child(desk.text(say::title)))
            .child(element("p").class("survey-name").child(words(named)))
            .child(live(move || {
                self.turn.track();
                let wave = wave();
                (!wave.is_empty()).then(|| {
                    element("p").class("soft").text(&desk_say::wave_named(&wave, desk.language.get()))
                })
            }))
            .child(element("p").child(desk.text(say::lead)))
            .child(element("p").class("hint").child(desk.text(say::keys)));
        let body = live(move || match self.state.get() {
            State::Opening => element("p").class("soft").child(desk.text(desk_say::loading)).view(),
            State::NotOpen => notice(desk, say::not_open),
            State::NoForm => notice(desk, say::no_form),
            State::NoSealing => notice(desk, say::no_sealing),
            State::Failed(kind) => {
                let text = words(move || explain::fault(kind, desk.language.get()).to_owned());
                element("p").class("notice notice-bad").child(text).view()
            }
            State::Ready => View::Several(vec![
                self.is_sealed().then(|| element("p").class("notice").child(desk.text(say::sealed))).into(),
                self.card(),
            ]),
        });
        View::Several(vec![head.view(), body])
    }

    /// What is asked now, and the field.
    fn card(self) -> View {
        let desk = self.desk;
        let asked = live(move || {
            self.turn.track();
            self.look(|typing| asked(typing, FIELD, desk.language.get()))
        });
        let told = live(move || {
            let told = self.told.get()?;
            let (class, mark) = if told.wrong { ("error", "wrong") } else { ("enter-done", "done") };
            Some(element("p").class(class).attr("data-told", mark).text(&told.text))
        });
        let field = element("input")
            .id(FIELD)
            .class("input")
            .attr("type", "text")
            .value(&self.look(Typing::text).unwrap_or_default())
            .attr("autocomplete", "off")
            .attr("autocapitalize", "none")
            .attr("spellcheck", "false")
            .attr("aria-describedby", "enter-how enter-told")
            .on("keydown", move |event| {
                let shift = dom::has_shift(&event);
                let key = dom::key_of(&event);
                if key == "ArrowUp" || (key == "Enter" && shift) {
                    event.prevent_default();
                    self.back();
                }
            });
        let failed = live(move || match self.journal.get().saved.get() {
            Saved::Failed(kind) => {
                let text = words(move || explain::fault(kind, desk.language.get()).to_owned());
                let again =
                    button(desk, "enter-retry", "button", desk.text(desk_say::try_again), move || {
                        self.journal.get_untracked().retry();
                    });
                Some(
                    element("div")
                        .class("notice notice-bad stack")
                        .attr("role", "alert")
                        .child(element("p").child(text))
                        .child(again),
                )
            }
            _ => None,
        });
        let go = live(move || {
            self.turn.track();
            let end = self.look(|typing| typing.stage == Stage::End) == Some(true);
            let label = if end { say::keep } else { say::go_on };
            element("button")
                .attr("type", "submit")
                .class("button button-primary")
                .attr("data-act", "enter")
                .child(desk.text(label))
        });
        let discard =
            button(desk, "enter-discard", "button button-quiet", desk.text(say::discard), move || {
                let language = desk.language.get_untracked();
                desk.asked.set(Some(Asked {
                    title: say::discard_title(language).to_owned(),
                    text: say::discard_text(language).to_owned(),
                    yes: say::discard_yes(language).to_owned(),
                    no: say::discard_no(language).to_owned(),
                    then: Rc::new(move || {
                        self.drop_form();
                        self.told.set(None);
                        self.show();
                    }),
                }));
            });
        let form = element("form")
            .id(FORM)
            .class("card stack enter")
            .flag("novalidate", true)
            .on("submit", move |event| {
                event.prevent_default();
                self.enter(&dom::value_of_id(FIELD));
            })
            .child(asked)
            .child(field)
            .child(
                element("div")
                    .id("enter-told")
                    .attr("role", "status")
                    .attr("aria-live", "polite")
                    .child(told),
            )
            .child(failed)
            .child(element("div").class("row").child(go).child(discard));
        View::Several(vec![self.languages(), form.view()])
    }

    /// In which language the forms were answered; for the forms from here on.
    fn languages(self) -> View {
        let now = self.language.get_untracked();
        let own = self.look(|typing| {
            let form = typing.session.form();
            let named = |(at, tag): (usize, &String)| (tag.clone(), form.language_name(at).to_owned());
            form.speaks_others().then(|| form.languages.iter().enumerate().map(named).collect::<Vec<_>>())
        });
        let usual = || Language::ALL.map(|one| (one.tag().to_owned(), one.name().to_owned())).to_vec();
        let option = |(tag, name): (String, String)| {
            let chosen = tag == now;
            element("option").attr("value", &tag).flag("selected", chosen).text(&name).view()
        };
        let options: Vec<View> = own.flatten().unwrap_or_else(usual).into_iter().map(option).collect();
        let select = element("select").id(LANGUAGE).class("input input-short").child(options).on(
            "change",
            move |event| {
                let tag = dom::value_of(&event);
                let spoken = self.change(|typing| {
                    let index = typing.session.form().language(&tag)?;
                    typing.session.set_language(index);
                    typing.session.form().languages.get(index).cloned()
                });
                self.language.set(tag);
                if let Some(tag) = spoken.flatten() {
                    self.journal.get_untracked().note(Entry::Language(tag));
                }
                self.show();
            },
        );
        element("div")
            .class("row toolbar")
            .child(element("label").attr("for", LANGUAGE).child(self.desk.text(say::language)))
            .child(select)
            .view()
    }
}

fn notice(desk: Desk, text: Words) -> View {
    element("p").class("notice notice-caution").child(desk.text(text)).view()
}
