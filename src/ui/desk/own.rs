//! A form of one's own: chosen or dropped, read by the worker, its problems told by sheet, row and column, and kept.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::act::button;
use super::app::frame;
use super::frame::{Desk, Words};
use super::route::Route;
use crate::browser::{dom, file, shell};
use crate::i18n::own as say;
use crate::job::{
    FormFacts, FormRead, Job, KeepForm, MOST_BYTES_WITH_FORM, MOST_FORM_BYTES, Outcome, ToldProblem,
};
use crate::ui::parts::{View, Watched, element, live, words};

const FIELD: &str = "form-files";
const RESULT: &str = "form-result";

/// The files chosen: names and lengths, and their bytes one after the other.
#[derive(Clone, Default)]
struct Chosen {
    files: Vec<(String, usize)>,
    bytes: Rc<Vec<u8>>,
}

/// How far the screen is. A handle, copied freely.
#[derive(Clone, Copy)]
struct Loading {
    desk: Desk,
    chosen: Watched<Chosen>,
    read: Watched<Option<FormRead>>,
    reading: Watched<bool>,
    failed: Watched<Option<Words>>,
}

/// Where a form of one's own is loaded.
pub(super) fn screen(desk: Desk) -> View {
    let loading = Loading {
        desk,
        chosen: Watched::new(Chosen::default()),
        read: Watched::new(None),
        reading: Watched::new(false),
        failed: Watched::new(None),
    };
    let field = element("input")
        .attr("type", "file")
        .id(FIELD)
        .class("visually-hidden")
        .attr("multiple", "")
        .attr(
            "accept",
            ".xlsx,.xls,.xlsm,.csv,.xml,.geojson,.md,.txt,image/jpeg,image/png,image/gif,image/webp,audio/*,video/*",
        )
        .attr("data-act", "choose-form")
        .on("change", move |event| loading.take(dom::files_of(&event)));
    let label = element("label")
        .class("button button-primary file-button")
        .attr("for", FIELD)
        .attr_with("aria-disabled", move || Some(loading.reading.get().to_string()))
        .child(desk.text(say::choose));
    let over = Watched::new(false);
    let zone = element("div")
        .attr_with("class", move || {
            Some(if over.get() { "card drop is-over" } else { "card drop" }.to_owned())
        })
        .on("dragover", move |event| {
            event.prevent_default();
            over.set(true);
        })
        .on("dragleave", move |_| over.set(false))
        .on("drop", move |event| {
            event.prevent_default();
            over.set(false);
            loading.take(dom::files_dropped(&event));
        })
        .child(element("div").class("row").child(field).child(label).child(desk.text(say::drop)))
        .child(element("p").class("small soft").child(desk.text(say::tables)));
    let head = element("div")
        .class("desk-head")
        .child(element("h1").child(desk.text(say::title)))
        .child(element("p").class("soft").child(desk.text(say::lead)));
    let status = live(move || {
        let reading = loading.reading.get();
        let failed = loading.failed.get();
        let text = if reading { Some(say::reading as Words) } else { failed };
        let class = if reading { "soft" } else { "notice notice-bad" };
        text.map(|text| element("p").class(class).child(desk.text(text)))
    });
    let result = live(move || loading.read.with(|read| read.as_ref().map(|read| result(loading, read))));
    let inside = View::Several(vec![
        head.view(),
        zone.view(),
        element("div").attr("role", "status").child(status).view(),
        element("div").id(RESULT).class("stack").attr("tabindex", "-1").child(result).view(),
    ]);
    frame("own", desk, inside, true)
}

impl Loading {
    fn take(self, files: Vec<file::File>) {
        if files.is_empty() || self.reading.get_untracked() {
            return;
        }
        self.reading.set(true);
        self.read.set(None);
        self.failed.set(None);
        spawn_local(async move {
            let mut parts = Vec::new();
            // Before it is in memory, twice.
            if files.iter().any(|file| file.size() > MOST_FORM_BYTES as f64) {
                return self.fail(say::too_large);
            }
            if files.iter().map(|file| file.size()).sum::<f64>() > MOST_BYTES_WITH_FORM as f64 {
                return self.fail(say::too_much);
            }
            for file in &files {
                match file::bytes_of(file).await {
                    Ok(bytes) => parts.push((file.name(), bytes)),
                    Err(_) => return self.fail(say::unread),
                }
            }
            // The form first, then what goes with it: the only .csv of several files is never the form.
            let is_book = |name: &str| {
                let name = name.to_lowercase();
                [".xlsx", ".xlsm", ".xls", ".md"].iter().any(|ending| name.ends_with(ending))
            };
            if parts.len() > 1 {
                let Some(book) = parts.iter().position(|(name, _)| is_book(name)) else {
                    return self.fail(say::no_book);
                };
                let book = parts.remove(book);
                parts.insert(0, book);
            }
            let files = parts.iter().map(|(name, bytes)| (name.clone(), bytes.len())).collect();
            let bytes = Rc::new(parts.into_iter().flat_map(|(_, bytes)| bytes).collect());
            self.chosen.set(Chosen { files, bytes });
            self.ask(KeepForm::No).await;
        });
    }

    fn fail(self, why: Words) {
        self.reading.set(false);
        self.failed.set(Some(why));
        dom::set_value_of(FIELD, "");
    }

