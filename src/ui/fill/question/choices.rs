use super::Asking;
use super::option::{option, words};
use crate::browser::dom::{Event, key_of, value_of};
use crate::browser::fold::fold;
use crate::engine::{Answer, NodeState};
use crate::form::Appearance;
use crate::i18n::fill as say;
use crate::ui::parts::{Element, View, Watched, element, live};
use crate::xpath::split_once;

/// Up to how many choices stand there without a field to search them.
const FEW: usize = 25;
/// How many of a long list are shown at a time.
const SHOWN: usize = 50;

/// A card per choice; of a long list those that fit what is searched for, and always those that are chosen.
pub(super) fn choices(asking: Asking, kind: &'static str, act: fn(Asking, &str, bool)) -> View {
    let look = asking.filling.definition(asking.at, |node| node.appearance).unwrap_or_default();
    let is_long = move |state: &NodeState| look == Appearance::Search || state.choices.len() > FEW;
    // As [`fold`] gives it.
    let sought = Watched::new(String::new());
    let search = move || asking.slot.state.with(is_long).then(|| field(asking, sought));
    let cards = move || {
        let state = asking.state();
        let long = is_long(&state);
        let sought = if long { sought.get() } else { String::new() };
        let folded = if sought.is_empty() { String::new() } else { fold(&lines(&state)) };
        let mut folded = folded.lines();
        let (mut cards, mut left) = (Vec::new(), if long { SHOWN } else { usize::MAX });
        let (mut found, mut more) = (false, 0);
        for choice in state.choices.iter() {
            let line = folded.next().unwrap_or_default();
            let chosen = is_chosen(&state, &choice.name);
            let fits = sought.split(' ').all(|word| split_once(line, word).is_some());
            found |= fits;
            if chosen || (fits && left > 0) {
                left -= usize::from(!chosen);
                cards.push(option(asking, kind, choice, words(asking, choice), chosen, state.readonly, act));
            } else if fits {
                more += 1;
            }
        }
        let language = asking.app.language.get();
        let note = match more {
            0 if found => String::new(),
            0 => say::not_found(language).to_owned(),
            _ => say::more_choices(language, more),
        };
        let class = if look == Appearance::Columns { "options-list options-columns" } else { "options-list" };
        let note = long.then(|| element("p").class("hint").attr("role", "status").text(&note));
        [note.into(), element("div").class(class).child(cards).view()]
    };
    View::Several(vec![live(search), live(cards)])
}

fn field(asking: Asking, sought: Watched<String>) -> Element {
    let words = move || Some(say::search(asking.app.language.get()).to_owned());
    // Enter would turn the page.
    let stay = |event: Event| {
        if key_of(&event) == "Enter" {
            event.prevent_default();
        }
    };
    element("input")
        .class("input search")
        .attr("type", "search")
        .attr("autocomplete", "off")
        .attr_with("aria-label", words)
        .attr_with("placeholder", words)
        .on("keydown", stay)
        .on("input", move |event| sought.set(fold(&value_of(&event))))
}

/// The labels, a line each.
fn lines(state: &NodeState) -> String {
    let mut lines = String::new();
    for choice in state.choices.iter() {
        lines.extend(choice.label.chars().map(|sign| if sign == '\n' { ' ' } else { sign }));
        lines.push('\n');
    }
    lines
}

fn is_chosen(state: &NodeState, name: &str) -> bool {
    match &state.answer {
        Answer::Choice(chosen) => chosen == name,
        Answer::Choices(chosen) => chosen.iter().any(|chosen| chosen == name),
        _ => false,
    }
}
