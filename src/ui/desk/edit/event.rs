use leptos::prelude::*;

use super::field::{Takes, both, designs, field, part, tick};
use super::rows::{Rows, rows};
use super::state::Editing;
use super::weights::weights;
use crate::i18n::setup as say;
use crate::survey::{Field, List, Tick};
use crate::ui::desk::frame::Words;

/// Everything that can be set of an event.
pub(super) fn fields(editing: Editing) -> AnyView {
    let locked = editing.locked();
    let basics = view! {
        {both(editing, Field::Name, false, true, say::name, Some(say::name_hint))}
        {both(editing, Field::Host, false, false, say::host, None)}
        {field(editing, Field::Programme, Takes::Words, false, say::programme, None)}
        <fieldset class="both">
            <legend class="label">{editing.desk.text(say::dates)}</legend>
            <div class="pair pair-short">
                {field(editing, Field::Start, Takes::Day, false, say::start, None)}
                {field(editing, Field::End, Takes::Day, false, say::end, None)}
            </div>
        </fieldset>
        {field(editing, Field::Expected, Takes::Number, false, say::expected_event, Some(say::expected_event_hint))}
    };
    let questionnaire = view! {
        {waves(editing, locked)}
        {tick(editing, Tick::FollowUp, "follow_up", locked, say::follow_up, Some(say::follow_up_hint))}
        {tick(editing, Tick::Committee, "committee", locked, say::committee, None)}
    };
    let list = |id: &'static str, list: List, title: Words, hint: Words, add: Words| {
        let inside = rows(editing, Rows { list, district: None, title, add });
        part(editing, id, title, Some(hint), inside)
    };
    view! {
        {part(editing, "basics", say::basics, None, basics.into_any())}
        {list("sites", List::Sites, say::sites, say::sites_hint, say::add_site)}
        {list("topics", List::Topics, say::topics, say::topics_hint, say::add_topic)}
        {part(editing, "questionnaire", say::questionnaire, None, questionnaire.into_any())}
        {list("delegations", List::Delegations, say::delegations, say::delegations_hint, say::add_delegation)}
        {sampling(editing, false)}
    }
    .into_any()
}

/// Which of the two questionnaires is due.
fn waves(editing: Editing, locked: bool) -> AnyView {
    let desk = editing.desk;
    let one = |follow_up: bool, value: &'static str, label: Words| {
        view! {
            <label class="choice">
                <input type="radio" name="wave" value=value disabled=locked
                    prop:checked=move || editing.ticked(Tick::FollowUpWave) == follow_up
                    on:change=move |_| editing.change(|sheet| sheet.tick(Tick::FollowUpWave, follow_up))/>
                <span>{desk.text(label)}</span>
            </label>
        }
    };
    view! {
        <fieldset class="choices">
            <legend class="label">{desk.text(say::which_wave)}</legend>
            {one(false, "post", say::wave_post)}
            {one(true, "followup", say::wave_followup)}
        </fieldset>
    }
    .into_any()
}

/// How people come to answer, and how small a group may be shown.
pub(super) fn sampling(editing: Editing, population: bool) -> AnyView {
    let people = population.then(|| {
        field(editing, Field::Expected, Takes::Number, false, say::population, Some(say::population_hint))
    });
    let inside = view! {
        {designs(editing)}
        {people}
        {field(editing, Field::MinimumCell, Takes::Number, false, say::minimum_cell, Some(say::minimum_cell_hint))}
    };
    view! {
        {part(editing, "sampling", say::sampling, Some(say::sampling_hint), inside.into_any())}
        {weights(editing)}
    }
    .into_any()
}
