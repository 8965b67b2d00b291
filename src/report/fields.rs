//! The closed questions of a form, as somebody chooses from them whom to look at and whom to put side by side.

use crate::form::{Form, Layout, Node, NodeId, NodeKind, QuestionKind, Role, Text};
use crate::i18n::{Language, explore as say};
use crate::summary::view::LANGUAGE;

/// More groups than these are no longer seen at a glance.
const USUAL_CHOICES: usize = 8;

/// A closed question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The question's name; [`LANGUAGE`] for the language of the responses.
    pub name: String,
    /// What people read.
    pub label: String,
    /// The heading of its section; empty for none.
    pub section: String,
    /// Its choices in the list's order.
    pub choices: Vec<FieldChoice>,
    /// It takes one choice, so that it makes groups.
    pub groups: bool,
    /// Of those that say who somebody is: asked on the pages before the first with a grid.
    pub usual: bool,
}

/// A choice of a [`Field`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChoice {
    /// The choice's name.
    pub name: String,
    /// What people read.
    pub label: String,
    /// Don't know, not applicable or refused: no part of a population.
    pub missing: bool,
}

impl Field {
    /// Few enough groups for one tap.
    pub fn is_handy(&self) -> bool {
        self.usual && self.groups && (2..=USUAL_CHOICES).contains(&self.choices.len())
    }
}

/// The closed questions that can be asked for, in the form's order, the language of responses last. What whole pages hang on
/// (consent) tells nobody apart, and what stands in a repeat belongs to no person alone: both are left out.
pub fn fields(form: &Form, language: Language) -> Vec<Field> {
    let tongue = form.language(language.tag()).unwrap_or(0);
    let gates = form.gates();
    // Whoever answers says first who they are, then rates one thing after another.
    let grid = form.iter().find(|(_, node)| matches!(node.kind, NodeKind::Group(Layout::Grid(_))));
    let page = grid.map(|(id, _)| ancestors(form, id).last().map_or(id, |(page, _)| page));
    let rated = page.map_or(form.nodes.len() as u32, |page| page.0);
    let mut fields: Vec<Field> = form
        .iter()
        .filter(|(id, _)| !gates.contains(id) && !ancestors(form, *id).any(|(_, node)| repeats(node)))
        .filter_map(|(id, node)| {
            let groups = match node.kind.question()? {
                QuestionKind::SelectOne(_) => true,
                QuestionKind::SelectMultiple(_) => false,
                _ => return None,
            };
            let choices = form.choices_of(node)?.choices.iter().map(|choice| FieldChoice {
                name: choice.name.clone(),
                label: plain(&choice.label, tongue),
                missing: matches!(choice.role, Role::DontKnow | Role::NotApplicable | Role::Refused),
            });
            Some(Field {
                name: node.name.clone(),
                label: label(form, id, node, tongue),
                section: section(form, id).map(|text| plain(text, tongue)).unwrap_or_default(),
                choices: choices.collect(),
                groups,
                usual: id.0 < rated && !node.sensitive,
            })
        })
        .collect();
    let tongues = form.languages.iter().map(|tag| FieldChoice {
        name: tag.clone(),
        label: say::language_named(tag, language),
        missing: false,
    });
    fields.push(Field {
        name: LANGUAGE.to_owned(),
        label: say::language_of_answers(language).to_owned(),
        section: String::new(),
        choices: tongues.collect(),
        groups: true,
        usual: false,
    });
    fields
}

/// A row of a grid is named with what is asked of all rows.
fn label(form: &Form, id: NodeId, node: &Node, tongue: usize) -> String {
    let own = plain(&node.label, tongue);
    let parent = ancestors(form, id).next().map(|(_, parent)| parent);
    match parent {
        Some(Node { kind: NodeKind::Group(Layout::Grid(_)), label, .. }) if !label.is_empty() => {
            [&plain(label, tongue), " — ", &own].concat()
        }
        _ => own,
    }
}

/// The label of the outermost page around a question.
fn section(form: &Form, id: NodeId) -> Option<&Text> {
    let pages = ancestors(form, id)
        .filter(|(_, node)| matches!(node.kind, NodeKind::Group(Layout::Page | Layout::Plain)));
    pages.last().map(|(_, node)| &node.label)
}

fn ancestors(form: &Form, id: NodeId) -> impl Iterator<Item = (NodeId, &Node)> {
    let above = move |id: NodeId| form.node(id).and_then(|node| node.parent);
    std::iter::successors(above(id), move |id| above(*id))
        .filter_map(|id| form.node(id).map(|node| (id, node)))
}

fn repeats(node: &Node) -> bool {
    matches!(node.kind, NodeKind::Repeat { .. })
}

fn plain(text: &Text, tongue: usize) -> String {
    text.plain(tongue).split_whitespace().collect::<Vec<_>>().join(" ")
}
