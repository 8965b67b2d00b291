//! Groups and repeats: where they begin and end, and which of them are pages and grids.

use std::collections::HashSet;

use super::SheetName;
use super::appearance::{self, Asked, says};
use super::column::{Line, MEDIA};
use super::problem::{Control, Place, ProblemKind};
use super::survey::Walk;
use crate::form::wire::{NodeSource, SHOWS};

/// A group whose end has not come, or the form itself.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) control: Control,
    pub(super) node: NodeSource,
    pub(super) row: usize,
    /// Names of the rows inside, to find those that come twice; and the same in small letters.
    pub(super) names: HashSet<String>,
    pub(super) small_names: HashSet<String>,
    children: Vec<Child>,
    appearance: String,
    /// As it is written in the header.
    appearance_header: String,
}

/// What became of a row in a group.
#[derive(Debug)]
pub(super) struct Child {
    pub(super) node: NodeSource,
    pub(super) role: Role,
}

/// What a select is in a table of selects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Not made for a table.
    Alone,
    /// Shows the choices' labels over the rows.
    Header,
    /// Shows its choices without labels.
    Row,
}

impl Open {
    pub(super) fn form() -> Open {
        Open::new(Control::Group, NodeSource::default(), 0)
    }

    fn new(control: Control, node: NodeSource, row: usize) -> Open {
        Open {
            control,
            node,
            row,
            names: HashSet::new(),
            small_names: HashSet::new(),
            children: Vec::new(),
            appearance: String::new(),
            appearance_header: String::new(),
        }
    }

    pub(super) fn nodes(self) -> Vec<NodeSource> {
        self.children.into_iter().map(|child| child.node).collect()
    }

    /// Whether the group is a table of selects that share a list.
    pub(super) fn is_table(&self) -> bool {
        says(&self.appearance, "table-list")
    }

    /// The list of a table's first row, once there is one.
    pub(super) fn first_list(&self) -> Option<&str> {
        self.children.iter().map(|child| child.node.list.as_str()).find(|list| !list.is_empty())
    }
}

