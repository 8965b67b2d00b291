use leptos::prelude::*;

use super::pick::Step;
use super::{Exploring, put, question_of};
use crate::browser::{dom, shell};
use crate::i18n::{desk, explore as say};
use crate::report::fields::Field;
use crate::summary::{Filter, Profile};
use crate::ui::desk::frame::Words;
use crate::ui::parts::{View, button, element, live, sentence, words};

/// The `id` of the controls.
const PANEL: &str = "explore";

/// The controls, folded on a phone until they are wanted.
pub(crate) fn panel(of: Exploring) -> View {
    let language = of.desk.language;
    let inside = live(move || {
        of.open.get().then(|| {
            let rows: Vec<View> = vec![who(of), side_by_side(of), against(of), profile(of)];
            element("div").class("explore-rows").child(rows)
        })
    });
    let head = button("explore-head", "explore")
        .attr_with("aria-expanded", move || Some(of.open.get().to_string()))
        .on("click", move |_| of.open.update(|open| *open = !*open))
        .child(sentence(language, say::explore));
    let panel = element("section")
        .class("explore no-print")
        .id(PANEL)
        .attr_with("aria-label", move || Some(say::explore(language.get()).to_owned()))
        .child(head)
        .child(inside);
    panel.view()
}

/// Of how many responses the view is: always in sight.
pub(crate) fn base(of: Exploring) -> View {
    let language = of.desk.language;
    let line = move |text: String| element("p").class("base-text").text(&text).view();
    let said = live(move || {
        let base = of.screen.with(|screen| screen.as_ref().map(|screen| screen.base.clone()));
        base.filter(|_| !of.gated()).map(|base| {
            let caution =
                base.caution.map(|caution| element("p").class("base-caution").text(&caution).view());
            View::Several(vec![line(base.text), caution.into()])
        })
    });
    let number = move |which: fn(&crate::report::base::BaseLine) -> Option<usize>| {
        move || of.screen.with(|screen| which(&screen.as_ref()?.base)).map(|number| number.to_string())
    };
    let change = button("button button-small", "explore-change")
        .on("click", move |_| {
            of.open.set(true);
            shell::focus(PANEL);
        })
        .child(sentence(language, say::explore_change));
    let analyst = live(move || {
        let analyst = of.view.with(|view| view.profile == Profile::Analyst);
        analyst.then(|| {
            element("p")
                .class("base-analyst")
                .attr("data-analyst", "")
                .child(sentence(language, say::to_analyse_means))
        })
    });
    let bar = element("div")
        .class("base-line no-print")
        .attr_with("data-profile", move || Some(of.view.with(|view| view.profile.as_str().to_owned())))
        .attr_with("data-chosen", number(|base| base.chosen))
        .attr_with("data-counted", number(|base| Some(base.counted)))
        .child(
            element("div")
                .class("base-words")
                .attr("role", "status")
                .attr("aria-live", "polite")
                .child(said)
                .child(analyst),
        )
        .child(change);
    bar.view()
}

/// A row of the controls beside its name.
fn row(of: Exploring, name: Words, acts: Vec<View>) -> View {
    let label = element("span").class("explore-name").attr("aria-hidden", "true");
    element("div")
        .class("explore-row")
        .attr("role", "group")
        .attr_with("aria-label", move || Some(name(of.language()).to_owned()))
        .child(label.child(sentence(of.desk.language, name)))
        .child(element("div").class("explore-acts").child(acts))
        .view()
}

fn who(of: Exploring) -> View {
    let language = of.desk.language;
    let chips = live(move || {
        let filters = of.view.with(|view| view.filters.clone());
        let all = element("span").class("soft").child(sentence(language, say::everybody));
        match filters.is_empty() {
            true => all.view(),
            false => View::Several(filters.into_iter().map(|filter| chip(of, filter)).collect()),
        }
    });
    let add = button("button button-small", "add-filter")
        .attr("id", "add-filter")
        .on("click", move |_| of.choose(false, Step::List))
        .child(element("span").attr("aria-hidden", "true").text("+ "))
        .child(sentence(language, say::add_filter));
    let clear = live(move || {
        let plain =
            of.view.with(|view| view.filters.is_empty() && view.by.is_empty() && view.against.is_none());
        (!plain).then(|| {
            let clear = move |_| {
                of.change(|view| {
                    view.filters.clear();
                    view.by.clear();
                    view.against = None;
                });
                shell::focus("add-filter");
            };
            button("button button-quiet button-small", "clear-all")
                .on("click", clear)
                .child(sentence(language, say::clear_all))
        })
    });
    row(of, say::who, vec![chips, add.view(), clear])
}

