//! Opening a link to a survey, on the phone: reads it, keeps the survey, and hands over to the participant's side. Read [`mount`]
//! first. It shows nothing while the address leads elsewhere. What may never enter: an answer of anybody, but for those that the
//! link brings; xlsform, summary, report, desk.

mod open;

use std::rc::Rc;

use leptos::task::spawn_local;

use crate::browser::{markup, shell};
use crate::i18n::{Language, explain, fill as say_fill, link as say};
use crate::store::FaultKind;
use crate::ui::parts::{
    View, Watched, button, element, language_menu, newer, one_of, preferred_language, sentence, show, topbar,
    words,
};
use open::open;

/// Where the page leaves room for other sides.
const ROOT: &str = "desk";
/// What the address of a link begins with, after `#`.
const PLACE: &str = "/link/";

/// What is on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// The address leads elsewhere.
    Nothing,
    /// The link is being read.
    Opening,
    /// It did not open, or needs a word of the person.
    Told(Why),
}

/// Why a link did not open at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Why {
    /// Not whole, or no link.
    Damaged,
    /// A newer version made it, or an older one.
    OtherVersion,
    /// A file of the program did not come.
    NotLoaded,
    /// The device is lent for another survey.
    Lent,
    /// The survey is here with other settings, or another version of its questionnaire.
    Differs,
    /// It is here and closed.
    Closed,
    /// It is here and not open yet.
    Preparing,
    /// Another survey of the same id is here.
    Another,
    /// The store did not take it.
    Store(FaultKind),
}

/// Mounts into the page.
pub fn mount() {
    let Some(root) = markup::root(ROOT) else { return };
    let parent = root.clone();
    leptos::mount::mount_to(root, move || std::mem::forget(show(app(), &parent))).forget();
}

fn app() -> View {
    let language = Watched::new(preferred_language());
    let shown = Watched::new(Shown::Nothing);
    let arrive = move |hash: &str| match hash.strip_prefix(PLACE) {
        Some(_) => {
            language.set(preferred_language());
            begin(shown, false);
        }
        None => shown.set(Shown::Nothing),
    };
    arrive(&shell::hash());
    shell::on_hash(move |hash| arrive(&hash)).forget();
    one_of(
        move || match shown.get() {
            Shown::Nothing => 0,
            Shown::Opening => 1,
            Shown::Told(_) => 2,
        },
        move |at| match at {
            0 => View::Nothing,
            _ => View::Several(vec![
                topbar(
                    language,
                    || shell::leave("#/"),
                    View::Nothing,
                    language_menu(language, Rc::new(|_| ())),
                ),
                screen(language, shown),
            ]),
        },
    )
}

/// Opens the link that the address is. `takes`: also where another version of the survey is here.
fn begin(shown: Watched<Shown>, takes: bool) {
    shown.set(Shown::Opening);
    let hash = shell::hash();
    spawn_local(async move {
        match open(hash.strip_prefix(PLACE).unwrap_or_default(), takes).await {
            Ok(survey) => {
                shown.set(Shown::Nothing);
                // In the place of the link, so that Back does not open it again.
                shell::leave(&["#/fill/", &survey].concat());
            }
            Err(why) => {
                shown.set(Shown::Told(why));
                shell::focus_soon("link-title".to_owned());
            }
        }
    });
}

fn screen(language: Watched<Language>, shown: Watched<Shown>) -> View {
    let main = element("main").class("wrap closing stack").id("main").attr("data-screen", "link");
    let title =
        |words| element("h1").id("link-title").attr("tabindex", "-1").child(sentence(language, words));
    let Shown::Told(why) = shown.get_untracked() else {
        return main.child(title(say_fill::loading)).view();
    };
    let name = match why {
        Why::Damaged => "damaged",
        Why::OtherVersion => "version",
        Why::NotLoaded => "not-loaded",
        Why::Lent => "lent",
        Why::Differs => "differs",
        Why::Closed => "closed",
        Why::Preparing => "preparing",
        Why::Another => "another",
        Why::Store(_) => "store",
    };
    let text = words(move || {
        let words = match why {
            Why::Damaged => say::damaged,
            Why::OtherVersion => say::other_version,
            Why::NotLoaded => say::not_loaded,
            Why::Lent => say::lent,
            Why::Differs => say::differs,
            Why::Closed => say::closed,
            Why::Preparing => say::preparing,
            Why::Another => say::another,
            Why::Store(kind) => return explain::fault(kind, language.get()).to_owned(),
        };
        words(language.get()).to_owned()
    });
    let again = matches!(why, Why::NotLoaded | Why::Store(_)).then(|| {
        button("button", "link-again")
            .on("click", move |_| begin(shown, false))
            .child(sentence(language, say::again))
    });
    let update = (why == Why::OtherVersion).then(|| {
        button("button", "link-reload")
            .on("click", |_| shell::reload())
            .child(sentence(language, say::reload))
    });
    let take = (why == Why::Differs).then(|| {
        button("button", "link-take")
            .on("click", move |_| begin(shown, true))
            .child(sentence(language, say::take))
    });
    let stays = if why == Why::Differs { say::stay } else { say_fill::to_start };
    let home = button("button button-primary", "home")
        .on("click", |_| shell::leave("#/"))
        .child(sentence(language, stays));
    main.attr("data-link", name)
        .child(title(if why == Why::Differs { say::differs_title } else { say::title }))
        .child(element("p").class("notice notice-caution").child(text))
        .child((why == Why::OtherVersion).then(|| newer(language)))
        .child(element("div").class("row").child(home).child(again).child(update).child(take))
        .view()
}
