//! What a sheet's headers mean: each style of writing them comes to one name, and to a language where the column is a text.

use super::problem::{HEADER, Place, ProblemKind, Problems};
use super::{Sheet, SheetName};

/// After more blank rows than these, a sheet is over.
const MOST_BLANK_ROWS: usize = 60;

/// A sheet with its headers understood and its cells tidied. Blank sheets have no columns and no lines.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) sheet: SheetName,
    pub(super) columns: Vec<Column>,
    pub(super) lines: Vec<Line>,
}

#[derive(Debug)]
pub(super) struct Column {
    /// As it is written, for people.
    pub(super) header: String,
    /// The column's one name: that of XLSForm, `bind::type`, `media::image`, or what is written where nothing is known.
    pub(super) name: String,
    /// As it is written: `English (en)`.
    pub(super) language: Option<String>,
    pub(super) is_known: bool,
}

/// A row, its cells in the order of the columns.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) number: usize,
    pub(super) cells: Vec<String>,
}

impl Table {
    /// Columns without a header are left out, as notes beside the table often are.
    pub(super) fn new(sheet: &Sheet, collapses: bool, problems: &mut Problems) -> Table {
        let is_double = sheet.header.iter().any(|header| header.contains("::"));
        let mut columns: Vec<Column> = Vec::new();
        let mut kept = Vec::new();
        for (position, header) in sheet.header.iter().enumerate() {
            let header = tidy(header, true);
            if header.is_empty() {
                continue;
            }
            let column = column(sheet.name, &header, is_double);
            let same = |known: &&Column| known.name == column.name && known.language == column.language;
            if let Some(other) = columns.iter().find(same) {
                let kind = ProblemKind::SameColumn(other.header.clone());
                problems.error(Place::row(sheet.name, HEADER).column(&header), kind);
                continue;
            }
            columns.push(column);
            kept.push(position);
        }
        let line = |row: &super::Row| {
            let cell = |position: &usize| row.cells.get(*position).map_or("", String::as_str);
            let cells = kept.iter().map(cell).map(|cell| tidy(cell, collapses)).collect();
            Line { number: row.number, cells }
        };
        let mut lines: Vec<Line> = Vec::new();
        let mut last = HEADER;
        for line in sheet.rows.iter().map(line).filter(|line| !line.is_blank()) {
            if line.number.saturating_sub(last) > MOST_BLANK_ROWS + 1 {
                problems.notice(Place::row(sheet.name, line.number), ProblemKind::StrayRows);
                break;
            }
            last = line.number;
            lines.push(line);
        }
        Table { sheet: sheet.name, columns, lines }
    }

    pub(super) fn missing(sheet: SheetName) -> Table {
        Table { sheet, columns: Vec::new(), lines: Vec::new() }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.columns.iter().any(|column| column.name == name)
    }

    /// The cell of a column that is in no language; blank where there is none.
    pub(super) fn cell<'a>(&self, line: &'a Line, name: &str) -> &'a str {
        let position =
            self.columns.iter().position(|column| column.name == name && column.language.is_none());
        position.and_then(|position| line.cells.get(position)).map_or("", String::as_str)
    }

    /// Whether a column has something in any language.
    pub(super) fn is_filled(&self, line: &Line, name: &str) -> bool {
        self.cells(line).any(|(column, cell)| column.name == name && !cell.is_empty())
    }

    pub(super) fn cells<'a>(&'a self, line: &'a Line) -> impl Iterator<Item = (&'a Column, &'a str)> {
        self.columns.iter().zip(line.cells.iter().map(String::as_str))
    }

    /// Whether any row has something in a column.
    pub(super) fn is_used(&self, position: usize) -> bool {
        self.lines.iter().any(|line| line.cells.get(position).is_some_and(|cell| !cell.is_empty()))
    }

    /// Where a row is.
    pub(super) fn row(&self, line: &Line) -> Place {
        Place::row(self.sheet, line.number)
    }

    /// Where a cell is, by the header as its author wrote it.
    pub(super) fn at(&self, line: &Line, name: &str) -> Place {
        let header = self.columns.iter().find(|column| column.name == name);
        self.row(line).column(header.map_or(name, |column| column.header.as_str()))
    }
}

