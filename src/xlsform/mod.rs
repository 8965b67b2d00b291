//! An XLSForm's sheets as a form: rows compile straight to a [`FormSource`], and every row that cannot is named by sheet, row
//! and column. Read [`read`] first, then `survey`, which walks the rows. Never panics and never stops at the first problem;
//! never a workbook's bytes (that is `workbook`), a sentence for people (`i18n`), answers, a store or a screen.

mod appearance;
mod check;
mod choice;
mod column;
mod entity;
mod expression;
mod group;
mod kind;
mod language;
mod loops;
mod name;
mod parameter;
mod problem;
mod question;
mod reference;
mod settings;
mod sheet;
mod shown;
mod survey;
#[cfg(test)]
mod tests;
mod tongue;
pub mod workbook;
mod write;

pub use problem::{Control, EntityFault, ParameterFault, Place, Problem, ProblemKind, Severity};
pub use sheet::{Attached, Medium, Row, Sheet, SheetName, Sheets};
pub use workbook::{OpenError, OpenErrorKind, Tables, attach, open, tables};
pub use write::write;

use crate::form::FormSource;
use crate::form::wire::{FORMAT, NodeSource, SECOND_FORMAT, SHOWS, THIRD_FORMAT};
use choice::Lists;
use column::Table;
use language::Languages;
use problem::{HEADER, Problems};
use survey::{Facts, Walk};

/// What became of an XLSForm.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reading {
    /// The form; `None` where a problem of another severity than [`Severity::Notice`] is among the problems.
    pub form: Option<FormSource>,
    /// All of them, in the order of sheets and rows.
    pub problems: Vec<Problem>,
}

/// The id of a form that names none; where the file's name is known, that serves better.
pub const UNNAMED: &str = "form";

/// Reads an XLSForm's sheets. A form that comes back can be built.
///
/// ```
/// use sondeo::xlsform::{self, Row, Sheet, SheetName, Sheets};
/// let cells = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
/// let survey = Sheet {
///     name: SheetName::Survey,
///     header: cells(["type", "name", "label"]),
///     rows: vec![Row { number: 2, cells: cells(["integer", "age", "How old are you?"]) }],
/// };
/// let reading = xlsform::read(&Sheets { sheets: vec![survey], attached: Vec::new(), media: Vec::new() });
/// assert!(reading.problems.is_empty());
/// assert_eq!(reading.form.unwrap().nodes[0].kind, "integer");
/// ```
pub fn read(sheets: &Sheets) -> Reading {
    let mut problems = Problems::default();
    let table = |name: SheetName, collapses: bool, problems: &mut Problems| {
        let sheet = sheets.sheets.iter().find(|sheet| sheet.name == name);
        sheet.map_or_else(|| Table::missing(name), |sheet| Table::new(sheet, collapses, problems))
    };
    let settings_table = table(SheetName::Settings, true, &mut problems);
    let settings = settings::read(&settings_table, &mut problems);
    let survey = table(SheetName::Survey, settings.collapses, &mut problems);
    let choices = table(SheetName::Choices, false, &mut problems);
    let external = table(SheetName::ExternalChoices, false, &mut problems);
    let entities = table(SheetName::Entities, false, &mut problems);
    if survey.columns.is_empty() {
        problems.error(Place::sheet(SheetName::Survey), ProblemKind::NoSheet(SheetName::Survey));
    } else if !survey.has("type") {
        problems.error(Place::row(SheetName::Survey, HEADER), ProblemKind::NoColumn("type"));
    }
    settings::report_unknown(&survey, &mut problems);
    settings::report_unknown(&choices, &mut problems);

    let languages = Languages::of(&survey, &choices, &settings.default_language, &mut problems);
    languages.report_missing(&survey, &mut problems);
    languages.report_missing(&choices, &mut problems);
    let own = choice::read(&choices, (&languages, &sheets.media), settings.allows_duplicates, &mut problems);
    let external = choice::read(&external, (&languages, &sheets.media), true, &mut problems);
    let survey = loops::expand(survey, &own, &languages, &mut problems);
    let mut lists = Lists::new(own);
    let (nodes, facts) = if survey.has("type") {
        survey::read(Walk {
            table: &survey,
            languages: &languages,
            external: &external,
            attached: &sheets.attached,
            media: &sheets.media,
            settings: &settings,
            lists: &mut lists,
            problems: &mut problems,
            facts: Facts::default(),
            open: Vec::new(),
        })
    } else {
        Default::default()
    };

    let entity_lists = entity::check(&entities, &survey, &facts, &mut problems);
    if survey.has("type") {
        let tables = [&survey, &choices, &settings_table, &entities];
        reference::check(&tables, &facts, &settings, &mut problems);
    }
    check::triggers(&facts, &mut problems);
    check::geometries(&facts, &lists, &entity_lists, &mut problems);
    check::sources(&facts, &lists, &mut problems);
    check::searches(&facts, &mut problems);
    check::instances(&survey, &facts, &lists, &entity_lists, &mut problems);
    if !problems.allow_a_form() {
        return Reading { form: None, problems: problems.sorted() };
    }

    let first = |texts: [&str; 3]| texts.into_iter().find(|text| !text.is_empty()).map(str::to_owned);
    let id = first([&facts.id, &settings.id, UNNAMED]).unwrap_or_default();
    let title = first([&facts.title, &settings.title, &id]);
    let choices = || lists.all.iter().flat_map(|list| &list.choices);
    let format = match () {
        () if is_any(&nodes, &|node| node.parameters.iter().any(|(name, _)| name == SHOWS)) => FORMAT,
        () if choices().any(|choice| choice.columns.iter().any(|(name, _)| name == SHOWS)) => FORMAT,
        // Answered with a file or by a camera.
        () if is_any(&nodes, &|node| node.appearance == "media") => THIRD_FORMAT,
        () => SECOND_FORMAT,
    };
    let form = FormSource {
        format,
        title: title.into_iter().collect(),
        id,
        version: settings.version,
        language_names: languages.names(),
        languages: languages.tags,
        nodes,
        lists: lists.all,
        indices: Vec::new(),
    };
    let form = check::build(form, &facts, &mut problems);
    Reading { form, problems: problems.sorted() }
}

/// Whether any of these, or of those inside, is such a one.
fn is_any(nodes: &[NodeSource], is: &dyn Fn(&NodeSource) -> bool) -> bool {
    nodes.iter().any(|node| is(node) || is_any(&node.children, is))
}
