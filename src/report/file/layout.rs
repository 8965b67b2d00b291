//! The columns of a file, the same for every format. Read [`Layout::new`] first.

use std::collections::HashMap;

use super::disclosure::{LeftOut, left_out, withheld};
use super::options::{Options, Profile};
use super::variable::unique_names;
use crate::form::{Form, NodeId, NodeKind, QuestionKind};
use crate::i18n::Language;
use crate::summary::Table;

/// The columns of a file: the one description that CSV, workbook, SPSS file and codebook share.
#[derive(Debug, Clone)]
pub struct Layout<'a> {
    /// The form.
    pub form: &'a Form,
    /// Who the file is for.
    pub profile: Profile,
    /// The language of everything that explains.
    pub words: Language,
    /// The form's language for labels, a position in [`Form::languages`].
    pub language: usize,
    /// The columns about the response, each with its SPSS name.
    pub about: Vec<(About, String)>,
    /// The columns of answers, in document order.
    pub columns: Vec<Column>,
    /// Questions that have no column, and why.
    pub left_out: Vec<(NodeId, LeftOut)>,
}

/// A column about the response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// The random id.
    Id,
    /// The row's number in the file, in place of the id.
    Row,
    /// The survey's id.
    Survey,
    /// The wave.
    Wave,
    /// The form's version.
    FormVersion,
    /// The language of the answers.
    Language,
    /// The day it was begun.
    Started,
    /// The day it was finished; in publications the month.
    Finished,
    /// Whether the program made it up.
    Example,
}

/// A column of answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// The header in CSV and workbook: `commitments[1]/commit_text`, `barriers/money`.
    pub header: String,
    /// The name in SPSS: `commitments_1_commit_text`, `barriers_money`.
    pub name: String,
    /// The question.
    pub node: NodeId,
    /// What kind of question.
    pub kind: QuestionKind,
    /// Its position in [`Table::columns`].
    pub table: usize,
    /// The repeat it stands in, a position in [`Table::repeats`], and which instance, from 0.
    pub instance: Option<(usize, usize)>,
    /// Which part of the answer.
    pub part: Part,
    /// Blank in rows of small classes.
    pub withheld: bool,
}

/// Which part of an answer a column tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// Whether (or in which place) the choice at this position was chosen.
    Choice(usize),
}

impl About {
    const ALL: [About; 9] = [
        About::Id,
        About::Row,
        About::Survey,
        About::Wave,
        About::FormVersion,
        About::Language,
        About::Started,
        About::Finished,
        About::Example,
    ];

    /// The columns of a profile. A publication has no id, and of the days only the month of finishing.
    fn of(profile: Profile) -> Vec<About> {
        let hidden: &[About] = match profile {
            Profile::Publication => &[About::Id, About::Language, About::Started],
            Profile::Analyst => &[About::Row],
        };
        About::ALL.into_iter().filter(|about| !hidden.contains(about)).collect()
    }

    /// The header.
    pub fn header(self) -> &'static str {
        match self {
            About::Id => "id",
            About::Row => "row",
            About::Survey => "survey",
            About::Wave => "wave",
            About::FormVersion => "form_version",
            About::Language => "language",
            About::Started => "started",
            About::Finished => "finished",
            About::Example => "example",
        }
    }
}

/// Where laying columns has come to.
struct Place<'p> {
    /// What stands before the names of questions here.
    prefix: &'p str,
    /// The instance of the repeat around, and how it is written.
    instance: Option<(usize, &'p str)>,
}

