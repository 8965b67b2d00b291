use super::super::order;
use super::answer::{TextAnswer, people};
use super::code::{Coding, Place};
use super::personal::quotable;
use super::stop::{StopWords, says_something};
use super::theme::ThemeTally;

/// A comment that may be printed. Nothing in it leads back to a response, or to another comment of the same person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quote {
    /// What was written, without blanks around it.
    pub text: String,
    /// The language the response was finished in, as a tag.
    pub language: String,
    /// Ids of the themes it was coded with, of those that the tally shows, in the tally's order.
    pub themes: Vec<String>,
}

/// The comments on a question that may be quoted: the person permitted it, no personal data is seen ([`quotable`]), and it
/// says something (`nada` does not). None when fewer than `least` people answered. In an order that depends on `seed` and
/// the texts alone, never on the order of `answers`. With themes where a tally and its coding are given.
pub fn choose(
    answers: &[TextAnswer<'_>],
    least: usize,
    seed: u64,
    themes: Option<(&ThemeTally, &Coding)>,
    find: fn(pattern: &str, text: &str) -> bool,
) -> Vec<Quote> {
    let given = answers.iter().filter(|answer| !answer.is_blank());
    if people(given.map(|answer| answer.response)) < least {
        return Vec::new();
    }
    let stops = StopWords::default().compile();
    let quote = |answer: &TextAnswer<'_>| Quote {
        text: answer.text.trim().to_owned(),
        language: answer.language.to_owned(),
        themes: themes.map_or_else(Vec::new, |(tally, coding)| shown(tally, coding, answer)),
    };
    let mut quotes: Vec<(u64, Quote)> = answers
        .iter()
        .filter(|answer| {
            answer.quote_ok && says_something(answer.text, &stops) && quotable(answer.text, find)
        })
        .map(quote)
        .map(|quote| (shuffled(seed, &quote.text), quote))
        .collect();
    order::sort(&mut quotes);
    quotes.into_iter().map(|(_, quote)| quote).collect()
}

fn shown(tally: &ThemeTally, coding: &Coding, answer: &TextAnswer<'_>) -> Vec<String> {
    let place = Place { response: answer.response, instance: answer.instance };
    let Some(coded) = coding.counted(place) else { return Vec::new() };
    tally.rows.iter().map(|row| &row.theme).filter(|theme| coded.contains(*theme)).cloned().collect()
}

/// A text's place in the shuffle: FNV-1a over seed and text, its bits mixed as SplitMix64 mixes them.
fn shuffled(seed: u64, text: &str) -> u64 {
    let hash =
        seed.to_le_bytes().into_iter().chain(text.bytes()).fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
    let mixed = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
