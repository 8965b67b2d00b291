//! The survey sheet: rows to nodes. Read [`read`] first; what each kind of question becomes stands in `question`, groups in `group`.

use super::SheetName;
use super::choice::Lists;
use super::column::{Line, Table};
use super::expression::{condition, condition_or_never, expression, is_dynamic};
use super::group::Open;
use super::kind::{self, Kind};
use super::language::Languages;
use super::name::{Mention, is_name, mentions};
use super::parameter::Parameters;
use super::problem::{Control, ParameterFault, Place, ProblemKind, Problems};
use super::settings::{Settings, yes_or_no};
use super::shown::shows;
use super::{Attached, Medium, entity};
use crate::form::wire::{ListSource, NodeSource};

/// What the rows say about each other, to be checked once all of them are read.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) names: Vec<Named>,
    pub(super) triggers: Vec<Trigger>,
    /// Names and rows of questions that people never see, so that nothing can be triggered by them.
    pub(super) unseen: Vec<(String, usize)>,
    pub(super) geometries: Vec<(String, Place)>,
    pub(super) tables: Vec<TableOf>,
    pub(super) selects: Vec<Chosen>,
    pub(super) save_tos: Vec<entity::SaveTo>,
    pub(super) has_audit: bool,
    /// Settings that stand on this sheet.
    pub(super) id: String,
    pub(super) title: String,
}

/// A name of the survey sheet.
#[derive(Debug)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) row: usize,
    pub(super) is_question: bool,
    pub(super) is_repeat: bool,
    /// Whether it is a table, of which there is no answer.
    pub(super) is_table: bool,
    /// The groups it stands in.
    pub(super) path: Vec<(String, Control)>,
}

#[derive(Debug)]
pub(super) struct Trigger {
    pub(super) names: Vec<String>,
    pub(super) place: Place,
}

/// A table that the form looks up in, by the name it has in expressions.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TableOf {
    pub(super) name: String,
    pub(super) file: String,
    pub(super) by: By,
    pub(super) place: Place,
}

/// What brings a table in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// A row of its own.
    Row,
    /// A select from its file.
    Select,
    /// `pulldata()`
    Call,
}

/// A question that chooses from a list of the choices sheet, with `search()` or without.
#[derive(Debug)]
pub(super) struct Chosen {
    pub(super) question: String,
    pub(super) list: String,
    pub(super) searches: bool,
    pub(super) place: Place,
}

/// What everything that becomes of a row needs.
pub(super) struct Walk<'a> {
    pub(super) table: &'a Table,
    pub(super) languages: &'a Languages,
    pub(super) external: &'a [ListSource],
    pub(super) attached: &'a [Attached],
    pub(super) media: &'a [Medium],
    pub(super) settings: &'a Settings,
    pub(super) lists: &'a mut Lists,
    pub(super) problems: &'a mut Problems,
    pub(super) facts: Facts,
    /// The form itself, then the groups that the row stands in.
    pub(super) open: Vec<Open>,
}

/// Reads the rows to the form's nodes.
pub(super) fn read(mut walk: Walk<'_>) -> (Vec<NodeSource>, Facts) {
    walk.open.push(Open::form());
    let table = walk.table;
    for line in &table.lines {
        walk.line(line);
    }
    while walk.open.len() > 1 {
        if let Some(open) = walk.open.pop() {
            let place = Place::row(SheetName::Survey, open.row);
            walk.problems.error(place, ProblemKind::UnclosedBegin(open.control));
            walk.close(open);
        }
    }
    let nodes = walk.open.pop().map(|form| form.nodes()).unwrap_or_default();
    (nodes, walk.facts)
}

