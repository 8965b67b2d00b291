//! The key of a survey whose responses are sealed: made, printed, brought; and what was sealed, opened.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::act::button;
use super::app::{frame, name_of, with_survey};
use super::bridge::{Listed, Trouble};
use super::frame::{Desk, Words};
use crate::browser::{dom, file, shell};
use crate::i18n::seal as say;
use crate::share::seal::{in_groups, is_long_enough, recipient_in};
use crate::survey::{Survey, SurveyState};
use crate::ui::parts::{Element, View, Watched, element, live, one_of, words};

const FIRST: &str = "passphrase";
const SECOND: &str = "passphrase-again";
const OPENS: &str = "opens";
const KEY_FILE: &str = "key-file";

/// What this screen holds while it is shown; nothing of it outlives the screen.
#[derive(Clone, Copy)]
struct Held {
    desk: Desk,
    /// The secret key, while the recovery page shows it.
    secret: Watched<Option<String>>,
    /// What is typed: passphrase, the same again, what opens.
    typed: Watched<[String; 3]>,
    /// What is wrong with it, or why it does not open.
    wrong: Watched<Option<Words>>,
    /// The locked key is on this device.
    key_here: Watched<Option<bool>>,
}

/// The screen of a survey's key.
pub(super) fn screen(desk: Desk, id: String) -> View {
    let inside = with_survey(desk, id, move |id| seal(desk, id.to_owned()));
    frame("seal", desk, inside, true)
}

fn seal(desk: Desk, id: String) -> View {
    let held = Held {
        desk,
        secret: Watched::new(None),
        typed: Watched::new(Default::default()),
        wrong: Watched::new(None),
        key_here: Watched::new(None),
    };
    held.look(id.clone());
    let head = {
        let id = id.clone();
        let name = words(move || desk.find(&id).map(|one| name_of(desk, &one.survey)).unwrap_or_default());
        element("div")
            .class("desk-head no-print")
            .child(element("h1").child(desk.text(say::title)))
            .child(element("p").class("survey-name").child(name))
            .child(element("p").class("soft").child(desk.text(say::lead)))
    };
    // Built anew when the key is made or its page confirmed, and not when something is counted.
    let stage = {
        let id = id.clone();
        move || match desk.find(&id) {
            None => 0,
            Some(listed) => match (&listed.survey.seal, listed.survey.state, listed.untouched()) {
                (Some(seal), ..) => 3 + u32::from(seal.recovery_kept),
                (None, SurveyState::Setup, true) => 2,
                (None, ..) => 1,
            },
        }
    };
    let body = one_of(stage, move |stage| {
        let Some(listed) = kept(desk, &id) else { return View::Nothing };
        match stage {
            1 => element("p").class("notice").child(desk.text(say::too_late)).view(),
            2 => making(held, listed.survey),
            _ => View::Several(vec![
                page(held, listed.survey.clone()),
                confirming(held, &listed.survey),
                keeping(held, listed.survey.clone()),
                opening(held, &listed),
            ]),
        }
    });
    View::Several(vec![head.view(), body])
}

/// A survey as it is kept now.
fn kept(desk: Desk, id: &str) -> Option<Listed> {
    desk.listed.with_untracked(|all| all.iter().flatten().find(|one| one.survey.id == id).cloned())
}

impl Held {
    /// Looks whether the key is on this device.
    fn look(self, id: String) {
        spawn_local(async move {
            match self.desk.bridge().key(&id).await {
                Ok(record) => self.key_here.set(Some(record.is_some())),
                Err(trouble) => self.desk.trouble.set(Some(trouble)),
            }
        });
    }

    /// Says beside the field why a key was not made or does not open; any other trouble is the desk's to tell.
    fn heed<T>(self, came: Result<T, Trouble>) -> Result<Option<T>, Trouble> {
        match came {
            Ok(came) => Ok(Some(came)),
            Err(Trouble::Sealed(why)) => {
                self.wrong.set(Some(say::why(&why)));
                Ok(None)
            }
            Err(trouble) => Err(trouble),
        }
    }

    /// Forgets what was typed, in the fields as well.
    fn forget(self) {
        self.typed.set(Default::default());
        for id in [FIRST, SECOND, OPENS] {
            dom::set_value_of(id, "");
        }
    }
}

/// A field for what must not be read over a shoulder.
fn field(held: Held, id: &'static str, at: usize, label: Words, hint: Option<Words>) -> Element {
    let described = ["hint-", id].concat();
    let input = element("input")
        .attr("type", "password")
        .id(id)
        .class("input")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "none")
        .attr("spellcheck", "false")
        .attr_if("aria-describedby", hint.map(|_| described.as_str()))
        .on("input", move |event| {
            let text = dom::value_of(&event);
            held.wrong.set(None);
            held.typed.update(|typed| {
                if let Some(typed) = typed.get_mut(at) {
                    *typed = text;
                }
            });
        });
    element("div")
        .class("field")
        .child(element("label").attr("for", id).child(held.desk.text(label)))
        .child(hint.map(|hint| element("p").class("hint").id(&described).child(held.desk.text(hint))))
        .child(input)
}

