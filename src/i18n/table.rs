//! Sentences about responses that come from a table: what would be added, what is wrong with a row, what a column is.

use super::{Language, format, sentences};
use crate::xlsform::{OpenError, OpenErrorKind};

/// How tools and people say that a choice was marked, in lower case.
pub const YES: [&str; 9] = ["1", "1.0", "true", "verdadero", "yes", "sí", "si", "x", "✓"];
/// How they say that it was not.
pub const NO: [&str; 6] = ["0", "0.0", "false", "falso", "no", "na"];

sentences! {
    title: "Traer respuestas de una tabla", "Import responses from a table";
    hint: "Para respuestas en papel o de otra herramienta: un archivo .csv, .xlsx o .xls con una fila por persona y una columna por pregunta, como las exporta KoboToolbox, ODK Central o Sondeo. Primero se muestra lo que pasaría; nada se agrega sin que usted lo confirme.",
        "For responses on paper or from another tool: a .csv, .xlsx or .xls file with one row per person and one column per question, as KoboToolbox, ODK Central or Sondeo export them. First you see what would happen; nothing is added until you confirm.";
    not_open: "Abra la encuesta antes de traer respuestas: hasta entonces sus preguntas pueden cambiar.",
        "Open the survey before you import responses: until then its questions may change.";
    choose: "Elegir la tabla…", "Choose the table…";
    reading: "Leyendo la tabla…", "Reading the table…";
    unread: "No se pudo abrir el archivo. Vuelva a elegirlo.", "The file could not be opened. Choose it again.";
    too_large: "El archivo es demasiado grande: caben 100 MB de texto, 20 MB de Excel y 100,000 filas. Divídalo en varios.",
        "The file is too large: it may have 100 MB as text, 20 MB as Excel and 100,000 rows. Split it into several.";
    no_question: "Ninguna columna lleva el nombre de una pregunta de esta encuesta. La primera fila del archivo debe tener los nombres o los textos de las preguntas.",
        "No column is called like a question of this survey. The first row of the file must hold the names or the texts of the questions.";

    preview: "Esto es lo que pasaría", "This is what would happen";
    what: "Filas", "Rows";
    will: "Se agregan", "Will be added";
    here: "Ya están aquí", "Are here already";
    breaks: "Rompen una regla del formulario", "Break a rule of the form";
    barred: "No se pueden agregar", "Cannot be added";
    as_answered: "Agregar también las que rompen una regla, tal como se respondieron",
        "Also add those that break a rule, as they were answered";
    as_answered_hint: "Lo que el formulario no habría preguntado u ofrecido no se guarda.",
        "What the form would not have asked or offered is not kept.";
    day: "Día de las filas que no dicen ninguno", "Day of the rows that tell none";
    nothing: "No hay filas nuevas que agregar.", "There are no new rows to add.";
    mend: "También puede corregir el archivo y elegirlo de nuevo: lo que ya está aquí no se agrega dos veces.",
        "You can also mend the file and choose it again: what is here already is not added twice.";
    columns: "Columnas", "Columns";
    read_columns: "Se leen", "Are read";
    left_columns: "No se leen", "Are not read";
    problems: "Lo que hay que ver, fila por fila", "What to look at, row by row";
    sure_title: "¿Dejar filas afuera?", "Leave rows out?";
    sure_no: "Todavía no", "Not yet";

    about_id: "Identifica la fila", "Identifies the row";
    about_day: "Da el día; la hora no se guarda", "Gives the day; the time is not kept";
    about_wave: "Toma", "Wave";
    about_language: "Idioma", "Language";
    about_file: "Dato del archivo", "Fact of the file";
    left_blank: "No tiene encabezado", "Has no header";
    left_unknown: "La encuesta no pregunta esto", "The survey does not ask this";
    left_several: "Varias preguntas se llaman así: use la ruta, como «grupo/pregunta»",
        "Several questions are called this: use the path, such as “group/question”";
    left_repeated: "Se pregunta varias veces y no se dice cuál", "Is asked several times, and which one is not said";
    left_computed: "El formulario lo calcula o no lo pregunta", "The form computes it or does not ask it";
    left_again: "Otra columna ya es esta pregunta", "Another column is this question already";
    left_told: "La columna de la pregunta ya lo dice", "The question’s own column says it already";

    repeats: "Las preguntas que se repiten solo se leen de columnas como «visitas[1]/lugar». Las que KoboToolbox y ODK exportan en otra hoja quedan afuera.",
        "Questions that repeat are only read from columns such as “visits[1]/place”. Those that KoboToolbox and ODK export on another sheet are left out.";
    no_id: "Ninguna columna identifica las filas (como _uuid o KEY), así que se reconocen por lo que dicen: una fila que corrija después de traerla contará como otra persona.",
        "No column identifies the rows (such as _uuid or KEY), so they are known by what they say: a row that you mend after importing it will count as another person.";

    examples_go: "Las respuestas de ejemplo que hay aquí se quitan cuando lleguen las de personas.",
        "The example responses that are here are removed when people’s come.";

    no_mark: "No dice si se marcó o no. Escriba 1 o 0.", "Does not say whether it was marked. Write 1 or 0.";
    no_place: "El orden no está claro: cada opción lleva un lugar distinto, desde 1.",
        "The order is not clear: each choice has a place of its own, from 1.";
    too_long: "El texto es demasiado largo.", "The text is too long.";
    example: "Es un ejemplo que creó el programa, y aquí ya respondieron personas.",
        "It is an example made by the program, and people have answered here.";
    differs: "Esta respuesta ya está aquí y dice otra cosa. La de aquí se queda como está.",
        "This response is here already and says something else. The one here stays as it is.";
    not_asked: "Con las otras respuestas de la fila, el formulario no habría hecho esta pregunta. Si la agrega, esta respuesta no se guarda.",
        "With the other answers of the row, the form would not have asked this. If you add the row, this answer is not kept.";
    not_offered: "Con las otras respuestas de la fila, el formulario no habría ofrecido esta opción. Si la agrega, no se guarda.",
        "With the other answers of the row, the form would not have offered this choice. If you add the row, it is not kept.";
    required: "Es obligatoria y está en blanco.", "It must be answered and is blank.";
    constraint: "La respuesta no cumple una regla del formulario.", "The answer breaks a rule of the form.";
    contradicts: "Se marcó una opción que va sola junto con otras.", "A choice that stands alone was marked together with others.";
}