impl<'a> Walk<'a> {
    pub(super) fn cell<'b>(&self, line: &'b Line, name: &str) -> &'b str {
        self.table.cell(line, name)
    }

    pub(super) fn at(&self, line: &Line, name: &str) -> Place {
        self.table.at(line, name)
    }

    pub(super) fn error(&mut self, line: &Line, name: &str, kind: ProblemKind) {
        self.problems.error(self.table.at(line, name), kind);
    }

    pub(super) fn notice(&mut self, line: &Line, name: &str, kind: ProblemKind) {
        self.problems.notice(self.table.at(line, name), kind);
    }

    /// Says of cells that they have no effect in this row.
    pub(super) fn unused(&mut self, line: &Line, columns: &[&str]) {
        for column in columns {
            let cell = self.cell(line, column);
            if !cell.is_empty() && yes_or_no(cell) != Some(false) {
                self.notice(line, column, ProblemKind::UnusedColumn);
            }
        }
    }

    pub(super) fn parameter(&mut self, line: &Line, fault: ParameterFault) {
        self.error(line, "parameters", ProblemKind::Parameter(fault));
    }

    fn line(&mut self, line: &Line) {
        let disabled = self.cell(line, "disabled");
        if yes_or_no(disabled) == Some(true) {
            self.notice(line, "disabled", ProblemKind::Disabled);
            return;
        }
        let written = self.cell(line, "type");
        if written.is_empty() {
            if self.cell(line, "name").is_empty() && !self.table.is_filled(line, "label") {
                self.problems.notice(self.table.row(line), ProblemKind::Skipped);
            } else {
                self.error(line, "type", ProblemKind::NoType);
            }
            return;
        }
        let parameters = Parameters::read(self.cell(line, "parameters")).unwrap_or_else(|fault| {
            self.parameter(line, fault);
            Parameters::default()
        });
        let kind = kind::kind(written);
        if let Kind::End(_) | Kind::Setting(_) | Kind::Private(kind::Private::Audit) = kind {
            self.triggers(line);
        }
        match kind {
            Kind::End(control) => {
                self.save_to(line, true);
                return self.end(line, control);
            }
            Kind::Setting(setting) => return self.setting(line, setting),
            Kind::Private(kind::Private::Audit) => return self.audit(line, &parameters),
            _ => {}
        }
        let control = match kind {
            Kind::Begin(control) => Some(control),
            _ => None,
        };
        let name = self.name(line, kind, written);
        self.save_to(line, control.is_some());
        match kind {
            Kind::Begin(control) => self.begin(line, control, name),
            Kind::Unknown => {
                let kind = ProblemKind::UnknownType { kind: written.to_owned(), meant: kind::meant(written) };
                self.error(line, "type", kind);
            }
            Kind::Unsupported => {
                let place = self.at(line, "type");
                self.problems.unsupported(place, ProblemKind::UnsupportedType(written.to_owned()));
            }
            _ => self.question(line, kind, name, &parameters),
        }
    }

    /// The row's name, made known; a note without one gets one.
    fn name(&mut self, line: &Line, kind: Kind<'_>, written: &str) -> String {
        let mut name = self.cell(line, "name").to_owned();
        if name.is_empty() && written == "note" {
            name = format!("generated_note_name_{}", line.number);
        }
        if name.is_empty() {
            self.error(line, "name", ProblemKind::NoName);
            return name;
        }
        if !is_name(&name) {
            self.error(line, "name", ProblemKind::BadName(name.clone()));
        } else if name == "meta" {
            self.error(line, "name", ProblemKind::ReservedName(name.clone()));
        }
        let small = name.to_lowercase();
        let is_same = self.open.last().is_some_and(|open| open.names.contains(&name));
        if is_same {
            self.error(line, "name", ProblemKind::SameName(name.clone()));
        } else if self.open.last().is_some_and(|open| open.small_names.contains(&small)) {
            self.notice(line, "name", ProblemKind::NearName(name.clone()));
        }
        let is_repeat = kind == Kind::Begin(Control::Repeat);
        let is_table = matches!(kind, Kind::Table(_));
        if is_repeat {
            let is_other = self.facts.names.iter().any(|named| named.is_repeat && named.name == name);
            // A loop writes its content once for each choice.
            let is_in_loop = self.open.iter().any(|open| open.control == Control::Loop);
            if is_other || is_in_loop || name == self.settings.root {
                self.error(line, "name", ProblemKind::SameRepeatName(name.clone()));
            }
        }
        if let Some(open) = self.open.last_mut() {
            open.names.insert(name.clone());
            open.small_names.insert(small);
        }
        let path = self.path();
        let is_question = !matches!(kind, Kind::Begin(_));
        self.facts.names.push(Named {
            name: name.clone(),
            row: line.number,
            is_question,
            is_repeat,
            is_table,
            path,
        });
        name
    }

    fn path(&self) -> Vec<(String, Control)> {
        self.open.iter().skip(1).map(|open| (open.node.name.clone(), open.control)).collect()
    }

    fn save_to(&mut self, line: &Line, is_group: bool) {
        let property = self.cell(line, "save_to");
        if !property.is_empty() {
            let (place, path) = (self.at(line, "save_to"), self.path());
            self.facts.save_tos.push(entity::SaveTo { property: property.to_owned(), place, path, is_group });
        }
    }

    fn setting(&mut self, line: &Line, setting: &str) {
        let value = self.cell(line, "name").to_owned();
        match setting {
            "form_id" => self.facts.id = value,
            "form_title" => self.facts.title = value,
            _ => self.notice(line, "type", ProblemKind::UnusedSetting),
        }
    }

    /// What all nodes have in common.
    pub(super) fn node(&mut self, line: &Line, name: String) -> NodeSource {
        let table = self.table;
        let cell = |column: &str| (table.cell(line, column), table.at(line, column));
        let problems = &mut *self.problems;
        let (relevant, at) = cell("relevant");
        let relevant = condition(relevant, at, problems);
        let (required, at) = cell("required");
        let required = condition_or_never(required, at, problems);
        let (constraint, at) = cell("constraint");
        let constraint = condition(constraint, at, problems);
        let (readonly, at) = cell("readonly");
        let readonly = condition_or_never(readonly, at, problems);
        let (calculation, at) = cell("calculation");
        let calculation = condition(calculation, at, problems);
        let (choice_filter, at) = cell("choice_filter");
        let choice_filter = expression(choice_filter, at, problems);
        let shows = shows(table, line, self.languages, self.media, problems);
        let texts = |column: &str| self.languages.texts(table, line, column);
        let node = NodeSource {
            name,
            label: texts("label"),
            hint: texts("hint"),
            parameters: shows.into_iter().collect(),
            relevant,
            required,
            required_message: texts("required_message"),
            constraint,
            constraint_message: texts("constraint_message"),
            readonly,
            calculation,
            choice_filter,
            trigger: self.triggers(line),
            ..NodeSource::default()
        };
        self.look_up(line);
        node
    }

    /// The names in the column `trigger`: `${a}, ${b}`.
    fn triggers(&mut self, line: &Line) -> Vec<String> {
        let cell = self.cell(line, "trigger");
        let mut names = Vec::new();
        if cell.is_empty() {
            return names;
        }
        if mentions(cell).next().is_none() {
            self.error(line, "trigger", ProblemKind::BadReference(cell.to_owned()));
        }
        for part in cell.split(',') {
            let all: Vec<Mention<'_>> = mentions(part).collect();
            match all.as_slice() {
                [] => {}
                [Mention::Name(name) | Mention::LastSaved(name)] => names.push((*name).to_owned()),
                [Mention::Bad(written)] => {
                    self.error(line, "trigger", ProblemKind::BadReference((*written).to_owned()));
                }
                _ => self.error(line, "trigger", ProblemKind::TriggerComma),
            }
        }
        let place = self.at(line, "trigger");
        self.facts.triggers.push(Trigger { names: names.clone(), place });
        names
    }

    /// The tables that the row's expressions look up in.
    fn look_up(&mut self, line: &Line) {
        const COLUMNS: [&str; 7] =
            ["relevant", "required", "constraint", "readonly", "calculation", "choice_filter", "default"];
        for column in COLUMNS {
            for name in super::expression::tables(self.cell(line, column), "pulldata") {
                let place = self.at(line, column);
                let file = format!("{name}.csv");
                let table = TableOf { name: name.to_owned(), file, by: By::Call, place };
                self.attach(&table);
                self.facts.tables.push(table);
            }
        }
    }

    /// Makes a file's rows a list that expressions can look up in; says so when the file is missing.
    pub(super) fn attach(&mut self, table: &TableOf) {
        if self.lists.has(&table.name) {
            return;
        }
        match self.file(&table.file) {
            Some(attached) => self.lists.add(super::choice::from_file(attached, None, None).0),
            None => {
                let kind = ProblemKind::NeedsFile(table.file.clone());
                self.problems.unsupported(table.place.clone(), kind);
            }
        }
    }

    /// An attached file; names that differ in capitals only are one.
    pub(super) fn file(&self, name: &str) -> Option<&'a Attached> {
        let exact = self.attached.iter().find(|attached| attached.file == name);
        exact.or_else(|| self.attached.iter().find(|attached| attached.file.eq_ignore_ascii_case(name)))
    }

    /// Whether the row's default is an expression.
    pub(super) fn has_dynamic_default(&self, line: &Line, is_dated: bool) -> bool {
        is_dynamic(self.cell(line, "default"), is_dated)
    }
}
