use std::collections::{BTreeMap, BTreeSet};

use super::stop::StopWords;
use crate::response::ResponseId;
use crate::survey::{Bilingual, value_for};

/// How the open answers of a survey are worked on: what a facilitator keeps beside the responses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenText {
    /// The survey's id.
    pub survey: String,
    /// Words that are not counted.
    pub stop_words: StopWords,
    /// Counts the edits of the stop words.
    pub stop_words_edited: u64,
    /// One per question that is coded, in the order of their names.
    pub questions: Vec<Question>,
}

/// A text question that is coded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Question {
    /// The themes.
    pub book: CodeBook,
    /// Which answers have which.
    pub coding: Coding,
}

/// The themes that answers to a question are coded with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CodeBook {
    /// The question's name.
    pub question: String,
    /// In the order of their ids, no id twice.
    pub themes: Vec<Theme>,
}

/// Something that several people say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// What codings name it by: made of its first label, the same on every device that begins with the same words.
    pub id: String,
    /// What people read.
    pub label: Bilingual,
    /// What belongs to it and what does not, for whoever codes.
    pub definition: String,
    /// No longer used: not offered, not counted. It stays, so that a merge does not bring it back to life.
    pub retired: bool,
    /// Larger in what was edited later.
    pub edited: u64,
}

/// Who codes. Two people code a part of the answers each for themselves, to see whether they agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Coder {
    /// The first: whose codes count where there are two.
    First,
    /// The second.
    Second,
}

/// Which answer to a question: the response, and the place among the instances of a repeat, from 1 (1 outside of repeats).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The response.
    pub response: ResponseId,
    /// The instance.
    pub instance: u32,
}

/// What a coder made of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mark {
    /// The ids of its themes; empty: coded, and none fits; `None`: the coding was taken back.
    pub themes: Option<BTreeSet<String>>,
    /// Larger in what was edited later.
    pub edited: u64,
}

/// The marks of both coders.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Coding {
    pub(super) marks: [BTreeMap<Place, Mark>; 2],
}

/// Two codings of different surveys do not merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OtherSurvey;

impl OpenText {
    /// Nothing coded yet.
    pub fn new(survey: &str) -> OpenText {
        OpenText {
            survey: survey.to_owned(),
            stop_words: StopWords::default(),
            stop_words_edited: 0,
            questions: Vec::new(),
        }
    }

    /// The coding of a question, by name.
    pub fn question(&self, name: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.book.question == name)
    }

    /// Changes the coding of a question, begun where there was none.
    pub fn change(&mut self, name: &str, change: impl FnOnce(&mut Question)) {
        let at = self.questions.partition_point(|question| question.book.question.as_str() < name);
        if self.questions.get(at).is_none_or(|question| question.book.question != name) {
            let book = CodeBook { question: name.to_owned(), themes: Vec::new() };
            self.questions.insert(at, Question { book, coding: Coding::default() });
        }
        if let Some(question) = self.questions.get_mut(at) {
            change(question);
        }
    }

    /// Forgets what was made of the answers in these responses.
    pub fn forget(&mut self, responses: &BTreeSet<ResponseId>) {
        for marks in self.questions.iter_mut().flat_map(|question| &mut question.coding.marks) {
            marks.retain(|place, _| !responses.contains(&place.response));
        }
    }

    /// Puts other stop words.
    pub fn put_stop_words(&mut self, stop_words: StopWords) {
        if self.stop_words != stop_words {
            self.stop_words = stop_words;
            self.stop_words_edited += 1;
        }
    }

    /// What two devices did, together: all questions, all themes, all marks of either. Where both have the same thing in two
    /// versions (a theme, a coder's mark of an answer, the stop words), the one edited later holds: edits are counted, and
    /// each has a higher number than whatever its device knew when it was made. Of two with the same number, made without
    /// knowing of each other, sets are united and of two wordings the one that sorts last holds. In whatever order and how
    /// often it is done, the result is the same.
    pub fn merge(self, other: OpenText) -> Result<OpenText, OtherSurvey> {
        if self.survey != other.survey {
            return Err(OtherSurvey);
        }
        let (stop_words, stop_words_edited) = later(
            (self.stop_words, self.stop_words_edited),
            (other.stop_words, other.stop_words_edited),
            |one, other| StopWords {
                es: one.es || other.es,
                en: one.en || other.en,
                added: one.added.into_iter().chain(other.added).collect(),
                removed: one.removed.into_iter().chain(other.removed).collect(),
            },
        );
        let mut questions: BTreeMap<String, Question> = BTreeMap::new();
        for question in self.questions.into_iter().chain(other.questions) {
            let name = question.book.question.clone();
            let merged = match questions.remove(&name) {
                Some(known) => Question {
                    book: known.book.merge(question.book),
                    coding: known.coding.merge(question.coding),
                },
                None => question,
            };
            questions.insert(name, merged);
        }
        let questions = questions.into_values().collect();
        Ok(OpenText { survey: self.survey, stop_words, stop_words_edited, questions })
    }
}

impl CodeBook {
    /// A theme, by id.
    pub fn theme(&self, id: &str) -> Option<&Theme> {
        self.themes.iter().find(|theme| theme.id == id)
    }

