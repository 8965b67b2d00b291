use leptos::prelude::*;

use super::super::live::{live_if, words};
use super::state::Editing;
use crate::i18n::setup as say;
use crate::survey::{Field, Part, SamplingDesign, Side, Tick};
use crate::ui::desk::frame::Words;

/// What kind of text a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    /// Words.
    Words,
    /// A whole number.
    Number,
    /// A telephone number.
    Telephone,
    /// A day.
    Day,
}

/// The `id` and `name` of a field's input.
pub(super) fn id_of(field: Field) -> String {
    let side = |side: Side| match side {
        Side::Es => "_es",
        Side::En => "_en",
    };
    match field {
        Field::Name(of) => ["name", side(of)].concat(),
        Field::Host(of) => ["host", side(of)].concat(),
        Field::Police(of) => ["police", side(of)].concat(),
        Field::Committee(of) => ["committee", side(of)].concat(),
        Field::Programme => "programme".to_owned(),
        Field::Start => "start".to_owned(),
        Field::End => "end".to_owned(),
        Field::Expected => "expected".to_owned(),
        Field::MinimumCell => "minimum_cell".to_owned(),
        Field::Months => "months".to_owned(),
        Field::Design => "design".to_owned(),
        Field::Target(margin, choice) => ["target", &margin.to_string(), "_", &choice.to_string()].concat(),
        Field::Row(key, part) => {
            let part = match part {
                Part::Label(of) => side(of),
                Part::District => "_district",
                Part::Number => "_number",
            };
            ["row", &key.to_string(), part].concat()
        }
    }
}

/// The input alone, with its mistake under it. `label`: for screen readers, where no `<label>` is beside it.
pub(super) fn input(
    editing: Editing,
    field: Field,
    takes: Takes,
    locked: bool,
    label: Option<Box<dyn Fn() -> String + Send + Sync>>,
) -> AnyView {
    let id = id_of(field);
    let error = [&id, "-error"].concat();
    let described = error.clone();
    let kind = if takes == Takes::Day { "date" } else { "text" };
    let mode = match takes {
        Takes::Number => Some("numeric"),
        Takes::Telephone => Some("tel"),
        Takes::Words | Takes::Day => None,
    };
    let class = match takes {
        Takes::Words => "input",
        Takes::Number | Takes::Telephone | Takes::Day => "input input-short",
    };
    let language = match field {
        Field::Name(side) | Field::Host(side) | Field::Police(side) | Field::Committee(side) => Some(side),
        Field::Row(_, Part::Label(side)) => Some(side),
        _ => None,
    }
    .map(|side| if side == Side::Es { "es" } else { "en" });
    let typed = editing.sheet.with_untracked(|sheet| sheet.text(field).to_owned());
    view! {
        <input id=id.clone() name=id class=class type=kind inputmode=mode lang=language autocomplete="off"
            prop:value=typed disabled=locked aria-label=label.map(|label| move || label())
            aria-invalid=move || editing.wrong(field).map(|_| "true")
            aria-describedby=move || editing.wrong(field).map(|_| described.clone())
            on:input=move |event| {
                let text = event_target_value(&event);
                editing.change(|sheet| sheet.set(field, text));
            }/>
        {mistake(editing, field, error)}
    }
    .into_any()
}

/// What is wrong with a field, in words, under it.
pub(super) fn mistake(editing: Editing, field: Field, id: String) -> AnyView {
    live_if(move || {
        let id = id.clone();
        editing.wrong(field).map(|kind| {
            view! {
                <p class="error" id=id data-mistake="">
                    <span>{words(move || say::mistake(kind, editing.desk.language.get()).to_string())}</span>
                </p>
            }
        })
    })
}

