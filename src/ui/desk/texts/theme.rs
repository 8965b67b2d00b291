use std::rc::Rc;

use super::Reading;
use crate::browser::{dom, shell};
use crate::i18n::written as say;
use crate::report::texts::{Recode, ThemeLine};
use crate::ui::desk::frame::Words;
use crate::ui::parts::{Asked, View, Watched, button, element, live, one_of};
use leptos::prelude::*;

/// A theme that is being made or changed.
#[derive(Clone, Default)]
struct Edit {
    /// Counts the times that editing began.
    turn: u32,
    /// What is typed; without an id, a new one.
    theme: Option<ThemeLine>,
    /// Somebody tried to keep it without both names.
    short: bool,
}

/// The code book, and how many answers have which theme.
pub(super) fn themes(reading: Reading) -> View {
    let desk = reading.desk();
    let edit: Watched<Edit> = Watched::new(Edit::default());
    let list = live(move || {
        let themes =
            reading.texts.with(|texts| texts.as_ref().map(|it| it.themes.clone()).unwrap_or_default());
        let all: Vec<View> = themes.into_iter().map(|theme| one(reading, edit, theme)).collect();
        element("ul").class("theme-list").child(all)
    });
    let form = one_of(
        move || edit.with(|edit| if edit.theme.is_some() { edit.turn } else { 0 }),
        move |turn| match edit.with_untracked(|edit| edit.theme.clone()) {
            Some(theme) if turn > 0 => form(reading, edit, &theme),
            _ => button("button add", "add-theme")
                .id("add-theme")
                .on("click", move |_| begin(edit, ThemeLine::default()))
                .child(element("span").attr("aria-hidden", "true").text("+ "))
                .child(desk.text(say::theme_add))
                .view(),
        },
    );
    element("section")
        .class("card stack")
        .attr("aria-labelledby", "themes-title")
        .child(
            element("div")
                .child(element("h2").id("themes-title").child(desk.text(say::themes)))
                .child(element("p").class("soft").child(desk.text(say::themes_hint))),
        )
        .child(tally(reading))
        .child(list)
        .child(form)
        .view()
}

/// How many answers have which theme, as it may be shown.
fn tally(reading: Reading) -> View {
    let desk = reading.desk();
    live(move || {
        let rows = reading.texts.with(|texts| texts.as_ref().map(|it| it.tally.clone()).unwrap_or_default());
        (!rows.is_empty()).then(|| {
            let column = |words: Words| element("th").attr("scope", "col").child(desk.text(words)).view();
            let head = element("tr").child(column(say::themes)).child(column(say::answers_told));
            let row = |(label, told): (String, String)| {
                element("tr")
                    .child(element("th").attr("scope", "row").text(&label))
                    .child(element("td").text(&told))
                    .view()
            };
            element("table")
                .class("counts")
                .attr("data-tally", "")
                .child(element("thead").child(head))
                .child(element("tbody").child(rows.into_iter().map(row).collect::<Vec<_>>()))
        })
    })
}

fn one(reading: Reading, edit: Watched<Edit>, theme: ThemeLine) -> View {
    let desk = reading.desk();
    let language = desk.language.get();
    let (name, other) = language.pick((&theme.es, &theme.en), (&theme.en, &theme.es));
    let definition =
        (!theme.definition.is_empty()).then(|| element("p").class("hint").text(&theme.definition));
    let words = element("div")
        .child(element("strong").text(name))
        .child(element("span").class("soft").text(" · ").text(other))
        .child(definition);
    let (own, id) = (theme.clone(), theme.id.clone());
    let change = button("button button-small", "edit-theme")
        .attr("aria-label", &[say::theme_edit(language), ": ", name].concat())
        .on("click", move |_| begin(edit, own.clone()))
        .child(desk.text(say::theme_edit));
    let retire = move |_| {
        let (language, id) = (desk.language.get_untracked(), id.clone());
        desk.asked.set(Some(Asked {
            title: say::theme_retire_title(language).to_owned(),
            text: say::theme_retire_text(language).to_owned(),
            yes: say::theme_retire(language).to_owned(),
            no: say::theme_retire_no(language).to_owned(),
            then: Rc::new(move || reading.change(Recode::Retire(id.clone()))),
        }));
    };
    let remove = button("button button-small", "retire-theme")
        .attr("aria-label", &[say::theme_retire(language), ": ", name].concat())
        .on("click", retire)
        .child(desk.text(say::theme_retire));
    element("li")
        .attr("data-theme", &theme.id)
        .child(words)
        .child(element("div").class("row").child(change).child(remove))
        .view()
}

fn begin(edit: Watched<Edit>, theme: ThemeLine) {
    edit.update(|edit| *edit = Edit { turn: edit.turn + 1, theme: Some(theme), short: false });
    request_animation_frame(|| {
        shell::focus("theme-es");
    });
}

/// Where the fields were stands the button again, and takes the focus.
fn end(edit: Watched<Edit>) {
    edit.update(|edit| edit.theme = None);
    request_animation_frame(|| {
        shell::focus("add-theme");
    });
}

/// Both names and what belongs to it.
fn form(reading: Reading, edit: Watched<Edit>, theme: &ThemeLine) -> View {
    let desk = reading.desk();
    let field = |id: &'static str,
                 words: Words,
                 value: &str,
                 lang: Option<&str>,
                 part: fn(&mut ThemeLine) -> &mut String| {
        let input = element("input")
            .id(id)
            .class("input")
            .attr("autocomplete", "off")
            .attr_if("lang", lang)
            .value(value)
            .on("input", move |event| {
                let text = dom::value_of(&event);
                edit.update(|edit| {
                    if let Some(theme) = &mut edit.theme {
                        *part(theme) = text;
                    }
                    edit.short = false;
                });
            });
        element("div")
            .class("field")
            .child(element("label").attr("for", id).child(desk.text(words)))
            .child(input)
            .view()
    };
    let keep = move |event: crate::browser::dom::Event| {
        event.prevent_default();
        let Some(theme) = edit.with_untracked(|edit| edit.theme.clone()) else { return };
        if theme.es.trim().is_empty() || theme.en.trim().is_empty() {
            shell::focus(if theme.es.trim().is_empty() { "theme-es" } else { "theme-en" });
            return edit.update(|edit| edit.short = true);
        }
        reading.change(if theme.id.is_empty() { Recode::Add(theme) } else { Recode::Edit(theme) });
        end(edit);
    };
    let short = live(move || {
        edit.with(|edit| edit.short).then(|| {
            let words = element("span").child(desk.text(say::theme_needs_names));
            element("p").class("error").attr("role", "alert").child(words)
        })
    });
    let names = element("div")
        .class("pair")
        .child(field("theme-es", say::theme_es, &theme.es, Some("es"), |theme| &mut theme.es))
        .child(field("theme-en", say::theme_en, &theme.en, Some("en"), |theme| &mut theme.en));
    let acts = element("div")
        .class("row")
        .child(
            element("button")
                .attr("type", "submit")
                .class("button button-primary")
                .attr("data-act", "keep-theme")
                .child(desk.text(say::theme_keep)),
        )
        .child(
            button("button", "cancel-theme")
                .on("click", move |_| end(edit))
                .child(desk.text(say::theme_cancel)),
        );
    element("form")
        .class("margin")
        .flag("novalidate", true)
        .on("submit", keep)
        .child(names)
        .child(field("theme-definition", say::theme_definition, &theme.definition, None, |theme| {
            &mut theme.definition
        }))
        .child(short)
        .child(acts)
        .view()
}
