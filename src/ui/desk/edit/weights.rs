use leptos::prelude::*;
use leptos::task::spawn_local;

use super::field::{id_of, mistake, part};
use super::state::Editing;
use crate::browser::dom;
use crate::i18n::setup as say;
use crate::job::{Job, Outcome};
use crate::report::fields::Field as Question;
use crate::survey::{Field, SamplingDesign};
use crate::ui::desk::frame::Words;
use crate::ui::parts::{Element, View, Watched, button, element, live, sentence, words};

/// What answers are weighted to and how the sample was drawn; nothing for a census. May change at any time: it is no part
/// of the questionnaire.
pub(super) fn weights(editing: Editing) -> View {
    let questions: Watched<Vec<Question>> = Watched::new(Vec::new());
    Effect::new(move |_| {
        let (survey, language) = (editing.survey().id, editing.desk.language.get());
        if !editing.is_new() {
            spawn_local(ask(editing, questions, Job::Fields { survey, language }));
        }
    });
    let design = Memo::new(move |_| editing.sheet.with(|sheet| sheet.design));
    live(move || {
        let design = design.get().filter(|design| *design != SamplingDesign::Census)?;
        let inside = if editing.is_new() {
            element("p").class("hint").child(sentence(editing.desk.language, say::weights_kept_first)).view()
        } else {
            let random = design == SamplingDesign::Probability;
            View::Several(vec![
                margins(editing, questions),
                add(editing, questions),
                drawn(editing, questions, random),
            ])
        };
        Some(part(editing, "weights", say::weights, Some(say::weights_hint), inside))
    })
}

/// Reads the questions, and gives those that are weighted to a place for each of their choices.
async fn ask(editing: Editing, questions: Watched<Vec<Question>>, job: Job) {
    // A form that cannot be read is told of elsewhere.
    if let Ok(Outcome::Fields(fields)) = editing.desk.bridge().run(&job).await {
        let groups: Vec<Question> =
            fields.into_iter().filter(|field| field.groups && !field.name.starts_with('_')).collect();
        editing.complete(|weights| {
            for question in &groups {
                weights.complete(&question.name, &names(question));
            }
        });
        questions.set(groups);
    }
}

/// The choices that are groups of a population.
fn names(question: &Question) -> Vec<String> {
    question.choices.iter().filter(|choice| !choice.missing).map(|choice| choice.name.clone()).collect()
}

fn label_of(questions: Watched<Vec<Question>>, name: &str) -> String {
    questions.with(|all| {
        let known = all.iter().find(|question| question.name == name);
        known.map_or_else(|| name.to_owned(), |question| question.label.clone())
    })
}

/// A table of numbers for each question that is weighted to.
fn margins(editing: Editing, questions: Watched<Vec<Question>>) -> View {
    let structure = Memo::new(move |_| {
        editing.sheet.with(|sheet| {
            let shape = |margin: &crate::survey::TypedMargin| (margin.question.clone(), margin.targets.len());
            sheet.weights.margins.iter().map(shape).collect::<Vec<_>>()
        })
    });
    live(move || {
        let all: Vec<(String, usize)> = structure.get();
        let one = |(at, (question, _)): (usize, (String, usize))| margin(editing, questions, at, &question);
        View::Several(all.into_iter().enumerate().map(one).collect())
    })
}