/// Why a file does not open.
pub fn unopened(error: &OpenError, language: Language) -> String {
    match error.kind {
        OpenErrorKind::TooLarge => too_large(language).to_owned(),
        OpenErrorKind::Protected => language
            .pick(
                "El archivo pide una contraseña. Guárdelo sin contraseña y vuelva a elegirlo.",
                "The file asks for a password. Save it without one and choose it again.",
            )
            .to_owned(),
        OpenErrorKind::Damaged => {
            let place = if error.place.is_empty() { String::new() } else { format!(" ({})", error.place) };
            language.pick(
                format!("El archivo está dañado{place}. Guárdelo de nuevo, o como CSV, y vuelva a elegirlo."),
                format!("The file is damaged{place}. Save it again, or as CSV, and choose it again."),
            )
        }
        OpenErrorKind::NotWorkbook | OpenErrorKind::NoSurvey => language
            .pick(
                "No es una tabla. Elija un archivo .csv, .xlsx o .xls.",
                "This is not a table. Choose a .csv, .xlsx or .xls file.",
            )
            .to_owned(),
    }
}

/// Where something is: the row, and the column where it is in one.
pub fn place(row: usize, column: Option<&str>, language: Language) -> String {
    match column {
        Some(column) => {
            language.pick(format!("Fila {row}, columna {column}"), format!("Row {row}, column {column}"))
        }
        None => language.pick(format!("Fila {row}"), format!("Row {row}")),
    }
}

/// A text that is none of the question's choices.
pub fn no_choice(text: &str, choices: &str, language: Language) -> String {
    if choices.is_empty() {
        return language.pick(
            format!("«{text}» no es una opción de esta pregunta."),
            format!("“{text}” is no choice of this question."),
        );
    }
    language.pick(
        format!("«{text}» no es una opción de esta pregunta; las opciones son: {choices}."),
        format!("“{text}” is no choice of this question; the choices are: {choices}."),
    )
}

/// A text that several choices have.
pub fn several_choices(names: &str, language: Language) -> String {
    language.pick(
        format!("Varias opciones dicen eso. Escriba el nombre de una: {names}."),
        format!("Several choices say that. Write the name of one: {names}."),
    )
}

/// A text that is no number.
pub fn no_number(text: &str, language: Language) -> String {
    language.pick(format!("«{text}» no es un número."), format!("“{text}” is no number."))
}

/// A number with a fraction where a whole one is asked.
pub fn not_whole(text: &str, language: Language) -> String {
    language.pick(
        format!("«{text}» no es un número entero. Escríbalo sin decimales ni separadores."),
        format!("“{text}” is no whole number. Write it without decimals or separators."),
    )
}

/// A number that can be read in two ways.
pub fn unclear(text: &str, language: Language) -> String {
    language.pick(
        format!("«{text}» puede leerse de dos maneras. Escriba el número con punto decimal y sin separar los miles."),
        format!("“{text}” can be read in two ways. Write the number with a decimal point and without thousands separators."),
    )
}

/// A number that is not on the question's scale.
pub fn off_scale(text: &str, [low, high]: [&str; 2], language: Language) -> String {
    language.pick(
        format!("«{text}» no está en la escala de {low} a {high}."),
        format!("“{text}” is not on the scale from {low} to {high}."),
    )
}

