//! A questionnaire as typed data, immutable once built: nodes in document order, choice lists, texts per language.
//! Read [`Form::build`] first: it turns a [`FormSource`] (plain strings, what is stored) into a [`Form`].
//! What may never enter: answers, the clock, storage, a screen.

mod build;
mod choice;
mod index;
pub(crate) mod json;
mod node;
mod text;
pub mod wire;

pub use build::{FormProblem, FormProblemKind};
pub use choice::{Choice, ChoiceList, ListId, Role, Shuffle};
pub use index::{Index, IndexKind};
pub use node::{Appearance, Layout, Node, NodeId, NodeKind, QuestionKind, Range};
pub use text::{Piece, Template, Text};
pub use wire::FormSource;

use crate::xpath::{Expr, Reference};

pub use crate::xpath::date::{Date, DateTime, Time};
pub use crate::xpath::{read_number, write_number};

/// A questionnaire. Nodes stand in document order, parents before their children.
#[derive(Debug, Clone)]
pub struct Form {
    /// The form's id, in XLSForm's sense.
    pub id: String,
    /// The version, as its author wrote it.
    pub version: String,
    /// The title people see.
    pub title: Text,
    /// Language tags (`es`, `en`), in the order in which every [`Text`] keeps its templates; never empty.
    pub languages: Vec<String>,
    /// What each calls itself; may be empty, see [`Form::language_name`].
    pub language_names: Vec<String>,
    /// Every node; a [`NodeId`] is a position in this list.
    pub nodes: Vec<Node>,
    /// The choice lists; a [`ListId`] is a position in this list.
    pub lists: Vec<ChoiceList>,
    /// What the summary computes over several questions.
    pub indices: Vec<Index>,
}

/// A tag as `lang` takes it: blank, which is a language that nobody knows, for what is none.
pub fn lang(tag: &str) -> &str {
    let primary = tag.split('-').next().unwrap_or(tag);
    let is_tag = matches!(primary.len(), 2 | 3) && primary.bytes().all(|letter| letter.is_ascii_alphabetic());
    if is_tag { tag } else { "" }
}

/// What is shown in a language, of all as [`wire::SHOWS`] has it: a line each.
pub fn shown(shows: &str, language: usize) -> &str {
    let mut each = shows.split(wire::NEXT);
    each.clone().nth(language).or(each.next()).unwrap_or_default()
}

/// Whether a language is written from right to left.
pub fn is_from_right(tag: &str) -> bool {
    let primary = tag.split('-').next().unwrap_or(tag);
    // Arabic, Persian, Hebrew, Urdu, Pashto, Sindhi, Uyghur, Yiddish, Dhivehi, Central Kurdish.
    "ar fa he ur ps sd ug yi dv ckb".split(' ').any(|known| known == primary)
}

impl Form {
    /// The node with this id. `None` only for an id of another form.
    pub fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.0 as usize)
    }

    /// The choice list with this id. `None` only for an id of another form.
    pub fn list(&self, id: ListId) -> Option<&ChoiceList> {
        self.lists.get(id.0 as usize)
    }

    /// Every node with its id, in document order.
    pub fn iter(&self) -> impl Iterator<Item = (NodeId, &Node)> {
        self.nodes.iter().enumerate().map(|(i, node)| (NodeId(i as u32), node))
    }

    /// The ids of the children of `parent` (`None`: the top level), in document order.
    pub fn children(&self, parent: Option<NodeId>) -> impl Iterator<Item = NodeId> {
        self.iter().filter(move |(_, node)| node.parent == parent).map(|(id, _)| id)
    }

    /// The first node with this name, in document order.
    pub fn find(&self, name: &str) -> Option<NodeId> {
        self.iter().find(|(_, node)| node.name == name).map(|(id, _)| id)
    }

    /// The position of a language tag in [`Form::languages`]; `es-PA` finds `es`. `None` if the form does not speak it.
    pub fn language(&self, tag: &str) -> Option<usize> {
        let primary = tag.split('-').next().unwrap_or(tag);
        self.languages
            .iter()
            .position(|known| known == tag)
            .or_else(|| self.languages.iter().position(|known| known.split('-').next() == Some(primary)))
    }

    /// What the language at a position of [`Form::languages`] calls itself; its tag where nobody said.
    pub fn language_name(&self, language: usize) -> &str {
        let name = self.language_names.get(language).or_else(|| self.languages.get(language));
        name.map_or("", String::as_str)
    }

    /// Whether people can choose among languages of which one at least is neither Spanish nor English.
    pub fn speaks_others(&self) -> bool {
        let is_other = |tag: &String| !matches!(tag.split('-').next(), Some("es" | "en"));
        self.languages.len() > 1 && self.languages.iter().any(is_other)
    }

    /// The choice list of a question, if its kind has one.
    pub fn choices_of(&self, node: &Node) -> Option<&ChoiceList> {
        self.list(node.kind.list()?)
    }

    /// The form as its results are read: where the choices are what people answered elsewhere, nobody knows them before, and
    /// what was chosen is a text.
    pub fn of_results(mut self) -> Form {
        let lists = &self.lists;
        let open = |list: ListId| lists.get(list.0 as usize).is_some_and(|list| list.from.is_some());
        for node in &mut self.nodes {
            if node.kind.list().is_some_and(open) {
                node.kind = NodeKind::Question(QuestionKind::Text);
            }
        }
        self
    }

    /// The questions that whole pages hang on, such as consent: whoever goes on has answered them alike.
    pub fn gates(&self) -> Vec<NodeId> {
        let pages = self.nodes.iter().filter(|node| {
            node.parent.is_none() && matches!(node.kind, NodeKind::Group(Layout::Page | Layout::Plain))
        });
        let references = pages.filter_map(|page| page.relevant.as_ref()).flat_map(Expr::references);
        let mut gates: Vec<NodeId> = references
            .filter_map(|reference| match reference {
                Reference::Name(name) => self.find(name),
                _ => None,
            })
            .filter(|id| self.node(*id).is_some_and(|node| node.kind.is_question()))
            .collect();
        gates.sort();
        gates.dedup();
        gates
    }

    /// The names from the top level down to the node, without repeat positions: `s_use/commitments/commit_text`.
    pub fn path(&self, id: NodeId) -> String {
        let mut names = Vec::new();
        let mut at = Some(id);
        while let Some(node) = at.and_then(|id| self.node(id)) {
            names.push(node.name.as_str());
            at = node.parent;
        }
        names.reverse();
        names.join("/")
    }
}

#[cfg(test)]
mod tests {
    use super::{is_from_right, lang};

    #[test]
    fn a_tag_that_is_none_is_a_language_that_nobody_knows() {
        for (tag, expected) in
            [("es", "es"), ("gym", "gym"), ("pt-BR", "pt-BR"), ("default", ""), ("Wounaan", "")]
        {
            assert_eq!(lang(tag), expected, "{tag}");
        }
    }

    #[test]
    fn arabic_and_its_like_are_written_from_the_right() {
        assert!(["ar", "he", "fa-IR", "ur"].into_iter().all(is_from_right));
        assert!(!["es", "fr", "arn", "default", ""].into_iter().any(is_from_right));
    }
}
