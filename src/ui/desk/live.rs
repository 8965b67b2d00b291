//! Parts of a screen that follow signals, each in one concrete type: a closure of its own type for every sentence would be
//! compiled anew each time.

use leptos::html;
use leptos::prelude::*;

use crate::ui::parts::{View, show};

/// A widget of both sides among the desk's own.
pub(super) fn shown(view: View) -> AnyView {
    let place = NodeRef::<html::Span>::new();
    let kept = StoredValue::new_local(None);
    place.on_load(move |node| kept.set_value(Some(show(view, &node))));
    view! { <span node_ref=place style="display:contents"></span> }.into_any()
}
