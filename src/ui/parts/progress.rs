use std::rc::Rc;

use super::{View, element, words};

/// How far something is, and what that is in words.
pub struct Far {
    /// So much is done...
    pub done: usize,
    /// ... of so much.
    pub of: usize,
    /// What the bar measures.
    pub label: &'static str,
    /// How far it is, in words.
    pub words: String,
}

/// A bar with its meaning in words beside it, and for screen readers too; follows signals.
pub fn progress(far: impl Fn() -> Far + 'static) -> View {
    let far = Rc::new(far);
    let says = |of: fn(&Far) -> String| {
        let far = Rc::clone(&far);
        move || Some(of(&far()))
    };
    let style = says(|far| {
        let share = (far.done * 100).checked_div(far.of).unwrap_or(0);
        ["inline-size:", &share.to_string(), "%"].concat()
    });
    let track = element("div")
        .class("progress-track")
        .attr("role", "progressbar")
        .attr_with("aria-label", says(|far| far.label.to_owned()))
        .attr("aria-valuemin", "0")
        .attr_with("aria-valuemax", says(|far| far.of.to_string()))
        .attr_with("aria-valuenow", says(|far| far.done.to_string()))
        .attr_with("aria-valuetext", says(|far| far.words.clone()))
        .child(element("div").class("progress-fill").attr_with("style", style));
    let beside = Rc::clone(&far);
    element("div")
        .class("progress")
        .child(element("span").attr("aria-hidden", "true").child(words(move || beside().words)))
        .child(track)
        .view()
}
