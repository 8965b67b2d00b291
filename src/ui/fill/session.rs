use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::draft::Journal;
use super::open::Opened;
use super::route::Place;
use crate::browser::{clock, idb::IdbStore, preferences::lent_for, random, shell};
use crate::engine::{Answer, At, Changes, Moment, NodeState, Page, Paging, Progress, Session, Violation};
use crate::form::{Layout, Node, NodeKind};
use crate::response::{Draft, Entry, Response};
use crate::store::Fault;
use crate::survey::{Subject, Survey};
use crate::ui::parts::{Kept, Watched};

/// What a screen follows of one slot.
#[derive(Clone, Copy)]
pub(super) struct Slot {
    /// The engine's state of it.
    pub(super) state: Watched<NodeState>,
    /// What is wrong with it may be told.
    pub(super) revealed: Watched<bool>,
}

/// A filling under way: the engine's session, a signal per slot that is on a screen, and the journal. A handle, copied freely.
#[derive(Clone, Copy)]
pub(super) struct Filling {
    inner: Kept<Option<Inner>>,
    /// What is kept.
    pub(super) journal: Journal,
    /// The pages there are now.
    pub(super) pages: Watched<Rc<[Page]>>,
    /// Where the person is.
    pub(super) place: Watched<Place>,
    /// Whether it was on the review that the person chose a question to change.
    pub(super) from_review: Watched<bool>,
    /// How far it is.
    pub(super) progress: Watched<Progress>,
    /// How it is cut into pages.
    pub(super) paging: Watched<Paging>,
    /// The language of the form, by its place there.
    language: Watched<usize>,
    /// Slots whose violations a turn of the page has just met, told in a summary.
    pub(super) blocked: Watched<Rc<[At]>>,
}

struct Inner {
    session: Session,
    survey: Survey,
    seed: u64,
    preview: bool,
    /// Instances that people added and removed, in order, and what was filled in beforehand: a draft begun later needs them
    /// before its answers.
    shaped: Vec<Entry>,
    slots: Vec<Option<Slot>>,
    owner: Owner,
}

/// What the questions about age and consent have come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gate {
    /// Answers may be kept.
    Open,
    /// Not answered yet: nothing may be kept.
    Waiting,
    /// Too young, or no consent: nothing may be kept and there is nothing more to ask.
    Declined,
}

/// What turning the page came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// To another place.
    To(Place),
    /// Something on this page must be mended first.
    Blocked,
    /// The person does not take part.
    Declined,
}

impl Filling {
    /// Puts signals around a session. `owner` keeps them, until the next filling.
    pub(super) fn new(opened: Opened, store: IdbStore, paging: Paging, owner: Owner) -> Filling {
        let Opened { session, survey, seed, shaped, preview, sealer, .. } = opened;
        owner.clone().with(|| {
            let pages: Rc<[Page]> = session.pages(paging).into();
            let progress = session.progress();
            let language = session.language();
            let filling = Filling {
                inner: Kept::new(Some(Inner {
                    session,
                    survey,
                    seed,
                    shaped,
                    preview,
                    slots: Vec::new(),
                    owner,
                })),
                journal: Journal::new(store),
                pages: Watched::new(pages),
                place: Watched::new(Place::Page(0)),
                from_review: Watched::new(false),
                progress: Watched::new(progress),
                paging: Watched::new(paging),
                language: Watched::new(language),
                blocked: Watched::new(Rc::new([])),
            };
            if let Some(sealer) = sealer {
                filling.journal.seal_with(Rc::new(move |whole: Option<&Response>| match whole {
                    Some(response) => sealer.seal(response, true),
                    None => sealer.seal(&filling.response_so_far()?, false),
                }));
            }
            filling
        })
    }

    /// The signals of a slot, made when they are first wanted.
    pub(super) fn slot(self, at: At) -> Slot {
        let made = self.change(|inner| {
            let index = at.0 as usize;
            if inner.slots.len() <= index {
                inner.slots.resize(index + 1, None);
            }
            let state = inner.session.state(at).cloned().unwrap_or_default();
            let make = || Slot { state: Watched::new(state), revealed: Watched::new(false) };
            inner.slots.get_mut(index).map(|slot| *slot.get_or_insert_with(|| inner.owner.with(make)))
        });
        made.flatten().unwrap_or_else(|| Slot {
            state: Watched::new(NodeState::default()),
            revealed: Watched::new(false),
        })
    }

