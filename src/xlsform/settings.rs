//! The settings sheet: one row under its headers.

use super::SheetName;
use super::column::{MEDIA, Table};
use super::name::is_name;
use super::problem::{HEADER, Place, ProblemKind, Problems};

/// What the settings say, blank where they say nothing.
#[derive(Debug, Clone, Default)]
pub(super) struct Settings {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) version: String,
    /// The name of the root element, `data` where there is none.
    pub(super) root: String,
    pub(super) default_language: String,
    pub(super) allows_duplicates: bool,
    /// Whether several blanks in a cell of the survey sheet count as one.
    pub(super) collapses: bool,
    /// Whether responses have no id.
    pub(super) omits_id: bool,
}

/// `yes` and `no` as XLSForm has them; `None` for anything else.
pub(super) fn yes_or_no(cell: &str) -> Option<bool> {
    match cell {
        "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "true()" => Some(true),
        "no" | "No" | "NO" | "false" | "False" | "FALSE" | "false()" => Some(false),
        _ => None,
    }
}

/// Settings about sending, which is done by hand here.
const SENDING: [&str; 4] = ["submission_url", "auto_send", "auto_delete", "client_editable"];
/// Settings that are used, or that ask for what is done anyway.
const USED: [&str; 9] = [
    "form_id",
    "id_string",
    "form_title",
    "version",
    "default_language",
    "name",
    "allow_choice_duplicates",
    "clean_text_values",
    "omit_instanceid",
];

/// Reads the first row of the settings sheet.
pub(super) fn read(table: &Table, problems: &mut Problems) -> Settings {
    let mut settings = Settings { root: "data".to_owned(), collapses: true, ..Settings::default() };
    let Some(line) = table.lines.first() else { return settings };
    let cell = |name: &str| table.cell(line, name).to_owned();
    let is_yes = |name: &str, usual: bool| yes_or_no(table.cell(line, name)).unwrap_or(usual);
    settings.id = cell("form_id");
    match (settings.id.is_empty(), cell("id_string")) {
        (true, id) => settings.id = id,
        (false, id) if !id.is_empty() => problems.notice(table.at(line, "id_string"), ProblemKind::TwoIds),
        _ => {}
    }
    settings.title = cell("form_title");
    settings.version = cell("version");
    settings.default_language = cell("default_language");
    settings.allows_duplicates = is_yes("allow_choice_duplicates", false);
    settings.collapses = is_yes("clean_text_values", true);
    settings.omits_id = is_yes("omit_instanceid", false);
    let name = cell("name");
    if !name.is_empty() {
        if !is_name(&name) {
            problems.error(table.at(line, "name"), ProblemKind::BadName(name.clone()));
        }
        settings.root = name;
    }
    for (column, cell) in table.cells(line).filter(|(_, cell)| !cell.is_empty()) {
        let place = || table.row(line).column(&column.header);
        match column.name.as_str() {
            name if USED.contains(&name) => {}
            // Pages are what this program shows.
            "style" if cell.split_whitespace().all(|style| style == "pages") => {}
            "public_key" if settings.omits_id => problems.error(place(), ProblemKind::EncryptedWithoutId),
            "public_key" => problems.notice(place(), ProblemKind::NotEncrypted),
            name if SENDING.contains(&name) => problems.notice(place(), ProblemKind::NothingSent),
            _ => problems.notice(place(), ProblemKind::UnusedSetting),
        }
    }
    settings
}

/// Says of a sheet which of its columns mean nothing.
pub(super) fn report_unknown(table: &Table, problems: &mut Problems) {
    for (position, column) in table.columns.iter().enumerate() {
        let place = Place::row(table.sheet, HEADER).column(&column.header);
        match column.name.as_str() {
            _ if !column.is_known && table.sheet == SheetName::Survey => {
                problems.notice(place, ProblemKind::UnknownColumn);
            }
            "guidance_hint" => problems.notice(place, ProblemKind::GuidanceColumn),
            name if name.starts_with("media::") => {
                let is_known = MEDIA.iter().any(|medium| name.strip_prefix("media::") == Some(medium));
                if !is_known && table.is_used(position) {
                    problems.error(place, ProblemKind::UnknownMedia);
                } else if !is_known {
                    problems.notice(place, ProblemKind::UnusedColumn);
                }
            }
            "rows" => problems.notice(place, ProblemKind::UnusedColumn),
            _ => {}
        }
    }
}
