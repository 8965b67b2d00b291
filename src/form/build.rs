use super::wire::{ChoiceSource, FormSource, IndexSource, NodeSource, SHOWS};
use super::{
    Appearance, Choice, ChoiceList, Form, Index, IndexKind, Layout, ListId, Node, NodeId, NodeKind, Piece,
    QuestionKind, Range, Role, Shuffle, Template, Text,
};
use crate::xpath::{Expr, ParseError, read_number};

/// Something in a [`FormSource`] that has no meaning.
#[derive(Debug, Clone, PartialEq)]
pub struct FormProblem {
    /// The node's or list's name.
    pub name: String,
    /// Which member of it: `relevant`, `label`, `list`, ...
    pub member: &'static str,
    /// What is wrong.
    pub kind: FormProblemKind,
}

/// What can be wrong in a [`FormSource`].
#[derive(Debug, Clone, PartialEq)]
pub enum FormProblemKind {
    /// An expression cannot be read.
    Expression(ParseError),
    /// No such node kind, role, appearance or index kind.
    Unknown(String),
    /// No choice list of this name.
    NoList(String),
    /// Two siblings share a name.
    Twice,
    /// A form without a language.
    NoLanguage,
    /// Written by a newer version of the program.
    Newer(u32),
}

impl Form {
    /// Gives a source its meaning: parses expressions, resolves lists, checks names. Reports every problem, not only the first.
    pub fn build(source: &FormSource) -> Result<Form, Vec<FormProblem>> {
        let mut builder = Builder {
            source,
            problems: Vec::new(),
            nodes: Vec::new(),
            lists: source
                .lists
                .iter()
                .map(|list| ChoiceList {
                    name: list.name.clone(),
                    choices: Vec::new(),
                    filter: None,
                    from: (!list.from.is_empty()).then(|| list.from.clone()),
                    shuffle: None,
                })
                .collect(),
        };
        if source.format > super::wire::FORMAT {
            builder.problem(&source.id, "format", FormProblemKind::Newer(source.format));
        }
        if source.languages.is_empty() {
            builder.problem(&source.id, "languages", FormProblemKind::NoLanguage);
        }
        for (position, list) in source.lists.iter().enumerate() {
            let choices = list.choices.iter().map(|choice| builder.choice(&list.name, choice)).collect();
            if let Some(built) = builder.lists.get_mut(position) {
                built.choices = choices;
            }
        }
        builder.siblings(&source.nodes, None);
        let indices = source.indices.iter().filter_map(|index| builder.index(index)).collect();
        let title = builder.text(&source.id, "title", &source.title);
        if !builder.problems.is_empty() {
            return Err(builder.problems);
        }
        Ok(Form {
            id: source.id.clone(),
            version: source.version.clone(),
            title,
            languages: source.languages.clone(),
            language_names: source.language_names.clone(),
            nodes: builder.nodes,
            lists: builder.lists,
            indices,
        })
    }
}

fn parameter<'a>(source: &'a NodeSource, name: &str) -> Option<&'a str> {
    source.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

fn range(source: &NodeSource) -> Option<Range> {
    let number = |name| parameter(source, name).and_then(read_number);
    Some(Range {
        start: number("start")?,
        end: number("end")?,
        step: number("step").filter(|step| *step > 0.0)?,
    })
}

struct Builder<'a> {
    source: &'a FormSource,
    problems: Vec<FormProblem>,
    nodes: Vec<Node>,
    lists: Vec<ChoiceList>,
}