impl Walk<'_> {
    pub(super) fn add(&mut self, node: NodeSource, role: Role) {
        if let Some(open) = self.open.last_mut() {
            open.children.push(Child { node, role });
        }
    }

    pub(super) fn begin(&mut self, line: &Line, control: Control, name: String) {
        if control == Control::Loop {
            match super::kind::loop_list(self.cell(line, "type")) {
                None => self.error(line, "type", ProblemKind::NoLoopList),
                Some(list) if self.lists.own(list).is_none() => {
                    self.error(line, "type", ProblemKind::NoList(list.to_owned()));
                }
                Some(_) => {}
            }
        }
        let mut node = self.node(line, name);
        for medium in MEDIA {
            let column = ["media::", medium].concat();
            if self.table.is_filled(line, &column) {
                self.notice(line, &column, ProblemKind::MediaOfGroup);
            }
        }
        node.parameters.clear();
        let repeat_count = match control {
            Control::Repeat => {
                let (cell, place) = (self.cell(line, "repeat_count"), self.at(line, "repeat_count"));
                super::expression::expression(cell, place, self.problems)
            }
            _ => {
                self.unused(line, &["repeat_count"]);
                String::new()
            }
        };
        let node = NodeSource {
            kind: if control == Control::Repeat { "repeat" } else { "group" }.to_owned(),
            repeat_count,
            // Only what is asked can be required, filtered and calculated.
            required: String::new(),
            required_message: Vec::new(),
            constraint: String::new(),
            constraint_message: Vec::new(),
            calculation: String::new(),
            choice_filter: String::new(),
            trigger: Vec::new(),
            ..node
        };
        self.unused(
            line,
            &["required", "constraint", "calculation", "choice_filter", "trigger", "parameters", "default"],
        );
        let appearance = self.cell(line, "appearance");
        let look = appearance::look(appearance, Asked::Group);
        let mut unknown = look.unknown;
        if control != Control::Group {
            unknown.extend(
                appearance.split_whitespace().filter(|word| *word == "table-list").map(str::to_owned),
            );
        }
        if !unknown.is_empty() {
            self.notice(line, "appearance", ProblemKind::UnknownAppearance(unknown.join(" ")));
        }
        let mut open = Open::new(control, node, line.number);
        open.appearance = appearance.to_owned();
        open.appearance_header = self.at(line, "appearance").column.unwrap_or_default();
        self.open.push(open);
    }

    /// An `end` closes the innermost group if it is of its kind. Where it is not, and one further out is, those between are
    /// taken to have been left open.
    pub(super) fn end(&mut self, line: &Line, control: Control) {
        let is_inner = self.open.len() > 1 && self.open.last().is_some_and(|open| open.control == control);
        if is_inner {
            if let Some(open) = self.open.pop() {
                self.close(open);
            }
            return;
        }
        self.error(line, "type", ProblemKind::UnopenedEnd(control));
        let is_anywhere = self.open.iter().skip(1).any(|open| open.control == control);
        while is_anywhere && self.open.len() > 1 {
            let Some(open) = self.open.pop() else { break };
            let is_last = open.control == control;
            self.close(open);
            if is_last {
                break;
            }
        }
    }

    /// Puts a group that is complete into the one around it.
    pub(super) fn close(&mut self, mut open: Open) {
        let mut children = std::mem::take(&mut open.children);
        let is_group = open.control == Control::Group;
        if is_group && let Some(list) = grid(&children, open.is_table()) {
            open.node.kind = "grid".to_owned();
            open.node.list = list;
            for child in &mut children {
                child.node.appearance.clear();
            }
            if let Some(header) = children.iter().position(|child| child.role == Role::Header) {
                let header = children.remove(header);
                if open.node.label.is_empty() {
                    open.node.label = header.node.label;
                }
            }
        } else {
            if is_group && open.is_table() {
                let place = Place::row(SheetName::Survey, open.row).column(&open.appearance_header);
                self.problems.notice(place, ProblemKind::NotGrid);
            }
            // A group with a name at the top level is what people take for a section, whether or not its author asked for a page.
            let is_section = self.open.len() == 1 && !open.node.label.is_empty();
            if is_group && (says(&open.appearance, "field-list") || open.is_table() || is_section) {
                open.node.kind = "page".to_owned();
            }
            for child in children.iter_mut().filter(|child| child.role == Role::Header) {
                as_note(&mut child.node);
            }
        }
        open.node.children = children.into_iter().map(|child| child.node).collect();
        self.add(open.node, Role::Alone);
    }
}

/// The list that all rows share, if the group is a grid: by its own look, or by a header over rows without labels.
fn grid(children: &[Child], is_table: bool) -> Option<String> {
    let list = &children.first()?.node.list;
    let is_row = |child: &Child| {
        let node = &child.node;
        node.kind == "select_one"
            && node.list == *list
            && node.choice_filter.is_empty()
            && node.parameters.iter().all(|(name, _)| name == SHOWS)
            && node.calculation.is_empty()
    };
    let is_shaped = |(position, child): (usize, &Child)| match child.role {
        Role::Header => position == 0,
        Role::Row => true,
        Role::Alone => is_table,
    };
    let has_rows = children.iter().any(|child| child.role != Role::Header);
    let fits = !list.is_empty()
        && has_rows
        && children.iter().all(is_row)
        && children.iter().enumerate().all(is_shaped);
    fits.then(|| list.clone())
}

/// A header over nothing that is a table: its label stays, its choices go.
fn as_note(node: &mut NodeSource) {
    *node = NodeSource {
        name: std::mem::take(&mut node.name),
        kind: "note".to_owned(),
        label: std::mem::take(&mut node.label),
        hint: std::mem::take(&mut node.hint),
        parameters: std::mem::take(&mut node.parameters),
        relevant: std::mem::take(&mut node.relevant),
        ..NodeSource::default()
    };
}
