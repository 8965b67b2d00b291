//! Sheets to forms, in tables.
