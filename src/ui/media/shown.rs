//! Pictures, sounds and films that a form shows beside its texts. Pictures are drawn, so that nothing of a file but what is
//! seen gets onto the page; sounds and films wait for somebody to start them.

use std::rc::Rc;

use wasm_bindgen::JsCast;

use super::{Media, attribute, blob, spawn};
use crate::browser::media::{Element, Node, show_on};
use crate::browser::{dom, file};
use crate::i18n::{Language, media as say};
use crate::store::ResponseStore;

/// The longest side of a picture beside a question, beside a choice, and of one that is enlarged.
const LONGEST: f64 = 1280.0;
const SMALL: f64 = 480.0;
const LARGE: f64 = 2560.0;

/// A file to show: its medium, the name under which it is kept, its author's name for it.
#[derive(Clone)]
struct Shown {
    medium: String,
    name: String,
    file: String,
}

/// Fills an element with what its `data-shows` says.
pub(super) fn fill(media: &Rc<Media>, host: &Element, language: Language) {
    host.set_text_content(None);
    let survey = host.closest("[data-of]").ok().flatten();
    let survey = survey.map(|of| attribute(&of, "data-of")).unwrap_or_default();
    let is_choice = matches!(host.closest("label,button"), Ok(Some(_)));
    let all: Vec<Shown> = attribute(host, "data-shows").lines().map(read).collect();
    let large = all.iter().find(|shown| shown.medium == "big-image").filter(|_| !is_choice).cloned();
    for shown in all.into_iter().filter(|shown| shown.medium != "big-image") {
        // Its place among the others, whichever comes first.
        let place = dom::element("span");
        dom::set_attribute(&place, "class", Some("shown"));
        dom::insert(host, &place, None);
        let showing = Showing {
            media: Rc::clone(media),
            host: host.clone(),
            survey: survey.clone(),
            label: attribute(host, "data-label"),
            is_choice,
            language,
        };
        let large = large.clone().filter(|_| shown.medium == "image");
        spawn(async move {
            if showing.show(&shown, &place).await.is_none() {
                showing.tell(&shown, &place);
            } else if let Some(large) = large {
                showing.offer(large, &place);
            }
        });
    }
}

fn read(line: &str) -> Shown {
    let mut parts = line.splitn(3, ' ').map(str::to_owned);
    let mut part = || parts.next().unwrap_or_default();
    Shown { medium: part(), name: part(), file: part() }
}

struct Showing {
    media: Rc<Media>,
    host: Element,
    survey: String,
    /// What it stands beside.
    label: String,
    is_choice: bool,
    language: Language,
}

impl Showing {
    async fn show(&self, shown: &Shown, place: &Node) -> Option<()> {
        let bytes = self.media.store.shown(&self.survey, &shown.name).await.ok()??;
        if shown.medium == "image" {
            let longest = if self.is_choice { SMALL } else { LONGEST };
            return self.draw(&bytes, longest, place).await.map(drop);
        }
        let tag = if shown.medium == "audio" { "audio" } else { "video" };
        let address = file::address_of(&bytes, &mime(tag, &shown.name))?;
        let player = dom::element(tag);
        for (name, value) in [
            ("controls", ""),
            ("preload", "metadata"),
            ("playsinline", ""),
            ("aria-label", self.called(shown)),
            ("src", &address),
        ] {
            dom::set_attribute(&player, name, Some(value));
        }
        dom::insert(place, &player, None);
        self.media.addresses.borrow_mut().push((self.host.clone(), address));
        Some(())
    }

    async fn draw(&self, bytes: &[u8], longest: f64, place: &Node) -> Option<Node> {
        let canvas = dom::element("canvas");
        show_on(&canvas, &blob(bytes)?, longest).await?;
        // The label of a choice says it already.
        if self.is_choice && !self.label.is_empty() {
            dom::set_attribute(&canvas, "aria-hidden", Some("true"));
        } else {
            dom::set_attribute(&canvas, "role", Some("img"));
            let label = if self.label.is_empty() { say::picture_shown(self.language) } else { &self.label };
            dom::set_attribute(&canvas, "aria-label", Some(label));
        }
        dom::insert(place, &canvas, None);
        Some(canvas)
    }

    /// A way to see the picture larger, and smaller again.
    fn offer(&self, large: Shown, place: &Node) {
        let button = dom::element("button");
        for (name, value) in [
            ("type", "button"),
            ("class", "button small"),
            ("data-act", "enlarge"),
            ("aria-pressed", "false"),
        ] {
            dom::set_attribute(&button, name, Some(value));
        }
        dom::insert(&button, &dom::text(say::enlarge(self.language)), None);
        dom::insert(place, &button, None);
        let showing = Rc::new(Showing {
            media: Rc::clone(&self.media),
            host: self.host.clone(),
            survey: self.survey.clone(),
            label: self.label.clone(),
            ..*self
        });
        let (pressed, at) = (button.clone(), place.clone());
        let turn = move |_: dom::Event| {
            let (showing, large, pressed, at) =
                (Rc::clone(&showing), large.clone(), pressed.clone(), at.clone());
            spawn(async move {
                if let Some(drawn) = at.last_child().filter(|last| *last != pressed) {
                    dom::set_attribute(&pressed, "aria-pressed", Some("false"));
                    return dom::remove(&drawn);
                }
                dom::set_attribute(&pressed, "aria-pressed", Some("true"));
                let scroll = dom::element("span");
                dom::set_attribute(&scroll, "class", Some("shown-large"));
                dom::set_attribute(&scroll, "tabindex", Some("0"));
                dom::insert(&at, &scroll, None);
                let bytes = showing.media.store.shown(&showing.survey, &large.name).await.ok().flatten();
                let drawn = match bytes {
                    Some(bytes) => showing.draw(&bytes, LARGE, &scroll).await,
                    None => None,
                };
                if drawn.is_none() {
                    showing.tell(&large, &scroll);
                }
            });
        };
        let listener = dom::Listener::new(&button, "click", Box::new(turn));
        self.media.listeners.borrow_mut().push((self.host.clone(), listener));
    }

    /// What is missing, in place of it.
    fn tell(&self, shown: &Shown, place: &Node) {
        dom::set_attribute(place, "class", Some("shown-missing"));
        dom::insert(place, &dom::text(&say::missing(&shown.medium, &shown.file, self.language)), None);
        if let Some(place) = place.dyn_ref::<Element>() {
            let _ = place.set_attribute("lang", self.language.tag());
        }
    }

    fn called<'a>(&'a self, shown: &'a Shown) -> &'a str {
        if self.label.is_empty() { &shown.file } else { &self.label }
    }
}

/// The type of a sound or film, by the ending that its bytes gave it.
fn mime(tag: &str, name: &str) -> String {
    let kind = match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "mp3" => "mpeg",
        "m4a" => "mp4",
        ending => ending,
    };
    [tag, "/", kind].concat()
}
