use super::field::{Takes, both, designs, field, part, radio, tick};
use super::rows::{Rows, rows};
use super::state::Editing;
use super::weights::weights;
use crate::i18n::{copies, setup as say};
use crate::survey::{Field, List, Tick};
use crate::ui::desk::frame::Words;
use crate::ui::parts::{View, element};

/// Everything that can be set of an event.
pub(super) fn fields(editing: Editing) -> View {
    let locked = editing.locked();
    let dates = element("div")
        .class("pair pair-short")
        .child(field(editing, Field::Start, Takes::Day, false, say::start, None))
        .child(field(editing, Field::End, Takes::Day, false, say::end, None));
    let basics = [
        both(editing, Field::Name, false, true, say::name, Some(say::name_hint)),
        both(editing, Field::Host, false, false, say::host, None),
        field(editing, Field::Programme, Takes::Words, false, say::programme, None),
        element("fieldset")
            .class("both")
            .child(element("legend").class("label").child(editing.desk.text(say::dates)))
            .child(dates)
            .view(),
        field(
            editing,
            Field::Expected,
            Takes::Number,
            false,
            say::expected_event,
            Some(say::expected_event_hint),
        ),
    ];
    let questionnaire = [
        waves(editing, locked),
        tick(editing, Tick::FollowUp, "follow_up", locked, say::follow_up, Some(say::follow_up_hint)),
        tick(editing, Tick::Committee, "committee", locked, say::committee, None),
    ];
    let list = |id: &'static str, list: List, title: Words, hint: Words, add: Words| {
        let inside = rows(editing, Rows { list, district: None, title, add });
        part(editing, id, title, Some(hint), inside)
    };
    View::Several(vec![
        part(editing, "basics", say::basics, None, basics),
        list("sites", List::Sites, say::sites, say::sites_hint, say::add_site),
        list("topics", List::Topics, say::topics, say::topics_hint, say::add_topic),
        part(editing, "questionnaire", say::questionnaire, None, questionnaire),
        list("delegations", List::Delegations, say::delegations, say::delegations_hint, say::add_delegation),
        sampling(editing, false),
    ])
}

/// Which of the two questionnaires is due.
fn waves(editing: Editing, locked: bool) -> View {
    let desk = editing.desk;
    let one = |follow_up: bool, value: &'static str, label: Words| {
        let on = move || editing.ticked(Tick::FollowUpWave) == follow_up;
        let choose = move || editing.change(|sheet| sheet.tick(Tick::FollowUpWave, follow_up));
        radio(("wave", value), locked, on, choose, desk.text(label))
    };
    element("fieldset")
        .class("choices")
        .child(element("legend").class("label").child(desk.text(say::which_wave)))
        .child(one(false, "post", say::wave_post))
        .child(one(true, "followup", say::wave_followup))
        .view()
}

/// How people come to answer, how small a group may be shown, how answers are weighted, and how long they are kept.
pub(super) fn sampling(editing: Editing, population: bool) -> View {
    let people = population.then(|| {
        field(editing, Field::Expected, Takes::Number, false, say::population, Some(say::population_hint))
    });
    let inside = View::Several(vec![
        designs(editing),
        people.into(),
        field(
            editing,
            Field::MinimumCell,
            Takes::Number,
            false,
            say::minimum_cell,
            Some(say::minimum_cell_hint),
        ),
    ]);
    let sampling = part(editing, "sampling", say::sampling, Some(say::sampling_hint), inside);
    let days = field(
        editing,
        Field::Retention,
        Takes::Number,
        false,
        copies::keeping_days,
        Some(copies::keeping_days_hint),
    );
    let keeping = part(editing, "keeping", copies::keeping, Some(copies::keeping_hint), days);
    View::Several(vec![sampling, weights(editing), keeping])
}
