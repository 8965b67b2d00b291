use std::rc::Rc;

use leptos::task::spawn_local;

use crate::browser::clock::sleep;
use crate::browser::idb::IdbStore;
use crate::browser::preferences::{keep_unconfirmed, take_unconfirmed};
use crate::browser::shell;
use crate::response::{Answer, Draft, Entry, Response, ResponseId, Sealed};
use crate::store::{Fault, FaultKind, ResponseStore};
use crate::ui::parts::{Kept, Watched};

/// How long typing may rest before it is written, in milliseconds.
const TYPING: u32 = 300;
/// When a draft that could not be removed is tried again, in milliseconds.
const AGAIN: u32 = 2_000;

/// What of the answers is kept on the device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ui) enum Saved {
    /// Nothing is to be kept yet.
    Nothing,
    /// All of it.
    All,
    /// A write is under way.
    Saving,
    /// The last write failed; what it held waits in memory.
    Failed(FaultKind),
}

/// Seals a response, or what was answered up to now; `None`: it cannot.
type Seal = Rc<dyn Fn(Option<&Response>) -> Option<Sealed>>;

/// Writes the journal of one filling, entry by entry, in order, one transaction at a time.
#[derive(Clone, Copy)]
pub(in crate::ui) struct Journal {
    pen: Kept<Pen>,
    /// What of it is kept.
    pub(in crate::ui) saved: Watched<Saved>,
}

struct Pen {
    store: IdbStore,
    /// What is kept is sealed: all of it each time, in place of a journal.
    seal: Option<Seal>,
    /// The draft being written, journal left empty; `None`: nothing may be kept.
    draft: Option<Draft>,
    /// The store has the draft.
    begun: bool,
    /// Entries that the store has confirmed.
    confirmed: usize,
    /// Entries that it has not, oldest first.
    waiting: Vec<Entry>,
    /// Texts being typed, by path.
    typing: Vec<Entry>,
    /// Drafts to remove from the store.
    doomed: Vec<ResponseId>,
    busy: bool,
    /// A copy of what waited was left where a page that goes can leave it.
    rescued: bool,
    /// Counts keystrokes, so that only the last one's timer writes.
    stroke: u32,
}

/// What the pen does next.
enum Act {
    Begin(Draft),
    Append(ResponseId, Vec<Entry>),
    Discard(ResponseId),
}

impl Journal {
    /// A journal that keeps nothing yet.
    pub(in crate::ui) fn new(store: IdbStore) -> Journal {
        let pen = Pen {
            store,
            seal: None,
            draft: None,
            begun: false,
            confirmed: 0,
            waiting: Vec::new(),
            typing: Vec::new(),
            doomed: Vec::new(),
            busy: false,
            rescued: false,
            stroke: 0,
        };
        Journal { pen: Kept::new(pen), saved: Watched::new(Saved::Nothing) }
    }

    /// From here on nothing is written that is not sealed.
    pub(in crate::ui) fn seal_with(self, seal: Seal) {
        self.pen.update(|pen| pen.seal = Some(seal));
    }

    /// Whether what is written is sealed.
    pub(in crate::ui) fn is_sealed(self) -> bool {
        self.pen.with(|pen| pen.seal.is_some())
    }

    /// Begins to keep: a new draft, whose journal starts with what was answered already.
    pub(in crate::ui) fn begin(self, draft: Draft) {
        self.pen.update(|pen| {
            pen.begun = false;
            pen.confirmed = 0;
            pen.waiting = draft.journal.clone();
            pen.draft = Some(Draft { journal: Vec::new(), ..draft });
        });
        self.write();
    }

    /// Goes on with a draft of the store, which holds `kept` entries; `further` were rescued and are written now.
    pub(in crate::ui) fn resume(self, draft: Draft, kept: usize, further: Vec<Entry>) {
        self.pen.update(|pen| {
            pen.begun = true;
            pen.confirmed = kept;
            pen.rescued = !further.is_empty();
            pen.waiting = further;
            pen.draft = Some(Draft { journal: Vec::new(), ..draft });
        });
        self.saved.set(Saved::All);
        self.write();
    }

