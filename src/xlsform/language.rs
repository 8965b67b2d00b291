//! Which languages a form speaks, and the texts of a row in each of them.

use super::column::{Column, Line, MEDIA, TEXTS, Table};
use super::problem::{HEADER, Place, ProblemKind, Problems};
use super::tongue::{own_name, tag_of};

/// The languages of a form: the default one first, for what is missing in another is read in it, then in order of appearance.
#[derive(Debug)]
pub(super) struct Languages {
    /// As they are written in headers.
    written: Vec<String>,
    pub(super) tags: Vec<String>,
    /// Where texts without a language belong; `None`: to every language that has no text of its own.
    home: Option<usize>,
}

/// The language of texts that name none, beside texts that do.
const UNNAMED: &str = "default";

/// What a form speaks when nothing says so: Spanish where its texts have what English does not write.
fn guess(tables: &[&Table]) -> &'static str {
    let has = |table: &&Table| {
        let texts = |line| table.cells(line).filter(|(column, _)| TEXTS.contains(&column.name.as_str()));
        let is_spanish = |text: &str| text.contains(['¿', '¡', 'ñ', 'á', 'é', 'í', 'ó', 'ú']);
        table.lines.iter().any(|line| texts(line).any(|(_, text)| is_spanish(text)))
    };
    if tables.iter().any(has) { "es" } else { "en" }
}

impl Languages {
    /// `declared` is the setting `default_language`; blank where there is none.
    pub(super) fn of(survey: &Table, choices: &Table, declared: &str, problems: &mut Problems) -> Languages {
        let mut languages = Languages { written: Vec::new(), tags: Vec::new(), home: None };
        for table in [survey, choices] {
            let mut seen: Vec<(&str, usize, &Column)> = Vec::new();
            let speaks = |column: &&Column| {
                TEXTS.contains(&column.name.as_str())
                    || column.name.strip_prefix("media::").is_some_and(|medium| MEDIA.contains(&medium))
            };
            for column in table.columns.iter().filter(speaks) {
                let Some(language) = &column.language else { continue };
                let position = languages.position(language).unwrap_or_else(|| languages.add(language));
                let same = |(name, language, _): &&(&str, usize, &Column)| {
                    *name == column.name && *language == position
                };
                if let Some((_, _, other)) = seen.iter().find(same) {
                    let place = Place::row(table.sheet, HEADER).column(&column.header);
                    problems.notice(place, ProblemKind::SameLanguage(other.header.clone()));
                }
                seen.push((&column.name, position, column));
            }
        }
        let is_unmarked = |table: &Table, name: &str| {
            let column =
                table.columns.iter().position(|column| column.name == name && column.language.is_none());
            column.is_some_and(|column| table.is_used(column))
        };
        let says_default = !declared.is_empty() && declared != UNNAMED;
        let is_any_unmarked =
            [survey, choices].iter().any(|table| TEXTS.iter().any(|name| is_unmarked(table, name)));
        languages.home = match languages.position(declared) {
            Some(position) if says_default => Some(position),
            _ if says_default && (is_any_unmarked || languages.tags.is_empty()) => {
                Some(languages.add(declared))
            }
            _ if languages.tags.is_empty() => Some(languages.add(guess(&[survey, choices]))),
            _ if is_unmarked(survey, "label") => Some(languages.add(UNNAMED)),
            _ => None,
        };
        languages.lead();
        languages
    }

    /// Puts the default language first.
    fn lead(&mut self) {
        let Some(home) = self.home.as_mut() else { return };
        for names in [&mut self.written, &mut self.tags] {
            if let Some(first) = names.get_mut(..=*home) {
                first.rotate_right(1);
            }
        }
        *home = 0;
    }

    /// What each calls itself; none where there are only Spanish and English, whose names everybody has.
    pub(super) fn names(&self) -> Vec<String> {
        if self.tags.iter().all(|tag| matches!(tag.split('-').next(), Some("es" | "en"))) {
            return Vec::new();
        }
        let name = |(tag, written): (&String, &String)| match tag.as_str() {
            UNNAMED => "Original".to_owned(),
            tag => {
                let said = Some(bare(written)).filter(|name| !name.is_empty());
                own_name(tag).or(said).unwrap_or(tag).to_owned()
            }
        };
        self.tags.iter().zip(&self.written).map(name).collect()
    }