/// A text that is no day.
pub fn no_day(text: &str, language: Language) -> String {
    language.pick(
        format!("«{text}» no es una fecha. Escríbala así: 2026-03-05."),
        format!("“{text}” is no date. Write it like this: 2026-03-05."),
    )
}

/// A day that can be read in two ways.
pub fn unclear_day(text: &str, language: Language) -> String {
    language.pick(
        format!("En «{text}» no se sabe cuál es el día y cuál el mes. Escriba la fecha así: 2026-03-05."),
        format!("In “{text}” it is not clear which is the day and which the month. Write the date like this: 2026-03-05."),
    )
}

/// A text that is no time of day.
pub fn no_time(text: &str, language: Language) -> String {
    language.pick(
        format!("«{text}» no es una hora. Escríbala así: 14:30."),
        format!("“{text}” is no time. Write it like this: 14:30."),
    )
}

/// A text that is no day with a time.
pub fn no_moment(text: &str, language: Language) -> String {
    language.pick(
        format!("«{text}» no es una fecha con hora. Escríbala así: 2026-03-05 14:30."),
        format!("“{text}” is no date with a time. Write it like this: 2026-03-05 14:30."),
    )
}

/// A wave that there cannot be.
pub fn no_wave(text: &str, language: Language) -> String {
    language.pick(
        format!("«{text}» no es una toma. Escriba su número, o «post» o «followup»."),
        format!("“{text}” is no wave. Write its number, or “post” or “followup”."),
    )
}

/// An earlier row of the same id.
pub fn twice(row: usize, language: Language) -> String {
    language.pick(
        format!("Tiene el mismo identificador que la fila {row} y dice otra cosa. Deje una de las dos."),
        format!("Has the same identifier as row {row} and says something else. Keep one of the two."),
    )
}

/// A rule that the form has words for.
pub fn constraint_says(message: &str, language: Language) -> String {
    language.pick(
        format!("La respuesta no cumple una regla del formulario: «{message}»"),
        format!("The answer breaks a rule of the form: “{message}”"),
    )
}

/// Questions without a column, by whose answers others are asked.
pub fn missing(names: &str, language: Language) -> String {
    language.pick(
        format!("Faltan columnas de las que dependen otras preguntas: {names}. Agréguelas con lo que se respondió; sin ellas, el formulario no habría hecho esas otras preguntas."),
        format!("Columns are missing on which other questions depend: {names}. Add them with what was answered; without them the form would not have asked those other questions."),
    )
}

/// How many problems are not told one by one.
pub fn more(number: usize, language: Language) -> String {
    let number_of = format::integer(number as i64);
    language.pick(
        format::plural(number, format!("Y {number_of} más."), format!("Y {number_of} más.")),
        format::plural(number, format!("And {number_of} more."), format!("And {number_of} more.")),
    )
}

/// The file that was read, with its sheet and rows.
pub fn file(name: &str, sheet: &str, rows: usize, language: Language) -> String {
    let rows_of = format::integer(rows as i64);
    let word = language.pick(format::plural(rows, "fila", "filas"), format::plural(rows, "row", "rows"));
    if sheet.is_empty() {
        return format!("{name}: {rows_of} {word}");
    }
    let sheet = language.pick(format!("hoja «{sheet}»"), format!("sheet “{sheet}”"));
    format!("{name}, {sheet}: {rows_of} {word}")
}

/// The act that adds responses.
pub fn import(number: usize, language: Language) -> String {
    let of = format::integer(number as i64);
    language.pick(
        format::plural(number, format!("Agregar {of} respuesta"), format!("Agregar {of} respuestas")),
        format::plural(number, format!("Import {of} response"), format!("Import {of} responses")),
    )
}

/// How many rows stay out when the others are added.
pub fn stay_out(number: usize, language: Language) -> String {
    let of = format::integer(number as i64);
    language.pick(
        format::plural(number, format!("{of} fila queda afuera."), format!("{of} filas quedan afuera.")),
        format::plural(number, format!("{of} row stays out."), format!("{of} rows stay out.")),
    )
}

/// How many rows tell no day.
pub fn undated(number: usize, language: Language) -> String {
    let of = format::integer(number as i64);
    language.pick(
        format::plural(number, format!("{of} fila no dice su día."), format!("{of} filas no dicen su día.")),
        format::plural(number, format!("{of} row tells no day."), format!("{of} rows tell no day.")),
    )
}

/// How many responses were added.
pub fn imported(number: usize, language: Language) -> String {
    let of = format::integer(number as i64);
    language.pick(
        format::plural(
            number,
            format!("Se agregó {of} respuesta de la tabla."),
            format!("Se agregaron {of} respuestas de la tabla."),
        ),
        format::plural(
            number,
            format!("{of} response of the table was added."),
            format!("{of} responses of the table were added."),
        ),
    )
}
