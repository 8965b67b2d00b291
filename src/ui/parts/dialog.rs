use std::rc::Rc;

use super::{View, Watched, button, element, whenever, words};
use crate::browser::dom::open_dialog;

const ID: &str = "dialog";

/// A question that needs a yes before something cannot be undone.
#[derive(Clone)]
pub struct Asked {
    /// What is asked.
    pub title: String,
    /// What a yes does.
    pub text: String,
    /// The yes, as a verb.
    pub yes: String,
    /// The no, as a verb.
    pub no: String,
    /// Done on a yes.
    pub then: Rc<dyn Fn()>,
}

/// A native modal dialog that shows whenever `asked` holds a question, and empties it when closed.
pub fn confirm(asked: Watched<Option<Asked>>) -> View {
    let opening = whenever(move || {
        if asked.with(Option::is_some) {
            open_dialog(ID, true);
        }
    });
    let yes = move |_| {
        let then = asked.with_untracked(|asked| asked.as_ref().map(|asked| Rc::clone(&asked.then)));
        open_dialog(ID, false);
        if let Some(then) = then {
            then();
        }
    };
    let part = move |which: fn(&Asked) -> &String| {
        words(move || {
            asked.with(|asked| asked.as_ref().map(|asked| which(asked).clone()).unwrap_or_default())
        })
    };
    let acts = element("div")
        .class("dialog-acts")
        .child(button("button button-bad", "dialog-yes").on("click", yes).child(part(|asked| &asked.yes)))
        .child(
            button("button", "dialog-no")
                .flag("autofocus", true)
                .on("click", |_| open_dialog(ID, false))
                .child(part(|asked| &asked.no)),
        );
    element("dialog")
        .id(ID)
        .attr("aria-labelledby", "dialog-title")
        .on("close", move |_| asked.set(None))
        .child(opening)
        .child(element("h2").id("dialog-title").child(part(|asked| &asked.title)))
        .child(element("p").child(part(|asked| &asked.text)))
        .child(acts)
        .view()
}
