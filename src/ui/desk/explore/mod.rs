//! Choosing what a summary shows: of whom, side by side by which question, beside which wave, and for whom the view is.
//! The address is the only state: every control writes it and every screen reads it. Read [`Exploring`] first, then
//! `panel`; `pick` is the sheet in which a question and its answers are chosen, `gate` what stands before the analyst view.
//! Never a number: what is shown is counted by the worker.

mod gate;
mod panel;
mod pick;

pub(super) use gate::gate;
pub(super) use panel::{base, panel};
pub(super) use pick::sheet;

use leptos::prelude::*;

use super::frame::Desk;
use crate::browser::shell;
use crate::i18n::{Language, explore as say};
use crate::report::fields::Field;
use crate::report::screen::Screen;
use crate::summary::view::LANGUAGE;
use crate::summary::{Filter, Profile, View};
use crate::ui::parts::Watched;
use pick::Pick;

/// A view of a survey, as the address has it, with what the last count told.
#[derive(Clone, Copy)]
pub(super) struct Exploring {
    pub(super) desk: Desk,
    /// The survey's id.
    pub(super) id: StoredValue<String, LocalStorage>,
    /// What is asked for.
    pub(super) view: Memo<View>,
    /// What was counted last.
    pub(super) screen: Watched<Option<Screen>>,
    /// The controls are unfolded.
    open: RwSignal<bool>,
    /// What is being chosen in the sheet.
    pick: Watched<Pick>,
}

impl Exploring {
    /// Of the place where the desk is; it keeps its last view when the desk goes elsewhere.
    pub(super) fn new(desk: Desk, id: String) -> Exploring {
        let place = desk.route.get_untracked().place();
        let view = Memo::new(move |before: Option<&View>| {
            let here = desk.route.with(|route| route.view().filter(|_| route.place() == place).cloned());
            here.or_else(|| before.cloned()).unwrap_or_default()
        });
        Exploring {
            desk,
            id: StoredValue::new_local(id),
            view,
            screen: Watched::new(None),
            open: RwSignal::new(shell::is_wide()),
            pick: Watched::new(Pick::default()),
        }
    }

    /// Changes the view in the same step of the history.
    pub(super) fn change(self, change: impl FnOnce(&mut View)) {
        let mut view = self.view.get_untracked();
        change(&mut view);
        self.desk.stay(self.desk.route.get_untracked().with_view(view));
    }

    /// Changes the view as a new step of the history, so that Back undoes it.
    pub(super) fn step(self, change: impl FnOnce(&mut View)) {
        let mut view = self.view.get_untracked();
        change(&mut view);
        self.desk.go(&self.desk.route.get_untracked().with_view(view));
    }

    /// The view may not be shown before somebody has said that they understand what it is.
    pub(super) fn gated(self) -> bool {
        self.view.with(|view| view.profile == Profile::Analyst) && !self.desk.analyst.get()
    }

    /// The screen is still there.
    pub(super) fn open_still(self) -> bool {
        !self.open.is_disposed()
    }

    /// The same of a view, without following anything.
    pub(super) fn is_gated(self, view: &View) -> bool {
        view.profile == Profile::Analyst && !self.desk.analyst.get_untracked()
    }

    fn language(self) -> Language {
        self.desk.language.get()
    }

    /// Reads the closed questions that the last count told of.
    fn fields<T>(self, read: impl FnOnce(&[Field]) -> T) -> T {
        self.screen.with(|screen| read(screen.as_ref().map(|it| it.fields.as_slice()).unwrap_or_default()))
    }

    /// A question's label; its name where it is not known.
    fn label(self, name: &str) -> String {
        self.fields(|fields| {
            let field = fields.iter().find(|field| field.name == name);
            field.map_or_else(|| name.to_owned(), |field| field.label.clone())
        })
    }

    /// A filter in words: `Which district do you live in? Colón, San Miguelito`.
    fn words(self, filter: &Filter) -> String {
        let (name, choices) = match filter {
            Filter::Choices { question, choices } => (question.as_str(), choices),
            Filter::Languages(tags) => (LANGUAGE, tags),
            Filter::Days { from, to } => return say::period(*from, *to, self.language()),
        };
        let chosen: Vec<String> = self.fields(|fields| {
            let field = fields.iter().find(|field| field.name == name);
            let label = |choice: &String| {
                let known = field.and_then(|field| field.choices.iter().find(|own| own.name == *choice));
                known.map_or_else(|| choice.clone(), |known| known.label.clone())
            };
            choices.iter().map(label).collect()
        });
        let label = self.label(name);
        let colon = if label.ends_with(['?', '…', ':']) { " " } else { ": " };
        [&label, colon, &chosen.join(", ")].concat()
    }
}

/// The question that a filter asks; `None`: days.
fn question_of(filter: &Filter) -> Option<&str> {
    match filter {
        Filter::Choices { question, .. } => Some(question),
        Filter::Languages(_) => Some(LANGUAGE),
        Filter::Days { .. } => None,
    }
}

/// Puts a filter in the place of the one on the same question; `None`: takes that one away.
fn put(view: &mut View, question: Option<&str>, filter: Option<Filter>) {
    let before = view.filters.iter().position(|known| question_of(known) == question);
    match (before, filter) {
        (Some(at), Some(filter)) => {
            if let Some(known) = view.filters.get_mut(at) {
                *known = filter;
            }
        }
        (None, Some(filter)) => view.filters.push(filter),
        (Some(at), None) => drop(view.filters.remove(at)),
        (None, None) => {}
    }
}