impl Line {
    fn is_blank(&self) -> bool {
        self.cells.iter().all(String::is_empty)
    }
}

/// Straight quotation marks, no blanks around, and one blank where there were several.
pub(super) fn tidy(cell: &str, collapses: bool) -> String {
    let mut tidied = String::with_capacity(cell.len());
    for c in cell.trim().chars() {
        let c = match c {
            '\u{2018}' | '\u{2019}' => '\'',
            '\u{201c}' | '\u{201d}' => '"',
            c => c,
        };
        if !(collapses && c == ' ' && tidied.ends_with(' ')) {
            tidied.push(c);
        }
    }
    tidied
}

/// Columns people read, which can be in several languages.
pub(super) const TEXTS: [&str; 4] = ["label", "hint", "constraint_message", "required_message"];

const SURVEY: &[&str] = &[
    "type",
    "name",
    "label",
    "hint",
    "guidance_hint",
    "relevant",
    "required",
    "required_message",
    "constraint",
    "constraint_message",
    "readonly",
    "calculation",
    "default",
    "choice_filter",
    "repeat_count",
    "appearance",
    "trigger",
    "parameters",
    "save_to",
    "disabled",
    "rows",
];
const CHOICES: &[&str] = &["list_name", "name", "label"];
const ENTITIES: &[&str] = &["dataset", "entity_id", "create_if", "update_if", "repeat", "label"];

const SURVEY_ALIASES: &[(&str, &str)] = &[
    ("command", "type"),
    ("tag", "name"),
    ("value", "name"),
    ("caption", "label"),
    ("read_only", "readonly"),
    ("relevance", "relevant"),
    ("skip_logic", "relevant"),
    ("calculate", "calculation"),
    ("constraining_message", "constraint_message"),
    ("requiredmsg", "required_message"),
    ("count", "repeat_count"),
    ("jr:count", "repeat_count"),
];
const CHOICES_ALIASES: &[(&str, &str)] = &[("caption", "label"), ("value", "name")];
const SETTINGS_ALIASES: &[(&str, &str)] =
    &[("title", "form_title"), ("set_form_title", "form_title"), ("set_form_id", "form_id")];
const ENTITIES_ALIASES: &[(&str, &str)] = &[("list_name", "dataset")];

/// `bind::…` and the like, in the terms of XForms.
const GROUPED: &[(&str, &str, &str)] = &[
    ("bind", "readonly", "readonly"),
    ("bind", "relevant", "relevant"),
    ("bind", "required", "required"),
    ("bind", "constraint", "constraint"),
    ("bind", "calculate", "calculation"),
    ("bind", "jr:constraintmsg", "constraint_message"),
    ("bind", "jr:requiredmsg", "required_message"),
    ("bind", "type", "bind::type"),
    ("control", "appearance", "appearance"),
    ("control", "jr:count", "repeat_count"),
    ("control", "rows", "rows"),
    ("media", "image", "media::image"),
    ("media", "big-image", "media::big-image"),
    ("media", "audio", "media::audio"),
    ("media", "video", "media::video"),
];
pub(super) const MEDIA: [&str; 4] = ["image", "big-image", "audio", "video"];

fn snake(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join("_").to_lowercase()
}

