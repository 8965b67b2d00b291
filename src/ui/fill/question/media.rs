use super::Asking;
use super::frame::{Frame, frame};
use crate::browser::dom::value_of;
use crate::engine::Answer;
use crate::form::QuestionKind;
use crate::ui::fill::session::Filling;
use crate::ui::parts::{View, element};

/// What a camera, a pen or a file answers. The binary `media` fills this element, keeps what it is given with the draft that
/// stands here, and gives its name.
pub(super) fn media(asking: Asking) -> View {
    let filling = asking.filling;
    let media = filling.definition(asking.at, |node| node.media.clone()).unwrap_or_default();
    let given = move |event| {
        asking.answer(Answer::from_text(QuestionKind::Text, &value_of(&event)).unwrap_or_default());
    };
    let host = element("div")
        .attr("data-media", &media)
        .attr_with("data-file", move || Some(asking.slot.state.with(|state| state.answer.to_text())))
        .attr_with("data-draft", move || filling.holder())
        .flag_with("data-readonly", move || asking.slot.state.with(|state| state.readonly))
        .on("hold", move |_| filling.heed_consent())
        .on("given", given);
    frame(asking, Frame::Group, "question-many", host.view())
}

impl Filling {
    /// The draft that holds files, followed; blank for a preview, whose files nothing keeps.
    pub(in crate::ui::fill) fn holder(self) -> Option<String> {
        self.journal.saved.track();
        let draft = self.journal.draft().map(|draft| draft.id.to_text());
        if self.preview() { Some(String::new()) } else { draft }
    }
}
