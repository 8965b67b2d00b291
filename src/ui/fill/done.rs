use super::app::App;
use crate::browser::shell;
use crate::i18n::{Language, fill as say};
use crate::ui::parts::{Element, Icon, View, button, element, icon, sentence};

/// The thanks. Nothing of the answers is here.
pub(super) fn done(app: App) -> View {
    closing(app, "done", say::done_title, &[say::done_text, say::done_hand])
}

/// The closing for who does not take part.
pub(super) fn declined(app: App) -> View {
    closing(app, "declined", say::declined_title, &[say::declined_text, say::done_hand])
}

/// The end of a preview: nothing was kept.
pub(super) fn previewed(app: App) -> View {
    closing(app, "previewed", say::preview_title, &[say::preview_text])
}

type Sentence = fn(Language) -> &'static str;

fn closing(app: App, name: &'static str, title: Sentence, texts: &'static [Sentence]) -> View {
    arrive();
    let paragraph = |text: &Sentence| element("p").child(sentence(app.language, *text)).view();
    screen(name)
        .child(element("div").class("closing-mark").child(icon(Icon::Check)))
        .child(heading(app, title))
        .child(texts.iter().map(paragraph).collect::<Vec<_>>())
        .child(to_start(app))
        .view()
}

/// A screen that says one thing and leads back, or to what `act` does.
pub(super) fn message(
    app: App,
    name: &'static str,
    title: Sentence,
    text: Option<View>,
    act: Option<Element>,
) -> View {
    let rest = text.map(|text| {
        arrive();
        let notice = element("p").class("notice notice-caution").child(text);
        [notice.view(), act.into(), to_start(app)]
    });
    screen(name).child(heading(app, title)).child(rest).view()
}

fn screen(name: &str) -> Element {
    element("main").class("wrap closing stack").id("main").attr("data-screen", name)
}

/// The title of a screen, where the focus goes when the screen is new.
pub(super) fn heading(app: App, title: Sentence) -> Element {
    element("h1").id("title").attr("tabindex", "-1").child(sentence(app.language, title))
}

fn to_start(app: App) -> View {
    let act = button("button button-primary", "home")
        .on("click", move |_| app.to_start())
        .child(sentence(app.language, say::to_start));
    element("p").child(act).view()
}

/// A new screen is on: from its beginning, with the focus on its title.
pub(super) fn arrive() {
    shell::before_paint(|| {
        shell::scroll_to_top();
        shell::focus("title");
    });
}
