use super::Text;
use crate::xpath::Expr;

/// A choice list's position in [`super::Form::lists`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListId(pub u32);

/// A named list of choices. A question with a choice filter has a list of its own, so that the filter stands here once.
#[derive(Debug, Clone)]
pub struct ChoiceList {
    /// The XLSForm list name.
    pub name: String,
    /// The choices, in the author's order.
    pub choices: Vec<Choice>,
    /// Offered only where true; `name` and the columns are children of the choice. `None`: all are offered.
    pub filter: Option<Expr>,
    /// The name of a question in a repeat: its answers are the choices, and there are none in `choices`.
    pub from: Option<String>,
    /// Offered in an order drawn for each filling.
    pub shuffle: Option<Shuffle>,
}

/// How choices are put in an order drawn for each filling.
#[derive(Debug, Clone, PartialEq)]
pub enum Shuffle {
    /// By the filling's own seed.
    Freely,
    /// By this number: the same number, the same order.
    By(Expr),
}

impl ChoiceList {
    /// The choice with this name.
    pub fn choice(&self, name: &str) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.name == name)
    }

    /// Lowest and highest score of the list; `None` when fewer than two choices have one.
    pub fn score_range(&self) -> Option<(f64, f64)> {
        let mut scores = self.choices.iter().filter_map(|choice| choice.score);
        let first = scores.next()?;
        let mut range = (first, first);
        let mut more = false;
        for score in scores {
            range = (range.0.min(score), range.1.max(score));
            more = true;
        }
        more.then_some(range)
    }
}

/// One choice.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The value that is stored.
    pub name: String,
    /// What people read.
    pub label: Text,
    /// What the choice means to the summary.
    pub role: Role,
    /// Its place on a scale; missing values have none.
    pub score: Option<f64>,
    /// Further columns for choice filters: (column, value).
    pub columns: Vec<(String, String)>,
}

/// What a choice means to the summary, and to the other choices of a many-choice question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    /// An answer like any other.
    #[default]
    Substantive,
    /// Don't know, no opinion: out of the base, told beside it.
    DontKnow,
    /// Not applicable: out of the base.
    NotApplicable,
    /// Refused: out of the base, counted with the blanks.
    Refused,
    /// Never does it: an answer, but not on the scale.
    Never,
    /// Cannot be combined with another choice.
    Exclusive,
}
