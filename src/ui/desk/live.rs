//! Parts of a screen that follow signals, each in one concrete type: a closure of its own type for every sentence would be
//! compiled anew each time.

use leptos::html;
use leptos::prelude::*;

use crate::i18n::Language;
use crate::ui::parts::{View, show};

/// A widget of both sides among the desk's own.
pub(super) fn shown(view: View) -> AnyView {
    let place = NodeRef::<html::Span>::new();
    let kept = StoredValue::new_local(None);
    place.on_load(move |node| kept.set_value(Some(show(view, &node))));
    view! { <span node_ref=place style="display:contents"></span> }.into_any()
}

/// A sentence of the program in the language in use.
pub(super) fn sentence(language: RwSignal<Language>, which: fn(Language) -> &'static str) -> AnyView {
    (move || which(language.get())).into_any()
}

/// Words that follow signals.
pub(super) fn words(of: impl Fn() -> String + Send + 'static) -> AnyView {
    let of: Box<dyn Fn() -> String + Send> = Box::new(of);
    (move || of()).into_any()
}

/// A view that follows signals.
pub(super) fn live(of: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    let of: Box<dyn Fn() -> AnyView + Send> = Box::new(of);
    (move || of()).into_any()
}

/// A view that is there or not, following signals.
pub(super) fn live_if<V: IntoAny>(of: impl Fn() -> Option<V> + Send + 'static) -> AnyView {
    live(move || of().map_or_else(|| ().into_any(), IntoAny::into_any))
}
