use super::state::Editing;
use crate::browser::dom;
use crate::i18n::setup as say;
use crate::survey::{Field, Part, SamplingDesign, Side, Tick};
use crate::ui::desk::frame::Words;
use crate::ui::parts::{View, element, live, words};

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
        Field::Retention => "retention".to_owned(),
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
    label: Option<Box<dyn Fn() -> String>>,
) -> View {
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
    let input = element("input")
        .id(&id)
        .attr("name", &id)
        .class(class)
        .attr("type", kind)
        .attr_if("inputmode", mode)
        .attr_if("lang", language)
        .attr("autocomplete", "off")
        .flag("disabled", locked)
        .value(&typed)
        .attr_with("aria-label", move || label.as_ref().map(|label| label()))
        .attr_with("aria-invalid", move || editing.wrong(field).map(|_| "true".to_owned()))
        .attr_with("aria-describedby", move || editing.wrong(field).map(|_| described.clone()))
        .on("input", move |event| {
            let text = dom::value_of(&event);
            editing.change(|sheet| sheet.set(field, text));
        });
    View::Several(vec![input.view(), mistake(editing, field, error)])
}

/// What is wrong with a field, in words, under it.
pub(super) fn mistake(editing: Editing, field: Field, id: String) -> View {
    live(move || {
        let language = editing.desk.language.get();
        editing.wrong(field).map(|kind| {
            let words = element("span").text(&say::mistake(kind, language));
            element("p").class("error").id(&id).attr("data-mistake", "").child(words)
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
) -> View {
    let desk = editing.desk;
    element("div")
        .class("field")
        .child(element("label").attr("for", &id_of(field)).child(desk.text(label)))
        .child(hint.map(|hint| element("p").class("hint").child(desk.text(hint))))
        .child(input(editing, field, takes, locked, None))
        .view()
}

/// The same text in both languages, side by side. `needed`: it must be there before the survey can be opened.
pub(super) fn both(
    editing: Editing,
    of: fn(Side) -> Field,
    locked: bool,
    needed: bool,
    label: Words,
    hint: Option<Words>,
) -> View {
    let desk = editing.desk;
    let one = |side: Side, name: Words| {
        let own = of(side);
        let blank = live(move || {
            let blank = needed && editing.sheet.with(|sheet| sheet.text(own).trim().is_empty());
            blank.then(|| element("p").class("hint missing").child(desk.text(say::missing)))
        });
        element("div")
            .class("field")
            .child(element("label").class("side").attr("for", &id_of(own)).child(desk.text(name)))
            .child(input(editing, own, Takes::Words, locked, None))
            .child(blank)
            .view()
    };
    let pair =
        element("div").class("pair").child(one(Side::Es, say::spanish)).child(one(Side::En, say::english));
    element("fieldset")
        .class("both")
        .child(element("legend").class("label").child(desk.text(label)))
        .child(hint.map(|hint| element("p").class("hint").child(desk.text(hint))))
        .child(pair)
        .view()
}

/// A box to tick.
pub(super) fn tick(
    editing: Editing,
    tick: Tick,
    name: &'static str,
    locked: bool,
    label: Words,
    hint: Option<Words>,
) -> View {
    let desk = editing.desk;
    let input = live(move || {
        element("input")
            .attr("type", "checkbox")
            .attr("name", name)
            .flag("disabled", locked)
            .checked(editing.ticked(tick))
            .on("change", move |event| {
                let on = dom::checked_of(&event);
                editing.change(|sheet| sheet.tick(tick, on));
            })
    });
    element("div")
        .class("tick")
        .child(element("label").child(input).child(element("span").child(desk.text(label))))
        .child(hint.map(|hint| element("p").class("hint").child(desk.text(hint))))
        .view()
}

/// One of a few.
pub(super) fn radio(
    (name, value): (&'static str, &'static str),
    disabled: bool,
    on: impl Fn() -> bool + 'static,
    choose: impl Fn() + Copy + 'static,
    label: View,
) -> View {
    let input = live(move || {
        element("input")
            .attr("type", "radio")
            .attr("name", name)
            .attr("value", value)
            .flag("disabled", disabled)
            .checked(on())
            .on("change", move |_| choose())
    });
    element("label").class("choice").child(input).child(element("span").child(label)).view()
}

/// One of a few, each with what it means.
pub(super) fn designs(editing: Editing) -> View {
    let desk = editing.desk;
    let one = |design: SamplingDesign, value: &'static str| {
        let name = words(move || crate::i18n::desk::design(design, desk.language.get()).to_owned());
        let means = words(move || say::design_meaning(design, desk.language.get()).to_owned());
        let label = View::Several(vec![
            element("strong").child(name).view(),
            element("span").class("hint").child(means).view(),
        ]);
        let on = move || editing.sheet.with(|sheet| sheet.design == Some(design));
        radio(
            ("design", value),
            false,
            on,
            move || editing.change(|sheet| sheet.design = Some(design)),
            label,
        )
    };
    element("fieldset")
        .class("choices")
        .id(&id_of(Field::Design))
        .attr("tabindex", "-1")
        .child(element("legend").class("visually-hidden").child(desk.text(say::sampling)))
        .child(mistake(editing, Field::Design, "design-error".to_owned()))
        .child(one(SamplingDesign::Census, "census"))
        .child(one(SamplingDesign::Probability, "probability"))
        .child(one(SamplingDesign::Convenience, "convenience"))
        .view()
}

/// A part of the sheet under a heading of its own.
pub(super) fn part(
    editing: Editing,
    id: &'static str,
    title: Words,
    hint: Option<Words>,
    inside: impl Into<View>,
) -> View {
    let desk = editing.desk;
    let heading = [id, "-title"].concat();
    let head = element("div")
        .child(element("h2").id(&heading).child(desk.text(title)))
        .child(hint.map(|hint| element("p").class("soft").child(desk.text(hint))));
    element("section")
        .class("card part stack")
        .id(id)
        .attr("aria-labelledby", &heading)
        .attr("tabindex", "-1")
        .child(head)
        .child(inside)
        .view()
}
