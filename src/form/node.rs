use super::{ListId, Text};
use crate::xpath::Expr;

/// A node's position in [`super::Form::nodes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// One row of a form: a question, a group, a repeat, a note or a calculation.
#[derive(Debug, Clone)]
pub struct Node {
    /// The XLSForm name: unique among its siblings.
    pub name: String,
    /// The group or repeat it stands in; `None` at the top level.
    pub parent: Option<NodeId>,
    /// What it is.
    pub kind: NodeKind,
    /// What people read; may be empty.
    pub label: Text,
    /// The smaller text under the label; may be empty.
    pub hint: Text,
    /// What is shown beside the label, as [`super::wire::SHOWS`] has it; may be empty.
    pub shows: String,
    /// Shown and kept only while this is true.
    pub relevant: Option<Expr>,
    /// Must be answered while this is true.
    pub required: Option<Expr>,
    /// What to say when it is required and blank; may be empty.
    pub required_message: Text,
    /// A non-blank answer is right only while this is true; `.` is the answer.
    pub constraint: Option<Expr>,
    /// What to say when the constraint fails; may be empty.
    pub constraint_message: Text,
    /// People cannot change it while this is true.
    pub readonly: Option<Expr>,
    /// Its value is computed.
    pub calculation: Option<Expr>,
    /// Its first value.
    pub default: Option<Expr>,
    /// How it looks, where a look was asked for.
    pub appearance: Appearance,
    /// Where its number stands on a scale of this kind.
    pub range: Option<Range>,
    /// What gives its answer, where that is the name of a file or a code that was read: `image 1280` (the longest side in
    /// pixels), `draw`, `audio`, `barcode`, ... Else empty.
    pub media: String,
    /// Names of questions: its value is computed when one of them changes, and at no other time. Empty: whenever what it
    /// reads changes.
    pub trigger: Vec<String>,
    /// Victimization and the like: quick exit stands beside it, nothing of it is shown by default.
    pub sensitive: bool,
}

impl Node {
    /// Whether its answer is the name of a file.
    pub fn is_file(&self) -> bool {
        self.appearance == Appearance::Media && self.media != "barcode"
    }
}

/// What a node is.
#[derive(Debug, Clone)]
pub enum NodeKind {
    /// A container of other nodes.
    Group(Layout),
    /// A container repeated; its children stand once in each instance.
    Repeat {
        /// How many instances; `None`: people add and remove them.
        count: Option<Expr>,
    },
    /// Something people answer.
    Question(QuestionKind),
    /// Something people only read.
    Note,
    /// A value nobody sees.
    Calculate,
}

/// How a group lays out its children.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// No look of its own: the children flow into the page around it.
    Plain,
    /// A section: its children share a page.
    Page,
    /// One choice list, a row for each child, all of them [`QuestionKind::SelectOne`] of that list.
    Grid(ListId),
}

/// What kind of answer a question takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuestionKind {
    /// Free text.
    Text,
    /// A whole number.
    Integer,
    /// A number with a fraction.
    Decimal,
    /// One choice of a list.
    SelectOne(ListId),
    /// Any choices of a list.
    SelectMultiple(ListId),
    /// Choices of a list in order, first is most.
    Rank(ListId),
    /// A calendar day.
    Date,
    /// A time of day.
    Time,
    /// A day and a time.
    DateTime,
}

/// How a question looks, where its author asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Appearance {
    /// The kind's own look.
    #[default]
    Usual,
    /// Text in several lines.
    Multiline,
    /// A select as a row of numbered buttons (0-10, 1-7).
    Scale,
    /// A select folded into a menu.
    Minimal,
    /// A select with a field to search its choices.
    Search,
    /// A select whose choices stand side by side where there is room.
    Columns,
    /// A text of digits.
    Digits,
    /// A date of which people give the year: its first day is kept.
    Year,
    /// A date of which people give month and year: its first day is kept.
    Month,
    /// A text that is a place: latitude, longitude, altitude and accuracy in metres.
    Place,
    /// A text that the camera, a pen or a file gives: [`Node::media`] says which.
    Media,
    /// Kept with the answers and never seen.
    Hidden,
}

/// The numbers that a scale offers: `start`, `start + step`, and so on up to `end`; `end` may be below `start`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// Where it begins.
    pub start: f64,
    /// Where it ends.
    pub end: f64,
    /// How far its numbers are apart; above 0.
    pub step: f64,
}

impl NodeKind {
    /// The choice list of a question that has one.
    pub fn list(&self) -> Option<ListId> {
        match self {
            NodeKind::Question(
                QuestionKind::SelectOne(list) | QuestionKind::SelectMultiple(list) | QuestionKind::Rank(list),
            ) => Some(*list),
            _ => None,
        }
    }

    /// The kind of question, of a question.
    pub fn question(&self) -> Option<QuestionKind> {
        match self {
            NodeKind::Question(kind) => Some(*kind),
            _ => None,
        }
    }

    /// Whether people can answer it.
    pub fn is_question(&self) -> bool {
        matches!(self, NodeKind::Question(_))
    }

    /// Whether it holds other nodes.
    pub fn is_container(&self) -> bool {
        matches!(self, NodeKind::Group(_) | NodeKind::Repeat { .. })
    }
}
