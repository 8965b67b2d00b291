use crate::summary::order;
use std::cmp::Reverse;
use std::collections::HashMap;

use super::answer::{TextAnswer, people};
use super::fold::{alphabetical, each_word, fold};
use super::join::singulars;
use super::stop::{StopWords, Stops};
use crate::response::ResponseId;

/// Where a spelling is not counted.
const STOPPED: u32 = u32::MAX;

/// A word that people used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// As it was written most often.
    pub text: String,
    /// In how many answers it occurs.
    pub answers: usize,
    /// How many people used it.
    pub people: usize,
    /// How often it occurs in all.
    pub times: usize,
}

/// The words of the answers to a question.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WordCount {
    /// Answers that are not blank.
    pub answers: usize,
    /// The people who gave them.
    pub people: usize,
    /// Words in most answers first, then in alphabetical order.
    pub words: Vec<Word>,
    /// Different words that are not shown, because fewer people than the least used them.
    pub hidden: usize,
}

/// Counts the words of answers: accents and case folded (not the tilde of ñ), without stop words, numbers, addresses and
/// words of one letter; a regular plural counts with its singular where both occur. Words used by fewer than `least` people
/// are not shown, nor more than `most` words. The order of the answers changes nothing.
///
/// ```
/// # use sondeo::{response::ResponseId, summary::text::{StopWords, TextAnswer, count_words}};
/// let answer = |person, text| {
///     TextAnswer { response: ResponseId([person; 16]), instance: 1, text, quote_ok: false, language: "es" }
/// };
/// let answers = [answer(1, "Más policía, más luz."), answer(2, "policia en las calles"), answer(3, "Policía y luces")];
/// let found = count_words(&answers, &StopWords::default(), 2, 10);
/// let told: Vec<_> = found.words.iter().map(|word| (word.text.as_str(), word.people)).collect();
/// assert_eq!(told, [("policía", 3), ("luces", 2)]);
/// assert_eq!(found.hidden, 1);
/// ```
pub fn count_words(answers: &[TextAnswer<'_>], stop: &StopWords, least: usize, most: usize) -> WordCount {
    let mut given: Vec<&TextAnswer<'_>> = answers.iter().filter(|answer| !answer.is_blank()).collect();
    given.sort_by_key(|answer| answer.response);
    let mut reading = Reading::new(stop.compile());
    for answer in &given {
        reading.read(answer);
    }
    let (shown, hidden): (Vec<Tally>, Vec<Tally>) =
        reading.tallies().into_iter().partition(|tally| tally.people >= least);
    let mut words = reading.words(shown);
    words.truncate(most);
    WordCount {
        answers: given.len(),
        people: people(given.iter().map(|answer| answer.response)),
        words,
        hidden: hidden.len(),
    }
}

/// A folded word.
struct Key {
    text: String,
    /// Left out by the facilitator, its plural or singular with it.
    added: bool,
    times: usize,
    spanish: usize,
}

/// A word as it was written.
struct Spelling<'a> {
    text: &'a str,
    /// Position of its key, or [`STOPPED`].
    key: u32,
    times: usize,
}

/// What was read so far: every text as the keys of its words.
struct Reading<'a> {
    stops: Stops,
    spellings: Vec<Spelling<'a>>,
    by_spelling: HashMap<&'a str, u32>,
    keys: Vec<Key>,
    by_key: HashMap<String, u32>,
    stream: Vec<u32>,
    /// Per answer: whose it is, as a number, and where its words end in the stream.
    ends: Vec<(u32, usize)>,
    last: Option<ResponseId>,
}

/// Counts of a key with its plurals.
#[derive(Clone, Copy, Default)]
struct Tally {
    key: usize,
    answers: usize,
    people: usize,
    times: usize,
    last_answer: usize,
    last_person: u32,
}