impl Builder<'_> {
    fn problem(&mut self, name: &str, member: &'static str, kind: FormProblemKind) {
        self.problems.push(FormProblem { name: name.to_owned(), member, kind });
    }

    fn siblings(&mut self, sources: &[NodeSource], parent: Option<NodeId>) {
        for (position, source) in sources.iter().enumerate() {
            if sources.iter().take(position).any(|earlier| earlier.name == source.name) {
                self.problem(&source.name, "name", FormProblemKind::Twice);
            }
            let Some(kind) = self.kind(source) else { continue };
            let node = self.node(source, parent, kind);
            let id = NodeId(self.nodes.len() as u32);
            self.nodes.push(node);
            self.siblings(&source.children, Some(id));
        }
    }

    fn node(&mut self, source: &NodeSource, parent: Option<NodeId>, kind: NodeKind) -> Node {
        let name = source.name.as_str();
        let appearance = match source.appearance.as_str() {
            "multiline" => Appearance::Multiline,
            "scale" => Appearance::Scale,
            "minimal" => Appearance::Minimal,
            "search" => Appearance::Search,
            "columns" => Appearance::Columns,
            "digits" => Appearance::Digits,
            "year" => Appearance::Year,
            "month" => Appearance::Month,
            "place" => Appearance::Place,
            "media" => Appearance::Media,
            "hidden" => Appearance::Hidden,
            "" => Appearance::Usual,
            other => {
                self.problem(name, "appearance", FormProblemKind::Unknown(other.to_owned()));
                Appearance::Usual
            }
        };
        Node {
            name: name.to_owned(),
            parent,
            kind,
            label: self.text(name, "label", &source.label),
            hint: self.text(name, "hint", &source.hint),
            shows: parameter(source, SHOWS).unwrap_or_default().to_owned(),
            relevant: self.expr(name, "relevant", &source.relevant),
            required: self.expr(name, "required", &source.required),
            required_message: self.text(name, "required_message", &source.required_message),
            constraint: self.expr(name, "constraint", &source.constraint),
            constraint_message: self.text(name, "constraint_message", &source.constraint_message),
            readonly: self.expr(name, "readonly", &source.readonly),
            calculation: self.expr(name, "calculation", &source.calculation),
            default: self.expr(name, "default", &source.default),
            appearance,
            range: range(source),
            media: ["media", "max-pixels"]
                .map(|name| parameter(source, name).unwrap_or_default())
                .join(" ")
                .trim()
                .to_owned(),
            trigger: source.trigger.clone(),
            sensitive: source.sensitive,
        }
    }

    fn kind(&mut self, source: &NodeSource) -> Option<NodeKind> {
        Some(match source.kind.as_str() {
            "group" => NodeKind::Group(Layout::Plain),
            "page" => NodeKind::Group(Layout::Page),
            "grid" => NodeKind::Group(Layout::Grid(self.list(source)?)),
            "repeat" => {
                NodeKind::Repeat { count: self.expr(&source.name, "repeat_count", &source.repeat_count) }
            }
            "note" => NodeKind::Note,
            "calculate" => NodeKind::Calculate,
            "text" => NodeKind::Question(QuestionKind::Text),
            "integer" => NodeKind::Question(QuestionKind::Integer),
            "decimal" => NodeKind::Question(QuestionKind::Decimal),
            "date" => NodeKind::Question(QuestionKind::Date),
            "time" => NodeKind::Question(QuestionKind::Time),
            "dateTime" => NodeKind::Question(QuestionKind::DateTime),
            "select_one" => NodeKind::Question(QuestionKind::SelectOne(self.list(source)?)),
            "select_multiple" => NodeKind::Question(QuestionKind::SelectMultiple(self.list(source)?)),
            "rank" => NodeKind::Question(QuestionKind::Rank(self.list(source)?)),
            other => {
                self.problem(&source.name, "kind", FormProblemKind::Unknown(other.to_owned()));
                return None;
            }
        })
    }

    /// A filtered or shuffled question gets a copy of the list, so that a list and what is done to it stay together.
    fn list(&mut self, source: &NodeSource) -> Option<ListId> {
        let Some(position) = self.lists.iter().position(|list| list.name == source.list) else {
            self.problem(&source.name, "list", FormProblemKind::NoList(source.list.clone()));
            return None;
        };
        let filter = self.expr(&source.name, "choice_filter", &source.choice_filter);
        let shuffle = (parameter(source, "randomize") == Some("true")).then(|| {
            let seed = self.expr(&source.name, "seed", parameter(source, "seed").unwrap_or_default());
            seed.map_or(Shuffle::Freely, Shuffle::By)
        });
        if filter.is_none() && shuffle.is_none() {
            return Some(ListId(position as u32));
        }
        let own = ChoiceList { filter, shuffle, ..self.lists.get(position)?.clone() };
        self.lists.push(own);
        Some(ListId(self.lists.len() as u32 - 1))
    }

    fn choice(&mut self, list: &str, source: &ChoiceSource) -> Choice {
        let role = match source.role.as_str() {
            "" => Role::Substantive,
            "missing_dk" => Role::DontKnow,
            "missing_na" => Role::NotApplicable,
            "missing_ref" => Role::Refused,
            "special_never" => Role::Never,
            "exclusive" => Role::Exclusive,
            other => {
                self.problem(list, "role", FormProblemKind::Unknown(other.to_owned()));
                Role::Substantive
            }
        };
        Choice {
            name: source.name.clone(),
            label: self.text(list, "label", &source.label),
            role,
            score: source.score,
            columns: source.columns.clone(),
        }
    }

    fn index(&mut self, source: &IndexSource) -> Option<Index> {
        let items = source.items.clone();
        let first = items.first().cloned().unwrap_or_default();
        let kind = match source.kind.as_str() {
            "mean" => IndexKind::Mean { items, minimum_items: source.minimum_items },
            "paired" => IndexKind::Paired { pairs: source.pairs.clone() },
            "priorities" => IndexKind::Priorities { items },
            "any" => IndexKind::Any { items },
            "recommendation" => IndexKind::Recommendation { item: first },
            "safe_walking" => IndexKind::SafeWalking { item: first },
            "reporting" => IndexKind::Reporting { pairs: source.pairs.clone() },
            "incidence" => IndexKind::Incidence { pairs: source.pairs.clone() },
            "ranked" => IndexKind::Ranked { items },
            "commitments" => {
                IndexKind::Commitments { count: first, repeat: items.get(1).cloned().unwrap_or_default() }
            }
            other => {
                self.problem(&source.id, "kind", FormProblemKind::Unknown(other.to_owned()));
                return None;
            }
        };
        Some(Index { id: source.id.clone(), label: self.text(&source.id, "label", &source.label), kind })
    }

    fn expr(&mut self, name: &str, member: &'static str, source: &str) -> Option<Expr> {
        if source.is_empty() {
            return None;
        }
        match Expr::parse(source) {
            Ok(expr) => Some(expr),
            Err(error) => {
                self.problem(name, member, FormProblemKind::Expression(error));
                None
            }
        }
    }

    fn text(&mut self, name: &str, member: &'static str, sources: &[String]) -> Text {
        debug_assert!(sources.len() <= self.source.languages.len());
        let templates = sources.iter().map(|source| self.template(name, member, source)).collect();
        Text { templates }
    }

    fn template(&mut self, name: &str, member: &'static str, source: &str) -> Template {
        let mut pieces = Vec::new();
        let mut rest = source;
        while let Some((before, _)) = crate::xpath::split_once(rest, "${") {
            let hole = rest.get(before.len()..).unwrap_or_default();
            let Some(end) = hole.find('}') else { break };
            if !before.is_empty() {
                pieces.push(Piece::Literal(before.to_owned()));
            }
            let (hole, after) = hole.split_at_checked(end + 1).unwrap_or_default();
            if let Some(expr) = self.expr(name, member, hole) {
                pieces.push(Piece::Hole(expr));
            }
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Literal(rest.to_owned()));
        }
        Template { pieces }
    }
}
