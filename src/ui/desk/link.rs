//! A link that brings a survey to a phone: what it holds, its code on the screen, and a sheet to print.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::act::button;
use super::app::{frame, name_of, with_survey};
use super::bridge::Trouble;
use super::frame::{Desk, Words};
use crate::browser::share::{Sent, send_link};
use crate::browser::{dom, shell};
use crate::i18n::{Language, desk as desk_say, link as say};
use crate::job::{Job, LinkMade, Outcome, Qr};
use crate::report::fields::Field;
use crate::share::link::MOST;
use crate::survey::SurveyState;
use crate::ui::parts::{Element, View, Watched, element, live, words};

const TEXT: &str = "link-text";
/// The white around a code, in squares: cameras need four.
const QUIET: usize = 4;
/// Some programs cut links that are longer.
const LONG: usize = 2_000;

/// What has been chosen, and the link made of it.
#[derive(Clone, Copy)]
struct Linking {
    desk: Desk,
    language: Watched<Language>,
    fields: Watched<Vec<Field>>,
    answers: Watched<Vec<(String, String)>>,
    made: Watched<Option<LinkMade>>,
}

/// The link to a survey.
pub(super) fn screen(desk: Desk, id: String) -> View {
    let inside = with_survey(desk, id, move |id| {
        let of = Linking {
            desk,
            language: Watched::new(desk.language.get_untracked()),
            fields: Watched::new(Vec::new()),
            answers: Watched::new(Vec::new()),
            made: Watched::new(None),
        };
        showing(of, id.to_owned())
    });
    frame("link", desk, inside, true)
}

fn showing(of: Linking, id: String) -> View {
    let desk = of.desk;
    let is_open = {
        let id = id.clone();
        Memo::new(move |_| {
            desk.find(&id).is_some_and(|one| one.survey.state == SurveyState::Open && !one.survey.example)
        })
    };
    {
        let id = id.clone();
        Effect::new(move |_| {
            let job = Job::Fields { survey: id.clone(), language: desk.language.get() };
            spawn_local(async move {
                if let Ok(Outcome::Fields(fields)) = desk.bridge().run(&job).await {
                    let asked = |field: &Field| field.usual && field.groups && !field.choices.is_empty();
                    of.fields.set(fields.into_iter().filter(asked).collect());
                }
            });
        });
    }
    {
        let id = id.clone();
        Effect::new(move |_| {
            let job = Job::Link {
                survey: id.clone(),
                page: shell::page(),
                language: of.language.get().tag().to_owned(),
                answers: of.answers.get(),
            };
            if !is_open.get() {
                return;
            }
            spawn_local(async move {
                match desk.bridge().run(&job).await {
                    Ok(Outcome::Link(made)) => of.made.set(Some(*made)),
                    Ok(_) => desk.trouble.set(Some(Trouble::unexpected())),
                    Err(trouble) => desk.trouble.set(Some(trouble)),
                }
            });
        });
    }
    let named = {
        let id = id.clone();
        move || desk.find(&id).map(|one| name_of(desk, &one.survey)).unwrap_or_default()
    };
    let wave = {
        let id = id.clone();
        move || desk.find(&id).map(|one| desk_say::wave_named(&one.survey.wave(), desk.language.get()))
    };
    let head = element("div")
        .class("desk-head no-print")
        .child(element("h1").child(desk.text(say::show)))
        .child(
            element("p")
                .class("survey-name")
                .child(words(named))
                .child(words(move || wave().map(|wave| [" · ", &wave].concat()).unwrap_or_default())),
        )
        .child(element("p").child(desk.text(say::lead)))
        .child(element("p").class("soft").child(desk.text(say::come_back)));
    let body = live(move || {
        if is_open.get() {
            View::Several(vec![chosen(of), shown(of), sheet(of, id.clone())])
        } else {
            element("p").class("notice notice-caution").child(desk.text(say::not_open)).view()
        }
    });
    View::Several(vec![head.view(), body])
}

/// Language and answers filled in beforehand.
fn chosen(of: Linking) -> View {
    let desk = of.desk;
    let languages = live(move || {
        let now = of.language.get();
        let option = |one: Language| {
            element("option").attr("value", one.tag()).flag("selected", one == now).text(one.name()).view()
        };
        select("link-language", Language::ALL.map(option).into(), move |tag| {
            of.language.set(Language::from_tag(&tag));
        })
    });
    let fields = live(move || {
        let fields = of.fields.get();
        (!fields.is_empty()).then(|| {
            let rows: Vec<View> =
                fields.iter().enumerate().map(|(at, field)| answer(of, at, field)).collect();
            element("details")
                .attr("data-act", "link-answers")
                .child(element("summary").child(desk.text(say::beforehand)))
                .child(element("p").class("hint").child(desk.text(say::beforehand_hint)))
                .child(rows)
        })
    });
    element("section")
        .class("card stack no-print")
        .child(field("link-language", desk.text(say::language), languages))
        .child(fields)
        .view()
}

fn answer(of: Linking, at: usize, asked: &Field) -> View {
    let id = ["link-answer-", &at.to_string()].concat();
    let name = asked.name.clone();
    let given = of.answers.with_untracked(|all| {
        all.iter().find(|(known, _)| *known == name).map(|(_, choice)| choice.clone()).unwrap_or_default()
    });
    let option = |value: &str, label: View| {
        element("option").attr("value", value).flag("selected", value == given).child(label).view()
    };
    let mut options = vec![option("", of.desk.text(say::nothing))];
    options.extend(asked.choices.iter().map(|one| option(&one.name, View::Text(one.label.clone()))));
    let select = select(&id, options, move |choice| {
        of.answers.update(|all| {
            all.retain(|(known, _)| *known != name);
            if !choice.is_empty() {
                all.push((name.clone(), choice));
            }
        });
    });
    field(&id, View::Text(asked.label.clone()), select.attr("data-field", &asked.name).view())
}

