//! Responses from other devices, with the receipt for whoever made each copy.

use std::collections::VecDeque;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::act::button;
use super::bridge::Trouble;
use super::frame::Desk;
use crate::browser::{Once, dom, file, shell};
use crate::i18n::{Language, copies, join as say};
use crate::share::receipt::spaced;
use crate::ui::parts::{View, Watched, element, live, words};

const FIELD: &str = "join-files";
/// Files that the worker has at a time: some are read while what was in those before goes to the disk, several in one go.
const TOGETHER: usize = 12;
/// And at most so many bytes, so that large files come one by one.
const TOGETHER_BYTES: f64 = 16e6;

/// The name of a file and what came of it.
type Told = (String, Result<Joined, String>);

/// A file that was joined, all of it on disk.
#[derive(Clone)]
struct Joined {
    /// What it came to.
    text: String,
    /// What to tell whoever made it; `None`: it was made here.
    receipt: Option<String>,
}

/// Where files from other devices are chosen, and what came of them.
pub(super) fn section(desk: Desk) -> View {
    let told: Watched<Vec<Told>> = Watched::new(Vec::new());
    let joining = RwSignal::new(false);
    // Files joined, of how many.
    let so_far = RwSignal::new((0, 0));
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
            so_far.set((0, files.len()));
            joining.set(true);
            told.set(Vec::new());
            spawn_local(async move {
                let all = desk.quietly(join_all(desk, files, move |done| so_far.set(done))).await;
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
        // Told once that it goes on, and not at each file.
        let number = words(move || {
            let (done, of) = so_far.get();
            say::so_far(done, of, desk.language.get())
        });
        let number = element("span").attr("aria-hidden", "true").child(number);
        let waiting = joining.get().then(|| element("p").child(desk.text(say::joining)).child(number));
        let rows: Vec<View> = told.get().into_iter().map(|told| row(desk, told)).collect();
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

fn row(desk: Desk, (name, came): Told) -> View {
    let (class, mark, text, after) = match came {
        Ok(Joined { text, receipt }) => {
            ("notice notice-good stack", "joined", text, receipt_of(desk, receipt))
        }
        Err(text) => ("notice notice-bad", "refused", text, View::Nothing),
    };
    element("li")
        .class(class)
        .attr("data-join", mark)
        .child(element("p").child(element("strong").text(&name)))
        .child(element("p").text(&text))
        .child(after)
        .view()
}

/// The receipt, large enough to be read out, and what to do with it.
fn receipt_of(desk: Desk, receipt: Option<String>) -> View {
    let Some(code) = receipt.map(|code| spaced(&code)) else {
        return element("p").child(desk.text(copies::own_copy)).view();
    };
    let text = code.clone();
    let copy = button(desk, "copy-receipt", "button", desk.text(copies::receipt_copy), move || {
        let (code, language) = (code.clone(), desk.language.get_untracked());
        desk.act(async move {
            Ok(shell::copy_text(&code).await.then(|| copies::receipt_copied(language).to_owned()))
        });
    });
    let label = element("p").child(desk.text(copies::receipt_is)).text(":");
    View::Several(vec![
        element("div")
            .child(label)
            .child(element("p").class("receipt").attr("data-receipt", "").text(&text))
            .view(),
        element("p").child(desk.text(copies::receipt_what)).view(),
        element("div").child(copy).view(),
    ])
}

/// Joins files in their order, and tells how many of how many are joined.
async fn join_all(desk: Desk, files: Vec<file::File>, tell: impl Fn((usize, usize))) -> Vec<Told> {
    let (of, mut all, mut under_way) = (files.len(), Vec::new(), VecDeque::new());
    let (mut files, mut bytes) = (files.into_iter().peekable(), 0.0);
    loop {
        let fits = |file: &file::File| {
            under_way.is_empty() || under_way.len() < TOGETHER && bytes + file.size() <= TOGETHER_BYTES
        };
        if let Some(file) = files.next_if(fits) {
            let (once, size) = (Once::new(), file.size());
            under_way.push_back((once.clone(), size));
            bytes += size;
            spawn_local(async move { once.give((file.name(), join(desk, &file).await)) });
        } else if let Some((first, size)) = under_way.pop_front() {
            all.push(first.await);
            bytes -= size;
            tell((all.len(), of));
        } else {
            return all;
        }
    }
}

async fn join(desk: Desk, file: &file::File) -> Result<Joined, String> {
    let language = desk.language.get_untracked();
    match desk.bridge().join(file).await {
        Ok(merged) => {
            let name = merged.survey.name();
            let name = language.pick(&name.es, &name.en);
            let text = say::joined(name, &merged.merge, merged.sealed, merged.new_survey, language);
            Ok(Joined { text, receipt: merged.receipt })
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
