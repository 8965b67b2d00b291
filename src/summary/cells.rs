use crate::form::{ChoiceList, Form, QuestionKind};
use crate::response::Answer;

/// The code of a question that was not shown, in [`Cells::Wide`] and [`Cells::Orders`].
pub const NOT_SHOWN: u16 = u16::MAX;
/// The code of a question that was shown and skipped.
pub const BLANK: u16 = u16::MAX - 1;
/// The code of a question that was not shown, in [`Cells::Codes`].
pub const NOT_SHOWN_BYTE: u8 = u8::MAX;
/// The code of a question that was shown and skipped.
pub const BLANK_BYTE: u8 = u8::MAX - 1;
/// The day of a question that was not shown.
pub const NO_DAY: i32 = i32::MIN;
/// The day of a question that was shown and skipped.
pub const BLANK_DAY: i32 = i32::MIN + 1;
/// Lists up to this long have codes of one byte.
const SHORT: usize = 250;

/// Typed cells.
#[derive(Debug, Clone)]
pub enum Cells {
    /// One choice of a list of at most 250: its position, [`BLANK_BYTE`] or [`NOT_SHOWN_BYTE`].
    Codes(Vec<u8>),
    /// One choice of a longer list: its position, [`BLANK`] or [`NOT_SHOWN`].
    Wide(Vec<u16>),
    /// Many choices: `stride` words a cell; bit 0 says shown, bit 1 + i that choice i is marked.
    Sets {
        /// Words per cell.
        stride: usize,
        /// The words.
        words: Vec<u64>,
    },
    /// Choices in order: `stride` codes a cell, the most wanted first, then [`BLANK`]; all [`NOT_SHOWN`] when not shown.
    Orders {
        /// Codes per cell.
        stride: usize,
        /// The codes.
        codes: Vec<u16>,
    },
    /// Numbers; not a number when skipped, negative infinity when not shown.
    Numbers(Vec<f64>),
    /// Days since 1970-01-01, [`BLANK_DAY`] or [`NO_DAY`].
    Days(Vec<i32>),
    /// Texts, times and moments: only whether there was one.
    States(Vec<State>),
    /// Texts, times and moments as canonical text.
    Texts(Texts),
}

/// Whether there was an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Not shown.
    NotShown,
    /// Shown and skipped.
    Blank,
    /// Answered.
    Answered,
}

/// What a cell of a one-choice question says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// Not shown.
    NotShown,
    /// Shown and skipped.
    Blank,
    /// The choice at this position of the list.
    Choice(usize),
}

/// Texts one after another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Texts {
    /// Whether there was one, per cell.
    pub states: Vec<State>,
    /// Where each cell's text ends, in bytes of [`Texts::text`].
    pub ends: Vec<u32>,
    /// All of them.
    pub text: String,
}

impl Texts {
    /// The text of a cell; `None` where there was none.
    pub fn get(&self, cell: usize) -> Option<&str> {
        if self.states.get(cell) != Some(&State::Answered) {
            return None;
        }
        let start = cell.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.text.get(start as usize..*self.ends.get(cell)? as usize)
    }

    /// Adds a cell.
    pub fn push(&mut self, state: State, text: &str) {
        self.text.push_str(text);
        self.states.push(state);
        self.ends.push(self.text.len() as u32);
    }
}

/// Two tables are the same when their cells are; not a number, which says "skipped", equals itself.
impl PartialEq for Cells {
    fn eq(&self, other: &Cells) -> bool {
        match (self, other) {
            (Cells::Codes(a), Cells::Codes(b)) => a == b,
            (Cells::Wide(a), Cells::Wide(b)) => a == b,
            (Cells::Sets { stride: s, words: a }, Cells::Sets { stride: t, words: b }) => s == t && a == b,
            (Cells::Orders { stride: s, codes: a }, Cells::Orders { stride: t, codes: b }) => {
                s == t && a == b
            }
            (Cells::Numbers(a), Cells::Numbers(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a == b || (a.is_nan() && b.is_nan()))
            }
            (Cells::Days(a), Cells::Days(b)) => a == b,
            (Cells::States(a), Cells::States(b)) => a == b,
            (Cells::Texts(a), Cells::Texts(b)) => a == b,
            _ => false,
        }
    }
}

