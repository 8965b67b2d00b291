//! How a file is made, what it says of itself, and why there may be none.

pub use crate::summary::Profile;

use super::sheet::Sheet;
use crate::i18n::{Language, file as words};

/// Groups of fewer people than this in what is known of them (district, age, ...) have it left blank in publications.
pub const LEAST_CLASS: usize = 3;

/// Responses below which there is no file of them for publication: among so few, whoever knows a person's part in a visit
/// knows the row. As many as a group needs to be shown.
pub const LEAST_ROWS: usize = 30;

/// Questions that together may tell who somebody is: those of them that a form has, where [`Options::quasi`] is [`Quasi::Usual`].
pub const QUASI: [&str; 8] =
    ["district", "area", "gender", "age", "education", "participation", "delegation", "job"];

/// What kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values.
    Csv {
        /// Choices by their label, not by name.
        labels: bool,
    },
    /// A workbook.
    Xlsx,
    /// An SPSS system file.
    Sav,
}

/// How a file is made.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Who it is for.
    pub profile: Profile,
    /// The language of labels and of everything that explains.
    pub language: Language,
    /// Which questions together may tell who somebody is.
    pub quasi: Quasi,
    /// A publication of fewer responses than this is refused.
    pub minimum_cell: usize,
}

/// Which questions together may tell who somebody is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Quasi {
    /// Those of [`QUASI`] that the form has.
    Usual,
    /// Those of these names.
    Named(Vec<String>),
    /// Nobody has said, as of a form of somebody's own: a publication has no rows.
    Unknown,
}

/// What the file says of itself and whoever asks for it knows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Notice {
    /// The survey's id.
    pub survey: String,
    /// What the survey is called, in the language of the file.
    pub title: String,
    /// How people came to be asked, and what may be concluded.
    pub sampling: String,
    /// The hash of what the file was made from, with version, filter and settings.
    pub inputs: String,
    /// Tables of the summary; workbooks only.
    pub tables: Vec<Sheet>,
}

/// Why there is no file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileError {
    /// Fewer responses than a publication may have.
    TooFew {
        /// The fewest it may have.
        least: usize,
    },
    /// A publication in rows, of a form of which nobody has said which questions tell who somebody is.
    Telling,
    /// A sheet would have more rows than workbooks can.
    TooManyRows {
        /// How many, the header included.
        rows: usize,
        /// How many it can have.
        most: usize,
    },
    /// A sheet would have more columns than workbooks can.
    TooManyColumns {
        /// How many.
        columns: usize,
        /// How many it can have.
        most: usize,
    },
    /// A workbook of 4 GB or more.
    TooLarge,
    /// The blocks carry no texts, and the file is to have them.
    NoTexts,
    /// Responses went while they were being read.
    Changed,
}

impl FileError {
    /// What happened and what to do, for people.
    pub fn sentence(self, language: Language) -> String {
        match self {
            FileError::TooFew { least } => words::too_few(least, language),
            FileError::Telling => words::telling(language).to_owned(),
            FileError::TooManyRows { rows, most } => words::too_many_rows(rows, most, language),
            FileError::TooManyColumns { columns, most } => words::too_many_columns(columns, most, language),
            FileError::TooLarge => words::too_large(language).to_owned(),
            FileError::NoTexts | FileError::Changed => words::changed(language).to_owned(),
        }
    }
}
