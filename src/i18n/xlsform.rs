//! What is wrong with an XLSForm, told to its author: what it is and what to do. Names of sheets, columns and types stay as
//! XLSForm has them.

mod entity;
mod expression;
mod parameter;

use super::Language;
use crate::form::FormProblemKind;
use crate::xlsform::{Control, OpenError, OpenErrorKind, Place, Problem, ProblemKind, SheetName};

/// Where a problem is: "Hoja survey, fila 12, columna relevant".
pub fn place(problem: &Problem, language: Language) -> String {
    let Place { sheet, row, column } = &problem.place;
    let mut parts = vec![format!("{} {}", language.pick("Hoja", "Sheet"), sheet.as_str())];
    if let Some(row) = row {
        parts.push(format!("{} {row}", language.pick("fila", "row")));
    }
    if let Some(column) = column {
        parts.push(format!("{} {column}", language.pick("columna", "column")));
    }
    parts.join(", ")
}

/// What is wrong, and what to do about it.
pub fn explain(problem: &Problem, language: Language) -> String {
    let (es, en) = sentence(problem);
    language.pick(es, en)
}

/// Why a file does not open, and what to do.
pub fn unopened(error: &OpenError, language: Language) -> String {
    let (es, en) = match error.kind {
        OpenErrorKind::NotWorkbook => (
            "No es un formulario que se pueda leer aquí. Elija un archivo .xlsx, .xls, .csv o .md.",
            "This is not a form that can be read here. Choose an .xlsx, .xls, .csv or .md file.",
        ),
        OpenErrorKind::TooLarge => (
            "El archivo es demasiado grande. Quite las hojas, filas o imágenes que el formulario no necesita y vuelva a elegirlo.",
            "The file is too large. Remove the sheets, rows or pictures that the form does not need and choose it again.",
        ),
        OpenErrorKind::Damaged => (
            "El archivo está dañado. Ábralo en su hoja de cálculo, guárdelo otra vez como .xlsx y vuelva a elegirlo.",
            "The file is damaged. Open it in your spreadsheet program, save it again as .xlsx and choose it again.",
        ),
        OpenErrorKind::Protected => (
            "El archivo pide una contraseña. Guárdelo sin contraseña y vuelva a elegirlo.",
            "The file asks for a password. Save it without one and choose it again.",
        ),
        OpenErrorKind::NoSurvey => (
            "No hay una hoja con el nombre «survey», donde un XLSForm tiene sus preguntas. Póngale ese nombre y vuelva a elegir el archivo.",
            "There is no sheet called “survey”, where an XLSForm has its questions. Give it that name and choose the file again.",
        ),
    };
    let text = language.pick(es, en);
    if error.place.is_empty() { text.to_owned() } else { format!("{text} ({})", error.place) }
}

