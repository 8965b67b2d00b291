//! The only home of `web_sys`.
