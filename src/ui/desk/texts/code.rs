use leptos::prelude::*;

use super::{PAGE, Reading};
use crate::browser::dom::{self, Event};
use crate::browser::shell;
use crate::i18n::written as say;
use crate::report::texts::{Recode, Texts, Written};
use crate::summary::Profile;
use crate::ui::desk::frame::Words;
use crate::ui::parts::{Far, View, button, element, keyed, live, progress, words};

impl Reading {
    /// What the coder at work made of an answer.
    fn themes_of(self, at: usize) -> Option<Vec<String>> {
        let coder = usize::from(self.second.get());
        self.texts.with(|texts| written(texts, at)?.themes.get(coder).cloned().flatten())
    }

    /// Puts what the coder at work makes of an answer: here at once, and on its way to be kept.
    fn mark(self, at: usize, themes: Option<Vec<String>>) {
        let coder = self.coder();
        let mut place = None;
        self.texts.update(|texts| {
            let Some(texts) = texts else { return };
            let Some(own) = texts.written.get_mut(at) else { return };
            place = Some(own.place.clone());
            if let Some(mark) = own.themes.get_mut(coder) {
                *mark = themes.clone();
            }
            let coded = texts.written.iter().filter(|own| own.themes.get(coder).is_some_and(Option::is_some));
            let coded = coded.count();
            if let Some(known) = texts.coded.get_mut(coder) {
                *known = coded;
            }
        });
        if let Some(place) = place {
            self.change(Recode::Mark(coder == 1, place, themes));
        }
    }

    /// Gives an answer a theme, or takes it away. Without any it is not coded: that none fits is said by [`Reading::none`].
    fn toggle(self, at: usize, theme: &str) {
        let mut themes = untrack(|| self.themes_of(at)).unwrap_or_default();
        match themes.iter().position(|own| own == theme) {
            Some(known) => drop(themes.remove(known)),
            None => themes.push(theme.to_owned()),
        }
        self.mark(at, Some(themes).filter(|themes| !themes.is_empty()));
    }

    /// No theme fits an answer, or that is taken back.
    fn none(self, at: usize) {
        let none = untrack(|| self.themes_of(at)).is_some_and(|themes| themes.is_empty());
        self.mark(at, if none { None } else { Some(Vec::new()) });
    }

    /// What a key does on an answer; whether it does anything.
    fn press(self, at: usize, key: &str) -> bool {
        let step = |down: bool| {
            let position = self.list.with_untracked(|list| list.iter().position(|own| *own == at));
            let next =
                position.and_then(|position| if down { Some(position + 1) } else { position.checked_sub(1) });
            let next = next.and_then(|next| self.list.with_untracked(|list| list.get(next).copied()));
            next.is_some_and(|next| shell::focus(&id_of(next)))
        };
        match key {
            "ArrowDown" => step(true),
            "ArrowUp" => step(false),
            "0" => {
                self.none(at);
                true
            }
            digit => {
                let number = digit.parse::<usize>().ok().and_then(|digit| digit.checked_sub(1));
                let theme = number.and_then(|number| {
                    self.texts.with_untracked(|texts| Some(texts.as_ref()?.themes.get(number)?.id.clone()))
                });
                theme.is_some_and(|theme| {
                    self.toggle(at, &theme);
                    true
                })
            }
        }
    }
}

fn written(texts: &Option<Texts>, at: usize) -> Option<&Written> {
    texts.as_ref()?.written.get(at)
}

fn id_of(at: usize) -> String {
    ["answer-", &at.to_string()].concat()
}

/// The answers, to be coded by hand; for analysts.
pub(super) fn code(reading: Reading) -> View {
    let desk = reading.desk();
    let inside = live(move || {
        let analyst = reading.of.view.with(|view| view.profile == Profile::Analyst);
        if !analyst {
            return element("p").child(desk.text(say::code_analyst)).view();
        }
        View::Several(vec![
            element("p").class("soft").child(desk.text(say::code_hint)).view(),
            coders(reading),
            far(reading),
            agreement(reading),
            only(reading),
            list(reading),
        ])
    });
    element("section")
        .class("card stack")
        .attr("aria-labelledby", "code-title")
        .child(element("h2").id("code-title").child(desk.text(say::code)))
        .child(inside)
        .view()
}

/// Which of the two is at work.
fn coders(reading: Reading) -> View {
    let desk = reading.desk();
    let one = |second: bool, name: Words| {
        button("", "coder")
            .attr("data-coder", if second { "2" } else { "1" })
            .attr_with("aria-pressed", move || Some((reading.second.get() == second).to_string()))
            .on("click", move |_| {
                reading.second.set(second);
                reading.look_up();
            })
            .child(desk.text(name))
            .view()
    };
    let switch = element("div")
        .class("languages")
        .attr("role", "group")
        .attr_with("aria-label", desk.t(say::coder))
        .child(one(false, say::first_coder))
        .child(one(true, say::second_coder));
    element("div")
        .class("stack")
        .child(switch)
        .child(element("p").class("hint").child(desk.text(say::coder_hint)))
        .view()
}

