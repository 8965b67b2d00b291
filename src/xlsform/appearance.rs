//! `appearance`: the looks that this program has, by what they are called in XLSForm.

/// What a look is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    Text,
    Select,
    Date,
    Image,
    Group,
    Other,
}

/// A look, and the words of the cell that this program does nothing with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) name: &'static str,
    pub(super) unknown: Vec<String>,
}

/// Reads a cell of the column `appearance`; of two looks, the first counts.
pub(super) fn look(cell: &str, asked: Asked) -> Look {
    let mut look = Look { name: "", unknown: Vec::new() };
    for word in cell.split_whitespace() {
        match one(&word.to_lowercase(), asked) {
            Some(name) if look.name.is_empty() => look.name = name,
            Some(_) => {}
            None => look.unknown.push(word.to_owned()),
        }
    }
    look
}

fn one(word: &str, asked: Asked) -> Option<&'static str> {
    let is_width = word.strip_prefix('w').is_some_and(|width| width.parse::<u8>().is_ok());
    match asked {
        // Widths are for grids of pages; every question takes the width of the screen here.
        _ if is_width => Some(""),
        Asked::Text => match word {
            "multiline" => Some("multiline"),
            "numbers" => Some("digits"),
            _ => None,
        },
        Asked::Select => match word {
            "minimal" => Some("minimal"),
            "autocomplete" | "search" | "autocomplete_chars" | "autocomplete-chars" => Some("search"),
            "likert" => Some("scale"),
            "label" | "list-nolabel" | "list" => Some(""),
            "quickcompact" => Some("columns"),
            _ if ["columns", "compact", "horizontal"].iter().any(|look| word.starts_with(look)) => {
                Some("columns")
            }
            _ => None,
        },
        Asked::Date => match word {
            "year" => Some("year"),
            "month-year" => Some("month"),
            _ => None,
        },
        Asked::Image => match word {
            "draw" => Some("draw"),
            "signature" => Some("signature"),
            "annotate" => Some("annotate"),
            _ => None,
        },
        Asked::Group => matches!(word, "field-list" | "table-list").then_some(""),
        // Numbers have a keyboard of digits anyway.
        Asked::Other => (word == "numbers").then_some(""),
    }
}

/// Whether a cell has this word.
pub(super) fn says(cell: &str, word: &str) -> bool {
    cell.split_whitespace().any(|said| said.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_have_names_of_their_own_here() {
        for (cell, asked, name) in [
            ("multiline", Asked::Text, "multiline"),
            ("w2 numbers", Asked::Text, "digits"),
            ("minimal autocomplete", Asked::Select, "minimal"),
            ("columns-3", Asked::Select, "columns"),
            ("horizontal-compact", Asked::Select, "columns"),
            ("likert", Asked::Select, "scale"),
            ("month-year", Asked::Date, "month"),
            ("field-list w1", Asked::Group, ""),
        ] {
            assert_eq!(look(cell, asked), Look { name, unknown: Vec::new() }, "{cell}");
        }
        assert_eq!(look("quick maps", Asked::Select).unknown, ["quick", "maps"]);
        assert_eq!(look("multiline", Asked::Date).unknown, ["multiline"]);
    }
}
