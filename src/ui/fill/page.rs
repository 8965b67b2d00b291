use super::aids::aids;
use super::app::App;
use super::done::arrive;
use super::draft::Saved;
use super::question::{self, message_of};
use super::route::Place;
use super::session::Filling;
use super::words::plain;
use crate::browser::{dom::Event, file, shell, speech};
use crate::engine::{At, Paging};
use crate::form::lang;
use crate::i18n::{Language, explain, fill as say};
use crate::response::wire::response_to_json;
use crate::ui::parts::{
    Element, Far, Icon, View, button, element, icon, live, progress, sentence, whenever, words,
};

/// A page of the filling: its section's title, how far it is, its questions, the way on and back.
pub(super) fn page(app: App, filling: Filling) -> View {
    let language = app.language;
    let here = filling.place;
    let section = move || filling.page().and_then(|page| page.section);
    let title = move || match section() {
        Some(at) => filling.slot(at).state.with(|state| plain(&state.label)),
        None => filling
            .survey(|survey| language.get().pick(survey.name().es.clone(), survey.name().en.clone()))
            .unwrap_or_default(),
    };
    let section_name = move || {
        Some(section().and_then(|at| filling.definition(at, |node| node.name.clone())).unwrap_or_default())
    };
    let sensitive = move || {
        filling
            .page()
            .is_some_and(|page| page.section.iter().chain(&page.slots).any(|at| filling.is_sensitive(*at)))
    };
    let arriving = whenever(move || {
        here.track();
        speech::stop();
        arrive();
    });
    let part = move || {
        let of = filling.pages.with(|pages| pages.len());
        match here.get() {
            Place::Page(index) if of > 1 => say::part(language.get(), index + 1, of),
            _ => String::new(),
        }
    };
    let act = move |event: Event| {
        event.prevent_default();
        app.next();
    };
    let head = element("div")
        .class("page-head")
        .child(element("p").class("eyebrow").child(words(part)))
        .child(
            element("h1")
                .id("title")
                .attr("tabindex", "-1")
                .attr_with("lang", move || section().map(|_| lang(&filling.tongue()).to_owned()))
                .child(words(title)),
        )
        .child(meter(app, filling));
    let form = element("form")
        .class("questions")
        .flag("novalidate", true)
        .on("submit", act)
        .child(question::blocks(app, filling))
        .child(turning(app, filling));
    element("main")
        .class("wrap filling")
        .id("main")
        .child(arriving)
        .attr("data-screen", "page")
        .attr_with("data-page", section_name)
        .attr("data-of", &filling.survey(|survey| survey.id.clone()).unwrap_or_default())
        .attr_with("dir", move || filling.direction())
        .child(live(move || {
            let first = here.get() == Place::Page(0);
            let note = match (filling.preview(), filling.journal.is_sealed() && first) {
                (true, _) => say::preview_note,
                (_, true) => say::sealed_note,
                _ => return None,
            };
            Some(element("p").class("notice notice-warm").child(sentence(language, note)))
        }))
        .child(live(move || sensitive().then(|| quick_exit(app))))
        .child(live(move || unsaved(app, filling)))
        .child(head)
        .child(live(move || problems(app, filling)))
        .child(form)
        .child(options(app, filling))
        .child(aids(app))
        .view()
}

/// Answered of what is asked now.
pub(super) fn meter(app: App, filling: Filling) -> View {
    progress(move || {
        let (language, progress) = (app.language.get(), filling.progress.get());
        Far {
            done: progress.answered,
            of: progress.relevant,
            label: say::progress_label(language),
            words: say::answered(language, progress.answered, progress.relevant),
        }
    })
}

/// On top of a page that could not be turned: what to mend, each a way to it.
fn problems(app: App, filling: Filling) -> Option<Element> {
    let wrong = filling.blocked.get();
    if wrong.is_empty() {
        return None;
    }
    let language = app.language.get();
    let row = |at: &At| {
        let at = *at;
        let state = filling.slot(at).state.get();
        let words = [plain(&state.label).as_str(), " ", &message_of(&state, language)].concat();
        let go = element("button")
            .attr("type", "button")
            .class("linklike")
            .on("click", move |_| {
                shell::focus(&question::id(at));
            })
            .text(&words);
        element("li").child(go).view()
    };
    let problems = element("div")
        .class("notice notice-bad problems")
        .id("problems")
        .attr("tabindex", "-1")
        .attr("role", "alert")
        .child(element("h2").text(say::problems_title(language)))
        .child(element("ul").child(wrong.iter().map(row).collect::<Vec<_>>()));
    Some(problems)
}

