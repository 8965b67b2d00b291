use leptos::prelude::*;

use super::{Exploring, put};
use crate::browser::{dom, shell};
use crate::form::Date;
use crate::i18n::explore as say;
use crate::report::fields::Field;
use crate::summary::Filter;
use crate::summary::view::LANGUAGE;
use crate::ui::parts::{Element, View, button, element, live, one_of, sentence};

const ID: &str = "pick";
const FIND: &str = "pick-find";
const TITLE: &str = "pick-title";

/// What is being chosen in the sheet.
#[derive(Clone, PartialEq, Eq, Default)]
pub(super) struct Pick {
    /// Counts the times that the sheet was opened or turned.
    turn: u32,
    /// A question to put side by side, else a filter.
    by: bool,
    step: Step,
    /// What is looked for.
    find: String,
}

/// Where the choosing is.
#[derive(Clone, PartialEq, Eq, Default)]
pub(super) enum Step {
    /// Which question.
    #[default]
    List,
    /// Which of its answers: the question's name, those ticked.
    Answers(String, Vec<String>),
    /// Which days, as typed.
    Days(String, String),
}

impl Step {
    /// The place where a filter is changed.
    pub(super) fn of(filter: &Filter) -> Step {
        let day = |day: &Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        match filter {
            Filter::Choices { question, choices } => Step::Answers(question.clone(), choices.clone()),
            Filter::Languages(tags) => Step::Answers(LANGUAGE.to_owned(), tags.clone()),
            Filter::Days { from, to } => Step::Days(day(from), day(to)),
        }
    }
}

impl Exploring {
    /// Opens the sheet. `by`: to put a question side by side.
    pub(super) fn choose(self, by: bool, step: Step) {
        self.pick.update(|pick| *pick = Pick { turn: pick.turn + 1, by, step, find: String::new() });
        dom::open_dialog(ID, true);
        // What it shows comes in a moment.
        request_animation_frame(|| {
            shell::focus(TITLE);
        });
    }

    fn turn(self, step: Step) {
        let by = self.pick.with_untracked(|pick| pick.by);
        self.choose(by, step);
    }

    /// Takes what was chosen into the view.
    fn apply(self) {
        let step = self.pick.with_untracked(|pick| pick.step.clone());
        match step {
            Step::List => {}
            Step::Answers(question, choices) => {
                let filter = if question == LANGUAGE {
                    Filter::Languages(choices.clone())
                } else {
                    Filter::Choices { question: question.clone(), choices: choices.clone() }
                };
                let filter = Some(filter).filter(|_| !choices.is_empty());
                self.change(|view| put(view, Some(&question), filter));
            }
            Step::Days(from, to) => {
                let filter = Filter::days(Date::parse(&from), Date::parse(&to));
                self.change(|view| put(view, None, filter));
            }
        }
        dom::open_dialog(ID, false);
    }

    /// A question was chosen from the list.
    fn take(self, name: String) {
        if self.pick.with_untracked(|pick| pick.by) {
            self.change(|view| view.by = vec![name]);
            dom::open_dialog(ID, false);
        } else {
            let ticked = self.view.with_untracked(|view| {
                let known = view.filters.iter().map(Step::of);
                known
                    .filter_map(|step| match step {
                        Step::Answers(question, choices) if question == name => Some(choices),
                        _ => None,
                    })
                    .next()
            });
            self.turn(Step::Answers(name, ticked.unwrap_or_default()));
        }
    }
}

/// The sheet: a dialog that shows the list of questions, then the answers of one.
pub(crate) fn sheet(of: Exploring) -> View {
    let turn = move || of.pick.with(|pick| pick.turn);
    let inside = one_of(turn, move |_| {
        let pick = of.pick.get_untracked();
        match pick.step {
            Step::List => list(of, pick.by),
            Step::Answers(name, _) => answers(of, name),
            Step::Days(from, to) => days(of, from, to),
        }
    });
    let dialog = element("dialog").id(ID).class("sheet").attr("aria-labelledby", TITLE).child(inside);
    dialog.view()
}

fn title() -> Element {
    element("h2").id(TITLE).attr("tabindex", "-1")
}

fn close(of: Exploring) -> Element {
    button("button", "pick-close")
        .on("click", |_| dom::open_dialog(ID, false))
        .child(sentence(of.desk.language, say::pick_close))
}

