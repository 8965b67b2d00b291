//! What cameras, pens and files answer, and what a form shows beside its texts: a binary of its own, fetched where a form asks for it. Read [`start`] first.
//!
//! The participant's side puts an element with `data-media` where such a question stands, and one with `data-kept` where a file
//! is shown on the review; here they are filled. `data-draft` names the draft that keeps the file (blank: nothing is kept, it
//! is a preview), `data-file` the file. The event `hold` asks for a draft, `given` says that `value` is the new answer.
//! A file is on the disk before its name is an answer. `data-shows` says what stands beside a text, `data-label` what it is
//! called, and `data-of` around it of which survey it is. No signals: all of it is three kinds of elements.

mod shown;
mod widget;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::browser::idb::IdbStore;
use crate::browser::media::{Blob, Element, all, on_page_change, page_language, tell};
use crate::browser::{clock, dom, file, random, shell};
use crate::i18n::{Language, explain, media as say};
use crate::response::{Attachment, ResponseId};
use crate::store::{FaultKind, ResponseStore};

const HOSTS: &str = "[data-media]";
const KEPT: &str = "[data-kept]";
const SHOWS: &str = "[data-shows]";
/// What an element was last filled for.
const SHOWN: &str = "data-shown";
/// How long a draft may take to be on the disk, in steps of so many milliseconds.
const STEP: u32 = 50;
const STEPS: usize = 120;
/// So much room beside the file itself, in bytes: answers come after it.
const ROOM: f64 = 5e6;

/// Fills what is on the page, now and whenever it changes.
pub fn start() {
    shell::add_style("media.css");
    let media = Rc::new(Media::default());
    let again = Rc::clone(&media);
    on_page_change(
        &[
            "data-media",
            "data-file",
            "data-draft",
            "data-readonly",
            "data-kept",
            "data-shows",
            "data-label",
            "lang",
        ],
        move || look(&again),
    );
    look(&media);
}

/// What all elements share.
#[derive(Default)]
struct Media {
    store: IdbStore,
    /// The files of a preview.
    looked_at: RefCell<BTreeMap<String, Vec<u8>>>,
    /// What is open in each element, by the element.
    open: RefCell<Vec<(Element, widget::Open)>>,
    /// The addresses of sounds and films, and what listens, by the element that shows them.
    addresses: RefCell<Vec<(Element, String)>>,
    listeners: RefCell<Vec<(Element, dom::Listener)>>,
}

fn look(media: &Rc<Media>) {
    let language = Language::from_tag(&page_language());
    media.open.borrow_mut().retain(|(host, _)| host.is_connected());
    media.leave(|host| !host.is_connected());
    for host in all(HOSTS) {
        let state = [
            attribute(&host, "data-file").as_str(),
            "|",
            language.tag(),
            "|",
            &attribute(&host, "data-media"),
            if host.has_attribute("data-readonly") { "|r" } else { "" },
        ]
        .concat();
        if attribute(&host, SHOWN) != state {
            let _ = host.set_attribute(SHOWN, &state);
            widget::fill(media, &host, language);
        }
    }
    for host in all(SHOWS) {
        let (shows, label) = (attribute(&host, "data-shows"), attribute(&host, "data-label"));
        let state = [&shows, "|", &label, "|", language.tag()].concat();
        if attribute(&host, SHOWN) != state {
            let _ = host.set_attribute(SHOWN, &state);
            media.leave(|left| *left == host);
            shown::fill(media, &host, language);
        }
    }
    for span in all(&["[", SHOWN, "]:not(", HOSTS, ",", KEPT, ",", SHOWS, ")"].concat()) {
        forget(&span);
    }
    for span in all(KEPT) {
        let state = [&attribute(&span, "data-kept"), "|", language.tag()].concat();
        if attribute(&span, SHOWN) != state {
            forget(&span);
            let _ = span.set_attribute(SHOWN, &state);
            let kept = dom::element("span");
            dom::set_attribute(&kept, "class", Some("media-kept"));
            dom::insert(&span, &kept, None);
            let (media, name) = (Rc::clone(media), attribute(&span, "data-kept"));
            let draft = attribute(&span, "data-draft");
            spawn(async move { widget::show(&media, &draft, &name, &kept, language).await });
        }
    }
    if all("main.filling").is_empty() {
        media.looked_at.borrow_mut().clear();
    }
}

