use leptos::prelude::*;

use super::super::live::{live_if, words};
use super::event::sampling;
use super::field::{Takes, both, field, part, tick};
use super::rows::{Rows, moves, names, rows};
use super::state::Editing;
use crate::i18n::setup as say;
use crate::survey::{Field, List, Subject, Tick};
use crate::ui::desk::frame::each;

/// Everything that can be set of a study.
pub(super) fn fields(editing: Editing) -> AnyView {
    let locked = editing.locked();
    let basics = view! {
        {both(editing, Field::Name, false, true, say::name, Some(say::name_hint))}
        {both(editing, Field::Host, locked, false, say::sponsor, None)}
        {both(editing, Field::Police, locked, false, say::police, Some(say::police_hint))}
        {both(editing, Field::Committee, locked, false, say::committee_name, None)}
    };
    let questionnaire = view! {
        {field(editing, Field::Months, Takes::Number, locked, say::months, None)}
        {tick(editing, Tick::Sensitive, "sensitive", locked, say::sensitive, Some(say::sensitive_hint))}
        {wave(editing)}
    };
    let helplines = rows(
        editing,
        Rows { list: List::Helplines, district: None, title: say::helplines, add: say::add_helpline },
    );
    view! {
        {part(editing, "basics", say::basics, None, basics.into_any())}
        {part(editing, "helplines", say::helplines, Some(say::helplines_hint), helplines)}
        {part(editing, "places", say::places, Some(say::places_hint), places(editing))}
        {part(editing, "questionnaire", say::questionnaire, None, questionnaire.into_any())}
        {sampling(editing, true)}
    }
    .into_any()
}

fn wave(editing: Editing) -> Option<AnyView> {
    let desk = editing.desk;
    let Subject::Study(study) = editing.survey().subject else { return None };
    Some(
        view! {
            <div>
                <p class="label">{desk.text(say::wave_number)} " " {study.wave.to_string()}</p>
                <p class="hint">{desk.text(say::wave_number_hint)}</p>
            </div>
        }
        .into_any(),
    )
}

/// Each district with its areas under it.
fn places(editing: Editing) -> AnyView {
    let desk = editing.desk;
    let locked = editing.locked();
    let keys = Memo::new(move |_| editing.sheet.with(|sheet| sheet.keys(List::Districts)));
    let unplaced = Memo::new(move |_| editing.sheet.with(|sheet| !sheet.areas_of(0).is_empty()));
    let add = (!locked).then(|| {
        view! {
            <button type="button" class="button add" data-act="add" data-list="districts"
                on:click=move |_| editing.add(List::Districts, None)>
                <span aria-hidden="true">"+ "</span>{desk.text(say::add_district)}
            </button>
        }
    });
    let orphans = move || {
        unplaced.get().then(|| {
            view! {
                <div class="district">
                    <h3>{desk.text(say::unplaced)}</h3>
                    {areas(editing, 0)}
                </div>
            }
        })
    };
    view! {
        {live_if(orphans)}
        <ol class="districts" data-list="districts">
            {each(keys, move |key| view! {
                <li class="district" data-row=key.to_string()>
                    <div class="row-edit row-district">
                        {names(editing, say::district, keys, key)}
                        {(!locked).then(|| moves(editing, say::district, keys, key))}
                    </div>
                    {folded(editing, key)}
                </li>
            }.into_any())}
        </ol>
        {add}
    }
    .into_any()
}

/// A district's areas, folded when there are many; unfolded while something in the sheet is to be mended.
fn folded(editing: Editing, district: u32) -> AnyView {
    let desk = editing.desk;
    let count = Memo::new(move |_| editing.sheet.with(|sheet| sheet.areas_of(district).len()));
    let few = count.get_untracked() <= 4;
    let to_mend = Memo::new(move |_| editing.tried.get() && !editing.mistakes.with(Vec::is_empty));
    view! {
        <details class="areas" prop:open=move || few || to_mend.get()>
            <summary>{words(move || say::areas(count.get(), desk.language.get()).to_string())}</summary>
            {areas(editing, district)}
        </details>
    }
    .into_any()
}

fn areas(editing: Editing, district: u32) -> AnyView {
    rows(editing, Rows { list: List::Areas, district: Some(district), title: say::area, add: say::add_area })
}
