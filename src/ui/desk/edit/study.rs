use leptos::prelude::*;

use super::event::sampling;
use super::field::{Takes, both, field, part, tick};
use super::rows::{Rows, keyed_by, moves, names, rows};
use super::state::Editing;
use crate::i18n::setup as say;
use crate::survey::{Field, List, Subject, Tick};
use crate::ui::parts::{View, button, element, keyed, live, words};

/// Everything that can be set of a study.
pub(super) fn fields(editing: Editing) -> View {
    let locked = editing.locked();
    let basics = [
        both(editing, Field::Name, false, true, say::name, Some(say::name_hint)),
        both(editing, Field::Host, locked, false, say::sponsor, None),
        both(editing, Field::Police, locked, false, say::police, Some(say::police_hint)),
        both(editing, Field::Committee, locked, false, say::committee_name, None),
    ];
    let questionnaire = [
        field(editing, Field::Months, Takes::Number, locked, say::months, None),
        tick(editing, Tick::Sensitive, "sensitive", locked, say::sensitive, Some(say::sensitive_hint)),
        wave(editing),
    ];
    let helplines = rows(
        editing,
        Rows { list: List::Helplines, district: None, title: say::helplines, add: say::add_helpline },
    );
    View::Several(vec![
        part(editing, "basics", say::basics, None, basics),
        part(editing, "helplines", say::helplines, Some(say::helplines_hint), helplines),
        part(editing, "places", say::places, Some(say::places_hint), places(editing)),
        part(editing, "questionnaire", say::questionnaire, None, questionnaire),
        sampling(editing, true),
    ])
}

fn wave(editing: Editing) -> View {
    let desk = editing.desk;
    let Subject::Study(study) = editing.survey().subject else { return View::Nothing };
    let number = [" ", &study.wave.to_string()].concat();
    element("div")
        .child(element("p").class("label").child(desk.text(say::wave_number)).text(&number))
        .child(element("p").class("hint").child(desk.text(say::wave_number_hint)))
        .view()
}

/// Each district with its areas under it.
fn places(editing: Editing) -> View {
    let desk = editing.desk;
    let locked = editing.locked();
    let keys = keyed_by(editing, |sheet| sheet.keys(List::Districts));
    let unplaced = Memo::new(move |_| editing.sheet.with(|sheet| !sheet.areas_of(0).is_empty()));
    let add = (!locked).then(|| {
        button("button add", "add")
            .attr("data-list", "districts")
            .on("click", move |_| editing.add(List::Districts, None))
            .child(element("span").attr("aria-hidden", "true").text("+ "))
            .child(desk.text(say::add_district))
    });
    let orphans = live(move || {
        unplaced.get().then(|| {
            element("div")
                .class("district")
                .child(element("h3").child(desk.text(say::unplaced)))
                .child(areas(editing, 0))
        })
    });
    let district = move |key: u32| {
        let row = element("div")
            .class("row-edit row-district")
            .child(names(editing, say::district, keys, key))
            .child((!locked).then(|| moves(editing, say::district, keys, key)));
        element("li")
            .class("district")
            .attr("data-row", &key.to_string())
            .child(row)
            .child(folded(editing, key))
            .view()
    };
    let districts = element("ol").class("districts").attr("data-list", "districts");
    View::Several(vec![orphans, districts.child(keyed(move || keys.get(), district)).view(), add.into()])
}

/// A district's areas, folded when there are many; unfolded while something in the sheet is to be mended.
fn folded(editing: Editing, district: u32) -> View {
    let desk = editing.desk;
    let count = move || editing.sheet.with(|sheet| sheet.areas_of(district).len());
    let few = count() <= 4;
    // Set only when it changes: who has unfolded a list has it stay so.
    let open = Memo::new(move |_| few || (editing.tried.get() && !editing.mistakes.with(Vec::is_empty)));
    element("details")
        .class("areas")
        .flag_with("open", move || open.get())
        .child(element("summary").child(words(move || say::areas(count(), desk.language.get()))))
        .child(areas(editing, district))
        .view()
}

fn areas(editing: Editing, district: u32) -> View {
    rows(editing, Rows { list: List::Areas, district: Some(district), title: say::area, add: say::add_area })
}
