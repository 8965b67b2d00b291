//! What a file of responses comes to, between worker and page.

use super::{ToldWire, day, unread};
use crate::i18n::Language;
use crate::job::{JobError, TableColumn, TableFile, TableRead, ToldProblem};

/// Survey, day, language.
pub(super) type FileWire = (String, String, String);
/// Sheet; rows, new, here, breaks, barred, undated, more; columns with what they are and whether they are left out;
/// problems; notices.
pub(super) type TableWire = (String, [usize; 7], Vec<(String, String, bool)>, Vec<ToldWire>, Vec<String>);

pub(super) fn file_out(file: TableFile) -> FileWire {
    (file.survey, file.day.to_string(), file.language.tag().to_owned())
}

pub(super) fn file_in((survey, on, language): FileWire) -> Result<TableFile, JobError> {
    if survey.is_empty() {
        return Err(unread("no survey"));
    }
    Ok(TableFile { survey, day: day(&on)?, language: Language::from_tag(&language) })
}

pub(super) fn read_out(read: &TableRead) -> TableWire {
    let column = |column: &TableColumn| (column.header.clone(), column.what.clone(), column.left_out);
    let told = |problem: &ToldProblem| (problem.bars, problem.place.clone(), problem.text.clone());
    (
        read.sheet.clone(),
        [read.rows, read.new, read.here, read.breaks, read.barred, read.undated, read.more],
        read.columns.iter().map(column).collect(),
        read.problems.iter().map(told).collect(),
        read.notices.clone(),
    )
}

pub(super) fn read_in((sheet, numbers, columns, problems, notices): TableWire) -> TableRead {
    let [rows, new, here, breaks, barred, undated, more] = numbers;
    let column = |(header, what, left_out)| TableColumn { header, what, left_out };
    let told = |(bars, place, text)| ToldProblem { bars, place, text };
    TableRead {
        sheet,
        rows,
        new,
        here,
        breaks,
        barred,
        undated,
        more,
        columns: columns.into_iter().map(column).collect(),
        problems: problems.into_iter().map(told).collect(),
        notices,
    }
}
