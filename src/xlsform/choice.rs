//! The choices and external_choices sheets, and choices from files.

use std::collections::HashSet;

use super::column::{Column, Line, Table};
use super::language::Languages;
use super::name::is_name;
use super::problem::{HEADER, Place, ProblemKind, Problems};
use super::shown::shows;
use super::{Attached, Medium, SheetName};
use crate::form::wire::{ChoiceSource, ListSource};

/// Every list of a form, first those of the choices sheet.
#[derive(Debug)]
pub(super) struct Lists {
    pub(super) all: Vec<ListSource>,
    /// How many are of the choices sheet.
    pub(super) own: usize,
    /// Of each of those, the first choice with a blank in its name.
    blanks: Vec<Option<String>>,
}

impl Lists {
    /// The lists of the choices sheet.
    pub(super) fn new(own: Vec<ListSource>) -> Lists {
        let blank = |list: &ListSource| {
            let choice = list.choices.iter().find(|choice| choice.name.contains(' '));
            choice.map(|choice| choice.name.clone())
        };
        Lists { own: own.len(), blanks: own.iter().map(blank).collect(), all: own }
    }

    /// The first choice of a list of the choices sheet with a blank in its name.
    pub(super) fn blank(&self, list: &str) -> Option<&str> {
        let (_, blank) = self.all.iter().zip(&self.blanks).find(|(known, _)| known.name == list)?;
        blank.as_deref()
    }

    /// The list of the choices sheet with this name.
    pub(super) fn own(&self, name: &str) -> Option<&ListSource> {
        self.all.iter().take(self.own).find(|list| list.name == name)
    }

    pub(super) fn own_mut(&mut self, name: &str) -> Option<&mut ListSource> {
        self.all.iter_mut().take(self.own).find(|list| list.name == name)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.all.iter().any(|list| list.name == name)
    }

    /// Adds a list unless there is one of its name.
    pub(super) fn add(&mut self, list: ListSource) {
        if !self.has(&list.name) {
            self.all.push(list);
        }
    }

    /// A name that no list has.
    pub(super) fn free_name(&self, wanted: &str) -> String {
        let mut name = wanted.to_owned();
        while self.own(&name).is_some() {
            name.push('_');
        }
        name
    }
}

/// The choice that `or_other` adds.
pub(super) const OTHER: &str = "other";
/// What a choice's role can be.
const ROLES: [&str; 5] = ["missing_dk", "missing_na", "missing_ref", "special_never", "exclusive"];

/// Reads the lists of the choices sheet, or of external_choices.
pub(super) fn read(
    table: &Table,
    (languages, media): (&Languages, &[Medium]),
    allows_duplicates: bool,
    problems: &mut Problems,
) -> Vec<ListSource> {
    let mut lists: Vec<ListSource> = Vec::new();
    if table.lines.is_empty() {
        return lists;
    }
    // What external_choices lacks is found missing where a question asks for it.
    let is_external = table.sheet == SheetName::ExternalChoices;
    if !table.has("name") {
        let place = Place::row(table.sheet, HEADER);
        if is_external {
            problems.notice(place, ProblemKind::NoColumn("name"));
        } else {
            problems.error(place, ProblemKind::NoColumn("name"));
        }
        return lists;
    }
    if !table.has("list_name") {
        problems.notice(Place::row(table.sheet, HEADER), ProblemKind::NoColumn("list_name"));
        return lists;
    }
    let further: Vec<usize> = further(table, problems);
    let mut seen: HashSet<(&str, &str)> = HashSet::new();
    for line in &table.lines {
        let (list, name) = (table.cell(line, "list_name"), table.cell(line, "name"));
        if list.is_empty() {
            problems.notice(table.row(line), ProblemKind::NoListName);
            continue;
        }
        if name.is_empty() {
            let place = table.at(line, "name");
            if is_external {
                problems.notice(place, ProblemKind::NoChoiceName);
            } else {
                problems.error(place, ProblemKind::NoChoiceName);
            }
            continue;
        }
        let position = lists.iter().position(|known| known.name == list).unwrap_or_else(|| {
            lists.push(ListSource { name: list.to_owned(), ..ListSource::default() });
            lists.len() - 1
        });
        let Some(choices) = lists.get_mut(position).map(|list| &mut list.choices) else { continue };
        if !seen.insert((list, name)) && !allows_duplicates && !is_external {
            problems.error(table.at(line, "name"), ProblemKind::SameChoice(name.to_owned()));
        }
        let mut label = languages.texts(table, line, "label");
        let shows = shows(table, line, languages, media, problems);
        if label.is_empty() {
            problems.notice(table.at(line, "label"), ProblemKind::NoChoiceLabel(name.to_owned()));
            // A picture alone would have no name for who does not see it.
            if shows.is_some() {
                label = vec![name.to_owned(); languages.tags.len()];
            }
        }
        let columns = shows.into_iter().collect();
        let source = ChoiceSource { name: name.to_owned(), label, columns, ..ChoiceSource::default() };
        choices.push(choice(table, line, &further, source, problems));
    }
    lists
}