    /// The draft being kept, journal left empty.
    pub(in crate::ui) fn draft(self) -> Option<Draft> {
        self.pen.with(|pen| pen.draft.clone())
    }

    /// Keeps an entry at once. Does nothing before [`Journal::begin`].
    pub(in crate::ui) fn note(self, entry: Entry) {
        self.pen.update(|pen| {
            if pen.draft.is_some() {
                pen.settle();
                pen.waiting.push(entry);
            }
        });
        self.write();
    }

    /// Keeps a text that is being typed, once the typing rests.
    pub(in crate::ui) fn note_typing(self, path: String, answer: Answer) {
        let stroke = self.pen.update(|pen| {
            pen.draft.as_ref()?;
            pen.typing.retain(|entry| !matches!(entry, Entry::Answer { path: known, .. } if *known == path));
            pen.typing.push(Entry::Answer { path, answer });
            pen.stroke = pen.stroke.wrapping_add(1);
            Some(pen.stroke)
        });
        let Some(Some(stroke)) = stroke else { return };
        self.saved.set(Saved::Saving);
        spawn_local(async move {
            sleep(TYPING).await;
            if self.pen.try_with(|pen| pen.stroke) == Some(stroke) {
                self.flush();
            }
        });
    }

    /// Writes what is being typed now.
    pub(in crate::ui) fn flush(self) {
        let typed = self.pen.update(Pen::settle);
        if typed == Some(true) {
            self.write();
        }
    }

    /// Tries again what failed.
    pub(in crate::ui) fn retry(self) {
        self.write();
    }

    /// Keeps nothing from here on and removes what was kept.
    pub(in crate::ui) fn discard(self) {
        self.pen.update(|pen| {
            if let Some(draft) = pen.draft.take() {
                pen.doomed.push(draft.id);
                take_unconfirmed(draft.id, usize::MAX);
            }
            pen.waiting.clear();
            pen.typing.clear();
        });
        self.saved.set(Saved::Nothing);
        self.write();
    }

    /// The page goes: what the store has not confirmed is copied to where it can be put without waiting.
    pub(in crate::ui) fn rescue(self) {
        let _ = self.pen.update(|pen| {
            pen.settle();
            if let (Some(draft), true, false, None) =
                (&pen.draft, pen.begun, pen.waiting.is_empty(), &pen.seal)
            {
                keep_unconfirmed(draft.id, pen.confirmed, &pen.waiting);
                pen.rescued = true;
            }
        });
        self.write();
    }

    /// Puts the response in the place of the draft, in one transaction. On an error all stays as it was.
    pub(in crate::ui) async fn finish(self, response: Response) -> Result<(), Fault> {
        let waiting = |pen: &Pen| pen.busy.then_some(());
        while self.pen.try_with(waiting).flatten().is_some() {
            sleep(20).await;
        }
        let (store, begun, seal) = self.pen.with(|pen| (pen.store.clone(), pen.begun, pen.seal.clone()));
        if let Some(seal) = seal {
            store.add_sealed(&[seal(Some(&response)).ok_or_else(unsealed)?]).await?;
            self.pen.update(Pen::end);
            return Ok(());
        }
        // Another tab may have finished this draft: then these answers are not in what it handed in, and must not be called saved.
        if begun && store.draft(response.id).await?.is_none() {
            return Err(Fault::new(FaultKind::Other, "the draft is gone"));
        }
        store.finish(&response).await?;
        take_unconfirmed(response.id, usize::MAX);
        self.pen.update(Pen::end);
        Ok(())
    }