impl<'a> Layout<'a> {
    /// The columns of a form. `instances`: how many of each of [`Table::repeats`] there are at most; `None`: one stands for
    /// all, written `[n]`, as codebooks do.
    pub fn new(form: &'a Form, options: &Options, instances: Option<&[usize]>) -> Layout<'a> {
        let mut layout = Layout {
            form,
            profile: options.profile,
            words: options.language,
            language: form.language(options.language.tag()).unwrap_or(0),
            about: Vec::new(),
            columns: Vec::new(),
            left_out: left_out(form, options),
        };
        let table = Table::new(form);
        let known: HashMap<NodeId, (usize, Option<usize>)> =
            table.columns.iter().enumerate().map(|(at, column)| (column.node, (at, column.repeat))).collect();
        let laying = Laying { known: &known, instances, withheld: withheld(form, options) };
        layout.lay(None, &Place { prefix: "", instance: None }, &laying);
        layout.tell_apart();
        // Names are made of all columns there could be: what is left out does not change those of the rest.
        let headers = About::ALL.iter().map(|about| about.header());
        let headers: Vec<&str> =
            headers.chain(layout.columns.iter().map(|column| column.header.as_str())).collect();
        let mut names = unique_names(&headers).into_iter();
        let shown = About::of(options.profile);
        layout.about =
            About::ALL.into_iter().zip(names.by_ref()).filter(|(about, _)| shown.contains(about)).collect();
        layout.columns.iter_mut().zip(names).for_each(|(column, name)| column.name = name);
        let left_out = &layout.left_out;
        layout.columns.retain(|column| left_out.iter().all(|(id, _)| *id != column.node));
        layout
    }

    fn lay(&mut self, parent: Option<NodeId>, place: &Place<'_>, laying: &Laying<'_>) {
        for id in self.form.children(parent) {
            let Some(node) = self.form.node(id) else { continue };
            match node.kind {
                NodeKind::Group(_) => self.lay(Some(id), place, laying),
                NodeKind::Repeat { .. } if place.instance.is_some() => {}
                NodeKind::Repeat { .. } => self.lay_repeat(id, "", laying),
                NodeKind::Question(kind) => self.lay_question(id, kind, place, laying),
                NodeKind::Note | NodeKind::Calculate => {}
            }
        }
    }

    /// A repeat's instances, then those of the repeats inside it: of these the columns only know how many a person has in all.
    fn lay_repeat(&mut self, id: NodeId, around: &str, laying: &Laying<'_>) {
        let Some(node) = self.form.node(id) else { return };
        let name = join(around, &node.name);
        let positions: Vec<String> = match (laying.instances, self.repeat_of(id, laying)) {
            (None, _) => vec!["n".to_owned()],
            (Some(instances), Some(repeat)) => {
                (1..=instances.get(repeat).copied().unwrap_or(0)).map(|number| number.to_string()).collect()
            }
            (Some(_), None) => Vec::new(),
        };
        for (number, text) in positions.iter().enumerate() {
            let prefix = format!("{name}[{text}]");
            self.lay(Some(id), &Place { prefix: &prefix, instance: Some((number, text)) }, laying);
        }
        for inner in self.inner_repeats(id) {
            self.lay_repeat(inner, &name, laying);
        }
    }

    /// The position in [`Table::repeats`] of a repeat that has questions of its own.
    fn repeat_of(&self, id: NodeId, laying: &Laying<'_>) -> Option<usize> {
        laying.known.iter().find_map(|(node, (_, repeat))| {
            let around = ancestors(self.form, *node)
                .find(|(_, node)| matches!(node.kind, NodeKind::Repeat { .. }))
                .map(|(around, _)| around);
            (around == Some(id)).then_some(*repeat)?
        })
    }

    fn inner_repeats(&self, id: NodeId) -> Vec<NodeId> {
        let mut found = Vec::new();
        for child in self.form.children(Some(id)) {
            match self.form.node(child).map(|node| &node.kind) {
                Some(NodeKind::Repeat { .. }) => found.push(child),
                Some(NodeKind::Group(_)) => found.extend(self.inner_repeats(child)),
                _ => {}
            }
        }
        found
    }

    fn lay_question(&mut self, id: NodeId, kind: QuestionKind, place: &Place<'_>, laying: &Laying<'_>) {
        let Some(&(table, repeat)) = laying.known.get(&id) else { return };
        let form = self.form;
        let Some(node) = form.node(id) else { return };
        let header = join(place.prefix, &node.name);
        let instance = repeat.zip(place.instance.map(|(number, _)| number));
        let withheld = laying.withheld.contains(&id);
        let column = |header: String, part| Column {
            header,
            name: String::new(),
            node: id,
            kind,
            table,
            instance,
            part,
            withheld,
        };
        self.columns.push(column(header.clone(), Part::Whole));
        if matches!(kind, QuestionKind::SelectMultiple(_) | QuestionKind::Rank(_)) {
            let choices = form.choices_of(node).map(|list| list.choices.as_slice()).unwrap_or_default();
            self.columns.extend(
                choices
                    .iter()
                    .enumerate()
                    .map(|(at, choice)| column(join(&header, &choice.name), Part::Choice(at))),
            );
        }
    }

    /// Names are unique among siblings only; where two columns share one, the whole path tells them apart.
    fn tell_apart(&mut self) {
        let mut counts: HashMap<String, usize> =
            About::ALL.iter().map(|about| (about.header().to_owned(), 1)).collect();
        for column in &self.columns {
            *counts.entry(column.header.clone()).or_default() += 1;
        }
        let form = self.form;
        for column in &mut self.columns {
            if counts.get(&column.header).is_some_and(|count| *count > 1) {
                let position = column.header.split_once('[').and_then(|(_, rest)| rest.split_once(']'));
                let mut path = path_with(form, column.node, position.map(|(position, _)| position));
                if let Part::Choice(at) = column.part {
                    let name = choice_name(form, column.node, at);
                    path = join(&path, name);
                }
                column.header = path;
            }
        }
    }

    /// What people read over a column: the question's label, in a grid with the grid's before it, and the choice's behind it.
    pub fn title(&self, column: &Column) -> String {
        let label = self.label_of(column.node);
        let mut title = match self.form.node(column.node).and_then(|node| node.parent) {
            Some(parent) if self.is_grid(parent) => {
                let grid = self.label_of(parent);
                if grid.is_empty() { label } else { format!("{grid} {label}") }
            }
            _ => label,
        };
        if title.is_empty() {
            title = column.header.clone();
        }
        if let Some((_, number)) = column.instance {
            title = format!("{title} [{}]", number + 1);
        }
        match column.part {
            Part::Whole => title,
            Part::Choice(at) => format!("{title} – {}", self.choice_label(column.node, at)),
        }
    }

    /// The label of a node in the language of the file, its holes as `…`.
    pub fn label_of(&self, id: NodeId) -> String {
        self.form.node(id).map_or_else(String::new, |node| node.label.plain(self.language))
    }

    /// The label of a choice, or its name where it has none.
    pub fn choice_label(&self, id: NodeId, at: usize) -> String {
        let choice = self.form.node(id).and_then(|node| self.form.choices_of(node)?.choices.get(at));
        choice.map_or_else(String::new, |choice| {
            if choice.label.is_empty() { choice.name.clone() } else { choice.label.plain(self.language) }
        })
    }

    fn is_grid(&self, id: NodeId) -> bool {
        self.form
            .node(id)
            .is_some_and(|node| matches!(node.kind, NodeKind::Group(crate::form::Layout::Grid(_))))
    }
}

/// What laying needs to know.
struct Laying<'l> {
    known: &'l HashMap<NodeId, (usize, Option<usize>)>,
    instances: Option<&'l [usize]>,
    withheld: std::collections::HashSet<NodeId>,
}