    fn position(&self, language: &str) -> Option<usize> {
        let tag = tag(language);
        let by_tag = self.tags.iter().position(|known| known.eq_ignore_ascii_case(tag));
        let is_bare = |language: &str| !language.contains('(');
        let same = |known: &String| {
            (is_bare(known) || is_bare(language)) && bare(known).eq_ignore_ascii_case(bare(language))
        };
        by_tag.or_else(|| self.written.iter().position(same))
    }

    fn add(&mut self, language: &str) -> usize {
        self.written.push(language.to_owned());
        self.tags.push(tag(language).to_owned());
        self.tags.len() - 1
    }

    /// A row's text in each language; empty where there is none in any.
    pub(super) fn texts(&self, table: &Table, line: &Line, name: &str) -> Vec<String> {
        let mut texts = vec![String::new(); self.tags.len()];
        let mut put = |position: usize, cell: &str| {
            if let Some(text) = texts.get_mut(position).filter(|text| text.is_empty()) {
                cell.clone_into(text);
            }
        };
        for (column, cell) in table.cells(line).filter(|(column, _)| column.name == name) {
            if let Some(position) = column.language.as_ref().and_then(|language| self.position(language)) {
                put(position, cell);
            }
        }
        let unmarked = table.cell(line, name);
        match self.home {
            Some(home) => put(home, unmarked),
            None => (0..self.tags.len()).for_each(|position| put(position, unmarked)),
        }
        if texts.iter().all(String::is_empty) { Vec::new() } else { texts }
    }

    /// Of a text in each language, the one for a column in this language, as it is written; of a column in none the first.
    pub(super) fn one<'a>(&self, texts: &'a [String], language: Option<&str>) -> &'a str {
        let position = language.map_or(self.home, |language| self.position(language)).unwrap_or(0);
        texts.get(position).map_or("", String::as_str)
    }

    /// Gives a table a column of this name in every language that it has none in.
    pub(super) fn add_columns(&self, table: &mut Table, name: &str) {
        let has = |table: &Table, language: Option<usize>| {
            let of = |column: &Column| column.language.as_ref().map(|own| self.position(own));
            table.columns.iter().any(|column| column.name == name && of(column) == language.map(Some))
        };
        for (position, language) in self.written.iter().enumerate() {
            let is_home = self.home == Some(position) && has(table, None);
            if !is_home && !has(table, Some(position)) {
                let (header, language) = (format!("{name}::{language}"), Some(language.clone()));
                table.columns.push(Column { header, name: name.to_owned(), language, is_known: true });
            }
        }
    }

    /// One text in each language.
    pub(super) fn each(&self, spanish: &str, english: &str) -> Vec<String> {
        let text = |tag: &String| if is_spanish(tag) { spanish } else { english };
        self.tags.iter().map(|tag| text(tag).to_owned()).collect()
    }

    /// Says of each text column in which languages it is missing, and how often.
    pub(super) fn report_missing(&self, table: &Table, problems: &mut Problems) {
        for name in TEXTS {
            let Some(header) = table.columns.iter().find(|column| column.name == name) else { continue };
            let texts: Vec<Vec<String>> =
                table.lines.iter().map(|line| self.texts(table, line, name)).collect();
            for (position, language) in self.written.iter().enumerate() {
                let is_missing = |texts: &&Vec<String>| texts.get(position).is_some_and(String::is_empty);
                let rows = texts.iter().filter(is_missing).count();
                if rows > 0 {
                    let kind = ProblemKind::MissingTranslation { language: language.clone(), rows };
                    let own = |column: &&Column| {
                        column.name == name && column.language.as_ref().is_some_and(|own| own == language)
                    };
                    let header = table.columns.iter().find(own).unwrap_or(header);
                    problems.notice(Place::row(table.sheet, HEADER).column(&header.header), kind);
                }
            }
        }
    }
}

fn is_spanish(tag: &str) -> bool {
    let tag = tag.to_lowercase();
    tag == "es"
        || tag.starts_with("es-")
        || tag.starts_with("es_")
        || tag.starts_with("espa")
        || tag == "spanish"
}

/// `Español (es)` is `es`, and so is `Spanish`; a language that nobody knows is its own tag.
fn tag(language: &str) -> &str {
    let inside = language.trim().strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    let inside = inside.map(|(_, tag)| tag.trim()).filter(|tag| !tag.is_empty());
    inside.or_else(|| tag_of(language.trim())).unwrap_or(language.trim())
}

/// `Español (es)` is `Español`.
fn bare(language: &str) -> &str {
    language.split_once('(').map_or(language, |(name, _)| name).trim()
}
