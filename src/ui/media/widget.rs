//! One question: its buttons, the pad, what was given.

use std::rc::Rc;

use wasm_bindgen::JsCast;

use super::{Media, attribute, blob, give, spawn};
use crate::browser::media::{
    Element, File, Node, Pad, click, code_in, empty_field, reads_codes, redrawn, show_on,
};
use crate::browser::{clock, dom, file};
use crate::i18n::{Language, media as say};
use crate::response::Attachment;

/// The longest side of a photograph where the form says nothing, of a small picture, and the most that a form can ask for.
const LONGEST: f64 = 1280.0;
const SMALL: f64 = 320.0;
const MOST: f64 = 4096.0;
/// A photograph straight from a camera may be larger than what is kept of it.
const MOST_PHOTOGRAPH: f64 = 60e6;

type Words = fn(Language) -> &'static str;

/// What an element holds while it is shown.
#[derive(Default)]
pub(super) struct Open {
    listeners: Vec<dom::Listener>,
    /// Draws for as long as it is here.
    _pad: Option<Rc<Pad>>,
}

/// An element being filled.
#[derive(Clone)]
struct Host {
    media: Rc<Media>,
    element: Element,
    language: Language,
    /// What gives the answer, and the longest side of a photograph.
    kind: String,
    longest: f64,
    /// Where it is told what came of it.
    told: Node,
}

/// Fills an element for its question as it is now.
pub(super) fn fill(media: &Rc<Media>, element: &Element, language: Language) {
    let asked = attribute(element, "data-media");
    let (kind, pixels) = asked.split_once(' ').unwrap_or((&asked, ""));
    let longest = pixels.parse::<f64>().ok().filter(|pixels| *pixels >= 1.0).unwrap_or(LONGEST).min(MOST);
    // What was told stays, for a new file is told of before it is the answer.
    let said = element.query_selector("[role=status]").ok().flatten().and_then(|told| told.text_content());
    element.set_text_content(None);
    let told = dom::element("p");
    dom::set_attribute(&told, "role", Some("status"));
    dom::set_attribute(&told, "class", Some("hint"));
    let host = Host {
        media: Rc::clone(media),
        element: element.clone(),
        language,
        kind: kind.to_owned(),
        longest,
        told,
    };
    host.hold(Open::default());
    let name = attribute(element, "data-file");
    let locked = element.has_attribute("data-readonly");
    if kind == "barcode" {
        host.code(&name, locked);
    } else {
        if !name.is_empty() {
            let shown = host.place("div", "media-shown");
            let (media, draft) = (Rc::clone(media), attribute(element, "data-draft"));
            let name = name.clone();
            spawn(async move { show(&media, &draft, &name, &shown, language).await });
        }
        if !locked {
            host.acts(!name.is_empty());
        }
    }
    dom::insert(element, &host.told, None);
    host.say(said.unwrap_or_default());
}

/// Shows a file: a small picture where it is one, what it is and how large.
pub(super) async fn show(media: &Media, draft: &str, name: &str, into: &Node, language: Language) {
    let bytes = media.bytes(draft, name).await;
    let words = match &bytes {
        Some(bytes) => say::described(name, bytes.len(), language),
        None => say::not_here(language).to_owned(),
    };
    if let Some(blob) = bytes.as_deref().and_then(blob) {
        let canvas = dom::element("canvas");
        if show_on(&canvas, &blob, SMALL).await.is_some() {
            for (attribute, value) in
                [("class", "media-small"), ("role", "img"), ("aria-label", say::thumbnail(language))]
            {
                dom::set_attribute(&canvas, attribute, Some(value));
            }
            dom::insert(into, &canvas, None);
        }
    }
    let line = dom::element("span");
    dom::set_attribute(&line, "class", Some("media-words"));
    dom::insert(&line, &dom::text(&words), None);
    dom::insert(into, &line, None);
}

impl Host {
    fn hold(&self, open: Open) {
        let mut all = self.media.open.borrow_mut();
        all.retain(|(element, _)| *element != self.element);
        all.push((self.element.clone(), open));
    }

    fn listen(&self, node: &Node, event: &'static str, act: impl FnMut(dom::Event) + 'static) {
        let listener = dom::Listener::new(node, event, Box::new(act));
        if let Some((_, open)) =
            self.media.open.borrow_mut().iter_mut().find(|(element, _)| *element == self.element)
        {
            open.listeners.push(listener);
        }
    }

    fn place(&self, tag: &str, class: &str) -> Node {
        let node = dom::element(tag);
        dom::set_attribute(&node, "class", Some(class));
        dom::insert(&self.element, &node, None);
        node
    }

