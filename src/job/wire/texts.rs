use serde::{Deserialize, Serialize};

use crate::report::texts::{Recode, Stops, Texts, ThemeLine, Written};

#[derive(Serialize, Deserialize)]
pub(super) struct TextsWire {
    questions: Vec<(String, String)>,
    question: String,
    base: (String, Option<String>),
    words: (Vec<(String, usize)>, usize),
    stops: StopsWire,
    themes: Vec<ThemeWire>,
    tally: Vec<(String, String)>,
    answers: Option<usize>,
    coded: [usize; 2],
    agreement: Vec<String>,
    written: Vec<WrittenWire>,
}

/// Place, text, personal, quote, themes by coder.
type WrittenWire = (String, String, bool, bool, [Option<Vec<String>>; 2]);

/// Spanish, English, added, removed.
type StopsWire = (bool, bool, Vec<String>, Vec<String>);
/// Id, Spanish, English, definition.
type ThemeWire = (String, String, String, String);

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum RecodeWire {
    Add(ThemeWire),
    Edit(ThemeWire),
    Retire(String),
    Mark(bool, String, Option<Vec<String>>),
    Stop(StopsWire),
}

pub(super) fn texts_out(texts: &Texts) -> TextsWire {
    let it = texts.clone();
    let written = |it: Written| (it.place, it.text, it.personal, it.quote, it.themes);
    TextsWire {
        questions: it.questions,
        question: it.question,
        base: (it.base, it.caution),
        words: (it.words, it.hidden_words),
        stops: stops_out(it.stops),
        themes: it.themes.into_iter().map(theme_out).collect(),
        tally: it.tally,
        answers: it.answers,
        coded: it.coded,
        agreement: it.agreement,
        written: it.written.into_iter().map(written).collect(),
    }
}

pub(super) fn texts_in(it: TextsWire) -> Texts {
    let written = |(place, text, personal, quote, themes)| Written { place, text, personal, quote, themes };
    Texts {
        questions: it.questions,
        question: it.question,
        base: it.base.0,
        caution: it.base.1,
        words: it.words.0,
        hidden_words: it.words.1,
        stops: stops_in(it.stops),
        themes: it.themes.into_iter().map(theme_in).collect(),
        tally: it.tally,
        answers: it.answers,
        coded: it.coded,
        agreement: it.agreement,
        written: it.written.into_iter().map(written).collect(),
    }
}

fn stops_out(it: Stops) -> StopsWire {
    (it.es, it.en, it.added, it.removed)
}

fn stops_in((es, en, added, removed): StopsWire) -> Stops {
    Stops { es, en, added, removed }
}

fn theme_out(it: ThemeLine) -> ThemeWire {
    (it.id, it.es, it.en, it.definition)
}

fn theme_in((id, es, en, definition): ThemeWire) -> ThemeLine {
    ThemeLine { id, es, en, definition }
}

pub(super) fn recode_out(change: Recode) -> RecodeWire {
    match change {
        Recode::Add(theme) => RecodeWire::Add(theme_out(theme)),
        Recode::Edit(theme) => RecodeWire::Edit(theme_out(theme)),
        Recode::Retire(id) => RecodeWire::Retire(id),
        Recode::Mark(second, place, themes) => RecodeWire::Mark(second, place, themes),
        Recode::Stop(stops) => RecodeWire::Stop(stops_out(stops)),
    }
}

pub(super) fn recode_in(change: RecodeWire) -> Recode {
    match change {
        RecodeWire::Add(theme) => Recode::Add(theme_in(theme)),
        RecodeWire::Edit(theme) => Recode::Edit(theme_in(theme)),
        RecodeWire::Retire(id) => Recode::Retire(id),
        RecodeWire::Mark(second, place, themes) => Recode::Mark(second, place, themes),
        RecodeWire::Stop(stops) => Recode::Stop(stops_in(stops)),
    }
}
