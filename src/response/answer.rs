use crate::form::{Date, DateTime, QuestionKind, Time, read_number, write_number};

/// A typed answer. Choices are kept by name, never by label, so that no language touches them.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Answer {
    /// Nothing: not answered, or taken back.
    #[default]
    Empty,
    /// Free text, never blank.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction, finite.
    Decimal(f64),
    /// The name of one choice.
    Choice(String),
    /// Names of choices: in the list's order for a many-choice question, in the person's order for a ranking. Never empty.
    Choices(Vec<String>),
    /// A calendar day.
    Date(Date),
    /// A time of day.
    Time(Time),
    /// A day and a time.
    DateTime(DateTime),
}

impl Answer {
    /// Whether nothing was answered.
    pub fn is_empty(&self) -> bool {
        matches!(self, Answer::Empty)
    }

    /// The canonical text of XForms: choices separated by spaces, ISO dates, a point for decimals; empty for no answer.
    pub fn to_text(&self) -> String {
        match self {
            Answer::Empty => String::new(),
            Answer::Text(text) | Answer::Choice(text) => text.clone(),
            Answer::Integer(number) => number.to_string(),
            Answer::Decimal(number) => write_number(*number),
            Answer::Choices(names) => names.join(" "),
            Answer::Date(date) => date.to_string(),
            Answer::Time(time) => time.to_string(),
            Answer::DateTime(moment) => moment.to_string(),
        }
    }

    /// Reads canonical text as the answer of a question of this kind. Blank text is [`Answer::Empty`];
    /// `None` for text that such a question cannot hold.
    pub fn from_text(kind: QuestionKind, text: &str) -> Option<Answer> {
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return Some(Answer::Empty);
        }
        Some(match kind {
            QuestionKind::Text => Answer::Text(text.to_owned()),
            QuestionKind::Integer => Answer::Integer(trimmed.parse().ok()?),
            QuestionKind::Decimal => {
                Answer::Decimal(read_number(trimmed).filter(|number| number.is_finite())?)
            }
            QuestionKind::SelectOne(_) => Answer::Choice(trimmed.to_owned()),
            QuestionKind::SelectMultiple(_) | QuestionKind::Rank(_) => {
                Answer::Choices(trimmed.split_whitespace().map(str::to_owned).collect())
            }
            QuestionKind::Date => Answer::Date(Date::parse(trimmed)?),
            QuestionKind::Time => Answer::Time(Time::parse(trimmed, 0)?),
            QuestionKind::DateTime => Answer::DateTime(DateTime::parse(trimmed, 0)?),
        })
    }
}
