//! Parts of a screen that follow signals, each in one concrete type: a closure of its own type for every sentence would
//! be compiled anew each time, and a phone would download them all.

use leptos::prelude::*;

use crate::i18n::Language;

/// A sentence of the program in the language in use.
pub fn sentence(language: RwSignal<Language>, which: fn(Language) -> &'static str) -> AnyView {
    (move || which(language.get())).into_any()
}

/// Words that follow signals.
pub fn words(of: impl Fn() -> String + Send + 'static) -> AnyView {
    let of: Box<dyn Fn() -> String + Send> = Box::new(of);
    (move || of()).into_any()
}

/// A view that follows signals.
pub fn live(of: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    let of: Box<dyn Fn() -> AnyView + Send> = Box::new(of);
    (move || of()).into_any()
}

/// A view that is there or not, following signals.
pub fn live_if<V: IntoAny>(of: impl Fn() -> Option<V> + Send + 'static) -> AnyView {
    live(move || of().map_or_else(|| ().into_any(), IntoAny::into_any))
}

/// Views in a row that follow signals.
pub fn live_list(of: impl Fn() -> Vec<AnyView> + Send + 'static) -> AnyView {
    let of: Box<dyn Fn() -> Vec<AnyView> + Send> = Box::new(of);
    (move || of()).into_any()
}
