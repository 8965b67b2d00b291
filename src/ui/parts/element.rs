use std::sync::Arc;

use leptos::ev::Custom;
use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::tachys::html::attribute::custom::custom_attribute;
use leptos::tachys::html::element::custom;
use leptos::tachys::html::event::on;
use leptos::tachys::html::property::prop;
use leptos::web_sys::Event;

/// An element under construction. All elements are of this one type, whatever is inside: `view!` makes a type of each, with
/// code of its own to build and change it, and was more than half of what a phone had to download.
#[must_use]
pub struct Element {
    tag: &'static str,
    attributes: Vec<AnyAttribute>,
    children: Vec<AnyView>,
}

/// An element of this tag, empty yet.
///
/// ```ignore
/// element("p").class("hint").words(move || say::hint(language.get())).any()
/// ```
pub fn element(tag: &'static str) -> Element {
    Element { tag, attributes: Vec::new(), children: Vec::new() }
}

/// A button that submits nothing, with its `data-act`.
pub fn button(class: &str, act: &str) -> Element {
    element("button").attr("type", "button").class(class).attr("data-act", act)
}

impl Element {
    /// Its class.
    pub fn class(self, class: &str) -> Element {
        self.attr("class", class)
    }

    /// An attribute that stays.
    pub fn attr(mut self, name: &'static str, value: impl Into<String>) -> Element {
        self.attributes.push(custom_attribute(name, value.into()).into_any_attr());
        self
    }

    /// An attribute that stays, where there is a value.
    pub fn attr_if(self, name: &'static str, value: Option<&str>) -> Element {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    /// An attribute that follows signals; `None` takes it away.
    pub fn attr_with(
        mut self,
        name: &'static str,
        value: impl Fn() -> Option<String> + Send + 'static,
    ) -> Element {
        let value: Box<dyn Fn() -> Option<String> + Send> = Box::new(value);
        self.attributes.push(custom_attribute(name, value).into_any_attr());
        self
    }

    /// An attribute without a value (`disabled`, `readonly`) that is there while this is true.
    pub fn flag_with(self, name: &'static str, value: impl Fn() -> bool + Send + 'static) -> Element {
        self.attr_with(name, move || value().then(String::new))
    }

    /// Whether a radio or checkbox is ticked, as a property.
    pub fn checked(mut self, checked: bool) -> Element {
        self.attributes.push(prop("checked", checked).into_any_attr());
        self
    }

    /// What a field holds, as a property.
    pub fn value(mut self, value: impl Into<String>) -> Element {
        self.attributes.push(prop("value", value.into()).into_any_attr());
        self
    }

    /// What a field holds, as a property that follows signals.
    pub fn value_with(mut self, value: impl Fn() -> String + Send + 'static) -> Element {
        let value: Box<dyn Fn() -> String + Send> = Box::new(value);
        self.attributes.push(prop("value", value).into_any_attr());
        self
    }

    /// What happens on an event.
    pub fn on(mut self, event: &'static str, act: impl FnMut(Event) + 'static) -> Element {
        let act: Box<dyn FnMut(Event)> = Box::new(act);
        self.attributes.push(on(Custom::<Event>::new(event), act).into_any_attr());
        self
    }

    /// A text that stays.
    pub fn text(self, text: impl Into<String>) -> Element {
        self.child(text.into().into_any())
    }

    /// A text that follows signals.
    pub fn words<T: Into<String>>(self, words: impl Fn() -> T + Send + 'static) -> Element {
        let words: Box<dyn Fn() -> String + Send> = Box::new(move || words().into());
        self.child(words.into_any())
    }

    /// Something inside.
    pub fn child(mut self, child: impl Into<Inside>) -> Element {
        self.children.push(child.into().0);
        self
    }

    /// Several things inside.
    pub fn children<T: Into<Inside>>(mut self, children: impl IntoIterator<Item = T>) -> Element {
        self.children.extend(children.into_iter().map(|child| child.into().0));
        self
    }

    /// A part that follows signals; [`nothing`] where there is none.
    pub fn part(self, part: impl Fn() -> AnyView + Send + 'static) -> Element {
        self.child(following(part))
    }

    /// Finished.
    pub fn any(self) -> AnyView {
        custom(self.tag).add_any_attr(self.attributes).child(self.children).into_any()
    }
}

/// A view that follows signals.
pub fn following(part: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    let part: Box<dyn Fn() -> AnyView + Send> = Box::new(part);
    part.into_any()
}

/// Several views, one after the other.
pub fn several(views: Vec<AnyView>) -> AnyView {
    views.into_any()
}

/// No view.
pub fn nothing() -> AnyView {
    ().into_any()
}

/// Views kept by key: what comes or goes leaves its neighbours alone.
pub fn keyed(
    each: impl Fn() -> Vec<u32> + Send + 'static,
    one: impl Fn(u32) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    keyed_erased(Box::new(each), Arc::new(one))
}

fn keyed_erased(
    each: Box<dyn Fn() -> Vec<u32> + Send>,
    one: Arc<dyn Fn(u32) -> AnyView + Send + Sync>,
) -> AnyView {
    view! { <For each=move || each() key=|key| *key children=move |key| one(key)/> }.into_any()
}

/// What may stand inside an element.
pub struct Inside(AnyView);

impl From<AnyView> for Inside {
    fn from(view: AnyView) -> Inside {
        Inside(view)
    }
}

impl From<Element> for Inside {
    fn from(element: Element) -> Inside {
        Inside(element.any())
    }
}
