//! What people wrote in their own words: the words they used ([`count_words`]), themes coded by hand ([`CodeBook`],
//! [`Coding`], [`tally`]), comments that may be quoted ([`choose`]), personal data that must not get out. Read
//! [`TextAnswer`] first: everything works on slices of it. What leaves is counts that may be shown, and quotes without a way
//! back to who wrote them. Never a store, a clock or a screen; never a guess at what a text means.

mod answer;
mod code;
mod fold;
mod join;
mod personal;
mod quote;
mod stop;
mod theme;
pub mod wire;
mod word;

pub use crate::response::{PersonalData, personal_data};
pub use answer::{QUOTE_OK, TextAnswer, answers, asks_to_quote};
pub use code::{CodeBook, Coder, Coding, Mark, OpenText, OtherSurvey, Place, Question, Theme};
pub use personal::quotable;
pub use quote::{Quote, choose};
pub use stop::StopWords;
pub use theme::{
    Agreement, ENOUGH_DOUBLE, ENOUGH_KAPPA, Others, ThemeAgreement, ThemeBase, ThemeRow, ThemeTally, Verdict,
    agreement, tally,
};
pub use word::{Word, WordCount, count_words};
