//! Nodes of the page: made, placed, changed, listened to. One listener type for all events.

use wasm_bindgen::prelude::*;
use web_sys::Element;
pub use web_sys::{Event, Node};

const SVG: &str = "http://www.w3.org/2000/svg";

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = document, js_name = createElement)]
    fn create(tag: &str) -> Node;
    #[wasm_bindgen(js_namespace = document, js_name = createElementNS)]
    fn create_in(space: &str, tag: &str) -> Node;
    #[wasm_bindgen(js_namespace = document, js_name = createTextNode)]
    fn create_text(text: &str) -> Node;

    // What inputs, areas and menus have in common; web_sys has a type of its own for each.
    type Control;
    #[wasm_bindgen(method, structural, getter)]
    fn value(this: &Control) -> Option<String>;
    #[wasm_bindgen(method, structural, setter)]
    fn set_value(this: &Control, value: &str);
    #[wasm_bindgen(method, structural, getter)]
    fn checked(this: &Control) -> Option<bool>;
    #[wasm_bindgen(method, structural, setter)]
    fn set_checked(this: &Control, checked: bool);
    // Every element has it. As a property, because the page's policy runs no style that stands in an attribute.
    #[wasm_bindgen(method, structural, setter)]
    fn set_style(this: &Control, style: &str);
}

/// A new element, not on the page yet.
pub fn element(tag: &str) -> Node {
    match tag {
        "svg" | "path" => drawing(tag),
        _ => create(tag),
    }
}

/// A new element of a drawing.
pub fn drawing(tag: &str) -> Node {
    create_in(SVG, tag)
}

/// A new text, not on the page yet.
pub fn text(text: &str) -> Node {
    create_text(text)
}

/// Changes what a text says.
pub fn set_text(node: &Node, text: &str) {
    node.set_node_value(Some(text));
}

/// Puts a node into another: before one of its children, or last.
pub fn insert(parent: &Node, node: &Node, before: Option<&Node>) {
    let _ = parent.insert_before(node, before);
}

/// Takes a node from the page.
pub fn remove(node: &Node) {
    if let Some(parent) = node.parent_node() {
        let _ = parent.remove_child(node);
    }
}

/// Sets an attribute, or takes it away.
pub fn set_attribute(node: &Node, name: &str, value: Option<&str>) {
    if name == "style" {
        return node.unchecked_ref::<Control>().set_style(value.unwrap_or_default());
    }
    let element: &Element = node.unchecked_ref();
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

/// What a field holds.
pub fn set_value(node: &Node, value: &str) {
    node.unchecked_ref::<Control>().set_value(value);
}

/// The same, unless somebody is typing in it.
pub fn follow_value(node: &Node, value: &str) {
    let active = web_sys::window().and_then(|window| window.document()?.active_element());
    if active.is_none_or(|active| *active != *node) {
        set_value(node, value);
    }
}

/// What the field of this id holds. Nothing where there is none.
pub fn set_value_of(id: &str, value: &str) {
    if let Some(node) = web_sys::window().and_then(|window| window.document()?.get_element_by_id(id)) {
        set_value(&node, value);
    }
}

/// Ticks a radio or checkbox, or not.
pub fn set_checked(node: &Node, checked: bool) {
    node.unchecked_ref::<Control>().set_checked(checked);
}

/// What the field holds that an event comes from.
pub fn value_of(event: &Event) -> String {
    event.target().and_then(|target| target.unchecked_into::<Control>().value()).unwrap_or_default()
}

/// Whether the radio or checkbox is ticked that an event comes from.
pub fn checked_of(event: &Event) -> bool {
    event.target().and_then(|target| target.unchecked_into::<Control>().checked()).unwrap_or_default()
}

/// The files chosen in the field that an event comes from.
pub fn files_of(event: &Event) -> Vec<web_sys::File> {
    let field = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
    let files = field.and_then(|field| field.files());
    files.iter().flat_map(|files| (0..files.length()).filter_map(|at| files.get(at))).collect()
}

/// The files dropped with an event.
pub fn files_dropped(event: &Event) -> Vec<web_sys::File> {
    // Spares the feature of web-sys that has this event, and a build of everything for it.
    let transfer = js_sys::Reflect::get(event, &"dataTransfer".into());
    let files = transfer.and_then(|transfer| js_sys::Reflect::get(&transfer, &"files".into()));
    let files = files.ok().and_then(|files| files.dyn_into::<web_sys::FileList>().ok());
    files.iter().flat_map(|files| (0..files.length()).filter_map(|at| files.get(at))).collect()
}

/// Which key was pressed, as the keyboard names it: `a`, `1`, `ArrowDown`.
pub fn key_of(event: &Event) -> String {
    js_sys::Reflect::get(event, &"key".into()).ok().and_then(|key| key.as_string()).unwrap_or_default()
}

/// Whether Shift was held down.
pub fn has_shift(event: &Event) -> bool {
    js_sys::Reflect::get(event, &"shiftKey".into()).is_ok_and(|held| held.is_truthy())
}

/// What the field of this id holds; nothing where there is none.
pub fn value_of_id(id: &str) -> String {
    let node = web_sys::window().and_then(|window| window.document()?.get_element_by_id(id));
    node.and_then(|node| node.unchecked_into::<Control>().value()).unwrap_or_default()
}

/// Marks all that stands in the field of this id, so that what is typed next takes its place.
pub fn select(id: &str) {
    let node = web_sys::window().and_then(|window| window.document()?.get_element_by_id(id));
    if let Some(field) = node.and_then(|node| node.dyn_into::<web_sys::HtmlInputElement>().ok()) {
        field.select();
    }
}

/// Opens the dialog of this id over the page, or closes it.
pub fn open_dialog(id: &str, open: bool) {
    let dialog = web_sys::window().and_then(|window| window.document()?.get_element_by_id(id));
    if let Some(dialog) = dialog.map(|dialog| dialog.unchecked_into::<web_sys::HtmlDialogElement>()) {
        match (open, dialog.open()) {
            // Refused only where it is open already.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => (),
        }
    }
}

/// Something done on an event of a node, until this is dropped.
#[must_use = "nobody listens any more when this is dropped"]
#[derive(Debug)]
pub struct Listener {
    node: Node,
    event: &'static str,
    callback: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Calls `act` on each such event.
    pub fn new(node: &Node, event: &'static str, act: Box<dyn FnMut(Event)>) -> Listener {
        let callback = Closure::wrap(act);
        let _ = node.add_event_listener_with_callback(event, callback.as_ref().unchecked_ref());
        Listener { node: node.clone(), event, callback }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let callback = self.callback.as_ref().unchecked_ref();
        let _ = self.node.remove_event_listener_with_callback(self.event, callback);
    }
}
