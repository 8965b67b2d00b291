//! Sentences about expressions and what they refer to.

use crate::xlsform::ProblemKind;
use crate::xpath::{ParseError, ParseErrorKind};

pub(super) fn sentence(kind: &ProblemKind) -> (String, String) {
    let fixed = |es: &str, en: &str| (es.to_owned(), en.to_owned());
    match kind {
        ProblemKind::Expression { expression, error } => {
            let (es, en) = fault(error);
            let at = error.position + 1;
            (
                format!("En «{expression}», carácter {at}: {es}"),
                format!("In “{expression}”, character {at}: {en}"),
            )
        }
        ProblemKind::DefaultText => fixed(
            "No se puede leer como expresión, así que aparecerá tal como está escrito. Si debía calcularse, revíselo.",
            "It cannot be read as an expression, so it will appear as it is written. If it was to be calculated, check it.",
        ),
        ProblemKind::BadReference(written) => (
            format!(
                "«{written}» no nombra ninguna pregunta. Escriba «${{nombre}}», sin espacios y con su llave de cierre."
            ),
            format!(
                "“{written}” names no question. Write “${{name}}”, without blanks and with its closing brace."
            ),
        ),
        ProblemKind::NoReference(name) => (
            format!(
                "No hay ninguna pregunta «{name}». Revise cómo está escrito el nombre, también las mayúsculas."
            ),
            format!("There is no question “{name}”. Check the spelling of the name, capitals too."),
        ),
        ProblemKind::AmbiguousReference(name) => (
            format!(
                "Hay más de una fila llamada «{name}» y no se sabe a cuál se refiere. Cámbieles el nombre a las demás."
            ),
            format!(
                "More than one row is called “{name}”, and which is meant cannot be told. Rename the others."
            ),
        ),
        ProblemKind::LastSaved(name) => (
            format!("Sondeo no guarda la respuesta anterior de nadie: «{name}» queda en blanco."),
            format!("Sondeo keeps nobody’s earlier response: “{name}” stays blank."),
        ),
        ProblemKind::InstanceId => fixed(
            "Mientras se responde, «instanceID» queda en blanco.",
            "While people answer, “instanceID” stays blank.",
        ),
        ProblemKind::ExpressionInText => fixed(
            "En los textos, Sondeo solo completa «${nombre}»; esta expresión se verá tal como está escrita. Ponga la expresión en una fila «calculate» y nómbrela aquí.",
            "In texts, Sondeo fills in “${name}” only; this expression will show as it is written. Put it in a row “calculate” and name that here.",
        ),
        ProblemKind::NoInstance(name) => (
            format!("No hay ninguna lista ni archivo «{name}» para «instance()». Revise el nombre."),
            format!("There is no list or file “{name}” for “instance()”. Check the name."),
        ),
        ProblemKind::TriggerComma => fixed(
            "Separe con comas las preguntas de «trigger»: «${a}, ${b}».",
            "Put commas between the questions in “trigger”: “${a}, ${b}”.",
        ),
        ProblemKind::TriggerUnseen(name) => (
            format!(
                "Las personas no ven «{name}», así que no puede desencadenar nada. Elija una pregunta que se responda."
            ),
            format!(
                "People do not see “{name}”, so it cannot trigger anything. Choose a question that people answer."
            ),
        ),
        ProblemKind::NoTrigger => fixed(
            "«background-geopoint» necesita una pregunta en «trigger».",
            "“background-geopoint” needs a question in “trigger”.",
        ),
        ProblemKind::TriggerCalculation => fixed(
            "«background-geopoint» no se calcula. Vacíe «calculation».",
            "“background-geopoint” is not calculated. Empty “calculation”.",
        ),
        _ => fixed("Revise esta expresión.", "Check this expression."),
    }
}

/// Why an expression cannot be read, without the place.
pub(super) fn fault(error: &ParseError) -> (String, String) {
    let fixed = |es: &str, en: &str| (es.to_owned(), en.to_owned());
    match &error.kind {
        ParseErrorKind::Empty => fixed("no hay nada escrito.", "nothing is written."),
        ParseErrorKind::UnexpectedEnd => fixed(
            "termina donde falta algo. Revise que cada paréntesis se cierre.",
            "it ends where something is missing. Check that every parenthesis is closed.",
        ),
        ParseErrorKind::Unexpected(c) => (
            format!("«{c}» no puede estar aquí. Revise si antes falta una coma, un signo o una comilla."),
            format!(
                "“{c}” cannot stand here. Check whether a comma, a sign or a quotation mark is missing before it."
            ),
        ),
        ParseErrorKind::UnclosedText => fixed("falta cerrar una comilla.", "a quotation mark is not closed."),
        ParseErrorKind::BadName(name) => {
            (format!("«{name}» no nombra ninguna pregunta."), format!("“{name}” names no question."))
        }
        ParseErrorKind::UnknownFunction(name) => (
            format!("Sondeo no conoce la función «{name}». Revise cómo está escrita."),
            format!("Sondeo does not know the function “{name}”. Check its spelling."),
        ),
        ParseErrorKind::WrongArgumentCount { function, least, most, given } => {
            let (es, en) = match most {
                Some(most) if most == least => (format!("{least}"), format!("{least}")),
                Some(most) => (format!("de {least} a {most}"), format!("{least} to {most}")),
                None => (format!("{least} o más"), format!("{least} or more")),
            };
            (
                format!("«{function}()» lleva entre los paréntesis {es} valores, y tiene {given}."),
                format!("“{function}()” takes {en} values in its parentheses, and has {given}."),
            )
        }
        ParseErrorKind::Unsupported(what) => (
            format!("Sondeo no usa «{what}» en expresiones. Nombre las preguntas con «${{nombre}}»."),
            format!("Sondeo does not use “{what}” in expressions. Name questions with “${{name}}”."),
        ),
        ParseErrorKind::TooDeep => fixed(
            "tiene demasiados paréntesis unos dentro de otros. Pártala en varias filas «calculate».",
            "it has too many parentheses inside each other. Split it over several “calculate” rows.",
        ),
    }
}