fn wrong(held: Held) -> View {
    live(move || {
        let words = held.wrong.get()?;
        let text = element("span").child(held.desk.text(words));
        Some(element("p").class("error").attr("role", "alert").child(text))
    })
}

/// What a key means, in plain words, and then the passphrase twice.
fn making(held: Held, survey: Survey) -> View {
    let desk = held.desk;
    let make = move |event: dom::Event| {
        event.prevent_default();
        let [first, second, _] = held.typed.get_untracked();
        if !is_long_enough(&first) {
            shell::focus(FIRST);
            return held.wrong.set(Some(say::short));
        }
        if first != second {
            shell::focus(SECOND);
            return held.wrong.set(Some(say::differs));
        }
        let (bridge, id) = (desk.bridge(), survey.id.clone());
        desk.act(async move {
            let Some(secret) = held.heed(bridge.make_key(id, first).await)? else { return Ok(None) };
            held.forget();
            held.key_here.set(Some(true));
            held.secret.set(Some(secret));
            Ok(None)
        });
    };
    let line = |words: Words| element("p").child(desk.text(words));
    let price = element("div")
        .class("notice notice-caution stack")
        .attr("data-price", "")
        .child(element("p").child(element("strong").child(desk.text(say::price_title))))
        .child(line(say::price))
        .child(line(say::price_more));
    let submit = element("button")
        .attr("type", "submit")
        .class("button button-primary")
        .attr("data-act", "make-key")
        .attr_with("aria-disabled", move || Some(desk.busy.get().to_string()))
        .child(desk.text(say::make));
    element("form")
        .class("card stack")
        .flag("novalidate", true)
        .on("submit", make)
        .child(price)
        .child(field(held, FIRST, 0, say::passphrase, Some(say::advice)))
        .child(field(held, SECOND, 1, say::again, None))
        .child(wrong(held))
        .child(element("div").child(submit))
        .view()
}

/// The recovery page, while the secret key is shown: all that is printed of this screen.
fn page(held: Held, survey: Survey) -> View {
    let desk = held.desk;
    live(move || {
        let secret = held.secret.get()?;
        let group = |group: String| element("span").text(&group).view();
        let groups: Vec<View> = in_groups(&secret).into_iter().map(group).collect();
        let named = survey.clone();
        let recipient = survey.seal.as_ref().map(|seal| seal.recipient.clone()).unwrap_or_default();
        let fact = |label: Words, value: View| {
            element("p")
                .class("small")
                .child(element("strong").child(desk.text(label)))
                .text(": ")
                .child(value)
                .view()
        };
        let acts = element("div")
            .class("row no-print")
            .child(button(
                desk,
                "print",
                "button button-primary",
                desk.text(say::recovery_print),
                shell::print,
            ))
            .child(button(desk, "hide-key", "button", desk.text(say::recovery_hide), move || {
                held.secret.set(None);
            }));
        let page = element("section")
            .class("paper recovery stack")
            .attr("data-recovery", "")
            .child(element("h2").child(desk.text(say::recovery_title)))
            .child(fact(say::made_for, words(move || name_of(desk, &named))))
            .child(element("p").child(desk.text(say::recovery_what)))
            .child(element("p").class("recovery-key").attr("translate", "no").child(groups))
            .child(element("p").child(desk.text(say::recovery_typing)))
            .child(fact(say::public_key, element("code").text(&recipient).view()));
        Some(View::Several(vec![page.view(), acts.view()]))
    })
}

/// Whether the page is kept: before that the survey cannot be opened.
fn confirming(held: Held, survey: &Survey) -> View {
    let desk = held.desk;
    if survey.seal.as_ref().is_none_or(|seal| seal.recovery_kept) {
        return View::Nothing;
    }
    let id = survey.id.clone();
    let confirm = button(desk, "confirm-recovery", "button", desk.text(say::recovery_confirm), move || {
        let (bridge, language) = (desk.bridge(), desk.language.get_untracked());
        let Some(mut survey) = kept(desk, &id).map(|listed| listed.survey) else { return };
        if let Some(seal) = &mut survey.seal {
            seal.recovery_kept = true;
        }
        desk.act(async move {
            bridge.keep(&survey).await?;
            held.secret.set(None);
            Ok(Some(say::recovery_kept(language).to_owned()))
        });
    });
    element("div")
        .class("notice notice-caution stack no-print")
        .child(element("p").child(desk.text(say::recovery_wanted)))
        .child(element("div").child(confirm))
        .view()
}