    fn write(self) {
        let Some(Some((store, act))) = self.pen.update(Pen::take) else { return };
        if !matches!(act, Act::Discard(_)) {
            self.saved.set(Saved::Saving);
        }
        // Now, while the answers are there: whoever leaves forgets them.
        let seal = self.pen.with(|pen| pen.seal.clone());
        let seal = seal.filter(|_| !matches!(act, Act::Discard(_))).map(|seal| seal(None));
        spawn_local(async move {
            let done = match (&act, seal) {
                (Act::Discard(id), _) => store.discard(*id).await,
                (_, Some(Some(sealed))) => store.add_sealed(&[sealed]).await.map(drop),
                (_, Some(None)) => Err(unsealed()),
                (Act::Begin(draft), None) => store.begin(draft).await,
                (Act::Append(id, entries), None) => store.append(*id, entries).await,
            };
            self.wrote(&act, done);
        });
    }

    fn wrote(self, act: &Act, done: Result<(), Fault>) {
        if let (Act::Discard(id), Err(_)) = (act, &done) {
            self.discard_later(*id);
        }
        let saved = self.pen.update(|pen| {
            pen.busy = false;
            match done {
                Ok(()) if pen.is_of(act) => {
                    let count = act.entries();
                    shell::persist();
                    pen.begun = true;
                    pen.confirmed += count;
                    pen.waiting.drain(..count.min(pen.waiting.len()));
                    pen.forget_copy();
                    Some(if pen.waiting.is_empty() && pen.typing.is_empty() {
                        Saved::All
                    } else {
                        Saved::Saving
                    })
                }
                Ok(()) => None,
                Err(fault) if pen.is_of(act) => Some(Saved::Failed(fault.kind)),
                Err(_) => None,
            }
        });
        match saved.flatten() {
            Some(failed @ Saved::Failed(_)) => self.saved.set(failed),
            saved => {
                if let Some(saved) = saved {
                    self.saved.set(saved);
                }
                self.write();
            }
        }
    }
}

impl Journal {
    /// What somebody wanted gone and is still there goes as soon as the store lets it.
    fn discard_later(self, id: ResponseId) {
        spawn_local(async move {
            sleep(AGAIN).await;
            self.pen.update(|pen| pen.doomed.push(id));
            self.write();
        });
    }
}

impl Act {
    /// How many entries it writes.
    fn entries(&self) -> usize {
        match self {
            Act::Begin(draft) => draft.journal.len(),
            Act::Append(_, entries) => entries.len(),
            Act::Discard(_) => 0,
        }
    }
}

fn unsealed() -> Fault {
    Fault::new(FaultKind::Other, "not sealed")
}

impl Pen {
    /// Nothing is left to write.
    fn end(&mut self) {
        self.draft = None;
        self.waiting.clear();
        self.typing.clear();
    }

    /// Moves what is being typed among the waiting entries. Whether there was any.
    fn settle(&mut self) -> bool {
        let typed = !self.typing.is_empty();
        self.waiting.append(&mut self.typing);
        typed
    }

    /// The next act, which makes the pen busy.
    fn take(&mut self) -> Option<(IdbStore, Act)> {
        if self.busy {
            return None;
        }
        let act = if let Some(id) = self.doomed.pop() {
            Act::Discard(id)
        } else {
            let draft = self.draft.as_ref()?;
            match (self.begun, self.waiting.is_empty()) {
                (false, _) => Act::Begin(Draft { journal: self.waiting.clone(), ..draft.clone() }),
                (true, false) => Act::Append(draft.id, self.waiting.clone()),
                (true, true) => return None,
            }
        };
        self.busy = true;
        Some((self.store.clone(), act))
    }

    /// The copy goes once the store has all that it holds.
    fn forget_copy(&mut self) {
        if let (Some(draft), true, true) = (&self.draft, self.rescued, self.waiting.is_empty()) {
            take_unconfirmed(draft.id, usize::MAX);
            self.rescued = false;
        }
    }

    /// Whether an act that ended was of the draft that is being kept now.
    fn is_of(&self, act: &Act) -> bool {
        let id = match act {
            Act::Begin(draft) => draft.id,
            Act::Append(id, _) => *id,
            Act::Discard(_) => return false,
        };
        self.draft.as_ref().is_some_and(|draft| draft.id == id)
    }
}
