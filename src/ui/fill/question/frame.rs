use leptos::prelude::*;

use super::{Asking, id, message_of};
use crate::browser::shell;
use crate::engine::{Answer, NodeState, ViolationKind};
use crate::i18n::fill as say;
use crate::ui::parts::{live_if, sentence, words};

/// What a question's frame is for screen readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frame {
    /// A group of radios.
    Radios,
    /// Any other group of controls.
    Group,
    /// One control, named by the label.
    Single,
}

/// Label, hint, the widget and what is wrong, tied together.
pub(super) fn frame(asking: Asking, frame: Frame, class: &'static str, body: AnyView) -> AnyView {
    let own = id(asking.at);
    let label = question_label(asking);
    let inside = view! {
        {hint(asking)}
        {body}
        {error(asking)}
    }
    .into_any();
    let class = ["question ", class].concat();
    if frame == Frame::Single {
        let control = [&own, "-control"].concat();
        return view! {
            <div class=class id=own data-question=asking.name()>
                <label class="label" for=control>{label}</label>
                {inside}
            </div>
        }
        .into_any();
    }
    // Checkboxes are taken back one by one.
    let clearing = (!class.contains("question-many")).then(|| clear(asking));
    let role = (frame == Frame::Radios).then_some("radiogroup");
    let invalid = move || (role.is_some() && is_told(asking)).then_some("true");
    let required =
        move || (role.is_some() && asking.slot.state.with(|state| state.required)).then_some("true");
    view! {
        <fieldset class=class id=own tabindex="-1" role=role data-question=asking.name()
            aria-describedby=asking.described() aria-invalid=invalid aria-required=required>
            <legend class="label">{label}</legend>
            {clearing}
            {inside}
        </fieldset>
    }
    .into_any()
}

/// The label, and that an answer is needed where it is.
pub(super) fn question_label(asking: Asking) -> AnyView {
    let mark = move || {
        asking.slot.state.with(|state| state.required).then(|| {
            view! { " " <span class="required">{say::required_mark(asking.app.language.get())}</span> }
        })
    };
    view! { <span>{words(move || asking.slot.state.with(|state| state.label.clone()))}</span>{live_if(mark)} }
        .into_any()
}

fn hint(asking: Asking) -> AnyView {
    let hint = move || {
        let hint = asking.slot.state.with(|state| state.hint.clone());
        (!hint.is_empty()).then(|| view! { <p class="hint" id=[&id(asking.at), "-hint"].concat()>{hint}</p> })
    };
    live_if(hint)
}

/// `aria-invalid` of a control.
pub(super) fn invalid(asking: Asking) -> impl Fn() -> Option<&'static str> + Send + 'static {
    move || is_told(asking).then_some("true")
}

/// `aria-required` of a control.
pub(super) fn required(asking: Asking) -> impl Fn() -> Option<&'static str> + Send + 'static {
    move || asking.slot.state.with(|state| state.required).then_some("true")
}

/// Whether a control cannot be changed.
pub(super) fn readonly(asking: Asking) -> impl Fn() -> bool + Send + 'static {
    move || asking.slot.state.with(|state| state.readonly)
}

/// Whether what is wrong is told now: after the page was to be turned, or at once where it is not for want of an answer.
pub(super) fn is_told(asking: Asking) -> bool {
    let wrong = asking.slot.state.with(|state| state.violation);
    wrong.is_some() && (asking.slot.revealed.get() || wrong == Some(ViolationKind::NotOffered))
}

/// What is wrong, announced when it appears.
pub(super) fn error(asking: Asking) -> AnyView {
    let told = move || {
        is_told(asking).then(|| {
            let language = asking.app.language.get();
            let message = asking.slot.state.with(|state| message_of(state, language));
            view! { <p class="error">{message}</p> }
        })
    };
    view! { <div id=[&id(asking.at), "-error"].concat() aria-live="polite">{live_if(told)}</div> }.into_any()
}

/// A way to take an answer back. Its place is kept where there is nothing to take back, so that nothing jumps.
pub(super) fn clear(asking: Asking) -> AnyView {
    let off = move || {
        let there = |state: &NodeState| !state.answer.is_empty() && !state.required && !state.readonly;
        (!asking.slot.state.with(there)).then_some("")
    };
    let take_back = move |_| {
        asking.answer(Answer::Empty);
        asking.app.said.set(say::cleared(asking.language()).to_owned());
        shell::focus(&id(asking.at));
    };
    view! {
        <button type="button" class="clear small" data-act="clear" data-off=off on:click=take_back>
            {sentence(asking.app.language, say::clear)}
            <span class="visually-hidden">" "{sentence(asking.app.language, say::clear_what)}</span>
        </button>
    }
    .into_any()
}
