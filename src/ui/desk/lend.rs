//! Lending the device for one survey, and taking it back with the passphrase. While it is lent, nothing else of the desk is
//! shown and nothing is read.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::act::button;
use super::app::{frame, name_of, with_survey};
use super::frame::{Desk, Words};
use super::route::Route;
use crate::browser::passphrase::{normal, stretch, ways};
use crate::browser::preferences::{LENT, LocalPreferences};
use crate::browser::{clock, dom, notice, random, shell};
use crate::i18n::lend as say;
use crate::store::Preferences;
use crate::ui::parts::{View, Watched, element, live, words};

/// The key under which the salt and what is made of the passphrase stand, in hexadecimal.
const KEY: &str = "lent.key";
/// The fewest characters of a passphrase.
const FEWEST: usize = 6;
/// Each wrong passphrase makes the next one wait so much longer, in milliseconds, up to so many times.
const WAIT: u32 = 1_000;
const WAITS: u32 = 30;

/// What lending means, and the passphrase for its end.
pub(super) fn screen(desk: Desk, id: String) -> View {
    let inside = with_survey(desk, id, move |id| lending(desk, id.to_owned()));
    frame("lend", desk, inside, true)
}

fn lending(desk: Desk, id: String) -> View {
    let wrong = Watched::new(None::<Words>);
    let (first, second) = (Watched::new(String::new()), Watched::new(String::new()));
    let own = id.clone();
    let name = words(move || desk.find(&own).map(|one| name_of(desk, &one.survey)).unwrap_or_default());
    let told = [say::after_each, say::walks_away, say::pin, say::no_safe];
    let told: Vec<View> = told.iter().map(|words| element("li").child(desk.text(*words)).view()).collect();
    let start = button(desk, "start-lending", "button button-primary", desk.text(say::start), move || {
        let (passphrase, again) = (first.get_untracked(), second.get_untracked());
        let mistake: Option<Words> = match () {
            () if passphrase.chars().count() < FEWEST => Some(say::too_short),
            () if passphrase != again => Some(say::differs),
            () => None,
        };
        wrong.set(mistake);
        if mistake.is_none() {
            let id = id.clone();
            spawn_local(async move {
                if start(&id, &passphrase).await.is_none() {
                    wrong.set(Some(say::not_here));
                }
            });
        }
    });
    let typed = move |held: Watched<String>| move |text| held.set(text);
    let form = element("div")
        .class("card stack")
        .child(field(desk, "passphrase", say::passphrase, Some(say::passphrase_hint), typed(first)))
        .child(field(desk, "passphrase-again", say::again, None, typed(second)))
        .child(mistake(desk, wrong))
        .child(element("div").child(start));
    let head = element("div")
        .class("desk-head")
        .child(element("h1").child(desk.text(say::lend)))
        .child(element("p").class("survey-name").child(name))
        .child(element("p").child(desk.text(say::lead)));
    View::Several(vec![head.view(), element("ul").class("told-plainly").child(told).view(), form.view()])
}

/// From here on the device shows nothing but this survey. `None`: the browser cannot do that.
async fn start(survey: &str, passphrase: &str) -> Option<()> {
    let salt: [u8; 16] = random::bytes();
    let made = stretch(&normal(passphrase), &salt).await.ok()?;
    let kept = [hexadecimal(&salt), hexadecimal(&made)].join(" ");
    LocalPreferences.set(KEY, &kept);
    LocalPreferences.set(LENT, survey);
    if LocalPreferences.get(KEY) != Some(kept) || LocalPreferences.get(LENT).is_none() {
        return None;
    }
    // Other pages of the program take note.
    notice::announce(survey);
    shell::replace_hash("/");
    shell::reload();
    Some(())
}

/// All that a lent device shows of the desk.
pub(super) fn locked(desk: Desk) -> View {
    let wrong = Watched::new(None::<Words>);
    let typed = Watched::new(String::new());
    let tries = RwSignal::new(0_u32);
    let open = button(desk, "take-back", "button button-primary", desk.text(say::take_back), move || {
        desk.busy.set(true);
        spawn_local(async move {
            clock::sleep(WAIT * tries.get_untracked().min(WAITS)).await;
            let right = is_right(&typed.get_untracked()).await;
            desk.busy.set(false);
            if right {
                LocalPreferences.remove(LENT);
                LocalPreferences.remove(KEY);
                shell::replace_hash(&Route::Surveys.hash());
                return shell::reload();
            }
            tries.update(|tries| *tries += 1);
            wrong.set(Some(say::wrong));
        });
    });
    let back = element("a")
        .class("button")
        .attr("href", "#/")
        .attr("data-act", "to-survey")
        .child(desk.text(say::to_survey));
    let forgotten = element("details")
        .child(element("summary").child(desk.text(say::forgotten)))
        .child(element("p").child(desk.text(say::forgotten_text)));
    let form = element("div")
        .class("card stack")
        .child(field(desk, "passphrase", say::passphrase, None, move |text| typed.set(text)))
        .child(mistake(desk, wrong))
        .child(element("div").class("row").child(open).child(back))
        .child(forgotten);
    let head = element("div")
        .class("desk-head")
        .child(element("h1").child(desk.text(say::lent)))
        .child(element("p").child(desk.text(say::lent_lead)));
    frame("locked", desk, View::Several(vec![head.view(), form.view()]), false)
}

/// Whether this is the passphrase with which the device was lent.
async fn is_right(passphrase: &str) -> bool {
    let Some(kept) = LocalPreferences.get(KEY) else { return false };
    let Some((salt, made)) = kept.split_once(' ') else { return false };
    let Some(salt) = bytes(salt) else { return false };
    for way in ways(passphrase) {
        if stretch(&way, &salt).await.is_ok_and(|again| hexadecimal(&again) == made) {
            return true;
        }
    }
    false
}

fn field(
    desk: Desk,
    id: &'static str,
    label: Words,
    hint: Option<Words>,
    typed: impl Fn(String) + 'static,
) -> View {
    let hint_id = [id, "-hint"].concat();
    let input = element("input")
        .id(id)
        .class("input input-short")
        .attr("type", "password")
        // The browser must not offer to remember it: then whoever the device is lent to has it.
        .attr("autocomplete", "off")
        .attr("autocapitalize", "none")
        .attr("spellcheck", "false")
        .attr_if("aria-describedby", hint.map(|_| hint_id.as_str()))
        .on("input", move |event| typed(dom::value_of(&event)));
    element("div")
        .class("field")
        .child(element("label").attr("for", id).child(desk.text(label)))
        .child(hint.map(|hint| element("p").class("hint").id(&hint_id).child(desk.text(hint))))
        .child(input)
        .view()
}

fn mistake(desk: Desk, wrong: Watched<Option<Words>>) -> View {
    let words = live(move || {
        wrong.get().map(|words| element("p").class("error").child(element("span").child(desk.text(words))))
    });
    element("div").attr("role", "alert").attr("data-mistake", "").child(words).view()
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text.chars().map(|c| c.to_digit(16).map(|digit| digit as u8)).collect();
    let pair = |pair: &[u8]| match pair {
        [high, low] => Some(high << 4 | low),
        _ => None,
    };
    digits?.chunks(2).map(pair).collect()
}
