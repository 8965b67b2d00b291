use std::panic::Location;
use std::rc::Rc;

use super::View;
use super::live::Told;
use crate::browser::dom::Event;

/// An element under construction. All elements are of this one type, whatever is inside: `view!` makes a type of each, with
/// code of its own to build and change it, and that was more than half of what a phone had to download.
#[must_use]
pub struct Element(pub(super) Box<Parts>);

/// What an element is made of.
pub(super) struct Parts {
    pub(super) tag: &'static str,
    /// Where in the code it is made: what comes from the same place anew is the same element, changed.
    pub(super) made: &'static Location<'static>,
    pub(super) attributes: Vec<(&'static str, Attribute)>,
    pub(super) events: Vec<(&'static str, Act)>,
    pub(super) children: Vec<View>,
}

/// What is done on an event.
pub(super) type Act = Rc<dyn Does>;

/// A closure that does something on an event.
pub(super) trait Does {
    fn act(&self, event: Event);
}

impl<F: Fn(Event)> Does for F {
    fn act(&self, event: Event) {
        self(event);
    }
}

/// What an attribute or property holds.
pub(super) enum Attribute {
    /// An attribute that stays.
    Stays(String),
    /// An attribute that follows signals; `None`: it is not there.
    Follows(Box<dyn Told<Option<String>>>),
    /// The property `checked`.
    Checked(bool),
    /// The property `value`.
    Value(String),
    /// The property `value`, which follows signals.
    ValueFollows(Box<dyn Told<String>>),
}

/// An element of this tag, empty yet.
///
/// ```ignore
/// element("p").class("hint").child(sentence(language, say::rank_hint)).view()
/// ```
#[track_caller]
pub fn element(tag: &'static str) -> Element {
    Element(Box::new(Parts {
        tag,
        made: Location::caller(),
        attributes: Vec::new(),
        events: Vec::new(),
        children: Vec::new(),
    }))
}

/// A button that submits nothing, with its `data-act`.
#[track_caller]
pub fn button(class: &str, act: &str) -> Element {
    element("button").attr("type", "button").class(class).attr("data-act", act)
}

impl Element {
    /// Its class.
    pub fn class(self, class: &str) -> Element {
        self.attr("class", class)
    }

    /// Its id.
    pub fn id(self, id: &str) -> Element {
        self.attr("id", id)
    }

    /// An attribute that stays.
    pub fn attr(self, name: &'static str, value: &str) -> Element {
        self.with(name, Attribute::Stays(value.to_owned()))
    }

    /// An attribute that stays, where there is a value.
    pub fn attr_if(self, name: &'static str, value: Option<&str>) -> Element {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    /// An attribute that follows signals; `None` takes it away.
    pub fn attr_with(self, name: &'static str, value: impl Fn() -> Option<String> + 'static) -> Element {
        self.with(name, Attribute::Follows(Box::new(value)))
    }

    /// An attribute without a value (`disabled`, `selected`), where this is true.
    pub fn flag(self, name: &'static str, value: bool) -> Element {
        self.attr_if(name, value.then_some(""))
    }

    /// An attribute without a value that is there while this is true.
    pub fn flag_with(self, name: &'static str, value: impl Fn() -> bool + 'static) -> Element {
        self.attr_with(name, move || value().then(String::new))
    }

    /// Whether a radio or checkbox is ticked, as a property.
    pub fn checked(self, checked: bool) -> Element {
        self.with("checked", Attribute::Checked(checked))
    }

    /// What a field holds, as a property.
    pub fn value(self, value: &str) -> Element {
        self.with("value", Attribute::Value(value.to_owned()))
    }

    /// What a field holds, as a property that follows signals, but for while somebody types in it.
    pub fn value_with(self, value: impl Fn() -> String + 'static) -> Element {
        self.with("value", Attribute::ValueFollows(Box::new(value)))
    }

    /// What happens on an event.
    pub fn on(self, event: &'static str, act: impl Fn(Event) + 'static) -> Element {
        self.listen(event, Rc::new(act))
    }

    /// A text that stays.
    pub fn text(self, text: &str) -> Element {
        self.child(View::Text(text.to_owned()))
    }

    /// Something inside, after what is there already.
    pub fn child(self, child: impl Into<View>) -> Element {
        self.hold(child.into())
    }

    /// Finished.
    pub fn view(self) -> View {
        View::Element(self)
    }

    fn with(mut self, name: &'static str, value: Attribute) -> Element {
        self.0.attributes.push((name, value));
        self
    }

    fn listen(mut self, event: &'static str, act: Act) -> Element {
        self.0.events.push((event, act));
        self
    }

    fn hold(mut self, child: View) -> Element {
        self.0.children.push(child);
        self
    }
}