    /// Answers a question: a tap, kept at once.
    pub(super) fn answer(self, at: At, answer: Answer) {
        self.give(at, answer, false);
    }

    /// Answers a question by typing: kept when the typing rests.
    pub(super) fn type_in(self, at: At, answer: Answer) {
        self.give(at, answer, true);
    }

    fn give(self, at: At, answer: Answer, typing: bool) {
        let now = clock::now();
        let Some((changes, path)) =
            self.change(|inner| (inner.session.answer(at, answer.clone(), now), inner.session.path(at)))
        else {
            return;
        };
        self.apply(&changes);
        self.note(path, answer, typing);
        self.note_triggered(&changes, typing);
        self.heed_consent();
        let mended = self.slot(at).state.with_untracked(|state| state.violation.is_none());
        if mended {
            self.blocked
                .update(|blocked| *blocked = blocked.iter().copied().filter(|known| *known != at).collect());
        }
    }

    fn note(self, path: String, answer: Answer, typing: bool) {
        if typing {
            self.journal.note_typing(path, answer);
        } else {
            self.journal.note(Entry::Answer { path, answer });
        }
    }

    /// What an answer triggered is noted after it: computed again on a reload it could be another, where it asks the clock.
    fn note_triggered(self, changes: &Changes, typing: bool) {
        let triggered = self.look(|inner| {
            let entry = |at: &At| {
                let node = inner.session.definition(*at)?;
                let answer = inner.session.state(*at)?.answer.clone();
                (!node.trigger.is_empty()).then(|| (inner.session.path(*at), answer))
            };
            changes.nodes.iter().filter_map(entry).collect::<Vec<_>>()
        });
        for (path, answer) in triggered.unwrap_or_default() {
            self.note(path, answer, typing);
        }
    }

    /// Whether it is only looked at.
    pub(super) fn preview(self) -> bool {
        self.look(|inner| inner.preview).unwrap_or(false)
    }

    /// Adds an instance to a repeat that people extend. Gives the instance.
    pub(super) fn add(self, repeat: At) -> Option<At> {
        self.shape(Entry::Add(self.path(repeat)), repeat, Session::add);
        self.look(|inner| inner.session.children(repeat).last().copied()).flatten()
    }

    /// Removes an instance of a repeat that people extend.
    pub(super) fn remove(self, instance: At) {
        self.shape(Entry::Remove(self.path(instance)), instance, Session::remove);
    }

    fn shape(self, entry: Entry, at: At, act: fn(&mut Session, At, Moment) -> Changes) {
        let changes = self.change(|inner| {
            inner.shaped.push(entry.clone());
            act(&mut inner.session, at, clock::now())
        });
        if let Some(changes) = changes {
            self.blocked.set(Rc::new([]));
            self.apply(&changes);
            self.journal.note(entry);
        }
    }

    /// Nothing is kept before the consent, and what was kept goes with it.
    pub(super) fn heed_consent(self) {
        let kept = self.journal.draft().is_some();
        match (self.gate(), kept) {
            (Gate::Open, false) => {
                if let Some(draft) = self.look(Inner::draft).flatten() {
                    let id = draft.id.to_text();
                    self.journal.begin(draft);
                    spawn_local(async move {
                        shell::hold(&id, false).await;
                    });
                }
            }
            (Gate::Waiting | Gate::Declined, true) => self.journal.discard(),
            _ => {}
        }
    }

    /// What the questions named `adult` and `consent` of a built-in form have come to. A form without them asks nobody.
    pub(super) fn gate(self) -> Gate {
        self.look(|inner| {
            let answered = |name: &str| {
                let id = inner.session.form().find(name)?;
                let path = inner.session.form().path(id);
                let state = inner.session.state(inner.session.find(&path)?)?;
                Some(if state.relevant { state.answer.to_text() } else { String::new() })
            };
            if inner.preview {
                return Gate::Waiting;
            }
            // Of a form of somebody's own nobody knows what these names stand for.
            if matches!(inner.survey.subject, Subject::Own(_)) {
                return Gate::Open;
            }
            let (adult, consent) = (answered("adult"), answered("consent"));
            let is = |answer: &Option<String>, text: &str| answer.as_deref() == Some(text);
            match () {
                () if is(&adult, "no") || is(&consent, "no") => Gate::Declined,
                () if consent.is_none() && adult.is_none() => Gate::Open,
                () if is(&consent, "yes") || (consent.is_none() && is(&adult, "yes")) => Gate::Open,
                () => Gate::Waiting,
            }
        })
        .unwrap_or(Gate::Waiting)
    }

