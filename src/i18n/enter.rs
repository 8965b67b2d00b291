//! Typing in forms that were answered on paper.

use super::{Language, format, sentences};
use crate::engine::Mistyped;

sentences! {
    title: "Pasar formularios de papel", "Enter paper forms";
    lead: "Un formulario tras otro, sin ratón y en el orden del papel. Escriba el número de la respuesta, o lo que se pida, y pulse Enter.",
        "One form after another, without a mouse and in the order of the paper. Type the number of the answer, or what is asked for, and press Enter.";
    keys: "Enter: sigue · flecha arriba o Mayús+Enter: vuelve · varias respuestas: con espacios o comas · en blanco en el papel: Enter sin escribir nada",
        "Enter: goes on · Up or Shift+Enter: goes back · several answers: with spaces or commas · blank on paper: Enter without typing";
    language: "Idioma de los formularios", "Language of the forms";
    not_open: "Esta encuesta no está abierta. Ábrala para pasar formularios.", "This survey is not open. Open it to enter forms.";
    no_form: "El cuestionario de esta encuesta no está en este dispositivo o no se puede usar.",
        "The questionnaire of this survey is not on this device or cannot be used.";
    no_sealing: "Falta la parte que cifra las respuestas. Revise la conexión y vuelva a entrar aquí.",
        "The part that seals responses is missing. Check the connection and come here again.";
    sealed: "Las respuestas de esta encuesta se cifran. Un formulario se guarda solo cuando está completo: no cierre la página a la mitad.",
        "The responses of this survey are sealed. A form is kept only when it is complete: do not close the page half way.";
    which: "Número escrito en el formulario", "Number written on the form";
    which_hint: "Para volver a encontrar el papel. No se guarda con las respuestas; puede dejarlo en blanco.",
        "To find the paper again. It is not kept with the answers; you may leave it blank.";
    how_many: "¿Cuántas veces está llena esta parte en el papel?", "How many times is this part filled in on paper?";
    one: "Un número", "One number";
    many: "Uno o varios números", "One number or several";
    ordered: "Números en orden, el primero es el más importante", "Numbers in order, the first comes first";
    whole: "Un número entero", "A whole number";
    number: "Un número", "A number";
    text: "Texto, como está en el papel", "Text, as it is on paper";
    day: "Día/mes/año, por ejemplo 5/3/2026", "Day/month/year, for example 5/3/2026";
    month: "Mes/año, por ejemplo 3/2026", "Month/year, for example 3/2026";
    year: "Año, por ejemplo 1987", "Year, for example 1987";
    time: "Hora, por ejemplo 14:30", "Time, for example 14:30";
    day_and_time: "Día/mes/año y hora, por ejemplo 5/3/2026 14:30", "Day/month/year and time, for example 5/3/2026 14:30";
    digits: "Solo cifras", "Digits only";
    blank: "en blanco", "blank";
    required_blank: "Esta pregunta pide una respuesta. Si está en blanco en el papel, pulse Enter otra vez y queda en blanco.",
        "This question asks for an answer. If it is blank on paper, press Enter again and it stays blank.";
    must: "Sin esta respuesta no se puede guardar nada. Si en el papel no está, aparte este formulario: pulse «Descartar este formulario».",
        "Without this answer nothing can be kept. If it is not on paper, put this form aside: press “Discard this form”.";
    breaks: "Esa respuesta no cumple una regla del cuestionario. Revise el papel; si dice eso, déjela en blanco.",
        "That answer breaks a rule of the questionnaire. Check the paper; if it says so, leave it blank.";
    twice: "Ese número ya se pasó en esta sesión. Si es otro formulario, pulse Enter otra vez.",
        "That number was entered in this session already. If it is another form, press Enter again.";
    declined: "La persona no participa: no se guarda nada de este formulario.", "The person does not take part: nothing of this form is kept.";
    nothing: "El formulario está en blanco: no se guarda.", "The form is blank: it is not kept.";
    review: "Fin del formulario", "End of the form";
    keep: "Guardar y pasar al siguiente", "Keep it and go on to the next";
    keep_hint: "Enter lo guarda; flecha arriba vuelve a la última pregunta.", "Enter keeps it; Up goes back to the last question.";
    discard: "Descartar este formulario", "Discard this form";
    discard_title: "¿Descartar este formulario?", "Discard this form?";
    discard_text: "Lo que escribió de este formulario se borra. Los anteriores siguen guardados.",
        "What you typed of this form is deleted. Those before stay kept.";
    discard_yes: "Descartar", "Discard";
    discard_no: "Seguir escribiendo", "Go on typing";
    resumed: "Aquí sigue el formulario que había empezado.", "Here is the form that you had begun.";
    go_on: "Seguir", "Go on";
    no_choices: "No hay respuestas que elegir con lo que se respondió antes. Pulse Enter.",
        "There is nothing to choose from after the answers before. Press Enter.";
}

