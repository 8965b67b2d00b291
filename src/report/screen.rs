//! A summary as the desk's screen shows it: blocks under headings, in pieces that can be replaced one by one as responses
//! arrive. Read [`screen`] first. The worker does this, so that the desk downloads neither summaries nor charts.

use super::base::{BaseLine, base_line};
use super::fields::Field;
use super::{crosstab, html, plan, plots, waves};
use crate::chart::escape;
use crate::i18n::{Language, desk as say, document};
use crate::summary::{Breakdown, Comparison, Display, Question, Summary, WorkPlan};

/// Markup under a key.
pub type Piece = (String, String);

/// A part of the summary under one heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// Which one: the section's name, or a name of our own for what is no section.
    pub key: String,
    /// The heading; `None`: it brings its own.
    pub title: Option<String>,
    /// What stands in it.
    pub pieces: Vec<Piece>,
}

/// A summary as the desk shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Screen {
    /// The wave shown.
    pub wave: String,
    /// Every wave with responses.
    pub waves: Vec<String>,
    /// Of how many responses it is.
    pub base: BaseLine,
    /// What can be asked for: filters and groups. [`screen`] leaves it empty: a summary does not know the form.
    pub fields: Vec<Field>,
    /// In reading order.
    pub blocks: Vec<Block>,
}

/// Lays a summary out for the desk, in one language, beside an earlier wave where one was asked for.
pub fn screen(summary: &Summary, comparison: Option<&Comparison>, language: Language) -> Screen {
    Screen {
        wave: summary.fieldwork.wave.clone(),
        waves: summary.fieldwork.waves.clone(),
        base: base_line(summary, language),
        fields: Vec::new(),
        blocks: blocks(summary, comparison, language),
    }
}

impl Screen {
    /// The same with commitments as a plan of work before what is computed over several questions. A screen that shows
    /// nothing shows no plan.
    pub fn with_plan(mut self, plan: Option<&WorkPlan>, language: Language) -> Screen {
        let rows = plan.filter(|plan| !plan.rows.is_empty() && self.blocks.len() > 1);
        let ours = |key: &str| key == "_head" || key == "_against" || key.starts_with("_by_");
        let at = self.blocks.iter().take_while(|block| ours(&block.key)).count();
        if let Some(rows) = rows {
            let block = Block {
                key: "_plan".to_owned(),
                title: Some(document::work_plan(language).to_owned()),
                pieces: vec![("plan".to_owned(), framed(&plan::plan(rows, language)))],
            };
            self.blocks.insert(at, block);
        }
        self
    }
}

/// A summary in reading order: who answered, what was asked for (an earlier wave, groups), what is computed over several
/// questions, then section by section. Of what is withheld only the reason and what to do.
fn blocks(summary: &Summary, comparison: Option<&Comparison>, language: Language) -> Vec<Block> {
    let mut blocks = vec![Block {
        key: "_head".to_owned(),
        title: None,
        pieces: vec![("head".to_owned(), wrapped(html::head(summary, language)))],
    }];
    if summary.withheld.is_some() || summary.fieldwork.counted < summary.minimum_cell as usize {
        return blocks;
    }
    blocks.extend(comparison.map(|comparison| {
        let chart = html::fitting(|room| plots::waves(comparison, room, language));
        let markup = framed(&waves::waves(comparison, summary, true, chart, language));
        Block {
            key: "_against".to_owned(),
            title: Some(document::since(language).to_owned()),
            pieces: vec![("against".to_owned(), markup)],
        }
    }));
    blocks.extend(summary.breakdowns.iter().map(|breakdown| groups(breakdown, summary, language)));
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
    for (name, label, questions) in html::sections(summary) {
        let title = match label {
            Some(label) => language.pick(&label.es, &label.en).as_str(),
            None => say::other_questions(language),
        };
        blocks.push(Block {
            key: if name.is_empty() { "_others".to_owned() } else { name.to_owned() },
            title: Some(title.to_owned()),
            pieces: pieces(&questions, summary, language),
        });
    }
    blocks.retain(|block| !block.pieces.is_empty());
    blocks
}

/// The groups that one question makes: all of them at a glance, then a table for each question, folded.
fn groups(breakdown: &Breakdown, summary: &Summary, language: Language) -> Block {
    let mut pieces = Vec::new();
    let mut glance = String::new();
    if crosstab::is_shown(breakdown) {
        glance.push_str(&crosstab::legend(breakdown, summary, language));
        glance.push_str(&crosstab::notes(breakdown, summary, language));
        glance.push_str(&crosstab::overview(breakdown, summary, language));
    } else {
        glance = ["<p>", &escape(document::no_groups(language)), "</p>"].concat();
        glance.push_str(&crosstab::notes(breakdown, summary, language));
    }
    pieces.push((["by-", &breakdown.question].concat(), framed(&glance)));
    for table in &breakdown.tables {
        let key = ["by-", &breakdown.question, "-", &table.question].concat();
        pieces.push((key, crosstab::section(table, breakdown, summary, language)));
    }
    let title = [document::by_groups(language), ": ", &crosstab::title(breakdown, language)].concat();
    Block { key: ["_by_", &breakdown.question].concat(), title: Some(title), pieces }
}

fn framed(markup: &str) -> String {
    ["<section class=\"result\">", markup, "</section>"].concat()
}

/// A piece for each question; the rows of a grid are one.
fn pieces(questions: &[&Question], summary: &Summary, language: Language) -> Vec<Piece> {
    let same_grid = |a: &&Question, b: &&Question| a.grid.is_some() && a.grid == b.grid;
    let piece = |group: &[&Question]| {
        let key = group.first().map(|first| first.path.clone()).unwrap_or_default();
        (key, folded(html::section(group, summary, language), group, summary, language))
    };
    // What nobody was asked has no markup.
    questions.chunk_by(same_grid).map(piece).filter(|(_, markup)| !markup.is_empty()).collect()
}

/// Folds the table that stands behind the chart of a grid. Lines that the chart leaves out, because nothing of them may
/// be shown, are named with the reason.
fn folded(markup: String, group: &[&Question], summary: &Summary, language: Language) -> String {
    let table = "<div class=\"result-scroll\" tabindex=\"0\">";
    let charted = markup.contains("<figure") && !markup.contains("<details");
    let (true, Some((before, after))) = (charted, markup.split_once(table)) else { return markup };
    let line = |question: &&Question| match question.display {
        Display::Hidden { reason } => {
            let label = escape(language.pick(&question.label.es, &question.label.en));
            let why = escape(&html::hidden(reason, summary, language));
            Some(["<p class=\"result-hidden\"><strong>", &label, "</strong> ", &why, "</p>"].concat())
        }
        _ => None,
    };
    let hidden: String = group.iter().filter_map(line).collect();
    let open = ["<details class=\"result-details\"><summary>", say::table(language), "</summary>"].concat();
    let after = after.strip_suffix("</section>").unwrap_or(after);
    [before, &hidden, &open, table, after, "</details></section>"].concat()
}

/// One element, whatever the markup begins with.
fn wrapped(markup: String) -> String {
    ["<div class=\"summary-head\">", &markup, "</div>"].concat()
}
