use leptos::task::spawn_local;

use super::app::App;
use super::done::{arrive, heading};
use super::page::{back, export, meter, quick_exit, unsaved};
use super::question::{answer_text, message_of};
use super::session::Filling;
use super::words::plain;
use crate::engine::{At, Page};
use crate::form::{Node, NodeKind, QuestionKind};
use crate::i18n::{explain, fill as say};
use crate::store::FaultKind;
use crate::ui::parts::{Element, Icon, View, Watched, button, element, icon, live, sentence, words};

/// Every answer by section, each a way to its question; what must be mended first; the end.
pub(super) fn review(app: App, filling: Filling) -> View {
    arrive();
    let language = app.language;
    let shown = Watched::new(false);
    let busy = Watched::new(false);
    let failed = Watched::new(None::<FaultKind>);
    let finish = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failed.set(None);
        spawn_local(async move {
            match app.finish().await {
                Ok(()) => return,
                Err(Some(fault)) => failed.set(Some(fault.kind)),
                Err(None) => {
                    if let Some(first) = filling.violations().first() {
                        filling.slot(first.at).revealed.set(true);
                        app.go_to(first.at);
                    }
                }
            }
            busy.set(false);
        });
    };
    let trouble = move || {
        failed.get().map(|kind| {
            let title = element("strong").child(sentence(language, say::save_failed));
            let why = words(move || explain::fault(kind, language.get()).to_owned());
            element("div")
                .class("notice notice-bad unsaved")
                .attr("role", "alert")
                .child(element("p").child(title))
                .child(element("p").child(why))
                .child(export(app, filling))
        })
    };
    let end = move || {
        let language = language.get();
        if busy.get() { say::finishing(language) } else { say::finish(language) }.to_owned()
    };
    let sections = move || {
        language.track();
        filling.progress.track();
        filling.sections().iter().map(|page| section(app, filling, page, shown)).collect::<Vec<_>>()
    };
    let head = element("div")
        .class("page-head")
        .child(heading(app, say::review_title))
        .child(element("p").class("soft").child(sentence(language, say::review_lead)))
        .child(meter(app, filling));
    let finish = button("button button-primary", "finish")
        .on("click", finish)
        .child(icon(Icon::Check))
        .child(element("span").child(words(end)));
    element("main")
        .class("wrap filling")
        .id("main")
        .attr("data-screen", "review")
        .attr("data-page", "review")
        .attr_with("dir", move || filling.direction())
        .child(live(move || shown.get().then(|| quick_exit(app))))
        .child(live(move || unsaved(app, filling)))
        .child(head)
        .child(live(move || to_mend(app, filling)))
        .child(live(sections))
        .child(live(trouble))
        .child(element("div").class("turning").child(back(app, filling)).child(finish))
        .view()
}

fn to_mend(app: App, filling: Filling) -> Element {
    filling.progress.track();
    let language = app.language.get();
    let wrong = filling.violations();
    let Some(first) = wrong.first().map(|violation| violation.at) else {
        return element("p").class("notice notice-good").text(say::review_all_good(language));
    };
    let go = move |_| {
        for violation in filling.violations() {
            filling.slot(violation.at).revealed.set(true);
        }
        app.go_to(first);
    };
    let first = button("button", "first-violation").on("click", go).text(say::review_first(language));
    element("div")
        .class("notice notice-caution")
        .attr("role", "status")
        .child(element("p").child(element("strong").text(&say::to_mend(language, wrong.len()))))
        .child(element("p").child(first))
}

fn section(app: App, filling: Filling, page: &Page, shown: Watched<bool>) -> View {
    let language = app.language;
    let mut rows = Vec::new();
    let mut hidden = false;
    for at in &page.slots {
        let at = *at;
        let label = move |at: At| filling.slot(at).state.with_untracked(|state| plain(&state.label));
        if let Some((position, of)) = filling.instance(at) {
            let words = say::instance(language.get_untracked(), &label(at), position, of);
            rows.push(element("h3").text(&words).view());
            continue;
        }
        let group_or_question = |node: &Node| {
            (matches!(node.kind, NodeKind::Group(_)), matches!(node.kind, NodeKind::Question(_)))
        };
        match filling.definition(at, group_or_question) {
            Some((true, _)) => {
                let children = filling.children(at);
                if !children.is_empty() && page.section != Some(at) {
                    rows.push(filling.element("h3").text(&label(at)).view());
                    for child in children {
                        hidden |= push_row(app, filling, child, shown, &mut rows);
                    }
                }
            }
            Some((_, true)) => hidden |= push_row(app, filling, at, shown, &mut rows),
            _ => (),
        }
    }
    if rows.is_empty() {
        return View::Nothing;
    }
    let title = page.section.map(|at| filling.slot(at).state.with_untracked(|state| plain(&state.label)));
    let reveal = hidden.then(|| {
        let words_of = move || {
            let language = language.get();
            if shown.get() { say::hide_again(language) } else { say::show_hidden(language) }.to_owned()
        };
        button("button small", "show-hidden")
            .on("click", move |_| shown.update(|it| *it = !*it))
            .child(words(words_of))
    });
    element("section")
        .class("card review-section")
        .child(filling.element("h2").text(&title.unwrap_or_default()))
        .child(reveal)
        .child(rows)
        .view()
}

/// Adds the row of a question; whether its answer is a hidden one.
fn push_row(app: App, filling: Filling, at: At, shown: Watched<bool>, rows: &mut Vec<View>) -> bool {
    let language = app.language.get_untracked();
    let state = filling.slot(at).state.get_untracked();
    let of = |node: &Node| {
        (matches!(node.kind, NodeKind::Question(QuestionKind::Rank(_))), node.appearance, node.is_file())
    };
    let (ranked, look, is_file) = filling.definition(at, of).unwrap_or_default();
    let text = answer_text(&state, look, language).map(|text| if ranked { numbered(&text) } else { text });
    let secret = text.is_some() && filling.is_sensitive(at);
    let file = text.clone().filter(|_| is_file && !secret);
    let wrong = state.violation.is_some().then(|| message_of(&state, language));
    let class = if text.is_some() { "review-answer" } else { "review-answer soft" };
    let answer = move || match &text {
        None => say::no_answer(language).to_owned(),
        Some(_) if secret && !shown.get() => say::hidden_answer(language).to_owned(),
        Some(_) if is_file => say::file_given(language).to_owned(),
        Some(text) => text.clone(),
    };
    let row = element("button")
        .attr("type", "button")
        .class("review-row")
        .attr("data-review", &filling.path(at))
        .on("click", move |_| app.go_to(at))
        .child(filling.element("span").class("review-label").text(&plain(&state.label)))
        .child(
            element("span")
                .class(class)
                .attr_if("data-kept", file.as_deref())
                .attr_if("data-draft", file.and_then(|_| filling.holder()).as_deref())
                .child(words(answer)),
        )
        .child(wrong.map(|wrong| element("span").class("error").text(&wrong)))
        .child(
            element("span").class("review-change").attr("aria-hidden", "true").text(say::change(language)),
        );
    rows.push(row.view());
    secret
}

/// Lines with their numbers in front.
fn numbered(text: &str) -> String {
    let line = |(index, line): (usize, &str)| [&(index + 1).to_string(), ". ", line].concat();
    text.lines().enumerate().map(line).collect::<Vec<_>>().join("\n")
}
