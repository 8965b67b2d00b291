//! Responses from other devices, and the copy that goes to one.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::act::{button, make_file};
use super::bridge::{Listed, Trouble};
use super::frame::Desk;
use crate::browser::{clock, dom, file, shell};
use crate::i18n::{Language, join as say};
use crate::job::Job;
use crate::ui::parts::{View, Watched, element, live};

const FIELD: &str = "join-files";

/// The name of a file and what came of it.
type Told = (String, Result<String, String>);

/// Where files from other devices are chosen, and what came of them.
pub(super) fn section(desk: Desk) -> View {
    let told: Watched<Vec<Told>> = Watched::new(Vec::new());
    let joining = RwSignal::new(false);
    let field = element("input")
        .attr("type", "file")
        .id(FIELD)
        .class("visually-hidden")
        .attr("multiple", "")
        .attr("accept", ".jsonl,.txt,application/x-ndjson")
        .attr("data-act", "join")
        .on("change", move |event| {
            let files = dom::files_of(&event);
            if files.is_empty() || joining.get_untracked() {
                return;
            }
            joining.set(true);
            told.set(Vec::new());
            spawn_local(async move {
                let mut all = Vec::new();
                for file in files {
                    all.push((file.name(), join(desk, &file).await));
                }
                desk.read().await;
                if all.iter().any(|(_, came)| came.is_ok()) {
                    shell::persist();
                }
                told.set(all);
                joining.set(false);
                // The same file again is a change again.
                dom::set_value_of(FIELD, "");
            });
        });
    let label = element("label")
        .class("button file-button")
        .attr("for", FIELD)
        .attr_with("aria-disabled", move || Some(joining.get().to_string()))
        .child(desk.text(say::choose));
    let status = live(move || {
        let waiting = joining.get().then(|| element("p").child(desk.text(say::joining)));
        let rows: Vec<View> = told.get().into_iter().map(row).collect();
        let rows = (!rows.is_empty()).then(|| element("ul").class("told-list").child(rows));
        Some(element("div").child(waiting).child(rows))
    });
    element("section")
        .class("desk-new stack")
        .attr("aria-labelledby", "join-title")
        .child(element("h2").id("join-title").child(desk.text(say::title)))
        .child(element("p").class("soft").child(desk.text(say::hint)))
        .child(element("div").class("row").child(field).child(label))
        .child(element("div").attr("role", "status").child(status))
        .view()
}

fn row((name, came): Told) -> View {
    let (class, mark, text) = match came {
        Ok(text) => ("notice notice-good", "joined", text),
        Err(text) => ("notice notice-bad", "refused", text),
    };
    element("li")
        .class(class)
        .attr("data-join", mark)
        .child(element("p").child(element("strong").text(&name)))
        .child(element("p").text(&text))
        .view()
}

async fn join(desk: Desk, file: &file::Blob) -> Result<String, String> {
    let language = desk.language.get_untracked();
    let Ok(bytes) = file::bytes_of(file).await else { return Err(say::unread(language).to_owned()) };
    match desk.bridge().join(&bytes).await {
        Ok(merged) => {
            let name = merged.survey.name();
            let name = language.pick(&name.es, &name.en);
            Ok(say::joined(name, &merged.merge, merged.new_survey, language))
        }
        Err(Trouble::Bundle(detail)) => Err(refused(&detail, language)),
        Err(trouble) => Err(trouble.explain(language).to_owned()),
    }
}

fn refused(detail: &str, language: Language) -> String {
    let (kind, line) = detail.split_once(' ').unwrap_or((detail, ""));
    match kind {
        "newer" => say::newer(language).to_owned(),
        "cut_off" => say::cut_off(language).to_owned(),
        "changed" => say::changed(language).to_owned(),
        "unreadable" => say::unreadable(line, language),
        _ => say::not_bundle(language).to_owned(),
    }
}

/// The act that makes a copy for another device, with what it holds.
pub(super) fn copy(desk: Desk, listed: &Listed) -> View {
    let survey = listed.survey.id.clone();
    let hint = if listed.people() > 0 { say::copy_hint } else { say::copy_empty };
    let make = button(desk, "bundle", "button", desk.text(say::copy), move || {
        make_file(desk, Job::Bundle { survey: survey.clone(), today: clock::today() });
    });
    element("section")
        .class("card stack")
        .child(element("h2").child(desk.text(say::copy_title)))
        .child(element("p").class("soft").child(desk.text(hint)))
        .child(element("div").child(make))
        .view()
}
