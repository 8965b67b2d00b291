//! Open answers as the desk shows them: words, themes, how far the coding is, and for analysts the answers themselves, shuffled
//! for each question so that nothing leads from one answer of a person to another. Plain data; [`crate::job`] fills it.

/// The open answers to a question.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Texts {
    /// The text questions of the form: name and label.
    pub questions: Vec<(String, String)>,
    /// The one shown; empty where the form has none.
    pub question: String,
    /// Of how many answers it is, in a sentence; where nothing may be shown, why.
    pub base: String,
    /// What to be careful about.
    pub caution: Option<String>,
    /// Words that people used, with how many people; those of most first.
    pub words: Vec<(String, usize)>,
    /// Different words that too few people used to be shown.
    pub hidden_words: usize,
    /// Which words are not counted.
    pub stops: Stops,
    /// The themes in use, in the order of the code book.
    pub themes: Vec<ThemeLine>,
    /// Themes, and coded answers without any, as a table; empty where nothing is coded.
    pub tally: Vec<(String, String)>,
    /// Answers there are to code; `None` where that may not be told.
    pub answers: Option<usize>,
    /// Of those, how many each of the two coders has coded.
    pub coded: [usize; 2],
    /// Whether two coders agree, in sentences; empty while nobody has coded anything.
    pub agreement: Vec<String>,
    /// The answers; analysts only.
    pub written: Vec<Written>,
}

/// Which words are not counted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stops {
    /// Our Spanish list.
    pub es: bool,
    /// Our English list.
    pub en: bool,
    /// Words left out besides.
    pub added: Vec<String>,
    /// Words of our lists that are counted all the same.
    pub removed: Vec<String>,
}

/// A theme of the code book.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ThemeLine {
    /// Its id.
    pub id: String,
    /// Its name in Spanish.
    pub es: String,
    /// Its name in English.
    pub en: String,
    /// What belongs to it.
    pub definition: String,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Written {
    /// Names it when it is coded; never shown.
    pub place: String,
    /// As it was typed.
    pub text: String,
    /// It may hold personal data.
    pub personal: bool,
    /// The person permitted that it be quoted.
    pub quote: bool,
    /// Ids of the themes that each of the two coders gave it; `None`: not coded.
    pub themes: [Option<Vec<String>>; 2],
}

/// A change of how open answers are coded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recode {
    /// A new theme; its id is made here.
    Add(ThemeLine),
    /// Other words for a theme.
    Edit(ThemeLine),
    /// A theme that is no longer used.
    Retire(String),
    /// What a coder (the second?) makes of the answer at a place; `None` takes the coding back.
    Mark(bool, String, Option<Vec<String>>),
    /// Other stop words.
    Stop(Stops),
}