fn sentence(problem: &Problem) -> (String, String) {
    let fixed = |es: &str, en: &str| (es.to_owned(), en.to_owned());
    match &problem.kind {
        ProblemKind::Parameter(fault) => parameter::sentence(fault),
        ProblemKind::Entity(fault) => entity::sentence(fault),
        ProblemKind::Expression { .. }
        | ProblemKind::DefaultText
        | ProblemKind::BadReference(_)
        | ProblemKind::NoReference(_)
        | ProblemKind::AmbiguousReference(_)
        | ProblemKind::LastSaved(_)
        | ProblemKind::InstanceId
        | ProblemKind::ExpressionInText
        | ProblemKind::NoInstance(_)
        | ProblemKind::TriggerComma
        | ProblemKind::TriggerUnseen(_)
        | ProblemKind::NoTrigger
        | ProblemKind::TriggerCalculation => expression::sentence(&problem.kind),
        ProblemKind::NoSheet(sheet) => {
            let sheet = sheet.as_str();
            (
                format!("El libro no tiene la hoja «{sheet}», o está vacía. Agréguela, o revise su nombre."),
                format!("The workbook has no sheet “{sheet}”, or it is empty. Add it, or check its name."),
            )
        }
        ProblemKind::NoColumn(column) => (
            format!("Falta la columna «{column}». Agréguela en la primera fila de la hoja."),
            format!("The column “{column}” is missing. Add it in the first row of the sheet."),
        ),
        ProblemKind::SameColumn(other) => (
            format!("Esta columna es la misma que «{other}». Quite una de las dos o cámbiele el nombre."),
            format!("This column is the same as “{other}”. Remove or rename one of the two."),
        ),
        ProblemKind::SameLanguage(other) => (
            format!(
                "Esta columna está en el mismo idioma que «{other}»; donde las dos tienen texto, vale aquella."
            ),
            format!(
                "This column is in the same language as “{other}”; where both have a text, that one counts."
            ),
        ),
        ProblemKind::StrayRows => fixed(
            "Desde aquí no se lee más: hay demasiadas filas vacías antes de esta. Si es parte del formulario, quite las filas vacías.",
            "Nothing is read from here on: there are too many empty rows before this one. If it is part of the form, remove the empty rows.",
        ),
        ProblemKind::UnknownColumn => fixed(
            "Sondeo no conoce esta columna y no la usa. Si no es una nota suya, revise cómo está escrita.",
            "Sondeo does not know this column and does not use it. Unless it is a note of yours, check its spelling.",
        ),
        ProblemKind::MissingFile(file) => (
            format!(
                "El archivo «{file}» no vino con el formulario. Elíjalo junto con él; si no, las personas verán el texto y un aviso de que falta."
            ),
            format!(
                "The file “{file}” did not come with the form. Choose it together with it; otherwise people see the text and a notice that it is missing."
            ),
        ),
        ProblemKind::OtherMedium(file) => (
            format!(
                "El archivo «{file}» no es de lo que pide esta columna. Las personas verán el texto y un aviso de que falta."
            ),
            format!(
                "The file “{file}” is not of the kind that this column asks for. People see the text and a notice that it is missing."
            ),
        ),
        ProblemKind::MediaName(file) => (
            format!(
                "El nombre «{file}» depende de lo que se responda. Sondeo muestra solo archivos con nombre fijo: las personas ven el texto."
            ),
            format!(
                "The name “{file}” depends on answers. Sondeo shows only files with a fixed name: people see the text."
            ),
        ),
        ProblemKind::MediaOfGroup => fixed(
            "Sondeo no muestra imágenes, sonidos ni videos junto al nombre de un grupo. Póngalos en una nota dentro del grupo.",
            "Sondeo does not show pictures, sounds or films beside the name of a group. Put them in a note inside the group.",
        ),
        ProblemKind::UnknownMedia => fixed(
            "XLSForm no conoce este medio; los que hay son image, big-image, audio y video. Cámbiele el nombre a la columna.",
            "XLSForm does not know this medium; there are image, big-image, audio and video. Rename the column.",
        ),
        ProblemKind::GuidanceColumn => fixed(
            "Sondeo no muestra guías para quien entrevista. Lo que todas las personas deben leer va en «hint».",
            "Sondeo does not show guidance for interviewers. What everybody should read belongs in “hint”.",
        ),
        ProblemKind::UnusedColumn => {
            fixed("Aquí Sondeo no usa esta columna.", "Sondeo does not use this column here.")
        }
        ProblemKind::UnusableColumn => fixed(
            "El nombre de esta columna tiene espacios u otros signos, así que ninguna expresión puede usarla. No se lee.",
            "This column’s name has blanks or other signs in it, so no expression can use it. It is not read.",
        ),
        ProblemKind::MissingTranslation { language, rows: 1 } => (
            format!("Falta un texto en «{language}». Las personas lo verán en otro idioma."),
            format!("One text is missing in “{language}”. People will see it in another language."),
        ),
        ProblemKind::MissingTranslation { language, rows } => (
            format!("Faltan {rows} textos en «{language}». Las personas los verán en otro idioma."),
            format!("{rows} texts are missing in “{language}”. People will see them in another language."),
        ),
        ProblemKind::NoList(_)
        | ProblemKind::NoChoiceName
        | ProblemKind::SameChoice(_)
        | ProblemKind::ChoiceBlank { .. }
        | ProblemKind::NoChoiceLabel(_)
        | ProblemKind::NoListName
        | ProblemKind::BadScore(_)
        | ProblemKind::OtherFilter
        | ProblemKind::OtherList
        | ProblemKind::NeedsFile(_)
        | ProblemKind::FileEnding(_)
        | ProblemKind::NoFileColumn { .. }
        | ProblemKind::SearchUnsupported
        | ProblemKind::SearchFile
        | ProblemKind::SearchShared { .. }
        | ProblemKind::SameSource(_) => choice(&problem.kind, problem.place.sheet),
        ProblemKind::UnusedSetting => {
            fixed("Sondeo no usa este ajuste.", "Sondeo does not use this setting.")
        }
        ProblemKind::NothingSent => fixed(
            "Sondeo no envía nada a ningún lugar: las respuestas se quedan en este dispositivo hasta que alguien las saca.",
            "Sondeo sends nothing anywhere: responses stay on this device until somebody takes them out.",
        ),
        ProblemKind::NotEncrypted => fixed(
            "Sondeo no usa la clave de este formulario: aquí sus respuestas no se cifran con ella.",
            "Sondeo does not use this form’s key: its responses are not encrypted with it here.",
        ),
        ProblemKind::EncryptedWithoutId => fixed(
            "Un formulario cifrado necesita un identificador por respuesta. Quite «omit_instanceID» o «public_key».",
            "An encrypted form needs an id for each response. Remove “omit_instanceID” or “public_key”.",
        ),
        ProblemKind::TwoIds => fixed(
            "Los ajustes tienen «form_id» e «id_string»; vale «form_id».",
            "The settings have both “form_id” and “id_string”; “form_id” counts.",
        ),
        ProblemKind::EntitiesUnused => fixed(
            "Sondeo no hace nada con las entidades: las respuestas se guardan igual.",
            "Sondeo does nothing with entities: responses are kept all the same.",
        ),
        ProblemKind::Form(kind) => form(kind),
        ProblemKind::NoType
        | ProblemKind::Skipped
        | ProblemKind::Disabled
        | ProblemKind::NoName
        | ProblemKind::BadName(_)
        | ProblemKind::ReservedName(_)
        | ProblemKind::SameName(_)
        | ProblemKind::NearName(_)
        | ProblemKind::SameRepeatName(_)
        | ProblemKind::UnknownType { .. }
        | ProblemKind::UnsupportedType(_)
        | ProblemKind::NoLabel(_)
        | ProblemKind::BigImage
        | ProblemKind::ReadOnly(_)
        | ProblemKind::NotCollected(_)
        | ProblemKind::DayOnly(_)
        | ProblemKind::KeptAsItIs(_)
        | ProblemKind::AuditName
        | ProblemKind::UnopenedEnd(_)
        | ProblemKind::UnclosedBegin(_)
        | ProblemKind::NoLoopList
        | ProblemKind::LoopChoice(_)
        | ProblemKind::LoopColumn(_)
        | ProblemKind::LoopRows(_)
        | ProblemKind::NotGrid
        | ProblemKind::GridLists { .. }
        | ProblemKind::GridFilter
        | ProblemKind::NoCalculation
        | ProblemKind::UnknownAppearance(_) => row(&problem.kind),
    }
}