fn list(of: Exploring, by: bool) -> View {
    let language = of.desk.language;
    let find = element("input")
        .id(FIND)
        .class("input")
        .attr("type", "search")
        .attr("autocomplete", "off")
        .on("input", move |event| of.pick.update(|pick| pick.find = dom::value_of(&event)));
    let label = element("label").class("label").attr("for", FIND).child(sentence(language, say::pick_find));
    let found = live(move || {
        let looked = of.pick.with(|pick| folded(&pick.find));
        let (of_days, name_of_days) = (!by, say::days(of.language()));
        let fields: Vec<Field> = of.fields(|fields| {
            let fits = |field: &&Field| (!by || field.groups) && folded(&field.label).contains(&looked);
            fields.iter().filter(fits).cloned().collect()
        });
        let mut groups: Vec<(String, Vec<View>)> = Vec::new();
        let mut add = |heading: &str, view: View| match groups.last_mut() {
            Some((last, views)) if last == heading => views.push(view),
            _ => groups.push((heading.to_owned(), vec![view])),
        };
        let usual = say::pick_usual(of.language());
        fields.iter().filter(|field| field.usual).for_each(|field| add(usual, question(of, field)));
        if of_days && folded(name_of_days).contains(&looked) {
            let act = button("pick-question", "pick-days")
                .on("click", move |_| {
                    let known = of.view.with_untracked(|view| {
                        view.filters.iter().find(|filter| matches!(filter, Filter::Days { .. })).map(Step::of)
                    });
                    of.turn(known.unwrap_or(Step::Days(String::new(), String::new())));
                })
                .text(name_of_days);
            add(usual, act.view());
        }
        let language = fields.iter().filter(|field| field.name == LANGUAGE);
        language.for_each(|field| add(usual, question(of, field)));
        let others = fields.iter().filter(|field| !field.usual && field.name != LANGUAGE);
        others.for_each(|field| {
            let heading =
                if field.section.is_empty() { say::pick_others(of.language()) } else { &field.section };
            add(heading, question(of, field));
        });
        if groups.is_empty() {
            return element("p").class("soft").text(say::pick_none(of.language())).view();
        }
        let section = |(heading, questions): (String, Vec<View>)| {
            element("section")
                .child(element("h3").text(&heading))
                .child(element("div").class("pick-list").child(questions))
                .view()
        };
        View::Several(groups.into_iter().map(section).collect())
    });
    let heading = if by { say::pick_by_title } else { say::pick_filter_title };
    View::Several(vec![
        title().child(sentence(language, heading)).view(),
        element("div").class("field").child(label).child(find).view(),
        element("div").class("sheet-body").attr("tabindex", "-1").child(found).view(),
        element("div").class("sheet-acts").child(close(of)).view(),
    ])
}

fn question(of: Exploring, field: &Field) -> View {
    let name = field.name.clone();
    button("pick-question", "pick-question")
        .attr("data-field", &field.name)
        .on("click", move |_| of.take(name.clone()))
        .text(&field.label)
        .view()
}

fn answers(of: Exploring, name: String) -> View {
    let label = of.label(&name);
    let choices = live(move || {
        let known = of.fields(|fields| {
            let field = fields.iter().find(|field| field.name == name);
            field.map(|field| field.choices.clone()).unwrap_or_default()
        });
        let one = |choice: crate::report::fields::FieldChoice| {
            let ticked = of.pick.with_untracked(
                |pick| matches!(&pick.step, Step::Answers(_, ticked) if ticked.contains(&choice.name)),
            );
            let own = choice.name.clone();
            let tick = move |event| {
                let on = dom::checked_of(&event);
                of.pick.update(|pick| {
                    if let Step::Answers(_, ticked) = &mut pick.step {
                        ticked.retain(|name| *name != own);
                        if on {
                            ticked.push(own.clone());
                        }
                    }
                });
            };
            let input = element("input")
                .attr("type", "checkbox")
                .attr("name", "pick")
                .attr("value", &choice.name)
                .checked(ticked)
                .on("change", tick);
            element("label").class("choice").child(input).child(element("span").text(&choice.label)).view()
        };
        View::Several(known.into_iter().map(one).collect())
    });
    let set = element("fieldset").class("choices").attr("aria-labelledby", TITLE).child(choices);
    View::Several(vec![
        title().text(&label).view(),
        element("p").class("hint").child(sentence(of.desk.language, say::pick_hint)).view(),
        element("div").class("sheet-body").attr("tabindex", "-1").child(set).view(),
        acts(of),
    ])
}

fn days(of: Exploring, from: String, to: String) -> View {
    let day = |id: &'static str, value: &str, name: fn(crate::i18n::Language) -> &'static str, last: bool| {
        let set = move |event| {
            of.pick.update(|pick| {
                if let Step::Days(from, to) = &mut pick.step {
                    *(if last { to } else { from }) = dom::value_of(&event);
                }
            });
        };
        let input = element("input").id(id).class("input").attr("type", "date").value(value).on("input", set);
        let label = element("label").attr("for", id).child(sentence(of.desk.language, name));
        element("div").class("field").child(label).child(input).view()
    };
    View::Several(vec![
        title().child(sentence(of.desk.language, say::days)).view(),
        element("div")
            .class("sheet-body pair")
            .child(day("pick-from", &from, say::days_from, false))
            .child(day("pick-to", &to, say::days_to, true))
            .view(),
        acts(of),
    ])
}

fn acts(of: Exploring) -> View {
    let apply = button("button button-primary", "pick-apply")
        .on("click", move |_| of.apply())
        .child(sentence(of.desk.language, say::pick_apply));
    let back = button("button", "pick-back")
        .on("click", move |_| of.turn(Step::List))
        .child(sentence(of.desk.language, say::pick_back));
    element("div").class("sheet-acts").child(apply).child(back).child(close(of)).view()
}

/// Lower case without accents, to find by.
fn folded(text: &str) -> String {
    let plain = |c: char| match c {
        'á' => 'a',
        'é' => 'e',
        'í' => 'i',
        'ó' => 'o',
        'ú' | 'ü' => 'u',
        'ñ' => 'n',
        other => other,
    };
    text.trim().chars().flat_map(char::to_lowercase).map(plain).collect()
}