impl Cells {
    pub(super) fn new(form: &Form, kind: QuestionKind, texts: bool) -> Cells {
        let length = |list| form.list(list).map_or(0, |list| list.choices.len());
        match kind {
            QuestionKind::SelectOne(list) if length(list) <= SHORT => Cells::Codes(Vec::new()),
            QuestionKind::SelectOne(_) => Cells::Wide(Vec::new()),
            QuestionKind::SelectMultiple(list) => {
                Cells::Sets { stride: length(list) / 64 + 1, words: Vec::new() }
            }
            QuestionKind::Rank(list) => Cells::Orders { stride: length(list).max(1), codes: Vec::new() },
            QuestionKind::Integer | QuestionKind::Decimal => Cells::Numbers(Vec::new()),
            QuestionKind::Date => Cells::Days(Vec::new()),
            QuestionKind::Text | QuestionKind::Time | QuestionKind::DateTime if texts => {
                Cells::Texts(Texts::default())
            }
            QuestionKind::Text | QuestionKind::Time | QuestionKind::DateTime => Cells::States(Vec::new()),
        }
    }

    /// How many cells.
    pub fn len(&self) -> usize {
        match self {
            Cells::Codes(codes) => codes.len(),
            Cells::Wide(codes) => codes.len(),
            Cells::Sets { stride, words } => words.len() / stride,
            Cells::Orders { stride, codes } => codes.len() / stride,
            Cells::Numbers(numbers) => numbers.len(),
            Cells::Days(days) => days.len(),
            Cells::States(states) => states.len(),
            Cells::Texts(texts) => texts.states.len(),
        }
    }

    /// Whether there is no cell.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The code of a cell of a one-choice question; [`Code::NotShown`] for other questions.
    pub fn code(&self, cell: usize) -> Code {
        match self {
            Cells::Codes(codes) => match codes.get(cell) {
                None | Some(&NOT_SHOWN_BYTE) => Code::NotShown,
                Some(&BLANK_BYTE) => Code::Blank,
                Some(code) => Code::Choice(usize::from(*code)),
            },
            Cells::Wide(codes) => match codes.get(cell) {
                None | Some(&NOT_SHOWN) => Code::NotShown,
                Some(&BLANK) => Code::Blank,
                Some(code) => Code::Choice(usize::from(*code)),
            },
            _ => Code::NotShown,
        }
    }

    /// Fills up to `length` cells with "not shown".
    pub(super) fn grow(&mut self, length: usize) {
        match self {
            Cells::Codes(codes) => codes.resize(length.max(codes.len()), NOT_SHOWN_BYTE),
            Cells::Wide(codes) => codes.resize(length.max(codes.len()), NOT_SHOWN),
            Cells::Sets { stride, words } => words.resize((length * *stride).max(words.len()), 0),
            Cells::Orders { stride, codes } => codes.resize((length * *stride).max(codes.len()), NOT_SHOWN),
            Cells::Numbers(numbers) => numbers.resize(length.max(numbers.len()), f64::NEG_INFINITY),
            Cells::Days(days) => days.resize(length.max(days.len()), NO_DAY),
            Cells::States(states) => states.resize(length.max(states.len()), State::NotShown),
            Cells::Texts(texts) => {
                while texts.states.len() < length {
                    texts.push(State::NotShown, "");
                }
            }
        }
    }