    fn say(&self, words: impl AsRef<str>) {
        self.told.set_text_content(Some(words.as_ref()));
    }

    fn hint(&self, words: Words) {
        let hint = self.place("p", "hint");
        dom::insert(&hint, &dom::text(words(self.language)), None);
    }

    fn button(
        &self,
        into: &Node,
        class: &str,
        act: &str,
        words: Words,
        does: impl FnMut(dom::Event) + 'static,
    ) -> Node {
        let button = dom::element("button");
        for (name, value) in [("type", "button"), ("class", class), ("data-act", act)] {
            dom::set_attribute(&button, name, Some(value));
        }
        dom::insert(&button, &dom::text(words(self.language)), None);
        dom::insert(into, &button, None);
        self.listen(&button, "click", does);
        button
    }

    /// A button that asks for a file, with the camera or from those that are there.
    fn chooser(&self, into: &Node, act: &str, words: Words, accept: &str, camera: Option<&str>) {
        let field = dom::element("input");
        for (name, value) in [
            ("type", Some("file")),
            ("hidden", Some("")),
            ("accept", Some(accept)),
            ("capture", camera),
            ("data-field", Some(act)),
        ] {
            dom::set_attribute(&field, name, value);
        }
        dom::insert(into, &field, None);
        let host = self.clone();
        self.listen(&field, "change", move |event| {
            let chosen = dom::files_of(&event).into_iter().next();
            if let Some(chosen) = chosen {
                let host = host.clone();
                spawn(async move { host.take(chosen).await });
            }
            if let Some(field) = event.target() {
                empty_field(field.unchecked_ref());
            }
        });
        self.button(into, "button", act, words, move |_| click(&field));
    }

    /// What can be done: `again` where there is a file already.
    fn acts(&self, again: bool) {
        let either = |first: Words, other: Words| if again { other } else { first };
        let acts = self.place("div", "media-acts");
        match self.kind.as_str() {
            "draw" | "signature" => {
                let words = if self.kind == "draw" {
                    either(say::draw, say::draw_again)
                } else {
                    either(say::sign, say::sign_again)
                };
                let host = self.clone();
                self.button(&acts, "button", "media-draw", words, move |_| {
                    let host = host.clone();
                    spawn(async move { host.pad(None).await });
                });
            }
            "audio" | "video" => {
                let accept = if self.kind == "audio" { "audio/*" } else { "video/*" };
                self.chooser(
                    &acts,
                    "media-record",
                    either(say::record, say::record_again),
                    accept,
                    Some("user"),
                );
                self.chooser(&acts, "media-choose", either(say::choose, say::choose_again), accept, None);
                self.hint(say::as_is_hint);
            }
            "file" => {
                self.chooser(&acts, "media-choose", either(say::choose, say::choose_again), "", None);
                self.hint(say::as_is_hint);
            }
            _ => {
                let (take, choose) = (
                    either(say::photograph, say::photograph_again),
                    either(say::picture, say::picture_again),
                );
                self.chooser(&acts, "media-take", take, "image/*", Some("environment"));
                self.chooser(&acts, "media-choose", choose, "image/*", None);
                self.hint(say::photo_hint);
            }
        }
        if again {
            let host = self.clone();
            self.button(&acts, "button button-quiet", "media-remove", say::remove, move |_| {
                let host = host.clone();
                spawn(async move {
                    host.media.remove(&host.element).await;
                    host.settle(say::removed(host.language));
                });
            });
        }
    }

    /// Says something in the element as it is by now, and puts the focus where the person goes on.
    fn settle(&self, words: &str) {
        if let Ok(Some(told)) = self.element.query_selector("[role=status]") {
            told.set_text_content(Some(words));
        }
        if let Ok(Some(first)) = self.element.query_selector("button") {
            let _ = first.unchecked_ref::<web_sys::HtmlElement>().focus();
        }
    }

    /// A file was chosen.
    async fn take(&self, chosen: File) {
        self.say(say::working(self.language));
        let photograph = matches!(self.kind.as_str(), "image" | "annotate" | "barcode");
        let most = if photograph { MOST_PHOTOGRAPH } else { Attachment::MOST_BYTES as f64 };
        if chosen.size() > most {
            return self.say(say::too_large(self.language));
        }
        if self.kind == "barcode" {
            return match code_in(&chosen).await {
                Some(code) => {
                    give(&self.element, &code);
                    self.settle(say::kept(self.language));
                }
                None => self.say(say::no_code(self.language)),
            };
        }
        if self.kind == "annotate" {
            return self.pad(Some(chosen)).await;
        }
        let (bytes, ending) = if photograph {
            (redrawn(&chosen, self.longest).await, "jpg".to_owned())
        } else {
            (file::bytes_of(&chosen).await.ok(), ending(&chosen.name(), &chosen.type_()))
        };
        match bytes {
            Some(bytes) => self.keep(bytes, &ending).await,
            None => self.say(say::no_picture(self.language)),
        }
    }