/// Why what was typed is no answer.
pub fn mistyped(why: Mistyped, language: Language) -> &'static str {
    match why {
        Mistyped::NoSuchChoice => {
            language.pick("No hay respuesta con ese número.", "There is no answer of that number.")
        }
        Mistyped::NotOffered => language.pick(
            "Esa respuesta no va con las anteriores. Revise el papel, o vuelva atrás.",
            "That answer does not go with those before. Check the paper, or go back.",
        ),
        Mistyped::OneOnly => language.pick("Aquí va una sola respuesta.", "There is one answer only here."),
        Mistyped::Twice => language.pick("Una respuesta está dos veces.", "An answer is there twice."),
        Mistyped::Alone => language.pick(
            "Una de esas respuestas no va junto con otras.",
            "One of those answers does not go with others.",
        ),
        Mistyped::Whole => {
            language.pick("Escriba un número entero, con cifras.", "Type a whole number, in digits.")
        }
        Mistyped::Number => language.pick("Escriba un número, con cifras.", "Type a number, in digits."),
        Mistyped::Scale => {
            language.pick("Ese número no está en la escala.", "That number is not on the scale.")
        }
        Mistyped::Digits => language.pick("Escriba solo cifras.", "Type digits only."),
        Mistyped::Day => language.pick(
            "No es una fecha. Escriba día/mes/año, con las cuatro cifras del año.",
            "That is no date. Type day/month/year, with all four digits of the year.",
        ),
        Mistyped::Month => {
            language.pick("Escriba mes/año, por ejemplo 3/2026.", "Type month/year, for example 3/2026.")
        }
        Mistyped::Year => {
            language.pick("Escriba las cuatro cifras del año.", "Type all four digits of the year.")
        }
        Mistyped::Time => language.pick(
            "No es una hora. Escriba, por ejemplo, 14:30.",
            "That is no time. Type, for example, 14:30.",
        ),
        Mistyped::DayAndTime => language.pick(
            "Escriba fecha y hora, por ejemplo 5/3/2026 14:30.",
            "Type date and time, for example 5/3/2026 14:30.",
        ),
        Mistyped::TooMany => language.pick("Son demasiadas.", "That is too many."),
    }
}

/// What a form came to, before it is kept.
pub fn summary(answered: usize, blank: usize, required: usize, language: Language) -> String {
    let n = |number: usize| format::integer(number as i64);
    let first = match answered {
        1 => language.pick("1 respuesta".to_owned(), "1 answer".to_owned()),
        many => language.pick(format!("{} respuestas", n(many)), format!("{} answers", n(many))),
    };
    let second = language.pick(format!("{} en blanco", n(blank)), format!("{} left blank", n(blank)));
    let third = match required {
        0 => String::new(),
        1 => language.pick(" (1 que se pedía)".to_owned(), " (1 of them asked for)".to_owned()),
        many => language
            .pick(format!(" ({} que se pedían)", n(many)), format!(" ({} of them asked for)", n(many))),
    };
    format!("{first}, {second}{third}.")
}

/// A form is on the disk.
pub fn kept(number: &str, done: usize, language: Language) -> String {
    let of = if number.is_empty() { String::new() } else { [" ", number].concat() };
    let done = format::integer(done as i64);
    language.pick(
        format!("Formulario{of} guardado. Pasados en esta sesión: {done}."),
        format!("Form{of} kept. Entered in this session: {done}."),
    )
}

/// How far it is.
pub fn progress(at: usize, of: usize, language: Language) -> String {
    language.pick(format!("{at} de {of}"), format!("{at} of {of}"))
}
