//! The widgets: each turns a tap into a typed `Answer` and gives it to the bridge, nothing more.
//! Read [`blocks`] first. Never a rule about answers: the engine says what is relevant, required or wrong.

mod date;
mod frame;
mod grid;
mod many;
mod number;
mod one;
mod option;
mod rank;
mod scale;
mod text;

use super::app::App;
use super::page::inside;
use super::session::{Filling, Slot};
use crate::engine::{Answer, At, NodeState};
use crate::form::{Appearance, Layout, NodeKind, QuestionKind};
use crate::i18n::{Language, explain, fill as say, format};
use crate::ui::parts::{View, element, keyed, live, words};

/// A question on the screen. A handle, copied freely.
#[derive(Clone, Copy)]
pub(super) struct Asking {
    pub(super) app: App,
    pub(super) filling: Filling,
    pub(super) at: At,
    pub(super) slot: Slot,
}

impl Asking {
    fn new(app: App, filling: Filling, at: At) -> Asking {
        Asking { app, filling, at, slot: filling.slot(at) }
    }

    /// The state, followed.
    fn state(self) -> NodeState {
        self.slot.state.get()
    }

    fn language(self) -> Language {
        self.app.language.get_untracked()
    }

    /// The name of its inputs: its path.
    fn name(self) -> String {
        self.filling.path(self.at)
    }

    /// The ids of what describes it: hint and error.
    fn described(self) -> String {
        let id = id(self.at);
        [&id, "-hint ", &id, "-error"].concat()
    }

    fn answer(self, answer: Answer) {
        self.filling.answer(self.at, answer);
    }
}

/// The id of a question's element, where the focus goes.
pub(super) fn id(at: At) -> String {
    ["q", &at.0.to_string()].concat()
}

/// What stands on a page: questions, notes, grids, and cards for the instances of repeats. Kept by slot, so that what
/// comes or goes leaves its neighbours alone.
pub(super) fn blocks(app: App, filling: Filling) -> View {
    list(app, filling, None)
}

fn list(app: App, filling: Filling, instance: Option<At>) -> View {
    let each = move || {
        let slots = filling.page().map(|page| page.slots).unwrap_or_default();
        inside(filling, &slots, instance).iter().map(|at| at.0).collect()
    };
    keyed(each, move |at| block(app, filling, At(at)))
}

fn block(app: App, filling: Filling, at: At) -> View {
    if filling.instance(at).is_some() {
        return instance(app, filling, at);
    }
    let Some((kind, appearance)) = filling.definition(at, |node| (node.kind.clone(), node.appearance)) else {
        return View::Nothing;
    };
    let asking = Asking::new(app, filling, at);
    match kind {
        NodeKind::Group(Layout::Grid(_)) => grid::grid(asking),
        NodeKind::Group(Layout::Plain) => heading(asking),
        NodeKind::Group(Layout::Page) | NodeKind::Repeat { .. } | NodeKind::Calculate => View::Nothing,
        NodeKind::Note => note(asking),
        NodeKind::Question(kind) => match (kind, appearance) {
            (QuestionKind::SelectOne(_), Appearance::Scale) => scale::scale(asking),
            (QuestionKind::SelectOne(_), Appearance::Minimal) => one::menu(asking),
            (QuestionKind::SelectOne(_), _) => one::one(asking),
            (QuestionKind::SelectMultiple(_), _) => many::many(asking),
            (QuestionKind::Rank(_), _) => rank::rank(asking),
            (QuestionKind::Text, appearance) => text::text(asking, appearance == Appearance::Multiline),
            (QuestionKind::Integer | QuestionKind::Decimal, _) => number::number(asking, kind),
            (QuestionKind::Date | QuestionKind::Time | QuestionKind::DateTime, _) => date::date(asking, kind),
        },
    }
}

fn instance(app: App, filling: Filling, at: At) -> View {
    let state = filling.slot(at).state;
    let title = move || {
        filling.pages.track();
        let (position, of) = filling.instance(at).unwrap_or((1, 1));
        state.with(|state| say::instance(app.language.get(), &state.label, position, of))
    };
    let heading = [&id(at), "-title"].concat();
    element("section")
        .class("instance")
        .id(&id(at))
        .attr("data-instance", &filling.path(at))
        .attr("aria-labelledby", &heading)
        .child(element("h2").id(&heading).child(words(title)))
        .child(list(app, filling, Some(at)))
        .view()
}

fn heading(asking: Asking) -> View {
    let title = words(move || asking.slot.state.with(|state| state.label.clone()));
    element("h2").class("group-title").child(title).view()
}

fn note(asking: Asking) -> View {
    let lines = move || {
        let label = asking.slot.state.with(|state| state.label.clone());
        let lines = label.lines().filter(|line| !line.is_empty());
        lines.map(|line| element("p").text(line).view()).collect::<Vec<_>>()
    };
    element("div")
        .class("note")
        .id(&id(asking.at))
        .attr("data-note", &asking.name())
        .child(live(lines))
        .view()
}

/// What is wrong with an answer, in the form's own words or the program's.
pub(super) fn message_of(state: &NodeState, language: Language) -> String {
    match state.violation {
        None => String::new(),
        Some(_) if !state.message.is_empty() => state.message.clone(),
        Some(kind) => explain::violation(kind, language).to_owned(),
    }
}

/// An answer as people read it; `None`: not answered.
pub(super) fn answer_text(state: &NodeState, language: Language) -> Option<String> {
    let label = |name: &String| {
        let known = state.choices.iter().find(|choice| choice.name == *name);
        known.map(|choice| choice.label.clone()).unwrap_or_else(|| name.clone())
    };
    Some(match &state.answer {
        Answer::Empty => return None,
        Answer::Choice(name) => label(name),
        Answer::Choices(names) => names.iter().map(label).collect::<Vec<_>>().join("\n"),
        Answer::Integer(number) => format::integer(*number),
        Answer::Date(date) => format::date(*date, language),
        Answer::Time(time) => clock(time.to_string()),
        Answer::DateTime(moment) => {
            [format::date(moment.date, language), clock(moment.time.to_string())].join(", ")
        }
        Answer::Text(_) | Answer::Decimal(_) => state.answer.to_text(),
    })
}

/// Hours and minutes of a time's canonical text.
fn clock(text: String) -> String {
    text.chars().take(5).collect()
}