    /// Switches the language of everything that the form says.
    pub(super) fn speak(self, tag: &str) {
        let changes = self.change(|inner| {
            let index = inner.session.form().language(tag)?;
            (index != inner.session.language()).then(|| (index, inner.session.set_language(index)))
        });
        if let Some(Some((index, changes))) = changes {
            self.apply(&changes);
            self.language.set(index);
            self.journal.note(Entry::Language(tag.to_owned()));
        }
    }

    /// The tag of the form's language, followed.
    pub(super) fn tongue(self) -> String {
        self.language.track();
        self.look(Inner::tag).unwrap_or_default()
    }

    /// The engine's session.
    pub(super) fn session<T>(self, of: impl FnOnce(&Session) -> T) -> Option<T> {
        self.look(|inner| of(&inner.session))
    }

    fn apply(self, changes: &Changes) {
        let Some(fresh) = self.look(|inner| {
            let known = |at: &At| {
                let slot = (*inner.slots.get(at.0 as usize)?)?;
                Some((slot, inner.session.state(*at)?.clone()))
            };
            changes.nodes.iter().filter_map(known).collect::<Vec<_>>()
        }) else {
            return;
        };
        for (slot, state) in fresh {
            slot.state.set(state);
        }
        if let Some(progress) = self.look(|inner| inner.session.progress()) {
            self.progress.set(progress);
        }
        if changes.nodes.len() > 1 || !changes.structure.is_empty() {
            self.cut();
        }
    }

    /// Cuts the form into pages anew and stays on the page where the person is.
    fn cut(self) {
        let paging = self.paging.get_untracked();
        let Some(pages) = self.look(|inner| inner.session.pages(paging)) else { return };
        if *self.pages.get_untracked() == *pages {
            return;
        }
        if let Place::Page(index) = self.place.get_untracked() {
            let was = self.pages.with_untracked(|old| old.get(index).and_then(|page| anchor(page, paging)));
            let stays = pages.iter().position(|page| was.is_some() && anchor(page, paging) == was);
            let index = stays.unwrap_or_else(|| index.min(pages.len().saturating_sub(1)));
            self.pages.set(pages.into());
            if self.place.get_untracked() != Place::Page(index) {
                self.place.set(Place::Page(index));
            }
        } else {
            self.pages.set(pages.into());
        }
    }

    /// Sections or single questions a page; what is in front of the person stays there.
    pub(super) fn cut_by(self, paging: Paging) {
        let front = self.page().and_then(|page| self.questions(&page).first().copied());
        self.paging.set(paging);
        let Some(pages) = self.look(|inner| inner.session.pages(paging)) else { return };
        let holds = |page: &Page| front.is_some_and(|front| self.questions(page).contains(&front));
        let index = pages.iter().position(holds).unwrap_or(0);
        self.pages.set(pages.into());
        if self.place.get_untracked() != Place::Review {
            self.place.set(Place::Page(index));
        }
    }

    /// The page where the person is; `None` on the review.
    pub(super) fn page(self) -> Option<Page> {
        let Place::Page(index) = self.place.get() else { return None };
        self.pages.with(|pages| pages.get(index).cloned())
    }

    /// The page where the person is, without following it.
    fn page_now(self) -> Option<Page> {
        untrack(|| self.page())
    }

    /// The questions of a page, the rows of its grids among them.
    pub(super) fn questions(self, page: &Page) -> Vec<At> {
        let of = |at: &At| {
            self.look(|inner| match inner.session.definition(*at).map(|node| &node.kind) {
                Some(NodeKind::Group(Layout::Grid(_))) => inner.relevant_children(*at),
                Some(NodeKind::Question(_)) => vec![*at],
                _ => Vec::new(),
            })
            .unwrap_or_default()
        };
        page.slots.iter().flat_map(of).collect()
    }

