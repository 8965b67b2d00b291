//! responses to typed columns to statistics; suppression before anything can be shown.
