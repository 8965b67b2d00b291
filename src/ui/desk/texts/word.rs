use leptos::prelude::*;

use super::Reading;
use crate::browser::dom;
use crate::i18n::written as say;
use crate::report::texts::{Recode, Stops};
use crate::ui::desk::frame::Words;
use crate::ui::parts::{View, Watched, button, element, live};

/// The words that people used most, and which are not counted.
pub(super) fn words(reading: Reading) -> View {
    let desk = reading.desk();
    let list = live(move || {
        let language = desk.language.get();
        let (words, hidden) = reading
            .texts
            .with(|texts| texts.as_ref().map(|it| (it.words.clone(), it.hidden_words)).unwrap_or_default());
        let most = words.iter().map(|(_, people)| *people).max().unwrap_or(1);
        let one = |(word, people): &(String, usize)| {
            let bar = ["inline-size:", &(people * 100 / most.max(1)).to_string(), "%"].concat();
            let own = word.clone();
            let leave = move |_| {
                let mut stops = stops_of(reading);
                stops.added.push(own.clone());
                reading.change(Recode::Stop(stops));
            };
            let act = button("word", "leave-out")
                .attr("data-word", word)
                .on("click", leave)
                .child(element("span").class("word-bar").attr("style", &bar))
                .child(element("span").class("word-text").text(word))
                .child(element("span").class("word-count").text(&people.to_string()))
                .child(element("span").class("visually-hidden").text(&say::leave_out(*people, language)));
            element("li").child(act).view()
        };
        let shown = match words.as_slice() {
            [] => element("p").class("soft").child(desk.text(say::words_none)),
            words => element("ol").class("words").child(words.iter().map(one).collect::<Vec<_>>()),
        };
        let hidden =
            (hidden > 0).then(|| element("p").class("hint").text(&say::hidden_words(hidden, language)));
        View::Several(vec![shown.view(), hidden.into()])
    });
    element("section")
        .class("card stack")
        .attr("aria-labelledby", "words-title")
        .child(
            element("div")
                .child(element("h2").id("words-title").child(desk.text(say::words)))
                .child(element("p").class("soft").child(desk.text(say::words_hint))),
        )
        .child(list)
        .child(stops(reading))
        .view()
}

fn stops_of(reading: Reading) -> Stops {
    reading.texts.with_untracked(|texts| texts.as_ref().map(|it| it.stops.clone()).unwrap_or_default())
}

/// The words that are not counted, to be changed together.
fn stops(reading: Reading) -> View {
    let desk = reading.desk();
    // As typed; what is kept comes in when it has changed, and not whenever it is read.
    let typed: Watched<Stops> = Watched::new(stops_of(reading));
    let kept: Watched<Stops> = Watched::new(stops_of(reading));
    Effect::new(move |_| {
        reading.texts.with(|texts| {
            let now = texts.as_ref().map(|it| &it.stops);
            if let Some(now) = now.filter(|now| kept.with_untracked(|before| before != *now)) {
                typed.set(now.clone());
                kept.set(now.clone());
            }
        });
    });
    let tick = move |words: Words, name: &'static str, english: bool| {
        let input = live(move || {
            let kept = kept.get();
            element("input")
                .attr("type", "checkbox")
                .attr("name", name)
                .checked(if english { kept.en } else { kept.es })
                .on("change", move |event| {
                    let on = dom::checked_of(&event);
                    typed.update(|typed| *(if english { &mut typed.en } else { &mut typed.es }) = on);
                })
        });
        let label = element("label").child(input).child(element("span").child(desk.text(words)));
        element("div").class("tick").child(label).view()
    };
    let field = move |words: Words, id: &'static str, removed: bool| {
        let input = live(move || {
            let kept = kept.get();
            element("input")
                .id(id)
                .class("input")
                .attr("autocomplete", "off")
                .value(&(if removed { kept.removed } else { kept.added }).join(", "))
                .on("input", move |event| {
                    let text = dom::value_of(&event);
                    let words = text.split(',').map(str::trim).filter(|word| !word.is_empty());
                    let words = words.map(str::to_owned).collect();
                    typed.update(|typed| {
                        *(if removed { &mut typed.removed } else { &mut typed.added }) = words
                    });
                })
        });
        element("div")
            .class("field")
            .child(element("label").attr("for", id).child(desk.text(words)))
            .child(element("p").class("hint").child(desk.text(say::stops_hint)))
            .child(input)
            .view()
    };
    let keep = button("button", "keep-stops")
        .on("click", move |_| reading.change(Recode::Stop(typed.get_untracked())))
        .child(desk.text(say::stops_keep));
    let inside = element("div").class("stack").child([
        tick(say::stops_es, "stops_es", false),
        tick(say::stops_en, "stops_en", true),
        field(say::stops_added, "stops-added", false),
        field(say::stops_removed, "stops-removed", true),
        element("div").child(keep).view(),
    ]);
    element("details")
        .class("result-details")
        .child(element("summary").child(desk.text(say::stops)))
        .child(inside)
        .view()
}
