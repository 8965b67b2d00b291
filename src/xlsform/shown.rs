//! Pictures, sounds and films beside labels: `media::image` and its like, of questions and of choices.

use super::Medium;
use super::column::{Line, MEDIA, Table};
use super::language::Languages;
use super::problem::{ProblemKind, Problems};
use crate::form::wire::{NEXT, SHOWS};

/// What a row shows, as [`SHOWS`] has it; nothing where it shows nothing. A language without
/// a file of its own has that of the default one. Files that were not given, or are of another kind, are told and named
/// all the same.
///
/// [`SHOWS`]: crate::form::wire::SHOWS
pub(super) fn shows(
    table: &Table,
    line: &Line,
    languages: &Languages,
    given: &[Medium],
    problems: &mut Problems,
) -> Option<(String, String)> {
    let mut all: Vec<Vec<String>> = vec![Vec::new(); languages.tags.len()];
    for medium in MEDIA {
        let column = ["media::", medium].concat();
        for (header, cell) in
            table.cells(line).filter(|(header, cell)| header.name == column && !cell.is_empty())
        {
            let kind = match find(cell, given) {
                _ if cell.contains("${") => ProblemKind::MediaName(cell.to_owned()),
                None => ProblemKind::MissingFile(cell.to_owned()),
                Some(name) if !suits(medium, name) => ProblemKind::OtherMedium(cell.to_owned()),
                Some(_) => continue,
            };
            problems.notice(table.row(line).column(&header.header), kind);
        }
        let files = languages.texts(table, line, &column);
        let usual = files.iter().find(|file| !file.is_empty());
        for (shown, file) in all.iter_mut().zip(&files) {
            let file = if file.is_empty() { usual } else { Some(file) };
            if let Some(file) = file.filter(|file| !file.contains("${")) {
                let name = find(file, given).filter(|name| suits(medium, name)).unwrap_or_default();
                shown.push([medium, name, file].join(" "));
            }
        }
    }
    let mut all: Vec<String> = all.iter().map(|shown| shown.join("\n")).collect();
    if all.windows(2).all(|pair| matches!(pair, [first, second] if first == second)) {
        all.truncate(1);
    }
    let shows = all.join(&NEXT.to_string());
    (!all.iter().all(String::is_empty)).then(|| (SHOWS.to_owned(), shows))
}

/// Under which name a file is kept, whatever folder its author has it in. Large and small letters are the same where nothing
/// else is.
fn find<'a>(file: &str, given: &'a [Medium]) -> Option<&'a str> {
    let file = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let same = given.iter().find(|medium| medium.file == file);
    let like = || given.iter().find(|medium| medium.file.to_lowercase() == file.to_lowercase());
    same.or_else(like).map(|medium| medium.name.as_str())
}

/// Whether a file can be what a column asks for, by the ending that its bytes gave it.
fn suits(medium: &str, name: &str) -> bool {
    let endings: &[&str] = match medium {
        "image" | "big-image" => &["jpg", "png", "gif", "webp"],
        "audio" => &["mp3", "m4a", "mp4", "aac", "ogg", "wav", "flac", "webm"],
        _ => &["mp4", "webm", "ogg"],
    };
    name.rsplit_once('.').is_some_and(|(_, ending)| endings.contains(&ending))
}
