use std::fmt::Write;

use super::routing::{Numbers, routing};
use crate::chart::escape;
use crate::form::{ChoiceList, Form, Layout, ListId, Node, NodeId, NodeKind, QuestionKind, Text};
use crate::i18n::Language;
use crate::i18n::questionnaire as say;

/// The form as people read it: every question with its choices, numbered, and when it is asked.
pub(super) fn questionnaire(form: &Form, language: Language) -> String {
    let mut paper = Paper {
        form,
        tongue: form.language(language.tag()).unwrap_or(0),
        language,
        numbers: Numbers::of(form),
        lists: Vec::new(),
        html: format!("<p class=\"result-note\">{}</p>", escape(say::numbered(language))),
    };
    paper.html.push_str("<dl class=\"paper\">");
    paper.children(None);
    paper.html.push_str("</dl>");
    // Headings stand between lists, not in them.
    paper.html.replace("<dl class=\"paper\"></dl>", "")
}

struct Paper<'a> {
    form: &'a Form,
    /// The language's place in the form.
    tongue: usize,
    language: Language,
    numbers: Numbers,
    /// Lists whose choices stand above already, with the number of the question.
    lists: Vec<(ListId, usize)>,
    html: String,
}

impl Paper<'_> {
    fn children(&mut self, parent: Option<NodeId>) {
        let form = self.form;
        for id in form.children(parent) {
            let Some(node) = form.node(id) else { continue };
            match node.kind {
                NodeKind::Group(Layout::Grid(_)) => self.grid(id, node),
                NodeKind::Group(_) => {
                    let label = self.words(&node.label);
                    let heading = !label.is_empty();
                    if heading {
                        let _ = write!(self.html, "</dl><h3>{label}</h3><dl class=\"paper\">");
                    }
                    self.routing(node);
                    self.children(Some(id));
                }
                NodeKind::Repeat { .. } => {
                    let label = self.words(&node.label);
                    let repeated = escape(say::repeated(self.language));
                    let _ = write!(self.html, "<dt>{repeated}: {label}</dt>");
                    self.routing(node);
                    self.children(Some(id));
                }
                NodeKind::Question(kind) => self.question(id, node, kind),
                NodeKind::Note => {
                    let label = self.words(&node.label);
                    let _ = write!(self.html, "<dt>{label}</dt>");
                    self.routing(node);
                }
                NodeKind::Calculate => {}
            }
        }
    }

    fn words(&self, text: &Text) -> String {
        escape(&text.plain(self.tongue))
    }

    fn routing(&mut self, node: &Node) {
        if let Some(sentence) = routing(self.form, node, &self.numbers, self.language) {
            let _ = write!(self.html, "<dd class=\"when\">{}</dd>", escape(&sentence));
        }
    }

    fn question(&mut self, id: NodeId, node: &Node, kind: QuestionKind) {
        let number = self.numbers.of_node(id).unwrap_or(0);
        let _ = write!(self.html, "<dt>{number}. {}</dt>", self.words(&node.label));
        self.routing(node);
        let how = match kind {
            QuestionKind::SelectOne(_) => say::one(self.language),
            QuestionKind::SelectMultiple(_) => say::many(self.language),
            QuestionKind::Rank(_) => say::ordered(self.language),
            QuestionKind::Integer | QuestionKind::Decimal => say::number(self.language),
            QuestionKind::Text => say::text(self.language),
            QuestionKind::Date | QuestionKind::DateTime => say::day(self.language),
            QuestionKind::Time => say::time(self.language),
        };
        let choices = self.choices(node.kind.list(), number);
        let colon = if choices.is_empty() { "" } else { ": " };
        let _ = write!(self.html, "<dd>{}{colon}{choices}</dd>", escape(how));
    }

    /// The choices one after another, or where they stand already.
    fn choices(&mut self, list: Option<ListId>, number: usize) -> String {
        let Some(id) = list else { return String::new() };
        if let Some((_, first)) = self.lists.iter().find(|(known, _)| *known == id) {
            return escape(&say::as_in(*first, self.language));
        }
        self.lists.push((id, number));
        self.form.list(id).map(|list| self.labels(list)).unwrap_or_default()
    }

    fn labels(&self, list: &ChoiceList) -> String {
        let labels: Vec<String> = list.choices.iter().map(|choice| self.words(&choice.label)).collect();
        labels.join(" · ")
    }

    fn grid(&mut self, id: NodeId, node: &Node) {
        let form = self.form;
        let _ = write!(self.html, "<dt>{}</dt>", self.words(&node.label));
        self.routing(node);
        let rows: Vec<(NodeId, &Node)> =
            form.children(Some(id)).filter_map(|id| Some((id, form.node(id)?))).collect();
        let first = rows.first().and_then(|(id, _)| self.numbers.of_node(*id)).unwrap_or(0);
        let list = rows.first().and_then(|(_, row)| row.kind.list());
        let choices = self.choices(list, first);
        let _ = write!(self.html, "<dd>{}: {choices}</dd>", escape(say::one(self.language)));
        for (id, row) in rows {
            let number = self.numbers.of_node(id).unwrap_or(0);
            let label = self.words(&row.label);
            let _ = write!(self.html, "<dt class=\"row\">{number}. {label}</dt>");
            self.routing(row);
        }
    }
}
