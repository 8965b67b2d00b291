use super::SheetName;
use crate::form::FormProblemKind;
use crate::xpath::ParseError;

/// Something in an XLSForm that does not become what its author meant.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// Where.
    pub place: Place,
    /// What.
    pub kind: ProblemKind,
}

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// There is no form before this is mended.
    Error,
    /// There is no form because of something that this program does not do; another one may.
    Unsupported,
    /// There is a form, without this.
    Notice,
}

/// Where in a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The sheet.
    pub sheet: SheetName,
    /// The row, as spreadsheet programs number it (the header is row 1); `None`: the whole sheet.
    pub row: Option<usize>,
    /// The column as its header has it; `None`: the whole row.
    pub column: Option<String>,
}

/// Which rows `begin` and `end` belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Control {
    /// `begin group`
    Group,
    /// `begin repeat`
    Repeat,
    /// `begin loop`
    Loop,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq)]
pub enum ProblemKind {
    /// There is no such sheet, or nothing in it.
    NoSheet(SheetName),
    /// The sheet lacks a column that it must have.
    NoColumn(&'static str),
    /// Two headers name one column; this is the other.
    SameColumn(String),
    /// Two columns are in one language; this is the other. Its cells count first.
    SameLanguage(String),
    /// So many blank rows stand before this one that it is taken for a note: it and those below are not read.
    StrayRows,
    /// A column that means nothing here.
    UnknownColumn,
    /// A picture, sound or film that was not given with the form.
    MissingFile(String),
    /// A file that is no picture, sound or film of the kind that its column asks for.
    OtherMedium(String),
    /// A name of a file that depends on answers, which is not shown.
    MediaName(String),
    /// A picture, sound or film beside the name of a group, which is not shown.
    MediaOfGroup,
    /// A column of a medium that XLSForm does not have.
    UnknownMedia,
    /// A column of hints for interviewers, which are not shown.
    GuidanceColumn,
    /// A column, or a cell of one, that this program has no use for.
    UnusedColumn,
    /// A column of the choices sheet whose header is no name, so that no expression can ask for it.
    UnusableColumn,
    /// Texts that exist in another language and not in this one, in so many rows.
    MissingTranslation {
        /// The language.
        language: String,
        /// How many rows.
        rows: usize,
    },

    /// A row with something in it and no type.
    NoType,
    /// A row that is skipped: it has neither type nor name nor label.
    Skipped,
    /// A row that is skipped: it is disabled.
    Disabled,
    /// A question, group or repeat without a name.
    NoName,
    /// Not a name: names begin with a letter or underscore and go on with letters, digits, `_`, `-` and `.`.
    BadName(String),
    /// A name that XLSForm keeps for itself.
    ReservedName(String),
    /// Another row with this name stands in the same group.
    SameName(String),
    /// Another row in the same group has a name that differs in capitals only.
    NearName(String),
    /// Another repeat has this name, or the form itself.
    SameRepeatName(String),
    /// No such type; `meant`: the type that differs in capitals only.
    UnknownType {
        /// What is written.
        kind: String,
        /// What may be meant.
        meant: Option<String>,
    },
    /// A type that this program does not do.
    UnsupportedType(String),
    /// A question without label and hint.
    NoLabel(String),
    /// A picture to enlarge without the picture itself.
    BigImage,
    /// A question that cannot be asked here: people read it only.
    ReadOnly(String),
    /// Something about the device or the person, which is not collected.
    NotCollected(String),
    /// A moment of which only the day is kept.
    DayOnly(String),
    /// A file that is kept with all that the device wrote into it.
    KeptAsItIs(String),
    /// `audit` must be called `audit`.
    AuditName,
    /// An `end` without its `begin`.
    UnopenedEnd(Control),
    /// A `begin` without its `end`.
    UnclosedBegin(Control),
    /// A loop that does not say over which list.
    NoLoopList,
    /// A loop over a choice whose name cannot be a group's.
    LoopChoice(String),
    /// `%(column)s` in a loop over a list that has no such column, or nothing in it.
    LoopColumn(String),
    /// Loops that make more rows than so many.
    LoopRows(usize),
    /// A group of rows that share their choices, but not all of them choose one of the same list.
    NotGrid,
    /// A table of rows with different lists.
    GridLists {
        /// The first row's list.
        first: String,
        /// This row's list.
        second: String,
    },
    /// A table of rows whose choices are filtered.
    GridFilter,
    /// A calculate row without a calculation.
    NoCalculation,
    /// A look that this program does not have.
    UnknownAppearance(String),

    /// No choice list of this name.
    NoList(String),
    /// A choice without a name.
    NoChoiceName,
    /// Another choice of the list has this name.
    SameChoice(String),
    /// A blank in the name of a choice of which people may take several.
    ChoiceBlank {
        /// The choice's name.
        choice: String,
        /// Its list.
        list: String,
    },
    /// A choice without a label.
    NoChoiceLabel(String),
    /// A choice without a list.
    NoListName,
    /// Not a number.
    BadScore(String),
    /// `or_other` and `choice_filter` in one row.
    OtherFilter,
    /// `or_other` without a list of its own.
    OtherList,
    /// A file that must be given with the workbook.
    NeedsFile(String),
    /// A file of another kind than csv, xml and geojson.
    FileEnding(String),
    /// A file has no such column.
    NoFileColumn {
        /// The column.
        column: String,
        /// The file.
        file: String,
    },
    /// `search()` chooses from a table in a way that this program does not do.
    SearchUnsupported,
    /// `search()` in a question that chooses from a file.
    SearchFile,
    /// A list is used with `search()` here and without it in another question.
    SearchShared {
        /// The list.
        list: String,
        /// The other question.
        other: String,
    },
    /// Two sources of choices or rows share a name.
    SameSource(String),

    /// An expression that cannot be read.
    Expression {
        /// The expression.
        expression: String,
        /// Why, and where in it.
        error: ParseError,
    },
    /// A default that looks like an expression and is none: it is taken for a text.
    DefaultText,
    /// A `${` that names nothing, or a name in it that is none.
    BadReference(String),
    /// `${name}` of which there is none.
    NoReference(String),
    /// `${name}` of which there is more than one.
    AmbiguousReference(String),
    /// A value of the last response, which is always blank here.
    LastSaved(String),
    /// `${instanceID}`, which is blank here.
    InstanceId,
    /// An expression in a text: only `${name}` is filled in, the rest is shown as it is written.
    ExpressionInText,
    /// `instance('name')` of which there is none.
    NoInstance(String),
    /// A trigger lists names without a comma between them.
    TriggerComma,
    /// The trigger is not seen by people, so that it never sets off anything.
    TriggerUnseen(String),
    /// A place in the background needs a trigger.
    NoTrigger,
    /// A place in the background cannot be calculated.
    TriggerCalculation,

    /// What is wrong with the parameters.
    Parameter(ParameterFault),

    /// A setting that has no meaning here.
    UnusedSetting,
    /// Where to send responses: this program sends nothing.
    NothingSent,
    /// A key to encrypt responses, which is not used.
    NotEncrypted,
    /// An encrypted form must have an id for each response.
    EncryptedWithoutId,
    /// `form_id` and `id_string` both name the form; `form_id` counts.
    TwoIds,

    /// Entities are read, checked, and not used.
    EntitiesUnused,
    /// What is wrong with an entity.
    Entity(EntityFault),

    /// Something that stands against a rule of forms.
    Form(FormProblemKind),
}

/// What can be wrong with `parameters`.
#[derive(Debug, Clone, PartialEq)]
pub enum ParameterFault {
    /// Not `key=value` pairs.
    Shape,
    /// Keys that this type does not have, and those that it has.
    Unknown {
        /// The keys.
        keys: Vec<String>,
        /// What may stand.
        accepted: &'static [&'static str],
    },
    /// Must be a number.
    Number(&'static str),
    /// Must be a whole number.
    Whole(&'static str),
    /// Must not be below zero.
    Negative(&'static str),
    /// Must be one of these.
    OneOf(&'static str, &'static [&'static str]),
    /// Must not be zero.
    Zero(&'static str),
    /// Must not be larger than the way from `start` to `end`.
    TooLarge(&'static str),
    /// Must fall on a step of this parameter.
    OffStep(&'static str, &'static str),
    /// Must lie between `start` and `end`.
    Outside(&'static str),
    /// Ticks and placeholder go with no such appearance.
    TickAppearance,
    /// No choice list of this name.
    TickList(String),
    /// Without ticks, only the two ends have a label.
    TickEnds,
    /// A seed without `randomize=true`.
    SeedAlone,
    /// Not a name of a column.
    Name(&'static str, String),
    /// Neither a list nor a repeat.
    Geometry(String),
    /// Not the name of an Android package.
    Package(String),
    /// Of the three that an audit of places needs, some are missing.
    AuditPlaces,
    /// Must not be less than this other one.
    Less(&'static str, &'static str),
    /// Has no effect here.
    Unused(String),
}

/// What can be wrong with entities and `save_to`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntityFault {
    /// Columns that the entities sheet does not have.
    Columns(Vec<String>),
    /// No list name.
    NoListName,
    /// Not a name, of a list or of a property.
    BadName(String),
    /// A list name that begins with `__`, as ODK's own do.
    ReservedPrefix,
    /// A list name with a period in it.
    Period,
    /// Another row has this list name.
    SameList(String),
    /// Creating needs a label.
    NoLabel(String),
    /// Updating needs an `entity_id`.
    NoId(String),
    /// Creating or updating needs an `update_if`.
    NoUpdateIf(String),
    /// `save_to` without an entities sheet.
    NoSheet,
    /// `save_to` in the row of a group or repeat.
    OnGroup,
    /// More than one `#`.
    TwoMarks,
    /// With several entities, `save_to` must say which.
    NoPrefix,
    /// No entity of this list name.
    Unknown(String),
    /// `name` and `label` are taken.
    ReservedProperty(String),
    /// This row saves to the same property.
    SameProperty {
        /// The property.
        property: String,
        /// The other row.
        row: usize,
    },
    /// An entity gathers values from two repeats of which neither is in the other.
    Apart {
        /// The entity's list name.
        list: String,
        /// Where its other values stand.
        other: String,
        /// Where this one stands.
        here: String,
    },
    /// No group is left for the entity: this row's entity has it.
    NoRoom {
        /// Where it would have to stand.
        scope: String,
        /// The row of the entity that stands there.
        row: usize,
    },
}

/// The problems found so far.
#[derive(Debug, Default)]
pub(super) struct Problems {
    all: Vec<Problem>,
}

impl Problems {
    pub(super) fn error(&mut self, place: Place, kind: ProblemKind) {
        self.add(Severity::Error, place, kind);
    }

    pub(super) fn unsupported(&mut self, place: Place, kind: ProblemKind) {
        self.add(Severity::Unsupported, place, kind);
    }

    pub(super) fn notice(&mut self, place: Place, kind: ProblemKind) {
        self.add(Severity::Notice, place, kind);
    }

    fn add(&mut self, severity: Severity, place: Place, kind: ProblemKind) {
        self.all.push(Problem { severity, place, kind });
    }

    /// Whether there can be a form.
    pub(super) fn allow_a_form(&self) -> bool {
        self.all.iter().all(|problem| problem.severity == Severity::Notice)
    }

    /// In the order of sheets and rows.
    pub(super) fn sorted(mut self) -> Vec<Problem> {
        self.all.sort_by_key(|problem| (problem.place.sheet, problem.place.row));
        // A row in a loop says the same once for each choice.
        let mut problems: Vec<Problem> = Vec::with_capacity(self.all.len());
        for problem in self.all {
            let is_same_row = |known: &&Problem| {
                (known.place.sheet, known.place.row) == (problem.place.sheet, problem.place.row)
            };
            if !problems.iter().rev().take_while(is_same_row).any(|known| *known == problem) {
                problems.push(problem);
            }
        }
        problems
    }
}

impl Place {
    pub(super) fn sheet(sheet: SheetName) -> Place {
        Place { sheet, row: None, column: None }
    }

    pub(super) fn row(sheet: SheetName, row: usize) -> Place {
        Place { sheet, row: Some(row), column: None }
    }

    pub(super) fn column(self, column: &str) -> Place {
        Place { column: Some(column.to_owned()), ..self }
    }
}

/// The header's row.
pub(super) const HEADER: usize = 1;
