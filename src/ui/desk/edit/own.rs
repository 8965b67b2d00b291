use super::event::sampling;
use super::field::{both, part};
use super::state::Editing;
use crate::i18n::own as say;
use crate::job::Job;
use crate::survey::{Field, Subject};
use crate::ui::desk::act::{button, link, make_file};
use crate::ui::desk::route::Route;
use crate::ui::parts::{View, element};

/// What can be set of a survey with a form of one's own. The questions stand in the form's file.
pub(super) fn fields(editing: Editing) -> View {
    let name = both(editing, Field::Name, false, false, crate::i18n::setup::name, Some(say::name_hint));
    View::Several(vec![
        part(editing, "basics", crate::i18n::setup::basics, None, name),
        part(editing, "form", say::form_title, Some(say::form_hint), form(editing)),
        sampling(editing, true),
    ])
}

fn form(editing: Editing) -> View {
    let desk = editing.desk;
    let survey = editing.survey();
    if survey.id.is_empty() || !matches!(survey.subject, Subject::Own(_)) {
        return View::Nothing;
    }
    let version = survey.form.version.rsplit_once('+').map_or("", |(version, _)| version).to_owned();
    let version = (!version.is_empty())
        .then(|| element("p").class("soft").child(desk.text(say::version)).text(" ").text(&version));
    let preview = element("a")
        .class("button")
        .attr("data-act", "preview")
        .attr("href", &["#/preview/", &survey.id].concat())
        .child(desk.text(say::preview));
    let id = survey.id;
    let write = button(desk, "write-form", "button", desk.text(say::write_form), move || {
        make_file(desk, Job::WriteForm { survey: id.clone() });
    });
    let again = link("load-again", "button", &Route::NewForm, desk.text(say::load_again));
    let row = element("div").class("row").child(preview).child(write).child(again);
    View::Several(vec![version.into(), row.view()])
}
