use leptos::task::spawn_local;

use super::frame::{CONTROL, Frame, control, frame, held};
use super::{Asking, id};
use crate::browser::dom::{Event, set_value_of, value_of};
use crate::browser::place::{NoPlace, here};
use crate::engine::Answer;
use crate::i18n::{Language, fill as say};
use crate::ui::parts::{View, Watched, button, element, live, sentence};
use crate::xpath::read_number;

/// A place: the device's own, once a person taps for it, or two numbers typed.
pub(super) fn place(asking: Asking) -> View {
    let language = asking.app.language;
    let told = Watched::new(None::<fn(Language) -> &'static str>);
    let field = [&id(asking.at), CONTROL].concat();
    let seek = move |_| {
        if told.get_untracked().is_some_and(|told| told(Language::En) == say::place_seeking(Language::En)) {
            return;
        }
        told.set(Some(say::place_seeking));
        let field = field.clone();
        spawn_local(async move {
            match here().await {
                Ok(place) => {
                    told.set(None);
                    set_value_of(&field, &place);
                    asking.answer(Answer::Text(place));
                }
                Err(NoPlace::Refused) => told.set(Some(say::place_refused)),
                Err(NoPlace::Lost) => told.set(Some(say::place_lost)),
            }
        });
    };
    let typed = move |event: Event| {
        let text = value_of(&event);
        let place = read(&text);
        let wrong = place.is_none() && !text.trim().is_empty();
        told.set(wrong.then_some(say::place_wrong as fn(Language) -> &'static str));
        asking.answer(place.map(Answer::Text).unwrap_or_default());
        asking.slot.revealed.set(true);
    };
    let note = move || told.get().map(|told| element("p").class("hint").text(told(language.get())));
    let body = [
        element("p").class("hint").child(sentence(language, say::place_what)).view(),
        button("button", "place").on("click", seek).child(sentence(language, say::place_use)).view(),
        control(asking, "input")
            .class("input")
            .attr("type", "text")
            .attr("autocomplete", "off")
            .attr_with("placeholder", move || Some(say::place_typed(language.get()).to_owned()))
            .value_with(held(asking, usize::MAX))
            .on("change", typed)
            .view(),
        element("div").attr("role", "status").child(live(note)).view(),
    ];
    frame(asking, Frame::Single, "question-place", body.into())
}

/// A place as it is kept: latitude and longitude, and perhaps altitude and accuracy.
fn read(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split([' ', ',']).filter(|part| !part.is_empty()).collect();
    let numbers: Option<Vec<f64>> = parts.iter().map(|part| read_number(part)).collect();
    match numbers.as_deref()? {
        [latitude, longitude] | [latitude, longitude, _, _]
            if latitude.abs() <= 90.0 && longitude.abs() <= 180.0 =>
        {
            Some(parts.join(" "))
        }
        _ => None,
    }
}
