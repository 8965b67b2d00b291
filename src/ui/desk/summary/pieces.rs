use crate::i18n::{Language, desk as say};
use crate::report::html;
use crate::summary::{Question, Summary};

/// Markup under a key.
pub(super) type Piece = (String, String);

/// A part of the summary under one heading.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Block {
    /// Which one: the section's name, or a name of our own for what is no section.
    pub(super) key: String,
    /// The heading; `None`: it brings its own.
    pub(super) title: Option<String>,
    /// What stands in it.
    pub(super) pieces: Vec<Piece>,
}

impl Block {
    /// The heading's `id`.
    pub(super) fn id(&self) -> String {
        ["block-", &self.key].concat()
    }
}

/// A summary in reading order: who answered, what is computed over several questions, then section by section.
pub(super) fn blocks(summary: &Summary, language: Language) -> Vec<Block> {
    let mut blocks = vec![Block {
        key: "_head".to_owned(),
        title: None,
        pieces: vec![("head".to_owned(), wrapped(html::head(summary, language)))],
    }];
    let indices = summary
        .indices
        .iter()
        .map(|index| (index.id.clone(), html::index(index, summary, language)))
        .collect();
    blocks.push(Block {
        key: "_indices".to_owned(),
        title: Some(say::over_several(language).to_owned()),
        pieces: indices,
    });
    for section in &summary.sections {
        let title = language.pick(&section.label.es, &section.label.en).clone();
        let of = |question: &&Question| question.section.as_ref() == Some(&section.name);
        blocks.push(Block {
            key: section.name.clone(),
            title: Some(title),
            pieces: questions(summary, language, of),
        });
    }
    blocks.push(Block {
        key: "_others".to_owned(),
        title: Some(say::other_questions(language).to_owned()),
        pieces: questions(summary, language, |question| question.section.is_none()),
    });
    blocks.retain(|block| !block.pieces.is_empty());
    blocks
}

fn questions(summary: &Summary, language: Language, of: impl Fn(&&Question) -> bool) -> Vec<Piece> {
    let chosen = summary.questions.iter().filter(of);
    chosen.map(|question| (question.path.clone(), html::question(question, summary, language))).collect()
}

/// One element, whatever the markup begins with.
fn wrapped(markup: String) -> String {
    ["<div class=\"summary-head\">", &markup, "</div>"].concat()
}
