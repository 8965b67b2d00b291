//! Markup that our own code has written and escaped (charts, tables, the report), put into the page as parsed nodes.
//! Nothing is run: the parser leaves scripts dead, and no `innerHTML` is set anywhere.

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, HtmlElement, Node};

#[wasm_bindgen]
extern "C" {
    type DOMParser;
    #[wasm_bindgen(constructor)]
    fn new() -> DOMParser;
    #[wasm_bindgen(method, js_name = parseFromString, catch)]
    fn parse_from_string(this: &DOMParser, text: &str, media_type: &str) -> Result<Document, JsValue>;
}

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

fn parse(markup: &str) -> Option<Element> {
    let parsed = DOMParser::new().parse_from_string(markup, "text/html").ok()?;
    parsed.body()?.first_element_child()
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
