//! a Summary as a file.
