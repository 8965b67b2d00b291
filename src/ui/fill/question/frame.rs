use super::shown::question_shows;
use super::{Asking, id, message_of};
use crate::browser::shell;
use crate::engine::{Answer, NodeState, ViolationKind};
use crate::i18n::fill as say;
use crate::ui::fill::aids::listen;
use crate::ui::fill::words::rich;
use crate::ui::parts::{Element, View, button, element, live, sentence};

/// How the id of a question's control ends, after the question's own.
pub(super) const CONTROL: &str = "-control";

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
pub(super) fn frame(asking: Asking, frame: Frame, class: &'static str, body: View) -> View {
    let own = id(asking.at);
    let label = question_label(asking);
    let inside = [question_shows(asking), hint(asking), body, error(asking), listen(asking.app)];
    let classes = ["question ", class].concat();
    if frame == Frame::Single {
        let label = element("label").class("label").attr("for", &[&own, CONTROL].concat()).child(label);
        return element("div")
            .class(&classes)
            .id(&own)
            .attr_with("data-question", move || Some(asking.name()))
            .child(label)
            .child(inside)
            .view();
    }
    // Checkboxes are taken back one by one.
    let clearing = (class != "question-many").then(|| clear(asking));
    let radios = frame == Frame::Radios;
    let fieldset = element("fieldset")
        .class(&classes)
        .id(&own)
        .attr("tabindex", "-1")
        .attr_if("role", radios.then_some("radiogroup"))
        .attr_with("data-question", move || Some(asking.name()))
        .attr("aria-describedby", &asking.described())
        .child(element("legend").class("label").child(label))
        .child(clearing)
        .child(inside);
    if radios { heeded(asking, fieldset) } else { fieldset }.view()
}

/// The label, and that an answer is needed where it is.
pub(super) fn question_label(asking: Asking) -> View {
    let mark = move || {
        asking.slot.state.with(|state| state.required).then(|| {
            let words = say::required_mark(asking.app.language.get());
            [View::Text(" ".to_owned()), element("span").class("required").text(words).view()]
        })
    };
    let label = live(move || {
        let words = asking.slot.state.with(|state| rich(&state.label));
        asking.filling.element("span").child(words)
    });
    View::Several(vec![label, live(mark)])
}

fn hint(asking: Asking) -> View {
    live(move || {
        let hint = asking.slot.state.with(|state| state.hint.clone());
        let own = [&id(asking.at), "-hint"].concat();
        (!hint.is_empty()).then(|| asking.filling.element("p").class("hint").id(&own).child(rich(&hint)))
    })
}

/// What an element says to screen readers of its answer: that it is wrong, that it is required.
pub(super) fn heeded(asking: Asking, element: Element) -> Element {
    let yes = |it: bool| it.then(|| "true".to_owned());
    element
        .attr_with("aria-invalid", move || yes(is_told(asking)))
        .attr_with("aria-required", move || yes(asking.slot.state.with(|state| state.required)))
}

/// The one control of a question: its id, which the label names, its name, and what describes it.
pub(super) fn control(asking: Asking, tag: &'static str) -> Element {
    let control = element(tag)
        .id(&[&id(asking.at), CONTROL].concat())
        .attr_with("name", move || Some(asking.name()))
        .attr("aria-describedby", &asking.described());
    let locks = if tag == "select" { "disabled" } else { "readonly" };
    heeded(asking, control).flag_with(locks, move || asking.slot.state.with(|state| state.readonly))
}

/// So many characters of the answer: what a field holds, also where it is computed and not typed.
pub(super) fn held(asking: Asking, length: usize) -> impl Fn() -> String {
    move || asking.slot.state.with(|state| state.answer.to_text()).chars().take(length).collect()
}

/// Whether what is wrong is told now: after the page was to be turned, or at once where it is not for want of an answer.
pub(super) fn is_told(asking: Asking) -> bool {
    let wrong = asking.slot.state.with(|state| state.violation);
    wrong.is_some() && (asking.slot.revealed.get() || wrong == Some(ViolationKind::NotOffered))
}

/// What is wrong, announced when it appears.
pub(super) fn error(asking: Asking) -> View {
    let told = move || {
        is_told(asking).then(|| {
            let language = asking.app.language.get();
            let of_form = asking.slot.state.with(|state| !state.message.is_empty());
            let line = if of_form { asking.filling.element("p") } else { element("p") };
            line.class("error").text(&asking.slot.state.with(|state| message_of(state, language)))
        })
    };
    let own = [&id(asking.at), "-error"].concat();
    element("div").id(&own).attr("aria-live", "polite").child(live(told)).view()
}

/// A way to take an answer back. Its place is kept where there is nothing to take back, so that nothing jumps.
pub(super) fn clear(asking: Asking) -> View {
    let off = move || {
        let there = |state: &NodeState| !state.answer.is_empty() && !state.required && !state.readonly;
        !asking.slot.state.with(there)
    };
    let take_back = move |_| {
        asking.answer(Answer::Empty);
        asking.app.said.set(say::cleared(asking.language()).to_owned());
        shell::focus(&id(asking.at));
    };
    let language = asking.app.language;
    let what = element("span").class("visually-hidden").text(" ").child(sentence(language, say::clear_what));
    button("clear small", "clear")
        .flag_with("data-off", off)
        .on("click", take_back)
        .child(sentence(language, say::clear))
        .child(what)
        .view()
}
