//! How well this browser keeps what is in it: what it promises, how much room there is, what would be lost.

use leptos::task::spawn_local;

use super::act::button;
use super::agent::{self, Agent, Apple};
use super::app::frame;
use super::frame::{Desk, Words};
use super::wipe;
use crate::browser::{clock, shell};
use crate::i18n::{copies, storage as say};
use crate::store::Held;
use crate::ui::parts::{View, Watched, element, live, words};

/// What leaves less is as good as a private window, in bytes.
const LITTLE: f64 = 200e6;

/// What the browser says of its storage; `None`: it does not.
#[derive(Clone, Copy, Default)]
struct Health {
    protected: Option<bool>,
    space: Option<(f64, f64)>,
}

/// The storage of this device.
pub(super) fn screen(desk: Desk) -> View {
    let health: Watched<Option<Health>> = Watched::new(None);
    let look = move || {
        spawn_local(async move {
            let (protected, space) = (shell::persisted().await, shell::estimate().await);
            health.set(Some(Health { protected, space }));
        });
    };
    look();
    let head = element("div")
        .class("desk-head")
        .child(element("h1").child(desk.text(say::title)))
        .child(element("p").class("soft").child(desk.text(say::lead)));
    let told = live(move || {
        let health = health.get()?;
        let offline = if shell::has_root("data-offline") { say::offline_ready } else { say::offline_not };
        let opened = if shell::is_installed() { say::installed } else { say::tab };
        let row = |mark: &'static str, title: Words, inside: View| {
            element("div")
                .attr("data-storage", mark)
                .child(element("dt").child(element("strong").child(desk.text(title))))
                .child(element("dd").class("stack").child(inside))
                .view()
        };
        let line = |words: Words| element("p").child(desk.text(words)).view();
        Some(element("dl").class("card stack").child(vec![
            row("oldest", say::oldest, oldest(desk)),
            row("protection", say::protection, protection(desk, health, look)),
            row("space", say::space, space(desk, health)),
            row("browser", say::browser, browser(desk)),
            row("opened", say::opened, line(opened)),
            row("offline", say::offline, line(offline)),
            row("private", say::private, line(say::private_hint)),
        ]))
    });
    let inside = View::Several(vec![head.view(), safari_notice(desk), told, wipe::section(desk)]);
    frame("storage", desk, inside, true)
}

/// The responses that are only here, of all surveys.
pub(super) fn only_here(desk: Desk) -> Held {
    desk.safety.with(|all| {
        let held = all.iter().map(|(_, safety)| safety.only_here);
        held.fold(Held::default(), |sum, one| Held {
            count: sum.count + one.count,
            oldest: [sum.oldest, one.oldest].into_iter().flatten().min(),
        })
    })
}

fn oldest(desk: Desk) -> View {
    let text = words(move || {
        let (held, language) = (only_here(desk), desk.language.get());
        if held.count == 0 {
            return say::none_only_here(language).to_owned();
        }
        copies::only_here(&held, clock::today(), language)
    });
    element("p").child(text).view()
}

fn protection(desk: Desk, health: Health, look: impl Fn() + Copy + 'static) -> View {
    let line = match health.protected {
        Some(true) => say::protected,
        Some(false) => say::unprotected,
        None => say::unsaid,
    };
    let ask = (health.protected == Some(false)).then(|| {
        let ask = move || {
            let language = desk.language.get_untracked();
            desk.act(async move {
                let granted = shell::ask_persist().await == Some(true);
                look();
                Ok((!granted).then(|| say::refused(language).to_owned()))
            });
        };
        element("div").child(button(desk, "protect", "button", desk.text(say::protect), ask))
    });
    View::Several(vec![element("p").child(desk.text(line)).view(), ask.into()])
}

fn space(desk: Desk, health: Health) -> View {
    let Some((used, quota)) = health.space else {
        return element("p").child(desk.text(say::unsaid)).view();
    };
    let little = (quota - used < LITTLE).then(|| element("p").child(desk.text(say::little)));
    let taken = words(move || say::taken(used, quota, desk.language.get()));
    View::Several(vec![element("p").child(taken).view(), little.into()])
}

fn browser(desk: Desk) -> View {
    let Agent { name, version, engine, .. } = own_agent();
    element("p").child(words(move || say::browser_named(name, &version, engine, desk.language.get()))).view()
}

fn own_agent() -> Agent {
    agent::read(&shell::user_agent(), shell::has_touch())
}

/// What has to be known of Safari before the first person answers; nothing in other browsers, or where it is installed.
pub(super) fn safari_notice(desk: Desk) -> View {
    let Some(apple) = own_agent().safari.filter(|_| !shell::is_installed()) else { return View::Nothing };
    let what = match apple {
        Apple::Phone => say::safari_phone,
        Apple::Mac => say::safari_desk,
    };
    element("div")
        .class("notice notice-caution stack")
        .attr("data-safari", "")
        .child(element("p").child(element("strong").child(desk.text(say::safari))))
        .child(element("p").child(desk.text(what)))
        .view()
}