    async fn keep(&self, bytes: Vec<u8>, ending: &str) {
        match self.media.keep(&self.element, bytes, ending, self.language).await {
            Ok(()) => {
                // The element is filled anew by the answer.
                clock::sleep(60).await;
                self.settle(say::kept(self.language));
            }
            Err(why) => self.say(why),
        }
    }

    /// A pad to draw on, in the place of all else; over a photograph, where there is one.
    async fn pad(&self, over: Option<File>) {
        self.element.set_text_content(None);
        let canvas = self.place("canvas", "media-pad");
        dom::set_attribute(&canvas, "role", Some("img"));
        dom::set_attribute(&canvas, "aria-label", Some(say::pad(self.language)));
        let acts = self.place("div", "media-acts");
        dom::insert(&self.element, &self.told, None);
        self.say("");
        self.hold(Open::default());
        let over_it = over.as_ref().map(|file| (file.as_ref(), self.longest));
        let Some(pad) = Pad::on(&canvas, over_it).await else {
            fill(&self.media, &self.element, self.language);
            return self.settle(say::no_picture(self.language));
        };
        let pad = Rc::new(pad);
        self.hold(Open { _pad: Some(Rc::clone(&pad)), ..Open::default() });
        let (host, held, drawn_over) = (self.clone(), Rc::clone(&pad), over.is_some());
        let keep = self.button(&acts, "button button-primary", "media-keep", say::keep_drawing, move |_| {
            let (host, pad) = (host.clone(), Rc::clone(&held));
            if !drawn_over && !pad.is_drawn() {
                return host.say(say::nothing_drawn(host.language));
            }
            host.say(say::working(host.language));
            spawn(async move {
                // Over a photograph it is a photograph.
                let (mime, ending) = if drawn_over { ("image/jpeg", "jpg") } else { ("image/png", "png") };
                match pad.bytes(mime).await {
                    Some(bytes) => host.keep(bytes, ending).await,
                    None => host.say(say::not_kept(host.language)),
                }
            });
        });
        if over.is_none() {
            self.button(&acts, "button", "media-clear", say::clear_drawing, move |_| pad.clear());
        }
        let host = self.clone();
        self.button(&acts, "button button-quiet", "media-cancel", say::cancel, move |_| {
            fill(&host.media, &host.element, host.language);
            host.settle("");
        });
        let _ = keep.unchecked_ref::<web_sys::HtmlElement>().focus();
    }

    /// A code, typed or read from a picture.
    fn code(&self, code: &str, locked: bool) {
        let field = self.place("input", "input");
        for (name, value) in
            [("type", "text"), ("autocomplete", "off"), ("aria-label", say::code(self.language))]
        {
            dom::set_attribute(&field, name, Some(value));
        }
        dom::set_value(&field, code);
        if locked {
            return dom::set_attribute(&field, "readonly", Some(""));
        }
        let element = self.element.clone();
        self.listen(&field, "change", move |event| give(&element, &dom::value_of(&event)));
        if reads_codes() {
            let acts = self.place("div", "media-acts");
            self.chooser(&acts, "media-scan", say::scan, "image/*", Some("environment"));
            self.hint(say::scan_hint);
        }
    }
}

/// How the name of a file ends that is kept as it is: by its type, else as its own name does. Its name is not kept.
fn ending(name: &str, mime: &str) -> String {
    let known = match mime.split(';').next().unwrap_or_default() {
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "audio/mpeg" => "mp3",
        "audio/mp4" | "audio/x-m4a" => "m4a",
        "audio/ogg" => "ogg",
        "audio/wav" | "audio/x-wav" => "wav",
        "audio/webm" | "video/webm" => "webm",
        "video/mp4" => "mp4",
        "video/quicktime" => "mov",
        "video/3gpp" => "3gp",
        "application/pdf" => "pdf",
        "text/plain" => "txt",
        "text/csv" => "csv",
        _ => "",
    };
    let own = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    let is_ending = (1..=5).contains(&own.len()) && own.chars().all(|c| c.is_ascii_alphanumeric());
    match (known, is_ending) {
        ("", true) => own,
        ("", false) => "bin".to_owned(),
        (known, _) => known.to_owned(),
    }
}