    /// Onwards, unless something on this page must be mended.
    pub(super) fn next(self) -> Turn {
        self.journal.flush();
        let Some(page) = self.page_now() else { return Turn::To(Place::Review) };
        if self.gate() == Gate::Declined {
            return Turn::Declined;
        }
        let here = self.questions(&page);
        let wrong: Rc<[At]> =
            self.violations().iter().map(|violation| violation.at).filter(|at| here.contains(at)).collect();
        for at in wrong.iter() {
            self.slot(*at).revealed.set(true);
        }
        let blocked = !wrong.is_empty();
        self.blocked.set(wrong);
        if blocked {
            return Turn::Blocked;
        }
        let last = self.pages.with_untracked(|pages| pages.len()).saturating_sub(1);
        Turn::To(match self.place.get_untracked() {
            Place::Page(index) if index < last => Place::Page(index + 1),
            _ => Place::Review,
        })
    }

    /// Back to the page before; `None` on the first.
    pub(super) fn before(self) -> Option<Place> {
        let last = self.pages.with(|pages| pages.len()).checked_sub(1)?;
        match self.place.get() {
            Place::Review => Some(Place::Page(last)),
            Place::Page(index) => index.checked_sub(1).map(Place::Page),
        }
    }

    /// Goes to a place and notes it in the journal. A page that is not there becomes the last one.
    pub(super) fn go(self, place: Place) {
        self.journal.flush();
        let last = self.pages.with_untracked(|pages| pages.len()).saturating_sub(1);
        let place = match place {
            Place::Page(index) => Place::Page(index.min(last)),
            Place::Review => Place::Review,
        };
        if place == self.place.get_untracked() {
            return;
        }
        self.blocked.set(Rc::new([]));
        if place == Place::Review {
            self.from_review.set(false);
        }
        self.place.set(place);
        let path = self.page_now().and_then(|page| page.slots.first().copied()).map(|at| self.path(at));
        self.journal.note(Entry::Page(path.unwrap_or_default()));
    }

    /// The place of a question.
    pub(super) fn place_of(self, at: At) -> Option<Place> {
        let holds = |page: &Page| page.slots.contains(&at) || self.questions(page).contains(&at);
        self.pages.with_untracked(|pages| pages.iter().position(holds)).map(Place::Page)
    }

    /// The place that a journal names by the path of its first slot; empty: the review.
    pub(super) fn place_at(self, path: &str) -> Option<Place> {
        if path.is_empty() {
            Some(Place::Review)
        } else {
            self.place_of(self.look(|inner| inner.session.find(path))??)
        }
    }

    /// What keeps the person from finishing, in document order.
    pub(super) fn violations(self) -> Vec<Violation> {
        self.look(|inner| inner.session.violations()).unwrap_or_default()
    }

    /// Every page by section, whatever the paging: for the review.
    pub(super) fn sections(self) -> Vec<Page> {
        self.look(|inner| inner.session.pages(Paging::Sections)).unwrap_or_default()
    }

    /// The path of a slot, with the positions of its repeats.
    pub(super) fn path(self, at: At) -> String {
        self.look(|inner| inner.session.path(at)).unwrap_or_default()
    }

    /// The form's node of a slot.
    pub(super) fn definition<T>(self, at: At, of: impl FnOnce(&Node) -> T) -> Option<T> {
        self.look(|inner| inner.session.definition(at).map(of)).flatten()
    }

    /// The relevant slots inside a slot.
    pub(super) fn children(self, at: At) -> Vec<At> {
        self.look(|inner| inner.relevant_children(at)).unwrap_or_default()
    }

    /// The position of a repeat instance, from 1, and how many there are.
    pub(super) fn instance(self, at: At) -> Option<(usize, usize)> {
        self.look(|inner| {
            let position = inner.session.position(at)?;
            Some((position, inner.session.children(inner.session.parent(at)?).len()))
        })
        .flatten()
    }

    /// The repeat of an instance, where people extend it.
    pub(super) fn extensible(self, instance: At) -> Option<At> {
        self.look(|inner| {
            inner.session.parent(instance).filter(|repeat| inner.session.is_extensible(*repeat))
        })
        .flatten()
    }