fn field(id: &str, label: View, control: View) -> View {
    element("div").class("field").child(element("label").attr("for", id).child(label)).child(control).view()
}

fn select(id: &str, options: Vec<View>, take: impl Fn(String) + 'static) -> Element {
    element("select")
        .id(id)
        .class("input")
        .on("change", move |event| take(dom::value_of(&event)))
        .child(options)
}

/// The code, the text, and what can be done with them.
fn shown(of: Linking) -> View {
    let desk = of.desk;
    live(move || {
        let made = of.made.get()?;
        let Some(address) = made.address else {
            let told = words(move || say::too_long(made.length, MOST, desk.language.get()));
            return Some(
                element("p").class("notice notice-caution").attr("data-link", "too-long").child(told),
            );
        };
        let (length, only_here) = (made.length, is_only_here(&address));
        let copy = copy(of, address.clone());
        let share = share(of, address.clone());
        let print =
            made.qr.is_some().then(|| button(desk, "print", "button", desk.text(say::print), shell::print));
        let code = match &made.qr {
            Some(qr) => element("div").class("qr").child(drawing(desk, qr)),
            None => element("p").class("notice").attr("data-qr", "none").child(desk.text(say::no_qr)),
        };
        let area = element("textarea")
            .id(TEXT)
            .class("input link-text")
            .attr("rows", "4")
            .attr("spellcheck", "false")
            .flag("readonly", true)
            .value(&address);
        let warned =
            only_here.then(|| element("p").class("notice notice-caution").child(desk.text(say::only_here)));
        let without = made.shows.then(|| {
            let told = element("p").class("notice notice-caution").attr("data-link", "without-files");
            told.child(desk.text(say::without_files))
        });
        let long = (length > LONG).then(|| {
            element("p").class("notice").child(words(move || say::is_long(length, desk.language.get())))
        });
        Some(
            element("section")
                .class("card stack no-print")
                .attr("data-link", "made")
                .child(warned)
                .child(without)
                .child(code)
                .child(field(TEXT, desk.text(say::text), area.view()))
                .child(long)
                .child(element("div").class("row").child(copy).child(share).child(print)),
        )
    })
}

fn copy(of: Linking, address: String) -> View {
    let desk = of.desk;
    button(desk, "copy-link", "button button-primary", desk.text(say::copy), move || {
        let address = address.clone();
        desk.act(async move {
            let language = desk.language.get_untracked();
            let copied = shell::copy_text(&address).await;
            Ok(Some(if copied { say::copied(language) } else { say::not_copied(language) }.to_owned()))
        });
    })
}

fn share(of: Linking, address: String) -> View {
    let desk = of.desk;
    button(desk, "share-link", "button", desk.text(say::share), move || {
        let address = address.clone();
        desk.act(async move {
            let language = desk.language.get_untracked();
            // Where nothing can be shared, it is copied.
            if send_link(&address).await != Sent::Impossible {
                return Ok(None);
            }
            let copied = shell::copy_text(&address).await;
            Ok(Some(if copied { say::copied(language) } else { say::not_copied(language) }.to_owned()))
        });
    })
}

/// What a phone is given by hand: one page, in the language of the link.
fn sheet(of: Linking, id: String) -> View {
    live(move || {
        let made = of.made.get()?;
        let (qr, language) = (made.qr?, of.language.get());
        let survey = of.desk.find(&id)?.survey;
        let name = survey.name();
        let (first, second) = language.pick((&name.es, &name.en), (&name.en, &name.es));
        let title = if first.trim().is_empty() { second } else { first };
        let steps =
            [say::sheet_scan, say::sheet_open].map(|step: Words| element("li").text(step(language)).view());
        Some(
            element("article")
                .class("link-sheet")
                .attr("lang", language.tag())
                .child(element("h1").text(title))
                .child(element("ol").child(steps))
                .child(element("div").class("qr").child(drawing(of.desk, &qr)))
                .child(element("p").text(say::sheet_free(language)))
                .child(element("p").class("small").text(say::sheet_no_camera(language))),
        )
    })
}

/// A code in black on white, also where the screen is dark.
fn drawing(desk: Desk, qr: &Qr) -> View {
    let side = (qr.width + 2 * QUIET).to_string();
    let edge = ["-", &QUIET.to_string()].concat();
    let paper = ["M", &edge, " ", &edge, "h", &side, "v", &side, "H", &edge, "z"].concat();
    element("svg")
        .attr("viewBox", &[edge.as_str(), &edge, &side, &side].join(" "))
        .attr("role", "img")
        .attr("data-qr", &qr.width.to_string())
        .attr("shape-rendering", "crispEdges")
        .attr_with("aria-label", desk.t(say::code))
        .child(element("path").attr("d", &paper).attr("fill", "#fff"))
        .child(element("path").attr("d", &qr.path).attr("fill", "#000"))
        .view()
}

/// Whether no other device reaches this address.
fn is_only_here(address: &str) -> bool {
    let host = address.split("//").nth(1).unwrap_or_default();
    address.starts_with("file:")
        || ["localhost", "127.0.0.1", "[::1]"].iter().any(|own| host.starts_with(own))
}
