use leptos::prelude::*;

use super::field::{Takes, id_of, input, mistake};
use super::state::Editing;
use crate::browser::dom;
use crate::i18n::setup as say;
use crate::survey::{Field, List, Part, Sheet, Side, Tick};
use crate::ui::desk::frame::Words;
use crate::ui::parts::{View, button, element, keyed, live};

/// A list whose rows can be added, renamed, moved and removed. Stored values stay with their rows.
#[derive(Clone, Copy)]
pub(super) struct Rows {
    /// Which list.
    pub(super) list: List,
    /// For areas: those of the district with this key (0: of none).
    pub(super) district: Option<u32>,
    /// What one row is called.
    pub(super) title: Words,
    /// The act that adds one.
    pub(super) add: Words,
}

type Keys = dyn Fn(&Sheet) -> Vec<u32> + Send + Sync;

/// Keys of rows, followed where they change and not where something in a row does.
pub(super) fn keyed_by(
    editing: Editing,
    keys: impl Fn(&Sheet) -> Vec<u32> + Send + Sync + 'static,
) -> Memo<Vec<u32>> {
    let keys: Box<Keys> = Box::new(keys);
    Memo::new(move |_| editing.sheet.with(|sheet| keys(sheet)))
}

/// The list with its acts.
pub(super) fn rows(editing: Editing, rows: Rows) -> View {
    let desk = editing.desk;
    let locked = editing.locked();
    let keys = keyed_by(editing, move |sheet| match rows.district {
        Some(district) => sheet.areas_of(district),
        None => sheet.keys(rows.list),
    });
    let empty = live(move || {
        keys.with(Vec::is_empty).then(|| element("p").class("hint").child(desk.text(say::nothing_listed)))
    });
    let add = (!locked && rows.district != Some(0)).then(|| {
        button("button add", "add")
            .attr("data-list", mark(rows.list))
            .on("click", move |_| editing.add(rows.list, rows.district))
            .child(element("span").attr("aria-hidden", "true").text("+ "))
            .child(desk.text(rows.add))
    });
    let list = element("ol").class("rows").attr("data-list", mark(rows.list));
    let list = list.child(keyed(move || keys.get(), move |key| row(editing, rows, keys, key)));
    View::Several(vec![list.view(), empty, add.into()])
}

fn mark(list: List) -> &'static str {
    match list {
        List::Sites => "sites",
        List::Topics => "topics",
        List::Delegations => "delegations",
        List::Districts => "districts",
        List::Areas => "areas",
        List::Helplines => "helplines",
    }
}

fn row(editing: Editing, rows: Rows, keys: Memo<Vec<u32>>, key: u32) -> View {
    element("li")
        .class("row-edit")
        .attr("data-row", &key.to_string())
        .child(names(editing, rows.title, keys, key))
        .child((rows.list == List::Areas).then(|| district(editing, key)))
        .child((rows.list == List::Helplines).then(|| telephone(editing, key)))
        .child((!editing.locked()).then(|| moves(editing, rows.title, keys, key)))
        .view()
}

fn position(keys: Memo<Vec<u32>>, key: u32) -> usize {
    keys.with(|keys| keys.iter().position(|own| *own == key).map_or(0, |position| position + 1))
}

/// The name of a row in both languages.
pub(super) fn names(editing: Editing, title: Words, keys: Memo<Vec<u32>>, key: u32) -> View {
    let one = |side: Side, name: Words| {
        let label = move || {
            let language = editing.desk.language.get();
            say::row_field(title(language), position(keys, key), name(language))
        };
        let own = Field::Row(key, Part::Label(side));
        element("div")
            .class("field")
            .child(element("span").class("side").attr("aria-hidden", "true").child(editing.desk.text(name)))
            .child(input(editing, own, Takes::Words, editing.locked(), Some(Box::new(label))))
            .view()
    };
    element("div").class("pair").child(one(Side::Es, say::spanish)).child(one(Side::En, say::english)).view()
}

/// Up, down, away.
pub(super) fn moves(editing: Editing, title: Words, keys: Memo<Vec<u32>>, key: u32) -> View {
    let desk = editing.desk;
    let one = move |act: &'static str, sign: &'static str, words: Words, doing: Box<dyn Fn()>| {
        let label = move || {
            let language = desk.language.get();
            Some(say::row_field(words(language), position(keys, key), title(language)))
        };
        let edge = move || match act {
            "up" => position(keys, key) <= 1,
            "down" => position(keys, key) >= keys.with(Vec::len),
            _ => false,
        };
        button("button button-small", act)
            .attr_with("aria-label", label)
            .attr_with("title", desk.t(words))
            .flag_with("disabled", edge)
            .on("click", move |_| doing())
            .child(element("span").attr("aria-hidden", "true").text(sign))
            .view()
    };
    element("div")
        .class("moves")
        .child(one("up", "↑", say::up, Box::new(move || editing.change(|sheet| sheet.shift(key, false)))))
        .child(one("down", "↓", say::down, Box::new(move || editing.change(|sheet| sheet.shift(key, true)))))
        .child(one("remove", "✕", say::remove, Box::new(move || editing.change(|sheet| sheet.remove(key)))))
        .view()
}

/// The district an area belongs to.
fn district(editing: Editing, key: u32) -> View {
    let desk = editing.desk;
    let field = Field::Row(key, Part::District);
    let id = id_of(field);
    let options = live(move || {
        let side = desk.language.get().pick(Side::Es, Side::En);
        editing.sheet.with(|sheet| {
            let chosen = sheet.text(field);
            let option = |value: &str, label: &str| {
                element("option").attr("value", value).flag("selected", chosen == value).text(label).view()
            };
            let mut all = vec![option("", say::choose_district(desk.language.get()))];
            all.extend(
                sheet
                    .keys(List::Districts)
                    .into_iter()
                    .map(|key| option(&key.to_string(), sheet.text(Field::Row(key, Part::Label(side))))),
            );
            View::Several(all)
        })
    });
    let select = element("select")
        .id(&id)
        .attr("name", &id)
        .class("input")
        .flag("disabled", editing.locked())
        .attr_with("aria-label", desk.t(say::district))
        .attr_with("aria-invalid", move || editing.wrong(field).map(|_| "true".to_owned()))
        .on("change", move |event| {
            let text = dom::value_of(&event);
            editing.change(|sheet| sheet.set(field, text));
        })
        .child(options);
    let error = [&id, "-error"].concat();
    element("div").class("field").child(select).child(mistake(editing, field, error)).view()
}

/// A helpline's number and that somebody has called it.
fn telephone(editing: Editing, key: u32) -> View {
    let desk = editing.desk;
    let field = Field::Row(key, Part::Number);
    let tick = Tick::Confirmed(key);
    let name = ["row", &key.to_string(), "_confirmed"].concat();
    let number = element("div")
        .class("field")
        .child(element("label").class("side").attr("for", &id_of(field)).child(desk.text(say::number)))
        .child(input(editing, field, Takes::Telephone, editing.locked(), None));
    let confirm = live(move || {
        element("input")
            .attr("type", "checkbox")
            .attr("name", &name)
            .attr("data-act", "confirm")
            .checked(editing.ticked(tick))
            .on("change", move |event| {
                let on = dom::checked_of(&event);
                editing.change(|sheet| sheet.tick(tick, on));
            })
    });
    let label = element("label")
        .class("confirm")
        .child(confirm)
        .child(element("span").child(desk.text(say::confirmed)));
    element("div").class("telephone").child(number).child(label).view()
}