    /// The themes that are in use.
    pub fn used(&self) -> impl Iterator<Item = &Theme> {
        self.themes.iter().filter(|theme| !theme.retired)
    }

    /// Adds a theme and says its id.
    pub fn add(&mut self, label: Bilingual, definition: &str) -> String {
        let taken: Vec<String> = self.themes.iter().map(|theme| theme.id.clone()).collect();
        let id = value_for(if label.es.trim().is_empty() { &label.en } else { &label.es }, &taken);
        let (definition, edited) = (definition.to_owned(), self.next_edit());
        let at = self.themes.partition_point(|theme| theme.id < id);
        self.themes.insert(at, Theme { id: id.clone(), label, definition, retired: false, edited });
        id
    }

    /// Changes the wording of a theme, or whether it is retired; its id stays. What changes nothing is no edit.
    pub fn edit(&mut self, id: &str, change: impl FnOnce(&mut Theme)) {
        let edited = self.next_edit();
        let Some(theme) = self.themes.iter_mut().find(|theme| theme.id == id) else { return };
        let mut changed = theme.clone();
        change(&mut changed);
        let changed = Theme { id: theme.id.clone(), edited: theme.edited, ..changed };
        if changed != *theme {
            *theme = Theme { edited, ..changed };
        }
    }

    fn next_edit(&self) -> u64 {
        self.themes.iter().map(|theme| theme.edited).max().unwrap_or(0).saturating_add(1)
    }

    pub(super) fn merge(self, other: CodeBook) -> CodeBook {
        let order = |theme: &Theme| {
            let Bilingual { es, en } = theme.label.clone();
            (theme.edited, es, en, theme.definition.clone(), theme.retired)
        };
        let mut themes: BTreeMap<String, Theme> = BTreeMap::new();
        for theme in self.themes.into_iter().chain(other.themes) {
            let holds = themes.get(&theme.id).is_none_or(|known| order(known) < order(&theme));
            if holds {
                themes.insert(theme.id.clone(), theme);
            }
        }
        CodeBook { question: self.question, themes: themes.into_values().collect() }
    }
}

impl Coder {
    /// Both.
    pub const ALL: [Coder; 2] = [Coder::First, Coder::Second];
}

impl Coding {
    /// The themes that a coder gave an answer; `None`: not coded by them.
    pub fn themes(&self, coder: Coder, place: Place) -> Option<&BTreeSet<String>> {
        let [first, second] = &self.marks;
        let marks = match coder {
            Coder::First => first,
            Coder::Second => second,
        };
        marks.get(&place)?.themes.as_ref()
    }

    /// The themes that count for an answer: the first coder's, or where they have not coded it, the second's.
    pub fn counted(&self, place: Place) -> Option<&BTreeSet<String>> {
        self.themes(Coder::First, place).or_else(|| self.themes(Coder::Second, place))
    }

    /// Codes an answer, anew or for the first time; `None` takes the coding back. What changes nothing is no edit.
    pub fn put(&mut self, coder: Coder, place: Place, themes: Option<BTreeSet<String>>) {
        if self.themes(coder, place) == themes.as_ref() {
            return;
        }
        let marks = self.marks.iter().flat_map(BTreeMap::values);
        let edited = marks.map(|mark| mark.edited).max().unwrap_or(0).saturating_add(1);
        self.put_mark(coder, place, Mark { themes, edited });
    }

    /// Every mark of a coder, taken back ones included.
    pub fn marks(&self, coder: Coder) -> impl Iterator<Item = (&Place, &Mark)> {
        let [first, second] = &self.marks;
        match coder {
            Coder::First => first.iter(),
            Coder::Second => second.iter(),
        }
    }

    /// Puts a mark beside what there is, as a merge does.
    pub(super) fn put_mark(&mut self, coder: Coder, place: Place, mark: Mark) {
        let [first, second] = &mut self.marks;
        let marks = match coder {
            Coder::First => first,
            Coder::Second => second,
        };
        let merged = match marks.remove(&place) {
            Some(known) => known.merge(mark),
            None => mark,
        };
        marks.insert(place, merged);
    }

    pub(super) fn merge(mut self, other: Coding) -> Coding {
        for (coder, marks) in Coder::ALL.into_iter().zip(other.marks) {
            for (place, mark) in marks {
                self.put_mark(coder, place, mark);
            }
        }
        self
    }
}

impl Mark {
    fn merge(self, other: Mark) -> Mark {
        let (themes, edited) =
            later((self.themes, self.edited), (other.themes, other.edited), |one, other| {
                match (one, other) {
                    (Some(one), Some(other)) => Some(one.into_iter().chain(other).collect()),
                    (one, other) => one.or(other),
                }
            });
        Mark { themes, edited }
    }
}

/// The one edited later; where neither is, both together.
fn later<T>(one: (T, u64), other: (T, u64), together: impl FnOnce(T, T) -> T) -> (T, u64) {
    match one.1.cmp(&other.1) {
        std::cmp::Ordering::Less => other,
        std::cmp::Ordering::Greater => one,
        std::cmp::Ordering::Equal => (together(one.0, other.0), one.1),
    }
}