    /// What of the page where the person is stands in this instance of a repeat, and in none inside it; `None`: in none.
    pub(super) fn inside(self, instance: Option<At>) -> Vec<At> {
        let Place::Page(index) = self.place.get() else { return Vec::new() };
        self.pages.track();
        self.look(|inner| {
            let around = |at: At| {
                let mut above = inner.session.parent(at);
                while let Some(at) = above.filter(|at| !inner.session.is_instance(*at)) {
                    above = inner.session.parent(at);
                }
                above
            };
            let is_in = |at: At| {
                let mut above = around(at);
                while above != instance && above.is_some() {
                    above = above.and_then(around);
                }
                above == instance
            };
            self.pages.with_untracked(|pages| {
                let slots = pages.get(index).map(|page| page.slots.as_slice()).unwrap_or_default();
                // An instance is followed by all that it holds.
                let head = instance.and_then(|instance| slots.iter().position(|at| *at == instance));
                let slots = slots.iter().skip(head.map_or(0, |head| head + 1)).copied();
                slots.take_while(|at| is_in(*at)).filter(|at| around(*at) == instance).collect()
            })
        })
        .unwrap_or_default()
    }

    /// The survey being answered.
    pub(super) fn survey<T>(self, of: impl FnOnce(&Survey) -> T) -> Option<T> {
        self.look(|inner| of(&inner.survey))
    }

    /// What was answered so far, as a response that is not finished: for the way out when nothing can be kept.
    pub(super) fn response_so_far(self) -> Option<Response> {
        self.look(|inner| inner.response(inner.session.answers(), self.journal.draft()))
    }

    /// Finishes: the response takes the place of the draft. `Err(None)`: there are violations.
    pub(super) async fn finish(self) -> Result<(), Option<Fault>> {
        self.journal.flush();
        let draft = self.journal.draft();
        let response = self
            .look(|inner| inner.session.finish().ok().map(|answers| inner.response(answers, draft)))
            .flatten()
            .ok_or(None)?;
        self.journal.finish(response).await.map_err(Some)
    }

    /// Forgets every answer. The handle stays harmless.
    pub(super) fn forget(self) {
        let _ = self.inner.update(Option::take);
    }

    fn look<T>(self, read: impl FnOnce(&Inner) -> T) -> Option<T> {
        self.inner.try_with(|inner| inner.as_ref().map(read)).flatten()
    }

    fn change<T>(self, act: impl FnOnce(&mut Inner) -> T) -> Option<T> {
        self.inner.update(|inner| inner.as_mut().map(act)).flatten()
    }
}

impl Inner {
    fn relevant_children(&self, at: At) -> Vec<At> {
        let relevant = |at: &At| self.session.state(*at).is_some_and(|state| state.relevant);
        self.session.children(at).into_iter().filter(relevant).collect()
    }

    fn tag(&self) -> String {
        self.session.form().languages.get(self.session.language()).cloned().unwrap_or_default()
    }

    /// A new draft whose journal says all that was answered up to now.
    fn draft(&self) -> Option<Draft> {
        let answered = self.session.answers().into_iter().filter(|(_, answer)| !answer.is_empty());
        let mut journal = vec![Entry::Language(self.tag())];
        journal.extend(self.shaped.iter().cloned());
        journal.extend(answered.map(|(path, answer)| Entry::Answer { path, answer }));
        Some(Draft {
            id: random::response_id(),
            survey: self.survey.id.clone(),
            form: self.survey.form.clone(),
            wave: self.survey.wave(),
            started: clock::today(),
            seed: self.seed,
            lent: lent_for().is_some(),
            journal,
        })
    }

    fn response(&self, answers: Vec<(String, Answer)>, draft: Option<Draft>) -> Response {
        let today = clock::today();
        // The survey may have gone on with a newer form since the draft was begun.
        let (id, form, wave, started) = match draft {
            Some(draft) => (draft.id, draft.form, draft.wave, draft.started),
            None => (random::response_id(), self.survey.form.clone(), self.survey.wave(), today),
        };
        Response {
            id,
            survey: self.survey.id.clone(),
            form,
            wave,
            language: self.tag(),
            started,
            finished: today,
            example: false,
            answers,
        }
    }
}

/// What a page is known by when the pages around it change: its section, or its question where pages are cut by those.
fn anchor(page: &Page, paging: Paging) -> Option<At> {
    let section = page.section.filter(|_| paging == Paging::Sections);
    section.or_else(|| page.slots.last().copied())
}
