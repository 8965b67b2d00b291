//! What rows say about each other, looked at once all of them are read; and the form itself.

use super::SheetName;
use super::choice::Lists;
use super::column::Table;
use super::expression::tables;
use super::name::sole_mention;
use super::problem::{ParameterFault, Place, ProblemKind, Problems, Severity};
use super::survey::{By, Facts};
use crate::form::{Form, FormProblem, FormProblemKind, FormSource};
use crate::xpath::ParseErrorKind;

/// Triggers must be seen by people.
pub(super) fn triggers(facts: &Facts, problems: &mut Problems) {
    for trigger in &facts.triggers {
        for name in &trigger.names {
            let place = trigger.place.clone();
            if !facts.names.iter().any(|named| named.is_question && named.name == *name) {
                problems.error(place, ProblemKind::NoReference(name.clone()));
            } else if facts.unseen.iter().any(|(unseen, _)| unseen == name) {
                problems.error(place, ProblemKind::TriggerUnseen(name.clone()));
            }
        }
    }
}

/// `reference-geometry` names a list, a table, an entity list, or a repeat as `${name}`.
pub(super) fn geometries(facts: &Facts, lists: &Lists, entities: &[String], problems: &mut Problems) {
    for (target, place) in &facts.geometries {
        let is_it = |name: &str| name.eq_ignore_ascii_case(target);
        let is_table =
            facts.tables.iter().any(|table| table.by != By::Call && is_it(super::choice::stem(&table.name)));
        let is_list = lists.all.iter().take(lists.own).any(|list| is_it(&list.name));
        let is_repeat = sole_mention(target)
            .is_some_and(|name| facts.names.iter().any(|named| named.is_repeat && named.name == name));
        if !(is_table || is_list || is_repeat || entities.iter().any(|list| is_it(list))) {
            let fault = ParameterFault::Geometry(target.clone());
            problems.error(place.clone(), ProblemKind::Parameter(fault));
        }
    }
}

/// Two tables, or a table and a list, must not have one name in expressions.
pub(super) fn sources(facts: &Facts, lists: &Lists, problems: &mut Problems) {
    for (position, table) in facts.tables.iter().enumerate() {
        let clashes = facts.tables.iter().take(position).any(|earlier| {
            let both_rows = earlier.by == By::Row && table.by == By::Row;
            earlier.name == table.name && (both_rows || earlier.file != table.file)
        });
        let searched = |list: &str| facts.selects.iter().any(|select| select.searches && select.list == list);
        let is_list = lists.own(&table.name).is_some() && !searched(&table.name);
        if clashes || is_list {
            problems.error(table.place.clone(), ProblemKind::SameSource(table.name.clone()));
        }
    }
}

/// A list that one question searches is of no use to a question that does not.
pub(super) fn searches(facts: &Facts, problems: &mut Problems) {
    for select in facts.selects.iter().filter(|select| select.searches) {
        let other = facts.selects.iter().find(|other| !other.searches && other.list == select.list);
        if let Some(other) = other {
            let kind = ProblemKind::SearchShared { list: select.list.clone(), other: other.question.clone() };
            problems.error(select.place.clone(), kind);
        }
    }
}

/// `instance('name')` must name a list or a table.
pub(super) fn instances(
    survey: &Table,
    facts: &Facts,
    lists: &Lists,
    entities: &[String],
    problems: &mut Problems,
) {
    const COLUMNS: [&str; 8] = [
        "relevant",
        "required",
        "constraint",
        "readonly",
        "calculation",
        "choice_filter",
        "default",
        "repeat_count",
    ];
    for line in &survey.lines {
        for column in COLUMNS {
            for name in tables(survey.cell(line, column), "instance") {
                let place = survey.at(line, column);
                let is_table = facts.tables.iter().any(|table| table.name == name);
                if name == "__last-saved" {
                    problems.notice(place, ProblemKind::LastSaved(name.to_owned()));
                } else if !is_table && !lists.all.iter().any(|list| list.name == name) {
                    let kind = ProblemKind::NoInstance(name.to_owned());
                    if entities.iter().any(|list| list == name) {
                        problems.unsupported(place, kind);
                    } else {
                        problems.error(place, kind);
                    }
                }
            }
        }
    }
}

/// The form, if it can be built; else what is wrong with it, by the rows it comes from.
pub(super) fn build(form: FormSource, facts: &Facts, problems: &mut Problems) -> Option<FormSource> {
    let Err(faults) = Form::build(&form) else { return Some(form) };
    for FormProblem { name, member, kind } in faults {
        let row = facts.names.iter().find(|named| named.name == name).map(|named| named.row);
        let is_list = row.is_none() && form.lists.iter().any(|list| list.name == name);
        let sheet = if is_list { SheetName::Choices } else { SheetName::Survey };
        let place = Place { sheet, row, column: Some(member.to_owned()) };
        let severity = match &kind {
            FormProblemKind::Expression(error) => severity(&error.kind),
            _ => Severity::Error,
        };
        match severity {
            Severity::Unsupported => problems.unsupported(place, ProblemKind::Form(kind)),
            _ => problems.error(place, ProblemKind::Form(kind)),
        }
    }
    None
}

/// Whether an expression is wrong, or only asks for what this program does not do.
pub(super) fn severity(kind: &ParseErrorKind) -> Severity {
    match kind {
        ParseErrorKind::UnknownFunction(_) | ParseErrorKind::Unsupported(_) | ParseErrorKind::TooDeep => {
            Severity::Unsupported
        }
        _ => Severity::Error,
    }
}