/// Sentences about rows of the survey sheet.
fn row(kind: &ProblemKind) -> (String, String) {
    let fixed = |es: &str, en: &str| (es.to_owned(), en.to_owned());
    match kind {
        ProblemKind::NoType => fixed(
            "La fila no tiene tipo. Escriba en «type» qué es, o vacíe la fila.",
            "The row has no type. Write in “type” what it is, or empty the row.",
        ),
        ProblemKind::Skipped => fixed(
            "La fila no tiene tipo, nombre ni texto: se toma por un comentario y no se lee.",
            "The row has no type, name or label: it is taken for a comment and not read.",
        ),
        ProblemKind::Disabled => fixed(
            "La fila está desactivada y no se lee. Lo usual es ponerle una condición en «relevant».",
            "The row is disabled and not read. The usual way is a condition in “relevant”.",
        ),
        ProblemKind::NoName => {
            fixed("Falta el nombre. Escriba uno en «name».", "The name is missing. Write one in “name”.")
        }
        ProblemKind::BadName(name) => (
            format!(
                "«{name}» no sirve de nombre. Empiece con una letra o «_» y siga con letras, números, «_», «-» o «.», sin espacios."
            ),
            format!(
                "“{name}” is no name. Begin with a letter or “_” and go on with letters, digits, “_”, “-” or “.”, without blanks."
            ),
        ),
        ProblemKind::ReservedName(name) => (
            format!("XLSForm guarda el nombre «{name}» para sí. Elija otro."),
            format!("XLSForm keeps the name “{name}” for itself. Choose another."),
        ),
        ProblemKind::SameName(name) => (
            format!("Ya hay otra fila «{name}» en el mismo grupo. Cambie uno de los dos nombres."),
            format!("There is another row “{name}” in the same group. Change one of the two names."),
        ),
        ProblemKind::NearName(name) => (
            format!(
                "Otro nombre del mismo grupo difiere de «{name}» solo en mayúsculas. Es fácil confundirlos."
            ),
            format!(
                "Another name in the same group differs from “{name}” in capitals only. They are easily confused."
            ),
        ),
        ProblemKind::SameRepeatName(name) => (
            format!("Otra repetición, o el formulario, ya se llama «{name}». Dele a esta un nombre propio."),
            format!(
                "Another repeat, or the form itself, is called “{name}” already. Give this one a name of its own."
            ),
        ),
        ProblemKind::UnknownType { kind, meant: Some(meant) } => (
            format!("El tipo «{kind}» se escribe «{meant}», en minúsculas."),
            format!("The type “{kind}” is written “{meant}”, in small letters."),
        ),
        ProblemKind::UnknownType { kind, meant: None } => (
            format!(
                "No existe el tipo «{kind}». Revise cómo está escrito; «text», «integer» y «select_one lista» son tipos."
            ),
            format!(
                "There is no type “{kind}”. Check its spelling; “text”, “integer” and “select_one list” are types."
            ),
        ),
        ProblemKind::UnsupportedType(kind) => (
            format!(
                "Sondeo no hace «{kind}». Quite la fila o cámbiela por otra; el resto puede quedar igual."
            ),
            format!(
                "Sondeo does not do “{kind}”. Remove the row or put another in its place; the rest can stay."
            ),
        ),
        ProblemKind::NoLabel(name) => (
            format!("«{name}» no tiene texto que leer. Escriba la pregunta en «label»."),
            format!("“{name}” has nothing to read. Write the question in “label”."),
        ),
        ProblemKind::BigImage => fixed(
            "Hay una imagen para ampliar y ninguna que mostrar. Agregue la columna «image».",
            "There is a picture to enlarge and none to show. Add it in the column “image”.",
        ),
        ProblemKind::ReadOnly(kind) => (
            format!("Sondeo no recoge «{kind}»: las personas leen la pregunta y siguen."),
            format!("Sondeo does not take “{kind}”: people read the question and go on."),
        ),
        ProblemKind::NotCollected(kind) => (
            format!("Sondeo no recoge «{kind}», para proteger a las personas. Queda en blanco."),
            format!("Sondeo does not collect “{kind}”, to protect people. It stays blank."),
        ),
        ProblemKind::DayOnly(kind) => (
            format!("De «{kind}», Sondeo guarda el día y no la hora, para que nadie se reconozca por ella."),
            format!("Of “{kind}”, Sondeo keeps the day and not the time, so that nobody can be told by it."),
        ),
        ProblemKind::KeptAsItIs(kind) => (
            format!(
                "Sondeo guarda «{kind}» tal como llega, hasta 10 MB, con lo que el dispositivo haya escrito en el archivo: puede decir el lugar y la hora. Solo de las fotos se quita."
            ),
            format!(
                "Sondeo keeps “{kind}” as it comes, up to 10 MB, with whatever the device has written into the file: it may tell the place and the time. That is removed from photographs only."
            ),
        ),
        ProblemKind::AuditName => fixed(
            "La fila «audit» no lleva otro nombre. Deje vacía la columna «name».",
            "The row “audit” takes no other name. Leave the column “name” empty.",
        ),
        ProblemKind::UnopenedEnd(control) => {
            let (begin, end) = words(*control);
            (
                format!("Este «{end}» no cierra nada. Falta su «{begin}» más arriba, o sobra esta fila."),
                format!(
                    "This “{end}” closes nothing. Its “{begin}” is missing above, or this row is one too many."
                ),
            )
        }
        ProblemKind::UnclosedBegin(control) => {
            let (begin, end) = words(*control);
            (
                format!(
                    "A este «{begin}» le falta su «{end}». Agréguelo después de la última fila de adentro."
                ),
                format!("This “{begin}” lacks its “{end}”. Add it after the last row inside."),
            )
        }
        ProblemKind::NoLoopList => fixed(
            "El ciclo no dice de qué lista. Escriba «begin loop over lista».",
            "The loop does not say over which list. Write “begin loop over list”.",
        ),
        ProblemKind::LoopChoice(name) => (
            format!(
                "La opción «{name}» no sirve de nombre de grupo, y el ciclo haría uno de ella. Empiece su nombre con una letra o «_» y siga con letras, números, «_», «-» y «.»."
            ),
            format!(
                "The choice “{name}” cannot name a group, which the loop would make of it. Begin its name with a letter or “_” and go on with letters, digits, “_”, “-” and “.”."
            ),
        ),
        ProblemKind::LoopColumn(name) => (
            format!(
                "A «%({name})s» le falta un valor: una opción de la lista del ciclo no tiene nada en una columna «{name}». Escriba el porcentaje como «%%»."
            ),
            format!(
                "“%({name})s” lacks a value: a choice of the loop’s list has nothing in a column “{name}”. Write a percent sign as “%%”."
            ),
        ),
        ProblemKind::LoopRows(most) => (
            format!("Los ciclos harían más de {most} filas de este formulario. Acorte sus listas."),
            format!("The loops would make more than {most} rows of this form. Shorten their lists."),
        ),
        ProblemKind::NotGrid => fixed(
            "No todas las filas de este grupo son «select_one» de la misma lista, así que se muestran una debajo de otra.",
            "Not all rows of this group are “select_one” of one list, so they are shown one below the other.",
        ),
        ProblemKind::GridLists { first, second } => (
            format!(
                "La tabla empieza con la lista «{first}» y esta fila usa «{second}». Use la misma en todas, o saque la fila del grupo."
            ),
            format!(
                "The table begins with the list “{first}” and this row uses “{second}”. Use one list in all rows, or take this row out of the group."
            ),
        ),
        ProblemKind::GridFilter => fixed(
            "En una tabla («table-list») no se pueden filtrar las opciones. Quite «choice_filter» o la apariencia.",
            "Choices cannot be filtered in a table (“table-list”). Remove “choice_filter” or the appearance.",
        ),
        ProblemKind::NoCalculation => fixed(
            "Falta el cálculo. Escríbalo en «calculation».",
            "The calculation is missing. Write it in “calculation”.",
        ),
        ProblemKind::UnknownAppearance(look) => (
            format!("Sondeo no tiene la apariencia «{look}»: se muestra la usual."),
            format!("Sondeo does not have the appearance “{look}”: the usual one is shown."),
        ),
        // Every other kind has its sentence elsewhere.
        _ => fixed("Revise esta celda.", "Check this cell."),
    }
}

