use leptos::prelude::*;

use super::super::live::{live, live_if};
use super::field::{Takes, id_of, input, mistake};
use super::state::Editing;
use crate::i18n::setup as say;
use crate::survey::{Field, List, Part, Side, Tick};
use crate::ui::desk::frame::{Words, each};

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

/// The list with its acts.
pub(super) fn rows(editing: Editing, rows: Rows) -> AnyView {
    let desk = editing.desk;
    let locked = editing.locked();
    let keys = Memo::new(move |_| {
        editing.sheet.with(|sheet| match rows.district {
            Some(district) => sheet.areas_of(district),
            None => sheet.keys(rows.list),
        })
    });
    let empty = move || {
        keys.with(Vec::is_empty).then(|| view! { <p class="hint">{desk.text(say::nothing_listed)}</p> })
    };
    let add = (!locked && rows.district != Some(0)).then(|| {
        view! {
            <button type="button" class="button add" data-act="add" data-list=mark(rows.list)
                on:click=move |_| editing.add(rows.list, rows.district)>
                <span aria-hidden="true">"+ "</span>{desk.text(rows.add)}
            </button>
        }
    });
    view! {
        <ol class="rows" data-list=mark(rows.list)>
            {each(keys, move |key| row(editing, rows, keys, key))}
        </ol>
        {live_if(empty)}
        {add}
    }
    .into_any()
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

fn row(editing: Editing, rows: Rows, keys: Memo<Vec<u32>>, key: u32) -> AnyView {
    view! {
        <li class="row-edit" data-row=key.to_string()>
            {names(editing, rows.title, keys, key)}
            {(rows.list == List::Areas).then(|| district(editing, key))}
            {(rows.list == List::Helplines).then(|| telephone(editing, key))}
            {(!editing.locked()).then(|| moves(editing, rows.title, keys, key))}
        </li>
    }
    .into_any()
}

fn position(keys: Memo<Vec<u32>>, key: u32) -> usize {
    keys.with(|keys| keys.iter().position(|own| *own == key).map_or(0, |position| position + 1))
}

/// The name of a row in both languages.
pub(super) fn names(editing: Editing, title: Words, keys: Memo<Vec<u32>>, key: u32) -> AnyView {
    let one = |side: Side, name: Words| {
        let label = move || {
            let language = editing.desk.language.get();
            say::row_field(title(language), position(keys, key), name(language))
        };
        let own = Field::Row(key, Part::Label(side));
        view! {
            <div class="field">
                <span class="side" aria-hidden="true">{editing.desk.text(name)}</span>
                {input(editing, own, Takes::Words, editing.locked(), Some(Box::new(label)))}
            </div>
        }
    };
    view! { <div class="pair">{one(Side::Es, say::spanish)} {one(Side::En, say::english)}</div> }.into_any()
}

/// Up, down, away.
pub(super) fn moves(editing: Editing, title: Words, keys: Memo<Vec<u32>>, key: u32) -> AnyView {
    let desk = editing.desk;
    let one = move |act: &'static str, sign: &'static str, words: Words, doing: Box<dyn Fn() + Send>| {
        let label = move || {
            let language = desk.language.get();
            say::row_field(words(language), position(keys, key), title(language))
        };
        let edge = move || match act {
            "up" => position(keys, key) <= 1,
            "down" => position(keys, key) >= keys.with(Vec::len),
            _ => false,
        };
        view! {
            <button type="button" class="button button-small" data-act=act aria-label=label disabled=edge
                title=move || words(desk.language.get()) on:click=move |_| doing()>
                <span aria-hidden="true">{sign}</span>
            </button>
        }
    };
    view! {
        <div class="moves">
            {one("up", "↑", say::up, Box::new(move || editing.change(|sheet| sheet.shift(key, false))))}
            {one("down", "↓", say::down, Box::new(move || editing.change(|sheet| sheet.shift(key, true))))}
            {one("remove", "✕", say::remove, Box::new(move || editing.change(|sheet| sheet.remove(key))))}
        </div>
    }
    .into_any()
}

/// The district an area belongs to.
fn district(editing: Editing, key: u32) -> AnyView {
    let desk = editing.desk;
    let field = Field::Row(key, Part::District);
    let id = id_of(field);
    let error = [&id, "-error"].concat();
    let options = move || {
        let chosen = editing.sheet.with(|sheet| sheet.text(field).to_owned());
        let side = desk.language.get().pick(Side::Es, Side::En);
        let one = |key: u32| {
            let value = key.to_string();
            let label = editing.sheet.with(|sheet| sheet.text(Field::Row(key, Part::Label(side))).to_owned());
            view! { <option value=value.clone() selected=chosen == value>{label}</option> }
        };
        let keys = editing.sheet.with(|sheet| sheet.keys(List::Districts));
        view! {
            <option value="" selected=chosen.is_empty()>{desk.text(say::choose_district)}</option>
            {keys.into_iter().map(one).collect_view()}
        }
    };
    view! {
        <div class="field">
            <select id=id.clone() name=id class="input" disabled=editing.locked() aria-label=desk.t(say::district)
                aria-invalid=move || editing.wrong(field).map(|_| "true")
                on:change=move |event| {
                    let text = event_target_value(&event);
                    editing.change(|sheet| sheet.set(field, text));
                }>
                {live(move || options().into_any())}
            </select>
            {mistake(editing, field, error)}
        </div>
    }
    .into_any()
}

/// A helpline's number and that somebody has called it.
fn telephone(editing: Editing, key: u32) -> AnyView {
    let desk = editing.desk;
    let field = Field::Row(key, Part::Number);
    let tick = Tick::Confirmed(key);
    view! {
        <div class="telephone">
            <div class="field">
                <label class="side" for=id_of(field)>{desk.text(say::number)}</label>
                {input(editing, field, Takes::Telephone, editing.locked(), None)}
            </div>
            <label class="confirm">
                <input type="checkbox" name=["row", &key.to_string(), "_confirmed"].concat() data-act="confirm"
                    prop:checked=move || editing.ticked(tick)
                    on:change=move |event| {
                        let on = event_target_checked(&event);
                        editing.change(|sheet| sheet.tick(tick, on));
                    }/>
                <span>{desk.text(say::confirmed)}</span>
            </label>
        </div>
    }
    .into_any()
}
