//! The report as a file: findings, page one, every part, in both languages; over examples of the two instruments and random
//! answers. The reports are left in the target folder's `tmp`, to be looked at.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod claims;
mod made;
mod page;
mod small;
mod waves;