/// Takes away what was shown in an element of the review.
fn forget(span: &Element) {
    let _ = span.remove_attribute(SHOWN);
    if let Ok(Some(kept)) = span.query_selector(".media-kept") {
        kept.remove();
    }
}

fn attribute(element: &Element, name: &str) -> String {
    element.get_attribute(name).unwrap_or_default()
}

fn spawn(work: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(work);
}

impl Media {
    /// Gives back what was held for elements that show something else now, or are gone.
    fn leave(&self, left: impl Fn(&Element) -> bool) {
        self.listeners.borrow_mut().retain(|(host, _)| !left(host));
        self.addresses.borrow_mut().retain(|(host, address)| {
            let goes = left(host);
            if goes {
                file::forget(address);
            }
            !goes
        });
    }

    /// Keeps bytes as a file, and makes its name the answer of an element. `Err`: what to tell.
    async fn keep(
        &self,
        host: &Element,
        bytes: Vec<u8>,
        ending: &str,
        language: Language,
    ) -> Result<(), String> {
        if bytes.len() > Attachment::MOST_BYTES {
            return Err(say::too_large(language).to_owned());
        }
        if let Some((usage, quota)) = shell::estimate().await
            && quota - usage < bytes.len() as f64 + ROOM
        {
            return Err(say::no_room(language).to_owned());
        }
        let random: [u8; 8] = random::bytes();
        let mut name: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        name.push('.');
        name.push_str(ending);
        let before = attribute(host, "data-file");
        if is_preview(host) {
            self.looked_at.borrow_mut().insert(name.clone(), bytes);
        } else {
            self.attach(host, &name, &bytes, language).await?;
        }
        give(host, &name);
        self.drop_file(host, &before).await;
        Ok(())
    }

    async fn attach(
        &self,
        host: &Element,
        name: &str,
        bytes: &[u8],
        language: Language,
    ) -> Result<(), String> {
        tell(host, "hold");
        for _ in 0..STEPS {
            if let Some(draft) = ResponseId::from_text(&attribute(host, "data-draft")) {
                match self.store.attach(draft, name, bytes).await {
                    Ok(()) => return Ok(()),
                    // A draft that was only just begun is not on the disk yet.
                    Err(fault) if fault.kind == FaultKind::Gone => {}
                    Err(fault) => return Err(explain::fault(fault.kind, language).to_owned()),
                }
            }
            clock::sleep(STEP).await;
        }
        Err(say::not_kept(language).to_owned())
    }

    /// Takes the answer back, and the file with it.
    async fn remove(&self, host: &Element) {
        let before = attribute(host, "data-file");
        give(host, "");
        self.drop_file(host, &before).await;
    }

    /// A file that is no answer any more. Where this fails, it goes when the person finishes.
    async fn drop_file(&self, host: &Element, name: &str) {
        self.looked_at.borrow_mut().remove(name);
        if let Some(draft) = ResponseId::from_text(&attribute(host, "data-draft"))
            && Attachment::is_name(name)
        {
            let _ = self.store.detach(draft, name).await;
        }
    }

    /// What is in a file.
    async fn bytes(&self, draft: &str, name: &str) -> Option<Vec<u8>> {
        if let Some(bytes) = self.looked_at.borrow().get(name) {
            return Some(bytes.clone());
        }
        self.store.attachment(ResponseId::from_text(draft)?, name).await.ok()?
    }
}

/// Nothing of a preview is kept: its `data-draft` is there and blank.
fn is_preview(host: &Element) -> bool {
    host.get_attribute("data-draft").as_deref() == Some("")
}

/// Makes a text the answer.
fn give(host: &Element, answer: &str) {
    dom::set_value(host, answer);
    tell(host, "given");
}

/// Bytes as the browser takes pictures.
fn blob(bytes: &[u8]) -> Option<Blob> {
    file::of_bytes(bytes).ok()
}
