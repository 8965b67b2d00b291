//! A summary as files: [`html`] for screen and print, [`csv`] for the responses themselves, JSON by [`crate::summary::wire`].
//! Read [`html::document`] first. Never a number that the summary hides; only `csv` sees responses.

pub mod csv;
pub mod figure;
pub mod html;
mod table;
