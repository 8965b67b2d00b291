//! What must be kept, as one async trait, [`ResponseStore`]; an in-memory twin for native tests and one that injects faults.
//! An `Ok` means kept for good. Never a browser type, never a screen.

mod copy;
mod fault;
mod faulty;
mod memory;
mod sum;
mod twin;
pub mod wire;

pub use copy::{CopyMade, Held, Marks, Reach, Safety, Urgency, sealed_in};
pub use fault::{Fault, FaultKind};
pub use faulty::FaultyStore;
pub use memory::MemoryStore;
pub use sum::crc32;
pub use twin::{rank, twins};

use crate::form::{Date, FormSource};
use crate::response::{Attachment, Draft, Entry, FormReference, Response, ResponseId, Sealed};
use crate::survey::Survey;

/// What must be kept. Each write is one transaction: `Ok` only when it is on disk, on `Err` nothing of it is.
#[expect(async_fn_in_trait, reason = "one thread: the browser's futures are not Send")]
pub trait ResponseStore {
    /// Every survey that this version can read, in the order of their ids.
    async fn surveys(&self) -> Result<Vec<Survey>, Fault>;

    /// Keeps a survey, new or changed, together with the form it uses (a form already kept under that reference stays as it is).
    /// [`FaultKind::Newer`] where a newer version has written the one that is there: it stays as it is.
    async fn put_survey(&self, survey: &Survey, form: Option<&FormSource>) -> Result<(), Fault>;

    /// A form by reference.
    async fn form(&self, reference: &FormReference) -> Result<Option<FormSource>, Fault>;

    /// How much there is of each survey, by survey id.
    async fn counts(&self) -> Result<Vec<(String, Counts)>, Fault>;

    /// Keeps a new draft, its journal included. A draft of the same id is a fault.
    async fn begin(&self, draft: &Draft) -> Result<(), Fault>;

    /// Adds entries at the end of a draft's journal, in order. [`FaultKind::Gone`] when there is no such draft (any more).
    async fn append(&self, draft: ResponseId, entries: &[Entry]) -> Result<(), Fault>;

    /// A draft with its journal; `None` when it was finished or discarded.
    async fn draft(&self, id: ResponseId) -> Result<Option<Draft>, Fault>;

    /// The drafts of a survey that this version can read, journals left empty.
    async fn drafts(&self, survey: &str) -> Result<Vec<Draft>, Fault>;

    /// Keeps a file with a draft. [`FaultKind::Gone`] when there is no such draft (any more): nothing lies about without one.
    async fn attach(&self, draft: ResponseId, name: &str, bytes: &[u8]) -> Result<(), Fault>;

    /// Removes a file of a draft. Those of a response stay.
    async fn detach(&self, draft: ResponseId, name: &str) -> Result<(), Fault>;

    /// Adds files to responses that are here; those of others are left out. Of two that have one name and differ, the one
    /// whose bytes come first stays, so that every device comes to the same. Says how many are new.
    async fn add_attachments(&self, attachments: &[Attachment]) -> Result<usize, Fault>;

    /// The files of a survey, those of drafts too: whose they are and their names, in this order.
    async fn attachments(&self, survey: &str) -> Result<Vec<(ResponseId, String)>, Fault>;

    /// What is in a file. `None`: there is no such file, or it is damaged.
    async fn attachment(&self, response: ResponseId, name: &str) -> Result<Option<Vec<u8>>, Fault>;

    /// Keeps files that a survey's form shows, by their names; one that is here already stays as it is. They go with the survey.
    async fn put_shown(&self, survey: &str, files: &[(String, Vec<u8>)]) -> Result<(), Fault>;

    /// What is in a file that a survey's form shows. `None`: there is no such file, or it is damaged.
    async fn shown(&self, survey: &str, name: &str) -> Result<Option<Vec<u8>>, Fault>;

    /// Removes a draft, its journal and files, and what is sealed of the same id and not finished.
    async fn discard(&self, id: ResponseId) -> Result<(), Fault>;

