//! Taking results away: one sheet for every file. What leaves is for publication unless somebody says, once more for each
//! time the sheet is opened, that it is for analysis and that they answer for it. Read [`open`] first.

use leptos::task::spawn_local;

use super::bridge::Trouble;
use super::frame::{Desk, Words};
use super::route::Route;
use crate::browser::worker::Cancel;
use crate::browser::{clock, dom, file, shell};
use crate::i18n::{Language, desk as desk_say, take as say};
use crate::job::{FileKind, Job, Outcome, Progress};
use crate::summary::{Profile, View as Seen};
use crate::ui::parts::{Far, View, button, element, live, one_of, progress, sentence, words};

const ID: &str = "take";
const SURE: &str = "take-sure";

/// What is being taken away.
#[derive(Clone, Default)]
pub(super) struct Take {
    /// Counts the times that the sheet was opened.
    opened: u32,
    survey: String,
    view: Seen,
    profile: Profile,
    /// Somebody answers for what is for analysis.
    sure: bool,
    /// They were asked to say so.
    unsure: bool,
    /// The language of what files say; `None`: the desk's.
    language: Option<Language>,
    state: State,
}

#[derive(Clone, Default)]
enum State {
    /// Nothing is being made.
    #[default]
    Idle,
    /// How far what is being made.
    Making(FileKind, Option<Progress>, Cancel),
    /// The file of this name was offered.
    Made(String),
    /// It was called off.
    Cancelled,
    /// It came to nothing.
    Failed(Trouble),
}

/// Opens the sheet for a survey as it is seen now.
pub(super) fn open(desk: Desk, survey: &str, view: Seen) {
    desk.take.update(|take| {
        *take = Take { opened: take.opened + 1, survey: survey.to_owned(), view, ..Take::default() };
    });
    dom::open_dialog(ID, true);
}

/// A button that opens the sheet.
pub(super) fn opener(desk: Desk, class: &str, survey: String, view: impl Fn() -> Seen + 'static) -> View {
    let act = button(class, "take-away")
        .on("click", move |_| open(desk, &survey, view()))
        .child(sentence(desk.language, say::take_away));
    act.view()
}

/// The sheet; it stands in the page once.
pub(super) fn sheet(desk: Desk) -> View {
    let title = element("h2").id("take-title").attr("tabindex", "-1").flag("autofocus", true);
    let inside = one_of(
        move || desk.take.with(|take| take.opened),
        move |_| {
            View::Several(vec![
                element("div")
                    .class("sheet-body stack")
                    .attr("tabindex", "-1")
                    .child(choices(desk))
                    .child(files(desk))
                    .view(),
                standing(desk),
            ])
        },
    );
    let stop = move |_| {
        desk.take.with_untracked(|take| {
            if let State::Making(_, _, cancel) = &take.state {
                cancel.cancel();
            }
        });
    };
    let dialog = element("dialog")
        .id(ID)
        .class("sheet")
        .attr("aria-labelledby", "take-title")
        .on("close", stop)
        .child(title.child(sentence(desk.language, say::title)))
        .child(inside);
    dialog.view()
}

