//! Every `${name}` of a workbook must name one row of the survey sheet.

use std::collections::HashMap;

use super::SheetName;
use super::column::{Column, TEXTS, Table};
use super::expression::has_instance;
use super::name::{Mention, mentions};
use super::problem::{ProblemKind, Problems};
use super::settings::{Settings, yes_or_no};
use super::survey::Facts;

/// The id of a response, which rows can name though no row is it.
const INSTANCE_ID: &str = "instanceID";

/// Looks for what is mentioned in the cells of all sheets.
pub(super) fn check(tables: &[&Table], facts: &Facts, settings: &Settings, problems: &mut Problems) {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for named in &facts.names {
        *counts.entry(named.name.as_str()).or_default() += 1;
    }
    let is_table = |name: &str| facts.names.iter().any(|named| named.is_table && named.name == name);
    for table in tables {
        let is_disabled = |line| yes_or_no(table.cell(line, "disabled")) == Some(true);
        for line in table.lines.iter().filter(|line| !is_disabled(line)) {
            for (column, cell) in table.cells(line).filter(|(column, _)| is_checked(table.sheet, column)) {
                let place = || table.row(line).column(&column.header);
                for mention in mentions(cell) {
                    match mention {
                        Mention::Bad(written) => {
                            problems.error(place(), ProblemKind::BadReference(written.to_owned()));
                        }
                        Mention::Name(INSTANCE_ID) if !settings.omits_id => {
                            problems.notice(place(), ProblemKind::InstanceId);
                        }
                        Mention::Name(name) | Mention::LastSaved(name) => {
                            match counts.get(name) {
                                None => problems.error(place(), ProblemKind::NoReference(name.to_owned())),
                                Some(1) if is_table(name) => {
                                    problems.error(place(), ProblemKind::NoReference(name.to_owned()));
                                }
                                Some(1) => {}
                                Some(_) => {
                                    problems.error(place(), ProblemKind::AmbiguousReference(name.to_owned()));
                                }
                            }
                            if mention == Mention::LastSaved(name) {
                                problems.notice(place(), ProblemKind::LastSaved(name.to_owned()));
                            }
                        }
                    }
                }
                if TEXTS.contains(&column.name.as_str()) && has_instance(cell) {
                    problems.notice(place(), ProblemKind::ExpressionInText);
                }
            }
        }
    }
}

fn is_checked(sheet: SheetName, column: &Column) -> bool {
    match sheet {
        SheetName::Survey => !["type", "name", "trigger"].contains(&column.name.as_str()),
        SheetName::Choices => column.name == "label" || column.name.starts_with("media::"),
        SheetName::Settings => true,
        SheetName::Entities => !["dataset", "repeat"].contains(&column.name.as_str()),
        SheetName::ExternalChoices => false,
    }
}
