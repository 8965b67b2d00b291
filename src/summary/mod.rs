//! Responses to typed columns ([`Table`]) to statistics ([`Summary`]). Read [`summarize`] first: it counts, then suppresses, and
//! only what survived suppression leaves the module. Never a person's text, an id, a screen, or a breakdown (yet).

mod model;

pub use model::*;