impl<'a> Reading<'a> {
    fn new(stops: Stops) -> Reading<'a> {
        Reading {
            stops,
            spellings: Vec::new(),
            by_spelling: HashMap::new(),
            keys: Vec::new(),
            by_key: HashMap::new(),
            stream: Vec::new(),
            ends: Vec::new(),
            last: None,
        }
    }

    /// Reads an answer; those of one person one after another.
    fn read(&mut self, answer: &TextAnswer<'a>) {
        let before = self.ends.last().map_or(0, |(person, _)| *person);
        let person = if self.last == Some(answer.response) { before } else { before + 1 };
        self.last = Some(answer.response);
        let spanish = usize::from(answer.language.starts_with("es"));
        each_word(answer.text, |word| {
            let at = match self.by_spelling.get(word) {
                Some(at) => *at,
                None => self.meet(word),
            };
            let Some(spelling) = self.spellings.get_mut(at as usize) else { return };
            spelling.times += 1;
            if let Some(key) = self.keys.get_mut(spelling.key as usize) {
                key.times += 1;
                key.spanish += spanish;
                self.stream.push(spelling.key);
            }
        });
        self.ends.push((person, self.stream.len()));
    }

    /// A spelling that was not met before.
    fn meet(&mut self, word: &'a str) -> u32 {
        let folded = fold(word);
        let dropped = folded.chars().nth(1).is_none() || self.stops.built_in.contains(&folded);
        let key = match self.by_key.get(&folded) {
            _ if dropped => STOPPED,
            Some(key) => *key,
            None => {
                let added = self.stops.added.contains(&folded);
                let key = self.keys.len() as u32;
                self.by_key.insert(folded.clone(), key);
                self.keys.push(Key { text: folded, added, times: 0, spanish: 0 });
                key
            }
        };
        let at = self.spellings.len() as u32;
        self.spellings.push(Spelling { text: word, key, times: 0 });
        self.by_spelling.insert(word, at);
        at
    }

    /// Per key, the key it counts with: its singular, where that was written too, or itself.
    fn roots(&self) -> Vec<usize> {
        let singular = |key: &Key| {
            let found = singulars(&key.text, 2 * key.spanish > key.times);
            found.iter().find_map(|word| self.by_key.get(word)).map(|key| *key as usize)
        };
        let up: Vec<usize> =
            self.keys.iter().enumerate().map(|(at, key)| singular(key).unwrap_or(at)).collect();
        // A singular is shorter than its plural, so that this ends.
        let top = |mut at: usize| {
            while let Some(next) = up.get(at).filter(|next| **next != at) {
                at = *next;
            }
            at
        };
        (0..up.len()).map(top).collect()
    }

    /// Counts per root, without what the facilitator leaves out.
    fn tallies(&self) -> Vec<Tally> {
        let roots = self.roots();
        let mut tallies = vec![Tally::default(); roots.len()];
        let mut start = 0;
        for (answer, (person, end)) in self.ends.iter().enumerate() {
            for key in self.stream.get(start..*end).unwrap_or_default() {
                let Some(tally) = roots.get(*key as usize).and_then(|root| tallies.get_mut(*root)) else {
                    continue;
                };
                tally.times += 1;
                if tally.last_answer != answer + 1 {
                    tally.last_answer = answer + 1;
                    tally.answers += 1;
                }
                if tally.last_person != *person {
                    tally.last_person = *person;
                    tally.people += 1;
                }
            }
            start = *end;
        }
        let mut added = vec![false; roots.len()];
        for (key, root) in self.keys.iter().zip(&roots) {
            if let Some(added) = added.get_mut(*root).filter(|_| key.added) {
                *added = true;
            }
        }
        let numbered = tallies.into_iter().enumerate().map(|(key, tally)| Tally { key, ..tally });
        let counted = numbered.zip(added).filter(|(tally, added)| tally.times > 0 && !added);
        counted.map(|(tally, _)| tally).collect()
    }

    /// The words in their order, each in its commonest spelling: where two are as common, the smaller letters, then the accents.
    fn words(&self, mut tallies: Vec<Tally>) -> Vec<Word> {
        let roots = self.roots();
        let capitals = |text: &str| text.chars().filter(|c| c.is_uppercase()).count();
        let rank = |spelling: &Spelling<'a>| {
            (
                spelling.times,
                Reverse(capitals(spelling.text)),
                !spelling.text.is_ascii(),
                Reverse(spelling.text),
            )
        };
        let mut best: Vec<Option<&Spelling<'a>>> = vec![None; roots.len()];
        for spelling in &self.spellings {
            let Some(root) = roots.get(spelling.key as usize) else { continue };
            let Some(best) = best.get_mut(*root) else { continue };
            if best.is_none_or(|known| rank(known) < rank(spelling)) {
                *best = Some(spelling);
            }
        }
        let folded = |tally: &Tally| self.keys.get(tally.key).map_or("", |key| key.text.as_str());
        order::sort_by(&mut tallies, |a, b| {
            b.answers.cmp(&a.answers).then_with(|| alphabetical(folded(a), folded(b)))
        });
        let word = |tally: &Tally| {
            let text = best.get(tally.key).copied().flatten()?.text.to_owned();
            Some(Word { text, answers: tally.answers, people: tally.people, times: tally.times })
        };
        tallies.iter().filter_map(word).collect()
    }
}