/// Sentences about choices and where they come from.
fn choice(kind: &ProblemKind, sheet: SheetName) -> (String, String) {
    let fixed = |es: &str, en: &str| (es.to_owned(), en.to_owned());
    let sheet = sheet.as_str();
    match kind {
        ProblemKind::NoList(list) => (
            format!("No hay ninguna lista «{list}». Agréguela en la hoja de opciones, o revise el nombre."),
            format!("There is no list “{list}”. Add it on the sheet of choices, or check its name."),
        ),
        ProblemKind::NoChoiceName => fixed(
            "La opción no tiene nombre. Escriba en «name» el valor que se guarda.",
            "The choice has no name. Write in “name” the value to keep.",
        ),
        ProblemKind::SameChoice(name) => (
            format!(
                "La lista ya tiene la opción «{name}». Cambie el nombre, o ponga «allow_choice_duplicates» en «yes» en la hoja settings."
            ),
            format!(
                "The list has the choice “{name}” already. Change the name, or set “allow_choice_duplicates” to “yes” on the sheet settings."
            ),
        ),
        ProblemKind::ChoiceBlank { choice, list } => (
            format!(
                "El nombre «{choice}» de la lista «{list}» tiene un espacio, y quien puede elegir varias opciones no podría usarlo. Ponga «_» en su lugar."
            ),
            format!(
                "The name “{choice}” in the list “{list}” has a blank in it, which does not work where people can choose several. Put “_” in its place."
            ),
        ),
        ProblemKind::NoChoiceLabel(name) => (
            format!("La opción «{name}» no tiene texto: las personas verán su nombre."),
            format!("The choice “{name}” has no label: people will see its name."),
        ),
        ProblemKind::NoListName => (
            format!("Esta fila de {sheet} no dice de qué lista es y no se usa. Escríbalo en «list_name»."),
            format!(
                "This row of {sheet} does not say which list it belongs to and is not used. Write it in “list_name”."
            ),
        ),
        ProblemKind::BadScore(score) => (
            format!("«{score}» no es un número, así que la opción queda sin puntaje."),
            format!("“{score}” is not a number, so the choice has no score."),
        ),
        ProblemKind::OtherFilter => fixed(
            "«or_other» y «choice_filter» no van juntos. Agregue la opción «other» a la lista y pregunte cuál en otra fila.",
            "“or_other” and “choice_filter” do not go together. Add the choice “other” to the list and ask which in another row.",
        ),
        ProblemKind::OtherList => fixed(
            "«or_other» necesita una lista de la hoja choices.",
            "“or_other” needs a list of the sheet choices.",
        ),
        ProblemKind::NeedsFile(file) => (
            format!("El formulario usa el archivo «{file}». Elíjalo junto con el libro."),
            format!("The form uses the file “{file}”. Choose it together with the workbook."),
        ),
        ProblemKind::FileEnding(file) => (
            format!(
                "«{file}» no termina en .csv, .xml ni .geojson. Guarde la lista en uno de esos formatos."
            ),
            format!(
                "“{file}” ends in none of .csv, .xml and .geojson. Save the list in one of these formats."
            ),
        ),
        ProblemKind::NoFileColumn { column, file } => (
            format!("El archivo «{file}» no tiene la columna «{column}». Revise «parameters» o el archivo."),
            format!("The file “{file}” has no column “{column}”. Check “parameters” or the file."),
        ),
        ProblemKind::SearchUnsupported => fixed(
            "Sondeo no hace «search()». Use «select_one_from_file» con el archivo y «choice_filter».",
            "Sondeo does not do “search()”. Use “select_one_from_file” with the file and “choice_filter”.",
        ),
        ProblemKind::SearchFile => fixed(
            "«search()» no va con una lista de un archivo. Quite «search()» o cambie el tipo.",
            "“search()” does not go with a list from a file. Remove “search()” or change the type.",
        ),
        ProblemKind::SearchShared { list, other } => (
            format!(
                "La lista «{list}» se usa aquí con «search()» y sin él en «{other}». Use otra lista en una de las dos."
            ),
            format!(
                "The list “{list}” is used with “search()” here and without it in “{other}”. Use another list in one of the two."
            ),
        ),
        ProblemKind::SameSource(name) => (
            format!(
                "Hay dos listas o tablas llamadas «{name}» y las expresiones no pueden distinguirlas. Cámbiele el nombre a una."
            ),
            format!(
                "Two lists or tables are called “{name}” and expressions cannot tell them apart. Rename one of them."
            ),
        ),
        other => row(other),
    }
}

