//! `begin loop over towns`: the rows inside stand once for each choice of the list, in a group of the choice's name, with
//! `%(name)s` and `%(label)s` filled in. Done before the rows are read, so that nothing else knows of loops.

use super::SheetName;
use super::choice::other;
use super::column::{Column, Line, Table};
use super::kind::{How, Kind, Select, Source, kind, loop_list};
use super::language::Languages;
use super::name::is_name;
use super::problem::{Control, Place, ProblemKind, Problems};
use super::settings::yes_or_no;
use crate::form::wire::{ChoiceSource, ListSource};

/// More rows than these make no form that anybody can fill in; nested loops multiply.
const MOST_ROWS: usize = 20_000;
/// The choice that loops leave out.
const NONE: &str = "none";

/// The sheet with its loops written out. `lists` are those of the choices sheet.
pub(super) fn expand(
    mut table: Table,
    lists: &[ListSource],
    languages: &Languages,
    problems: &mut Problems,
) -> Table {
    let begins_loop = |line: &Line| control(&table, line) == Some(Kind::Begin(Control::Loop));
    if !table.lines.iter().any(begins_loop) {
        return table;
    }
    let mut lists = lists.to_vec();
    for line in &table.lines {
        // `or_other` adds to its list, wherever its question stands.
        if let Kind::Select(Select {
            how: How::One | How::Multiple,
            source: Source::Choices,
            list,
            has_other: true,
        }) = kind(table.cell(line, "type"))
            && let Some(list) = lists.iter_mut().find(|known| known.name == list)
        {
            other(list, languages);
        }
    }
    let lines = std::mem::take(&mut table.lines);
    languages.add_columns(&mut table, "label");
    let mut expansion = Expansion { table: &table, lists: &lists, languages, problems, lines: Vec::new() };
    expansion.rows(&lines, None);
    if expansion.lines.len() > MOST_ROWS {
        let row = lines.iter().find(|line| control(&table, line) == Some(Kind::Begin(Control::Loop)));
        let place = Place::row(SheetName::Survey, row.map_or(super::problem::HEADER, |line| line.number));
        problems.unsupported(place, ProblemKind::LoopRows(MOST_ROWS));
        return Table { lines, ..table };
    }
    let lines = expansion.lines;
    Table { lines, ..table }
}

struct Expansion<'a> {
    table: &'a Table,
    lists: &'a [ListSource],
    languages: &'a Languages,
    problems: &'a mut Problems,
    lines: Vec<Line>,
}

