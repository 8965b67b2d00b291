//! JSON as the stored shapes of form, response and survey use it: one reader of text, then plain functions that walk what
//! was read, and a writer that appends. Nothing is generic and nothing here is serde: derived readers of the same shapes
//! made up a fifth of what a participant downloads, and serde_json's `Value` alone weighs more than this whole folder.
//! Read [`parse`] and [`Writer`] first. Every function that reads gives `None` for what no version writes. Which members
//! a shape has may never enter: that is said in each `wire.rs`.

mod parse;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub(crate) use parse::{Value, parse};
pub(crate) use read::{Members, count, number, text, texts};
pub(crate) use write::Writer;