    async fn ask(self, keep: KeepForm) {
        let desk = self.desk;
        let Chosen { files, bytes } = self.chosen.get_untracked();
        let renews = matches!(keep, KeepForm::Renew(_));
        let job = Job::ReadForm { files, keep, language: desk.language.get_untracked() };
        let outcome = desk.bridge().run_on(&job, &bytes).await;
        self.reading.set(false);
        // The same file again is a change again.
        dom::set_value_of(FIELD, "");
        match outcome {
            Ok(Outcome::Read(read)) => {
                self.read.set(Some(*read));
                request_animation_frame(|| {
                    shell::focus(RESULT);
                });
            }
            Ok(Outcome::Kept(survey)) => {
                desk.read().await;
                let said: Words = if renews { say::renewed } else { say::kept };
                desk.go(&Route::Edit(survey.id.clone()));
                desk.say(said(desk.language.get_untracked()).to_owned());
            }
            Ok(_) => desk.trouble.set(Some(super::bridge::Trouble::unexpected())),
            Err(trouble) => desk.trouble.set(Some(trouble)),
        }
    }

    fn keep(self, keep: KeepForm) {
        if self.reading.get_untracked() {
            return;
        }
        self.reading.set(true);
        spawn_local(self.ask(keep));
    }
}

fn result(loading: Loading, read: &FormRead) -> View {
    let desk = loading.desk;
    let bars: Vec<&ToldProblem> = read.problems.iter().filter(|problem| problem.bars).collect();
    let notices: Vec<&ToldProblem> = read.problems.iter().filter(|problem| !problem.bars).collect();
    let mut parts: Vec<View> = Vec::new();
    let can = read.form.is_some();
    let title: Words = if can { say::can } else { say::cannot };
    let counted = {
        let (bars, notices) = (bars.len(), notices.len());
        words(move || {
            let language = desk.language.get();
            let mut all = Vec::new();
            if bars > 0 {
                all.push(say::barred(bars, language));
            }
            if notices > 0 {
                all.push(say::noticed(notices, language));
            }
            if all.is_empty() { say::all_well(language).to_owned() } else { all.join(" · ") }
        })
    };
    let class = if can { "notice notice-good stack" } else { "notice notice-bad stack" };
    let mut head = element("section")
        .class(class)
        .attr("data-form", if can { "can" } else { "cannot" })
        .attr("data-problems", &read.problems.len().to_string())
        .child(element("h2").child(desk.text(title)))
        .child(element("p").child(counted));
    if let Some(form) = &read.form {
        head = head.child(facts(desk, form)).child(acts(loading, &read.same));
    }
    parts.push(head.view());
    if !bars.is_empty() {
        parts.push(list(desk, "bars", say::mend, &bars));
    }
    if !notices.is_empty() {
        parts.push(list(desk, "notices", say::differs, &notices));
    }
    View::Several(parts)
}

fn facts(desk: Desk, form: &FormFacts) -> View {
    let questions = form.questions;
    let fact = |label: View| element("li").child(label).view();
    let mut all = vec![fact(words(move || say::questions(questions, desk.language.get())))];
    if form.languages.len() > 1 {
        let languages = [" ", &form.languages.join(", ")].concat();
        all.push(fact(View::Several(vec![desk.text(say::languages), View::Text(languages)])));
    }
    if !form.version.is_empty() {
        let version = [" ", &form.version].concat();
        all.push(fact(View::Several(vec![desk.text(say::version), View::Text(version)])));
    }
    View::Several(vec![
        element("p").child(element("strong").text(&form.titles.join(" / "))).view(),
        element("ul").class("survey-facts soft").child(all).view(),
    ])
}

/// Keep it as a new survey, or as the new version of one that is here.
fn acts(loading: Loading, same: &[(String, String)]) -> View {
    let desk = loading.desk;
    let keep = |act: &'static str, class: &'static str, label: View, keep: KeepForm| {
        button(desk, act, class, label, move || loading.keep(keep.clone()))
    };
    if same.is_empty() {
        let label = desk.text(say::keep);
        return element("div")
            .class("row")
            .child(keep("keep-form", "button button-primary", label, KeepForm::New))
            .view();
    }
    let renew = |(id, name): &(String, String)| {
        let name = name.clone();
        let label = words(move || say::renew(&name, desk.language.get()));
        keep("renew-form", "button button-primary", label, KeepForm::Renew(id.clone()))
    };
    let renews: Vec<View> = same.iter().map(renew).collect();
    View::Several(vec![
        element("p").child(desk.text(say::same)).text(" ").child(desk.text(say::renew_hint)).view(),
        element("div")
            .class("row")
            .child(renews)
            .child(keep("keep-form", "button", desk.text(say::keep_new), KeepForm::New))
            .view(),
    ])
}

fn list(desk: Desk, name: &'static str, title: Words, problems: &[&ToldProblem]) -> View {
    let row = |problem: &&ToldProblem| {
        element("li")
            .attr("data-place", &problem.place)
            .child(element("span").class("problem-place").text(&problem.place))
            .child(element("span").text(&problem.text))
            .view()
    };
    element("section")
        .class("card stack")
        .attr("data-list", name)
        .child(element("h3").child(desk.text(title)))
        .child(element("ul").class("problem-list").child(problems.iter().map(row).collect::<Vec<_>>()))
        .view()
}
