use std::rc::Rc;

use leptos::prelude::*;

use super::bridge::{Listed, Trouble};
use super::frame::Desk;
use super::route::Route;
use crate::browser::worker::Cancel;
use crate::browser::{clock, file};
use crate::i18n::{Language, copies, desk as say};
use crate::job::{Job, Outcome};
use crate::survey::{Survey, SurveyState};
use crate::ui::parts::{self, Asked, View, element, words};

/// Puts a survey into a state and keeps that.
pub(super) fn put_into(desk: Desk, survey: &Survey, state: SurveyState) {
    let (bridge, language) = (desk.bridge(), desk.language.get_untracked());
    let mut survey = survey.clone();
    survey.state = state;
    desk.act(async move {
        bridge.keep(&survey).await?;
        Ok(match state {
            SurveyState::Setup => None,
            SurveyState::Open => Some(say::opened(language).to_owned()),
            SurveyState::Closed => Some(say::closed(language).to_owned()),
        })
    });
}

/// Opens a survey for people's answers. Examples are removed first, after asking.
pub(super) fn open(desk: Desk, listed: &Listed) {
    let survey = listed.survey.clone();
    if listed.counts.examples == 0 {
        return put_into(desk, &survey, SurveyState::Open);
    }
    let language = desk.language.get_untracked();
    let then = Rc::new(move || {
        let (bridge, mut survey) = (desk.bridge(), survey.clone());
        desk.act(async move {
            bridge.remove_examples(&survey.id).await?;
            survey.state = SurveyState::Open;
            bridge.keep(&survey).await?;
            Ok(Some(say::opened(language).to_owned()))
        });
    });
    desk.asked.set(Some(Asked {
        title: say::open_title(language).to_owned(),
        text: say::open_text(language).to_owned(),
        yes: say::open_yes(language).to_owned(),
        no: say::open_no(language).to_owned(),
        then,
    }));
}

/// Adds examples to a survey.
pub(super) fn add_examples(desk: Desk, survey: &Survey) {
    let (bridge, language, survey) = (desk.bridge(), desk.language.get_untracked(), survey.clone());
    desk.act(async move {
        let added = bridge.add_examples(&survey).await?;
        Ok(Some(say::examples_added(added, language)))
    });
}

/// Removes a survey's examples.
pub(super) fn remove_examples(desk: Desk, survey: &Survey) {
    let (bridge, language, id) = (desk.bridge(), desk.language.get_untracked(), survey.id.clone());
    desk.act(async move {
        let removed = bridge.remove_examples(&id).await?;
        Ok(Some(say::examples_removed(removed, language)))
    });
}

/// Removes a survey that nobody has answered, after asking.
pub(super) fn remove_survey(desk: Desk, survey: &Survey) {
    let language = desk.language.get_untracked();
    let title = say::survey_remove_title(language).to_owned();
    let text = say::survey_remove_text(language).to_owned();
    remove_after(desk, survey, title, text, say::survey_remove(language));
}

/// Removes a survey with all that people answered, after saying how much that is.
pub(super) fn erase_survey(desk: Desk, listed: &Listed) {
    let (language, counts) = (desk.language.get_untracked(), listed.counts);
    let title = say::erase_title(language).to_owned();
    let text = say::erase_text(counts.finished + counts.sealed, listed.begun(), language);
    let only_here = desk.safety_of(&listed.survey.id).map_or(0, |safety| safety.only_here.count);
    let text = if only_here > 0 { [text, copies::lost(only_here, language)].join(" ") } else { text };
    remove_after(desk, &listed.survey, title, text, say::erase_yes(language));
}

fn remove_after(desk: Desk, survey: &Survey, title: String, text: String, yes: &str) {
    let language = desk.language.get_untracked();
    let id = survey.id.clone();
    let then = Rc::new(move || {
        let (bridge, id) = (desk.bridge(), id.clone());
        desk.act(async move {
            bridge.remove(&id).await?;
            Ok(Some(say::survey_removed(language).to_owned()))
        });
    });
    desk.asked.set(Some(Asked {
        title,
        text,
        yes: yes.to_owned(),
        no: say::survey_stay(language).to_owned(),
        then,
    }));
}

/// Offers what could not be read.
pub(super) fn download_damaged(desk: Desk, survey: &str) {
    let (bridge, language, id) = (desk.bridge(), desk.language.get_untracked(), survey.to_owned());
    desk.act(async move {
        let text = bridge.damaged(&id).await?;
        let of = if id.is_empty() { "surveys" } else { &id };
        let name = ["sondeo-", of, "-damaged-", &clock::today().to_string(), ".jsonl"].concat();
        file::offer(&name, "application/x-ndjson", text.as_bytes())?;
        Ok(Some(say::downloaded(&name, language)))
    });
}

/// Has the worker make a file and offers it.
pub(super) fn make_file(desk: Desk, job: Job) {
    let (bridge, language) = (desk.bridge(), desk.language.get_untracked());
    desk.act(async move {
        match bridge.run_with(&job, |_| (), &Cancel::default()).await? {
            (Outcome::File { name, media_type } | Outcome::Copied { name, media_type, .. }, Some(made)) => {
                file::offer_file(&name, &media_type, &made)?;
                Ok(Some(say::downloaded(&name, language)))
            }
            _ => Err(Trouble::unexpected()),
        }
    });
}

/// A button that does something, unless another act is under way.
pub(super) fn button(
    desk: Desk,
    act: &'static str,
    class: &'static str,
    label: View,
    doing: impl Fn() + 'static,
) -> View {
    parts::button(class, act)
        .attr_with("aria-disabled", move || Some(desk.busy.get().to_string()))
        .on("click", move |_| {
            if !desk.busy.get_untracked() {
                doing();
            }
        })
        .child(label)
        .view()
}

/// A link that looks like a button.
pub(super) fn link(act: &'static str, class: &'static str, to: &Route, label: View) -> View {
    element("a").class(class).attr("data-act", act).attr("href", &to.href()).child(label).view()
}

/// How many a newer version wrote, where there are any: they are in no list and no number.
pub(super) fn newer_notice(newer: usize, words: fn(usize, Language) -> String, desk: Desk) -> Option<View> {
    (newer > 0).then(|| {
        element("div")
            .class("notice notice-caution")
            .attr("data-newer", &newer.to_string())
            .child(element("p").child(parts::words(move || words(newer, desk.language.get()))))
            .view()
    })
}

/// What marks examples wherever they count, with the way to be rid of them.
pub(super) fn examples_notice(desk: Desk, listed: &Listed) -> Option<View> {
    let examples = listed.counts.examples;
    let survey = listed.survey.clone();
    (examples > 0).then(|| {
        let remove = button(desk, "remove-examples", "button", desk.text(say::examples_remove), move || {
            remove_examples(desk, &survey);
        });
        let here = words(move || say::examples_here(examples, desk.language.get()));
        let text =
            element("p").child(element("strong").child(here)).text(". ").child(desk.text(say::examples_made));
        element("div")
            .class("notice notice-warm examples row")
            .attr("data-examples", &examples.to_string())
            .child(text)
            .child(remove)
            .view()
    })
}
