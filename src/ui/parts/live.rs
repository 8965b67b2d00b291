use std::rc::Rc;

use super::{Element, Watched};
use crate::i18n::Language;

/// What is to be seen. [`super::show`] puts it on the page and keeps it as the signals have it.
pub enum View {
    /// Nothing.
    Nothing,
    /// A text.
    Text(String),
    /// An element.
    Element(Element),
    /// Views in a row.
    Several(Vec<View>),
    /// A view that follows signals. What it has in common with the one before stays on the page, focus and all.
    Live(Box<dyn Told<View>>),
    /// Views by key, in a row that follows signals: what comes or goes leaves its neighbours alone.
    Keyed(Box<dyn Told<Vec<u32>>>, Rc<dyn Made>),
}

/// A closure that tells something anew whenever it is asked. `dyn Fn` could be called in two more ways, and a phone would
/// download the code of each.
pub trait Told<T> {
    /// What is so now.
    fn tell(&self) -> T;
}

impl<T, F: Fn() -> T> Told<T> for F {
    fn tell(&self) -> T {
        self()
    }
}

/// A closure that makes a view of a key.
pub trait Made {
    /// The view.
    fn make(&self, key: u32) -> View;
}

impl<F: Fn(u32) -> View> Made for F {
    fn make(&self, key: u32) -> View {
        self(key)
    }
}

/// A view that follows signals.
pub fn live<V: Into<View>>(of: impl Fn() -> V + 'static) -> View {
    View::Live(Box::new(move || of().into()))
}

/// A sentence of the program in the language in use.
pub fn sentence(language: Watched<Language>, which: fn(Language) -> &'static str) -> View {
    words(move || which(language.get()).to_owned())
}

/// Words that follow signals.
pub fn words(of: impl Fn() -> String + 'static) -> View {
    View::Live(Box::new(move || View::Text(of())))
}

/// Nothing to see: does something now, and again whenever the signals that it reads change.
pub fn whenever(act: impl Fn() + 'static) -> View {
    View::Live(Box::new(move || {
        act();
        View::Nothing
    }))
}

/// One view of several, by key: made anew only when the key changes.
pub fn one_of(key: impl Fn() -> u32 + 'static, one: impl Fn(u32) -> View + 'static) -> View {
    keyed(move || vec![key()], one)
}

/// Views by key, following signals.
pub fn keyed(each: impl Fn() -> Vec<u32> + 'static, one: impl Fn(u32) -> View + 'static) -> View {
    View::Keyed(Box::new(each), Rc::new(one))
}

impl From<Element> for View {
    fn from(element: Element) -> View {
        element.view()
    }
}

impl From<Vec<View>> for View {
    fn from(views: Vec<View>) -> View {
        View::Several(views)
    }
}

impl<const N: usize> From<[View; N]> for View {
    fn from(views: [View; N]) -> View {
        View::Several(views.into())
    }
}

impl<V: Into<View>> From<Option<V>> for View {
    fn from(view: Option<V>) -> View {
        view.map_or(View::Nothing, V::into)
    }
}
