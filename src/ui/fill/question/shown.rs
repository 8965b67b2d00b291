use super::Asking;
use crate::form::shown;
use crate::form::wire::SHOWS;
use crate::ui::fill::words::plain;
use crate::ui::parts::{Element, View, live};

/// Pictures, sounds and films beside a question's label.
pub(super) fn question_shows(asking: Asking) -> View {
    live(move || shows(asking, None, &asking.slot.state.with(|state| state.label.clone())))
}

/// Where the binary `media` shows files, of a question or of one of its choices, with what they are called where they cannot
/// be seen.
pub(super) fn shows(asking: Asking, choice: Option<&str>, label: &str) -> Option<Element> {
    let files = asking.filling.session(|session| {
        let node = session.definition(asking.at)?;
        let all = match choice {
            None => node.shows.as_str(),
            Some(name) => {
                let columns = &session.form().choices_of(node)?.choice(name)?.columns;
                &columns.iter().find(|(column, _)| column == SHOWS)?.1
            }
        };
        Some(shown(all, session.language()).to_owned())
    });
    let files = files.flatten().filter(|files| !files.is_empty())?;
    let host = asking.filling.element("span").attr("data-shows", &files);
    Some(host.attr("data-label", &plain(label)))
}