fn turning(app: App, filling: Filling) -> View {
    let language = app.language;
    let onwards = move || {
        let last = filling.pages.with(|pages| pages.len());
        let to_review = filling.place.get() == Place::Page(last.saturating_sub(1)) && last > 1;
        let words: fn(Language) -> &'static str = if to_review { say::review } else { say::next };
        element("button")
            .attr("type", "submit")
            .class("button button-primary")
            .attr("data-act", if to_review { "review" } else { "next" })
            .child(element("span").child(sentence(language, words)))
            .child(icon(Icon::Forward))
    };
    let returning = move || {
        filling.from_review.get().then(|| {
            button("button", "review")
                .on("click", move |_| app.go(Place::Review))
                .child(sentence(language, say::to_review))
        })
    };
    element("div")
        .class("turning")
        .child(back(app, filling))
        .child(live(onwards))
        .child(live(returning))
        .view()
}

/// To the page before, where there is one.
pub(super) fn back(app: App, filling: Filling) -> View {
    live(move || {
        filling.before().map(|place| {
            button("button", "back")
                .on("click", move |_| app.go(place))
                .child(icon(Icon::Back))
                .child(element("span").child(sentence(app.language, say::back)))
        })
    })
}

/// How many questions a page, and leaving for now.
fn options(app: App, filling: Filling) -> View {
    let language = app.language;
    let single = move || filling.paging.get() == Paging::Questions;
    let paging = move || {
        let language = language.get();
        if single() { say::by_section(language) } else { say::one_by_one(language) }.to_owned()
    };
    let leave = move || {
        let kept = filling.journal.saved.get() != Saved::Nothing && !filling.journal.is_sealed();
        let language = language.get();
        if kept { say::leave(language) } else { say::leave_plainly(language) }.to_owned()
    };
    let switch = move |_| {
        let other = if filling.paging.get_untracked() == Paging::Questions {
            Paging::Sections
        } else {
            Paging::Questions
        };
        app.page_by(other);
    };
    element("div")
        .class("options")
        .attr("role", "group")
        .attr_with("aria-label", move || Some(say::page_options(language.get()).to_owned()))
        .child(button("button button-quiet small", "paging").on("click", switch).child(words(paging)))
        .child(
            button("button button-quiet small", "leave")
                .on("click", move |_| app.to_start())
                .child(words(leave)),
        )
        .view()
}

/// Gone at once, beside everything sensitive.
pub(super) fn quick_exit(app: App) -> [View; 2] {
    let exit = button("button", "quick-exit")
        .on("click", move |_| app.quick_exit())
        .child(icon(Icon::Exit))
        .child(element("span").child(sentence(app.language, say::quick_exit)));
    let hint = element("p").class("small soft").child(sentence(app.language, say::quick_exit_hint));
    [element("div").class("quick-exit").child(exit).view(), hint.view()]
}

/// Loud while answers are not being kept: what happened, and three ways out.
pub(super) fn unsaved(app: App, filling: Filling) -> Option<Element> {
    let Saved::Failed(kind) = filling.journal.saved.get() else { return None };
    let language = app.language.get();
    let words = [explain::fault(kind, language), " ", say::unsaved_reminder(language)].concat();
    let retry = button("button button-primary", "retry")
        .on("click", move |_| filling.journal.retry())
        .text(say::retry(language));
    let notice = element("div")
        .class("notice notice-bad unsaved")
        .attr("role", "alert")
        .child(element("h2").text(say::save_failed(language)))
        .child(element("p").text(&words))
        .child(element("div").class("row").child(retry).child(export(app, filling)));
    Some(notice)
}

/// The way out when nothing can be kept: the answers as a file, unless they are to be sealed.
pub(super) fn export(app: App, filling: Filling) -> Option<Element> {
    if filling.journal.is_sealed() {
        return None;
    }
    let download = move |_| {
        if let Some(response) = filling.response_so_far() {
            let name = say::export_name(app.language.get_untracked());
            // A browser that cannot offer a file says so itself.
            let _ = file::offer(name, "application/json", response_to_json(&response).as_bytes());
        }
    };
    Some(button("button", "export").on("click", download).child(sentence(app.language, say::export)))
}

impl Filling {
    /// Whether a slot, or what it holds, is sensitive.
    pub(super) fn is_sensitive(self, at: At) -> bool {
        self.definition(at, |node| node.sensitive) == Some(true)
            || self
                .children(at)
                .iter()
                .any(|child| self.definition(*child, |node| node.sensitive) == Some(true))
    }
}
