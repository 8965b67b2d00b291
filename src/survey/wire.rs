//! Stored shapes of surveys, format 1.