/// For whom, and in which language.
fn choices(desk: Desk) -> View {
    let profile = move |profile: Profile, name: Words, means: Words| {
        let input = element("input")
            .attr("type", "radio")
            .attr("name", "take-profile")
            .attr("value", profile.as_str())
            .checked(profile == Profile::Publication)
            .on("change", move |_| {
                desk.take.update(|take| (take.profile, take.sure, take.unsure) = (profile, false, false));
            });
        let text = element("span")
            .child(element("strong").child(sentence(desk.language, name)))
            .child(element("span").class("hint").child(sentence(desk.language, means)));
        element("label").class("choice").child(input).child(text).view()
    };
    let warning = live(move || {
        let analyst = desk.take.with(|take| take.profile == Profile::Analyst);
        analyst.then(|| {
            let input = element("input").attr("type", "checkbox").id(SURE).attr("data-act", "take-sure").on(
                "change",
                move |event| {
                    let sure = dom::checked_of(&event);
                    desk.take.update(|take| (take.sure, take.unsure) = (sure, false));
                },
            );
            let first = live(move || {
                let unsure = desk.take.with(|take| take.unsure);
                unsure.then(|| {
                    let words = element("span").child(sentence(desk.language, say::sure_first));
                    element("p").class("error").attr("role", "alert").child(words)
                })
            });
            let confirm = element("label").class("confirm").child(input);
            element("div")
                .class("notice notice-bad")
                .child(element("p").child(sentence(desk.language, say::warning)))
                .child(confirm.child(element("span").child(sentence(desk.language, say::sure))))
                .child(first)
        })
    });
    let tongue = move |language: Language| {
        let current = move || desk.take.with(|take| take.language).unwrap_or(desk.language.get());
        button("", "take-language")
            .attr("data-language", language.tag())
            .attr("lang", language.tag())
            .attr_with("aria-pressed", move || Some((current() == language).to_string()))
            .on("click", move |_| desk.take.update(|take| take.language = Some(language)))
            .text(language.name())
            .view()
    };
    let tongues = element("div").class("languages").child(Language::ALL.map(tongue));
    let legend = |words: Words| element("legend").class("label").child(sentence(desk.language, words));
    let profiles = element("fieldset")
        .class("choices")
        .child(legend(say::for_whom))
        .child(profile(Profile::Publication, say::publication, say::publication_means))
        .child(profile(Profile::Analyst, say::analyst, say::analyst_means));
    View::Several(vec![
        profiles.view(),
        warning,
        element("fieldset").class("row").child(legend(say::language)).child(tongues).view(),
    ])
}

/// Every file with what it is for.
fn files(desk: Desk) -> View {
    let to_read = [FileKind::Report, FileKind::CodebookHtml];
    let to_work = [
        FileKind::Xlsx,
        FileKind::Csv { labels: true },
        FileKind::Csv { labels: false },
        FileKind::Sav,
        FileKind::Json,
        FileKind::CodebookCsv,
    ];
    let heading = |words: Words| element("h3").child(sentence(desk.language, words));
    let filtered = desk.take.with_untracked(|take| take.view.is_filtered());
    let everybody =
        filtered.then(|| element("p").class("hint").child(sentence(desk.language, say::everybody)));
    let mut read: Vec<View> = to_read.into_iter().map(|kind| one(desk, kind)).collect();
    read.insert(1, print(desk));
    let survey = desk.take.with_untracked(|take| take.survey.clone());
    let has_files = desk.find(&survey).is_some_and(|listed| listed.counts.files > 0);
    let work = to_work.into_iter().chain(has_files.then_some(FileKind::Files));
    let work: Vec<View> = work.map(|kind| one(desk, kind)).collect();
    View::Several(vec![
        element("div")
            .child(heading(say::to_read))
            .child(element("ul").class("take-list").child(read))
            .view(),
        element("div")
            .child(heading(say::to_work))
            .child(everybody)
            .child(element("ul").class("take-list").child(work))
            .view(),
    ])
}

fn one(desk: Desk, kind: FileKind) -> View {
    let (act, labels) = match kind {
        FileKind::Csv { labels: false } => ("download-csv", "codes"),
        FileKind::Csv { labels: true } => ("download-csv", "labels"),
        FileKind::Json => ("download-json", ""),
        other => ("download", other.as_str()),
    };
    let (name, purpose) = named(kind);
    let take = button("take", act)
        .attr("data-labels", labels)
        .on("click", move |_| make(desk, kind))
        .child(element("strong").child(sentence(desk.language, name)))
        .child(element("span").class("hint").child(sentence(desk.language, purpose)));
    element("li").child(take).view()
}

/// The report as pages is no file but a place of the desk.
fn print(desk: Desk) -> View {
    let to = move || {
        let route = desk.take.with(|take| Route::Print(take.survey.clone(), seen(take)));
        Some(route.href())
    };
    let link = element("a")
        .class("take")
        .attr("data-act", "print")
        .attr_with("href", to)
        .on("click", |_| dom::open_dialog(ID, false))
        .child(element("strong").child(sentence(desk.language, say::print)))
        .child(element("span").class("hint").child(sentence(desk.language, say::print_for)));
    element("li").child(link).view()
}