    /// Adds the cells of the same question of another table.
    pub(super) fn append(&mut self, other: &Cells) {
        match (self, other) {
            (Cells::Codes(codes), Cells::Codes(more)) => codes.extend_from_slice(more),
            (Cells::Wide(codes), Cells::Wide(more)) => codes.extend_from_slice(more),
            (Cells::Sets { words, .. }, Cells::Sets { words: more, .. }) => words.extend_from_slice(more),
            (Cells::Orders { codes, .. }, Cells::Orders { codes: more, .. }) => codes.extend_from_slice(more),
            (Cells::Numbers(numbers), Cells::Numbers(more)) => numbers.extend_from_slice(more),
            (Cells::Days(days), Cells::Days(more)) => days.extend_from_slice(more),
            (Cells::States(states), Cells::States(more)) => states.extend_from_slice(more),
            (Cells::States(states), Cells::Texts(more)) => states.extend_from_slice(&more.states),
            (Cells::Texts(texts), Cells::Texts(more)) => {
                let before = texts.text.len() as u32;
                texts.text.push_str(&more.text);
                texts.states.extend_from_slice(&more.states);
                texts.ends.extend(more.ends.iter().map(|end| end + before));
            }
            // Tables of two forms: the cells stay "not shown".
            _ => {}
        }
    }

    /// Adds a shown cell at the end. `false`: it could not hold the answer whole.
    pub(super) fn put(&mut self, answer: &Answer, choices: Option<&ChoiceList>) -> bool {
        let code =
            |name: &str| choices.and_then(|list| list.choices.iter().position(|choice| choice.name == name));
        match self {
            Cells::Codes(codes) => {
                let found = chosen(answer, code);
                codes.push(found.map_or(BLANK_BYTE, |position| position as u8));
                found.is_some() || answer.is_empty()
            }
            Cells::Wide(codes) => {
                let found = chosen(answer, code);
                codes.push(found.map_or(BLANK, |position| position as u16));
                found.is_some() || answer.is_empty()
            }
            Cells::Sets { stride, words } => {
                let start = words.len();
                words.resize(start + *stride, 0);
                let mut mark = |bit: usize| {
                    if let Some(word) = words.get_mut(start + bit / 64) {
                        *word |= 1 << (bit % 64);
                    }
                };
                mark(0);
                let Answer::Choices(names) = answer else { return answer.is_empty() };
                let known = names.iter().filter_map(|name| code(name)).map(|code| mark(code + 1)).count();
                known == names.len()
            }
            Cells::Orders { stride, codes } => {
                let start = codes.len();
                let mut whole = answer.is_empty();
                if let Answer::Choices(names) = answer {
                    let known = names.iter().filter_map(|name| code(name)).map(|code| code as u16);
                    codes.extend(known.take(*stride));
                    whole = codes.len() - start == names.len();
                }
                codes.resize(start + *stride, BLANK);
                whole
            }
            Cells::Numbers(numbers) => {
                let (number, whole) = match answer {
                    Answer::Integer(number) => (*number as f64, number.unsigned_abs() <= 1 << 53),
                    Answer::Decimal(number) => (*number, true),
                    _ => (f64::NAN, answer.is_empty()),
                };
                numbers.push(number);
                whole
            }
            Cells::Days(days) => {
                let day = match answer {
                    Answer::Date(date) => Some(date.days()),
                    _ => None,
                };
                days.push(day.unwrap_or(BLANK_DAY));
                day.is_some() || answer.is_empty()
            }
            Cells::States(states) => {
                states.push(if answer.is_empty() { State::Blank } else { State::Answered });
                true
            }
            Cells::Texts(texts) => {
                if answer.is_empty() {
                    texts.push(State::Blank, "");
                } else {
                    texts.push(State::Answered, &answer.to_text());
                }
                true
            }
        }
    }
}

/// The position of the one choice named.
fn chosen(answer: &Answer, code: impl Fn(&str) -> Option<usize>) -> Option<usize> {
    match answer {
        Answer::Choice(name) => code(name),
        _ => None,
    }
}
