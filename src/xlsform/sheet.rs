/// The sheets of an XLSForm that mean something, as text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheets {
    /// The sheets, each at most once.
    pub sheets: Vec<Sheet>,
    /// Tables that questions choose from or look up in.
    pub attached: Vec<Attached>,
    /// Pictures, sounds and films to show.
    pub media: Vec<Medium>,
}

/// A file to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Medium {
    /// The file's name: `house.jpg`.
    pub file: String,
    /// The name under which it is kept, whose ending says what it is: `0f3a5b7c9d1e2f40.jpg`.
    pub name: String,
}

/// One sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Which.
    pub name: SheetName,
    /// The headers as they are written, in order; blank ones too.
    pub header: Vec<String>,
    /// The rows under the header that are not blank.
    pub rows: Vec<Row>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// As spreadsheet programs number it: the first under the header is 2.
    pub number: usize,
    /// Its cells in the order of the header; cells missing at the end are blank. Numbers stand as XLSForm has them: `3`, not `3.0`.
    pub cells: Vec<String>,
}

/// The sheets that mean something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SheetName {
    /// The questions.
    Survey,
    /// The choice lists.
    Choices,
    /// The form's id, title, languages.
    Settings,
    /// Choice lists of `select_one_external`.
    ExternalChoices,
    /// What ODK Central does with responses.
    Entities,
}

/// A table in a file of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// The file's name: `cities.csv`.
    pub file: String,
    /// Its header.
    pub header: Vec<String>,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
}

impl SheetName {
    /// All of them.
    pub const ALL: [SheetName; 5] = [
        SheetName::Survey,
        SheetName::Choices,
        SheetName::Settings,
        SheetName::ExternalChoices,
        SheetName::Entities,
    ];

    /// As workbooks name it.
    pub fn as_str(self) -> &'static str {
        match self {
            SheetName::Survey => "survey",
            SheetName::Choices => "choices",
            SheetName::Settings => "settings",
            SheetName::ExternalChoices => "external_choices",
            SheetName::Entities => "entities",
        }
    }
}