/// A header as its sheet understands it. A single colon divides only where no header of the sheet has two.
fn column(sheet: SheetName, header: &str, is_double: bool) -> Column {
    let (known, aliases): (&[&str], &[(&str, &str)]) = match sheet {
        SheetName::Survey => (SURVEY, SURVEY_ALIASES),
        SheetName::Choices | SheetName::ExternalChoices => (CHOICES, CHOICES_ALIASES),
        SheetName::Settings => (&[], SETTINGS_ALIASES),
        SheetName::Entities => (ENTITIES, ENTITIES_ALIASES),
    };
    let plain = |name: String| Column { header: header.to_owned(), name, language: None, is_known: true };
    if sheet == SheetName::Settings {
        let name = snake(header);
        let alias = aliases.iter().find(|(alias, _)| *alias == name).map(|(_, name)| (*name).to_owned());
        return plain(alias.unwrap_or(name));
    }
    let whole = snake(header);
    if known.contains(&whole.as_str()) {
        return plain(whole);
    }
    let parts = parts(header, if is_double || header.contains("::") { "::" } else { ":" });
    let mut parts = parts.iter().map(String::as_str);
    let first = snake(parts.next().unwrap_or_default());
    let first = aliases.iter().find(|(alias, _)| *alias == first).map_or(first.as_str(), |(_, name)| name);
    let first = if first == "body" { "control" } else { first };
    let second = parts.clone().next().map(str::to_lowercase).unwrap_or_default();
    let grouped = GROUPED.iter().find(|(group, member, _)| *group == first && *member == second);
    let name = if MEDIA.contains(&first) {
        format!("media::{first}")
    } else if let Some((_, _, name)) = grouped {
        parts.next();
        (*name).to_owned()
    } else if first == "media" && !second.is_empty() {
        format!("media::{second}")
    } else if known.contains(&first) {
        first.to_owned()
    } else {
        return Column { is_known: false, ..plain(header.to_owned()) };
    };
    let language = parts.next().map(str::to_owned).filter(|language| !language.is_empty());
    let is_text = TEXTS.contains(&name.as_str()) || name == "guidance_hint" || name.starts_with("media::");
    if language.is_some() && !is_text {
        return Column { is_known: false, ..plain(header.to_owned()) };
    }
    Column { language, ..plain(name) }
}

/// The parts between the colons; `jr:` stays with what follows it.
fn parts(header: &str, divider: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for part in header.split(divider).map(str::trim) {
        match parts.last_mut() {
            Some(last) if last == "jr" => *last = format!("jr:{part}"),
            _ => parts.push(part.to_owned()),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(sheet: SheetName, header: &str) -> (String, Option<String>) {
        let column = column(sheet, header, header.contains("::"));
        (column.name, column.language)
    }

    #[test]
    fn one_column_is_written_in_many_ways() {
        for (header, name) in [
            ("Type", "type"),
            ("constraint message", "constraint_message"),
            ("Constraining Message", "constraint_message"),
            ("bind::jr:constraintMsg", "constraint_message"),
            ("bind:jr:constraintMsg", "constraint_message"),
            ("bind::jr::constraintmsg", "constraint_message"),
            ("bind::relevant", "relevant"),
            ("relevance", "relevant"),
            ("skip logic", "relevant"),
            ("read only", "readonly"),
            ("calculate", "calculation"),
            ("Repeat Count", "repeat_count"),
            ("control::jr:count", "repeat_count"),
            ("body::appearance", "appearance"),
            ("value", "name"),
            ("image", "media::image"),
            ("media::image", "media::image"),
            ("bind::type", "bind::type"),
            ("tutorial notes", "tutorial notes"),
            ("name::en", "name::en"),
        ] {
            assert_eq!(named(SheetName::Survey, header), (name.to_owned(), None), "{header}");
        }
        assert_eq!(named(SheetName::Choices, "list name").0, "list_name");
        assert_eq!(named(SheetName::Choices, "Region").0, "Region");
        assert_eq!(named(SheetName::Settings, "Form Title").0, "form_title");
        assert_eq!(named(SheetName::Entities, "list_name").0, "dataset");
    }

    #[test]
    fn a_text_names_its_language_after_one_colon_or_two() {
        for (header, name, language) in [
            ("label::English (en)", "label", "English (en)"),
            ("label:English", "label", "English"),
            ("label: Español (es)", "label", "Español (es)"),
            ("Caption :: es", "label", "es"),
            ("media::audio::es", "media::audio", "es"),
            ("bind::jr:requiredMsg::fr", "required_message", "fr"),
        ] {
            assert_eq!(
                named(SheetName::Survey, header),
                (name.to_owned(), Some(language.to_owned())),
                "{header}"
            );
        }
    }

    #[test]
    fn cells_lose_blanks_and_curved_quotation_marks() {
        assert_eq!(tidy("  ${a}  = ‘yes’ ", true), "${a} = 'yes'");
        assert_eq!(tidy("“a”  b", false), "\"a\"  b");
    }
}