fn choice(
    table: &Table,
    line: &Line,
    further: &[usize],
    mut choice: ChoiceSource,
    problems: &mut Problems,
) -> ChoiceSource {
    let cells: Vec<(&Column, &str)> = table.cells(line).collect();
    for (column, cell) in further.iter().filter_map(|position| cells.get(*position)) {
        match column.name.to_lowercase().as_str() {
            _ if cell.is_empty() => {}
            "role" if ROLES.contains(cell) => (*cell).clone_into(&mut choice.role),
            "score" => {
                choice.score = cell.parse().ok().filter(|score: &f64| score.is_finite());
                if choice.score.is_none() {
                    let place = table.row(line).column(&column.header);
                    problems.notice(place, ProblemKind::BadScore((*cell).to_owned()));
                }
            }
            _ => choice.columns.push((column.name.clone(), (*cell).to_owned())),
        }
    }
    choice
}

/// The positions of the author's own columns: those that an expression can ask for by name.
fn further(table: &Table, problems: &mut Problems) -> Vec<usize> {
    let mut kept = Vec::new();
    for (position, column) in table.columns.iter().enumerate().filter(|(_, column)| !column.is_known) {
        if is_name(&column.name) && !column.name.contains(':') {
            kept.push(position);
        } else {
            let place = Place::row(table.sheet, HEADER).column(&column.header);
            problems.notice(place, ProblemKind::UnusableColumn);
        }
    }
    kept
}

/// Adds the choice that `or_other` brings, unless it is there.
pub(super) fn other(list: &mut ListSource, languages: &Languages) {
    if !list.choices.iter().any(|choice| choice.name == OTHER) {
        let label = languages.each("Otro", "Other");
        list.choices.push(ChoiceSource { name: OTHER.to_owned(), label, ..ChoiceSource::default() });
    }
}

/// The name of the table that a file is, in expressions: `towns` of `towns.csv`.
pub(super) fn stem(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// The columns that hold a choice's name and label, where the author says nothing else.
fn usual_columns(file: &str) -> (&'static str, &'static str) {
    if file.ends_with(".geojson") { ("id", "title") } else { ("name", "label") }
}

/// A file as a list. `value` and `label` are the columns that parameters name; a column that must be there and is not comes back.
pub(super) fn from_file(
    attached: &Attached,
    value: Option<&str>,
    label: Option<&str>,
) -> (ListSource, Option<String>) {
    let (usual_value, usual_label) = usual_columns(&attached.file);
    let position = |name: &str| attached.header.iter().position(|header| header.trim() == name);
    let value_at = position(value.unwrap_or(usual_value));
    let label_at = position(label.unwrap_or(usual_label));
    let missing = [value, label].into_iter().flatten().find(|name| position(name).is_none());
    let name = match (value, label) {
        (None, None) => stem(&attached.file).to_owned(),
        (value, label) => {
            let part = |column: Option<&str>| column.unwrap_or_default().to_owned();
            format!("{} {} {}", attached.file, part(value), part(label))
        }
    };
    let cell = |row: &Vec<String>, at: Option<usize>| {
        at.and_then(|at| row.get(at)).map(|cell| cell.trim().to_owned()).unwrap_or_default()
    };
    let choices = attached.rows.iter().map(|row| {
        let name = cell(row, value_at);
        let label = cell(row, label_at);
        let label = if label.is_empty() { name.clone() } else { label };
        let columns = attached.header.iter().zip(row).filter(|(header, cell)| {
            !cell.trim().is_empty() && !matches!(header.trim(), "name" | "label" | "")
        });
        ChoiceSource {
            name,
            label: if label.is_empty() { Vec::new() } else { vec![label] },
            columns: columns
                .map(|(header, cell)| (header.trim().to_owned(), cell.trim().to_owned()))
                .collect(),
            ..ChoiceSource::default()
        }
    });
    let choices = choices.collect();
    (ListSource { name, choices, ..ListSource::default() }, missing.map(str::to_owned))
}