    /// Puts the response, removes the draft and journal of the same id, and removes what the program made up of its survey:
    /// examples are never among people; of the files those that no answer names go too. In one transaction.
    /// Where a response of this id is there that says something else, both are kept: see [`ResponseStore::add`].
    async fn finish(&self, response: &Response) -> Result<(), Fault>;

    /// Adds responses, all or none of them; those already there, by id, change nothing. Of several with one id that say
    /// different things all are kept, and the first by [`rank`] counts: the others are kept aside, among the damaged. So what
    /// a store holds is a union, whatever came first. Where another one counts from now on, the blocks of the survey go.
    /// Never does a response of one survey take the place of another survey's. None is refused here, not even for a survey
    /// that is not kept: whoever reads a bundle knows what it is for.
    async fn add(&self, responses: &[Response]) -> Result<Merge, Fault>;

    /// The responses of these ids that are here, in no order.
    async fn known(&self, ids: &[ResponseId]) -> Result<Vec<Response>, Fault>;

    /// The responses of a survey that are kept aside because another one of their id counts, in no order.
    async fn aside(&self, survey: &str) -> Result<Vec<Response>, Fault>;

    /// Up to `limit` responses of a survey that arrived after `after` (0: from the first), in order of arrival. Fewer do not
    /// mean that they are the last; none does. Those of a newer version are left out, and counted by [`ResponseStore::newer`].
    async fn responses(&self, survey: &str, after: u64, limit: usize) -> Result<Vec<Arrived>, Fault>;

    /// How many responses and drafts of a survey this store has met in reading that a newer version wrote: left out of what
    /// it gave, and left as they are. Of the empty name: surveys themselves.
    fn newer(&self, survey: &str) -> usize;

    /// Removes the responses that the program made up, of one survey. Says how many.
    async fn remove_examples(&self, survey: &str) -> Result<usize, Fault>;

    /// Adds sealed responses. A finished one stays as it is; one that is not makes way for whatever comes under its id.
    async fn add_sealed(&self, sealed: &[Sealed]) -> Result<Merge, Fault>;

    /// The sealed responses of a survey, in the order of their random ids.
    async fn sealed(&self, survey: &str) -> Result<Vec<Sealed>, Fault>;

    /// The finished ones among them with the days on which they were finished, in the same order. Nothing sealed is read twice
    /// for it: a finished one stays as it is.
    async fn sealed_days(&self, survey: &str) -> Result<Vec<(ResponseId, Date)>, Fault>;

    /// Adds responses that were sealed here, as [`ResponseStore::add`] does, and removes what is sealed under their ids, in one
    /// transaction.
    async fn add_opened(&self, responses: &[Response]) -> Result<Merge, Fault>;

    /// The key of a survey under its passphrase, as its writer put it; what it means is not for the store to know.
    async fn key(&self, survey: &str) -> Result<Option<String>, Fault>;

    /// Keeps the key of a survey in place of the one before.
    async fn put_key(&self, survey: &str, key: &str) -> Result<(), Fault>;

    /// How many responses of people there are of a survey within reach, and the first day on which one of them was finished.
    async fn held(&self, survey: &str, reach: &Reach) -> Result<Held, Fault>;

    /// Removes the responses of people of a survey within reach with their files and the sealed ones of these ids, and keeps its coding
    /// anew where one is given: the marks of what goes are for its writer to take out. Drafts stay. Says how many went.
    async fn remove_held(
        &self,
        survey: &str,
        reach: &Reach,
        sealed: &[ResponseId],
        coding: Option<&str>,
    ) -> Result<usize, Fault>;

    /// The copies that were made of a survey's responses, in the order of their sums.
    async fn copies(&self, survey: &str) -> Result<Vec<CopyMade>, Fault>;

    /// Keeps what is known of a copy, in place of what was known of the one with the same sum.
    async fn put_copy(&self, survey: &str, copy: &CopyMade) -> Result<(), Fault>;

