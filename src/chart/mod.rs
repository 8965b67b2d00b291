//! numbers to SVG text: the same on screen, in print and in the report.