/// A node's ancestors, innermost first.
pub(super) fn ancestors(form: &Form, id: NodeId) -> impl Iterator<Item = (NodeId, &crate::form::Node)> {
    let above = move |id: NodeId| form.node(id).and_then(|node| node.parent);
    std::iter::successors(above(id), move |id| above(*id)).filter_map(|id| Some((id, form.node(id)?)))
}

fn choice_name(form: &Form, id: NodeId, at: usize) -> &str {
    let choice = form.node(id).and_then(|node| form.choices_of(node)?.choices.get(at));
    choice.map_or("", |choice| choice.name.as_str())
}

fn path_with(form: &Form, id: NodeId, position: Option<&str>) -> String {
    let mut position = position;
    let mut parts: Vec<String> = form.node(id).map(|node| node.name.clone()).into_iter().collect();
    for (_, node) in ancestors(form, id) {
        // The position belongs to the innermost repeat, which comes first on the way up.
        let text = match node.kind {
            NodeKind::Repeat { .. } => position.take(),
            _ => None,
        };
        parts.push(text.map_or_else(|| node.name.clone(), |position| format!("{}[{position}]", node.name)));
    }
    parts.reverse();
    parts.join("/")
}

fn join(at: &str, name: &str) -> String {
    if at.is_empty() { name.to_owned() } else { format!("{at}/{name}") }
}