fn margin(editing: Editing, questions: Watched<Vec<Question>>, at: usize, question: &str) -> View {
    let language = editing.desk.language;
    let name = question.to_owned();
    let legend = {
        let name = name.clone();
        element("legend").class("label").child(words(move || label_of(questions, &name)))
    };
    let targets = editing.sheet.with_untracked(|sheet| {
        sheet.weights.margins.get(at).map(|margin| margin.targets.clone()).unwrap_or_default()
    });
    let row = |(choice, (value, typed)): (usize, (String, String))| {
        let field = Field::Target(at as u32, choice as u32);
        let (id, error) = (id_of(field), [&id_of(field), "-error"].concat());
        let (name, described) = (name.clone(), error.clone());
        let label = words(move || {
            questions.with(|all| {
                let question = all.iter().find(|question| question.name == name);
                let known = question.and_then(|it| it.choices.iter().find(|choice| choice.name == value));
                known.map_or_else(|| value.clone(), |known| known.label.clone())
            })
        });
        let input = element("input")
            .id(&id)
            .class("input input-short")
            .attr("name", &id)
            .attr("inputmode", "decimal")
            .attr("autocomplete", "off")
            .value(&typed)
            .attr_with("aria-invalid", move || editing.wrong(field).map(|_| "true".to_owned()))
            .attr_with("aria-describedby", move || editing.wrong(field).map(|_| described.clone()))
            .on("input", move |event| {
                let typed = dom::value_of(&event);
                editing.change(|sheet| sheet.weights.put(at, choice, typed));
            });
        element("div")
            .class("target")
            .child(element("label").attr("for", &id).child(label))
            .child(input)
            .child(mistake(editing, field, error))
            .view()
    };
    let sum = words(move || say::sum(editing.sheet.with(|sheet| sheet.weights.sum(at)), language.get()));
    let gone = name.clone();
    let remove = button("button button-small", "remove-margin")
        .on("click", move |_| {
            editing.change(|sheet| sheet.weights.margins.retain(|margin| margin.question != gone));
        })
        .child(sentence(language, say::remove));
    let foot = element("div")
        .class("row target-foot")
        .child(element("p").class("label").attr("role", "status").child(sum))
        .child(remove);
    element("fieldset")
        .class("margin")
        .attr("data-margin", question)
        .child(legend)
        .child(element("p").class("hint").child(sentence(language, say::weights_numbers)))
        .child(targets.into_iter().enumerate().map(row).collect::<Vec<View>>())
        .child(foot)
        .view()
}

/// A menu of questions. What is chosen is given to `take`.
fn menu(
    editing: Editing,
    questions: Watched<Vec<Question>>,
    (id, none): (&'static str, Words),
    chosen: impl Fn() -> String + 'static,
    take: impl Fn(String) + 'static,
) -> Element {
    let language = editing.desk.language;
    let options = live(move || {
        let now = chosen();
        let option = |value: &str, label: &str| {
            element("option").attr("value", value).flag("selected", value == now).text(label).view()
        };
        let mut all = vec![option("", none(language.get()))];
        questions.with(|known| all.extend(known.iter().map(|it| option(&it.name, &it.label))));
        View::Several(all)
    });
    element("select")
        .id(id)
        .class("input")
        .attr("name", id)
        .on("change", move |event| take(dom::value_of(&event)))
        .child(options)
}

fn add(editing: Editing, questions: Watched<Vec<Question>>) -> View {
    let take = move |name: String| {
        let choices = questions.with_untracked(|all| all.iter().find(|it| it.name == name).map(names));
        if let Some(choices) = choices {
            editing.change(|sheet| sheet.weights.add(&name, &choices));
        }
        dom::set_value_of("add-margin", "");
    };
    let select = menu(editing, questions, ("add-margin", say::weights_choose), String::new, take);
    let label =
        element("label").attr("for", "add-margin").child(sentence(editing.desk.language, say::weights_add));
    element("div").class("field").child(label).child(select).view()
}

/// The questions whose answers are the strata and the clusters of the sample; random samples only.
fn drawn(editing: Editing, questions: Watched<Vec<Question>>, random: bool) -> View {
    let one = |id: &'static str, name: Words, hint: Words, clusters: bool| {
        let chosen = move || {
            editing
                .sheet
                .with(|sheet| if clusters { &sheet.weights.clusters } else { &sheet.weights.strata }.clone())
        };
        let take = move |name: String| {
            editing.change(|sheet| {
                let weights = &mut sheet.weights;
                *(if clusters { &mut weights.clusters } else { &mut weights.strata }) = name;
            });
        };
        let language = editing.desk.language;
        element("div")
            .class("field")
            .child(element("label").attr("for", id).child(sentence(language, name)))
            .child(element("p").class("hint").child(sentence(language, hint)))
            .child(menu(editing, questions, (id, say::no_question), chosen, take))
            .view()
    };
    if !random {
        return View::Nothing;
    }
    View::Several(vec![
        one("strata", say::strata, say::strata_hint, false),
        one("clusters", say::clusters, say::clusters_hint, true),
    ])
}