/// A field with its label over it and a hint.
pub(super) fn field(
    editing: Editing,
    field: Field,
    takes: Takes,
    locked: bool,
    label: Words,
    hint: Option<Words>,
) -> AnyView {
    let desk = editing.desk;
    view! {
        <div class="field">
            <label for=id_of(field)>{desk.text(label)}</label>
            {hint.map(|hint| view! { <p class="hint">{desk.text(hint)}</p> })}
            {input(editing, field, takes, locked, None)}
        </div>
    }
    .into_any()
}

/// The same text in both languages, side by side. `needed`: it must be there before the survey can be opened.
pub(super) fn both(
    editing: Editing,
    of: fn(Side) -> Field,
    locked: bool,
    needed: bool,
    label: Words,
    hint: Option<Words>,
) -> AnyView {
    let desk = editing.desk;
    let one = |side: Side, name: Words| {
        let own = of(side);
        let blank = move || {
            let blank = needed && editing.sheet.with(|sheet| sheet.text(own).trim().is_empty());
            blank.then(|| view! { <p class="hint missing">{desk.text(say::missing)}</p> })
        };
        view! {
            <div class="field">
                <label class="side" for=id_of(own)>{desk.text(name)}</label>
                {input(editing, own, Takes::Words, locked, None)}
                {live_if(blank)}
            </div>
        }
    };
    view! {
        <fieldset class="both">
            <legend class="label">{desk.text(label)}</legend>
            {hint.map(|hint| view! { <p class="hint">{desk.text(hint)}</p> })}
            <div class="pair">{one(Side::Es, say::spanish)} {one(Side::En, say::english)}</div>
        </fieldset>
    }
    .into_any()
}

/// A box to tick.
pub(super) fn tick(
    editing: Editing,
    tick: Tick,
    name: &'static str,
    locked: bool,
    label: Words,
    hint: Option<Words>,
) -> AnyView {
    let desk = editing.desk;
    view! {
        <div class="tick">
            <label>
                <input type="checkbox" name=name disabled=locked prop:checked=move || editing.ticked(tick)
                    on:change=move |event| {
                        let on = event_target_checked(&event);
                        editing.change(|sheet| sheet.tick(tick, on));
                    }/>
                <span>{desk.text(label)}</span>
            </label>
            {hint.map(|hint| view! { <p class="hint">{desk.text(hint)}</p> })}
        </div>
    }
    .into_any()
}

/// One of a few, each with what it means.
pub(super) fn designs(editing: Editing) -> AnyView {
    let desk = editing.desk;
    let one = |design: SamplingDesign, value: &'static str| {
        view! {
            <label class="choice">
                <input type="radio" name="design" value=value
                    prop:checked=move || editing.sheet.with(|sheet| sheet.design == Some(design))
                    on:change=move |_| editing.change(|sheet| sheet.design = Some(design))/>
                <span>
                    <strong>{words(move || crate::i18n::desk::design(design, desk.language.get()).to_string())}</strong>
                    <span class="hint">{words(move || say::design_meaning(design, desk.language.get()).to_string())}</span>
                </span>
            </label>
        }
    };
    view! {
        <fieldset class="choices" id="design" tabindex="-1">
            <legend class="visually-hidden">{desk.text(say::sampling)}</legend>
            {mistake(editing, Field::Design, "design-error".to_owned())}
            {one(SamplingDesign::Census, "census")}
            {one(SamplingDesign::Probability, "probability")}
            {one(SamplingDesign::Convenience, "convenience")}
        </fieldset>
    }
    .into_any()
}

/// A part of the sheet under a heading of its own.
pub(super) fn part(
    editing: Editing,
    id: &'static str,
    title: Words,
    hint: Option<Words>,
    inside: AnyView,
) -> AnyView {
    let desk = editing.desk;
    let heading = [id, "-title"].concat();
    let named = heading.clone();
    view! {
        <section class="card part stack" id=id aria-labelledby=heading tabindex="-1">
            <div>
                <h2 id=named>{desk.text(title)}</h2>
                {hint.map(|hint| view! { <p class="soft">{desk.text(hint)}</p> })}
            </div>
            {inside}
        </section>
    }
    .into_any()
}