impl Expansion<'_> {
    fn rows(&mut self, lines: &[Line], choice: Option<&ChoiceSource>) {
        let mut position = 0;
        while let Some(line) = lines.get(position) {
            if self.lines.len() > MOST_ROWS {
                return;
            }
            position += 1;
            let line = choice.map_or_else(|| line.clone(), |choice| self.filled(line, choice));
            let is_loop = control(self.table, &line) == Some(Kind::Begin(Control::Loop));
            let list = loop_list(self.table.cell(&line, "type")).filter(|_| is_loop);
            let list = list.and_then(|list| self.lists.iter().find(|known| known.name == list));
            let number = line.number;
            self.lines.push(line);
            let Some(list) = list else { continue };
            let rest = lines.get(position..).unwrap_or_default();
            let inside = rest.get(..length(self.table, rest)).unwrap_or_default();
            position += inside.len();
            for choice in list.choices.iter().filter(|choice| choice.name != NONE) {
                if !is_name(&choice.name) {
                    let place = Place::row(SheetName::Survey, number).column("type");
                    self.problems.error(place, ProblemKind::LoopChoice(choice.name.clone()));
                    continue;
                }
                let begin = self.group(number, "begin group", choice);
                self.lines.push(begin);
                self.rows(inside, Some(choice));
                let end = self.group(number, "end group", choice);
                self.lines.push(end);
            }
        }
    }

    /// The row that opens or closes a choice's group.
    fn group(&self, number: usize, kind: &str, choice: &ChoiceSource) -> Line {
        let is_begin = kind.starts_with("begin");
        let cell = |column: &Column| match column.name.as_str() {
            "type" if column.language.is_none() => kind.to_owned(),
            "name" if column.language.is_none() && is_begin => choice.name.clone(),
            "label" if is_begin => self.label(choice, column),
            _ => String::new(),
        };
        Line { number, cells: self.table.columns.iter().map(cell).collect() }
    }

    fn label(&self, choice: &ChoiceSource, column: &Column) -> String {
        let label = self.languages.one(&choice.label, column.language.as_deref());
        if label.is_empty() { choice.name.clone() } else { label.to_owned() }
    }

    /// A row inside, for one choice.
    fn filled(&mut self, line: &Line, choice: &ChoiceSource) -> Line {
        let cells = self.table.columns.iter().zip(&line.cells).map(|(column, cell)| {
            fill(cell, |name| match name {
                "name" => Some(choice.name.clone()),
                "label" => Some(self.label(choice, column)),
                _ => choice.columns.iter().find(|(own, _)| own == name).map(|(_, value)| value.clone()),
            })
            .unwrap_or_else(|name| {
                let place = Place::row(SheetName::Survey, line.number).column(&column.header);
                self.problems.error(place, ProblemKind::LoopColumn(name));
                cell.clone()
            })
        });
        let cells: Vec<String> = cells.collect();
        Line { number: line.number, cells }
    }
}

/// What a row begins or ends; a disabled one nothing.
fn control<'a>(table: &'a Table, line: &'a Line) -> Option<Kind<'a>> {
    let kind = kind(table.cell(line, "type"));
    let is_control = matches!(kind, Kind::Begin(_) | Kind::End(_));
    (is_control && yes_or_no(table.cell(line, "disabled")) != Some(true)).then_some(kind)
}

/// How many of these rows stand before the loop's end.
fn length(table: &Table, lines: &[Line]) -> usize {
    let mut depth = 0_usize;
    for (position, line) in lines.iter().enumerate() {
        match control(table, line) {
            Some(Kind::Begin(Control::Loop)) => depth += 1,
            Some(Kind::End(Control::Loop)) if depth == 0 => return position,
            Some(Kind::End(Control::Loop)) => depth -= 1,
            _ => {}
        }
    }
    lines.len()
}

/// Fills each `%(name)s` in; `%%` is a percent sign, and so is one that stands alone. `Err`: a name without a value.
fn fill(cell: &str, value: impl Fn(&str) -> Option<String>) -> Result<String, String> {
    let mut filled = String::with_capacity(cell.len());
    let mut rest = cell;
    while let Some((before, after)) = rest.split_once('%') {
        filled.push_str(before);
        let hole = after.strip_prefix('(').and_then(|inside| inside.split_once(")s"));
        rest = match hole.filter(|(name, _)| is_name(name)) {
            Some((name, rest)) => {
                filled.push_str(&value(name).ok_or_else(|| name.to_owned())?);
                rest
            }
            None => {
                filled.push('%');
                after.strip_prefix('%').unwrap_or(after)
            }
        };
    }
    filled.push_str(rest);
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_signs_stay_where_nothing_is_to_be_filled_in() {
        let value = |name: &str| (name == "label").then(|| "Town".to_owned());
        let filled = |cell: &str| fill(cell, value);
        assert_eq!(filled("In %(label)s, %(label)s!").unwrap(), "In Town, Town!");
        assert_eq!(filled("100 %, 5 % sure, 50 %% (of) %").unwrap(), "100 %, 5 % sure, 50 % (of) %");
        assert_eq!(filled("%(colour)s"), Err("colour".to_owned()));
        assert_eq!(filled("%(not closed").unwrap(), "%(not closed");
    }
}
