//! Markup that our own code has written and escaped (charts, tables, the report), put into the page node by node.
//!
//! No parser of the browser's sees it, so there is nothing that could run: [`read`] knows only the elements that our markup is
//! made of and refuses all else, and the page's policy (in index.html) can forbid every way from text to markup.

mod read;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

use super::dom;
use read::{Reader, Step};

/// The element that a side of the program mounts into.
pub fn root(id: &str) -> Option<HtmlElement> {
    web_sys::window()?.document()?.get_element_by_id(id).map(JsCast::unchecked_into)
}

/// Puts pieces of markup, each one element under a key, into `parent` in order. A piece whose markup is what it was at
/// the last call stays untouched; `<details>` of a changed piece stay as open as they were. Returns how many pieces changed.
pub fn place(parent: &Element, pieces: &[(String, String)], before: &[(String, String)]) -> usize {
    let mut changed = 0;
    let mut standing: Vec<(String, Element)> = Vec::new();
    let mut child = parent.first_element_child();
    while let Some(element) = child {
        child = element.next_element_sibling();
        match element.get_attribute("data-piece") {
            Some(key) if pieces.iter().any(|(own, _)| *own == key) => standing.push((key, element)),
            _ => element.remove(),
        }
    }
    for (key, markup) in pieces {
        let known = standing.iter().find(|(own, _)| own == key).map(|(_, element)| element);
        let same = before.iter().any(|(own, text)| own == key && text == markup);
        let element = match known {
            Some(element) if same => element.clone(),
            _ => {
                let Some(element) = parse(markup) else { continue };
                changed += 1;
                let _ = element.set_attribute("data-piece", key);
                if let Some(known) = known {
                    carry_open(known, &element);
                    let _ = parent.replace_child(&element, known);
                }
                element
            }
        };
        // Appending in order also puts pieces that stood elsewhere into their place; one in place is left alone.
        if !in_place(parent, &element, pieces, key) {
            let _ = parent.append_child(&element);
        }
    }
    changed
}

/// Opens or closes every `<details>` inside.
pub fn open_all(parent: &Element, open: bool) {
    each(parent, "details", |element| {
        let _ = if open { element.set_attribute("open", "") } else { element.remove_attribute("open") };
    });
}

/// The values of an attribute of those elements inside that are on the screen or a screen's height away from it.
pub fn near(parent: &Element, attribute: &str) -> Vec<String> {
    let height = web_sys::window().and_then(|window| window.inner_height().ok()?.as_f64()).unwrap_or(0.0);
    let mut near = Vec::new();
    each(parent, &["[", attribute, "]"].concat(), |element| {
        let place = element.get_bounding_client_rect();
        if place.top() < 2.0 * height && place.bottom() > -height {
            near.extend(element.get_attribute(attribute));
        }
    });
    near
}

/// The first element of the markup, with all that is in it. `None` for what is not ours.
fn parse(markup: &str) -> Option<Element> {
    let mut open: Vec<(&str, Node)> = Vec::new();
    // How many elements are open around the drawing that is being read.
    let mut drawing = None;
    for step in Reader::new(markup) {
        match step? {
            Step::Open { name, attributes, empty } => {
                if name == "svg" && drawing.is_none() {
                    drawing = Some(open.len());
                }
                let node = if drawing.is_some() { dom::drawing(name) } else { dom::element(name) };
                for (name, value) in attributes {
                    dom::set_attribute(&node, name, Some(&value));
                }
                match open.last() {
                    Some((_, parent)) => dom::insert(parent, &node, None),
                    None if empty => return node.dyn_into().ok(),
                    None => {}
                }
                if !empty {
                    open.push((name, node));
                }
            }
            Step::Text(text) => {
                if let Some((_, parent)) = open.last() {
                    dom::insert(parent, &dom::text(&text), None);
                }
            }
            Step::Close(name) => {
                let (of, node) = open.pop().filter(|(of, _)| *of == name)?;
                if of == "svg" && drawing == Some(open.len()) {
                    drawing = None;
                }
                if open.is_empty() {
                    return node.dyn_into().ok();
                }
            }
        }
    }
    None
}

fn carry_open(from: &Element, to: &Element) {
    let mut open = Vec::new();
    each(from, "details", |element| open.push(element.has_attribute("open")));
    let mut open = open.into_iter();
    each(to, "details", |element| {
        let _ = match open.next() {
            Some(true) => element.set_attribute("open", ""),
            Some(false) => element.remove_attribute("open"),
            None => Ok(()),
        };
    });
}

/// Whether the element already stands right after the piece before it.
fn in_place(parent: &Element, element: &Element, pieces: &[(String, String)], key: &str) -> bool {
    let inside = element.parent_node().as_ref() == Some(parent.as_ref() as &Node);
    let position = pieces.iter().position(|(own, _)| own == key);
    let expected =
        position.and_then(|position| position.checked_sub(1)).and_then(|before| pieces.get(before));
    let before = element.previous_element_sibling().and_then(|before| before.get_attribute("data-piece"));
    inside && before.as_deref() == expected.map(|(key, _)| key.as_str())
}

fn each(parent: &Element, selector: &str, mut act: impl FnMut(&Element)) {
    let Ok(found) = parent.query_selector_all(selector) else { return };
    for position in 0..found.length() {
        if let Some(element) = found.get(position).and_then(|node| node.dyn_into::<Element>().ok()) {
            act(&element);
        }
    }
}
