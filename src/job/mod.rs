//! what the worker does: run(job, store).