fn named(kind: FileKind) -> (Words, Words) {
    match kind {
        FileKind::Report => (say::report, say::report_for),
        FileKind::Xlsx => (say::xlsx, say::xlsx_for),
        FileKind::Csv { labels: true } => (say::csv_labels, say::csv_labels_for),
        FileKind::Csv { labels: false } => (say::csv_codes, say::csv_codes_for),
        FileKind::Sav => (say::sav, say::sav_for),
        FileKind::Json => (say::json, say::json_for),
        FileKind::CodebookHtml => (say::codebook, say::codebook_for),
        FileKind::CodebookCsv => (say::codebook_csv, say::codebook_csv_for),
        FileKind::Files => (say::files, say::files_for),
    }
}

/// The view for whom it is taken away.
fn seen(take: &Take) -> Seen {
    Seen { profile: take.profile, ..take.view.clone() }
}

/// Makes a file in the worker and offers it.
fn make(desk: Desk, kind: FileKind) {
    let (busy, sure, job) = desk.take.with_untracked(|take| {
        let job = Job::Export {
            survey: take.survey.clone(),
            view: seen(take),
            file: kind,
            language: take.language.unwrap_or(desk.language.get_untracked()),
            today: clock::today(),
        };
        let sure = take.sure || take.profile == Profile::Publication;
        (matches!(take.state, State::Making(..)), sure, job)
    });
    if busy {
        return;
    }
    if !sure {
        desk.take.update(|take| take.unsure = true);
        shell::focus(SURE);
        return;
    }
    let cancel = Cancel::default();
    desk.take.update(|take| take.state = State::Making(kind, None, cancel.clone()));
    spawn_local(async move {
        let tell = move |now: Progress| {
            desk.take.update(|take| {
                if let State::Making(_, far, _) = &mut take.state {
                    *far = Some(now);
                }
            });
        };
        let state = match desk.bridge().run_with(&job, tell, &cancel).await {
            _ if cancel.is_cancelled() => State::Cancelled,
            Ok((Outcome::File { name, media_type }, Some(made))) => {
                match file::offer_file(&name, &media_type, &made) {
                    Ok(()) => State::Made(name),
                    Err(fault) => State::Failed(fault.into()),
                }
            }
            Ok(_) => State::Failed(Trouble::unexpected()),
            Err(trouble) => State::Failed(trouble),
        };
        desk.take.update(|take| take.state = state);
    });
}

/// What is being made and how far it is, at the foot of the sheet.
fn standing(desk: Desk) -> View {
    let language = desk.language;
    let making = move || desk.take.with(|take| matches!(take.state, State::Making(..)));
    let bar = live(move || {
        making().then(|| {
            let far = move || {
                let far = desk.take.with(|take| match &take.state {
                    State::Making(_, far, _) => *far,
                    _ => None,
                });
                let (done, of) = far.map_or((0, 0), |far| (far.done, far.of));
                let words = if of == 0 { String::new() } else { say::far(done, of, language.get()) };
                Far { done, of, label: say::take_away(language.get()), words }
            };
            progress(far)
        })
    });
    let said = words(move || {
        let language = language.get();
        desk.take.with(|take| match &take.state {
            _ if take.unsure => say::sure_first(language).to_owned(),
            State::Idle => String::new(),
            State::Making(kind, ..) => say::making(named(*kind).0(language), language),
            State::Made(name) => desk_say::downloaded(name, language),
            State::Cancelled => say::cancelled(language).to_owned(),
            State::Failed(Trouble::Refused(why)) => [desk_say::refused(language), " ", why].concat(),
            State::Failed(trouble) => trouble.explain(language).to_owned(),
        })
    });
    let state = move || {
        let state = desk.take.with(|take| match &take.state {
            State::Idle => "idle",
            State::Making(..) => "making",
            State::Made(_) => "made",
            State::Cancelled => "cancelled",
            State::Failed(_) => "failed",
        });
        Some(state.to_owned())
    };
    let act = live(move || {
        let cancel = desk.take.with(|take| match &take.state {
            State::Making(_, _, cancel) => Some(cancel.clone()),
            _ => None,
        });
        match cancel {
            Some(cancel) => button("button", "take-cancel")
                .on("click", move |_| cancel.cancel())
                .child(sentence(language, say::cancel)),
            None => button("button", "take-close")
                .on("click", |_| dom::open_dialog(ID, false))
                .child(sentence(language, say::close)),
        }
    });
    let line = element("div")
        .class("take-said")
        .child(element("p").attr("role", "status").attr("aria-live", "polite").child(said))
        .child(bar);
    element("div").class("sheet-acts").attr_with("data-take", state).child(line).child(act).view()
}