fn far(reading: Reading) -> View {
    let desk = reading.desk();
    let bar = progress(move || {
        let (done, of) = reading.texts.with(|texts| {
            let coder = usize::from(reading.second.get());
            let of = texts.as_ref().and_then(|it| it.answers).unwrap_or(0);
            (texts.as_ref().and_then(|it| it.coded.get(coder).copied()).unwrap_or(0), of)
        });
        let language = desk.language.get();
        Far { done, of, label: say::code(language), words: say::coded(done, of, language) }
    });
    element("div").attr("data-coded", "").child(bar).view()
}

/// Whether the two agree.
fn agreement(reading: Reading) -> View {
    live(move || {
        let lines =
            reading.texts.with(|texts| texts.as_ref().map(|it| it.agreement.clone()).unwrap_or_default());
        let line = |line: String| element("li").text(&line).view();
        (!lines.is_empty()).then(|| {
            element("ul")
                .class("plain-list small")
                .attr("data-agreement", "")
                .child(lines.into_iter().map(line).collect::<Vec<_>>())
        })
    })
}

/// Only what is left.
fn only(reading: Reading) -> View {
    let desk = reading.desk();
    let input = element("input").attr("type", "checkbox").attr("name", "only").on("change", move |event| {
        reading.only.set(dom::checked_of(&event));
        reading.look_up();
    });
    let label = element("label").child(input).child(element("span").child(desk.text(say::only_uncoded)));
    element("div").class("tick").child(label).view()
}

fn list(reading: Reading) -> View {
    let desk = reading.desk();
    let keys = move || {
        let shown = reading.shown.get();
        reading.list.with(|list| list.iter().take(shown).map(|at| *at as u32).collect())
    };
    let rest = live(move || {
        let (shown, all) = (reading.shown.get(), reading.list.with(Vec::len));
        if all == 0 {
            return Some(element("p").class("soft").child(desk.text(say::all_coded)));
        }
        (all > shown).then(|| {
            button("button", "more")
                .on("click", move |_| reading.shown.update(|shown| *shown += PAGE))
                .child(desk.text(say::more))
        })
    });
    let list = element("div").class("answers").child(keyed(keys, move |at| answer(reading, at as usize)));
    View::Several(vec![list.view(), rest])
}

fn answer(reading: Reading, at: usize) -> View {
    let desk = reading.desk();
    let text = words(move || {
        reading.texts.with(|texts| written(texts, at).map(|own| own.text.clone()).unwrap_or_default())
    });
    let notes = live(move || {
        let (personal, quote) = reading
            .texts
            .with(|texts| written(texts, at).map(|own| (own.personal, own.quote)).unwrap_or_default());
        let badge = |class: &str, words: Words| element("span").class(class).child(desk.text(words)).view();
        View::Several(vec![
            personal.then(|| badge("badge badge-caution", say::personal)).into(),
            match quote {
                true => badge("badge badge-good", say::may_quote),
                false => badge("badge badge-plain", say::no_quote),
            },
        ])
    });
    let themes = live(move || {
        let language = desk.language.get();
        let all = reading.texts.with(|texts| texts.as_ref().map(|it| it.themes.clone()).unwrap_or_default());
        let own = reading.themes_of(at);
        let one = |(number, theme): (usize, crate::report::texts::ThemeLine)| {
            let on = own.as_ref().is_some_and(|own| own.contains(&theme.id));
            let key = (number < 9).then(|| {
                element("span").class("key").attr("aria-hidden", "true").text(&(number + 1).to_string())
            });
            let id = theme.id.clone();
            button("toggle", "theme")
                .attr("data-theme", &theme.id)
                .attr("aria-pressed", if on { "true" } else { "false" })
                .on("click", move |_| reading.toggle(at, &id))
                .child(key)
                .text(language.pick(&theme.es, &theme.en))
                .view()
        };
        let mut toggles: Vec<View> = all.into_iter().enumerate().map(one).collect();
        let none = own.is_some_and(|own| own.is_empty());
        toggles.push(
            button("toggle", "no-theme")
                .attr("aria-pressed", if none { "true" } else { "false" })
                .on("click", move |_| reading.none(at))
                .child(element("span").class("key").attr("aria-hidden", "true").text("0"))
                .child(desk.text(say::no_theme_fits))
                .view(),
        );
        View::Several(toggles)
    });
    let number = move || {
        let position = reading.list.with(|list| list.iter().position(|own| *own == at));
        Some(say::answer_number(position.unwrap_or(0) + 1, desk.language.get()))
    };
    let press = move |event: Event| {
        if reading.press(at, &dom::key_of(&event)) {
            event.prevent_default();
        }
    };
    element("div")
        .class("answer")
        .id(&id_of(at))
        .attr("role", "group")
        .attr("tabindex", "0")
        .attr_with("aria-label", number)
        .on("keydown", press)
        .child(element("p").class("answer-text").child(text))
        .child(element("div").class("row answer-notes").child(notes))
        .child(element("div").class("explore-acts").child(themes))
        .view()
}
