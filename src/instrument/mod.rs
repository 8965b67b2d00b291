//! the two built-in forms, and how an event or study compiles into one.