/// What the form itself says of a source that it cannot take.
fn form(kind: &FormProblemKind) -> (String, String) {
    match kind {
        FormProblemKind::Expression(error) => expression::fault(error),
        FormProblemKind::Unknown(what) => (
            format!("No se entiende «{what}». Revise cómo está escrito."),
            format!("“{what}” is not understood. Check its spelling."),
        ),
        FormProblemKind::NoList(list) => {
            (format!("No hay ninguna lista «{list}»."), format!("There is no list “{list}”."))
        }
        FormProblemKind::Twice => (
            String::from("Otra fila del mismo grupo tiene este nombre. Cambie uno de los dos."),
            String::from("Another row in the same group has this name. Change one of the two."),
        ),
        FormProblemKind::NoLanguage => {
            (String::from("El formulario no tiene ningún idioma."), String::from("The form has no language."))
        }
        FormProblemKind::Newer(_) => (
            String::from("Lo hizo una versión más nueva de Sondeo. Recargue la página para actualizarla."),
            String::from("A newer version of Sondeo made it. Reload the page to update it."),
        ),
    }
}

fn words(control: Control) -> (&'static str, &'static str) {
    match control {
        Control::Group => ("begin group", "end group"),
        Control::Repeat => ("begin repeat", "end repeat"),
        Control::Loop => ("begin loop", "end loop"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xlsform::{EntityFault, ParameterFault, Severity};
    use crate::xpath::Expr;

    fn problem(kind: ProblemKind) -> Problem {
        let place = Place { sheet: SheetName::Survey, row: Some(12), column: Some("relevant".to_owned()) };
        Problem { severity: Severity::Error, place, kind }
    }

    #[test]
    fn a_place_is_sheet_row_and_column() {
        let mut problem = problem(ProblemKind::NoType);
        assert_eq!(place(&problem, Language::Es), "Hoja survey, fila 12, columna relevant");
        assert_eq!(place(&problem, Language::En), "Sheet survey, row 12, column relevant");
        problem.place = Place { sheet: SheetName::Entities, row: None, column: None };
        assert_eq!(place(&problem, Language::Es), "Hoja entities");
    }

    #[test]
    fn what_is_wrong_is_said_with_what_to_do() {
        let error = Expr::parse("if(${num} < 1, 0").unwrap_err();
        let expression = ProblemKind::Expression { expression: "if(${num} < 1, 0".to_owned(), error };
        for (kind, spanish, english) in [
            (
                expression,
                "En «if(${num} < 1, 0», carácter 17: termina donde falta algo. Revise que cada paréntesis se cierre.",
                "In “if(${num} < 1, 0”, character 17: it ends where something is missing. Check that every parenthesis is closed.",
            ),
            (
                ProblemKind::NoReference("edad".to_owned()),
                "No hay ninguna pregunta «edad». Revise cómo está escrito el nombre, también las mayúsculas.",
                "There is no question “edad”. Check the spelling of the name, capitals too.",
            ),
            (
                ProblemKind::UnclosedBegin(Control::Group),
                "A este «begin group» le falta su «end group». Agréguelo después de la última fila de adentro.",
                "This “begin group” lacks its “end group”. Add it after the last row inside.",
            ),
            (
                ProblemKind::Parameter(ParameterFault::Zero("step")),
                "«step» no puede ser 0.",
                "“step” must not be 0.",
            ),
            (
                ProblemKind::Entity(EntityFault::Period),
                "El nombre de una entidad no puede llevar puntos.",
                "An entity’s name must not have a period in it.",
            ),
            (
                ProblemKind::NeedsFile("barrios.csv".to_owned()),
                "El formulario usa el archivo «barrios.csv». Elíjalo junto con el libro.",
                "The form uses the file “barrios.csv”. Choose it together with the workbook.",
            ),
        ] {
            let problem = problem(kind);
            assert_eq!(explain(&problem, Language::Es), spanish);
            assert_eq!(explain(&problem, Language::En), english);
        }
    }
}