/// The key as a file, to take away and to bring.
fn keeping(held: Held, survey: Survey) -> View {
    let desk = held.desk;
    let id = survey.id.clone();
    let save = move || {
        let (bridge, id) = (desk.bridge(), id.clone());
        let language = desk.language.get_untracked();
        desk.act(async move {
            let record = bridge.key(&id).await?.ok_or_else(|| Trouble::Sealed("no_key".to_owned()))?;
            let name = ["sondeo-", &id, "-key.json"].concat();
            file::offer(&name, "application/json", record.as_bytes())?;
            Ok(Some(crate::i18n::desk::downloaded(&name, language)))
        });
    };
    let bring = move |event: dom::Event| {
        let Some(chosen) = dom::files_of(&event).into_iter().next() else { return };
        let (bridge, survey, language) = (desk.bridge(), survey.clone(), desk.language.get_untracked());
        desk.act(async move {
            let bytes = file::bytes_of(&chosen).await?;
            let record = String::from_utf8(bytes).unwrap_or_default();
            let own = survey.seal.as_ref().map(|seal| seal.recipient.clone());
            dom::set_value_of(KEY_FILE, "");
            if own.is_none() || recipient_in(&record) != own {
                held.wrong.set(Some(say::not_key));
                return Ok(None);
            }
            bridge.keep_key(&survey.id, &record).await?;
            held.wrong.set(None);
            held.key_here.set(Some(true));
            Ok(Some(say::took_file(language).to_owned()))
        });
    };
    live(move || {
        let here = held.key_here.get()?;
        let inside = if here {
            let save = button(desk, "key-file", "button", desk.text(say::file), save.clone());
            let hint = element("p").class("hint").child(desk.text(say::file_hint));
            View::Several(vec![hint.view(), element("div").child(save).view()])
        } else {
            let input = element("input")
                .attr("type", "file")
                .id(KEY_FILE)
                .class("visually-hidden")
                .attr("accept", ".json,application/json")
                .attr("data-act", "bring-key")
                .on("change", bring.clone());
            let label = element("label")
                .class("button file-button")
                .attr("for", KEY_FILE)
                .child(desk.text(say::take_file));
            let row = element("div").class("row").child(input).child(label);
            View::Several(vec![element("p").child(desk.text(say::no_key_here)).view(), row.view()])
        };
        Some(
            element("section")
                .class("card stack no-print")
                .attr("data-key-here", &here.to_string())
                .child(inside),
        )
    })
}

/// The passphrase or the key itself, to open what was sealed or to see the page again.
fn opening(held: Held, listed: &Listed) -> View {
    let desk = held.desk;
    let id = listed.survey.id.clone();
    let counts = {
        let id = id.clone();
        move || desk.find(&id).map(|one| one.counts).unwrap_or_default()
    };
    let show = {
        let id = id.clone();
        button(desk, "show-key", "button", desk.text(say::recovery_show), move || {
            let (bridge, id, [_, _, given]) = (desk.bridge(), id.clone(), held.typed.get_untracked());
            desk.act(async move {
                let Some(secret) = held.heed(bridge.show_key(id, given).await)? else { return Ok(None) };
                held.forget();
                held.secret.set(Some(secret));
                Ok(None)
            });
        })
    };
    let open = move |event: dom::Event| {
        event.prevent_default();
        let (bridge, id, [_, _, given]) = (desk.bridge(), id.clone(), held.typed.get_untracked());
        let language = desk.language.get_untracked();
        desk.act(async move {
            let Some(came) = held.heed(bridge.unseal(id, given).await)? else { return Ok(None) };
            held.forget();
            Ok(Some(say::opened(&came.merge, came.unopened, language)))
        });
    };
    let act = {
        let counts = counts.clone();
        live(move || match counts().sealed {
            0 => Some(element("p").class("soft").child(desk.text(say::none))),
            number => {
                let label = words(move || say::open(number, desk.language.get()));
                let submit = element("button")
                    .attr("type", "submit")
                    .class("button button-primary")
                    .attr("data-act", "unseal")
                    .attr_with("aria-disabled", move || Some(desk.busy.get().to_string()))
                    .child(label);
                Some(
                    element("div")
                        .class("stack")
                        .child(element("p").child(desk.text(say::open_warning)))
                        .child(submit),
                )
            }
        })
    };
    let here = words(move || say::here(&counts(), desk.language.get()));
    element("form")
        .class("card stack no-print")
        .flag("novalidate", true)
        .on("submit", open)
        .child(element("h2").child(desk.text(say::open_title)))
        .child(element("p").child(here))
        .child(element("p").class("hint").child(desk.text(say::unfinished_hint)))
        .child(field(held, OPENS, 2, say::open_field, None))
        .child(wrong(held))
        .child(act)
        .child(element("div").child(show))
        .view()
}
