//! What the worker does: run(job, store). Made-up responses come from [`examples`].

mod examples;
mod random;

pub use examples::examples;