    /// Removes a survey with its responses, sealed ones too, files and what its form shows, drafts, journals, blocks, coding, key and what is known of copies.
    async fn remove_survey(&self, survey: &str) -> Result<(), Fault>;

    /// Where the responses of a survey stand.
    async fn standing(&self, survey: &str) -> Result<Standing, Fault>;

    /// Up to `limit` blocks of a survey that begin at `after` or later (0: the first), in order. They are a copy of what
    /// responses say, and some may be missing: each has to follow the one before it, and its bytes to prove themselves.
    async fn blocks(&self, survey: &str, after: u64, limit: usize) -> Result<Vec<Block>, Fault>;

    /// Keeps blocks in place of those that begin at the same arrivals, made of responses that were read when
    /// [`Standing::mark`] was this. Keeps nothing when it is not this any more: what was read may be gone.
    async fn put_blocks(&self, survey: &str, mark: u64, blocks: &[Block]) -> Result<(), Fault>;

    /// Removes the blocks of a survey that begin at `after` or later (0: all).
    async fn remove_blocks(&self, survey: &str, after: u64) -> Result<(), Fault>;

    /// How the open answers of a survey are coded, as its writer put it; what it means is not for the store to know.
    async fn coding(&self, survey: &str) -> Result<Option<String>, Fault>;

    /// Keeps the coding of a survey in place of the one before.
    async fn put_coding(&self, survey: &str, coding: &str) -> Result<(), Fault>;
}

/// What is remembered of small choices, at once and without waiting; losing it loses no answer.
pub trait Preferences {
    /// The value under a key.
    fn get(&self, key: &str) -> Option<String>;
    /// Keeps a value; a refusal is ignored.
    fn set(&self, key: &str, value: &str);
    /// Forgets a value.
    fn remove(&self, key: &str);
}

/// A response with its place in the order of arrival on this device (from 1, never told to anybody).
#[derive(Debug, Clone, PartialEq)]
pub struct Arrived {
    /// The place.
    pub arrival: u64,
    /// The response.
    pub response: Response,
}

/// Where the responses of a survey stand. Arrivals are given away in order and none twice, and what arrived never changes:
/// for as long as the mark stays the same, what was read of the responses up to an arrival is what there is up to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// The last arrival there is, of whatever survey; 0 for none.
    pub last: u64,
    /// Another one each time that responses of the survey were removed, or put aside.
    pub mark: u64,
}

/// Some hundred responses of a survey as columns, kept beside them so that they need not be read one by one.
/// Gone in the transaction in which a response of its survey goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Holds the survey's responses that arrived after this one.
    pub after: u64,
    /// Up to this one, included.
    pub upto: u64,
    /// The columns; they prove themselves.
    pub bytes: Vec<u8>,
}

/// How much there is of a survey on this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Finished responses, examples included.
    pub finished: usize,
    /// Of those, made up by the program.
    pub examples: usize,
    /// Drafts under way.
    pub drafts: usize,
    /// Records that could not be read; their bytes are kept.
    pub damaged: usize,
    /// Finished responses that are sealed.
    pub sealed: usize,
    /// Sealed ones that are not finished: under way, or left.
    pub unfinished: usize,
    /// Files that belong to responses and drafts.
    pub files: usize,
    /// The last day on which a response was finished, sealed ones left out.
    pub last: Option<Date>,
}

/// What adding responses came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Merge {
    /// New here.
    pub added: usize,
    /// Already here.
    pub already_had: usize,
    /// Of another survey or unreadable: left out.
    pub refused: usize,
    /// New here under an id that is here already: kept, and one of those with this id counts.
    pub aside: usize,
    /// How many count now in place of another one that was here.
    pub replaced: usize,
}

impl Merge {
    /// Counts what adding more of them came to.
    pub fn count(&mut self, more: &Merge) {
        self.added += more.added;
        self.already_had += more.already_had;
        self.refused += more.refused;
        self.aside += more.aside;
        self.replaced += more.replaced;
    }
}
