//! Cells that are expressions, and defaults, which are texts or expressions.

use super::check::severity;
use super::name::mentions;
use super::problem::{Place, ProblemKind, Problems, Severity};
use super::settings::yes_or_no;
use crate::xpath::{Expr, ParseErrorKind, Reference};

/// The expression of a cell, `yes` and `no` among them; blank where it cannot be read.
pub(super) fn condition(cell: &str, place: Place, problems: &mut Problems) -> String {
    match yes_or_no(cell) {
        Some(true) => "true()".to_owned(),
        Some(false) => "false()".to_owned(),
        None => expression(cell, place, problems),
    }
}

/// As [`condition`], blank where the answer is always no.
pub(super) fn condition_or_never(cell: &str, place: Place, problems: &mut Problems) -> String {
    let expression = condition(cell, place, problems);
    if expression == "false()" { String::new() } else { expression }
}

/// The expression of a cell; blank where it cannot be read.
pub(super) fn expression(cell: &str, place: Place, problems: &mut Problems) -> String {
    if cell.is_empty() {
        return String::new();
    }
    let error = match Expr::parse(cell) {
        Ok(_) => return cell.to_owned(),
        Err(error) => error,
    };
    let is_name = matches!(error.kind, ParseErrorKind::BadName(_));
    let severity = severity(&error.kind);
    let kind = ProblemKind::Expression { expression: cell.to_owned(), error };
    match severity {
        // Names are checked with those of the texts, in one place.
        _ if is_name => {}
        Severity::Unsupported => problems.unsupported(place, kind),
        _ => problems.error(place, kind),
    }
    String::new()
}

/// A default as an expression: as it stands where it is one, else the text in quotation marks. `is_dated`: of a question
/// whose plain answers have hyphens in them.
pub(super) fn default(cell: &str, is_dated: bool, place: Place, problems: &mut Problems) -> String {
    if cell.is_empty() {
        return String::new();
    }
    if !is_dynamic(cell, is_dated) {
        return literal(cell);
    }
    if mentions(cell).next().is_none() && Expr::parse(cell).is_err() {
        problems.notice(place, ProblemKind::DefaultText);
        return literal(cell);
    }
    expression(cell, place, problems)
}

/// Whether a default is an expression: it names a question, calls a function, or computes with something that can be
/// computed with. `https://a-b.org`, `2026-01-31` and `black - white` are texts.
pub(super) fn is_dynamic(cell: &str, is_dated: bool) -> bool {
    if mentions(cell).next().is_some() || calls_function(cell) {
        return true;
    }
    let computes = cell.contains(['*', '+', '-']) || cell.contains(" div ") || cell.contains(" mod ");
    let is_word = cell.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'));
    if !computes || is_dated || is_word || cell.contains("://") {
        return false;
    }
    // Only words between the signs: that is a text, for nothing in a form is reached by its bare name.
    let is_bare = |reference: &Reference| matches!(reference, Reference::Path(path) if path.steps.len() == 1);
    Expr::parse(cell).is_ok_and(|expr| {
        let references = expr.references();
        references.is_empty() || !references.iter().all(is_bare)
    })
}

/// A name with an opening parenthesis right behind it, outside of quotation marks.
fn calls_function(cell: &str) -> bool {
    let mut quote = None;
    let mut before = ' ';
    for c in cell.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '(') if before.is_alphanumeric() || matches!(before, '_' | '-' | '.') => return true,
            _ => {}
        }
        before = c;
    }
    false
}

/// A text as an expression that is that text.
pub(super) fn literal(text: &str) -> String {
    if !text.contains('\'') {
        return format!("'{text}'");
    }
    if !text.contains('"') {
        return format!("\"{text}\"");
    }
    let parts: Vec<String> = text.split('\'').map(|part| format!("'{part}'")).collect();
    format!("concat({})", parts.join(", \"'\", "))
}

/// The names of the tables that an expression looks up in: the first argument of each `pulldata(` or `instance(`.
pub(super) fn tables<'a>(expression: &'a str, function: &'a str) -> impl Iterator<Item = &'a str> {
    expression.match_indices(function).filter_map(move |(start, _)| {
        let rest = expression.get(start + function.len()..)?.trim_start().strip_prefix('(')?.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        rest.strip_prefix(quote)?.split(quote).next()
    })
}

/// Whether a text has an expression in it that is no `${name}`: it is shown as it is written.
pub(super) fn has_instance(text: &str) -> bool {
    tables(text, "instance").next().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_texts_unless_they_compute() {
        for text in [
            "foo",
            "foo-bar",
            "some text - more",
            "https://a-b.org/c",
            "2026-01-31",
            "-5",
            "12.5",
            "a, b (c)",
            "+50760000000",
            "don't",
        ] {
            assert!(!is_dynamic(text, false), "{text}");
        }
        for text in ["${a}", "1 + 2", "2 * 3", "today()", "concat('a', 'b')", "../a + 1", ". + 1", "7 mod 2"]
        {
            assert!(is_dynamic(text, false), "{text}");
        }
        assert!(!is_dynamic("12.1 -5.2 0 0", true));
        assert!(is_dynamic("today() - 1", true));
        assert_eq!(literal("it's"), "\"it's\"");
        assert_eq!(literal("\"it's\""), "concat('\"it', \"'\", 's\"')");
        assert!(Expr::parse(&literal("a 'b' \"c\"")).is_ok());
    }

    #[test]
    fn tables_are_named_by_the_first_argument() {
        let all: Vec<&str> =
            tables("pulldata('a', 'b', 'c', ${d}) + pulldata( \"e\" , 1)", "pulldata").collect();
        assert_eq!(all, ["a", "e"]);
    }
}
