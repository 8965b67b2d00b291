//! what the worker does: run(job, store).

mod examples;
mod random;

pub use examples::examples;
