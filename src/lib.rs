//! stub

pub mod xpath;