/// A filter in use: a tap on it changes it, the cross takes it away.
fn chip(of: Exploring, filter: Filter) -> View {
    let text = of.words(&filter);
    let label = say::remove_filter(&text, of.language());
    let name = question_of(&filter).map(str::to_owned);
    let gone = name.clone();
    let edit = button("chip-label", "edit-filter")
        .on("click", move |_| of.choose(false, Step::of(&filter)))
        .text(&text);
    let remove = button("chip-remove", "remove-filter")
        .attr("aria-label", &label)
        .on("click", move |_| {
            of.change(|view| put(view, gone.as_deref(), None));
            shell::focus("add-filter");
        })
        .child(element("span").attr("aria-hidden", "true").text("✕"));
    element("span")
        .class("chip")
        .attr("data-filter", &name.unwrap_or_default())
        .child(edit)
        .child(remove)
        .view()
}

fn side_by_side(of: Exploring) -> View {
    let language = of.desk.language;
    let toggles = live(move || {
        let by = of.view.with(|view| view.by.clone());
        let offered: Vec<(String, String)> = of.fields(|fields| {
            let wanted = |field: &&Field| field.is_handy() || by.contains(&field.name);
            fields.iter().filter(wanted).map(|field| (field.name.clone(), field.label.clone())).collect()
        });
        let one = |(name, label): (String, String)| {
            let on = by.contains(&name);
            let set = name.clone();
            // One question at a time: two make a page that nobody reads.
            let toggle = move |_| of.change(|view| view.by = if on { Vec::new() } else { vec![set.clone()] });
            button("toggle", "by")
                .attr("data-by", &name)
                .attr("aria-pressed", if on { "true" } else { "false" })
                .on("click", toggle)
                .text(&label)
                .view()
        };
        View::Several(offered.into_iter().map(one).collect())
    });
    let more = button("toggle", "by-more")
        .on("click", move |_| of.choose(true, Step::List))
        .child(sentence(language, say::more));
    row(of, say::side_by_side, vec![toggles, more.view()])
}

/// Another wave of the same survey, where there is one with responses.
fn against(of: Exploring) -> View {
    live(move || {
        let id = of.id.get_value();
        let waves: Vec<(String, String)> = of.desk.listed.with(|listed| {
            let all = listed.as_deref().unwrap_or_default();
            let own = all.iter().find(|one| one.survey.id == id);
            let lineage = own.map(|own| own.survey.lineage().to_owned());
            let other = |one: &&super::super::bridge::Listed| {
                one.survey.id != id
                    && one.counts.finished > 0
                    && Some(one.survey.lineage()) == lineage.as_deref()
            };
            let named = |one: &super::super::bridge::Listed| {
                (one.survey.id.clone(), desk::wave_named(&one.survey.wave(), of.language()))
            };
            all.iter().filter(other).map(named).collect()
        });
        (!waves.is_empty()).then(|| {
            let chosen = of.view.with(|view| view.against.clone());
            let option = |value: &str, label: &str| {
                let on = chosen.as_deref().unwrap_or_default() == value;
                element("option").attr("value", value).flag("selected", on).text(label).view()
            };
            let mut options = vec![option("", say::compare_none(of.language()))];
            options.extend(waves.iter().map(|(id, wave)| option(id, wave)));
            let pick = move |event| {
                let survey = dom::value_of(&event);
                of.change(|view| view.against = Some(survey).filter(|survey| !survey.is_empty()));
            };
            let select = element("select")
                .class("input input-short")
                .attr("data-act", "against")
                .attr_with("aria-label", move || Some(say::compare_with(of.language()).to_owned()))
                .on("change", pick)
                .child(options);
            row(of, say::compare_with, vec![select.view()])
        })
    })
}

/// For whom the view is, with what that means.
fn profile(of: Exploring) -> View {
    let one = move |profile: Profile, name: Words| {
        button("", "profile")
            .attr("data-profile", profile.as_str())
            .attr_with("aria-pressed", move || Some(of.view.with(|view| view.profile == profile).to_string()))
            .on("click", move |_| {
                if of.view.with_untracked(|view| view.profile != profile) {
                    of.step(|view| view.profile = profile);
                }
            })
            .child(sentence(of.desk.language, name))
    };
    let switch = element("div")
        .class("languages")
        .child(one(Profile::Publication, say::to_publish))
        .child(one(Profile::Analyst, say::to_analyse));
    let means = words(move || {
        let means = match of.view.with(|view| view.profile) {
            Profile::Publication => say::to_publish_means,
            Profile::Analyst => say::to_analyse_means,
        };
        means(of.language()).to_owned()
    });
    row(of, say::profile, vec![switch.view(), element("span").class("hint").child(means).view()])
}
