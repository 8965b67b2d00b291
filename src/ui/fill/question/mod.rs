//! The widgets: each turns a tap into a typed `Answer` and gives it to the bridge, nothing more.
//! Read [`blocks`] first. Never a rule about answers: the engine says what is relevant, required or wrong.

mod choices;
mod date;
mod frame;
mod grid;
mod many;
mod media;
mod number;
mod one;
mod option;
mod place;
mod range;
mod rank;
mod repeat;
mod scale;
mod shown;
mod text;

use super::aids::listen;
use super::app::App;
use super::session::{Filling, Slot};
use super::words::{plain, rich};
use crate::engine::{Answer, At, NodeState};
use crate::form::{Appearance, Layout, Node, NodeKind, QuestionKind};
use crate::i18n::{Language, explain, format};
use crate::ui::parts::{View, element, keyed, live};

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

    /// The name of its inputs: its path, followed, for it changes when an instance before its own goes.
    fn name(self) -> String {
        let path = self.filling.path(self.at);
        if path.contains('[') {
            self.filling.pages.track();
        }
        path
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
    let each = move || filling.inside(instance).iter().map(|at| at.0).collect();
    keyed(each, move |at| block(app, filling, At(at)))
}

fn block(app: App, filling: Filling, at: At) -> View {
    if filling.instance(at).is_some() {
        return repeat::instance(app, filling, at);
    }
    let of = |node: &Node| (node.kind.clone(), node.appearance, node.range);
    let Some((kind, look, range)) = filling.definition(at, of) else { return View::Nothing };
    let asking = Asking::new(app, filling, at);
    match kind {
        NodeKind::Group(Layout::Grid(_)) => grid::grid(asking),
        NodeKind::Group(Layout::Plain) => heading(asking),
        NodeKind::Repeat { .. } => repeat::more(asking),
        NodeKind::Group(Layout::Page) | NodeKind::Calculate => View::Nothing,
        NodeKind::Note => note(asking),
        NodeKind::Question(_) if look == Appearance::Hidden => View::Nothing,
        NodeKind::Question(kind) => match (kind, look) {
            (QuestionKind::SelectOne(_), Appearance::Scale) => scale::scale(asking),
            (QuestionKind::SelectOne(_), Appearance::Minimal) => one::menu(asking),
            (QuestionKind::SelectOne(_), _) => one::one(asking),
            (QuestionKind::SelectMultiple(_), _) => many::many(asking),
            (QuestionKind::Rank(_), _) => rank::rank(asking),
            (QuestionKind::Text, Appearance::Place) => place::place(asking),
            (QuestionKind::Text, Appearance::Media) => media::media(asking),
            (QuestionKind::Text, look) => text::text(asking, look),
            (QuestionKind::Integer | QuestionKind::Decimal, _) => match range {
                Some(range) => range::range(asking, range),
                None => number::number(asking, kind),
            },
            (QuestionKind::Date, Appearance::Year) => date::year(asking),
            (QuestionKind::Date, Appearance::Month) => date::month(asking),
            (QuestionKind::Date | QuestionKind::Time | QuestionKind::DateTime, _) => date::date(asking, kind),
        },
    }
}

fn heading(asking: Asking) -> View {
    live(move || {
        let title = asking.slot.state.with(|state| rich(&state.label));
        asking.filling.element("h2").class("group-title").child(title)
    })
}

fn note(asking: Asking) -> View {
    let lines = move || {
        let label = asking.slot.state.with(|state| state.label.clone());
        let lines = label.lines().filter(|line| !line.is_empty());
        lines.map(|line| asking.filling.element("p").child(rich(line)).view()).collect::<Vec<_>>()
    };
    element("div")
        .class("note")
        .id(&id(asking.at))
        .attr_with("data-note", move || Some(asking.name()))
        .child(live(lines))
        .child(shown::question_shows(asking))
        .child(listen(asking.app))
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
pub(super) fn answer_text(state: &NodeState, look: Appearance, language: Language) -> Option<String> {
    let label = |name: &String| {
        let known = state.choices.iter().find(|choice| choice.name == *name);
        known.map(|choice| plain(&choice.label)).unwrap_or_else(|| name.clone())
    };
    Some(match &state.answer {
        Answer::Empty => return None,
        Answer::Choice(name) => label(name),
        Answer::Choices(names) => names.iter().map(label).collect::<Vec<_>>().join("\n"),
        Answer::Integer(number) => format::integer(*number),
        Answer::Date(date) if look == Appearance::Year => date.year.to_string(),
        Answer::Date(date) if look == Appearance::Month => {
            let day = format::date(*date, language);
            day.split_once(' ').map(|(_, month)| month.to_owned()).unwrap_or_default()
        }
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
